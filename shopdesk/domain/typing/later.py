"""Until when, as people type it: a day, a time, or both: `+2`, `mo`, `14:30`, `fr 9 uhr`."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime, timedelta

from shopdesk.domain.later import Later
from shopdesk.domain.typing.dates import NO_DAYS, parse_date
from shopdesk.domain.typing.moments import moment_in, time_spans


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
    return Later(parse_date(text, now.date(), holidays))
