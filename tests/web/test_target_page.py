from __future__ import annotations

import csv
import io
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from assistant.web.downloads import csv_bytes, xlsx_bytes
from assistant.web.target_list import TargetList, Wish
from assistant.web.target_page import targets_html, targets_tables
from assistant.web.target_plot import groups
from corpus.model import Plan
from corpus.workbook import read_workbook
from tests.fakes import garden_plan, plan_of
from tests.web.markup import EVIL, body_rows, faults, plain, tags


def _names(plan: Plan, **asked: str) -> list[str]:
    return [row.indicator.name for row in TargetList(plan).wanted(Wish.of(asked))]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"chapter": "二、园林任务", "unit": "公里"}, ["新建步道", "改造步道"]),
        ({"body": "市财政局"}, ["古树复壮", "湖区水质"]),
        ({"strength": "力争"}, ["古树保护率"]),
        ({"year": "2030 年", "unit": "万吨/日"}, ["灌溉用水量"]),
        ({"unit": "没有数字"}, ["湖区水质"]),
        ({"q": "步道 80公里"}, ["新建步道"]),
        ({"q": "iii类"}, ["湖区水质"]),
        ({"unit": "斤"}, []),
    ],
)
def test_the_table_shows_what_was_asked_for(asked: dict[str, str], names: list[str]) -> None:
    """Each filter holds alone and together with others; text is found whatever its spacing."""
    assert _names(garden_plan(), **asked) == names
    assert [row[0] for row in body_rows(targets_html(garden_plan(), asked))] == names


def test_figures_are_put_in_order_by_their_size() -> None:
    """Units of one kind stand together by size (25 公里 < 80 公里 < 120 公里); what has no number comes last both ways."""
    up, down = (_names(garden_plan(), sort=sort) for sort in ("value", "-value"))
    lengths = ["改造步道", "新建步道", "公园步道长度"]
    assert [name for name in up if name in lengths] == lengths
    assert [name for name in down if name in lengths] == lengths[::-1]
    assert up[-1] == down[-1] == "湖区水质"
    assert _names(garden_plan(), sort="size") == _names(garden_plan())


def test_comparators_are_words_and_every_row_leads_to_its_quotation() -> None:
    """以上, 不高于 and 左右 stand in words; the link's offsets are those of the quotation."""
    plan = garden_plan()
    html = targets_html(plan, {})
    told = {row[0]: row[1] for row in body_rows(html)}
    assert told["公园步道长度"] == "达到 120 公里以上"
    assert told["灌溉用水量"] == "不高于 3.2 万吨/日"
    assert told["改造步道"] == "25 公里左右"
    links = [unescape(str(one["href"])) for tag, one in tags(html.split("<tbody")[1].split("</tbody")[0]) if tag == "a"]
    quotes = [parse_qs(urlsplit(link).query) for link in links if "from=" in link]
    assert [plan.text[int(one["from"][0]) : int(one["to"][0])] for one in quotes] == [
        row.quote for row in plan.indicators
    ]


def test_a_sorted_column_says_so_and_keeps_the_filter() -> None:
    """The head of a column leads to its order, with what was filtered; the order is told to a screen reader."""
    html = targets_html(garden_plan(), {"unit": "公里", "sort": "name"})
    assert 'aria-sort="ascending"' in html
    assert "unit=%E5%85%AC%E9%87%8C&amp;sort=-name#table" in html


def test_the_plot_compares_like_with_like() -> None:
    """A group is of one unit; a target that is striven for is an outline; a figure without another is only told."""
    plan = garden_plan()
    firm = plan.indicators[0]
    striven = replace(firm, indicator_id="more", value="150", comparator="=", strength="strive")
    drawn, alone = groups(TargetList(replace(plan, indicators=(*plan.indicators, striven))).rows)
    assert [(group.unit, len(group.bars)) for group in drawn] == [("公里", 3)]
    assert {row.indicator.name for row in alone} == {"古树保护率", "灌溉用水量", "古树复壮"}
    both = next(bar for bar in drawn[0].bars if bar.rows[0].indicator.name == firm.name)
    assert [row.indicator.strength for row in both.rows] == ["firm", "strive"]
    assert 'class="striven" x="0" y="2" width="100.0%"' in both.drawing
    assert 'class="firm" x="0" y="5" width="80.0%"' in both.drawing
    assert drawn[0].full == "150 公里"


