"""One plan, stored in many ways: it reads the same."""

import pytest

from corpus import load_corpus, read_plan
from corpus.lines import columns

PLAN = load_corpus().plan("guizhou-145-energy")
LINES = PLAN.text.split("\n")


def wrapped(width, indent):
    lines = []
    for paragraph in LINES:
        line = indent
        for char in paragraph:
            if columns(line + char) > width:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return "\n".join(lines)


def paged(size):
    pages = [PLAN.text[at : at + size] for at in range(0, len(PLAN.text), size)]
    return "\n".join(f"{page}\n\n- {number} -\n\n" for number, page in enumerate(pages, 1))


WAYS = {
    "Windows line ends": "\r\n".join(LINES),
    "blank lines": "\n\n".join(LINES),
    "a mark and indents": "\ufeff" + "\n".join(f"　　{line}" for line in LINES),
    "half-width signs": PLAN.text.translate(str.maketrans("（），；：", "(),;:")),
    "full-width digits": PLAN.text.translate(str.maketrans("0123456789%", "０１２３４５６７８９％")),
    "pages of 600 characters": paged(600),
    "pages of 700 characters": paged(700),
    "lines of 60 columns, indented": wrapped(60, "　　"),
    "lines of 60 columns": wrapped(60, ""),
    "lines of 72 columns, indented": wrapped(72, "　　"),
    "lines of 80 columns": wrapped(80, ""),
    "headings with signs of Markdown": "\n\n".join(f"## {line}" if line[1:2] == "、" else line for line in LINES),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_plan_reads_the_same_however_it_was_stored(way):
    """Clauses, labels and bodies are the same, and so is the text but for a space that a line end swallowed."""
    plan = read_plan(WAYS[way], "stored")
    assert [clause.label for clause in plan.clauses] == [clause.label for clause in PLAN.clauses]
    assert [(row.clause_id, row.name, row.role, row.open_list) for row in plan.responsibilities] == [
        (row.clause_id, row.name, row.role, row.open_list) for row in PLAN.responsibilities
    ]
    assert [(row.term, row.meaning) for row in plan.definitions] == [
        (row.term, row.meaning) for row in PLAN.definitions
    ]
    assert plan.title == PLAN.title
    assert plan.text.replace(" ", "") == PLAN.text.replace(" ", "")
    if "columns" not in way:
        assert plan.text == PLAN.text


def test_a_clause_begins_at_its_printed_number():
    """The text of every numbered clause begins with the number that its label ends in."""
    for clause in PLAN.clauses:
        if clause.level:
            assert clause.label.endswith(clause.text.split("\n")[0].split("。")[0])
