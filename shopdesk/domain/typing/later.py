"""Until when, as people type it: a day, a time, or both: `+2`, `mo`, `14:30`, `fr 9 uhr`."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date, datetime, timedelta

from shopdesk.domain.later import Later
from shopdesk.domain.typing import date_words
from shopdesk.domain.typing.dates import NO_DAYS, parse_date
from shopdesk.domain.typing.moments import moment_in, shop_hour, time_spans
from shopdesk.domain.typing.wrong import TypedWrong

_DAY_AND_HOUR = re.compile(r"(?P<day>.*[^\s\d].*?),?\s+(?P<hour>2[0-3]|1\d|0?[1-9])")


def parse_later(text: str, now: datetime, holidays: Container[date] = NO_DAYS) -> Later:
    """Read a day with or without a time; a time alone is today's, or tomorrow's once it is over. Raises TypedWrong.

    `now` is the shop's own time.
    """
    moment, span = moment_in(text, now)
    if moment is not None and span is not None and not (text[: span.start] + text[span.end :]).strip():
        return Later(moment.date(), f"{moment:%H:%M}")
    for span, time in time_spans(text):
        rest = (text[: span.start] + " " + text[span.end :]).strip(" ,")
        for little in (" um", " gegen", " at", "um", "at"):
            rest = rest.removesuffix(little).strip()
        if not rest:
            return Later(now.date() if time > f"{now:%H:%M}" else now.date() + timedelta(1), time)
        return Later(parse_date(rest, now.date(), holidays), time)
    return _with_bare_hour(text, now, holidays) or Later(parse_date(text, now.date(), holidays))


def _with_bare_hour(text: str, now: datetime, holidays: Container[date]) -> Later | None:
    """“morgen 8”, “fr 15”: a day and an hour alone. “fr 27” and “dez 9” are days of a month."""
    found = _DAY_AND_HOUR.fullmatch(text.strip())
    if found is None:
        return None
    hour = shop_hour(int(found["hour"]))
    try:
        whole = parse_date(text, now.date(), holidays)
    except TypedWrong:
        whole = None
    is_weekday = found["day"].strip(".,").lower() in date_words.WEEKDAYS
    if whole is not None and whole >= now.date() and not (is_weekday and 7 <= int(found["hour"]) <= 20):
        return None
    try:
        return Later(parse_date(found["day"], now.date(), holidays), f"{hour:02}:00")
    except TypedWrong:
        return None
