import base64
import hashlib
import json
import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Plan
from evals.compare import compare
from evals.dossier import Dossier, against, dossier
from evals.excerpts import excerpts
from evals.judge import judge
from evals.outcome import Outcome
from evals.reply import CitationRow
from evals.report_html import AT_ONCE, report_html
from tests.evals.reported import QUOTE, TEXT, answer, outcomes, plan, question, run_of

PAYLOADS = (
    "</script><script>document.title='hit'</script>",
    "<img src=x onerror=\"document.title='hit'\">",
    '"><svg onload="document.title=\'hit\'">',
    "{{ 7 * 7 }}<!--<script>",
    "[x](javascript:alert(1))",
)
MAY_STAND = re.findall(
    r"\w+",
    """html head meta title style body header main footer nav section p h1 h2 h3 dl div dt dd small ul ol li a table caption
    thead tbody tr th td span b svg rect noscript label select option input button details summary script br mark sup
    strong em blockquote code""",
)


class Reader(HTMLParser):
    """Reads a page: its elements with their attributes, its text, and what stands in each script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in {"script", "style"} and self.cdata_elem:
            self.raw.append((*self.elements[-1], data))
        else:
            self.text += data

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        """Return the attributes of the elements that have the class."""
        return [attributes for _, attributes in self.elements if name in (attributes.get("class") or "").split()]


def kept(reader: Reader) -> Any:
    """Return what the page keeps compressed: the insides of questions, and the clauses' texts."""
    packed = next(data for _, attributes, data in reader.raw if attributes.get("id") == "kept")
    return json.loads(zlib.decompress(base64.b64decode(packed)))


@pytest.fixture
def plans() -> dict[str, Plan]:
    return {"water": plan()}


@pytest.fixture
def page(plans: dict[str, Plan]) -> str:
    return report_html(dossier(run_of(outcomes(plans)), plans))


def test_the_page_needs_nothing_else(page: str) -> None:
    """No element of the page asks for another file or host, and its own policy lets only its style and its script in."""
    reader = Reader(page)
    assert {attributes["href"][:1] for _, attributes in reader.elements if (attributes.get("href"))} == {"#"}
    assert not [
        tag for tag, attributes in reader.elements if tag in {"link", "img", "iframe", "object"} or "src" in attributes
    ]
    assert "://" not in page
    assert not re.search(r"@import|url\(", page)
    policy = next(attributes["content"] for tag, attributes in reader.elements if "http-equiv" in attributes)
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        own = [data for name, attributes, data in reader.raw if name == tag and not attributes.get("type")]
        hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in own]
        assert re.findall(rf"{tag}-src 'sha256-([^']+)'", policy) == hashes
    assert not [attributes for _, attributes in reader.elements if "style" in attributes]


def test_what_failed_comes_first(page: str) -> None:
    """The list begins with what states something without a source, then come the other failures, then what is right."""
    rows = Reader(page).with_class("q")
    assert [row["id"] for row in rows] == ["q-a-03", "q-a-02", "q-b-01", "q-a-01"]
    assert [row["data-result"] for row in rows] == ["wrong", "wrong", "wrong", "right"]


def test_a_failure_tells_all_that_a_trainer_needs(page: str) -> None:
    """Expectation, answer, reasons with their meaning, and the source stand there in plain Chinese."""
    text = Reader(page).text
    for told in (
        "必须出现的词句“50%”",
        "缺必要词句：50%",
        "答案里缺少应当出现的词句。",
        "实际：已回答",
        "一、总体要求",
        QUOTE,
    ):
        assert told in text
    assert "phrase_missing" not in text


def test_a_long_question_is_told_whole(plans: dict[str, Plan]) -> None:
    """A line of the list holds the beginning of a question, its inside all of it, line by line, control signs written out."""
    asked = question("a", "第一行\x07。\n" + "很长。" * 200 + "完")
    reader = Reader(report_html(dossier(run_of((judge(asked, answer("好[1]"), plans),)), plans)))
    assert "第一行\\x07。\n" + "很长。" * 200 + "完" in reader.text
    assert "很长。……" in reader.text


def test_the_verdict_and_the_alarm_come_first(page: str) -> None:
    """The heading counts, and an unproved fact is told before any figure."""
    text = Reader(page).text
    assert (
        text.index("共 4 题，答对 1 题，占 25.0%")
        < text.index("1 题的答案里有方案原文找不到依据的内容")
        < text.index("分类成绩")
    )


