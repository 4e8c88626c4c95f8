"""What was issued does not change unnoticed: raw SQL is refused, or found by the checks (GoBD)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from shopdesk.store import document_chain, journal, number_ranges
from shopdesk.store.backup import check
from shopdesk.store.connection import connect
from shopdesk.store.database import Database
from tests.store.stand_in import DAY, NOW, draft, issue_some

FORGED = (
    "(id, kind, state, number, request_key, gross) VALUES (2, 'invoice', 'issued', 'R-2026-0002', 'x', 1)"
)
NUMBER_TWO = "(kind, state, number, request_key, gross) VALUES ('invoice', 'issued', 'R-2026-0002', 'x', 1)"
ENTRY = "(id, at, zone, who, program_version, action, subject, subject_id, previous_hash, hash)"

REFUSED = {
    "change an amount": "UPDATE document SET gross = 1 WHERE id = 2",
    "change the customer": "UPDATE document SET recipient = 'someone else'",
    "change the text": "UPDATE document SET content = '{}' WHERE id = 2",
    "back to draft": "UPDATE document SET state = 'draft', number = NULL WHERE id = 3",
    "another number": "UPDATE document SET number = 'R-2026-0099' WHERE id = 3",
    "another id": "UPDATE document SET id = 99 WHERE id = 2",
    "another hash": "UPDATE document SET hash = '1:0', previous_hash = '' WHERE id = 2",
    "delete": "DELETE FROM document WHERE id = 3",
    "replace by id": f"INSERT OR REPLACE INTO document {FORGED}",
    "replace by number": f"INSERT OR REPLACE INTO document {NUMBER_TWO}",
    "replace by request key": "REPLACE INTO document (kind, state, request_key) VALUES ('quote', 'draft', 'key-1')",
    "upsert": f"INSERT INTO document {FORGED} ON CONFLICT (id) DO UPDATE SET gross = 1",
    "a draft takes its id": "UPDATE OR REPLACE document SET id = 2 WHERE state = 'draft'",
    "a draft takes its key": "UPDATE OR REPLACE document SET request_key = 'key-1' WHERE state = 'draft'",
    "a draft takes its number": (
        "UPDATE OR REPLACE document SET state = 'issued', number = 'R-2026-0002' WHERE state = 'draft'"
    ),
    "invent an issued one": (
        "INSERT INTO document (kind, state, number, request_key) VALUES ('invoice', 'issued', 'R-2026-0077', 'y')"
    ),
    "change a line": "UPDATE document_line SET gross = 1 WHERE document_id = 2 AND position = 0",
    "delete a line": "DELETE FROM document_line WHERE document_id = 2",
    "add a line": "INSERT INTO document_line (document_id, position, kind) VALUES (2, 9, 'goods')",
    "move a line away": "UPDATE document_line SET document_id = 4 WHERE document_id = 2 AND position = 2",
    "replace a line": "REPLACE INTO document_line (document_id, position, kind) VALUES (2, 0, 'goods')",
    "change the bytes": "UPDATE document_file SET data = x'00' WHERE document_id = 2",
    "delete the bytes": "DELETE FROM document_file WHERE document_id = 2",
    "add bytes": (
        "INSERT INTO document_file (document_id, name, media_type, sha256, data) VALUES (2, 'b', 'c', 'd', x'00')"
    ),
    "replace the bytes": (
        "REPLACE INTO document_file (id, document_id, name, media_type, sha256, data) "
        "VALUES (2, 4, 'b', 'c', 'd', x'00')"
    ),
    "change the journal": "UPDATE journal SET who = 'nobody'",
    "delete from the journal": "DELETE FROM journal WHERE id = 2",
    "clear the journal": "DELETE FROM journal",
    "replace in the journal": f"REPLACE INTO journal {ENTRY} VALUES (2, '', '', '', '', '', '', '', '', '')",
    "append a forged entry": f"INSERT INTO journal {ENTRY} VALUES (9, '', '', '', '', '', '', '', 'x', 'y')",
    "counter back": "UPDATE number_counter SET last = 1",
    "counter away": "DELETE FROM number_counter",
    "counter elsewhere": "UPDATE number_counter SET year = 1999",
    "counter replaced": "REPLACE INTO number_counter (range_name, year, last) VALUES ('invoice', 2026, 0)",
}

# an attacker who drops the triggers first is not stopped, but found
DETECTED = {
    "an amount": ["DROP TRIGGER document_frozen", "UPDATE document SET gross = 1 WHERE id = 2"],
    "a text": ["DROP TRIGGER document_frozen", "UPDATE document SET content = '{}' WHERE id = 2"],
    "a hash": ["DROP TRIGGER document_hash_frozen", "UPDATE document SET hash = '1:00' WHERE id = 3"],
    "no hash": ["DROP TRIGGER document_hash_frozen", "UPDATE document SET hash = NULL WHERE id = 3"],
    "unissued": ["DROP TRIGGER document_frozen", "UPDATE document SET state = 'draft', number = NULL WHERE id = 3"],
    "a line": ["DROP TRIGGER document_line_frozen", "UPDATE document_line SET text = 'x' WHERE document_id = 1"],
    "a line less": ["DROP TRIGGER document_line_kept", "DELETE FROM document_line WHERE document_id = 1"],
    "a line more": [
        "DROP TRIGGER document_line_not_added",
        "INSERT INTO document_line (document_id, position, kind) VALUES (2, 9, 'goods')",
    ],
    "the bytes": ["DROP TRIGGER document_file_frozen", "UPDATE document_file SET data = x'00' WHERE id = 1"],
    "the bytes' name": ["DROP TRIGGER document_file_frozen", "UPDATE document_file SET name = 'x' WHERE id = 1"],
    "the newest document": [
        "DROP TRIGGER document_kept", "DROP TRIGGER document_line_kept", "DROP TRIGGER document_file_kept",
        "DELETE FROM document_file WHERE document_id = 3", "DELETE FROM document WHERE id = 3",
    ],
    "a journal entry": ["DROP TRIGGER journal_frozen", "UPDATE journal SET who = 'nobody' WHERE id = 1"],
    "a journal entry less": ["DROP TRIGGER journal_kept", "DELETE FROM journal WHERE id = 2"],
    "the first journal entry less": ["DROP TRIGGER journal_kept", "DELETE FROM journal WHERE id = 1"],
    "the counter": ["DROP TRIGGER number_counter_up", "UPDATE number_counter SET last = 1"],
    "the counter gone": ["DROP TRIGGER number_counter_kept", "DELETE FROM number_counter"],
    "a table": ["DROP TRIGGER journal_kept", "DROP TABLE journal"],
    "a trigger": ["DROP TRIGGER document_kept"],
}  # fmt: skip


@pytest.fixture
def issued(path: Path) -> Path:
    with Database(path) as database:
        issue_some(database, 3)
        with database.writing() as connection:
            draft(connection, "still open")
    return path


def contents(path: Path) -> str:
    connection = driver.connect(str(path))
    tables = ("document", "document_line", "document_file", "journal", "number_counter")
    found = [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
    connection.close()
    return repr(found)


@pytest.mark.parametrize("attack", REFUSED)
@pytest.mark.parametrize("tool", ["our connection", "a bare connection"])
def test_raw_sql_is_refused(issued: Path, attack: str, tool: str) -> None:
    before = contents(issued)
    connection = (
        connect(issued) if tool == "our connection" else driver.connect(str(issued), isolation_level=None)
    )
    if tool == "a bare connection":
        # another program's engine: no foreign keys, and REPLACE deletes without asking the delete triggers
        connection.execute("PRAGMA recursive_triggers=OFF")
    with pytest.raises(driver.IntegrityError, match=r"^frozen: "):
        connection.execute(REFUSED[attack])
    connection.close()
    assert contents(issued) == before


@pytest.mark.parametrize("attack", DETECTED)
def test_what_cannot_be_refused_is_found(issued: Path, attack: str) -> None:
    connection = sqlite3.connect(issued)
    for statement in DETECTED[attack]:
        connection.execute(statement)
    connection.commit()
    connection.close()
    with Database(issued) as database:
        assert check(database) != []


def test_a_shop_that_nobody_touched_passes(issued: Path) -> None:
    with Database(issued) as database:
        assert check(database) == []


def test_what_the_first_schema_referred_to_by_number_passes(issued: Path) -> None:
    with Database(issued) as database:
        with database.writing() as connection:
            document_id = draft(connection, "named a quote")
            content = """{"refers_to":["R-2026-0001"],"reason":""}"""
            connection.exec_driver_sql("UPDATE document SET content = ? WHERE id = ?", (content, document_id))
            number = number_ranges.take(connection, number_ranges.load(connection, "invoice"), DAY)
            document_chain.seal(connection, document_id, {"number": number})
            told = {"number": number}
            journal.append(connection, "issue", "document", document_id, None, told, NOW, "Jens", "1")
        assert check(database) == []


def test_a_draft_may_change_and_go(issued: Path) -> None:
    with Database(issued) as database:
        with database.writing() as connection:
            for statement in (
                "UPDATE document SET gross = 7 WHERE state = 'draft'",
                "DELETE FROM document_line WHERE document_id = 4 AND position = 0",
                "DELETE FROM document_file WHERE document_id = 4",
                "DELETE FROM document WHERE id = 4",
            ):
                assert connection.exec_driver_sql(statement).rowcount == 1
        assert check(database) == []
