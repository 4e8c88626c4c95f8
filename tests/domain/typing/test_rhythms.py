"""How often, as people type it."""

from __future__ import annotations

import pytest

from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.domain.typing.rhythms import parse_rhythm
from shopdesk.domain.typing.wrong import TypedWrong

DAY, WEEK, MONTH = RepeatUnit


@pytest.mark.parametrize(
    ("typed", "every", "unit"),
    [
        ("alle 6 Wochen", 6, WEEK), ("6 wochen", 6, WEEK), ("6w", 6, WEEK), ("+6w", 6, WEEK), ("jede Woche", 1, WEEK),
        ("alle zwei Wochen", 2, WEEK), ("monatlich", 1, MONTH), ("jeden Monat", 1, MONTH), ("alle 3 Monate", 3, MONTH),
        ("vierteljährlich", 3, MONTH), ("jährlich", 12, MONTH), ("alle 2 Jahre", 24, MONTH), ("täglich", 1, DAY),
        ("alle 10 Tage", 10, DAY), ("every 6 weeks", 6, WEEK), ("every month", 1, MONTH), ("yearly", 12, MONTH),
        ("every two weeks", 2, WEEK), ("quartalsweise", 3, MONTH), ("jedes Quartal", 3, MONTH),
        ("14-tägig", 2, WEEK), ("monatsweise", 1, MONTH),
        ("  ALLE 6  WOCHEN ", 6, WEEK),
    ],
)  # fmt: skip
def test_a_rhythm_is_read(typed: str, every: int, unit: RepeatUnit) -> None:
    assert parse_rhythm(typed) == Repeat(every, unit)


@pytest.mark.parametrize(
    "typed", ["bald", "alle", "0 tage", "alle -3 wochen", "6", "5000 tage", "alle 6 äpfel"]
)
def test_what_is_no_rhythm_is_refused(typed: str) -> None:
    with pytest.raises(TypedWrong):
        parse_rhythm(typed)
