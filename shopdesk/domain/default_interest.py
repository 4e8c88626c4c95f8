"""Interest in default (Verzugszinsen, § 288 BGB): when default begins, the base rate of each day, interest by day.

Everything here counts in the customer's favour where the law leaves a doubt. shopdesk is no legal adviser.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money

BUSINESS_POINTS, PRIVATE_POINTS = 9, 5
"""Points over the base rate: § 288 (2) (since 29 July 2014) and (1) BGB."""
FLAT_FEE = Money(40_00)
"""§ 288 (5) BGB: once for a claim against a business in default."""
YEAR = 365
"""Days; interest is counted by the day."""
_RECEIPT = 30  # days after due and receipt (§ 286 (3))


@dataclass(frozen=True, slots=True)
class InterestPiece:
    """Interest in default for the days from `first` to `last` on one open amount; rates in percent a year."""

    first: dt.date
    last: dt.date
    principal: Money
    base_rate: Decimal
    rate: Decimal
    amount: Money


@dataclass(frozen=True, slots=True)
class BaseRate:
    """The base rate (§ 247 BGB) in percent from a day on, always 1 January or 1 July."""

    since: dt.date
    percent: Decimal


# Deutsche Bundesbank, "Basiszinssatz nach § 247 BGB", as announced in the Bundesanzeiger; since, percent
_PUBLISHED = """
2002-01-01 2.57  2002-07-01 2.47  2003-01-01 1.97  2003-07-01 1.22  2004-01-01 1.14  2004-07-01 1.13
2005-01-01 1.21  2005-07-01 1.17  2006-01-01 1.37  2006-07-01 1.95  2007-01-01 2.70  2007-07-01 3.19
2008-01-01 3.32  2008-07-01 3.19  2009-01-01 1.62  2009-07-01 0.12  2010-01-01 0.12  2010-07-01 0.12
2011-01-01 0.12  2011-07-01 0.37  2012-01-01 0.12  2012-07-01 0.12  2013-01-01 -0.13 2013-07-01 -0.38
2014-01-01 -0.63 2014-07-01 -0.73 2015-01-01 -0.83 2015-07-01 -0.83 2016-01-01 -0.83 2016-07-01 -0.88
2017-01-01 -0.88 2017-07-01 -0.88 2018-01-01 -0.88 2018-07-01 -0.88 2019-01-01 -0.88 2019-07-01 -0.88
2020-01-01 -0.88 2020-07-01 -0.88 2021-01-01 -0.88 2021-07-01 -0.88 2022-01-01 -0.88 2022-07-01 -0.88
2023-01-01 1.62  2023-07-01 3.12  2024-01-01 3.62  2024-07-01 3.37  2025-01-01 2.27  2025-07-01 1.27
2026-01-01 1.27
""".split()
PUBLISHED = tuple(
    BaseRate(dt.date.fromisoformat(since), Decimal(percent))
    for since, percent in zip(_PUBLISHED[::2], _PUBLISHED[1::2], strict=True)
)
"""Each half-year as it was announced; later ones are entered by the owner."""


class BaseRateRefused(ShopError):
    """The base rate cannot be kept like this; the words say why."""

    code = "base-rate"


def half_year(day: dt.date) -> dt.date:
    """The first day of the half-year of a day: there the base rate changes."""
    return dt.date(day.year, 1 if day.month < 7 else 7, 1)


def next_half_year(day: dt.date) -> dt.date:
    """The first day of the half-year after that of a day."""
    return dt.date(day.year, 7, 1) if day.month < 7 else dt.date(day.year + 1, 1, 1)


@dataclass(frozen=True, slots=True)
class BaseRates:
    """The announced base rates with those that the owner entered; nothing is assumed for a half-year without one."""

    entered: tuple[BaseRate, ...] = ()

    def of(self, day: dt.date) -> Decimal | None:
        """The rate of a day in percent; None where nobody has announced it here yet."""
        since = half_year(day)
        for rate in (*self.entered, *PUBLISHED):
            if rate.since == since:
                return rate.percent
        return None

    def missing(self, today: dt.date) -> dt.date | None:
        """The first day of the oldest half-year up to today without a rate; None where all are known."""
        day = next_half_year(PUBLISHED[-1].since)
        while day <= today:
            if self.of(day) is None:
                return day
            day = next_half_year(day)
        return None

    def with_rate(self, rate: BaseRate) -> BaseRates:
        """The same with one more half-year, or another rate for it; raises BaseRateRefused."""
        if rate.since != half_year(rate.since):
            text = N_("The base rate changes on 1 January and on 1 July only.")
            raise BaseRateRefused(Message(text, {}), "base-rate-day", "base_rate")
        if not -5 <= rate.percent <= 20:
            text = N_("{percent} % cannot be right: please look at the page of the Bundesbank.")
            raise BaseRateRefused(Message(text, {"percent": rate.percent}), "base-rate-percent", "base_rate")
        kept = (each for each in self.entered if each.since != rate.since)
        return BaseRates(tuple(sorted((*kept, rate), key=lambda each: each.since)))


PUBLISHED_RATES = BaseRates()


def payable_day(due: dt.date) -> dt.date:
    """A day to pay on that is a Saturday or Sunday means the Monday after it (§ 193 BGB)."""
    return due + dt.timedelta(days=max(0, 7 - due.weekday()) if due.weekday() >= 5 else 0)


def default_begins(
    bill_day: dt.date, due: dt.date | None, *, is_agreed: bool, reminded_until: dt.date | None = None
) -> dt.date:
    """The first day of default of a bill that is not paid in advance.

    It is the day after the due day where that was agreed (§ 286 (2) No. 1 BGB), after the term of the first reminder
    (§ 286 (1)), or after 30 days from due day and receipt (§ 286 (3); our bills carry the notice for consumers).
    """
    last = payable_day(due or bill_day)
    ends = [payable_day(max(last, bill_day) + dt.timedelta(days=_RECEIPT))]
    if is_agreed:
        ends.append(last)
    if reminded_until is not None:
        ends.append(max(last, payable_day(reminded_until)))
    return min(ends) + dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Balance:
    """What was open of a bill from a day on."""

    since: dt.date
    open: Money


def interest(
    balances: Sequence[Balance], first: dt.date, last: dt.date, points: int, rates: BaseRates
) -> tuple[InterestPiece, ...]:
    """Interest for all days from `first` to `last`, both included, in pieces of one open amount and one rate.

    `balances` are in order of time. Each piece is rounded to the cent, so their sum is what is asked for. Days of a
    half-year whose base rate is not known cost nothing until it is.
    """
    found = []
    for start, end, amount in _spans(balances, first, last):
        base = rates.of(start)
        if base is None or amount.minor <= 0:
            continue
        rate = max(base + points, Decimal(0))
        days = (end - start).days + 1
        cost = Money.of(amount.amount * rate * days / (100 * YEAR), amount.currency)
        found.append(InterestPiece(start, end, amount, base, rate, cost))
    return tuple(_joined(found))


def _spans(
    balances: Sequence[Balance], first: dt.date, last: dt.date
) -> Iterator[tuple[dt.date, dt.date, Money]]:
    """Stretches of days with one open amount within one half-year."""
    for number, balance in enumerate(balances):
        start = max(balance.since, first)
        following = balances[number + 1].since if number + 1 < len(balances) else dt.date.max
        end = min(last, following - dt.timedelta(days=1))
        while start <= end:
            until = min(end, next_half_year(start) - dt.timedelta(days=1))
            yield start, until, balance.open
            start = until + dt.timedelta(days=1)


def _joined(pieces: Sequence[InterestPiece]) -> Iterator[InterestPiece]:
    """Neighbours of the same amount and rate are one piece: a half-year that changed nothing is not worth a line."""
    held: InterestPiece | None = None
    for piece in pieces:
        if held is not None and _goes_on(held, piece):
            days = (piece.last - held.first).days + 1
            cost = Money.of(held.principal.amount * held.rate * days / (100 * YEAR), held.principal.currency)
            held = InterestPiece(held.first, piece.last, held.principal, held.base_rate, held.rate, cost)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _goes_on(held: InterestPiece, piece: InterestPiece) -> bool:
    return (
        held.principal == piece.principal
        and held.base_rate == piece.base_rate
        and held.rate == piece.rate
        and held.last + dt.timedelta(days=1) == piece.first
    )
