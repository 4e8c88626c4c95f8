"""Purchase orders in the database."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    delete,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from shopdesk.domain import later
from shopdesk.domain.errors import NotFound
from shopdesk.domain.folding import fold
from shopdesk.domain.purchase_orders import DeliverTo, PurchaseLine, PurchaseOrder
from shopdesk.store import customer_merges, moments, pages
from shopdesk.store.purchase_stories import known, unwanted
from shopdesk.store.tables import (
    customer,
    document,
    purchase_order,
    purchase_order_file,
    purchase_order_line,
    supplier,
)

_SEARCHED = 3_000
"""So many of the newest orders are looked through."""
_folded = lru_cache(maxsize=_SEARCHED)(fold)
_DAYS = ("wished", "confirmed", "ready_on")
_MOMENTS = ("ordered_at", "confirmed_at", "arrived_at", "told_at", "cancelled_at")


def _columns(value: PurchaseOrder) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "number": value.number,
        "supplier_id": value.supplier_id,
        "document_id": value.document_id,
        "promise_id": value.promise_id,
        "commission": value.commission,
        "deliver_to": value.deliver_to.value,
        "delivery_address": value.delivery_address,
        "words": value.words,
        "later": value.later.text if value.later else "",
        "outbox_id": value.outbox_id,
    }
    for name in _DAYS:
        day = getattr(value, name)
        columns[name] = day.isoformat() if day else ""
    for name in _MOMENTS:
        moment = getattr(value, name)
        columns[name] = moments.to_text(moment) if moment else None
    return columns


def create(connection: Connection, value: PurchaseOrder, now: dt.datetime) -> int:
    """Store a new order with its lines and give its id."""
    columns = _columns(value) | {"created_at": moments.to_text(value.created_at or now)}
    if value.customer_id is not None:
        columns["customer_id"] = customer_merges.meant(connection, value.customer_id)
    order_id = int(connection.execute(insert(purchase_order).values(columns)).inserted_primary_key[0])  # type: ignore[index]
    _keep_lines(connection, order_id, value.lines)
    return order_id


def save(connection: Connection, value: PurchaseOrder) -> None:
    """Store a changed order with its lines; raises ChangedElsewhere."""
    assert value.id is not None
    statement = (
        update(purchase_order)
        .where(purchase_order.c.id == value.id, purchase_order.c.version == value.version)
        .values(_columns(value) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, value.number or value.title)
    connection.execute(delete(purchase_order_line).where(purchase_order_line.c.purchase_order_id == value.id))
    _keep_lines(connection, value.id, value.lines)


def set_deleted(connection: Connection, order_id: int, version: int, at: dt.datetime | None) -> None:
    """Throw a draft away or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, purchase_order, order_id, version, at)


def _keep_lines(connection: Connection, order_id: int, lines: Sequence[PurchaseLine]) -> None:
    rows = [
        {
            "purchase_order_id": order_id,
            "position": position,
            "source_position": line.source_position,
            "article_code": line.article_code,
            "supplier_code": line.supplier_code,
            "text": line.text,
            "description": line.description,
            "quantity": format(line.quantity, "f"),
            "unit": line.unit,
            "price": format(line.price, "f") if line.price is not None else "",
            "arrived": format(line.arrived, "f"),
            "trouble": line.trouble,
        }
        for position, line in enumerate(lines)
    ]
    if rows:
        connection.execute(insert(purchase_order_line), rows)


_SETTLED = literal_column(f"({known('purchase_order')} OR {unwanted('purchase_order')})", Boolean)
_COMING: Select[Any] = (
    select(
        purchase_order,
        supplier.c.name.label("supplier_name"),
        document.c.number.label("document_number"),
        customer.c.company,
        customer.c.title,
        customer.c.given_name,
        customer.c.family_name,
    )
    .outerjoin(supplier, supplier.c.id == purchase_order.c.supplier_id)
    .outerjoin(document, document.c.id == purchase_order.c.document_id)
    .outerjoin(customer, customer.c.id == purchase_order.c.customer_id)
)
"""Without asking what became of the customer's paper, which costs time in long lists."""
_NAMED = _COMING.add_columns(_SETTLED.label("is_settled"))


def load(connection: Connection, order_id: int) -> PurchaseOrder:
    """One order; raises NotFound."""
    found = _read(connection, _NAMED.where(purchase_order.c.id == order_id))
    if not found:
        raise NotFound(str(order_id), "purchase_order")
    return found[0]


def page(
    connection: Connection, before_id: int | None, limit: int, *, is_open: bool
) -> tuple[PurchaseOrder, ...]:
    """The next rows of the list, the newest first: what is still to come or to be told, or what is behind."""
    untold = purchase_order.c.customer_id.is_not(None) & purchase_order.c.told_at.is_(None) & ~_SETTLED
    is_there = purchase_order.c.arrived_at.is_not(None)
    waits = purchase_order.c.cancelled_at.is_(None) & or_(
        ~is_there, untold & (purchase_order.c.deliver_to != DeliverTo.CUSTOMER.value)
    )
    statement = _NAMED.where(purchase_order.c.deleted_at.is_(None), waits if is_open else ~waits)
    if before_id is not None:
        statement = statement.where(purchase_order.c.id < before_id)
    return _read(connection, statement.order_by(purchase_order.c.id.desc()).limit(limit))


def coming(connection: Connection) -> tuple[PurchaseOrder, ...]:
    """What is ordered for customers and not wholly there."""
    condition = (
        purchase_order.c.document_id.is_not(None)
        & purchase_order.c.ordered_at.is_not(None)
        & purchase_order.c.arrived_at.is_(None)
        & purchase_order.c.cancelled_at.is_(None)
    )
    return _where(connection, condition, _COMING)


