from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.typing import TooLong, TypedWrong, add_months, add_working_days, parse_date, parse_due

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)

AS_PROMISED = [
    ("heute", "2026-11-23"),
    ("+7", "2026-11-30"),
    ("+2w", "2026-12-07"),
    ("+1m", "2026-12-23"),
    ("+3wt", "2026-11-26"),
    ("mo", "2026-11-30"),
    ("nächsten di", "2026-12-01"),
    ("bis fr", "2026-11-27"),
    ("kw49 fr", "2026-12-04"),
    ("24.12.", "2026-12-24"),
    ("2412", "2026-12-24"),
    ("241226", "2026-12-24"),
    ("24. dez", "2026-12-24"),
    ("ultimo", "2026-11-30"),
    ("in 2 wochen", "2026-12-07"),
    ("15", "2026-12-15"),
    ("28.", "2026-11-28"),
]
ENGLISH = [
    ("today", "2026-11-23"),
    ("tomorrow", "2026-11-24"),
    ("the day after tomorrow", "2026-11-25"),
    ("yesterday", "2026-11-22"),
    ("mon", "2026-11-30"),
    ("Tue", "2026-11-24"),
    ("thursday", "2026-11-26"),
    ("next tue", "2026-12-01"),
    ("next monday", "2026-11-30"),
    ("this fri", "2026-11-27"),
    ("last fri", "2026-11-20"),
    ("by fri", "2026-11-27"),
    ("week 49", "2026-11-30"),
    ("week 49 fri", "2026-12-04"),
    ("fri week 49", "2026-12-04"),
    ("next week", "2026-11-30"),
    ("dec 24", "2026-12-24"),
    ("Dec 24, 2026", "2026-12-24"),
    ("24 dec", "2026-12-24"),
    ("24th of December", "2026-12-24"),
    ("December 24th", "2026-12-24"),
    ("Fri, Dec 4", "2026-12-04"),
    ("the 5th", "2026-12-05"),
    ("in 2 weeks", "2026-12-07"),
    ("in a week", "2026-11-30"),
    ("in three months", "2027-02-23"),
    ("+3 working days", "2026-11-26"),
    ("in 3 business days", "2026-11-26"),
    ("3 days ago", "2026-11-20"),
    ("end of month", "2026-11-30"),
    ("end of next month", "2026-12-31"),
    ("end of december", "2026-12-31"),
    ("end of the year", "2026-12-31"),
    ("mid december", "2026-12-15"),
]
MORE = [
    ("h", "2026-11-23"),
    ("sofort", "2026-11-23"),
    ("Heute", "2026-11-23"),
    ("morgen", "2026-11-24"),
    ("m", "2026-11-24"),
    ("übermorgen", "2026-11-25"),
    ("gestern", "2026-11-22"),
    ("vor 3 Tagen", "2026-11-20"),
    ("-3", "2026-11-20"),
    ("+ 7", "2026-11-30"),
    ("+7 Tage", "2026-11-30"),
    ("7 tage", "2026-11-30"),
    ("14 Tage", "2026-12-07"),
    ("in 14 Tagen", "2026-12-07"),
    ("heute in 14 Tagen", "2026-12-07"),
    ("morgen in 2 Wochen", "2026-12-08"),
    ("Freitag in einer Woche", "2026-12-04"),
    ("in einer Woche", "2026-11-30"),
    ("in zwei Wochen", "2026-12-07"),
    ("in einem Monat", "2026-12-23"),
    ("in einem halben Jahr", "2027-05-23"),
    ("+1j", "2027-11-23"),
    ("+10 Werktage", "2026-12-07"),
    ("in 3 Arbeitstagen", "2026-11-26"),
    ("Mo.", "2026-11-30"),
    ("Montag", "2026-11-30"),
    ("di", "2026-11-24"),
    ("so", "2026-11-29"),
    ("Sonnabend", "2026-11-28"),
    ("am Freitag", "2026-11-27"),
    ("bis zum Freitag", "2026-11-27"),
    ("spätestens bis Fr", "2026-11-27"),
    ("kommenden Dienstag", "2026-11-24"),
    ("diesen Freitag", "2026-11-27"),
    ("nächsten Montag", "2026-11-30"),
    ("naechsten Di", "2026-12-01"),
    ("nächste Woche", "2026-11-30"),
    ("Di nächste Woche", "2026-12-01"),
    ("nächste Woche Di", "2026-12-01"),
    ("übernächsten Di", "2026-12-08"),
    ("übernächste Woche", "2026-12-07"),
    ("letzten Freitag", "2026-11-20"),
    ("Wochenende", "2026-11-28"),
    ("Ende der Woche", "2026-11-27"),
    ("kw 49", "2026-11-30"),
    ("KW49", "2026-11-30"),
    ("fr kw49", "2026-12-04"),
    ("Fr. KW 49", "2026-12-04"),
    ("kw48", "2026-11-23"),
    ("kw47", "2027-11-22"),
    ("kw53", "2026-12-28"),
    ("kw49/27", "2027-12-06"),
    ("24.12", "2026-12-24"),
    ("24.12.26", "2026-12-24"),
    ("24.12.2026", "2026-12-24"),
    ("24. 12. 2026", "2026-12-24"),
    ("24/12", "2026-12-24"),
    ("24-12-2026", "2026-12-24"),
    ("24,12", "2026-12-24"),
    ("24 12", "2026-12-24"),
    ("2026-12-24", "2026-12-24"),
    ("24122026", "2026-12-24"),
    ("20261224", "2026-12-24"),
    ("24. Dezember", "2026-12-24"),
    ("24.Dez.2026", "2026-12-24"),
    ("3. März", "2027-03-03"),
    ("3. Maerz 27", "2027-03-03"),
    ("1. Jänner", "2027-01-01"),
    ("5.1.", "2027-01-05"),
    ("1.10.", "2027-10-01"),
    ("23.11.", "2026-11-23"),
    ("22.11.", "2027-11-22"),
    ("am 1.12.", "2026-12-01"),
    ("Fr 27.11.", "2026-11-27"),
    ("Freitag, den 27.11.2026", "2026-11-27"),
    ("Fr 27.", "2026-11-27"),
    ("29.2.", "2028-02-29"),
    ("29.02.2028", "2028-02-29"),
    ("23", "2026-11-23"),
    ("1", "2026-12-01"),
    ("31", "2026-12-31"),
    ("Monatsende", "2026-11-30"),
    ("Ende nächsten Monats", "2026-12-31"),
    ("Ende Dezember", "2026-12-31"),
    ("Mitte Dez", "2026-12-15"),
    ("Anfang Januar", "2027-01-01"),
    ("Quartalsende", "2026-12-31"),
    ("Jahresende", "2026-12-31"),
]
ON_SUNDAY = [
    ("heute", "2026-11-22"),
    ("+7", "2026-11-29"),
    ("+2w", "2026-12-06"),
    ("+1m", "2026-12-22"),
    ("+3wt", "2026-11-25"),
    ("+10 werktage", "2026-12-04"),
    ("mo", "2026-11-23"),
    ("so", "2026-11-29"),
    ("nächsten di", "2026-11-24"),
    ("übermorgen", "2026-11-24"),
]
REFUSED = [
    "31.2.", "99", "", " ", "foo", "32.1.2026", "0", "00", "0.1.", "1.13.", "31.11.", "30.2.2028", "29.2.2027",
    "512", "-", "+", "+x",
    "in", "in wochen", "dez", "kw", "kw0", "kw54", "kw 53/27", "24.12.1850", "24.12.3026", "99999999", "12/24",
    "1.2.3.4", "24.12.-",
    "mo di", "next foo", "+3 bananas", "abc 12", "½", "२४.१२.", "+99999", "+9999wt", "-2wt", "12:30",
    "Fr 28.11.", "Mo 24.12.2026",
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), AS_PROMISED + ENGLISH + MORE)
def test_a_date_is_read_as_the_shop_means_it(text: str, day: str) -> None:
    assert parse_date(text, MONDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "day"), ON_SUNDAY)
