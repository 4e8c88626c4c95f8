"""Spans of days: named as owners name them, and the one before."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.periods import (
    Period,
    PeriodIsEmpty,
    after,
    before,
    from_to,
    month_of,
    quarter_of,
    year_of,
)
from shopdesk.i18n import Texts

D = dt.date


@pytest.mark.parametrize(
    ("period", "name", "german"),
    [
        (month_of(D(2026, 10, 31)), "2026-10", "Oktober 2026"),
        (month_of(D(2024, 2, 29)), "2024-02", "Februar 2024"),
        (quarter_of(D(2026, 11, 23)), "2026-Q4", "4. Quartal 2026"),
        (year_of(D(2026, 11, 23)), "2026", "Jahr 2026"),
        (from_to(D(2026, 10, 5), D(2026, 10, 20)), "2026-10-05_2026-10-20", "05.10.2026 – 20.10.2026"),
        (from_to(D(2026, 10, 5), D(2026, 10, 5)), "2026-10-05_2026-10-05", "05.10.2026 – 05.10.2026"),
    ],
)
def test_a_period_has_a_name_for_files_and_for_people(period: Period, name: str, german: str) -> None:
    assert (period.name, Texts("de").say(period.message)) == (name, german)


@pytest.mark.parametrize("span", [month_of, quarter_of, year_of])
@given(day=st.dates(D(1990, 1, 1), D(2100, 1, 1)))
def test_months_quarters_and_years_follow_each_other_without_a_gap(span: object, day: dt.date) -> None:
    assert callable(span)
    period = span(day)
    assert period.first <= day <= period.last
    assert before(period).last + dt.timedelta(1) == period.first
    assert after(before(period)) == period


@given(first=st.dates(D(1990, 1, 1), D(2100, 1, 1)), days=st.integers(0, 800))
def test_any_span_has_one_before_it_that_ends_the_day_before(first: dt.date, days: int) -> None:
    period = from_to(first, first + dt.timedelta(days))
    assert before(period).last + dt.timedelta(1) == period.first


def test_a_last_day_before_the_first_is_refused_at_its_field() -> None:
    with pytest.raises(PeriodIsEmpty) as refused:
        from_to(D(2026, 11, 2), D(2026, 11, 1))
    assert refused.value.field == "last"
