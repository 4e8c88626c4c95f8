"""What of a payment may go back to the customer: its credit, money that lies on an order, and what is too much."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.domain.payments import BillAccount
from shopdesk.usecases import payments

if TYPE_CHECKING:
    from shopdesk.domain.payments import Booked
    from shopdesk.usecases.shop import Shop

CREDIT = 0
"""The document's id of what may go back without one."""


def of_payment(shop: Shop, booked: Booked) -> tuple[BillAccount, ...]:
    """Each as an account that is overpaid by just what may go back; of credit without a document."""
    named = payments.accounts(shop, [each.document_id for each in booked.allocations])
    found = [_of_document(named[key]) for key in sorted(named) if named[key].refundable]
    if booked.credit and booked.payment.customer_id is not None:
        found.append(_of_credit(booked))
    return tuple(found)


def _of_document(account: BillAccount) -> BillAccount:
    nothing, back = Money(0, account.payable.currency), account.refundable
    return replace(
        account, kind=DocumentKind.INVOICE, due=None, payable=-back, credited=nothing, paid=nothing,
        discounted=nothing, written_off=nothing, is_cancelled=False, cash_discount=None, charges=0, billed=0,
        on_the_spot=0, given_back=0,
    )  # fmt: skip


def _of_credit(booked: Booked) -> BillAccount:
    name = booked.payment.payer or next((each.recipient for each in booked.allocations), "")
    nothing = Money(0, booked.credit.currency)
    return BillAccount(
        document_id=CREDIT, number="", kind=DocumentKind.INVOICE, day=booked.payment.day, due=None,
        customer_id=booked.payment.customer_id, recipient=name, payable=-booked.credit, credited=nothing,
        paid=nothing, discounted=nothing, written_off=nothing,
    )  # fmt: skip
