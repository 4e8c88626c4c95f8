"""Interest in default: when it begins, the announced base rates, interest by day to the cent (§§ 247, 286, 288)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.default_interest import (
    PUBLISHED,
    PUBLISHED_RATES,
    Balance,
    BaseRate,
    BaseRateRefused,
    BaseRates,
    default_begins,
    half_year,
    interest,
    next_half_year,
)
from shopdesk.domain.money import Money

D = dt.date


def test_every_half_year_since_2002_has_its_rate() -> None:
    days = [rate.since for rate in PUBLISHED]
    assert days[0] == D(2002, 1, 1)
    for before, after in pairwise(days):
        assert after == next_half_year(before)


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (D(2002, 6, 30), "2.57"), (D(2002, 7, 1), "2.47"), (D(2008, 1, 1), "3.32"), (D(2013, 3, 1), "-0.13"),
        (D(2016, 7, 1), "-0.88"), (D(2022, 12, 31), "-0.88"), (D(2023, 1, 1), "1.62"), (D(2024, 2, 29), "3.62"),
        (D(2025, 6, 30), "2.27"), (D(2025, 7, 1), "1.27"), (D(2026, 6, 30), "1.27"),
    ],
)  # fmt: skip
def test_the_rate_of_a_day(day: dt.date, percent: str) -> None:
    assert PUBLISHED_RATES.of(day) == Decimal(percent)


def test_a_half_year_that_nobody_announced_is_never_assumed() -> None:
    assert PUBLISHED_RATES.of(D(2026, 7, 1)) is None
    assert PUBLISHED_RATES.missing(D(2026, 6, 30)) is None
    assert PUBLISHED_RATES.missing(D(2027, 2, 1)) == D(2026, 7, 1)
    more = PUBLISHED_RATES.with_rate(BaseRate(D(2026, 7, 1), Decimal("1.5")))
    assert more.of(D(2026, 12, 31)) == Decimal("1.5")
    assert more.missing(D(2027, 2, 1)) == D(2027, 1, 1)
    for wrong in (BaseRate(D(2026, 8, 1), Decimal(1)), BaseRate(D(2027, 1, 1), Decimal(127))):
        with pytest.raises(BaseRateRefused):
            more.with_rate(wrong)


@pytest.mark.parametrize(
    ("due", "agreed", "reminded", "begins"),
    [
        # 30 days after due and receipt
        (D(2026, 3, 16), False, None, D(2026, 4, 16)),
        # an agreed day
        (D(2026, 3, 16), True, None, D(2026, 3, 17)),
        # Saturday: Monday counts (§ 193)
        (D(2026, 3, 14), True, None, D(2026, 3, 17)),
        # the term of the first reminder is over
        (D(2026, 3, 16), False, D(2026, 3, 30), D(2026, 3, 31)),
        # a late reminder does not make it later
        (D(2026, 3, 16), False, D(2026, 6, 30), D(2026, 4, 16)),
        # due at once
        (None, False, None, D(2026, 4, 2)),
    ],
)
def test_when_default_begins(
    due: dt.date | None, agreed: bool, reminded: dt.date | None, begins: dt.date
) -> None:
    found = default_begins(D(2026, 3, 2), due, is_agreed=agreed, reminded_until=reminded)
    assert found == begins


def test_a_part_payment_and_a_new_rate_make_pieces() -> None:
    balances = [Balance(D(2025, 1, 1), Money.of("1000")), Balance(D(2025, 5, 1), Money.of("400"))]
    found = interest(balances, D(2025, 4, 1), D(2025, 7, 31), 5, PUBLISHED_RATES)
    assert [(piece.first, piece.last, piece.principal, piece.rate) for piece in found] == [
        (D(2025, 4, 1), D(2025, 4, 30), Money.of("1000"), Decimal("7.27")),
        (D(2025, 5, 1), D(2025, 6, 30), Money.of("400"), Decimal("7.27")),
        (D(2025, 7, 1), D(2025, 7, 31), Money.of("400"), Decimal("6.27")),
    ]
    # 1000 × 7.27 % × 30 / 365, 400 × 7.27 % × 61 / 365, 400 × 6.27 % × 31 / 365
    assert [piece.amount for piece in found] == [Money.of("5.98"), Money.of("4.86"), Money.of("2.13")]


def test_a_half_year_with_the_same_rate_goes_on() -> None:
    balances = [Balance(D(2025, 9, 1), Money.of("365"))]
    (piece,) = interest(balances, D(2025, 10, 1), D(2026, 3, 31), 9, PUBLISHED_RATES)
    assert (piece.first, piece.last) == (D(2025, 10, 1), D(2026, 3, 31))
    assert piece.amount == Money.of(Decimal("10.27") * 182 / 100)


_DAYS = st.dates(D(2002, 1, 1), D(2026, 6, 30))


@given(
    start=_DAYS,
    length=st.integers(0, 1500),
    amounts=st.lists(st.integers(0, 10_000_00), min_size=1, max_size=4),
    points=st.sampled_from([5, 9]),
)
def test_interest_is_the_sum_of_its_pieces_without_gap_and_never_falls(
    start: dt.date, length: int, amounts: list[int], points: int
) -> None:
    ordered = sorted(amounts, reverse=True)
    balances = [Balance(start + dt.timedelta(days=40 * n), Money(each)) for n, each in enumerate(ordered)]
    last = min(start + dt.timedelta(days=length), D(2026, 6, 30))
    found = interest(balances, start, last, points, PUBLISHED_RATES)
    days = 0
    for before, after in pairwise(found):
        assert before.last < after.first
    for piece in found:
        days += (piece.last - piece.first).days + 1
        assert piece.rate == piece.base_rate + points
        assert piece.amount.minor >= 0
        exact = piece.principal.amount * piece.rate * ((piece.last - piece.first).days + 1) / 36500
        assert piece.amount == Money.of(exact)
    if ordered[-1] > 0:
        assert days == (last - start).days + 1
    shorter = interest(balances, start, last - dt.timedelta(days=1), points, PUBLISHED_RATES)
    assert sum(piece.amount.minor for piece in shorter) <= sum(piece.amount.minor for piece in found)


@given(_DAYS)
def test_a_day_belongs_to_its_half_year(day: dt.date) -> None:
    assert half_year(day) <= day < next_half_year(day)


def test_no_rate_no_interest() -> None:
    balances = [Balance(D(2026, 6, 1), Money.of("1000"))]
    (piece,) = interest(balances, D(2026, 6, 1), D(2026, 9, 30), 5, BaseRates())
    assert piece.last == D(2026, 6, 30)
