"""The general terms of the genre."""

from corpus.plans import PACKAGE


def test_terms_are_plain_words_each_once():
    """Each line is a comment, empty, or one term without spaces; no term is listed twice."""
    lines = (PACKAGE / "terms.txt").read_text(encoding="utf-8").splitlines()
    terms = [line for line in lines if line and not line.startswith("#")]
    assert len(terms) > 300
    assert len(set(terms)) == len(terms)
    assert all(term == "".join(term.split()) and len(term) > 1 for term in terms)
