"""The door of the page 评测: who comes in, and which forms are believed to come from our own pages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import TrainerFault
from assistant.settings import Settings
from assistant.web.frame import page
from assistant.web.rates import Rates
from assistant.web.templates import render
from assistant.web.trainers.passwords import MOST, MOST_NAME, Trainers
from assistant.web.trainers.sessions import COOKIE, LASTS, Session, Sessions

HERE = "/evals"
TITLE = "评测"
# Tries of one client and of one name. A person who forgot needs a few; who guesses needs millions.
TRIES = "10/minute;60/hour"
NAME_TRIES = "20/minute;120/hour"
WRONG = "名字或密码不对。"
TOO_MANY = "试的次数太多，请在 {} 秒后再试。"
NOT_OURS = "这个表单不是从本页提交的，或登录已经过期，没有执行。请重新打开评测页再试。"
BUSY = "现在登录的人较多，请稍后再试。"
MOST_WAITING = 8
_MOST_FIELDS = 20

Form = Mapping[str, str]
Show = Callable[[Request, Session], Awaitable[Response]]
Act = Callable[[Request, Session, FormData], Awaitable[Response]]


class Door:
    """Lets trainers in, and wraps what only they may see or do."""

    def __init__(self, settings: Settings) -> None:
        self.trainers = Trainers.of(settings.trainers)
        self.sessions = Sessions(self.trainers, settings.session_secret)
        self._of_client, self._of_name = Rates(TRIES), Rates(NAME_TRIES)
        # A hash takes 64 MB and a core: one at a time, whoever asks, and few that wait for it.
        self._hashing = asyncio.Semaphore(1)
        self._waiting = 0

    def session(self, request: Request) -> Session | None:
        """Return the login that a request belongs to."""
        return self.sessions.read(request.cookies.get(COOKIE))

    def shown(self, show: Show) -> Callable[[Request], Awaitable[Response]]:
        """Return a page for trainers; others are led to the login."""

        async def endpoint(request: Request) -> Response:
            session = self.session(request)
            if session is None:
                return RedirectResponse(HERE, 303)
            try:
                return _unkept(await show(request, session))
            except TrainerFault as fault:
                return _unkept(told(str(fault), 404))

        return endpoint

    def done(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """Return what a form does; it has to come from our own page and carry the token of the login."""

        async def endpoint(request: Request) -> Response:
            session = self.session(request)
            if session is None or not is_from_here(request):
                return _unkept(told(NOT_OURS, 403))
            async with request.form(max_files=1, max_fields=_MOST_FIELDS) as form:
                if not self.sessions.is_token(session, text_of(form, "token")):
                    return _unkept(told(NOT_OURS, 403))
                try:
                    return _unkept(await act(request, session, form))
                except TrainerFault as fault:
                    return _unkept(told(str(fault), 400))

        return endpoint

    async def log_in(self, request: Request) -> Response:
        """Take a name and a password; a new login begins, whatever the browser had before."""
        if not is_from_here(request):
            return _unkept(told(NOT_OURS, 403))
        async with request.form(max_files=0, max_fields=4) as form:
            name, password = text_of(form, "name").strip()[:MOST_NAME], text_of(form, "password")[: MOST + 1]
        if not self.trainers:
            return self.closed()
        client = request.client.host if request.client else ""
        wait = self._of_client.wait(client) or self._of_name.wait(name)
        if wait:
            answer = self.closed(TOO_MANY.format(wait), name, 429)
            answer.headers["Retry-After"] = str(wait)
            return answer
        if self._waiting >= MOST_WAITING:
            return self.closed(BUSY, name, 503)
        self._waiting += 1
        try:
            async with self._hashing:
                right = await asyncio.to_thread(self.trainers.verified, name, password)
        finally:
            self._waiting -= 1
        if not right:
            return self.closed(WRONG, name, 401)
        answer = _unkept(RedirectResponse(HERE, 303))
        answer.set_cookie(
            COOKIE,
            self.sessions.begin(name),
            max_age=LASTS,
            path=HERE,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    async def log_out(self, request: Request, session: Session, _form: FormData) -> Response:
        """End the login, on the server too."""
        self.sessions.end(session)
        answer = RedirectResponse(HERE, 303)
        answer.delete_cookie(COOKIE, path=HERE, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer

    def closed(self, said: str = "", name: str = "", status: int = 200) -> Response:
        """Return the page for who is not logged in: the login, or, without any trainer, how to switch the page on."""
        if not self.trainers:
            return _unkept(HTMLResponse(page(TITLE, render("evals_off.html.j2"), HERE), 403))
        content = render("evals_login.html.j2", said=said, typed=name, hours=LASTS // 3600)
        return _unkept(HTMLResponse(page("评测人员登录", content, HERE), status))


def is_from_here(request: Request) -> bool:
    """Tell whether a form was sent by a page of this site, by what the browser itself says of it."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:  # told only over HTTPS and to this machine; no page can forge it
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("host")


def text_of(form: FormData, name: str) -> str:
    """Return a field's text; empty where there is none, or a file."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def told(said: str, status: int) -> Response:
    """Return a page that says why something was not done."""
    return HTMLResponse(page(TITLE, render("evals_told.html.j2", said=said), HERE), status)


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
