"""Filed e-invoices in the database: bytes as they came, and what the list shows of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Row, delete, insert, select, update

from shopdesk.domain.errors import NotFound
from shopdesk.domain.folding import fold
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.received_invoices import KeptInvoice
from shopdesk.store import moments, pages
from shopdesk.store.problems import Finding
from shopdesk.store.tables import received_invoice

_LISTED: tuple[Column[Any], ...] = tuple(
    column for column in received_invoice.columns if column.name not in {"data", "search"}
)


def add(connection: Connection, value: KeptInvoice, data: bytes, words: str = "") -> int:
    """Store the bytes and give the id; `words` are further hints it is found by."""
    columns = {
        "file_name": value.file_name,
        "media_type": value.media_type,
        "sha256": value.sha256,
        "size": value.size,
        "data": data,
        "number": value.number,
        "seller": value.seller,
        "issued": _day_text(value.issued),
        "due": _day_text(value.due),
        "currency": value.currency,
        "payable": "" if value.payable is None else format(value.payable, "f"),
        "received_at": moments.to_text(value.received_at),
        "kept_until": value.kept_until.isoformat(),
        "customer_id": value.customer_id,
        "supplier": value.supplier,
        "search": _search_text(value, words),
    }
    return int(connection.execute(insert(received_invoice).values(columns)).inserted_primary_key[0])  # type: ignore[index]


def _search_text(value: KeptInvoice, words: str) -> str:
    payable = "" if value.payable is None else f"{value.payable:f} {value.payable:f}".replace(".", ",", 1)
    return fold(f"{value.seller} {value.number} {value.supplier} {value.file_name} {payable} {words}")


def by_hash(connection: Connection, sha256: str) -> KeptInvoice | None:
    """The filed invoice with exactly these bytes."""
    row = connection.execute(select(*_LISTED).where(received_invoice.c.sha256 == sha256)).one_or_none()
    return None if row is None else _kept(row)


def load(connection: Connection, invoice_id: int) -> KeptInvoice:
    """One filed invoice without its bytes; raises NotFound."""
    row = connection.execute(select(*_LISTED).where(received_invoice.c.id == invoice_id)).one_or_none()
    if row is None:
        raise NotFound(str(invoice_id), "received_invoice")
    return _kept(row)


def data(connection: Connection, invoice_id: int) -> bytes:
    """The bytes as they came; raises NotFound."""
    found = connection.scalar(select(received_invoice.c.data).where(received_invoice.c.id == invoice_id))
    if found is None:
        raise NotFound(str(invoice_id), "received_invoice")
    return bytes(found)


def page(
    connection: Connection, cursor: pages.Cursor | None, limit: int, wanted: str = ""
) -> tuple[KeptInvoice, ...]:
    """The next rows of the list, newest first; all of the wanted words must occur."""
    statement = select(*_LISTED).limit(limit)
    for word in fold(wanted).split():
        statement = statement.where(received_invoice.c.search.contains(word, autoescape=True))
    key, row_id = received_invoice.c.received_at, received_invoice.c.id
    return tuple(_kept(row) for row in connection.execute(pages.before(statement, key, row_id, cursor)))


def assign(connection: Connection, value: KeptInvoice, words: str = "") -> None:
    """Whom it is from; raises ChangedElsewhere."""
    statement = update(received_invoice).where(
        received_invoice.c.id == value.id, received_invoice.c.version == value.version
    )
    changed = {
        "customer_id": value.customer_id,
        "supplier": value.supplier,
        "search": _search_text(value, words),
        "version": value.version + 1,
    }
    pages.versioned(connection.execute(statement.values(changed)).rowcount, value.number)


def remove(connection: Connection, invoice_id: int) -> None:
    """Take it out for good; the database itself refuses while it must be kept."""
    connection.execute(delete(received_invoice).where(received_invoice.c.id == invoice_id))


def verify(connection: Connection) -> list[Finding]:
    """Compare the bytes of all filed invoices with their hashes."""
    findings = []
    statement = select(received_invoice.c.number, received_invoice.c.sha256, received_invoice.c.data)
    for row in connection.execute(statement, execution_options={"yield_per": 20}):
        if hashlib.sha256(bytes(row.data)).hexdigest() != row.sha256:
            text = N_("The filed invoice {number} was changed. Please restore the last backup.")
            findings.append(Finding("received-invoice-changed", Message(text, {"number": row.number})))
    return findings


def _day_text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _kept(row: Row[Any]) -> KeptInvoice:
    return KeptInvoice(
        id=row.id,
        file_name=row.file_name,
        media_type=row.media_type,
        sha256=row.sha256,
        size=row.size,
        number=row.number,
        seller=row.seller,
        issued=_day(row.issued),
        due=_day(row.due),
        currency=row.currency,
        payable=Decimal(row.payable) if row.payable else None,
        received_at=moments.from_text(row.received_at),
        kept_until=dt.date.fromisoformat(row.kept_until),
        customer_id=row.customer_id,
        supplier=row.supplier,
        version=row.version,
    )
