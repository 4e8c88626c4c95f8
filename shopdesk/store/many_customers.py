"""Many customers at once, for imports: looked up, loaded, stored and taken out a few hundred at a time."""

# ruff: noqa: S608 - only names of our own tables are put into statements, values are parameters
from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select

from shopdesk.domain.customers import Customer
from shopdesk.domain.folding import fold
from shopdesk.domain.imports.matching import Key
from shopdesk.store import bulk, customers, moments, search
from shopdesk.store.tables import customer, metadata

_IN = "IN (SELECT value FROM json_each(?))"
_LIVE = "JOIN customer AS c ON c.id = p.customer_id AND c.deleted_at IS NULL"
_LOOKUPS = {
    "number": f"SELECT number, id FROM customer WHERE number {_IN} AND deleted_at IS NULL",
    "email": f"SELECT p.email, c.id FROM customer_email AS p {_LIVE} WHERE p.email {_IN}",
    "vat_id": f"SELECT vat_id, id FROM customer WHERE vat_id {_IN} AND deleted_at IS NULL",
    "phone": f"SELECT p.e164, c.id FROM customer_phone AS p {_LIVE} WHERE p.e164 {_IN}",
}
_NAMES = f"""
    SELECT c.id, c.company, c.title, c.given_name, c.family_name, p.postal_code
    FROM customer AS c LEFT JOIN customer_address AS p ON p.customer_id = c.id
    WHERE c.sort_key {_IN} AND c.deleted_at IS NULL
"""


_PEOPLE = """
    SELECT c.id, c.title, c.given_name, c.family_name, p.postal_code
    FROM customer AS c LEFT JOIN customer_address AS p ON p.customer_id = c.id
    WHERE (c.company <> '' OR c.title <> '') AND (c.given_name <> '' OR c.family_name <> '')
      AND c.deleted_at IS NULL ORDER BY c.id
"""
_WHOLE_NAMES = """
    SELECT c.id, c.given_name, c.family_name, p.postal_code
    FROM customer AS c LEFT JOIN customer_address AS p ON p.customer_id = c.id AND p.position = 0
    WHERE c.given_name <> '' AND c.family_name <> '' AND c.deleted_at IS NULL ORDER BY c.id
"""


