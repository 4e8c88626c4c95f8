"""What customers paid for no bill: their credit, and what of it went back to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from shopdesk.domain.money import Money
from shopdesk.store import customer_merges
from shopdesk.store.tables import payment, payment_allocation


def credit_of(connection: Connection, customer_id: int, currency: str) -> Money:
    """What a customer paid and what settles no bill, less what of it went back."""
    rows = _for_no_bill(connection, customer_merges.everyone(connection, customer_id))
    return Money(sum(row.left for row in rows if row.currency == currency), currency)


def gone_back(connection: Connection, customer_ids: Collection[int | None]) -> dict[int, int]:
    """What of the money for no bill went back, by payment: of the oldest first."""
    meant = {customer_merges.meant(connection, each) for each in customer_ids if each is not None}
    rows = _for_no_bill(
        connection, {each for owner in meant for each in customer_merges.everyone(connection, owner)}
    )
    back: dict[tuple[int, str], int] = {}
    for row in rows:
        if row.left < 0:
            back[row.owner, row.currency] = back.get((row.owner, row.currency), 0) - row.left
    found = {}
    for row in rows:
        taken = min(row.left, back.get((row.owner, row.currency), 0))
        if taken > 0:
            found[row.id] = taken
            back[row.owner, row.currency] -= taken
    return found


def _for_no_bill(connection: Connection, customer_ids: Collection[int]) -> Sequence[Any]:
    used = (
        select(func.coalesce(func.sum(payment_allocation.c.amount + payment_allocation.c.charges), 0))
        .where(payment_allocation.c.payment_id == payment.c.id, payment_allocation.c.deleted_at.is_(None))
        .correlate(payment)
        .scalar_subquery()
    )
    left = (payment.c.amount - used).label("left")
    owner = customer_merges.living(payment.c.customer_id).label("owner")
    statement = (
        select(payment.c.id, payment.c.currency, owner, left)
        .where(payment.c.customer_id.in_(customer_ids), payment.c.deleted_at.is_(None), left != 0)
        .order_by(payment.c.day, payment.c.id)
    )
    return connection.execute(statement).all()
