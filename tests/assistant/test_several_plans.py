"""Several plans in one corpus: which of them a question is about, and the questions that are offered on each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import PLAN_NOTE
from assistant.service import Assistant
from assistant.settings import Settings
from corpus import load_corpus
from corpus.add import add_plan
from index import build_index, open_encoder

GARDEN = """某某市园林绿化行动方案（2026—2030 年）

一、总体要求
（一）步道建设行动。步道建设以人为本，完善步道照明。到 2030 年，新建步道 80 公里以上。（市园林局牵头，市财政局按职责分工负责）
（二）树木养护行动。加强行道树养护，建立古树档案，力争古树保护率达到 95%。（市林业局牵头）
"""
WATER = """某某县节水行动方案（2026—2030 年）

一、主要任务
（一）管网改造行动。改造老旧供水管网，到 2030 年，公共供水管网漏损率不高于 9%。（县水利局牵头，县住房城乡建设局按职责分工负责）
（二）节水宣传行动。节水宣传进学校、进社区，力争节水型小区覆盖率达到 30%。（县教育局牵头）
"""


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant with two plans."""
    folder = tmp_path_factory.mktemp("two")
    settings = Settings(plans=folder / "plans", index=folder / "index", cache=folder / "cache")
    for name, text in {"garden": GARDEN, "water": WATER}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        add_plan(folder / f"{name}.txt", folder=settings.plans, plan_id=name)
    encoder = open_encoder(for_questions=True)
    build_index(load_corpus(settings.plans), settings.index, encoder=encoder, cache_folder=settings.cache)
    return Assistant.open(settings)


@pytest.mark.parametrize("at", [0, 1])
def test_a_plan_is_named_by_its_title_as_printed(two: Assistant, at: int) -> None:
    """Its brackets are printed wide and matched narrow; the plan that the title names is the one that is answered from."""
    plan, other = two.corpus.plans[at], two.corpus.plans[1 - at]
    assert "（" in plan.title
    answer = two.ask(f"《{plan.title}》里，{other.clauses[-1].title}由谁牵头？")
    assert answer.reading == f"{PLAN_NOTE}{plan.title}"


def test_the_questions_that_are_offered_are_answered_from_their_plan(two: Assistant) -> None:
    """Every plan has its turn, and each question is answered from the plan that it names."""
    offered = [question for group in two.examples_by_reader() for question in group.questions]
    told = {question: two.ask(question) for question in offered}
    for plan in two.corpus.plans:
        own = [question for question in offered if plan.title in question]
        assert own
        assert {told[question].reading for question in own} == {f"{PLAN_NOTE}{plan.title}"}
    assert [answer.status for answer in told.values() if answer.status != "answered"] in ([], ["not_stated"])


@pytest.mark.parametrize(
    "rest", ["力争目标有哪些？", "讲了什么？", "是什么时候印发的？", "农业农村节能减排工程有哪些要求？"]
)
def test_the_words_of_a_title_are_no_subject(assistant: Assistant, rest: str) -> None:
    """Who names a plan by its title, with its signs or without, is answered like who says 方案."""
    title = assistant.corpus.plans[0].title
    bare = "".join(sign for sign in title if sign.isalnum())
    expected = replace(assistant.ask(f"方案里，{rest}"), question="", timings_ms={})
    for name in (f"《{title}》", bare):
        assert replace(assistant.ask(f"{name}里，{rest}"), question="", timings_ms={}) == expected
