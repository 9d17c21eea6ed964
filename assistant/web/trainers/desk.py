"""The addresses of the page 评测, and what each answers with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Scope

from assistant.errors import RecordsFault, TrainerFault
from assistant.settings import ROOT, Settings
from assistant.web.addresses import address
from assistant.web.downloads import FILES, file_response
from assistant.web.opening import Opening
from assistant.web.trainers.command import Evals
from assistant.web.trainers.login import HERE, Door, text_of
from assistant.web.trainers.results import policy
from assistant.web.trainers.runner import Runner
from assistant.web.trainers.runs import Runs
from assistant.web.trainers.sessions import Session
from assistant.web.trainers.sets import EMPTY, Sets
from assistant.web.trainers.shelf import GONE, KeptRun, KeptSet, Shelf
from assistant.web.trainers.views import Seat, answers_html, home_html, run_html, set_html

MOST_SETS, MOST_RUNS = 100, 200
BASELINES = ROOT / "evals" / "baselines"
_TITLES = {"report": "评测报告", "questions": "逐题结果"}

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """The page 评测: a door, a shelf of sets, a shelf of runs, and one run at a time."""

    def __init__(self, opening: Opening, settings: Settings, evals: Evals | None = None) -> None:
        self.door = Door(settings)
        self._opening = opening
        self._evals = evals = evals or Evals(settings.plans, BASELINES)
        runs = Shelf(settings.trainers_folder / "runs", KeptRun, MOST_RUNS)
        self._runner = Runner(runs, evals)
        self._sets = Sets(Shelf(settings.trainers_folder / "sets", KeptSet, MOST_SETS), evals, settings)
        self._runs = Runs(runs, self._runner, evals)
        if self.door.trainers:
            self._runner.take_over()
        # What reads files and waits for commands does so here, not where the chat's pages are made. Commands have threads
        # of their own, so that a page comes at once while two trainers' sets are checked.
        self._quick = ThreadPoolExecutor(2, thread_name_prefix="evals-pages")
        self._slow = ThreadPoolExecutor(2, thread_name_prefix="evals-commands")

    def close(self) -> None:
        """Stop a run that is going, and every command, for the server stops."""
        self._evals.close()
        self._runner.close()
        for threads in (self._quick, self._slow):
            threads.shutdown(wait=False, cancel_futures=True)

    def knows(self, scope: Scope) -> bool:
        """Tell whether a request comes from a trainer."""
        return self.door.session(Request(scope)) is not None

    async def _do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._quick, partial(work, *args, **kwargs))

    async def _call(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._slow, partial(work, *args, **kwargs))

    async def home(self, request: Request) -> Response:
        """Return the page itself, or the login."""
        session = self.door.session(request)
        if session is None:
            return self.door.closed()
        return await self.door.shown(self._home)(request)

    async def _home(self, _request: Request, session: Session) -> Response:
        plans = (await self._opening.ready()).corpus.plans
        sets, runs = await self._do(self._sets.shelf.all), await self._do(self._runs.all)
        return HTMLResponse(home_html(self._seat(session), sets, runs, plans))

    async def template(self, request: Request, _session: Session) -> Response:
        """Return a template to fill in."""
        kind = request.path_params["kind"]
        if kind not in FILES:
            raise TrainerFault(GONE)
        return file_response(kind, "题集模板", await self._call(self._sets.template, f".{kind}"))

    async def bring(self, _request: Request, session: Session, form: FormData) -> Response:
        """Take a file that was brought."""
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise TrainerFault(EMPTY)
        kept = await self._call(self._sets.bring, file.filename or "", await file.read(), session.name)
        return _to(f"sets/{kept.key}")

    async def propose(self, _request: Request, session: Session, form: FormData) -> Response:
        """Draft a set from a plan."""
        plans = (await self._opening.ready()).corpus.plans
        plan = next((one for one in plans if one.plan_id == text_of(form, "plan")), None)
        if plan is None:
            raise TrainerFault("请先选一份方案。")
        kept = await self._call(self._sets.propose, plan.plan_id, plan.title, session.name)
        return _to(f"sets/{kept.key}")

    async def set(self, request: Request, session: Session) -> Response:
        """Return the page of a set."""
        kept = await self._do(self._sets.shelf.get, request.path_params["key"])
        faults = await self._do(self._sets.faults, kept)
        return HTMLResponse(set_html(self._seat(session), kept, faults))

    async def set_file(self, request: Request, _session: Session) -> Response:
        """Return a set's own file, the same as a workbook, or the marked copy."""
        kept = await self._do(self._sets.shelf.get, request.path_params["key"])
        what, name = request.path_params["what"], kept.name.removesuffix(kept.suffix)
        if what == "own":
            content = await self._do(self._sets.file(kept).read_bytes)
            return file_response(kept.suffix[1:], name, content)
        make = {"xlsx": self._sets.as_workbook, "faults": self._sets.marked}.get(what)
        if make is None:
            raise TrainerFault(GONE)
        return file_response("xlsx", name + ("-错误" if what == "faults" else ""), await self._call(make, kept))

    async def change_set(self, request: Request, session: Session, _form: FormData) -> Response:
        """Run a set, check it again, or delete it."""
        key, what = request.path_params["key"], request.path_params["what"]
        kept = await self._do(self._sets.shelf.get, key)
        if what == "run":
            run = await self._do(self._runs.begin, self._sets, kept, session.name)
            return _to(f"runs/{run.key}")
        if what == "check":
            await self._call(self._sets.check, kept)
            return _to(f"sets/{key}")
        if what == "delete":
            await self._do(self._sets.shelf.drop, key)
            return _to("")
        raise TrainerFault(GONE)

    async def run(self, request: Request, session: Session) -> Response:
        """Return the page of a run: its progress, or what came of it."""
        key, other = request.path_params["key"], request.query_params.get("with", "")
        standing = await self._do(self._runs.standing, key)
        if standing.is_open:  # looked at again and again; there is nothing yet to compare
            return HTMLResponse(run_html(self._seat(session), standing))
        earlier, baselines = await self._do(self._runs.earlier, key), await self._do(self._runs.baselines)
        if other:  # made before the page is shown: it takes seconds, and what goes wrong is told on a page
            await self._call(self._runs.compared, key, other)
        blessed = request.query_params.get("blessed", "")
        return HTMLResponse(run_html(self._seat(session), standing, earlier, baselines, other=other, blessed=blessed))

    async def report(self, request: Request, _session: Session) -> Response:
        """Return the report of a run, against another where one is named, closed off from the rest of the site."""
        key, other = request.path_params["key"], request.query_params.get("with", "")
        path = await (
            self._call(self._runs.compared, key, other) if other else self._do(self._runs.file, key, "report.html")
        )
        text = (await self._do(path.read_bytes)).decode("utf-8", "replace")
        # A page in a sandbox may have no policy about who opened it, or browsers refuse to show it.
        headers = {"Content-Security-Policy": policy(text), "Cross-Origin-Opener-Policy": "unsafe-none"}
        return HTMLResponse(text, headers=headers)

    async def run_file(self, request: Request, _session: Session) -> Response:
        """Return a file of a run to be saved."""
        key, name = request.path_params["key"], request.path_params["name"]
        path = await self._do(self._runs.file, key, name)
        stem, _, kind = name.partition(".")
        return file_response(kind, f"{_TITLES[stem]}-{key[:15]}", await self._do(path.read_bytes))

    async def change_run(self, request: Request, _session: Session, form: FormData) -> Response:
        """Stop a run, go on with it, make it a baseline, or delete it."""
        key, what = request.path_params["key"], request.path_params["what"]
        if what == "stop":
            await self._do(self._runner.stop, key)
        elif what == "resume":
            await self._do(self._runs.resume, key)
        elif what == "bless":
            name = text_of(form, "name").strip()[:40]
            options = {"replaces": bool(text_of(form, "replace")), "anyway": bool(text_of(form, "force"))}
            await self._call(self._runs.bless, key, name, **options)
            return _to(f"runs/{key}", blessed=name)
        elif what == "delete":
            await self._do(self._runs.delete, key)
            return _to("")
        else:
            raise TrainerFault(GONE)
        return _to(f"runs/{key}")

    async def answers(self, request: Request, session: Session) -> Response:
        """Return the answers that readers rated."""
        try:
            rated = await self._do(self._sets.rated)
        except RecordsFault as fault:
            raise TrainerFault(str(fault)) from fault
        every = request.query_params.get("all", "") == "1"
        taken = await self._do(self._sets.taken)
        rows = [row for row in rated if every or not row[1].useful]
        return HTMLResponse(answers_html(self._seat(session), rows, taken, every=every))

    async def take_answer(self, _request: Request, session: Session, form: FormData) -> Response:
        """Put a rated answer into a set, as a draft."""
        turn = text_of(form, "turn")
        await self._call(self._sets.take, turn, session.name)
        return _to("answers", "1" if text_of(form, "all") else "", turn)

    def _seat(self, session: Session) -> Seat:
        return Seat(session.name, self.door.sessions.token(session))


