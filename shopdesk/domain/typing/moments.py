"""Days and times of day inside a sentence: where they stand, so that the rest says what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopdesk.domain.typing import date_words


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A part of a sentence, from `start` up to `end`."""

    text: str
    start: int
    end: int


_LONG_DAYS = "|".join(sorted((name for name in date_words.WEEKDAYS if len(name) > 3), key=len, reverse=True))
# "so", "do", "sun" and "sat" are ordinary words, too: they count only where they are written as a day
_SHORT_DAYS = r"(?:mo|di|mi|fr|sa|mon|tue|tues|wed|thu|thur|thurs|fri)"
_DOUBTFUL_DAYS = r"(?:Do|So|Sat|Sun|DO|SO)"
_AHEAD = r"(?:nächste[nrs]?|naechste[nrs]?|kommende[nrs]?|diese[nrs]?|übernächste[nrs]?|next|this|coming)"
_MONTHS = "|".join(sorted(date_words.MONTHS, key=len, reverse=True)).replace("maerz", "maerz|märz")
_NUMBER = (
    r"(?:\d{1,3}|einem|einer|ein|zwei|drei|vier|fünf|fuenf|sechs|acht|zehn|a|one|two|three|four|six|ten)"
)
_PART_OF = r"(?:anfang|mitte|ende|beginning of|middle of|end of|start of)"
_UNIT = r"(?:werktagen?|arbeitstagen?|tagen?|wochen?|monaten?|working days?|days?|weeks?|months?)"
_ANY_CASE = (
    r"übermorgen|uebermorgen|day after tomorrow|tomorrow|today|heute|(?<!guten )(?<!am )morgen",
    r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4}|\d{2}(?!\d))?",
    rf"\d{{1,2}}\.\s?(?:{_MONTHS})\b\.?(?:\s\d{{4}})?",
    rf"(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?\b|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of )?(?:{_MONTHS})\b",
    rf"in {_NUMBER} {_UNIT}\b",
    r"\+\d{1,3}\s?(?:wt|w|m|t|d)?\b",
    rf"(?:{_AHEAD} )(?:woche|week)(?: (?:{_LONG_DAYS}|{_SHORT_DAYS})\b)?",
    rf"(?:{_LONG_DAYS}|{_SHORT_DAYS}) (?:{_AHEAD} )(?:woche|week)",
    r"ende der woche|end of (?:the )?week|wochenende|weekend|kw ?\d{1,2}(?: (?:mo|di|mi|do|fr|sa))?\b",
    rf"(?:{_AHEAD} )?\b(?:{_LONG_DAYS}|{_SHORT_DAYS})\b\.?(?:,? (?:den )?\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?)?",
    rf"{_PART_OF} (?:der |the )?(?:{_AHEAD} )?(?:woche|week)\b|{_PART_OF} (?:der )?kw ?\d{{1,2}}\b",
    rf"(?:{_PART_OF} (?:der )?)?\d{{1,2}}\. ?kw\b|{_PART_OF} (?:{_MONTHS})\b",
    rf"(?:{_LONG_DAYS}|{_SHORT_DAYS}|do|so),? (?:(?:den|dem|the) )?\d{{1,2}}\.(?!\s?\d)|(?<=am )\d{{1,2}}\.(?!\s?\d)",
    r"(?:(?<=am )|(?<=bis )|(?<=zum ))\d{1,2}\.\d{1,2}(?![\d.:])(?! ?uhr)",
    rf"(?:{_LONG_DAYS}|{_SHORT_DAYS}|do|so),? (?:(?:den|dem) )?\d{{1,2}}\.\d{{1,2}}(?![\d.:])(?! ?uhr)",
    r"(?:do|so)\.?,? (?:den )?\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}(?!\d))?",
    r"monatsende|ultimo|ende des monats|end of (?:the )?month",
)
_DAY = tuple(re.compile(rf"(?<![\w.])(?:{pattern})", re.IGNORECASE) for pattern in _ANY_CASE)
_DOUBTFUL = re.compile(
    rf"(?<=\S )(?<![\w.]){_DOUBTFUL_DAYS}\b\.?"
    rf"|(?:(?<=[Bb]is )|(?<=[Aa]m )|(?<=\b[Oo]n )|(?<=\b[Bb]y )|(?<={'next'} ))(?:do|so|sat|sun)\b"
)


def day_spans(sentence: str) -> Iterator[FoundSpan]:
    """All parts that may be a day, in the words of `parse_date`."""
    for pattern in (*_DAY, _DOUBTFUL):
        for found in pattern.finditer(sentence):
            yield FoundSpan(found[0].rstrip(" ,"), found.start(), found.start() + len(found[0].rstrip(" ,")))


