"""The page 评测 in a browser, with an assistant that knows one answer; and the filters that act while one types."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from assistant.settings import Settings
from assistant.web.trainers import desk
from assistant.web.trainers.command import Evals
from tests.browser.conftest import reading
from tests.browser.reader import Reader
from tests.fakes import FakeAssistant
from tests.web.conftest import running
from tests.web.markup import EVIL
from tests.web.trainer import HASH, NAME, PASSWORD, STAND_IN

FAULTY = "题号,问题,应答类型,条款\n甲-01,谁牵头？,已回答,9.9\n"
GOOD = f'题号,问题,应答类型\n甲-01,停车收费多少？,方案未写\n甲-02,"{EVIL.replace(chr(34), chr(34) * 2)}",已回答\n'
A_WHILE = 180_000  # milliseconds: a run starts a process that stands back behind all others


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a service with one trainer."""
    monkeypatch.setattr(desk, "Evals", partial(Evals, command=STAND_IN))
    monkeypatch.setattr(desk, "BASELINES", tmp_path / "baselines")
    settings = Settings(
        trainers=f"{NAME}:{HASH}",
        trainers_folder=tmp_path / "kept",
        database=f"sqlite:///{tmp_path / 'dialogues.db'}",
        rate_limit="none",
    )
    with running(FakeAssistant, settings) as where:
        yield where


def _log_in(trainer: Reader) -> None:
    trainer.page.goto("/evals")
    trainer.page.locator("#name").fill(NAME)
    trainer.page.locator("#password").fill(PASSWORD)
    trainer.page.locator("#password").press("Enter")
    expect(trainer.page.locator("#file")).to_be_visible()


def _bring(trainer: Reader, name: str, content: str) -> None:
    trainer.page.goto("/evals")
    trainer.page.locator("#file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content.encode()})
    trainer.page.locator("form[action='/evals/sets'] button").click(timeout=A_WHILE)  # the file is checked meanwhile
    trainer.page.wait_for_url("**/evals/sets/*", timeout=A_WHILE)


def test_a_set_is_brought_run_and_its_report_read(browser: Browser, office: str) -> None:
    """From the login to the report, which comes by itself; what a question smuggles in stays text all the way."""
    with reading(browser, office) as trainer:
        _log_in(trainer)
        _bring(trainer, "题.csv", FAULTY)
        expect(trainer.page.locator("table.listing tbody tr")).to_have_count(1)
        assert not _serious(trainer)
        _bring(trainer, f"{EVIL.replace('/', '')}.csv", GOOD)
        trainer.page.locator("form.go button").click()
        expect(trainer.page.locator("[data-live] [role=status]")).to_be_visible()
        assert not _serious(trainer)
        expect(trainer.page.locator("iframe.report")).to_be_visible(timeout=A_WHILE)
        assert not _serious(trainer)
        trainer.page.locator("iframe.report").scroll_into_view_if_needed()
        report = trainer.page.frame_locator("iframe.report")
        expect(report.locator("h1")).to_contain_text("50.0%")
        expect(report.locator("details.q").first).to_contain_text("onerror=alert(1)")
        assert report.locator("img").count() == 0
        # the sandbox: the report's own script runs, and has no part in this site
        frame = trainer.page.frames[-1]
        assert frame.evaluate("window.origin") == "null"
        assert frame.evaluate("(() => { try { return document.cookie } catch { return 'closed' } })()") == "closed"
        trainer.page.set_viewport_size({"width": 375, "height": 740})
        assert trainer.wide() == 0
        trainer.page.goto("/evals")
        assert trainer.wide() == 0
        assert not _serious(trainer)


def test_the_page_works_without_scripts(browser: Browser, office: str) -> None:
    """Login, upload and the way to a run need no script; while it runs, the page is to be loaded anew."""
    with reading(browser, office, java_script_enabled=False) as trainer:
        _log_in(trainer)
        _bring(trainer, "题.csv", GOOD)
        trainer.page.locator("form.go button").click()
        trainer.page.wait_for_url("**/evals/runs/*")
        expect(trainer.page.locator("iframe.report")).to_be_visible(timeout=A_WHILE)


def test_targets_are_filtered_while_one_types(reader: Reader) -> None:
    """Without Enter the rows follow what is typed, and the address with them; the field keeps the focus."""
    reader.open("/targets")
    rows = reader.page.locator("#table tbody tr")
    everything = rows.count()
    reader.page.locator("#q").press_sequentially("率")
    expect(rows).not_to_have_count(everything)
    expect(reader.page.locator("#count")).to_contain_text("符合条件")
    reader.page.wait_for_url("**/targets/*?q=*")
    assert reader.page.evaluate("document.activeElement.id") == "q"
    fewer = rows.count()
    reader.page.locator("#strength").select_option(index=1)
    reader.page.wait_for_url("**strength=*")
    assert 0 < rows.count() <= fewer
    reader.page.locator("#clear a").click()
    expect(rows).to_have_count(everything)


def _serious(reader: Reader) -> list[str]:
    found = Axe().run(reader.page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in {"serious", "critical"}
    ]
