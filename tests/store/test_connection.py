"""Each connection carries every setting that the measurements force."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from shopdesk.store.connection import APPLICATION_ID, SCHEMA_VERSION, connect, journal_mode, open_for_reading
from shopdesk.store.database import Database
from shopdesk.store.problems import DatabaseBusy

SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": 10000,
    "temp_store": 2,
    "secure_delete": 1,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "application_id": APPLICATION_ID,
    "user_version": SCHEMA_VERSION,
}


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_every_connection_has_the_setting(database: Database, name: str, value: object) -> None:
    plain = connect(database.path)
    first_paint = open_for_reading(database.path)
    with database.reading() as reading, database.writing() as writing:
        read = reading.exec_driver_sql(f"PRAGMA {name}").scalar_one()
        written = writing.exec_driver_sql(f"PRAGMA {name}").scalar_one()
    found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for connection in (plain, first_paint)]
    plain.close()
    first_paint.close()
    assert [*found, read, written] == [value] * 4


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 6, 23), "WAL"),
        ((3, 7, 0), "TRUNCATE"),
        ((3, 45, 1), "TRUNCATE"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 4), "WAL"),
    ],
)
def test_an_engine_with_the_wal_reset_bug_falls_back(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == mode


def test_the_pinned_engine_has_full_text_search_and_no_wal_reset_bug() -> None:
    assert journal_mode() == "WAL"
    connection = driver.connect(":memory:")
    assert connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone() == (1,)
    connection.close()


def test_first_paint_reads_rows_and_cannot_write(database: Database) -> None:
    connection = open_for_reading(database.path)
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (0,)
    with pytest.raises(driver.OperationalError):
        connection.execute("DELETE FROM document")
    connection.close()


def test_first_paint_needs_no_sqlalchemy() -> None:
    code = (
        "import sys, shopdesk.store.connection; print(sorted({'sqlalchemy', 'alembic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_locked_file_is_named_busy_after_a_bounded_wait(database: Database) -> None:
    other = connect(database.path)
    other.execute("BEGIN IMMEDIATE")
    with Database(database.path, busy_seconds=0.05) as second:
        with pytest.raises(DatabaseBusy), second.writing():
            pytest.fail("nobody else may write now")
        other.execute("ROLLBACK")
        with second.writing():
            pass
    other.close()


def test_the_path_may_hold_any_sign(tmp_path: Path) -> None:
    path = tmp_path / "Wäsche & Bett #1 100%?" / "shop.sqlite"
    Database(path).close()
    open_for_reading(path).close()
    assert [entry.name for entry in path.parent.iterdir()] == ["shop.sqlite"]
