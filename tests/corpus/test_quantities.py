"""Numbers with units and comparators: what is one, what only looks like one."""

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_dates, period_years
from corpus.numerals import read_numeral
from corpus.quantities import find_quantities, to_base

READ = [
    ("下降 13%", "13", "%", "="),
    ("14.5 % 的激励目标", "14.5", "%", "="),
    ("达到45%以上", "45", "%", ">="),
    ("比例超过 30%", "30", "%", ">"),
    ("不低于43%", "43", "%", ">="),
    ("不少于5家", "5", "家", ">="),
    ("不高于 318 克标准煤/千瓦时", "318", "克标准煤/千瓦时", "<="),
    ("不得超过 8 项", "8", "项", "<="),
    ("控制在5%以内", "5", "%", "<="),
    ("控制在 30 微克/立方米", "30", "微克/立方米", "<="),
    ("控制在5%左右", "5", "%", "~"),
    ("至少达到 60%", "60", "%", ">="),
    ("20%左右", "20", "%", "~"),
    ("约 7 万亩", "7", "万亩", "~"),
    ("大于 5 个", "5", "个", ">"),
    ("低于 9 分贝", "9", "分贝", "<"),
    ("百分之二十", "20", "%", "="),
    ("百分之八十五点五", "85.5", "%", "="),
    ("百分之85", "85", "%", "="),
    ("千分之三", "0.3", "%", "="),
    ("两成", "20", "%", "="),
    ("三成五", "35", "%", "="),
    ("四分之一以上", "25", "%", ">="),
    ("三分之一", "1", "/3", "="),
    ("有没有超过100%的", "100", "%", ">"),
    ("四十四点七万立方米每日", "447000", "立方米每日", "="),
    ("超过一半", "50", "%", ">"),
    ("增加一倍", "1", "倍", "="),
    ("约为1:7，达到 5 辆", "5", "辆", "="),
    ("44.7 万立方米/日", "44.7", "万立方米/日", "="),
    ("管网4000公里", "4000", "公里", "="),
    ("4000km", "4000", "km", "="),
    ("12 家以上", "12", "家", ">="),
    ("1.86 万吨/日", "1.86", "万吨/日", "="),
    ("用电 500 千瓦时", "500", "千瓦时", "="),
    ("5 吨碳排放", "5", "吨碳", "="),
    ("用 3 年碳达峰", "3", "年", "="),
    ("不少于1,000个", "1000", "个", ">="),
    ("最高3000万元", "3000", "万元", "<="),
    ("突破5亿", "5", "亿", ">"),
    ("提高 3.5 个百分点", "3.5", "个百分点", "="),
    ("１３％", "13", "%", "="),
    ("十二家", "12", "家", "="),
    ("四千公里", "4000", "公里", "="),
    ("一百二十万千瓦", "1200000", "千瓦", "="),
    ("一百", "100", "", "="),
    ("1000余家", "1000", "家", ">"),
    ("30多个", "30", "个", ">"),
    ("至少一家", "1", "家", ">="),
    ("3 个工作日以内", "3", "个工作日", "<="),
    ("≥90%", "90", "%", ">="),
]

NOT_READ = [
    *("一批", "三个一批", "“一站式”", "第三方", "四改两建设", "三线一单", "两高", "一体化", "5G", "II类", "国六"),
    *("PM2.5", "12345热线", "第3条", "前10名", "这三个部门", "成都", "一次性", "〔2021〕82号", "3.1.2", "7×24小时"),
    *("2025年", "2025 年底", "“十四五”时期", "6月底", "三年行动", "5G＋", "1.", "国三及以下", "千方百计", "哪一家"),
]


@pytest.mark.parametrize(("text", "value", "unit", "comparator"), READ)
def test_reads_one_quantity(text: str, value: str, unit: str, comparator: str) -> None:
    """Each way of writing a number gives its exact value, its unit as printed and its comparator."""
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.unit, quantity.comparator) == (Decimal(value), unit, comparator)


@pytest.mark.parametrize("text", NOT_READ)
def test_leaves_out_what_only_looks_like_a_quantity(text: str) -> None:
    """Dates, ordinals, names and words made of numerals are no quantities."""
    assert find_quantities(text) == ()


def test_value_and_unit_lie_where_the_offsets_say() -> None:
    """The printed words are found at the offsets, the number within the phrase."""
    text = "秸秆综合利用率稳定在 86%以上，力争不低于 ９０ %。"
    first, second = find_quantities(text)
    assert (first.text, text[first.start : first.end]) == ("86%以上", "86%以上")
    assert text[second.start : second.end] == second.text == "不低于 ９０ %"
    assert text[second.number_start : second.number_end] == "９０ %"


