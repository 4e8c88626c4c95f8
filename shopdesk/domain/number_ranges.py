"""Number ranges: patterns such as R-{year}-{number:0000}, start values, yearly restart (RULES.md 6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.number_shapes import can_be_equal

_GAP = re.compile(r"\{(year|yy|month|number)(?::(0+))?\}")


class BadNumberPattern(ShopError):
    """A pattern without a number, with an unknown gap, or one that would give doubles."""

    code = "number-pattern"


class NumberTaken(ShopError):
    """After another pattern, start or restart the next number would come a second time."""

    code = "number-taken"

    def __init__(self, number: str, range_name: str) -> None:
        text = N_("The number {number} is taken already. Please set a higher start or another pattern.")
        super().__init__(Message(text, {"number": number}), field=f"number_ranges.{range_name}")


@dataclass(frozen=True, slots=True)
class NumberRange:
    """One range of numbers. `start` is the first number of a shop that moves in mid-year.

    With `start_year` only that year begins at `start` and each later one with 1; with 0 every year begins at it. A
    range without a pattern does not count by itself (`together`).
    """

    name: str
    pattern: str
    start: int = 1
    restart_yearly: bool = True
    version: int = 0
    start_year: int = 0

    def year_of(self, date: dt.date) -> int:
        """Which counter a date belongs to; 0 where the range never restarts."""
        return date.year if self.restart_yearly else 0

    def first_in(self, date: dt.date) -> int:
        """The lowest number that a document of this date can get."""
        another_year = self.restart_yearly and self.start_year and self.start_year != date.year
        return 1 if another_year else self.start

    def around(self, date: dt.date) -> tuple[str, str]:
        """What stands before and behind the running number on a document of this date."""
        return _around(self.pattern, date.year, date.month)[:2]

    def read(self, text: str, date: dt.date) -> int | None:
        """The running number in a number as printed for this date; None where the pattern does not give it."""
        left, right, least = _around(self.pattern, date.year, date.month)
        figures = text[len(left) : len(text) - len(right)]
        whole = len(left) + len(figures) + len(right) == len(text)
        if not (whole and self.pattern and text.startswith(left) and text.endswith(right)):
            return None
        if not (figures.isdecimal() and figures.isascii()):
            return None
        # more figures than the pattern asks for have no zero in front
        fits = len(figures) == least or (len(figures) > least and figures[0] != "0")
        return int(figures) if fits else None

    def format(self, number: int, date: dt.date) -> str:
        """The number as printed; `{year}` is the year of the document's date."""
        return _filled(self.pattern, date, number)


@lru_cache(maxsize=512)
def _around(pattern: str, year: int, month: int) -> tuple[str, str, int]:
    """The ends of a number, and how many figures its running number has at least: an audit reads 100,000 of them."""
    date = dt.date(year, month, 1)
    left, _, right = pattern.partition("{number")
    zeros, _, right = right.partition("}")
    return _filled(left, date, 0), _filled(right, date, 0), max(1, len(zeros) - 1)


def _filled(pattern: str, date: dt.date, number: int) -> str:
    values = {"year": str(date.year), "yy": f"{date.year % 100:02}", "month": f"{date.month:02}"}

    def fill(match: re.Match[str]) -> str:
        return values.get(match[1], str(number)).zfill(len(match[2] or ""))

    return _GAP.sub(fill, pattern)


def checked(range_: NumberRange) -> NumberRange:
    """The range itself, or BadNumberPattern with what is wrong."""
    rest = _GAP.sub("", range_.pattern)
    field = f"number_ranges.{range_.name}"
    if range_.pattern.count("{number") != 1 or "{" in rest or "}" in rest:
        text = N_(
            "The pattern “{pattern}” needs {{number}} once and knows only {{year}}, {{yy}}, {{month}}, {{number:0000}}."
        )
        raise BadNumberPattern(Message(text, {"pattern": range_.pattern}), field=field)
    if range_.restart_yearly and "{year}" not in range_.pattern and "{yy}" not in range_.pattern:
        text = N_(
            "A range that starts anew each year needs {{year}} in its pattern, else numbers would come twice."
        )
        raise BadNumberPattern(Message(text), field=field)
    if range_.start < 1:
        raise BadNumberPattern(Message(N_("The first number is 1 or more.")), field=field)
    return range_


INVOICE = DocumentKind.INVOICE.value
CUSTOMER = "customer"
PURCHASE_ORDER = "purchase_order"

DEFAULTS = {
    range_.name: range_
    for range_ in (
        NumberRange("quote", "A-{year}-{number:0000}"),
        NumberRange("order_confirmation", "AB-{year}-{number:0000}"),
        NumberRange("delivery_note", "L-{year}-{number:0000}"),
        NumberRange(INVOICE, "R-{year}-{number:0000}"),
        NumberRange("payment_reminder", "M-{year}-{number:0000}"),
        NumberRange(PURCHASE_ORDER, "B-{year}-{number:0000}"),
        NumberRange(CUSTOMER, "K-{number:0000}", start=1001, restart_yearly=False),
    )
}

# RULES.md 6: these count with the invoices unless the owner sets them apart
SUGGESTED_APART = {
    range_.name: range_
    for range_ in (
        NumberRange("deposit_invoice", "AR-{year}-{number:0000}"),
        NumberRange("final_invoice", "SR-{year}-{number:0000}"),
        NumberRange("credit_note", "RK-{year}-{number:0000}"),
        NumberRange("cancellation", "S-{year}-{number:0000}"),
    )
}


TITLES = {
    "quote": N_("Quotes"),
    "order_confirmation": N_("Order confirmations"),
    "delivery_note": N_("Delivery notes"),
    INVOICE: N_("Invoices"),
    "deposit_invoice": N_("Deposit invoices"),
    "final_invoice": N_("Final invoices"),
    "credit_note": N_("Invoice corrections"),
    "cancellation": N_("Cancellations"),
    "payment_reminder": N_("Payment reminders"),
    PURCHASE_ORDER: N_("Purchase orders"),
    CUSTOMER: N_("Customers"),
}


def together(name: str) -> NumberRange:
    """What stands for a kind that counts with the invoices (again): a range without a pattern."""
    return NumberRange(name, "")


def checked_beside(range_: NumberRange, others: Iterable[NumberRange]) -> NumberRange:
    """The range itself, or BadNumberPattern where one of the others could give the same number.

    Customer numbers are found apart from documents and may look like theirs.
    """
    value = checked(range_)
    for other in others if value.name != CUSTOMER else ():
        if (
            other.name not in {CUSTOMER, value.name}
            and other.pattern
            and can_be_equal(value.pattern, other.pattern)
        ):
            text = N_(
                "“{pattern}” could give the same number as “{other}”. Please begin it with other letters."
            )
            message = Message(text, {"pattern": value.pattern, "other": other.pattern})
            raise BadNumberPattern(message, field=f"number_ranges.{value.name}")
    return value
