"""Suppliers, what articles come from them, and stock counted by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select, update

from shopdesk.domain.addresses import Address
from shopdesk.domain.article_stock import Stock, StockKind
from shopdesk.domain.errors import NotFound
from shopdesk.domain.folding import fold, sort_key
from shopdesk.domain.suppliers import Supplier, Supply
from shopdesk.store import pages
from shopdesk.store.tables import article, article_supply, supplier

_MOST = 500


def _columns(value: Supplier) -> dict[str, Any]:
    return {
        "name": value.name,
        "lines": "\n".join(value.address.lines),
        "postal_code": value.address.postal_code,
        "city": value.address.city,
        "country": value.address.country,
        "email": value.email,
        "phone": value.phone,
        "our_number": value.our_number,
        "language": value.language,
        "delivery_days": value.delivery_days,
        "note": value.note,
        "sort_key": sort_key(value.name),
    }


def create(connection: Connection, value: Supplier) -> int:
    """Store a new supplier and give its id."""
    return int(connection.execute(insert(supplier).values(_columns(value))).inserted_primary_key[0])  # type: ignore[index]


def save(connection: Connection, value: Supplier) -> None:
    """Store a changed supplier; raises ChangedElsewhere."""
    statement = (
        update(supplier)
        .where(supplier.c.id == value.id, supplier.c.version == value.version)
        .values(_columns(value) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, value.name)


def set_deleted(connection: Connection, supplier_id: int, version: int, at: dt.datetime | None) -> None:
    """Take a supplier out of the lists or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, supplier, supplier_id, version, at)


def load(connection: Connection, supplier_id: int) -> Supplier:
    """One supplier, also one that is out of the lists; raises NotFound."""
    row = connection.execute(select(supplier).where(supplier.c.id == supplier_id)).one_or_none()
    if row is None:
        raise NotFound(str(supplier_id), "supplier")
    return _supplier(row)


def all_of(connection: Connection) -> tuple[Supplier, ...]:
    """The suppliers in use by name: a shop has some dozens."""
    statement = select(supplier).where(supplier.c.deleted_at.is_(None)).order_by(supplier.c.sort_key)
    return tuple(_supplier(row) for row in connection.execute(statement.limit(_MOST)))


def by_name(connection: Connection, name: str) -> Supplier | None:
    """The one in use with this name, however it is written."""
    wanted = fold(name)
    return next((one for one in all_of(connection) if fold(one.name) == wanted), None)


def _supplier(row: Any) -> Supplier:
    lines = tuple(line for line in row.lines.split("\n") if line)
    return Supplier(
        row.name,
        Address(lines, row.postal_code, row.city, row.country or "DE"),
        row.email,
        row.phone,
        row.our_number,
        row.language,
        row.delivery_days,
        row.note,
        row.id,
        row.version,
    )


# ---- what an article comes from, and what is there


def supply(connection: Connection, article_id: int) -> tuple[Supply, Stock]:
    """Where an article comes from and how much of it is there; nothing known is empty."""
    return supplies(connection, [article_id]).get(article_id, (Supply(), Stock()))


def supplies(connection: Connection, article_ids: Collection[int]) -> Mapping[int, tuple[Supply, Stock]]:
    """The same of several articles, as far as something is known."""
    statement = _SUPPLIES.where(article_supply.c.article_id.in_(article_ids))
    return {row.article_id: (_supply(row), _stock(row)) for row in connection.execute(statement)}


def supplies_by_code(connection: Connection, codes: Collection[str]) -> Mapping[str, tuple[Supply, Stock]]:
    """The same by the articles' codes."""
    statement = _SUPPLIES.where(article.c.code.in_(codes))
    return {row.code: (_supply(row), _stock(row)) for row in connection.execute(statement)}


_SUPPLIES = (
    select(article_supply, article.c.code, supplier.c.name.label("supplier_name"))
    .join(article, article.c.id == article_supply.c.article_id)
    .outerjoin(supplier, (supplier.c.id == article_supply.c.supplier_id) & supplier.c.deleted_at.is_(None))
)


def _supply(row: Any) -> Supply:
    price = Decimal(row.purchase_price) if row.purchase_price else None
    is_there = row.supplier_name is not None
    return Supply(row.supplier_id if is_there else None, row.supplier_code, price, row.supplier_name or "")


def _stock(row: Any) -> Stock:
    counted = dt.date.fromisoformat(row.counted_on) if row.counted_on else None
    return Stock(StockKind(row.stock), row.pieces, counted)


def keep_supply(connection: Connection, article_id: int, value: Supply) -> None:
    """Store where an article comes from."""
    price = format(value.price, "f") if value.price is not None else ""
    _keep(
        connection,
        article_id,
        {
            "supplier_id": value.supplier_id,
            "supplier_code": value.supplier_code,
            "purchase_price": price,
        },
    )


def keep_stock(connection: Connection, article_id: int, value: Stock) -> None:
    """Store what is there."""
    counted = value.counted_on.isoformat() if value.counted_on else ""
    _keep(connection, article_id, {"stock": value.kind.value, "pieces": value.pieces, "counted_on": counted})


def _keep(connection: Connection, article_id: int, columns: dict[str, Any]) -> None:
    statement = update(article_supply).where(article_supply.c.article_id == article_id)
    changed = statement.values(columns | {"version": article_supply.c.version + 1})
    if connection.execute(changed).rowcount == 0:
        connection.execute(insert(article_supply).values(article_id=article_id, **columns))
