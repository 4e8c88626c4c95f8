"""Number ranges stand beside each other: no two of them can ever give the same number."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.number_ranges import (
    DEFAULTS,
    SUGGESTED_APART,
    BadNumberPattern,
    NumberRange,
    checked_beside,
)
from shopdesk.domain.number_shapes import can_be_equal


@pytest.mark.parametrize(
    ("pattern", "other", "equal"),
    [
        ("A-{year}-{number:0000}", "AB-{year}-{number:0000}", False),
        ("R-{year}-{number:0000}", "R-{number}", False),
        ("R-{year}-{number:0000}", "r-{yy}{month}-{number}", True),
        ("R{year}{number:0000}", "R{number:00000000}", True),
        ("R{number:000}", "R{number:0000}X", False),
        ("{number}", "{year}{number}", True),
        ("{number}-R", "{year}-{number}", False),
        ("R-20{number}", "R-{year}", True),
        ("{number:000}", "12", False),
        ("S-{year}-{number}", "S-2026-1", True),
    ],
)
def test_patterns_that_could_give_one_number_are_known(pattern: str, other: str, equal: bool) -> None:
    assert can_be_equal(pattern, other) is equal
    assert can_be_equal(other, pattern) is equal


_PARTS = st.sampled_from(["R", "r", "-", "2", "{year}", "{yy}", "{month}", "{number}", "{number:000}"])
_PATTERNS = st.lists(_PARTS, min_size=1, max_size=4).map("".join)


@given(
    _PATTERNS,
    _PATTERNS,
    st.integers(1, 2100),
    st.integers(1, 2100),
    st.dates(dt.date(2020, 1, 1), dt.date(2031, 12, 31)),
)
def test_two_patterns_called_apart_never_give_one_number(
    pattern: str, other: str, number: int, second: int, date: dt.date
) -> None:
    one, two = (
        NumberRange("quote", pattern).format(number, date),
        NumberRange("invoice", other).format(second, date),
    )
    assert can_be_equal(pattern, other) or one.casefold() != two.casefold()


def test_the_ranges_of_a_new_shop_stand_beside_each_other() -> None:
    ranges = (*DEFAULTS.values(), *SUGGESTED_APART.values())
    assert {range_.name for range_ in ranges} == {*DocumentKind, "purchase_order", "customer"}
    assert all(checked_beside(range_, ranges) == range_ for range_ in ranges)


def test_a_pattern_of_another_range_is_refused_with_both_named() -> None:
    with pytest.raises(BadNumberPattern) as refused:
        checked_beside(NumberRange("credit_note", "R-{year}-{number}"), DEFAULTS.values())
    assert refused.value.field == "number_ranges.credit_note"
    assert refused.value.message.values["other"] == "R-{year}-{number:0000}"


@given(_PATTERNS, st.integers(0, 123_456), st.dates(dt.date(2020, 1, 1), dt.date(2031, 12, 31)))
def test_a_number_is_read_back_as_it_was_printed(pattern: str, number: int, date: dt.date) -> None:
    range_ = NumberRange("invoice", pattern)
    if pattern.count("{number") == 1:
        assert range_.read(range_.format(number, date), date) == number


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("R-{year}-{number:0000}", "R-2026-12"),
        ("R-{year}-{number:0000}", "R-2026-00012"),
        ("R-{year}-{number:0000}", "R-2025-0012"),
        ("R-{year}-{number:0000}", "R-2026-"),
        ("R-{year}-{number:0000}", "R-2026-001²"),
        ("R{number}-{yy}", "R-26"),
        ("12{number}21", "121"),
        ("", "7"),
    ],
)
def test_what_the_pattern_does_not_give_is_not_read(pattern: str, text: str) -> None:
    assert NumberRange("invoice", pattern).read(text, dt.date(2026, 5, 4)) is None
