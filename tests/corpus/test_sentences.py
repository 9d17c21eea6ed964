"""Duties told by whole sentences: read where a clause names its bodies no other way, and only beyond doubt."""

import pytest

from corpus import read_plan


def rows(text):
    plan = read_plan(text, "x")
    assert all(row.name.endswith(plan.text[row.start : row.end]) for row in plan.responsibilities)
    return [(row.name, row.role, row.open_list) for row in plan.responsibilities]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "市水务局负责水源；市公安局交管局负责交通；市林业局负责林地。",
            [("市水务局", "sole", False), ("市公安局交管局", "sole", False), ("市林业局", "sole", False)],
        ),
        ("由市财政局负责资金保障，市水务局负责水源建设。", [("市财政局", "sole", False), ("市水务局", "sole", False)]),
        ("市财政局、审计局负责资金监管。", [("市财政局", "shared", False), ("市审计局", "shared", False)]),
        (
            "市林业局会同市财政局、市规划和自然资源局制定补偿办法。",
            [("市林业局", "lead", False), ("市财政局", "shared", False), ("市规划和自然资源局", "shared", False)],
        ),
        ("市林业局会同市财政局等部门制定办法。", [("市林业局", "lead", False), ("市财政局", "shared", True)]),
        ("市林业局牵头，市财政局配合，制定补偿办法。", [("市林业局", "lead", False), ("市财政局", "shared", False)]),
        (
            "市水务局是节水工作的行政主管部门，负责本办法的实施。市教育局作为牵头单位，负责校园节水。",
            [("市水务局", "sole", False), ("市教育局", "sole", False)],
        ),
        ("各县（区）政府（含开发区管委会）负责辖区内的组织实施。", [("各县（区）政府", "local", False)]),
    ],
)
def test_a_sentence_that_begins_with_a_body_tells_its_duty(sentence, expected):
    """负责 gives each body its own duty, 会同 and 牵头 a lead with partners, local governments carry out."""
    assert rows(f"第一条 {sentence}") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "市水务局要加强管理，由市财政局牵头落实资金。",
        "市水务局负责同志参加会议。",
        "市水务局负责人任组长。",
        "市水务局是国家节水型机关，要做表率。",
        "本办法由市水务局负责解释。",
        "县级以上人民政府负责统筹。",
        "有关部门负责监督。",
        "用水单位负责安装设施。",
        "市场主体负责安全生产。",
        "专班办公室负责日常工作。",
        "组织市水务局会同专家制定办法。",
        "建立政府负责、部门协同的机制。",
    ],
)
def test_what_tells_no_duty(sentence):
    """Officials, kinds of bodies, duties in the middle of a sentence and 负责解释 give no row."""
    assert rows(f"第一条 {sentence}") == []


@pytest.mark.parametrize("named", ["（市农业局负责）", "\n责任单位：市农业局"])
def test_a_bracket_or_a_line_says_it_alone(named):
    """Where a clause has a bracket or a 责任单位 line, its sentences add nobody."""
    assert rows(f"一、灌溉\n市水务局负责水源建设。{named}") == [("市农业局", "sole", False)]