def test_a_change_and_a_level_are_no_sizes_of_one_thing() -> None:
    """下降 5% and 达到 5% stand in groups apart; a share is drawn against the whole."""
    plan = garden_plan()
    model = replace(plan.indicators[0], unit="%", value="5", direction="达到")
    rows = (model, replace(model, name="乙"), *(replace(model, name=name, direction="下降") for name in "丙丁"))
    drawn, _ = groups(TargetList(replace(plan, indicators=rows)).rows)
    assert [(group.kind, group.full) for group in drawn] == [("", "100%"), ("下降", "5%")]


def test_files_hold_the_rows_that_were_asked_for() -> None:
    """CSV opens in Excel as UTF-8; numbers are numbers; offsets lead back to the text."""
    plan = garden_plan()
    (table,) = targets_tables(plan, {"unit": "公里"})
    raw = csv_bytes(table)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row["指标"] for row in rows] == ["公园步道长度", "新建步道", "改造步道"]
    assert (rows[0]["比较"], rows[0]["数值"], rows[1]["责任单位"]) == ("不低于", "120", "市城管局")
    assert all(plan.text[int(row["原文起"]) : int(row["原文止"])] == row["原文"] for row in rows)


def test_no_cell_of_a_file_is_a_formula(tmp_path: Path) -> None:
    """What begins like a formula is text in both kinds of file."""
    plan = garden_plan()
    evil = replace(plan.indicators[0], name='=HYPERLINK("x")', value="+1+1", unit="")
    tables = targets_tables(replace(plan, indicators=(evil,)), {})
    assert "'=HYPERLINK" in csv_bytes(tables[0]).decode()
    path = tmp_path / "t.xlsx"
    path.write_bytes(xlsx_bytes(tables))
    (grid,) = read_workbook(path)
    assert (grid.rows[2][1].text, grid.rows[2][1].kind) == ('=HYPERLINK("x")', "text")
    assert grid.rows[2][4].kind == "text"


@pytest.mark.parametrize("asked", [{}, {"q": EVIL, "unit": EVIL, "body": EVIL}, {"sort": "-value", "q": "步道"}])
def test_the_page_is_sound(asked: dict[str, str]) -> None:
    """Fields have labels, ids are single, headings skip no level, and words from outside are text."""
    plan = replace(garden_plan(), title=EVIL)
    html = targets_html(plan, asked, (plan, replace(plan, plan_id="other")))
    assert faults(html) == []
    assert len([tag for tag, _ in tags(html) if tag == "script"]) == 2


def test_nothing_to_show_is_said_kindly() -> None:
    """A plan without targets and a filter that nothing fits each say what can be done."""
    assert "没有从这份方案里读到目标指标" in plain(targets_html(plan_of("bare", ("任务", "无")), {}))
    html = targets_html(garden_plan(), {"unit": "斤"})
    assert "没有符合条件的指标" in plain(html)
    assert "斤（0）" in html


def test_the_address_gives_the_page_and_its_files(client: httpx.Client) -> None:
    """The page, both files with names of their own, and 404 for what there is not."""
    assert client.get("/targets").headers["location"] == "/targets/demo"
    assert client.get("/targets/demo").status_code == 200
    for kind in ("csv", "xlsx"):
        response = client.get(f"/targets/demo/{kind}")
        assert response.status_code == 200
        assert f".{kind}" in response.headers["content-disposition"]
    assert client.get("/targets/none").status_code == client.get("/targets/none/csv").status_code == 404
