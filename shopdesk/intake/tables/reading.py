"""A table or address book from outside becomes rows of text. Runs in a worker process only (intake/worker.py)."""

from __future__ import annotations

import codecs
import json

from shopdesk.domain.imports.values import BadRow, ImportProblem, ReadFile, ReadRow
from shopdesk.domain.messages import N_, Message
from shopdesk.intake.tables import separated, text, vcards, workbooks

ROWS_PER_LINE = 200
_OTHERS = ("ascii", "latin-1", "iso8859-15", "quopri", "cp1250", "cp1251", "cp437")
_FOREIGN = N_("This file is no list: shopdesk reads CSV, Excel (XLSX), ODS and vCard (VCF).")
_MARKS_OF_OTHERS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"<?xml", b"<html")


def prepare(data: bytes) -> None:
    """Load what `answer` will need for this file."""
    for name in (*text.ENCODINGS, *_OTHERS):
        codecs.lookup(name)
    if workbooks.is_workbook(data):
        import python_calamine

        del python_calamine


def answer(data: bytes) -> str:
    """The JSON that goes back: the rows, or the one sentence why there are none."""
    try:
        return _plain(read(data))
    except ImportProblem as problem:
        message = problem.message
        told = {"code": problem.code, "text": message.id, "values": dict(message.values)}
        return json.dumps({"problem": told})


def _plain(value: ReadFile) -> str:
    """One line about the file, then some rows on each: a single value would stop the reader's other threads."""
    head = {
        "form": value.form,
        "encoding": value.encoding,
        "separator": value.separator,
        "columns": value.columns,
    }
    lines = [json.dumps(head)]
    for first in range(0, len(value.rows), ROWS_PER_LINE):
        chunk = value.rows[first : first + ROWS_PER_LINE]
        lines.append(json.dumps({"rows": [(row.number, row.cells) for row in chunk]}))
    for first in range(0, len(value.refused), ROWS_PER_LINE):
        bad = value.refused[first : first + ROWS_PER_LINE]
        refused = [(one.number, one.reason.id, dict(one.reason.values)) for one in bad]
        lines.append(json.dumps({"refused": refused}))
    return "\n".join(lines)


def read(data: bytes) -> ReadFile:
    """The rows of a CSV, spreadsheet or vCard file, told apart by their content. Raises ImportProblem."""
    if not data.strip():
        raise ImportProblem(Message(N_("The file is empty.")), "empty")
    if workbooks.is_workbook(data):
        return _filled(ReadFile("xlsx", *_tuples(*workbooks.read(data))))
    if data.startswith(_MARKS_OF_OTHERS):
        raise ImportProblem(Message(_FOREIGN), "foreign")
    decoded, encoding = text.decode(data)
    if vcards.is_vcard(decoded):
        rows, refused = _tuples(*vcards.read(decoded))
        return _filled(ReadFile("vcard", rows, refused, vcards.COLUMNS, encoding))
    found, bad, separator = separated.read(decoded)
    if not found and bad and b"\0" in data:
        raise ImportProblem(Message(_FOREIGN), "foreign")
    return _filled(ReadFile("csv", *_tuples(found, bad), (), encoding, separator))


def _tuples(rows: list[ReadRow], refused: list[BadRow]) -> tuple[tuple[ReadRow, ...], tuple[BadRow, ...]]:
    return tuple(rows), tuple(refused)


def _filled(value: ReadFile) -> ReadFile:
    if not (value.rows or value.refused):
        raise ImportProblem(Message(N_("The file is empty.")), "empty")
    return value
