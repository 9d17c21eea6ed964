"""The errors of the index; every text is Chinese and made for people.

IndexFault
├── IndexMissing        there is no index yet
├── IndexStale          the plans changed after the index was built
├── IndexDamaged        a file is missing, changed or unreadable
├── IndexLocked         another process is building
├── IndexUnwritable     the folder cannot be written
└── ModelMismatch       the index was made by another model
    └── ModelMissing    the model cannot be opened at all
"""

from __future__ import annotations

BUILD_COMMAND = "python -m index build"


class IndexFault(Exception):
    """Any failure of the index."""


class IndexMissing(IndexFault):
    """The folder holds no finished index."""

    def __init__(self, folder: object) -> None:
        super().__init__(f"还没有索引（{folder}）。请先运行 {BUILD_COMMAND}")


class IndexStale(IndexFault):
    """The index was built from other plans than those given."""

    def __init__(self) -> None:
        super().__init__(f"方案内容在建索引之后有改动，索引已过期。请重新运行 {BUILD_COMMAND}")


class IndexDamaged(IndexFault):
    """A file of the index is not what was written, or a self-query finds something else."""

    def __init__(self, detail: str, option: str = "") -> None:
        super().__init__(f"索引已损坏：{detail}。请重新运行 {BUILD_COMMAND} {option}".rstrip())


class IndexLocked(IndexFault):
    """Another process writes the index at this moment."""

    def __init__(self) -> None:
        super().__init__("另一个进程正在建索引，请等它完成后再试")


class IndexUnwritable(IndexFault):
    """The folder of the index cannot be written."""

    def __init__(self, fault: OSError) -> None:
        super().__init__(f"写不了索引（{fault.filename or '磁盘'}：{fault.strerror}）")


class ModelMismatch(IndexFault):
    """The index was made by another embedding model than the one asked for."""

    def __init__(self, built: str, wanted: str) -> None:
        super().__init__(
            f"索引是用模型 {built} 建的，现在要用的是 {wanted}。请改回原来的模型，"
            f"或重新运行 {BUILD_COMMAND} --model {wanted}"
        )


class ModelMissing(ModelMismatch):
    """The embedding model cannot be opened."""

    def __init__(self, model: str, reason: str) -> None:
        Exception.__init__(self, f"打不开向量模型 {model}：{reason}")
