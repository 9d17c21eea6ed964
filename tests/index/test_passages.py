"""Passages are verbatim, whole and know what they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Clause, Plan, Responsibility
from corpus.numbering import read_mark
from index.passages import LONG, LONGEST, make_passages

_PIECES = [
    "推广沼气",
    "（以下简称沼气）",
    "(甲厅负责)",
    "“好。”",
    "。",
    "；",
    "，",
    "\n",
    "\u3000",
    "！",
    "（",
    "）",
    "水" * 150,
    "a b",
]


def plan_with(text: str, title: str = "", names: tuple[str, ...] = ()) -> Plan:
    rows = tuple(
        Responsibility("1", name, "shared", False, text.index(name), text.index(name) + len(name)) for name in names
    )
    return Plan("p", "例行方案", text, (Clause("1", f"一、{title}", title, text, 0, len(text), 1),), rows)


def texts(plan: Plan, kind: str = "content") -> list[str]:
    return [passage.text for passage in make_passages(plan) if passage.kind == kind]


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join) | st.text(max_size=80))
def test_passages_are_verbatim_ordered_and_miss_no_word(text: str) -> None:
    """Whatever the text, each passage stands at its offsets, none overlaps, and no letter is lost between them."""
    passages = make_passages(plan_with(text))
    number = read_mark(text)
    at = number.length if number and len(passages) and passages[0].start else 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert 0 < len(passage.text) <= LONGEST + len("。”")
        assert not any(character.isalnum() for character in text[at : passage.start])
        assert at <= passage.start
        at = passage.end
    assert not any(character.isalnum() for character in text[at:])


def test_heading_is_context_where_a_body_follows() -> None:
    """A heading that runs into its text is no passage; it goes along as context."""
    passages = make_passages(plan_with("（一）农村能源。推广沼气。", "农村能源"))
    assert [(row.text, row.context) for row in passages] == [("推广沼气。", "农村能源")]


def test_heading_alone_is_a_passage() -> None:
    """A heading that nothing follows can still be found."""
    assert texts(plan_with("三、重点工程\n", "重点工程"), "heading") == ["三、重点工程"]


def test_context_comes_from_above() -> None:
    """A clause without a heading stands under that of the clause around it, or under the document's title."""
    text = "一、农村\n1.推广沼气。\n第七条 罚款。"
    rows = (
        Clause("1", "一、农村", "农村", "一、农村\n", 0, 5, 1),
        Clause("1.1", "一、1.", "", text[5:13], 5, 13, 2, parent_id="1"),
        Clause("7", "第七条", "", text[13:], 13, len(text), 1),
    )
    found = make_passages(Plan("p", "例行条例", text, rows, ()))
    assert [row.context for row in found] == ["农村", "农村", "例行条例"]


def test_printed_number_is_not_quoted() -> None:
    """The number of a clause without a heading stands in its label, not in what it says."""
    assert texts(plan_with("8．深化审批制度改革。")) == ["深化审批制度改革。"]


def test_bracket_that_names_bodies_is_apart() -> None:
    """Who is responsible is a passage of its own kind, also in mid-paragraph and with mixed brackets."""
    plan = plan_with("推广沼气。（甲厅牵头,乙局负责)治理污水（含雨水）。", names=("甲厅", "乙局"))
    assert texts(plan) == ["推广沼气。", "治理污水（含雨水）。"]
    assert texts(plan, "bodies") == ["（甲厅牵头,乙局负责)"]


def test_full_stop_inside_a_bracket_does_not_cut_it() -> None:
    """（…负责落实。以下均需落实，不再列出） is one bracket."""
    plan = plan_with("推广沼气。（甲厅负责，乙府负责落实。以下均需落实，不再列出）", names=("甲厅", "乙府"))
    assert texts(plan, "bodies") == ["（甲厅负责，乙府负责落实。以下均需落实，不再列出）"]


def test_line_of_names_is_not_content() -> None:
    """责任单位：… names bodies without a bracket; a sentence that mentions a body says something."""
    plan = plan_with("甲厅要加强统筹协调，做好工作指导。\n责任单位：乙厅、丙局", names=("甲厅", "乙厅", "丙局"))
    assert texts(plan) == ["甲厅要加强统筹协调，做好工作指导。"]
    assert texts(plan, "bodies") == ["责任单位：乙厅、丙局"]


def test_quotation_keeps_its_full_stop() -> None:
    """A sentence ends behind the closing mark, not before it."""
    assert texts(plan_with("他说“好。”推广沼气。")) == ["他说“好。”", "推广沼气。"]


def test_long_sentence_is_split_at_semicolons() -> None:
    """Above the limit a sentence falls into its parts at ；, below it stays whole."""
    part = "对符合要求的项目优先审批" * 6 + "；"
    assert len(texts(plan_with(part * 3))) == 3
    short = "推广沼气；治理污水。"
    assert len(short) < LONG
    assert texts(plan_with(short)) == [short]


def test_title_of_the_document_is_no_passage() -> None:
    """The title stands in every question about the plan and would match them all."""
    assert texts(plan_with("例行方案\n推广沼气。")) == ["推广沼气。"]
