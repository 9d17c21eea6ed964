from pathlib import Path

import pytest

from evals.errors import FaultySets
from evals.sets import load_sets

GOOD = """\
- id: who-01
  question: 谁牵头？
  history: [古树保护有什么目标？]
  user: staff
  expect:
    status: [answered, clarify]
    clauses: ["2.1"]
    agencies: [{name: 市园林局, role: lead}]
    numbers: [{value: "40", unit: 株}]
    must_any: [[牵头, 负责]]
  note: 说明
"""


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _faults(*paths: Path) -> list[str]:
    with pytest.raises(FaultySets) as caught:
        load_sets(paths)
    return [f"{fault.question_id}|{fault.what}" for fault in caught.value.faults]


def test_a_set_is_loaded_with_its_file_as_category(tmp_path: Path) -> None:
    """Every field arrives, and the file's name becomes the category."""
    (question,) = load_sets([_write(tmp_path, "who.yaml", GOOD)])
    assert (question.category, question.line, question.history) == ("who", 1, ("古树保护有什么目标？",))
    assert question.expect.status == ("answered", "clarify")
    assert question.expect.agencies[0].clause_id is None
    assert question.expect.must_any == (("牵头", "负责"),)


def test_a_folder_is_loaded_in_the_order_of_its_paths(tmp_path: Path) -> None:
    """Files of a folder, and of those within it, are read in one fixed order, each once."""
    (tmp_path / "b").mkdir()
    one = _write(tmp_path, "b/two.yaml", GOOD.replace("who-01", "two-01"))
    _write(tmp_path, "a.yml", GOOD)
    assert [question.id for question in load_sets([tmp_path, one])] == ["who-01", "two-01"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  question: 谁牵头？\n", "", "who-01|question：缺少这一项"),
        (
            "question: 谁牵头？",
            "question: 2030",
            "who-01|question：应当是文字，请在两边加引号（不加引号的 3.10 会变成 3.1）",
        ),
        ('["2.1"]', "[3.10]", "who-01|expect.clauses.1：应当是文字，请在两边加引号（不加引号的 3.10 会变成 3.1）"),
        ("note: 说明", "notes: 说明", "who-01|notes：没有这个字段，请对照说明改正拼写"),
        ("note: 说明", "line: 3", "who-01|line：没有这个字段，请对照说明改正拼写"),
        ("[[牵头, 负责]]", "[牵头]", "who-01|expect.must_any.1：应当是一个列表，如 [甲, 乙]"),
        ("[answered, clarify]", "[]", "who-01|expect.status：至少写一个"),
        ('value: "40"', "value: 四十", 'who-01|expect.numbers.1.value：写一个数，如 "44.7"，单位另写在 unit 里'),
        ("[[牵头, 负责]]", '[[" "]]', "who-01|expect.must_any.1.1：不能是空的"),
        (
            "role: lead",
            "role: 牵头",
            "who-01|expect.agencies.1.role：只能是 'lead', 'sole', 'shared' 或 'local'，现在写的是 '牵头'",
        ),
        (
            "[[牵头, 负责]]",
            "[[甲]]\n    must: [乙]\n    must_not: [乙]",
            "who-01|“乙”同时写在必须出现（must）和不得出现（must_not）里",
        ),
        ("note: 说明", "id: who-02", "|“id”写了两遍"),
        ("- id: who-01\n  question: 谁牵头？", "- id: who-01\n  question: [谁", "|不是合格的 YAML"),
    ],
)
def test_a_fault_is_told_in_chinese(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """Each kind of fault alone is found, alone, and told with its question and field."""
    assert old in GOOD
    (found,) = _faults(_write(tmp_path, "who.yaml", GOOD.replace(old, new)))
    assert found.startswith(fault)


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    """Faults of several files, a missing file and a repeated id come together, with file and line."""
    first = _write(tmp_path, "a.yaml", GOOD + GOOD.replace("role: lead", "role: boss").replace("谁牵头？", "3"))
    second = _write(tmp_path, "b.yaml", "just: words\n")
    with pytest.raises(FaultySets) as caught:
        load_sets([first, second, tmp_path / "none.yaml", _write(tmp_path, "c.xls", "")])
    assert len(caught.value.faults) == 6
    text = str(caught.value)
    assert text.startswith("题集有 6 处错误")
    assert f"{first} 第 12 行（who-01）：题号与 {first} 第 1 行的重复" in text
    assert f"{second} 第 1 行：应当是一个列表，每道题以“- id:”开头" in text


def test_numbers_without_quotation_marks_keep_their_digits(tmp_path: Path) -> None:
    """A value written as 44.7 or 13 is read as these very digits."""
    text = GOOD.replace('{value: "40", unit: 株}', "{value: 44.7, unit: 株}, {value: 13, unit: 株}")
    (question,) = load_sets([_write(tmp_path, "who.yaml", text)])
    assert [number.value for number in question.expect.numbers] == ["44.7", "13"]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", "- id: 甲".encode("gb18030")])
def test_what_holds_no_question_is_refused(tmp_path: Path, content: bytes) -> None:
    """An empty file, and one in another encoding, is one fault and no crash."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    assert len(_faults(path)) == 1


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_half_a_character_breaks_nothing(tmp_path: Path, name: str) -> None:
    """Halves of surrogate pairs, which JSON can write and no text can hold, are a fault or plain signs, never a crash."""
    row = '{"id": "a", "question": "甲\\ud800", "expect": {"status": "answered"}}\n'
    text = row if name == "a.jsonl" else "题号,问题,应答类型\na,甲\\ud800,已回答\n"
    path = _write(tmp_path, name, text)
    if name == "a.jsonl":
        assert "不成字的编码" in _faults(path)[0]
    else:
        assert load_sets([path])[0].question == "甲\\ud800"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "|这一行不是合格的 JSON"),
        ('{"id": "a", "id": "b"}', "|这一行不是合格的 JSON：“id”写了两遍"),
        ('["a"]', "第 1 题|一道题应当由“字段: 内容”组成"),
        ("[" * 100_000, "|这一行不是合格的 JSON"),
    ],
)
def test_a_line_of_json_with_a_fault_is_told(tmp_path: Path, text: str, fault: str) -> None:
    """What is no object on a line, says a thing twice or nests without end is one fault with its line."""
    assert _faults(_write(tmp_path, "a.jsonl", text)) == [fault]
