"""Writes the search index: the rows of one customer, document or article, in the transaction that saved it."""

# ruff: noqa: S608 - only names of our own tables are put into statements, values are parameters
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from shopdesk.domain.folding import compact, fold, words
from shopdesk.domain.search import KIND_WORDS, number_keys, phone_ends, phone_words

# Private use: a letter to the tokenizer, and nobody types it. Reversed digits stand behind it, "ends in 4711"
ENDS = "\ue000"

# Saving a customer gives the contact persons new ids; their index rows stand under customer and position instead:
# the rowid is the customer times a hundred, plus the position
CONTACT_PERSONS = 100

_CHUNK = 400
_TABLES = {
    "customer": ("search_customer_words", "search_customer_parts"),
    "contact_person": ("search_contact_person_words",),
    "document": ("search_document_words", "search_document_parts"),
    "article": ("search_article_words", "search_article_parts"),
}
_IN = "IN (SELECT value FROM json_each(?))"
_CUSTOMERS = f"""
    SELECT id, number, company, title, given_name, family_name, vat_id, buyer_reference, note
    FROM customer WHERE id {_IN} AND deleted_at IS NULL ORDER BY id
"""
# whose records are a part of these customers' now: who calls under the old number is found, too
_FORMER = f"""
    SELECT m.survivor_id, c.id, c.number, c.company, c.title, c.given_name, c.family_name, c.vat_id
    FROM customer_merge AS m JOIN customer AS c ON c.id = m.merged_id WHERE m.survivor_id {_IN} ORDER BY c.id
"""
_FORMER_PHONES = f"""
    SELECT m.survivor_id, p.number, p.e164
    FROM customer_merge AS m JOIN customer_phone AS p ON p.customer_id = m.merged_id WHERE m.survivor_id {_IN}
"""
_FORMER_EMAILS = f"""
    SELECT m.survivor_id, e.email
    FROM customer_merge AS m JOIN customer_email AS e ON e.customer_id = m.merged_id WHERE m.survivor_id {_IN}
"""
_ADDRESSES = f"SELECT customer_id, lines, postal_code, city FROM customer_address WHERE customer_id {_IN}"
_PHONES = f"SELECT customer_id, number, e164 FROM customer_phone WHERE customer_id {_IN}"
_EMAILS = f"SELECT customer_id, email FROM customer_email WHERE customer_id {_IN}"
_FACTS = f"SELECT customer_id, text FROM pinned_fact WHERE customer_id {_IN}"
_CONTACT_PERSONS = f"""
    SELECT customer_id, position, title, given_name, family_name, role, phone, email
    FROM contact_person WHERE customer_id {_IN} ORDER BY position
"""
_DOCUMENTS = (
    f"SELECT id, kind, number, recipient, city, title, customer_id FROM document WHERE id {_IN} ORDER BY id"
)
_LINES = f"""
    SELECT document_id, text, description, article_code FROM document_line WHERE document_id {_IN} ORDER BY position
"""
_LEARN = """
    INSERT INTO search_word(word)
    SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM search_word WHERE word = value)
"""
_ARTICLES = (
    f"SELECT id, code, name, description FROM article WHERE id {_IN} AND deleted_at IS NULL ORDER BY id"
)


def index_customer(connection: Connection, customer_id: int) -> None:
    """Write what finds the customer and the contact persons; takes a deleted one out."""
    index_customers(connection, (customer_id,))


def index_document(connection: Connection, document_id: int) -> None:
    """Write what finds the document, draft or issued."""
    index_documents(connection, (document_id,))


def index_article(connection: Connection, article_id: int) -> None:
    """Write what finds the article; takes a deleted one out."""
    index_articles(connection, (article_id,))


def remove_customer(connection: Connection, customer_id: int) -> None:
    """Take the customer and the contact persons out of the index."""
    _remove(connection, "customer", (customer_id,))
    _remove_contact_persons(connection, (customer_id,))


def remove_document(connection: Connection, document_id: int) -> None:
    """Take the document out of the index."""
    _remove(connection, "document", (document_id,))


