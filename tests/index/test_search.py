"""Search: the right clause first, the same every time, whatever is typed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.plans import Corpus
from index import ClauseRetriever, Index, open_index
from tests.fakes import BigramEncoder, FewPlans, plan_of

QUESTIONS = Path(__file__).parent / "data" / "lay_questions.jsonl"


def questions(part: str) -> Iterator[tuple[str, list[str]]]:
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["set"] == part:
            yield row["question"], row["clauses"]


@pytest.mark.parametrize(
    ("part", "first", "among_three"), [("tune", 0.94, 0.97), ("held", 0.9, 0.97), ("fresh", 0.76, 0.85)]
)
def test_lay_questions_find_their_clause(real_index: Index, part: str, first: float, among_three: float) -> None:
    """People's own words find the right clause first; ``fresh`` questions were written when all was tuned."""
    places = []
    for question, clauses in questions(part):
        found = [hit.clause_id for hit in real_index.search(question, k=3)]
        places.append(next((place for place, clause in enumerate(found) if clause in clauses), 9))
    assert sum(place == 0 for place in places) / len(places) >= first
    assert sum(place < 3 for place in places) / len(places) >= among_three


def test_hits_quote_the_plan(real_index: Index, corpus: Corpus) -> None:
    """Every passage of a hit is found in the plan at its offsets, inside the hit's clause."""
    for question, _ in questions("tune"):
        for hit in real_index.search(question, k=3):
            plan = corpus.plan(hit.plan_id)
            clause = plan.clause(hit.clause_id)
            for passage, _likeness in hit.passages:
                assert plan.text[passage.start : passage.end] == passage.text
                assert clause.start <= passage.start < passage.end <= clause.end


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \n\t",
        "？？！",
        "\0",
        "\u200b\ufeff",
        "沼" * 10_000,
        "x" * 10_000,
        "\ud800",
        "a\x07b",
        "🌊",
        "（",
        "1",
        "%s{0}\\",
        "谁",
    ],
)
def test_odd_questions_never_fail(real_index: Index, question: str) -> None:
    """Whatever is typed, the answer is a list of at most k hits."""
    assert len(real_index.search(question, k=2)) <= 2


def test_nothing_readable_finds_nothing(real_index: Index) -> None:
    """A question without a letter or a digit has no hit to show."""
    assert real_index.search("？！，。") == []


def test_plan_ids_restrict_the_search(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """Only clauses of the plans asked for come back; of an unknown plan, none."""
    index = open_index(built, few_plans, encoder=BigramEncoder(), cache_folder=cache_folder)
    assert {hit.plan_id for hit in index.search("污水")} == {"first", "second"}
    assert {hit.plan_id for hit in index.search("污水", plan_ids=["second"])} == {"second"}
    assert index.search("污水", plan_ids=["third"]) == []
    assert index.search("污水", plan_ids=()) == []


def test_number_of_hits(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """k bounds the hits; there are never more than clauses."""
    index = open_index(built, few_plans, encoder=BigramEncoder(), cache_folder=cache_folder)
    assert [len(index.search("污水", k=k)) for k in (0, 1, 99)] == [0, 1, 3]


def test_likeness_and_coverage_mean_something(real_index: Index) -> None:
    """A question in the plan's words is covered, one about something else is not."""
    near = real_index.search("农村生活污水治理率")[0]
    far = real_index.search("火星上有没有外星人")[0]
    assert near.coverage > 0.9
    assert far.coverage < 0.5
    assert near.similarity > far.similarity


def test_ties_follow_the_text(tmp_path: Path, cache_folder: Path) -> None:
    """Clauses of equal score come in the order of the plans' texts."""
    from index import build_index

    plans = FewPlans(tuple(plan_of(name, ("节水", "推广滴灌。")) for name in ("b", "a", "c")))
    build_index(plans, tmp_path, encoder=BigramEncoder(), cache_folder=cache_folder)
    index = open_index(tmp_path, plans, encoder=BigramEncoder(), cache_folder=cache_folder)
    assert [hit.plan_id for hit in index.search("滴灌")] == ["b", "a", "c"]


def test_a_question_loads_no_index_builder(real_folder: Path, cache_folder: Path, python: str) -> None:
    """A cold process that answers a question loads neither bm25s and scipy nor Chroma nor torch."""
    script = (
        "import sys; from pathlib import Path; from index import open_index;"
        "open_index(Path(sys.argv[1]), cache_folder=Path(sys.argv[2])).search('沼气');"
        "print([name for name in ('bm25s', 'scipy', 'chromadb', 'torch') if name in sys.modules])"
    )
    command = [python, "-c", script, str(real_folder), str(cache_folder)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"  # noqa: S603


def test_threads_get_the_same_answers(real_index: Index) -> None:
    """Eight threads at once are answered as one alone."""
    asked = [question for question, _ in questions("held")][:16]
    alone = [real_index.search(question) for question in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(real_index.search, asked)) == alone


def test_processes_get_the_same_answers(real_folder: Path, cache_folder: Path, python: str) -> None:
    """Hash seed and number of threads make no difference to a single digit."""
    script = (
        "import sys; from pathlib import Path; from index import open_index;"
        "index = open_index(Path(sys.argv[1]), cache_folder=Path(sys.argv[2]));"
        "print([index.search(question) for question in sys.argv[3:]])"
    )
    asked = [question for question, _ in questions("held")][::8]
    outputs = {
        subprocess.run(  # noqa: S603 (our own interpreter and script)
            [python, "-c", script, str(real_folder), str(cache_folder), *asked],
            env={"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"), ("3", "2"))
    }
    assert len(outputs) == 1


def test_retriever_gives_documents(real_index: Index, corpus: Corpus) -> None:
    """LangChain gets the same clauses in the same order, with offsets that lead back into the plan."""
    question = "秸秆综合利用"
    documents = ClauseRetriever(index=real_index, k=3).invoke(question)
    assert [document.metadata["clause_id"] for document in documents] == [
        hit.clause_id for hit in real_index.search(question, k=3)
    ]
    best = documents[0].metadata
    start, end = best["spans"][0]
    assert corpus.plan(best["plan_id"]).text[start:end] in documents[0].page_content
