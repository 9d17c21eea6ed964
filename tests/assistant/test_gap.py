"""What is left to a target where the question tells how far it is reached."""

from __future__ import annotations

import pytest

from assistant.service import Assistant

LEFT = [
    ("污水管网假如已经修了2500公里，还差多少？", "离目标还差：4000 公里 − 2500 公里 = 1500 公里"),
    ("白酒企业已治理450家，离目标还差几家？", "离目标还差：600 家以上 − 450 家 = 150 家"),
    ("供电煤耗现在330克，还要降多少？", "还没有达到目标；如果单位与方案相同，相差：330 − 318 = 12"),
    ("污水处理能力新增了30万方每天，还要添多少", "离目标还差：44.7 万立方米/日 − 30 万立方米/日 = 14.7 万立方米/日"),
    ("我们县绿色防控覆盖率做到58%，超额几个点", "已经达到目标，相差：58% − 55% = 3 个百分点"),
    ("非化石能源已经18%了，离力争目标还差几个百分点？", "离目标还差：21.6% − 18% = 3.6 个百分点"),
    ("能耗强度如果已经降了9%，离激励目标还差几个百分点？", "离目标还差：14.5% − 9% = 5.5 个百分点"),
    ("假设服务区充电设施已经覆盖92%，剩几个百分点？", "离目标还差：100% − 92% = 8 个百分点"),
    ("秸秆利用率已经88%了，达标没？", "已经达到目标，相差：88% − 86%以上 = 2 个百分点"),
    ("农村生活污水治理率眼下是19%，还得再提几个点才够", "离目标还差：25% − 19% = 6 个百分点"),
    ("城市污泥无害化处置率要是做到95%，超出目标几个点", "已经达到目标，相差：95% − 90%以上 = 5 个百分点"),
    ("污水收集管网如果修了1000公里呢？", "离目标还差：4000 公里 − 1000 公里 = 3000 公里"),
    ("目前治理了白酒企业580家的话，够数了吗", "离目标还差：600 家以上 − 580 家 = 20 家"),
    ("领跑者评了15家，够不够？", "已经达到目标，相差：15 家 − 12 家以上 = 3 家"),
    ("污水管网已修了2300公里，欠多少", "离目标还差：4000 公里 − 2300 公里 = 1700 公里"),
    ("管网才铺了1200公里，距离目标多远", "离目标还差：4000 公里 − 1200 公里 = 2800 公里"),
    (
        "供电煤耗已经降到310克了，还要降多少？",
        "按您说的 310 克计算，已经达到目标；如果单位与方案相同，相差：318 − 310 = 8",
    ),
]


@pytest.mark.parametrize(("question", "told"), LEFT, ids=[question for question, _ in LEFT])
def test_what_is_left(assistant: Assistant, question: str, told: str) -> None:
    """What is left, or by how much it is passed, is worked out from the asker's figure, comparator and strength kept."""
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert told in answer.answer
    assert "按您说的" in answer.answer
    assert "不是这样" not in answer.answer


def test_another_unit_supposes_nothing(assistant: Assistant) -> None:
    """A figure in another unit than the target's is not set against it."""
    assert "离目标还差" not in assistant.ask("污水管网已经投了3亿元，还差多少？").answer
