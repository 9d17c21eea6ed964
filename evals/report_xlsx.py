"""The report as a workbook: the same figures and questions as the page, to be sorted, filtered and passed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.web.markdown import to_text
from corpus.grid import Page, Styled, Value
from evals.cards import CHANGES, Card
from evals.dossier import Dossier
from evals.expectation import Line
from evals.measures import MEASURES
from evals.outcome import Outcome, Tally
from evals.summary import Figures, Share
from evals.workbook import write_workbook

PERCENT, MILLISECONDS, MEAN = "0.0%", "0.0", "0.000"
GOOD, BAD, SOFT = "1F6B45", "9C2B20", "E9EFF7"
FEW, MANY = 4, 20  # lines of a row: where all questions are to be looked through, and where each is to be read
Cell = Styled | Value
EVERY = "逐题"
# What is told of each question, with the width of its column in characters.
COLUMNS = {
    "题号": 20,
    "题类": 18,
    "结果": 7,
    "提问人": 10,
    "前面几轮的提问": 30,
    "问题": 40,
    "原因": 20,
    "说明": 44,
    "应当": 44,
    "实际答复": 11,
    "答案": 70,
    "依据": 60,
    "责任单位": 44,
    "目标": 40,
    "耗时（毫秒）": 11,
    "出题说明": 30,
}


def write_report(path: Path, dossier: Dossier) -> None:
    """Write the workbook. Numbers are numbers, everything else is text, whatever it begins with."""
    pages = [_overview(dossier), _categories(dossier)]
    if dossier.cards:
        names = [name for name in MEASURES if name in dossier.summary.total.measures]
        rows = {one.outcome.question.id: at for at, one in enumerate(dossier.cards, 2)}
        failed = [_question(one, names, link=f"#{EVERY}!A{rows[one.outcome.question.id]}") for one in dossier.failed]
        pages += [
            _questions(EVERY, [_question(one, names) for one in dossier.cards], names, FEW),
            _questions("未通过", failed, names, MANY),
        ]
        if dossier.comparison:
            pages.append(_changes(dossier))
    write_workbook(path, pages)


def _overview(dossier: Dossier) -> Page:
    total, refusals = dossier.summary.total, dossier.summary.refusals
    rows: list[Sequence[Cell]] = [_head("项目", "结果", "个数", "总数", "95% 区间下限", "95% 区间上限", "说明")]
    if dossier.comparison:
        rows += [[Styled(dossier.comparison.sentence, bold=True)]]
    rows += [[Styled(dossier.headline, bold=True)]]
    rows += [[Styled(alarm, color=BAD)] for alarm in dossier.alarms]
    rows += _comparison(dossier)
    rows += [
        ["答对", *_share(total.right), "全部题目里，答案完全正确的"],
        ["含无出处内容的答案", *_share(total.unproved), "应为 0"],
        [refusals.wrongly_refused.name, *_share(refusals.wrongly_refused), "反问算没有回答"],
        [refusals.wrongly_answered.name, *_share(refusals.wrongly_answered), "方案没有写的、与方案无关的题应当拒答"],
        ["答题耗时：中位数（毫秒）", _milliseconds(total.p50_ms)],
        ["答题耗时：95% 的题不超过（毫秒）", _milliseconds(total.p95_ms)],
        [],
        [Styled("失败原因", bold=True)],
        *(list[Cell]([one.label, one.count, None, None, None, None, one.meaning]) for one in dossier.causes),
        [],
        [Styled("分项指标", bold=True)],
    ]
    for one in dossier.measures:
        name = "：".join(filter(None, (one.group, one.label)))
        figures = _share(one.share) if one.share else [_mean(one.tally), "", "", "", ""]
        rows.append([name, *figures, one.meaning])
    rows += [[], [Styled("运行信息", bold=True)], *(list[Cell](fact) for fact in dossier.facts)]
    return Page("总览", rows, widths=(60, 26, 9, 9, 14, 14, 80), tallest=MANY)


def _comparison(dossier: Dossier) -> Iterator[Sequence[Cell]]:
    comparison = dossier.comparison
    if comparison is None:
        return
    yield from ([Styled(remark, color=BAD)] for remark in comparison.remarks)
    if dossier.cards and comparison.left_out:
        yield [comparison.left_out]
    yield ["基线", dossier.baseline]
    yield ["由错变对", len(comparison.fixed)]
    yield ["由对变错", len(comparison.regressed)]
    meaning = "如果其实没有差别，碰巧差这么多的可能；小于 5% 才说变好或变差"
    yield ["精确 McNemar 检验（双侧）", Styled(comparison.chance, shape=PERCENT), None, None, None, None, meaning]
    yield []


def _changes(dossier: Dossier) -> Page:
    """Tell what changed against the baseline, both answers side by side, what got worse first."""
    head = (
        "题号",
        "题类",
        "变化",
        "问题",
        "应当",
        "原来",
        "现在",
        "原来的答案",
        "现在的答案",
        "原来的原因",
        "现在的原因",
    )
    rows = [[*_change(one)] for one in dossier.changed]
    return Page(
        "对比", [_head(*head), *rows], widths=(20, 18, 14, 40, 44, 7, 7, 60, 60, 30, 30), filtered=True, tallest=MANY
    )


def _change(one: Card) -> Iterator[Cell]:
    both = (one.pair.old if one.pair else None, one.outcome)
    yield from (one.outcome.question.id, one.outcome.question.category, CHANGES[one.change])
    yield one.outcome.question.question
    yield _told(one.expected)
    yield from (_result(outcome) if outcome else None for outcome in both)
    yield from (_answer(outcome) if outcome else None for outcome in both)
    yield from ("\n".join(map(str, outcome.reasons)) or None if outcome else None for outcome in both)


def _categories(dossier: Dossier) -> Page:
    names = [name for name in MEASURES if name in dossier.summary.total.measures]
    head = [
        "题类",
        "答对占比",
        "答对",
        "题数",
        "95% 区间下限",
        "95% 区间上限",
        "含无出处内容",
        "中位数（毫秒）",
        "p95（毫秒）",
    ]
    rows = [_head(*head, *(MEASURES[name].label for name in names))]
    rows += [_figures(one, names) for one in (*dossier.summary.categories, dossier.summary.total)]
    return Page("分类", rows, widths=(26, *[13] * (len(rows[0]) - 1)), filtered=True, tallest=MANY)


def _figures(one: Figures, names: Sequence[str]) -> list[Cell]:
    times = [_milliseconds(one.p50_ms), _milliseconds(one.p95_ms)]
    return [
        one.name,
        *_share(one.right),
        one.unproved.part,
        *times,
        *(_tally(name, one.measures.get(name)) for name in names),
    ]


def _questions(name: str, rows: Sequence[Sequence[Cell]], names: Sequence[str], tallest: int) -> Page:
    head = _head(*COLUMNS, *(MEASURES[one].label for one in names))
    return Page(name, [head, *rows], widths=(*COLUMNS.values(), *[13] * len(names)), filtered=True, tallest=tallest)


def _question(card: Card, names: Sequence[str], link: str = "") -> list[Cell]:
    outcome, question = card.outcome, card.outcome.question
    cells: list[Cell] = [
        Styled(question.id, link=link),
        question.category,
        _result(outcome),
        card.asker,
        "\n".join(question.history),
        question.question,
        card.why,
        "\n".join(f"{fault.label}：{'；'.join(fault.details)}" for fault in card.faults),
        _told(card.expected),
        card.status,
        _answer(outcome),
        "\n".join(_sources(card)),
        "\n".join(f"{one.role}（{one.clause}）：{'、'.join(one.names)}" for one in card.duties),
        "\n".join(f"{one.name}：{one.value}（{one.years}；{one.clause}）" for one in card.targets),
        _milliseconds(outcome.milliseconds),
        question.note,
        *(_tally(name, outcome.measures.get(name)) for name in names),
    ]
    return [None if cell == "" else cell for cell in cells]  # what is empty can be sifted out as empty


def _result(outcome: Outcome) -> Styled:
    return Styled("对" if outcome.right else "错", bold=True, color=GOOD if outcome.right else BAD)


def _answer(outcome: Outcome) -> str:
    return to_text(outcome.reply.answer) if outcome.reply else str(dict(outcome.answer))


def _told(lines: Sequence[Line]) -> str:
    return "\n".join(f"{label}：{text}" for label, text in lines)


def _sources(card: Card) -> Iterator[str]:
    for one in card.excerpts:
        yield from (f"[{marker}] {one.label}：“{quote}”" for marker, quote in one.quotes)


def _head(*names: str) -> list[Cell]:
    return [Styled(name, bold=True, fill=SOFT) for name in names]


def _share(share: Share) -> list[Cell]:
    low, high = (Styled(bound, shape=PERCENT) for bound in share.interval)
    return [Styled(share.value, shape=PERCENT), share.part, share.whole, low, high]


def _mean(tally: Tally) -> Styled:
    return Styled(tally.value, shape=MEAN)


def _tally(name: str, tally: Tally | None) -> Cell:
    if tally is None:
        return None
    return Styled(tally.value, shape=PERCENT) if MEASURES[name].is_share else _mean(tally)


def _milliseconds(value: float | None) -> Cell:
    return None if value is None else Styled(value, shape=MILLISECONDS)
