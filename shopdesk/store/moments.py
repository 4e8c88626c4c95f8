"""How moments are stored: UTC, ISO text, so that text order is time order."""

from __future__ import annotations

import datetime as dt


def to_text(moment: dt.datetime) -> str:
    """An aware moment as UTC text with microseconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> dt.datetime:
    """The aware moment."""
    return dt.datetime.fromisoformat(text)
