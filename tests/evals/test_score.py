from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Plan
from evals.judge import judge
from evals.question import AgencyGold, Expect, NumberGold, Question
from evals.reasons import LABELS, Kind
from evals.reply import Reply
from evals.score import score
from evals.sets import load_sets
from tests.evals.gold_answers import gold_answer
from tests.fakes import Answering, garden_plan

SETS = Path(__file__).parents[2] / "evals" / "sets"
PLAN = garden_plan()
PLANS = {PLAN.plan_id: PLAN}
QUESTION = Question.model_validate(
    {
        "id": "q-01",
        "question": "古树保护行动谁负责，目标是什么？",
        "expect": {
            "status": "answered",
            "clauses": ["2.1"],
            "clauses_any": ["2.1", "1"],
            "agencies": [
                {"name": "市园林局", "role": "lead", "clause_id": "2.1"},
                {"name": "市财政局", "role": "shared", "clause_id": "2.1"},
                {"name": "市水务局", "role": "shared"},
                {"name": "各区人民政府", "role": "local"},
            ],
            "agencies_exact": True,
            "numbers": [
                {"value": "40", "unit": "株", "comparator": "="},
                {"value": "9.5", "unit": "%", "strength": "strive"},
                {"value": "120", "unit": "公里", "comparator": ">=", "strength": "firm"},
            ],
            "must": ["市财政局、市水务局 等按职责分工负责"],
            "must_any": [["保护率", "保存率"]],
            "must_not": ["20 公里"],
        },
    }
)


def _answer() -> dict[str, Any]:
    return Answering(PLAN).answer(
        "**二、（一）古树保护行动**由市园林局牵头，市财政局、市水务局等按职责分工负责；各区人民政府负责落实[1]。\n\n"
        "1. 完成古树复壮 40 株[2]\n2. 力争**古树保护率**提高 9.5%[3]；公园步道长度达到 120 公里以上[4]\n\n"
        "> 建立“一树一档”。[5]",
        [
            ("2.1", "市园林局牵头，市财政局、市水务局等按职责分工负责，各区人民政府负责落实"),
            ("2.1", "完成古树复壮 40 株"),
            ("1", "力争古树保护率比 2025 年提高 9.5%"),
            ("1", "公园步道长度达到 120 公里以上"),
            ("2.1", "建立“一树一档”。"),
        ],
        ["2.1"],
        ["古树复壮", "古树保护率", "公园步道长度"],
    )


def _expecting(**changes: object) -> Question:
    return QUESTION.model_copy(update={"expect": QUESTION.expect.model_copy(update=changes)})


def _number(value: str, unit: str, **how: Any) -> Question:
    return _expecting(numbers=(NumberGold(value=value, unit=unit, **how),))


def _agency(name: str, role: Any) -> tuple[AgencyGold, ...]:
    return (*QUESTION.expect.agencies[1:], AgencyGold(name=name, role=role, clause_id="2.1"))


def _said(old: str, new: str) -> Callable[[dict[str, Any]], object]:
    def change(answer: dict[str, Any]) -> None:
        assert old in answer["answer"]
        answer["answer"] = answer["answer"].replace(old, new)

    return change


def _moved(answer: dict[str, Any]) -> None:
    answer["citations"][0]["start"] += 1


PLANTED: dict[Kind, Question | Callable[[dict[str, Any]], object]] = {
    Kind.BROKEN_ANSWER: lambda answer: answer.pop("mode"),
    Kind.WRONG_STATUS: lambda answer: answer.update(status="not_stated"),
    Kind.WRONG_CLAUSE: _expecting(clauses=("2.2",), clauses_any=()),
    Kind.MISSING_CLAUSE: _expecting(clauses=("2.1", "2.2")),
    Kind.AGENCY_MISSING: _expecting(agencies=(*QUESTION.expect.agencies, AgencyGold(name="市城管局", role="sole"))),
    Kind.AGENCY_EXTRA: _expecting(agencies=QUESTION.expect.agencies[1:]),
    Kind.WRONG_ROLE: _expecting(agencies=_agency("市园林局", "sole")),
    Kind.WRONG_VALUE: _number("41", "株"),
    Kind.WRONG_UNIT: _number("40", "棵"),
    Kind.WRONG_COMPARATOR: _number("120", "公里", comparator=">"),
    Kind.WRONG_STRENGTH: _number("9.5", "%", strength="incentive"),
    Kind.WRONG_YEAR: _number("120", "公里", year=2035),
    Kind.PHRASE_MISSING: _expecting(must=("按职责分工配合",)),
    Kind.FORBIDDEN_PHRASE: _expecting(must_not=("一树一档",)),
    Kind.UNSUPPORTED_FACT: _said("公里以上[4]", "公里以上[4]，另有 7 公里"),
    Kind.ALTERED_QUOTE: _moved,
    Kind.WRONG_MARKER: _said("[5]", ""),
}


