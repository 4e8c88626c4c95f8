"""Everything the universal input finds: what the index holds, and inquiries and purchase orders beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.folding import compact
from shopdesk.domain.search import Found
from shopdesk.usecases import search

if TYPE_CHECKING:
    from shopdesk.domain.purchase_orders import PurchaseOrder
    from shopdesk.usecases.shop import Shop

_SHORTEST = 3
_MOST = 3
"""So many stand among the other hits; the inbox itself shows them all."""


def find(shop: Shop, text: str, limit: int = 20) -> tuple[Found, ...]:
    """The best hits for what was typed; inquiries stand below the best ones, but are never pushed out by the others.

    A purchase order stands first when its very number was typed.
    """
    ordered = purchases(shop, text)
    meant = tuple(one for one in ordered if one.number and compact(one.number) == compact(text))
    beside = (*hits(shop, text), *(one for one in ordered if one not in meant))
    return (*meant, *search.find(shop, text, limit - len(meant) - len(beside)), *beside)


def purchases(shop: Shop, text: str) -> tuple[Found, ...]:
    """Purchase orders by number, supplier or commission, and suppliers by name: few, and never indexed."""
    from shopdesk.domain.folding import fold
    from shopdesk.store import purchase_orders
    from shopdesk.store import suppliers as stored

    words = text.lower().split()[:6]
    if not words or len(text.strip()) < _SHORTEST:
        return ()
    with shop.reading() as connection:
        if not purchase_orders.any_supplier(connection):
            return ()
        orders = purchase_orders.find(connection, words, _MOST)
        known = stored.all_of(connection)
    named = [one for one in known if all(fold(word) in fold(one.name) for word in words)][:_MOST]
    return (
        *(_order(one) for one in orders),
        *(Found("supplier", one.id or 0, "", one.name, one.address.city, one.email, 0) for one in named),
    )


def _order(one: PurchaseOrder) -> Found:
    who = " · ".join(part for part in (one.supplier_name, one.commission) if part)
    title = one.title or one.supplier_name
    return Found("purchase_order", one.id or 0, one.number, title, who, "", 0, one.customer_id)


def hits(shop: Shop, text: str) -> tuple[Found, ...]:
    """Whose subject, sender or words hold what was typed; who waits stands first."""
    from shopdesk.store import inquiries

    with shop.reading() as connection:
        found = inquiries.find(connection, text, _MOST)
    return tuple(
        Found(
            "inquiry",
            one.id or 0,
            "",
            one.subject or one.who,
            one.who,
            one.sender_address,
            0,
            one.customer_id,
        )
        for one in found
    )
