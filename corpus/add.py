"""``corpus add``: a document becomes a plan folder, written whole or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.documents import read_document
from corpus.errors import BadPlanId, FaultyPlan, PlanExists, UnreadableDocument
from corpus.model import Plan
from corpus.plans import PLANS, check_plan_folder, plan_folders, read_plan

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 60
WRAPPING = re.compile(r"^.{0,40}?关于(?:印发|转发|发布|公布|批转)|的通知$")
# Windows opens a device, not a folder, under these names.
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}


def add_plan(path: Path, folder: Path = PLANS, plan_id: str | None = None, title: str | None = None) -> Plan:
    """Read a file and store it as a plan under ``folder``; returns the plan.

    Raises :class:`UnreadableDocument`, :class:`BadPlanId` and :class:`PlanExists`; nothing is written then.
    """
    if plan_id is not None:
        check_plan_id(plan_id)
    if title is not None and not title.strip():
        raise UnreadableDocument("标题不能是空的")
    plan = read_file(path, plan_id, title)
    if not plan.text:
        raise UnreadableDocument(f"文件是空的：{path.name}")
    _refuse_known(plan, folder)
    _write(plan, folder)
    return plan


def read_file(path: Path, plan_id: str | None = None, title: str | None = None) -> Plan:
    """Read a file as a plan without storing it. Raises :class:`UnreadableDocument`."""
    raw = read_document(path)
    plan = read_plan(raw, "document", title.strip() if title else None)
    named = plan.title if plan.title != "document" else path.stem
    return replace(plan, plan_id=plan_id or make_plan_id(named), title=named)


def check_plan_id(plan_id: str) -> None:
    """Raise :class:`BadPlanId` unless the id is made of lower-case letters, digits and single hyphens.

    >>> check_plan_id("guizhou-145-energy")
    """
    if len(plan_id) > LONGEST_ID or not ID.fullmatch(plan_id) or plan_id in RESERVED:
        raise BadPlanId(f"编号“{plan_id}”不合规则：只用小写字母、数字和单个连字符，最长 {LONGEST_ID} 个字符")


def make_plan_id(title: str) -> str:
    """Return an id made from the readings of a title; of 关于印发…的通知 what is issued counts.

    >>> make_plan_id("贵州省人民政府关于印发贵州省“十四五”节能减排方案的通知")
    'gui-zhou-sheng-shi-si-wu-jie-neng-jian-pai-fang-an'
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (its tables take a while to load, and only adding needs them)

    words: list[str] = []
    for reading in lazy_pinyin(WRAPPING.sub("", title), errors="default"):
        words += re.findall(r"[a-z0-9]+", reading.lower().replace("ü", "v"))
    kept: list[str] = []
    for word in words:
        if len("-".join([*kept, word])) > LONGEST_ID:
            break
        kept.append(word)
    made = "-".join(kept) or "plan"
    return f"plan-{made}" if made in RESERVED else made


def _refuse_known(plan: Plan, folder: Path) -> None:
    """Refuse a copy of a plan that is there, however it was stored, before a taken id is spoken of."""
    letters = _letters(plan.text)
    for known in plan_folders(folder):
        try:
            same = _letters((known / "plan.txt").read_text(encoding="utf-8")) == letters
        except (OSError, UnicodeDecodeError):
            continue
        if same:
            raise PlanExists(f"这份方案已经收录（编号 {known.name}）")
    if (folder / plan.plan_id).exists():
        raise PlanExists(f"编号“{plan.plan_id}”已经有方案了，请用 --id 另取一个编号")


def _letters(text: str) -> str:
    """Return the words of a text without signs and spaces, which differ from copy to copy."""
    return "".join(re.findall(r"\w+", text))


def _write(plan: Plan, folder: Path) -> None:
    """Write the folder beside its place and move it there in one step; a failure leaves nothing behind."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{plan.plan_id}-", dir=folder))
    except OSError as fault:
        raise FaultyPlan(f"无法写入方案目录：{folder}（{fault.strerror}）") from fault
    try:
        draft.chmod(0o755)
        (draft / "plan.txt").write_bytes(plan.text.encode("utf-8"))
        (draft / "plan.toml").write_bytes(_facts(plan).encode("utf-8"))
        check_plan_folder(draft)
        os.rename(draft, folder / plan.plan_id)  # noqa: PTH104 (Path.rename would replace an empty folder silently too)
    except OSError as fault:
        if (folder / plan.plan_id).exists():
            raise PlanExists(f"编号“{plan.plan_id}”已经有方案了，请用 --id 另取一个编号") from fault
        raise FaultyPlan(f"无法写入方案目录：{folder}（{fault.strerror}）") from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _facts(plan: Plan) -> str:
    """Return ``plan.toml``: what was read from the head of the document, for a person to correct."""
    facts = {"title": plan.title, "issuer": plan.issuer, "region": plan.region, "period": plan.period}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
    return "\n".join(["# 从文件开头读到的信息，请核对；aliases 是人们对它的其他叫法。", *lines, "aliases = []", ""])
