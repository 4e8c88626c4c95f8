"""Issuing one document (PDF, row, journal, search, durable) against the same statements through the raw driver.

python -m benchmarks.issue [--documents 60] [--cold 5]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.figures import Figure, environment, limit, percentile, ratio, table
from shopdesk.app import open_shop
from shopdesk.domain.documents import Line
from shopdesk.output.pdf import document as pdf
from shopdesk.store.connection import connect, copy_live
from shopdesk.usecases import documents, issuing, sample_shop
from shopdesk.usecases.shop import Shop

_WARM = 10

Statement = tuple[str, Any, bool]


def draft(shop: Shop, number: int) -> int:
    """A stored invoice of three lines for one of the sample shop's customers; gives its id."""
    lines = tuple(
        Line(text=f"Matratze {number}-{at}", quantity=Decimal(1 + at), unit_price=Decimal("129.90"))
        for at in range(3)
    )
    made = documents.start(shop, "invoice", 1 + number % 5)
    day = shop.clock.today()
    stored = documents.save_draft(shop, replace(made, lines=lines, delivery_date=day))
    assert stored.id is not None
    return stored.id


class _Recorder:
    """Keeps the statements of one transaction and the time that drawing the PDF took (ms)."""

    def __init__(self, shop: Shop) -> None:
        self.statements: list[Statement] = []
        self.rendering = 0.0
        self.rendering_processor = 0.0
        self._render = pdf.render
        event.listen(shop.database._engine, "before_cursor_execute", self._keep)
        pdf.render = self._timed

    def _keep(
        self, _connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool
    ) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            self.statements.append((statement, given, many))

    def _timed(self, *given: Any, **more: Any) -> Any:
        begin, processor = time.perf_counter(), time.thread_time()
        paper = self._render(*given, **more)
        self.rendering_processor = (time.thread_time() - processor) * 1000
        self.rendering = (time.perf_counter() - begin) * 1000
        return paper

    def stop(self) -> None:
        """Leave everything as it was."""
        pdf.render = self._render


def _replay(raw: Any, statements: list[Statement]) -> tuple[float, float]:
    """The same statements in one durable transaction (ms on the clock, ms of the processor)."""
    begin, processor = time.perf_counter(), time.thread_time()
    raw.execute("BEGIN IMMEDIATE")
    for statement, given, many in statements:
        cursor = raw.executemany(statement, given) if many else raw.execute(statement, given)
        if cursor.description:
            cursor.fetchall()
    raw.execute("COMMIT")
    return (time.perf_counter() - begin) * 1000, (time.thread_time() - processor) * 1000


def warm(folder: Path, count: int) -> list[Figure]:
    """Issue and replay by turns, on two copies of one shop."""
    shop = open_shop(str(folder / "shop.sqlite"))
    sample_shop.fill(shop)
    drafts = [draft(shop, number) for number in range(count + _WARM)]
    copy_live(Path(shop.place), folder / "copy.sqlite")
    raw = connect(folder / "copy.sqlite")
    recorder = _Recorder(shop)
    whole, saving, rendering, floor = [], [], [], []
    saving_processor, floor_processor, whole_processor = [], [], []
    try:
        for number, draft_id in enumerate(drafts):
            recorder.statements = []
            begin, processor = time.perf_counter(), time.thread_time()
            issuing.issue(shop, draft_id, send=False)
            took, worked = (time.perf_counter() - begin) * 1000, (time.thread_time() - processor) * 1000
            replayed, replayed_processor = _replay(raw, recorder.statements)
            if number >= _WARM:
                whole.append(took)
                saving.append(took - recorder.rendering)
                rendering.append(recorder.rendering_processor)
                floor.append(replayed)
                whole_processor.append(worked)
                saving_processor.append(worked - recorder.rendering_processor)
                floor_processor.append(replayed_processor)
    finally:
        recorder.stop()
        raw.close()
        shop.close()
    p50 = percentile(floor, 0.5)
    many = f"{len(recorder.statements)} statements, raw driver {p50:.1f} ms"
    best = f"best {min(rendering):.1f} ms"
    both = f"p50 {percentile(whole, 0.5):.1f}, p99 {percentile(whole, 0.99):.1f} ms"
    return [
        Figure("issue a document of 3 lines, warm: PDF and store, durable", both, many),
        Figure(
            "… processor, p50",
            f"{percentile(whole_processor, 0.5):.1f} ms, best {min(whole_processor):.1f}",
            f"raw driver {percentile(floor_processor, 0.5):.1f} ms",
        ),
        ratio("… of it the store, p50", percentile(saving, 0.5), p50, 4, digits=1),
        Figure(
            "… the store, processor, p50",
            f"{percentile(saving_processor, 0.5):.1f} ms",
            f"raw driver {percentile(floor_processor, 0.5):.1f} ms",
        ),
        limit(
            "… the store, p99", percentile(saving, 0.99), 60, f"raw driver {percentile(floor, 0.99):.1f} ms"
        ),
        limit(
            "… drawing the PDF, processor, p50",
            percentile(rendering, 0.5),
            10,
            best,
            digits=1,
        ),
    ]


def cold_once(place: str, draft_id: int, *, is_warmed: bool) -> dict[str, float]:
    """In a fresh process: open, issue the first and a second document (ms)."""
    from shopdesk.usecases import opening

    shop = open_shop(place)
    if is_warmed:
        opening.load(shop)
        opening.warm_up()
    times = []
    for number in (draft_id, draft_id + 1):
        begin = time.perf_counter()
        issuing.issue(shop, number, send=False)
        times.append((time.perf_counter() - begin) * 1000)
    shop.close()
    return {"first": times[0], "second": times[1]}


def cold(folder: Path, runs: int) -> list[Figure]:
    """The first document of a process, with and without the warming up that follows the first paint."""
    place = folder / "cold.sqlite"
    shop = open_shop(str(place))
    sample_shop.fill(shop)
    drafts = [draft(shop, number) for number in range(4 * runs)]
    shop.close()
    answers: dict[str, list[dict[str, float]]] = {"cold": [], "warmed": []}
    for run in range(runs):
        for at, kind in enumerate(answers):
            number = str(drafts[4 * run + 2 * at])
            command = [sys.executable, "-m", "benchmarks.issue", "--once", kind, str(place), number]
            done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment())
            answers[kind].append(json.loads(done.stdout))
    middle = {kind: percentile([one["first"] for one in some], 0.5) for kind, some in answers.items()}
    second = percentile([one["second"] for some in answers.values() for one in some], 0.5)
    yard = f"second document {second:.0f} ms"
    return [
        Figure("the first document of a process, nothing warm", f"{middle['cold']:.0f} ms", yard),
        Figure("… after the warming up behind the first paint", f"{middle['warmed']:.0f} ms", yard),
    ]


def measure(count: int = 60, cold_runs: int = 5) -> list[Figure]:
    """All figures of issuing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*warm(folder, count), *cold(folder, cold_runs)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure issuing.")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--cold", type=int, default=5)
    parser.add_argument("--once", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        kind, place, draft_id = given.once
        print(json.dumps(cold_once(place, int(draft_id), is_warmed=kind == "warmed")))
    else:
        print(table(measure(given.documents, given.cold)))


if __name__ == "__main__":
    main()
