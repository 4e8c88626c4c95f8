"""Writes the search index: the rows of one customer, document or article, in the transaction that saved it."""

# ruff: noqa: S608 - only names of our own tables are put into statements, values are parameters
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from shopdesk.domain.folding import compact, fold, words
from shopdesk.domain.search import KIND_WORDS, number_keys, phone_ends, phone_words
from shopdesk.store.sqlite.search_entries import IN, Entries, by_owner, remove

# Private use: a letter to the tokenizer, and nobody types it. Reversed digits stand behind it, "ends in 4711"
ENDS = "\ue000"

# Saving a customer gives the contact persons new ids; their index rows stand under customer and position instead:
# the rowid is the customer times a hundred, plus the position
CONTACT_PERSONS = 100

_CUSTOMERS = f"""
    SELECT id, number, company, title, given_name, family_name, vat_id, buyer_reference, note
    FROM customer WHERE id {IN} AND deleted_at IS NULL ORDER BY id
"""
# whose records are a part of these customers' now: who calls under the old number is found, too
_FORMER = f"""
    SELECT m.survivor_id, c.id, c.number, c.company, c.title, c.given_name, c.family_name, c.vat_id
    FROM customer_merge AS m JOIN customer AS c ON c.id = m.merged_id WHERE m.survivor_id {IN} ORDER BY c.id
"""
_FORMER_PHONES = f"""
    SELECT m.survivor_id, p.number, p.e164
    FROM customer_merge AS m JOIN customer_phone AS p ON p.customer_id = m.merged_id WHERE m.survivor_id {IN}
"""
_FORMER_EMAILS = f"""
    SELECT m.survivor_id, e.email
    FROM customer_merge AS m JOIN customer_email AS e ON e.customer_id = m.merged_id WHERE m.survivor_id {IN}
"""
_ADDRESSES = f"SELECT customer_id, lines, postal_code, city FROM customer_address WHERE customer_id {IN}"
_PHONES = f"SELECT customer_id, number, e164 FROM customer_phone WHERE customer_id {IN}"
_EMAILS = f"SELECT customer_id, email FROM customer_email WHERE customer_id {IN}"
_TAGS = f"SELECT customer_id, tag FROM customer_tag WHERE customer_id {IN}"
_FACTS = f"SELECT customer_id, text FROM pinned_fact WHERE customer_id {IN}"
_CONTACT_PERSONS = f"""
    SELECT customer_id, position, title, given_name, family_name, role, phone, email
    FROM contact_person WHERE customer_id {IN} ORDER BY position
"""
# the customer's own numbers: of the order, of the contract, and the reference an office asks for
_DOCUMENTS = f"""
    SELECT id, kind, number, recipient, city, title, customer_id,
           coalesce(nullif(content, '') ->> '$.order_reference', '') AS order_reference,
           coalesce(nullif(content, '') ->> '$.contract_reference', '') AS contract_reference,
           coalesce(nullif(content, '') ->> '$.recipient.buyer_reference', '') AS buyer_reference
    FROM document WHERE id {IN} ORDER BY id
"""
_LINES = f"""
    SELECT document_id, text, description, article_code FROM document_line WHERE document_id {IN} ORDER BY position
"""
_ARTICLES = (
    f"SELECT id, code, name, description FROM article WHERE id {IN} AND deleted_at IS NULL ORDER BY id"
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
    remove(connection, "customer", (customer_id,))
    _remove_contact_persons(connection, (customer_id,))


def remove_document(connection: Connection, document_id: int) -> None:
    """Take the document out of the index."""
    remove(connection, "document", (document_id,))


def remove_article(connection: Connection, article_id: int) -> None:
    """Take the article out of the index."""
    remove(connection, "article", (article_id,))


def index_customers(connection: Connection, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Write many customers; `fresh` says that none of them is in the index yet."""
    if not fresh:
        remove(connection, "customer", ids)
        _remove_contact_persons(connection, ids)
    given = (json.dumps(ids),)
    rows = connection.exec_driver_sql(_CUSTOMERS, given).all()
    parts = {
        name: by_owner(connection.exec_driver_sql(sql, given))
        for name, sql in (
            ("a", _ADDRESSES),
            ("p", _PHONES),
            ("e", _EMAILS),
            ("f", _FACTS),
            ("t", _TAGS),
            ("c", _CONTACT_PERSONS),
            ("former", _FORMER),
            ("former_p", _FORMER_PHONES),
            ("former_e", _FORMER_EMAILS),
        )
    }
    entries = Entries()
    for row in rows:
        enter_customer(entries, row, {name: found.get(row.id, []) for name, found in parts.items()})
    entries.write(connection)


def index_documents(connection: Connection, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Write many documents; `fresh` says that none of them is in the index yet."""
    if not fresh:
        remove(connection, "document", ids)
    given = (json.dumps(ids),)
    rows = connection.exec_driver_sql(_DOCUMENTS, given).all()
    lines = by_owner(connection.exec_driver_sql(_LINES, given))
    customer_ids = sorted({row.customer_id for row in rows if row.customer_id is not None})
    persons = {row.id: row for row in connection.exec_driver_sql(_CUSTOMERS, (json.dumps(customer_ids),))}
    entries = Entries()
    for row in rows:
        _document(entries, row, lines.get(row.id, []), persons.get(row.customer_id))
    entries.write(connection)


def index_articles(connection: Connection, ids: Sequence[int], *, fresh: bool = False) -> None:
    """Write many articles; `fresh` says that none of them is in the index yet."""
    if not fresh:
        remove(connection, "article", ids)
    entries = Entries()
    for row in connection.exec_driver_sql(_ARTICLES, (json.dumps(ids),)):
        entries.add(
            "article",
            row.id,
            name=f"{row.name} {row.code}",
            more=row.description,
            extra=number_keys(row.code),
            parts=(row.name, row.code, row.description),
        )
        entries.add_numbers("article", row.id, number_keys(row.code))
    entries.write(connection)


def enter_customer(entries: Entries, row: Any, own: Mapping[str, Sequence[Any]]) -> None:
    """What finds the customer of this row; `own` are the rows that belong to it."""
    name = f"{row.given_name} {row.family_name} {row.company} {row.title}"
    place = " ".join(f"{a.lines} {a.postal_code} {a.city}" for a in own["a"])
    persons = " ".join(f"{c.given_name} {c.family_name}" for c in own["c"])
    phones = (*own["p"], *own["former_p"])
    contact = [_contact(p.number, p.e164) for p in phones] + [_contact(c.phone) for c in own["c"]]
    emails = [e.email for e in (*own["e"], *own["former_e"])]
    former = " ".join(f"{f.given_name} {f.family_name} {f.company} {f.vat_id}" for f in own["former"])
    contact += [fold(email) for email in (*emails, *(c.email for c in own["c"]))]
    facts = " ".join((*(f.text for f in own["f"]), *(t.tag for t in own["t"])))
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
            row.vat_id,
            row.note,
            facts,
            *former.split(),
        ),
    )
    vat_ids = (one.vat_id for one in (row, *own["former"]) if one.vat_id)
    entries.add_numbers("customer", row.id, keys.union(*map(number_keys, vat_ids)))
    for person in own["c"][:CONTACT_PERSONS]:
        entries.add(
            "contact_person",
            row.id * CONTACT_PERSONS + person.position,
            name=f"{person.given_name} {person.family_name} {person.title}",
            place=place,
            contact=f"{_contact(person.phone)} {fold(person.email)}",
            more=f"{row.company} {person.role}",
        )


