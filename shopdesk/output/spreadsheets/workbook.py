"""A workbook out of values: sheets with a heading, a frozen header, formats, widths and a print set-up.

Texts are written as texts, whatever they begin with, so no name becomes a formula or a link.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from shopdesk.domain.money import Money, exponent

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | Money | dt.date | None
ColumnKind = Literal["text", "date", "money", "number", "percent"]

_LONGEST_TEXT = 32_767
_A4 = 9
_DATES = {"de": "dd.mm.yyyy", "fr": "dd/mm/yyyy", "bg": "dd.mm.yyyy"}
_DATE_IN_ENGLISH = "dd/mm/yyyy"
_FONT = "Calibri"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` in characters."""

    title: str
    kind: ColumnKind = "text"
    width: float = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines above the table, the table, and rows of sums below it."""

    name: str
    heading: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    sums: Sequence[tuple[Cell, ...]] = field(default=())
    notes: tuple[str, ...] = ()


def workbook(
    sheets: Sequence[Sheet], *, title: str, author: str, day: dt.date, language: str, page: str
) -> bytes:
    """The bytes of the XLSX file; the same values give the same bytes. `page` is the footer: "Page &P of &N"."""
    import xlsxwriter

    stream = io.BytesIO()
    # no strings_to_…: what looks like a formula, a link or a number stays a text
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    # without a fixed moment the file would hold the time of writing
    book.set_properties(
        {"title": title, "author": author, "created": dt.datetime.combine(day, dt.time(), dt.UTC)}
    )
    book.set_calc_mode("auto")
    formats = _Formats(book, language)
    for sheet in sheets:
        _write(book.add_worksheet(_sheet_name(sheet.name)), sheet, formats, page)
    book.close()
    return stream.getvalue()


def _sheet_name(name: str) -> str:
    """At most 31 characters, and none that spreadsheet programs refuse in a name."""
    return "".join("-" if sign in "[]:*?/\\" else sign for sign in name)[:31].strip("'")


class _Formats:
    """Formats are made once per book: a book may hold 64,000 of them."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._book = book
        self._date = _DATES.get(language, _DATE_IN_ENGLISH)
        self._made: dict[tuple[str, str, str], Format] = {}

    def of(self, kind: str, *, currency: str = "", role: str = "") -> Format:
        """The format of a cell; `role` is "", "head", "sum", "title" or "words"."""
        key = (kind, currency, role)
        if key not in self._made:
            self._made[key] = self._book.add_format(self._properties(*key))
        return self._made[key]

    def _properties(self, kind: str, currency: str, role: str) -> dict[str, Any]:
        places = exponent(currency or "EUR")
        amount = "#,##0" + ("." + "0" * places if places else "")
        patterns = {
            "date": self._date,
            "money": f"{amount};[Red]-{amount}",
            "number": "#,##0",
            "percent": '0" %"',
            "percent_exact": '0.0##" %"',
        }
        found: dict[str, Any] = {"font_name": _FONT, "font_size": 10, "valign": "top"}
        if kind in patterns:
            found["num_format"] = patterns[kind]
        if role == "head":
            found |= {
                "bold": True,
                "bottom": 1,
                "bg_color": "#E9EEF2",
                "text_wrap": True,
                "valign": "vcenter",
            }
            found["align"] = "left" if kind in {"text", "date"} else "right"
        elif role == "sum":
            found |= {"bold": True, "top": 1}
        elif role == "title":
            found |= {"bold": True, "font_size": 14}
        return found


def _write(sheet: Worksheet, value: Sheet, formats: _Formats, page: str) -> None:
    for row, text in enumerate(value.heading):
        sheet.write_string(row, 0, text, formats.of("text", role="title" if row == 0 else "words"))
    head = len(value.heading) + 1 if value.heading else 0
    for at, column in enumerate(value.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(head, at, column.title, formats.of(column.kind, role="head"))
    row = head
    for role, rows in (("", value.rows), ("sum", value.sums)):
        for cells in rows:
            row += 1
            for at, (column, cell) in enumerate(zip(value.columns, cells, strict=True)):
                _write_cell(sheet, (row, at), cell, column.kind, formats, role)
    for note in value.notes:
        row += 1
        sheet.write_string(row + 1, 0, note, formats.of("text", role="words"))
    sheet.freeze_panes(head + 1, 1)
    if value.rows:
        sheet.autofilter(head, 0, head + len(value.rows), len(value.columns) - 1)
    _set_up_print(sheet, head, page)


def _write_cell(
    sheet: Worksheet, place: tuple[int, int], cell: Cell, kind: ColumnKind, formats: _Formats, role: str
) -> None:
    row, at = place
    if cell is None:
        sheet.write_blank(row, at, None, formats.of("text", role=role))
    elif isinstance(cell, str):
        sheet.write_string(row, at, cell[:_LONGEST_TEXT], formats.of("text", role=role))
    elif isinstance(cell, Money):
        sheet.write_number(row, at, cell.amount, formats.of("money", currency=cell.currency, role=role))
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, at, cell, formats.of("date", role=role))
    elif kind == "percent":
        exact = "percent" if cell == int(cell) else "percent_exact"
        sheet.write_number(row, at, cell, formats.of(exact, role=role))
    else:
        sheet.write_number(row, at, cell, formats.of("number", role=role))


def _set_up_print(sheet: Worksheet, head: int, page: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.repeat_rows(head)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L&8&A&R&8{page}")
    sheet.hide_gridlines(2)
