"""The commands ``generate`` (ask and keep), ``score`` (judge what was kept) and ``run`` (both at once)."""

from __future__ import annotations

import argparse
import hashlib
import platform
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tqdm import tqdm  # type: ignore[import-untyped]  # tqdm ships no types

from assistant.model.prompts import model_facts
from assistant.settings import load_settings
from corpus.plans import Corpus, load_corpus
from evals.errors import FaultyGates, FaultyRun
from evals.folder import (
    JUNIT,
    PROBLEMS,
    REPORT,
    RUN,
    SUMMARY,
    TABLE,
    Configuration,
    clear,
    read_answers,
    read_configuration,
    read_questions,
    read_retrieved,
    read_run,
    write_configuration,
    write_json,
    write_scores,
)
from evals.gates import Gates, chosen_gates
from evals.generate import ROOT, Generate, ask_command, ask_in_process, recorded_answers
from evals.gold import gold_hints
from evals.judge import Answered, judge_all
from evals.junit import write_junit
from evals.mix import mix
from evals.outcome import Outcome
from evals.publish import publish
from evals.question import Question
from evals.recording import Recording, answered, check_place
from evals.report import failures, figures
from evals.retrieved import Find, Finder, index_facts
from evals.sets import load_sets
from evals.summary import Summary, summarize
from evals.table import write_table
from evals.tied import tie

BROKEN = "答案无法评判 "


def run(options: argparse.Namespace) -> int:
    """Ask the questions of the sets and judge each answer as it comes; returns the exit code."""
    if options.tied:
        tie()
    if options.resume and (options.hide_questions or not options.out):
        raise FaultyRun("--resume 接着答 --out 目录里没有答完的题；不留题目的运行没有可以接着答的")
    corpus = load_corpus(options.plans)
    gates = _gates(options)
    questions = load_sets(options.sets, {plan.plan_id: plan for plan in corpus.plans})
    _hint(questions, corpus, options)
    if options.must_pass_only:
        questions = gates.picked(questions)
        if not questions:
            raise FaultyGates("没有可问的题：请用 --gates 指定门槛文件，其中的 must_pass 要有题集里的题号")
    if options.mix:
        questions = mix(questions, options.mix, options.seed)
    configuration = configure(questions, corpus, options)
    if options.out and not options.hide_questions:
        ask, find = _way_of_asking(options)  # before the folder is cleared: recorded answers may lie in it
        with recording(options, configuration, questions) as kept:
            outcomes = judged(kept.answered(questions, ask, find), len(questions), corpus, options)
        write_judged(options.out, outcomes)
        publish(read_run(options.out), corpus, gates)
    else:
        if options.out:
            check_place(options.out, replaced=options.restart)
        ask, find = _way_of_asking(options)
        outcomes = judged(answered(questions, ask, find), len(questions), corpus, options)
        if options.out:
            _write_hidden(options.out, configuration, summarize(outcomes))
            publish(read_run(options.out), corpus, gates)
    return _tell(outcomes, gates, options)


def generate(options: argparse.Namespace) -> int:
    """Ask the questions of the sets and keep the answers; nothing is judged."""
    corpus = load_corpus(options.plans)
    questions = load_sets(options.sets, {plan.plan_id: plan for plan in corpus.plans})
    with recording(options, configure(questions, corpus, options), questions) as kept:
        ask, find = _way_of_asking(options)
        with _bar(len(questions), options) as bar:
            for _ in kept.answered(questions, ask, find):
                bar.update()
    print(f"{len(questions)} 题的答案已写入 {options.out}，评判请运行 python -m evals score {options.out}")
    return 0


def score(options: argparse.Namespace) -> int:
    """Judge the answers that a run's folder holds, anew if they were judged before."""
    folder: Path = options.run
    gates = _gates(options)  # a faulty file of gates is told before the work, not after it
    corpus = load_corpus(options.plans)
    configuration = read_configuration(folder)
    if configuration.hidden:
        raise FaultyRun(f"{folder} 是不留题目的运行，没有可以重新评判的答案")
    answers, found = read_answers(folder), read_retrieved(folder)
    questions = read_questions(folder)
    kept = [Answered(one, answers[one.id], found.get(one.id, ())) for one in questions if one.id in answers]
    if not kept:
        raise FaultyRun(f"{folder} 里还没有答案可以评判：先答题，或在原来的命令后面加 --resume 接着答")
    outcomes = judged(kept, len(kept), corpus, options)
    write_judged(folder, outcomes)
    publish(read_run(folder), corpus, gates)
    if configuration.corpus != corpus.digest:
        print("注意：答题以后方案有改动，现在按改动后的方案评判。", file=sys.stderr)
    if len(kept) < len(questions):
        print(f"注意：还有 {len(questions) - len(kept)} 题没有答。", file=sys.stderr)
    options.out, options.hide_questions = folder, False
    return _tell(outcomes, gates, options)


