"""Payments that are booked already, found again in a bank file: it tells of the same money, or of a second time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from shopdesk.domain.money import Money
from shopdesk.domain.payment_clues import figures, keys, letters_of
from shopdesk.domain.statements import Entry
from shopdesk.domain.transfer_texts import runs

SAME_DAYS = 10
"""So many days lie between what the owner noted and what the bank books, at most, for it to be surely the same."""
_MOST_DAYS = 45


@dataclass(frozen=True, slots=True)
class NotedPayment:
    """What was paid for a bill. `is_untold`: no bank file has told of the payment yet, and one may."""

    payment_id: int
    day: dt.date
    amount: Money
    number: str
    recipient: str
    customer_id: int | None
    is_untold: bool = True

    def days_from(self, entry: Entry) -> int:
        """How far the booking of the bank is away."""
        return abs((entry.booked - self.day).days)


class NotedPayments:
    """The payments of the last time, to be found by the numbers of the bills they paid."""

    def __init__(self, payments: Iterable[NotedPayment]) -> None:
        self._by_key: dict[str, list[NotedPayment]] = defaultdict(list)
        for each in payments:
            for key in dict.fromkeys((*keys(each.number), *figures(each.number))):
                self._by_key[key].append(each)

    def named(self, entry: Entry) -> tuple[NotedPayment, ...]:
        """All whose bill the text names; figures that fit two bills name neither."""
        found: dict[tuple[int, str], NotedPayment] = {}
        for run in runs(f"{entry.text} {entry.end_to_end}"):
            fitting = [
                each
                for each in self._by_key.get(run.text, ())
                if not run.is_figures_first or run.may_be(letters_of(each.number), is_order=False)
            ]
            if len({each.number for each in fitting}) == 1:
                found.update({(each.payment_id, each.number): each for each in fitting})
        return tuple(found.values())


def same_money(entry: Entry, named: Iterable[NotedPayment]) -> NotedPayment | None:
    """The payment that the booking tells of: the same amount for a bill that it names, the nearest in days."""
    near = [
        each
        for each in named
        if each.is_untold and each.amount == entry.amount and each.days_from(entry) <= _MOST_DAYS
    ]
    return min(near, key=lambda each: (each.days_from(entry), each.payment_id), default=None)
