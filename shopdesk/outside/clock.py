"""The clock: the only place where the program asks for the time."""

from __future__ import annotations

import datetime as dt
from typing import Protocol
from zoneinfo import ZoneInfo

SHOP_ZONE = "Europe/Berlin"


class Clock(Protocol):
    """Moments are aware and in UTC; days are the shop's days."""

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        ...

    def now(self) -> dt.datetime:
        """This moment, aware, in UTC."""
        ...

    def today(self) -> dt.date:
        """The shop's date."""
        ...


class SystemClock:
    """The computer's clock, read in the shop's zone."""

    def __init__(self, zone: str = SHOP_ZONE) -> None:
        self.zone = ZoneInfo(zone)

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def today(self) -> dt.date:
        return self.now().astimezone(self.zone).date()


class FixedClock:
    """A clock that stands until it is moved; naive moments are taken as the shop's local time."""

    def __init__(self, moment: dt.datetime, zone: str = SHOP_ZONE) -> None:
        self.zone = ZoneInfo(zone)
        self.set(moment)

    def set(self, moment: dt.datetime) -> None:
        """Put the clock to this moment."""
        self._moment = (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(dt.UTC)

    def advance(self, span: dt.timedelta) -> None:
        """Let this much time pass."""
        self._moment += span

    def now(self) -> dt.datetime:
        return self._moment

    def today(self) -> dt.date:
        return self._moment.astimezone(self.zone).date()
