"""Notes that bind bodies to many clauses: which clauses, which bodies, and what is no note."""

import pytest

from corpus import read_plan
from corpus.notes import find_notes

TASKS = "一、目标\n到2025年完成。\n二、任务\n（一）甲。做甲。（省水利厅负责）\n（二）乙。做乙。（省财政厅负责）\n{above}三、保障\n（一）丙。做丙。（省审计厅负责）\n（二）丁。做丁。{below}\n四、附则\n本方案自印发之日起施行。"
BODIES = "各设区市人民政府、城东新区管委会"


def bound(above="", below=""):
    plan = read_plan(TASKS.format(above=above, below=below), "x")
    assert all(plan.text[row.start : row.end].count(row.name) for row in plan.responsibilities)
    return [(row.clause_id, row.name) for row in plan.responsibilities if row.role == "local"]


@pytest.mark.parametrize(
    "note",
    [
        f"以上各项任务均需{BODIES}落实，不再逐一列出。\n",
        f"（以上各项任务均由{BODIES}负责落实，不再列出）\n",
        f"注：以上任务，{BODIES}均应抓好落实。\n",
        f"上述重点任务由{BODIES}组织实施，不再一一列出。\n",
    ],
)
def test_a_note_after_the_clauses_binds_those_above_it(note):
    """A note that says 以上 binds each of its bodies to every clause above it that names responsible bodies."""
    assert bound(note) == [
        (clause, name) for clause in ("2.1", "2.2") for name in ("各设区市人民政府", "城东新区管委会")
    ]


def test_a_note_at_the_end_binds_all_above_or_its_chapter_by_its_words():
    """以上 reaches back over the whole series, 本章 over its chapter only, 本方案 over every clause with a task."""
    assert [clause for clause, _ in bound(below="以上各项均需各市落实，不再列出。")] == ["2.1", "2.2", "3.1"]
    assert [clause for clause, _ in bound(below="本章各项任务均需各市落实。")] == ["3.1", "3.2"]
    assert [clause for clause, _ in bound("本方案各项任务均需各市落实。\n")] == ["1", "2.1", "2.2", "3.1", "3.2"]


def test_a_note_before_the_clauses_binds_each_later_one():
    """以下 binds later clauses without a bracket too; chapters with parts and 附则 carry out nothing themselves."""
    assert [clause for clause, _ in bound("以下任务各区县均需落实，不再列出。\n")] == ["3.1", "3.2"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("以下任务各区县均需落实，不再列出", ("各区县",)),
        ("以下各项各乡镇都要抓好落实。", ("各乡镇",)),
        ("以下工作各市（州）人民政府均须组织实施，不再列出", ("各市（州）人民政府",)),
        ("以下各项均需各市人民政府等落实，不再列出", ("各市人民政府",)),
    ],
)
def test_what_says_that_all_must_is_no_part_of_the_name(words, names):
    """均需, 均须 and 都要 between the bodies and the verb belong to neither, nor does 等."""
    assert [note.names for note in find_notes(words)] == [names]
    assert find_notes(words)[0].open_list == ("等" in words)


@pytest.mark.parametrize(
    "words",
    [
        "65岁以上老人均由各县落实，",
        "投资1亿元以上各项工程均需各市落实。",
        "以上两项均由省教育厅负责。",
        "以下各项工作纳入年度考核：",
        "以上政策均需企业申报后执行。",
        "以上措施由省财政厅负责。",
        "县级以上地方人民政府均应落实。",
    ],
)
def test_what_is_no_note(words):
    """Quantities, classes of people, and sentences about single tasks bind nobody."""
    assert find_notes(words) == ()
