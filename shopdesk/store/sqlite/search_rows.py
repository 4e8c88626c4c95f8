"""The few found rows, read by their ids, as they stand in a list of hits."""

# ruff: noqa: S608 - only names of our own tables are put into statements, values are parameters
from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from shopdesk.domain.search import Found, FoundType
from shopdesk.store.sqlite.search_index import CONTACT_PERSONS

_LONGEST = 120
_IN = "IN (SELECT value FROM json_each(?))"
_FIRST_EMAIL = (
    "SELECT email FROM customer_email AS e WHERE e.customer_id = {owner} ORDER BY e.position LIMIT 1"
)
_LIVING = "coalesce((SELECT m.survivor_id FROM customer_merge AS m WHERE m.merged_id = d.customer_id), d.customer_id)"
CUSTOMERS = f"""
    SELECT c.id, c.number, c.company, c.title, c.given_name, c.family_name, a.postal_code, a.city,
           ({_FIRST_EMAIL.format(owner="c.id")}) AS email,
           (SELECT p.number FROM customer_phone AS p WHERE p.customer_id = c.id ORDER BY p.position LIMIT 1) AS phone
    FROM customer AS c
    LEFT JOIN customer_address AS a ON a.customer_id = c.id AND a.purpose = 'billing'
    WHERE c.id {_IN} AND c.deleted_at IS NULL
"""
CONTACT_PERSONS_SQL = f"""
    SELECT p.id, p.customer_id, p.position, p.title, p.given_name, p.family_name, p.role, p.email,
           c.number, c.company, c.family_name AS customer_name
    FROM json_each(?) AS hit
    JOIN contact_person AS p
      ON p.customer_id = hit.value / {CONTACT_PERSONS} AND p.position = hit.value % {CONTACT_PERSONS}
    JOIN customer AS c ON c.id = p.customer_id AND c.deleted_at IS NULL
"""
DOCUMENTS = f"""
    SELECT d.id, d.number, d.recipient, d.city, d.title, {_LIVING} AS customer_id,
           ({_FIRST_EMAIL.format(owner=_LIVING)}) AS email
    FROM document AS d WHERE d.id {_IN}
"""
# an entry of a merged customer stands on the page of the one that stayed; a deleted customer's are not found
TIMELINE = f"""
    SELECT d.id, d.kind, d.at, d.title, d.text, c.id AS customer_id, c.number, c.company, c.given_name, c.family_name
    FROM timeline_entry AS d JOIN customer AS c ON c.id = {_LIVING} AND c.deleted_at IS NULL
    WHERE d.id {_IN} AND d.deleted_at IS NULL
"""
OLD_INVOICES = f"""
    SELECT d.id, d.number, d.day, d.recipient, d.text, {_LIVING} AS customer_id
    FROM old_invoice AS d WHERE d.id {_IN}
"""
ARTICLES = f"SELECT id, code, name, description FROM article WHERE id {_IN} AND deleted_at IS NULL"


def rows_of(connection: Connection, kind: FoundType, rowids: Sequence[int]) -> dict[int, Found]:
    """The hits under their rowids in the index, without a score; a deleted one is left out."""
    given = (json.dumps(list(rowids)),)
    if kind == "contact_person":
        rows = connection.exec_driver_sql(CONTACT_PERSONS_SQL, given)
        return {row.customer_id * CONTACT_PERSONS + row.position: _contact_person(row) for row in rows}
    sql, read = READERS[kind]
    return {row.id: read(row) for row in connection.exec_driver_sql(sql, given)}


def _customer(row: Any) -> Found:
    person = _joined(" ", row.title, row.given_name, row.family_name)
    town = _joined(" ", row.postal_code, row.city)
    return Found(
        type="customer",
        id=row.id,
        number=row.number,
        title=row.company or person or row.email or row.phone or row.number,
        subtitle=_joined(", ", person if row.company else "", town),
        email=row.email or "",
        score=0,
        customer_id=row.id,
    )


def _contact_person(row: Any) -> Found:
    return Found(
        type="contact_person",
        id=row.id,
        number=row.number,
        title=_joined(" ", row.title, row.given_name, row.family_name),
        subtitle=_joined(", ", row.role, row.company or row.customer_name),
        email=row.email,
        score=0,
        customer_id=row.customer_id,
    )


def _document(row: Any) -> Found:
    return Found(
        type="document",
        id=row.id,
        number=row.number or "",
        title=row.recipient,
        subtitle=_joined(", ", row.title, row.city),
        email=row.email or "",
        score=0,
        customer_id=row.customer_id,
    )


def _article(row: Any) -> Found:
    first_line = row.description.strip().split("\n", 1)[0]
    return Found("article", row.id, row.code, row.name, first_line, "", 0)


def _old_invoice(row: Any) -> Found:
    title = row.recipient or row.number
    return Found(
        "old_invoice", row.id, row.number, title, _joined(" · ", row.day, row.text), "", 0, row.customer_id
    )


def _entry(row: Any) -> Found:
    text = " ".join(_joined(": ", row.title, row.text).split())
    who = row.company or _joined(" ", row.given_name, row.family_name) or row.number
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return Found("timeline", row.id, row.at[:10], short, who, "", 0, row.customer_id)


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


READERS: dict[FoundType, tuple[str, Callable[[Any], Found]]] = {
    "customer": (CUSTOMERS, _customer),
    "document": (DOCUMENTS, _document),
    "article": (ARTICLES, _article),
    "old_invoice": (OLD_INVOICES, _old_invoice),
    "timeline": (TIMELINE, _entry),
}
"""What reads the hits of a type, and what each looks like."""
