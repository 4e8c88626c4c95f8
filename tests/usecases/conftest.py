"""A shop over a real database in a folder of its own, on Monday 2026-11-23; post and keychain only keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.usecases import sample_shop, shop_settings
from shopdesk.usecases.shop import Shop


@pytest.fixture
def empty_shop(tmp_path: Path) -> Iterator[Shop]:
    """Nothing was entered yet."""
    clock = FixedClock(dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC))
    shop = Shop(
        tmp_path / "shop.sqlite", clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens Lindner"
    )
    yield shop
    shop.close()


@pytest.fixture
def open_shop(empty_shop: Shop) -> Shop:
    """The sample shop's profile and articles, no customers."""
    from shopdesk.usecases import articles

    shop_settings.save_profile(empty_shop, sample_shop.sample().profile)
    for article in sample_shop.sample().articles:
        articles.save(empty_shop, article)
    return empty_shop
