from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.typing import parse_line_cell

CELLS = [
    ("4 latt 90x200", "4", "latt", "90 × 200 cm", "4 Lattenrost 90x200"),
    ("latt 90x200 4x", "4", "latt", "90 × 200 cm", "4x Lattenrost 90x200"),
    ("latt", "", "latt", "", "Lattenrost"),
    ("4 latt", "4", "latt", "", "4 Lattenrost"),
    ("4x latt", "4", "latt", "", "4x Lattenrost"),
    ("4 x latt", "4", "latt", "", "4 x Lattenrost"),
    ("3*topper", "3", "topper", "", "3* Lattenrost"),
    ("4 Stk latt", "4", "latt", "", "4 Stk Lattenrost"),
    ("latt 4 Stück", "4", "latt", "", "4 Stück Lattenrost"),
    ("2,5 stoff", "2.5", "stoff", "", "2,5 Lattenrost"),
    ("4 l", "4", "l", "", "4 Lattenrost"),
    ("90x200 latt", "", "latt", "90 × 200 cm", "Lattenrost 90x200"),
    ("80x190", "", "", "80 × 190 cm", "Lattenrost 80x190"),
    ("2 90x200", "2", "", "90 × 200 cm", "2 Lattenrost 90x200"),
    ("2x90x200", "2", "", "90 × 200 cm", "2x Lattenrost 90x200"),
    ("4 latt 90x200 7 zonen", "4", "latt 7 zonen", "90 × 200 cm", "4 Lattenrost 90x200"),
    ("latt 90x200 x 2", "2", "latt", "90 × 200 cm", "2 x Lattenrost 90x200"),
    ("4711", "", "4711", "", "Lattenrost"),
    ("4", "", "4", "", "Lattenrost"),
    ("4 ", "", "4", "", "Lattenrost"),
    ("4 4711", "4", "4711", "", "4 Lattenrost"),
    ("7-zonen latt", "", "7-zonen latt", "", "Lattenrost"),
    ("10 cm Topper", "", "10 cm Topper", "", "Lattenrost"),
    ("", "", "", "", "Lattenrost"),
    ("0 latt", "", "latt", "", "0 Lattenrost"),
]


@pytest.mark.parametrize(("text", "quantity", "search", "size", "completed"), CELLS)
def test_completion_replaces_only_the_middle(
    text: str, quantity: str, search: str, size: str, completed: str
) -> None:
    cell = parse_line_cell(text)
    assert cell.quantity == (Decimal(quantity) if quantity else None)
    assert cell.search == search
    assert (cell.size.text if cell.size else "") == size
    assert cell.completed("Lattenrost") == completed


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("4 235/60R16 100h", "235/60 R16 100H"),
        ("4 conti 235/60R16", "conti 235/60 R16"),
        ("latt 90x200", "latt"),
    ],
)
def test_a_tyre_is_searched_by_its_size(text: str, query: str) -> None:
    assert parse_line_cell(text).query == query


def test_the_cell_is_understood_at_every_key() -> None:
    typed = "4 latt 90x200"
    quantities = [parse_line_cell(typed[:length]).quantity for length in range(len(typed) + 1)]
    assert quantities == [None, None, None] + [Decimal(4)] * 11


@given(
    st.integers(1, 999),
    st.sampled_from(["latt", "rollmatratze", "topper 7 cm"]),
    st.integers(50, 250),
    st.integers(50, 250),
)
def test_a_completed_cell_keeps_quantity_and_size(count: int, search: str, width: int, length: int) -> None:
    cell = parse_line_cell(f"{count} {search} {width}x{length}")
    again = parse_line_cell(cell.completed("Lattenrost Komfort"))
    assert (again.quantity, again.size and again.size.text) == (Decimal(count), cell.size and cell.size.text)
    assert (cell.search, again.search) == (search, "Lattenrost Komfort")


@given(st.text(alphabet="0123456789 x*latt,.Stk/R", max_size=40) | st.text(max_size=40))
def test_any_cell_is_read_without_an_error(text: str) -> None:
    cell = parse_line_cell(text)
    assert cell.quantity is None or cell.quantity > 0


@pytest.mark.parametrize("text", ["1" * 10_000, "1 " * 5000, "x" * 10_000, "80x190 " * 1500])
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    parse_line_cell(text)
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "words"),
    [
        ("2,5 m Stoff", "2.5", "MTR", "Stoff"),
        ("4 Stk latt 90x200", "4", "C62", "latt 90x200"),
        ("zwei Rollmatratzen", "2", "", "Rollmatratzen"),
        ("1.000 Schrauben", "1000", "", "Schrauben"),
        ("0.125 kg Daunen", "0.125", "KGM", "Daunen"),
        ("90x200 latt 2 Stk", "2", "C62", "90x200 latt"),
        ("0 latt", None, "", "0 latt"),
    ],
)
def test_quantity_and_unit_are_taken_out_of_the_words(
    text: str, quantity: str | None, unit: str, words: str
) -> None:
    cell = parse_line_cell(text)
    assert cell.quantity == (Decimal(quantity) if quantity else None)
    assert (cell.unit, cell.text) == (unit, words)
