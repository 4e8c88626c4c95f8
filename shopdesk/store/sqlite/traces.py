"""Takes out of the file what deleted rows leave behind: words in the search indexes, old pages in the -wal.

`secure_delete` overwrites rows, but an index of words only marks an entry as deleted until its parts are merged, and
the vocabulary for typing mistakes never forgets by itself.
"""

# ruff: noqa: S608 - only names of our own tables are put into statements
from __future__ import annotations

from typing import Any

from shopdesk.store.connection import connect
from shopdesk.store.database import Database

_INDEXES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5(%' ORDER BY name"
_PAGES = 400


def sweep(database: Database) -> bool:
    """Merge the search indexes, forget words that nothing holds any more, write the -wal back and cut it off.

    Works in short transactions, so that the shop can be used meanwhile; takes a minute in a very large one. False when
    somebody reads at this moment, so that the -wal stays for now. Raises the named problems of a database.
    """
    with database.reading() as connection:
        indexes = list(connection.exec_driver_sql(_INDEXES).scalars())
    for name in indexes:
        _merge(database, name)
    words = [name for name in indexes if name.endswith("_words")]
    gone = _unheld(database, words)
    with database.writing() as connection:
        for word in gone:
            if not any(_holds(connection, name, word) for name in words):
                connection.exec_driver_sql("DELETE FROM search_word WHERE word = ?", (word,))
                connection.exec_driver_sql("DELETE FROM search_sound WHERE word = ?", (word,))
    return _write_back(database)


def _merge(database: Database, name: str) -> None:
    """Make one part of the whole index, some pages at a time (sqlite.org/fts5.html#the_merge_command)."""
    pages, changed = -_PAGES, 2
    while changed >= 2:  # by this SQLite says that nothing is left to merge
        with database.writing() as connection:
            before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
            connection.exec_driver_sql(f"INSERT INTO {name}({name}, rank) VALUES ('merge', {pages})")
            changed = connection.exec_driver_sql("SELECT total_changes()").scalar_one() - before
        pages = _PAGES


def _unheld(database: Database, indexes: list[str]) -> list[str]:
    """The words of the vocabulary that are in no index as they stand there."""
    connection = connect(database.path)
    try:
        for name in indexes:
            connection.execute(f"CREATE VIRTUAL TABLE temp.{name}_terms USING fts5vocab(main, {name}, row)")
        held = " UNION ALL ".join(f"SELECT term FROM temp.{name}_terms" for name in indexes)
        return [
            word for (word,) in connection.execute(f"SELECT word FROM search_word WHERE word NOT IN ({held})")
        ]
    finally:
        connection.close()


def _holds(connection: Any, index: str, word: str) -> bool:
    """Whether it is found: the tokenizer may write a word in another way than the vocabulary."""
    quoted = '"' + word.replace('"', '""') + '"'
    found = connection.exec_driver_sql(f"SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT 1", (quoted,))
    return found.first() is not None


def _write_back(database: Database) -> bool:
    connection = connect(database.path, busy_seconds=1.0)
    try:
        row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return bool(row is None or row[0] == 0)
    finally:
        connection.close()
