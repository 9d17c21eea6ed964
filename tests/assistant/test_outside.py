"""Questions that no plan answers, though they use its words; and what only looks like one of them."""

from __future__ import annotations

import tomllib

import pytest

from assistant.decide.outside import FILE
from assistant.normalize import normalize
from assistant.service import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "空调开机就跳闸，坏了怎么修",
        "新能源汽车选哪个牌子好",
        "环境污染责任保险怎么理赔，要准备哪些材料",
        "化肥在哪里能买到便宜的",
        "生活垃圾里的筷子属于什么垃圾",
        "请把“绿色发展”翻译成法语",
        "写一份节约用水的演讲稿",
        "黄金今天多少钱一克",
        "推荐一本讲煤炭的小说",
        "什么牌子的电动车耐用",
        "帮忙查下我的快递到哪了",
        "替我批一笔节能的补贴",
        "What time does the museum open?",
    ],
)
def test_a_wish_that_no_plan_fulfils(assistant: Assistant, question: str) -> None:
    """What to buy, how to repair, private papers and texts to write are out of scope, whatever the plan names."""
    assert assistant.ask(question).status == "out_of_scope"


@pytest.mark.parametrize(
    "question",
    [
        "我在镇上卖二手手机，用电大户要不要专人管能源",
        "我家是做火锅的，餐馆的油烟不说，生活垃圾要不要分类",
        "能不能讲讲绿色快递包装，再推荐个寄快递便宜的地方",
        "白酒企业要治理多少家？顺便推荐一款白酒",
    ],
)
def test_what_somebody_tells_or_asks_besides(assistant: Assistant, question: str) -> None:
    """Whoever tells of himself, or wishes for something else as well, is answered what the plan says."""
    assert assistant.ask(question).status == "answered"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("唐朝是哪一年建立的", "out_of_scope"),
        ("今天气温有多高", "out_of_scope"),
        ("2033年的单位地区生产总值能耗目标是多少", "not_stated"),
        ("森林覆盖率的目标是多少", "not_stated"),
    ],
)
def test_what_no_plan_states_and_what_this_one_does_not(assistant: Assistant, question: str, status: str) -> None:
    """A refusal tells a matter of no plan from a matter of plans that this one leaves out."""
    assert assistant.ask(question).status == status


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("为什么把秸秆综合利用率定成86%", "原因"),
        ("污水处理厂建在哪个镇", "地点"),
        ("秸秆综合利用率已经做到多少了", "实际完成情况"),
        ("整治酒企省里出几个亿", "金额"),
    ],
)
def test_the_reason_of_a_refusal(assistant: Assistant, question: str, reason: str) -> None:
    """What exactly is missing is said: a cause, a site, an actual result, an amount of money."""
    answer = assistant.ask(question)
    assert (answer.status, reason in answer.answer) == ("not_stated", True)


@pytest.mark.parametrize("question", ["我是市气象局的，秸秆综合利用率是多少", "我在县气象局上班，想知道秸秆综合利用率"])
def test_who_asks_is_not_asked_about(assistant: Assistant, question: str) -> None:
    """A body by which somebody introduces himself is no body that the plan would have to name."""
    assert "86%" in assistant.ask(question).answer


def test_the_words_are_clean() -> None:
    """Every word stands once and as questions are normalised."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    words = [word for groups in data.values() for group in groups.values() for word in group]
    assert len(words) == len(set(words))
    assert [word for word in words if word != normalize(word).lower()] == []
