"""A dialogue to take along: every citation stands in it, and nothing that was typed works as markup."""

from __future__ import annotations

import asyncio
import base64
import io
import re
from datetime import date

from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.web.chat import Chat
from assistant.web.dialogue import Dialogue, Turn
from assistant.web.export import dialogue_markdown, turn_markdown
from assistant.web.opening import Opening
from assistant.web.word import word_of
from tests.fakes import FakeAssistant

PLANS = {plan.plan_id: plan for plan in FakeAssistant().corpus.plans}
EVIL = "<img src=x onerror=alert(1)> ![](http://a.cn/x.png) [y](http://a.cn)\x00\x0b"


def _dialogue() -> Dialogue:
    answer = FakeAssistant().ask("示范车辆占比是多少？", ["先前？"])
    return Dialogue().answered(Turn.of(answer.question, "…", turn_markdown(answer, PLANS)))


def _content(link: str) -> bytes:
    found = re.search(r'base64,([^"]+)"', link)
    assert found
    return base64.b64decode(found[1])


def _words(data: bytes) -> list[str]:
    return [line.text for line in Document(io.BytesIO(data)).paragraphs]


def test_markdown_holds_question_answer_and_citations() -> None:
    """The file names the day, that it was made automatically, how a follow-up was read, and each quotation."""
    text = _content(Chat(Opening(FakeAssistant), 2000).take_markdown(_dialogue())).decode()
    assert "## 示范车辆占比是多少？" in text
    assert "（按上文理解为：示范车辆占比）" in text
    assert "- [1] 《示范工作方案》（示范县人民政府）一、（一）示范行动：“示范车辆占比达到20%以上。”" in text
    assert "以原文为准" in text
    assert str(date.today().year) in text  # noqa: DTZ011 (the reader's own calendar)


def test_word_holds_the_same() -> None:
    """The Word file has the same words, its headings and lists as such, and emphasis without stars."""
    data = _content(asyncio.run(Chat(Opening(FakeAssistant), 2000).take_word(_dialogue())))
    document = Document(io.BytesIO(data))
    styles = {line.text: line.style.name for line in document.paragraphs if line.style}
    assert styles["示范车辆占比是多少？"] == "Heading 2"
    assert (
        styles["[1] 《示范工作方案》（示范县人民政府）一、（一）示范行动：“示范车辆占比达到20%以上。”"] == "List Bullet"
    )
    assert any(run.bold and run.text == "20%" for line in document.paragraphs for run in line.runs)
    assert "**" not in "".join(_words(data))


def test_a_table_becomes_a_table() -> None:
    """A table of an answer is one in Word, and the words after it stand below it."""
    data = word_of("前\n\n| 指标 | 值 |\n|---|---|\n| 甲 | **1** |\n\n后\n")
    table = Document(io.BytesIO(data)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["指标", "值"], ["甲", "1"]]
    assert _words(data) == ["前", "后"]


def test_what_was_typed_stays_text() -> None:
    """Tags, pictures and links of a question are neither run nor fetched by a viewer, and Word shows them as typed."""
    text = dialogue_markdown([turn_markdown(Answer(EVIL, "clarify", EVIL), {})], date(2026, 1, 31))
    assert not re.search(r"(?<!\\)<|\](?!\\)\(", text)
    assert "<img src=x onerror=alert(1)> ![](http://a.cn/x.png) [y](http://a.cn)" in _words(word_of(text))


@given(st.text())
def test_any_text_becomes_a_word_file(text: str) -> None:
    """Whatever was asked and answered, the file can be opened."""
    assert _words(word_of(turn_markdown(Answer(text, "clarify", text), {}))) is not None
