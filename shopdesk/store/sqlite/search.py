"""Finding by any hint with SQLite FTS5 (PERFORMANCE.md, "Search").

Whole numbers, phones and mails first; then folded words by their beginnings; then the middle of words and
specifications by three characters; and when all that finds nothing, numbers one mistake away, words one or two typing
mistakes away, words that sound alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from shopdesk.domain.folding import compact, fold, sort_key, words
from shopdesk.domain.search import FOUND_TYPES, PAST, Found, FoundType, Hint, PhoneHint, hint_of, near_numbers
from shopdesk.store.sqlite import search_match
from shopdesk.store.sqlite.search_ddl import DDL
from shopdesk.store.sqlite.search_rows import rows_of
from shopdesk.store.sqlite.search_typos import nearest, sounding

__all__ = ["DDL", "callers", "find"]

# bm25 counts every hit of every word in the whole index: with more hits than this those whose name fits come first,
RANKED_HITS = 100
# and with so many the order of the list serves instead
_LISTED_HITS = 500
_SPARE = 5
# prefix='1 2 3 4' in the index
_LISTED_BEGINNING = 4
_WHOLE = 150
_CANDIDATES = 20
# Notes and old invoices that are read for a hint: they stand behind everything else
_PAST_READ = 10
# So many newest are read at most to see whether the pieces stand in them whole
_PARTS_READ = 200
# Places that many customers of one name leave to other things of that name
_RESERVED = 3
# With so many hits by words the middle of words is not asked for, except among the few articles
_ENOUGH = 5

_EXACT, _WORDS, _PARTS, _TYPOS, _SOUNDS = 1000, 600, 300, 200, 100
SAME_EXCHANGE = _PARTS
"""The score of a caller who only shares the exchange with the number."""
_WHOLE_WORDS, _BEGINS = 100, 50

_BEHIND_ALL_LETTERS = "\U0010ffff"

UNRANKED = "SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"
RANKED = "SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY bm25({table}, 10, 3, 5, 1) LIMIT ?"
NEWEST = "SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
PARTS = "SELECT rowid, text FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
LIST = "SELECT id FROM {table} WHERE sort_key >= ? AND sort_key < ? AND deleted_at IS NULL ORDER BY sort_key LIMIT ?"
NOTES = """
    SELECT entry.id, entry.title, entry.text FROM search_timeline_parts
    JOIN timeline_entry AS entry ON entry.id = search_timeline_parts.rowid
    WHERE search_timeline_parts MATCH ? ORDER BY search_timeline_parts.rowid DESC LIMIT ?
"""
NEAR_NUMBERS = """
    SELECT DISTINCT type, id FROM search_number WHERE key IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 20
"""
WORDS = "SELECT word FROM search_word WHERE word >= ? AND word < ? LIMIT ?"
KNOWN_WORD = "SELECT 1 FROM search_word WHERE word >= ? AND word < ? LIMIT 1"
NUMBERS = "SELECT id FROM search_number WHERE key = ? AND type = ? ORDER BY id DESC LIMIT ?"
EMAILS = "SELECT DISTINCT customer_id FROM customer_email WHERE email >= ? AND email < ? LIMIT ?"


def find(
    connection: Connection, text: str, limit: int = 20, types: Sequence[FoundType] | None = None
) -> tuple[Found, ...]:
    """The best `limit` hits for anything typed, best first. Nothing that can be typed is an error."""
    hint = hint_of(text)
    if hint.is_empty or limit < 1:
        return ()
    wanted = types or FOUND_TYPES
    finder = _Finder(connection, hint, limit, wanted)
    found = [one for kind in wanted for one in finder.of(kind)]
    # a note that bears the same mistake is no answer yet
    if all(one.type in PAST and one.score < _EXACT for one in found):
        found += finder.nearly(wanted)
    return _best(found, limit)


def callers(connection: Connection, number: str, limit: int = 5) -> tuple[Found, ...]:
    """Whose number is calling; when nobody's, who has the trunk or another extension of the same exchange."""
    hint = hint_of(number)
    if hint.phone is None or hint.words:
        return ()
    finder = _Finder(connection, hint, limit)
    found = finder.whole_phone() or finder.same_exchange()
    return _best(found, limit)


