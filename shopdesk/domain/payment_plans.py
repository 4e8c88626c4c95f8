"""What one payment does for the bills that the owner chose: in their order, with discounts and a few cents less."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, BillAccount, discount_taken, paid_in_full


def planned(
    bills: Sequence[BillAccount], amount: Money, discounts: Mapping[int, int], write_off_limit: int = 0
) -> tuple[Allocation, ...]:
    """How the amount settles the bills one after the other; what is left over is the customer's credit.

    `discounts` are the cash discounts by bill, which only a bill that is paid to its end gets. Up to
    `write_off_limit` (smallest units) is written off where the money does not reach.
    """
    found: list[Allocation] = []
    rest = amount.minor
    for bill in bills:
        part = _part(bill, rest, discounts.get(bill.document_id, 0), write_off_limit)
        if part is not None:
            found.append(part)
            rest -= part.amount.minor
    planned_parts = for_charges(bills, found, Money(rest, amount.currency))
    return tuple(each for each in planned_parts if each.settled or each.charges)


def _part(bill: BillAccount, rest: int, less: int, limit: int) -> Allocation | None:
    currency = bill.open.currency
    wanted = bill.open.minor - less
    paid = min(rest, wanted)
    short = wanted - paid
    if short > limit:  # paid in part: no discount
        less, short, paid = 0, 0, min(rest, bill.open.minor)
    if paid <= 0 and not short and not (bill.charges and not bill.open):
        return None
    return Allocation(bill.document_id, Money(max(paid, 0), currency), less, short, number=bill.number)


def short_of(bills: Sequence[BillAccount], amount: Money, discounts: Mapping[int, int]) -> Money:
    """By how much the amount is less than what the bills ask for; 0 where it is enough."""
    wanted = sum(bill.open.minor - discounts.get(bill.document_id, 0) for bill in bills)
    return Money(max(wanted - amount.minor, 0), amount.currency)


def suggest(
    bills: Sequence[BillAccount], amount: Money, day: dt.date, tolerance_days: int
) -> tuple[Allocation, ...]:
    """What an amount settles: one bill or all that it fits exactly, with or without discount, else the oldest first.

    What is left over stays as the customer's credit.
    """
    owing = [bill for bill in bills if bill.open.minor > 0 and bill.open.currency == amount.currency]
    owing.sort(key=lambda bill: (bill.due or bill.day, bill.document_id))
    if amount.minor <= 0:
        return ()
    for bill in owing:
        if bill.open == amount:
            return (paid_in_full(bill, dt.date.max),)
    reminded = with_charges(owing, amount)
    if reminded:
        return reminded
    reduced = [paid_in_full(bill, day, tolerance_days) for bill in owing]
    for each in reduced:
        if each.amount == amount:
            return (each,)
    if reduced and sum(each.amount.minor for each in reduced) == amount.minor:
        return tuple(reduced)
    late = [bill for bill in bills if bill.charges and not bill.open]
    late = [bill for bill in late if bill.charges == amount.minor or not owing]
    if late and late[0].open.currency == amount.currency:
        parts = [Allocation(bill.document_id, bill.open, number=bill.number) for bill in late]
        return tuple(each for each in for_charges(late, parts, amount) if each.charges)
    return _oldest_first(owing, amount, day, tolerance_days)


def _oldest_first(
    owing: Sequence[BillAccount], amount: Money, day: dt.date, tolerance_days: int
) -> tuple[Allocation, ...]:
    found: list[Allocation] = []
    rest = amount
    for bill in owing:
        if not rest:
            break
        part = min(rest, bill.open, key=lambda each: each.minor)
        short = bill.open - part
        less = short if short <= discount_taken(bill, day, tolerance_days) else Money(0, amount.currency)
        found.append(Allocation(bill.document_id, part, less.minor, number=bill.number))
        rest -= part
    return for_charges(owing, found, rest)


def with_charges(bills: Sequence[BillAccount], amount: Money) -> tuple[Allocation, ...]:
    """How an amount pays one bill, or all of one customer, with just what its reminders asked for; else nothing."""
    asked = [bill for bill in bills if bill.charges and bill.open.minor > 0]
    for bill in asked:
        if bill.open.minor + bill.charges == amount.minor:
            return (Allocation(bill.document_id, bill.open, charges=bill.charges, number=bill.number),)
    if asked and len(bills) > 1 and sum(bill.open.minor + bill.charges for bill in bills) == amount.minor:
        return tuple(
            Allocation(bill.document_id, bill.open, charges=bill.charges, number=bill.number)
            for bill in bills
        )
    return ()


def for_charges(
    bills: Sequence[BillAccount], parts: Sequence[Allocation], rest: Money
) -> tuple[Allocation, ...]:
    """What is left over when bills are paid to their end pays the fees and interest that were asked for of them."""
    by_id = {bill.document_id: bill for bill in bills}
    found = []
    for part in parts:
        bill = by_id[part.document_id]
        more = min(rest.minor, bill.charges) if part.settled == bill.open else 0
        found.append(replace(part, charges=more) if more > 0 else part)
        rest -= Money(max(more, 0), rest.currency)
    return tuple(found)