def desk_router(desk: Desk) -> APIRouter:
    """Return the routes of the page 评测 (:mod:`assistant.web.routes` says why each is open)."""
    router, shown, done = APIRouter(), desk.door.shown, desk.door.done
    for path, get in {
        "": desk.home,
        "/template/{kind}": shown(desk.template),
        "/sets/{key}": shown(desk.set),
        "/sets/{key}/file/{what}": shown(desk.set_file),
        "/runs/{key}": shown(desk.run),
        "/runs/{key}/report": shown(desk.report),
        "/runs/{key}/file/{name}": shown(desk.run_file),
        "/answers": shown(desk.answers),
    }.items():
        router.add_route(HERE + path, get, ["GET"])
    for path, post in {
        "/login": desk.door.log_in,
        "/logout": done(desk.door.log_out),
        "/sets": done(desk.bring),
        "/draft": done(desk.propose),
        "/sets/{key}/{what}": done(desk.change_set),
        "/runs/{key}/{what}": done(desk.change_run),
        "/answers": done(desk.take_answer),
    }.items():
        router.add_route(HERE + path, post, ["POST"])
    return router


def _to(path: str, every: str = "", turn: str = "", blessed: str = "") -> Response:
    where = address(f"{HERE}/{path}".rstrip("/"), "", f"turn-{turn}" if turn else "", all=every, blessed=blessed)
    return RedirectResponse(where, 303)
