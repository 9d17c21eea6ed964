"""Who is responsible: every clause of the seed plan asked by its title, against the table that was read by eye."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.respond.phrasing import NO_BODY, NO_LEAD
from assistant.service import Assistant
from corpus import Plan

FILE = Path(__file__).parents[1] / "corpus" / "data" / "seed_responsibilities.toml"
TABLE: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["clause"]
BY_ID = {row["id"]: row for row in TABLE}
LOCAL = "各市（州）人民政府"
NOTE = "以下均需各市（州）人民政府落实，不再列出"


def bodies(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what the table says of a clause, in the bracket's order."""
    named = [(name, role, row["id"]) for role in ("lead", "sole", "shared") for name in row.get(role, ())]
    return [*named, (LOCAL, "local", row["id"])]


def answered(answer: Answer) -> list[tuple[str, str, str]]:
    return [(one.name, one.role, one.clause_id) for one in answer.agencies]


@pytest.mark.parametrize("row", TABLE, ids=BY_ID)
def test_a_clause_asked_by_its_title(assistant: Assistant, plan: Plan, row: dict[str, Any]) -> None:
    """The answer joins the table's bodies with their roles, and words them as the bracket does: 牵头, 等, 负责落实."""
    answer = assistant.ask(f"{plan.clause(row['id']).title}由谁负责？")
    assert answer.status == "answered"
    assert answered(answer) == bodies(row)
    parts = [f"{'、'.join(row['lead'])}牵头"] if "lead" in row else []
    parts += [f"{'、'.join(row['sole'])}负责"] if "sole" in row else []
    parts += [f"{'、'.join(row['shared'])}{'等' if row['open'] else ''}按职责分工负责"] if "shared" in row else []
    assert f"由{'，'.join(parts)}；{LOCAL}负责落实" in answer.answer
    assert (NO_LEAD in answer.answer) == ("lead" not in row and "sole" not in row)


@pytest.mark.parametrize("row", TABLE, ids=BY_ID)
def test_the_bracket_is_cited(assistant: Assistant, plan: Plan, row: dict[str, Any]) -> None:
    """The bracket that names the bodies is cited whole, and so is the note that binds the local governments."""
    answer = assistant.ask(f"{plan.clause(row['id']).label}的责任单位")
    own = next(one for one in answer.citations if one.clause_id == row["id"])
    assert (own.quote[0], own.quote[-1]) == ("（", "）")
    assert all(name in own.quote for name, role, _ in bodies(row) if role != "local")
    assert any(NOTE in one.quote and one.clause_id == "3.1" for one in answer.citations)


@pytest.mark.parametrize("row", [row for row in TABLE if "lead" in row], ids=lambda row: row["id"])
def test_who_leads_is_said_first(assistant: Assistant, plan: Plan, row: dict[str, Any]) -> None:
    """Asked who leads, the answer begins with those before 牵头, and only with those."""
    answer = assistant.ask(f"{plan.clause(row['id']).title}由谁牵头？")
    first = answer.answer.split("。")[0]
    assert first.startswith(f"**{plan.clause(row['id']).label}**由{'、'.join(row['lead'])}牵头")
    assert not any(name in first for name in row["shared"])
    assert answered(answer) == bodies(row)


@pytest.mark.parametrize("clause_id", ["3.1", "3.9", "4.4", "5.3"])
def test_nobody_is_promoted_to_lead(assistant: Assistant, plan: Plan, clause_id: str) -> None:
    """Where the bracket names nobody before 牵头, the answer says so and leaves everybody in the shared part."""
    answer = assistant.ask(f"{plan.clause(clause_id).title}哪个部门牵头？")
    assert NO_LEAD in answer.answer
    assert "lead" not in {one.role for one in answer.agencies}
    assert f"{BY_ID[clause_id]['shared'][0]}牵头" not in answer.answer


@pytest.mark.parametrize("clause_id", ["3.4", "3.7"])
def test_who_takes_part(assistant: Assistant, plan: Plan, clause_id: str) -> None:
    """Asked who takes part, the answer begins with those behind the lead ones, 等 kept, and names the lead after them."""
    row = BY_ID[clause_id]
    answer = assistant.ask(f"{plan.clause(clause_id).title}有哪些单位配合？")
    first, _, rest = answer.answer.partition("。")
    assert f"{'、'.join(row['shared'])}等按职责分工负责" in first
    assert not any(name in first for name in row["lead"])
    assert "、".join(row["lead"]) in rest


