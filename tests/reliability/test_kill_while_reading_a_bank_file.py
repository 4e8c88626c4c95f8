"""Killed while a bank file is taken in: all of its bookings are there, or none; the next time adds what is missing."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk.domain.long_work import LongWork
from shopdesk.usecases import bank_files
from shopdesk.usecases.opening import warm_up
from tests.reliability.kill_issuing import make_template, open_shop, quick_folder
from tests.statement_files import Booking, camt

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
BOOKINGS = 3000
STEPS = 6
"""Chunks of 500; the last step is told behind the commit's last statement, and before the commit."""


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=quick_folder()) as name:
        yield Path(name)


def _take(path: Path, opened: bank_files.OpenedFile, writing: int) -> None:
    """What the killed program does; tells each step with one byte."""
    try:

        def tell(_done: int, _all: int) -> None:
            os.write(writing, b".")

        bank_files.take(open_shop(path), opened, LongWork(tell))
    finally:
        os._exit(0)


def _stored(path: Path) -> int:
    shop = open_shop(path)
    try:
        with shop.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM bank_entry").scalar_one())
    finally:
        shop.close()


@pytest.mark.parametrize("strike_at", range(1, STEPS + 2))
def test_killed_at_any_step_all_or_nothing_is_stored(folder: Path, strike_at: int) -> None:
    path = make_template(folder / "shop.sqlite")
    warm_up()
    place = folder / "auszug.xml"
    place.write_bytes(camt([Booking(100 + at) for at in range(BOOKINGS)]))
    opened = bank_files.open_file(place)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _take(path, opened, writing)
    os.close(writing)
    seen = 0
    while seen < strike_at and (part := os.read(reading, 1)):
        seen += len(part)
    os.kill(child, signal.SIGKILL)
    os.close(reading)
    os.waitpid(child, 0)
    stored = _stored(path)
    assert stored in {0, BOOKINGS}
    if strike_at < STEPS:
        assert stored == 0
    shop = open_shop(path)
    taken = bank_files.take(shop, opened)
    assert taken.added + stored == BOOKINGS
    shop.close()
