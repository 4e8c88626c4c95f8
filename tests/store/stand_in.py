"""Issues documents straight into the tables: what store tests need without the use cases above."""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy import Connection, insert, select

from shopdesk.domain.number_ranges import DEFAULTS
from shopdesk.store import document_chain, journal, number_ranges
from shopdesk.store.database import Database
from shopdesk.store.tables import document, document_file, document_line

DAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def draft(connection: Connection, key: str, data: bytes = b"%PDF-1.7 sample", gross: int = 29901) -> int:
    """Store a draft with three lines and its file, and give its id."""
    values = {"kind": "invoice", "state": "draft", "request_key": key, "recipient": "Desislava Ivanova"}
    row = connection.execute(insert(document).values(**values, gross=gross, date=DAY.isoformat()))
    assert row.inserted_primary_key is not None
    document_id = int(row.inserted_primary_key[0])
    lines = [
        {
            "document_id": document_id,
            "position": i,
            "kind": "goods",
            "text": f"Rollmatratze {i}",
            "gross": gross // 3,
        }
        for i in range(3)
    ]
    connection.execute(insert(document_line), lines)
    connection.execute(
        insert(document_file).values(
            document_id=document_id,
            name="rechnung.pdf",
            media_type="application/pdf",
            sha256=hashlib.sha256(data).hexdigest(),
            data=data,
        )
    )
    return document_id


def issue(connection: Connection, key: str, data: bytes = b"%PDF-1.7 sample", gross: int = 29901) -> str:
    """Issue one invoice in the caller's transaction; the same key gives the same number."""
    known = connection.scalar(select(document.c.number).where(document.c.request_key == key))
    if known:
        return str(known)
    document_id = draft(connection, key, data, gross)
    number = number_ranges.take(connection, DEFAULTS["invoice"], DAY)
    values = {"number": number, "issued_at": NOW.isoformat(), "program_version": "1"}
    document_chain.seal(connection, document_id, values)
    journal.append(connection, "issue", "document", document_id, None, {"number": number}, NOW, "Jens", "1")
    return number


def issue_some(database: Database, count: int) -> list[str]:
    """Issue a few invoices, each in its own transaction."""
    numbers = []
    for i in range(count):
        with database.writing() as connection:
            numbers.append(issue(connection, f"key-{i}"))
    return numbers
