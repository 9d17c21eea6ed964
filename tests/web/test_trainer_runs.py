from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.errors import TrainerFault
from assistant.settings import ROOT
from assistant.web.trainers.command import Evals
from assistant.web.trainers.results import policy
from assistant.web.trainers.runner import CUT_OFF
from evals.folder import read_run
from tests.web.markup import EVIL, faults, tags
from tests.web.trainer import SET, Trainer, office, wait_for

TWO = SET + f'甲-02,"{EVIL.replace(chr(34), "")}？",已回答\n'
SLOW = SET + "甲-02,慢慢来？,方案未写\n"


@pytest.fixture(scope="module")
def done(trainer: Trainer) -> str:
    """The address of a run of two questions, one of them wrong."""
    where = trainer.run(TWO)
    trainer.until(where, "单独打开报告")
    return where


def test_a_run_is_seen_to_its_end(trainer: Trainer, done: str) -> None:
    """The figures, the report, the files; the page no longer looks again by itself."""
    html, words = trainer.get(done).text, trainer.words(done)
    assert "50.0%" in words
    assert "1 / 2 题" in words
    assert "refresh" not in html
    assert "data-live" not in html
    assert not faults(html)
    assert "1 / 2（50.0%）" in trainer.words("/evals")
    files = {name: trainer.get(f"{done}/file/{name}") for name in ("report.html", "report.xlsx", "questions.csv")}
    assert all("attachment" in file.headers["content-disposition"] for file in files.values())
    assert files["report.xlsx"].content.startswith(b"PK")
    assert "甲-02" in files["questions.csv"].text


def test_a_report_is_closed_off_from_the_site(trainer: Trainer, done: str) -> None:
    """It may run its own script alone, in a sandbox: without the login's cookie, without this site's pages."""
    answer = trainer.get(f"{done}/report")
    told = answer.headers["content-security-policy"]
    assert re.search(r"script-src 'sha256-[\w+/=]+';", told)
    assert "sandbox allow-scripts" in told
    assert "allow-same-origin" not in told
    assert "unsafe" not in told
    assert answer.headers["cross-origin-opener-policy"] == "unsafe-none"
    assert not [tag for tag, _ in tags(answer.text) if tag == "img"]
    assert "unsafe-eval" in trainer.get(done).headers["content-security-policy"]  # the other pages keep theirs


def test_a_report_that_was_tampered_with_runs_nothing() -> None:
    """A policy that is not where the program writes it is none; a script in front of it gets no permission."""
    real = (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'sha256-a='; script-src 'sha256-b='; base-uri 'none'; form-action 'none'\">"
    )
    assert "script-src 'sha256-b='" in policy(real)
    for changed in (real.replace("<head>", "<head><script>alert(1)</script>"), real.replace("'sha256-b='", "*"), ""):
        assert "script-src" not in policy(changed)
        assert policy(changed).startswith("default-src 'none'; ")


def test_one_runs_and_the_others_wait(trainer: Trainer) -> None:
    """The second run says how many are before it and can be taken out; the first, stopped, keeps what it answered, judged.

    Going on with it does not ask again what was answered.
    """
    first, second = trainer.run(SLOW), trainer.run(SET)
    assert "前面还有 1 次评测" in trainer.until(second, "等待中")
    html = trainer.get(second).text
    assert '<noscript><meta http-equiv="refresh"' in html
    assert not faults(html)
    trainer.post(f"{second}/stop")
    trainer.until(first, "1 / 2 题")
    assert trainer.post(f"{first}/delete").status_code == 400
    assert trainer.post(f"{first}/resume").status_code == 400
    assert trainer.post(f"{first}/stop").headers["location"] == first
    words = trainer.until(first, "已停止")
    assert "答了 1 / 2 题，下面是这些题的结果" in words
    assert "100.0%" in words
    assert "还没有开始" in trainer.until(second, "就停下了")
    trainer.post(f"{first}/resume")
    trainer.until(first, "1 / 2 题")
    trainer.post(f"{first}/stop")
    assert "答了 1 / 2 题" in trainer.until(first, "已停止")
    assert trainer.post(f"{first}/delete").headers["location"] == "/evals"
    assert trainer.get(first).status_code == 404


def test_a_run_that_fails_says_why(trainer: Trainer) -> None:
    """What the command said last stands on the page, and the run can be tried again."""
    where = trainer.run("题号,问题,应答类型\n甲-01,坏了？,方案未写\n")
    assert "助手没有回答" in trainer.until(where, "重新运行")


