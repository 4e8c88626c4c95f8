"""Public holidays where the shop is, so that `+3wt` and reminders skip them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.domain.shop_profile import ShopProfile
    from shopdesk.usecases.shop import Shop


class Holidays:
    """The public holidays of a country and region, year by year as they are asked for."""

    def __init__(self, country: str, region: str) -> None:
        self._country, self._region = country, region

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and day in _of_year(self._country, self._region, day.year)


@lru_cache(maxsize=32)
def _of_year(country: str, region: str, year: int) -> frozenset[dt.date]:
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except (KeyError, NotImplementedError):  # a country or region the library does not know: weekends only
        return frozenset()


def holidays_of(profile: ShopProfile) -> Container[dt.date]:
    """The holidays where this shop is."""
    return Holidays(profile.country, profile.region)


def holidays_at(shop: Shop) -> Container[dt.date]:
    """The holidays of the open shop."""
    from shopdesk.usecases.shop_settings import profile

    return holidays_of(profile(shop))
