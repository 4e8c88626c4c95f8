"""May this customer be contacted that way, for that, on that day? (PRODUCT.md, S27)"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.consents import (
    Channel,
    Consent,
    ConsentRefused,
    Purpose,
    allowed_channels,
    check,
    may_contact,
)

MAY = dt.date(2026, 5, 4)
JUNE = dt.date(2026, 6, 1)
JULY = dt.date(2026, 7, 1)
PHONE, MAIL, LETTER, MESSENGER = Channel.PHONE, Channel.MAIL, Channel.LETTER, Channel.MESSENGER
ADS, ASK = Purpose.ADVERTISING, Purpose.SATISFACTION


def yes(channel: Channel, purpose: Purpose, day: dt.date = MAY, until: dt.date | None = None) -> Consent:
    return Consent(1, channel, purpose, given_on=day, source="phone", withdrawn_on=until)


def no(channel: Channel, purpose: Purpose, day: dt.date = MAY) -> Consent:
    return Consent(1, channel, purpose, withdrawn_on=day, withdrawn_source="phone")


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize(
    ("channel", "allowed"), [(PHONE, False), (MAIL, False), (MESSENGER, False), (LETTER, True)]
)
def test_without_an_answer_only_a_letter_may_go(channel: Channel, purpose: Purpose, allowed: bool) -> None:
    assert may_contact([], channel, purpose, JUNE) is allowed


@pytest.mark.parametrize(
    ("values", "channel", "purpose", "day", "allowed"),
    [
        ([yes(PHONE, ASK)], PHONE, ASK, MAY, True),
        ([yes(PHONE, ASK)], PHONE, ASK, MAY - dt.timedelta(days=1), False),
        ([yes(PHONE, ASK)], PHONE, ADS, JUNE, False),
        ([yes(PHONE, ASK)], MAIL, ASK, JUNE, False),
        ([yes(PHONE, ADS)], PHONE, ASK, JUNE, False),
        ([yes(PHONE, ASK, until=JUNE)], PHONE, ASK, MAY, True),
        ([yes(PHONE, ASK, until=JUNE)], PHONE, ASK, JUNE, False),
        ([yes(PHONE, ASK, until=JUNE), yes(PHONE, ASK, JULY)], PHONE, ASK, JULY, True),
        ([no(LETTER, ADS)], LETTER, ADS, JUNE, False),
        ([no(LETTER, ADS)], LETTER, ASK, JUNE, False),
        ([no(LETTER, ADS, JULY)], LETTER, ADS, JUNE, True),
        ([no(LETTER, ASK)], LETTER, ADS, JUNE, True),
        ([no(LETTER, ASK)], LETTER, ASK, JUNE, False),
        ([no(LETTER, ADS), yes(LETTER, ADS, JUNE)], LETTER, ADS, JULY, True),
        ([no(LETTER, ADS), yes(LETTER, ASK, JUNE)], LETTER, ASK, JULY, True),
        ([yes(LETTER, ADS, until=JUNE)], LETTER, ADS, JULY, False),
        ([no(PHONE, ADS)], LETTER, ADS, JUNE, True),
    ],
)
def test_a_contact_needs_its_own_consent(
    values: list[Consent], channel: Channel, purpose: Purpose, day: dt.date, allowed: bool
) -> None:
    assert may_contact(values, channel, purpose, day) is allowed


@given(
    st.lists(
        st.builds(
            yes,
            st.sampled_from(Channel),
            st.sampled_from(Purpose),
            st.dates(MAY, JULY),
            st.one_of(st.none(), st.dates(MAY, JULY)),
        )
    ),
    st.sampled_from(Purpose),
)
def test_after_everything_was_withdrawn_nothing_but_the_untouched_letter_is_left(
    values: list[Consent], purpose: Purpose
) -> None:
    withdrawn = [yes(each.channel, each.purpose, each.given_on or MAY, JULY) for each in values]
    left = allowed_channels(withdrawn, purpose, JULY + dt.timedelta(days=1))
    assert set(left) <= {LETTER}
    if not any(each.channel == LETTER for each in values):
        assert left == (LETTER,)


@pytest.mark.parametrize("value", [Consent(1, PHONE, ADS), yes(PHONE, ADS, JULY), no(LETTER, ADS, JULY)])
def test_an_answer_has_a_day_that_has_come(value: Consent) -> None:
    with pytest.raises(ConsentRefused) as refused:
        check(value, JUNE)
    assert refused.value.field == "day"
