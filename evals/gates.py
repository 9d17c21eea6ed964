"""What a run must reach, read from a small TOML file.

::

    unproved = 0                          # at most so many answers with something that no source proves
    total = "97%"                         # the least share right over all questions
    must_pass = ["who_leads-01", ...]     # questions that must be wholly right

    [floors]
    who_leads = "95%"                     # the least share right of a category
    "目标" = "95%"                        # a Chinese name needs quotation marks

Everything may be left out; ``unproved`` then is 0.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from evals.errors import FaultyGates
from evals.outcome import Outcome
from evals.question import Model, Question
from evals.summary import Share, Summary


def read_share(text: object) -> float:
    """Read a share: 0.97 or 97%; raises ``ValueError``.

    >>> read_share("97%"), read_share("0.97"), read_share(1)
    (0.97, 0.97, 1.0)
    """
    written = str(text).strip()
    try:
        value = float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
    except ValueError:
        raise ValueError(f"“{text}”不是一个占比，请写成 0.97 或 97%") from None
    if not 0 <= value <= 1:
        raise ValueError(f"“{text}”应在 0 与 100% 之间")
    return value


Floor = Annotated[float, BeforeValidator(read_share)]


class Gates(Model):
    """What must be reached. Shares lie between 0 and 1; ``total`` and ``floors`` are shares of questions wholly right."""

    unproved: Annotated[int, Field(ge=0)] = 0
    total: Floor | None = None
    must_pass: Annotated[tuple[str, ...], Field(strict=False)] = ()
    floors: dict[str, Floor] = Field(default_factory=dict)

    def failures(self, summary: Summary, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
        """Return a Chinese sentence for each gate that is not reached; a gate on what was not asked is not reached."""
        return tuple(self._failures(summary, {one.question.id: one for one in outcomes}))

    def _failures(self, summary: Summary, outcomes: dict[str, Outcome]) -> Iterator[str]:
        unproved = summary.total.unproved.part
        if unproved > self.unproved:
            most = f"最多 {self.unproved} 个" if self.unproved else "应为 0"
            yield f"有 {unproved} 个答案含无出处内容，{most}"
        if self.total is not None:
            yield from _below(summary.total.right, self.total, "")
        categories = {one.name: one.right for one in summary.categories}
        for name, floor in self.floors.items():
            if name in categories:
                yield from _below(categories[name], floor, f"{name} ")
            else:
                yield f"没有 {name} 这一类题，而它应答对 {floor:.1%}"
        wrong = [name for name in self.must_pass if name in outcomes and not outcomes[name].right]
        absent = [name for name in self.must_pass if name not in outcomes]
        if wrong:
            yield f"必须答对的题答错了：{'、'.join(wrong)}"
        if absent:
            yield f"必须答对的题没有问：{'、'.join(absent)}"

    def picked(self, questions: Sequence[Question]) -> tuple[Question, ...]:
        """Return the questions that must be right, in their order."""
        return tuple(one for one in questions if one.id in self.must_pass)


def chosen_gates(path: Path | None, floor: float | None = None) -> Gates:
    """Return the gates of a file, or those that hold without one; ``floor`` takes the place of ``total``."""
    gates = load_gates(path) if path else Gates()
    return gates if floor is None else gates.model_copy(update={"total": floor})


def load_gates(path: Path) -> Gates:
    """Read a file of gates; raises :class:`FaultyGates`, which names the line or the entry."""
    try:
        return Gates.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise FaultyGates(f"没有门槛文件 {path}，或无法读取") from None
    except UnicodeDecodeError:
        raise FaultyGates(f"门槛文件 {path} 不是 UTF-8 编码的文本：请另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as fault:
        # Python 3.11 tells the line in the message alone.
        line = re.search(r"at line (\d+)", str(fault))
        place = f"第 {line[1]} 行" if line else "最后一行"
        raise FaultyGates(
            f'门槛文件 {path} {place}写法不对：中文题类要加英文引号（"目标" = "95%"），占比和题号也要加英文引号'
        ) from None
    except ValidationError as error:
        names = "、".join(dict.fromkeys(".".join(map(str, one["loc"])) for one in error.errors()))
        raise FaultyGates(
            f"门槛文件 {path} 里这些项不对：{names}。"
            "可以写 unproved（个数）、total（占比）、must_pass（题号的列表）、[floors]（题类 = 占比）"
        ) from None


def _below(share: Share, floor: float, name: str) -> Iterator[str]:
    # 97% of 300 are 291; a share computed in floats must not miss its own floor.
    if share.part < floor * share.whole - 1e-9:
        yield f"{name}答对 {share.value:.1%}，应不低于 {floor:.1%}"
