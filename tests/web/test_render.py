from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Agency, Answer, AnswerIndicator, Citation
from assistant.examples import Examples
from assistant.model.written import Written
from assistant.respond.value import bodies_lead
from assistant.web.clause_view import Quoted, clause_html
from assistant.web.markdown import to_html
from assistant.web.proof import MOST_CHIPS
from assistant.web.render import answer_html, greeting_html, plain_text, question_html
from corpus.model import Clause, Indicator, Plan, Responsibility
from tests.fakes import FakeAssistant, garden_plan
from tests.web.markup import EVIL, body_rows, plain, tags

DEMO = FakeAssistant().corpus.plans[0]
PLANS = {"demo": DEMO}

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


def _citation(marker: int, start: int = 5, clause_id: str = "1.1") -> Citation:
    return Citation(marker, "demo", clause_id, "一、（一）示范行动", "引文", start, start + 2)


def _cites(plan: Plan, clause_id: str) -> Citation:
    clause = plan.clause(clause_id)
    return Citation(1, plan.plan_id, clause_id, clause.label, clause.text, clause.start, clause.end)


def _shown(answer: Answer) -> str:
    return answer_html(answer, PLANS)


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
    """A payload in any field of an answer, a plan, a question or an example is shown as text."""
    clause = Clause("1.1", EVIL, EVIL, EVIL, 0, len(EVIL), 1)
    row = Indicator("x", EVIL, "=", EVIL, EVIL, EVIL, 2030, None, None, "firm", "1.1", EVIL, 0, len(EVIL))
    duty = Responsibility("1.1", EVIL, "lead", True, 0, 1)
    plan = Plan(EVIL, EVIL, EVIL, (clause,), (duty,), indicators=(row,), issuer=EVIL)
    answer = Answer(
        EVIL,
        "answered",
        EVIL + "[1]",
        (Citation(1, EVIL, "1.1", EVIL, EVIL, 0, 1),),
        (Agency(EVIL, "lead", "1.1"),),
        (AnswerIndicator.of(row),),
        reading=EVIL,
        suggestions=(EVIL,),
    )
    two = {EVIL: plan, "demo": DEMO}
    examples = [Examples(EVIL, (EVIL,))]
    for html in (
        answer_html(answer, two),
        answer_html(answer, two, growing=True),
        question_html(EVIL),
        greeting_html(examples, waiting=False, privacy=EVIL),
        clause_html(plan, "1.1", [Quoted(1, 2, 9)]),
    ):
        seen = tags(html)
        assert not {"img", "script"} & {tag for tag, _ in seen}
        assert not [name for _, attributes in seen for name in attributes if name.startswith("on")]
        assert "alert(1)" in plain(html)


def test_each_clause_is_one_chip() -> None:
    """A clause that is cited twice is named once, with both marks, and opens with both quotations marked."""
    html = _shown(Answer("", "answered", "", (_citation(1), _citation(2, clause_id="1"), _citation(3, 9))))
    chips = [attributes for tag, attributes in tags(html) if attributes.get("class") == "cite"]
    assert [chip["data-markers"] for chip in chips] == ["1 3", "2"]
    assert chips[0]["data-clause"] == "/clause/demo/1.1?quote=1-5-7&quote=3-9-11"
    assert chips[0]["href"] == "/plan/demo?clause=1.1&from=5&to=7#quote"
    assert chips[0]["aria-haspopup"] == "dialog"
    assert "[1][3] 一、（一）示范行动" in plain(html)


def test_many_citations_are_folded_together() -> None:
    """The first clauses stand as chips of their own; the rest lies under one fold, a single one would not."""
    few = _shown(Answer("", "answered", "", tuple(_citation(n, clause_id=f"{n}") for n in range(MOST_CHIPS + 1))))
    many = _shown(Answer("", "answered", "", tuple(_citation(n, clause_id=f"{n}") for n in range(11))))
    assert "其余" not in few
    assert f"其余 {11 - MOST_CHIPS} 条" in many
    assert many.count('class="cite"') == 11


def test_bodies_stand_behind_their_part() -> None:
    """Roles are named as the plan names them, the leading first; 等 stands where the plan's list is open, each body leads to its tasks."""
    garden = garden_plan()
    bodies = tuple(Agency(row.name, row.role, row.clause_id) for row in garden.bodies("2.1"))
    html = answer_html(Answer("", "answered", "", (_cites(garden, "2.1"),), bodies[::-1]), {"garden": garden})
    rows = re.findall(r"<dt[^>]*>(.*?)</dt><dd>(.*?)</dd>", html)
    assert [(part, plain(names)) for part, names in rows] == [
        ("牵头", "市园林局"),
        ("按职责分工", "市水务局市财政局等"),
        ("落实", "各区人民政府"),
    ]
    assert 'href="/bodies/garden?body=%E5%B8%82%E5%9B%AD%E6%9E%97%E5%B1%80#picked"' in html
    some = answer_html(Answer("", "answered", "", (_cites(garden, "2.1"),), bodies[1:2]), {"garden": garden})
    assert "等</span>" not in some


