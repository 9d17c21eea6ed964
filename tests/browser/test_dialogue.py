"""What a reader does with the chat, in a real browser on the running service."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader, seen
from tests.web.markup import EVIL

FIRST, THEN = "农村生活污水治理率的目标是多少？", "秸秆呢？"


def test_a_question_is_answered_with_figures_of_the_plan(reader: Reader) -> None:
    """Typed and sent with Enter, a question gets an answer with a citation; the box is empty again."""
    reader.open()
    answer = reader.ask(FIRST)
    expect(answer).to_contain_text("%")
    expect(answer.locator("[data-cite]").first).to_be_visible()
    expect(reader.questions).to_have_text([FIRST])
    expect(reader.box).to_have_value("")


def test_a_citation_opens_its_clause_beside_the_answer(reader: Reader) -> None:
    """The mark of a citation shows its clause with the quoted words marked, in sight and in focus; Escape leads back."""
    reader.open()
    mark = reader.ask(FIRST).locator(".mark[data-cite]").first
    mark.click()
    quoted = reader.page.locator("#clause #quote-1")
    expect(quoted).to_be_focused()
    assert seen(quoted)
    assert len(quoted.inner_text()) > 5
    expect(reader.page.get_by_role("dialog")).to_have_accessible_name(reader.page.locator("#clause h2").inner_text())
    reader.page.keyboard.press("Escape")
    expect(reader.page.locator("#beside")).to_be_hidden()
    expect(mark).to_be_focused()


def test_the_clause_leads_on_to_the_whole_plan(reader: Reader) -> None:
    """From the clause beside an answer the plan opens with just the same words marked, in sight; the dialogue stays."""
    reader.open()
    reader.ask(FIRST).locator("a.cite").first.click()
    words = reader.page.locator("#clause mark.now").inner_text()
    with reader.page.expect_popup() as opened:
        reader.page.locator("#clause .acts a").click()
    plan = opened.value
    plan.wait_for_load_state()
    marked = plan.locator("mark.quote")
    assert "".join(marked.all_inner_texts()) == words
    assert seen(marked.first)
    expect(reader.answers).to_have_count(1)


def test_on_a_phone_the_clause_is_a_sheet(phone: Reader) -> None:
    """On a phone it lies over the page, is as wide as the window, holds the focus, and goes with a touch beside it."""
    phone.open()
    phone.ask(FIRST).locator("a.cite").first.click()
    sheet = phone.page.locator("#beside")
    expect(phone.page.locator("#clause mark.now")).to_be_focused()
    assert sheet.evaluate("(one) => one.matches(':modal')")
    box = sheet.bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 375)
    assert box["y"] > 50
    assert phone.wide() <= 0
    phone.page.touchscreen.tap(180, box["y"] - 20)
    expect(sheet).to_be_hidden()


def test_a_follow_up_is_read_with_what_was_asked_before(reader: Reader) -> None:
    """Of a question that names half of what it means, the answer shows how it was read."""
    reader.open()
    first = reader.ask(FIRST).inner_text()
    second = reader.ask(THEN)
    expect(second.locator(".reading")).to_contain_text("按上文理解为：")
    assert second.inner_text() != first
    expect(reader.answers).to_have_count(2)


def test_tags_in_a_question_stay_text(reader: Reader) -> None:
    """What would open a dialog if it were taken for HTML is shown to the letter, in the box, the log and the answer."""
    reader.open(f"/?q={quote(EVIL)}")
    expect(reader.box).to_have_value(EVIL)
    reader.box.press("Enter")
    reader.answered(1)
    expect(reader.questions).to_have_text([EVIL])
    reader.page.wait_for_timeout(300)
    assert reader.page.locator("#log img").count() == 0


def test_an_example_and_a_suggestion_are_asked_with_a_click(reader: Reader) -> None:
    """Who does not know what to ask takes an example, then what the answer proposes."""
    reader.open()
    reader.page.locator("#greeting [data-ask]").first.click()
    reader.answered(1).locator("[data-ask]").first.click()
    reader.answered(2)


def test_an_answer_can_be_had_once_more(reader: Reader) -> None:
    """Answering again replaces the last answer and adds none; the question stays."""
    reader.open()
    said = reader.ask(FIRST).locator(".words").inner_text()
    reader.answers.last.locator("[data-press=again]").click()
    again = reader.answered(1)
    expect(again.locator(".words")).to_have_text(said, use_inner_text=True)
    expect(reader.questions).to_have_text([FIRST])


def test_clearing_begins_anew(reader: Reader) -> None:
    """After clearing, the greeting is back and a question is no follow-up of what was there."""
    reader.open()
    reader.ask(FIRST)
    reader.page.locator("#clear").click()
    expect(reader.answers).to_have_count(0)
    expect(reader.page.locator("#greeting [data-ask]").first).to_be_visible()
    reader.box.fill(THEN)
    reader.box.press("Enter")
    expect(reader.page.locator("#log .reading")).to_have_count(0)


@pytest.mark.parametrize(("button", "ending", "start"), [("take-markdown", ".md", b"#"), ("take-word", ".docx", b"PK")])
def test_the_dialogue_can_be_taken_along(reader: Reader, button: str, ending: str, start: bytes) -> None:
    """Both kinds of files arrive under a name and hold the dialogue."""
    reader.open()
    reader.ask(FIRST)
    with reader.page.expect_download() as arriving:
        reader.page.locator(f"#{button}").click()
    file = arriving.value
    assert file.suggested_filename.endswith(ending)
    content = file.path().read_bytes()
    assert content.startswith(start)
    assert ending != ".md" or FIRST in content.decode()


def test_a_shared_link_brings_the_question(reader: Reader) -> None:
    """The link that sharing copies opens the page with the question in the box, and nothing is asked yet."""
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.open()
    reader.ask(FIRST).locator("[data-share]").click()
    reader.page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('/?q='))")
    link = reader.page.evaluate("navigator.clipboard.readText()")
    reader.open(link)
    expect(reader.box).to_have_value(FIRST)
    expect(reader.questions).to_have_count(0)


def test_an_answer_can_be_rated(reader: Reader) -> None:
    """Both verdicts are taken, a bad one with its reason, and the reader is told."""
    reader.open()
    said = reader.ask(FIRST).locator(".rate .said")
    before = said.inner_text()
    reader.answers.last.locator("[data-useful='1']").click()
    expect(said).not_to_have_text(before)
    expect(said).to_have_attribute("role", "status")
    reader.answers.last.locator("[data-useful='']").click()
    reasons = reader.answers.last.locator(".why [data-reason]")
    expect(reasons.first).to_be_focused()
    reasons.first.click()
    expect(reader.answers.last.locator(".why")).to_be_hidden()


def test_the_keyboard_is_enough(reader: Reader) -> None:
    """Asking, opening a citation and closing it again need no mouse, and the focus is never lost."""
    reader.open()
    expect(reader.box).to_be_focused()
    reader.page.keyboard.type(FIRST)
    reader.page.keyboard.press("Enter")
    answer = reader.answered(1)
    mark = answer.locator("[data-cite]").first
    for _ in range(60):
        if mark.evaluate("(one) => one === document.activeElement"):
            break
        reader.page.keyboard.press("Shift+Tab")
    expect(mark).to_be_focused()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#clause mark.now")).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(mark).to_be_focused()
