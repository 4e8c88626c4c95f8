"""How fast a list of contacts comes in: read, looked over with duplicate check, stored; and a second time.

python -m benchmarks.imports [--rows 20000]
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import tempfile
import time
from pathlib import Path

from benchmarks import generate
from benchmarks.figures import Figure, ratio, table
from shopdesk.app import open_shop
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


def measure(rows: int = 20_000) -> list[Figure]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacts.csv"
        write(path, rows)
        begin = time.perf_counter()
        with path.open(newline="", encoding="utf-8") as stream:
            floor = sum(1 for _row in csv.reader(stream, delimiter=";")) and time.perf_counter() - begin
        shop = open_shop(str(Path(folder) / "shop.sqlite"))
        shop_settings.save_profile(shop, sample_shop.sample().profile)
        figures = []
        for name in ("first import", "the same file again"):
            seconds, plan = once(shop, path)
            total = sum(seconds)
            steps = ", ".join(
                f"{step} {part:.1f} s"
                for step, part in zip(("read", "prepare", "look over", "take in"), seconds, strict=True)
            )
            counts = ", ".join(f"{count} {action.value}" for action, count in plan.counts.items() if count)
            speed = rows / total
            shown = f"{speed:,.0f} rows/s ({steps}; {counts})"
            met = speed >= _GOAL
            figures.append(Figure(f"{name}, {rows:,} rows", shown, "", f"≥ {_GOAL:,} rows/s", met))
            figures.append(ratio("… against csv.reader alone", total, floor, 40, "s", 3))
        shop.close()
    return figures


def main() -> None:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports")
    parser.add_argument("--rows", type=int, default=20_000)
    print(table(measure(parser.parse_args().rows)))


if __name__ == "__main__":
    main()
