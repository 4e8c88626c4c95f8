"""Payments of the last time with the bills they paid, for what a bank file tells of them a second time."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, and_, select

from shopdesk.domain.money import Money
from shopdesk.domain.noted_payments import NotedPayment
from shopdesk.domain.payments import PaymentKind
from shopdesk.store.tables import bank_entry, document, payment, payment_allocation

_OF_THE_BANK = (PaymentKind.TRANSFER.value, PaymentKind.DIRECT_DEBIT.value, PaymentKind.ONLINE.value)


def since(connection: Connection, day: dt.date) -> tuple[NotedPayment, ...]:
    """All that came in since a day, one for each bill that was paid."""
    told = select(bank_entry.c.id).where(bank_entry.c.payment_id == payment.c.id).correlate(payment).exists()
    is_untold = and_(~told, payment.c.kind.in_(_OF_THE_BANK)).label("is_untold")
    statement = (
        select(
            payment.c.id, payment.c.day, payment.c.amount, payment.c.currency, document.c.number, is_untold,
            document.c.recipient, document.c.customer_id,
        )
        .join(payment_allocation, payment_allocation.c.payment_id == payment.c.id)
        .join(document, document.c.id == payment_allocation.c.document_id)
        .where(
            payment.c.day >= day.isoformat(), payment.c.amount > 0, payment.c.deleted_at.is_(None),
            payment_allocation.c.deleted_at.is_(None),
        )
        .order_by(payment.c.id)
    )  # fmt: skip
    return tuple(
        NotedPayment(
            row.id, dt.date.fromisoformat(row.day), Money(row.amount, row.currency), row.number, row.recipient,
            row.customer_id, bool(row.is_untold),
        )
        for row in connection.execute(statement)
    )  # fmt: skip


def is_told(connection: Connection, payment_id: int) -> bool:
    """Whether a bank file has told of the payment, or it was taken back."""
    told = select(bank_entry.c.id).where(bank_entry.c.payment_id == payment_id)
    gone = select(payment.c.id).where(payment.c.id == payment_id, payment.c.deleted_at.is_not(None))
    return any(connection.scalar(each.limit(1)) is not None for each in (told, gone))
