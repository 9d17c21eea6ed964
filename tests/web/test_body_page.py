from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from assistant.settings import Settings
from assistant.web.about_page import Running, about_html
from assistant.web.body_list import BodyList
from assistant.web.body_page import bodies_html, bodies_tables
from assistant.web.downloads import xlsx_bytes
from assistant.web.reading_room import plans_html
from corpus.model import Plan, Responsibility
from corpus.workbook import read_workbook
from tests.fakes import FakeAssistant, garden_plan, plan_of
from tests.web.markup import EVIL, body_rows, faults, plain, tags


def _both(plan: Plan) -> Plan:
    """The garden plan with a body of the first task in the second, too."""
    extra = Responsibility("2.2", "市财政局", "shared", open_list=False, start=0, end=4)
    return replace(plan, responsibilities=(*plan.responsibilities, extra))


def test_the_matrix_has_a_row_for_each_body_and_a_column_for_each_clause() -> None:
    """Each cell names the part in one sign, with the rest of the word for a screen reader; the counts add up."""
    html = bodies_html(garden_plan(), {})
    rows = {row[0]: row[1:] for row in body_rows(html.split('class="matrix"')[1])}
    assert rows["市园林局"] == ["1", "", "", "", "牵头", ""]
    assert rows["市财政局"] == ["", "", "1", "", "分工", ""]
    assert rows["市城管局"] == ["", "1", "", "", "", "负责"]
    assert rows["各区人民政府"] == ["", "", "", "1", "落实", ""]


def test_a_body_is_shown_with_its_tasks_and_their_targets() -> None:
    """The part, the others in the clause with their parts, and the clause's targets; 等 stays with the open list."""
    picked = bodies_html(garden_plan(), {"body": "市园林局"}).split('id="picked"')[1].split('id="matrix"')[0]
    ((clause, others, targets),) = body_rows(picked)
    assert clause == "二、（一）古树保护行动"
    assert others == "分工 市财政局、市水务局等落实 各区人民政府"
    assert "古树复壮：达到 40 株" in targets
    assert "牵头" in picked


def test_two_bodies_are_compared_by_what_they_share() -> None:
    """The clauses of both with the part of each; how many each has alone; none is said plainly."""
    html = bodies_html(_both(garden_plan()), {"body": "市财政局", "other": "市城管局"})
    ((clause, one, other, targets),) = body_rows(html.split('id="shared-title"')[1])
    assert (clause, one, other) == ("二、（二）步道建设行动", "分工", "负责")
    assert "新建步道" in targets
    assert "只有市财政局的：1 条；只有市城管局的：0 条" in plain(html)
    assert "没有一个条款同时写明" in plain(bodies_html(garden_plan(), {"body": "市园林局", "other": "市城管局"}))
    assert BodyList(garden_plan()).shared("市园林局", "市园林局") == ()


def test_a_body_that_the_plan_does_not_name_is_said() -> None:
    """Neither its tasks nor another's are shown in its place."""
    html = bodies_html(garden_plan(), {"body": "市气象局"})
    assert "没有“市气象局”" in plain(html)
    assert "tasks-title" not in html


def test_files_hold_duties_and_matrix(tmp_path: Path) -> None:
    """The first sheet has a row for each duty with the plan's words, the second the matrix; a chosen body narrows the first."""
    plan = garden_plan()
    duties, matrix = bodies_tables(plan, {})
    assert len(duties.rows) == len(plan.responsibilities)
    assert all(plan.text[int(str(row[6])) : int(str(row[7]))] == row[5] for row in duties.rows)
    assert duties.rows[1][:5] == ("市财政局", "分工", "2.1", "二、（一）古树保护行动", "有")
    assert [row[0] for row in bodies_tables(plan, {"body": "市城管局"})[0].rows] == ["市城管局"]
    path = tmp_path / "b.xlsx"
    path.write_bytes(xlsx_bytes((duties, matrix)))
    assert [grid.name for grid in read_workbook(path)] == ["责任单位", "单位与条款"]


