"""Fragments that point at what earlier turns showed: one of a list, both of two, the clause, the body, the next clause."""

from __future__ import annotations

import tomllib

import pytest

from assistant.answer import Answer
from assistant.pointing import FILE, read_pointer
from assistant.service import Assistant
from corpus import Plan

LISTS = tomllib.loads(FILE.read_text(encoding="utf-8"))
PAIR = "绿色防控覆盖率和统防统治覆盖率各是多少？"
SEWAGE = "农村生活污水治理率是多少？"
STRAW = "秸秆综合利用率呢？"
TABLE = "三、（五）有哪些目标？"
TASKS = "省水利厅负责哪些任务？"
LEADS = "交通物流节能减排工程谁牵头？"
SOLE = "公共机构能效提升工程由谁负责？"


def rows(answer: Answer) -> list[str]:
    return [row.indicator_id for row in answer.indicators]


@pytest.mark.parametrize("name", LISTS)
def test_every_word_of_a_list_points(name: str) -> None:
    """Each word of a list of pointing words is found in a turn; the others are only compared with subjects."""
    words = LISTS[name]
    assert len(words) == len(set(words))
    if name not in ("talk", "kinds"):
        assert [word for word in words if not read_pointer(f"那 {word} 呢").has(name)] == []


@pytest.mark.parametrize(
    ("history", "fragment", "expected"),
    [
        ([PAIR], "前者是多少来着", ["green-pest-control"]),
        ([PAIR], "后者呢", ["unified-pest-control"]),
        ([SEWAGE, STRAW], "前一个是多少来着，我没记住", ["rural-sewage"]),
        ([TABLE], "第三个呢", ["straw-use"]),
        ([TABLE], "最低的呢", ["rural-sewage"]),
        ([TABLE], "力争的是哪个", ["pesticide-use"]),
        ([TASKS], "第三项有什么目标", None),
    ],
)
def test_a_counted_one_of_a_list_is_meant(
    assistant: Assistant, plan: Plan, history: list[str], fragment: str, expected: list[str] | None
) -> None:
    """前者, 第三个, 最低的 are looked for among what the turn before showed, in its order."""
    answer = assistant.ask(fragment, history)
    assert answer.status == "answered"
    assert answer.reading
    if expected is None:
        assert rows(answer) == [row.indicator_id for row in plan.targets("3.5")]
    else:
        names = {row.indicator_id: row.name for row in plan.indicators}
        assert [names[one] for one in rows(answer)] == [names[one] for one in rows(answer) if one in names]
        assert len(rows(answer)) == len(expected)


@pytest.mark.parametrize(
    ("history", "fragment", "sentence"),
    [
        ([PAIR], "这两个差多少", "55% − 45% = 10 个百分点"),
        ([SEWAGE, STRAW], "这两个差多少？", "86%以上 − 25% = 61 个百分点"),
        ([SEWAGE, STRAW], "哪个更高", "秸秆综合利用率的目标更高"),
        (["单位地区生产总值能耗下降多少？", "那激励目标呢"], "这两个差多少", "14.5% − 13% = 1.5 个百分点"),
        (["第三章有几条？", "第四章呢"], "加起来呢", "10 + 8 = 18 条"),
        (["第三章有几条？", "第四章呢"], "哪个多", "10 − 8 = 2 条"),
        (["省水利厅负责几项任务？", "省能源局呢"], "谁多", "10 − 3 = 7 项"),
    ],
)
def test_what_was_shown_is_weighed(assistant: Assistant, history: list[str], fragment: str, sentence: str) -> None:
    """这两个差多少, 哪个更高, 加起来呢 reckon with what the last turns showed, in plain sight."""
    assert sentence in assistant.ask(fragment, history).answer


