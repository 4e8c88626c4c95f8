"""What the owner does with suppliers, and what he notes of an article: where it comes from and how much is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.article_stock import Stock, parse_stock
from shopdesk.domain.suppliers import Supplier, Supply, checked
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


def all_of(shop: Shop) -> tuple[Supplier, ...]:
    """The suppliers by name."""
    from shopdesk.store import suppliers

    with shop.reading() as connection:
        return suppliers.all_of(connection)


def get(shop: Shop, supplier_id: int) -> Supplier:
    """One supplier; raises NotFound."""
    from shopdesk.store import suppliers

    with shop.reading() as connection:
        return suppliers.load(connection, supplier_id)


def save(shop: Shop, value: Supplier) -> tuple[Supplier, Undo]:
    """Store a new or changed supplier; raises SupplierRefused or WrongAddress at its field, or ChangedElsewhere."""
    from shopdesk.store import plain, suppliers

    value = checked(value)
    with shop.writing() as connection:
        if value.id is None:
            new_id = suppliers.create(connection, value)
            shop.record(connection, "create", "supplier", new_id, new=plain.to_plain(value))
            return replace(value, id=new_id, version=1), Undo(
                lambda s: _set_deleted(s, new_id, 1, deleted=True)
            )
        before = suppliers.load(connection, value.id)
        suppliers.save(connection, value)
        shop.record(connection, "save", "supplier", value.id, plain.to_plain(before), plain.to_plain(value))
    return replace(value, version=value.version + 1), Undo(lambda s: _put_back(s, before))


def named(shop: Shop, name: str) -> Supplier:
    """The supplier of this name, a new one where none has it: only a name is needed to order."""
    from shopdesk.store import suppliers

    with shop.reading() as connection:
        found = suppliers.by_name(connection, name)
    return found if found is not None else save(shop, Supplier(name))[0]


def _put_back(shop: Shop, before: Supplier) -> None:
    with shop.rewound.back("supplier", before.id, before.version, before.version + 1) as version:
        save(shop, replace(before, version=version))


def delete(shop: Shop, supplier_id: int) -> Undo:
    """Take a supplier out of the lists; what was ordered there stays."""
    version = get(shop, supplier_id).version
    _set_deleted(shop, supplier_id, version, deleted=True)
    return Undo(lambda s: _set_deleted(s, supplier_id, version + 1, deleted=False))


def _set_deleted(shop: Shop, supplier_id: int, version: int, *, deleted: bool) -> None:
    from shopdesk.store import suppliers

    rewinding = shop.rewound.back("supplier", supplier_id, version - 1, version)
    with rewinding as now, shop.writing() as connection:
        suppliers.set_deleted(connection, supplier_id, now, shop.clock.now() if deleted else None)
        shop.record(connection, "delete" if deleted else "restore", "supplier", supplier_id)


# ---- articles


def supply(shop: Shop, article_id: int) -> tuple[Supply, Stock]:
    """Where an article comes from and how much of it is there."""
    from shopdesk.store import suppliers

    with shop.reading() as connection:
        return suppliers.supply(connection, article_id)


def stocks(shop: Shop, article_ids: Collection[int]) -> Mapping[int, Stock]:
    """How much of these articles is there, for lists."""
    from shopdesk.store import suppliers

    with shop.reading() as connection:
        return {key: stock for key, (_, stock) in suppliers.supplies(connection, article_ids).items()}


def keep_supply(shop: Shop, article_id: int, value: Supply) -> Undo:
    """Note where an article comes from and what it costs there."""
    from shopdesk.store import suppliers

    with shop.writing() as connection:
        before, _ = suppliers.supply(connection, article_id)
        suppliers.keep_supply(connection, article_id, value)
        old, new = _supply_plain(before), _supply_plain(value)
        shop.record(connection, "supply", "article", article_id, old, new)
    return Undo(lambda s: keep_supply(s, article_id, before))


def _supply_plain(value: Supply) -> dict[str, object]:
    return {
        "supplier": value.supplier_name,
        "supplier_code": value.supplier_code,
        "purchase_price": str(value.price) if value.price is not None else "",
    }


def count_stock(shop: Shop, article_id: int, text: str) -> tuple[Stock, Undo]:
    """Note what somebody counted: "3", "ja", "nein", nothing. Raises StockUnreadable."""
    counted = parse_stock(text, shop.clock.today())
    with shop.writing() as connection:
        before = keep_stock_in(connection, shop, article_id, counted)
    return counted, Undo(lambda s: _stock_back(s, article_id, before))


def _stock_back(shop: Shop, article_id: int, before: Stock) -> None:
    with shop.writing() as connection:
        keep_stock_in(connection, shop, article_id, before)


def keep_stock_in(connection: Connection, shop: Shop, article_id: int, value: Stock) -> Stock:
    """Store it within a transaction; gives what stood there before."""
    from shopdesk.store import suppliers

    _, before = suppliers.supply(connection, article_id)
    suppliers.keep_stock(connection, article_id, value)
    old, new = {"pieces": _pieces(before)}, {"pieces": _pieces(value)}
    shop.record(connection, "count", "article", article_id, old, new)
    return before


def _pieces(value: Stock) -> str:
    return str(value.pieces) if value.kind.value == "pieces" else value.kind.value
