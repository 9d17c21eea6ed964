import pytest

from evals.number_cell import read_numbers, write_numbers
from evals.question import NumberGold


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("25%", "25%"),
        ("不低于43％", "不低于43%"),
        ("８６%以上", "不低于86%"),
        ("25%左右", "25%左右"),
        ("到2025年力争达到 21.6 %", "2025年力争21.6%"),
        ("1.86万吨/日", "1.86万吨/日"),
        ("1,200家；三成", "1200家；30%"),
        ("≥45%、5个百分点", "不低于45%；5个百分点"),
        ("13%，激励目标14.5%", "13%；激励目标14.5%"),
        ("正好100%\n确定5.0%", "正好100%；确定5.0%"),
        ("45%（2025年）", "2025年45%"),
        ("5章", "5章"),
    ],
)
def test_a_number_is_read_as_the_plan_words_it(cell: str, written: str) -> None:
    """Widths, words of comparison on either side, strength, year and separators are read, and written in one way."""
    complaints: list[str] = []
    golds = [NumberGold.model_validate(row) for row in read_numbers(cell, lambda what, _: complaints.append(what))]
    assert complaints == []
    assert write_numbers(golds) == written


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        ("45", "没有单位"),
        ("45平方", "单位“平方”不认识"),
        ("10%—15%", "是一个范围"),
        ("2023年2025年45%", "几个年份"),
        ("-5%", "看不懂“-5%”里的“-”"),
        ("3/4", "几个数"),
        ("很多", "读不出数"),
    ],
)
def test_a_number_that_says_too_little_or_too_much_is_complained_of(cell: str, complaint: str) -> None:
    """What has no unit, an unknown one, two values or stray signs is no number, and the reason is told."""
    complaints: list[str] = []
    assert read_numbers(cell, lambda what, _: complaints.append(what)) == []
    assert complaint in complaints[0]
