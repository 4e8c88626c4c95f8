"""Orders that are placed once more: the last one of a customer, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from shopdesk.domain.articles import Article
from shopdesk.domain.order_changes import OrderChange
from shopdesk.store import articles, customer_merges, plain
from shopdesk.store.tables import article, document, repeated_order

_ORDERS = ("order_confirmation", "invoice", "final_invoice", "deposit_invoice")
_OFFERED = ("quote",)


def last_order(connection: Connection, customer_id: int) -> int | None:
    """The newest order of a customer that was not cancelled, else the newest quote; None: there is neither."""
    for kinds in (_ORDERS, _OFFERED):
        found = _newest(connection, customer_id, kinds)
        if found is not None:
            return found
    return None


def _newest(connection: Connection, customer_id: int, kinds: Sequence[str]) -> int | None:
    cancelling = document.alias("cancelling")
    is_cancelled = (
        select(cancelling.c.id)
        .where(
            cancelling.c.follows_id == document.c.id,
            cancelling.c.kind == "cancellation",
            cancelling.c.state == "issued",
        )
        .exists()
    )
    mine = document.c.customer_id.in_(customer_merges.everyone(connection, customer_id))
    statement = select(document.c.id).where(
        mine, document.c.kind.in_(kinds), document.c.state == "issued", ~is_cancelled
    )
    return connection.scalar(statement.order_by(document.c.date.desc(), document.c.id.desc()).limit(1))


def article_named(connection: Connection, name: str) -> Article | None:
    """The article with this very name; none where two have it."""
    statement = select(article).where(article.c.name == name, article.c.deleted_at.is_(None)).limit(2)
    rows = connection.execute(statement).all()
    return articles.from_row(rows[0]) if len(rows) == 1 else None


def note(
    connection: Connection, document_id: int, origin_id: int | None, changes: Sequence[OrderChange]
) -> None:
    """Keep what a draft repeats, and what has changed since."""
    connection.execute(delete(repeated_order).where(repeated_order.c.document_id == document_id))
    values = {"document_id": document_id, "origin_id": origin_id, "changes": plain.dumps(list(changes))}
    connection.execute(insert(repeated_order).values(values))


def changes(connection: Connection, document_id: int) -> tuple[OrderChange, ...]:
    """What had changed when the draft was made; none for a document that repeats nothing."""
    text = connection.scalar(
        select(repeated_order.c.changes).where(repeated_order.c.document_id == document_id)
    )
    return tuple(plain.from_plain(OrderChange, each) for each in json.loads(text)) if text else ()


def origin(connection: Connection, document_id: int) -> tuple[int, str] | None:
    """Which document a draft repeats, with its number; None for one that repeats none."""
    statement = (
        select(document.c.id, document.c.number)
        .join(repeated_order, repeated_order.c.origin_id == document.c.id)
        .where(repeated_order.c.document_id == document_id)
    )
    row = connection.execute(statement).first()
    return None if row is None else (row.id, row.number or "")
