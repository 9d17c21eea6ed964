"""What a body is responsible for: computed over every clause, compared with the register of the plan."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from assistant.answer import Answer
from assistant.service import Assistant
from corpus import load_corpus

PLAN = load_corpus().plan("guizhou-145-energy")
BODIES = sorted({row.name for row in PLAN.responsibilities})
Duty = tuple[str, str, str]


def register(*names: str, role: str | None = None, chapter: str = "") -> set[Duty]:
    """Return the duties that the plan gives to the named bodies."""
    return {
        (row.name, row.role, row.clause_id)
        for row in PLAN.responsibilities
        if row.name in names and role in (None, row.role) and row.clause_id.startswith(chapter)
    }


def duties(answer: Answer) -> set[Duty]:
    return {(row.name, row.role, row.clause_id) for row in answer.agencies}


def labels(text: str) -> set[str]:
    """Return the clauses that the items of an answer's lists name."""
    items = "\n".join(line for line in text.splitlines() if line.startswith("- "))
    return {clause.clause_id for clause in PLAN.clauses if clause.label in items}


@pytest.mark.parametrize("name", BODIES)
def test_all_tasks_of_a_body(assistant: Assistant, name: str) -> None:
    """Every clause that names the body is in the answer with the body's role there, and no other clause is."""
    answer = assistant.ask(f"{name}负责哪些任务？")
    held = register(name)
    assert duties(answer) == held
    assert labels(answer.answer) == {clause_id for _, _, clause_id in held}
    assert re.search(rf"共[^\d]* {len(held)} 项", answer.answer)


@pytest.mark.parametrize(("role", "words"), [("lead", "牵头"), ("shared", "配合"), ("sole", "单独负责")])
@pytest.mark.parametrize("name", BODIES)
def test_tasks_of_a_body_in_one_role(assistant: Assistant, name: str, role: str, words: str) -> None:
    """Only the clauses where the body has the asked role; where it has none, that is said before what it has instead."""
    answer = assistant.ask(f"{name}{words}的任务有哪些？")
    held = register(name, role=role)
    assert duties(answer) == (held or register(name))
    assert ("没有这个单位" in answer.answer) == (not held)


@pytest.mark.parametrize("chapter", ["3", "4", "5"])
@pytest.mark.parametrize("name", ["省发展改革委", "省生态环境厅", "省市场监管局"])
def test_tasks_of_a_body_in_one_chapter(assistant: Assistant, name: str, chapter: str) -> None:
    """A chapter that the question names limits the list to its sections."""
    answer = assistant.ask(f"第{'零一二三四五'[int(chapter)]}章中{name}有哪些任务？")
    assert duties(answer) == (register(name, chapter=f"{chapter}.") or register(name))


@pytest.mark.parametrize(
    "pair", list(combinations(["省发展改革委", "省水利厅", "省能源局", "省司法厅", "省妇联"], 2)), ids="+".join
)
def test_tasks_of_two_bodies_together(assistant: Assistant, pair: tuple[str, str]) -> None:
    """Only the clauses that name both are listed, with the role of each; where there is none, that is said."""
    answer = assistant.ask(f"{pair[0]}和{pair[1]}都参与的任务有哪些？")
    both = {one for _, _, one in register(pair[0])} & {one for _, _, one in register(pair[1])}
    assert duties(answer) == {duty for duty in register(*pair) if duty[2] in both}
    assert answer.status == ("answered" if both else "not_stated")


def test_tasks_led_together(assistant: Assistant) -> None:
    """Two bodies that both lead: the clauses where each of them stands before 牵头."""
    answer = assistant.ask("省发展改革委和省生态环境厅共同牵头哪些任务？")
    led = [{one for _, _, one in register(name, role="lead")} for name in ("省发展改革委", "省生态环境厅")]
    assert {one for _, _, one in duties(answer)} == led[0] & led[1]
    assert {role for _, role, _ in duties(answer)} == {"lead"}


