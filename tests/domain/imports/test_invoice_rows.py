"""Rows of an old program's list of invoices: amounts in the smallest unit of their own currency."""

from __future__ import annotations

import pytest

from shopdesk.domain.imports.customer_rows import RowRefused
from shopdesk.domain.imports.invoice_rows import InvoiceReader

FIELDS = ("number", "day", "gross", "currency")


@pytest.mark.parametrize(
    ("gross", "named", "minor", "currency"),
    [
        ("1.234,50", "EUR", 123450, "EUR"),
        ("1.234,50", "€", 123450, "EUR"),
        ("1.234,50", "", 123450, "CHF"),
        ("1500", "JPY", 1500, "JPY"),
        ("12,345", "KWD", 12345, "KWD"),
        ("-99,90", "EUR", -9990, "EUR"),
        ("", "EUR", None, "EUR"),
    ],
)
def test_an_amount_is_kept_in_its_own_smallest_unit(
    gross: str, named: str, minor: int | None, currency: str
) -> None:
    found = InvoiceReader(FIELDS, "CHF").read(("R-1", "31.12.2024", gross, named))
    assert (found.gross_minor, found.currency) == (minor, currency)


@pytest.mark.parametrize(
    ("number", "day", "gross"), [("", "31.12.2024", "1"), ("R-1", "31.2.2024", "1"), ("R-1", "1.1.2024", "x")]
)
def test_what_cannot_be_read_is_refused(number: str, day: str, gross: str) -> None:
    with pytest.raises(RowRefused):
        InvoiceReader(FIELDS).read((number, day, gross, "EUR"))
