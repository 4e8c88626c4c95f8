"""Paid, said by a number or an amount in the universal input: which bill is meant (PRODUCT.md S6; design/UX.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.money import Money
from shopdesk.domain.payment_hints import Fit, amount_typed, fits, number_typed
from shopdesk.domain.payments import Allocation, BillAccount, Booked, Payment, paid_in_full
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_MOST = 3
_LARGEST_DISCOUNT = 10
"""Percent; a bill that is open by more than that is not looked at for an amount less its cash discount."""


@dataclass(frozen=True, slots=True)
class Payable:
    """A bill that waits for money and fits what was typed; `part` settles all of it today.

    It is sure where no other fits: then one key books it.
    """

    bill: BillAccount
    part: Allocation
    is_sure: bool


def looks_like_one(text: str) -> bool:
    """Whether the text can mean a bill at all; cheap."""
    return bool(number_typed(text)) or amount_typed(text) is not None


def payable(shop: Shop, text: str, named: Sequence[int]) -> tuple[Payable, ...]:
    """The bills that wait for money and are meant by the text, the surest first.

    `named` are the documents that a search found under it; an amount is looked up here.
    """
    amount = amount_typed(text)
    if amount is not None:
        return _of_amount(shop, Money.of(amount, _currency(shop)))
    typed = number_typed(text)
    if not typed or not named:
        return ()
    from shopdesk.usecases import payments

    rules, found = payments.rules(shop), payments.accounts(shop, named)
    waiting = [
        bill
        for bill in found.values()
        if bill.open.minor > 0 and (rules.since is None or bill.day >= rules.since)
    ]
    exact = [bill for bill in waiting if fits(typed, bill.number) is Fit.EXACTLY]
    near = [bill for bill in waiting if fits(typed, bill.number) is Fit.NEARLY]
    today = shop.clock.today()
    parts = [paid_in_full(bill, today, rules.tolerance_days) for bill in (exact or near)[:_MOST]]
    # with a cash discount nobody knows which of two amounts came
    is_sure = len(exact) == 1 and not parts[0].cash_discount
    return tuple(
        Payable(bill, part, is_sure) for bill, part in zip((exact or near)[:_MOST], parts, strict=True)
    )


def _currency(shop: Shop) -> str:
    from shopdesk.usecases.shop_settings import profile

    return profile(shop).currency


def _of_amount(shop: Shop, amount: Money) -> tuple[Payable, ...]:
    from shopdesk.store import payments as stored
    from shopdesk.usecases import payments

    most = Money(amount.minor * 100 // (100 - _LARGEST_DISCOUNT) + 1, amount.currency)
    with shop.reading() as connection:
        rules = payments.load_rules(connection)
        near = stored.open_between(connection, rules.since, amount, most)
    whole = [
        (bill, Allocation(bill.document_id, amount, number=bill.number))
        for bill in near
        if bill.open == amount
    ]
    today = shop.clock.today()
    reduced = [(bill, paid_in_full(bill, today, rules.tolerance_days)) for bill in near]
    found = whole or [(bill, part) for bill, part in reduced if part.amount == amount]
    return tuple(Payable(bill, part, len(found) == 1) for bill, part in found[:_MOST])


def book(shop: Shop, wanted: Payable) -> tuple[Booked, Undo]:
    """Book it as a transfer of today. Raises PaymentRefused where it was paid in between."""
    from shopdesk.usecases import payments

    return payments.book(shop, Payment(shop.clock.today(), wanted.part.amount), [wanted.part])


def can_leave(shop: Shop, document_id: int) -> bool:
    """Whether a parcel of this bill or order may leave now: it is paid and on the packing list."""
    from shopdesk.domain.documents import Fulfilment
    from shopdesk.domain.unshipped import Clearance
    from shopdesk.usecases import packing

    row = packing.item(shop, document_id)
    return row is not None and row.clearance == Clearance.PAID and row.fulfilment == Fulfilment.SHIP