def test_the_same_words_mean_other_days_on_a_sunday(text: str, day: str) -> None:
    assert parse_date(text, SUNDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(TypedWrong) as refused:
        parse_date(text, MONDAY)
    assert "{text}" in refused.value.message.id


def test_a_weekday_that_does_not_fit_its_date_is_said() -> None:
    with pytest.raises(TypedWrong, match="weekday and date"):
        parse_date("Fr 28.11.", MONDAY)


def test_working_days_skip_holidays() -> None:
    holidays = {date(2026, 12, 25), date(2026, 12, 26)}
    assert parse_date("+3wt", date(2026, 12, 23), holidays) == date(2026, 12, 29)
    assert parse_date("+3wt", date(2026, 12, 23)) == date(2026, 12, 28)


def test_any_container_of_days_can_be_the_holidays() -> None:
    class EveryTuesday:
        def __contains__(self, day: object) -> bool:
            return isinstance(day, date) and day.weekday() == 1

    assert parse_date("+1wt", MONDAY, EveryTuesday()) == date(2026, 11, 25)


def test_a_shop_that_never_works_gets_words_instead_of_waiting() -> None:
    class Always:
        def __contains__(self, day: object) -> bool:
            return True

    with pytest.raises(TypedWrong):
        parse_date("+3wt", MONDAY, Always())


def test_the_current_week_is_still_this_week_on_its_wednesday() -> None:
    wednesday = date(2026, 11, 25)
    assert parse_date("kw48", wednesday) == wednesday
    assert parse_date("kw48 fr", wednesday) == date(2026, 11, 27)
    assert parse_date("kw48 mo", wednesday) == date(2027, 11, 29)


DUE = [
    ("+14", "2026-12-19"),
    ("14 Tage", "2026-12-19"),
    ("14 Tage netto", "2026-12-19"),
    ("30 Tage ohne Abzug", "2027-01-04"),
    ("net 30", "2027-01-04"),
    ("in 2 Wochen", "2026-12-19"),
    ("+5wt", "2026-12-11"),
    ("+1m", "2027-01-05"),
    ("sofort", "2026-12-05"),
    ("ultimo", "2026-12-31"),
    ("15", "2026-12-15"),
    ("1.", "2027-01-01"),
    ("24.12.", "2026-12-24"),
    ("fr", "2026-12-11"),
    ("bis 24.12.", "2026-12-24"),
    ("2026-12-24", "2026-12-24"),
]


@pytest.mark.parametrize(("text", "day"), DUE)
def test_due_dates_count_from_the_date_of_the_document(text: str, day: str) -> None:
    assert parse_due(text, date(2026, 12, 5), MONDAY) == date.fromisoformat(day)


def test_a_refused_due_date_quotes_what_was_typed() -> None:
    with pytest.raises(TypedWrong) as refused:
        parse_due("Bald netto", MONDAY, MONDAY)
    assert refused.value.message.values["text"] == "Bald netto"


def test_a_month_later_stays_inside_its_month() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2027, 10, 31), 1) == date(2027, 11, 30)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2027, 3, 31), -1) == date(2027, 2, 28)


