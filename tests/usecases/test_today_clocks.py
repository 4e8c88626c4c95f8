"""Heute counts in opening minutes, shows what was put off at its time, and does not forget what is over."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain import inquiries as inquiry_rules
from shopdesk.domain.appointments import Appointment
from shopdesk.domain.customers import Customer
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.domain.later import Later
from shopdesk.domain.notices import NoticeKind, notices
from shopdesk.domain.opening_hours import OpeningHours, Span
from shopdesk.domain.promises import Promise
from shopdesk.domain.today import TodayItem, TodayKind, Urgency, tone, urgency, when
from shopdesk.i18n import Texts
from shopdesk.usecases import (
    appointments,
    customers,
    follow_ups,
    inquiries,
    inquiry_steps,
    opening_hours,
    phone_calls,
    promises,
    today,
)
from shopdesk.usecases.shop import Shop
from tests.usecases.test_inquiries import at, local, mail
from tests.usecases.test_missed_inquiries import call

LUNCH = (Span(9 * 60, 12 * 60 + 30), Span(14 * 60, 18 * 60))


def row(shop: Shop, kind: TodayKind = TodayKind.INQUIRY, days_ahead: int = 0) -> TodayItem | None:
    return next((item for item in today.items(shop, days_ahead) if item.kind == kind), None)


def chip(shop: Shop, kind: TodayKind = TodayKind.INQUIRY) -> tuple[str, str | None]:
    now, item = today.local_now(shop), row(shop, kind)
    assert item is not None
    return Texts("de").say(when(item, now)), tone(item, now)


def minutes_in_the_inbox(shop: Shop) -> int:
    times = opening_hours.answer_times(shop)
    return inquiry_rules.reading(inquiries.page(shop)[0], times.clock, shop.clock.now(), times.targets).left


def test_before_the_night_a_clock_is_red_when_only_opening_minutes_are_left(open_shop: Shop) -> None:
    opening_hours.save_hours(open_shop, OpeningHours())  # till 18:00, Saturday from 9
    at(open_shop, "2026-11-27T17:43")
    mail(open_shop)
    found = row(open_shop)
    assert found is not None
    assert (found.warn_at, found.bad_at) == (local("2026-11-27T17:53"), local("2026-11-27T17:58"))
    assert chip(open_shop) == ("noch 20 min", "info")
    now = at(open_shop, "2026-11-27T17:58")
    assert chip(open_shop) == ("noch 5 min", "bad")
    assert minutes_in_the_inbox(open_shop) == 5
    assert urgency(found, today.local_now(open_shop)) == Urgency.NOW
    told = notices(today.items(open_shop), local("2026-11-27T17:50"), now.astimezone(open_shop.clock.zone))
    assert [notice.at for notice in told] == [local("2026-11-27T17:53")]
    at(open_shop, "2026-11-28T07:00")
    assert chip(open_shop) == ("noch 3 min", "bad")


def test_the_lunch_break_is_not_counted(open_shop: Shop) -> None:
    opening_hours.save_hours(open_shop, OpeningHours((LUNCH,) * 5 + ((), ())))
    at(open_shop, "2026-11-27T12:25")
    mail(open_shop)
    at(open_shop, "2026-11-27T13:30")
    assert chip(open_shop) == ("noch 15 min", "info")
    assert minutes_in_the_inbox(open_shop) == 15


def test_a_missed_call_has_the_same_clock(open_shop: Shop) -> None:
    opening_hours.save_hours(open_shop, OpeningHours((LUNCH,) * 5 + ((), ())))
    at(open_shop, "2026-11-27T12:25")
    call(open_shop)
    at(open_shop, "2026-11-27T13:30")
    assert chip(open_shop, TodayKind.MISSED_CALL)[0] == "noch 15 min"


@pytest.mark.parametrize("kind", [TodayKind.INQUIRY, TodayKind.MISSED_CALL])
def test_what_is_put_off_until_a_time_is_back_at_that_time(open_shop: Shop, kind: TodayKind) -> None:
    at(open_shop, "2026-11-23T10:00")
    until = Later(dt.date(2026, 11, 23), "14:30")
    if kind == TodayKind.INQUIRY:
        inquiry_id = mail(open_shop)
        undo = inquiry_steps.later(open_shop, inquiry_id, until)
    else:
        call(open_shop)
        found = row(open_shop, kind)
        assert found is not None
        undo = phone_calls.missed_later(open_shop, found.reference, until)
    assert inquiries.page(open_shop)[0].later == until
    assert (row(open_shop, kind), today.next_return(open_shop)) == (None, until)
    assert row(open_shop, kind, days_ahead=7) is not None
    before = at(open_shop, "2026-11-23T14:29")
    assert row(open_shop, kind) is None
    now = at(open_shop, "2026-11-23T14:30")
    assert (row(open_shop, kind) is not None, today.next_return(open_shop)) == (True, None)
    told = notices(today.items(open_shop), before, now.astimezone(open_shop.clock.zone))
    assert [(notice.item.kind, notice.kind) for notice in told] == [(kind, NoticeKind.NOW)]
    at(open_shop, "2026-11-23T10:05")
    undo.run(open_shop)
    assert (row(open_shop, kind) is not None, inquiries.page(open_shop)[0].later) == (True, None)


def test_a_call_put_off_in_the_inbox_is_back_at_its_time_too(open_shop: Shop) -> None:
    at(open_shop, "2026-11-23T10:00")
    call(open_shop)
    inquiry_id = inquiries.page(open_shop)[0].id or 0
    undo = inquiry_steps.later(open_shop, inquiry_id, Later(dt.date(2026, 11, 23), "14:30"))
    assert row(open_shop, TodayKind.MISSED_CALL) is None
    undo.run(open_shop)
    found = row(open_shop, TodayKind.MISSED_CALL)
    assert found is not None
    assert found.due_time == "10:00"


def test_who_calls_again_is_back_at_once(open_shop: Shop) -> None:
    at(open_shop, "2026-11-23T10:00")
    call(open_shop)
    found = row(open_shop, TodayKind.MISSED_CALL)
    assert found is not None
    phone_calls.missed_later(open_shop, found.reference, Later(dt.date(2026, 11, 24), "09:00"))
    at(open_shop, "2026-11-23T11:00")
    call(open_shop)
    assert row(open_shop, TodayKind.MISSED_CALL) is not None
    assert inquiries.page(open_shop)[0].later is None


def booked(shop: Shop, text: str) -> Appointment:
    starts = local(text)
    return appointments.create(shop, Appointment(starts, starts + dt.timedelta(minutes=30), "Reifen"))[0]


def test_an_appointment_that_is_over_is_asked_about_until_it_is_done(open_shop: Shop) -> None:
    kind = TodayKind.APPOINTMENT
    at(open_shop, "2026-11-23T09:00")
    made = booked(open_shop, "2026-11-23T10:00")
    at(open_shop, "2026-11-23T11:00")
    assert chip(open_shop, kind) == ("war 10:00, stattgefunden?", "warn")
    at(open_shop, "2026-11-25T09:00")
    assert chip(open_shop, kind)[0] == "stattgefunden? Vor 2 Tagen"
    undo = appointments.done(open_shop, appointments.get(open_shop, made.id or 0))
    assert row(open_shop, kind) is None
    undo.run(open_shop)
    assert row(open_shop, kind) is not None
    at(open_shop, "2026-12-20T09:00")
    assert row(open_shop, kind) is None  # nobody wants to be asked about each old one for ever


def test_what_is_ready_waits_until_it_is_fetched(open_shop: Shop) -> None:
    from dataclasses import replace

    from shopdesk.domain.appointments import AppointmentState

    at(open_shop, "2026-11-23T09:00")
    made = booked(open_shop, "2026-11-23T10:00")
    appointments.save(open_shop, replace(made, state=AppointmentState.READY))
    at(open_shop, "2027-01-20T09:00")
    assert chip(open_shop, TodayKind.APPOINTMENT) == ("noch nicht abgeholt", "warn")


def test_the_call_about_a_broken_promise_waits_until_its_time(open_shop: Shop) -> None:
    kind = TodayKind.PROMISE_BROKEN
    at(open_shop, "2026-11-23T10:00")
    weber = customers.create(open_shop, Customer(company="Weber")).id or 0
    made, _ = promises.create(open_shop, Promise(weber, "Matratze", dt.date(2026, 11, 24)))
    promises.broken(open_shop, made.id or 0)
    assert row(open_shop, kind) is not None
    until = Later(dt.date(2026, 11, 24), "09:00")
    undo = promises.broken_later(open_shop, made.id or 0, until)
    assert (row(open_shop, kind), today.next_return(open_shop)) == (None, until)
    undo.run(open_shop)
    assert row(open_shop, kind) is not None
    promises.broken_later(open_shop, made.id or 0, until)
    at(open_shop, "2026-11-24T09:00")
    assert row(open_shop, kind) is not None


def test_a_follow_up_that_is_put_off_until_a_time_is_back_at_that_time(open_shop: Shop) -> None:
    kind = TodayKind.FOLLOW_UP
    at(open_shop, "2026-11-23T10:00")
    made, _ = follow_ups.create(open_shop, FollowUp(dt.date(2026, 11, 23), "Steuerberater"))
    until = Later(dt.date(2026, 11, 23), "16:30")
    undo = follow_ups.later(open_shop, made, until.day, until.time)
    assert (row(open_shop, kind), today.next_return(open_shop)) == (None, until)
    assert row(open_shop, kind, days_ahead=7) is not None
    before = at(open_shop, "2026-11-23T16:29")
    assert row(open_shop, kind) is None
    now = at(open_shop, "2026-11-23T16:30")
    assert (row(open_shop, kind) is not None, today.next_return(open_shop)) == (True, None)
    told = notices(today.items(open_shop), before, now.astimezone(open_shop.clock.zone))
    assert [(notice.item.kind, notice.kind) for notice in told] == [(kind, NoticeKind.NOW)]
    at(open_shop, "2026-11-23T10:05")
    undo.run(open_shop)
    assert row(open_shop, kind) is not None


def test_the_appointments_of_today_at_a_glance(open_shop: Shop) -> None:
    at(open_shop, "2026-11-23T09:00")
    assert today.at_a_glance(open_shop).appointments == 0
    for moment in ("2026-11-23T08:00", "2026-11-23T14:30", "2026-11-23T16:00", "2026-11-24T10:00"):
        booked(open_shop, moment)
    appointments.cancel(open_shop, booked(open_shop, "2026-11-23T12:00"))
    found = today.at_a_glance(open_shop)
    assert (found.appointments, found.next_appointment) == (3, local("2026-11-23T14:30"))
