"""A file is whole before and after each step, and never in between."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import sqlcipher3.dbapi2 as driver
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine.reflection import Inspector

from shopdesk.store import connection as settings
from shopdesk.store import documents, schema
from shopdesk.store.backup import check
from shopdesk.store.database import Database
from shopdesk.store.problems import DatabaseBusy, UpgradeFailed
from shopdesk.store.sqlite import search
from shopdesk.store.tables import metadata
from tests.store.stand_in import issue_some

STEPS = Path(schema.__file__).with_name("migrations")
RELEASED = Path(__file__).with_name("released")
NEWEST = settings.SCHEMA_VERSION


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Pretend that the program is one step ahead; the step's statements can be set in the file given back."""
    steps = tmp_path / "migrations"
    shutil.copytree(STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    statements = tmp_path / "statements.json"
    statements.write_text('["ALTER TABLE customer ADD COLUMN shoe_size TEXT"]')
    newest = settings.SCHEMA_VERSION
    (steps / "versions" / "step_9999_next.py").write_text(
        "import json\nfrom pathlib import Path\nfrom alembic import op\n"
        f"revision = '9999'\ndown_revision = '{newest:04}'\n"
        "def upgrade():\n"
        f"    for statement in json.loads(Path({str(statements)!r}).read_text()):\n"
        "        op.get_bind().exec_driver_sql(statement)\n"
    )
    monkeypatch.setattr(schema, "_MIGRATIONS", steps)
    for module in ("schema", "database", "connection"):
        monkeypatch.setattr(f"shopdesk.store.{module}.SCHEMA_VERSION", newest + 1)
    schema.definitions_of_a_new_shop.cache_clear()
    yield statements
    schema.definitions_of_a_new_shop.cache_clear()


@pytest.fixture
def old_file(path: Path) -> Path:
    with Database(path) as database:
        issue_some(database, 3)
    return path


def contents(path: Path) -> dict[str, list[object]]:
    """All rows of the tables that no step here changes."""
    tables = ("document", "document_line", "document_file", "journal", "number_counter")
    connection = driver.connect(str(path))
    found = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    connection.close()
    return found


def inspector(path: Path) -> Inspector:
    return inspect(create_engine("sqlite://", creator=lambda: driver.connect(str(path)), module=driver))


def test_the_steps_lead_to_the_tables_of_the_program(database: Database, tmp_path: Path) -> None:
    expected = tmp_path / "expected.sqlite"
    engine = create_engine("sqlite://", creator=lambda: driver.connect(str(expected)), module=driver)
    metadata.create_all(engine)
    engine.dispose()
    migrated, wanted = inspector(database.path), inspector(expected)
    for table in sorted(metadata.tables):
        assert _columns(migrated, table) == _columns(wanted, table), table
        for kind in ("indexes", "unique_constraints", "check_constraints", "foreign_keys", "pk_constraint"):
            assert _sorted(migrated, kind, table) == _sorted(wanted, kind, table), (table, kind)


def _columns(seen: Inspector, table: str) -> list[str]:
    return [f"{c['name']} {c['type']} {c['nullable']} {c['default']}" for c in seen.get_columns(table)]


def _sorted(seen: Inspector, kind: str, table: str) -> list[str]:
    found = getattr(seen, f"get_{kind}")(table)
    return sorted(map(repr, found)) if isinstance(found, list) else [repr(found)]


def test_no_table_is_left_out_of_the_steps(database: Database) -> None:
    made = set(inspector(database.path).get_table_names())
    rest = {name for name in made - set(metadata.tables) if not name.startswith("search_")}
    assert rest == {"alembic_version"}


def test_the_steps_lead_to_the_search_index_of_the_program(database: Database) -> None:
    memory = driver.connect(":memory:")
    for statement in search.DDL:
        memory.execute(statement)
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name LIKE '%search%'"
    wanted = {name: " ".join(sql.split()) for name, sql in memory.execute(query)}
    memory.close()
    with database.reading() as connection:
        found = {name: " ".join(sql.split()) for name, sql in connection.exec_driver_sql(query)}
    assert found == wanted


def test_the_newest_step_is_the_version_in_the_header() -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    assert ScriptDirectory.from_config(config).get_heads() == [f"{settings.SCHEMA_VERSION:04}"]


def test_steps_never_import_todays_program() -> None:
    for step in STEPS.rglob("*.py"):
        text = step.read_text(encoding="utf-8")
        imported = [line for line in text.splitlines() if "import" in line and "shopdesk" in line]
        assert all("shopdesk.store.migrations" in line for line in imported), step


def test_opening_a_file_of_today_imports_no_alembic(database: Database) -> None:
    database.close()
    code = (
        "import sys; from shopdesk.store.database import Database\n"
        "Database(sys.argv[1]).close(); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(database.path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_an_older_file_is_upgraded_and_kept(old_file: Path, next_step: Path) -> None:
    before = contents(old_file)
    with Database(old_file) as database:
        assert check(database) == []
        with database.reading() as connection:
            connection.exec_driver_sql("SELECT shoe_size FROM customer")
    kept = old_file.with_name(f"shop.sqlite.before-{NEWEST}")
    assert contents(kept) == before
    assert {entry.name for entry in old_file.parent.iterdir() if entry.is_file()} == {
        "shop.sqlite",
        f"shop.sqlite.before-{NEWEST}",
        next_step.name,
    }


BAD_STEPS = {
    "a statement that fails": [
        "ALTER TABLE customer ADD COLUMN a TEXT",
        "ALTER TABLE nowhere ADD COLUMN b TEXT",
    ],
    "rows lost": ["DROP TRIGGER document_line_kept", "DELETE FROM document_line WHERE position = 1"],
    "money changed": ["DROP TRIGGER document_frozen", "UPDATE document SET gross = gross + 1 WHERE id = 1"],
    "a row points nowhere": ["INSERT INTO customer_phone (customer_id) VALUES (4711)", "DELETE FROM setting"],
    "what was issued changed": [
        "DROP TRIGGER document_frozen",
        "UPDATE document SET recipient = 'x' WHERE id = 1",
    ],
}


@pytest.mark.parametrize("step", BAD_STEPS)
def test_a_step_that_damages_leaves_the_old_file(old_file: Path, next_step: Path, step: str) -> None:
    next_step.write_text(json.dumps(BAD_STEPS[step]))
    bytes_before = old_file.read_bytes()
    with pytest.raises(UpgradeFailed):
        Database(old_file)
    assert old_file.read_bytes() == bytes_before
    assert [e.name for e in old_file.parent.iterdir() if e.name.startswith((".", "shop."))] == ["shop.sqlite"]


def test_an_upgrade_waits_for_the_other_window(old_file: Path, next_step: Path) -> None:
    other = settings.connect(old_file)
    other.execute("SELECT * FROM document").fetchall()
    with pytest.raises(DatabaseBusy):
        Database(old_file)
    other.close()
    Database(old_file).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_starts_at_the_same_time_upgrade_once(old_file: Path, next_step: Path) -> None:
    before = contents(old_file)
    children = [os.fork() or _open_in_child(old_file) for _ in range(4)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    # one that lost the race three times says that the file is busy; nothing worse
    assert set(codes) <= {0, 2}
    assert 0 in codes
    assert contents(old_file) == before
    with Database(old_file) as database:
        assert check(database) == []
    kept = [entry for entry in old_file.parent.iterdir() if ".before-" in entry.name]
    assert len(kept) == 1
    assert not list(old_file.parent.glob(".*"))


def _open_in_child(path: Path) -> NoReturn:
    try:
        Database(path).close()
        os._exit(0)
    except DatabaseBusy:
        os._exit(2)
    finally:
        os._exit(1)


def killed_at(moment: int, act: Callable[[Path], object], path: Path) -> bool:
    """Create or upgrade in a child that kills itself at its nth statement or file operation.

    Says whether it came to the end.
    """
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        return not os.WIFSIGNALED(status)
    left, raw = moment, schema._open_raw

    def count_down(*_event: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(path: Path) -> driver.Connection:
        opened = raw(path)
        opened.set_trace_callback(count_down)
        return opened

    schema._open_raw = traced
    sys.addaudithook(
        lambda event, _: count_down() if event in {"open", "os.rename", "os.link", "os.remove"} else None
    )
    try:
        act(path)
        os._exit(0)
    finally:
        os._exit(1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_kill_anywhere_in_an_upgrade_leaves_a_whole_file(
    old_file: Path, next_step: Path, tmp_path: Path
) -> None:
    next_step.write_text(
        json.dumps(["ALTER TABLE customer ADD COLUMN a TEXT", "CREATE TABLE shelf (id INTEGER PRIMARY KEY)"])
    )
    good = tmp_path / "good"
    shutil.copy(old_file, good)
    rows = contents(good)
    schema.definitions_of_a_new_shop()  # once here, not in each child
    outcomes = []
    for moment in (*range(600), 100_000):
        for leftover in list(old_file.parent.glob("*shop.sqlite*")):
            leftover.unlink()
        shutil.copy(good, old_file)
        outcomes.append((killed_at(moment, schema.upgrade, old_file), _version(old_file)))
        assert contents(old_file) == rows
        if outcomes[-1][0]:
            break
    assert set(outcomes) == {(False, NEWEST), (False, NEWEST + 1), (True, NEWEST + 1)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_kill_anywhere_while_a_shop_is_made_leaves_no_half_one(path: Path) -> None:
    outcomes: set[tuple[bool, bool]] = set()
    end = next(moment for moment in range(0, 1000, 20) if _made(moment, path, outcomes))
    for moment in (*range(0, end - 30, 25), *range(max(0, end - 30), end)):
        _made(moment, path, outcomes)
    assert outcomes == {(False, False), (False, True), (True, True)}


def _made(moment: int, path: Path, outcomes: set[tuple[bool, bool]]) -> bool:
    path.unlink(missing_ok=True)
    done = killed_at(moment, schema.create, path)
    outcomes.add((done, path.exists()))
    if path.exists():
        with Database(path) as database:
            assert check(database) == []
    return done


def _version(path: Path) -> int:
    connection = driver.connect(str(path))
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert ("shelf" in tables) == (version == NEWEST + 1)
    connection.close()
    return version


@pytest.mark.parametrize("name", sorted(entry.name for entry in RELEASED.glob("*.sqlite")))
def test_a_stored_file_of_every_released_schema_still_opens(name: str, path: Path) -> None:
    shutil.copy(RELEASED / name, path)
    with Database(path) as database:
        assert check(database) == []
        with database.reading() as connection:
            ids = connection.exec_driver_sql("SELECT id FROM document").scalars().all()
            opened = [documents.load(connection, document_id) for document_id in ids]
            files = [documents.files(connection, one.id or 0) for one in opened if one.is_issued]
    assert {one.is_issued for one in opened} == {True, False}
    assert all(file[0].data.startswith(b"%PDF") for file in files)
