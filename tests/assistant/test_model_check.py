"""The check of a model's sentence: what is true passes, and each way of being untrue is found."""

from __future__ import annotations

import pytest

from assistant.draft import Draft
from assistant.model.check import Checker
from assistant.service import Assistant
from corpus import Plan

BOILERS = "推进钢铁、水泥、焦化行业超低排放改造，推动 65 蒸吨/小时以上燃煤锅炉（含电力）超低排放改造。"
SHARE = "钢铁、电解铝、水泥、平板玻璃、合成氨等重点行业产能和数据中心达到能效标杆水平的比例超过 30%"
FUEL = "推动以工业余热、电厂余热、清洁能源等替代煤炭供热（蒸汽）"
SAVING = "加快公共机构既有建筑围护结构、供热、制冷、照明等设施设备节能改造，鼓励采用能源费用托管等合同能源管理模式。"
BUILDING = "到 2025 年，城镇新建建筑全面执行绿色建筑标准，城镇清洁取暖比例和绿色高效制冷产品市场占有率大幅提升。"


@pytest.fixture(scope="module")
def checker(assistant: Assistant) -> Checker:
    """The check on the shipped plans."""
    return Checker(assistant.corpus, assistant.chain._index.segmenter)


def faults(checker: Checker, plan: Plan, sentence: str, *quotes: str) -> str:
    """Return what is found in a sentence that points to words of the plan."""
    draft = Draft(plan)
    for quote in quotes:
        start = plan.text.index(quote)
        draft.cite(plan.clause_at(start).clause_id, start, start + len(quote))
    return "; ".join(one.what for one in checker.faults(sentence, draft.citations))


TRUE = [
    ("推动 65 蒸吨/小时以上燃煤锅炉超低排放改造。", BOILERS),
    ("方案要求推进钢铁、水泥行业超低排放改造。", BOILERS),
    ("数据中心达到能效标杆水平的比例超过 30%。", SHARE),
    ("推动以工业余热、清洁能源等替代煤炭供热。", FUEL),
    ("鼓励公共机构采用能源费用托管等合同能源管理模式。", SAVING),
    ("到 2025 年，城镇新建建筑全面执行绿色建筑标准。", BUILDING),
]


@pytest.mark.parametrize(("sentence", "quote"), TRUE)
def test_true_sentences_pass(checker: Checker, plan: Plan, sentence: str, quote: str) -> None:
    """Words of the plan, shortened and joined without changing what they say, are no fault."""
    assert not faults(checker, plan, sentence, quote)


UNTRUE = [
    ("推动 35 蒸吨/小时以上燃煤锅炉超低排放改造。", BOILERS, "quantity 35"),
    ("推动 65 蒸吨/小时燃煤锅炉超低排放改造。", BOILERS, "another comparator"),
    ("推动 65 蒸吨/小时以下燃煤锅炉超低排放改造。", BOILERS, "another comparator"),
    ("数据中心达到能效标杆水平的比例不超过 30%。", SHARE, "another comparator"),
    ("数据中心达到能效标杆水平的比例力争超过 30%。", SHARE, "strength"),
    ("到 2030 年，城镇新建建筑全面执行绿色建筑标准。", BUILDING, "2030"),
    ("到 2025 年，城镇新建建筑执行绿色建筑标准。", BUILDING, "strength 全面 is lost"),
    ("推动以煤炭供热替代工业余热。", FUEL, "sides of 替代"),
    ("公共机构采用能源费用托管等合同能源管理模式。", SAVING, "strength 鼓励 is lost"),
    ("公共机构不采用能源费用托管模式。", SAVING, "negation"),
    ("公共机构已采用能源费用托管模式。", SAVING, "strength"),
    ("对没有改造的公共机构予以罚款。", SAVING, "罚款"),
    ("省财政厅负责公共机构节能改造。", SAVING, "agency 省财政厅"),
    ("方案写道“公共机构全部改造”。", SAVING, "quotation"),
    ("方案提出了有关要求。", SAVING, "says nothing"),
    ("公共机构要节能改造吗？", SAVING, "no statement"),
]


@pytest.mark.parametrize(("sentence", "quote", "found"), UNTRUE)
def test_untrue_sentences_are_found(checker: Checker, plan: Plan, sentence: str, quote: str, found: str) -> None:
    """A figure, comparator, year, body, quotation, negation, strength, direction or word that is not the plan's is found."""
    assert found in faults(checker, plan, sentence, quote)


def test_a_sentence_must_point_somewhere(checker: Checker, plan: Plan) -> None:
    """A true sentence without a handle is not proved, and one that points to other words is not either."""
    assert faults(checker, plan, TRUE[0][0]) == "no handle"
    assert faults(checker, plan, TRUE[0][0], SAVING)


def test_words_of_two_quotations_make_no_phrase(checker: Checker, plan: Plan) -> None:
    """Two quotations may stand in one sentence, each in a phrase of its own, but not put together into a third thing."""
    assert not faults(checker, plan, "推动以电厂余热替代煤炭供热，推进焦化行业超低排放改造。", FUEL, BOILERS)
    assert "two quotations" in faults(checker, plan, "推进焦化行业煤炭供热改造。", FUEL, BOILERS)
    assert "two quotations" in faults(checker, plan, "推动电厂余热超低排放改造。", FUEL, BOILERS)


def test_a_heading_proves_nothing(checker: Checker, plan: Plan) -> None:
    """What only the title of the cited clause says is not in the words that a sentence points to."""
    title = plan.clause_at(plan.text.index(SAVING)).title
    assert f"'{title[-4:-2]}'" in faults(checker, plan, f"公共机构节能改造{title[-4:-2]}。", SAVING)
