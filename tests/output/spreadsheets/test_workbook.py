"""Workbooks, read back with another library than the one that writes."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopdesk.domain.money import Money
from shopdesk.output.spreadsheets.workbook import Column, Sheet, workbook

COLUMNS = (
    Column("Name", width=20),
    Column("Betrag", "money"),
    Column("Tag", "date"),
    Column("Satz", "percent"),
)
DAY = dt.date(2026, 10, 31)


def written(sheet: Sheet, language: str = "de") -> bytes:
    return workbook(
        [sheet], title="Rechnungen", author="Schlafgut Lindner", day=DAY, language=language, page="Seite &P"
    )


def read(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def sheet(*rows: tuple[object, ...]) -> Sheet:
    return Sheet("Belege", ("Oktober", "Schlafgut Lindner"), COLUMNS, rows)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "@SUM(A1)",
        "+49 551 4711",
        "-5,00",
        '=HYPERLINK("http://x.example")',
        "http://x.example",
        "007",
    ],
)
def test_a_name_stays_a_text_whatever_it_begins_with(name: str) -> None:
    cell = read(written(sheet((name, None, None, None))))["A5"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


@settings(max_examples=40)
@given(minor=st.integers(-99_999_999_99, 99_999_999_99))
def test_money_is_read_back_to_the_cent(minor: int) -> None:
    value = read(written(sheet(("x", Money(minor), None, None))))["B5"].value
    assert Decimal(str(value)) * 100 == minor


def test_figures_look_as_germans_write_them() -> None:
    first = read(
        written(sheet(("x", Money(-123456), DAY, Decimal("25.5")), ("y", Money(1), DAY, Decimal(19))))
    )
    assert first["B5"].number_format == "#,##0.00;[Red]-#,##0.00"  # the program puts its own comma
    assert (first["C5"].value.date(), first["C5"].number_format) == (dt.date(2026, 10, 31), "dd.mm.yyyy")
    assert (first["D5"].number_format, first["D6"].number_format) == ('0.0##" %"', '0" %"')


def test_a_currency_without_cents_has_none() -> None:
    cell = read(written(sheet(("x", Money(5000, "JPY"), None, None))))["B5"]
    assert (cell.value, cell.number_format) == (5000, "#,##0;[Red]-#,##0")


def test_the_header_stays_in_sight_and_is_printed_on_every_page() -> None:
    first = read(written(sheet(("x", None, None, None))))
    assert first.freeze_panes == "B5"
    assert first.print_title_rows == "$4:$4"
    assert (first.page_setup.orientation, first.page_setup.fitToHeight) == ("landscape", 0)
    assert first.column_dimensions["A"].width > 20
    assert first.auto_filter.ref == "A4:D5"


def test_the_same_values_give_the_same_bytes() -> None:
    one = sheet(("Ivanova", Money(1), DAY, None))
    assert written(one) == written(one)


def test_a_line_feed_or_a_control_sign_in_a_name_breaks_nothing() -> None:
    name = "Ivanova\n\x01Desislava\u202e"
    assert "Ivanova" in str(read(written(sheet((name, None, None, None))))["A5"].value)
