"""Finding out what a file holds: whether it has a header, what its rows are, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.domain.folding import compact
from shopdesk.domain.imports.fields import HEADERS, MANY
from shopdesk.domain.imports.values import ColumnMapping, ImportKind, ReadFile, ReadRow

_SAMPLE = 50
_MOST_LOOKED_AT = 1000
_MOST_TITLE_ROWS = 20
_WIDEST_TITLE = 2
_EMAIL = re.compile(r"\s*[^@\s]+@[^@\s]+\s*")
_PHONE = re.compile(r"\s*(?:\+|\(?0|\()[0-9()/ .+-]{5,24}\s*")
_PLACE_CODE = re.compile(r"\s*(?:[A-Z]{1,2}-)?[0-9]{4,5}\s*")
_FIGURES = re.compile(r"[0-9@]")


def headers(value: ReadFile) -> tuple[str, ...]:
    """The header's words; without one, the cells of the first row stand in their place as examples."""
    if value.columns or not value.rows:
        return value.columns
    return value.rows[0].cells


def data_rows(value: ReadFile, mapping: ColumnMapping) -> tuple[ReadRow, ...]:
    """The rows without the header."""
    return value.rows[1:] if mapping.has_header and not value.columns else value.rows


def left_out(value: ReadFile, mapping: ColumnMapping) -> tuple[str, ...]:
    """The headers of columns that hold something and mean nothing: what nobody takes over must be said."""
    if value.columns or not mapping.has_header or not value.rows:
        return ()
    rows = value.rows[1:_MOST_LOOKED_AT]
    return tuple(
        " ".join(head.split())
        for at, (head, name) in enumerate(zip(value.rows[0].cells, mapping.fields, strict=False))
        if not name and head.strip() and any(at < len(row.cells) and row.cells[at].strip() for row in rows)
    )


def guess(value: ReadFile, kind: ImportKind | None = None) -> ColumnMapping:
    """What the file most likely holds; `kind` is what the owner says the rows are."""
    if value.columns:
        return ColumnMapping(ImportKind.CUSTOMERS, value.columns, has_header=False)
    if not value.rows:
        return ColumnMapping(kind or ImportKind.CUSTOMERS, (), has_header=False)
    first = value.rows[0].cells
    kinds = [kind] if kind else list(ImportKind)
    # of equally many known headers the first kind has it: customers
    found = max((_by_header(one, first) for one in kinds), key=_worth)
    if _worth(found) and not any(_EMAIL.fullmatch(cell) for cell in first):
        return found
    if _looks_like_header(value.rows):
        return ColumnMapping(found.kind, ("",) * width(value), has_header=True)
    kind = kind or ImportKind.CUSTOMERS
    return ColumnMapping(
        kind, _by_content(value) if kind is ImportKind.CUSTOMERS else ("",) * width(value), has_header=False
    )


def header_worth(cells: Sequence[str]) -> int:
    """How surely these cells are a header: 0 where nothing is known."""
    if any(_EMAIL.fullmatch(cell) for cell in cells):
        return 0
    return max(_worth(_by_header(kind, cells)) for kind in ImportKind)


def rows_from_header(rows: Sequence[ReadRow]) -> Sequence[ReadRow]:
    """The rows without the title above the header ("Kundenliste", "Stand: 1.1.2026"): rows of one or two cells."""
    if not rows or header_worth(rows[0].cells):
        return rows
    for at, row in enumerate(rows[:_MOST_TITLE_ROWS]):
        filled = sum(bool(cell.strip()) for cell in row.cells)
        if filled <= _WIDEST_TITLE:
            continue
        return rows[at:] if header_worth(row.cells) else rows
    return rows


def width(value: ReadFile) -> int:
    """How many columns the widest row has."""
    return max((len(row.cells) for row in value.rows), default=0)


def _by_header(kind: ImportKind, cells: Sequence[str]) -> ColumnMapping:
    known, taken = HEADERS[kind], set[str]()
    fields = []
    for cell in cells:
        name = known.get(compact(cell), "") if len(cell) <= 80 else ""
        if name in taken and name not in MANY[kind]:
            name = ""
        taken.add(name)
        fields.append(name)
    return ColumnMapping(kind, tuple(fields))


_TELLING = {
    ImportKind.CUSTOMERS: {"family_name", "given_name", "email", "company", "street", "home_street", "display_name"},
    ImportKind.ARTICLES: {"code", "price", "net_price", "gross_price", "unit", "size", "weight"},
    ImportKind.OLD_INVOICES: {"number", "gross", "file"},
}  # fmt: skip


def _worth(mapping: ColumnMapping) -> int:
    """How sure a mapping is: the known headers, those that only this kind has three times."""
    known = {name for name in mapping.fields if name}
    if mapping.kind is ImportKind.OLD_INVOICES and not {"number", "day"} <= known:
        return 0
    if mapping.kind is ImportKind.ARTICLES and "name" not in known:
        return 0
    return len(known) + 2 * len(known & _TELLING[mapping.kind])


def _looks_like_header(rows: Sequence[ReadRow]) -> bool:
    """Words nobody knows over figures: no digit and no @ in the first row, but in the same columns below it."""
    first = rows[0].cells
    if len(rows) < 2 or any(_FIGURES.search(cell) for cell in first):
        return False
    return any(
        _FIGURES.search(cell) and column < len(first) and first[column].strip()
        for row in rows[1:_SAMPLE]
        for column, cell in enumerate(row.cells)
        if not _EMAIL.fullmatch(cell)
    )


def _by_content(value: ReadFile) -> tuple[str, ...]:
    rows = value.rows[:_SAMPLE]
    fields = [""] * width(value)
    names: list[int] = []
    for column in range(len(fields)):
        cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column].strip()]
        if not cells:
            continue
        for field, shape in (("email", _EMAIL), ("postal_code", _PLACE_CODE), ("phone", _PHONE)):
            if sum(shape.fullmatch(cell) is not None for cell in cells) * 5 >= len(cells) * 3:
                fields[column] = field
                break
        else:
            names.append(column)
    for column, field in zip(names, _name_fields(rows, names), strict=False):
        fields[column] = field
    return _once(fields)


def _name_fields(rows: Sequence[ReadRow], columns: Sequence[int]) -> tuple[str, ...]:
    """“John Doe,John,Doe” is the whole name and its parts; else the first words are the name."""
    if len(columns) >= 3:
        cells = [[row.cells[at].strip() for at in columns[:3]] for row in rows if len(row.cells) > columns[2]]
        if cells and all(len(set(row)) == 1 or row[0] == f"{row[1]} {row[2]}" for row in cells):
            return ("display_name", "given_name", "family_name")
    return ("display_name",)


def _once(fields: Sequence[str]) -> tuple[str, ...]:
    taken: set[str] = set()
    kept = []
    for name in fields:
        kept.append(name if name not in taken or name in MANY[ImportKind.CUSTOMERS] else "")
        taken.add(name)
    return tuple(kept)
