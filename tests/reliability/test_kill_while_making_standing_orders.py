"""Killed at any statement while standing orders are made, each date has one draft or none, and at last exactly one."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from shopdesk.domain.documents import Line
from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.usecases import customers, shop_settings, standing_order_runs, standing_orders
from shopdesk.usecases.sample_shop import sample
from shopdesk.usecases.shop import Shop

if not hasattr(os, "fork"):
    pytest.skip("needs fork and SIGKILL", allow_module_level=True)

MONTHS = 5


def open_shop(path: Path, day: str) -> Shop:
    clock = FixedClock(dt.datetime.fromisoformat(f"{day}T09:00:00+00:00"))
    return Shop(path, clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens Lindner")


def killed_at(path: Path, statement: int) -> bool:
    """Make what is due in a process of its own and kill it before its n-th statement; False when it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            shop = open_shop(path, "2027-04-30")
            left = [statement]

            def count(_sql: str) -> None:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            _ = shop.database
            shop.database._driver_of(shop.database._writer).set_trace_callback(count)
            standing_order_runs.make_due(shop)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def made(path: Path) -> tuple[Counter[str], int, int]:
    """How often each date was made, how many drafts there are, and how many of them belong to a date."""
    connection = driver.connect(str(path))
    try:
        dates = connection.execute("SELECT due, document_id FROM standing_order_date").fetchall()
        drafts = {row[0] for row in connection.execute("SELECT id FROM document")}
    finally:
        connection.close()
    return Counter(due for due, _ in dates), len(drafts), len(drafts & {made_for for _, made_for in dates})


def test_no_date_is_made_twice_and_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite"
    shop = open_shop(path, "2026-11-23")
    shop_settings.save_profile(shop, sample().profile)
    customer = customers.create(shop, sample().customers[0])
    begun = standing_orders.begin(shop, customer.id)
    schedule = replace(begun.schedule, repeat=Repeat(1, RepeatUnit.MONTH, 31), starts=dt.date(2026, 12, 1))
    content = replace(begun.content, lines=(Line(text="Einlagerung {Monat}", unit_price=Decimal("24.90")),))
    standing_orders.create(shop, replace(begun, schedule=schedule, content=content))
    shop.close()
    kills = 0
    for statement in range(1, 200, 3):
        if not killed_at(path, statement):
            break
        kills += 1
        dates, drafts, belonging = made(path)
        assert drafts == belonging == sum(dates.values())
        assert set(dates.values()) <= {1}
    dates, drafts, _ = made(path)
    assert kills > 5
    assert sorted(dates) == ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
    assert drafts == MONTHS
