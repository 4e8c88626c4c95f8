"""Whom to remind today and at which level: a table of cases, and what the owner may set (RULES.md 7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.domain.payment_reminders import (
    NOTHING_SAID,
    Claim,
    History,
    Level,
    ReminderRules,
    RulesRefused,
    StepKind,
    Stop,
    StopRefused,
    check_rules,
    check_stop,
    groups,
    is_old,
    next_step,
)
from shopdesk.domain.payments import BillAccount

TODAY = dt.date(2026, 11, 23)
RULES = ReminderRules()


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def said(level: int, days: int, until: int | None = None) -> History:
    """A reminder of this level so many days ago, with a term that ended (or ends) so many days ago."""
    return History(level, ago(days), ago(until) if until is not None else None)


@pytest.mark.parametrize(
    ("late", "history", "prepay", "expected"),
    [
        (-5, NOTHING_SAID, False, None),  # not due yet
        (0, NOTHING_SAID, False, None),  # due today
        (6, NOTHING_SAID, False, None),  # late, but not for long
        (7, NOTHING_SAID, False, (StepKind.REMIND, 1)),
        (300, NOTHING_SAID, False, (StepKind.REMIND, 1)),  # the friendly one comes first, however late
        (17, said(1, 9, 2), False, None),  # ten days have not passed
        (18, said(1, 10, 3), False, (StepKind.REMIND, 2)),
        (18, said(1, 10, 0), False, None),  # the term ends today only
        (18, said(1, 10, -4), False, None),  # a longer term was given
        (40, said(2, 13, 6), False, None),
        (40, said(2, 14, 7), False, (StepKind.REMIND, 3)),
        (60, said(3, 13, 6), False, None),
        (60, said(3, 14, 7), False, (StepKind.ENDED, 0)),
        (7, NOTHING_SAID, True, (StepKind.REMIND, 1)),  # payment in advance: one reminder …
        (18, said(1, 9, 2), True, None),
        (18, said(1, 10, 3), True, (StepKind.CANCEL, 0)),  # … then the end
    ],
)
def test_what_is_due_for_a_bill(
    late: int, history: History, prepay: bool, expected: tuple[StepKind, int] | None
) -> None:
    step = next_step(ago(late), history, RULES, TODAY, prepay=prepay)
    assert (step and (step.kind, step.level)) == expected


def claim(number: int, euros: str, late: int = 8, customer: int | None = 1, **more: object) -> Claim:
    nothing = Money(0)
    bill = BillAccount(
        number, f"R-{number}", DocumentKind.INVOICE, ago(late + 14), ago(late), customer, "Desislava Ivanova",
        Money.of(euros), nothing, nothing, nothing, nothing,
    )  # fmt: skip
    return replace(Claim(bill), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        (None, True),
        (Stop(1, "Raten"), False),
        (Stop(1, "Raten", TODAY), False),
        (Stop(1, "Raten", ago(1)), True),
    ],
)
def test_a_stop_holds_until_its_day(stop: Stop | None, expected: bool) -> None:
    assert bool(claim(1, "10", stop=stop).step(RULES, TODAY)) == expected


def test_what_is_paid_is_never_reminded_of() -> None:
    open_one = claim(1, "100")
    assert open_one.step(RULES, TODAY) is not None
    assert replace(open_one, bill=replace(open_one.bill, paid=Money.of("100"))).step(RULES, TODAY) is None
    assert replace(open_one, bill=replace(open_one.bill, is_cancelled=True)).step(RULES, TODAY) is None
    assert (
        replace(open_one, bill=replace(open_one.bill, written_off=Money.of("100"))).step(RULES, TODAY) is None
    )


def test_bills_of_one_customer_and_level_go_together_the_latest_first() -> None:
    found = groups(
        [
            claim(1, "10", 8), claim(2, "20", 30), claim(3, "30", 40, history=said(1, 20, 13)),
            claim(4, "40", 9, customer=2), claim(5, "50", 10, prepay=True),
        ],
        RULES,
        TODAY,
    )  # fmt: skip
    assert [(each.key, each.step.level) for each in found] == [
        ((3,), 2), ((2, 1), 1), ((5,), 1), ((4,), 1),
    ]  # fmt: skip
    assert found[1].open == Money.of("30")


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        ((), "levels"),
        ((Level(0, 7),), "levels[0].days"),
        ((Level(7, 2),), "levels[0].term"),
        ((Level(7, 7, 1_00),), "levels[0].fee"),
        ((Level(7, 7, interest=True),), "levels[0].fee"),
        ((Level(7, 7), Level(7, 7, 50_01)), "levels[1].fee"),
    ],
)
def test_what_the_owner_cannot_set_is_said_at_its_field(levels: tuple[Level, ...], field: str) -> None:
    with pytest.raises(RulesRefused) as refused:
        check_rules(ReminderRules(levels))
    assert refused.value.field == field


def test_the_usual_levels_are_allowed_and_the_first_is_free() -> None:
    check_rules(RULES)
    assert (RULES.levels[0].fee, RULES.levels[0].interest) == (0, False)


def test_a_stop_wants_a_reason_and_a_day_to_come() -> None:
    check_stop(Stop(1, "Raten", TODAY), TODAY)
    for wrong in (Stop(1, "  "), Stop(1, "Raten", ago(1))):
        with pytest.raises(StopRefused):
            check_stop(wrong, TODAY)


@pytest.mark.parametrize(
    ("last", "expected"), [(None, False), (TODAY, False), (ago(2), False), (ago(3), True)]
)
def test_an_old_statement_is_read_first(last: dt.date | None, expected: bool) -> None:
    assert is_old(last, RULES, TODAY) == expected
