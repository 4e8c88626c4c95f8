"""What is kept beside the documents against the journal, which is chained: filed invoices, scans, answers, references.

The triggers refuse a change; this finds one that was made by somebody who took them away for a moment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import Connection, RowMapping, Table, select, text

from shopdesk.domain.messages import N_, Message
from shopdesk.store.problems import Finding
from shopdesk.store.tables import document, journal, received_invoice, scan, vat_id_check

Kept = tuple[Table, str, str, tuple[str, ...]]
"""A table, the act that began a row, the one that ends it, and what of it the journal holds."""

_KEPT: tuple[Kept, ...] = (
    (received_invoice, "file", "remove", ("number", "seller", "sha256", "file_name", "kept_until")),
    (scan, "add", "", ("name", "sha256")),
    (vat_id_check, "check", "", ("vat_id", "result", "service", "reason", "request_identifier")),
)
# (issued document, document it names) by its content; the first schema named numbers alone, which stand in no table
_NAMED = """
    SELECT document.id, iif(named.type = 'object', json_extract(named.value, '$.id'), NULL) AS referred_id
    FROM document, json_each(iif(json_valid(document.content), document.content, '{}'), '$.refers_to') AS named
    WHERE document.state = 'issued' AND referred_id IS NOT NULL
"""
_STORED = """
    SELECT document.id, row.referred_id FROM document_reference AS row
    JOIN document ON document.id = row.document_id WHERE document.state = 'issued'
"""


def verify(connection: Connection) -> list[Finding]:
    """Say what differs from what the journal says was kept, and which references differ from their documents."""
    findings = [_finding(kept[0].name, row_id) for kept in _KEPT for row_id in _changed(connection, kept)]
    findings += [_finding("scan", str(row_id)) for row_id in _other_bytes(connection)]
    return findings + [_reference(number) for number in _references(connection)]


def _changed(connection: Connection, kept: Kept) -> Iterator[str]:
    table, began, ended, known = kept
    rows: dict[str, RowMapping] = {
        str(row["id"]): row
        for row in connection.execute(select(table.c.id, *(table.c[name] for name in known))).mappings()
    }
    told = select(journal.c.action, journal.c.subject_id, journal.c.new).where(
        journal.c.subject == table.name
    )
    seen: set[str] = set()
    ends: set[str] = set()
    for entry in connection.execute(told.order_by(journal.c.id)):
        if entry.action == ended:
            ends.add(entry.subject_id)
        elif entry.action == began:
            seen.add(entry.subject_id)
            ends.discard(entry.subject_id)
            row = rows.get(entry.subject_id)
            if row is not None and any(
                _differs(row, name, value) for name, value in json.loads(entry.new).items()
            ):
                yield entry.subject_id
    yield from sorted((seen - ends - rows.keys()) | (rows.keys() - seen))


def _differs(row: RowMapping, name: str, value: object) -> bool:
    return name in row and str(row[name] or "") != str(value or "")


def _other_bytes(connection: Connection) -> Iterator[int]:
    statement = select(scan.c.id, scan.c.sha256, scan.c.data)
    for row in connection.execute(statement, execution_options={"yield_per": 20}):
        if hashlib.sha256(bytes(row.data)).hexdigest() != row.sha256:
            yield row.id


def _references(connection: Connection) -> list[str]:
    """Numbers of issued documents whose content names others than the table of references."""
    named = {(row.id, row.referred_id) for row in connection.execute(text(_NAMED))}
    stored = {(row.id, row.referred_id) for row in connection.execute(text(_STORED))}
    ids = {document_id for document_id, _ in named ^ stored}
    return list(
        connection.scalars(select(document.c.number).where(document.c.id.in_(ids)).order_by(document.c.id))
    )


def _finding(table: str, row_id: str) -> Finding:
    words = {
        "received_invoice": N_("The filed invoice {id} was changed, added or removed beside the program."),
        "scan": N_("The scan {id} was changed, added or removed beside the program."),
        "vat_id_check": N_(
            "The answer {id} about a VAT id was changed, added or removed beside the program."
        ),
    }
    return Finding(f"{table.replace('_', '-')}-changed", Message(words[table], {"id": row_id}))


def _reference(number: str) -> Finding:
    text_ = N_("{number} refers to other documents than it says. Please restore the last backup.")
    return Finding("reference-changed", Message(text_, {"number": number}))
