"""Words one or two typing mistakes away from what was typed (optimal string alignment)."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from shopdesk.domain.phonetics import cologne

_SHORTEST = 3
_NEIGHBOURS = 8
# Beginnings of few letters are few; longer ones would fill the memory
_KEPT_BEGINNINGS = 8
_ALIKE = 40

SOUNDS = "SELECT word FROM search_sound WHERE code = ? LIMIT ?"


@dataclass(slots=True, eq=False)
class _Vocabulary:
    """The words of one shop by length; only what was added since the last time is read."""

    last_id: int = 0
    last_word: str = ""
    by_length: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    beginnings: dict[int, tuple[str, ...]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self, connection: Connection) -> None:
        with self.lock:
            known = connection.exec_driver_sql(
                "SELECT word FROM search_word WHERE id = ?", (self.last_id,)
            ).scalar()
            if (known or "") != self.last_word:
                # rolled back or rebuilt since
                self.last_id, self.by_length = 0, defaultdict(list)
                self.beginnings.clear()
            rows = connection.exec_driver_sql(
                "SELECT id, word FROM search_word WHERE id > ? ORDER BY id", (self.last_id,)
            )
            for row_id, word in rows:
                self.beginnings.clear()
                self.by_length[len(word)].append(word)
                self.last_id, self.last_word = row_id, word

    def beginnings_of(self, length: int) -> tuple[str, ...]:
        """So many letters of all longer words; of half-typed words they are asked for with every key."""
        kept = self.beginnings.get(length)
        if kept is None:
            longer = [
                known for size, some in list(self.by_length.items()) if size > length + 1 for known in some
            ]
            kept = tuple({known[:length] for known in longer})
            if length <= _KEPT_BEGINNINGS:
                self.beginnings[length] = kept
        return kept


_vocabularies: WeakKeyDictionary[Engine, _Vocabulary] = WeakKeyDictionary()
_lock = threading.Lock()


def sounding(connection: Connection, word: str) -> tuple[str, ...]:
    """Known words with the same code of the Kölner Phonetik."""
    code = cologne(word)
    if len(word) < _SHORTEST or len(code) < 2:
        return ()
    return tuple(connection.exec_driver_sql(SOUNDS, (code, _ALIKE)).scalars())


def nearest(connection: Connection, word: str) -> tuple[str, ...]:
    """Known words at most one mistake (up to five letters) or two away, or beginning like that; nearest first."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    if len(word) < _SHORTEST:
        return ()
    with _lock:
        vocabulary = _vocabularies.setdefault(connection.engine, _Vocabulary())
    vocabulary.refresh(connection)
    mistakes = 1 if len(word) <= 5 else 2
    lengths = range(len(word) - mistakes, len(word) + mistakes + 1)
    near = [known for length in lengths for known in vocabulary.by_length.get(length, ())]
    found = extract(word, near, scorer=OSA.distance, score_cutoff=mistakes, limit=_NEIGHBOURS)
    if found:
        return tuple(known for known, _distance, _index in found)
    found = extract(
        word, vocabulary.beginnings_of(len(word)), scorer=OSA.distance, score_cutoff=1, limit=_NEIGHBOURS
    )
    return tuple(known for known, _distance, _index in found)