def told_since(connection: Connection, since: dt.datetime) -> tuple[PurchaseOrder, ...]:
    """What customers were told to be there, since then."""
    return _where(
        connection,
        purchase_order.c.document_id.is_not(None) & (purchase_order.c.told_at > moments.to_text(since)),
        _COMING,
    )


def of_customer(connection: Connection, customer_id: int) -> tuple[PurchaseOrder, ...]:
    """What was ordered for a customer, the newest first."""
    return _where(connection, purchase_order.c.customer_id == customer_id)


def of_documents(connection: Connection, ids: Collection[int]) -> tuple[PurchaseOrder, ...]:
    """What was ordered for the goods of these documents, the newest first."""
    return _where(connection, purchase_order.c.document_id.in_(ids))


def of_promise(connection: Connection, promise_id: int) -> tuple[PurchaseOrder, ...]:
    """The orders that a promise waits for."""
    return _where(connection, purchase_order.c.promise_id == promise_id)


def find(connection: Connection, words: Sequence[str], limit: int) -> tuple[PurchaseOrder, ...]:
    """Whose number, supplier or commission holds each of the words, however they are written; the newest first."""
    wanted = [fold(word) for word in words]
    columns = (purchase_order.c.id, purchase_order.c.number, purchase_order.c.commission, supplier.c.name)
    statement = select(*columns).outerjoin(supplier, supplier.c.id == purchase_order.c.supplier_id)
    statement = statement.where(purchase_order.c.deleted_at.is_(None)).order_by(purchase_order.c.id.desc())
    found: list[int] = []
    # SQLite knows no umlauts
    for row in connection.execute(statement.limit(_SEARCHED)):
        held = (row.number.lower(), _folded(row.commission), _folded(row.name or ""))
        if all(any(word in each for each in held) for word in wanted):
            found.append(row.id)
            if len(found) == limit:
                break
    return _where(connection, purchase_order.c.id.in_(found)) if found else ()


def _where(
    connection: Connection, condition: ColumnElement[bool], rows: Select[Any] = _NAMED
) -> tuple[PurchaseOrder, ...]:
    statement = rows.where(condition, purchase_order.c.deleted_at.is_(None))
    return _read(connection, statement.order_by(purchase_order.c.id.desc()))


def _read(connection: Connection, statement: Select[Any]) -> tuple[PurchaseOrder, ...]:
    rows = connection.execute(statement).all()
    lines: dict[int, list[PurchaseLine]] = {}
    wanted = purchase_order_line.c.purchase_order_id.in_([row.id for row in rows])
    ordered = select(purchase_order_line).where(wanted).order_by(purchase_order_line.c.position)
    for row in connection.execute(ordered):
        lines.setdefault(row.purchase_order_id, []).append(_line(row))
    return tuple(_order(row, tuple(lines.get(row.id, ()))) for row in rows)


def _line(row: Any) -> PurchaseLine:
    return PurchaseLine(
        row.text,
        Decimal(row.quantity or 0),
        row.unit,
        row.description,
        row.article_code,
        row.supplier_code,
        Decimal(row.price) if row.price else None,
        Decimal(row.arrived or 0),
        row.trouble,
        row.source_position,
    )


def _order(row: Any, lines: tuple[PurchaseLine, ...]) -> PurchaseOrder:
    person = " ".join(part for part in (row.title, row.given_name, row.family_name) if part)
    return PurchaseOrder(
        supplier_id=row.supplier_id,
        lines=lines,
        number=row.number,
        document_id=row.document_id,
        customer_id=row.customer_id,
        promise_id=row.promise_id,
        commission=row.commission,
        deliver_to=DeliverTo(row.deliver_to or DeliverTo.SHOP.value),
        delivery_address=row.delivery_address,
        words=row.words,
        created_at=moments.from_text(row.created_at),
        later=later.from_text(row.later),
        outbox_id=row.outbox_id,
        id=row.id,
        version=row.version,
        supplier_name=row.supplier_name or "",
        customer_name=row.company or person or "",
        document_number=row.document_number or "",
        is_settled=bool(getattr(row, "is_settled", False)),
        wished=_day(row.wished),
        confirmed=_day(row.confirmed),
        ready_on=_day(row.ready_on),
        ordered_at=_moment(row.ordered_at),
        confirmed_at=_moment(row.confirmed_at),
        arrived_at=_moment(row.arrived_at),
        told_at=_moment(row.told_at),
        cancelled_at=_moment(row.cancelled_at),
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _moment(text: str | None) -> dt.datetime | None:
    return moments.from_text(text) if text else None


# ---- the paper as it went


def keep_file(connection: Connection, order_id: int, name: str, media_type: str, data: bytes) -> int:
    """Store the bytes that went, and give their id."""
    values = {
        "purchase_order_id": order_id,
        "name": name,
        "media_type": media_type,
        "sha256": hashlib.sha256(data).hexdigest(),
        "data": data,
    }
    return int(connection.execute(insert(purchase_order_file).values(values)).inserted_primary_key[0])  # type: ignore[index]


def newest_file(connection: Connection, order_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of what went last; None where nothing did."""
    statement = select(purchase_order_file.c.name, purchase_order_file.c.data)
    statement = statement.where(purchase_order_file.c.purchase_order_id == order_id)
    row = connection.execute(statement.order_by(purchase_order_file.c.id.desc()).limit(1)).one_or_none()
    return (row.name, row.data) if row is not None else None


def any_supplier(connection: Connection) -> bool:
    """Whether the shop orders from suppliers here at all."""
    return connection.execute(select(supplier.c.id).limit(1)).one_or_none() is not None


def any_order(connection: Connection) -> bool:
    """Whether anything was ordered here."""
    return connection.execute(select(purchase_order.c.id).limit(1)).one_or_none() is not None
