"""A question with what counts as right: the same model behind every format of a question set."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from corpus.model import Comparator, Role, Strength

Status = Literal["answered", "not_stated", "out_of_scope", "clarify"]
User = Literal["staff", "public", "trainer"]


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _as_text(value: object) -> object:
    """Take 13 and 14.5 as they are written; a YAML number keeps its digits up to fifteen places."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _decimal(text: str) -> str:
    if not text.isascii() or not text.replace(".", "", 1).isdecimal():
        raise ValueError('写一个数，如 "44.7"，单位另写在 unit 里')
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("不能是空的")
    return text


def _at_least_one(rows: tuple[str, ...]) -> tuple[str, ...]:
    if not rows:
        raise ValueError("至少写一个")
    return rows


Words = Annotated[str, AfterValidator(_not_blank)]


class Model(BaseModel):
    """Frozen, and strict about names: a misspelled field is a fault, not a check that never runs."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class AgencyGold(Model):
    """A body that the answer must name with this role; any clause counts where ``clause_id`` is left out."""

    name: Words
    role: Role
    clause_id: Words | None = None


class NumberGold(Model):
    """A number that the answer must hold. ``value`` is an exact decimal in ``unit``; ``year`` is when it is to be reached."""

    value: Annotated[str, BeforeValidator(_as_text), AfterValidator(_decimal)]
    unit: str
    comparator: Comparator | None = None
    strength: Strength | None = None
    year: Annotated[int, Field(ge=1900, le=2199)] | None = None

    @property
    def amount(self) -> Decimal:
        """The value as a number.

        >>> NumberGold(value="44.7", unit="万立方米/日").amount
        Decimal('44.7')
        """
        return Decimal(self.value)

    def __str__(self) -> str:
        return f"{self.value}{self.unit}"


class Expect(Model):
    """What an answer must hold to be wholly right; what is left out is not checked.

    ``reference`` is an answer in an expert's words. Likeness to it (chrF) is shown and decides nothing.
    """

    status: Annotated[
        tuple[Status, ...], BeforeValidator(_as_tuple), AfterValidator(_at_least_one), Field(strict=False)
    ]
    clauses: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    clauses_any: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    clauses_exact: bool = False
    agencies: Annotated[tuple[AgencyGold, ...], Field(strict=False)] = ()
    agencies_exact: bool = False
    numbers: Annotated[tuple[NumberGold, ...], Field(strict=False)] = ()
    must: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    must_any: Annotated[
        tuple[Annotated[tuple[Words, ...], AfterValidator(_at_least_one), Field(strict=False)], ...],
        Field(strict=False),
    ] = ()
    must_not: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    reference: str = ""

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The clauses that a right answer cites, as groups of which one clause is enough.

        >>> Expect(status="answered", clauses=["1"], clauses_any=["2", "3"]).needs
        (('1',), ('2', '3'))
        """
        return (*((one,) for one in self.clauses), *((self.clauses_any,) if self.clauses_any else ()))


class Question(Model):
    """One question of a set.

    ``category`` is the name of the file that it came from, unless the set says another. ``draft``: proposed by the
    program, not yet read by a person. The rest tells where it stands (``line`` counts from 1; ``columns``: field → column of
    the sheet, as in ``{"expect.clauses": "H"}``) and is left out where a question is written down.

    >>> Question(id="a-01", question="谁牵头？", expect=Expect(status="answered", must=["省水利厅"])).expect.status
    ('answered',)
    """

    id: Words
    question: str
    expect: Expect
    history: Annotated[tuple[str, ...], Field(strict=False)] = ()
    user: User | None = None
    plan_id: Words | None = None
    note: str = ""
    category: str = ""
    draft: bool = False
    file: str = Field(default="", exclude=True)
    sheet: str = Field(default="", exclude=True)
    line: int = Field(default=0, exclude=True)
    columns: dict[str, str] = Field(default_factory=dict, exclude=True)

    @model_validator(mode="after")
    def _consistent(self) -> Question:
        for phrase in self.expect.must:
            if phrase in self.expect.must_not:
                raise ValueError(f"“{phrase}”同时写在必须出现（must）和不得出现（must_not）里")
        return self

    def request(self) -> dict[str, object]:
        """Return the line that asks this question in the assistant's batch format."""
        line: dict[str, object] = {"id": self.id, "question": self.question, "history": list(self.history)}
        return line | ({"plan_id": self.plan_id} if self.plan_id else {})
