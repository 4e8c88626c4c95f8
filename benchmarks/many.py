"""Many invoices: so many drafts issued in one go, and the memory that thousands of them leave behind.

python -m benchmarks.many [--batch 500] [--growth 5000]
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, limit, megabytes, table
from benchmarks.issue import draft
from shopdesk.app import open_shop
from shopdesk.domain.long_work import LongWork
from shopdesk.usecases import batches, issuing, sample_shop
from shopdesk.usecases.shop import Shop

_WARM = 100
_MOST_GROWTH = 20  # MB (PERFORMANCE.md)


def _shop(folder: str) -> Shop:
    shop = open_shop(str(Path(folder) / "shop.sqlite"))
    sample_shop.fill(shop)
    return shop


def in_one_go(count: int) -> list[Figure]:
    """So many drafts through the batch, with its progress; the drafts stand before the clock starts."""
    with tempfile.TemporaryDirectory() as folder:
        shop = _shop(folder)
        for number in range(_WARM):
            issuing.issue(shop, draft(shop, number), send=False)
        drafts = [draft(shop, number) for number in range(count)]
        told: list[float] = []
        work = LongWork(lambda *_: told.append(time.perf_counter()))
        begin, processor = time.perf_counter(), time.process_time()
        result = batches.issue_many(shop, drafts, send=False, work=work)
        took, worked = time.perf_counter() - begin, time.process_time() - processor
        shop.close()
    assert len(result.issued) == count
    gap = max(later - earlier for earlier, later in zip([begin, *told], told, strict=False)) * 1000
    each = f"{worked / count * 1000:.1f} ms of processor each"
    return [
        Figure(f"{count} invoices in one go", f"{took:.1f} s", each),
        Figure("… longest time without a word of progress", f"{gap:.0f} ms", f"{len(told)} words"),
    ]


def growth(count: int) -> list[Figure]:
    """Memory (RSS) after warming up and after so many more invoices, their drafts made on the way."""
    with tempfile.TemporaryDirectory() as folder:
        shop = _shop(folder)
        marks = []
        for number in range(_WARM + count):
            if number in {_WARM, _WARM + count // 2}:
                gc.collect()
                marks.append(megabytes())
            issuing.issue(shop, draft(shop, number), send=False)
        gc.collect()
        marks.append(megabytes())
        shop.close()
    start, middle, end = marks
    yard = f"{start:.0f} MB before; first half {middle - start:+.1f}, second half {end - middle:+.1f} MB"
    return [limit(f"memory grown over {count} issued invoices", end - start, _MOST_GROWTH, yard, "MB", 1)]


def measure(batch: int = 500, growing: int = 5000) -> list[Figure]:
    """Both."""
    return [*in_one_go(batch), *growth(growing)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure many invoices.")
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--growth", type=int, default=5000)
    given = parser.parse_args()
    print(table(measure(given.batch, given.growth)))


if __name__ == "__main__":
    main()
