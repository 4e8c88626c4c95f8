"""Payments booked and taken back; how each bill stands is counted anew every time (PRODUCT.md, S6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.payment_checks import check
from shopdesk.domain.payment_plans import suggest
from shopdesk.domain.payments import (
    Allocation,
    BillAccount,
    Booked,
    Payment,
    PaymentKind,
    PaymentRefused,
    PaymentRules,
    PaymentState,
    paid_in_full,
)
from shopdesk.usecases import payment_refusals
from shopdesk.usecases.payment_entries import tell
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.customers import Glance
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop

RULES = "payments"
"""The name of the setting."""


def rules(shop: Shop) -> PaymentRules:
    """What the owner set about payments."""
    with shop.reading() as connection:
        return load_rules(connection)


def load_rules(connection: Connection) -> PaymentRules:
    """The same within a transaction."""
    from shopdesk.store import settings

    return settings.load(connection, RULES, PaymentRules, PaymentRules())


def save_rules(shop: Shop, value: PaymentRules) -> Undo:
    """Store what the owner set, journalled."""
    from shopdesk.store import plain, settings

    with shop.writing() as connection:
        old = load_rules(connection)
        settings.save(connection, RULES, value)
        shop.record(connection, "save", "setting", RULES, plain.to_plain(old), plain.to_plain(value))
    return Undo(lambda s: save_rules(s, old))


def book(shop: Shop, payment: Payment, allocations: Sequence[Allocation]) -> tuple[Booked, Undo]:
    """Book a payment for the bills that it settles; what is left over is the customer's credit.

    Raises PaymentRefused, where the words say why.
    """
    with shop.writing() as connection:
        stored = book_in(connection, shop, payment, allocations)
    return stored, undo_of(stored)


def book_in(
    connection: Connection, shop: Shop, payment: Payment, allocations: Sequence[Allocation]
) -> Booked:
    """The same within a transaction; `undo_of` takes it back."""
    from shopdesk.store import payments

    bills = payments.accounts(connection, [each.document_id for each in allocations])
    check(payment, allocations, bills, load_rules(connection))
    if payment.customer_id is None:
        owners = (bills[each.document_id].customer_id for each in allocations)
        payment = replace(payment, customer_id=next(owners, None))
    payment_refusals.refuse_beyond_credit(connection, Booked(payment, tuple(allocations)))
    payment_id = payments.create(connection, payment, allocations, shop.clock.now())
    stored = payments.load(connection, payment_id)
    shop.record(connection, "create", "payment", payment_id, new=_journalled(stored))
    tell(connection, shop, stored, {key: bill.customer_id for key, bill in bills.items()})
    return stored


def _journalled(value: Booked) -> dict[str, object]:
    payment = value.payment
    fields = {
        "day": payment.day.isoformat(),
        "amount": str(payment.amount.amount),
        "kind": payment.kind.value,
        "slip_number": payment.slip_number,
        "bills": [each.number for each in value.allocations],
        "cash_discount_taken": _amount(value, sum(each.cash_discount for each in value.allocations)),
        "written_off": _amount(value, sum(each.written_off for each in value.allocations)),
        "reminder_charges": _amount(value, sum(each.charges for each in value.allocations)),
        "reason": payment.reason,
    }
    return {name: field for name, field in fields.items() if field}


def _amount(value: Booked, minor: int) -> str:
    return str(Money(minor, value.payment.amount.currency).amount) if minor else ""


def undo_of(stored: Booked) -> Undo:
    """What takes a payment back that was booked with `book_in`."""
    payment = stored.payment
    payment_id, version = payment.id or 0, payment.version
    return Undo(lambda s: _set_deleted(s, payment_id, version, deleted=True))


def take_back(shop: Shop, payment_id: int) -> Undo:
    """A payment was booked by mistake; it stays in the books as taken back (GoBD). Raises NotFound."""
    return _set_deleted(shop, payment_id, get(shop, payment_id).payment.version, deleted=True)


def _set_deleted(shop: Shop, payment_id: int, seen: int, *, deleted: bool) -> Undo:
    from shopdesk.store import payments, timeline

    at = shop.clock.now() if deleted else None
    with shop.writing() as connection:
        if deleted:
            payment_refusals.refuse_gone_back(connection, payments.load(connection, payment_id))
        else:
            payment_refusals.refuse_settled(connection, payment_id)
        payments.set_deleted(connection, payment_id, seen, at)
        timeline.set_many_deleted(connection, payments.entries_of(connection, payment_id), at)
        shop.record(connection, "take-back" if deleted else "restore", "payment", payment_id)
    return Undo(lambda s: _set_deleted(s, payment_id, seen + 1, deleted=not deleted))


def credit_of(shop: Shop, customer_id: int, currency: str) -> Money:
    """What a customer paid and what settles no bill, less what of it went back."""
    from shopdesk.store import credits_left

    with shop.reading() as connection:
        return credits_left.credit_of(connection, customer_id, currency)


def use_credit(shop: Shop, payment_id: int, allocations: Sequence[Allocation]) -> Undo:
    """Settle bills with what is left of a payment; raises NotFound, PaymentRefused."""
    from shopdesk.store import payments

    with shop.writing() as connection:
        stored = payments.load(connection, payment_id)
        bills = payments.accounts(connection, [each.document_id for each in allocations])
        check(replace(stored.payment, amount=stored.credit), allocations, bills, load_rules(connection))
        ids = payments.allocate(connection, payment_id, allocations)
        payments.touch(connection, payment_id, stored.payment.version)
        shop.record(
            connection, "assign", "payment", payment_id, new={"bills": [each.number for each in allocations]}
        )
    return Undo(lambda s: _drop(s, payment_id, stored.payment.version + 1, ids))


def settle_with_credit(shop: Shop, payment_id: int) -> Undo:
    """Use what is left of a payment for what its customer has open, the oldest first; raises PaymentRefused."""
    from shopdesk.store import payments

    with shop.reading() as connection:
        left = payments.load(connection, payment_id)
    customer_id = left.payment.customer_id
    parts = suggest_allocation(shop, customer_id, left.credit) if customer_id is not None else ()
    taken = {each.document_id for each in left.allocations}
    parts = tuple(each for each in parts if each.document_id not in taken)
    if not parts:
        raise PaymentRefused(Message(N_("Nothing is open there.")), "payment-nothing", "document")
    return use_credit(shop, payment_id, parts)


def take_off(shop: Shop, payment_id: int, document_id: int) -> Undo:
    """The money was not meant for this bill, or the bill was cancelled: it is the customer's credit again."""
    from shopdesk.store import payments

    with shop.reading() as connection:
        stored = payments.load(connection, payment_id)
    ids = [each.id for each in stored.allocations if each.document_id == document_id and each.id is not None]
    return _drop(shop, payment_id, stored.payment.version, ids)