def test_ten_working_days_are_two_weeks() -> None:
    assert add_working_days(MONDAY, 10) == MONDAY + timedelta(14)


some_day = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(some_day, some_day)
def test_every_printed_date_can_be_typed_back(day: date, today: date) -> None:
    for spelled in (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d%m%Y}", day.isoformat()):
        assert parse_date(spelled, today) == day


@given(some_day, some_day)
def test_a_date_without_a_year_is_the_next_such_day(day: date, today: date) -> None:
    found = parse_date(f"{day.day}.{day.month}.", today)
    assert found >= today
    assert (found.day, found.month) == (day.day, day.month)
    assert (found - today).days <= 366 or (day.day, day.month) == (29, 2)


@given(some_day, st.sampled_from(["mo", "di", "mi", "do", "fr", "sa", "so"]))
def test_a_weekday_is_within_a_week_and_never_today(today: date, weekday: str) -> None:
    assert 1 <= (parse_date(weekday, today) - today).days <= 7
    assert (
        parse_date(f"nächsten {weekday}", today).isocalendar()[:2] == (today + timedelta(7)).isocalendar()[:2]
    )


@given(some_day, st.integers(0, 9999))
def test_plus_counts_days(today: date, count: int) -> None:
    assert parse_date(f"+{count}", today) == today + timedelta(count)


words = st.sampled_from(
    "heute morgen mo fr montag nächsten letzte kw 49 woche week in + - . 24 12 2026 dez "
    "december ultimo ende mitte bis am wt tage m 31 2".split()
)


@given(st.lists(words, max_size=6).map(" ".join) | st.text(max_size=70), st.dates())
def test_any_text_is_a_date_or_refused_in_words(text: str, today: date) -> None:
    for read in (lambda: parse_date(text, today), lambda: parse_due(text, today, MONDAY)):
        try:
            assert 1900 <= read().year <= 2199
        except TypedWrong:
            continue


@pytest.mark.parametrize(
    "text", ["1" * 10_000, "+" * 10_000, "mo " * 3000, "24." * 3000, " " * 10_000 + "x", "bis " * 14]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    with pytest.raises(TypedWrong):
        parse_date(text, MONDAY)
    assert time.process_time() - began < 0.1


def test_a_pasted_page_is_not_a_date() -> None:
    with pytest.raises(TooLong):
        parse_date("heute oder morgen oder " * 20, MONDAY)
