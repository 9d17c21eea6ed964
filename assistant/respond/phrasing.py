"""How roles and targets are put into words: as the plan names them, with 等, 力争 and 左右 kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.draft import Draft, name_list
from corpus.duties import LABEL, LABELS
from corpus.model import Clause, Indicator, Plan, Responsibility, Role

ROLE_NAMES: dict[Role, str] = {"lead": "牵头", "sole": "负责", "shared": "按职责分工负责", "local": "负责落实"}
NO_LEAD = "方案未明确牵头单位"
NO_BODY = "方案没有写明这一条的责任单位"

# How a bracket words the part of those who do not lead; the first that stands in it is used.
_SHARED_WORDS = (
    "按职责分工负责",
    "按照职责分工负责",
    "按各自职责负责",
    "按照分工负责",
    "按分工负责",
    "配合",
    "参与",
    "协同",
    "负责",
)


def clause_name(clause: Clause) -> str:
    """Return a clause's label in bold, as answers name it."""
    return f"**{clause.label}**"


def duties(plan: Plan, bodies: Sequence[Responsibility]) -> str:
    """Put the bodies of one clause into one sentence without its full stop.

    The verb of the shared part is the plan's own (按职责分工负责 or 配合); 等 stands where the list is open.
    """
    by_role: dict[Role, list[Responsibility]] = {"lead": [], "sole": [], "shared": [], "local": []}
    for body in bodies:
        by_role[body.role].append(body)
    parts: list[str] = []
    if by_role["lead"]:
        parts.append(f"{_names(by_role['lead'])}牵头")
    if by_role["sole"]:
        parts.append(f"{_names(by_role['sole'])}负责")
    if by_role["shared"]:
        parts.append(f"{_names(by_role['shared'])}{shared_words(plan, by_role['shared'][0])}")
    sentence = "，".join(parts)
    if by_role["local"]:
        sentence += ("；" if sentence else "") + f"{_names(by_role['local'])}负责落实"
    return sentence


def _names(bodies: Sequence[Responsibility]) -> str:
    return name_list([body.name for body in bodies]) + ("等" if any(body.open_list for body in bodies) else "")


def shared_words(plan: Plan, body: Responsibility) -> str:
    """Read the verb behind a body from its own bracket: the words up to the bracket's end; else the label before it."""
    end = min((at for stop in ("）", "\n") if (at := plan.text.find(stop, body.end)) >= 0), default=len(plan.text))
    after = plan.text[body.end : end]
    label = LABEL.search(after)
    after = after[: label.start()] if label else after
    said = next((words for words in _SHARED_WORDS if words in after), "")
    return said or _labelled(plan, body) or "按职责分工负责"


def _labelled(plan: Plan, body: Responsibility) -> str:
    """Return the verb that the label before a body stands for: 配合 of 配合单位：, 负责 of 责任单位：; else nothing."""
    start = enclosing_span(plan, body.start, body.end)[0]
    labels = [found["label"] for found in LABEL.finditer(plan.text, start, body.start)]
    if not labels:
        return ""
    if LABELS[labels[-1]] == "shared":
        return next((words for words in _SHARED_WORDS if words in labels[-1]), "配合")
    return "负责"


def cite_bodies(draft: Draft, clause_id: str, bodies: Sequence[Responsibility]) -> str:
    """Cite the words of the plan that name ``bodies`` and return the markers; the bodies become part of the answer."""
    draft.use_bodies(bodies)
    markers: list[str] = []
    for start, end in _spans(draft.plan, bodies):
        owner = draft.plan.clause_at(start).clause_id
        markers.append(draft.cite(owner, start, end))
    return "".join(dict.fromkeys(markers))


def _spans(plan: Plan, bodies: Sequence[Responsibility]) -> list[tuple[int, int]]:
    """Return the brackets (or lines) that hold the bodies' names, each once, in the order of first mention."""
    spans: dict[tuple[int, int], None] = {}
    for body in bodies:
        spans.setdefault(enclosing_span(plan, body.start, body.end))
    return list(spans)


def enclosing_span(plan: Plan, start: int, end: int) -> tuple[int, int]:
    """Return the outermost bracket around ``start:end``, brackets included; without one, the line's part around it."""
    clause = plan.clause_at(start)
    depth, opened = 0, -1
    for at in range(clause.start, clause.end):
        character = plan.text[at]
        if character == "（":
            depth += 1
            if depth == 1:
                opened = at
        elif character == "）" and depth:
            depth -= 1
            if depth == 0 and opened <= start and end <= at + 1:
                return opened, at + 1
    left = plan.text.rfind("\n", clause.start, start) + 1 or clause.start
    right = plan.text.find("\n", end, clause.end)
    return left, right if right >= 0 else clause.start + len(clause.text.rstrip())


