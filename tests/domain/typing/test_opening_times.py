"""Opening hours are understood as people write them on a door."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.errors import ShopError
from shopdesk.domain.opening_hours import Span, SpecialDays
from shopdesk.domain.typing.opening_times import parse_spans, parse_special, written_spans

TODAY = dt.date(2026, 11, 23)
NINE_TO_ONE = (Span(540, 780),)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9-18", ((540, 1080),)),
        ("9:00–12:30, 14:00–18:00", ((540, 750), (840, 1080))),
        ("14-18 und 9-12.30", ((540, 750), (840, 1080))),
        ("9 - 12:30 / 14 - 18 Uhr", ((540, 750), (840, 1080))),
        ("9 Uhr bis 13 Uhr", ((540, 780),)),
        ("18-2", ((1080, 120),)),
        ("0-24", ((0, 1440),)),
        ("", ()),
        ("geschlossen", ()),
        ("zu", ()),
        ("-", ()),
    ],
)
def test_hours_of_a_day(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert parse_spans(text) == tuple(Span(*each) for each in spans)


@pytest.mark.parametrize(
    "text", ["9", "9-", "25-26", "9-12:75", "24-3", "ab 9", "9-12 oder 14-18", "9-12 14", "9-123"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ShopError):
        parse_spans(text)


@pytest.mark.parametrize("text", ["9-18", "9-12:30, 14-18", "18-2", "0-24", "7:05-7:06"])
def test_what_is_written_is_read_again(text: str) -> None:
    assert parse_spans(written_spans(parse_spans(text))) == parse_spans(text)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        (
            "24.12. 9-13 Heiligabend",
            SpecialDays(dt.date(2026, 12, 24), dt.date(2026, 12, 24), "Heiligabend", NINE_TO_ONE),
        ),
        (
            "27.12.-3.1. Betriebsferien",
            SpecialDays(dt.date(2026, 12, 27), dt.date(2027, 1, 3), "Betriebsferien"),
        ),
        ("27.12.2026–03.01.2027", SpecialDays(dt.date(2026, 12, 27), dt.date(2027, 1, 3))),
        ("6.12. 13-18", SpecialDays(dt.date(2026, 12, 6), dt.date(2026, 12, 6), "", (Span(780, 1080),))),
        (
            "31.12. geschlossen: Inventur",
            SpecialDays(dt.date(2026, 12, 31), dt.date(2026, 12, 31), "Inventur"),
        ),
        ("1.3. bis 5.3. Messe", SpecialDays(dt.date(2027, 3, 1), dt.date(2027, 3, 5), "Messe")),
    ],
)
def test_a_line_of_special_days(line: str, days: SpecialDays) -> None:
    assert parse_special(line, TODAY) == days


@pytest.mark.parametrize("line", ["Heiligabend", "31.2. Inventur", "13-18"])
def test_a_line_without_a_date_is_refused(line: str) -> None:
    with pytest.raises(ShopError):
        parse_special(line, TODAY)
