"""Number ranges: patterns such as R-{year}-{number:0000}, start values, yearly restart (RULES.md 6)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

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
    """One range of numbers. `start` is the first number of a shop that moves in mid-year."""

    name: str
    pattern: str
    start: int = 1
    restart_yearly: bool = True
    version: int = 0

    def year_of(self, date: dt.date) -> int:
        """Which counter a date belongs to; 0 where the range never restarts."""
        return date.year if self.restart_yearly else 0

    def format(self, number: int, date: dt.date) -> str:
        """The number as printed; `{year}` is the year of the document's date."""

        def fill(match: re.Match[str]) -> str:
            value = {
                "year": f"{date.year}",
                "yy": f"{date.year % 100:02}",
                "month": f"{date.month:02}",
                "number": str(number),
            }
            return value[match[1]].zfill(len(match[2] or ""))

        return _GAP.sub(fill, self.pattern)


def checked(range_: NumberRange) -> NumberRange:
    """The range itself, or BadNumberPattern with what is wrong."""
    rest = _GAP.sub("", range_.pattern)
    field = f"number_ranges.{range_.name}"
    if "{number" not in range_.pattern or "{" in rest or "}" in rest:
        text = N_(
            "The pattern “{pattern}” needs {{number}} and knows only {{year}}, {{yy}}, {{month}} and {{number:0000}}."
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


DEFAULTS = {
    "quote": NumberRange("quote", "A-{year}-{number:0000}"),
    "invoice": NumberRange("invoice", "R-{year}-{number:0000}"),
    "customer": NumberRange("customer", "K-{number:0000}", start=1001, restart_yearly=False),
}
