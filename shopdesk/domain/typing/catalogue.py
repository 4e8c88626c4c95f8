"""Which article of the catalogue a few typed words mean; rather none than a wrong one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from shopdesk.domain.folding import fold
from shopdesk.domain.typing.sizes import FoundSize, find_size

SHORTEST_WORD = 4
GOOD_ENOUGH = 0.65
ALIKE_LETTERS = 86

_SERVICE = re.compile(
    r"(?i)^(?:porto|versand(?!karton|tasche|schachtel)\w*|fracht\w*|verpackung(?:skosten|spauschale)?|"
    r"postage|shipping|packaging|packing|"
    r"carriage|freight)\b"
)
_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_ENDINGS = ("en", "er", "es", "n", "e", "s")


@dataclass(frozen=True, slots=True)
class CatalogueName:
    """An article as far as typing needs it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """The article and the typed words that named it, as places in the text."""

    code: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    words: tuple[str, ...]
    letters: str
    size: FoundSize | None
    is_service: bool

    @property
    def base(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    article: CatalogueName
    prepared: _Prepared
    spans: tuple[tuple[int, int], ...]


def find_article(
    text: str, catalogue: Sequence[CatalogueName], size: FoundSize | None = None
) -> FoundArticle | None:
    """The one article the words mean, or None when none or several fit equally well.

    A code counts most; singular, plural, umlauts and a slip of the finger do not matter. Among the sizes of one
    article the typed size chooses, or the nearest as the start of a custom size. Postage and packaging are never it.
    """
    typed = [(found[0], found.span()) for found in _WORD.finditer(text)]
    if not catalogue or not (typed or size):
        return None
    by_code = _by_code(typed, catalogue)
    if by_code:
        return by_code
    words = [(_stem(fold(word)), span) for word, span in typed]
    candidates = _candidates(words, catalogue, size)
    if not candidates and words:
        candidates = _candidates(_spelled_right(words, catalogue), catalogue, size)
    return _chosen(candidates, size)


def _by_code(
    typed: list[tuple[str, tuple[int, int]]], catalogue: Sequence[CatalogueName]
) -> FoundArticle | None:
    # LR could be a word of its own: short codes only as they are written
    codes = {
        article.code if len(article.code) < 3 else article.code.casefold(): article for article in catalogue
    }
    for word, span in typed:
        article = codes.get(word if len(word) < 3 else word.casefold()) if len(word) > 1 else None
        if article and not _prepared(article.name).is_service:
            return FoundArticle(article.code, (span,))
    return None


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=50_000)
def _prepared(name: str) -> _Prepared:
    size = find_size(name)
    without = name[: size.span[0]] + " " + name[size.span[1] :] if size else name
    words = tuple(_stem(fold(word)) for word in _WORD.findall(without))
    return _Prepared(words, " ".join(words), size, bool(_SERVICE.match(name.strip())))


def _candidates(
    words: list[tuple[str, tuple[int, int]]], catalogue: Sequence[CatalogueName], size: FoundSize | None
) -> list[_Candidate]:
    starts = tuple({word[:SHORTEST_WORD] for word, _ in words if len(word) >= 3})
    found: list[_Candidate] = []
    for article in catalogue:
        prepared = _prepared(article.name)
        letters = prepared.letters
        same_tyre = bool(size and size.kind == "tyre" and prepared.size and prepared.size.text == size.text)
        if prepared.is_service or not (same_tyre or any(start in letters for start in starts)):
            continue
        if size and size.kind == "tyre" and prepared.size and not same_tyre:
            continue
        candidate = _scored(article, prepared, words)
        if same_tyre or candidate.score >= GOOD_ENOUGH:
            found.append(candidate)
    return found


def _scored(
    article: CatalogueName, prepared: _Prepared, words: list[tuple[str, tuple[int, int]]]
) -> _Candidate:
    score, best, spans = 0.0, 0.0, []
    for word, span in words:
        likeness = max((_likeness(word, own) for own in prepared.words), default=0.0)
        if not likeness:
            continue
        spans.append(span)
        score += likeness * min(len(word), 10) / 10
        best = max(best, likeness if len(word) >= 3 else 0.0)
    if best and prepared.words and any(_likeness(word, prepared.words[0]) >= 0.9 for word, _ in words):
        score += 0.2
    return _Candidate(score + best if best >= GOOD_ENOUGH else 0.0, article, prepared, tuple(spans))


def _likeness(typed: str, own: str) -> float:
    if typed == own:
        return 1.0
    if len(typed) >= SHORTEST_WORD and own.startswith(typed):
        return 0.9
    if len(own) >= SHORTEST_WORD + 1 and typed.startswith(own):
        return 0.8
    if len(typed) >= SHORTEST_WORD + 2 and own.endswith(typed):
        return 0.7
    return 0.0


def _spelled_right(
    words: list[tuple[str, tuple[int, int]]], catalogue: Sequence[CatalogueName]
) -> list[tuple[str, tuple[int, int]]]:
    """Each typed word replaced by the catalogue's word that differs in a letter or two."""
    from rapidfuzz import fuzz, process

    vocabulary = list(
        {word for article in catalogue for word in _prepared(article.name).words if len(word) > 4}
    )
    right = []
    for word, span in words:
        if len(word) > 4:
            near = process.extractOne(word, vocabulary, scorer=fuzz.ratio, score_cutoff=ALIKE_LETTERS)
            word = near[0] if near else word
        right.append((word, span))
    return right


def _chosen(candidates: list[_Candidate], size: FoundSize | None) -> FoundArticle | None:
    if not candidates:
        return None
    top = max(candidate.score for candidate in candidates)
    best = [candidate for candidate in candidates if candidate.score >= top - 0.001]
    if len({candidate.prepared.base for candidate in best}) > 1:
        shortest = min(len(candidate.prepared.words) for candidate in best)
        best = [candidate for candidate in best if len(candidate.prepared.words) == shortest]
    if len({candidate.prepared.base for candidate in best}) > 1:
        return None
    if len({candidate.prepared.size and candidate.prepared.size.text for candidate in best}) > 1:
        if not size:
            return None
        best.sort(key=lambda candidate: _distance(candidate.prepared.size, size))
    return FoundArticle(best[0].article.code, best[0].spans)


def _distance(own: FoundSize | None, wanted: FoundSize) -> tuple[Decimal, int]:
    """How much of the article's size is too much or missing; bigger is nearer, it can be cut."""
    if not own or own.kind != wanted.kind:
        return Decimal(10_000), 1
    pairs = list(zip(own.numbers[:2], wanted.numbers[:2], strict=True))
    return sum((abs(ours - theirs) for ours, theirs in pairs), Decimal(0)), int(any(o < w for o, w in pairs))
