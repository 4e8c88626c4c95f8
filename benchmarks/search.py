"""Search measured as people type: every keystroke of 620 hints, against LIKE in the same run.

python -m benchmarks.search [CUSTOMERS]
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from benchmarks.generate import fill
from shopdesk.domain.search import FoundType, national_digits
from shopdesk.store.database import Database
from shopdesk.store.search import find

_LIMIT = 20
_LIKE = """
    SELECT c.id FROM customer AS c
    WHERE c.given_name || ' ' || c.family_name LIKE ?1 OR c.company LIKE ?1 OR c.number LIKE ?1
       OR EXISTS (SELECT 1 FROM customer_phone AS p WHERE p.customer_id = c.id AND (p.number LIKE ?1 OR p.e164 LIKE ?1))
       OR EXISTS (SELECT 1 FROM customer_email AS e WHERE e.customer_id = c.id AND e.email LIKE ?1)
       OR EXISTS (SELECT 1 FROM customer_address AS a WHERE a.customer_id = c.id
                  AND (a.lines LIKE ?1 OR a.postal_code || ' ' || a.city LIKE ?1))
    LIMIT 20
"""
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types who has one thing in mind."""

    way: str
    text: str
    type: FoundType
    id: int


class _Typist:
    """Makes hints like people do, from rows of the shop."""

    def __init__(self, connection: Connection, seed: int) -> None:
        self._connection = connection
        self._chance = random.Random(seed)
        self._counts = {
            table: int(connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar() or 0)
            for table in ("customer", "document", "article")
        }

    def queries(self) -> list[Query]:
        ways: list[tuple[int, Callable[[], Query | None]]] = [
            (110, self._family_name), (40, self._umlaut), (80, self._full_name), (80, self._phone),
            (40, self._last_digits), (40, self._email), (30, self._street), (20, self._town_and_name),
            (20, self._company), (20, self._number), (40, self._typo), (40, self._document_number),
            (40, self._specification), (20, self._article),
        ]  # fmt: skip
        made = [query for count, way in ways for query in self._some(count, way)]
        self._chance.shuffle(made)
        return made

    @staticmethod
    def _some(count: int, way: Callable[[], Query | None]) -> Iterator[Query]:
        while count:
            query = way()
            if query is not None:
                count -= 1
                yield query

    def _row(self, sql: str, table: str = "customer") -> Any:
        return self._connection.exec_driver_sql(
            sql, (self._chance.randrange(1, self._counts[table] + 1),)
        ).first()

    def _customer(self) -> Any:
        return self._row("SELECT * FROM customer WHERE id = ?")

    def _cut(self, text: str, shortest: int) -> str:
        return text[: self._chance.randrange(min(shortest, len(text)), len(text) + 1)]

    def _family_name(self) -> Query:
        row = self._customer()
        return Query("family name", self._cut(row.family_name, 2).lower(), "customer", row.id)

    def _umlaut(self) -> Query | None:
        row = self._customer()
        name = row.family_name.lower()
        if not set(name) & set("äöüß"):
            return None
        first = min(at for at, letter in enumerate(name) if letter in "äöüß")
        typed = self._chance.choice((name, name.upper(), name.translate(_SPELLED), name.translate(_PLAIN)))
        return Query("umlaut", self._cut(typed, first + 2), "customer", row.id)

    def _full_name(self) -> Query:
        row = self._customer()
        if self._chance.random() < 0.3:
            return Query("two names", f"{row.family_name} {self._cut(row.given_name, 1)}", "customer", row.id)
        return Query("two names", f"{row.given_name} {self._cut(row.family_name, 1)}", "customer", row.id)

    def _phone_row(self) -> Any:
        return self._row("SELECT * FROM customer_phone WHERE customer_id = ? ORDER BY position DESC")

    def _phone(self) -> Query:
        row = self._phone_row()
        national = national_digits(row.e164[1:])
        typed = self._chance.choice(
            (
                row.number,
                f"0{national}",
                f"+49 {national}",
                f"0049 {national}",
                f"+49 (0) {national[:3]} {national[3:]}",
            )
        )
        return Query("phone", self._cut(typed, 8), "customer", row.customer_id)

    def _last_digits(self) -> Query:
        row = self._phone_row()
        return Query("last digits", row.e164[-self._chance.randrange(4, 6) :], "customer", row.customer_id)

    def _email(self) -> Query | None:
        row = self._row("SELECT * FROM customer_email WHERE customer_id = ?")
        return row and Query("mail", self._cut(row.email, 4), "customer", row.customer_id)

    def _street(self) -> Query:
        row = self._row("SELECT * FROM customer_address WHERE customer_id = ?")
        return Query("street", self._cut(row.lines, 6), "customer", row.customer_id)

    def _town_and_name(self) -> Query:
        row = self._row(
            "SELECT * FROM customer JOIN customer_address AS a ON a.customer_id = customer.id WHERE customer.id = ?"
        )
        return Query("town and name", f"{row.city[:6]} {row.family_name[:4]}", "customer", row.customer_id)

    def _company(self) -> Query | None:
        row = self._customer()
        return Query("company", self._cut(row.company, 6), "customer", row.id) if row.company else None

    def _number(self) -> Query:
        row = self._customer()
        typed = self._chance.choice((row.number, row.number.lower(), str(row.id), f"k{row.id}"))
        return Query("number", typed, "customer", row.id)

    def _typo(self) -> Query | None:
        row = self._customer()
        name = row.family_name.lower()
        if len(name) < 7:
            return None
        at, way = self._chance.randrange(1, len(name) - 1), self._chance.randrange(3)
        swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        left_out = name[:at] + name[at + 1 :]
        other = name[:at] + self._chance.choice("enrstia") + name[at + 1 :]
        return Query("typo", (swapped, left_out, other)[way], "customer", row.id)

    def _document_number(self) -> Query:
        row = self._row("SELECT id, number FROM document WHERE id = ?", "document")
        letter, year, running = row.number.split("-")
        typed = self._chance.choice(
            (row.number, f"{year}-{running}", f"{letter}{year}{running}", f"{year}-{int(running)}")
        )
        return Query("document number", typed, "document", row.id)

    def _specification(self) -> Query | None:
        row = self._row("SELECT id, name FROM article WHERE id = ?", "article")
        if "/" not in row.name and " x " not in row.name:
            return None
        words = row.name.split()
        typed = " ".join(words[-3:]) if "/" in row.name else " ".join(words[-8:-2])
        typed = self._chance.choice((typed, typed.lower(), typed.replace(" ", ""), typed.replace(" ", "", 1)))
        return Query("specification", typed, "article", row.id)

    def _article(self) -> Query:
        row = self._row("SELECT id, name, code FROM article WHERE id = ?", "article")
        return Query("article", self._chance.choice((row.code, row.code.lower())), "article", row.id)


