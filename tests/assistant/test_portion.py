"""A part of a target that a question asks for, worked out in plain sight from what the asker says."""

from __future__ import annotations

import pytest

from assistant.service import Assistant

PARTS = [
    ("白酒企业要是治理了一半，是多少家？", "按您说的一半计算：600 家以上 × 50% = 300 家"),
    ("污水收集管网完成六成的话是多少公里？", "按您说的六成计算：4000 公里 × 60% = 2400 公里"),
    ("能效领跑者的三分之一是几家？", "按您说的三分之一计算：12 家以上 ÷ 3 = 4 家"),
    ("白酒企业治理完成三分之二是多少家？", "按您说的三分之二计算：600 家以上 ÷ 3 × 2 = 400 家"),
    ("污水收集管网分五年干，平均一年多少公里？", "按您说的 5 年平均：4000 公里 ÷ 5 = 800 公里"),
    ("污水收集管网按三年分摊，每年多少公里？", "按您说的 3 年平均：4000 公里 ÷ 3 ≈ 1333.33 公里"),
    ("秸秆综合利用率目标的一半是多少？", "按您说的一半计算：86%以上 × 50% = 43%"),
    ("每年修1000公里污水收集管网，几年修得完？", "每年按您说的 1000 公里计算，需要的年数：4000 公里 ÷ 1000 公里 = 4"),
    ("污水收集管网修了四成，还差多少公里？", "离目标还差：4000 公里 − 1600 公里 = 2400 公里"),
]


@pytest.mark.parametrize(("question", "told"), PARTS, ids=[question for question, _ in PARTS])
def test_parts(assistant: Assistant, question: str, told: str) -> None:
    """The part is reckoned from the plan's figure and the asker's share, and told as no figure of the plan."""
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert told in answer.answer
    assert "方案没有" in answer.answer


@pytest.mark.parametrize(
    "question",
    ["供电煤耗的一半是多少？", "单位地区生产总值能耗分五年，每年下降多少？", "每年要修多少公里污水收集管网？"],
)
def test_what_has_no_parts(assistant: Assistant, question: str) -> None:
    """A limit, a fall over several years and a year that nobody counts are not divided."""
    assert "按您说的" not in assistant.ask(question).answer
