from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Seller
from shopdesk.domain.shop_profile import ShopProfile
from shopdesk.domain.typing import parse_date
from shopdesk.usecases.working_days import holidays_of


@pytest.mark.parametrize(
    ("region", "typed", "today", "day"),
    [
        ("BY", "+3wt", dt.date(2026, 12, 23), dt.date(2026, 12, 29)),
        ("BY", "+1wt", dt.date(2026, 1, 5), dt.date(2026, 1, 7)),  # Heilige Drei Könige
        ("NI", "+1wt", dt.date(2026, 1, 5), dt.date(2026, 1, 6)),
        ("", "+3wt", dt.date(2026, 11, 23), dt.date(2026, 11, 26)),
        ("no such region", "+1wt", dt.date(2026, 12, 24), dt.date(2026, 12, 25)),
    ],
)
def test_working_days_skip_the_regions_holidays(
    region: str, typed: str, today: dt.date, day: dt.date
) -> None:
    profile = replace(ShopProfile(seller=Seller(address=Address())), region=region)
    assert parse_date(typed, today, holidays_of(profile)) == day