class _Finder:
    """One search: a connection, what was typed, how many hits are shown."""

    def __init__(
        self, connection: Connection, hint: Hint, limit: int, wanted: Sequence[FoundType] = FOUND_TYPES
    ) -> None:
        self._connection = connection
        self._hint = hint
        self._limit = limit
        self._wanted = wanted
        self._candidates = max(limit, _CANDIDATES)
        self._folded = fold(hint.text)
        self._asked = frozenset(hint.words)
        self._match = search_match.match_of(hint)
        self._parts = search_match.part_match(hint)

    def of(self, kind: FoundType) -> list[Found]:
        """The hits of one type with their scores, best first."""
        if kind in PAST:
            return self._past(kind)
        scores: dict[int, int] = {}
        if kind == "customer" and self._hint.email:
            self._add(scores, self._by_email(), _EXACT)
            if scores:
                return self._read(kind, scores)
        self._add(scores, self._exact(kind), _EXACT)
        self._add(scores, self._short(kind) if self._hint.is_short else self._by_words(kind), _WORDS)
        enough = self._limit if kind == "article" else min(_ENOUGH, self._limit)
        if len(scores) < enough and self._parts and kind != "contact_person":
            self._add(scores, self._by_parts(kind, self._candidates), _PARTS)
        return self._read(kind, scores)

    def nearly(self, kinds: Sequence[FoundType]) -> list[Found]:
        """When nothing was found: the same exchange of a phone number, else words with typing mistakes."""
        if self._hint.phone is not None and not self._hint.words and (same := self.same_exchange()):
            return [one for one in same if one.type in kinds]
        found = self._by_number_nearly(kinds)
        for others, score in ((nearest, _TYPOS), (sounding, _SOUNDS)):
            if not found:
                found = self._by_words_nearly(kinds, others, score)
        return found

    def _past(self, kind: FoundType) -> list[Found]:
        """The newest notes or old invoices in which all pieces stand, whole numbers before."""
        scores: dict[int, int] = {}
        if kind == "old_invoice":
            self._add(scores, self._exact(kind), _EXACT)
        if self._parts:
            most = _PAST_READ if len(self._wanted) > 1 else self._limit
            self._add(scores, self._by_parts(kind, most), _PARTS)
        return self._read(kind, scores)

    def _by_number_nearly(self, kinds: Sequence[FoundType]) -> list[Found]:
        keys = [near for key in self._hint.numbers for near in near_numbers(key)]
        rows = self._connection.exec_driver_sql(NEAR_NUMBERS, (json.dumps(keys),)) if keys else ()
        scores: dict[FoundType, dict[int, int]] = {}
        for kind, row_id in rows:
            scores.setdefault(kind, {})[row_id] = _TYPOS
        return [one for kind in kinds for one in self._read(kind, scores.get(kind, {}))]

    def _by_words_nearly(
        self, kinds: Sequence[FoundType], others: Callable[[Connection, str], Sequence[str]], score: int
    ) -> list[Found]:
        unknown = [word for word in self._hint.words if not self._is_known(word)]
        wrong = frozenset(unknown or self._hint.words)
        match = search_match.typo_match(
            self._hint, lambda word: others(self._connection, word) if word in wrong else ()
        )
        if not match:
            return []
        # a document is found by the right spelling of its customer, who stands here then
        with_words = [kind for kind in kinds if kind not in PAST]
        others_first = [kind for kind in with_words if kind != "document"]
        found = self._matching(others_first, match, score, names_first=True)
        return found or self._matching([kind for kind in with_words if kind == "document"], match, score)

    def _is_known(self, word: str) -> bool:
        """Whether some word of the shop begins like that."""
        ends = (word, word + _BEHIND_ALL_LETTERS)
        return bool(self._connection.exec_driver_sql(KNOWN_WORD, ends).scalar())

    def whole_phone(self) -> list[Found]:
        """Whom the number belongs to."""
        very = self._by_phone(search_match.whole_phone_match, _EXACT)
        return very or self._by_phone(search_match.national_phone_match, _WORDS)

    def same_exchange(self) -> list[Found]:
        """Who has a number that differs in the extension only."""
        return self._by_phone(search_match.same_exchange_match, _PARTS)

    def _by_phone(self, match_of: Callable[[PhoneHint], str], score: int) -> list[Found]:
        match = match_of(self._hint.phone) if self._hint.phone is not None else ""
        return self._matching(("customer", "contact_person"), match, score) if match else []

    def _matching(
        self, kinds: Sequence[FoundType], match: str, score: int, *, names_first: bool = False
    ) -> list[Found]:
        found = []
        for kind in kinds:
            table = f"search_{kind}_words"
            # bm25 would count each of the many words that a typing mistake may have been
            ids = self._ids(UNRANKED, table, f"name : ({match})", self._candidates) if names_first else []
            if len(ids) < self._candidates:
                ids += self._ids(UNRANKED, table, match, self._candidates)
            found += self._read(kind, dict.fromkeys(ids[: self._candidates], score))
        return found

    def _exact(self, kind: FoundType) -> Iterable[int]:
        hint = self._hint
        if kind == "article" or (kind != "contact_person" and hint.has_digits):
            for key in hint.numbers:
                yield from self._ids(NUMBERS, "", key, kind, 10)
        is_person = kind in {"customer", "contact_person"}
        if is_person and hint.phone is not None and not hint.words and len(hint.phone.digits) > 5:
            yield from self._ids(
                UNRANKED, f"search_{kind}_words", search_match.whole_phone_match(hint.phone), 10
            )

    def _by_email(self) -> Iterable[int]:
        return self._ids(
            EMAILS, "", self._hint.email, self._hint.email + _BEHIND_ALL_LETTERS, self._candidates
        )

    def _by_words(self, kind: FoundType) -> Iterable[int]:
        table = f"search_{kind}_words"
        if kind == "document":
            match = search_match.match_of(self._hint, self._whole_words)
            return self._ids(NEWEST, table, match, self._candidates)
        ids = self._ids(UNRANKED, table, self._match, _LISTED_HITS + 1)
        if len(ids) > _LISTED_HITS:
            return [*self._in_list_order(kind), *ids[: self._candidates]]
        if len(ids) > RANKED_HITS:
            names = self._ids(UNRANKED, table, f"name : ({self._match})", self._candidates)
            return [*names, *ids[: self._candidates]]
        return (
            ids if len(ids) <= self._candidates else self._ids(RANKED, table, self._match, self._candidates)
        )

    def _whole_words(self, beginning: str) -> Sequence[str]:
        """The words of the shop that begin like that, if they are few.

        A beginning without a list of its own would gather all documents of "Winterreifen" before the newest come.
        """
        if len(beginning) <= _LISTED_BEGINNING or not beginning.isalpha():
            return ()
        ends = (beginning, beginning + _BEHIND_ALL_LETTERS, _WHOLE + 1)
        known = self._connection.exec_driver_sql(WORDS, ends).scalars().all()
        return known if len(known) <= _WHOLE else ()

    def _short(self, kind: FoundType) -> Iterable[int]:
        if self._hint.has_digits:
            return self._in_list_order(kind)
        order = NEWEST if kind == "document" else UNRANKED
        rest = self._ids(order, f"search_{kind}_words", f"name : {self._match}", self._candidates)
        return [*self._in_list_order(kind), *rest]

    def _in_list_order(self, kind: FoundType) -> Iterable[int]:
        if kind not in {"customer", "article"}:
            return ()
        begin = sort_key(self._hint.text)
        return self._ids(LIST.format(table=kind), "", begin, begin + _BEHIND_ALL_LETTERS, self._candidates)

    def _by_parts(self, kind: FoundType, most: int) -> Iterable[int]:
        """Those among the newest in which the pieces stand whole; only as many are read as are needed."""
        sql = NOTES if kind == "timeline" else PARTS.format(table=f"search_{kind}_parts")
        with self._connection.exec_driver_sql(sql, (self._parts, _PARTS_READ)) as rows:
            whole = (row[0] for row in rows if self._holds(row, is_compact=kind != "timeline"))
            return list(islice(whole, most))

    def _holds(self, row: Any, *, is_compact: bool) -> bool:
        text = row[1] if is_compact else f"{compact(row[1])} {compact(row[2])}"
        return all(piece in text for piece in self._hint.pieces)

    def _ids(self, sql: str, table: str, *parameters: object) -> list[int]:
        return list(self._connection.exec_driver_sql(sql.format(table=table), parameters).scalars().all())

    def _add(self, scores: dict[int, int], ids: Iterable[int], score: int) -> None:
        for row_id in ids:
            if len(scores) >= self._candidates + _SPARE:
                return
            scores.setdefault(row_id, score)

    def _read(self, kind: FoundType, scores: dict[int, int]) -> list[Found]:
        if not scores:
            return []
        rows = rows_of(self._connection, kind, list(scores))
        return [
            replace(rows[one], score=self._score(rows[one], scores[one])) for one in scores if one in rows
        ]

    def _score(self, row: Found, base: int) -> int:
        if base != _WORDS:
            return base
        title = fold(row.title)
        if self._folded and title.startswith(self._folded):
            base += _BEGINS
        if self._asked and self._asked.issubset(words(f"{title} {row.number}")):
            base += _WHOLE_WORDS
        return base


def _best(found: Sequence[Found], limit: int) -> tuple[Found, ...]:
    """The highest scores; equal ones by type. A type that would not be seen at all keeps a few places."""
    ordered = sorted(found, key=lambda one: (-one.score, FOUND_TYPES.index(one.type)))
    shown = {one.type for one in ordered[:limit]}
    reserved: list[Found] = []
    if limit >= 10:
        for kind in FOUND_TYPES:
            if kind not in shown:
                reserved += [one for one in ordered if one.type == kind][:_RESERVED]
    return (*ordered[: limit - len(reserved)], *reserved)
