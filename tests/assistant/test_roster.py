"""Questions over the whole register with conditions of their own, compared with the register of the plan."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from assistant.answer import Answer
from assistant.roster import BodyQuery, Bound, Condition
from assistant.roster_words import read_size
from assistant.service import Assistant
from corpus import load_corpus
from corpus.model import Role

PLAN = load_corpus().plan("guizhou-145-energy")
OWN = [row for row in PLAN.responsibilities if row.role != "local" and "有关部门" not in row.name]
HELD = {name: {(row.clause_id, row.role) for row in OWN if row.name == name} for name in {row.name for row in OWN}}
LEADS = Counter(clause_id for clause_id, _ in {(row.clause_id, row.name) for row in OWN if row.role == "lead"})


def listed(answer: Answer) -> set[str]:
    """Return the clauses that begin the items of an answer's list."""
    items = [line.removeprefix("- ") for line in answer.answer.splitlines() if line.startswith("- ")]
    return {clause.clause_id for clause in PLAN.clauses for item in items if item.startswith(f"{clause.label}：")}


def named(answer: Answer) -> list[str]:
    """Return the bodies that begin the items of an answer's list, in its order."""
    return re.findall(r"^- \*\*(.+?)\*\*：", answer.answer, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "sizes"),
    [
        ("由四家单位共同牵头的任务有哪些？", {4}),
        ("两个部门一起牵头的是哪几条", {2}),
        ("哪几条只有一家牵头", {1}),
        ("牵头单位不止一家的任务", set(range(2, 99))),
        ("三家以上单位牵头的条款有几条？", set(range(3, 99))),
    ],
)
def test_clauses_by_their_number_of_leads(assistant: Assistant, words: str, sizes: set[int]) -> None:
    """Exactly the clauses with so many lead bodies are listed, and their number is said."""
    answer = assistant.ask(words)
    wanted = {clause_id for clause_id, number in LEADS.items() if number in sizes}
    assert listed(answer) == wanted
    assert f"共 {len(wanted)} 条" in answer.answer


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("省能源局牵头而省发展改革委配合的任务是哪几条？", {"省能源局": "lead", "省发展改革委": "shared"}),
        ("牵头的是省生态环境厅、配合的有省能源局，这样的任务有哪些", {"省生态环境厅": "lead", "省能源局": "shared"}),
        ("省发展改革委牵头、省能源局参与的任务", {"省发展改革委": "lead", "省能源局": "shared"}),
    ],
)
def test_clauses_by_the_part_of_each_body(assistant: Assistant, words: str, parts: dict[str, str]) -> None:
    """Only the clauses are listed in which every named body has the part that the question gives to it."""
    answer = assistant.ask(words)
    assert listed(answer) == {
        clause.clause_id
        for clause in PLAN.clauses
        if all((clause.clause_id, role) in HELD[name] for name, role in parts.items())
    }


def test_clauses_with_one_body_and_without_another(assistant: Assistant) -> None:
    """A body that must not take part keeps its clauses out of the list."""
    answer = assistant.ask("省能源局参与、省发展改革委不参与的任务有哪些？")
    held, other = ({clause_id for clause_id, _ in HELD[name]} for name in ("省能源局", "省发展改革委"))
    assert listed(answer) == held - other


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("责任分工里只出现过一次的单位有哪些？", lambda duties: len({one for one, _ in duties}) == 1),
        ("牵头了两项以上的单位有哪几家", lambda duties: sum(role == "lead" for _, role in duties) > 1),
        ("哪些单位既牵头又配合？", lambda duties: {"lead", "shared"} <= {role for _, role in duties}),
        ("只参与不牵头的单位有哪些", lambda duties: "lead" not in {role for _, role in duties}),
        ("承担任务超过十项的部门是哪些", lambda duties: len({one for one, _ in duties}) > 10),
    ],
)
def test_bodies_by_their_duties(assistant: Assistant, words: str, fits: object) -> None:
    """Exactly the bodies whose duties fit are listed."""
    assert callable(fits)
    assert set(named(assistant.ask(words))) == {name for name, duties in HELD.items() if fits(duties)}


def test_bodies_in_order(assistant: Assistant) -> None:
    """Bodies come by the number of their tasks, and a place limits the list."""
    sizes = {name: len({one for one, _ in duties}) for name, duties in HELD.items()}
    whole = named(assistant.ask("把各单位按任务数从多到少排一下"))
    assert len(whole) == len(HELD)
    assert [sizes[name] for name in whole] == sorted(sizes.values(), reverse=True)
    assert named(assistant.ask("任务数量排前三的单位是哪几个")) == whole[:3]