def configure(questions: Sequence[Question], corpus: Corpus, options: argparse.Namespace) -> Configuration:
    """Return with what a run that begins now is made."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    recorded = getattr(options, "answers", None)
    mixed = {"mix": options.mix, "seed": options.seed} if getattr(options, "mix", None) else {}
    before = _before(recorded) if recorded else None
    return Configuration(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=0.0,
        product=project["version"],
        sets=tuple(dict.fromkeys(one.category for one in questions)),
        questions=len(questions),
        set_version=version_of(questions),
        corpus=corpus.digest,
        plans={plan.plan_id: plan.title for plan in corpus.plans},
        index=before.index if before else {} if recorded else index_facts(),
        way="recorded" if recorded else "process" if options.in_process else "command",
        options=mixed,
        model=before.model if before else {} if recorded else model_facts(load_settings()),
        python=platform.python_version(),
        hidden=options.hide_questions,
    )


def _before(answers: Path) -> Configuration | None:
    """Return the configuration with which recorded answers were made, where they lie in a run's folder."""
    return read_configuration(answers.parent) if (answers.parent / RUN).is_file() else None


def version_of(questions: Sequence[Question]) -> str:
    """Return the SHA-256 of the questions with their expectations: which version of the sets was run."""
    return hashlib.sha256("\n".join(one.model_dump_json() for one in questions).encode()).hexdigest()


def write_judged(folder: Path, outcomes: Sequence[Outcome]) -> None:
    """Write all that the judging of a run came to."""
    write_scores(folder, outcomes)
    write_json(folder / SUMMARY, summarize(outcomes).as_json())
    write_table(folder / TABLE, outcomes)
    write_junit(folder / JUNIT, outcomes)
    _write_problems(folder / PROBLEMS, outcomes)


def _write_problems(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Add the answers that could not be read to what the assistant wrote; those of an earlier judging are replaced."""
    said = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    broken = [f"{BROKEN}{one.question.id}：{one.reasons[0]}" for one in outcomes if one.reply is None]
    lines = [line for line in said if not line.startswith(BROKEN)] + broken
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _write_hidden(folder: Path, configuration: Configuration, summary: Summary) -> None:
    clear(folder)
    write_configuration(folder, configuration)
    write_json(folder / SUMMARY, summary.as_json())


def recording(options: argparse.Namespace, configuration: Configuration, questions: Sequence[Question]) -> Recording:
    """Return the recording of a run in the folder asked for, begun anew or gone on with; raises :class:`FaultyRun`."""
    folder: Path = options.out
    check_place(folder, kept=options.resume, replaced=options.restart)
    begin = Recording.resume if options.resume and (folder / RUN).exists() else Recording
    return begin(folder, configuration, questions)


def _way_of_asking(options: argparse.Namespace) -> tuple[Generate, Find]:
    if getattr(options, "answers", None):
        found = read_retrieved(options.answers.parent)
        return recorded_answers(options.answers), lambda question: found.get(question.id, ())
    log = options.out / PROBLEMS if options.out and not options.hide_questions else None
    return (ask_in_process if options.in_process else partial(ask_command, log=log)), Finder()


@contextmanager
def _bar(total: int, options: argparse.Namespace) -> Iterator[tqdm]:
    with tqdm(total=total, desc="答题", unit="题", disable=True if options.quiet else None, leave=False) as bar:
        yield bar


def judged(kept: Iterable[Answered], total: int, corpus: Corpus, options: argparse.Namespace) -> tuple[Outcome, ...]:
    """Judge with a progress bar that tells how many are right so far."""
    right = 0
    with _bar(total, options) as bar:

        def advance(outcome: Outcome) -> None:
            nonlocal right
            right += outcome.right
            bar.set_postfix_str(f"答对 {right} / {bar.n + 1}", refresh=False)
            bar.update()

        return judge_all(kept, {plan.plan_id: plan for plan in corpus.plans}, advance)


def _tell(outcomes: Sequence[Outcome], gates: Gates, options: argparse.Namespace) -> int:
    """Print failures and figures; returns the exit code."""
    summary = summarize(outcomes)
    if not (options.quiet or options.hide_questions) and not all(outcome.right for outcome in outcomes):
        print(failures(outcomes), end="\n\n")
    print(figures(summary))
    if drafts := sum(outcome.question.draft for outcome in outcomes):
        print(f"其中 {drafts} 题待审：是程序拟的，还没有人核对，对错只能参考")
    if options.out:
        print(f"\n结果已写入 {options.out}，打开 {options.out / REPORT} 看报告")
    return _gate(gates.failures(summary, outcomes))


def _gate(failed: Sequence[str]) -> int:
    """Say what is not reached on stderr; returns the exit code."""
    if failed:
        print("\n" + "\n".join(f"未达标：{one}。" for one in failed), file=sys.stderr)
    return 1 if failed else 0


def _hint(questions: Sequence[Question], corpus: Corpus, options: argparse.Namespace) -> None:
    """Say on stderr what in the sets may be a slip, before anything is asked."""
    if corpus.plans and not (options.quiet or options.hide_questions):
        for hint in gold_hints(questions, {plan.plan_id: plan for plan in corpus.plans}):
            print(f"提示：{hint}", file=sys.stderr)


def _gates(options: argparse.Namespace) -> Gates:
    return chosen_gates(options.gates, options.floor)
