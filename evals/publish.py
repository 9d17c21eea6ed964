"""The command ``report``, and the reports that a run leaves in its folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus.plans import Corpus, load_corpus
from evals.dossier import dossier
from evals.errors import Unwritable
from evals.folder import REPORT, WORKBOOK, Run, read_run


def report(options: argparse.Namespace) -> int:
    """Write the report of a judged run, as a page, as a workbook, or both; returns the exit code."""
    html, xlsx = options.html, options.xlsx
    if not (html or xlsx):
        html, xlsx = options.run / REPORT, options.run / WORKBOOK
    publish(read_run(options.run), load_corpus(options.plans), html=html, xlsx=xlsx, hidden=options.hide_questions)
    print(f"报告已写入 {'、'.join(str(path) for path in (html, xlsx) if path)}")
    return 0


def publish(run: Run, corpus: Corpus, *, html: Path | None, xlsx: Path | None, hidden: bool = False) -> None:
    """Write the report of ``run`` to the files that are named; ``hidden``: figures only, no question."""
    # Imported here: who only asks or scores does without the libraries that make reports.
    from evals.report_html import report_html  # noqa: PLC0415
    from evals.report_xlsx import write_report  # noqa: PLC0415

    told = dossier(run, {plan.plan_id: plan for plan in corpus.plans}, corpus.digest, hidden=hidden)
    try:
        if html:
            html.write_text(report_html(told), encoding="utf-8", newline="\n")
        if xlsx:
            write_report(xlsx, told)
    except OSError as fault:
        place = fault.filename or html or xlsx
        raise Unwritable(f"报告无法写到 {place}：请看目录在不在、能不能写，文件是不是正开着") from fault
