from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import argon2
import httpx
import itsdangerous
import pytest

from assistant.cli import main
from assistant.errors import BadRequest, SettingsFault
from assistant.settings import Settings, load_settings
from assistant.web.gate import MAX_BODY, MAX_UPLOAD
from assistant.web.routes import OPEN
from assistant.web.trainers.passwords import Trainers, hashed
from assistant.web.trainers.sessions import LASTS, Sessions
from tests.fakes import FakeAssistant
from tests.web.conftest import running
from tests.web.markup import faults, tags
from tests.web.trainer import HASH, NAME, PASSWORD, SITE, Trainer, office

WRONG = "x"
KEY = "20260102-030405-0a1b2c3d"


@pytest.fixture
def trainer(tmp_path: Path) -> Iterator[Trainer]:
    with office(tmp_path) as visitor:
        yield visitor


def test_a_hash_is_made_for_the_settings_and_holds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command prints a line that the settings take and that lets its password in, and no other."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("十个字以上的一个密码\n".encode()), "utf-8"))
    assert main(["password", "小王"]) == 0
    line = capsys.readouterr().out
    name, _, value = line.strip().partition(" = ")
    assert name == "trainers"
    setting = load_settings({"POLICY_QA_TRAINERS": value.strip('"')}, Path("/nonexistent.toml")).trainers
    trainers = Trainers.of(f"{NAME}:{HASH}; {setting}")
    assert trainers.verified("小王", "十个字以上的一个密码")
    assert not trainers.verified("小王", PASSWORD)
    assert not trainers.verified("小张", "十个字以上的一个密码")