def remove_article(connection: Connection, article_id: int) -> None:
    """Take the article out of the index."""
    _remove(connection, "article", (article_id,))


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from the rows, a few hundred at a time."""
    for tables in _TABLES.values():
        for table in tables:
            # contentless tables know no plain DELETE of everything
            command = "delete-all" if table.endswith("_words") else None
            connection.exec_driver_sql(
                f"INSERT INTO {table}({table}) VALUES ('{command}')" if command else f"DELETE FROM {table}"
            )
    connection.exec_driver_sql("DELETE FROM search_number")
    connection.exec_driver_sql("DELETE FROM search_word")
    for table, index in (
        ("customer", index_customers),
        ("document", index_documents),
        ("article", index_articles),
    ):
        for ids in _all_ids(connection, table):
            index(connection, ids, fresh=True)
    for tables in _TABLES.values():
        for table in tables:
            connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def index_customers(connection: Connection, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Write many customers; `fresh` says that none of them is in the index yet."""
    if not fresh:
        _remove(connection, "customer", ids)
        _remove_contact_persons(connection, ids)
    given = (json.dumps(ids),)
    rows = connection.exec_driver_sql(_CUSTOMERS, given).all()
    parts = {
        name: _by_owner(connection.exec_driver_sql(sql, given))
        for name, sql in (
            ("a", _ADDRESSES),
            ("p", _PHONES),
            ("e", _EMAILS),
            ("f", _FACTS),
            ("c", _CONTACT_PERSONS),
            ("former", _FORMER),
            ("former_p", _FORMER_PHONES),
            ("former_e", _FORMER_EMAILS),
        )
    }
    entries = _Entries()
    for row in rows:
        _customer(entries, row, {name: found.get(row.id, []) for name, found in parts.items()})
    entries.write(connection)