def test_a_bar_shows_the_interval(page: str) -> None:
    """The bar of a category is filled to its share, with a thin line for the interval and the bounds in words beside it."""
    reader = Reader(page)
    spans = reader.with_class("span")
    assert (spans[0]["x"], spans[0]["width"], spans[0]["height"]) == ("6.15", "73.08", "2")
    assert reader.with_class("fill")[0]["width"] == "33.33"
    assert "6.1%–79.2%" in reader.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_from_outside_becomes_markup(payload: str) -> None:
    """Signs of markup in a question, answer, expectation, category, note, plan or configuration are shown as they are."""
    text = f"{payload}{TEXT}"
    plans = {"water": plan(text, payload, payload)}
    asked = question(payload, payload, payload, must=[payload], must_not=[f"{payload}!"])
    asked = asked.model_copy(update={"history": (payload,), "note": payload, "file": payload})
    bodies = [{"name": payload, "role": "lead", "clause_id": payload}]
    given = answer(f"{payload}{QUOTE}[1]", quote=payload, of=text, agencies=bodies)
    made = tuple(judge(asked.model_copy(update={"id": f"{at}{payload}"}), given, plans) for at in range(AT_ONCE + 1))
    reader = Reader(report_html(dossier(run_of(made, sets=(payload,), options={payload: payload}), plans)))
    later = kept(reader)
    assert len(later["insides"]) == 1
    inner = Reader(later["insides"][0])
    for tag, attributes in [*reader.elements, *inner.elements]:
        assert tag in MAY_STAND
        assert not [name for name in attributes if name.startswith("on") or name in {"src", "style"}]
        assert (attributes.get("href") or "#").startswith("#")
    assert sum(tag == "script" for tag, _ in reader.elements) == 2  # what is kept, and the page's own
    assert "'hit'" not in "".join(data for _, attributes, data in reader.raw if not attributes.get("type"))
    assert reader.text.count(payload) > 2 * AT_ONCE
    assert inner.text.count(payload) > 8
    assert later["clauses"] == {"water 1": text}


def test_quoted_words_are_marked_in_their_clause(plans: dict[str, Plan]) -> None:
    """The spans count characters, also behind one that takes two units of UTF-16, and cut the quotation out of the clause."""
    made = tuple(judge(question("a"), answer("教育局[1]", quote="教育局按职责"), plans) for _ in "a")
    place = Reader(report_html(dossier(run_of(made), plans))).with_class("clause")[0]
    start, end, markers = json.loads(place["data-spans"] or "")[0]
    assert (TEXT[start:end], markers) == ("教育局按职责", [1])


def test_words_that_stand_twice_are_marked_where_they_were_quoted() -> None:
    """Of a clause that repeats words, those at the citation's own offsets are marked; if the plan was changed, the first."""
    text = "节水。节水。"
    row = CitationRow(marker=1, plan_id="water", clause_id="1", label="一", quote="节水", start=3, end=5)
    assert excerpts([row], {"water": plan(text)})[0].spans == ((3, 5, (1,)),)
    assert excerpts([row], {"water": plan(f"甲{text}")})[0].spans == ((1, 3, (1,)),)


def test_of_several_plans_each_source_names_its_own(plans: dict[str, Plan]) -> None:
    """Where answers may come from several plans, a clause is told with its plan's title, else without."""
    made = outcomes(plans)
    alone = Reader(report_html(dossier(run_of(made), plans))).text
    among = Reader(report_html(dossier(run_of(made, plans={"water": "节水方案", "air": "大气方案"}), plans))).text
    assert "《节水方案》一、总体要求" in among
    assert "《节水方案》一、总体要求" not in alone


def test_a_quotation_that_is_nowhere_is_called_so(plans: dict[str, Plan]) -> None:
    """What no clause holds is shown as such, not marked anywhere."""
    made = (judge(question("a"), answer("没有[1]", quote="编出来的话"), plans),)
    reader = Reader(report_html(dossier(run_of(made), plans)))
    assert "[1] 这条引文在该条原文里找不到" in reader.text
    assert "编出来的话" in reader.text


def test_a_run_with_hidden_questions_shows_figures_alone(plans: dict[str, Plan]) -> None:
    """Of questions that are to stay unread, nothing but figures by category stands in the page."""
    page = report_html(dossier(run_of(outcomes(plans), hidden=True), plans))
    assert "a-01" not in page
    assert QUOTE not in page
    assert "25.0%" in page
    assert not Reader(page).with_class("q")


def test_what_a_reader_has_to_know_is_told(plans: dict[str, Plan]) -> None:
    """A run broken off and plans changed since are said at the top."""
    text = Reader(report_html(dossier(run_of(outcomes(plans), questions=9), plans, "2" * 64))).text
    assert "9 题里只答了 4 题" in text
    assert "方案资料在这次运行之后改过" in text


