"""What the books do not allow of a payment: settling twice, giving back what is not there, dropping what went back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Booked, PaymentRefused

if TYPE_CHECKING:
    from sqlalchemy import Connection


def refuse_settled(connection: Connection, payment_id: int) -> None:
    """What was taken back is booked again only while its bills are still open by as much."""
    from shopdesk.store import payments, taken_back

    parts = taken_back.parts_of(connection, payment_id)
    bills = payments.accounts(connection, [each.document_id for each in parts])
    for each in parts:
        bill = bills[each.document_id]
        is_back = each.amount.minor < 0 and -each.amount > bill.refundable
        if is_back or 0 < each.settled.minor > bill.open.minor:
            text = N_("{number} was paid otherwise since. Please book this payment anew.")
            raise PaymentRefused(Message(text, {"number": bill.number}), "payment-beyond", "document")
    refuse_beyond_credit(connection, replace(payments.load(connection, payment_id), allocations=parts))


def refuse_gone_back(connection: Connection, stored: Booked, gone: Collection[int] | None = None) -> None:
    """Money that went back to the customer cannot be taken away before its refund is.

    `gone`: only these allocations go, and become credit; else the whole payment does.
    """
    from shopdesk.store import credits_left, payments

    parts = [each for each in stored.allocations if gone is None or each.id in gone]
    bills = payments.accounts(connection, [each.document_id for each in parts])
    for each in parts:
        bill = bills.get(each.document_id)
        if bill is not None and bill.paid - each.amount < Money(0, bill.paid.currency) < each.amount:
            text = N_("{number} was paid back since. Please take the refund back first.")
            raise PaymentRefused(Message(text, {"number": bill.number}), "payment-refunded", "document")
    left, customer_id = stored.unallocated, stored.payment.customer_id
    if gone is not None or left.minor <= 0 or customer_id is None:
        return
    if credits_left.credit_of(connection, customer_id, left.currency) < left:
        text = N_("Of this credit money was paid back since. Please take the refund back first.")
        raise PaymentRefused(Message(text), "payment-refunded", "document")


def refuse_beyond_credit(connection: Connection, value: Booked) -> None:
    """Of what settles no bill only so much goes back to a customer as is his credit."""
    from shopdesk.store import credits_left

    back, customer_id = -value.unallocated, value.payment.customer_id
    if back.minor <= 0:
        return
    credit = Money(0, back.currency)
    if customer_id is not None:
        credit = credits_left.credit_of(connection, customer_id, back.currency)
    if back > credit:
        text = N_("The customer's credit is {amount}: more cannot be paid back.")
        raise PaymentRefused(Message(text, {"amount": credit}), "payment-credit", "amount")