@pytest.mark.parametrize(
    ("history", "fragment", "clause_id"),
    [
        (["省生态环境厅单独负责哪一条？"], "这一条讲什么", "4.2"),
        (["省委组织部参与哪条？"], "那条谁牵头", "5.2"),
        ([TASKS], "第二项由谁牵头", "3.1"),
        (["三、（七）讲什么？"], "下一条呢", "3.8"),
        (["三、（七）讲什么？"], "上一条谁负责", "3.6"),
        (["第四章第五条讲什么？"], "第六条呢？", "4.6"),
        ([LEADS], "换成农业农村呢", "3.5"),
        (["绿色金融有什么规定？"], "再说详细点", "4.5"),
    ],
)
def test_a_clause_is_pointed_at(assistant: Assistant, history: list[str], fragment: str, clause_id: str) -> None:
    """这一条, 第二项, 下一条 and a part of a heading mean one clause of the plan."""
    answer = assistant.ask(fragment, history)
    assert answer.status == "answered"
    assert {row.clause_id for row in answer.agencies} == {clause_id}


@pytest.mark.parametrize(("history", "fragment"), [([TASKS], "这一条讲什么"), ([TABLE], "第九个呢")])
def test_what_may_mean_several_is_asked_back(assistant: Assistant, history: list[str], fragment: str) -> None:
    """这一条 behind three clauses, and a number beyond the list: the choices are offered, nothing is guessed."""
    answer = assistant.ask(fragment, history)
    assert answer.status == "clarify"
    assert len(answer.suggestions) > 1


def test_a_body_that_was_told_is_asked_on(assistant: Assistant) -> None:
    """它还负责什么 behind the one body of a clause lists its tasks; behind many bodies, one is to be named."""
    one = assistant.ask("它还负责什么", [SOLE])
    assert {row.name for row in one.agencies} == {"省机关事务局"}
    assert len(one.agencies) > 1
    assert assistant.ask("他们还负责什么", ["完善经济政策那条有哪些单位？"]).status == "clarify"


def test_a_body_by_a_part_of_its_name(assistant: Assistant) -> None:
    """里面有银行吗 is answered from the clause's bodies; a place in a body's name asks for no body."""
    assert assistant.ask("里面有银行吗？", ["完善经济政策由谁负责？"]).answer.startswith("有：人民银行贵阳中心支行")
    assert assistant.ask("明天贵阳下雨吗？", [LEADS]).status == "out_of_scope"


@pytest.mark.parametrize(
    ("history", "fragment"),
    [
        (["农村黑臭水体目标是什么？"], "城市的呢"),
        (["城市生活垃圾资源化利用率是多少？"], "农村的呢"),
        ([SEWAGE, "贵阳呢"], "那2025年呢"),
        (["省水利厅牵头几项任务？"], "省教育厅呢"),
        (["非化石能源占比目标？"], "为什么"),
        (["白酒企业治理要多少家？"], "每年多少家"),
    ],
)
def test_nothing_is_carried_to_what_the_plan_does_not_hold(
    assistant: Assistant, history: list[str], fragment: str
) -> None:
    """Another kind, a town, a body that is not there, a reason, a yearly share: not stated, and no figure in its place."""
    answer = assistant.ask(fragment, history)
    assert (answer.status, answer.indicators, answer.agencies) == ("not_stated", (), ())


def test_a_refused_question_ends_the_old_subject(assistant: Assistant) -> None:
    """谁负责 behind a target that the plan does not hold is not answered for the target before it."""
    for refused in ("森林覆盖率是多少？", "森林覆盖率呢？"):
        assert assistant.ask("谁负责", [STRAW.replace("呢", "是多少"), refused]).status == "clarify"


def test_a_refused_year_keeps_the_subject(assistant: Assistant) -> None:
    """那2025年呢 behind a year that the plan does not know asks for the same indicator."""
    answer = assistant.ask("那2025年呢", ["2030年非化石能源占比是多少？"])
    assert [row.value for row in answer.indicators] == ["20", "21.6"]


@pytest.mark.parametrize("history", [[], ["非化石能源占比是多少？"]])
def test_the_opposite_is_another_thing(assistant: Assistant, history: list[str]) -> None:
    """化石能源 is not answered with the target for 非化石能源, alone or behind it."""
    answer = assistant.ask("化石能源占比是多少？", history)
    assert (answer.status, answer.indicators) == ("not_stated", ())
