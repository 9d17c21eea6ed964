"""The command ``report``, and the reports that a run leaves in its folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus.plans import Corpus, load_corpus
from evals.baselines import find_run
from evals.compare import compare
from evals.dossier import Dossier, against, dossier
from evals.errors import Unwritable
from evals.folder import REPORT, WORKBOOK, Run
from evals.gates import Gates, chosen_gates


def report(options: argparse.Namespace) -> int:
    """Write the report of a judged run, as a page, as a workbook, or both; returns the exit code."""
    run = find_run(options.run, options.baselines)
    html, xlsx = options.html, options.xlsx
    if not (html or xlsx):
        html, xlsx = run.folder / REPORT, run.folder / WORKBOOK
    told = told_of(run, load_corpus(options.plans), chosen_gates(options.gates), hidden=options.hide_questions)
    if options.baseline:
        older = find_run(options.baseline, options.baselines)
        told = against(told, compare(older, run), older.folder.name)
    write(told, html=html, xlsx=xlsx)
    print(f"报告已写入 {'、'.join(str(path) for path in (html, xlsx) if path)}")
    return 0


def publish(run: Run, corpus: Corpus, gates: Gates) -> None:
    """Write the reports of a run into its folder."""
    write(told_of(run, corpus, gates), html=run.folder / REPORT, xlsx=run.folder / WORKBOOK)


def told_of(run: Run, corpus: Corpus, gates: Gates, *, hidden: bool = False) -> Dossier:
    """Return what is told of a run; ``hidden``: figures only, no question."""
    hidden = hidden or run.configuration.hidden
    # The questions that must be right are not named, and of a run that kept none nobody knows what became of them.
    counted = gates.model_copy(update={"must_pass": ()}) if hidden else gates
    unmet = counted.failures(run.summary, run.outcomes)
    plans = {plan.plan_id: plan for plan in corpus.plans}
    return dossier(run, plans, corpus.digest, unmet=unmet, hidden=hidden)


def write(told: Dossier, *, html: Path | None, xlsx: Path | None) -> None:
    """Write a report to the files that are named; raises :class:`Unwritable`."""
    # Imported here: who only asks or scores does without the libraries that make reports.
    from evals.report_html import report_html  # noqa: PLC0415
    from evals.report_xlsx import write_report  # noqa: PLC0415

    try:
        if html:
            html.write_text(report_html(told), encoding="utf-8", newline="\n")
        if xlsx:
            write_report(xlsx, told)
    except OSError as fault:
        place = fault.filename or html or xlsx
        raise Unwritable(f"报告无法写到 {place}：请看目录在不在、能不能写，文件是不是正开着") from fault
