"""Spans of whole days as owners and their advisers name them: a month, a quarter, a year, from–to."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

MONTH_NAMES = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


REMINDED_UNTIL = 10
"""The last day of a month on which Heute asks for the one before: then the VAT return is due (§ 18 UStG)."""


class PeriodIsEmpty(ShopError):
    """The last day lies before the first."""

    code = "period"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: dt.date
    last: dt.date

    @property
    def months(self) -> int:
        """How many whole calendar months it is made of; 0 when it is not."""
        whole = self.first.day == 1 and self.last == month_of(self.last).last
        return (
            (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1 if whole else 0
        )

    @property
    def name(self) -> str:
        """For file names and the journal: "2026-10", "2026-Q4", "2026", "2026-10-05_2026-10-20"."""
        if self == month_of(self.first):
            return f"{self.first:%Y-%m}"
        if self == quarter_of(self.first):
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        if self == year_of(self.first):
            return str(self.first.year)
        return f"{self.first.isoformat()}_{self.last.isoformat()}"

    @property
    def message(self) -> Message:
        """In words: "October 2026", "4th quarter 2026", "2026", "05.10.2026 – 20.10.2026"."""
        year = str(self.first.year)
        if self == month_of(self.first):
            month = Message(MONTH_NAMES[self.first.month - 1])
            return Message(N_("{month} {year}"), {"month": month, "year": year})
        if self == quarter_of(self.first):
            return Message(N_("Quarter {n} of {year}"), {"n": str((self.first.month + 2) // 3), "year": year})
        if self == year_of(self.first):
            return Message(N_("Year {year}"), {"year": year})
        return Message(N_("{first} – {last}"), {"first": self.first, "last": self.last})


def from_to(first: dt.date, last: dt.date) -> Period:
    """The span; raises PeriodIsEmpty where the days are the wrong way round."""
    if last < first:
        text = N_("The last day, {last}, lies before the first, {first}.")
        raise PeriodIsEmpty(Message(text, {"first": first, "last": last}), field="last")
    return Period(first, last)


def month_of(day: dt.date) -> Period:
    """The month the day lies in."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last))


def quarter_of(day: dt.date) -> Period:
    """The quarter the day lies in."""
    month = (day.month - 1) // 3 * 3 + 1
    return Period(dt.date(day.year, month, 1), month_of(dt.date(day.year, month + 2, 1)).last)


def year_of(day: dt.date) -> Period:
    """The year the day lies in."""
    return Period(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))


def before(period: Period) -> Period:
    """The month, quarter or year before; a span of days moves back by its length."""
    day = period.first - dt.timedelta(1)
    for span in (month_of, quarter_of, year_of):
        if period == span(period.first):
            return span(day)
    return Period(period.first - (period.last - period.first) - dt.timedelta(1), day)


def after(period: Period) -> Period:
    """The month, quarter or year after; a span of days moves on by its length."""
    day = period.last + dt.timedelta(1)
    for span in (month_of, quarter_of, year_of):
        if period == span(period.first):
            return span(day)
    return Period(day, period.last + (period.last - period.first) + dt.timedelta(1))


def reference_of(period: Period) -> int:
    """A month as a number for Heute's row: 202610."""
    return period.first.year * 100 + period.first.month


def month_of_reference(reference: int) -> Period:
    """The month that `reference_of` wrote."""
    return month_of(dt.date(reference // 100, reference % 100, 1))


def asked_for(today: dt.date) -> Period | None:
    """The month whose end Heute asks for: the last one, in the first days of a month; None later."""
    return before(month_of(today)) if today.day <= REMINDED_UNTIL else None