@pytest.mark.parametrize(
    ("text", "upper", "unit"),
    [("10%—15%", "15", "%"), ("10-15%", "15", "%"), ("3 至 5 家", "5", "家"), ("百分之十到百分之二十", "20", "%")],
)
def test_range_has_both_ends(text: str, upper: str, unit: str) -> None:
    """A range is one quantity with a lower and an upper value."""
    (quantity,) = find_quantities(text)
    assert (quantity.upper, quantity.unit) == (Decimal(upper), unit)


def test_change_from_one_value_to_another_is_no_range() -> None:
    """从10%提高到15% holds two quantities."""
    assert [str(found.value) for found in find_quantities("从10%提高到15%")] == ["10", "15"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("44.7 万立方米/日", "447,000立方米/天"),
        ("318 克标准煤/千瓦时", "0.318千克标准煤/度电"),
        ("4000 公里", "四千千米"),
        ("1.86 万吨/日", "1860万公斤/日"),
        ("三分之一", "三分之一"),
        ("两成", "20%"),
        ("5亿", "50000万"),
    ],
)
def test_equal_amounts_have_equal_bases(one: str, other: str) -> None:
    """The same amount written in other units compares as equal."""
    assert find_quantities(one)[0].base == find_quantities(other)[0].base


def test_third_is_exact() -> None:
    """What per cent cannot give exactly stays exact in the base."""
    assert to_base(Decimal(1), "/3") == (Fraction(100, 3), "%")


def test_bare_numbers_only_on_request() -> None:
    """318 是什么 has a quantity only when bare numbers are asked for."""
    assert find_quantities("318是什么") == ()
    assert find_quantities("318是什么", bare=True)[0].value == 318


@pytest.mark.parametrize(
    ("text", "year", "period"),
    [
        ("到2025年底", 2025, None),
        ("2021—2023年", 2023, None),
        ("二〇三五年", 2035, None),
        ("“十四五”时期", 2025, "十四五"),
        ("十五五期间", 2030, "十五五"),
        ("2030的目标", 2030, None),
        ("6月底前", None, None),
    ],
)
def test_dates(text: str, year: int | None, period: str | None) -> None:
    """Years and five-year periods are dates, a period ends with its last year."""
    (date,) = find_dates(text)
    assert (date.year, date.period) == (year, period)


@pytest.mark.parametrize("text", ["治理 2000 家企业", "2000家", "新增 2020 公里", "２０２０ 公里"])
def test_a_count_is_no_year(text: str) -> None:
    """A number with a unit is no year, with a space between them either."""
    assert find_dates(text) == ()
    assert len(find_quantities(text)) == 1


def test_periods_follow_each_other() -> None:
    """Each five-year plan begins when the one before it ended."""
    assert [period_years(f"{number}五") for number in ("十三", "十四", "十五")] == [
        (2016, 2020),
        (2021, 2025),
        (2026, 2030),
    ]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("三万五", 35000),
        ("三万零五", 30005),
        ("一百一", 110),
        ("一百零一", 101),
        ("二百五十", 250),
        ("一亿三千万", 130_000_000),
    ],
)
def test_number_words(word: str, value: int) -> None:
    """A missing zero moves the last digit one place up."""
    assert read_numeral(word) == value


@pytest.mark.parametrize("word", ["十四五", "一二三", "千万", "三三", "万一"])
def test_words_of_numerals_are_no_numbers(word: str) -> None:
    """A malformed numeral is a name, not a number."""
    assert read_numeral(word) is None


@given(
    st.text(
        alphabet="0123456789.,%％万亿千百十一二三两成分之个家吨/至到-—年月日以上不低于超过左右第“”十四五 \n约余",
        max_size=60,
    )
)
def test_any_text_is_read_without_fault_and_in_order(text: str) -> None:
    """Whatever is typed, offsets are right, quantities do not overlap and values are finite."""
    last = 0
    for quantity in find_quantities(text, bare=True):
        assert text[quantity.start : quantity.end] == quantity.text
        assert last <= quantity.number_start <= quantity.number_end
        assert quantity.value.is_finite()
        last = quantity.number_end


@pytest.mark.parametrize("piece", ["一", "1", "1,", "百分之", "1-", " ", "十五", "不低于", "3 "])
def test_long_monotonous_text_takes_no_time(piece: str) -> None:
    """No text makes the search slow: 50,000 characters well under the two seconds allowed here."""
    began = time.perf_counter()
    find_quantities(piece * (50_000 // len(piece)), bare=True)
    assert time.perf_counter() - began < 2
