from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from assistant.web.frame import STATIC
from tests.fakes import FakeAssistant
from tests.web.conftest import MAX_QUESTION, running
from tests.web.visitor import Visitor

# Names of XML languages are no addresses, and Gradio's script names its own documentation in error messages.
FOREIGN = re.compile(
    r"""(?:src|href|content|url|@import)\s*[=(:]?\s*["']?\s*(https?:)?//(?!127\.0\.0\.1)[\w.-]+""", re.IGNORECASE
)


def test_the_page_is_chinese_and_says_what_it_is(client: httpx.Client) -> None:
    """The first page has its language, its title and the header before any script has run."""
    response = client.get("/")
    assert response.status_code == 200
    assert re.search(r"<html\s+lang=\"zh-CN\"", response.text)
    assert "<title>政策问答助手</title>" in response.text
    assert "依据方案原文回答问题" in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/theme.css",
        "/ui/page.css",
        "/ui/page.js",
        "/ui/clause.css",
        "/ui/clause.js",
        "/ui/pages.css",
        "/ui/pages.js",
        "/ui/clipboard.js",
        "/plan/demo",
        "/clause/demo/1.1",
        "/targets/demo",
        "/bodies/demo",
        "/about",
    ],
)
def test_nothing_is_fetched_from_elsewhere(client: httpx.Client, path: str) -> None:
    """No address of another host stands in what the page is made of."""
    text = client.get(path).text
    assert not FOREIGN.search(text), FOREIGN.search(text)
    assert "googleapis" not in text


def test_every_answer_carries_the_protecting_headers(client: httpx.Client) -> None:
    """The policy forbids other hosts, frames and inline handlers, and the nonce is new each time."""
    first, second = (client.get("/").headers for _ in range(2))
    policy = first["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    script_rule = re.search(r"script-src ([^;]*)", policy)
    assert script_rule
    assert "unsafe-inline" not in script_rule[1]
    assert policy != second["content-security-policy"]
    assert first["x-content-type-options"] == "nosniff"
    assert "server" not in first


def test_every_script_of_the_page_bears_the_nonce(client: httpx.Client) -> None:
    """A script tag without the nonce would be blocked by our own policy."""
    response = client.get("/")
    nonce = re.search(r"'nonce-([^']+)'", response.headers["content-security-policy"])
    assert nonce
    tags = re.findall(r"<script\b[^>]*>", response.text)
    assert len(tags) >= 4
    assert all(f'nonce="{nonce[1]}"' in tag for tag in tags)


def test_a_question_is_answered_with_its_citation(client: httpx.Client) -> None:
    """The visitor sees the question, the answer, its clause and the way to the plan's text."""
    question, answer = Visitor(client).ask("示范车辆占比是多少？")
    assert "示范车辆占比是多少？" in question
    assert "<strong>20%</strong>以上" in answer
    assert 'title="示范车辆占比达到20%以上。"><b>[1]</b> 一、（一）示范行动</a>' in answer
    assert 'href="/plan/demo?clause=1.1' in answer
    assert "以原文为准" in answer
    assert 'data-ask="示范行动由谁牵头？"' in answer


def test_a_follow_up_knows_the_earlier_question(client: httpx.Client) -> None:
    """The second answer of one page shows how it was read; another page starts anew."""
    visitor = Visitor(client)
    assert "按上文理解为" not in visitor.ask("示范车辆占比是多少？")[-1]
    second = visitor.ask("谁负责？")
    assert len(second) == 4
    assert "按上文理解为：示范车辆占比" in second[-1]
    assert "按上文理解为" not in Visitor(client).ask("谁负责？")[-1]


def test_a_longer_question_than_allowed_is_refused_by_the_server(client: httpx.Client) -> None:
    """2,000 characters are answered, 2,001 get a friendly word and no answer."""
    assert len(Visitor(client).ask("长" * MAX_QUESTION)) == 2
    refused = Visitor(client).ask("长" * (MAX_QUESTION + 1))
    assert len(refused) == 1
    assert "2001 字" in refused[0]
    assert "2000 字以内" in refused[0]


def test_tags_of_a_question_are_shown_as_text(client: httpx.Client) -> None:
    """Neither the question nor an answer that repeats it holds a tag that the visitor typed."""
    payload = "<img src=x onerror=alert(1)><script>alert(2)</script>![x](http://a.example/p.png)"
    for html in Visitor(client).ask(payload):
        assert "<img" not in html
        assert "<script" not in html
        assert 'src="http' not in html
        assert payload in unescape(html)


def test_a_citation_leads_to_the_marked_words_of_the_plan(client: httpx.Client) -> None:
    """The address of a citation shows the clause with exactly the quoted words marked."""
    answer = Visitor(client).ask("示范车辆占比是多少？")[-1]
    href = re.search(r'href="(/plan/[^"]+)"', answer)
    assert href
    text = client.get(unescape(href[1])).text
    assert '<mark class="quote" id="quote">示范车辆占比达到20%以上。</mark>' in text
    assert '<section id="clause-1.1" class="clause here"' in text


def test_a_citation_opens_its_clause_beside_the_answer(client: httpx.Client) -> None:
    """The address that a chip holds gives that one clause, no page, with the quoted words marked and numbered."""
    answer = Visitor(client).ask("示范车辆占比是多少？")[-1]
    where = re.search(r'data-clause="(/clause/[^"]+)"', answer)
    assert where
    html = client.get(unescape(where[1])).text
    assert html.startswith('<article class="clause"')
    assert '<mark class="quote" id="quote-1">示范车辆占比达到20%以上。</mark>' in html
    assert 'data-label="一、（一）示范行动"' in html


@pytest.mark.parametrize("path", ["/clause/none/1.1", "/clause/demo/9.9", "/clause/demo/%3Cb%3E"])
def test_a_clause_that_is_not_there_is_not_found(client: httpx.Client, path: str) -> None:
    """Neither an unknown plan nor an unknown clause is an error of the server."""
    assert client.get(path).status_code == 404


def test_odd_quotations_do_not_break_a_clause(client: httpx.Client) -> None:
    """Whatever is asked to be marked, the clause is shown whole."""
    for query in ("quote=1-9-3", "quote=x", "quote=1-0-999999999&quote=²-1-2", "quote=1-31", "quote=" + "1" * 500):
        response = client.get(f"/clause/demo/1.1?{query}")
        assert response.status_code == 200
        assert "示范财政局按职责分工负责" in response.text


def test_the_first_words_come_with_the_page(client: httpx.Client) -> None:
    """The greeting with its examples stands in the page itself, so that it is seen before any script has run."""
    text = client.get("/").text
    assert 'data-ask="示范行动由谁牵头？"' in text
    assert text.index('id="boot"') < text.index('class="greeting"')


def test_the_plans_are_listed_or_opened(client: httpx.Client) -> None:
    """With one plan its page opens at once; a plan that is not there says so."""
    response = client.get("/plan", follow_redirects=True)
    assert "<h1>示范工作方案</h1>" in response.text
    missing = client.get("/plan/none")
    assert missing.status_code == 404
    assert "没有这个方案" in missing.text


def test_odd_offsets_do_not_break_the_plan(client: httpx.Client) -> None:
    """Whatever stands in the address, the whole text is shown."""
    for query in (
        "from=9&to=1",
        "from=x&to=²",
        "from=-5&to=99999999999999999999",
        "clause=%3Cb%3E",
        "from=0&to=999999",
    ):
        response = client.get(f"/plan/demo?{query}")
        assert response.status_code == 200
        assert "<b>" not in response.text
        assert "示范财政局按职责分工负责" in response.text


def test_a_program_gets_the_same_object_as_the_command_line(client: httpx.Client) -> None:
    """The named endpoint answers with the contract's JSON, and with a clear error for what is too long."""
    assert _call(client, "示范车辆占比是多少？", [])["citations"][0]["clause_id"] == "1.1"
    assert "2000" in _call(client, "长" * 2001, [])["error"]


def _call(client: httpx.Client, question: object, history: object) -> dict[str, object]:
    import json

    event = client.post("/gradio_api/call/ask", json={"data": [question, history]}).json()["event_id"]
    lines = client.get(f"/gradio_api/call/ask/{event}").text.splitlines()
    return json.loads(next(line for line in lines if line.startswith("data:"))[5:])[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "paper"),
        ("ink", "card"),
        ("ink", "tint"),
        ("ink", "mark"),
        ("ink-soft", "paper"),
        ("ink-soft", "card"),
        ("ink-soft", "tint"),
        ("accent", "paper"),
        ("accent", "card"),
        ("accent", "tint"),
        ("on-accent", "accent"),
        ("on-accent", "accent-deep"),
        ("alarm", "card"),
    ],
)
def test_words_stand_out_from_their_ground(scheme: str, ink: str, ground: str) -> None:
    """Every pair of colours that words are set in has the contrast of WCAG 2.2 level AA (4.5 : 1), light and dark."""
    light, dark = re.findall(r":root \{(.*?)\}", (STATIC / "page.css").read_text("utf-8"), re.DOTALL)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", light + (dark if scheme == "dark" else "")))
    first, second = sorted((_brightness(colours[ink]), _brightness(colours[ground])), reverse=True)
    assert (first + 0.05) / (second + 0.05) >= 4.5


