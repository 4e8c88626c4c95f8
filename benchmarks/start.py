"""The program's start against a bare QMainWindow in the same interpreter, alternating, in the same run.

python -m benchmarks.start [--customers 10000] [--pairs 9] [--screen xvfb|offscreen]
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import shopdesk
from benchmarks.figures import Figure, calm, environment, limit, median, ratio, table
from benchmarks.generate import fill
from shopdesk.app import open_shop
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.usecases import follow_ups, shop_settings
from shopdesk.usecases.sample_shop import sample

_FOLLOW_UPS = 12

Run = dict[str, Any]


def make_shop(path: Path, customers: int) -> None:
    """A shop with its own data; with customers also three documents for each and a list of things to do today."""
    shop = open_shop(str(path))
    if customers:
        fill(shop.database, customers)
    shop_settings.save_profile(shop, sample().profile)
    for number in range(1, min(customers, _FOLLOW_UPS) + 1):
        follow_ups.create(shop, FollowUp(shop.clock.today(), f"Nachfragen {number}", number))
    shop.close()


def start(kind: str, home: Path, database: Path | None = None) -> Run:
    """One start in a process of its own; raises RuntimeError when it fails."""
    command = [sys.executable, "-m", "benchmarks.start_child", kind, str(time.monotonic_ns())]
    folders = {"XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}
    done = subprocess.run(
        [*command, *([str(database)] if database else [])],
        capture_output=True, text=True, timeout=120, check=False, env=environment(**folders),
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    answer: Run = json.loads(done.stdout.splitlines()[-1])
    return answer


def compare(database: Path, home: Path, pairs: int, name: str) -> tuple[list[float], list[Figure]]:
    """Bare window and shop by turns; the first pair only warms the file cache."""
    bare, rows, shop = [], [], []
    for number in range(pairs + 1):
        bare.append(start("bare", home))
        rows.append(start("rows", home))
        shop.append(start("shop", home, database))
        if not number:
            bare, rows, shop = [], [], []
    return [run["first"] for run in bare], _figures(bare, rows, shop, name)


def _figures(bare: list[Run], rows: list[Run], shop: list[Run], name: str) -> list[Figure]:
    def floor(key: str) -> float:
        return median([run[key] for run in bare])

    def own(key: str) -> float:
        return median([run[key] for run in shop])

    smallest = median([run["first_cpu"] for run in rows])
    figures = [
        ratio(f"start → first window, {name}", own("first"), floor("first"), 1.6),
        ratio("… processor time", own("first_cpu"), floor("first_cpu"), 1.6),
        Figure(
            "… against the smallest window with painted rows, processor time",
            f"{own('first_cpu') / smallest:.2f} ×",
            f"{smallest:.0f} ms, {smallest / floor('first_cpu'):.2f} × the bare window",
        ),
        ratio("start → lists, search and pages usable", own("loaded"), floor("first"), 3.5),
        ratio("… processor time", own("loaded_cpu"), floor("first_cpu"), 3.5),
        ratio("start → everything warm, PDF and mail too", own("usable"), floor("first"), 3.5),
        ratio("… processor time", own("usable_cpu"), floor("first_cpu"), 3.5),
        limit("worst gap of the window meanwhile", own("gap"), 50, f"bare window {floor('gap'):.0f} ms"),
        ratio("memory at first window", own("first_memory"), floor("first_memory"), 1.4, "MB"),
    ]
    if all("worked_memory" in run for run in shop):
        worked = own("worked_memory")
        figures.append(ratio("memory after search, customer, PDF", worked, floor("first_memory"), 2.6, "MB"))
    return figures


@contextmanager
def screen(name: str) -> Iterator[str]:
    """Where windows are painted meanwhile: "offscreen", or an X server without a screen ("xvfb")."""
    before = {key: os.environ.get(key) for key in ("QT_QPA_PLATFORM", "DISPLAY")}
    server = None
    if name == "xvfb":
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as stream:
            os.environ |= {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{stream.readline().strip()}"}
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        yield name
    finally:
        if server is not None:
            server.send_signal(signal.SIGTERM)
            server.wait()
        for key, value in before.items():
            os.environ.pop(key, None)
            if value is not None:
                os.environ[key] = value


def screens() -> tuple[str, ...]:
    """The ways to paint there are here."""
    return ("offscreen", "xvfb") if shutil.which("Xvfb") else ("offscreen",)


def measure(customers: int = 10_000, pairs: int = 9, where: tuple[str, ...] = ()) -> list[Figure]:
    """Figures of an empty and of a filled shop, on each screen."""
    # without compiled modules a start takes 2.4 times as long
    compileall.compile_dir(str(Path(shopdesk.__file__).parent), quiet=1)
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shops = {
            f"{size:,} customers" if size else "empty shop": home / f"{size}.sqlite"
            for size in (0, customers)
        }
        for (name, path), size in zip(shops.items(), (0, customers), strict=True):
            make_shop(path, size)
            for place in where or screens():
                if not size and place != "offscreen":
                    continue
                with screen(place):
                    title = f"{name}, {place}"
                    figures += calm(lambda path=path, title=title: compare(path, home, pairs, title))  # type: ignore[misc]
    return figures


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the start.")
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--screen", choices=screens(), action="append")
    given = parser.parse_args()
    print(table(measure(given.customers, given.pairs, tuple(given.screen or ()))))


if __name__ == "__main__":
    main()
