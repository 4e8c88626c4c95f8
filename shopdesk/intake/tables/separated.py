"""CSV as programs write it: any separator, cells with line ends, rows that are broken."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from shopdesk.domain.imports.values import BadRow, ReadRow
from shopdesk.domain.messages import N_, Message

SEPARATORS = ";,\t|"
MOST_CELLS = 500
LONGEST_CELL = 100_000
_SAMPLE_LINES = 40
# what stands in no text; tabs, line ends, form feeds and the separators of Outlook's lines do
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1c\ufffd]")
_NAMED = re.compile(r"sep=(.)\r?\n?")

UNREADABLE_LETTERS = N_("The row holds characters that cannot be read.")
TOO_LONG = N_("A cell is longer than {most} characters.")
TOO_MANY = N_("The row has more than {most} cells.")
OPEN_QUOTE = N_("A quotation mark is opened and never closed.")


def read(text: str) -> tuple[list[ReadRow], list[BadRow], str]:
    """Rows, refused rows and the separator; empty rows are left out."""
    csv.field_size_limit(1 << 30)
    # splitlines would also cut at U+2028, form feeds and the like, which stand within cells
    lines = list(io.StringIO(text, newline=""))
    first = 0
    named = _NAMED.fullmatch(lines[0]) if lines else None
    separator = named[1] if named else guess(lines[:_SAMPLE_LINES])
    if named:
        first = 1
    rows: list[ReadRow] = []
    refused: list[BadRow] = []
    for number, found, is_open in _records(lines, first, separator):
        cells = _cut_again(found, separator)
        reason = Message(OPEN_QUOTE) if is_open else wrong(cells)
        if reason is not None:
            refused.append(BadRow(number, reason))
        elif any(cell.strip() for cell in cells):
            rows.append(ReadRow(number, tuple(cells)))
    return rows, refused, separator


def wrong(cells: Sequence[str]) -> Message | None:
    """Why a row with these cells is refused, if it is."""
    if len(cells) > MOST_CELLS:
        return Message(TOO_MANY, {"most": MOST_CELLS})
    if cells and len(max(cells, key=len)) > LONGEST_CELL:
        return Message(TOO_LONG, {"most": LONGEST_CELL})
    together = "".join(cells)
    if _UNREADABLE.search(together):
        return Message(UNREADABLE_LETTERS)
    return None


def guess(lines: Sequence[str]) -> str:
    """The separator that cuts the first lines into most cells, as equally as possible."""
    best, chosen = 0.0, ","
    for separator in SEPARATORS:
        widths = [len(cells) for _n, cells, _o in _records(lines, 0, separator) if any(cells)]
        if not widths or widths[0] < 2:
            continue
        equal = sum(abs(width - widths[0]) <= 1 for width in widths) / len(widths)
        score = equal * 100 + min(widths[0], 50)
        if score > best:
            best, chosen = score, separator
    return chosen


def _records(lines: Sequence[str], first: int, separator: str) -> Iterator[tuple[int, list[str], bool]]:
    """(line, cells, whether a quotation mark stays open). After an open one each line is read by itself."""
    at = first
    reader = csv.reader(iter(lines[first:]), delimiter=separator)
    while True:
        start = at
        try:
            cells = next(reader)
        except StopIteration:
            return
        at = first + reader.line_num
        if at == len(lines) and at - start >= 1 and _stays_open(lines[start:at], separator):
            yield start + 1, [], True
            if at - start > 1:
                yield from _records_alone(lines, start + 1, separator)
            return
        yield start + 1, cells, False


def _records_alone(lines: Sequence[str], first: int, separator: str) -> Iterator[tuple[int, list[str], bool]]:
    for number in range(first, len(lines)):
        is_open = _stays_open(lines[number : number + 1], separator)
        cells = [] if is_open else next(csv.reader([lines[number]], delimiter=separator), [])
        yield number + 1, cells, is_open


def _stays_open(lines: Sequence[str], separator: str) -> bool:
    # strict readers name an open quotation mark; they also refuse `"a"b`, which is none
    if not any('"' in line for line in lines):
        return False
    try:
        for _cells in csv.reader(iter(lines), delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _cut_again(cells: list[str], separator: str) -> list[str]:
    """A file put together from two: this line has another separator."""
    if len(cells) != 1:
        return cells
    for other in SEPARATORS:
        if other != separator and other in cells[0] and "\n" not in cells[0]:
            return next(csv.reader([cells[0]], delimiter=other), cells)
    return cells
