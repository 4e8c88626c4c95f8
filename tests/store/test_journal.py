"""The journal keeps order, time and values, and shows where it was touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, insert, select

from shopdesk.store import journal
from shopdesk.store.database import Database
from shopdesk.store.document_chain import _DOCUMENT, _FILE, _LINE, document_hash
from shopdesk.store.hashing import canonical, chained, format_of
from shopdesk.store.problems import IssuedIsFrozen
from shopdesk.store.tables import document, document_file, document_line
from shopdesk.store.tables import journal as table

SUMMER = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def write(database: Database, **new: object) -> None:
    with database.writing() as connection:
        journal.append(connection, "change", "customer", 7, None, new, SUMMER, "Jens", "1.0", "Europe/Berlin")


def test_an_entry_holds_who_when_what_and_which_program(database: Database) -> None:
    write(database, name="Десислава", city="Габрово")
    with database.reading() as connection:
        row = connection.execute(select(table)).one()
    assert row.at == "2026-07-01T10:00:00.000000+00:00"
    assert (row.zone, row.who, row.program_version) == ("Europe/Berlin", "Jens", "1.0")
    assert (row.action, row.subject, row.subject_id, row.old) == ("change", "customer", "7", "")
    assert row.new == '{"city":"Габрово","name":"Десислава"}'
    assert row.previous_hash == ""


def test_each_entry_holds_the_hash_of_the_one_before(database: Database) -> None:
    for i in range(3):
        write(database, i=i)
    with database.reading() as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).all()
        assert journal.verify(connection) == []
    assert [row.id for row in rows] == [1, 2, 3]
    assert [row.previous_hash for row in rows] == ["", rows[0].hash, rows[1].hash]


def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="aware"), database.writing() as connection:
        journal.append(connection, "a", "b", 1, None, None, dt.datetime(2026, 1, 1), "c", "d")  # noqa: DTZ001


def test_a_rolled_back_entry_leaves_no_gap(database: Database) -> None:
    write(database, a=1)
    with pytest.raises(ZeroDivisionError), database.writing() as connection:  # noqa: PT012 - the block is the promise
        journal.append(connection, "a", "b", 1, None, None, SUMMER, "c", "d")
        raise ZeroDivisionError
    write(database, a=2)
    with database.reading() as connection:
        assert journal.verify(connection) == []


def test_an_entry_off_the_chain_is_refused(database: Database) -> None:
    write(database, a=1)
    entry = dict.fromkeys([column.name for column in table.columns], "x") | {"id": 2}
    with pytest.raises(IssuedIsFrozen), database.writing() as connection:
        connection.execute(insert(table).values(entry))


@pytest.mark.parametrize("column", journal._COLUMNS[1])
def test_a_change_in_any_column_is_found(database: Database, column: str) -> None:
    for i in range(3):
        write(database, i=i)
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_frozen")
        connection.exec_driver_sql(
            f"UPDATE journal SET {column} = CASE '{column}' WHEN 'id' THEN 9 ELSE 'x' END WHERE id = 2"
        )
    with database.reading() as connection:
        assert journal.verify(connection) != []


@pytest.mark.parametrize(
    ("known", "of", "without"),
    [
        (_DOCUMENT, document, {"previous_hash", "hash"}),
        (_LINE, document_line, set()),
        (_FILE, document_file, set()),
        (journal._COLUMNS, table, {"previous_hash", "hash"}),
    ],
    ids=["document", "document_line", "document_file", "journal"],
)
def test_the_newest_format_covers_every_column(
    known: Mapping[int, tuple[str, ...]], of: Table, without: set[str]
) -> None:
    assert set(known[max(known)]) == {column.name for column in of.columns} - without


ROW = st.fixed_dictionaries(
    {
        **{name: st.one_of(st.none(), st.integers(), st.text()) for name in _DOCUMENT[1]},
    }
)


@given(row=ROW, column=st.sampled_from(_DOCUMENT[1]), other=st.one_of(st.none(), st.integers(), st.text()))
def test_two_documents_that_differ_never_share_a_hash(
    row: dict[str, object], column: str, other: object
) -> None:
    changed = {**row, column: other}
    same = canonical(row, _DOCUMENT[1]) == canonical(changed, _DOCUMENT[1])
    assert (document_hash(row, [], [], "") == document_hash(changed, [], [], "")) is same
    assert same is (row[column] == other and type(row[column]) is type(other))


def test_no_byte_moves_between_parts() -> None:
    assert chained(1, "", [b"ab", b"c"]) != chained(1, "", [b"a", b"bc"]) != chained(1, "a", [b"b", b"c"])


@pytest.mark.parametrize(
    ("text", "number"), [("1:ab", 1), ("12:ab", 12), ("ab", 0), ("", 0), ("x:ab", 0), ("1:", 0)]
)
def test_the_format_stands_in_front_of_the_hash(text: str, number: int) -> None:
    assert format_of(text) == number


def test_a_hash_over_fewer_columns_is_a_bug() -> None:
    with pytest.raises(KeyError):
        canonical({"a": 1}, ["a", "b"])