def _percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def _milliseconds(times: list[float]) -> str:
    p50, p99 = _percentile(times, 0.5), _percentile(times, 0.99)
    return f"p50 {p50:.1f} p99 {p99:.1f} ms"


class _Watch:
    """Time on the clock and time of the processor: on a busy machine the second says more."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.processor: list[float] = []

    def time(self, work: Callable[[], object]) -> None:
        begin, processor = time.perf_counter(), time.thread_time()
        work()
        self.processor.append((time.thread_time() - processor) * 1000)
        self.clock.append((time.perf_counter() - begin) * 1000)

    def line(self, what: str) -> str:
        clock, processor = _milliseconds(self.clock), _milliseconds(self.processor)
        return f"{len(self.clock):5} keystrokes, {what:16} {clock}; processor {processor}"


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
    """620 hints as people give them, for rows that are there."""
    return _Typist(connection, seed).queries()


def _print_hits(connection: Connection, queries: list[Query]) -> None:
    by_way = results(connection, queries)
    print(f"{'hint':18}{'count':>6}{'in the first 20':>17}{'more than 20 match':>20}{'missed':>8}")
    for way, some in sorted(by_way.items()):
        print(f"{way:18}{len(some):6}{some.count('found'):17}{some.count('full'):20}{some.count('missed'):8}")
    every = [one for some in by_way.values() for one in some]
    like = []
    for query in (query for query in queries if query.type == "customer"):
        rows = _like(connection, query.text)
        like.append(query.id in rows or len(rows) == _LIMIT)
    print(
        f"hit rate {1 - every.count('missed') / len(every):.1%}; LIKE over customers {sum(like) / len(like):.1%}"
    )


def measure(database: Database, seed: int = 7) -> None:
    """Print the times of each keystroke, of LIKE over customers, and what was found."""
    everything, customers, scan, mistake = _Watch(), _Watch(), _Watch(), _Watch()
    with database.reading() as connection:
        queries = typed(connection, seed)
        for text in ("warm", "030 1", "a@b"):
            find(connection, text, types=("customer", "contact_person"))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        mistake.time(lambda: find(connection, "qqwrtzxv"))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        for text in _keystrokes(queries):
            everything.time(lambda text=text: find(connection, text))  # type: ignore[misc]
        people = _keystrokes([query for query in queries if query.type == "customer"])
        for text in people:
            customers.time(lambda text=text: find(connection, text, types=("customer",)))  # type: ignore[misc]
        for text in random.Random(seed).sample(people, 300):
            scan.time(lambda text=text: _like(connection, text))  # type: ignore[misc]
        print(everything.line("everything"))
        print(customers.line("customers"))
        print(scan.line("customers, LIKE"))
        ratio = _percentile(scan.processor, 0.99) / _percentile(customers.processor, 0.99)
        print(f"LIKE takes {ratio:.0f} times as long at p99")
        print(f"first typing mistake {mistake.clock[0]:.0f} ms, +{grown:.1f} MB")
        _print_hits(connection, queries)


def main() -> None:
    """Measure a shop of the given size, made for it or kept with --file."""
    parser = argparse.ArgumentParser(description="Measure the search.")
    parser.add_argument("customers", nargs="?", type=int, default=10_000)
    parser.add_argument("--file", type=Path, help="use or make this file and keep it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.file or Path(folder) / "shop.sqlite"
        is_new = not path.exists()
        with Database(path) as database:
            if is_new:
                begin = time.perf_counter()
                fill(database, given.customers)
                seconds, size = time.perf_counter() - begin, path.stat().st_size / 1e6
                print(f"{given.customers} customers made in {seconds:.0f} s, {size:.0f} MB")
            measure(database)


if __name__ == "__main__":
    main()
