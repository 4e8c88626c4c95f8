"""Search measured as people type: every keystroke of some 700 hints, against LIKE in the same run.

python -m benchmarks.search [CUSTOMERS] [--documents N] [--entries N] [--file KEPT]
"""

from __future__ import annotations

import argparse
import gc
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Connection

from benchmarks.figures import Figure, megabytes, percentile, table
from benchmarks.generate import fill
from benchmarks.search_hints import Query, Typist
from shopdesk.domain.search import FoundType
from shopdesk.store.database import Database
from shopdesk.store.search import find

_LIMIT = 20
_PEOPLE: tuple[FoundType, ...] = ("customer", "contact_person")
_SCANS = 100
_LIKE = """
    SELECT c.id FROM customer AS c
    WHERE c.given_name || ' ' || c.family_name LIKE ?1 OR c.company LIKE ?1 OR c.number LIKE ?1
       OR EXISTS (SELECT 1 FROM customer_phone AS p WHERE p.customer_id = c.id AND (p.number LIKE ?1 OR p.e164 LIKE ?1))
       OR EXISTS (SELECT 1 FROM customer_email AS e WHERE e.customer_id = c.id AND e.email LIKE ?1)
       OR EXISTS (SELECT 1 FROM customer_address AS a WHERE a.customer_id = c.id
                  AND (a.lines LIKE ?1 OR a.postal_code || ' ' || a.city LIKE ?1))
    LIMIT 20
"""


class _Watch:
    """Time on the clock and time of the processor: on a busy machine the second says more."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.processor: list[float] = []
        self.what: list[str] = []

    def time(self, what: str, work: Callable[[], object]) -> None:
        """Do the work once, by both clocks, in milliseconds."""
        begin, processor = time.perf_counter(), time.thread_time()
        work()
        self.processor.append((time.thread_time() - processor) * 1000)
        self.clock.append((time.perf_counter() - begin) * 1000)
        self.what.append(what)

    def shown(self) -> str:
        """Middle and p99 of both."""
        clock, processor = _shown(self.clock), _shown(self.processor)
        return f"p50 / p99 {clock} ms (processor {processor}), {len(self.clock):,} keystrokes"

    def slowest(self, count: int) -> list[str]:
        """The keystrokes that took the processor longest, for whoever mends it."""
        ordered = sorted(zip(self.processor, self.what, strict=True), reverse=True)
        return [f"{took:6.1f} ms  {what}" for took, what in ordered[:count]]


def _shown(times: Sequence[float]) -> str:
    return f"{percentile(times, 0.5):.1f} / {percentile(times, 0.99):.1f}"


def _keystrokes(queries: list[Query]) -> list[str]:
    return [query.text[:length] for query in queries for length in range(1, len(query.text) + 1)]


def _like(connection: Connection, typed: str) -> list[int]:
    return list(connection.exec_driver_sql(_LIKE, (f"%{typed}%",)).scalars())


def results(connection: Connection, queries: list[Query]) -> dict[str, list[str]]:
    """For each way of asking: "found" among the first hits, "full" when more than fit match, else "missed"."""
    by_way: dict[str, list[str]] = defaultdict(list)
    for query in queries:
        hits = find(connection, query.text, _LIMIT)
        there = any((one.type, one.id) == (query.type, query.id) for one in hits)
        by_way[query.way].append("found" if there else "full" if len(hits) == _LIMIT else "missed")
    return by_way


def typed(connection: Connection, seed: int = 7) -> list[Query]:
    """Some 700 hints as people give them, for rows that are there."""
    return Typist(connection, seed).queries()


def _hits(connection: Connection, queries: list[Query]) -> list[Figure]:
    by_way = results(connection, queries)
    every = [one for some in by_way.values() for one in some]
    rate = 1 - every.count("missed") / len(every)
    people = [query for query in queries if query.type == "customer"]
    seen = [_like(connection, query.text) for query in people[:_SCANS]]
    like = sum(
        query.id in rows or len(rows) == _LIMIT for query, rows in zip(people, seen, strict=False)
    ) / len(seen)
    figures = [
        Figure(
            f"found, of {len(every)} hints",
            f"{rate:.1%}",
            f"LIKE over customers {like:.0%}",
            "≥ 99 %",
            rate >= 0.99,
        )
    ]
    for way, some in sorted(by_way.items()):
        share = 1 - some.count("missed") / len(some)
        told = f"{some.count('found')} found, {some.count('full')} of more than {_LIMIT} that fit, of {len(some)}"
        figures.append(Figure(f"… {way}", told, "", "≥ 95 %", share >= 0.95))
    return figures


def measure(database: Database, seed: int = 7, *, slowest: int = 0) -> list[Figure]:
    """The time of each keystroke, of LIKE over customers, the memory, and what was found."""
    everything, people, scan = _Watch(), _Watch(), _Watch()
    with database.reading() as connection:
        queries = typed(connection, seed)
        strokes = _keystrokes(queries)
        names = _keystrokes([query for query in queries if query.type == "customer"])
        for text in ("warm", "030 1", "a@b"):
            find(connection, text)
        # the program's own lists are frozen, too (decision 0011)
        gc.collect()
        gc.freeze()
        before = megabytes()
        mistake = time.perf_counter()
        find(connection, "qqwrtzxv")
        mistake = (time.perf_counter() - mistake) * 1000
        for text in strokes:
            everything.time(text, lambda text=text: find(connection, text))  # type: ignore[misc]
        for text in names:
            people.time(text, lambda text=text: find(connection, text, types=_PEOPLE))  # type: ignore[misc]
        grown = megabytes() - before
        for text in random.Random(seed).sample(names, _SCANS):
            scan.time(text, lambda text=text: _like(connection, text))  # type: ignore[misc]
        for line in everything.slowest(slowest) + people.slowest(slowest):
            print(line)
        return [
            _goal("keystroke over customers and contact persons", people, 8, f"LIKE {scan.shown()}"),
            _goal("keystroke over everything", everything, 20, ""),
            Figure("memory grown by searching", f"{grown:+.1f} MB", "", "< 20 MB", grown < 20),
            Figure("first typing mistake", f"{mistake:.0f} ms", ""),
            *_hits(connection, queries),
        ]


def _goal(what: str, watch: _Watch, goal: float, yardstick: str) -> Figure:
    is_met = percentile(watch.clock, 0.99) <= goal
    return Figure(what, watch.shown(), yardstick, f"p99 ≤ {goal:g} ms", is_met)


def _made(path: Path, given: argparse.Namespace) -> Database:
    is_new = not path.exists()
    database = Database(path)
    if is_new:
        begin = time.perf_counter()
        fill(database, given.customers, given.documents, 2000, entries=given.entries)
        print(f"made in {time.perf_counter() - begin:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
    return database


def main() -> None:
    """Measure a shop of the given size, made for it or kept with --file."""
    parser = argparse.ArgumentParser(description="Measure the search.")
    parser.add_argument("customers", nargs="?", type=int, default=10_000)
    parser.add_argument("--documents", type=int, help="three for each customer unless given")
    parser.add_argument("--entries", type=int, default=0, help="of the timeline")
    parser.add_argument("--file", type=Path, help="use or make this file and keep it")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--slowest", type=int, default=0, help="print so many keystrokes that took longest")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        database = stack.enter_context(_made(given.file or Path(folder) / "shop.sqlite", given))
        print(table(measure(database, given.seed, slowest=given.slowest)))


if __name__ == "__main__":
    main()
