"""Duplicate customers: the guard at entry and the review of all, in a shop where one in a hundred stands twice.

python -m benchmarks.duplicates [CUSTOMERS]
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import Figure, limit, table
from benchmarks.generate import fill
from shopdesk.domain.customers import Customer
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.store import customers as rows
from shopdesk.usecases import duplicates
from shopdesk.usecases.shop import Shop

_TYPED = 300
_NOW = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)


def measure(customers: int) -> list[Figure]:
    """The time of the guard per look, of the whole review, and how much of what was planted it found."""
    with _shop(customers) as shop:
        planted = _plant(shop, customers // 100)
        looks = list(_looks(shop, planted))
        before = time.perf_counter()
        found = {(pair.first.id, pair.second.id) for pair in duplicates.review(shop)}
        seconds = time.perf_counter() - before
        known = sum(pair in found for pair in planted) / len(planted)
    looks.sort()
    what = f"{customers:,} customers"
    return [
        Figure(f"guard, {what}, middle", f"{statistics.median(looks):.1f} ms", ""),
        limit(f"guard, {what}, 99 %", looks[int(len(looks) * 0.99) - 1], 50, "", digits=1),
        Figure(f"review, {what}", f"{seconds:.1f} s", ""),
        limit(f"review, {what}: planted pairs missed", 100 - known * 100, 1, "", unit="%", digits=1),
        Figure(f"review, {what}: pairs proposed", str(len(found)), f"{len(planted)} planted"),
    ]


@contextmanager
def _shop(customers: int) -> Iterator[Shop]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        keychain, programs = SessionKeychain(), FakeMailProgram()
        shop = Shop(Path(folder) / "shop.sqlite", FixedClock(_NOW), FakePost(), keychain, programs)
        fill(shop.database, customers, documents=0)
        yield shop
        shop.close()


def _plant(shop: Shop, count: int) -> list[tuple[int, int]]:
    """Some customers once more, with a typing mistake in the name and only one of phone, mail and address."""
    chance = random.Random(7)
    pairs = []
    with shop.writing() as connection:
        last = int(connection.exec_driver_sql("SELECT max(id) FROM customer").scalar() or 0)
        for number, customer_id in enumerate(chance.sample(range(1, last + 1), count)):
            known = rows.load(connection, customer_id)
            twin = _twin(known, chance, f"D-{number}")
            pairs.append((customer_id, rows.create(connection, twin, _NOW)))
    return pairs


def _twin(known: Customer, chance: random.Random, number: str) -> Customer:
    family = known.person.family_name
    place = chance.randrange(1, max(2, len(family)))
    mistaken = replace(
        known.person, family_name=family[:place] + family[place + 1 :] if len(family) > 5 else family
    )
    twin = replace(known, id=None, number=number, person=mistaken)
    kept = chance.choice(("phones", "emails", "address"))
    if kept != "phones":
        twin = replace(twin, phones=())
    if kept != "emails":
        twin = replace(twin, emails=())
    return twin


def _looks(shop: Shop, pairs: list[tuple[int, int]]) -> Iterator[float]:
    with shop.reading() as connection:
        typed = [rows.load(connection, second) for _first, second in pairs[:_TYPED]]
    for customer in typed:
        before = time.perf_counter()
        duplicates.look_alikes(shop, replace(customer, id=None))
        yield (time.perf_counter() - before) * 1000


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(prog="benchmarks.duplicates", description=__doc__)
    parser.add_argument("customers", nargs="?", type=int, default=100_000)
    print(table(measure(parser.parse_args().customers)))


if __name__ == "__main__":
    main()
