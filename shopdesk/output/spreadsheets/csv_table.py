"""Tables as CSV that spreadsheet programs open as they stand: no text becomes a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# +49 551 123456, -5,00 and 12.345,00 are what they look like
_HARMLESS = re.compile(r"[+-][0-9 .,/()-]*")
_FORMULA = tuple("=+-@\t\r\n")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Semicolons and a byte order mark: what a spreadsheet program of this country reads by a double click."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """The text; with a quote before it where a spreadsheet program would compute it."""
    if not text.lstrip(" \u00a0").startswith(_FORMULA) or _HARMLESS.fullmatch(text):
        return text
    return "'" + text