def test_what_is_expected_scores_clean() -> None:
    """The answer that the planted faults are made from has none itself."""
    assert judge(QUESTION, _answer(), PLANS).reasons == ()


def test_every_kind_is_planted() -> None:
    """No kind of reason is left without a test, nor without a Chinese name."""
    assert set(PLANTED) == set(Kind) == set(LABELS)


@pytest.mark.parametrize("kind", PLANTED, ids=str)
def test_a_planted_fault_is_found_alone(kind: Kind) -> None:
    """Each kind of fault, planted alone, is found, and nothing else is."""
    planted = PLANTED[kind]
    answer = _answer()
    question = planted if isinstance(planted, Question) else QUESTION
    if not isinstance(planted, Question):
        planted(answer)
    assert [reason.kind for reason in judge(question, answer, PLANS).reasons] == [kind]


def _without(rows: str, name: str) -> Callable[[dict[str, Any]], object]:
    def change(answer: dict[str, Any]) -> None:
        answer[rows] = [row for row in answer[rows] if row["name"] != name]

    return change


def _with_another_body(answer: dict[str, Any]) -> None:
    answer["agencies"].append({"name": "市城管局", "role": "sole", "clause_id": "2.2"})
    answer["answer"] += "\n\n还有市城管局。"


def _elsewhere(answer: dict[str, Any]) -> None:
    answer.update(Answering(PLAN).answer("步道建设行动由市城管局负责[1]。", [("2.2", "市城管局负责")], ["2.2"]))


# A wrong role, unit or year that is written into an answer is a fact without a source as well, and found as both; these
# are the faults that an answer can have alone.
IN_THE_ANSWER: dict[Kind, tuple[dict[str, Any], Callable[[dict[str, Any]], object]]] = {
    Kind.WRONG_CLAUSE: ({"clauses": ["2.1"]}, _elsewhere),
    Kind.MISSING_CLAUSE: ({"clauses": ["2.1"]}, lambda answer: answer.update(citations=[], agencies=[], answer="好。")),
    Kind.AGENCY_MISSING: ({"agencies": [{"name": "市水务局", "role": "shared"}]}, _without("agencies", "市水务局")),
    Kind.AGENCY_EXTRA: (QUESTION.expect.model_dump(include={"agencies", "agencies_exact"}), _with_another_body),
    Kind.WRONG_VALUE: ({"numbers": [{"value": "40", "unit": "株"}]}, _elsewhere),
    Kind.WRONG_COMPARATOR: ({}, _said("120 公里以上", "120 公里")),
    Kind.WRONG_STRENGTH: ({}, _said("力争**古树保护率**", "**古树保护率**")),
    Kind.WRONG_YEAR: (
        {"numbers": [{"value": 120, "unit": "公里", "year": 2030}]},
        _without("indicators", "公园步道长度"),
    ),
    Kind.PHRASE_MISSING: ({"must": ["按职责分工负责"]}, _said("按职责分工负责", "分工负责")),
    Kind.FORBIDDEN_PHRASE: ({"must_not": ["听说"]}, _said("2. 力争", "2. 听说力争")),
}


@pytest.mark.parametrize("kind", IN_THE_ANSWER, ids=str)
def test_a_fault_in_the_answer_is_found_alone(kind: Kind) -> None:
    """An answer that is right but for one thing, however many places show it, is wrong for that one thing."""
    expect, change = IN_THE_ANSWER[kind]
    question = QUESTION.model_copy(update={"expect": Expect.model_validate({"status": "answered"} | expect)})
    answer = _answer()
    assert judge(question, answer, PLANS).reasons == ()
    change(answer)
    assert {reason.kind for reason in judge(question, answer, PLANS).reasons} == {kind}


@pytest.mark.parametrize(
    ("expect", "kinds"),
    [
        ({"status": ["answered", "clarify"], "must": ["甲"], "clauses": ["9"]}, []),
        ({"status": ["answered", "clarify"], "must_not": ["哪一项"]}, [Kind.FORBIDDEN_PHRASE]),
        ({"status": "clarify", "must": ["甲"]}, [Kind.PHRASE_MISSING]),
        ({"status": "answered", "must": ["甲"]}, [Kind.WRONG_STATUS, Kind.PHRASE_MISSING]),
    ],
)
def test_asking_back_is_judged_by_what_the_question_allows(expect: dict[str, Any], kinds: list[Kind]) -> None:
    """Where asking back is as right as answering, an answer that asks back need not hold the answer's facts."""
    question = Question(id="a", question="多少？", expect=Expect.model_validate(expect))
    answer = Reply.model_validate(Answering(PLAN).answer("请问是哪一项？", status="clarify"))
    assert [reason.kind for reason in score(question, answer)] == kinds


