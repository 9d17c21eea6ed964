"""The printed numbers by which a question names a clause, in plans of other shapes than sections under chapters."""

import pytest

from assistant.references import ClauseNumbers
from corpus import read_plan

RUNNING = """书香城市行动方案
一、建设阵地
（一）街角书房
1.选好点位。各街道选点。
2.统一标识。挂牌开放。
（二）流动书车
3.排定线路。每周一班。
二、办好活动
（一）读书节
4.征集节目。面向全市征集。
"""
ARTICLES = """餐厅油烟管理办法
第一章 总则
第一条 为了管好油烟，制定本办法。
第二条 本办法适用于餐厅。
第二章 要求
第三条 餐厅应当遵守下列规定：
（一）安装净化设施；
（二）定期清洗。
第四条 本办法自公布之日起施行。
"""
PARTS = """关于印发扶持政策和行动计划的通知
扶持政策
一、给予补助。按年发放。
二、减免费用。按次减免。
行动计划
一、总体要求
（一）目标。街区更亮。
（二）原则。节约用电。
二、主要任务
（一）换灯。更换灯具。
"""


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        (RUNNING, "第3项归谁管", ("1.2.3",)),
        (RUNNING, "第一章第3条写了什么", ("1.2.3",)),
        (RUNNING, "一、(二)说的什么", ("1.2",)),
        (ARTICLES, "第四条讲什么", ("2.4",)),
        (ARTICLES, "第三条第二项是什么", ("2.3.2",)),
        (ARTICLES, "第三条(一)呢", ("2.3.1",)),
        (PARTS, "一、(二)写的什么", ("p2.1.2",)),
        (PARTS, "第二章(一)是什么", ("p2.2.1",)),
    ],
)
def test_a_number_is_found_where_the_plan_prints_it(text: str, words: str, found: tuple[str, ...]) -> None:
    """Items that run on, articles with items and a document's second part are found by the number that they print."""
    assert ClauseNumbers(read_plan(text, "x")).find(words).found == found


def test_a_number_that_two_parts_print_is_open() -> None:
    """一、 stands in both documents of a file: which is meant is left open, none is taken."""
    numbers = ClauseNumbers(read_plan(PARTS, "x")).find("第一章写了什么")
    assert (numbers.found, numbers.open, numbers.missing) == ((), ("1", "p2.1"), ())


def test_a_number_that_the_plan_does_not_print_is_missing() -> None:
    """第九章 and 第9项 of a plan that ends before them are missing, not something near them."""
    numbers = ClauseNumbers(read_plan(RUNNING, "x"))
    assert [numbers.find(words).missing for words in ("第九章写了什么", "第9项归谁管")] == [("第九章",), ("第9项",)]
