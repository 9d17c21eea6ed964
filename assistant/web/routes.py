"""Every address the server answers, and why. What is not listed here is closed, whatever Gradio may have behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

API = "/gradio_api"
# What is given out as a key of a set or a run.
KEY = r"[0-9a-f-]{24}"


@dataclass(frozen=True, slots=True)
class Route:
    """One open address: ``path`` is a regular expression for the whole path."""

    methods: str
    path: str
    why: str


OPEN = (
    Route("GET HEAD", r"/", "the chat"),
    Route("GET", r"/(plan|targets|bodies)", "the choice of a plan to read"),
    Route("GET", r"/plan/[^/]+", "the text of a plan, where the citations lead"),
    Route("GET", r"/clause/[^/]+/[^/]+", "one clause, which the chat shows beside the answer that cites it"),
    Route("GET", r"/targets/[^/]+", "the table of a plan's targets"),
    Route("GET", r"/bodies/[^/]+", "who is responsible for what in a plan"),
    Route("GET", r"/(targets|bodies)/[^/]+/(csv|xlsx)", "the same two tables as files"),
    Route("GET", r"/about", "what the assistant can and cannot do, and whom to write to"),
    Route(
        "GET",
        r"/ui/(page\.css|page\.js|clause\.css|clause\.js|pages\.css|pages\.js|clipboard\.js|icon\.svg)",
        "our own styles, scripts and icon",
    ),
    Route("GET HEAD", r"/health", "for whoever watches the server: 200 once questions are answered, 503 before"),
    Route("GET", r"/favicon\.ico", "browsers ask for it"),
    Route("GET", r"/robots\.txt", "crawlers ask for it"),
    Route("GET", r"/assets/[\w.-]+", "Gradio's scripts and styles"),
    Route("GET", r"/static/(js|img|fonts)/[\w./-]+", "Gradio's scripts, icons and fonts"),
    Route("GET", rf"({API})?/theme\.css", "the colours of Gradio's components"),
    Route("GET", r"/config", "Gradio's client reads the page's parts from it, also after a lost connection"),
    Route("GET", rf"{API}/info", "Gradio's client reads the signature of /ask from it"),
    Route("GET", rf"{API}/startup-events", "the page announces itself"),
    Route("GET", rf"{API}/app_id", "a page that lost the server finds out that it is back"),
    Route("GET", rf"{API}/heartbeat/\w+", "an open page keeps its dialogue; a closed one frees it"),
    Route("POST", rf"{API}/queue/join", "a question is put into the bounded queue"),
    Route("GET", rf"{API}/queue/data", "its answer comes back"),
    Route("POST", rf"{API}/cancel", "the stop button"),
    Route(
        "POST",
        rf"{API}/run/predict",
        "greeting, stop and clear, which wait in no queue; what is queued is refused there",
    ),
    Route("POST", rf"{API}/reset", "the page ends a stopped event"),
    Route("POST", r"/feedback", "a reader says whether an answer was useful"),
    Route("POST", rf"{API}/call/ask", "a program asks; the same queue"),
    Route("GET", rf"{API}/call/ask/\w+", "a program fetches its answer"),
    # From here on for trainers alone: all but the first two ask who is logged in, and every form carries a token.
    Route("GET", r"/evals", "the login of the trainers, and their page"),
    Route("POST", r"/evals/login", "a trainer logs in; few tries"),
    Route("POST", r"/evals/logout", "a trainer logs out"),
    Route("GET", r"/evals/template/(xlsx|csv)", "an empty question set to fill in"),
    Route("POST", r"/evals/sets", "a question set is uploaded: the one place that takes a file"),
    Route("POST", r"/evals/draft", "a question set is drafted from a plan"),
    Route("GET", rf"/evals/sets/{KEY}", "what is wrong with a set, or how to run it"),
    Route("GET", rf"/evals/sets/{KEY}/file/(own|xlsx|faults)", "a set as a file, and the copy with its faults marked"),
    Route("POST", rf"/evals/sets/{KEY}/(run|check|delete)", "a set is run, checked again, deleted"),
    Route("GET", rf"/evals/runs/{KEY}", "how far a run is, and what came of it"),
    Route("GET", rf"/evals/runs/{KEY}/report", "its report, closed off from the rest of the site"),
    Route("GET", rf"/evals/runs/{KEY}/file/(report\.html|report\.xlsx|questions\.csv)", "the same to be saved"),
    Route("POST", rf"/evals/runs/{KEY}/(stop|resume|bless|delete)", "a run is stopped, gone on with, kept, deleted"),
    Route("GET", r"/evals/answers", "the answers that readers rated"),
    Route("POST", r"/evals/answers", "one of them becomes a question of a set"),
)
# Where a body may be larger than a question, from who is logged in.
_ROOMY = ("POST", "/evals/sets")

# What costs something to answer, and is therefore counted against its client's limit: questions, ratings, exports, pages
# and tables of a plan. What a page is made of, and what keeps it open, is not.
_COUNTED = (
    ("POST", re.compile(rf"/feedback|{API}/(queue/join|run/predict|call/.*)")),
    ("GET", re.compile(r"/(plan|clause|targets|bodies|evals)/.*")),
    ("POST", re.compile(r"/evals/.*")),
)
_PATTERNS = tuple((frozenset(route.methods.split()), re.compile(route.path)) for route in OPEN)


def is_open(method: str, path: str) -> bool:
    """Tell whether a request is answered at all.

    >>> is_open("GET", "/"), is_open("POST", "/gradio_api/upload"), is_open("GET", "/gradio_api/file=http://x/")
    (True, False, False)
    """
    return any(method in methods and pattern.fullmatch(path) for methods, pattern in _PATTERNS)


def is_counted(method: str, path: str) -> bool:
    """Tell whether a request counts against its client's limit.

    >>> is_counted("POST", "/gradio_api/queue/join"), is_counted("GET", "/assets/index.js")
    (True, False)
    """
    return any(method == one and pattern.fullmatch(path) for one, pattern in _COUNTED)


def is_roomy(method: str, path: str) -> bool:
    """Tell whether a request may bring a file.

    >>> is_roomy("POST", "/evals/sets"), is_roomy("POST", "/gradio_api/upload")
    (True, False)
    """
    return (method, path) == _ROOMY