def _brightness(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    "data",
    [
        ["长" * 2001, []],
        ["谁？", ["长" * 2001]],
        ["谁？", None],
        ["谁？", "先前"],
        [7, []],
        [None, []],
        ["谁？", [7]],
        ["  ", []],
    ],
)
def test_no_entrance_takes_what_is_no_question(client: httpx.Client, data: list[object]) -> None:
    """Too long, blank or no text, in the question or in the history: one clear error, and no answer."""
    assert _call(client, *data) == {"error": "问题应为 1 到 2000 字的文字。"}


def test_a_shared_link_asks_nothing(client: httpx.Client) -> None:
    """The question of a link is not repeated by the server; it only opens the page, however long or odd it is."""
    for text in ("谁来配合？", "<script>alert(1)</script>", "长" * 3000):
        response = client.get("/", params={"q": text})
        assert response.status_code == 200
        assert text not in response.text


def test_a_full_queue_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """When more questions wait than can be answered soon, the next one is refused in words, and later ones are answered."""
    monkeypatch.setattr("assistant.web.blocks.MAX_QUEUE", 2)
    with running(lambda: FakeAssistant(delay=0.3)) as where, httpx.Client(base_url=where, timeout=20) as client:
        asked = [client.post("/gradio_api/call/ask", json={"data": ["谁？", []]}) for _ in range(12)]
        refused = [one for one in asked if one.status_code != 200]
        assert refused
        assert {one.status_code for one in refused} == {503}
        assert "请稍后再试" in refused[0].json()["detail"]
        event = asked[0].json()["event_id"]
        assert "20%" in client.get(f"/gradio_api/call/ask/{event}").text