def _document(entries: Entries, row: Any, lines: list[Any], person: Any) -> None:
    keys = number_keys(row.number) if row.number else frozenset()
    # a company's invoice is also asked for by the name of the person
    name = row.recipient if person is None else f"{row.recipient} {person.given_name} {person.family_name}"
    texts = [text for line in lines for text in (line.text, line.description, line.article_code) if text]
    theirs = [text for text in (row.order_reference, row.contract_reference, row.buyer_reference) if text]
    entries.add(
        "document",
        row.id,
        name=name,
        place=row.city,
        more=" ".join((KIND_WORDS.get(row.kind, row.kind), *texts, *theirs)),
        # the other spellings are in search_number; as words they would make "2026" slow
        extra=(*words(row.number or ""), min(keys, key=len, default="")),
        parts=(row.recipient, row.number or "", *texts, *theirs),
    )
    entries.add_numbers("document", row.id, keys.union(map(compact, theirs)))


def _contact(shown: str, e164: str = "") -> str:
    ends = phone_ends(shown, e164)
    return " ".join((*phone_words(shown, e164), f"{ENDS}{ends}" if ends else ""))


def _remove_contact_persons(connection: Connection, customer_ids: Sequence[int]) -> None:
    ranges = [(one * CONTACT_PERSONS, one * CONTACT_PERSONS + CONTACT_PERSONS - 1) for one in customer_ids]
    if ranges:
        connection.exec_driver_sql(
            "DELETE FROM search_contact_person_words WHERE rowid BETWEEN ? AND ?", ranges
        )
