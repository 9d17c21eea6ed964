"""The pages beside the chat, and what holds for every page: width, contrast, names, night, print, no other host."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlsplit

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import reading
from tests.browser.reader import Reader, seen

PAGES = ("/", "/plan", "/plan?clause=3.4", "/targets", "/bodies", "/about")
QUESTION = "农村生活污水治理率的目标是多少？"


def _rows(reader: Reader) -> Locator:
    return reader.page.locator("#table tbody tr")


def test_a_deep_link_opens_the_clause(reader: Reader) -> None:
    """``/plan?clause=3.4`` shows that clause in sight, of all plans' clauses the only one that is marked."""
    reader.open("/plan?clause=3.4")
    here = reader.page.locator(".clause.here")
    expect(here).to_have_count(1)
    expect(here).to_have_attribute("id", "clause-3.4")
    assert seen(here.get_by_role("heading"))


@pytest.mark.parametrize("path", ["/plan?clause=3.4", "/plan?clause=2"])
def test_the_clause_stands_at_the_top(reader: Reader, phone: Reader, path: str) -> None:
    """With a wide window or a phone's, the clause begins in the upper eighth, so that as much of it is seen as can be."""
    for one in (reader, phone):
        one.open(path)
        top, height = one.page.locator(".clause.here").evaluate("(it) => [it.getBoundingClientRect().top, innerHeight]")
        assert 0 <= top < height / 8


def test_words_are_found_and_marked(reader: Reader) -> None:
    """A search of the plan marks the words and leads to them."""
    reader.open("/plan")
    reader.page.locator("#q").fill("覆盖率")
    reader.page.locator("#q").press("Enter")
    found = reader.page.locator(".found li a")
    expect(found.first).to_be_visible()
    found.last.click()
    marks = reader.page.locator(".clause mark")
    assert {word.strip() for word in marks.all_inner_texts()} == {"覆盖率"}
    assert any(seen(mark) for mark in marks.all())


def test_targets_are_filtered_and_downloaded(reader: Reader) -> None:
    """What is filtered is what arrives: the CSV and the workbook have the rows of the table, and no others."""
    reader.open("/targets")
    everything = _rows(reader).count()
    reader.page.locator("#q").fill("率")
    reader.page.locator("#q").press("Enter")
    expect(_rows(reader)).not_to_have_count(everything)
    names = [name.strip() for name in _rows(reader).locator("th").all_inner_texts()]
    assert 1 < len(names) < everything
    table = list(csv.DictReader(io.StringIO(_downloaded(reader, "csv").decode("utf-8-sig"))))
    assert [row["指标"] for row in table] == names
    sheet = openpyxl.load_workbook(io.BytesIO(_downloaded(reader, "xlsx"))).worksheets[0]
    assert sheet.max_row == len(names) + 1
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert set(names) <= cells


def _downloaded(reader: Reader, kind: str) -> bytes:
    with reader.page.expect_download() as arriving:
        reader.page.locator(f".downloads a[href*='/{kind}']").first.click()
    assert arriving.value.suggested_filename.endswith(kind)
    return arriving.value.path().read_bytes()


def test_the_table_is_sorted_by_its_heads(reader: Reader) -> None:
    """A head sorts the table and says so to screen readers; no row is lost."""
    reader.open("/targets")
    before = _rows(reader).all_inner_texts()
    reader.page.locator("#table thead a").first.click()
    expect(reader.page.locator("#table thead [aria-sort]")).to_have_count(1)
    after = _rows(reader).all_inner_texts()
    assert before != after
    assert sorted(before) == sorted(after)


def test_a_target_leads_to_its_words(reader: Reader) -> None:
    """From a row of the table the plan opens with the quoted words marked, in sight."""
    reader.open("/targets")
    quoted = _rows(reader).nth(3).locator("td a[title]")
    words = quoted.get_attribute("title") or ""
    quoted.click()
    marked = reader.page.locator("mark.quote")
    assert "".join(marked.all_inner_texts()) == words
    assert seen(marked.first)