def test_bodies_beside_another(assistant: Assistant) -> None:
    """Who leads together with a body is counted over the clauses that it leads."""
    led = {clause_id for clause_id, role in HELD["省发展改革委"] if role == "lead"}
    beside = {
        name: sum((one, "lead") in duties for one in led) for name, duties in HELD.items() if name != "省发展改革委"
    }
    assert set(named(assistant.ask("省发展改革委和哪些单位一起牵头过？"))) == {
        name for name, size in beside.items() if size
    }
    most = max(beside.values())
    answer = assistant.ask("谁跟省发展改革委一起牵头的次数最多？")
    assert named(answer) == [name for name, size in beside.items() if size == most]


@pytest.mark.parametrize(
    ("words", "bound", "role"),
    [
        ("至少三个部门参与的任务", Bound(3), "shared"),
        ("牵头单位有2家的", Bound(2, 2), "lead"),
        ("责任单位不到四家的", Bound(0, 3), "sole"),
        ("名单上满十家单位的条款", Bound(10), "sole"),
        ("有五家以上单位的任务", Bound(5), "shared"),
    ],
)
def test_bounds(words: str, bound: Bound, role: Role) -> None:
    """The words around a number make the bound, those around it the role that is counted."""
    query = read_size(words)
    assert query is not None
    assert query.size == bound
    assert role in query.roles


@pytest.mark.parametrize("words", ["第三条由谁牵头", "几家牵头", "那两家牵头的", "由一家单位负责的"])
def test_no_bound(words: str) -> None:
    """An ordinal, a question for the number and a number that points back limit nothing."""
    assert read_size(words) is None


def test_ties_at_the_last_place() -> None:
    """Who has as many tasks as the last place is shown as well."""
    clause_ids = [clause.clause_id for clause in PLAN.clauses]
    found = BodyQuery(order="falling", place=5).run(PLAN, clause_ids)
    sizes = [len({row.clause_id for row in rows}) for rows in found.values()]
    assert len(found) == sum(size >= sizes[4] for size in (len({one for one, _ in held}) for held in HELD.values()))


def test_condition_absent() -> None:
    """A condition that a body is absent holds where it has none of the roles."""
    bodies = PLAN.bodies("3.6")
    assert Condition("省机关事务局", ("sole",)).holds(bodies)
    assert Condition("省机关事务局", ("lead",), absent=True).holds(bodies)


def test_an_unknown_number_of_bodies() -> None:
    """A clause shared by 各有关部门 is not counted among those with few bodies."""
    query = read_size("责任单位不到四家的条款")
    assert query is not None
    assert query.admits(PLAN.bodies("3.9"))
    assert not query.admits(PLAN.bodies("5.1"))


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("交通物流那条，牵头的是省交通运输厅一家吗", "不是"),
        ("完善能耗双控制度是不是只有一家牵头？", "是的"),
        ("农业农村节能减排工程是由四个部门牵头的吗", "是的"),
        ("公共机构能效提升工程有没有牵头单位", "没有"),
        ("遏制“两高”项目是省能源局牵头、省发展改革委配合，对吗", "不是"),
        ("遏制“两高”项目是省发展改革委牵头、省能源局配合，对吗", "是的"),
    ],
)
def test_claims(assistant: Assistant, words: str, verdict: str) -> None:
    """A claim about the bodies of a clause is answered with yes or no before they are listed."""
    assert assistant.ask(words).answer.startswith(verdict)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("重点区域污染物减排工程有几家牵头、几家按职责分工？", ("牵头单位共 4 家", "按职责分工负责的单位共 3 家")),
        ("三（四）除了牵头的还有几家单位", ("按职责分工负责的单位共 10 家",)),
        ("完善经济政策那条列了几家单位（市州除外）？", ("列明的责任单位共 11 家",)),
        ("第三部分第七条的配合单位有几家", ("按职责分工负责的单位共 3 家",)),
    ],
)
def test_counts_of_one_clause(assistant: Assistant, words: str, said: tuple[str, ...]) -> None:
    """The bodies of a clause are counted by the role that is asked for."""
    answer = assistant.ask(words).answer
    assert all(one in answer for one in said)


@pytest.mark.parametrize("words", ["各责任单位一共多少家，不算市州政府？", "除市州外，点名的部门和单位去重后一共几个"])
def test_local_governments_left_out(assistant: Assistant, words: str) -> None:
    """Local governments that are named only to be left out do not turn the question into one about them."""
    assert f"共 {len(HELD)} 个" in assistant.ask(words).answer


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("统计部门参与哪几条", "省统计局"),
        ("自然资源部门在哪项工程里出力", "省自然资源厅"),
        ("能源主管部门牵头什么", "省能源局"),
    ],
)
def test_bodies_by_their_field(assistant: Assistant, words: str, name: str) -> None:
    """A body is known by its field as well: 统计部门."""
    assert {row.name for row in assistant.ask(words).agencies} == {name}


