"""All benchmarks, each with short settings: `python -m benchmarks [NAME …]`; `python -m benchmarks list` names them."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.every import BENCHMARKS
from benchmarks.figures import table


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
