"""An appointment is found, warned about, told to the customer, moved with its UID, and never doubled (S25)."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from shopdesk.domain.appointments import Appointment, AppointmentRefused, AppointmentState, conflicts
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.mail import MailState, NoEmailAddress
from shopdesk.domain.names import PersonName
from shopdesk.domain.outbox import NotInThisState
from shopdesk.intake.calendars import CalendarProblem, read
from shopdesk.usecases import appointments, customers, outbox
from shopdesk.usecases.shop import Shop

DAY = dt.date(2026, 11, 24)
ONE_DAY = dt.timedelta(days=1)


def moment(shop: Shop, hour: int, minute: int = 0, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=shop.clock.zone)


def repair(shop: Shop, hour: int = 10, minutes: int = 60, **fields: object) -> Appointment:
    begin = moment(shop, hour)
    value = Appointment(begin, begin + dt.timedelta(minutes=minutes), "Lattenrost anpassen")
    return replace(value, **fields)  # type: ignore[arg-type]


@pytest.fixture
def ivanova(open_shop: Shop) -> Customer:
    person = PersonName(given_name="Desislava", family_name="Ivanova")
    return customers.create(
        open_shop, Customer(person=person, emails=("d.ivanova@example.org",), language="bg")
    )


def mail(shop: Shop, mail_id: int) -> email.message.EmailMessage:
    return email.message_from_bytes(outbox.eml(shop, mail_id), policy=email.policy.default)


def event_of(shop: Shop, mail_id: int) -> tuple[str, object]:
    (attached,) = mail(shop, mail_id).iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "invitation.ics")
    assert attached.get_param("charset") == "utf-8"
    calendar = Calendar.from_ical(attached.get_content())
    (event,) = calendar.walk("VEVENT")
    assert attached.get_param("method") == str(calendar["method"])  # RFC 6047: else nobody offers to accept
    return str(calendar["method"]), event


def test_made_moved_and_taken_back(open_shop: Shop) -> None:
    made, undo = appointments.create(open_shop, repair(open_shop))
    back = appointments.move(open_shop, made, moment(open_shop, 15))
    (now,) = appointments.between(open_shop, DAY, DAY)
    assert (now.starts, now.length) == (moment(open_shop, 15), dt.timedelta(hours=1))
    back.run(open_shop)
    (now,) = appointments.between(open_shop, DAY, DAY)
    assert now.starts == moment(open_shop, 10)
    again = appointments.move(open_shop, now, moment(open_shop, 16))
    with pytest.raises(ChangedElsewhere):
        undo.run(open_shop)  # it has been moved since
    again.run(open_shop)
    undo.run(open_shop)
    assert appointments.between(open_shop, DAY, DAY) == ()


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (dt.date(2026, 11, 23), dt.date(2026, 11, 23), False),
        (dt.date(2026, 11, 24), dt.date(2026, 11, 24), True),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 29), True),
        (dt.date(2026, 11, 25), dt.date(2026, 11, 25), True),  # it goes on after midnight
        (dt.date(2026, 11, 26), dt.date(2026, 11, 30), False),
    ],
)
def test_a_day_shows_what_holds_on_it(open_shop: Shop, first: dt.date, last: dt.date, found: bool) -> None:
    appointments.create(open_shop, repair(open_shop, 22, 300))
    assert bool(appointments.between(open_shop, first, last)) == found


def test_days_are_the_shops_days_also_when_the_clocks_change(open_shop: Shop) -> None:
    day = dt.date(2026, 3, 29)  # 23 hours long
    begin = moment(open_shop, 23, 30, day)
    appointments.create(open_shop, Appointment(begin, begin + dt.timedelta(minutes=29), "Spät"))
    assert len(appointments.between(open_shop, day, day)) == 1
    assert appointments.between(open_shop, day + dt.timedelta(days=1), day + dt.timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("hour", "minutes", "disturbed"),
    [(9, 60, False), (9, 61, True), (10, 10, True), (10, 60, True), (10, 240, True), (11, 30, False)],
)
def test_what_is_in_the_way_is_told(open_shop: Shop, hour: int, minutes: int, disturbed: bool) -> None:
    made, _ = appointments.create(open_shop, repair(open_shop))
    other = repair(open_shop, hour, minutes)
    assert bool(appointments.in_the_way(open_shop, other)) == disturbed
    assert appointments.in_the_way(open_shop, made) == ()
    appointments.cancel(open_shop, made)
    assert appointments.in_the_way(open_shop, other) == ()


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), min_size=2, max_size=6))
def test_two_disturb_each_other_or_neither(spans: list[tuple[int, int]]) -> None:
    start = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    made = [
        Appointment(start + dt.timedelta(minutes=a), start + dt.timedelta(minutes=a + n), "x", id=at)
        for at, (a, n) in enumerate(spans)
    ]
    for one in made:
        for other in conflicts(one, made):
            assert one in conflicts(other, made)
            assert max(one.starts, other.starts) < min(one.ends, other.ends)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"subject": "  "}, "subject"),
        ({"minutes": 0}, "ends"),
        ({"minutes": -5}, "ends"),
        ({"minutes": 99999}, "ends"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(open_shop: Shop, fields: dict[str, object], field: str) -> None:
    with pytest.raises(AppointmentRefused) as refused:
        appointments.create(open_shop, repair(open_shop, 10, **fields))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_an_invitation_keeps_its_uid_and_counts_its_changes(open_shop: Shop, ivanova: Customer) -> None:
    made, _ = appointments.create(
        open_shop, repair(open_shop, customer_id=ivanova.id, job="Diagnose: quietscht")
    )
    method, first = event_of(open_shop, appointments.invite(open_shop, made.id or 0)[0])
    assert (method, first["sequence"], str(first["status"])) == ("REQUEST", 0, "CONFIRMED")  # type: ignore[index]
    assert "mailto:d.ivanova@example.org" in str(first["attendee"])  # type: ignore[index]
    assert "description" not in first  # type: ignore[operator] # the shop's own notes stay here

    appointments.move(open_shop, appointments.get(open_shop, made.id or 0), moment(open_shop, 16))
    method, moved = event_of(open_shop, appointments.invite(open_shop, made.id or 0)[0])
    assert (method, moved["sequence"], moved["uid"]) == ("REQUEST", 1, first["uid"])  # type: ignore[index]
    assert moved["dtstart"].dt == moment(open_shop, 16)  # type: ignore[index]

    appointments.cancel(open_shop, appointments.get(open_shop, made.id or 0))
    mail_id, _ = appointments.invite(open_shop, made.id or 0)
    method, gone = event_of(open_shop, mail_id)
    assert (method, gone["sequence"], gone["uid"]) == ("CANCEL", 2, first["uid"])  # type: ignore[index]
    assert str(gone["status"]) == "CANCELLED"  # type: ignore[index]
    assert mail(open_shop, mail_id)["subject"].startswith("Отменен")


def test_the_first_invitation_is_no_change_and_taken_back_it_never_was(
    open_shop: Shop, ivanova: Customer
) -> None:
    made, _ = appointments.create(open_shop, repair(open_shop, customer_id=ivanova.id))
    moved = appointments.move(open_shop, made, moment(open_shop, 16))
    mail_id, undo = appointments.invite(open_shop, made.id or 0)
    assert mail(open_shop, mail_id)["subject"].startswith("Вашият час")  # not: moved
    assert not appointments.get(open_shop, made.id or 0).is_untold
    undo.run(open_shop)
    assert appointments.get(open_shop, made.id or 0).invited == ""
    assert outbox.entry(open_shop, mail_id).state == MailState.CANCELLED
    moved.run(open_shop)  # an invitation is no change of the appointment
    assert appointments.get(open_shop, made.id or 0).starts == made.starts


def test_what_an_invited_customer_does_not_know_yet_stays_marked(open_shop: Shop, ivanova: Customer) -> None:
    made, _ = appointments.create(open_shop, repair(open_shop, customer_id=ivanova.id))
    appointments.invite(open_shop, made.id or 0)
    appointments.move(open_shop, appointments.get(open_shop, made.id or 0), moment(open_shop, 16))
    assert appointments.get(open_shop, made.id or 0).is_untold
    appointments.invite(open_shop, made.id or 0)
    assert not appointments.get(open_shop, made.id or 0).is_untold


def test_what_the_customer_does_not_know_raises_no_sequence(open_shop: Shop) -> None:
    made, _ = appointments.create(open_shop, repair(open_shop))
    appointments.save(open_shop, replace(made, job="Neue Federn mitnehmen"))
    appointments.done(open_shop, appointments.get(open_shop, made.id or 0))
    assert appointments.get(open_shop, made.id or 0).sequence == 0


def test_ready_is_one_call_and_can_be_taken_back_while_the_mail_waits(
    open_shop: Shop, ivanova: Customer
) -> None:
    made, _ = appointments.create(open_shop, repair(open_shop, customer_id=ivanova.id))
    mail_id, undo = appointments.ready(open_shop, made)
    assert appointments.get(open_shop, made.id or 0).state == AppointmentState.READY
    assert mail(open_shop, mail_id)["subject"] == "Готово: Lattenrost anpassen"
    undo.run(open_shop)
    assert appointments.get(open_shop, made.id or 0).state == AppointmentState.PLANNED
    assert outbox.entry(open_shop, mail_id).state == MailState.CANCELLED

    mail_id, undo = appointments.ready(open_shop, appointments.get(open_shop, made.id or 0))
    outbox.cancel(open_shop, mail_id)
    outbox.retry(open_shop, mail_id)
    outbox.hand_to_mail_program(open_shop, mail_id)
    outbox.answer_handed_over(open_shop, mail_id, went=True)
    with pytest.raises(NotInThisState):
        undo.run(open_shop)
    assert appointments.get(open_shop, made.id or 0).state == AppointmentState.READY


def test_without_an_address_nothing_is_half_done(open_shop: Shop) -> None:
    made, _ = appointments.create(open_shop, repair(open_shop))
    for act in (
        lambda: appointments.ready(open_shop, made),
        lambda: appointments.invite(open_shop, made.id or 0),
    ):
        with pytest.raises(NoEmailAddress):
            act()
    assert appointments.get(open_shop, made.id or 0) == made


def test_the_exported_calendar_comes_back_and_adds_nothing(open_shop: Shop) -> None:
    made, _ = appointments.create(open_shop, repair(open_shop, place="Marktstraße 9", job="Öl; Kette, Licht"))
    data = appointments.calendar(open_shop)
    (seen,) = read(data, open_shop.clock.zone)
    assert (seen.starts, seen.ends, seen.uid) == (made.starts, made.ends, made.uid)
    assert (seen.subject, seen.place, seen.job) == (made.subject, made.place, made.job)
    taken, _ = appointments.take(open_shop, data)
    assert (taken.new, taken.changed, taken.known) == (0, 0, 1)


def test_a_folder_holds_a_file_for_each_and_another_export_renews_them(
    open_shop: Shop, tmp_path: Path
) -> None:
    first, _ = appointments.create(open_shop, repair(open_shop))
    second, _ = appointments.create(open_shop, repair(open_shop, subject="Aufmaß: 3/4?"))
    (tmp_path / "privat.ics").write_bytes(b"theirs")
    assert appointments.write_calendar_folder(open_shop, tmp_path) == 2
    before = {path.name for path in tmp_path.glob("*.ics")}
    assert len(before) == 3
    appointments.move(open_shop, first, first.starts + ONE_DAY)
    appointments.write_calendar_folder(open_shop, tmp_path)
    files = [path for path in tmp_path.glob("*.ics") if path.name != "privat.ics"]
    read_back = [one for path in files for one in read(path.read_bytes(), open_shop.clock.zone)]
    assert {(one.uid, one.starts) for one in read_back} == {
        (first.uid, first.starts + ONE_DAY), (second.uid, second.starts),
    }  # fmt: skip
    assert len(before & {path.name for path in files}) == 1
    assert (tmp_path / "privat.ics").read_bytes() == b"theirs"
    appointments.delete(open_shop, second.id or 0)
    assert appointments.write_calendar_folder(open_shop, tmp_path) == 1
    assert len(list(tmp_path.glob("*.ics"))) == 2  # the one that is left, and theirs


def test_a_calendar_is_taken_over_as_a_whole_and_taken_back(open_shop: Shop) -> None:
    made, _ = appointments.create(open_shop, repair(open_shop))
    theirs = b"\r\n".join(
        [
            b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:other",
            b"BEGIN:VEVENT", b"UID:" + made.uid.encode(), b"SEQUENCE:7", b"SUMMARY:Lattenrost anpassen",
            b"DTSTART:20261124T130000Z", b"DTEND:20261124T140000Z", b"END:VEVENT",
            b"BEGIN:VEVENT", b"UID:theirs", b"SUMMARY:Messe", b"DTSTART;VALUE=DATE:20261126", b"END:VEVENT",
            b"END:VCALENDAR", b"",
        ]
    )  # fmt: skip
    taken, undo = appointments.take(open_shop, theirs)
    assert (taken.new, taken.changed, taken.known) == (1, 1, 0)
    (fair,) = appointments.between(open_shop, dt.date(2026, 11, 26), dt.date(2026, 11, 26))
    assert fair.length == dt.timedelta(days=1)
    assert appointments.get(open_shop, made.id or 0).starts == moment(open_shop, 14)
    undo.run(open_shop)
    assert appointments.get(open_shop, made.id or 0).starts == made.starts
    assert appointments.between(open_shop, dt.date(2026, 11, 26), dt.date(2026, 11, 26)) == ()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"hello: world"]
)
def test_what_is_no_calendar_is_said(open_shop: Shop, data: bytes) -> None:
    with pytest.raises(CalendarProblem):
        appointments.take(open_shop, data)
    assert appointments.between(open_shop, DAY, DAY) == ()


@given(st.binary(max_size=300))
def test_any_bytes_give_appointments_or_a_sentence(rubbish: bytes) -> None:
    data = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261124T130000Z\r\n"
        + rubbish
        + b"\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    try:
        found = read(data, dt.UTC)
    except CalendarProblem:
        return
    assert all(one.starts < one.ends for one in found)
