"""Finding anybody and anything by any hint, and whoever is calling (S36)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shopdesk.domain.folding import compact
from shopdesk.domain.search import Found, FoundType

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


def find(
    shop: Shop, text: str, limit: int = 20, types: Sequence[FoundType] | None = None
) -> tuple[Found, ...]:
    """The best hits for what was typed, best first; `types` narrows them down. Nothing typed is an error."""
    from shopdesk.store import search

    with shop.reading() as connection:
        indexed = None if types is None else tuple(kind for kind in types if kind != "old_invoice")
        found = search.find(connection, text, limit, indexed) if indexed != () else ()
        if types is not None and "old_invoice" not in types:
            return found
        old = _old_invoices(connection, text, limit)
    exact = compact(text)
    first = [hit for hit in old if compact(hit.number) == exact]
    return (*first, *found, *(hit for hit in old if hit not in first))[:limit]


def _old_invoices(connection: Connection, text: str, limit: int) -> list[Found]:
    """Those of another program, newest first."""
    from shopdesk.store import old_invoices

    return [
        Found(
            "old_invoice",
            kept.id,
            kept.value.number,
            kept.value.recipient or kept.value.number,
            " · ".join(part for part in (kept.value.day, kept.value.text) if part),
            "",
            0,
            kept.customer_id,
        )
        for kept in old_invoices.find(connection, text, limit)
    ]


def caller(shop: Shop, number: str) -> tuple[Found, ...]:
    """Whose number is calling, most likely first; several when a household or an exchange shares it, none when unknown.

    Without the very number it is whoever has the trunk or another extension of the same exchange.
    """
    from shopdesk.store import search

    with shop.reading() as connection:
        return search.callers(connection, number)
