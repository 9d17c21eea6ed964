"""Slips in questions: what is corrected, what must stay as it was typed."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest
import yaml

from assistant.make_readings import table
from assistant.normalize import normalize
from assistant.pinyin import DATA, FILE, fold_sound, readings, syllables
from assistant.slips import HAN, spelling_data
from assistant.spelling import Speller
from corpus import load_corpus
from index.segment import Segmenter

SETS = Path(__file__).parents[2] / "evals" / "sets" / "tune"
CACHE = Path(__file__).parents[2] / "var" / "cache"


@cache
def _speller() -> Speller:
    return Speller.of(load_corpus().plans[0], Segmenter(cache_folder=CACHE))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("秸杆综和利用律是多少", "秸秆综合利用率是多少"),
        ("公共机够能效 谁付责", "公共机构能效 谁负责"),
        ("交通勿流工程谁牵投?", "交通物流工程谁牵头?"),
        ("非化石能原占比", "非化石能源占比"),
        ("畜禽分污利用绿", "畜禽粪污利用率"),
        ("赤水何干流水质", "赤水河干流水质"),
        ("农村生活污水智力率要达到多少", "农村生活污水治理率要达到多少"),
    ],
)
def test_homophones(typed: str, meant: str) -> None:
    """A character that sounds like the one meant is put right, in short words and in long names."""
    assert _speller().correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("城市wuni无害化处置率", "城市污泥无害化处置率"),
        ("zeren danwei是谁", "责任单位是谁"),
        ("fgw牵头哪些", "发改委牵头哪些"),
        ("GXT的任务", "工信厅的任务"),
        ("jnjp工程一共几项", "节能减排工程一共几项"),
        ("sthjt单独负责什么", "生态环境厅单独负责什么"),
        ("rst参与哪一条", "人社厅参与哪一条"),
        ("lvse jinrong怎么说", "绿色金融怎么说"),
        ("秸gan利用率", "秸秆利用率"),
        ("能耗shuangkong谁牵头", "能耗双控谁牵头"),
        ("jiegan zonghe liyonglv shi duoshao", "秸秆综合利用率是多少"),
        ("zhe ge fang an ji zhang", "这个方案几章"),
        ("chishui河的水质", "赤水河的水质"),
        ("赤shuihe的水质", "赤水河的水质"),
        ("fhsny占比", "非化石能源占比"),
    ],
)
def test_pinyin(typed: str, meant: str) -> None:
    """Pinyin and initials inside Chinese become the one word of the plan or of asking that they stand for."""
    assert _speller().correct(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("秸秆综合利率", "秸秆综合利用率"),
        ("挥发性有物治理", "挥发性有机物治理"),
        ("生态环环境厅", "生态环境厅"),
        ("省市场场监管局", "省市场监管局"),
        ("80%已上", "80%以上"),
        ("己经完成了吗", "已经完成了吗"),
        ("有前头的吗", "有牵头的吗"),
    ],
)
def test_other_slips(typed: str, meant: str) -> None:
    """A character left out or doubled inside a long name, one of a like shape, a wrong word in a set phrase."""
    assert _speller().correct(typed) == meant


@pytest.mark.parametrize(
    "right",
    [
        "方案有几章?",
        "粪到2025年要利用多少",
        "要建多少个充电桩?",
        "省水务局负责什么",
        "贵州省水务局负责什么",
        "市市场监管局牵头哪些任务",
        "单位地区生产总值电耗下降多少",
        "城市垃圾无害化处置率",
        "那个部门负责什么",
        "六盘水是不是重点",
        "可能原因是什么",
        "只由一个部门负责的条款",
        "转发不实信息",
        "省生态环境厅厅长是谁",
        "下向第三人放货",
        "大幅增加办件量",
        "医共体是什么",
        "5G、VOCs、COD、GDP和AI分别指什么",
        "Who leads the transport project?",
    ],
)
def test_right_words_stay(right: str) -> None:
    """What is right, though it sounds like something else in the plan, is not touched."""
    assert _speller().correct(right) == right


def test_tuning_questions_stay() -> None:
    """Not one of the questions without slips is changed."""
    questions = [
        normalize(text)
        for path in sorted(SETS.glob("*.yaml"))
        if path.name != "noisy.yaml"
        for question in yaml.safe_load(path.read_text(encoding="utf-8"))
        for text in [*question.get("history", ()), question["question"]]
    ]
    assert len(questions) > 400
    assert [(text, read) for text in questions if (read := _speller().correct(text)) != text] == []


def test_other_vocabulary() -> None:
    """The speller knows nothing but the vocabulary it is given."""
    speller = Speller(["义务教育巩固率", "学前教育", "负责"], Segmenter(cache_folder=CACHE))
    assert speller.correct("义物教育巩固律谁付责,秸杆呢") == "义务教育巩固率谁负责,秸杆呢"


def test_readings_are_those_of_pypinyin() -> None:
    """The stored table is what its recipe makes of the pinned pypinyin."""
    assert FILE.read_text(encoding="utf-8") == table()


def test_lists() -> None:
    """Every entry of the lists is of its form: known syllables, single characters, lower-case Latin words."""
    data = spelling_data()
    assert (DATA / "spelling.toml").exists()
    assert all(fold_sound(wide + "an") == narrow + "an" for wide, narrow in data["sounds"]["initials"])
    assert all(any(syllable.endswith(wide) for syllable in syllables()) for wide, _ in data["sounds"]["finals"])
    for group in data["shapes"]["groups"]:
        assert len(group) > 1
        assert all(readings(character) for character in group)
    kept = {character for how in ("never", "rarely") for character in "".join(data["kept"][how].split())}
    assert all(HAN.fullmatch(character) for character in kept | set(data["kept"]["twins"]))
    assert all(set(word) <= kept for word in data["kept"]["spared"])
    assert all(word.isascii() and word.islower() for word in data["latin"]["terms"])


def test_speed() -> None:
    """A usual question takes a millisecond or so, a text of 2,000 characters grows no faster than its length."""
    speller = _speller()
    speller.correct("谁付责")
    long = ("各单位要按照职责分工抓好落实" * 150)[:2000]
    started = time.process_time()
    speller.correct(long)
    assert time.process_time() - started < 0.2