def test_a_body_is_picked_and_compared(reader: Reader) -> None:
    """Of one body its tasks are shown by role, of two what they share; every clause there opens."""
    reader.open("/bodies")
    names = [
        name
        for name in reader.page.locator("#body option").evaluate_all("(all) => all.map((one) => one.value)")
        if name
    ]
    reader.page.locator("#body").select_option(names[0])
    reader.page.locator(".filters button").click()
    picked = reader.page.locator("#picked")
    expect(picked.get_by_role("heading", level=2)).to_contain_text(names[0])
    tasks = picked.locator("tbody tr").count()
    assert tasks > 0
    reader.page.locator("#other").select_option(names[1])
    reader.page.locator(".filters button").click()
    shared = picked.locator("section").first
    expect(shared.get_by_role("heading", level=2)).to_contain_text(names[1])
    assert shared.locator("tbody tr").count() <= tasks
    shared.locator("tbody th a").first.click()
    expect(reader.page.locator(".clause.here")).to_have_count(1)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(phone: Reader, path: str) -> None:
    """At 375 pixels nothing scrolls sideways but tables within their frames."""
    phone.open(path)
    assert phone.wide() == 0


def test_an_answer_fits_a_phone(phone: Reader) -> None:
    """Neither an answer nor an opened citation makes the page wider; once that is closed the box is in sight again."""
    phone.open()
    answer = phone.ask(QUESTION)
    answer.locator("[data-cite]").first.click()
    expect(phone.page.locator("#clause mark").first).to_be_visible()
    assert phone.wide() == 0
    phone.page.locator("#beside .close").click()
    assert seen(phone.box)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_serious_fault_for_those_who_see_or_hear_differently(
    browser: Browser, site: str, path: str, scheme: str
) -> None:
    """axe-core finds nothing serious or critical in any page, by day and by night."""
    with reading(browser, site, color_scheme=scheme) as reader:
        reader.open(path)
        assert not _serious(reader)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_answer_has_such_a_fault(browser: Browser, site: str, scheme: str) -> None:
    """The same of the chat with an answer, its citations opened and the form for a reason."""
    with reading(browser, site, color_scheme=scheme) as reader:
        reader.open()
        answer = reader.ask(QUESTION)
        assert not _serious(reader)
        answer.locator("[data-cite]").first.click()
        answer.locator("[data-useful='']").click()
        assert not _serious(reader)


def _serious(reader: Reader) -> list[str]:
    found = Axe().run(reader.page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:200]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_night_is_dark(at_night: Reader, path: str) -> None:
    """Where the machine is set to dark, ground and words change sides."""
    at_night.open(path)
    ground, ink = at_night.page.evaluate(
        """() => { const style = getComputedStyle(document.body); return [style.backgroundColor, style.color]; }"""
    )
    assert _brightness(ground) < 60
    assert _brightness(ink) > 180


def _brightness(colour: str) -> float:
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")][:3]
    return sum(parts) / 3


def test_the_plan_prints_without_the_page_around_it(reader: Reader) -> None:
    """On paper there is the text with its headings; contents, search and buttons stay on the screen."""
    reader.open("/plan")
    reader.page.emulate_media(media="print")
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    for left_out in ("#top nav", ".contents", ".find", ".acts"):
        expect(reader.page.locator(left_out).first).to_be_hidden()


@pytest.mark.parametrize(
    "act", ["alert(1)", "fetch('http://elsewhere.invalid/').catch(() => 0)", "setTimeout(() => nowhere())"]
)
def test_the_watch_on_all_these_tests_is_awake(browser: Browser, site: str, act: str) -> None:
    """A dialog, a request to another host and a script's fault are seen, so that the other tests really exclude them."""
    with pytest.raises(AssertionError):
        _do(browser, site, act)


def _do(browser: Browser, site: str, act: str) -> None:
    with reading(browser, site, bypass_csp=True) as reader:
        reader.open("/about")
        reader.page.evaluate(act)
        reader.page.wait_for_timeout(100)


def test_reading_needs_no_script(browser: Browser, site: str) -> None:
    """With scripts switched off the pages beside the chat work, and the chat says where to read."""
    with reading(browser, site, java_script_enabled=False) as reader:
        reader.page.goto("/")
        reader.page.locator("noscript a").click()
        expect(reader.page.locator(".clause").first).to_be_visible()
        reader.page.goto("/targets")
        everything = _rows(reader).count()
        reader.page.locator("#q").fill("率")
        reader.page.locator(".filters button").click()
        expect(_rows(reader)).not_to_have_count(everything)
        assert "q=" in urlsplit(reader.page.url).query
