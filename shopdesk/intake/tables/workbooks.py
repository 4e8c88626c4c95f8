"""Spreadsheets (XLSX, ODS, XLS) as rows of text. Formulas are never computed: what the program saved is taken."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from shopdesk.domain.imports.columns import header_worth, rows_from_header
from shopdesk.domain.imports.values import BadRow, ImportProblem, ReadRow
from shopdesk.domain.messages import N_, Message
from shopdesk.intake.tables.separated import wrong

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_UNPACKED = 200 << 20
MOST_RATIO = 200
MOST_PARTS = 2000

_TOO_LARGE = N_(
    "The spreadsheet unpacks to more than {size} MB and was not read. Please save the rows as CSV."
)
_DAMAGED = N_("The spreadsheet cannot be read: it is damaged or locked. Please save it again, or as CSV.")


def is_workbook(data: bytes) -> bool:
    """Whether the content is a spreadsheet's container."""
    return data.startswith((_ZIP, _OLE))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that was read, and the names of the others that hold something."""

    name: str = ""
    rows: Sequence[ReadRow] = ()
    refused: Sequence[BadRow] = ()
    others: tuple[str, ...] = ()


def read(data: bytes) -> Sheet:
    """The sheet with the best known header; where none is known, the one with most rows. Raises ImportProblem."""
    import python_calamine as calamine

    if data.startswith(_ZIP):
        refuse_bomb(data)
    best, worth, names = Sheet(), (-1, -1), list[str]()
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            for name in book.sheet_names:
                found, refused = _rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
                if not (found or refused):
                    continue
                names.append(name)
                rows = rows_from_header(found)
                known = header_worth(rows[0].cells) if rows else 0
                if (known, len(rows)) > worth:
                    best, worth = Sheet(name, rows, refused), (known, len(rows))
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise ImportProblem(Message(_DAMAGED), "damaged") from error
    return replace(best, others=tuple(name for name in names if name != best.name))


def refuse_bomb(data: bytes) -> None:
    """Raises ImportProblem where the container promises more than any list has; the worker's memory ends lies."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = container.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ImportProblem(Message(_DAMAGED), "damaged") from error
    unpacked = sum(part.file_size for part in parts)
    is_bomb = any(part.file_size > max(part.compress_size, 4096) * MOST_RATIO for part in parts)
    if unpacked > LARGEST_UNPACKED or is_bomb or len(parts) > MOST_PARTS:
        raise ImportProblem(Message(_TOO_LARGE, {"size": LARGEST_UNPACKED >> 20}), "too-large")


def _rows(sheet: Sequence[Sequence[object]]) -> tuple[list[ReadRow], list[BadRow]]:
    rows: list[ReadRow] = []
    refused: list[BadRow] = []
    for number, cells in enumerate(sheet, 1):
        texts = tuple(_text(cell) for cell in cells)
        if not any(text.strip() for text in texts):
            continue
        reason = wrong(texts)
        if reason is not None:
            refused.append(BadRow(number, reason))
        else:
            rows.append(ReadRow(number, texts))
    return rows, refused


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)
