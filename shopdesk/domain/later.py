"""Until when something waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Later:
    """A day, and HH:MM or empty; both are the shop's own."""

    day: dt.date
    time: str = ""

    @property
    def text(self) -> str:
        """As it is stored: text order is time order."""
        return f"{self.day.isoformat()} {self.time and self.time.zfill(len('14:30'))}".strip()

    def is_after(self, now: dt.datetime) -> bool:
        """Whether it is still to come at `now`, the shop's own time."""
        return self.text > f"{now:%Y-%m-%d %H:%M}"


def from_text(text: str) -> Later | None:
    """What `Later.text` gave; None for an empty one."""
    day, _, time = text.partition(" ")
    return Later(dt.date.fromisoformat(day), time) if day else None
