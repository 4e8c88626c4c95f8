"""What a customer means to the shop: purchases, turnover, what is open, the last contact."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from sqlalchemy import Connection, Select, bindparam, case, func, select

from shopdesk.domain.customers import Glance
from shopdesk.store import customer_merges, figures, moments
from shopdesk.store.tables import document, old_invoice, timeline_entry


def glance(connection: Connection, customer_id: int, currency: str, zone: dt.tzinfo) -> Glance:
    """Purchases, turnover in the shop's currency, open quotes and the day of the last contact in the shop's zone.

    Invoices of the program before count, too, but for those whose number and day are also a document's of ours.
    """
    everyone = {"everyone": customer_merges.everyone(connection, customer_id)}
    bought, offered, touched = _glance_statements(currency)
    invoices = connection.execute(bought, everyone).one()
    quotes = connection.scalar(offered, everyone)
    old = connection.execute(_old_statement(currency), everyone).one()
    contact = connection.scalar(touched, {"customer": customer_id})
    return Glance(
        purchases=invoices[0] + old[0],
        turnover_minor=invoices[1] + old[1],
        open_quotes=quotes or 0,
        last_purchase=max(map(dt.date.fromisoformat, filter(None, (invoices[2], old[2]))), default=None),
        last_contact=moments.from_text(contact).astimezone(zone).date() if contact else None,
        old_purchases=old[0],
        old_turnover_minor=old[1],
        currency=currency,
    )


@lru_cache(maxsize=4)
def _glance_statements(currency: str) -> tuple[Select[int, int, str], Select[int], Select[str]]:
    """Purchases, open quotes, last contact. Putting them together takes longer than asking them."""
    issued = document.c.customer_id.in_(bindparam("everyone", expanding=True)) & (
        document.c.state == "issued"
    )
    bought = select(figures.purchases(), figures.turnover_in(currency), figures.last_purchase())
    successor = document.alias("successor")
    answered = (
        select(successor.c.id)
        .where(successor.c.follows_id == document.c.id, successor.c.state == "issued")
        .exists()
    )
    offered = select(func.count()).where(issued, document.c.kind == "quote", ~answered)
    touched = select(func.max(timeline_entry.c.at)).where(
        timeline_entry.c.customer_id == bindparam("customer"), timeline_entry.c.deleted_at.is_(None)
    )
    return bought.where(issued, document.c.kind.in_(figures.TURNOVER)), offered, touched


@lru_cache(maxsize=4)
def _old_statement(currency: str) -> Select[int, int, str]:
    """Purchases, turnover and last purchase of the program before; a credit of it is no purchase."""
    is_ours = (
        select(document.c.id)
        .where(
            document.c.customer_id.in_(bindparam("everyone", expanding=True)),
            document.c.state == "issued",
            document.c.number == old_invoice.c.number,
            document.c.date == old_invoice.c.day,
        )
        .exists()
    )
    is_purchase = func.coalesce(old_invoice.c.gross, 1) > 0
    in_currency = case((old_invoice.c.currency == currency, func.coalesce(old_invoice.c.gross, 0)), else_=0)
    return select(
        func.count(case((is_purchase, 1))),
        func.coalesce(func.sum(in_currency), 0),
        func.max(case((is_purchase, old_invoice.c.day))),
    ).where(old_invoice.c.customer_id.in_(bindparam("everyone", expanding=True)), ~is_ours)
