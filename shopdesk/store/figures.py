"""Figures counted out of the rows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Connection, case, func, select

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.store.tables import document


def of_the_day(connection: Connection, day: dt.date, currency: str) -> tuple[int, Money, int, int, Money]:
    """Invoices issued on the day and their sum, drafts, quotes without an answer that are still valid, their sum.

    The sums leave other currencies out.
    """
    total = sum_in(currency)
    invoices = connection.execute(
        select(func.count(), total).where(
            document.c.kind == "invoice", document.c.state == "issued", document.c.date == day.isoformat()
        )
    ).one()
    # every kind by name: else the index over kind and state is not used
    is_draft = document.c.kind.in_(list(DocumentKind)) & (document.c.state == "draft")
    drafts = connection.scalar(select(func.count()).where(is_draft)) or 0
    successor = document.alias("successor")
    answered = (
        select(successor.c.id)
        .where(successor.c.follows_id == document.c.id, successor.c.state == "issued")
        .exists()
    )
    quotes = connection.execute(
        select(func.count(), total).where(
            document.c.kind == "quote",
            document.c.state == "issued",
            document.c.due >= day.isoformat(),
            ~answered,
        )
    ).one()
    return invoices[0], Money(invoices[1], currency), drafts, quotes[0], Money(quotes[1], currency)


def sum_in(currency: str) -> ColumnElement[int]:
    """The gross sum of the documents in this currency; cents and yen do not add up."""
    in_currency = case((document.c.currency == currency, document.c.gross), else_=0)
    return func.coalesce(func.sum(in_currency), 0)