def index_documents(connection: Connection, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Write many documents; `fresh` says that none of them is in the index yet."""
    if not fresh:
        _remove(connection, "document", ids)
    given = (json.dumps(ids),)
    rows = connection.exec_driver_sql(_DOCUMENTS, given).all()
    lines = _by_owner(connection.exec_driver_sql(_LINES, given))
    customer_ids = sorted({row.customer_id for row in rows if row.customer_id is not None})
    persons = {row.id: row for row in connection.exec_driver_sql(_CUSTOMERS, (json.dumps(customer_ids),))}
    entries = _Entries()
    for row in rows:
        _document(entries, row, lines.get(row.id, []), persons.get(row.customer_id))
    entries.write(connection)


def index_articles(connection: Connection, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Write many articles; `fresh` says that none of them is in the index yet."""
    if not fresh:
        _remove(connection, "article", ids)
    entries = _Entries()
    for row in connection.exec_driver_sql(_ARTICLES, (json.dumps(ids),)):
        entries.add(
            "article",
            row.id,
            name=f"{row.name} {row.code}",
            more=row.description,
            extra=number_keys(row.code),
            parts=(row.name, row.code, row.description),
        )
        entries.numbers += [("article", row.id, key) for key in number_keys(row.code)]
    entries.write(connection)


class _Entries:
    """Index rows of one chunk, written table by table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in _TABLES}
        self.texts: dict[str, list[tuple[int, str]]] = {"customer": [], "document": [], "article": []}
        self.numbers: list[tuple[str, int, str]] = []
        self.vocabulary: dict[str, None] = {}

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
        known = [" ".join(words(text)) for text in (name, place, more)]
        numbers = " ".join(sorted(extra))
        self.rows[kind].append((row_id, known[0], known[1], f"{contact} {numbers}".strip(), known[2]))
        for text in known:
            self.vocabulary.update(
                dict.fromkeys(word for word in text.split() if len(word) > 3 and word.isalpha())
            )
        if kind in self.texts:
            text = " ".join(piece for piece in map(compact, parts) if piece)
            self.texts[kind].append((row_id, text))

    def write(self, connection: Connection) -> None:
        """Write everything added so far."""
        for kind, (words_table, *parts_tables) in _TABLES.items():
            if self.rows[kind]:
                sql = f"INSERT INTO {words_table}(rowid, name, place, contact, more) VALUES (?, ?, ?, ?, ?)"
                connection.exec_driver_sql(sql, self.rows[kind])
            for table in parts_tables:
                if self.texts[kind]:
                    connection.exec_driver_sql(
                        f"INSERT INTO {table}(rowid, text) VALUES (?, ?)", self.texts[kind]
                    )
        if self.numbers:
            sql = "INSERT OR IGNORE INTO search_number(type, id, key) VALUES (?, ?, ?)"
            connection.exec_driver_sql(sql, self.numbers)
        if self.vocabulary:
            connection.exec_driver_sql(_LEARN, (json.dumps(list(self.vocabulary)),))


def _customer(entries: _Entries, row: Any, own: dict[str, list[Any]]) -> None:
    name = f"{row.given_name} {row.family_name} {row.company} {row.title}"
    place = " ".join(f"{a.lines} {a.postal_code} {a.city}" for a in own["a"])
    persons = " ".join(f"{c.given_name} {c.family_name}" for c in own["c"])
    phones = (*own["p"], *own["former_p"])
    contact = [_contact(p.number, p.e164) for p in phones] + [_contact(c.phone) for c in own["c"]]
    emails = [e.email for e in (*own["e"], *own["former_e"])]
    former = " ".join(f"{f.given_name} {f.family_name} {f.company} {f.vat_id}" for f in own["former"])
    contact += [fold(email) for email in (*emails, *(c.email for c in own["c"]))]
    facts = " ".join(f.text for f in own["f"])
    numbers = (row.number, *(f.number for f in own["former"]))
    keys = frozenset(key for number in numbers for key in number_keys(number))
    entries.add(
        "customer",
        row.id,
        name=name,
        place=place,
        contact=" ".join(contact),
        more=f"{persons} {row.vat_id} {row.buyer_reference} {row.note} {facts} {former}",
        extra=keys,
        parts=(
            *name.split(),
            *(part for a in own["a"] for part in (*a.lines.split("\n"), a.city)),
            *persons.split(),
            *emails,
            *(p.e164 or p.number for p in phones),
            *numbers,
            row.note,
            facts,
            *former.split(),
        ),
    )
    entries.numbers += [("customer", row.id, key) for key in keys]
    for person in own["c"][:CONTACT_PERSONS]:
        entries.add(
            "contact_person",
            row.id * CONTACT_PERSONS + person.position,
            name=f"{person.given_name} {person.family_name} {person.title}",
            place=place,
            contact=f"{_contact(person.phone)} {fold(person.email)}",
            more=f"{row.company} {person.role}",
        )


def _document(entries: _Entries, row: Any, lines: list[Any], person: Any) -> None:
    keys = number_keys(row.number) if row.number else frozenset()
    # a company's invoice is also asked for by the name of the person
    name = row.recipient if person is None else f"{row.recipient} {person.given_name} {person.family_name}"
    texts = [text for line in lines for text in (line.text, line.description, line.article_code) if text]
    entries.add(
        "document",
        row.id,
        name=name,
        place=row.city,
        more=f"{KIND_WORDS.get(row.kind, row.kind)} {' '.join(texts)}",
        # the other spellings are in search_number; as words they would make "2026" slow
        extra=(*words(row.number or ""), min(keys, key=len, default="")),
        parts=(row.recipient, row.number or "", *texts),
    )
    entries.numbers += [("document", row.id, key) for key in keys]


def _contact(shown: str, e164: str = "") -> str:
    ends = phone_ends(shown, e164)
    return " ".join((*phone_words(shown, e164), f"{ENDS}{ends}" if ends else ""))


def _by_owner(rows: Iterable[Any]) -> dict[int, list[Any]]:
    owners: dict[int, list[Any]] = {}
    for row in rows:
        owners.setdefault(row[0], []).append(row)
    return owners


def _remove(connection: Connection, kind: str, ids: Sequence[int]) -> None:
    given = (json.dumps(list(ids)),)
    for table in _TABLES[kind]:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid {_IN}", given)
    connection.exec_driver_sql(f"DELETE FROM search_number WHERE type = ? AND id {_IN}", (kind, *given))


def _remove_contact_persons(connection: Connection, customer_ids: Sequence[int]) -> None:
    ranges = [(one * CONTACT_PERSONS, one * CONTACT_PERSONS + CONTACT_PERSONS - 1) for one in customer_ids]
    if ranges:
        connection.exec_driver_sql(
            "DELETE FROM search_contact_person_words WHERE rowid BETWEEN ? AND ?", ranges
        )


def _all_ids(connection: Connection, table: str) -> Iterator[list[int]]:
    last = 0
    sql = f"SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT {_CHUNK}"
    while ids := list(connection.exec_driver_sql(sql, (last,)).scalars()):
        yield ids
        last = ids[-1]
