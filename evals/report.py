"""A run in words and columns, for a terminal: figures by category, then what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.grid import text_width
from evals.expectation import expectation
from evals.measures import MEASURES
from evals.outcome import Outcome
from evals.question import Expect
from evals.reasons import Kind
from evals.score import STATUS_NAMES
from evals.summary import Figures, Share, Summary

LONG_QUESTION = 200  # characters of a question that are shown
LONG_ANSWER = 600  # characters of a wrong answer that are shown


def figures(summary: Summary) -> str:
    """Return the table by category and the figures under it."""
    rows = [_cells(one.right) for one in (*summary.categories, summary.total)]
    return "\n".join([table(["题类", "答对", "占比", "95% 区间"], rows), "", *_under_the_table(summary)])


def failures(outcomes: Sequence[Outcome]) -> str:
    """Return every wrong answer with its reasons, what was expected and what was said."""
    return "\n\n".join("\n".join(_failure(outcome)) for outcome in outcomes if not outcome.right)


def _under_the_table(summary: Summary) -> Iterator[str]:
    total = summary.total
    for name in total.measures:
        yield measured(name, total)
    for share in (summary.refusals.wrongly_answered, summary.refusals.wrongly_refused):
        if share.whole:
            yield f"{share.name}：{_counted(share)}"
    yield f"含无出处内容的答案：{_counted(total.unproved)}"
    yield f"耗时：中位数 {total.p50_ms:.1f} 毫秒，p95 {total.p95_ms:.1f} 毫秒"
    if summary.reasons:
        yield "原因：" + "，".join(f"{Kind(kind).label} {count}" for kind, count in summary.reasons.items())


def measured(name: str, figures: Figures) -> str:
    """Put one measure into a line: its share with what was counted, or its mean.

    >>> from evals.outcome import Tally
    >>> nothing = Share("", 0, 0)
    >>> measured("numbers", Figures(nothing, nothing, {"numbers": Tally(9, 12)}, 0, 0))
    '数：数值和单位都对：9 / 12（75.0%，95% 区间 46.8%–91.1%）'
    """
    measure, tally = MEASURES[name], figures.measures[name]
    if not measure.is_share:
        return f"{measure.label}：{tally.value:.3f}" + (f"（{tally.whole} 题平均）" if measure.kind == "mean" else "")
    return f"{measure.label}：{_counted(Share(measure.label, int(tally.part), tally.whole))}"


def _counted(share: Share) -> str:
    low, high = share.interval
    return f"{share.part} / {share.whole}（{share.value:.1%}，95% 区间 {low:.1%}–{high:.1%}）"


def _cells(share: Share) -> list[str]:
    low, high = share.interval
    return [share.name, f"{share.part}/{share.whole}", f"{share.value:.1%}", f"{low:.1%}–{high:.1%}"]


def _failure(outcome: Outcome) -> Iterator[str]:
    question = outcome.question
    yield f"✗ {question.id}　{beginning(question.question)}"
    if question.history:
        yield f"  上文：{' → '.join(map(beginning, question.history))}"
    for kind in dict.fromkeys(reason.kind for reason in outcome.reasons):
        details = [reason.detail for reason in outcome.reasons if reason.kind is kind]
        yield f"  {kind.label}：{'；'.join(details)}"
    yield f"  应答：{expected(question.expect)}"
    if outcome.reply:
        yield f"  实答（{STATUS_NAMES[outcome.reply.status]}）：" + cut(outcome.reply.answer).replace("\n", "\n    ")


def expected(expect: Expect) -> str:
    """Put what is expected into one line.

    >>> expected(Expect(status="answered", clauses=["3.5"], must=["以上"]))
    '已回答；必须引用：3.5；必须出现的词句：“以上”'
    """
    (_, status), *others = expectation(expect)
    return "；".join([status, *(f"{label}：{text}" for label, text in others)]).replace("\n", "，")


def visible(text: str, kept: str = "") -> str:
    r"""Write control characters out but those in ``kept``, so that a question with some does no harm where it is shown.

    >>> visible("非化石\x07能源"), visible(" "), visible("一\n二\t", kept="\n")
    ('非化石\\x07能源', "' '", '一\n二\\t')
    """
    shown = "".join(sign if sign.isprintable() or sign in kept else repr(sign)[1:-1] for sign in text)
    return shown if shown.strip() else repr(shown)


def beginning(question: str) -> str:
    """Return the beginning of a question for a terminal."""
    return visible(question[:LONG_QUESTION])


def cut(answer: str) -> str:
    """Return the beginning of an answer."""
    return answer[:LONG_ANSWER] + ("……" if len(answer) > LONG_ANSWER else "")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set a table for a terminal, where a Chinese character is two columns wide; the first column to the left.

    >>> print(table(["题类", "答对"], [["who", "1"]]))
    题类  答对
    ----------
    who      1
    """
    lines = [head, *rows]
    widths = [max(text_width(row[at]) for row in lines) for at in range(len(head))]
    set_lines = ["  ".join([_left(row[0], widths[0]), *map(_right, row[1:], widths[1:])]) for row in lines]
    set_lines.insert(1, "-" * (sum(widths) + 2 * len(widths) - 2))
    return "\n".join(set_lines)


def _left(text: str, width: int) -> str:
    return text + " " * (width - text_width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - text_width(text)) + text
