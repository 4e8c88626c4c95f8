"""The journal of a shop of many years: a page of it, a step of a search in it, its chain.

python -m benchmarks.journal [ENTRIES]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from benchmarks.figures import Figure, limit, median, table
from shopdesk.domain.journal import JournalFilter
from shopdesk.store import journal, journal_pages
from shopdesk.store.database import Database
from shopdesk.store.tables import journal as rows

_ZONE = ZoneInfo("Europe/Berlin")
_BEGIN = dt.datetime(2016, 1, 4, 8, tzinfo=dt.UTC)
_ACTS = (
    ("document", "issue"),
    ("customer", "save"),
    ("outbox", "mail"),
    ("follow_up", "create"),
    ("setting", "save"),
)
_AT_ONCE = 5000
_FLOOR = "SELECT * FROM journal ORDER BY id DESC LIMIT 100"


def fill(database: Database, count: int) -> None:
    """Entries of ten years by two people, chained like the program does it."""
    previous, waiting = "", []
    with database.writing() as connection:
        for number in range(1, count + 1):
            subject, action = _ACTS[4 if number % 997 == 0 else number % 4]
            row: dict[str, object] = {
                "id": number,
                "at": (_BEGIN + dt.timedelta(minutes=50 * number)).isoformat(timespec="microseconds"),
                "zone": "Europe/Berlin", "who": "Jens Lindner" if number % 3 else "Petra Lindner",
                "program_version": "1.0", "action": action, "subject": subject, "subject_id": str(number), "old": "",
                "new": json.dumps({"number": f"R-{number:06}", "sha256": "ab" * 32, "note": "x" * 100}),
                "previous_hash": previous,
            }  # fmt: skip
            previous = row["hash"] = journal.row_hash(row)
            waiting.append(row)
            if len(waiting) == _AT_ONCE or number == count:
                connection.execute(insert(rows), waiting)
                waiting = []


def measure(count: int = 100_000) -> list[Figure]:
    """What the window waits for (a page, a step of a search), and what runs aside (the chain)."""
    middle = count // 2
    asked = (
        ("the newest 100 entries", JournalFilter(), None),
        ("100 entries in the middle", JournalFilter(), middle),
        ("a kind that is rare, one step", JournalFilter(("setting",)), None),
        ("words that never occur, one step", JournalFilter(text="kommt nicht vor"), None),
        ("one day years ago", JournalFilter(first=dt.date(2017, 3, 1), last=dt.date(2017, 3, 1)), None),
    )
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "shop.sqlite") as database:
        fill(database, count)
        with database.reading() as connection:
            floor = _timed(lambda: connection.exec_driver_sql(_FLOOR).fetchall(), 9)
            plain = f"{floor:.1f} ms, 100 rows by the raw driver"
            figures = [
                limit(f"{what}, of {count:,}", _page(connection, wanted, before), 50, plain, digits=1)
                for what, wanted, before in asked
            ]
            chain = _timed(lambda: journal.verify(connection), 1)
            figures.append(Figure("the whole chain, aside", f"{chain / 1000:.1f} s", ""))
    return figures


def _page(connection: Connection, wanted: JournalFilter, before: int | None) -> float:
    return _timed(lambda: journal_pages.page(connection, wanted, _ZONE, before, 100), 9)


def _timed(work: Callable[[], object], times: int) -> float:
    """Milliseconds, the median."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return median(taken)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.journal", description=__doc__)
    parser.add_argument("entries", nargs="?", type=int, default=100_000)
    print(table(measure(parser.parse_args().entries)))


if __name__ == "__main__":
    main()
