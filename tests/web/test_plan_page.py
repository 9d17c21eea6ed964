from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.plan_page import plan_html
from assistant.web.plan_search import search
from corpus import read_plan
from corpus.model import Clause, Plan
from tests.fakes import garden_plan, plan_of
from tests.web.markup import EVIL, faults, plain, tags


def _section(html: str, clause_id: str) -> str:
    return html.split(f'<section id="clause-{clause_id}"', 1)[1].split("</section>", 1)[0]


def test_the_plan_page_escapes_its_text() -> None:
    """A plan whose text looks like HTML is shown to the letter, marked or not, and so is what is looked for."""
    text = f"一、标题{EVIL}\n内容{EVIL}\n"
    plan = Plan("demo", EVIL, text, (Clause("1", f"一、{EVIL}", f"标题{EVIL}", text, 0, len(text), 1),), ())
    for html in (plan_html(plan, EVIL, 2, 30), plan_html(plan, typed=EVIL), plan_html(plan, typed="img")):
        assert not {"img"} & {tag for tag, _ in tags(html)}
        assert len([tag for tag, _ in tags(html) if tag == "script"]) == 2
        assert EVIL in plain(html)


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["", "文字", "总体", "第 一", "有"]))
def test_marking_loses_no_character_of_the_plan(start: int, end: int, typed: str) -> None:
    """Wherever marks begin and end, every line is shown whole and once, and every mark has an id of its own."""
    text = "一、总体要求\n第一段的文字，有二十个字左右。\n\n第二段<的>文字。\n"
    plan = Plan("demo", "方案", text, (Clause("1", "一、总体要求", "总体要求", text, 0, len(text), 1),), ())
    section = _section(plan_html(plan, "1", start, end, typed), "1")
    lines = [plain(row) for row in re.findall(r'<div class="line"[^>]*>(.*?)</div>', section)]
    assert lines == [line for line in text.split("\n") if line]
    ids = re.findall(r' id="((?:quote|hit)[^"]*)"', section)
    assert len(ids) == len(set(ids))


def test_each_clause_has_its_bodies_and_targets_beside_it() -> None:
    """Parts are named, an open list keeps its 等, targets are words that lead to their quotation."""
    section = _section(plan_html(garden_plan()), "2.1")
    assert "牵头市园林局" in re.sub(r"\s+", "", plain(section))
    assert "分工市财政局、市水务局等" in re.sub(r"\s+", "", plain(section))
    assert "落实各区人民政府" in re.sub(r"\s+", "", plain(section))
    link = re.search(r'href="([^"]*)">古树复壮</a><span>([^<]*)', section)
    assert link
    plan = garden_plan()
    start, end = map(int, re.findall(r"(?:from|to)=(\d+)", unescape(link[1])))
    assert plan.text[start:end] == "完成古树复壮 40 株"
    assert link[2] == "达到 40 株"
    assert "beside" not in _section(plan_html(plan), "2")


def test_a_clause_named_in_the_address_is_scrolled_to() -> None:
    """``?clause=`` alone takes the focus, and with it the view, without a script; with quoted words these are the aim."""
    assert '<h3 tabindex="-1" autofocus>（一）古树保护行动</h3>' in _section(plan_html(garden_plan(), "2.1"), "2.1")
    assert plan_html(garden_plan(), "2.1").count("autofocus") == 1
    assert "autofocus" not in plan_html(garden_plan(), "2.1", 3, 9)
    assert "没有编号为“9.9”的条款" in plan_html(garden_plan(), "9.9")


def test_words_are_found_whatever_their_width_and_spacing() -> None:
    """Spaces, width, traditional characters and capitals make no difference; all words must stand in the clause."""
    plan = read_plan(
        "某市方案\n一、目标\n到 2025 年，5G 基站覆盖率达到（不含山区）90%。\n二、任务\n建设5g网络。", "net"
    )
    for typed in ("2025年", "２０２５ 年", "(不含山區)", "覆蓋率 90%"):
        assert [found.clause.clause_id for found in search(plan, typed)] == ["1"], typed
    assert [found.clause.clause_id for found in search(plan, "5G")] == ["1", "2"]
    for typed in ("", "  ", ".*", "覆盖率 网络", "[", "\\"):
        assert search(plan, typed) == ()


def test_what_was_found_is_listed_with_the_way_to_it() -> None:
    """The list says how many places there are, shows the words around, and each link has its target in the text."""
    html = plan_html(garden_plan(), typed="步道")
    assert "找到 4 处" in plain(html)
    for name in re.findall(r'href="#(hit-\d+)"', html):
        assert f'id="{name}"' in html
    assert "没有找到“火星”" in plain(plan_html(garden_plan(), typed="火星"))


@pytest.mark.parametrize(
    "plan", [garden_plan(), plan_of("bare", ("任务", "没有单位，也没有指标。"))], ids=["full", "bare"]
)
@pytest.mark.parametrize("typed", ["", "步道"])
def test_the_page_is_sound(plan: Plan, typed: str) -> None:
    """No id stands twice, every field has its label, headings skip no level."""
    html = plan_html(plan, "1", 1, 5, typed, plans=(plan, replace(plan, plan_id="other", title="另一份方案")))
    assert faults(html) == []


def test_a_page_is_sent_once(client: httpx.Client) -> None:
    """A browser that has the page is told so, and gets a new one where anything differs."""
    first = client.get("/plan/demo")
    again = client.get("/plan/demo", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/plan/demo?q=示范", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_the_only_plan_is_opened_at_once(client: httpx.Client) -> None:
    """Without a choice to make, /plan leads to the plan and keeps what it was asked."""
    assert client.get("/plan?clause=1.1").headers["location"] == "/plan/demo?clause=1.1"
    assert client.get("/plan/nothing").status_code == 404
