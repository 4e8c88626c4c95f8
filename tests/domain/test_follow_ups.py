"""Follow-ups that come again: on the right day, also at the end of short months; and questions only with a consent."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.follow_ups import (
    FollowUp,
    FollowUpPurpose,
    NoConsent,
    Repeat,
    RepeatUnit,
    begun_anew,
    check,
    next_due,
    step,
)

D = dt.date
TODAY = D(2026, 11, 23)
MONTHLY = Repeat(1, RepeatUnit.MONTH, 31)


def test_the_31st_of_each_month_is_its_last_day_and_comes_back_to_the_31st() -> None:
    days = [step(MONTHLY, D(2026, 1, 31), times) for times in range(1, 6)]
    assert days == [D(2026, 2, 28), D(2026, 3, 31), D(2026, 4, 30), D(2026, 5, 31), D(2026, 6, 30)]
    assert step(MONTHLY, D(2026, 2, 28)) == D(2026, 3, 31)  # stored in February, wanted on the 31st
    assert step(Repeat(12, RepeatUnit.MONTH, 29), D(2024, 2, 29)) == D(2025, 2, 28)
    assert step(Repeat(12, RepeatUnit.MONTH, 29), D(2027, 2, 28)) == D(2028, 2, 29)


CASES = [
    (D(2026, 11, 23), Repeat(6, RepeatUnit.WEEK), D(2027, 1, 4)),
    (D(2026, 11, 20), Repeat(10, RepeatUnit.DAY), D(2026, 11, 30)),
    (
        D(2026, 8, 1),
        Repeat(1, RepeatUnit.WEEK),
        D(2026, 11, 28),
    ),  # rounds that were missed are not made up for
    (D(2026, 11, 23), Repeat(1, RepeatUnit.DAY), D(2026, 11, 24)),
    (D(2026, 12, 24), Repeat(12, RepeatUnit.MONTH), D(2027, 12, 24)),  # done before its day: the next round
    (D(2026, 10, 31), MONTHLY, D(2026, 11, 30)),
]


@pytest.mark.parametrize(("due", "repeat", "following"), CASES)
def test_the_next_date(due: dt.date, repeat: Repeat, following: dt.date) -> None:
    assert next_due(FollowUp(due, "nachfragen", repeat=repeat), TODAY) == following


@given(
    st.dates(D(2020, 1, 1), D(2030, 1, 1)),
    st.integers(1, 400),
    st.sampled_from(RepeatUnit),
    st.dates(D(2020, 1, 1), D(2030, 1, 1)),
)
def test_the_next_date_is_ahead_and_no_round_is_left_out(
    due: dt.date, every: int, unit: RepeatUnit, today: dt.date
) -> None:
    repeat = Repeat(every, unit, due.day)
    found = next_due(FollowUp(due, "x", repeat=repeat), today)
    assert found > max(today, due)
    times = next(times for times in range(1, 5000) if step(repeat, due, times) == found)
    assert times == 1 or step(repeat, due, times - 1) <= today


def test_after_a_contact_a_whole_round_passes() -> None:
    value = FollowUp(
        D(2026, 11, 30), "in Kontakt bleiben", repeat=Repeat(6, RepeatUnit.WEEK, 30), on_contact=True
    )
    assert begun_anew(value, TODAY).due == D(2027, 1, 4)


def consent(channel: Channel, purpose: Purpose, *, given: bool = True) -> Consent:
    return Consent(
        1, channel, purpose, given_on=TODAY if given else None, withdrawn_on=None if given else TODAY
    )


QUESTION = FollowUp(TODAY, "Zufrieden?", 1, purpose=FollowUpPurpose.SATISFACTION)


@pytest.mark.parametrize(
    "given",
    [
        (),
        (consent(Channel.PHONE, Purpose.ADVERTISING),),  # for something else
        (consent(Channel.PHONE, Purpose.SATISFACTION, given=False),),
    ],
)
def test_a_satisfaction_question_needs_its_consent(given: tuple[Consent, ...]) -> None:
    with pytest.raises(NoConsent):
        check(QUESTION, given, TODAY)


def test_with_the_consent_it_may_be_asked_and_service_needs_none() -> None:
    check(QUESTION, (consent(Channel.PHONE, Purpose.SATISFACTION),), TODAY)
    check(FollowUp(TODAY, "Reifen wechseln", 1, purpose=FollowUpPurpose.SERVICE), (), TODAY)
    check(FollowUp(TODAY, "Steuerberater fragen", purpose=FollowUpPurpose.ADVERTISING), (), TODAY)
