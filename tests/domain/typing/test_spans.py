"""A day and its times, typed as they are said at the counter; today is Monday, 23 November 2026."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.typing.spans import parse_span
from shopdesk.domain.typing.wrong import TypedWrong

TODAY = dt.date(2026, 11, 23)
USUAL = dt.timedelta(minutes=30)


def span(text: str) -> str:
    begin, end = parse_span(text, TODAY, USUAL)
    return f"{begin:%d.%m. %H:%M} {end:%d.%m. %H:%M}"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14:30", "23.11. 14:30 23.11. 15:00"),
        ("14", "23.11. 14:00 23.11. 14:30"),
        ("14 Uhr", "23.11. 14:00 23.11. 14:30"),
        ("um 9.15 Uhr", "23.11. 09:15 23.11. 09:45"),
        ("mo 14:30-15:30", "30.11. 14:30 30.11. 15:30"),
        ("di 9-12", "24.11. 09:00 24.11. 12:00"),
        ("di 9 – 12 Uhr", "24.11. 09:00 24.11. 12:00"),
        ("di von 9 bis 12", "24.11. 09:00 24.11. 12:00"),
        ("Dienstag, 9.30 bis 10.15", "24.11. 09:30 24.11. 10:15"),
        ("morgen 8", "24.11. 08:00 24.11. 08:30"),
        ("morgen 8-9", "24.11. 08:00 24.11. 09:00"),
        ("morgen 14", "24.11. 14:00 24.11. 14:30"),
        ("24.12. 9", "24.12. 09:00 24.12. 09:30"),
        ("24.12. 9 Uhr 1,5 Std", "24.12. 09:00 24.12. 10:30"),
        ("24. dez 9 uhr", "24.12. 09:00 24.12. 09:30"),
        ("+2 14:30", "25.11. 14:30 25.11. 15:00"),
        ("+1w 10:00 45 min", "30.11. 10:00 30.11. 10:45"),
        ("in 2 wochen 10 uhr", "07.12. 10:00 07.12. 10:30"),
        ("kw49 fr 8", "04.12. 08:00 04.12. 08:30"),
        ("fr ganztags", "27.11. 00:00 28.11. 00:00"),
        ("fri all day", "27.11. 00:00 28.11. 00:00"),
        ("fr 22-2", "27.11. 22:00 28.11. 02:00"),
        ("tomorrow at 3:15 for 2 hours", "24.11. 03:15 24.11. 05:15"),
        ("nächsten di 16:00-17:00", "01.12. 16:00 01.12. 17:00"),
        ("2412 11:00", "24.12. 11:00 24.12. 11:30"),
        ("heute 17 h", "23.11. 17:00 23.11. 17:30"),
    ],
)  # fmt: skip
def test_read(typed: str, read: str) -> None:
    assert span(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["mo", "24.12.", "3.12.", "24:30", "mo 9:75", "morgen", "irgendwann 14", "mo 14 0 min", "", "x" * 80],
)
def test_refused_in_words(typed: str) -> None:
    with pytest.raises(TypedWrong) as refused:
        parse_span(typed, TODAY, USUAL)
    assert refused.value.message.id


@given(st.text(max_size=70))
def test_any_text_is_a_span_or_a_sentence(text: str) -> None:
    try:
        begin, end = parse_span(text, TODAY, USUAL)
    except TypedWrong:
        return
    assert begin < end <= begin + dt.timedelta(days=42)
