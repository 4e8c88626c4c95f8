from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.money import Money, distribute, round_half_up


def test_money_refuses_anything_but_whole_smallest_units() -> None:
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money.of(1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(True)


@pytest.mark.parametrize(
    ("amount", "minor"),
    [("0.005", 1), ("-0.005", -1), ("12.344", 1234), ("12.345", 1235), ("1", 100), ("-2.675", -268)],
)
def test_rounding_is_commercial(amount: str, minor: int) -> None:
    assert Money.of(amount).minor == minor


def test_currencies_have_their_own_number_of_decimals() -> None:
    assert Money.of("1234.5", "JPY") == Money(1235, "JPY")
    assert Money(1235, "JPY").amount == Decimal(1235)
    assert Money(5, "EUR").amount == Decimal("0.05")


def test_different_currencies_never_add_up() -> None:
    with pytest.raises(ValueError, match="EUR and USD"):
        Money(1) + Money(1, "USD")


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_distributed_parts_sum_to_the_whole(total: int, weights: list[int]) -> None:
    parts = distribute(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    if whole:
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - Decimal(total) * weight / whole) < 1


@given(st.decimals(-(10**9), 10**9, places=6))
def test_rounding_moves_by_half_a_cent_at_most(value: Decimal) -> None:
    assert abs(round_half_up(value) - value) <= Decimal("0.005")
