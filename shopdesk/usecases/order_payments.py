"""Money paid on an order in advance counts for the invoice that follows, and is the order's again without it.

The invoice says what was paid on its orders (BT-113); payments move when it is issued, and back when it is cancelled,
in the same transaction. What an order and its bills owe is counted, never typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import Document, DocumentKind, Means, Prepayment
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, PaymentKind
from shopdesk.domain.totals import totals

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.payments import Payment
    from shopdesk.usecases.shop import Shop

_MEANS: Mapping[PaymentKind, Means] = {
    PaymentKind.CARD: Means.CARD,
    PaymentKind.ONLINE: Means.ONLINE,
    PaymentKind.EXTERNAL_TILL: Means.EXTERNAL_TILL,
}


def with_what_was_paid(connection: Connection, draft: Document) -> Document:
    """The draft of a bill with what was paid on its orders; what the owner noted himself stays."""
    orders = _orders(connection, draft)
    if not orders:
        return draft
    own = tuple(paid for paid in draft.prepaid if not _is_of(paid, orders.values()))
    left = max(totals(replace(draft, prepaid=own)).payable.minor, 0)
    found: list[Prepayment] = []
    for order_id, number in orders.items():
        parts = [each for each in _paid_on(connection, order_id) if each[1].amount.currency == draft.currency]
        net = sum(part.amount.minor for _payment, part in parts)  # what went back was not paid
        for payment, part in parts:
            take = min(part.amount.minor, left, net)
            if take > 0:
                found.append(_told(payment, number, Money(take, draft.currency)))
                left -= take
                net -= take
    return replace(draft, prepaid=(*own, *found))


def _orders(connection: Connection, draft: Document) -> Mapping[int, str]:
    """The orders paid in advance behind a bill."""
    from shopdesk.store import order_bills

    origins = {draft.follows_id, *(each.id for each in draft.refers_to)} - {None}
    if draft.kind not in BILLS or not origins:
        return {}
    return order_bills.behind(connection, (each for each in origins if each is not None))


def _is_of(paid: Prepayment, numbers: Iterable[str]) -> bool:
    return any(paid.reference == number or paid.reference.startswith(f"{number} ") for number in numbers)


def _told(payment: Payment, number: str, amount: Money) -> Prepayment:
    reference = f"{number} {payment.slip_number}".strip()
    return Prepayment(amount.amount, _MEANS.get(payment.kind, Means.TRANSFER), payment.day, reference)


def _paid_on(connection: Connection, order_id: int) -> Iterator[tuple[Payment, Allocation]]:
    from shopdesk.store import payments

    for booked in payments.of_document(connection, order_id):
        for part in booked.allocations:
            if part.document_id == order_id:
                yield booked.payment, part


def follow(connection: Connection, shop: Shop, issued: Document) -> None:
    """A bill or a cancellation was issued: what was paid on the order is the bill's, or the order's again."""
    if issued.kind == DocumentKind.CANCELLATION:
        _give_back(connection, shop, issued)
        return
    orders = _orders(connection, issued)
    if not orders or issued.id is None:
        return
    from shopdesk.store import order_bills

    deducted = {
        order_id: sum(
            Money.of(paid.amount, issued.currency).minor for paid in issued.prepaid if _is_of(paid, [number])
        )
        for order_id, number in orders.items()
    }
    order_bills.link(connection, issued.id, deducted)
    for order_id in orders:
        _carry(connection, shop, order_id, issued)


def _carry(connection: Connection, shop: Shop, order_id: int, bill: Document) -> None:
    """As much as the bill asks for, the oldest payment first; the rest stays with the order."""
    from shopdesk.store import payments

    assert bill.id is not None
    account = payments.accounts(connection, [bill.id])[bill.id]
    left = account.open.minor
    parts = tuple(_paid_on(connection, order_id))
    # what went back leaves so much less for the bill; with all of it goes what was written off
    money = sum(part.amount.minor for _payment, part in parts)
    if money <= 0 and any(part.amount.minor < 0 for _payment, part in parts):
        return
    for payment, part in parts:
        taken = _first(part, left, money) if part.settled.minor > 0 else None
        if taken is None or taken.settled.minor <= 0:
            continue
        rest = _rest(part, taken)
        _move(connection, shop, payment, part, (taken, bill.id, order_id), (rest, order_id, None))
        left -= taken.settled.minor
        money -= taken.amount.minor


def _first(part: Allocation, most: int, money: int) -> Allocation:
    """So much of it, and no more money than this: money before what was written off."""
    amount = max(min(part.amount.minor, most, money), 0)
    discount = min(part.cash_discount, most - amount)
    off = min(part.written_off, most - amount - discount)
    return replace(
        part, amount=Money(amount, part.amount.currency), cash_discount=discount, written_off=off, charges=0
    )


def _rest(part: Allocation, taken: Allocation) -> Allocation:
    return replace(
        part,
        amount=part.amount - taken.amount,
        cash_discount=part.cash_discount - taken.cash_discount,
        written_off=part.written_off - taken.written_off,
    )


def _move(
    connection: Connection,
    shop: Shop,
    payment: Payment,
    part: Allocation,
    *places: tuple[Allocation, int, int | None],
) -> None:
    """Put an allocation elsewhere: to one document, or shared between two."""
    from shopdesk.store import payments

    assert payment.id is not None
    assert part.id is not None
    seen = payments.load(connection, payment.id).payment.version
    payments.drop_allocations(connection, [part.id], shop.clock.now())
    for value, document_id, order_id in places:
        if value.settled or value.charges:
            payments.allocate(connection, payment.id, [replace(value, document_id=document_id)], order_id)
    payments.touch(connection, payment.id, seen)
    numbers = [each.number for each in payments.load(connection, payment.id).allocations]
    shop.record(connection, "assign", "payment", payment.id, new={"bills": numbers})


def _give_back(connection: Connection, shop: Shop, cancellation: Document) -> None:
    """What was paid on the order of a cancelled bill waits there for the next one."""
    from shopdesk.store import order_bills, payments

    bills = [each.id for each in cancellation.refers_to if each.id is not None]
    for payment_id, order_id, part in order_bills.carried(connection, bills):
        payment = payments.load(connection, payment_id).payment
        _move(connection, shop, payment, part, (part, order_id, None))
