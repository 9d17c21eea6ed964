"""Cleaning: one step, after which offsets are final."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import clean, parse_outline, read_plan
from corpus.definitions import find_definitions
from corpus.responsibilities import find_responsibilities

PIECES = st.sampled_from(
    [
        "一、", "（一）", "(二)", "1.", "1﹒", "（1）", "第一章", "第二条", "附件", "附件1", "\n", "\r\n", "\n\n", "　　", "  ", " ", "到 2025 年",
        "下降 13%", "，", ",", "。", ";", "：", ":", "（", "）", "(", ")", "“", "”", '"', "**", "*", "〔州〕", "〔2022〕43号", "1,000", "3.5",
        "省财政厅", "税务局", "牵头", "按职责分工负责", "等", "、", "责任单位：", "各市（州）人民政府", "负责落实", "以下均需", "不再列出", "以下简称",
        "能耗双控", "工作方案", "的通知", "目录", "\ufeff", "\u200b", "⼯", "http://a.cn/?b=1,2", "Latin text, here", "一", "推进节能减排工作",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_cleaning_twice_changes_nothing(text):
    """Whatever the input, a cleaned text is its own cleaned text."""
    once = clean(text)
    assert clean(once) == once


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_is_found_at_its_offsets(text):
    """For any input the clauses partition the cleaned text, ids are unique, and bodies and definitions lie in them."""
    cleaned = clean(text)
    clauses = parse_outline(cleaned)
    assert "".join(clause.text for clause in clauses) == cleaned
    assert all(cleaned[clause.start : clause.end] == clause.text for clause in clauses)
    assert len({clause.clause_id for clause in clauses}) == len(clauses)
    ids = {clause.clause_id for clause in clauses}
    assert all(clause.parent_id is None or clause.parent_id in ids for clause in clauses)
    for row in find_responsibilities(cleaned, clauses):
        words = cleaned[row.start : row.end]
        assert words
        assert row.clause_id in ids
        assert row.name.endswith(words) or row.role == "local"
    for definition in find_definitions(cleaned, clauses):
        assert definition.meaning in cleaned[definition.start : definition.end]
        assert definition.term in cleaned[definition.start : definition.end]


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_outline_of_any_text_is_a_partition(text):
    """Even a text that was not cleaned is cut into clauses that together are the text."""
    assert "".join(clause.text for clause in parse_outline(text)) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("\ufeff甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("推进**超低排放改造**工程", "推进超低排放改造工程"),
        ("　　（一）优化\u200b结构", "（一）优化结构"),
        ("各市〔州〕人民政府，黔府发〔2022〕43号", "各市（州）人民政府，黔府发〔2022〕43号"),
        ("(一)到 2025 年,下降 13%;", "（一）到 2025 年，下降 13%；"),
        ("投资1,000万元,占3.5%", "投资1,000万元，占3.5%"),
        ("访问http://www.a.cn/b?c=1;d=2,详见附件", "访问http://www.a.cn/b?c=1;d=2，详见附件"),
        ("时间:12:30", "时间：12:30"),
        ("Plan (draft), see: a;b", "Plan (draft), see: a;b"),
        ("“蒙速办\"和\"一网通办\"", "“蒙速办”和“一网通办”"),
        ("２０２５年达到１．５％", "2025年达到1.5%"),
        ("⼯业和信息化厅", "工业和信息化厅"),
        ("甲\n- 12 -\n乙\n第 3 页 共 9 页\n丙", "甲\n乙\n丙"),
    ],
)  # fmt: skip
def test_what_came_with_the_file_is_put_right(raw, expected):
    """Marks, signs and spaces of the file are put right; numbers, addresses and Latin text are left alone."""
    assert clean(raw) == expected


LONG = "以节能减排为抓手，推动重点行业绿色升级，到 2025 年重点行业达到标杆水平的比例超"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (f"{LONG}\n\n过 30%。", f"{LONG}过 30%。"),
        (f"{LONG}\n（二）园区工程。", f"{LONG}\n（二）园区工程。"),
        (f"{LONG}\n2023年5月1日", f"{LONG}\n2023年5月1日"),
        (f"{LONG}\n责任单位：省财政厅", f"{LONG}\n责任单位：省财政厅"),
        (f"{LONG}\n海北省人民政府办公厅", f"{LONG}\n海北省人民政府办公厅"),
        (f"{LONG}\n　　另起一段。", f"{LONG}\n　　另起一段。"),
        (f"{LONG}过。\n另起一段。", f"{LONG}过。\n另起一段。"),
        ("海北省“十四五”节能减排\n综合工作方案", "海北省“十四五”节能减排\n综合工作方案"),
        (f"各部门：\n{LONG}（省发展改革委、省\n财政厅牵头）", f"各部门：\n{LONG}（省发展改革委、省财政厅牵头）"),
        (f"{LONG}各市（州）\n平均水平。", f"{LONG}各市（州）平均水平。"),
        (f"{LONG}。（省能源局负责）\n按季度通报。", f"{LONG}。（省能源局负责）\n按季度通报。"),
        ("一、强化责任落实，确保各项目标任务按期完成到位见效\n各地要高度重视。", "一、强化责任落实，确保各项目标任务按期完成到位见效\n各地要高度重视。"),
    ],
)  # fmt: skip
def test_a_paragraph_broken_by_a_page_end_is_joined_and_no_other(raw, expected):
    """Long running text that stops without a mark goes on in the next line, unless that line begins something."""
    assert clean(raw) == expected


def test_export_lines_and_a_title_printed_twice_are_dropped():
    """A database's header lines go, and of a title that is printed twice with other signs one stays."""
    raw = "  【法宝引证码】 CLI.1\n原文链接：https://a.cn\n关于印发方案(2021—2023年)的通知\n关于印发方案（2021-2023年）的通知\n正文"
    assert clean(raw) == "关于印发方案（2021—2023年）的通知\n正文"


def test_a_fixed_line_width_is_undone():
    """Lines that a program wrapped at one width become paragraphs again, told apart by their indent."""
    sentence = "坚持以高质量发展统揽全局把节能减排贯穿于经济社会发展全过程和各领域，协同推动能源资源利用效率大幅提高。"
    paragraphs = [("　　" + sentence * times) for times in (3, 2, 4, 3)]
    wrapped = "\n".join("\n".join(text[at : at + 32] for at in range(0, len(text), 32)) for text in paragraphs)
    assert clean(wrapped) == "\n".join(sentence * times for times in (3, 2, 4, 3))


def test_a_loose_text_is_read_without_its_title():
    """A document that says nothing of itself is called by its id."""
    assert read_plan("一、总体要求。", "loose").title == "loose"