def test_bodies_below_an_answer_are_not_named_in_it_again() -> None:
    """The line of an answer that names a clause's bodies is left out where they stand below it; the copied text has it."""
    garden = garden_plan()
    bodies = tuple(Agency(row.name, row.role, row.clause_id) for row in garden.bodies("2.2"))
    line = f"{bodies_lead(garden.clause('2.2').label)}市城管局负责[1]。"
    answer = Answer("", "answered", f"先说答案。\n\n{line}\n\n再说别的。", (_cites(garden, "2.2"),), bodies)
    words = re.search(r'<div class="words">(.*?)</div>', answer_html(answer, {"garden": garden}), re.DOTALL)
    assert words
    assert plain(words[1]).split() == ["先说答案。", "再说别的。"]
    assert line in plain_text(answer, {"garden": garden})


def test_targets_stand_in_a_table() -> None:
    """Comparator, strength and base year are words, each name opens its quotation; many lie under a fold, as does what is told as a table."""
    garden = garden_plan()
    rows = tuple(map(AnswerIndicator.of, garden.indicators))
    few = Answer("", "answered", "答", (_cites(garden, "1"),), (), rows[:3])
    html = answer_html(few, {"garden": garden})
    assert body_rows(html)[:2] == [
        ["公园步道长度", "达到 120 公里以上", "到 2030 年"],
        ["古树保护率", "力争比 2025 年达到 9.5%", "到 2030 年"],
    ]
    assert html.count("data-clause=") == 4
    assert "<details" not in html
    assert "目标指标（7 项）" in answer_html(replace(few, indicators=rows), {"garden": garden})
    table = replace(few, answer="| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |")
    assert "目标指标（3 项）" in answer_html(table, {"garden": garden})


def test_the_copied_text_has_the_sources() -> None:
    """What is copied is plain text: question, reading, answer, each quotation with its plan, issuer and place, and the label."""
    answer = Answer("降多少？", "answered", "下降**13%**[1]", (_citation(1),), reading="能耗")
    assert plain_text(answer, PLANS) == (
        "问：降多少？\n（按上文理解为：能耗）\n下降13%[1]\n依据：\n[1] 《示范工作方案》（示范县人民政府）一、（一）示范行动：“引文”\n"
        "（由程序依据方案自动整理，以原文为准）"
    )


def test_an_answer_says_what_wrote_it() -> None:
    """Every answer, also the copied one, says that it was made automatically; a model's part in it is told besides."""
    by_model = Answer("", "answered", "答", mode="model", written=Written("某模型", kept=2))
    fell_back = Answer("", "answered", "答", written=Written("某模型", fallback="deadline"))
    for answer, said in ((by_model, "语言模型（某模型）撰写"), (fell_back, "没有按时答完")):
        for text in (_shown(answer), plain_text(answer, PLANS)):
            assert "自动整理，以原文为准" in text
            assert said in text
    assert "语言模型" not in _shown(Answer("", "answered", "答"))


def test_a_growing_answer_shows_its_words_only() -> None:
    """What stands below an answer comes with the whole of it; until then its links work and nothing can be rated or copied."""
    html = answer_html(Answer("", "answered", "甲[1]", (_citation(1),)), PLANS, "<b>评</b>", growing=True)
    assert 'aria-busy="true"' in html
    assert '<div class="proof" hidden>' in html
    assert 'data-markers="1"' in html
    assert not any(part in html for part in ("data-copy", "评", "footer"))


def test_a_bare_answer_shows_no_empty_parts() -> None:
    """A refusal without citations has no chips, no folds and no table; a citation of a plan that is gone has none either."""
    gone = replace(_citation(1), plan_id="gone")
    for answer in (Answer("", "out_of_scope", "这不在范围内。"), Answer("", "answered", "答[1]", (gone,))):
        html = _shown(answer)
        assert not any(part in html for part in ("<details", 'class="cite"', "<table", "asks"))


def test_a_clause_has_all_its_quotations_marked() -> None:
    """Beside an answer the clause shows each quoted range with its number, one within another too, and leads to the whole plan."""
    clause = DEMO.clause("1.1")
    at = clause.start + clause.text.index("示范车辆")
    html = clause_html(DEMO, "1.1", [Quoted(1, at, at + 14), Quoted(2, at + 2, at + 4), Quoted(3, 0, 2)])
    marks = [attributes["id"] for tag, attributes in tags(html) if tag == "mark" and "id" in attributes]
    assert sorted(map(str, marks)) == ["quote-1", "quote-2"]
    assert "".join(plain(html).split()).count("示范车辆占比达到20%以上。") == 1
    assert [attributes["data-jump"] for _, attributes in tags(html) if "data-jump" in attributes] == ["1", "2"]
    assert f'href="/plan/demo?clause=1.1&amp;from={at}&amp;to={at + 14}#quote"' in html
    assert 'data-issuer="示范县人民政府"' in html
