"""A filed e-invoice cannot change or go unnoticed, whoever writes into the database."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk.domain.received_invoices import KeptInvoice
from shopdesk.store import backup, journal, received_invoices
from shopdesk.store.database import Database
from shopdesk.store.problems import IssuedIsFrozen

DATA = b"<Invoice/>"
KEPT = KeptInvoice(
    0, "a.xml", "application/xml", hashlib.sha256(DATA).hexdigest(), len(DATA), "R-1", "Federkern", None, None, "EUR",
    None, dt.datetime(2026, 11, 23, tzinfo=dt.UTC), dt.date(2099, 12, 31),
)  # fmt: skip
REPLACED = (
    "INSERT OR REPLACE INTO received_invoice (id, file_name, media_type, sha256, data, received_at, kept_until) "
    "VALUES ({id}, 'x', 'x', '{sha}', x'00', '2026', '2099-12-31')"
)
ATTACKS = [
    *(
        f"UPDATE received_invoice SET {column} = '1'"
        for column in (
            "id", "file_name", "media_type", "sha256", "size", "data", "number", "seller", "issued", "due", "currency",
            "payable", "received_at", "kept_until",
        )
    ),
    "DELETE FROM received_invoice",
    REPLACED.format(id=1, sha="other"),
    REPLACED.format(id=9, sha=KEPT.sha256),
    "UPDATE OR REPLACE received_invoice SET sha256 = 'other'",
]  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "shop.sqlite")
    with opened.writing() as connection:
        received_invoices.add(connection, KEPT, DATA)
        new = {"number": KEPT.number, "sha256": KEPT.sha256}
        journal.append(connection, "file", "received_invoice", 1, None, new, KEPT.received_at, "Jens", "1")
    yield opened
    opened.close()


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_a_filed_invoice_is_refused(database: Database, attack: str) -> None:
    with pytest.raises(IssuedIsFrozen), database.writing() as connection:
        connection.exec_driver_sql(attack)
    with database.reading() as connection:
        assert received_invoices.data(connection, 1) == DATA
    assert backup.check(database) == []


def test_bytes_changed_behind_the_trigger_are_found(database: Database) -> None:
    with database.writing() as connection:
        (trigger,) = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'received_invoice_frozen'"
        ).one()
        connection.exec_driver_sql("DROP TRIGGER received_invoice_frozen")
        connection.exec_driver_sql("UPDATE received_invoice SET data = x'00'")
        connection.exec_driver_sql(trigger)
    assert [finding.code for finding in backup.check(database)] == ["received-invoice-changed"]


def test_whom_it_is_from_may_be_corrected(database: Database) -> None:
    with database.writing() as connection:
        kept = received_invoices.load(connection, 1)
        received_invoices.assign(connection, kept)
        assert received_invoices.load(connection, 1).version == 2
