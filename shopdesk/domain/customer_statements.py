"""The statement of a customer (Kontoauszug): every bill, correction and payment with the balance after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.messages import P_, Message, paper
from shopdesk.domain.money import Money
from shopdesk.domain.payments import BillAccount, Booked, PaymentKind


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction or cancellation of a bill (`bill_id`), and by how much less is to be paid."""

    document_id: int
    number: str
    kind: DocumentKind
    day: dt.date
    less: Money
    bill_id: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line before it is put in order. The amount is positive where the customer owes more."""

    day: dt.date
    what: Message
    number: str
    amount: Money
    place: int = 0  # of one day bills stand before what was paid


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line with the balance after it."""

    entry: Entry
    balance: Money


@dataclass(frozen=True, slots=True)
class CustomerStatement:
    """What was carried forward, the lines from `first` to `last`, and what is owed at the end.

    A negative balance is the customer's. `others` are the statements of the same days in other currencies.
    """

    first: dt.date
    last: dt.date
    opening: Money
    lines: tuple[StatementLine, ...]
    closing: Money
    others: tuple[CustomerStatement, ...] = ()

    @property
    def all(self) -> tuple[CustomerStatement, ...]:
        """Each currency for itself, without the shop's own where nothing but others was billed or paid."""
        is_empty = not (self.lines or self.opening)
        return self.others if self.others and is_empty else (self, *self.others)


_KINDS = {
    DocumentKind.INVOICE: paper(P_("paper", "Invoice")),
    DocumentKind.DEPOSIT_INVOICE: paper(P_("paper", "Deposit invoice")),
    DocumentKind.FINAL_INVOICE: paper(P_("paper", "Final invoice")),
    DocumentKind.CREDIT_NOTE: paper(P_("paper", "Invoice correction")),
    DocumentKind.CANCELLATION: paper(P_("paper", "Cancellation invoice")),
}


def entries(
    bills: Iterable[BillAccount], corrections: Iterable[Correction], booked: Iterable[Booked]
) -> Iterator[Entry]:
    """All that changed what the customer owes, in no order."""
    days: dict[int, dt.date] = {}
    for each in corrections:
        days[each.bill_id] = max(each.day, days.get(each.bill_id, each.day))
        yield Entry(each.day, _KINDS[each.kind], each.number, -each.less, 1)
    for bill in bills:
        if not bill.is_order:  # of an order nothing is owed; only what was forgiven of it may fall away
            yield Entry(bill.day, _KINDS[bill.kind], bill.number, bill.payable)
        if bill.fallen_away:
            day = days.get(bill.document_id, bill.day)
            yield Entry(day, _FALLEN, bill.number, bill.fallen_away, 5)
    for payment in booked:
        yield from _paid(payment)


_WORDS = {
    PaymentKind.REFUND: paper(P_("paper", "Paid back")),
    PaymentKind.WRITE_OFF: paper(P_("paper", "Written off")),
}
_RECEIVED = paper(P_("paper", "Payment"))
_FALLEN = paper(P_("paper", "Discount no longer due"))
_CHARGES = paper(P_("paper", "Reminder fees and interest"))


def part_of(booked: Booked, document_ids: Collection[int], *, is_payer: bool) -> Booked:
    """What of a payment counts for one customer: what settles their bills, and of the payer what is left over.

    What settles other bills is left out: those of another customer, and those that are settled elsewhere.
    """
    kept = tuple(each for each in booked.allocations if each.document_id in document_ids)
    minor = sum(each.money.minor for each in kept) + (booked.unallocated.minor if is_payer else 0)
    amount = Money(minor, booked.payment.amount.currency)
    return Booked(replace(booked.payment, amount=amount), kept)


def _paid(booked: Booked) -> Iterator[Entry]:
    payment = booked.payment
    numbers = ", ".join(each.number for each in booked.allocations)
    currency = payment.amount.currency
    if payment.amount:
        yield Entry(payment.day, _WORDS.get(payment.kind, _RECEIVED), numbers, -payment.amount, 2)
    more = sum(each.charges for each in booked.allocations)
    if more:  # asked for by a reminder, and owed by nobody before it was paid
        yield Entry(payment.day, _CHARGES, numbers, Money(more, currency), 1)
    less = sum(each.cash_discount for each in booked.allocations)
    if less:
        yield Entry(payment.day, paper(P_("paper", "Cash discount")), numbers, Money(-less, currency), 3)
    off = sum(each.written_off for each in booked.allocations)
    if off:
        yield Entry(payment.day, _WORDS[PaymentKind.WRITE_OFF], numbers, Money(-off, currency), 4)


def statement(found: Iterable[Entry], first: dt.date, last: dt.date, currency: str) -> CustomerStatement:
    """The entries of one currency in order, with the balance after each."""
    ordered = sorted(
        (each for each in found if each.amount.currency == currency and each.day <= last),
        key=lambda each: (each.day, each.place, each.number),
    )
    before = [each for each in ordered if each.day < first]
    opening = Money(sum(each.amount.minor for each in before), currency)
    lines = _balanced(ordered[len(before) :], opening)
    return CustomerStatement(first, last, opening, lines, lines[-1].balance if lines else opening)


def in_all_currencies(
    found: Sequence[Entry], first: dt.date, last: dt.date, currency: str
) -> CustomerStatement:
    """The statement in the shop's currency with those of all others in which something was billed or paid."""
    foreign = sorted({each.amount.currency for each in found if each.day <= last} - {currency})
    others = tuple(statement(found, first, last, each) for each in foreign)
    return replace(statement(found, first, last, currency), others=others)


def _balanced(ordered: Sequence[Entry], opening: Money) -> tuple[StatementLine, ...]:
    balance, lines = opening, []
    for each in ordered:
        balance += each.amount
        lines.append(StatementLine(each, balance))
    return tuple(lines)
