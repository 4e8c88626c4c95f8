"""What was agreed with a customer for all documents: days until payment, Skonto, a discount (RULES.md 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from shopdesk.domain.customers import Customer
from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import Discount, Document, DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

_DISCOUNTED = frozenset({DocumentKind.QUOTE, DocumentKind.ORDER_CONFIRMATION, DocumentKind.INVOICE})
_HUNDRED = Decimal(100)
_LONGEST_DAYS = 365
_OLDEST_YEARS = 130


def with_agreed(
    draft: Document, customer: Customer, usual_days: int, before: Customer | None = None
) -> Document:
    """The draft with the customer's terms; `usual_days` are the shop's own until payment.

    What was begun for another customer (`before`) loses his terms, but nothing that was typed instead of them.
    """
    old = before or Customer()
    if draft.kind in BILLS and draft.date is not None:
        usual = draft.date + dt.timedelta(days=_days(old, usual_days))
        if draft.due in {None, usual}:
            draft = replace(draft, due=draft.date + dt.timedelta(days=_days(customer, usual_days)))
        if draft.cash_discount in {None, old.cash_discount}:
            draft = replace(draft, cash_discount=customer.cash_discount)
    if draft.kind in _DISCOUNTED and draft.discount in {None, _discount(old)}:
        draft = replace(draft, discount=_discount(customer))
    return draft


def _days(customer: Customer, usual: int) -> int:
    return usual if customer.payment_days is None else customer.payment_days


def _discount(customer: Customer) -> Discount | None:
    return Discount(percent=customer.discount_percent) if customer.discount_percent else None


def check_card(customer: Customer, today: dt.date) -> None:
    """Refuse, at its field, terms that no document can hold and a birthday that cannot be one; raises ShopError."""
    days, cash, percent = customer.payment_days, customer.cash_discount, customer.discount_percent
    if days is not None and not 0 <= days <= _LONGEST_DAYS:
        text = N_("Days until payment are between 0 and {most}.")
        raise ShopError(Message(text, {"most": _LONGEST_DAYS}), "payment-days", "customer.payment_days")
    if cash is not None and not (0 < cash.percent < _HUNDRED and 0 < cash.days <= _LONGEST_DAYS):
        text = N_("Cash discount needs a percentage and the days within which it counts.")
        raise ShopError(Message(text), "cash-discount", "customer.cash_discount")
    if percent is not None and not 0 < percent < _HUNDRED:
        text = N_("A discount is more than 0 % and less than 100 %.")
        raise ShopError(Message(text), "discount", "customer.discount_percent")
    born = customer.birthday
    if born is not None and not today.year - _OLDEST_YEARS <= born.year <= today.year:
        text = N_("Please write the birthday with its year, such as 12.3.1970.")
        raise ShopError(Message(text), "birthday", "customer.birthday")
