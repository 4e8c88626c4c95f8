"""What went out by the bank: a refund of what was too much, one noted already, or a payment that came back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, BillAccount, PaymentKind
from shopdesk.usecases import bank_bookings, bank_files, payments, refunds
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.domain.payments import Booked, Payment
    from shopdesk.domain.statements import StoredEntry
    from shopdesk.usecases.shop import Shop

_NEAR = dt.timedelta(days=14)
"""So far from the bank's day may lie the day on which the owner noted the refund."""
_MOST = 500
_OF_THE_BANK = frozenset({PaymentKind.TRANSFER, PaymentKind.DIRECT_DEBIT, PaymentKind.ONLINE})


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a booking may be: just one of these is set."""

    over: BillAccount | None = None
    noted: Booked | None = None
    returned: Booked | None = None


def suggestions(shop: Shop, stored: StoredEntry) -> tuple[Outgoing, ...]:
    """What the money may have been that went out, the likeliest first; nothing for what came in."""
    entry = stored.entry
    if entry.is_incoming:
        return ()
    theirs = _payments_of(shop, stored)
    noted = [each for each in payments.page(shop, limit=_MOST) if _is_noted(shop, each, stored)]
    returned = [each for each in theirs if _may_come_back(each.payment, stored)]
    return (
        *(Outgoing(noted=each) for each in noted),
        *(Outgoing(over=each) for each in _too_much(shop, theirs, -entry.amount)),
        *(Outgoing(returned=each) for each in returned),
    )


def _payments_of(shop: Shop, stored: StoredEntry) -> tuple[Booked, ...]:
    """What came from the account or under the name to which the money went."""
    found: dict[int, Booked] = {}
    for words in (stored.entry.iban, stored.entry.name):
        if words.strip():
            found.update((each.payment.id or 0, each) for each in payments.page(shop, words))
    return tuple(found.values())


def _is_noted(shop: Shop, value: Booked, stored: StoredEntry) -> bool:
    from shopdesk.store import noted_payments

    payment, entry = value.payment, stored.entry
    if payment.kind != PaymentKind.REFUND or payment.amount != entry.amount:
        return False
    with shop.reading() as connection:
        is_told = noted_payments.is_told(connection, payment.id or 0)
    return not is_told and abs(payment.day - entry.booked) <= _NEAR


def _may_come_back(payment: Payment, stored: StoredEntry) -> bool:
    entry = stored.entry
    return payment.kind in _OF_THE_BANK and payment.amount == -entry.amount and payment.day <= entry.booked


def _too_much(shop: Shop, theirs: tuple[Booked, ...], amount: Money) -> list[BillAccount]:
    """Theirs before others; what is just so much before more; of others only what is just so much."""
    own = [back for each in theirs for back in refunds.of_payment(shop, each)]
    others = [bill for bill in payments.open_items(shop, limit=_MOST) if -bill.open == amount]
    found = {(each.document_id, each.customer_id): each for each in (*own, *others)}
    fitting = [each for each in found.values() if each.open.currency == amount.currency]
    return sorted((each for each in fitting if -each.open >= amount), key=lambda each: -each.open.minor)


def book(shop: Shop, stored: StoredEntry, chosen: Outgoing) -> Undo:
    """Book the refund, join the booking to the noted one, or take the payment back that came back.

    Raises PaymentRefused, ChangedElsewhere or BankFileRefused.
    """
    if chosen.returned is not None:
        return _came_back(shop, stored, chosen.returned)
    with shop.writing() as connection:
        if chosen.noted is not None:
            payment_id = chosen.noted.payment.id or 0
            return bank_bookings.link_in(connection, shop, stored, payment_id)[1]
        over, amount = chosen.over, stored.entry.amount
        assert over is not None
        parts = (
            []
            if over.document_id == refunds.CREDIT
            else [Allocation(over.document_id, amount, number=over.number)]
        )
        booked = bank_bookings.book_in(connection, shop, stored, parts, over.customer_id)
    return payments.undo_of(booked)


def _came_back(shop: Shop, stored: StoredEntry, returned: Booked) -> Undo:
    """A debit that the payer's bank gave back: its invoice is open again, and the booking is done with."""
    from shopdesk.store import bank_files as stored_entries

    payment_id = returned.payment.id or 0
    with shop.reading() as connection:
        its = stored_entries.of_payment(connection, payment_id)
    back = payments.take_back(shop, payment_id)
    # the booking that brought the money would wait again, and be booked a second time
    aside = [bank_files.ignore(shop, each) for each in (stored, *its)]

    def again(where: Shop) -> None:
        for each in reversed(aside):
            each.run(where)
        back.run(where)

    return Undo(again)