def by_keys(connection: Connection, values: Iterable[tuple[Customer, Sequence[Key]]]) -> dict[Key, list[int]]:
    """Who has one of these customers' keys already, by id."""
    wanted: dict[str, set[str]] = {}
    names: set[str] = set()
    for value, own_keys in values:
        for kind, text_ in own_keys:
            wanted.setdefault(kind, set()).add(text_)
            if kind == "name":
                names.add(customers.list_key(value))
    found: dict[Key, list[int]] = {}
    for kind, statement in _LOOKUPS.items():
        texts = sorted(wanted.get(kind, ()))
        for text_, customer_id in (
            connection.exec_driver_sql(statement, (json.dumps(texts),)) if texts else ()
        ):
            _note(found, Key(kind, text_), customer_id)
    for row in connection.exec_driver_sql(_NAMES, (json.dumps(sorted(names)),)) if names else ():
        whole = row.company or " ".join(word for word in (row.title, row.given_name, row.family_name) if word)
        for line in (f"{fold(whole)}\n{row.postal_code or ''}", fold(whole)):
            if line in wanted["name"]:
                _note(found, Key("name", line), row.id)
    return found


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who is more than a given and a family name: behind a company, or with a title."""

    customer_id: int
    title: str
    postal_code: str


def known_people(connection: Connection) -> dict[tuple[str, str], list[KnownPerson]]:
    """All of them under (given name, family name): a later list may know nothing of company and title."""
    found: dict[tuple[str, str], list[KnownPerson]] = {}
    for customer_id, title, given, family, code in connection.exec_driver_sql(_PEOPLE):
        found.setdefault((given, family), []).append(KnownPerson(customer_id, title, code or ""))
    return found


def half_names(connection: Connection) -> dict[str, list[tuple[int, str]]]:
    """Given or family name → (id, postal code) of those who have both."""
    found: dict[str, list[tuple[int, str]]] = {}
    for customer_id, given, family, code in connection.exec_driver_sql(_WHOLE_NAMES):
        for name in {given, family}:
            found.setdefault(name, []).append((customer_id, code or ""))
    return found


def _note(found: dict[Key, list[int]], key: Key, customer_id: int) -> None:
    ids = found.setdefault(key, [])
    if customer_id not in ids:
        ids.append(customer_id)


def load_many(connection: Connection, ids: Sequence[int]) -> dict[int, Customer]:
    """The whole records of those that are there."""
    if not ids:
        return {}
    wanted = (json.dumps([int(one) for one in ids]),)
    rows = connection.exec_driver_sql(
        f"SELECT * FROM customer WHERE id {_IN} AND deleted_at IS NULL", wanted
    ).all()
    parts: dict[str, dict[int, list[Any]]] = {}
    for table in customers.PARTS:
        owned: dict[int, list[Any]] = {}
        sql = f"SELECT * FROM {table.name} WHERE customer_id {_IN} ORDER BY customer_id, position"
        for part in connection.exec_driver_sql(sql, wanted):
            owned.setdefault(part.customer_id, []).append(part)
        parts[table.name] = owned
    return {
        row.id: customers.from_rows(row, {name: owned.get(row.id, []) for name, owned in parts.items()})
        for row in rows
    }


def numbers_taken(connection: Connection, numbers: Sequence[str]) -> frozenset[str]:
    """Which of the customer numbers somebody has or had."""
    statement = f"SELECT number FROM customer WHERE number {_IN}"
    return frozenset(connection.exec_driver_sql(statement, (json.dumps(list(numbers)),)).scalars())


def create_many(connection: Connection, values: Sequence[Customer], now: dt.datetime) -> list[int]:
    """Store new customers, each with its number, and give their ids."""
    if not values:
        return []
    first = (connection.scalar(select(func.max(customer.c.id))) or 0) + 1
    ids = list(range(first, first + len(values)))
    created = {"created_at": moments.to_text(now)}
    rows = [
        {"id": one, **customers.columns_of(value, now), **created}
        for one, value in zip(ids, values, strict=True)
    ]
    bulk.insert_rows(connection, customer, rows)
    _insert_parts(connection, ids, values)
    search.index_new_customers(connection, ids, values)
    return ids


def save_many(connection: Connection, values: Sequence[Customer], now: dt.datetime) -> None:
    """Store changed customers over what is there; whoever calls has just loaded them in this transaction."""
    if not values:
        return
    ids = [int(value.id or 0) for value in values]
    for value in values:
        columns = customers.columns_of(value, now) | {"version": value.version + 1}
        connection.execute(customer.update().where(customer.c.id == value.id), columns)
    _delete_parts(connection, ids)
    _insert_parts(connection, ids, values)
    search.index_customers(connection, ids)


def remove_many(connection: Connection, ids: Sequence[int]) -> None:
    """Take customers out for good, as if they had never been there."""
    if ids:
        _delete_parts(connection, ids)
        connection.execute(delete(customer).where(customer.c.id.in_(ids)))
        search.index_customers(connection, ids)


def used(connection: Connection, ids: Sequence[int]) -> frozenset[int]:
    """Those that something else than their own parts names: documents, notes, mails …"""
    own = {table.name for table in customers.PARTS}
    found: set[int] = set()
    for table in metadata.tables.values():
        for column in table.columns:
            if table.name in own or not any(key.column is customer.c.id for key in column.foreign_keys):
                continue
            found.update(connection.scalars(select(column).where(column.in_(ids)).distinct()))
    return frozenset(found)


def _delete_parts(connection: Connection, ids: Sequence[int]) -> None:
    for table in customers.PARTS:
        connection.execute(delete(table).where(table.c.customer_id.in_(ids)))


def _insert_parts(connection: Connection, ids: Sequence[int], values: Sequence[Customer]) -> None:
    together: dict[str, list[dict[str, Any]]] = {}
    for customer_id, value in zip(ids, values, strict=True):
        for table, rows in customers.part_rows(customer_id, value):
            if rows:
                together.setdefault(table.name, []).extend(rows)
    for name, rows in together.items():
        bulk.insert_rows(connection, metadata.tables[name], rows)
