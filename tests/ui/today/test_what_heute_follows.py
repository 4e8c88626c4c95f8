"""Heute is read again when anything changes that its rows are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shopdesk.store import first_rows
from shopdesk.store.connection import open_for_reading
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import today
from shopdesk.usecases.shop import Shop

_SQLITE_READ = 20
_SQLITE_OK = 0
_NOT_OURS = ("sqlite_", "json_each")


def test_heute_follows_each_table_that_its_rows_are_read_from(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[str] = set()

    def noted(action: int, table: str | None, *_rest: Any) -> int:
        if action == _SQLITE_READ and table and not table.startswith(_NOT_OURS):
            read.add(table)
        return _SQLITE_OK

    def watched(path: Path | str) -> Any:
        connection = open_for_reading(path)
        connection.set_authorizer(noted)
        return connection

    monkeypatch.setattr(first_rows, "open_for_reading", watched)
    today.items(shop)
    assert "inquiry" in read
    assert read - TodayPage.watches == set()
    assert TodayPage.watches >= {"payment_reminder_stop", "shipment"}  # read only in shops that use them