def test_a_chapter_by_a_part_of_its_heading(assistant: Assistant) -> None:
    """政策机制那章 limits the tasks of a body as the chapter's number does."""
    by_heading, by_number = (
        {(row.name, row.role, row.clause_id) for row in assistant.ask(words).agencies}
        for words in ("工信厅在政策机制那章占了几条？", "工信厅在第四章占了几条？")
    )
    assert by_heading == by_number
    assert {clause_id[0] for _, _, clause_id in by_heading} == {"4"}


def test_the_other_bodies_of_a_body_s_tasks(assistant: Assistant) -> None:
    """A body's part tells the clauses; who leads them is what is answered."""
    answer = assistant.ask("银保监局参加的任务里牵头的是谁")
    leads = {(row.name, row.clause_id) for row in answer.agencies if row.role == "lead"}
    held = {clause_id for clause_id, _ in HELD["贵州银保监局"]}
    assert {clause_id for _, clause_id in leads} == {one for one in held if one in LEADS}
    assert all((clause_id, "lead") in HELD[name] for name, clause_id in leads)


def test_bodies_of_one_chapter_alone(assistant: Assistant) -> None:
    """只在第四章出现 leaves out whoever has duties elsewhere."""
    alone = {name for name, duties in HELD.items() if {clause_id[0] for clause_id, _ in duties} == {"4"}}
    assert set(named(assistant.ask("哪些单位只在第四章出现"))) == alone


def test_a_kind_of_bodies_that_the_plan_does_not_tell(assistant: Assistant) -> None:
    """The plan sorts its bodies by no kind: that is said, and only the names can tell."""
    answer = assistant.ask("金融类单位有哪几家参与")
    assert "方案没有给责任单位作所问的分类" in answer.answer
    assert {row.name for row in answer.agencies} == {name for name in HELD if "金融" in name}


def test_no_such_clause(assistant: Assistant) -> None:
    """Where no clause fulfils the conditions, that is said and nothing is shown in its place."""
    answer = assistant.ask("哪些条款的责任单位里有省能源局但没有省发展改革委")
    assert answer.status == "not_stated"
    assert not answer.agencies


def test_besides_the_role_that_is_known(assistant: Assistant) -> None:
    """除了牵头的那条 leaves the led clauses out."""
    answer = assistant.ask("省水利厅除了牵头的那条还有别的吗")
    assert {(row.clause_id, row.role) for row in answer.agencies} == {
        duty for duty in HELD["省水利厅"] if duty[1] != "lead"
    }


@pytest.mark.parametrize("words", ["臭氧超标城市监测由谁负责", "用能预算管理由谁负责"])
def test_a_task_told_in_words_that_look_like_others(assistant: Assistant, words: str) -> None:
    """城市监测 holds no 市监, 用能预算 asks for no money: the clause's bodies are told."""
    answer = assistant.ask(words)
    assert len({row.clause_id for row in answer.agencies}) == 1
    assert answer.status == "answered"


@pytest.mark.parametrize(
    ("words", "clauses"),
    [
        ("牵头单位恰好只有一家的是哪条", {"4.1"}),
        ("发改委牵头的当中，跟生态环境厅搭伙的是哪几条", {"3.7", "4.3", "5.1", "5.2"}),
        ("第五章三条各由谁打头", {"5.1", "5.2", "5.3"}),
        ("省财政厅同能源局两家都列名的条款号", {"4.5", "4.6"}),
    ],
)
def test_clauses_told_in_other_words(assistant: Assistant, words: str, clauses: set[str]) -> None:
    """Exactly one lead, bodies together, each section's lead: the clauses found are those and no others."""
    assert {row.clause_id for row in assistant.ask(words).agencies} == clauses


def test_a_clause_without_any_lead(assistant: Assistant) -> None:
    """谁都没牵头 asks for clauses without a lead, not for bodies that lead nothing."""
    cited = {row.clause_id for row in assistant.ask("谁都没牵头的条款，第三章有哪些").citations}
    assert {"3.2", "3.9"} <= cited
    assert "3.4" not in cited


def test_a_body_that_a_clause_is_said_to_lack(assistant: Assistant) -> None:
    """没有叫上某局，是不是 is answered with yes or no, not with what the clause says."""
    assert assistant.ask("园区改造没有叫上财政厅，是不是").answer.startswith("是的")