_HALF = {
    "eins": 12, "zwei": 13, "drei": 14, "vier": 15, "fünf": 16, "fuenf": 16, "sechs": 17, "sieben": 18,
    "acht": 7, "neun": 8, "zehn": 9, "elf": 10, "zwölf": 11, "zwoelf": 11,
}  # fmt: skip
_PARTS = (
    (r"vormittags?|in the morning|früh|frueh", "12:00"),
    (r"mittags?|noon|midday", "12:00"),
    (r"nachmittags?|(?:in the |this )?afternoon", "17:00"),
    (r"feierabend|ladenschluss|abends?|tonight|(?:in the |this )?evening|close of business", "18:00"),
)
_CLOCK = re.compile(r"(?<![\w.,:])([01]?\d|2[0-3]):([0-5]\d)(?![\w:]|\.\d)(?:\s?(?:uhr|h)\b)?", re.IGNORECASE)
_HOUR_WORD = re.compile(
    r"(?<![\w.,:])([01]?\d|2[0-3])(?:[.:]([0-5]\d))?\s?(?:uhr|h)\b(?:\s?([0-5]\d)\b)?", re.IGNORECASE
)
_AM_PM = re.compile(
    r"(?<![\w.,:])(1[0-2]|[1-9])(?:[:.]([0-5]\d))?\s?(am|pm|a\.m\.|p\.m\.)(?!\w)"
    # “Härtegrad 3 am Donnerstag” is German
    r"(?!(?<=am)\s(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|mo|di|mi|do|fr|sa|so|\d{1,2}|nachmittag|"
    r"vormittag|abend|wochenende|morgen)\b)",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:um|gegen|at|around)\s([01]?\d|2[0-3])\b(?![.,:]\d|\s?(?:x|×|%|€|eur|stück|st\b|uhr|h\b|am\b|pm\b))",
    re.IGNORECASE,
)
_EARLIEST, _LATEST = 7, 20
_BARE_HOUR = re.compile(
    r",?\s(2[0-3]|1\d|0?[1-9])(?:[.:]([0-5]\d))?(?=\s*(?:$|[,;!)])|\s+(?:zurück|zurueck|an|anrufen|rufen|zurückrufen|"
    r"zurueckrufen|fertig|abholbereit|bereit|liefern|montage|da|ready|call)\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?<![\w.,:/+-])(?P<lead>(?:zwischen|zw\.|von|between|from)\s)?(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?(?:\s?uhr)?"
    r"\s?(?:-|–|bis|und|and|to)\s?(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?"
    r"(?![\d.:/-])(?P<uhr>\s?(?:uhr|h)\b)?(?!\s?(?:x|×|%|€|eur|stück|stk|st|tag|tage|woche|wochen)\b)",
    re.IGNORECASE,
)
_HALF_PAST = re.compile(rf"\bhalb\s({'|'.join(_HALF)}|1[0-2]|[1-9])\b", re.IGNORECASE)
_PART_OF_DAY = tuple((re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), time) for pattern, time in _PARTS)
_DISTANCE = re.compile(
    rf"(?<!\w)in (?:den nächsten )?({_NUMBER}|einer halben) (stunden?|std\.?|minuten?|min\.?|hours?|minutes?)(?!\w)",
    re.IGNORECASE,
)
_COUNTS = date_words.NUMBERS | {"fünf": 5}


def time_spans(sentence: str) -> Iterator[tuple[FoundSpan, str]]:
    """All parts that are a time of day, the clearest first, as HH:MM. An hour up to six is meant after noon."""
    for found in _AM_PM.finditer(sentence):
        hour = int(found[1]) % 12 + (12 if found[3].lower().startswith("p") else 0)
        yield _span(found), f"{hour:02}:{found[2] or '00'}"
    for found in _CLOCK.finditer(sentence):
        yield _span(found), f"{int(found[1]):02}:{found[2]}"
    for found in _HOUR_WORD.finditer(sentence):
        yield _span(found), f"{shop_hour(int(found[1])):02}:{found[2] or found[3] or '00'}"
    for found in _HALF_PAST.finditer(sentence):
        yield _span(found), f"{_half(found[1].lower()):02}:30"
    for found in _AT.finditer(sentence):
        yield _span(found), f"{shop_hour(int(found[1])):02}:00"
    for pattern, time in _PART_OF_DAY:
        for found in pattern.finditer(sentence):
            yield _span(found), time


def hours_behind(sentence: str, day: FoundSpan) -> tuple[FoundSpan, str] | None:
    """The bare hour behind a day: “fr 15”, “Do 9.30”. Not “Do 10 Matratzen”, nor an hour at which nobody works."""
    found = _BARE_HOUR.match(sentence, day.end)
    if found is None or not _EARLIEST <= shop_hour(int(found[1])) <= _LATEST:
        return None
    span = FoundSpan(found[0].strip(" ,"), day.end, found.end())
    return span, f"{shop_hour(int(found[1])):02}:{found[2] or '00'}"


def hours_until(sentence: str) -> tuple[FoundSpan, str] | None:
    """From when to when: “zwischen 10 und 12”, “10-12 Uhr”; the time is its end."""
    for found in _RANGE.finditer(sentence):
        if found["lead"] or found["uhr"] or ":" in found[0]:
            return _span(found), f"{shop_hour(int(found['hour'])):02}:{found['minute'] or '00'}"
    return None


def moment_in(sentence: str, now: datetime) -> tuple[datetime | None, FoundSpan | None]:
    """“in 2 Stunden”, “in a quarter of an hour”: the moment, to the minute."""
    found = _DISTANCE.search(sentence)
    if found is None:
        return None, None
    said = found[1].lower()
    if said == "einer halben":
        return now + timedelta(minutes=30), _span(found)
    count = int(said) if said.isdigit() else _COUNTS.get(said, 1)
    is_minutes = found[2].lower().startswith("min")
    return now + (timedelta(minutes=count) if is_minutes else timedelta(hours=count)), _span(found)


def shop_hour(hour: int) -> int:
    """The hour as it is meant in a shop: up to six it is after noon."""
    return hour + 12 if 1 <= hour <= 6 else hour


def _half(said: str) -> int:
    """Half four is 15:30."""
    if said.isdigit():
        return shop_hour(int(said)) - 1 if int(said) != 1 else 12
    return _HALF[said]


def _span(found: re.Match[str]) -> FoundSpan:
    return FoundSpan(found[0], found.start(), found.end())
