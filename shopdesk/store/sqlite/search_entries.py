"""The rows of the search index, whatever they are about: collected for some things, written table by table.

A further source of hits takes four steps: its table(s) in search_ddl and a migration, its name in `TABLES` here and in
domain.search.FOUND_TYPES, a function `index_…` beside those of search_index or search_past (named in
search_rebuild.SOURCES), and what a hit looks like in search_rows.READERS. The search itself then finds it.
"""

# ruff: noqa: S608 - only names of our own tables are put into statements, values are parameters
from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from shopdesk.domain.folding import fold_each, words_in_folded
from shopdesk.domain.phonetics import cologne

IN = "IN (SELECT value FROM json_each(?))"
TABLES = {
    "customer": ("search_customer_words", "search_customer_parts"),
    "contact_person": ("search_contact_person_words",),
    "document": ("search_document_words", "search_document_parts"),
    "article": ("search_article_words", "search_article_parts"),
    "old_invoice": ("search_old_invoice_parts",),
    "timeline": ("search_timeline_parts",),
}
"""Type → its tables: `…_words` for words by their beginnings, `…_parts` for any three characters."""

_NEW_WORDS = """
    SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM search_word WHERE word = value)
"""


class Entries:
    """Index rows of one chunk."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in TABLES}
        self.texts: dict[str, list[tuple[int, str]]] = {kind: [] for kind in TABLES}
        self.numbers: list[tuple[str, int, str]] = []
        self._vocabulary: dict[str, None] = {}

    def add(
        self,
        kind: str,
        row_id: int,
        *,
        name: str,
        place: str = "",
        contact: str = "",
        more: str = "",
        extra: Iterable[str] = (),
        parts: Iterable[str] = (),
    ) -> None:
        """One thing to be found; `contact` and `extra` are folded already, the other texts are not."""
        known = [" ".join(words_in_folded(text)) for text in fold_each((name, place, more))]
        numbers = " ".join(sorted(extra))
        self.rows[kind].append((row_id, known[0], known[1], f"{contact} {numbers}".strip(), known[2]))
        for text in known:
            self._vocabulary.update(
                dict.fromkeys(word for word in text.split() if len(word) > 3 and word.isalpha())
            )
        self.add_parts(kind, row_id, parts)

    def add_parts(self, kind: str, row_id: int, parts: Iterable[str]) -> None:
        """What any three neighbouring characters of these texts find."""
        pieces = [
            piece if piece.isalnum() else "".join(words_in_folded(piece)) for piece in fold_each(tuple(parts))
        ]
        self.texts[kind].append((row_id, " ".join(piece for piece in pieces if piece)))

    def add_numbers(self, kind: str, row_id: int, keys: Iterable[str]) -> None:
        """Whole numbers under which the thing is known."""
        self.numbers += [(kind, row_id, key) for key in keys]

    def write(self, connection: Connection) -> None:
        """Write everything added so far."""
        for kind, tables in TABLES.items():
            for table in tables:
                if table.endswith("_words") and self.rows[kind]:
                    sql = f"INSERT INTO {table}(rowid, name, place, contact, more) VALUES (?, ?, ?, ?, ?)"
                    connection.exec_driver_sql(sql, self.rows[kind])
                elif table.endswith("_parts") and self.texts[kind]:
                    connection.exec_driver_sql(
                        f"INSERT INTO {table}(rowid, text) VALUES (?, ?)", self.texts[kind]
                    )
        if self.numbers:
            sql = "INSERT OR IGNORE INTO search_number(type, id, key) VALUES (?, ?, ?)"
            connection.exec_driver_sql(sql, self.numbers)
        self._learn(connection)

    def _learn(self, connection: Connection) -> None:
        """Words that typing mistakes are measured by, and how they sound."""
        if not self._vocabulary:
            return
        new = connection.exec_driver_sql(_NEW_WORDS, (json.dumps(list(self._vocabulary)),)).scalars().all()
        if new:
            connection.exec_driver_sql("INSERT INTO search_word(word) VALUES (?)", [(word,) for word in new])
            sounds = [(code, word) for word in new if (code := cologne(word))]
            if sounds:  # digits and signs have none
                connection.exec_driver_sql(
                    "INSERT OR IGNORE INTO search_sound(code, word) VALUES (?, ?)", sounds
                )


def remove(connection: Connection, kind: str, ids: Sequence[int]) -> None:
    """Take things of one type out of the index."""
    given = (json.dumps(list(ids)),)
    for table in TABLES[kind]:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid {IN}", given)
    connection.exec_driver_sql(f"DELETE FROM search_number WHERE type = ? AND id {IN}", (kind, *given))


def by_owner(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by what stands in their first column."""
    owners: dict[int, list[Any]] = {}
    for row in rows:
        owners.setdefault(row[0], []).append(row)
    return owners