@pytest.mark.parametrize("name", ["省水利厅", "省生态环境厅", "省妇联"])
def test_absences(assistant: Assistant, name: str) -> None:
    """Asked where a body does not take part, every clause with bodies that does not name it is listed."""
    answer = assistant.ask(f"{name}没有参与哪些任务？")
    named = {row.clause_id for row in PLAN.responsibilities}
    free = named - {clause_id for _, _, clause_id in register(name)}
    assert labels(answer.answer) == free
    assert f"共 {len(free)} 条" in answer.answer


def test_two_bodies_are_compared(assistant: Assistant) -> None:
    """The difference between two numbers of tasks is worked out in plain sight."""
    answer = assistant.ask("省发展改革委比省水利厅多牵头几项任务？")
    more, less = (len(register(name, role="lead")) for name in ("省发展改革委", "省水利厅"))
    assert f"{more} − {less} = {more - less} 项" in answer.answer


@pytest.mark.parametrize("name", ["省教育厅", "省应急厅", "省林业局"])
def test_a_body_that_the_plan_does_not_name(assistant: Assistant, name: str) -> None:
    """A body of the province that has no duty here gets none, and nobody else's are offered."""
    answer = assistant.ask(f"{name}负责哪些任务？")
    assert (answer.status, answer.agencies) == ("not_stated", ())
    assert not any(body in answer.answer for body in BODIES)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("发改委", "省发展改革委"),
        ("工信厅", "省工业和信息化厅"),
        ("住建厅", "省住房城乡建设厅"),
        ("环保厅", "省生态环境厅"),
        ("人社厅", "省人力资源社会保障厅"),
        ("市场监管局", "省市场监管局"),
        ("银保监局", "贵州银保监局"),
    ],
)
def test_short_and_old_names(assistant: Assistant, short: str, name: str) -> None:
    """A short form or an old name leads to the same tasks as the name in the plan."""
    assert duties(assistant.ask(f"{short}负责哪些任务？")) == register(name)


def having(role: str, least: int = 1) -> set[str]:
    """Return the clauses in which at least so many bodies have a role."""
    counts = Counter(row.clause_id for row in PLAN.responsibilities if row.role == role)
    return {clause_id for clause_id, count in counts.items() if count >= least}


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("哪些任务没有明确牵头单位？", having("shared") - having("lead")),
        ("哪些任务由一个单位单独负责？", having("sole")),
        ("哪些任务是几个部门共同牵头的？", having("lead", 2)),
        ("哪些条款没有写责任单位？", {"1", "2"}),
    ],
)
def test_questions_over_all_clauses(assistant: Assistant, question: str, clauses: set[str]) -> None:
    """Which clauses have no lead, one body, several leads, nobody: computed over all of them, and counted."""
    answer = assistant.ask(question)
    first = answer.answer.partition("另外")[0]
    assert labels(first) == clauses
    assert f"共 {len(clauses)} 条" in first


@pytest.mark.parametrize(("words", "role"), [("牵头", "lead"), ("按职责分工负责", "shared")])
def test_who_has_most(assistant: Assistant, words: str, role: str) -> None:
    """The body with most tasks of a role is the register's, with all of them listed."""
    sizes = {name: len(register(name, role=role)) for name in BODIES}
    best = {name for name, size in sizes.items() if size == max(sizes.values())}
    answer = assistant.ask(f"哪个单位{words}的任务最多？")
    assert duties(answer) == register(*best, role=role)
    assert f"{max(sizes.values())} 项" in answer.answer


def test_the_bodies_are_counted(assistant: Assistant) -> None:
    """All bodies that brackets name are listed with the number of their clauses; 各有关部门 is no body."""
    named = {row.name for row in PLAN.responsibilities if row.role != "local" and not row.name.startswith("各有关")}
    answer = assistant.ask("方案一共有多少个责任单位？")
    assert f"共 {len(named)} 个" in answer.answer
    for name in named:
        assert f"- {name}：{len({one for _, _, one in register(name)})} 项" in answer.answer
