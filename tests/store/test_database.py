"""The two doors: what is committed is there, what failed is not, and the right ones are told."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from shopdesk.domain.errors import NotBuiltYet
from shopdesk.store.backup import check
from shopdesk.store.database import Database
from shopdesk.store.problems import CommitLost, DatabaseBusy, DatabaseFull, IssuedIsFrozen
from shopdesk.store.tables import document, number_counter, number_range, setting
from tests.store.stand_in import issue


def add(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute(insert(setting).values(name=name, value="1"))


def names(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(setting.c.name).order_by(setting.c.name)))


def test_what_was_written_is_there_after_opening_again(database: Database) -> None:
    add(database, "owner")
    database.close()
    with Database(database.path) as again:
        assert names(again) == ["owner"]


def test_an_error_in_the_block_rolls_everything_back(database: Database) -> None:
    heard: list[frozenset[str]] = []
    database.on_change(heard.append)
    with pytest.raises(ZeroDivisionError), database.writing() as connection:  # noqa: PT012 - the block is the promise
        connection.execute(insert(setting).values(name="half", value="1"))
        raise ZeroDivisionError
    assert names(database) == []
    assert heard == []
    add(database, "whole")
    assert names(database) == ["whole"]


def test_listeners_hear_the_touched_tables_after_the_commit(database: Database) -> None:
    heard: list[tuple[frozenset[str], list[str]]] = []
    stop = database.on_change(lambda tables: heard.append((tables, names(database))))
    with database.writing() as connection:
        connection.execute(insert(setting).values(name="a", value="1"))
        connection.execute(insert(number_range).values(name="invoice", pattern="{number}"))
        connection.execute(update(setting).values(value="2"))
        connection.execute(select(number_counter))
        connection.execute(text("DELETE FROM mail_template"))
        assert heard == []
    assert heard == [(frozenset({"setting", "number_range", "mail_template"}), ["a"])]
    stop()
    add(database, "b")
    assert len(heard) == 1


def test_a_failing_listener_does_not_look_like_a_failed_save(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[frozenset[str]] = []

    def fail(_tables: frozenset[str]) -> None:
        raise RuntimeError("a view broke")

    database.on_change(fail)
    database.on_change(heard.append)
    add(database, "a")
    assert names(database) == ["a"]
    assert heard == [frozenset({"setting"})]
    assert "a listener failed" in caplog.text


def test_reading_alone_tells_nobody(database: Database) -> None:
    heard: list[frozenset[str]] = []
    database.on_change(heard.append)
    with database.writing() as connection:
        connection.execute(select(setting))
    assert heard == []


def test_reading_refuses_to_write(database: Database) -> None:
    with pytest.raises(OperationalError), database.reading() as connection:
        connection.execute(insert(setting).values(name="a", value="1"))


def test_reading_sees_one_moment(database: Database) -> None:
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(setting)) == 0
        add(database, "later")
        assert connection.scalar(select(func.count()).select_from(setting)) == 0
    assert names(database) == ["later"]


def test_writing_inside_writing_is_a_bug(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(setting).values(name="a", value="1"))
        with pytest.raises(RuntimeError), database.writing():
            pytest.fail("never reached")
    assert names(database) == ["a"]


@pytest.mark.parametrize("statement", ["ROLLBACK", "COMMIT"])
def test_a_transaction_that_is_gone_is_never_called_saved(database: Database, statement: str) -> None:
    # what SQLite does by itself on a full disk; the driver's commit() would quietly do nothing then
    heard: list[frozenset[str]] = []
    database.on_change(heard.append)
    with pytest.raises(CommitLost), database.writing() as connection:  # noqa: PT012 - the block is the promise
        connection.execute(insert(setting).values(name="a", value="1"))
        connection.exec_driver_sql(statement)
    assert heard == []
    add(database, "b")
    assert "b" in names(database)


def test_a_broken_rule_of_a_table_fails_the_whole_block(database: Database) -> None:
    add(database, "a")
    with pytest.raises(IntegrityError), database.writing() as connection:  # noqa: PT012 - the block is the promise
        connection.execute(insert(setting).values(name="b", value="1"))
        connection.execute(insert(setting).values(name="a", value="1"))
    assert names(database) == ["a"]


def test_what_a_trigger_refuses_is_named_frozen(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(number_range).values(name="invoice", pattern="{number}"))
        connection.execute(insert(number_counter).values(range_name="invoice", year=2026, last=5))
    with pytest.raises(IssuedIsFrozen), database.writing() as connection:
        connection.execute(delete(number_counter))


def test_threads_share_one_database(database: Database) -> None:
    failures: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            for i in range(20):
                add(database, f"{worker}-{i:02}")
                names(database)
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(names(database)) == 120


def test_a_thread_that_writes_too_long_makes_the_other_busy_not_stuck(path: Path) -> None:
    started, finish = threading.Event(), threading.Event()
    with Database(path, busy_seconds=0.05) as database:

        def hold() -> None:
            with database.writing():
                started.set()
                finish.wait(10)

        thread = threading.Thread(target=hold)
        thread.start()
        started.wait(10)
        with pytest.raises(DatabaseBusy), database.writing():
            pytest.fail("never reached")
        finish.set()
        thread.join()
        add(database, "after")


def test_another_process_is_noticed_and_our_own_commits_are_not(database: Database) -> None:
    add(database, "ours")
    assert not database.foreign_changes()
    code = (
        "import sys; from shopdesk.store.database import Database; from sqlalchemy import text\n"
        "with Database(sys.argv[1]) as d, d.writing() as c:\n"
        "    c.execute(text(\"INSERT INTO setting (name, value) VALUES ('theirs', '1')\"))"
    )
    subprocess.run([sys.executable, "-c", code, str(database.path)], check=True)
    assert database.foreign_changes()
    assert not database.foreign_changes()
    assert names(database) == ["ours", "theirs"]


def test_closing_leaves_one_file(database: Database) -> None:
    add(database, "a")
    database.close()
    assert [entry.name for entry in database.path.parent.iterdir()] == ["shop.sqlite"]


@pytest.mark.parametrize(
    "url", ["postgresql://desk@server/shop", "postgresql+psycopg://server/shop", "mysql://x/y"]
)
def test_another_engine_is_named_as_not_yet_there(url: str) -> None:
    with pytest.raises(NotBuiltYet):
        Database(url)


def test_errors_hold_no_customer(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught, database.writing() as connection:
        connection.execute(
            insert(setting), [{"name": "Desislava", "value": "1"}, {"name": "Desislava", "value": "1"}]
        )
    assert "Desislava" not in str(caught.value)


def test_a_rows_text_comes_back_as_it_was(database: Database) -> None:
    for_name = "Десислава \U0001f6cf 'quoted' \\ %"
    add(database, for_name)
    assert names(database) == [for_name]


def test_two_threads_may_open_the_same_new_shop(path: Path) -> None:
    found: list[list[str]] = []

    def open_and_read() -> None:
        with Database(path) as database:
            found.append(names(database))

    threads = [threading.Thread(target=open_and_read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[]] * 4
    assert [entry.name for entry in path.parent.iterdir()] == ["shop.sqlite"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT hash FROM document WHERE chain_position = (SELECT max(chain_position) FROM document)",
        "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1",
        "SELECT * FROM document WHERE request_key = 'x'",
        "SELECT * FROM document_line WHERE document_id = 1 ORDER BY position",
        "SELECT * FROM document_file WHERE document_id IN (1, 2) ORDER BY id",
        "SELECT * FROM document WHERE kind = 'invoice' AND state = 'issued' ORDER BY sort_key DESC, id DESC LIMIT 100",
        "SELECT * FROM document WHERE kind = 'quote' ORDER BY sort_key DESC, id DESC LIMIT 100",
        "SELECT * FROM document WHERE follows_id = 1",
        "SELECT * FROM customer WHERE vat_id = 'DE1'",
        "SELECT * FROM outbox WHERE state = 'queued'",
        "SELECT * FROM turnover_year WHERE year IN (2025, 2026)",
        "SELECT * FROM turnover WHERE document_id = 1",
        "SELECT * FROM vat_id_check WHERE day = '2026-11-23' ORDER BY id",
        "SELECT * FROM vat_confirmation WHERE check_id IS NULL",
    ],
)
def test_what_every_issue_asks_is_answered_by_an_index(database: Database, statement: str) -> None:
    with database.reading() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
    # the newest journal entry is a "scan" of one row from the end
    bad = [step for step in plan if step.startswith("SCAN") and not statement.endswith("LIMIT 1")]
    assert bad == []


def test_a_full_disk_costs_patience_only(database: Database) -> None:
    heard: list[frozenset[str]] = []
    add(database, "before")
    database.on_change(heard.append)
    with database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")
    with pytest.raises(DatabaseFull), database.writing() as connection:
        connection.execute(insert(setting).values(name="big", value="x" * 1_000_000))
    assert (names(database), heard) == (["before"], [])
    with database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    add(database, "after making room")
    assert names(database) == ["after making room", "before"]


def test_a_closed_database_stays_closed(database: Database) -> None:
    database.close()
    with pytest.raises(RuntimeError), database.reading():
        pytest.fail("never reached")
    with pytest.raises(RuntimeError), database.writing():
        pytest.fail("never reached")
    assert not database.foreign_changes()
    assert [entry.name for entry in database.path.parent.iterdir()] == ["shop.sqlite"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_four_desks_give_every_number_once(path: Path) -> None:
    Database(path).close()
    children = [os.fork() or _issue_thirty(path, desk) for desk in range(4)]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    with Database(path) as database:
        assert check(database) == []
        with database.reading() as connection:
            numbers = connection.scalars(select(document.c.number).order_by(document.c.number)).all()
    assert numbers == [f"R-2026-{i:04}" for i in range(1, 121)]


def _issue_thirty(path: Path, desk: int) -> NoReturn:
    try:
        with Database(path) as database:
            for i in range(30):
                with database.writing() as connection:
                    issue(connection, f"{desk}-{i}")
        os._exit(0)
    finally:
        os._exit(1)
