"""Customers chosen by what they have in common: tag, town, what they bought, since when nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from shopdesk.domain.customers import Customer, CustomerSummary
from shopdesk.domain.selections import Filter
from shopdesk.store import customer_tags, customers, figures, many_customers
from shopdesk.store.tables import (
    article,
    customer,
    customer_address,
    customer_merge,
    document,
    document_line,
)

_AT_A_TIME = 500


def ids(connection: Connection, wanted: Filter) -> tuple[int, ...]:
    """All that match, in the order of the list."""
    statement = select(customer.c.id).where(*_conditions(wanted))
    return tuple(connection.scalars(statement.order_by(customer.c.sort_key, customer.c.id)))


def count(connection: Connection, wanted: Filter) -> int:
    """How many match."""
    return connection.scalar(select(func.count()).select_from(customer).where(*_conditions(wanted))) or 0


def rows(connection: Connection, wanted: Sequence[int]) -> tuple[CustomerSummary, ...]:
    """These customers as rows of the list, in its order; deleted ones are left out."""
    return customers.page(connection, None, len(wanted), matching=[customer.c.id.in_(wanted)])


def living(connection: Connection, wanted: Sequence[int]) -> Iterator[Customer]:
    """The whole records of these customers in the given order, some hundred at a time; deleted ones are left out."""
    for start in range(0, len(wanted), _AT_A_TIME):
        part = wanted[start : start + _AT_A_TIME]
        found = many_customers.load_many(connection, part)
        yield from (found[one] for one in part if one in found)


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [customer.c.deleted_at.is_(None)]
    if wanted.tag:
        found.append(customer_tags.borne_by(wanted.tag))
    if wanted.place:
        found.append(customer.c.id.in_(_at_place(wanted.place)))
    if wanted.article:
        found.append(customer.c.id.in_(_bought(wanted)))
    elif wanted.bought_since is not None:
        found.append(customer.c.id.in_(_buyers(wanted.bought_since.isoformat())))
    if wanted.nothing_since is not None:
        found.append(customer.c.id.not_in(_buyers(wanted.nothing_since.isoformat())))
        found.append(customer.c.id.in_(_buyers("")))  # who never bought has not stopped buying
    return found


def _at_place(place: str) -> Any:
    """Whose billing address has a postal code that begins so, or a town that does."""
    address = customer_address.c
    code = place.replace(" ", "")
    return select(address.customer_id).where(
        address.position == 0,
        or_(
            func.replace(address.postal_code, " ", "").startswith(code, autoescape=True),
            *(address.city.startswith(town, autoescape=True) for town in _spellings(place)),
        ),
    )


def _spellings(place: str) -> set[str]:
    """SQLite knows capitals of ASCII alone, and LIKE ignores those; Ü and ü are asked for both."""
    return {place, place.lower(), place[:1].upper() + place[1:]}


def _owner() -> ColumnElement[Any]:
    """Whose document it is today: that of a merged customer is the survivor's."""
    return func.coalesce(customer_merge.c.survivor_id, document.c.customer_id)


def _documents() -> Any:
    merged = customer_merge.c.merged_id == document.c.customer_id
    return (
        select(_owner())
        .select_from(document.outerjoin(customer_merge, merged))
        .where(figures.is_purchase(), document.c.state == "issued", document.c.customer_id.is_not(None))
    )


def _buyers(since: str) -> Any:
    return _documents().where(document.c.date >= since)


def _bought(wanted: Filter) -> Any:
    """Who bought the article: by its code, or by words in the name of the line."""
    line = document_line.c
    names = func.lower(line.text).contains(wanted.article.lower(), autoescape=True)
    lines = select(line.document_id).where(
        or_(func.lower(line.article_code) == wanted.article.lower(), names)
    )
    since = wanted.bought_since.isoformat() if wanted.bought_since else ""
    return _buyers(since).where(document.c.id.in_(lines))


def article_names(connection: Connection, limit: int = 500) -> tuple[tuple[str, str], ...]:
    """Code and name of the articles, for the choice."""
    columns = select(article.c.code, article.c.name).where(article.c.deleted_at.is_(None))
    return tuple(
        (row.code, row.name) for row in connection.execute(columns.order_by(article.c.sort_key).limit(limit))
    )
