"""Finding anybody and anything by any hint, and whoever is calling (S36)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shopdesk.domain.search import Found, FoundType

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


def find(
    shop: Shop, text: str, limit: int = 20, types: Sequence[FoundType] | None = None
) -> tuple[Found, ...]:
    """The best hits for what was typed, best first; `types` narrows them down. Nothing typed is an error."""
    from shopdesk.store import search

    with shop.reading() as connection:
        return search.find(connection, text, limit, types)


def caller(shop: Shop, number: str) -> tuple[Found, ...]:
    """Whose number is calling, most likely first; several when a household or an exchange shares it, none when unknown.

    Without the very number it is whoever has the trunk or another extension of the same exchange.
    """
    from shopdesk.store import search

    with shop.reading() as connection:
        return search.callers(connection, number)
