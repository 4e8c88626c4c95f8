"""P1 and P5 for a batch: killed in its middle again and again, pressed again each time, nothing is lost or double."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk.domain.long_work import LongWork
from shopdesk.usecases import batches
from shopdesk.usecases.opening import warm_up
from tests.reliability.kill_issuing import look, make_template, open_shop, quick_folder, write_draft

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
DRAFTS = 24
MOST_KILLS = 100


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=quick_folder()) as name:
        yield Path(name)


def _issue_all(path: Path, ids: list[int], writing: int) -> None:
    """What the killed program does; tells each step with one byte."""
    try:

        def tell(_done: int, _all: int) -> None:
            os.write(writing, b".")

        batches.issue_many(open_shop(path), ids, send=False, work=LongWork(tell))
    finally:
        os._exit(0)


def _killed(path: Path, ids: list[int], chance: random.Random) -> bool:
    """Let it run and strike inside one of the next documents; False when it was done before."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _issue_all(path, ids, writing)
    os.close(writing)
    steps = 0
    done_before = len(_numbers(path))
    wanted = done_before + chance.randint(1, 4)  # what is issued already is told again, one step each
    while steps < wanted and (part := os.read(reading, 1)):
        steps += len(part)
    time.sleep(chance.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.close(reading)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _numbers(path: Path) -> list[str]:
    shop = open_shop(path)
    try:
        with shop.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT number FROM document WHERE state = 'issued' ORDER BY number"
            )
            return [row[0] for row in rows]
    finally:
        shop.close()


def test_a_batch_killed_again_and_again_leaves_whole_documents_and_no_gap(folder: Path) -> None:
    path = make_template(folder / "shop.sqlite")
    warm_up()
    shop = open_shop(path)
    ids = [write_draft(shop) for _ in range(DRAFTS)]
    shop.close()
    chance, kills = random.Random(4711), 0
    while len(_numbers(path)) < DRAFTS and kills < MOST_KILLS:
        before = len(_numbers(path))
        kills += _killed(path, ids, chance)
        assert look(path, {}) == []
        assert len(_numbers(path)) >= before
    year = _numbers(path)[0].split("-")[1]
    assert _numbers(path) == [f"R-{year}-{number:04}" for number in range(1, DRAFTS + 1)]
    assert kills >= 5
