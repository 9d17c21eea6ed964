"""What people call government bodies."""

from pathlib import Path

import pytest

from corpus import AgencyTable, agency_aliases, general_bodies, load_corpus, read_plan
from corpus.agencies import split_name

SHAPES = Path(__file__).parent / "data" / "shapes"
PLAN = load_corpus().plan("guizhou-145-energy")


@pytest.mark.parametrize(
    ("name", "words", "kind"),
    [
        ("省发展改革委", "发改委", "short"),
        ("省发展改革委", "省发展和改革委员会", "full"),
        ("省发展改革委", "贵州省发改委", "short"),
        ("省工业和信息化厅", "工信厅", "short"),
        ("省工业和信息化厅", "经信委", "old"),
        ("省住房城乡建设厅", "住建厅", "short"),
        ("省住房城乡建设厅", "省住房和城乡建设厅", "full"),
        ("省生态环境厅", "环保厅", "old"),
        ("省生态环境厅", "贵州省环保厅", "old"),
        ("人民银行贵阳中心支行", "人行", "short"),
        ("人民银行贵阳中心支行", "央行", "short"),
        ("人民银行贵阳中心支行", "中国人民银行贵阳中心支行", "full"),
        ("贵州银保监局", "银保监", "short"),
        ("贵州银保监局", "银保监局", "full"),
        ("省市场监管局", "市监局", "short"),
        ("省市场监管局", "市场监督管理局", "full"),
        ("省市场监管局", "工商局", "old"),
        ("省人力资源社会保障厅", "人社厅", "short"),
        ("省人力资源社会保障厅", "人力资源和社会保障厅", "full"),
        ("省机关事务局", "机关事务管理局", "full"),
        ("省地方金融监管局", "金融办", "old"),
        ("省乡村振兴局", "扶贫办", "old"),
        ("省大数据局", "大数据发展管理局", "full"),
        ("省通信管理局", "通管局", "short"),
        ("省委组织部", "组织部", "full"),
        ("省委组织部", "贵州省委组织部", "full"),
        ("省妇联", "妇联", "full"),
        ("民航贵州监管局", "民航监管局", "short"),
        ("成都铁路局贵阳办事处", "铁路局", "short"),
        ("省邮政管理局", "邮政局", "short"),
        ("各市（州）人民政府", "市州政府", "short"),
        ("各市（州）人民政府", "各市州人民政府", "full"),
        ("市发改委", "市发展和改革委员会", "full"),
        ("市市场监管局", "市监局", "short"),
        ("国网山西电力公司", "国家电网", "short"),
        ("天津自贸试验区管委会", "自贸试验区管委会", "short"),
    ],
)
def test_a_body_goes_by_its_short_full_and_old_names(name, words, kind):
    """The names that people use, each of its kind, follow from the canonical name."""
    assert (words, kind) in {(alias.text, alias.kind) for alias in agency_aliases(name, "贵州省")}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("省发展改革委", "工信厅"),
        ("省财政厅", "财政"),
        ("省教育厅", "教育"),
        ("省工业和信息化厅", "工信局"),
        ("贵州证监局", "州证监局"),
        ("省生态环境厅", "省生态环境厅"),
    ],
)
def test_a_body_does_not_go_by_other_words(name, words):
    """No other body's name, no ordinary word, no other level, and not the name itself."""
    assert words not in {alias.text for alias in agency_aliases(name, "贵州省")}


def test_every_body_of_the_plans_has_another_name():
    """Each body of the seed plan and of the made-up documents has at least one alias, and none is another body's name."""
    plans = [PLAN, *(read_plan(path.read_text(encoding="utf-8"), path.stem) for path in sorted(SHAPES.glob("*.txt")))]
    for plan in plans:
        table = AgencyTable.of((row.name for row in plan.responsibilities), plan.region)
        assert not [name for name, aliases in table.aliases.items() if not aliases]
        for name in table.names:
            assert table.owners(name) == (name,)


def test_words_that_fit_several_bodies_name_them_all():
    """金融监管局 may be either of two bodies; an unknown word names none."""
    table = AgencyTable.of(["省地方金融监管局", "国家金融监督管理总局", "省财政厅", "市财政局"], "贵州省")
    assert table.owners("省地方金融监管局") == ("省地方金融监管局",)
    assert table.owners("财政厅") == ("省财政厅",)
    assert table.owners("天文台") == ()


def test_bodies_anywhere_are_known_by_their_usual_words():
    """Words for bodies that no plan names are known with the kernel they stand for, at every level of government."""
    bodies = general_bodies()
    assert bodies["人社局"] == "人力资源社会保障局"
    assert bodies["财政部"] == "财政部"
    assert bodies["卫健委"] == "卫生健康委"
    assert len(set(bodies.values())) >= 60


@pytest.mark.parametrize(
    ("name", "prefix", "kernel"),
    [
        ("市市场监管局", "市", "市场监管局"),
        ("自治区科技厅", "自治区", "科技厅"),
        ("省委宣传部", "省委", "宣传部"),
        ("包头市发改委", "包头市", "发展改革委"),
        ("贵州银保监局", "贵州", "银保监局"),
    ],
)
def test_a_name_parts_into_level_and_kernel(name, prefix, kernel):
    """What stands before the kernel is the level or the place, whatever the form of the kernel."""
    before, found = split_name(name)
    assert before == prefix
    assert found is not None
    assert found.name == kernel
