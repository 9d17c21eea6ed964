"""The command ``ways``: the same questions answered in the plan's own words, with a model, and by a plain chain."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from assistant.model.client import Client
from assistant.model.endpoint import Endpoint, Model, Piece, endpoint_of
from assistant.model.faults import ModelFault
from assistant.model.prompts import model_facts
from assistant.settings import Settings, load_settings
from corpus.plans import Corpus, load_corpus
from evals.errors import FaultyRun, GenerationFailed
from evals.folder import SUMMARY, read_run
from evals.gates import Gates
from evals.generate import Generate, ask_with
from evals.plain_chain import PlainChain, Prompt, Wrote, prompt_hash
from evals.publish import publish
from evals.question import Question
from evals.retrieved import Find, Finder
from evals.run import configure, judged, recording, write_judged
from evals.sample import sample
from evals.sets import load_sets
from evals.ways_table import WAYS, told
from index.encode import open_encoder

PATIENCE = 120.0  # seconds for a reply to the plain chain, which has nothing to fall back on
_NOTHING = frozenset(("empty", "too_long", "cut"))  # faults of the writing; others are of the server, and may pass


@dataclass(frozen=True, slots=True)
class Way:
    """One way of answering. ``model``: the language model's name and the hashes of what it is told; empty without one."""

    name: str
    ask: Generate
    model: Mapping[str, str] = field(default_factory=dict)


def ways(options: argparse.Namespace) -> int:
    """Answer a sample in every way asked for, judge all alike and print the comparison; returns 1 for an unproved fact."""
    corpus = load_corpus(options.plans)
    questions = load_sets(options.sets, {plan.plan_id: plan for plan in corpus.plans})
    chosen = sample(questions, options.sample, options.seed)
    settings = load_settings()
    names = options.only or [name for name in WAYS if name == "extractive" or endpoint_of(settings)]
    folder, find = options.out, Finder(settings)
    for name in names:
        print(f"{WAYS[name]}：{len(chosen)} 题", file=sys.stderr)
        options.out = folder / name  # after an interruption, this is where the answers are
        _run(_way(name, settings, corpus), chosen, corpus, options, find)
    runs = {name: read_run(folder / name) for name in WAYS if (folder / name / SUMMARY).is_file()}
    print(told(runs))
    return 1 if any(runs[name].summary.total.unproved.part for name in runs if name != "plain") else 0


def _run(way: Way, questions: Sequence[Question], corpus: Corpus, options: argparse.Namespace, find: Find) -> None:
    marked = {"way": way.name, "sample": options.sample, "seed": options.seed}
    configuration = replace(configure(questions, corpus, options), options=marked, model=way.model)
    with recording(options, configuration, questions) as kept:
        outcomes = judged(kept.answered(questions, way.ask, find), len(questions), corpus, options)
    write_judged(options.out, outcomes)
    publish(read_run(options.out), corpus, Gates())


def _way(name: str, settings: Settings, corpus: Corpus) -> Way:
    if name == "extractive":
        return Way(name, partial(ask_with, replace(settings, llm_base_url="", llm_model="")))
    endpoint = endpoint_of(settings)
    if endpoint is None:
        raise FaultyRun("没有接语言模型：请先设置 LLM_BASE_URL 和 LLM_MODEL，或加 --only extractive")
    if name == "model":
        return Way(name, partial(_with_model, settings, endpoint), model_facts(settings))
    told = {"name": endpoint.model, "plain_chain": prompt_hash()}
    return Way(name, partial(_plainly, settings, endpoint, corpus), told)


def _with_model(settings: Settings, endpoint: Endpoint, questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
    """Ask the assistant with its model, after a look whether that is there: else every answer would be a fallback."""
    _write(Client(endpoint), Prompt("用一个字回答。", "在吗？"))
    yield from ask_with(settings, questions)


def _plainly(
    settings: Settings, endpoint: Endpoint, corpus: Corpus, questions: Sequence[Question]
) -> Iterator[dict[str, Any]]:
    encoder = open_encoder(settings.model, for_questions=True)
    yield from PlainChain(corpus.plans, encoder, partial(_write, Client(endpoint))).answers(questions)


def _write(model: Model, prompt: Prompt) -> Wrote:
    """Ask the model through the assistant's own door; raises :class:`GenerationFailed` for a fault of its server."""
    pieces: list[Piece] = []
    try:
        pieces.extend(model.write(*prompt, until=time.monotonic() + PATIENCE))
    except ModelFault as fault:
        if fault.reason not in _NOTHING:
            raise GenerationFailed(
                f"模型服务没有答（{fault.reason}）：请看 LLM_BASE_URL、LLM_MODEL 和密钥对不对"
            ) from None
    text = "".join(piece.text for piece in pieces)
    return Wrote(text, sum(piece.read for piece in pieces), sum(piece.written for piece in pieces))
