"""Invoices of another program in the database: to be found and shown, never documents of ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from shopdesk.domain.errors import NotFound
from shopdesk.domain.folding import compact, fold
from shopdesk.domain.imports.values import KeptOldInvoice, OldInvoice
from shopdesk.store import moments, search
from shopdesk.store.tables import customer, old_invoice

_SHOWN = tuple(column for column in old_invoice.c if column.name != "data")


def by_numbers(connection: Connection, numbers: Sequence[str]) -> dict[str, list[KeptOldInvoice]]:
    """Those with these numbers."""
    found: dict[str, list[KeptOldInvoice]] = {}
    for row in connection.execute(select(*_SHOWN).where(old_invoice.c.number.in_(numbers))):
        found.setdefault(row.number, []).append(_kept(row))
    return found


def customers_by_number(connection: Connection, numbers: Sequence[str]) -> dict[str, int]:
    """Customer number → id."""
    statement = select(customer.c.number, customer.c.id).where(
        customer.c.number.in_(numbers), customer.c.deleted_at.is_(None)
    )
    return {row.number: row.id for row in connection.execute(statement)}


def customers_by_name(connection: Connection, list_keys: Sequence[str]) -> dict[str, list[int]]:
    """Folded name → ids, of those who stand in the list under these keys."""
    statement = select(customer).where(customer.c.sort_key.in_(list_keys), customer.c.deleted_at.is_(None))
    found: dict[str, list[int]] = {}
    for row in connection.execute(statement):
        name = row.company or " ".join(word for word in (row.given_name, row.family_name) if word)
        found.setdefault(fold(name), []).append(row.id)
    return found


def add_many(
    connection: Connection,
    values: Sequence[tuple[OldInvoice, int | None, str, bytes | None]],
    now: dt.datetime,
) -> list[int]:
    """Store (invoice, customer, SHA-256 of the PDF, PDF) and give their ids."""
    if not values:
        return []
    first = (connection.scalar(select(func.max(old_invoice.c.id))) or 0) + 1
    rows: list[dict[str, Any]] = [
        {
            "id": first + place,
            "number": value.number,
            "day": value.day,
            "recipient": value.recipient,
            "customer_id": customer_id,
            "gross": value.gross_minor,
            "currency": value.currency,
            "text": value.text,
            "file_name": value.file_name,
            "sha256": sha256,
            "data": data,
            "search": compact(f"{value.number} {value.recipient} {value.text}"),
            "created_at": moments.to_text(now),
        }
        for place, (value, customer_id, sha256, data) in enumerate(values)
    ]
    connection.execute(insert(old_invoice), rows)
    ids = [int(row["id"]) for row in rows]
    search.index_old_invoices(connection, ids, fresh=True)
    return ids


def remove_many(connection: Connection, ids: Sequence[int]) -> None:
    """Take them out again."""
    connection.execute(delete(old_invoice).where(old_invoice.c.id.in_(ids)))
    search.remove_old_invoices(connection, ids)


def load(connection: Connection, invoice_id: int) -> KeptOldInvoice:
    """One of them; raises NotFound."""
    row = connection.execute(select(*_SHOWN).where(old_invoice.c.id == invoice_id)).one_or_none()
    if row is None:
        raise NotFound(str(invoice_id))
    return _kept(row)


def of_customer(connection: Connection, customer_id: int, limit: int) -> list[KeptOldInvoice]:
    """A customer's, newest first."""
    statement = select(*_SHOWN).where(old_invoice.c.customer_id == customer_id)
    ordered = statement.order_by(old_invoice.c.day.desc(), old_invoice.c.id.desc()).limit(limit)
    return [_kept(row) for row in connection.execute(ordered)]


def file_of(connection: Connection, invoice_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of the PDF."""
    statement = select(old_invoice.c.file_name, old_invoice.c.data, old_invoice.c.number)
    row = connection.execute(statement.where(old_invoice.c.id == invoice_id)).one_or_none()
    return (row.file_name or f"{row.number}.pdf", row.data) if row is not None and row.data else None


def _kept(row: Row[Any]) -> KeptOldInvoice:
    value = OldInvoice(
        number=row.number, day=row.day, recipient=row.recipient, gross_minor=row.gross, currency=row.currency,
        text=row.text, file_name=row.file_name,
    )  # fmt: skip
    return KeptOldInvoice(row.id, value, row.customer_id, bool(row.sha256))
