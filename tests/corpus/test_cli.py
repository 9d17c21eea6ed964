"""The commands add, show and check: what they print, what they refuse, what they leave behind."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import load_corpus, load_plan
from corpus.cli import main

SHAPES = Path(__file__).parent / "data" / "shapes"
TEXT = "云川市节水行动方案\n一、主要目标\n到2025年，全市用水总量控制在10亿立方米以内。\n二、重点任务\n（一）农业节水。推广滴灌。（市水务局牵头，农业农村局配合）\n"


@pytest.fixture
def plans(tmp_path):
    return tmp_path / "plans"


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(capsys, *arguments):
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        code = stop.code
    said = capsys.readouterr()
    return code, said.out, said.err


def test_add_tells_what_it_found_and_stores_the_plan(capsys, plans, document):
    """Adding prints id, chapters, brackets, targets and leftovers, and writes a folder that loads as the same plan."""
    code, out, err = run(capsys, "add", document, "--plans", plans)
    assert (code, err) == (0, "")
    assert "已加入方案：yun-chuan-shi-jie-shui-xing-dong-fang-an" in out
    assert "章：2 个\n  一、主要目标\n  二、重点任务（1 条）\n责任括号：1 处，涉及 1 个条款、2 家责任单位" in out
    assert "未能归位的段落：0 处" in out
    assert [path.name for path in plans.iterdir()] == ["yun-chuan-shi-jie-shui-xing-dong-fang-an"]
    plan = load_plan(plans / "yun-chuan-shi-jie-shui-xing-dong-fang-an")
    assert (plan.title, plan.region, plan.reviewed) == ("云川市节水行动方案", "云川市", False)
    assert load_corpus(plans).plans == (plan,)


def test_add_names_every_paragraph_it_could_not_place(capsys, plans, tmp_path):
    """A number out of sequence, a bracket without a body, a table and an unnumbered annex are all told."""
    path = tmp_path / "odd.txt"
    path.write_text(
        f"{TEXT}（七）其他。（有关方面负责解释）\n|指标|数值|\n附件\n重点项目名单\n甲水厂扩建工程，乙泵站改造工程。\n",
        encoding="utf-8",
    )
    code, out, _ = run(capsys, "add", path, "--plans", plans)
    assert code == 0
    assert out.partition("未能归位的段落：")[2].splitlines()[:5] == [
        "4 处",
        "  （七）其他。（有关方面负责解释）（编号与前后不连续，没有作为条款）",
        "  （有关方面负责解释）（括号里没有认出责任单位）",
        "  |指标|数值|（像是表格，没有逐格读取）",
        "  甲水厂扩建工程，乙泵站改造工程。（所在部分没有编号，未能归入条款）",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_add_decodes_what_chinese_texts_are_stored_in(capsys, plans, tmp_path, encoding):
    """UTF-8 and UTF-16 with and without a mark, and GB18030, give the same text."""
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert run(capsys, "add", path, "--plans", plans, "--id", "water")[0] == 0
    assert load_plan(plans / "water").text == TEXT.strip()


def test_add_reads_markdown_without_its_signs(capsys, plans, tmp_path):
    """Headings, bold words, quotes and links of a Markdown file leave plain text."""
    path = tmp_path / "plan.md"
    path.write_text(
        '---\nauthor: a\n---\n# 云川市节水行动方案\n\n## 一、主要目标\n\n> 到**2025年**，用水总量见[附表](a(1).md "t")。\n\n---\n\n'
        "## 二、重点任务\n### （一）农业节水\n推广*滴灌*，面积 1\\*2 亩。（市水务局负责）\n",
        encoding="utf-8",
    )
    assert run(capsys, "add", path, "--plans", plans, "--id", "water")[0] == 0
    assert load_plan(plans / "water").text.split("\n") == [
        "云川市节水行动方案",
        "一、主要目标",
        "到2025年，用水总量见附表。",
        "二、重点任务",
        "（一）农业节水",
        "推广滴灌，面积 1*2 亩。（市水务局负责）",
    ]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("empty.txt", b""), "文件是空的"),
        (("blank.txt", " \r\n\u3000".encode()), "文件是空的"),
        (("binary.txt", bytes(range(256)) * 40), "这不是文本文件"),
        (("report.txt", b"%PDF-1.7 \xe4\xb8\xad"), "像是PDF"),
        (("english.txt", b"Plan for the reduction of emissions in all provinces\n"), "没有读到中文正文"),
        (("japanese.txt", "これは日本語の文章です。国の計画について説明しています。\n".encode()), "没有读到中文正文"),
        (
            ("japanese-legacy.txt", "これは日本語の文章です。国の計画について説明しています。\n".encode("shift-jis")),
            "这不是文本文件",
        ),
        (("large.txt", "节".encode() * 1_800_000), "文件太大"),
        (("plan.xyz", TEXT.encode()), "暂不支持 .xyz 文件"),
        (("plan", TEXT.encode()), "看不出文件的类型"),
    ],
)
def test_add_refuses_in_one_clear_line_what_it_cannot_read(capsys, plans, tmp_path, file, said):
    """What is empty, binary, not Chinese, too large or of an unknown kind is refused with exit code 2; nothing is written."""
    name, data = file
    (tmp_path / name).write_bytes(data)
    code, out, err = run(capsys, "add", tmp_path / name, "--plans", plans)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert not plans.exists()


def test_add_refuses_what_is_not_there_and_what_is_there_already(capsys, plans, document, tmp_path):
    """A missing file, a folder, a bad id, a known id and a known text are refused with exit code 2."""
    assert run(capsys, "add", document, "--plans", plans, "--id", "water")[0] == 0
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("节水", "治水"), encoding="utf-8")
    before = sorted(path for path in plans.rglob("*"))
    for arguments, said in (
        (("add", tmp_path / "none.txt"), "找不到文件"),
        (("add", tmp_path), "这是一个文件夹"),
        (("add", other, "--id", "Water"), "不合规则"),
        (("add", other, "--id", "../water"), "不合规则"),
        (("add", other, "--id", "water"), "已经有方案了"),
        (("add", document, "--id", "water-2"), "这份方案已经收录（编号 water）"),
        (("add", other, "--title", " "), "标题不能是空的"),
    ):
        code, out, err = run(capsys, *arguments, "--plans", plans)
        assert (code, out, err.count("\n")) == (2, "", 1), arguments
        assert said in err
    assert sorted(path for path in plans.rglob("*")) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_add_knows_a_copy_of_a_plan_however_it_is_stored(capsys, plans, document, tmp_path, encoding):
    """A copy in another encoding, with other signs and line ends, is named as the plan that is there already."""
    assert run(capsys, "add", document, "--plans", plans)[0] == 0
    known = next(plans.iterdir()).name
    copy = tmp_path / "copy.txt"
    copy.write_bytes(TEXT.replace("，", ",").replace("\n", "\r\n").encode(encoding))
    assert run(capsys, "add", copy, "--plans", plans) == (2, "", f"这份方案已经收录（编号 {known}）\n")


def test_add_says_when_the_file_name_took_the_place_of_a_title(capsys, plans, tmp_path):
    """Where the text begins with its first chapter, the report says what the title was taken from."""
    path = tmp_path / "节水.txt"
    path.write_text("一、总体要求\n（一）提高效率。到2025年，覆盖率达到90%。（市水务局负责）\n", encoding="utf-8")
    assert "标题：节水（文件里没有找到标题，用的是文件名" in run(capsys, "add", path, "--plans", plans)[1]
    path.write_text("一、总体要求\n（一）提高水平。到2025年，覆盖率达到80%。（市水务局负责）\n", encoding="utf-8")
    assert "没有找到标题" not in run(capsys, "add", path, "--plans", plans, "--title", "节水方案")[1]


def test_add_leaves_nothing_behind_when_the_folder_cannot_be_written(capsys, document, tmp_path):
    """Where the plans' folder is a file, one line says so."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    code, _, err = run(capsys, "add", document, "--plans", tmp_path / "taken")
    assert (code, err.count("\n")) == (2, 1)
    assert "无法写入" in err


