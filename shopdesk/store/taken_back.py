"""What a payment settled before it was taken back, for who wants it booked again."""

from __future__ import annotations

from sqlalchemy import Connection, select

from shopdesk.domain.payments import Allocation
from shopdesk.store import payments
from shopdesk.store.tables import payment, payment_allocation


def parts_of(connection: Connection, payment_id: int) -> tuple[Allocation, ...]:
    """What a payment settled when it was taken back."""
    statement = (
        select(payment_allocation, payment.c.currency)
        .join(payment, payment.c.id == payment_allocation.c.payment_id)
        .where(payment.c.id == payment_id, payment_allocation.c.deleted_at == payment.c.deleted_at)
    )
    return tuple(payments.part_of(row) for row in connection.execute(statement))
