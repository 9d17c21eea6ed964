from typing import Any

import pytest

from evals.judge import judge
from evals.measures import MEASURES
from evals.outcome import Outcome, Place, Tally
from evals.question import Question
from evals.summary import Refusals, summarize
from tests.fakes import Answering, garden_plan

PLAN = garden_plan()
PLANS = {PLAN.plan_id: PLAN}
TREES = "市园林局牵头，市财政局、市水务局等按职责分工负责，各区人民政府负责落实"


def _outcome(expect: dict[str, Any], text: str = "好。", found: tuple[str, ...] = (), **how: Any) -> Outcome:
    question = Question.model_validate(
        {"id": "a", "question": "步道建设行动呢？", "expect": {"status": "answered"} | expect}
    )
    retrieved: tuple[Place, ...] = tuple((PLAN.plan_id, one) for one in found)
    return judge(question, Answering(PLAN).answer(text, **how), PLANS, retrieved)


BODIES = {"quotes": [("2.1", TREES)], "clauses_of_bodies": ["2.1"]}
LEAD = {"name": "市园林局", "role": "lead"}
SHARED = {"name": "市财政局", "role": "shared", "clause_id": "2.1"}
NOT_IT = {"name": "市水务局", "role": "lead", "clause_id": "2.1"}
EXACT = {"agencies": [LEAD, SHARED, NOT_IT], "agencies_exact": True}


CASES: list[tuple[str, dict[str, Any], dict[str, Any], Tally | None]] = [
    ("success@1", {"clauses": ["2.1"]}, {"found": ("1", "2.1")}, Tally(0, 1)),
    ("success@3", {"clauses": ["2"]}, {"found": ("1", "2.1")}, Tally(1, 1)),
    ("recall@10", {"clauses": ["1"], "clauses_any": ["2.1", "2.2"]}, {"found": ("2.2",)}, Tally(0.5, 1)),
    ("rr", {"clauses_any": ["2.1", "2.2"]}, {"found": ("1", "2.2", "2.1")}, Tally(0.5, 1)),
    ("rr", {}, {"found": ("1",)}, None),
    ("rr", {"clauses": ["1"]}, {}, None),
    ("citation_precision", {"clauses": ["2.1"]}, {"quotes": [("2.1", TREES), ("1", "公园步道")]}, Tally(1, 2)),
    ("citation_precision", {}, {"quotes": [("2.1", TREES)]}, None),
    ("citation_recall", {"clauses": ["2.1", "1"], "clauses_any": ["2"]}, {"quotes": [("2.1", TREES)]}, Tally(2, 3)),
    ("citation_recall", {"clauses": ["2.1"]}, {}, Tally(0, 1)),
    ("citation_validity", {}, {"quotes": [("2.1", TREES), ("1", "公园步道")], "found": ("1",)}, Tally(1, 2)),
    ("citation_validity", {}, {"quotes": [("2.2", "新建步道 80 公里")], "found": ("1",)}, Tally(1, 1)),
    ("citation_validity", {}, BODIES | {"found": ("1",)}, Tally(1, 1)),
    ("quote_fidelity", {}, {"quotes": [("2.1", TREES), ("1", "公园步道")]}, Tally(2, 2)),
    ("numbers", {"numbers": [{"value": "0.08", "unit": "公里"}, {"value": 9, "unit": "米"}]}, {"text": "80 米"}, Tally(1, 2)),
    (
        "comparators",
        {"numbers": [{"value": 8, "unit": "米", "comparator": ">="}, {"value": 9, "unit": "米", "comparator": "="}]},
        {"text": "8 米"},
        Tally(0, 1),
    ),
    ("points", {"must": ["步道", "绿道"], "must_any": [["公园", "花园"]]}, {"text": "公园步道"}, Tally(2, 3)),
    ("points", {"must": ["步道"], "status": ["answered", "clarify"]}, {"text": "哪条？", "status": "clarify"}, None),
    ("points", {}, {"text": "步道"}, None),
    ("agency_precision", EXACT, BODIES, Tally(2, 4)),
    ("agency_precision", {"agencies": [LEAD]}, BODIES, None),
    ("agency_recall", EXACT, BODIES, Tally(2, 3)),
    ("agency_f1", EXACT, BODIES, Tally(4, 7)),
    ("lead_precision", EXACT, BODIES, Tally(1, 1)),
    ("lead_recall", EXACT, BODIES, Tally(1, 2)),
    ("lead_f1", EXACT, BODIES, Tally(2, 3)),
    ("chrf", {"reference": "市园林局牵头"}, {"text": "市园林局**牵头**[1]"}, Tally(100.0, 1)),
    ("chrf", {"reference": "市园林局牵头"}, {"text": "南"}, Tally(0.0, 1)),
    ("chrf", {}, {"text": "南"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "expect", "how", "tally"), CASES)
def test_a_measure_is_what_its_definition_says(
    measure: str, expect: dict[str, Any], how: dict[str, Any], tally: Tally | None
) -> None:
    """Each measure, on an answer made for it, comes to the value that its formula gives by hand."""
    assert _outcome(expect, **how).measures.get(measure) == tally


def test_every_measure_is_tried() -> None:
    """No measure is without a hand-reckoned example above (what follows from one of the same family is left out)."""
    assert set(MEASURES) - {case[0] for case in CASES} == {"success@10", "ndcg@10"}


def test_a_quotation_that_was_altered_counts() -> None:
    """A quotation that is not word for word what the plan has there is not counted as true."""
    answer = Answering(PLAN).answer("好[1]。", [("2.1", TREES)])
    answer["citations"][0]["quote"] = TREES.replace("牵头", "负责")
    question = Question.model_validate({"id": "a", "question": "谁？", "expect": {"status": "answered"}})
    assert judge(question, answer, PLANS).measures["quote_fidelity"] == Tally(0, 1)


def test_refusals_make_a_table() -> None:
    """Questions that call for an answer or a refusal are counted by what they got; open ones and broken answers are not."""
    outcomes = [
        _outcome({"status": wanted}, status=given)
        for wanted, given in [
            ("answered", "answered"),
            ("answered", "clarify"),
            ("answered", "not_stated"),
            ("not_stated", "answered"),
            ("not_stated", "out_of_scope"),
            (["not_stated", "answered"], "answered"),
            ("clarify", "answered"),
        ]
    ]
    broken = judge(outcomes[0].question, {}, PLANS)
    summary = summarize([*outcomes, broken])
    assert summary.refusals == Refusals(1, 2, 1, 1)
    assert summary.refusals.wrongly_refused.value == 2 / 3
    assert summary.refusals.wrongly_answered.value == 1 / 2
    assert summary.reasons["broken_answer"] == 1


def test_times_are_those_that_most_answers_keep() -> None:
    """p95 is the least time that 95 of 100 answers do not exceed."""
    outcomes = []
    for at in range(1, 101):
        answer = Answering(PLAN).answer("好。") | {"timings_ms": {"total": float(at)}}
        outcomes.append(judge(_outcome({}).question, answer, PLANS))
    total = summarize(outcomes).total
    assert (total.p50_ms, total.p95_ms) == (50.0, 95.0)