def test_a_nested_clause_answers_for_its_chapter() -> None:
    """Who cites 2.1 has cited from chapter 2; who cites 1 has not cited 1.1."""
    answer = Reply.model_validate(_answer())
    assert score(_expecting(clauses=("2",)), answer) == ()
    assert [reason.kind for reason in score(_expecting(clauses=("1.1",)), answer)] == [Kind.MISSING_CLAUSE]


def test_a_clause_of_another_plan_is_another_clause() -> None:
    """A question about one plan is not answered from the clause of the same number of another."""
    question = _expecting(clauses=("2.1",), clauses_any=())
    answer = Reply.model_validate(_answer())
    assert score(question.model_copy(update={"plan_id": PLAN.plan_id}), answer) == ()
    reasons = score(question.model_copy(update={"plan_id": "other"}), answer)
    assert [reason.kind for reason in reasons] == [Kind.WRONG_CLAUSE]
    assert f"引用的是 {PLAN.plan_id} 2.1" in str(reasons[0])


def test_a_number_counts_from_words_alone() -> None:
    """A number that no joined row holds is read from the words, with comparator, strength and any form of its unit."""
    text = "力争改造 25 公里左右；用水不高于 32000 吨/日；相差 95%以上 − 90% = 5 个百分点。"
    answer = Reply.model_validate(Answering(PLAN).answer(text))
    golds = [
        ("25", "公里", "~", "strive"),
        ("3.2", "万吨/日", "<=", "firm"),
        ("5", "个百分点", "=", None),
        ("95", "%", ">=", None),
    ]
    for value, unit, comparator, strength in golds:
        question = _number(value, unit, comparator=comparator, strength=strength)
        numbers_only = question.model_copy(
            update={"expect": Expect(status=("answered",), numbers=question.expect.numbers)}
        )
        assert score(numbers_only, answer) == ()


def test_phrases_are_compared_as_a_reader_would() -> None:
    """Spaces, bold, markers and widths do not matter; the digits around a number do."""
    text = "到 2030 年，**步道**（含桥梁）达到[1] 113%"
    answer = Reply.model_validate(Answering(PLAN).answer(text))
    found = Expect(status=("answered",), must=("步道(含桥梁)达到", "113％", "2030年，"), must_not=("13%", "030年"))
    assert score(Question(id="a", question="？", expect=found), answer) == ()


@pytest.mark.parametrize("name", ["tune", "held_out"])
def test_the_gold_as_answer_scores_clean(name: str) -> None:
    """Every question of the sets can be answered rightly: what it asks for, said back, fulfils it."""
    questions = load_sets([SETS / name])
    assert sum(1 for question in questions if score(question, _said_back(question))) == 0


def test_the_gold_as_answer_is_judged_right(plan: Plan) -> None:
    """Every question for tuning, answered with its own gold and the plan's words, passes scoring and proof alike.

    A new kind of question that fails here needs either another gold or a writer (gold_answers.py) that can say it.
    """
    plans = {plan.plan_id: plan}
    questions = load_sets([SETS / "tune"])
    assert len(questions) > 800
    wrong = {one.id: why for one in questions if (why := judge(one, gold_answer(one, plan), plans).reasons)}
    assert wrong == {}


WORDS = {">=": "{}以上", "<=": "不高于{}", ">": "超过{}", "<": "低于{}", "~": "{}左右", "=": "{}", None: "{}"}


def _said_back(question: Question) -> Reply:
    """Make the answer that says exactly what is expected."""
    expect = question.expect
    said = [*expect.must, *(group[0] for group in expect.must_any)]
    for number in expect.numbers:
        strength = {"strive": "力争", "incentive": "激励目标"}.get(number.strength or "", "")
        said.append(strength + WORDS[number.comparator].format(number))
    clauses = [*expect.clauses, *expect.clauses_any]
    citation = {"plan_id": "p", "label": "", "quote": "", "start": 0, "end": 0}
    return Reply.model_validate(
        {
            "version": 1,
            "question": question.question,
            "status": expect.status[0],
            "answer": "。\n".join(said) or "好的",
            "citations": [citation | {"marker": at, "clause_id": one} for at, one in enumerate(clauses, 1)],
            "agencies": [
                {"name": one.name, "role": one.role, "clause_id": one.clause_id or "1"} for one in expect.agencies
            ],
            "indicators": [],
            "mode": "extractive",
            "timings_ms": {},
        }
    )
