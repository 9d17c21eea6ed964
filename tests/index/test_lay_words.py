"""Everyday words and their official ones: the table's form, how words are found, how fast."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from assistant.lexicon import FILE as LEXICON
from assistant.normalize import normalize
from corpus import load_corpus
from index.lay_words import LayWords, lay_words, official_words


def _official(question: str) -> dict[str, tuple[str, ...]]:
    return dict(official_words(normalize(question)))


def _table(rows: str) -> LayWords:
    return LayWords.of([["lay", "official", "note"], *(line.split(",") for line in rows.split())])


@pytest.mark.parametrize(
    ("question", "word", "meant"),
    [
        ("开发区的厂子还能不能用煤锅炉", "煤锅炉", "燃煤锅炉"),
        ("屋顶太阳能有没有补贴", "屋顶太阳能", "分布式光伏"),
        ("村里那个臭水塘谁来治", "臭水塘", "黑臭水体"),
        ("雾霾天还要几年才没有", "雾霾", "细颗粒物"),
        ("水管漏水修到哪年", "水管漏水", "供水管网漏损"),
        ("大货车还让进城吗", "大货车", "重型货车"),
        ("养鸡场的味道归谁管", "养鸡场", "规模养殖场"),
        ("烧秸秆罚不罚", "烧秸秆", "秸秆焚烧"),
        ("老小区能装电梯吗", "老小区", "老旧小区"),
        ("没干好要不要紧", "没干好", "考核"),
        ("谁出钱", "谁出钱", "资金保障"),
        ("村里垃圾归谁管", "村里垃圾", "农村人居环境整治"),
        ("公务用车要不要换", "公务用车", "公共机构"),
        ("茶园用农药太多", "用农药太多", "农药减量"),
        ("企业每年交的能耗报告", "能耗报告", "能源利用状况报告"),
    ],
)
def test_an_everyday_word_leads_to_the_official_one(question: str, word: str, meant: str) -> None:
    """An everyday word in a question is found, and the word that plans use is among its official ones."""
    assert meant in _official(question)[word]


@pytest.mark.parametrize(("question", "meant"), [("海上风电谁来管", "新能源"), ("宅基地谁来批", "农房")])
def test_a_kind_is_not_read_as_its_whole_field(question: str, meant: str) -> None:
    """What a plan says of a whole field is no answer on one kind of it: wind power at sea is not any new energy."""
    assert all(meant not in official for official in _official(question).values())


def test_the_longer_word_is_meant() -> None:
    """Of words that overlap the longest is taken, wherever it begins, and none inside it."""
    table = _table("烧煤,燃煤, 不烧煤的能源,非化石能源, 能源管家,合同能源管理, 管家,管理,")
    assert table.find("不烧煤的能源") == (("不烧煤的能源", ("非化石能源",)),)
    assert table.find("不烧煤的能源管家") == (("不烧煤的能源", ("非化石能源",)), ("管家", ("管理",)))


def test_words_come_longest_first_and_once() -> None:
    """The longest word comes first, those as long in the question's order, and a word said twice comes once."""
    table = _table("烧煤,燃煤, 公交,公共交通, 充电桩,充电设施,")
    assert [word for word, _ in table.find("公交烧煤还是公交充电桩")] == ["充电桩", "公交", "烧煤"]


def test_a_word_without_official_ones_only_shields() -> None:
    """A line without official words keeps a shorter word from being read inside another, and is not returned."""
    table = _table("电车,新能源汽车, 发电车间,,")
    assert table.find("发电车间") == ()
    assert table.find("发电车间的电车") == (("电车", ("新能源汽车",)),)


def test_latin_words_are_found_whole_and_in_either_case() -> None:
    """PM2.5 and pm2.5 are one word; its letters inside another Latin word or a longer figure are not it."""
    table = _table("pm2.5,细颗粒物, app,移动应用,")
    assert table.find("PM2.5浓度") == table.find("pm2.5 浓度") == (("pm2.5", ("细颗粒物",)),)
    assert table.find("happy") == table.find("pm2.55") == ()


@pytest.mark.parametrize("rows", [[["lay", "official"]], [["lay", "official", "note"], ["烧煤", "燃煤"]]])
def test_a_damaged_table_is_refused(rows: list[list[str]]) -> None:
    """A table with another header or a short line is an error, not an empty table."""
    with pytest.raises(ValueError, match="cannot be used"):
        LayWords.of(rows)


