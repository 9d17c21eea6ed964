from __future__ import annotations

import errno
import io
import json
import re
import zipfile
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from assistant.records.database import Database
from assistant.records.kept import KeptTurn, Rating
from assistant.web.trainers.command import Evals
from assistant.web.trainers.shelf import SUFFIXES
from corpus.workbook import read_workbook
from evals.sets import SUFFIXES as KINDS
from tests.web.markup import EVIL, body_rows, faults, tags
from tests.web.trainer import HASH, SET, Trainer, office

FAULTY = "题号,问题,应答类型,条款\n甲-01,谁牵头？,已回答,9.9\n甲-01,<b>谁</b>？,也许,\n"


def _cells(answer: httpx.Response, folder: Path) -> list[list[str]]:
    """Return the texts of the first sheet of a workbook."""
    (folder / "file.xlsx").write_bytes(answer.content)
    return [[cell.text for cell in row.values()] for row in read_workbook(folder / "file.xlsx")[0].rows.values()]


def test_a_set_is_checked_as_it_is_brought_and_can_be_run(trainer: Trainer, office_folder: Path) -> None:
    """The page tells how many questions there are; the file lies under a name of ours, whatever its own was."""
    where = trainer.set("..\\..//../" + EVIL + "/甲 题.csv")
    assert "1 道题，格式和内容都没有发现错误" in trainer.words(where)
    assert "甲 题.csv" in trainer.words("/evals")
    folder = office_folder / "kept" / "sets" / where.rpartition("/")[2]
    assert sorted(one.name for one in folder.iterdir()) == ["about.json", "错误.csv", "题集.csv"]
    evil = trainer.set(f"{EVIL.replace('/', '')}.csv")
    for path in (evil, "/evals"):
        html = trainer.get(path).text
        assert not [tag for tag, _ in tags(html) if tag == "img"]
        assert not [one for tag, one in tags(html) if tag == "script" and "src" not in one]
        assert not faults(html)


def test_every_fault_is_shown_and_marked_and_nothing_runs(trainer: Trainer, tmp_path: Path) -> None:
    """A faulty set: a row for each fault, with its line and what would be right; the copy; no way to run it."""
    where = trainer.set(content=FAULTY)
    html = trainer.get(where).text
    rows = body_rows(html)
    assert "第 2 行 D 列 “条款”" in rows[0][0]
    assert "没有条款 9.9" in rows[0][2]
    assert any(row[2] == "题号与 题.csv 第 2 行的重复" for row in rows)  # its name, not where it lies
    assert f"有 {len(rows)} 处错误" in trainer.words(where)
    assert f"{where}/run" not in html
    assert not faults(html)
    refused = trainer.post(f"{where}/run")
    assert refused.status_code == 400
    assert "改正以后才能运行" in refused.text
    copy = _cells(trainer.get(f"{where}/file/faults"), tmp_path)
    assert copy[0][-2:] == ["哪里不对", "应当怎样"]
    assert len(copy) == len(rows) + 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("题.xls", b"x", "另存为 .xlsx"),
        ("题.exe", b"MZ", "题集应当是"),
        ("题", b"x", "题集应当是"),
        ("题.csv", b"", "没有收到文件"),
        ("题.csv", b" \n", "没有收到文件"),
        ("题.csv", b"PK\x03\x04x", "不是 .csv 格式"),
        ("题.xlsx", SET.encode(), "不是 .xlsx 格式"),
        ("题.yaml", b"- id: \x00\x01", "不是 .yaml 格式"),
        ("", b"x", "题集应当是"),
    ],
)
def test_what_is_no_set_is_refused_with_a_reason(trainer: Trainer, name: str, content: bytes, said: str) -> None:
    """By its name and by how it begins; nothing of it is kept."""
    before = trainer.words("/evals").count("可以运行")
    answer = trainer.bring(name or " ", content)
    assert answer.status_code == 400
    assert said in answer.text
    assert trainer.words("/evals").count("可以运行") == before


def test_files_that_unpack_to_too_much_do_no_harm(tmp_path: Path) -> None:
    """A small workbook that unpacks to much, YAML of aliases of aliases and YAML that ends its reader are told as faulty."""
    with office(tmp_path, evals=Evals) as visitor:
        visitor.log_in()
        _bring_bombs(visitor)


