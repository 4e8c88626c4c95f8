"""The day a promise is due: the end of the week that was named, and never the date of a document."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date, timedelta

from shopdesk.domain.typing import date_words
from shopdesk.domain.typing.dates import parse_date
from shopdesk.domain.typing.moments import FoundSpan, day_spans
from shopdesk.domain.typing.wrong import TypedWrong

FARTHEST = timedelta(days=270)
"""A date without a year that is farther away is one of the past: 20.11. on 23 November."""
_WEEK = re.compile(
    r"(?:(?P<early>anfang|beginning of|start of)|(?P<mid>mitte|middle of)|ende|end of)? ?(?:der |the )?"
    r"(?:(?P<ahead>[a-zäöü]+) )?(?:woche|week)"
    r"|(?:(?P<early2>anfang|beginning of|start of)|(?P<mid2>mitte|middle of)|ende|end of)? ?(?:der |in )?"
    r"(?:kw ?(?P<number>\d{1,2})|(?P<number2>\d{1,2})\. ?kw)"
)
_EARLY_MONTH = re.compile(r"(?:anfang|beginning of|start of) (?P<month>[a-zäöü]+)")
_COUNTED = re.compile(r"^(?:in|\+)")
_DOCUMENT = (
    r"(?:angebot|rechnung|auftrag|bestellung|beleg|lieferschein|mahnung|gutschrift|mail|schreiben|brief|anfrage|"
    r"gespraech|anruf|termin|telefonat|quote|invoice|order|letter)s?"
)
_WEEKDAY = rf"(?:(?:{'|'.join(date_words.WEEKDAYS)})\.?,?\s+)?(?:den\s+)?"
_OF_A_DOCUMENT = re.compile(
    rf"\b(?:vom|v\.|von|seit|stand|datum|datiert|dated|from|of|since)\s*{_WEEKDAY}$"
    rf"|\b(?:wegen|zu|zum|zur|betr\.?|re|about)\s+(?:(?:der|dem|the)\s+)?{_DOCUMENT}(?:\s+[\w/-]*\d[\w/-]*)?\s*$"
)
_MRS = re.compile(r"\s+(?P<name>[^\W\d_]{3,})")
_AFTER_FRIDAY = frozenset(
    "zurück zurueck anrufen anruf rückruf rueckruf zurückrufen zurueckrufen gegen vor nach früh frueh mittag mittags "
    "vormittag nachmittag vormittags nachmittags abend abends uhr wegen bescheid bis spätestens nochmal wieder fertig "
    "abholbereit liefern geliefert bereit ruf rufen rufe und oder montiert repariert ist sind kommt den".split()
)


def promised_day(
    sentence: str, today: date, holidays: Container[date]
) -> tuple[date | None, FoundSpan | None]:
    """The longest part of the sentence that is a day; the last one where several are as long."""
    best: tuple[date | None, FoundSpan | None] = (None, None)
    for span in day_spans(sentence):
        if _is_a_documents(sentence, span) or _is_mrs(sentence, span):
            continue
        try:
            day = _due(span.text, today, holidays)
        except TypedWrong:
            continue
        if best[1] is None or len(span.text) >= len(best[1].text):
            best = (day, span)
    return best


def _due(text: str, today: date, holidays: Container[date]) -> date:
    said = " ".join(text.lower().split())
    week = _WEEK.fullmatch(said)
    if week is not None:
        return _day_of_week(week, today, holidays)
    early = _EARLY_MONTH.fullmatch(said)
    day = parse_date(f"10. {early['month']}" if early else text, today, holidays)
    if day - today > FARTHEST and not _COUNTED.match(said) and not re.search(r"\d{4}|\.\d\d$", said):
        raise TypedWrong("", text)
    return day


def _day_of_week(week: re.Match[str], today: date, holidays: Container[date]) -> date:
    """Friday of the week; its beginning is over on Tuesday evening, its middle on Wednesday."""
    number = week["number"] or week["number2"]
    ahead = week["ahead"] or "diese"
    # parse_date takes the coming week for this one, as it does the coming Friday
    said = f"kw {number}" if number else f"{'nächste' if ahead.startswith(('komm', 'com')) else ahead} woche"
    monday = parse_date(f"{said} so", today, holidays) - timedelta(6)
    if monday - today > FARTHEST:
        raise TypedWrong("", week[0])
    if week["early"] or week["early2"]:
        return monday + timedelta(1)
    if week["mid"] or week["mid2"]:
        return monday + timedelta(2)
    return max(monday + timedelta(4), today)


def _is_a_documents(sentence: str, span: FoundSpan) -> bool:
    """“Angebot vom 20.11.”: when it was written, not when anything is due."""
    ahead = sentence[: span.start].lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return _OF_A_DOCUMENT.search(ahead) is not None


def _is_mrs(sentence: str, span: FoundSpan) -> bool:
    """“Fr. Petrova” and “Fr Petrova” are a woman; behind a preposition it is Friday."""
    if span.text.lower().rstrip(".") != "fr" or re.search(
        r"(?i)\b(?:am|bis|on|by|zum)\s$", sentence[: span.start]
    ):
        return False
    behind = _MRS.match(sentence[span.end :])
    return behind is not None and behind["name"].lower() not in _AFTER_FRIDAY
