"""Until when something waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Later:
    """A day, and HH:MM or empty; both are the shop's own."""

    day: dt.date
    time: str = ""
