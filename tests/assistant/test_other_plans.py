"""A plan of another shape, asked: a bracket behind each sentence, lines with labels, grants, lists of what is forbidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.service import Assistant

TEXT = """晴川市夜间经济三年行动方案（2026—2028年）
一、发展目标
到2028年，夜间经济更加繁荣。
——建成夜市12个。
——培育5家连锁夜宵企业、3个夜游基地。
二、重点任务
（一）点亮夜市。支持夜市摊位改造，对改造验收合格的摊位给予一次性补助2000元。（市商务局、市财政局按职责分工负责）夜市餐饮摊位全部安装油烟净化设施。（市生态环境局负责）
（二）延长夜间公交。主要线路末班车延长至深夜。
牵头单位：市交通运输局
配合单位：市公安局
完成时限：2026年底
（三）加强夜间巡查。食品安全每半月巡查一次。（10月底完成制度建设，牵头单位：市市场监管局）
三、摊位守则
第一条 摊主不得有下列行为：
（一）占用盲道；
（二）高声叫卖。
第二条 市城管局是夜市的主管部门，负责摊位登记。
四、工作机制
夜间经济专班办公室设在市发展改革委，每月会商一次。
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant on the made-up plan alone."""
    from assistant.service import Assistant
    from assistant.settings import Settings
    from corpus import load_corpus
    from corpus.add import add_plan
    from index.build import build_index

    folder = tmp_path_factory.mktemp("other")
    source = folder / "plan.txt"
    source.write_text(TEXT, encoding="utf-8")
    add_plan(source, plan_id="night", folder=folder / "plans")
    settings = Settings(plans=folder / "plans", index=folder / "index")
    build_index(load_corpus(settings.plans), settings.index, cache_folder=folder / "cache")
    return Assistant.open(settings)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("夜市摊位改造能补助多少钱", "2000元"),
        ("食品安全多久巡查一次", "每半月巡查一次"),
        ("末班车什么时候要延长好", "完成时限：2026年底"),
        ("食品安全巡查哪个月要做完", "10月底完成"),
        ("到2028年要建成多少个夜市？", "12 个"),
        ("连锁夜宵企业要培育几家", "5 家"),
        ("能不能占用盲道", "不得有下列行为"),
        ("市城管局管什么", "负责摊位登记"),
        ("专班办公室设在哪个部门？", "办公室设在市发展改革委"),
    ],
)
def test_what_a_plan_says_is_not_refused(other: Assistant, question: str, told: str) -> None:
    """Grants, how often, deadlines in brackets and lines, years over dashes and the line over a list are told."""
    answer = other.ask(question)
    assert answer.status == "answered"
    assert told in answer.answer
    assert "没有写" not in answer.answer.replace("没有写明这一条的责任单位", "")


@pytest.mark.parametrize("question", ["柳河镇要建几个夜市", "东湖新区要建成多少个夜市", "2035年要建成多少个夜市"])
def test_another_place_or_year_is_not_answered_with_the_plans_own(other: Assistant, question: str) -> None:
    """A town, a new area and a year that the plan does not name get no figure."""
    answer = other.ask(question)
    assert answer.status == "not_stated"
    assert "12" not in answer.answer


def roles(answer: Answer) -> set[tuple[str, str]]:
    """Return the bodies of an answer with their roles."""
    return {(body.name, body.role) for body in answer.agencies}


def test_the_bracket_behind_the_sentence_is_told_first(other: Assistant) -> None:
    """Of two brackets in a clause the one behind the asked sentence is told for it, the other for the rest."""
    answer = other.ask("油烟净化设施归谁负责")
    assert "所问的这项由市生态环境局负责" in answer.answer
    assert "其他内容的责任单位：市商务局、市财政局按职责分工负责" in answer.answer
    assert roles(answer) == {("市生态环境局", "sole"), ("市商务局", "shared"), ("市财政局", "shared")}


def test_a_label_gives_the_verb(other: Assistant) -> None:
    """配合单位： is told as 配合, in the plan's own word."""
    answer = other.ask("延长夜间公交由谁牵头")
    assert "由市交通运输局牵头" in answer.answer
    assert "市公安局配合" in answer.answer


def test_no_example_holds_a_quotation(other: Assistant) -> None:
    """What an answer offers to ask holds no marks of quotation, which would need a source."""
    assert not any(mark in question for question in other.examples() for mark in "“”《》")
