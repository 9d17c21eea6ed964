"""What the package offers, and what its code must not know."""

import ast
from pathlib import Path

import pytest

import corpus
from corpus import load_corpus
from corpus.plans import PACKAGE

SURFACE = [
    "PLANS",
    "AgencyTable",
    "Alias",
    "BadPlanId",
    "Clause",
    "Comparator",
    "Corpus",
    "CorpusError",
    "Definition",
    "FaultyPlan",
    "Indicator",
    "Plan",
    "PlanExists",
    "Quantity",
    "Responsibility",
    "Role",
    "Strength",
    "UnknownPlan",
    "UnreadableDocument",
    "agency_aliases",
    "clean",
    "extract_indicators",
    "find_quantities",
    "general_bodies",
    "load_corpus",
    "load_plan",
    "parse_outline",
    "read_plan",
]


def test_the_package_offers_exactly_this():
    """Other packages rely on these names; adding or dropping one is a decision, not an accident."""
    assert corpus.__all__ == SURFACE
    assert all(hasattr(corpus, name) for name in SURFACE)


def spoken_words(path):
    """Yield the strings of a module that are no docstrings: the words that its code acts on."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [
        node.body[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body
    ]
    docstrings = {id(node.value) for node in bodies if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_no_code_knows_a_plan(path):
    """No string of the code names a plan's region, titles, targets or bodies; they are data under plans/."""
    words = set()
    for plan in load_corpus().plans:
        words |= {plan.title, plan.region, plan.region.rstrip("省市区县"), *plan.aliases}
        words |= {clause.title for clause in plan.clauses if len(clause.title) > 6}
        words |= {row.name for row in plan.indicators if len(row.name) > 6}
        words |= {row.name for row in plan.responsibilities if row.name[:1] not in "各省市"}
    words.discard("")
    spoken = "\n".join(spoken_words(path))
    assert not [word for word in words if word in spoken]


def test_every_table_of_wording_is_used():
    """Each list of wording.toml is named somewhere in the code: no rule lies there unread."""
    import tomllib

    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    tables = tomllib.loads((PACKAGE / "wording.toml").read_text(encoding="utf-8"))
    unread = []
    for section, lists in tables.items():
        assert f'wording("{section}")' in code or f"wording('{section}')" in code
        for name, value in lists.items():
            names = value if isinstance(value, dict) else {name: value}
            unread += [key for key in names if f'"{key}"' not in code and f"'{key}'" not in code]
    assert unread == []


def test_a_repository_without_plans_is_an_empty_corpus(tmp_path):
    """No folder, or one without plans, gives no plans and still a digest."""
    assert load_corpus(tmp_path / "nowhere").plans == ()
    assert len(load_corpus(tmp_path).digest) == 64
    assert Path(corpus.PLANS).is_dir()


def test_the_digest_changes_with_the_files_of_a_plan(tmp_path):
    """The digest is the same for the same files and another one when a plan's text or facts change."""
    folder = tmp_path / "water"
    folder.mkdir()
    (folder / "plan.txt").write_text("某县方案\n一、节水。", encoding="utf-8")
    (folder / "plan.toml").write_text('title = "某县方案"\n', encoding="utf-8")
    before = load_corpus(tmp_path).digest
    assert load_corpus(tmp_path).digest == before
    (folder / "plan.toml").write_text('title = "某县节水方案"\n', encoding="utf-8")
    assert load_corpus(tmp_path).digest != before


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("某县方案\n\n一、节水。", 'title = "x"'),
        ("某县方案\n一、节水。", "title = "),
        ("某县方案\n一、节水。", '[[notes]]\nclause_id = "1"\nbody = "县水务局"\nquote = "以下均由县水务局落实"\n'),
    ],
)
def test_a_folder_that_does_not_fit_its_text_is_refused(tmp_path, text, facts):
    """A text that is not cleaned, facts that are no TOML, a note that the text does not hold: each is a faulty plan."""
    folder = tmp_path / "water"
    folder.mkdir()
    (folder / "plan.txt").write_text(text, encoding="utf-8")
    (folder / "plan.toml").write_text(facts, encoding="utf-8")
    with pytest.raises(corpus.FaultyPlan):
        load_corpus(tmp_path)