def test_show_prints_all_that_is_read_as_json(capsys):
    """JSON holds the plan and its parts with the agreed keys; every offset cuts the part's words out of the text."""
    code, out, _ = run(capsys, "show", SHAPES / "running-numbers.txt", "--json")
    shown = json.loads(out)
    assert code == 0
    assert set(shown) == {"plan", "clauses", "responsibilities", "definitions", "indicators"}
    assert {"plan_id", "title", "text"} <= set(shown["plan"])
    assert all({"clause_id", "label", "title", "text", "start", "end"} <= set(row) for row in shown["clauses"])
    assert all(
        {"clause_id", "name", "role", "open_list", "start", "end"} <= set(row) for row in shown["responsibilities"]
    )
    text = shown["plan"]["text"]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in shown["clauses"])
    assert all(row["name"].endswith(text[row["start"] : row["end"]]) for row in shown["responsibilities"])
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in shown["indicators"])


def test_show_reads_a_plan_by_its_id_for_people(capsys, plans, document):
    """An id shows the stored plan, clause by clause, with bodies in their roles."""
    run(capsys, "add", document, "--plans", plans, "--id", "water")
    code, out, _ = run(capsys, "show", "water", "--plans", plans)
    assert code == 0
    assert "二、（一）农业节水（2.1）\n  责任单位：市水务局（牵头）；市农业农村局（按职责分工负责或配合）" in out


def test_show_refuses_an_unknown_plan(capsys, plans):
    """An id that no plan has is refused with exit code 2."""
    assert run(capsys, "show", "nothing", "--plans", plans) == (2, "", "没有编号为“nothing”的方案，也没有这个文件\n")


def test_a_damaged_plan_is_named_without_a_traceback(capsys, plans, document):
    """A plan folder whose files do not fit is refused by show with one line, and check fails on it."""
    run(capsys, "add", document, "--plans", plans, "--id", "water")
    (plans / "water" / "plan.toml").write_text("title = ", encoding="utf-8")
    assert run(capsys, "show", "water", "--plans", plans) == (2, "", "方案“water”的 plan.toml 无法读取\n")
    assert run(capsys, "check", "--plans", plans)[0] == 1


def test_check_passes_on_the_plans_of_the_repository(capsys):
    """The plans that come with the product have no fault."""
    code, out, _ = run(capsys, "check")
    assert code == 0
    assert "guizhou-145-energy" in out


@pytest.mark.parametrize("arguments", [[], ["add"], ["frob"], ["show", "a", "b"], ["add", "a.txt", "--id"]])
def test_wrong_usage_is_told_in_one_chinese_line(capsys, arguments):
    """Wrong usage ends with exit code 2 and one line that names what is wrong."""
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "python -m corpus" in err
    assert "argument" not in err


def test_the_module_runs_as_a_command(document, plans):
    """python -m corpus prints UTF-8 whatever the terminal's encoding, and its exit code is the command's."""
    command = [sys.executable, "-m", "corpus", "add", str(document), "--plans", str(plans)]
    done = subprocess.run(command, capture_output=True, check=False, env={"PYTHONIOENCODING": "ascii", "PATH": ""})  # noqa: S603
    assert done.returncode == 0, done.stderr.decode()
    assert "已加入方案" in done.stdout.decode("utf-8")
