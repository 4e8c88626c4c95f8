"""Several customers at once: who is meant, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from shopdesk.domain.selections import Filter

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.customers import Customer, CustomerSummary
    from shopdesk.domain.search import FoundType
    from shopdesk.usecases.shop import Shop

_MOST_FOUND = 5_000
_PEOPLE: tuple[FoundType, ...] = ("customer", "contact_person")


def matching(shop: Shop, wanted: Filter) -> tuple[int, ...]:
    """The ids of all that match, in the order of the list; without a filter everybody."""
    from shopdesk.store import selections

    with shop.reading() as connection:
        return selections.ids(connection, wanted)


def found(shop: Shop, words: str) -> tuple[int, ...]:
    """The ids of all that the search finds for these words, best first, each once."""
    from shopdesk.usecases import search

    hits = search.find(shop, words, _MOST_FOUND, types=_PEOPLE)
    return tuple(dict.fromkeys(hit.id if hit.customer_id is None else hit.customer_id for hit in hits))


def rows(shop: Shop, ids: Sequence[int]) -> tuple[CustomerSummary, ...]:
    """These customers as rows of the list, in its order; who was deleted meanwhile is left out."""
    from shopdesk.store import selections

    with shop.reading() as connection:
        return selections.rows(connection, ids)


def count(shop: Shop, wanted: Filter) -> int:
    """How many match."""
    from shopdesk.store import selections

    with shop.reading() as connection:
        return selections.count(connection, wanted)


def articles(shop: Shop) -> tuple[tuple[str, str], ...]:
    """Code and name of the articles to choose among."""
    from shopdesk.store import selections

    with shop.reading() as connection:
        return selections.article_names(connection)


def people(connection: Connection, ids: Sequence[int]) -> Iterator[Customer]:
    """The records of a selection in its order, each once; who was deleted meanwhile is left out."""
    from shopdesk.store import selections

    return selections.living(connection, tuple(dict.fromkeys(ids)))
