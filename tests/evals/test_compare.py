import json
from pathlib import Path
from typing import Any

import pytest

from evals.cli import main
from evals.compare import Comparison, Pair, compare
from evals.folder import read_run
from evals.judge import judge
from evals.question import Question
from tests.fakes import Answering, garden_plan

PLAN = garden_plan()
ANSWERS = Answering(PLAN)
TEN = [f"trees-{at:02}" for at in range(10)]


def _pair(old: bool, new: bool, name: str = "trees-01") -> Pair:
    question = Question.model_validate({"id": name, "question": "？", "expect": {"status": "answered", "must": ["好"]}})
    return Pair(*(judge(question, ANSWERS.answer("好。" if right else "行。"), {}) for right in (old, new)))


def _comparison(fixed: int, regressed: int, same: int = 10) -> Comparison:
    pairs = [_pair(False, True)] * fixed + [_pair(True, False)] * regressed + [_pair(True, True)] * same
    return Comparison(tuple(pairs), (), (), (), (), ())


@pytest.mark.parametrize(
    ("fixed", "regressed", "sentence"),
    [
        (0, 0, "看不出差别：可以比较的 10 题，对错没有一题有变化。"),
        (9, 1, "有 1 题由对变错（可以比较的 20 题中），请先看这 1 题；另有 9 题由错变对。变好：如果其实没有差别，碰巧差这么多的可能只有 2.1%。"),
        (0, 20, "有 20 题由对变错（可以比较的 30 题中），请先看这 20 题；没有一题由错变对。变差：如果其实没有差别，碰巧差这么多的可能不到 0.1%。"),
        (5, 0, "看不出差别：可以比较的 15 题中，5 题由错变对，没有一题由对变错；变了的题数太少（不到 6 题），可能只是碰巧，不能据此推断同类的其他题也变好。"),
        (2, 6, "有 6 题由对变错（可以比较的 18 题中），请先看这 6 题；另有 2 题由错变对。看不出差别：即使其实没有差别，碰巧差这么多的可能也有 28.9%，不能据此推断同类的其他题也变差。"),
        (2, 2, "有 2 题由对变错（可以比较的 14 题中），请先看这 2 题；另有 2 题由错变对。看不出差别：变对的和变错的一样多，不能据此推断同类的其他题变好或变差。"),
        (6, 0, "变好：可以比较的 16 题中，6 题由错变对，没有一题由对变错；如果其实没有差别，碰巧差这么多的可能只有 3.1%。"),
    ],
)  # fmt: skip
def test_the_verdict_is_one_sentence(fixed: int, regressed: int, sentence: str) -> None:
    """The verdict says how many questions got better or worse and how likely that is by chance."""
    assert _comparison(fixed, regressed).sentence == sentence


class Bench:
    """Runs of a set of ten questions with given answers, as a trainer makes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, name: str, wrong: set[str], expect: dict[str, str] | None = None, asked: list[str] = TEN) -> str:
        """Run the set with some answers wrong and some expectations changed; returns the run's folder."""
        lines = []
        for one in asked:
            wanted = {"status": (expect or {}).get(one, "answered"), "must": ["公园"]}
            lines.append(f"- {{id: {one}, question: {one}在哪里, expect: {json.dumps(wanted, ensure_ascii=False)}}}")
        (self.folder / "trees.yaml").write_text("\n".join(lines), encoding="utf-8")
        answers = [ANSWERS.answer("在街上。" if one in wrong else "在公园。") | {"id": one} for one in asked]
        text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in answers)
        (self.folder / "answers.jsonl").write_text(text, encoding="utf-8")
        out = self.folder / name
        recorded = ["--answers", str(self.folder / "answers.jsonl")]
        assert main(["run", str(self.folder / "trees.yaml"), *recorded, "--out", str(out), "--quiet"]) == 0
        return str(out)

    def main(self, *arguments: str) -> int:
        """Run a command over the bench's own baselines."""
        return main([*arguments, "--baselines", str(self.folder / "baselines")])


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Bench:
    """Return a bench in a folder of its own."""
    return Bench(tmp_path)


