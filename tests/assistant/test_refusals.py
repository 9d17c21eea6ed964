"""Refusals: they name the year or the place that the plan does not tell of, and what they point to is near."""

from __future__ import annotations

import pytest

from assistant.service import Assistant


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2031年秸秆综合利用率要达到多少？", "您说的 2031 年的数字"),
        ("遵义的秸秆综合利用率要达到多少？", "没有单独写遵义的"),
        ("仁怀市的污水管网要建几公里？", "没有单独写仁怀市的"),
        ("黔西市污水管网要建几公里？", "没有单独写黔西市的"),
    ],
)
def test_a_refusal_names_what_it_refuses(assistant: Assistant, question: str, told: str) -> None:
    """The year and the place are named; no figure is given in their place."""
    answer = assistant.ask(question)
    assert answer.status == "not_stated"
    assert told in answer.answer
    assert not answer.indicators


@pytest.mark.parametrize(
    "question",
    [
        "2025年以后供电煤耗还要降到多少",
        "下一个五年的秸秆综合利用率是多少",
        "重点用能单位名单在哪个附件里",
        "环境污染责任保险的保费是几成",
        "公共机构能效领跑者的申请表在哪",
        "各市州能耗强度降低目标的具体分配数",
        "买一辆电动公交政府掏多少",
        "节能监察总队有多少编制",
        "65蒸吨/小时以上的燃煤锅炉全省一共几台",
        "4000公里污水管网里，新建的占多少公里",
        "赤水河的支流，水质要求是几类",
        "文号给我报一下",
    ],
)
def test_what_lies_behind_and_beside(assistant: Assistant, question: str) -> None:
    """Times behind the plan's own and lists, annexes or rates that it never mentions are not stated."""
    assert assistant.ask(question).status == "not_stated"


@pytest.mark.parametrize(
    "question", ["工业市场的污水治理率目标是多少", "2025年以前钢铁行业要完成什么", "开展全民行动的责任单位名单给我一份"]
)
def test_what_only_looks_so(assistant: Assistant, question: str) -> None:
    """市场 makes no town of the word before it, 以前 is not 以后, and a list of bodies is what the plan has."""
    answer = assistant.ask(question)
    assert "单独写" not in answer.answer
    assert "您所问时期" not in answer.answer
    assert "没有写到您所问的内容" not in answer.answer


@pytest.mark.parametrize("question", ["省教育厅牵头哪些任务？", "森林防火谁负责", "小区电梯加装归哪家管"])
def test_nothing_is_called_near_that_is_not(assistant: Assistant, question: str) -> None:
    """Where the plan holds hardly a word of a question, and to a body that it does not name, no clause is pointed to."""
    answer = assistant.ask(question)
    assert answer.status == "not_stated"
    assert not answer.citations


def test_the_figure_of_another_target_is_given_back_to_it(assistant: Assistant) -> None:
    """…21.6%的是甲率，对不对 is denied, and told whose figure that is."""
    answer = assistant.ask("力争达到21.6%的是秸秆综合利用率，对不对")
    assert {row.indicator_id for row in answer.indicators} >= {"straw-use", "non-fossil-share-strive"}
    assert "不对" in answer.answer
