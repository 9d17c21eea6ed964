"""Import Gradio without what it does at every import and what is not needed here.

Measured with Gradio 6.31 on two cores: of 3.2 s (CPU) parsing its components for editor stubs, which it writes beside its
own sources and nothing at run time reads, takes 1.1 s; pandas, which it needs for tables that no page has, takes 1.0 s.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from types import ModuleType
from typing import Any

_MODULE = "gradio.component_meta"
_FUNCTION = "create_or_modify_pyi"
_TABLES = "pandas"


class _Loader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        if hasattr(module, _FUNCTION):
            setattr(module, _FUNCTION, lambda *_: None)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _MODULE:
            return None
        found = PathFinder.find_spec(fullname, path, target)
        if found is None or found.origin is None or not found.origin.endswith(".py"):
            return found
        return spec_from_file_location(fullname, found.origin, loader=_Loader(fullname, found.origin))


class _Later(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:  # something under it is imported: now the module itself is needed
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def quickly() -> Iterator[None]:
    """Import Gradio inside of this; a Gradio that has no such steps any more is imported as ever."""
    finder, later = _Finder(), _Later(_TABLES)
    sys.meta_path.insert(0, finder)
    sys.modules.setdefault(_TABLES, later)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        # Whoever imports it from now on gets the module itself.
        if sys.modules.get(_TABLES) is later:
            del sys.modules[_TABLES]
