"""English questions become Chinese that asks the same; everything else is left alone."""

from __future__ import annotations

import csv
import re
import time
from collections import Counter

import pytest

from assistant.english import gloss
from assistant.english_list import FILE, english_list
from assistant.service import Assistant


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Who leads the transport and logistics energy-saving project?", "交通物流节能工程由谁牵头"),
        ("What is the 2025 target for straw utilization?", "2025年秸秆综合利用目标是多少"),
        ("What's the target for straw utilisation by the end of 2025?", "到2025年秸秆综合利用目标是多少"),
        ("How much should coal use fall by 2030 compared with 2020?", "到2030年比2020年用煤下降多少"),
        ("Which departments are responsible for waste sorting?", "垃圾分类由哪些部门负责"),
        ("What does the plan say about express packaging?", "方案对快递包装有什么规定"),
        ('What does "river chief" mean?', "河长是什么意思"),
        ("Does the plan mention homework?", "方案有没有提到作业"),
        ("What about 2030?", "2030年呢"),
        ("Isn't the recycling target 70 percent?", "资源化利用率目标是不是70%"),
        ("Is the straw utilization target 90%?", "秸秆综合利用率目标是不是90%"),
        ("What does the plan say about curbing the blind growth of steel?", "方案对遏制钢铁盲目增长有什么规定"),
        ("By how much will water use per 10,000 yuan of industrial value added drop?", "万元工业增加值用水量下降多少"),
    ],
)
def test_questions(english: str, chinese: str) -> None:
    """A question keeps its numbers and words and asks in Chinese order."""
    assert gloss(english) == chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("How many kilometres of sewage pipes will be built?", "多少公里"),
        ("How many companies must be cleaned up?", "多少家"),
        ("How many key projects are there in chapter three?", "第三章有多少项重点工程"),
        ("How many chapters are there?", "一共有几章"),
        ("How many vehicles must be electric?", "多少辆"),
    ],
)
def test_how_many(english: str, chinese: str) -> None:
    """How many asks with the unit named, or with the measure word of what is counted."""
    assert chinese in gloss(english)


@pytest.mark.parametrize(
    ("english", "name"),
    [
        ("the Provincial Department of Water Resources", "省水利厅"),
        ("the Guizhou Provincial Department of Ecology and Environment", "贵州省生态环境厅"),
        ("the Development and Reform Commission", "发展改革委"),
        ("the Municipal Bureau of Finance", "市财政局"),
        ("the Municipal Finance Bureau", "市财政局"),
        ("the Provincial Bureau of Statistics", "省统计局"),
        ("the Ministry of Transport", "交通运输部"),
        ("the Provincial Energy Administration", "省能源局"),
        ("the Health Commission", "卫生健康委"),
        ("the Police", "公安厅"),
    ],
)
def test_bodies(english: str, name: str) -> None:
    """The name of a government body is built from level, field and kind of office."""
    assert gloss(f"List the tasks led by {english}.") == f"列出{name}牵头的任务"


def test_known_bodies_settle_the_kind() -> None:
    """Where the English leaves the kind of office open, the plan's own bodies decide."""
    assert "教育局" in gloss("Which tasks does the Education Bureau lead?")
    assert "教育厅" in gloss("Which tasks does the Education Bureau lead?", {"教育厅"})


@pytest.mark.parametrize(
    "other",
    [
        "农村生活污水治理由谁负责？",
        "5G基站和VOCs治理由谁负责",
        "¿Quién dirige el proyecto de transporte y logística?",
        "Qui est responsable du plan de transport ?",
        "Wer ist für das Verkehrsprojekt verantwortlich?",
        "交通プロジェクトは誰が担当していますか",
        "shui fuze nongcun wushui zhili",
        "",
    ],
)
def test_other_languages_stay(other: str) -> None:
    """What is not English comes back as it was."""
    assert gloss(other) == other


def test_unknown_words_stay() -> None:
    """A word that is on no list is kept, for names and for the search."""
    assert "chishui河" in gloss("What is the water quality target for the Chishui River?")


def test_list() -> None:
    """The list is large, names each word once a kind, writes it in small letters, and leaves no word without Chinese."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    kinds = Counter(row["kind"] for row in rows)
    assert kinds["word"] >= 600
    silent = {"drop", "join", "polite", "tail"}
    assert not [row for row in rows if not row["chinese"] and row["kind"] not in silent]
    assert not [key for key, count in Counter((row["english"], row["kind"]) for row in rows).items() if count > 1]
    assert all(re.fullmatch(r"[a-z0-9&'. -]+", row["english"]) for row in rows if row["kind"] not in {"frame", "group"})
    assert all(re.fullmatch(r"[a-z' |]+", row["english"]) for row in rows if row["kind"] == "group")


def test_frames_use_what_they_catch() -> None:
    """The Chinese of a frame names no stretch that its English lacks, and no group is missing."""
    for frame in english_list().frames:
        caught = set(frame.pattern.groupindex)
        used = {f"s{digit}" for digit in re.findall(r"\d", frame.chinese)}
        named = {"@": "body", "※": "clause", "#": "counted", "&": "counted"}
        assert used | {named[mark] for mark in re.findall("[@※#&]", frame.chinese)} <= caught, frame


@pytest.mark.parametrize("repeated", ["is the target ", "share of is must be reach ", "compare and with to ", "is "])
def test_speed(repeated: str) -> None:
    """The frames take no time to speak of even for 2,000 characters that nearly fit all of them."""
    question = ("what " + repeated * 700)[:2000]
    gloss("Who leads the plan?")
    started = time.process_time()
    gloss(question)
    assert time.process_time() - started < 0.1


def test_two_questions_in_english(assistant: Assistant) -> None:
    """Both questions of an English turn are answered, also where the second only names another thing."""
    answer = assistant.ask("What is the target for rural sewage treatment, and for straw utilization?").answer
    assert "25%" in answer
    assert "86%" in answer
