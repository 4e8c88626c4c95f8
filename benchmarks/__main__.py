"""All benchmarks, each with short settings: `python -m benchmarks [NAME …]`; `python -m benchmarks list` names them."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.figures import Figure, environment, table


def _start() -> list[Figure]:
    from benchmarks.start import measure

    return measure()


def _preview() -> list[Figure]:
    from benchmarks.preview import measure

    return measure(keys=60)


def _issue() -> list[Figure]:
    from benchmarks.issue import measure

    return measure()


def _search() -> list[Figure]:
    """The search prints lines of its own."""
    command = [sys.executable, "-m", "benchmarks.search", "10000"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment())
    return [Figure("search, 10,000 customers", line, "") for line in done.stdout.splitlines() if line]


BENCHMARKS: dict[str, tuple[str, Callable[[], list[Figure]]]] = {
    "start": ("start → first window → everything usable, against a bare window", _start),
    "preview": ("keystroke → painted preview in the editor", _preview),
    "issue": ("issue a document (PDF and store), warm and cold, against the raw driver", _issue),
    "search": ("every keystroke of 620 hints, against LIKE", _search),
}


def main() -> None:
    """Run what was asked for, or everything, and print one table each."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"list, {', '.join(BENCHMARKS)}")
    names = parser.parse_args().names
    if names == ["list"]:
        for name, (about, _run) in BENCHMARKS.items():
            print(f"{name:10}{about}")
        return
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(f"{dt.datetime.now(tz=dt.UTC).date()}, {system}, {os.cpu_count()} processors")
    for name in names or BENCHMARKS:
        about, run = BENCHMARKS[name]
        # each in a process of its own: what one leaves behind would slow the next
        with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
            figures = fresh.submit(run).result()
        print(f"\n## {name}: {about}\n\n{table(figures)}", flush=True)


if __name__ == "__main__":
    main()
