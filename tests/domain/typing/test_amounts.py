from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.typing import TooLong, TypedWrong, parse_amount

AS_PROMISED = [
    ("1.234,50", "1234.50"),
    ("12,5", "12.5"),
    ("12.50", "12.50"),
    ("1.234", "1234"),
    ("0.125", "0.125"),
    ("89,-", "89"),
    ("89,90 €", "89.90"),
    ("1'234.50", "1234.50"),
    ("3*24,99", "74.97"),
    ("2×12,50+4,90", "29.90"),
    ("100-10%", "90"),
    ("100+19%", "119"),
    ("=7,5*4", "30"),
]
MORE = [
    ("1234", "1234"),
    ("89,–", "89"),
    ("89.-", "89"),
    ("89,--", "89"),
    ("89,— €", "89"),
    ("1.234,-", "1234"),
    ("€ 89,90", "89.90"),
    ("89,90EUR", "89.90"),
    ("EUR 89,90", "89.90"),
    ("89,90 Euro", "89.90"),
    ("12 Euro 50", "12.50"),
    ("12€50", "12.50"),
    ("12 Euro und 50 Cent", "12.50"),
    ("50 Cent", "0.50"),
    ("50 ct", "0.50"),
    ("-,50", "0.50"),
    (",50", "0.50"),
    (".5", "0.5"),
    ("12,", "12"),
    ("12.", "12"),
    ("1,234.50", "1234.50"),
    ("1,234,567", "1234567"),
    ("1.234.567", "1234567"),
    ("1.234.567,89", "1234567.89"),
    ("1’234.50", "1234.50"),
    ("1'234'567", "1234567"),
    ("1 234,50", "1234.50"),
    ("1\u00a0234,50 €", "1234.50"),
    ("1\u202f234\u202f567,89", "1234567.89"),
    ("999.999", "999999"),
    ("1234.567", "1234.567"),
    ("1.2345", "1.2345"),
    ("1.50", "1.50"),
    ("0.500", "0.500"),
    ("01.234", "1.234"),
    ("1,234", "1.234"),
    ("3x24,99", "74.97"),
    ("3 x 24,99 €", "74.97"),
    ("3·24,99", "74.97"),
    ("24,99*3", "74.97"),
    ("2*89,- + 4,90", "182.90"),
    ("2 * 1.234,50", "2469.00"),
    ("10/4", "2.5"),
    ("10÷4", "2.5"),
    ("100/3", "33.333333"),
    ("-5,00", "-5.00"),
    ("−5", "-5"),
    ("+5", "5"),
    ("3*-2", "-6"),
    ("10-2-3", "5"),
    ("2+3*4", "14"),
    ("(2+3)*4", "20"),
    ("(100+20)-10%", "108"),
    ("100-10%-5%", "85.5"),
    ("100*19%", "19"),
    ("50+50-10%", "90"),
    ("= 3 * 4", "12"),
    ("3 Stk", "3"),
    ("3 Stück", "3"),
    ("2 St.", "2"),
    ("1½", "1.5"),
    ("½", "0.5"),
    ("2 ¼", "2.25"),
    ("0", "0"),
]
REFUSED = [
    "1,2,3", "12..3", "abc", "", " ", "-", "--", "+", "*", "x", "=", "()", "(1", "1)", "(((1", "1 2", "5--3",
    "5++3", "3**4", "10%",
    "%", "1.23,45", "1,23.45", "1.2.3", "12.34.56", "1''2", ".", ",", "1e5", "nan", "inf", "٣", "１２",
    "12,50 abc",
    "89,90 €/Stk", "1;2", "12:30", "24.12.2026", "1,2,34", "1.234,5.6",
]  # fmt: skip


@pytest.mark.parametrize(("text", "amount"), AS_PROMISED + MORE)
def test_an_amount_is_read_as_the_shop_means_it(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_is_refused_in_words(text: str) -> None:
    with pytest.raises(TypedWrong) as refused:
        parse_amount(text)
    assert "{text}" in refused.value.message.id
    assert refused.value.message.values["text"] == " ".join(text.split())


def test_dividing_by_zero_is_said() -> None:
    with pytest.raises(TypedWrong, match="divides by zero"):
        parse_amount("5/0")


@pytest.mark.parametrize("text", ["9" * 40, "999999999*999999999*999999999", "1000000000000"])
def test_sums_nobody_has_are_refused(text: str) -> None:
    with pytest.raises(TypedWrong, match="larger"):
        parse_amount(text)


def test_a_pasted_page_is_not_an_amount() -> None:
    with pytest.raises(TooLong) as refused:
        parse_amount("1+" * 5000)
    shown = refused.value.message.values["text"]
    assert isinstance(shown, str)
    assert len(shown) <= 40


def german(amount: Decimal, decimals: int) -> str:
    return f"{amount:,.{decimals}f}".replace(",", "_").replace(".", ",").replace("_", ".")


def swiss(amount: Decimal, decimals: int) -> str:
    return f"{amount:,.{decimals}f}".replace(",", "’")


def spaced(amount: Decimal, decimals: int) -> str:
    return german(amount, decimals).replace(".", "\u00a0")


@given(
    st.decimals(-999_999_999, 999_999_999, places=2),
    st.sampled_from([german, swiss, spaced]),
    st.sampled_from(["", " €", "€", " EUR"]),
)
def test_every_printed_amount_can_be_typed_back(amount: Decimal, spelled: object, unit: str) -> None:
    assert callable(spelled)
    assert parse_amount(spelled(amount, 2) + unit) == amount


@given(st.decimals(0, 9_999_999, places=4))
def test_unit_prices_with_four_decimals_can_be_typed_back(price: Decimal) -> None:
    assert parse_amount(german(price, 4)) == price


@given(st.integers(1, 999), st.integers(0, 999))
def test_one_dot_and_three_digits_are_thousands(thousands: int, rest: int) -> None:
    assert parse_amount(f"{thousands}.{rest:03d}") == thousands * 1000 + rest


@given(st.integers(1, 99), st.decimals(0, 9999, places=2))
def test_times_is_a_product(count: int, price: Decimal) -> None:
    assert parse_amount(f"{count}x{german(price, 2)}") == count * price


@given(st.text(alphabet="0123456789.,'+-*/x×()% €=½ ", max_size=85) | st.text(max_size=85))
def test_any_text_is_an_amount_or_refused_in_words(text: str) -> None:
    try:
        amount = parse_amount(text)
    except TypedWrong:
        return
    assert amount.is_finite()
    assert abs(amount) < 10**12
    assert amount == round(amount, 6)


@pytest.mark.parametrize(
    "text", ["1" * 10_000, "(" * 10_000, "1." * 5000, "€" * 10_000, " " * 10_000 + "x", "- " * 40]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    with pytest.raises(TypedWrong):
        parse_amount(text)
    assert time.process_time() - began < 0.1
