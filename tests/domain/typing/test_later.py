"""Until when, as people type it: a day, a time, or both."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from shopdesk.domain.typing.later import parse_later
from shopdesk.domain.typing.wrong import TypedWrong

NOW = dt.datetime(2026, 11, 23, 10, 50, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("typed", "day", "time"),
    [
        ("+2", "2026-11-25", ""), ("mo", "2026-11-30", ""), ("14:30", "2026-11-23", "14:30"),
        ("9:00", "2026-11-24", "09:00"), ("morgen 9 uhr", "2026-11-24", "09:00"), ("fr 14:30", "2026-11-27", "14:30"),
        ("14:30 fr", "2026-11-27", "14:30"), ("24.12.", "2026-12-24", ""), ("+1w 8:15", "2026-11-30", "08:15"),
        ("um 15 uhr", "2026-11-23", "15:00"), ("in 2 stunden", "2026-11-23", "12:50"), ("3 pm", "2026-11-23", "15:00"),
        ("tomorrow at 3 pm", "2026-11-24", "15:00"), ("heute", "2026-11-23", ""),
        ("morgen 8", "2026-11-24", "08:00"), ("fr 15", "2026-11-27", "15:00"), ("fr 3", "2026-11-27", "15:00"),
        ("24.12. 9", "2026-12-24", "09:00"), ("24.12. 15", "2026-12-24", "15:00"), ("+2 14", "2026-11-25", "14:00"),
        ("kw49 fr 8", "2026-12-04", "08:00"), ("fr 27", "2026-11-27", ""), ("di 1", "2026-12-01", ""),
        ("dez 9", "2026-12-09", ""), ("kw 5", "2027-02-01", ""), ("in 3", "2026-11-26", ""), ("15", "2026-12-15", ""),
    ],
)  # fmt: skip
def test_a_day_and_a_time_are_read(typed: str, day: str, time: str) -> None:
    found = parse_later(typed, NOW)
    assert (found.day.isoformat(), found.time) == (day, time)


@pytest.mark.parametrize("typed", ["31.2.", "bald", "25:00", "fr 14:75", "99"])
def test_what_is_none_is_refused(typed: str) -> None:
    with pytest.raises(TypedWrong):
        parse_later(typed, NOW)
