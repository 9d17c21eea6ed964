import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.plans import load_corpus
from evals.cli import _parser
from evals.errors import FaultyRun, Unwritable
from evals.folder import ANSWERS, RETRIEVED, Configuration, clear, read_answers, read_configuration
from evals.outcome import Place
from evals.question import Expect, Question
from evals.recording import Recording, check_place
from evals.run import configure, recording

QUESTIONS = [Question(id=f"q-{at}", question=f"第 {at} 问？", expect=Expect(status=("answered",))) for at in range(5)]


class Asked:
    """Answers as an assistant does, notes what it was asked, and is interrupted after so many answers."""

    def __init__(self, until: int | None = None) -> None:
        self.ids: list[str] = []
        self._until = until

    def __call__(self, questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
        for at, question in enumerate(questions):
            if at == self._until:
                raise KeyboardInterrupt
            self.ids.append(question.id)
            yield {"id": question.id, "answer": "答"}


def _find(question: Question) -> tuple[Place, ...]:
    return (("p", question.id),)


@pytest.fixture
def configuration() -> Configuration:
    """Return what a run of the questions is made with."""
    return configure(QUESTIONS, load_corpus(), _parser().parse_args(["run", "set.yaml"]))


def _interrupted(folder: Path, configuration: Configuration) -> None:
    with pytest.raises(KeyboardInterrupt), Recording(folder, configuration, QUESTIONS) as recording:
        list(recording.answered(QUESTIONS, Asked(until=3), _find))


def test_an_interrupted_run_goes_on(tmp_path: Path, configuration: Configuration) -> None:
    """What was answered is kept; only the rest is asked, and the folder is as if nothing had happened."""
    _interrupted(tmp_path, configuration)
    assert list(read_answers(tmp_path)) == ["q-0", "q-1", "q-2"]
    asked = Asked()
    with Recording.resume(tmp_path, configuration, QUESTIONS) as recording:
        answered = list(recording.answered(QUESTIONS, asked, _find))
    assert asked.ids == ["q-3", "q-4"]
    assert [one.question.id for one in answered] == list(read_answers(tmp_path)) == [one.id for one in QUESTIONS]
    assert [one.retrieved for one in answered] == [_find(one) for one in QUESTIONS]


def test_a_line_that_was_cut_off_is_asked_again(tmp_path: Path, configuration: Configuration) -> None:
    """Power lost in the middle of a line, or between the two files, costs that one answer."""
    _interrupted(tmp_path, configuration)
    for name in (ANSWERS, RETRIEVED):
        content = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(content[:-5])
        asked = Asked()
        with Recording.resume(tmp_path, configuration, QUESTIONS) as recording:
            list(recording.answered(QUESTIONS[:3], asked, _find))
        assert asked.ids == ["q-2"]
    lines = (tmp_path / ANSWERS).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["q-0", "q-1", "q-2"]


def test_other_questions_do_not_go_into_the_same_run(tmp_path: Path, configuration: Configuration) -> None:
    """A run whose sets changed in between is not resumed: its answers would be to other questions."""
    _interrupted(tmp_path, configuration)
    changed = configure(QUESTIONS[:4], load_corpus(), _parser().parse_args(["run", "set.yaml"]))
    with pytest.raises(
        FaultyRun, match=r"^题集与 .*不同，不能接着答：请把 --resume 换成 --restart 重新开始，或换一个目录$"
    ):
        Recording.resume(tmp_path, changed, QUESTIONS[:4])


def test_the_time_of_an_interrupted_run_is_kept(tmp_path: Path, configuration: Configuration) -> None:
    """The seconds of answering add up over interruptions."""
    _interrupted(tmp_path, configuration)
    before = read_configuration(tmp_path).seconds
    with Recording.resume(tmp_path, configuration, QUESTIONS):
        pass
    assert read_configuration(tmp_path).seconds >= before


def test_an_unfinished_run_is_not_overwritten_by_mistake(tmp_path: Path, configuration: Configuration) -> None:
    """Beginning anew where a run lies, unfinished or finished, must be asked for."""
    arguments = ["generate", "set.yaml", "--out", str(tmp_path)]
    _interrupted(tmp_path, configuration)
    with pytest.raises(FaultyRun, match="3 / 5 题"):
        recording(_parser().parse_args(arguments), configuration, QUESTIONS)
    assert len(read_answers(tmp_path)) == 3
    with recording(_parser().parse_args([*arguments, "--restart"]), configuration, QUESTIONS) as kept:
        assert not read_answers(tmp_path)
        list(kept.answered(QUESTIONS, Asked(), _find))
    with pytest.raises(FaultyRun, match="已有一次运行的结果：请换一个目录，或加 --restart"):
        recording(_parser().parse_args(arguments), configuration, QUESTIONS)
    assert len(read_answers(tmp_path)) == 5


def test_a_run_goes_only_where_nothing_else_lies(tmp_path: Path) -> None:
    """A file, and a folder of other files, are refused even with --restart; an empty folder and a new one are taken."""
    (tmp_path / "notes").mkdir()
    check_place(tmp_path / "notes")
    check_place(tmp_path / "new")
    (tmp_path / "notes" / "good.xlsx").touch()
    with pytest.raises(FaultyRun, match="里有别的文件"):
        check_place(tmp_path / "notes", replaced=True)
    with pytest.raises(FaultyRun, match=r"good\.xlsx 是一个文件，--out 要写目录"):
        check_place(tmp_path / "notes" / "good.xlsx", replaced=True)
    with pytest.raises(Unwritable, match="建不了或不能写"):
        clear(tmp_path / "notes" / "good.xlsx" / "out")
