"""Text becomes words (jieba with the genre's terms) and character bigrams.

The only module that imports jieba. A private tokenizer with a private cache folder is used: jieba's own default,
a file in the shared temporary folder, is loaded without asking who wrote it.
"""

from __future__ import annotations

import itertools
import logging
import re
import threading
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

with warnings.catch_warnings():  # jieba 0.42 holds regular expressions with invalid escapes
    warnings.simplefilter("ignore")
    import jieba

DEFAULT_CACHE = Path("var/cache")

# One unit is a run of ASCII letters and digits (5G, 318, pm2.5) or one other letter; bigrams are pairs of units.
_UNIT = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?|[^\W_]")
_RUN = re.compile(r"(?:[a-z0-9]+(?:\.[0-9]+)?|[^\W_])+")
_WORD = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)")
_COMMAS = re.compile(r"[\s,.?!;:]*,[\s,.?!;:]*")
# 到 2025 年 and 到2025年 are one text: blanks count only between two ASCII words.
_BLANK = re.compile(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])")


def fold(text: str) -> str:
    """Return ``text`` as it is compared: NFKC, lower case, without blanks inside Chinese.

    >>> fold("到 2025 年，Ⅱ 类水质１００％")
    '到2025年,ii类水质100%'
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", text).lower())


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring characters; Latin words and numbers count as one character each.

    >>> bigrams("秸秆利用率86%")
    ['秸秆', '秆利', '利用', '用率', '率86', '86']
    >>> bigrams("水")
    ['水']
    """
    return list(_bigrams(fold(text)))


def _bigrams(folded: str) -> Iterator[str]:
    for run in _RUN.findall(folded):
        units = _UNIT.findall(run)
        if len(units) == 1:
            yield units[0]
            continue
        for left, right in itertools.pairwise(units):
            yield left + right
        yield from (unit for unit in units if unit.isascii())


class Segmenter:
    """Splits Chinese text into words; one per process and term list is enough, threads may share it."""

    def __init__(self, terms: Iterable[str] = (), cache_folder: Path | None = None) -> None:
        """Prepare a tokenizer that knows ``terms``; the dictionary is read at the first use.

        ``cache_folder`` keeps jieba's parsed dictionary (5 MB, 0.4 s faster); it is made private to the user.
        """
        self._terms = sorted({term for term in map(fold, terms) if len(term) > 1})
        self._cache_folder = cache_folder
        self._lock = threading.Lock()
        self._tokenizer: Any = None

    def words(self, text: str) -> list[str]:
        """Return the words of ``text``, long ones preceded by the shorter words inside them.

        >>> Segmenter(["非化石能源"]).words("非化石能源占比21.6%")
        ['化石', '能源', '非化石能源', '占', '比', '21.6']
        """
        found: list[str] = []
        for part in _NUMBER.split(fold(text)):
            if _NUMBER.fullmatch(part):
                found.append(part)
            else:
                found.extend(word for word in self._ready().cut_for_search(part, HMM=False) if _WORD.search(word))
        return found

    def subject(self, question: str) -> str:
        """Return a question without the words that only ask; the whole question where nothing else is left.

        >>> Segmenter().subject("农村生活污水治理由谁负责？")
        '农村生活污水治理,'
        >>> Segmenter().subject("谁负责？")
        '谁负责?'
        """
        folded = fold(question)
        words: Iterable[str] = self._ready().cut(folded, HMM=False)
        kept = "".join("," if word in asking_words() else word for word in words)
        subject = _COMMAS.sub(",", kept)
        return subject if _WORD.search(subject) else folded

    def cut(self, text: str) -> list[str]:
        """Return the words of ``text`` once each place, marks included: the pieces joined are the folded text.

        >>> Segmenter(["非化石能源"]).cut("非化石能源占比，20%")
        ['非化石能源', '占', '比', ',', '20', '%']
        """
        return list(self._ready().lcut(fold(text), HMM=False))

    def _ready(self) -> Any:
        if self._tokenizer is None:
            with self._lock:
                if self._tokenizer is None:
                    self._tokenizer = self._open()
        return self._tokenizer

    def _open(self) -> Any:
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        with _private(self._cache_folder) as cache_folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tokenizer.tmp_dir = str(cache_folder)
            tokenizer.cache_file = "jieba.cache"
            tokenizer.initialize()
        for term in self._terms:
            tokenizer.add_word(term)
        return tokenizer


@contextmanager
def _private(folder: Path | None) -> Iterator[Path]:
    """Give ``folder``, closed to other users, or a passing one where that cannot be had."""
    try:
        if folder is None:
            raise PermissionError
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError:
        with TemporaryDirectory(prefix="words-") as passing:
            yield Path(passing)
    else:
        yield folder


@cache
def asking_words() -> frozenset[str]:
    """Return the words that ask instead of naming a subject (``asking_words.txt``)."""
    lines = (Path(__file__).parent / "asking_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
