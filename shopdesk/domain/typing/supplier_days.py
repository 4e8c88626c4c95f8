"""How suppliers name a day: `Woche 50`, `KW 50/51`, `8-10 Wochen`. Of several weeks or days the last one is meant."""

from __future__ import annotations

import re

_WORD = r"(?:kw|kalenderwoche|calendar week|week|woche|w)"
_TO = r"\s*(?:-|–|/|bis|oder|to|or)\s*"
_WEEK = rf"(?:{_WORD}\.?\s?(?P<number>\d{{1,2}})|(?P<before>\d{{1,2}})\.\s?{_WORD})"
_WEEKS = re.compile(
    rf"(?<![\w.]){_WORD}\.?\s?(?P<first>\d{{1,2}})\.?{_TO}(?:{_WORD}\.?\s?)?(?P<last>\d{{1,2}})(?![\d.])"
    rf"|(?<![\w.])(?P<first2>\d{{1,2}})\.?{_TO}(?P<last2>\d{{1,2}})\.\s?{_WORD}(?!\w)",
    re.IGNORECASE,
)
_ONE_WEEK = re.compile(rf"(?<![\w.]){_WEEK}(?:\s?/\s?\d{{2,4}})?(?!\w)", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:\b(?:in|innerhalb von|within|lieferzeit:?|ca\.|etwa|about)\s*)*"
    rf"(?<![\w.])(?:\d{{1,3}}{_TO})?(?P<count>\d{{1,3}})"
    r"\s?(?P<unit>(?:arbeits|werk)?tagen?|(?:working |business )?days?|wochen?|weeks?|monaten?|months?)\b",
    re.IGNORECASE,
)
_MOST_WEEKS = 6
"""A second number that far behind the first is a year: KW 50/26."""


def said_simply(text: str) -> str:
    """The same day in words that every field for a date knows; what is no such word is left as it is."""
    told = _WEEKS.sub(_last_week, text)
    told = _ONE_WEEK.sub(lambda found: f"KW {found['number'] or found['before']}", told)
    return _COUNTED.sub(lambda found: f"in {found['count']} {found['unit']}", told)


def _last_week(found: re.Match[str]) -> str:
    first, last = int(found["first"] or found["first2"]), int(found["last"] or found["last2"])
    weeks = last - first if last > first else last + 53 - first
    return f"KW {last if 0 < weeks <= _MOST_WEEKS else first}"