def _bring_bombs(trainer: Trainer) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    assert len(packed.getvalue()) < 400_000
    answer = trainer.bring("题.xlsx", packed.getvalue())
    assert answer.status_code == 303
    assert "处错误" in trainer.words(answer.headers["location"])
    lines = ["- &a0 [哈, 哈]"] + [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    bomb = trainer.bring("题.yaml", "\n".join(lines))
    assert "处错误" in trainer.words(bomb.headers["location"])
    deep = trainer.bring("题.yaml", "- " + "[" * 100_000)
    assert "无法核对" in trainer.words(deep.headers["location"])
    assert trainer.post(f"{deep.headers['location']}/run").status_code == 400


def test_a_template_and_a_draft_come_from_the_plans(trainer: Trainer, tmp_path: Path) -> None:
    """The template opens as a workbook with its header; a plan that is not there is refused."""
    template = trainer.get("/evals/template/xlsx")
    assert "题号" in _cells(template, tmp_path)[0]
    assert "attachment" in template.headers["content-disposition"]
    assert trainer.get("/evals/template/csv").content.startswith(b"\xef\xbb\xbf")
    assert "请先选一份方案" in trainer.post("/evals/draft", plan="--out=/etc/passwd").text


def test_a_set_goes_out_as_it_came_and_as_a_workbook_and_away(trainer: Trainer, tmp_path: Path) -> None:
    """The own file byte by byte; the workbook with its question; deleted, it is gone for everybody."""
    where = trainer.set("乙.jsonl", '{"id": "乙-01", "question": "=1+1", "expect": {"status": "not_stated"}}\n')
    own = trainer.get(f"{where}/file/own")
    assert json.loads(own.content)["question"] == "=1+1"
    assert own.headers["content-type"] == "application/octet-stream"
    # read_workbook tells a formula by its kind: this one is a text, which no program runs
    (tmp_path / "乙.xlsx").write_bytes(trainer.get(f"{where}/file/xlsx").content)
    assert ("=1+1", "text") in [
        (cell.text, cell.kind) for cell in read_workbook(tmp_path / "乙.xlsx")[0].rows[2].values()
    ]
    assert trainer.post(f"{where}/check").headers["location"] == where
    assert trainer.post(f"{where}/delete").headers["location"] == "/evals"
    gone = trainer.get(where)
    assert gone.status_code == 404
    assert "可能已经删除" in gone.text


def test_one_click_turns_a_rated_answer_into_a_question(trainer: Trainer, office_folder: Path) -> None:
    """A 没用 is listed masked; its button puts it into one set as a draft, once however often it is pressed."""
    turns = [
        KeptTurn("a1", f"{EVIL} 13800138000 谁牵头？", ("先问别的",), "answered", "示范事务局牵头。"),
        KeptTurn("b2", "有用的一问", (), "answered", "答。"),
    ]
    with closing(Database(f"sqlite:///{office_folder / 'dialogues.db'}", office_folder)) as database:
        database.write([*turns, Rating("a1", False, "没有答全"), Rating("b2", True)])
    html = trainer.get("/evals/answers").text
    words = trainer.words("/evals/answers")
    assert "没有答全" in words
    assert "13800138000" not in words
    assert "有用的一问" not in words
    assert "有用的一问" in trainer.words("/evals/answers?all=1")
    assert not [tag for tag, _ in tags(html) if tag == "img"]
    assert not faults(html)
    for _ in range(2):
        assert trainer.post("/evals/answers", turn="a1").headers["location"] == "/evals/answers#turn-a1"
    trainer.post("/evals/answers", turn="b2", all="1")
    html = trainer.get("/evals/answers").text
    assert "变成题目" not in re.sub(r"<p.*?</p>", "", html)
    where = next(str(one["href"]) for tag, one in tags(html) if tag == "a" and "/sets/" in str(one.get("href")))
    rows = [json.loads(line) for line in trainer.get(f"{where}/file/own").text.splitlines()]
    assert [row["id"] for row in rows] == ["feedback-a1", "feedback-b2"]
    assert all(row["draft"] for row in rows)
    assert "2 道题" in trainer.words(where)
    assert trainer.post("/evals/answers", turn="没有").status_code == 400


def test_a_full_disk_loses_no_set(trainer: Trainer, monkeypatch: pytest.MonkeyPatch, office_folder: Path) -> None:
    """Where one more rated answer finds no room, those that were put into the set before stay in it; a new set is not kept."""
    turns = [KeptTurn(name, f"{name}？", (), "not_stated", "没有写。") for name in ("c3", "d4")]
    with closing(Database(f"sqlite:///{office_folder / 'dialogues.db'}", office_folder)) as database:
        database.write([*turns, Rating("c3", False), Rating("d4", False)])
    trainer.post("/evals/answers", turn="c3")
    html = trainer.get("/evals/answers").text
    where = next(str(one["href"]) for tag, one in tags(html) if tag == "a" and "/sets/" in str(one.get("href")))
    before = trainer.get(f"{where}/file/own").content
    sets = len(list((office_folder / "kept" / "sets").iterdir()))
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        write(path, content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        assert "磁盘满了" in trainer.post("/evals/answers", turn="d4").text
        assert "磁盘满了" in trainer.bring().text
    assert trainer.get(f"{where}/file/own").content == before
    assert len(list((office_folder / "kept" / "sets").iterdir())) == sets
    assert not list((office_folder / "kept").rglob(".*"))


def test_the_shelf_takes_what_the_command_takes() -> None:
    """The kinds of files that are taken are those of the command, .yml beside .yaml."""
    assert {*SUFFIXES, ".yml"} == set(KINDS)


def test_a_full_shelf_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the most that is kept, the next set is refused with what to do."""
    monkeypatch.setattr("assistant.web.trainers.desk.MOST_SETS", 1)
    with office(tmp_path, f"li:{HASH}") as visitor:
        visitor.log_in("li")
        visitor.set()
        answer = visitor.bring()
        assert answer.status_code == 400
        assert "请先删去" in answer.text
