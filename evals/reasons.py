"""Why an answer is wrong, in the field's terms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of fault; the value is its name for programs, :attr:`label` its name for people."""

    BROKEN_ANSWER = "broken_answer"
    WRONG_STATUS = "wrong_status"
    WRONG_CLAUSE = "wrong_clause"
    MISSING_CLAUSE = "missing_clause"
    AGENCY_MISSING = "agency_missing"
    AGENCY_EXTRA = "agency_extra"
    WRONG_ROLE = "wrong_role"
    WRONG_VALUE = "wrong_value"
    WRONG_UNIT = "wrong_unit"
    WRONG_COMPARATOR = "wrong_comparator"
    WRONG_STRENGTH = "wrong_strength"
    WRONG_YEAR = "wrong_year"
    PHRASE_MISSING = "phrase_missing"
    FORBIDDEN_PHRASE = "forbidden_phrase"
    UNSUPPORTED_FACT = "unsupported_fact"
    ALTERED_QUOTE = "altered_quote"
    WRONG_MARKER = "wrong_marker"

    @property
    def label(self) -> str:
        """The kind's name in Chinese.

        >>> Kind.WRONG_ROLE.label
        '职责不对'
        """
        return LABELS[self]


LABELS = {
    Kind.BROKEN_ANSWER: "答案格式不对",
    Kind.WRONG_STATUS: "答复类型不对",
    Kind.WRONG_CLAUSE: "条款不对",
    Kind.MISSING_CLAUSE: "缺条款",
    Kind.AGENCY_MISSING: "缺责任单位",
    Kind.AGENCY_EXTRA: "多出责任单位",
    Kind.WRONG_ROLE: "职责不对",
    Kind.WRONG_VALUE: "数值不对",
    Kind.WRONG_UNIT: "单位不对",
    Kind.WRONG_COMPARATOR: "比较词不对",
    Kind.WRONG_STRENGTH: "力度不对",
    Kind.WRONG_YEAR: "年份不对",
    Kind.PHRASE_MISSING: "缺必要词句",
    Kind.FORBIDDEN_PHRASE: "出现禁用词句",
    Kind.UNSUPPORTED_FACT: "内容无出处",
    Kind.ALTERED_QUOTE: "引文与原文不符",
    Kind.WRONG_MARKER: "引用编号对不上",
}

# An answer with one of these states what no source proves: the gate that must stand at 0.
UNPROVED = frozenset({Kind.UNSUPPORTED_FACT, Kind.ALTERED_QUOTE})


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why an answer is not right; ``detail`` is Chinese and made for people."""

    kind: Kind
    detail: str

    def __str__(self) -> str:
        return f"{self.kind.label}：{self.detail}"
