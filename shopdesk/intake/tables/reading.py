"""A table or address book from outside becomes rows of text. Runs in a worker process only (intake/worker.py)."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Sequence

from shopdesk.domain.imports.columns import rows_from_header
from shopdesk.domain.imports.values import BadRow, ImportProblem, ReadFile, ReadRow
from shopdesk.domain.messages import N_, Message
from shopdesk.intake.tables import separated, text, vcards, workbooks

ROWS_PER_LINE = 200
_OTHERS = ("ascii", "latin-1", "iso8859-15", "quopri", "cp1250", "cp1251", "cp437")
_FOREIGN = N_("This file is no list: shopdesk reads CSV, Excel (XLSX), ODS and vCard (VCF).")
_JSON_FILE = N_("This is a JSON file and no list: shopdesk reads CSV, Excel (XLSX), ODS and vCard (VCF).")
_MAIL_FILE = N_("This is a mail and no list: shopdesk reads CSV, Excel (XLSX), ODS and vCard (VCF).")
_MARKS_OF_OTHERS = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"<?xml", b"<html", b"<!DOCTYPE", b"{\\rtf",
    b"SQLite format 3\0",
)  # fmt: skip
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_MAIL = re.compile(
    r"(?:(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|From|To|Von|An|Date|Datum|Sent|Gesendet|Cc|Subject|Betreff)"
    r":[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2}",
    re.IGNORECASE,
)


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
        "sheet": value.sheet,
        "left_out": value.left_out,
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
        sheet = workbooks.read(data)
        rows, refused = _tuples(sheet.rows, sheet.refused)
        return _filled(ReadFile("xlsx", rows, refused, sheet=sheet.name, left_out=sheet.others))
    if data.startswith(_MARKS_OF_OTHERS):
        raise ImportProblem(Message(_FOREIGN), "foreign")
    decoded, encoding = text.decode(data)
    _refuse_foreign(decoded)
    if vcards.is_vcard(decoded):
        rows, refused = _tuples(*vcards.read(decoded))
        return _filled(ReadFile("vcard", rows, refused, vcards.COLUMNS, encoding))
    found, bad, separator = separated.read(decoded)
    unreadable = sum(one.reason.id == separated.UNREADABLE_LETTERS for one in bad)
    if unreadable * 2 > len(found) + len(bad):
        raise ImportProblem(Message(_FOREIGN), "foreign")
    return _filled(ReadFile("csv", *_tuples(rows_from_header(found), bad), (), encoding, separator))


def _refuse_foreign(decoded: str) -> None:
    """Raises ImportProblem where the text is another format's, though its lines could be cut into cells."""
    for shape, words in ((_JSON, _JSON_FILE), (_MAIL, _MAIL_FILE)):
        if shape.match(decoded):
            raise ImportProblem(Message(words), "foreign")


def _tuples(
    rows: Sequence[ReadRow], refused: Sequence[BadRow]
) -> tuple[tuple[ReadRow, ...], tuple[BadRow, ...]]:
    return tuple(rows), tuple(refused)


def _filled(value: ReadFile) -> ReadFile:
    if not (value.rows or value.refused):
        raise ImportProblem(Message(N_("The file is empty.")), "empty")
    return value
