"""Heute: what needs the owner now, and "Heute im Blick". Imports nothing heavy: it is the first page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.money import Money
from shopdesk.domain.periods import asked_for
from shopdesk.domain.today import TodayItem, ranked

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class AtAGlance:
    """Today at a glance (Heute im Blick): what went out today and what is still being worked on."""

    issued_today: int
    sum_today: Money
    drafts: int
    open_quotes: int
    open_quotes_sum: Money


def items(shop: Shop, days_ahead: int = 0) -> tuple[TodayItem, ...]:
    """The ranked list up to today (or some days ahead)."""
    from shopdesk.store import first_rows

    today = shop.clock.today()
    until = today + dt.timedelta(days=days_ahead)
    return ranked(first_rows.today_items(shop.place, until, asked_for(today), today.year), today)


def at_a_glance(shop: Shop) -> AtAGlance:
    """The figures beside the list, computed."""
    from shopdesk.store import figures
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        currency = load_profile(connection).currency
        return AtAGlance(*figures.of_the_day(connection, shop.clock.today(), currency))
