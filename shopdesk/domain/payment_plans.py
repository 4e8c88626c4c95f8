"""What one payment does for the bills that the owner chose: in their order, with discounts and a few cents less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, BillAccount


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
    return tuple(found)


def _part(bill: BillAccount, rest: int, less: int, limit: int) -> Allocation | None:
    currency = bill.open.currency
    wanted = bill.open.minor - less
    paid = min(rest, wanted)
    short = wanted - paid
    if short > limit:  # paid in part: no discount
        less, short, paid = 0, 0, min(rest, bill.open.minor)
    if paid <= 0 and not short:
        return None
    return Allocation(bill.document_id, Money(max(paid, 0), currency), less, short, number=bill.number)


def short_of(bills: Sequence[BillAccount], amount: Money, discounts: Mapping[int, int]) -> Money:
    """By how much the amount is less than what the bills ask for; 0 where it is enough."""
    wanted = sum(bill.open.minor - discounts.get(bill.document_id, 0) for bill in bills)
    return Money(max(wanted - amount.minor, 0), amount.currency)
