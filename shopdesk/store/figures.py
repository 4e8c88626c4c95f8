"""Figures counted out of the rows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, select

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.store.tables import document


def of_the_day(connection: Connection, day: dt.date) -> tuple[int, Money, int, int, Money]:
    """Invoices issued on the day and their sum, drafts, quotes without an answer that are still valid, their sum."""
    invoices = connection.execute(
        select(func.count(), func.coalesce(func.sum(document.c.gross), 0)).where(
            document.c.kind == "invoice", document.c.state == "issued", document.c.date == day.isoformat()
        )
    ).one()
    # every kind by name: else the index over kind and state is not used
    is_draft = document.c.kind.in_(list(DocumentKind)) & (document.c.state == "draft")
    drafts = connection.scalar(select(func.count()).where(is_draft)) or 0
    successor = document.alias("successor")
    answered = select(successor.c.id).where(successor.c.follows_id == document.c.id).exists()
    quotes = connection.execute(
        select(func.count(), func.coalesce(func.sum(document.c.gross), 0)).where(
            document.c.kind == "quote",
            document.c.state == "issued",
            document.c.due >= day.isoformat(),
            ~answered,
        )
    ).one()
    return invoices[0], Money(invoices[1]), drafts, quotes[0], Money(quotes[1])
