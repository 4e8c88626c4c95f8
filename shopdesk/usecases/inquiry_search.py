"""Everything the universal input finds: what the index holds, and inquiries beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.search import Found
from shopdesk.usecases import search

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_MOST = 3
"""So many stand among the other hits; the inbox itself shows them all."""


def find(shop: Shop, text: str, limit: int = 20) -> tuple[Found, ...]:
    """The best hits for what was typed; inquiries stand below the best ones, but are never pushed out by the others."""
    inquiries = hits(shop, text)
    return (*search.find(shop, text, limit - len(inquiries)), *inquiries)


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
