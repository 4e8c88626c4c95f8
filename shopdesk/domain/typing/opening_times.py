"""Opening hours as people type them: `9-12:30, 14-18`, `24.12. 9-13 Heiligabend`, `27.12.-3.1. Betriebsferien`."""

from __future__ import annotations

import datetime as dt
import re

from shopdesk.domain.messages import N_
from shopdesk.domain.opening_hours import DAY_MINUTES, Span, SpecialDays
from shopdesk.domain.typing.dates import parse_date
from shopdesk.domain.typing.wrong import TypedWrong

_CLOSED = frozenset({"geschlossen", "zu", "closed", "ruhetag", "-", "–", "—"})
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr\b|h\b)?"
_SPAN = re.compile(_TIME + r"\s*(?:-|–|—|bis|to)\s*" + _TIME + r"(?!\d|\.\d)", re.IGNORECASE)
_BETWEEN = re.compile(r"^[\s,;/+]*((und|and|u\.)\s*)?$", re.IGNORECASE)
_DATE = r"\d{1,2}\.\s?\d{1,2}\.(?:\d{4}|\d{2})?"
_DAYS = re.compile(rf"^\s*({_DATE})\s*(?:(?:-|–|—|bis|to)\s*({_DATE}))?", re.IGNORECASE)
_NO_SPANS = N_("“{text}” are no opening hours. For instance: 9-12:30, 14-18")
_NO_DAYS = N_("“{text}” is no line of special days. For instance: 24.12. 9-13 Heiligabend")


def parse_spans(text: str) -> tuple[Span, ...]:
    """The hours of a day, none when closed; an end before its start is after midnight. Raises TypedWrong."""
    plain = text.strip().rstrip(".")
    if not plain or plain.lower() in _CLOSED:
        return ()
    found, place = [], 0
    for match in _SPAN.finditer(plain):
        if not _BETWEEN.match(plain[place : match.start()]):
            raise TypedWrong(_NO_SPANS, text)
        found.append(_span(match, text))
        place = match.end()
    if not found or not re.match(r"^\s*(uhr|h)?\s*$", plain[place:], re.IGNORECASE):
        raise TypedWrong(_NO_SPANS, text)
    return tuple(sorted(found))


def _span(match: re.Match[str], text: str) -> Span:
    start, end = (_minutes(match[group], match[group + 1], text) for group in (1, 3))
    if start == DAY_MINUTES:
        raise TypedWrong(_NO_SPANS, text)
    return Span(start, end)


def _minutes(hours: str, minutes: str | None, text: str) -> int:
    value = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or value > DAY_MINUTES:
        raise TypedWrong(_NO_SPANS, text)
    return value


def written_spans(spans: tuple[Span, ...]) -> str:
    """The same as one reads it: `9:00–12:30, 14:00–18:00`."""
    return ", ".join(f"{_written(span.start)}–{_written(span.end)}" for span in spans)


def _written(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def parse_special(line: str, today: dt.date) -> SpecialDays:
    """One line of special days: a date or two, hours where it is open, a name. Raises TypedWrong."""
    days = _DAYS.match(line)
    if days is None:
        raise TypedWrong(_NO_DAYS, line)
    first = parse_date(days[1].replace(" ", ""), today)
    last = parse_date(days[2].replace(" ", ""), first) if days[2] else first
    rest = line[days.end() :].strip(" ,:;")
    spans: list[Span] = []
    while match := _SPAN.match(rest):
        spans.append(_span(match, line))
        rest = rest[match.end() :].strip(" ,:;")
    name = rest.strip(" ,:;()")
    for word in ("geschlossen", "closed"):
        if name.lower().startswith(word):
            name = name[len(word) :].strip(" ,:;()")
    return SpecialDays(first, last, name, tuple(sorted(spans)))
