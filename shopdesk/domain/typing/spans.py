"""A day with its times as people type them: `mo 14:30-15:30`, `24.12. 9 Uhr 1,5 Std`, `morgen 14`, `fr ganztags`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container

from shopdesk.domain.messages import N_
from shopdesk.domain.typing.dates import NO_DAYS, parse_date
from shopdesk.domain.typing.wrong import TooLong, TypedWrong

Span = tuple[dt.datetime, dt.datetime]
"""Begin and end on the shop's calendar, without a zone."""

LONGEST_TEXT = 60
_NO_TIME = N_("“{text}”: at what time? For instance mon 14:30-15:30 or 24.12. 9 o'clock 1 h.")
_NO_SUCH_TIME = N_("“{text}”: there is no such time. Please check hours and minutes.")

_OCLOCK = r"(?:\s*(?:uhr|h|o'clock|oclock))?"
# "9.30" alone could be a day in September
_TIME = r"[0-9]{1,2}(?::[0-9]{2})?"
_DOTTED = r"[0-9]{1,2}(?:[:.][0-9]{2})?"
_START = r"(?:^|(?<=[\s,]))(?:um\s+|at\s+|von\s+|from\s+|ab\s+)?"
_ALL_DAY = re.compile(rf"{_START}(?:ganztags|ganztägig|den ganzen tag|all day)$")
_RANGE = re.compile(
    rf"{_START}(?P<begin>{_DOTTED}){_OCLOCK}\s*(?:-|bis|to|until)\s*(?P<end>{_DOTTED}){_OCLOCK}$"
)
_UNIT = r"(?P<unit>h|std\.?|stunden?|hours?|min\.?|minuten?|minutes?)"
_LONG = re.compile(
    rf"{_START}(?P<begin>{_DOTTED}){_OCLOCK},?\s+(?:für\s+|for\s+)?(?P<count>[0-9]{{1,3}}(?:[.,][0-9])?)\s*{_UNIT}$"
)
_BEGIN = re.compile(
    rf"{_START}(?P<begin>{_TIME}){_OCLOCK}$|{_START}(?P<dotted>{_DOTTED})\s*(?:uhr|h|o'clock)$"
)
_FOLD = str.maketrans({"–": "-", "−": "-", "—": "-", "\u00a0": " "})


def parse_span(
    text: str, today: dt.date, usual: dt.timedelta, holidays: Container[dt.date] = NO_DAYS
) -> Span:
    """Read day, begin and end; without an end it takes as long as `usual`, without a day it is today.

    An end before the begin is on the next day. Raises TypedWrong.
    """
    if len(text) > LONGEST_TEXT:
        raise TooLong(text)
    folded = " ".join(text.lower().translate(_FOLD).split())
    if match := _ALL_DAY.search(folded):
        begin = _on(_day(folded, match, text, today, holidays), dt.time())
        return begin, begin + dt.timedelta(days=1)
    match = _RANGE.search(folded) or _LONG.search(folded) or _BEGIN.search(folded)
    if match is None:
        raise TypedWrong(_NO_TIME, text)
    parts = match.groupdict()
    begin = _on(
        _day(folded, match, text, today, holidays), _time(parts["begin"] or parts.get("dotted") or "", text)
    )
    if parts.get("end"):
        end = _on(begin.date(), _time(parts["end"], text))
        return begin, end if end > begin else end + dt.timedelta(days=1)
    return begin, begin + (_length(parts["count"], parts["unit"], text) if parts.get("count") else usual)


def _day(
    folded: str, match: re.Match[str], text: str, today: dt.date, holidays: Container[dt.date]
) -> dt.date:
    rest = folded[: match.start()].strip(" ,")
    if not rest:
        return today
    try:
        return parse_date(rest, today, holidays)
    except TypedWrong as error:
        raise TypedWrong(error.message.id, text) from error


def _time(text: str, typed: str) -> dt.time:
    hours, _, minutes = text.replace(".", ":").partition(":")
    if int(hours) > 23 or int(minutes or 0) > 59:
        raise TypedWrong(_NO_SUCH_TIME, typed)
    return dt.time(int(hours), int(minutes or 0))


def _length(count: str, unit: str, typed: str) -> dt.timedelta:
    number = float(count.replace(",", "."))
    found = dt.timedelta(minutes=number) if unit.startswith("min") else dt.timedelta(hours=number)
    if not found:
        raise TypedWrong(_NO_SUCH_TIME, typed)
    return found


def _on(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time)
