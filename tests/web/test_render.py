from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Agency, Answer, AnswerIndicator, Citation
from assistant.web.markdown import to_html
from assistant.web.render import MAX_CHIPS, answer_html, greeting_html, plain_text, question_html
from tests.web.markup import EVIL, tags

ALLOWED = {
    "a",
    "p",
    "strong",
    "ul",
    "ol",
    "li",
    "blockquote",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "hr",
}
ALLOWED |= {"h1", "h2", "h3", "h4", "h5", "h6", "code", "pre"}


def _citation(marker: int, quote: str = "引文", clause_id: str = "1.1") -> Citation:
    return Citation(marker, "demo", clause_id, "一、（一）示范行动", quote, 5, 7)


@given(st.text() | st.text(alphabet="<>[]()!*_`\"'&/= \n|-#1a一。~{}$:h"))
def test_no_text_becomes_a_tag_of_its_own(text: str) -> None:
    """Whatever an answer says, only plain elements come out, and the only link is that of a citation."""
    for tag, attributes in tags(to_html(text, {1: "/plan/demo#quote"})):
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "class", "data-cite", "aria-label", "start", "style"}
        if tag == "a":
            assert attributes["href"] == "/plan/demo#quote"


def test_emphasis_closes_between_a_sign_and_a_character() -> None:
    """「**13%**以上」 is emphasis although CommonMark sees no border there; a single star stays a star."""
    assert to_html("下降**13%**以上，**“十四五”**时期", {}) == (
        "<p>下降<strong>13%</strong>以上，<strong>“十四五”</strong>时期</p>\n"
    )
    assert to_html("面积2*3_4_5", {}) == "<p>面积2*3_4_5</p>\n"


def test_only_known_marks_become_links() -> None:
    """[1] leads to its citation, a number in brackets without one stays text."""
    html = to_html("甲[1]乙[7]", {1: "/plan/demo"})
    assert 'data-cite="1"' in html
    assert "乙[7]" in html


def test_every_word_from_outside_is_escaped() -> None:
    """A payload in any field of an answer, a question or an example is shown as text."""
    answer = Answer(
        EVIL,
        "answered",
        EVIL + "[1]",
        (Citation(1, EVIL, EVIL, EVIL, EVIL, 0, 1),),
        (Agency(EVIL, "lead", "1"),),
        (AnswerIndicator("x", EVIL, "=", EVIL, EVIL, 2025, None, "firm", "1", EVIL),),
        reading=EVIL,
        suggestions=(EVIL,),
    )
    for html in (answer_html(answer, {EVIL: EVIL}), question_html(EVIL), greeting_html([EVIL], waiting=False)):
        seen = tags(html)
        assert not {"img", "script"} & {tag for tag, _ in seen}
        assert not [name for _, attributes in seen for name in attributes if name.startswith("on")]
        assert "alert(1)" in unescape(html)


def test_many_citations_are_folded_together() -> None:
    """The first clauses stand as chips of their own; the rest lies under one fold, still with its quotations."""
    few = answer_html(Answer("", "answered", "", tuple(_citation(n, "引文", f"{n}") for n in range(MAX_CHIPS + 1))))
    many = answer_html(Answer("", "answered", "", tuple(_citation(n, f"引文{n}", f"{n}") for n in range(11))))
    assert "其余" not in few
    assert f"其余 {11 - MAX_CHIPS} 条依据" in many
    assert many.count('class="cite"') == 11
    assert "<b>[10]</b> 引文10 <a" in many


def test_quotations_of_one_clause_share_a_chip() -> None:
    """A clause that is cited twice is named once, with both marks, and holds both quotations."""
    html = answer_html(Answer("", "answered", "", (_citation(1, "甲"), _citation(2, "乙", "2"), _citation(3, "丙"))))
    assert html.count('class="cite"') == 2
    assert "<b>[1][3]</b> 一、（一）示范行动" in html
    assert html.index("丙") < html.index("乙")


def test_bodies_stand_behind_their_part_and_targets_in_a_table() -> None:
    """Roles are named in Chinese, each clause's bodies apart; comparators and strength are words."""
    row = AnswerIndicator("x", "占比", ">=", "20", "%", 2025, 2020, "strive", "1", "…")
    agencies = (Agency("甲局", "lead", "1"), Agency("乙局", "shared", "1"), Agency("丙局", "shared", "1"))
    html = answer_html(Answer("", "answered", "", (), (*agencies, Agency("甲局", "local", "2")), (row,)))
    assert "责任单位（3）" in html
    assert (
        "<li><span>牵头</span>甲局</li><li><span>按职责分工负责</span>乙局、丙局</li><li><span>落实</span>甲局</li>"
        in html
    )
    assert '<th scope="row">占比</th><td>力争20%以上</td><td>2025</td><td>2020</td>' in html


def test_the_copied_text_has_the_sources() -> None:
    """What is copied is plain text with the quotation, its place and the word that the original prevails."""
    answer = Answer("", "answered", "下降**13%**[1]", (_citation(1),))
    assert plain_text(answer, {"demo": "示范工作方案"}) == (
        "下降13%[1]\n依据：\n[1] 《示范工作方案》一、（一）示范行动：“引文”\n（由程序依据方案自动整理，以原文为准）"
    )


def test_a_bare_answer_shows_no_empty_folds() -> None:
    """A refusal without citations has no chips and no table."""
    html = answer_html(Answer("", "out_of_scope", "这不在范围内。"))
    assert "details" not in html
    assert "asks" not in html