def test_a_password_or_a_name_that_will_not_do_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short passwords, and names that the setting could not hold, end with a sentence and code 2."""
    with pytest.raises(BadRequest, match="10 到 200"):
        hashed("太短")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert main(["password", "小王"]) == 2
    assert main(["password", "小:王"]) == 2
    assert "不含空格" in capsys.readouterr().err


def test_a_setting_that_is_no_hash_is_refused_without_showing_it() -> None:
    """A password written where its hash belongs stops the start, and stands in no message."""
    for wrong in ("li:geheim-geheim", "li", f"li:{HASH};wang:geheim-geheim"):
        with pytest.raises(SettingsFault, match="trainers") as told:
            load_settings({"POLICY_QA_TRAINERS": wrong}, Path("/nonexistent.toml"))
        assert "geheim" not in str(told.value)
    settings = Settings(trainers=f"li:{HASH}", session_secret="x" * 40)
    assert HASH not in repr(settings)
    assert "x" * 40 not in repr(settings)


def test_an_unknown_name_costs_as_much_as_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a name is known cannot be told from the time: one hash is verified either way."""
    verified: list[str] = []
    verify = argon2.PasswordHasher.verify

    def counted(self: argon2.PasswordHasher, known: str, password: str) -> bool:
        verified.append(known)
        return verify(self, known, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    trainers = Trainers.of(f"{NAME}:{HASH}")
    assert not trainers.verified(NAME, "错的")
    assert not trainers.verified("没有这个人", PASSWORD)
    assert not trainers.verified("没有这个人", "")
    assert len(verified) == 3


def test_a_login_ends_in_time_with_its_password_and_when_it_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cookie is worth nothing forged, after eight hours, after logging out, and after the password was changed."""
    trainers, secret = Trainers.of(f"{NAME}:{HASH}"), "s" * 40
    sessions = Sessions(trainers, secret)
    cookie = sessions.begin(NAME)
    session = sessions.read(cookie)
    assert session is not None
    assert session.name == NAME
    assert all(sessions.read(one) is None for one in (None, "", cookie[:-2], cookie.replace(".", ""), "a.b.c"))
    assert Sessions(trainers, "t" * 40).read(cookie) is None
    assert Sessions(Trainers.of(f"{NAME}:{HASH[:-3]}abc"), secret).read(cookie) is None
    assert Sessions(Trainers.of(""), secret).read(cookie) is None
    assert Sessions(trainers, secret).read(cookie) == session
    other = sessions.read(sessions.begin(NAME))
    assert other is not None
    assert other.key != session.key
    assert not sessions.is_token(other, sessions.token(session))
    now = itsdangerous.TimestampSigner.get_timestamp
    monkeypatch.setattr(itsdangerous.TimestampSigner, "get_timestamp", lambda self: now(self) + LASTS + 1)
    assert sessions.read(cookie) is None
    monkeypatch.undo()
    sessions.end(session)
    assert sessions.read(cookie) is None


def test_without_trainers_the_page_says_how_to_switch_it_on(tmp_path: Path) -> None:
    """Nobody set: 403, the command and the setting in Chinese, no form; and nobody can log in."""
    with office(tmp_path, "") as visitor:
        answer = visitor.get("/evals")
        assert answer.status_code == 403
        assert "python -m assistant password" in answer.text
        assert "<form" not in answer.text
        assert visitor.log_in().status_code == 403
        assert visitor.bring().status_code == 403


def test_everything_behind_the_login_is_closed_without_it(trainer: Trainer) -> None:
    """Of all addresses under /evals only the login answers a stranger; the others lead there or refuse."""
    ours = [route for route in OPEN if route.path.startswith("/evals")]
    assert len(ours) > 12
    paths = {
        (route.methods, path)
        for route in ours
        for path in [route.path.replace("[0-9a-f-]{24}", KEY).replace("\\", "")]
        for path in ([path] if "(" not in path else _alternatives(path))
    }
    assert ("GET", f"/evals/runs/{KEY}/file/report.html") in paths
    for method, path in paths - {("GET", "/evals"), ("POST", "/evals/login")}:
        answer = trainer.get(path) if method == "GET" else trainer.post(path)
        assert (answer.status_code, answer.headers.get("location")) in {(303, "/evals"), (403, None)}, path
        assert answer.headers.get("cache-control") == "no-store" or answer.status_code != 200


def _alternatives(path: str) -> list[str]:
    head, _, rest = path.partition("(")
    inner, _, tail = rest.partition(")")
    return [head + one + tail for one in inner.split("|")]


def test_who_logs_in_gets_a_new_cookie_that_scripts_and_other_sites_cannot_use(trainer: Trainer) -> None:
    """HttpOnly, SameSite=Strict, for this page's addresses alone; a cookie that was there before is not taken over."""
    trainer.client.cookies.set("trainer", "planted", path="/evals")
    answer = trainer.log_in()
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "planted" not in cookie
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/evals", "Max-Age=28800"))
    assert "Secure" not in cookie
    assert trainer.words("/evals").count("退出") == 1
    assert trainer.get("/evals").headers["cache-control"] == "no-store"
    over_https = trainer.client.post(
        f"{SITE.replace('http', 'https')}/evals/login",
        data={"name": NAME, "password": PASSWORD},
        headers={"Origin": SITE.replace("http", "https")},
        follow_redirects=False,
    )
    assert "Secure" in over_https.headers["set-cookie"]


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(trainer: Trainer) -> None:
    """A wrong name and a wrong password read alike; what was typed comes back as text."""
    wrong = [trainer.post("/evals/login", name=name, password=said) for name, said in ((NAME, "x"), ("x", PASSWORD))]
    assert [one.status_code for one in wrong] == [401, 401]
    assert all("名字或密码不对" in one.text for one in wrong)
    evil = trainer.post("/evals/login", name='"><img src=x>', password=WRONG)
    assert not [tag for tag, _ in tags(evil.text) if tag == "img"]
    assert not faults(evil.text)


def test_tries_are_few(trainer: Trainer) -> None:
    """After ten tries in a minute even the right password waits, and the answer says how long."""
    tries = [trainer.post("/evals/login", name=f"人{at}", password=WRONG).status_code for at in range(11)]
    assert tries == [401] * 10 + [429]
    answer = trainer.log_in()
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "秒后再试" in answer.text


def test_forms_of_other_sites_do_nothing(trainer: Trainer) -> None:
    """A form is believed only from this site and with the token of this login; an old browser's word is its Origin."""
    trainer.log_in()
    fields = {"token": trainer.token, "plan": "demo"}
    for headers in (
        {"Origin": "http://evil.example.org"},
        {"Origin": "null"},
        {},
        {"Origin": SITE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": SITE, "Sec-Fetch-Site": "same-site"},
    ):
        answer = trainer.client.post("/evals/draft", data=fields, headers=headers)
        assert answer.status_code == 403, headers
        login = trainer.client.post("/evals/login", data={"name": NAME, "password": PASSWORD}, headers=headers)
        assert login.status_code == 403, headers
    assert trainer.client.post("/evals/logout", data={"token": "0" * 64}, headers={"Origin": SITE}).status_code == 403
    assert trainer.client.post("/evals/logout", headers={"Origin": SITE}).status_code == 403
    assert "退出" in trainer.words("/evals")


def test_who_logs_out_is_out_even_with_the_old_cookie(trainer: Trainer) -> None:
    """The server itself forgets the login, not the browser alone."""
    trainer.log_in()
    old = trainer.client.cookies["trainer"]
    assert trainer.post("/evals/logout").status_code == 303
    trainer.client.cookies.set("trainer", old, path="/evals")
    assert "评测人员登录" in trainer.words("/evals")


def test_a_file_is_taken_from_a_trainer_alone_and_up_to_a_size(trainer: Trainer) -> None:
    """A stranger's upload is refused before it is read; a trainer's may be larger than a question, but not than 5 MB."""
    assert trainer.bring(content=b"x" * (MAX_BODY + 1)).status_code == 403
    trainer.log_in()
    assert trainer.bring("题.txt", b"x" * (MAX_BODY + 1)).status_code == 400  # read, and found to be no set
    refused = trainer.bring(content=b"x" * (MAX_UPLOAD + 1))
    assert refused.status_code == 413
    assert "拆成几个题集" in refused.text
    assert trainer.post("/evals/draft", plan="x" * (MAX_BODY + 1)).status_code == 413


def test_the_running_site_has_the_page_and_takes_no_file_from_strangers() -> None:
    """The whole server: the page says how to switch it on, 关于 leads to it, an upload is refused."""
    with running(FakeAssistant) as where, httpx.Client(base_url=where, timeout=20) as client:
        assert client.get("/evals").status_code == 403
        assert 'href="/evals"' in client.get("/about").text
        upload = client.post("/evals/sets", files={"file": ("a.csv", b"x" * 1000)}, headers={"Origin": where})
        assert upload.status_code == 403
