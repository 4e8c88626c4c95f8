"""How fast a list of contacts comes in: read, looked over with duplicate check, stored; and a second time.

python -m benchmarks.imports [--rows 20000] [--known 100000]
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks import generate
from benchmarks.figures import Figure, ratio, table
from shopdesk.app import open_shop
from shopdesk.store.connection import connect
from shopdesk.store.tables import customer, customer_address, customer_email, customer_phone
from shopdesk.usecases import imports, sample_shop, shop_settings
from shopdesk.usecases.shop import Shop

_GOAL = 12_000
_HEAD = ("Firma", "Vorname", "Nachname", "Straße", "PLZ", "Ort", "Telefon", "Mobil", "E-Mail", "Notiz")


def write(path: Path, rows: int) -> None:
    """Invented German customers, the same each time."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(_HEAD)
        for made in generate._customers(random.Random(3), rows):
            one, place = made[customer][0], made[customer_address][0]
            phones = [part["number"] for part in made.get(customer_phone, [])] + ["", ""]
            emails = [part["email"] for part in made.get(customer_email, [])] + [""]
            person = (one["company"], one["given_name"], one["family_name"])
            address = (place["lines"], place["postal_code"], place["city"])
            writer.writerow((*person, *address, *phones[:2], emails[0], one["note"]))


def once(shop: Shop, path: Path) -> tuple[list[float], imports.Plan]:
    """Seconds for reading, preparing, looking over, taking in."""
    moments = [time.perf_counter()]
    opened = imports.open_list(shop, path)
    moments.append(time.perf_counter())
    prepared = imports.prepare(shop, opened)
    moments.append(time.perf_counter())
    plan = imports.plan(shop, prepared)
    moments.append(time.perf_counter())
    done = imports.run(shop, plan)
    moments.append(time.perf_counter())
    return [after - before for before, after in itertools.pairwise(moments)], done.plan


def measure(rows: int = 20_000, known: int = 0) -> list[Figure]:
    """All figures; `known` customers are in the shop already."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacts.csv"
        write(path, rows)
        begin = time.perf_counter()
        with path.open(newline="", encoding="utf-8") as stream:
            floor = sum(1 for _row in csv.reader(stream, delimiter=";")) and time.perf_counter() - begin
        shop = open_shop(str(Path(folder) / "shop.sqlite"))
        shop_settings.save_profile(shop, sample_shop.sample().profile)
        if known:
            generate.fill(shop.database, known, documents=0)
        figures = []
        for name in ("first import", "the same file again"):
            before = Path(folder) / f"{name}.sqlite"
            _copy(shop, before)
            with _statements(shop) as written:
                begin = time.process_time()
                seconds, plan = once(shop, path)
                processor = time.process_time() - begin
            figures += _figures(name, seconds, processor, plan, floor)
            if written:
                figures.append(_driver(rows, before, written))
        shop.close()
    return figures


def _figures(
    name: str, seconds: list[float], processor: float, plan: imports.Plan, floor: float
) -> list[Figure]:
    rows, total = len(plan.rows), sum(seconds)
    steps = ", ".join(
        f"{step} {part:.1f} s"
        for step, part in zip(("read", "prepare", "look over", "take in"), seconds, strict=True)
    )
    counts = ", ".join(f"{count:,} {action.value}" for action, count in plan.counts.items() if count)
    shown = f"{rows / total:,.0f} rows/s ({steps}; {counts})"
    return [
        Figure(f"{name}, {rows:,} rows", shown, "", f"≥ {_GOAL:,} rows/s", rows / total >= _GOAL),
        Figure("… by processor time", f"{rows / processor:,.0f} rows/s", "without the worker that reads"),
        ratio("… against csv.reader alone", total, floor, 40, "s", 3),
    ]


def _copy(shop: Shop, place: Path) -> None:
    connection = connect(shop.database.path)
    connection.execute("VACUUM INTO ?", (str(place),))
    connection.close()


@contextmanager
def _statements(shop: Shop) -> Iterator[list[tuple[str, Any, bool]]]:
    """What is written meanwhile: (statement, parameters, many)."""
    written: list[tuple[str, Any, bool]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
            written.append((statement, parameters, many))

    engine = shop.database._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _driver(rows: int, copy: Path, written: list[tuple[str, Any, bool]]) -> Figure:
    """The floor: the same statements with the same rows, ready made, through the bare driver."""
    connection = connect(copy)
    begin, begun = time.perf_counter(), time.process_time()
    connection.execute("BEGIN IMMEDIATE")
    for statement, parameters, many in written:
        (connection.executemany if many else connection.execute)(statement, parameters)
    connection.execute("COMMIT")
    seconds, processor = time.perf_counter() - begin, time.process_time() - begun
    connection.close()
    shown = f"{rows / seconds:,.0f} rows/s; by processor time {rows / processor:,.0f}"
    return Figure("… the bare driver writing the same rows and index", shown, f"{len(written):,} statements")


def main() -> None:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--known", type=int, default=0, help="customers that are in the shop already")
    given = parser.parse_args()
    print(table(measure(given.rows, given.known)))


if __name__ == "__main__":
    main()
