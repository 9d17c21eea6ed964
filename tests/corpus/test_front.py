"""Title, issuer, region and period from the head of a document."""

import pytest

from corpus.front import Front, read_front


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "贵州省“十四五”节能减排综合工作方案\n为深入贯彻落实决策部署，制定本方案。",
            Front("贵州省“十四五”节能减排综合工作方案", "", "贵州省", "“十四五”"),
        ),
        (
            "海北省人民政府关于印发\n海北省“十四五”节能减排\n综合工作方案的通知\n海政发〔2022〕3号\n各市人民政府：",
            Front(
                "海北省人民政府关于印发海北省“十四五”节能减排综合工作方案的通知", "海北省人民政府", "海北省", "“十四五”"
            ),
        ),
        (
            "海北省滨海市人民政府办公室关于印发滨海市节水行动计划（2023—2025年）的通知",
            Front(
                "海北省滨海市人民政府办公室关于印发滨海市节水行动计划（2023—2025年）的通知",
                "海北省滨海市人民政府办公室",
                "海北省滨海市",
                "2023—2025年",
            ),
        ),
        (
            "国务院关于印发2030年前碳达峰行动方案的通知",
            Front("国务院关于印发2030年前碳达峰行动方案的通知", "国务院", "", ""),
        ),
        ("城市公园建设指南\n第一条 为了规范建设。", Front("城市公园建设指南", "", "", "")),
        ("农村地区冬季清洁取暖工作方案", Front("农村地区冬季清洁取暖工作方案", "", "", "")),
        ("内蒙古自治区防沙治沙条例\n第一条 为了防沙治沙。", Front("内蒙古自治区防沙治沙条例", "", "内蒙古自治区", "")),
        ("东湖区突发环境事件应急预案\n1 总则", Front("东湖区突发环境事件应急预案", "", "东湖区", "")),
        (
            "白河市人民政府文件\n白政发〔2023〕1号\n白河市节水方案\n正文，如下。",
            Front("白河市节水方案", "", "白河市", ""),
        ),
        ("一、总体要求\n正文。", Front()),
        ("", Front()),
    ],
)
def test_the_head_of_a_document_is_read(head, expected):
    """Titles over several lines are joined; words like 城市 and 农村地区 are no regions; what is not said stays empty."""
    assert read_front(head) == expected
