from typing import Any

import pytest

from evals.gold import gold_faults, gold_hints
from evals.question import Question
from tests.fakes import garden_plan

PLAN = garden_plan()


def _faults(expect: dict[str, Any], plan_id: str | None = None) -> list[str]:
    row = {"id": "a", "question": "？", "expect": {"status": "answered"} | expect, "plan_id": plan_id}
    return [
        f"{fault.what}；{fault.fix}".rstrip("；")
        for fault in gold_faults([Question.model_validate(row)], {PLAN.plan_id: PLAN})
    ]


def test_what_the_plan_says_may_be_expected() -> None:
    """Clauses, bodies with or without clause, numbers of the plan and reckoned ones are no fault."""
    expect = {
        "clauses": ["2.1"],
        "agencies": [{"name": "市水务局", "role": "shared"}, {"name": "市城管局", "role": "sole", "clause_id": "2.2"}],
        "numbers": [{"value": "25", "unit": "公里", "comparator": "~"}, {"value": "55", "unit": "公里"}],
    }
    assert _faults(expect, "garden") == []


@pytest.mark.parametrize(
    ("expect", "fault"),
    [
        ({"clauses_any": ["2.1", "2.9"]}, "方案没有条款 2.9；2 之下有 2.1 至 2.2"),
        ({"agencies": [{"name": "市体育局", "role": "lead"}]}, "方案没有“市体育局”这个责任单位；单位写方案里的全名"),
        (
            {"agencies": [{"name": "市园林局", "role": "lead", "clause_id": "2.2"}]},
            "市园林局在条款 2.2 中没有职责；它的职责在 2.1",
        ),
        (
            {"agencies": [{"name": "市财政局", "role": "lead"}]},
            "市财政局的职责是按职责分工负责，不是牵头；把它写在“按职责分工负责”后面",
        ),
        (
            {"numbers": [{"value": "120", "unit": "公里", "comparator": ">"}]},
            "120公里 在方案中是“不低于”，不是“超过”；照方案的说法写",
        ),
        (
            {"numbers": [{"value": "9.5", "unit": "%", "strength": "firm"}]},
            "9.5% 在方案中是“力争”，不是“确定”；照方案的说法写",
        ),
        ({"numbers": [{"value": "120", "unit": ""}]}, "120 没有单位；写上单位，如 %、家、万吨/日"),
        ({"numbers": [{"value": "120", "unit": "里地"}]}, "120 的单位“里地”不认识；写上单位，如 %、家、万吨/日"),
        (
            {"agencies": [{"name": "园林局", "role": "lead"}]},
            "方案没有“园林局”这个责任单位；是不是“市园林局”？",
        ),
    ],
)
def test_what_the_plan_does_not_say_is_told(expect: dict[str, Any], fault: str) -> None:
    """A clause, a body, a role or a comparator that no plan has is one fault."""
    assert _faults(expect) == [fault]


def test_an_unknown_plan_is_told() -> None:
    """A question about a plan that is not there is one fault, not one for each clause."""
    assert _faults({"clauses": ["2.1"]}, "nowhere") == ["没有方案 nowhere；已收录：garden"]


def test_a_number_that_nobody_wrote_is_hinted_at() -> None:
    """A number that is neither in the plan nor in the note may be a slip; one that the note works out is none."""
    numbers = [{"value": value, "unit": "公里"} for value in ("120", "55", "56")]
    expect = {"status": "answered", "numbers": numbers}
    row = {"id": "a", "question": "？", "expect": expect, "note": "80 − 25 = 55"}
    hints = gold_hints([Question.model_validate(row)], {PLAN.plan_id: PLAN})
    assert [hint.what for hint in hints] == ["56公里 方案里没有，说明里也没有写怎么算的"]


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ({"must_not": ["45%，55%"]}, "“45%，55%”会当作一个短语；几个短语请用分号隔开"),
        ({"must": ["86%、90%"]}, "“86%、90%”会当作一个短语；几个短语请用分号隔开"),
        ({"must_not": ["13,14.5%"]}, "“13,14.5%”会当作一个短语；几个短语请用分号隔开"),
        ({"must_not": ["55%|86%"]}, "“55%|86%”会当作一个短语；几个短语请用分号隔开"),
        ({"must_any": [["甲、乙"]]}, "“甲、乙”会当作一个短语；几个短语请用竖线隔开"),
        ({"must": ["市财政局、市水务局"]}, ""),
        ({"must": ["1,200家"]}, ""),
        ({"must_not": ["7万吨/日"]}, ""),
        ({"must": ["甲，乙", "丙"]}, ""),
    ],
)
def test_phrases_that_are_taken_for_one_are_hinted_at(expect: dict[str, Any], told: str) -> None:
    """Commas and bars part no phrases: a check that would never find anything is told, the plan's own words are not."""
    row = {"id": "a", "question": "？", "expect": {"status": "answered"} | expect}
    hints = gold_hints([Question.model_validate(row)], {PLAN.plan_id: PLAN})
    assert [f"{hint.what}；{hint.fix}" for hint in hints] == ([told] if told else [])
