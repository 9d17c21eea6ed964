"""The last check before an answer leaves: each kind of fault planted alone into an answer that is right."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unicodedata import digit as value_of

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answer import Agency, Answer, Citation
from assistant.guard import WITHHELD, faults, guarded
from corpus import Corpus
from tests.fakes import Answering, garden_plan, read_answer

PLAN = garden_plan()
CORPUS = Corpus((PLAN,), digest="")
DUTIES = "市园林局牵头，市财政局、市水务局等按职责分工负责，各区人民政府负责落实"
TARGETS = "公园步道长度达到 120 公里以上，力争古树保护率比 2025 年提高 9.5%，灌溉用水量不高于 3.2 万吨/日"
TEXT = (
    "**二、（一）古树保护行动**由市园林局牵头，市财政局、市水务局等按职责分工负责；各区人民政府负责落实[1]。\n\n"
    "到 2030 年，公园步道长度达到 120 公里以上，灌溉用水量不高于 3.2 万吨/日[2]。\n\n"
    f"> {TARGETS}[2]\n\n"
    "方案称为“一树一档”。相差：120 公里 − 80 公里 = 47 公里[3]。"
)
# 47 is no difference of the two: what was computed is declared, and the guard takes it from the declaration alone.
COMPUTED = frozenset({"47"})
QUOTES = (("2.1", DUTIES), ("1", f"到 2030 年，{TARGETS}"), ("2.2", "新建步道 80 公里"))
CLEAN = read_answer(Answering(PLAN).answer(TEXT, QUOTES, ["2.1"], ["公园步道长度", "灌溉用水量"]))

Plant = Callable[[Answer], Answer]


def found(answer: Answer) -> tuple[str, ...]:
    return faults(answer, CORPUS, COMPUTED)


def written(old: str, new: str) -> Plant:
    """Return a fault in the text: ``old`` becomes ``new``, once."""
    assert TEXT.count(old) == 1
    return lambda answer: replace(answer, answer=answer.answer.replace(old, new))


def cited(marker: int, **changes: Any) -> Plant:
    """Return a fault in one citation."""
    return lambda answer: replace(
        answer,
        citations=tuple(replace(row, **changes) if row.marker == marker else row for row in answer.citations),
    )


def rows(**changes: Any) -> Plant:
    """Return a fault in the first indicator row."""
    return lambda answer: replace(answer, indicators=(replace(answer.indicators[0], **changes), *answer.indicators[1:]))


def body(agency: Agency) -> Plant:
    """Return a body in the place of the first one."""
    return lambda answer: replace(answer, agencies=(agency, *answer.agencies[1:]))


def added(citation: Citation) -> Plant:
    """Return a citation that no marker points to."""
    return lambda answer: replace(answer, citations=(*answer.citations, citation))


def test_a_clean_answer_passes() -> None:
    """An answer with bodies, targets, a quotation, quoted words, a reckoning and three citations has no fault."""
    assert found(CLEAN) == ()
    assert guarded(CLEAN, CORPUS, COMPUTED) == CLEAN


@pytest.mark.parametrize(
    ("plant", "culprit"),
    [
        pytest.param(written("达到 120 公里以上，灌溉", "达到 120 公里以上，共 66 处，灌溉"), "66", id="number"),
        pytest.param(written("= 47 公里", "= 40 公里"), "40", id="number-not-computed"),
        pytest.param(written("达到 120 公里以上，灌溉", "达到 130 公里以上，灌溉"), "130", id="number-altered"),
        pytest.param(written("达到 120 公里以上，灌溉", "达到 12 公里以上，灌溉"), "12", id="number-cut"),
        pytest.param(written("到 2030 年，公园", "到 2035 年，公园"), "2035", id="year-altered"),
        pytest.param(written("达到 120 公里以上，灌溉", "达到 120 亩以上，灌溉"), "120", id="unit-altered"),
        pytest.param(written("达到 120 公里以上，灌溉", "达到 120%以上，灌溉"), "120", id="unit-percent"),
        pytest.param(written("由市园林局牵头", "由市园林局、市城管局牵头"), "市城管局", id="body-of-another-clause"),
        pytest.param(written("；各区人民政府负责落实[1]", "[1]"), "各区人民政府", id="body-not-in-the-text"),
        pytest.param(body(Agency("市园林局", "shared", "2.1")), "市园林局", id="role-swapped"),
        pytest.param(body(Agency("市园林局", "lead", "2.2")), "市园林局", id="body-in-another-clause"),
        pytest.param(written("“一树一档”", "“一树二档”"), "一树二档", id="quoted-words-altered"),
        pytest.param(written("> 公园步道长度", "> 公园步道总长度"), "公园步道总长度", id="quotation-altered"),
        pytest.param(cited(2, start=0, end=10), "2", id="offsets-of-another-place"),
        pytest.param(cited(3, quote="新建步道 80 公里。"), "3", id="cited-words-altered"),
        pytest.param(written("47 公里[3]", "47 公里[3][4]"), "4", id="marker-without-citation"),
        pytest.param(written("47 公里[3]", "47 公里"), "marker", id="citation-without-marker"),
        pytest.param(added(replace(CLEAN.citations[2], marker=4)), "marker", id="second-citation-without-marker"),
        pytest.param(rows(quote="公园步道长度达到 120 公里"), "公园步道长度", id="row-quote-altered"),
        pytest.param(rows(indicator_id="新增步道长度"), "新增步道长度", id="row-unknown"),
    ],
)
def test_a_planted_fault_is_found(plant: Plant, culprit: str) -> None:
    """A fault planted alone is found, and nothing else is."""
    found_faults = found(plant(CLEAN))
    assert len(found_faults) == 1
    assert culprit in found_faults[0]


def test_an_altered_value_of_a_row_is_found() -> None:
    """A row whose value was changed proves nothing: not itself, and not the number that the text takes from it."""
    altered = rows(value="130")(written("达到 120 公里以上，灌溉", "达到 130 公里以上，灌溉")(CLEAN))
    assert any("公园步道长度" in fault for fault in found(altered))


@pytest.mark.parametrize("shift", [-1, 1, 40, -PLAN.text.index(DUTIES)])
def test_shifted_offsets_are_found(shift: int) -> None:
    """A citation that points one character beside its words is found."""
    row = CLEAN.citations[0]
    assert len(found(cited(1, start=row.start + shift, end=row.end + shift)(CLEAN))) == 1


def test_a_withheld_answer_shows_nothing_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Where the check fails, nothing of the answer is shown, and the log has the question with every fault."""
    wrong = replace(
        written("达到 120 公里以上，灌溉", "达到 85 公里以上，灌溉")(CLEAN), suggestions=("古树？",), reading="古树"
    )
    with caplog.at_level(logging.ERROR):
        shown = guarded(wrong, CORPUS, COMPUTED)
    assert (shown.answer, shown.question, shown.reading) == (WITHHELD, CLEAN.question, "")
    assert (shown.citations, shown.agencies, shown.indicators, shown.suggestions) == ((), (), (), ())
    assert shown.status != "answered"
    assert "85" in caplog.text
    assert CLEAN.question in caplog.text


@given(st.integers(0, len(TEXT)), st.characters(categories=["Nd"]))
def test_any_digit_inserted_is_found(at: int, digit: str) -> None:
    """One digit more, of any script and at any place of the text, and the answer is withheld."""
    assume(value_of(digit) or TEXT[at - 1] != "[")  # [02] is marker 2
    assert found(replace(CLEAN, answer=TEXT[:at] + digit + TEXT[at:])) != ()


@given(
    st.sampled_from([at for at, one in enumerate(TEXT) if one.isdigit() and TEXT[at - 1] != "["]),
    st.sampled_from("0123456789"),
)
def test_any_digit_changed_is_found(at: int, digit: str) -> None:
    """One digit of a number changed, and the answer is withheld."""
    changed = TEXT[:at] + digit + TEXT[at + 1 :]
    assert (found(replace(CLEAN, answer=changed)) == ()) == (changed == TEXT)


@given(st.sampled_from([at for at in range(len(TEXT)) if TEXT[at - 1 : at + 1].isdigit()]))
def test_any_digit_dropped_is_found(at: int) -> None:
    """One digit of a longer number lost, and the answer is withheld."""
    assert found(replace(CLEAN, answer=TEXT[:at] + TEXT[at + 1 :])) != ()
