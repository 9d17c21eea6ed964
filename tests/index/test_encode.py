"""Encoding: one vector a text, by whichever road."""

from __future__ import annotations

import numpy as np
import pytest

from index import ModelMissing, open_encoder
from index.bundled import engine

TEXTS = ["推广沼气。", "秸秆综合利用率稳定在86%以上", "", "a\0b", "\ud800", "水" * 3000, "What is the target?"]


def test_alone_and_together_are_equal() -> None:
    """A text's vector does not depend on its neighbours or their order, bit for bit."""
    together = engine().passages(TEXTS)
    alone = np.concatenate([engine().passages([text]) for text in TEXTS])
    assert np.array_equal(together, alone)
    assert np.array_equal(engine().passages(TEXTS[::-1])[::-1], together)


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