def test_a_word_twice_is_refused() -> None:
    """Two lines for one word would hide one of them, so the table is refused."""
    with pytest.raises(ValueError, match="烧煤"):
        _table("烧煤,燃煤, 烧煤,散煤,")


def test_the_table_is_read_from_a_file(tmp_path: Path) -> None:
    """Lines that begin with # are remarks; 、 parts the official words."""
    file = tmp_path / "words.csv"
    file.write_text("# 说明, 不读\nlay,official,note\n# 能源\n烧煤,燃煤、散煤,a remark\n", encoding="utf-8")
    assert LayWords.load(file).find("烧煤") == (("烧煤", ("燃煤", "散煤")),)


def test_every_line_of_the_table_can_be_met() -> None:
    """Each word is written as normalised questions are, so that it can be found, and is found as itself alone."""
    for word in lay_words().table:
        assert normalize(word).lower() == word
        assert lay_words().find(word) in ((), ((word, lay_words().table[word]),))


def test_official_words_are_clean() -> None:
    """Official words are not empty, not the everyday word itself, not twice in a line, and of one form with plans."""
    for word, official in lay_words().table.items():
        assert word not in official
        assert len(set(official)) == len(official)
        for name in official:
            assert name == normalize(name) == name.strip()
            assert len(name) >= 2


def test_every_shield_shields() -> None:
    """A line without official words holds a shorter everyday word; else it would do nothing."""
    table = lay_words().table
    meant = {word for word, official in table.items() if official}
    idle = [word for word, official in table.items() if not official and not any(inner in word for inner in meant)]
    assert idle == []


def test_words_of_asking_are_no_subject() -> None:
    """Who, which body and how many are read by the lexicon; none of these words is taken for an everyday subject."""
    asking = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["cues"]
    groups = ("who", "lead", "share", "part", "sole", "local", "body", "list", "count", "no_lead", "joint_lead")
    read = {word: official_words(word) for group in groups for word in asking[group]}
    assert {word: found for word, found in read.items() if found} == {}


def test_bodies_are_no_everyday_words() -> None:
    """The names of the bodies in a plan's brackets hold no everyday word (国家电网公司 is no 家电, 省电力公司 no 省电)."""
    names = {
        body.name for plan in load_corpus().plans for clause in plan.clauses for body in plan.bodies(clause.clause_id)
    }
    assert names
    assert {name: found for name in names if (found := official_words(name))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "机动车排放检验",
        "重大专项资金",
        "年中考核办法",
        "提高铁路电气化水平",
        "外国企业",
        "科学技术委员会",
        "发电车间改造",
        "城市民生项目",
        "判断电价水平",
        "集中水处理",
        "修改完善",
        "提高考核权重",
        "线上学习平台",
        "推动物流发展",
        "国家电网公司",
        "省电力公司",
        "省水利厅",
        "市场监督管理局",
        "省能源局",
        "上面那条是谁负责",
    ],
)
def test_an_everyday_word_is_not_read_across_words(text: str) -> None:
    """Characters of two neighbouring words make no everyday word: 机动车 holds no 动车, 提高铁路 no 高铁."""
    short = {word for word, _ in official_words(text)}
    assert (
        short
        & {
            "动车",
            "大专",
            "中考",
            "高铁",
            "国企",
            "外企",
            "电车",
            "市民",
            "断电",
            "中水",
            "改完",
            "高考",
            "上学",
            "动物",
            "家电",
            "省电",
            "省水",
            "监督",
            "省能源",
            "上面",
        }
        == set()
    )


def test_the_table_is_broad() -> None:
    """The table holds at least 700 everyday words with official ones."""
    assert sum(1 for official in lay_words().table.values() if official) >= 700


def test_single_characters_are_rare() -> None:
    """One character is part of too many words to be an everyday word; the few that are safe are named here."""
    assert {word for word in lay_words().table if len(word) == 1} == {"粪", "罚", "窑", "霾"}


def test_it_is_fast() -> None:
    """Reading the table, once a process, takes at most 25 ms, a question at most half a millisecond of the processor (the best of several runs)."""
    loads, finds = [], []
    for _ in range(7):
        started = time.process_time()
        words = LayWords.load()
        loaded = time.process_time()
        for _ in range(20):
            words.find("我们村冬天还烧煤，以后怎么取暖？养猪场那些粪怎么弄，垃圾以后还往坑里埋吗")
        loads.append(loaded - started)
        finds.append((time.process_time() - loaded) / 20)
    assert min(loads) <= 0.025
    assert min(finds) <= 0.0005