def _drop(shop: Shop, payment_id: int, seen: int, ids: Collection[int]) -> Undo:
    from shopdesk.store import payments

    with shop.writing() as connection:
        stored = payments.load(connection, payment_id)
        payment_refusals.refuse_gone_back(connection, stored, ids)
        payments.touch(connection, payment_id, seen)
        payments.drop_allocations(connection, ids, shop.clock.now())
        gone = [each for each in stored.allocations if each.id in ids]
        numbers = [each.number for each in gone]
        shop.record(connection, "remove", "payment", payment_id, new={"bills": numbers})
    return Undo(lambda s: use_credit(s, payment_id, gone))


def get(shop: Shop, payment_id: int) -> Booked:
    """One payment; raises NotFound."""
    from shopdesk.store import payments

    with shop.reading() as connection:
        return payments.load(connection, payment_id)


def page(shop: Shop, words: str = "", cursor: Cursor | None = None, limit: int = 100) -> tuple[Booked, ...]:
    """The next payments, the newest first; the cursor comes from `cursor_of` the last one."""
    from shopdesk.store import payments

    with shop.reading() as connection:
        return payments.page(connection, words, cursor, limit)


def cursor_of(value: Booked) -> Cursor:
    """Where the next page of payments begins."""
    from shopdesk.store import payments

    return payments.cursor_of(value)


def open_items(
    shop: Shop,
    words: str = "",
    cursor: Cursor | None = None,
    limit: int = 100,
    customer_id: int | None = None,
) -> tuple[BillAccount, ...]:
    """The bills of which something is open or overpaid, what is due first before the others.

    The cursor comes from `item_cursor` of the last one.
    """
    from shopdesk.store import payments

    with shop.reading() as connection:
        since = load_rules(connection).since
        return payments.open_items(connection, since, words, cursor, limit, customer_id)


