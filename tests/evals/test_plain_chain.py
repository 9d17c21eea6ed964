import itertools

import pytest

from corpus import Plan
from evals.chunks import OVERLAP, SIZE, chunks
from evals.judge import judge
from evals.plain_chain import PlainChain, Prompt, Wrote
from evals.question import Question
from evals.reply import read_reply
from tests.fakes import BigramEncoder, garden_plan

PLAN = garden_plan()
PLANS = {PLAN.plan_id: PLAN}


def _chain(said: str, asked: list[Prompt] | None = None) -> PlainChain:
    def write(prompt: Prompt) -> Wrote:
        if asked is not None:
            asked.append(prompt)
        return Wrote(said, 90, 7)

    return PlainChain([PLAN], BigramEncoder(), write)


def _question(text: str, **more: object) -> Question:
    return Question.model_validate({"id": "a", "question": text, "expect": {"status": "answered"}} | more)


def test_the_pieces_cover_the_plan(plan: Plan) -> None:
    """No word of a plan is left out, none of the pieces is too long, and each begins within the one before it."""
    pieces = chunks(plan)
    assert (pieces[0].start, pieces[-1].end) == (0, len(plan.text))
    assert all(0 < piece.end - piece.start <= SIZE for piece in pieces)
    assert all(one.end - OVERLAP == other.start for one, other in itertools.pairwise(pieces))


def test_the_pieces_quote_the_clauses(plan: Plan) -> None:
    """What a piece quotes of a clause lies in both, and tears no number."""
    for piece in chunks(plan):
        for clause_id, start, end in piece.quotations():
            clause = plan.clause(clause_id)
            assert clause.start <= start < end <= clause.end
            assert piece.start <= start < end <= piece.end
            assert not any(plan.text[at - 1 : at + 1].isdecimal() for at in (start, end))


def test_the_model_gets_four_pieces_and_the_dialogue() -> None:
    """The prompt holds the nearest piece, the question and the turns before it."""
    asked: list[Prompt] = []
    chain = _chain("好。", asked)
    question = _question("步道建设谁牵头？", history=["行道树呢？"])
    chain.answer(question)
    assert chain.nearest(question)[0].text.strip() in asked[0].user
    assert "行道树呢？" in asked[0].user
    assert asked[0].user.endswith("步道建设谁牵头？")


def test_its_answer_can_be_judged() -> None:
    """What it answers is of the agreed form, with tokens and time, and cites all that it was given."""
    answer = _chain("市园林局牵头[7]。").answer(_question("行道树谁牵头？"))
    reply = read_reply(answer)
    assert not isinstance(reply, str), reply
    assert reply.status == "answered"
    assert reply.citations
    assert "[7]" not in reply.answer
    assert answer["model"] == {"read": 90, "written": 7}
    assert reply.timings_ms["total"] >= 0
    assert {row.name for row in reply.agencies} == {"市园林局"}


@pytest.mark.parametrize(
    ("said", "status"),
    [("没有写。", "not_stated"), ("无关", "out_of_scope"), ("", "answered"), ("新建步道。", "answered")],
)
def test_its_refusals_are_refusals(said: str, status: str) -> None:
    """The words that it was told to refuse with are read as refusals; anything else counts as an answer."""
    assert _chain(said).answer(_question("？"))["status"] == status


def test_what_it_invents_is_found() -> None:
    """A figure that stands in none of the pieces is an unsupported fact, one that does is none."""
    question = _question("步道多长？")
    invented = judge(question, _chain("新建步道 937 公里。").answer(question), PLANS)
    true = judge(question, _chain("新建步道 80 公里。").answer(question), PLANS)
    assert invented.unproved
    assert not true.unproved