def test_a_run_that_goes_is_looked_at_alone(trainer: Trainer, done: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page, which asks again every two seconds, counts no answers but its own; a run that is done is not counted at all."""
    going = trainer.run(SLOW)
    trainer.until(going, "1 / 2 题")
    counted: list[str] = []
    monkeypatch.setattr("assistant.web.trainers.runs.answered", lambda folder: counted.append(folder.parent.name) or 0)
    trainer.get(going)
    assert set(counted) == {going.rpartition("/")[2]}
    trainer.get("/evals")
    assert done.rpartition("/")[2] not in counted
    monkeypatch.undo()
    trainer.post(f"{going}/stop")
    trainer.until(going, "已停止")


def test_two_runs_are_compared_and_one_becomes_a_baseline(trainer: Trainer, done: str, office_folder: Path) -> None:
    """Against another run and against a baseline; a name that is taken or will not do is told in the page's words."""
    again = _copied(done, office_folder)
    other = f"run:{done.rpartition('/')[2]}"
    html = trainer.get(again, **{"with": other}).text
    frame = next(str(one["src"]) for tag, one in tags(html) if tag == "iframe")
    report = trainer.get(frame)
    assert report.status_code == 200
    assert "看不出差别" in report.text
    assert re.search(r"与基线“[\d :-]+ 的评测”比较", report.text)
    assert "sandbox" in report.headers["content-security-policy"]
    blessed = trainer.post(f"{done}/bless", name="第一版")
    assert "第一版" in trainer.words(blessed.headers["location"])
    assert read_run(office_folder / "baselines" / "第一版").summary.total.right.part == 1
    assert "看不出差别" in trainer.get(f"{again}/report", **{"with": "baseline:第一版"}).text
    taken = trainer.post(f"{again}/bless", name="第一版")
    assert taken.status_code == 400
    assert "请勾选“换掉同名的”" in taken.text
    assert trainer.post(f"{again}/bless", name="第一版", replace="1").status_code == 303
    for name in ("../甲", "", "--force", "甲 乙"):
        refused = trainer.post(f"{again}/bless", name=name)
        assert refused.status_code == 400 or name == "--force", name
        assert str(office_folder) not in refused.text
    assert {one.name for one in (office_folder / "baselines").iterdir()} <= {"第一版", "--force"}
    for wrong in ("baseline:../../kept/runs", "run:../x", "/etc", "baseline:没有"):
        assert trainer.get(f"{again}/report", **{"with": wrong}).status_code == 404
        assert trainer.get(again, **{"with": wrong}).status_code == 404


def test_what_a_former_server_left_is_marked_and_can_be_gone_on_with(tmp_path: Path) -> None:
    """The server stops while a run is going: its process ends with it, and the next server tells so."""
    with office(tmp_path) as visitor:
        visitor.log_in()
        where = visitor.run(SLOW)
        visitor.until(where, "1 / 2 题")
        pids = _children()
        assert pids
    wait_for(lambda: "" if _children() & pids else "gone", "the end of the process", 10)
    about = tmp_path / "kept" / "runs" / where.rpartition("/")[2] / "about.json"
    fields = json.loads(about.read_text("utf-8"))
    assert (fields["state"], fields["said"]) == ("stopped", CUT_OFF)
    about.write_text(json.dumps(fields | {"state": "running"}), "utf-8")  # as after a power cut
    with office(tmp_path) as visitor:
        visitor.log_in()
        words = visitor.words(where)
        assert "还没有答完" in words
        assert "接着答" in words


_SERVER = """
import sys, time
from pathlib import Path
from tests.web.test_trainer_runs import SLOW, _children
from tests.web.trainer import office
with office(Path(sys.argv[1])) as visitor:
    visitor.log_in()
    visitor.until(visitor.run(SLOW), "1 / 2 题")
    print(*_children(), flush=True)
    time.sleep(60)
"""


def test_a_run_ends_with_a_server_that_is_killed(tmp_path: Path) -> None:
    """A server that has no time to stop anything takes its run along, so that no second one writes into the same folder."""
    with subprocess.Popen(  # noqa: S603 (our own words, no shell)
        [sys.executable, "-c", _SERVER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    ) as server:
        assert server.stdout
        pids = {int(pid) for pid in server.stdout.readline().split()}
        assert pids
        assert all(map(_goes_on, pids))
        server.kill()
    wait_for(lambda: "" if any(map(_goes_on, pids)) else "gone", "the end of the process", 10)


def test_a_server_that_stops_waits_for_no_command() -> None:
    """A file that takes long to check is given up at once, with a sentence that says why."""
    evals = Evals(ROOT, ROOT, (sys.executable, "-c", "import time; time.sleep(60)"))
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(evals.call)
        wait_for(lambda: "begun" if evals._going else "", "the command", 10)
        evals.close()
        with pytest.raises(TrainerFault, match="服务正在停止"):
            waiting.result(10)


def _copied(where: str, office_folder: Path) -> str:
    """Return the address of a run that is the same as another."""
    old = office_folder / "kept" / "runs" / where.rpartition("/")[2]
    new = old.with_name(f"{old.name[:-8]}00000000")
    shutil.copytree(old, new)
    about = new / "about.json"
    about.write_text(json.dumps(json.loads(about.read_text("utf-8")) | {"key": new.name}), "utf-8")
    return f"/evals/runs/{new.name}"


def _children() -> set[int]:
    """Return the processes that run the stand-in for us."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stat = (place / "stat").read_text().rpartition(")")[2].split()
            if stat[1] == str(os.getpid()) and _goes_on(int(place.name)):
                found.add(int(place.name))
    return found


def _goes_on(pid: int) -> bool:
    """Tell whether a process runs the stand-in; one that has ended and is only not forgotten yet runs nothing."""
    try:
        return b"evals_stand_in" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