def item_cursor(value: BillAccount) -> Cursor:
    """Where the next page of open items begins."""
    from shopdesk.store import payments

    return payments.item_cursor(value)


def open_sums(shop: Shop) -> tuple[Money, Money]:
    """What is open in all in the shop's currency, and what of it is overdue."""
    from shopdesk.store import payments
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        since, currency = load_rules(connection).since, load_profile(connection).currency
        return payments.open_sums(connection, since, shop.clock.today(), currency)


def accounts(shop: Shop, document_ids: Collection[int]) -> dict[int, BillAccount]:
    """How these bills stand, by id; what is no issued bill is left out."""
    from shopdesk.store import payments

    if not document_ids:
        return {}
    with shop.reading() as connection:
        return payments.accounts(connection, document_ids)


def states(shop: Shop, document_ids: Collection[int]) -> dict[int, BillAccount]:
    """How these bills stand, of those whose payments are followed here: none in a shop that books no payments."""
    from shopdesk.store import payments

    if not document_ids:
        return {}
    with shop.reading() as connection:
        if not payments.any_booked(connection):
            return {}
        since = load_rules(connection).since
        found = payments.accounts(connection, document_ids)
    return {
        key: bill for key, bill in found.items() if (since is None or bill.day >= since) and not bill.is_done
    }


def with_owed(
    connection: Connection, glance: Glance, customer_id: int, currency: str, today: dt.date
) -> Glance:
    """The glance with what the customer owes, and what is his, in the shop's currency."""
    from shopdesk.store import payments

    if not payments.any_booked(connection):
        return glance
    since = load_rules(connection).since
    followed = [
        bill
        for bill in payments.accounts_of(connection, customer_id)
        if bill.open.currency == currency and (since is None or bill.day >= since)
    ]
    bills = [bill for bill in followed if not bill.is_order]
    late = (bill.open.minor for bill in bills if bill.standing(today).state == PaymentState.OVERDUE)
    paid = payments.of_customer(connection, customer_id)
    credit = sum(each.unallocated.minor for each in paid if each.payment.amount.currency == currency)
    # what was paid on an order is the customer's until it is billed
    credit += sum(bill.settled.minor for bill in followed if bill.is_order)
    owed = sum(bill.open.minor for bill in bills)
    return replace(glance, open_minor=owed, overdue_minor=sum(late), credit_minor=credit)


def of_document(shop: Shop, document_id: int) -> tuple[Booked, ...]:
    """The payments of a bill, the oldest first."""
    from shopdesk.store import payments

    with shop.reading() as connection:
        return payments.of_document(connection, document_id)


def of_customer(shop: Shop, customer_id: int) -> tuple[Booked, ...]:
    """All payments of a customer, the oldest first."""
    from shopdesk.store import payments

    with shop.reading() as connection:
        return payments.of_customer(connection, customer_id)


def suggest_allocation(
    shop: Shop, customer_id: int, amount: Money, day: dt.date | None = None
) -> tuple[Allocation, ...]:
    """What an amount of this customer settles: what it fits exactly, else the oldest first."""
    from shopdesk.store import payments

    with shop.reading() as connection:
        found = load_rules(connection)
        bills = payments.accounts_of(connection, customer_id)
    followed = [bill for bill in bills if found.since is None or bill.day >= found.since]
    return suggest(followed, amount, day or shop.clock.today(), found.tolerance_days)


def book_in_full(
    shop: Shop,
    document_ids: Sequence[int],
    day: dt.date | None = None,
    kind: PaymentKind = PaymentKind.TRANSFER,
    slip_number: str = "",
) -> tuple[Booked, Undo]:
    """One payment that settles all these bills, less their cash discount where it still counts."""
    when = day or shop.clock.today()
    found = rules(shop)
    bills = accounts(shop, document_ids)
    parts = [paid_in_full(bills[each], when, found.tolerance_days) for each in document_ids if each in bills]
    parts = [each for each in parts if each.settled.minor > 0]
    if not parts:
        raise PaymentRefused(Message(N_("Nothing is open there.")), "payment-nothing", "document")
    total = Money(sum(each.amount.minor for each in parts), parts[0].amount.currency)
    return book(shop, Payment(when, total, kind, slip_number=slip_number), parts)
