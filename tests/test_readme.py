"""The README is true: what it names exists, what exists is named, and its examples answer as printed."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shlex
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import SecretStr

import assistant.cli
import corpus.cli
import evals.cli
import index.cli
import tests.bench
import tests.bench_model
from assistant.answer import Agency, Answer, AnswerIndicator, Citation
from assistant.cli import print_answer, read_batch
from assistant.model.written import Written
from assistant.service import Assistant
from assistant.settings import ROOT, Settings, variable_of
from assistant.web.routes import is_open

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PARSERS = {
    "corpus": corpus.cli._parser(),
    "index": index.cli._parser(),
    "assistant": assistant.cli._parser(),
    "evals": evals.cli._parser(),
    "tests.bench": tests.bench._parser(),
    "tests.bench_model": tests.bench_model._parser(),
}


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the subcommands of a parser."""
    return next((dict(one.choices) for one in parser._actions if isinstance(one, argparse._SubParsersAction)), {})


def examples() -> list[list[str]]:
    """Return the README's command lines that run one of our modules, as words, without redirections and comments."""
    lines = re.findall(r"^\$ (?:\w+=\S+ )*\.venv/bin/python -m (.+)$", README, re.MULTILINE)
    return [shlex.split(line.partition(" > ")[0], comments=True) for line in lines]


def transcript() -> list[tuple[str, list[str]]]:
    """Return the questions whose answers are printed, each with the lines of its answer."""
    parts = []
    for block in re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            if " assistant ask " in command and printed.strip():
                parts.append((shlex.split(command)[-1], [line for line in printed.splitlines() if line]))
    return parts


def test_every_command_is_in_the_readme() -> None:
    """Each ``python -m`` command with its subcommands, and each module that can be run, stands in the README."""
    for name, parser in PARSERS.items():
        for command in commands(parser):
            assert f"python -m {name} {command}" in README, f"{name} {command}"
    for path in [*ROOT.glob("tests/*.py"), *ROOT.glob("assistant/*.py")]:
        if path.name != "__main__.py" and '\nif __name__ == "__main__":' in path.read_text(encoding="utf-8"):
            assert f"python -m {path.parent.name}.{path.stem}" in README, path.name


def test_every_option_says_what_it_does() -> None:
    """Each subcommand and each option has a help text."""
    for name, parser in PARSERS.items():
        for command, inner in {"": parser, **commands(parser)}.items():
            silent = [one.dest for one in inner._actions if not one.help and one.dest != "command"]
            assert not silent, (name, command, silent)


@pytest.mark.parametrize("words", examples(), ids=" ".join)
def test_every_example_can_be_typed(words: list[str]) -> None:
    """Each command line of the README is one that its parser accepts."""
    module, *arguments = words
    if module in PARSERS:
        PARSERS[module].parse_args(arguments)
    else:
        assert importlib.util.find_spec(module), module


def test_every_module_named_exists() -> None:
    """Whatever the README calls with ``python -m`` can be found, and so can the subcommand."""
    named = set(re.findall(r"python -m ([\w.]+)(?: ([a-z|]+))?", README))
    assert len(named) > 8
    for module, subcommands in named:
        assert importlib.util.find_spec(module), module
        known = commands(PARSERS[module]) if module in PARSERS else {}
        assert not known or set(filter(None, subcommands.split("|"))) <= set(known), (module, subcommands)


def test_make_targets_and_readme_agree() -> None:
    """Every documented make target stands in the README, and every ``make`` of the README is a target."""
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(re.findall(r"\bmake ([a-z]+)\b", README)) == set(phony[1].split())


def test_cleaning_spares_what_people_gave() -> None:
    """``make clean`` removes neither the kept dialogues nor the baselines, plans and sets, nor a folder that holds them."""
    recipe = MAKEFILE.partition("\nclean:")[2].partition("\n\n")[0]
    gone = [ROOT / word.replace("$(VENV)", ".venv") for word in recipe.partition("rm -rf ")[2].split()]
    assert ROOT / "var" / "index" in gone
    spared = [ROOT / name for name in ("var/dialogues.db", "evals/baselines/x", "corpus/plans/x", "evals/sets/x")]
    assert not [path for path in spared if {path, *path.parents} & set(gone)]


def test_settings_table_is_complete() -> None:
    """Each setting stands in the README with its variable and its default, and the sample file holds just these."""
    sample = (ROOT / "settings.example.toml").read_text(encoding="utf-8")
    shown = tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", sample, flags=re.MULTILINE))
    expected = {}
    for field in fields(Settings):
        default = getattr(Settings(), field.name)
        expected[field.name] = default.relative_to(ROOT).as_posix() if isinstance(default, Path) else default
        expected[field.name] = default.get_secret_value() if isinstance(default, SecretStr) else expected[field.name]
        told = "空" if expected[field.name] == "" else f"`{expected[field.name]}`"
        assert f"| `{field.name}` | `{variable_of(field.name)}` | {told} |" in README
    del expected["llm_api_key"]  # which no file may hold
    assert shown == expected


def test_every_field_of_an_answer_is_explained() -> None:
    """Each key of the answer's JSON stands in the README."""
    answer = Answer("问", "answered", "答", reading="上文", suggestions=("问",), written=Written("m"))
    names = set(answer.to_json("q1")) | {name for row in (Citation, Agency, AnswerIndicator) for name in row.__slots__}
    assert not {name for name in names if f"`{name}`" not in README}


def test_the_batch_example_is_a_batch() -> None:
    """The JSON lines of the README are accepted as they stand."""
    block = re.search(r"^```json\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert block
    assert [one.question_id for one in read_batch(block[1].splitlines())] == ["q1", "q2"]


def test_the_web_example_is_answered() -> None:
    """The addresses that the README gives to programs are open."""
    paths = set(re.findall(r"7860(/[\w/]*)", README))
    assert "/gradio_api/call/ask" in paths
    assert is_open("POST", "/gradio_api/call/ask")
    assert is_open("GET", "/gradio_api/call/ask/0a1b")
    assert is_open("GET", "/health")


@pytest.mark.parametrize(("question", "printed"), transcript())
def test_the_transcript_is_real(
    assistant: Assistant, capsys: pytest.CaptureFixture[str], question: str, printed: list[str]
) -> None:
    """The assistant answers as the README prints it; only what stands as … was left out, in order."""
    print_answer(assistant.ask(question), as_json=False)
    said, at = capsys.readouterr().out, 0
    for line in printed:
        for piece in filter(None, map(str.strip, line.split("…"))):
            assert piece in said[at:], piece
            at = said.index(piece, at) + len(piece)


def test_all_links_lead_somewhere() -> None:
    """Each relative link of the README and of the documents leads to a file."""
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("evals/**/*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), (page.name, target)


def test_every_decision_is_listed() -> None:
    """The list of decision records names each of them."""
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    records = [path.name for path in folder.glob("[0-9]*.md")]
    assert records
    assert not [name for name in records if f"]({name})" not in listed]


def test_versions_agree() -> None:
    """The changelog begins with the project's version, and the README asks for the Python that the project needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)
    assert newest
    assert newest[1] == project["version"]
    lowest, beyond = re.findall(r"3\.(\d+)", project["requires-python"])
    assert f"Python 3.{lowest} 至 3.{int(beyond) - 1}" in README
    assert f"Python 3.{lowest} to 3.{int(beyond) - 1}" in README
