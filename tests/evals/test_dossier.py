import pytest

from evals.expectation import expectation
from evals.explanations import measure_meaning, reason_meaning
from evals.measures import MEASURES
from evals.question import Expect
from evals.reasons import Kind


@pytest.mark.parametrize("kind", Kind)
def test_every_reason_is_explained(kind: Kind) -> None:
    """A report never shows a reason without saying in plain words what it means."""
    assert reason_meaning(kind).endswith("。")


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_explained(name: str) -> None:
    """A report never shows a figure without saying in plain words what it tells."""
    assert measure_meaning(name).endswith("。")


def test_an_expectation_is_told_in_plain_words() -> None:
    """Every field of an expectation becomes a line without a word of the file format."""
    expect = Expect.model_validate(
        {
            "status": ["not_stated", "answered"],
            "clauses": ["3.4"],
            "clauses_any": ["1", "2"],
            "agencies": [
                {"name": "甲局", "role": "lead", "clause_id": "3.4"},
                {"name": "乙局", "role": "shared", "clause_id": "3.4"},
                {"name": "丙局", "role": "shared", "clause_id": "3.4"},
            ],
            "agencies_exact": True,
            "numbers": [{"value": "20", "unit": "%", "comparator": "~", "strength": "strive", "year": 2025}],
            "must": ["甲", "乙"],
            "must_any": [["丙", "丁"], ["戊"]],
            "must_not": ["己"],
            "clauses_exact": True,
            "reference": "庚。",
        }
    )
    assert expect.model_fields_set == set(Expect.model_fields)
    labels = {"3.4": "三、（四）运输"}
    assert expectation(expect, lambda one: labels.get(one, one)) == (
        ("答复类型", "方案未写 或 已回答"),
        ("必须引用（不许引用别的）", "三、（四）运输"),
        ("至少引用其中一条（不许引用别的）", "1；2"),
        ("责任单位（不多不少）", "牵头（三、（四）运输）：甲局\n按职责分工负责（三、（四）运输）：乙局、丙局"),
        ("必须有的数", "2025年力争20%左右"),
        ("必须出现的词句", "“甲”、“乙”"),
        ("至少出现其中一个", "“丙” 或 “丁”"),
        ("至少出现其中一个", "“戊”"),
        ("不许出现的词句", "“己”"),
        ("参考答案（只算相似度，不影响对错）", "庚。"),
    )