def compared(plans: dict[str, Plan]) -> Dossier:
    """Return a report against a baseline: a-01 has another gold, a-02 got better, a-03 worse, b-01 stayed, c-01 is new."""
    right, wrong = answer(f"{QUOTE}[1]。"), answer("没有写。", "not_stated", quote="")
    asked = [question(f"a-0{at}") for at in range(1, 4)] + [question("b-01", category="单位")]
    old = [judge(one, given, plans) for one, given in zip(asked, (right, wrong, right, right), strict=True)]
    asked[0] = question("a-01", must=["50%"])
    asked.append(question("c-01"))
    new = [judge(one, given, plans) for one, given in zip(asked, (right, right, wrong, right, right), strict=True)]
    older, newer = run_of(tuple(old)), run_of(tuple(new))
    return against(dossier(newer, plans), compare(older, newer), "上线版")


def test_a_comparison_begins_with_its_verdict(plans: dict[str, Plan]) -> None:
    """The heading says what got worse and the verdict, what got worse is listed first, and what was left out is said."""
    reader = Reader(report_html(compared(plans)))
    assert reader.text.index(
        "有 1 题由对变错（可以比较的 3 题中），请先看这 1 题；另有 1 题由错变对。看不出差别"
    ) < reader.text.index("这一次共 5 题")
    assert (
        reader.text.index("由对变错：1 题")
        < reader.text.index("由错变对：1 题")
        < reader.text.index("标准答案改过：1 题")
    )
    assert "1 题只在新的一次里有（c-01），1 题改过标准答案（a-01），没有计入" in reader.text
    rows = [(row["id"], row["data-change"]) for row in reader.with_class("q")]
    assert rows == [
        ("q-a-03", "regressed"),
        ("q-a-01", "regraded"),
        ("q-a-02", "fixed"),
        ("q-b-01", "same"),
        ("q-c-01", "added"),
    ]


def test_both_answers_stand_side_by_side(plans: dict[str, Plan]) -> None:
    """Of a question whose answer changed the baseline's is shown as well, of one whose gold changed the former gold."""
    told = compared(plans)
    text = Reader(report_html(told)).text
    assert "基线的答案：已回答，对" in text
    assert "现在的答案：方案未写，错" in text
    assert "基线的标准答案（当时判对）" in text
    assert "与基线一样" in text


def test_a_comparison_of_hidden_questions_names_none(plans: dict[str, Plan]) -> None:
    """With the questions hidden the verdict and the figures by category are shown, and no id."""
    told = replace(compared(plans), cards=())
    page = report_html(told)
    assert "看不出差别" in page
    assert "a-0" not in page
    assert "c-01" not in page


def many(plans: dict[str, Plan], count: int) -> tuple[Outcome, ...]:
    made = outcomes(plans)
    chosen = (made[at % len(made)] for at in range(count))
    return tuple(
        replace(one, question=one.question.model_copy(update={"id": f"q{at}"})) for at, one in enumerate(chosen)
    )


def test_a_long_list_is_kept_for_later(plans: dict[str, Plan]) -> None:
    """Of many questions only the first stand open in the page; each has a place of its own and a link to it."""
    reader = Reader(report_html(dossier(run_of(many(plans, 200)), plans)))
    later = kept(reader)["insides"]
    assert len(later) == 200 - AT_ONCE
    places = {row["id"] for row in reader.with_class("q")}
    links = {row["href"] for one in [reader, *map(Reader, later)] for row in one.with_class("copy")}
    assert links == {f"#{place}" for place in places}
    assert len(places) == 200


@pytest.mark.slow
def test_a_browser_opens_the_question_of_a_link(tmp_path: Path) -> None:
    """In a real browser a link opens its question, marks the quoted words, and no planted script runs."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("这台机器上没有 Chromium，报告只按结构检查")
    plans = {"water": plan(TEXT + PAYLOADS[0])}
    bad = tuple(judge(question(f"x{at}", one), answer(f"{one}{QUOTE}[1]。"), plans) for at, one in enumerate(PAYLOADS))
    path = tmp_path / "report.html"
    path.write_text(report_html(dossier(run_of((*many(plans, 100), *bad)), plans)), encoding="utf-8")
    switches = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-sync",
        "--virtual-time-budget=3000",
    ]
    command = [browser, *switches, f"--user-data-dir={tmp_path / 'user'}", "--dump-dom", f"{path.as_uri()}#q-q96"]
    dumped = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120).stdout  # noqa: S603
    reader = Reader(dumped)
    assert "题集评测报告" in dumped
    assert [row["id"] for row in reader.with_class("q") if "open" in row] == ["q-q96"]
    assert ("mark", {}) in reader.elements
    assert "<title>hit" not in dumped
    assert sum("data-at" in row for row in reader.with_class("q")) == 100 + len(bad) - AT_ONCE - 1
