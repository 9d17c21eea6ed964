"""The words that a plan explains: what they stand for, and what is no explanation."""

import pytest

from corpus import read_plan


def explained(text):
    plan = read_plan(text, "x")
    for row in plan.definitions:
        words = plan.text[row.start : row.end]
        assert row.term in words
        assert row.meaning in words
    return [(row.term, row.meaning) for row in plan.definitions]


@pytest.mark.parametrize(
    ("sentence", "term", "meaning"),
    [
        (
            "辖区内园林垃圾的收集、运输、利用（以下统称园林垃圾处理）适用本办法。",
            "园林垃圾处理",
            "园林垃圾的收集、运输、利用",
        ),
        ("收集、运输、消纳（以下统称处置）适用本办法。", "处置", "收集、运输、消纳"),
        (
            "加快发展城乡相协调、康养相结合的助餐体系（以下简称助餐体系），",
            "助餐体系",
            "城乡相协调、康养相结合的助餐体系",
        ),
        ("统筹水资源、水环境、水生态（以下简称“三水”）治理。", "三水", "水资源、水环境、水生态"),
        ("市水务局、市财政局（以下简称两部门）联合发文。", "两部门", "市水务局、市财政局"),
        ("完善水利、交通基础设施（以下简称基础设施）。", "基础设施", "交通基础设施"),
        ("从事养蜂的单位和个人（以下简称蜂农）应当备案。", "蜂农", "从事养蜂的单位和个人"),
        ("依托中国（昆明）国际图书博览会（以下简称昆明书博会）。", "昆明书博会", "中国（昆明）国际图书博览会"),
        ("加强领导、落实河长负责制（以下简称河长制）。", "河长制", "河长负责制"),
    ],
)
def test_a_short_form_stands_for_the_whole_list_where_it_is_one(sentence, term, meaning):
    """以下统称, a number, or like words before one noun take in the words before 、; one noun of several does not."""
    assert explained(f"第一条 {sentence}") == [(term, meaning)]


@pytest.mark.parametrize(
    ("sentence", "term", "meaning"),
    [
        ("本规划所称再生水，是指污水经处理后可以利用的水。", "再生水", "污水经处理后可以利用的水"),
        ("本办法所称公共数据是指履职中产生的数据。", "公共数据", "履职中产生的数据"),
        ("“一网通办”是指事项在一个平台办理。", "一网通办", "事项在一个平台办理"),
        (
            "推行“四统一”管理，即统一制度、统一标准、统一收费、统一服务。",
            "四统一",
            "统一制度、统一标准、统一收费、统一服务",
        ),
        ("落实“三通”（通水、通电、通路）。", "三通", "通水、通电、通路"),
        ("推进林草平衡（即载草量与供给能力相适应）。", "林草平衡", "载草量与供给能力相适应"),
    ],
)
def test_a_sentence_tells_what_a_word_means(sentence, term, meaning):
    """…所称甲，是指乙, 甲是指乙 at a sentence's beginning and 甲（即乙） explain a word."""
    assert explained(f"第一条 {sentence}") == [(term, meaning)]
    assert read_plan(sentence, "x").definitions[0].kind == "meaning"


@pytest.mark.parametrize(
    "sentence",
    [
        "自发布之日（即日起）施行。",
        "推广“三通”（试点乡镇）、村村通。",
        "材料齐全的，当场办结（即可取证）。",
        "前项所称（三）项是指项目。",
        "他们在会上指的是，各地要落实责任。",
    ],
)
def test_what_explains_nothing(sentence):
    """即日 and 即可 are no explanations, nor is 指的是 without a word before it."""
    assert explained(f"第一条 {sentence}") == []
