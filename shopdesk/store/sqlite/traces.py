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


def sweep(database: Database) -> bool:
    """Merge the search indexes, forget words that nothing holds any more, write the -wal back and cut it off.

    Takes seconds in a large shop. False when somebody reads at this moment, so that the -wal stays for now.
    Raises the named problems of a database.
    """
    with database.writing() as connection:
        indexes = list(connection.exec_driver_sql(_INDEXES).scalars())
        for name in indexes:
            connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('optimize')")
        words = [name for name in indexes if name.endswith("_words")]
        _forget_words(connection, words)
    return _write_back(database)


def _forget_words(connection: Any, indexes: list[str]) -> None:
    for name in indexes:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_terms USING fts5vocab(main, {name}, row)"
        )
    held = " UNION ALL ".join(f"SELECT term FROM temp.{name}_terms" for name in indexes)
    unheld = f"SELECT word FROM search_word WHERE word NOT IN ({held})"
    gone = [
        word
        for word in list(connection.exec_driver_sql(unheld).scalars())
        # the tokenizer may write a word in another way than the vocabulary
        if not any(_holds(connection, name, word) for name in indexes)
    ]
    for word in gone:
        connection.exec_driver_sql("DELETE FROM search_word WHERE word = ?", (word,))
        connection.exec_driver_sql("DELETE FROM search_sound WHERE word = ?", (word,))
    for name in indexes:
        connection.exec_driver_sql(f"DROP TABLE temp.{name}_terms")


def _holds(connection: Any, index: str, word: str) -> bool:
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
