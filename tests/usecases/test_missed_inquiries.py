"""A missed call is an inquiry with a clock: one truth for the list of calls, the inbox and Heute."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.inquiries import InquiryChannel, InquiryState
from shopdesk.domain.later import Later
from shopdesk.domain.names import PersonName
from shopdesk.domain.phone_calls import CallState, PhoneCall
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.domain.today import TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import customers, inquiries, inquiry_steps, phone_calls, timeline, today
from shopdesk.usecases.shop import Shop

NUMBER = "055199887"


def call(shop: Shop, state: CallState = CallState.MISSED, number: str = NUMBER) -> None:
    phone_calls.note(shop, PhoneCall("1", number, "99880", incoming=True, state=state))


def advance(shop: Shop, minutes: int) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.advance(dt.timedelta(minutes=minutes))


def waiting_in_today(shop: Shop) -> list[TodayKind]:
    return [
        item.kind for item in today.items(shop) if item.kind in {TodayKind.MISSED_CALL, TodayKind.INQUIRY}
    ]


@pytest.fixture
def known(open_shop: Shop) -> int:
    made = customers.create(
        open_shop,
        Customer(person=PersonName(given_name="Lena", family_name="Brandt"), phones=(Phone("0551 99887"),)),
    )
    assert made.id is not None
    return made.id


def test_a_missed_call_waits_with_a_clock(open_shop: Shop) -> None:
    call(open_shop)
    (found,) = inquiries.page(open_shop)
    assert (found.channel, found.target, found.sender_phone) == (InquiryChannel.PHONE, 20, "+4955199887")
    assert found.due_at == open_shop.clock.now() + dt.timedelta(minutes=20)


def test_heute_shows_it_once(open_shop: Shop) -> None:
    call(open_shop)
    assert len(waiting_in_today(open_shop)) == 1


def test_who_tries_again_waits_since_his_first_try(open_shop: Shop) -> None:
    call(open_shop)
    (first,) = inquiries.page(open_shop)
    advance(open_shop, 10)
    call(open_shop)
    (again,) = inquiries.page(open_shop)
    assert again.due_at == first.due_at


def test_speaking_with_him_stops_the_clock(open_shop: Shop, known: int) -> None:
    call(open_shop)
    advance(open_shop, 7)
    call(open_shop, CallState.TALKING)
    (found,) = inquiries.page(open_shop, tuple(InquiryState))
    assert (found.customer_id, found.state) == (known, InquiryState.ANSWERED)
    assert found.first_answer is not None
    assert (found.first_answer.channel, found.first_answer.minutes) == (InquiryChannel.PHONE, 7)
    assert waiting_in_today(open_shop) == []


def test_a_noted_call_stops_it_and_taking_the_note_back_starts_it(open_shop: Shop, known: int) -> None:
    call(open_shop)
    advance(open_shop, 5)
    entry = TimelineEntry(
        known, EntryKind.CALL, open_shop.clock.now(), text="rückgerufen", direction=Direction.IN
    )
    _entry, undo = timeline.add(open_shop, entry)
    assert (inquiries.count_open(open_shop), waiting_in_today(open_shop)) == (0, [])
    undo.run(open_shop)
    assert (inquiries.count_open(open_shop), len(waiting_in_today(open_shop))) == (1, 1)


def test_done_in_heute_is_done_in_the_inbox_and_back(open_shop: Shop) -> None:
    call(open_shop)
    (found,) = inquiries.page(open_shop)
    assert found.missed_call_id is not None
    undo = phone_calls.missed_done(open_shop, found.missed_call_id)
    assert inquiries.count_open(open_shop) == 0
    undo.run(open_shop)
    assert inquiries.count_open(open_shop) == 1


def test_done_in_the_inbox_is_done_in_heute_and_back(open_shop: Shop) -> None:
    call(open_shop)
    (found,) = inquiries.page(open_shop)
    assert found.id is not None
    undo = inquiry_steps.close(open_shop, found.id)
    assert waiting_in_today(open_shop) == []
    undo.run(open_shop)
    assert len(waiting_in_today(open_shop)) == 1


def test_put_off_in_the_inbox_is_put_off_in_heute_and_back(open_shop: Shop) -> None:
    call(open_shop)
    (found,) = inquiries.page(open_shop)
    assert found.id is not None
    undo = inquiry_steps.later(open_shop, found.id, Later(dt.date(2026, 11, 30)))
    assert waiting_in_today(open_shop) == []
    undo.run(open_shop)
    assert len(waiting_in_today(open_shop)) == 1


def test_a_stranger_s_number_is_forgotten_after_a_month(open_shop: Shop) -> None:
    call(open_shop)
    call(open_shop, CallState.TALKING)
    advance(open_shop, 31 * 24 * 60)
    call(open_shop, number="055111111")
    done = inquiries.page(open_shop, (InquiryState.ANSWERED,))
    assert [(each.sender_phone, each.sender_name) for each in done] == [("", "")]
    assert done[0].first_answer is not None