def test_a_run_is_blessed_and_a_later_one_compared(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """With one expectation changed the other nine are compared, the changed one is shown apart, and the verdict says so."""
    assert bench.main("bless", bench.run("one", set()), "--name", "上线版") == 0
    other = bench.run("two", {"trees-03"}, {"trees-05": "not_stated"})
    capsys.readouterr()
    assert bench.main("compare", "上线版", other) == 0
    assert (
        capsys.readouterr().out
        == """\
有 1 题由对变错（可以比较的 9 题中），请先看这 1 题；没有一题由错变对。看不出差别：变了的题数太少（不到 6 题），可能只是碰巧，不能据此推断同类的其他题也变差。
注意：两次的题集不同，只比较相同的 9 题；1 题改过标准答案（trees-05），没有计入。

题类   题数  原来答对  现在答对  由错变对  由对变错
---------------------------------------------------
trees     9         9         8         0         1
合计      9         9         8         0         1

【由对变错】1 题
  trees-03　trees-03在哪里
    应答：已回答；必须出现的词句：“公园”
    原来对：（已回答）在公园。
    现在错：（已回答）在街上。
      缺必要词句：公园

【标准答案改过】1 题，没有计入上面的比较
  trees-05　对 → 错，答案没有变
    原来应答：已回答；必须出现的词句：“公园”
    现在应答：方案未写；必须出现的词句：“公园”

对错没有变的 8 题中，0 题的答案有改动。
"""
    )


def test_a_worse_run_fails(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the newer run is worse beyond chance the exit code is 1; the other way round it is 0."""
    good, bad = bench.run("one", set()), bench.run("two", set(TEN[:8]))
    capsys.readouterr()
    assert bench.main("compare", good, bad, "--brief") == 1
    assert "【由对变错】8 题\ntrees-00, trees-01" in capsys.readouterr().out
    assert bench.main("compare", bad, good) == 0


def test_strictly_one_worse_question_fails(bench: Bench) -> None:
    """Five questions of ten that got worse are too few for a verdict; --strict fails all the same, and only then."""
    good, bad = bench.run("one", set()), bench.run("two", set(TEN[:5]))
    assert bench.main("compare", good, bad) == 0
    assert bench.main("compare", good, bad, "--strict") == 1
    assert bench.main("compare", bad, good, "--strict") == 0


def test_a_question_worded_anew_is_told_as_that(bench: Bench) -> None:
    """A question that keeps its id and is asked in other words is neither dropped nor added, and is not compared."""
    one, two = bench.run("one", set()), bench.run("two", {"trees-04"})
    path = Path(two) / "questions.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("trees-04在哪里", "trees-04在哪儿"), encoding="utf-8")
    comparison = compare(read_run(Path(one)), read_run(Path(two)))
    assert comparison.left_out == "两次的题集不同，只比较相同的 9 题；1 题改过问法（trees-04），没有计入。"
    assert (comparison.dropped, comparison.added, comparison.regressed) == ((), (), ())


def test_runs_of_other_questions_are_told_apart(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """Questions that only one run has are named; runs without a common question are not compared."""
    one, two = bench.run("one", set(), asked=TEN[:5]), bench.run("two", set(), asked=TEN[3:])
    other = bench.run("three", set(), asked=["paths-01"])
    capsys.readouterr()
    assert bench.main("compare", one, two) == 0
    assert "只比较相同的 2 题；3 题只在旧的一次里有（如 trees-00），5 题只在新的一次里有" in capsys.readouterr().out
    assert bench.main("compare", one, other) == 2
    assert "没有共同的题目，不能比较" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("run.json", {"corpus": "0"}, "两次之间方案有改动"),
        ("run.json", {"product": "9.9"}, "→ 9.9。"),
        ("run.json", {"questions": 12}, "新的一次没有答完：10 / 12 题。"),
    ],
)
def test_what_else_differs_is_said(bench: Bench, name: str, change: dict[str, Any], told: str) -> None:
    """A change of the plans, the program or the completeness stands beside the verdict."""
    one, two = bench.run("one", set()), bench.run("two", set())
    path = Path(two) / name
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    assert any(told in remark for remark in compare(read_run(Path(one)), read_run(Path(two))).remarks)


def test_a_baseline_is_made_on_purpose(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """An unfinished run, a taken name and a name that is none are refused, each with what to do instead."""
    run = bench.run("one", set())
    assert bench.main("bless", run, "--name", "../x") == 2
    assert "不能作基线的名字" in capsys.readouterr().err
    assert bench.main("bless", run, "--name", "a") == 0
    assert bench.main("bless", run, "--name", "a") == 2
    assert "--replace" in capsys.readouterr().err
    assert bench.main("bless", run, "--name", "a", "--replace") == 0
    path = Path(run) / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"questions": 12}), encoding="utf-8")
    capsys.readouterr()
    assert bench.main("bless", run, "--name", "b") == 2
    assert "只答了 10 / 12 题" in capsys.readouterr().err
    assert bench.main("bless", run, "--name", "b", "--force") == 0
    assert bench.main("compare", "c", run) == 2
    assert "“c”既不是运行的结果目录，也不是基线的名字；已有的基线：a、b" in capsys.readouterr().err


def test_a_run_with_an_invention_is_no_baseline(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """What holds something unproved is not blessed unless that is asked for."""
    run = Path(bench.run("one", set()))
    lines = (run / "answers.jsonl").read_text(encoding="utf-8").replace("在公园。", "在公园，共 77 亿元。")
    (run / "answers.jsonl").write_text(lines, encoding="utf-8")
    assert main(["score", str(run), "--quiet"]) == 1
    capsys.readouterr()
    assert bench.main("bless", str(run), "--name", "a") == 2
    assert "有 10 个答案含无出处内容" in capsys.readouterr().err
    assert bench.main("bless", str(run), "--name", "a", "--force") == 0
