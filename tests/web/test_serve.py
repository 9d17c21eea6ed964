from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.web import serve
from assistant.web.opening import Answerer
from index.errors import IndexMissing
from tests.fakes import FakeAssistant

ROOT = Path(__file__).resolve().parents[2]


def _hear_ctrl_c() -> None:
    """Undo what a runner in the background hands down: there Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _start(**environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        preexec_fn=_hear_ctrl_c,  # noqa: PLW1509 (no threads are started in this test)
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_a_taken_port_is_told_at_once() -> None:
    """Within a second or two: one Chinese line that names the port and the way out, exit code 1, no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = _start(POLICY_QA_PORT=str(port))
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"端口 {port} 已被占用" in err
    assert f"POLICY_QA_PORT={port + 1} python app.py" in err
    assert "Traceback" not in err
    assert out == ""


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("PORT", "八千", "应为整数"), ("LOG_LEVEL", "loud", "log_level"), ("PORT", "70000", "70000")],
)
def test_a_setting_that_cannot_be_used_is_told(name: str, value: str, said: str) -> None:
    """A wrong setting ends with one line that names it, before anything slow happens."""
    process = _start(**{f"POLICY_QA_{name}": value})
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_without_an_index_the_server_ends_with_the_command_to_build_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page may be up already; when the assistant cannot be opened the server says why and stops with code 1."""

    def missing(_: Settings) -> Answerer:
        raise IndexMissing("var/index")

    monkeypatch.setattr(serve, "open_assistant", missing)
    assert serve.serve(Settings(port=0)) == 1
    said = capsys.readouterr()
    assert "网页问答已启动：http://127.0.0.1:" in said.out
    assert "python -m index build" in said.err
    assert "Traceback" not in said.err


@pytest.mark.slow
def test_the_server_says_its_address_and_stops_quietly() -> None:
    """``python app.py`` prints the address when the page can be opened, and Ctrl-C ends it without a traceback."""
    process = _start(POLICY_QA_PORT="0")
    assert process.stdout
    assert "正在启动" in process.stdout.readline()
    assert "网页问答已启动：http://127.0.0.1:" in process.stdout.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    # 1 where the checkout has no index: the server may have told that before it was stopped.
    assert (process.returncode, out) == (0, "\n已停止。\n") or (process.returncode == 1 and "索引" in err)


def test_the_warm_up_asks_one_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening ends with one question that nobody waits for."""
    fake = FakeAssistant()
    monkeypatch.setattr("assistant.service.Assistant.open", lambda _: fake)
    assert serve.open_assistant(Settings()) is fake
    assert [question for question, _ in fake.asked] == [fake.examples()[0]]


def test_an_address_that_cannot_be_had_is_refused() -> None:
    """A host that is not this machine's, or no host at all, is one clear fault."""
    for host in ("203.0.113.1", "no such host"):
        with pytest.raises(AssistantError, match="端口"):
            serve.listen(host, 0)


def test_gradio_is_imported_whole_but_quickly() -> None:
    """The quick import skips the editor stubs and pandas; a part of Gradio that needs pandas, or anybody else, still gets it."""
    script = (
        "import sys\n"
        "from assistant.web.quick_import import quickly\n"
        "with quickly():\n"
        "    import gradio as gr\n"
        "import gradio.caching\n"
        "import gradio.component_meta as meta\n"
        "print(meta.create_or_modify_pyi.__module__, gr.Textbox(render=False).submit is not None, 'pandas' in sys.modules)\n"
        "kept = gradio.caching.pd.DataFrame\n"
        "import pandas\n"
        "print(kept is pandas.DataFrame, 'pandas.core.frame' in sys.modules)\n"
    )
    done = subprocess.run(  # noqa: S603 # our own interpreter and script
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["assistant.web.quick_import", "True", "False", "True", "True"]


def test_the_page_is_served_without_pandas() -> None:
    """Nothing between the start and an answer loads what the quick import left out."""
    script = (
        "import sys\n"
        "from assistant.web.quick_import import quickly\n"
        "with quickly():\n"
        "    import assistant.web.server\n"
        "from tests.fakes import FakeAssistant\n"
        "from tests.web.conftest import running\n"
        "from tests.web.visitor import Visitor\n"
        "import httpx\n"
        "with running(FakeAssistant) as where, httpx.Client(base_url=where, timeout=20) as client:\n"
        "    answered = Visitor(client).ask('谁？')\n"
        "print(len(answered), 'pandas' in sys.modules)\n"
    )
    done = subprocess.run(  # noqa: S603 # our own interpreter and script
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["2", "False"]
