"""Keyword scores are bm25s's own."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import bm25s
import numpy as np

from index.keywords import Keywords, write_keywords

TEXTS = [["沼气", "农村", "农村"], ["污水", "治理"], [], ["农村", "污水"]]


def test_scores_are_those_of_bm25s(tmp_path: Path) -> None:
    """Adding up the columns gives what bm25s gives, for any query."""
    write_keywords(TEXTS, tmp_path)
    keywords, vendor = Keywords.load(tmp_path), bm25s.BM25.load(tmp_path, show_progress=False)
    tokens = sorted({token for text in TEXTS for token in text})
    for query in product(tokens, repeat=3):
        assert np.allclose(keywords.scores(query), vendor.get_scores(list(query)))


def test_unknown_tokens_score_nothing(tmp_path: Path) -> None:
    """A query without a known token, or without any, scores zero everywhere."""
    write_keywords(TEXTS, tmp_path)
    keywords = Keywords.load(tmp_path)
    assert not keywords.scores(["火星"]).any()
    assert not keywords.scores([]).any()
    assert not keywords.coverage([]).any()


def test_coverage_is_a_weighted_share(tmp_path: Path) -> None:
    """All words found is 1; the rarer of two words found alone is more than half."""
    write_keywords(TEXTS, tmp_path)
    keywords = Keywords.load(tmp_path)
    assert keywords.coverage(["污水", "治理"])[1] == 1
    assert keywords.coverage(["污水", "治理", "治理"])[3] < 0.5 < keywords.coverage(["沼气", "农村"])[0]
    assert keywords.coverage(["沼气", "火星"])[0] < 0.5


def test_texts_without_tokens(tmp_path: Path) -> None:
    """An index of nothing answers with nothing."""
    write_keywords([[], []], tmp_path)
    assert Keywords.load(tmp_path).scores(["沼气"]).tolist() == [0, 0]
