"""Dates as people type them, German and English (design/UX.md, "Typing like a person").

Nothing here knows what day it is or which days are holidays: both are handed in. A date without a year is the
next such day, today included; a bare weekday is never today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, timedelta

from shopdesk.domain.messages import N_
from shopdesk.domain.typing import date_words as words
from shopdesk.domain.typing.wrong import TooLong, TypedWrong

LONGEST_TEXT = 60
FIRST_YEAR, LAST_YEAR = 1900, 2199
NO_DAYS: Container[date] = frozenset()

_NOT_A_DATE = N_("“{text}” is not a date. Try 24.12., +14, next tue or week 49.")
_NO_SUCH_DAY = N_("“{text}”: there is no such day. Please check day and month.")
_OTHER_WEEKDAY = N_("“{text}”: weekday and date do not belong together. Please correct one of them.")

_FOLD = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\u00a0": " ", "–": "-", "−": "-", "—": "-"}
)
_LEADING = re.compile(rf"{words.LEADING} (?=.)")
_WEEKDAY_AHEAD = re.compile(r"([a-z]{2,10})\.?,? (?:den |dem |the )?(?=.*[0-9])")
_COUNT = re.compile(r"(\+|-|in |vor )? ?([0-9]{1,5}|[a-z]{1,9}(?= )) ?([a-z]{1,13}(?: days?)?)?( ago)?")
_ANCHORED = re.compile(r"(.{1,24}?) (in [0-9a-z]{1,9} [a-z]{1,9}|\+ ?[0-9]{1,5} ?[a-z]{0,9})")
_WEEKDAY = re.compile(
    rf"(?:(?P<next>{words.NEXT})|(?P<over>{words.AFTER_NEXT})|(?P<this>{words.THIS})|(?P<last>{words.LAST}))? ?"
    r"(?P<day>[a-z]{2,10})\.?"
)
_WEEK_WORD = re.compile(
    rf"(?:(?P<next>{words.NEXT})|(?P<over>{words.AFTER_NEXT})|(?P<this>{words.THIS})) (?:woche|week)"
)
_WEEK_NUMBER = re.compile(r"(?:kw|woche|week|wk|w|cw) ?([0-9]{1,2})(?:[ /]([0-9]{2}|[0-9]{4}))?")
_MONTH_PART = re.compile(
    r"(anfang|beginning of|start of|mitte|mid|middle of|ende|end of) ([a-z]{3,9})\.?(?: ([0-9]{4}))?"
)
_NEXT_MONTH = re.compile(rf"{words.NEXT} (?:monat|month)")
_DAY_MONTH_WORD = re.compile(
    r"([0-9]{1,2})(?:\.|st|nd|rd|th)? ?(?:of )?([a-z]{3,9})\.?(?:,? ?'?([0-9]{4}|[0-9]{2}))?"
)
_MONTH_WORD_DAY = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:\.|st|nd|rd|th)?(?:,? '?([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2}) ?[-./, ] ?([0-9]{1,2})(?: ?[-./, ] ?([0-9]{4}|[0-9]{2})?)?")
_PACKED = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})?")
_PACKED_ISO = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2})(?:\.|st|nd|rd|th)?")


class _Impossible(ValueError):
    """Understood, but there is no such day."""


@dataclass(frozen=True, slots=True)
class _Days:
    """What the rules may ask: the day to count from, the day people live on, the days nobody works."""

    base: date
    today: date
    holidays: Container[date]


def parse_date(text: str, today: date, holidays: Container[date] = NO_DAYS) -> date:
    """Read `+7`, `+3wt`, `mo`, `nächsten di`, `kw49 fr`, `24.12.`, `2412`, `24. dez`, `ultimo`, `15` as a date.

    `nächsten di` is Tuesday of the next calendar week; working days are Monday to Friday outside `holidays`.
    Raises TypedWrong.
    """
    return _parse(text, _Days(today, today, holidays))


def parse_due(text: str, base: date, today: date, holidays: Container[date] = NO_DAYS) -> date:
    """Read a due date: counted days (`+14`, `14 Tage netto`, `ultimo`) run from `base`, the document's date.

    All other dates are read as on `today`, or as on `base` when that is later. Raises TypedWrong.
    """
    folded = re.sub(r" ?(?:netto|net|ohne abzug)$", "", _folded(text)) if len(text) <= LONGEST_TEXT else text
    counted = re.fullmatch(r"net ([0-9]{1,3})", folded)
    return _parse(f"+{counted[1]}" if counted else folded, _Days(base, max(base, today), holidays), text)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month. Raises ValueError outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_working_days(day: date, count: int, holidays: Container[date] = NO_DAYS) -> date:
    """The `count`-th working day (Monday to Friday, no holiday) after `day`. Raises ValueError if there is none."""
    for _ in range(count * 7 + 400):
        if not count:
            return day
        day += timedelta(1)
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    raise ValueError(count)


def _folded(text: str) -> str:
    return " ".join(text.lower().translate(_FOLD).split())


def _parse(text: str, days: _Days, typed: str = "") -> date:
    typed = typed or text
    if len(text.strip()) > LONGEST_TEXT:
        raise TooLong(typed)
    try:
        found = _read(_folded(text), days)
    except _OtherWeekdayError as wrong:
        raise TypedWrong(_OTHER_WEEKDAY, typed) from wrong
    except (ValueError, OverflowError) as impossible:
        raise TypedWrong(_NO_SUCH_DAY, typed) from impossible
    if found is None:
        raise TypedWrong(_NOT_A_DATE, typed)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise TypedWrong(_NO_SUCH_DAY, typed)
    return found


class _OtherWeekdayError(ValueError):
    """Friday was typed, the date is a Saturday."""


def _read(folded: str, days: _Days) -> date | None:
    folded = words.PHRASES.get(folded, folded)
    for _ in range(3):
        folded = _LEADING.sub("", folded, count=1) if _LEADING.match(folded) else folded
    for rule in _RULES:
        found = rule(folded, days)
        if found:
            return found
    return None


def _single_day(folded: str, days: _Days) -> date | None:
    distance = words.SINGLE_DAYS.get(folded)
    if distance is None:
        return None
    return (days.base if distance == 0 else days.today) + timedelta(distance)


def _period_end(folded: str, days: _Days) -> date | None:
    base = days.base
    if folded in words.MONTH_ENDS:
        return _month_end(base)
    if folded in words.NEXT_MONTH_ENDS:
        return _month_end(add_months(base, 1))
    if folded in words.YEAR_ENDS:
        return date(base.year, 12, 31)
    if folded in words.QUARTER_ENDS:
        return _month_end(date(base.year, (base.month + 2) // 3 * 3, 1))
    if _NEXT_MONTH.fullmatch(folded):
        return add_months(base.replace(day=1), 1)
    return None


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _counted(folded: str, days: _Days) -> date | None:
    """`+7`, `in zwei Wochen`, `14 Tage`, `3 days ago`; a number alone is a day of the month."""
    found = _COUNT.fullmatch(folded)
    if not found:
        return None
    ahead, number, unit, ago = (group or "" for group in found.groups())
    if not (ahead or unit) or (unit and unit not in words.UNITS):
        return None
    count = int(number) if number.isdigit() else words.NUMBERS.get(number)
    if count is None or (not unit and not ahead.strip()):
        return None
    backwards = ago or ahead.strip() in {"-", "vor"}
    return _shifted(days, -count if backwards else count, words.UNITS.get(unit, "day"))


def _shifted(days: _Days, count: int, unit: str) -> date:
    if unit == "working day":
        if not 0 <= count < 1000:
            raise _Impossible(count)
        return add_working_days(days.base, count, days.holidays)
    if unit in {"month", "year"}:
        return add_months(days.base, count * (12 if unit == "year" else 1))
    return days.base + timedelta(count * (7 if unit == "week" else 1))


def _anchored(folded: str, days: _Days) -> date | None:
    """`morgen in 2 Wochen`, `fr in einer Woche`: the second part counts from the first."""
    found = _ANCHORED.fullmatch(folded)
    anchor = found and (_single_day(found[1], days) or _weekday(found[1], days))
    if not found or not anchor:
        return None
    return _counted(found[2], _Days(anchor, days.today, days.holidays))


def _weekday(folded: str, days: _Days) -> date | None:
    found = _WEEKDAY.fullmatch(folded)
    wanted = words.WEEKDAYS.get(found["day"]) if found else None
    if not found or wanted is None:
        return None
    today = days.today
    monday = today - timedelta(today.weekday())
    if found["next"]:
        return monday + timedelta(7 + wanted)
    if found["over"]:
        return monday + timedelta(14 + wanted)
    if found["last"]:
        return today - timedelta((today.weekday() - wanted) % 7 or 7)
    return today + timedelta((wanted - today.weekday()) % 7 or 7)


def _week(folded: str, days: _Days) -> date | None:
    """`kw49`, `kw49 fr`, `fr kw49`, `next week`, `di nächste Woche`: without a weekday its first day still ahead."""
    for week, weekday in _week_and_weekday(folded):
        monday = _monday_of(week, weekday, days.today)
        if monday:
            return monday + timedelta(weekday) if weekday is not None else max(monday, days.today)
    return None


def _week_and_weekday(folded: str) -> list[tuple[str, int | None]]:
    first, _, behind = folded.partition(" ")
    ahead, _, last = folded.rpartition(" ")
    splits: list[tuple[str, int | None]] = [(folded, None)]
    if first.strip(".,") in words.WEEKDAYS:
        splits.append((_LEADING.sub("", behind, count=1), words.WEEKDAYS[first.strip(".,")]))
    if last.strip(".,") in words.WEEKDAYS:
        splits.append((ahead, words.WEEKDAYS[last.strip(".,")]))
    return splits


def _monday_of(week: str, weekday: int | None, today: date) -> date | None:
    this_monday = today - timedelta(today.weekday())
    said = _WEEK_WORD.fullmatch(week.strip())
    if said:
        return this_monday + timedelta(7 if said["next"] else 14 if said["over"] else 0)
    numbered = _WEEK_NUMBER.fullmatch(week.strip())
    if not numbered:
        return None
    if numbered[2]:
        return date.fromisocalendar(int(numbered[2]) % 100 + 2000, int(numbered[1]), 1)
    monday = date.fromisocalendar(today.isocalendar()[0], int(numbered[1]), 1)
    wanted = 6 if weekday is None else weekday
    if monday + timedelta(wanted) >= today:
        return monday
    return date.fromisocalendar(today.isocalendar()[0] + 1, int(numbered[1]), 1)


def _month_part(folded: str, days: _Days) -> date | None:
    found = _MONTH_PART.fullmatch(folded)
    month = words.MONTHS.get(found[2]) if found else None
    if not found or not month:
        return None
    years = [int(found[3])] if found[3] else [days.today.year, days.today.year + 1]
    for year in years:
        first = date(year, month, 1)
        if found[1].startswith("mi"):
            wanted = first.replace(day=15)
        elif found[1].startswith("en"):
            wanted = _month_end(first)
        else:
            wanted = first
        if found[3] or wanted >= days.today:
            return wanted
    return None


def _calendar_day(folded: str, days: _Days) -> date | None:
    """Day and month in figures or words, with a weekday ahead that has to fit."""
    ahead = _WEEKDAY_AHEAD.match(folded)
    weekday = words.WEEKDAYS.get(ahead[1]) if ahead else None
    if ahead and weekday is not None:
        folded = folded[ahead.end() :]
    found = _day_month_year(folded)
    day = (
        _dated(*found, days.today) if found else _day_of_month(folded, days) if weekday is not None else None
    )
    if not day:
        return None
    if weekday is not None and day.weekday() != weekday:
        raise _OtherWeekdayError(folded)
    return day


def _day_month_year(folded: str) -> tuple[int, int, str] | None:
    named = _DAY_MONTH_WORD.fullmatch(folded)
    if named and named[2] in words.MONTHS:
        return int(named[1]), words.MONTHS[named[2]], named[3] or ""
    named = _MONTH_WORD_DAY.fullmatch(folded)
    if named and named[1] in words.MONTHS:
        return int(named[2]), words.MONTHS[named[1]], named[3] or ""
    figures = _ISO.fullmatch(folded)
    if not figures and _PACKED_ISO.fullmatch(folded) and int(folded[2:4]) > 12:
        figures = _PACKED_ISO.fullmatch(folded)
    if figures:
        return int(figures[3]), int(figures[2]), figures[1]
    figures = _NUMBERS.fullmatch(folded) or _PACKED.fullmatch(folded)
    if figures:
        return int(figures[1]), int(figures[2]), figures[3] or ""
    return None


def _dated(day: int, month: int, year: str, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in range(today.year, today.year + 9):
        if 1 <= month <= 12 and 1 <= day <= monthrange(candidate, month)[1]:
            found = date(candidate, month, day)
            if found >= today:
                return found
    raise _Impossible(day, month)


def _day_of_month(folded: str, days: _Days) -> date | None:
    found = _DAY.fullmatch(folded)
    if not found:
        return None
    day, month = int(found[1]), days.today.replace(day=1)
    for _ in range(4):
        if 1 <= day <= monthrange(month.year, month.month)[1] and month.replace(day=day) >= days.today:
            return month.replace(day=day)
        month = add_months(month, 1)
    raise _Impossible(day)


_RULES: tuple[Callable[[str, _Days], date | None], ...] = (
    _single_day,
    _period_end,
    _counted,
    _weekday,
    _week,
    _month_part,
    _anchored,
    _calendar_day,
    _day_of_month,
)
