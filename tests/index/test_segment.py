"""Words and bigrams."""

from __future__ import annotations

from pathlib import Path

from index.segment import Segmenter, bigrams, fold


def test_terms_stay_whole(tmp_path: Path) -> None:
    """A term of the list comes out whole, beside the shorter words inside it."""
    assert "能耗双控" in Segmenter(["能耗双控"], tmp_path).words("完善能耗双控制度")


def test_cache_folder_is_private(tmp_path: Path) -> None:
    """The parsed dictionary is kept where nobody else may write."""
    Segmenter((), tmp_path / "cache").words("沼气")
    assert (tmp_path / "cache" / "jieba.cache").exists()
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


def test_width_and_blanks_do_not_matter() -> None:
    """Full-width digits and the blanks of a typesetter make no difference to what is compared."""
    assert bigrams("到 ２０２５ 年") == bigrams("到2025年")
    assert fold("five year plan") == "five year plan"
