"""What a customer means to the shop: purchases, turnover, what is open, the last contact."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from sqlalchemy import Connection, Select, bindparam, func, select

from shopdesk.domain.customers import Glance
from shopdesk.store import customer_merges, figures, moments
from shopdesk.store.tables import document, timeline_entry


def glance(connection: Connection, customer_id: int, currency: str, zone: dt.tzinfo) -> Glance:
    """Purchases, turnover in the shop's currency, open quotes and the day of the last contact in the shop's zone."""
    everyone = {"everyone": customer_merges.everyone(connection, customer_id)}
    bought, offered, touched = _glance_statements(currency)
    invoices = connection.execute(bought, everyone).one()
    quotes = connection.scalar(offered, everyone)
    contact = connection.scalar(touched, {"customer": customer_id})
    return Glance(
        purchases=invoices[0],
        turnover_minor=invoices[1],
        open_quotes=quotes or 0,
        last_purchase=dt.date.fromisoformat(invoices[2]) if invoices[2] else None,
        last_contact=moments.from_text(contact).astimezone(zone).date() if contact else None,
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