@pytest.mark.parametrize(
    ("question", "clause_id"),
    [
        ("第三章第四条由谁负责？", "3.4"),
        ("三、（四）谁牵头", "3.4"),
        ("4.5 谁负责", "4.5"),
        ("第五章（二）的牵头单位", "5.2"),
        ("三（十）归谁管", "3.10"),
        ("燃煤发电机组平均供电煤耗由谁负责？", "3.8"),
        ("农村生活污水治理率这个目标由谁牵头？", "3.5"),
        ("提出318克标准煤的那一条由谁负责？", "3.8"),
    ],
)
def test_a_clause_meant_in_other_ways(assistant: Assistant, question: str, clause_id: str) -> None:
    """A printed number, the name of a target or its figure leads to the same bodies as the title."""
    assert answered(assistant.ask(question)) == bodies(BY_ID[clause_id])


@pytest.mark.parametrize(("chapter", "numeral"), [("3", "三"), ("4", "四"), ("5", "五")])
def test_a_chapter_is_answered_by_its_sections(assistant: Assistant, chapter: str, numeral: str) -> None:
    """A chapter that names nobody itself is answered with all its sections, each with its own bodies."""
    answer = assistant.ask(f"第{numeral}章由谁负责？")
    sections = [row for row in TABLE if row["id"].startswith(f"{chapter}.")]
    assert answered(answer) == [body for row in sections for body in bodies(row)]
    assert answer.answer.count(NO_LEAD) == sum("lead" not in row and "sole" not in row for row in sections)


@pytest.mark.parametrize("numeral", ["一", "二"])
def test_a_chapter_without_bodies(assistant: Assistant, numeral: str) -> None:
    """Where the text names nobody, the answer says that, and takes no body from elsewhere."""
    answer = assistant.ask(f"第{numeral}章由谁负责？")
    assert NO_BODY in answer.answer
    assert answer.agencies == ()


def test_a_clause_that_is_not_there(assistant: Assistant) -> None:
    """A printed number that the plan has not is said to be missing; nobody is named in its place."""
    for question in ("第九章由谁负责？", "三、（十一）由谁牵头？"):
        answer = assistant.ask(question)
        assert (answer.status, answer.agencies) == ("not_stated", ())


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("交通物流节能减排工程是不是由省交通运输厅牵头？", "是的。"),
        ("交通物流节能减排工程由省发展改革委牵头，对吗？", "是的。"),
        ("交通物流节能减排工程是不是由省公安厅牵头？", "不是。省公安厅在这一条的角色是按职责分工负责。"),
        ("园区节能环保提升工程是不是由省发展改革委牵头？", "不是。省发展改革委在这一条的角色是按职责分工负责。"),
        ("公共机构能效提升工程是由省机关事务局单独负责吗？", "是的。"),
        ("公共机构能效提升工程是不是省机关事务局牵头？", "不是。省机关事务局在这一条的角色是负责。"),
        ("健全标准体系有省财政厅参与吗？", "不是。"),
        ("开展全民行动是不是由省教育厅负责？", "不是。"),
    ],
)
def test_a_claim_gets_a_verdict(assistant: Assistant, question: str, verdict: str) -> None:
    """A claim about a body is put right or confirmed first, and the true bodies follow."""
    answer = assistant.ask(question)
    assert answer.answer.startswith(verdict)
    clause_id = answer.agencies[0].clause_id
    assert answered(answer) == bodies(BY_ID[clause_id])


@pytest.mark.parametrize(("clause_id", "count"), [("3.5", 4), ("3.7", 4), ("4.3", 3), ("4.1", 1)])
def test_lead_bodies_are_counted(assistant: Assistant, plan: Plan, clause_id: str, count: int) -> None:
    """The number of lead bodies is the number of names before 牵头."""
    assert f"牵头单位共 {count} 家" in assistant.ask(f"{plan.clause(clause_id).title}由几家单位牵头？").answer
