"""Makes the small stored shop of today's schema: `python -m tests.store.make_stored_shop`, once per release.

Later programs must still open it (test_migrations.py), so a file of a released schema is never made again.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.store.connection import SCHEMA_VERSION
from shopdesk.usecases import sample_shop
from shopdesk.usecases.shop import Shop


def make() -> Path:
    """Fill a sample shop on a fixed day and put its file where the tests find it."""
    target = Path(__file__).with_name("released") / f"schema_{SCHEMA_VERSION:04}.sqlite"
    clock = FixedClock(dt.datetime(2026, 11, 23, 9, 30))  # noqa: DTZ001 - the shop's local time
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shop.sqlite"
        shop = Shop(path, clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens")
        sample_shop.fill(shop)
        shop.close()
        shutil.copy(path, target)
    return target


if __name__ == "__main__":
    print(make())
