"""Things that one sentence names one after another: counted where that is sure, and left alone where it is not."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Answer
from assistant.respond.listings import find_listings
from assistant.service import Assistant
from index import Passage

ITEM = re.compile(r"^- (.*?)\[\d+\]$", re.MULTILINE)


def items(text: str) -> list[tuple[str, ...]]:
    """Return the items of every list in a text."""
    found = find_listings(Passage("p", "1", 0, len(text), text, "content", "一", ""))
    return [one.items for one in found if one.is_sure]


def shown(answer: Answer) -> list[str]:
    """Return the items that an answer shows."""
    return ITEM.findall(answer.answer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持养老、托育、家政等服务业。", ("养老", "托育", "家政")),
        ("因地制宜推行沼气、秸秆、柴火等炊事用能。", ("沼气", "秸秆", "柴火")),
        ("以茶叶、水果、中药材等产业为重点。", ("茶叶", "水果", "中药材")),
        ("全面推动衣、食、行等各方面改善。", ("衣", "食", "行")),
        ("加快建设平安乡村、数字乡村、“五好乡村”。", ("平安乡村", "数字乡村", "“五好乡村”")),
        ("推进老旧厂区改造、街区改造“两项改造”。", ("老旧厂区改造", "街区改造")),
        ("建立统一规划、统一建设、统一管理的机制。", ("统一规划", "统一建设", "统一管理")),
        ("推进充电、加注（气）、岸电等设施建设。", ("充电", "加注（气）", "岸电")),
        ("加快青山水库、白石水库、清水水库建设。", ("青山水库", "白石水库", "清水水库")),
        ("对老人、儿童、残疾人等群体给予照顾。", ("老人", "儿童", "残疾人")),
        ("为农户提供收割、烘干、仓储等服务。", ("收割", "烘干", "仓储")),
        ("改造控制系统、检测系统。", ("改造控制系统", "检测系统")),
        ("加快青山水库、白石水库和清水水库。", ("青山水库", "白石水库", "清水水库")),
    ],
)
def test_items_that_can_be_counted(text: str, expected: tuple[str, ...]) -> None:
    """A list that 等 or a common word closes is read item by item, without the verbs before it."""
    assert items(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "推进甲、乙和丙等工程。",
        "提升城市、建制镇和乡村环境。",
        "加强组织领导、狠抓落实。",
        "推进甲（含乙、丙）、丁等工程。",
        "完成一、二等级评定。",
        "推动水泥、钢铁减排。",
        "只建设海绵城市。",
    ],
)
def test_what_cannot_be_counted_for_sure(text: str) -> None:
    """Where 和 may join or belong to a name, or nothing says where a list ends, there is no list."""
    assert items(text) == []


def test_two_lists_in_one_phrase() -> None:
    """Behind 甲、乙等N, a second list of the same phrase is read as well."""
    assert items("依托车站、码头等发展公铁、公水等联运。") == [("车站", "码头"), ("公铁", "公水")]


def test_things_with_a_common_word_inside_are_shown(assistant: Assistant) -> None:
    """Things that only share a word somewhere are not counted, but the sentence that names them answers."""
    answer = assistant.ask("要建哪几条铁路")
    assert answer.status == "answered"
    assert "叙永至遵义铁路、黔桂铁路增建二线" in answer.answer
    assert "逐一写出" not in answer.answer


COUNTED = {
    "方案要建几种“城市”？": ["低碳城市", "韧性城市", "海绵城市", "“无废城市”"],
    "绿色金融工具列举了几种": ["绿色信贷", "绿色债券", "绿色保险"],
    "宣传活动点名了哪几个日子": ["世界环境日", "全国节能宣传周", "全国低碳日", "贵州生态日"],
    "生活垃圾分类的四个环节是什么": ["分类投放", "分类收集", "分类运输", "分类处理"],
    "供水管网漏损治理涉及几个地方": ["贵阳市", "六盘水市", "黔西市", "绥阳县"],
    "“谁建设、谁运营、谁管理”里有几个谁": ["谁建设", "谁运营", "谁管理"],
    "重点用煤行业有哪几个": ["化工", "钢铁", "有色金属", "建材"],
}


@pytest.mark.parametrize("question", COUNTED)
def test_a_question_that_counts_them(assistant: Assistant, question: str) -> None:
    """The items are counted and listed, with the sentence that names them, which stands in the plan."""
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert shown(answer) == COUNTED[question]
    assert f"有 {len(COUNTED[question])} 个" in answer.answer
    assert all(item in answer.citations[0].quote for item in COUNTED[question])


@pytest.mark.parametrize("question", ["绿色金融有哪些支持？", "货币政策工具包括几种", "哪几条提到数据中心"])
def test_nothing_is_counted_where_that_is_not_asked_or_not_sure(assistant: Assistant, question: str) -> None:
    """A question for content, a list with 和 in it and a question for clauses get no count of items."""
    assert "逐一写出的" not in assistant.ask(question).answer


def test_an_open_list_says_so(assistant: Assistant) -> None:
    """等 behind the items is told, and missing where the plan has none."""
    assert "“等”字" in assistant.ask("绿色金融工具列举了几种").answer
    assert "“等”字" not in assistant.ask("方案要建几种“城市”？").answer