def is_bracket(plan: Plan, start: int, end: int) -> bool:
    """Whether a span of a plan is a bracket, and no line that begins with a number in brackets."""
    return plan.text[start] == "（" and plan.text[end - 1] == "）"


def number(value: Decimal) -> str:
    """Write an exact decimal without exponent or superfluous zeros.

    >>> number(Decimal("14.5") - Decimal("13.0")), number(Decimal("100")), number(Decimal("1E+3"))
    ('1.5', '100', '1000')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Decimal) -> tuple[str, str]:
    """Write a quotient with at most two places, with the sign that stands before it.

    >>> rounded(Decimal(9) / 4), rounded(Decimal(4) / 3)
    (('2.25', '='), ('1.33', '≈'))
    """
    shown = value.quantize(Decimal("0.01"))
    return number(shown), "=" if shown == value else "≈"


def measure(row: Indicator) -> str:
    """Write value and unit with the comparator in words: 45%以上, 超过 30%, 不高于 318 克标准煤/千瓦时, 20%左右."""
    if not row.is_numeric:
        return text_target(row)
    space = "" if row.unit.startswith(("%", "％")) else " "
    figure = f"{row.value}{space}{row.unit}".strip()
    floor = next((word for word in ("不低于", "不少于", "至少") if word in row.quote), "")
    return {
        "=": figure,
        ">=": f"{floor} {figure}" if floor else f"{figure}以上",
        ">": f"超过 {figure}",
        "<=": f"不高于 {figure}",
        "<": f"低于 {figure}",
        "~": f"{figure}左右",
    }[row.comparator]


def text_target(row: Indicator) -> str:
    """Return the words of a target without a number: its quotation without the name it begins with.

    "零填埋" alone would drop what 基本实现 says.
    """
    words = "".join(row.quote.split("\n"))
    rest = words.removeprefix(row.name)
    return rest if rest and rest != words else words


# Verbs that say no more than "=": left out where a comparator follows, and where the value is in words of its own.
_PLAIN_VERBS = ("达到", "为", "达", "是", "占", "")


def target(row: Indicator) -> str:
    """Put one target into words, strength, base year and direction kept: 力争达到 21.6%, 比 2020 年下降 13%."""
    strength = {"firm": "", "strive": "力争", "incentive": "力争（激励目标）"}[row.strength]
    words = measure(row)
    direction = row.direction
    figure_first = words[:1].isdigit()
    if not row.is_numeric or (not figure_first and direction in _PLAIN_VERBS):
        direction = ""
    elif direction in _PLAIN_VERBS and row.comparator != "~":
        direction = "达到"
    if strength and direction.startswith("力争"):
        strength = ""
    since = f"比 {row.base_year} 年" if row.base_year else ""
    said = f"{strength}{since}{direction}"
    space = " " if said and words[:1].isdigit() else ""
    return f"{said}{space}{words}"


def when(row: Indicator) -> str:
    """Name the time a target is set for, as far as its words say: 到 2025 年, “十四五”时期."""
    parts = []
    if row.period:
        period = row.period.strip("“”\"'")
        parts.append(f"{period}时期" if not re.search(r"期|年", period) else period)
    elif row.target_year:
        parts.append(f"到 {row.target_year} 年")
    return "，".join(parts)


def _time_of(row: Indicator) -> str:
    return f"{when(row)}，" if when(row) else ""


def text_of(row: Indicator) -> str:
    """Return the whole words of a target without a number, on one line."""
    return "".join(part.strip() for part in row.quote.splitlines())


def series_sentence(name: str, rows: Sequence[Indicator], markers: Sequence[str]) -> str:
    """Say one indicator with all its targets (firm first) in one sentence."""
    if all(not row.is_numeric and name in row.quote for row in rows):
        told = "；".join(f"{_time_of(row)}{text_of(row)}{marker}" for row, marker in zip(rows, markers, strict=True))
        return f"{told}。"
    said: list[str] = []
    last = ""
    for row, marker in zip(rows, markers, strict=True):
        time = when(row)
        said.append(f"{time + '，' if time and time != last else ''}{target(row)}{marker}")
        last = time
    return f"**{name}**：{'；'.join(said)}。"


def one_line(quote: str) -> str:
    r"""Return a quotation without line breaks, as it is shown inside one quotation line.

    >>> one_line("到 2025 年，\n下降 13%")
    '到 2025 年，下降 13%'
    """
    return "".join(part.strip() for part in quote.splitlines())
