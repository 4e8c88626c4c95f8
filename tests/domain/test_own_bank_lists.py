"""Lists of unknown banks: what a column most likely is, and which days are meant."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.own_bank_lists import (
    Meaning,
    OwnList,
    day_of,
    guess,
    is_amount,
    is_month_first,
    likely_header,
)

ENGLISH = [
    ("Statement", ""),
    ("Date", "Description", "Counterparty", "Paid out", "Paid in", "Balance"),
    ("23/11/2026", "R-2026-0001", "D. Ivanova", "", "295.55", "1,295.55"),
    ("24/11/2026", "Rent", "House", "700.00", "", "595.55"),
]
SIGNED = [
    ("Buchungsdatum", "Valuta", "Empfänger/Auftraggeber", "IBAN", "Zweck", "Umsatz", "S/H", "Währung"),
    ("23.11.26", "23.11.26", "Ivanova", "DE89370400440532013000", "R-1", "295,55", "H", "EUR"),
]


def test_the_columns_are_guessed_by_names_and_by_what_stands_in_them() -> None:
    assert likely_header(ENGLISH) == 1
    found = guess(ENGLISH, 1)
    assert found.columns == {
        "booked": "date", "text": "description", "name": "counterparty", "debit": "paid out", "credit": "paid in",
    }  # fmt: skip
    assert likely_header(SIGNED) == 0
    assert guess(SIGNED, 0).columns == {
        "booked": "buchungsdatum", "value": "valuta", "name": "empfänger/auftraggeber", "iban": "iban", "text": "zweck",
        "amount": "umsatz", "sign": "s/h", "currency": "währung",
    }  # fmt: skip


def test_customers_and_articles_are_no_list_of_bookings() -> None:
    assert likely_header([("Name", "Ort", "Geburtstag"), ("Ivanova", "Gabrovo", "01.02.1980")]) is None
    assert likely_header([("Artikel", "Preis", "Nummer"), ("Matratze", "295,00", "A-1")]) is None
    assert likely_header([]) is None


@pytest.mark.parametrize(
    ("cell", "month_first", "day"),
    [
        ("23.11.2026", False, dt.date(2026, 11, 23)),
        ("23/11/26", False, dt.date(2026, 11, 23)),
        ("2026-11-23", False, dt.date(2026, 11, 23)),
        ("2026/11/23 10:15", False, dt.date(2026, 11, 23)),
        ("11/23/2026", True, dt.date(2026, 11, 23)),
        ("31.02.2026", False, None),
        ("morgen", False, None),
    ],
)
def test_days_are_read_in_the_order_of_the_list(cell: str, month_first: bool, day: dt.date | None) -> None:
    assert day_of(cell, month_first=month_first) == day


def test_the_month_stands_first_where_a_day_would_be_no_month() -> None:
    assert is_month_first(["11/05/2026", "11/23/2026"])
    assert not is_month_first(["05/11/2026", "23/11/2026", "2026-11-23"])


@pytest.mark.parametrize("cell", ["295,55", "1.295,55", "-12.50", "+3", "1 295,55 €", "295,55-"])
def test_an_amount_in_any_spelling(cell: str) -> None:
    assert is_amount(cell)


@pytest.mark.parametrize("cell", ["", "R-2026-0001", "23.11.2026", "DE89370400440532013000", "12 Stück"])
def test_no_amount(cell: str) -> None:
    assert not is_amount(cell)


def test_what_is_lacking_is_asked_for() -> None:
    header = ("datum", "betrag", "text")
    assert "called" in OwnList("", header).lacking
    assert "day" in OwnList("Bank", header).lacking
    assert "amount" in OwnList("Bank", header, {"booked": "datum"}).lacking
    twice = OwnList("Bank", header, {"booked": "datum", "amount": "betrag", "text": "betrag"})
    assert "two things" in twice.lacking
    whole = OwnList("Bank", header, {"booked": "datum", "amount": "betrag"})
    assert (whole.lacking, whole.column(Meaning.TEXT)) == ("", "")
