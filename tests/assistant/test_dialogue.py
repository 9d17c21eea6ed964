"""Several turns: what a fragment takes over from the turn before, and when the old context is dropped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.service import Assistant
from corpus import Plan

LEADS = "交通物流节能减排工程谁牵头？"
SHARE = "农村生活污水治理率是多少？"
STRAW = "秸秆综合利用率是多少？"
TASKS = "省水利厅负责哪些任务？"
TABLE = "三、（五）有哪些目标？"
CONTENT = "绿色金融有什么规定？"


def clauses(answer: Answer) -> set[str]:
    return {row.clause_id for row in answer.agencies}


def rows(answer: Answer) -> list[str]:
    return [row.indicator_id for row in answer.indicators]


@pytest.mark.parametrize(
    ("before", "fragment", "clause_id"),
    [
        (LEADS, "那参与的单位呢？", "3.4"),
        (SHARE, "谁负责？", "3.5"),
        (TABLE, "谁牵头？", "3.5"),
        (CONTENT, "谁负责？", "4.5"),
        ("赤水河怎么治理？", "由谁牵头？", "3.7"),
        ("三、（七）由谁负责？", "那（八）呢？", "3.8"),
        ("第四章第一条讲什么？", "这一条由谁牵头？", "4.1"),
    ],
)
def test_a_fragment_asks_for_the_bodies_of_the_turn_before(
    assistant: Assistant, plan: Plan, before: str, fragment: str, clause_id: str
) -> None:
    """谁牵头 behind a question on a clause, a target or a subject means that clause; the reading is shown."""
    answer = assistant.ask(fragment, [before])
    assert answer.status == "answered"
    assert clauses(answer) == {clause_id}
    assert {row.name for row in answer.agencies} == {row.name for row in plan.bodies(clause_id)}
    assert answer.reading


@pytest.mark.parametrize(
    ("before", "fragment", "expected"),
    [
        (SHARE, "秸秆呢？", ["straw-use"]),
        ("单位地区生产总值能耗要下降多少？", "激励目标呢", ["gdp-energy-intensity", "gdp-energy-intensity-incentive"]),
        ("绿色防控覆盖率是多少？", "比统防统治覆盖率高多少？", ["green-pest-control", "unified-pest-control"]),
        (TABLE, "其中超过50%的有哪些？", ["straw-use", "manure-use", "green-pest-control"]),
        ("城市污泥无害化处置率是多少？", "有没有比它更高的", ["service-area-charging"]),
        ("单位是家的目标有哪些", "公里的呢", ["sewage-pipes"]),
        ("绿色防控覆盖率多少", "谢谢，再问下秸秆的", ["straw-use"]),
        (
            LEADS,
            "有哪些量化指标？",
            ["service-area-charging", "public-transport-share", "new-energy-operating-vehicles"],
        ),
    ],
)
def test_a_fragment_asks_for_targets(assistant: Assistant, before: str, fragment: str, expected: list[str]) -> None:
    """A fragment takes the question, the indicator or the list of the turn before, and only what it lacks itself."""
    assert rows(assistant.ask(fragment, [before])) == expected


@pytest.mark.parametrize("fragment", ["村里的充电桩呢", "再往后五年呢"])
def test_another_kind_or_time_is_not_answered_by_the_target_before(assistant: Assistant, fragment: str) -> None:
    """What a fragment says of place, kind or time is not dropped: no figure of the turn before is told for it."""
    answer = assistant.ask(fragment, ["高速公路服务区充电设施覆盖率是多少？"])
    assert answer.status == "not_stated"
    assert "100%" not in answer.answer


def test_a_target_without_a_year_is_said_to_have_none(assistant: Assistant) -> None:
    """要求哪年之前做到 behind a target that the plan sets no year for is told so, before its words."""
    answer = assistant.ask("要求哪年之前做到", ["供电煤耗是多少克"])
    assert "没有写明这一目标的完成年份" in answer.answer


def test_a_fragment_asks_for_another_part_of_a_bodys_tasks(assistant: Assistant) -> None:
    """那牵头的呢 keeps the body, 省妇联呢 keeps what was asked of it."""
    led = assistant.ask("那牵头的呢？", [TASKS])
    assert [(row.name, row.role, row.clause_id) for row in led.agencies] == [("省水利厅", "lead", "3.7")]
    other = assistant.ask("省妇联呢？", [TASKS])
    assert [(row.name, row.clause_id) for row in other.agencies] == [("省妇联", "5.3")]


@pytest.mark.parametrize("fragment", ["2030年呢？", "它的基期是哪一年？", "现在完成多少了？"])
def test_a_fragment_asks_for_what_the_plan_does_not_say(assistant: Assistant, fragment: str) -> None:
    """Another year of the indicator before, its base year, its actual state: not stated, and no figure in its place."""
    answer = assistant.ask(fragment, [STRAW])
    assert (answer.status, answer.indicators) == ("not_stated", ())
    assert "86" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "公共机构能效提升工程由谁负责？",
        "能耗双控是什么意思？",
        "省妇联负责哪些任务？",
        "非化石能源占能源消费总量比重是多少？",
        "方案有几章？",
        "今天天气怎么样？",
        "你好",
        "电价上有什么政策？",
        "换个问题，哪些任务没有明确牵头单位？",
    ],
)
@pytest.mark.parametrize("before", [STRAW, LEADS, TASKS])
def test_a_new_topic_drops_the_old_one(assistant: Assistant, before: str, question: str) -> None:
    """A question that is whole by itself is answered as if nothing had been asked before."""
    alone = replace(assistant.ask(question), timings_ms={}, reading="")
    assert replace(assistant.ask(question, [before]), timings_ms={}, reading="") == alone


@pytest.mark.parametrize("fragment", ["那它呢？", "谁牵头？", "那个目标是多少？", "（四）呢？"])
def test_a_fragment_without_anything_before_asks_back(assistant: Assistant, fragment: str) -> None:
    """With nothing to lean on, the answer asks for the missing word and offers questions or clauses."""
    answer = assistant.ask(fragment)
    assert (answer.status, answer.agencies, answer.indicators, answer.reading) == ("clarify", (), (), "")
    assert len(answer.suggestions) > 1


def test_what_is_no_question_does_not_end_a_dialogue(assistant: Assistant) -> None:
    """After thanks or a refusal the last answered turn is still what the dialogue is about."""
    for between in ("谢谢", "今天天气怎么样？", "省长是谁？"):
        assert clauses(assistant.ask("谁负责？", [SHARE, between])) == {"3.5"}


def test_the_last_turn_counts(assistant: Assistant) -> None:
    """Of two turns before, the later one is leaned on."""
    assert rows(assistant.ask("谁牵头？", [SHARE, "非化石能源占比是多少？"])) == [
        "non-fossil-share",
        "non-fossil-share-strive",
    ]


def test_a_reading_is_no_part_of_the_answer(assistant: Assistant) -> None:
    """What was taken over is told beside the answer, with no figure in it; a whole question has no reading."""
    carried = assistant.ask("谁负责？", [SHARE]).reading
    assert "农村生活污水治理率" in carried
    assert not re.search(r"\d", carried)
    assert assistant.ask(LEADS).reading == assistant.ask(LEADS, [SHARE]).reading == ""


@pytest.mark.parametrize(
    ("before", "fragment", "told"),
    [
        ("百分比目标最高的是哪个？", "最低的呢？", "13%"),
        ("百分比目标最高的是哪个？", "第二高的呢？", "90%以上"),
        ("超过80%的目标有哪些？", "那低于15%的呢？", "14.5%"),
        ("力争的目标有哪些？", "一共几个？", "共 4 项"),
    ],
)
def test_a_limit_is_exchanged(assistant: Assistant, before: str, fragment: str, told: str) -> None:
    """A fragment with another end, place or limit asks the question before anew over all targets, not over those shown."""
    answer = assistant.ask(fragment, [before])
    assert told in answer.answer
    assert "100%" not in answer.answer
    assert answer.reading


def test_a_wider_limit_asks_over_all_targets(assistant: Assistant) -> None:
    """Where all that was shown lies within the new limit, nothing would be sifted: the question is asked anew."""
    answer = assistant.ask("大于50%的呢", ["大于80%的目标有几个"])
    assert {"55", "70"} <= {row.value for row in answer.indicators}


def test_a_limit_that_some_of_the_shown_keep_sifts_them(assistant: Assistant) -> None:
    """What some of the targets shown fulfil is asked of these alone."""
    answer = assistant.ask("超过50%的呢？", ["农业农村那条有哪些目标？"])
    assert {row.clause_id for row in answer.indicators} == {"3.5"}