@pytest.mark.parametrize("asked", [{}, {"body": EVIL, "other": EVIL}, {"body": "市财政局", "other": "市城管局"}])
def test_the_page_is_sound(asked: dict[str, str]) -> None:
    """Fields have labels, ids are single, headings skip no level, and names from outside are text."""
    plan = _both(garden_plan())
    evil = Responsibility("2.2", EVIL, "lead", open_list=True, start=0, end=4)
    plan = replace(plan, title=EVIL, responsibilities=(*plan.responsibilities, evil))
    html = bodies_html(plan, asked, (plan, replace(plan, plan_id="other")))
    assert faults(html) == []
    assert len([tag for tag, _ in tags(html) if tag == "script"]) == 2


def test_a_plan_without_bodies_says_so() -> None:
    """No empty table, but a word and the way to the text."""
    html = bodies_html(plan_of("bare", ("任务", "无")), {})
    assert "没有写明责任单位" in plain(html)
    assert "<table" not in html


def test_a_large_matrix_is_made_at_once() -> None:
    """A hundred bodies in sixty clauses take a small part of a second; the true figure is some ten milliseconds."""
    plan = plan_of("large", *((f"任务{number}", "略。") for number in range(60)))
    rows = [
        Responsibility(clause.clause_id, f"第{number}局", "shared", open_list=False, start=0, end=1)
        for clause in plan.clauses
        for number in range(100)
    ]
    plan = replace(plan, responsibilities=tuple(rows))
    started = time.process_time()
    html = bodies_html(plan, {"body": "第1局", "other": "第2局"})
    assert time.process_time() - started < 1
    assert html.count("分<span") == 6000


def test_the_address_gives_the_page_and_its_files(client: httpx.Client) -> None:
    """The page, both files, and 404 for what there is not."""
    assert client.get("/bodies?body=x").headers["location"] == "/bodies/demo?body=x"
    assert client.get("/bodies/demo").status_code == 200
    assert client.get("/bodies/demo/csv").content.startswith(b"\xef\xbb\xbf")
    assert client.get("/bodies/demo/xlsx").content.startswith(b"PK")
    assert client.get("/bodies/none").status_code == 404


def test_several_plans_are_offered() -> None:
    """Each with its facts and counts, keeping what was asked; without any the way to add one is told."""
    html = plans_html("/bodies", "责任单位", (garden_plan(), plan_of("bare", ("任务", "无"))), {"body": "市财政局"})
    assert faults(html) == []
    assert 'href="/bodies/garden?body=' in html
    assert "7 项指标 · 5 家责任单位" in plain(html)
    assert "python -m corpus add" in plain(plans_html("/plan", "方案原文", (), {}))


def test_the_about_page_says_what_runs_and_whom_to_write_to(client: httpx.Client) -> None:
    """Version, model, digest of the plans and the contact of the settings; without one it says where it is set."""
    html = about_html(
        Running("1.2.3", "model-x", "abcdef0123456789", f"办公室{EVIL}", "问答不会保存。"), (garden_plan(),)
    )
    assert faults(html) == []
    for word in (
        "1.2.3",
        "model-x",
        "abcdef012345",
        f"请联系：办公室{EVIL}",
        "自动整理",
        "问答不会保存。",
        garden_plan().title,
    ):
        assert word in plain(html)
    shown = plain(client.get("/about").text)
    assert "还没有填写联系方式" in shown
    assert FakeAssistant().corpus.digest[:12] in shown
    assert Settings().model in shown


def test_the_about_page_says_whether_a_language_model_writes() -> None:
    """With one, its name, what it writes and where questions go to; without, that none is used."""
    plans = (garden_plan(),)
    without = plain(about_html(Running("1.2.3", "m", "abc", "", "问答不会保存。"), plans))
    assert "没有使用" in without
    assert "语言模型服务" not in without
    html = about_html(Running("1.2.3", "m", "abc", "", "问答不会保存。", f"写手{EVIL}"), plans)
    assert "问题和有关的原文会发给" in plain(html)
    assert "没有使用" not in plain(html)
    assert not faults(html)
