"""Spoken wordings of duties are put into the words of the register, and nothing else is touched."""

from __future__ import annotations

import pytest

from assistant.spoken import Wording, put_plainly, wordings


@pytest.mark.parametrize("wording", wordings(), ids=lambda wording: wording.question)
def test_every_row_reads_its_own_question(wording: Wording) -> None:
    """Each row of the table turns its example into the plain words beside it."""
    assert wording.put(wording.question) != wording.question
    assert put_plainly(wording.question) == wording.reads


@pytest.mark.parametrize(
    "question",
    [
        "甲工程由谁牵头",
        "有没有牵头单位",
        "中央企业要带头落实什么",
        "能领到多少奖金",
        "立法这一块怎么说",
        "打火机厂的污染怎么治",
        "管快递的部门是哪家",
        "散煤有没有人管",
        "合并污水管网的单位有补贴吗",
        "中央企业和地方国企怎么带头",
    ],
)
def test_plain_questions_stay_as_they_are(question: str) -> None:
    """A question that is worded plainly, or whose words only look like a spoken form, is not rewritten."""
    assert put_plainly(question) == question
