"""Appointments: made, moved, called off, ready, done; invited to by mail, exported and read back (S25)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.appointments import Appointment, AppointmentState, checked, conflicts
from shopdesk.domain.mail import MailState
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from shopdesk.domain.mail import Mailbox
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a calendar file: how many appointments are new, changed, or were known already."""

    new: int = 0
    changed: int = 0
    known: int = 0


def create(shop: Shop, value: Appointment) -> tuple[Appointment, Undo]:
    """Make an appointment; raises AppointmentRefused."""
    from shopdesk.store import appointments

    value = replace(checked(value), uid=value.uid or f"{uuid.uuid4()}@shopdesk.invalid")
    with shop.writing() as connection:
        new_id = appointments.create(connection, value, shop.clock.now())
        shop.record(connection, "create", "appointment", new_id)
        stored = appointments.load(connection, new_id)
    return stored, Undo(lambda s: _take_back_deleted(s, new_id, 0, deleted=True))


def get(shop: Shop, appointment_id: int) -> Appointment:
    """One appointment; raises NotFound."""
    from shopdesk.store import appointments

    with shop.reading() as connection:
        return appointments.load(connection, appointment_id)


def between(shop: Shop, first: dt.date, last: dt.date) -> tuple[Appointment, ...]:
    """What holds on the shop's days from `first` to `last`, both included, in order."""
    from shopdesk.store import appointments

    with shop.reading() as connection:
        return appointments.between(
            connection, _midnight(shop, first), _midnight(shop, last + dt.timedelta(days=1))
        )


def of_customer(shop: Shop, customer_id: int) -> tuple[Appointment, ...]:
    """The open ones of a customer, the nearest first."""
    from shopdesk.store import appointments

    with shop.reading() as connection:
        return appointments.of_customer(connection, customer_id)


def in_the_way(shop: Shop, value: Appointment) -> tuple[Appointment, ...]:
    """Which open appointments hold at the same time: a warning, never a refusal."""
    from shopdesk.store import appointments

    with shop.reading() as connection:
        return conflicts(value, appointments.between(connection, value.starts, value.ends))


def save(shop: Shop, value: Appointment) -> Undo:
    """Store a changed appointment; the sequence rises with what an invited customer knows. Raises ChangedElsewhere."""
    with shop.writing() as connection:
        before, after = _save_in(connection, shop, value)
    return Undo(lambda s: _put_back(s, before, after))


def _put_back(shop: Shop, before: Appointment, after: Appointment) -> None:
    with shop.rewound.back("appointment", before.id, before.version, after.version) as version:
        save(shop, replace(before, version=version))


def _save_in(connection: Connection, shop: Shop, value: Appointment) -> tuple[Appointment, Appointment]:
    from shopdesk.store import appointments

    value = checked(value)
    assert value.id is not None
    before = appointments.load(connection, value.id)
    changes = _as_told(before) != _as_told(value)
    value = replace(
        value, sequence=before.sequence + changes, invited=before.invited, told_sequence=before.told_sequence
    )
    appointments.save(connection, value)
    old, new = ({"starts": one.starts.isoformat(), "state": one.state.value} for one in (before, value))
    shop.record(connection, "save", "appointment", before.id or 0, old, new)
    return before, appointments.load(connection, before.id or 0)


def _as_told(value: Appointment) -> tuple[object, ...]:
    # what an invited customer was told; ready and done are the shop's own business
    cancelled = value.state == AppointmentState.CANCELLED
    return value.starts, value.ends, value.subject, value.place, cancelled


def move(shop: Shop, value: Appointment, starts: dt.datetime) -> Undo:
    """Another beginning, the same length."""
    return save(shop, replace(value, starts=starts, ends=starts + value.length))


def done(shop: Shop, value: Appointment) -> Undo:
    """It took place."""
    return save(shop, replace(value, state=AppointmentState.DONE))


def cancel(shop: Shop, value: Appointment) -> Undo:
    """It does not take place; an invited customer is told by `invite`."""
    return save(shop, replace(value, state=AppointmentState.CANCELLED))


def delete(shop: Shop, appointment_id: int) -> Undo:
    """Take it away; it can be brought back."""
    return _set_deleted(shop, appointment_id, None, deleted=True)


def _set_deleted(shop: Shop, appointment_id: int, seen: int | None, *, deleted: bool) -> Undo:
    from shopdesk.store import appointments

    with shop.writing() as connection:
        version = seen or appointments.load(connection, appointment_id).version
        appointments.set_deleted(connection, appointment_id, version, shop.clock.now() if deleted else None)
        shop.record(connection, "delete" if deleted else "restore", "appointment", appointment_id)
    return Undo(lambda s: _take_back_deleted(s, appointment_id, version, deleted=not deleted))


def _take_back_deleted(shop: Shop, appointment_id: int, before: int, *, deleted: bool) -> None:
    with shop.rewound.back("appointment", appointment_id, before, before + 1) as version:
        _set_deleted(shop, appointment_id, version, deleted=deleted)


def invite(shop: Shop, appointment_id: int) -> tuple[int, Undo]:
    """Put the invitation, its change or its end into the outbox; gives the mail's id.

    The UID stays the same for ever and the sequence tells the order (RFC 5546). Taken back while the mail still waits.
    Raises NoEmailAddress, WrongAddress.
    """
    from shopdesk.output.calendars import Method
    from shopdesk.store import appointments
    from shopdesk.usecases import appointment_mails, outbox

    with shop.writing() as connection:
        value = appointments.load(connection, appointment_id)
        method = Method.CANCEL if value.state == AppointmentState.CANCELLED else Method.REQUEST
        composed = appointment_mails.invitation(connection, shop, value, method)
        appointments.set_told(connection, appointment_id, composed.recipient.address, value.sequence)
        shop.record(connection, "invite", "appointment", appointment_id, new={"method": method.value})
        mail_id = outbox.queue(connection, shop, composed, can_be_taken_back=True)

    def take_back(other: Shop) -> None:
        if outbox.entry(other, mail_id).state != MailState.CANCELLED:
            outbox.cancel(other, mail_id)
        with other.writing() as connection:
            appointments.set_told(connection, appointment_id, value.invited, value.told_sequence)

    return mail_id, Undo(take_back)


def ready(shop: Shop, value: Appointment) -> tuple[int, Undo]:
    """It may be fetched: the customer's mail waits in the outbox (its id), the appointment is marked.

    Taken back while the mail still waits; raises NoEmailAddress, WrongAddress, ChangedElsewhere.
    """
    from shopdesk.usecases import appointment_mails, outbox

    with shop.writing() as connection:
        composed = appointment_mails.ready(connection, shop, value)
        before, after = _save_in(connection, shop, replace(value, state=AppointmentState.READY))
        mail_id = outbox.queue(connection, shop, composed, can_be_taken_back=True)

    def take_back(other: Shop) -> None:
        if outbox.entry(other, mail_id).state != MailState.CANCELLED:
            outbox.cancel(other, mail_id)
        _put_back(other, before, after)

    return mail_id, Undo(take_back)


def calendar(shop: Shop) -> bytes:
    """The shop's whole calendar as one iCalendar file."""
    from shopdesk.output.calendars import calendar_bytes

    organizer, found = _whole_calendar(shop)
    return calendar_bytes(found, organizer, shop.clock.now())


def _whole_calendar(shop: Shop) -> tuple[Mailbox, tuple[Appointment, ...]]:
    from shopdesk.domain.mail import Mailbox
    from shopdesk.store import appointments
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        seller = load_profile(connection).seller
        return Mailbox(seller.email, seller.name), tuple(appointments.every(connection))


def write_calendar(shop: Shop, path: Path) -> None:
    """The calendar as a file, whole or not at all. Raises FolderUnusable."""
    from shopdesk.usecases.number_reports import write

    write(path, calendar(shop))


def write_calendar_folder(shop: Shop, folder: Path) -> int:
    """Each appointment as a file of its own, as phones and calendar programs read folders; gives how many.

    The file of an earlier export gives way to the new one, that of a deleted appointment goes; nothing else in the
    folder is touched. Raises FolderUnusable.
    """
    from shopdesk.output.calendars import calendar_bytes
    from shopdesk.store import appointments
    from shopdesk.usecases.number_reports import write

    organizer, found = _whole_calendar(shop)
    earlier = {path.stem.rpartition(" ")[2]: path for path in folder.glob("*.ics")} if folder.is_dir() else {}
    for one in found:
        path = folder / _file_name(one, shop)
        write(path, calendar_bytes((one,), organizer, shop.clock.now()))
        before = earlier.get(_mark(one))
        if before is not None and before.name != path.name:
            before.unlink(missing_ok=True)
    with shop.reading() as connection:
        gone = {_mark_of(uid) for uid in appointments.deleted_uids(connection)}
    for mark, path in earlier.items():
        if mark in gone:
            path.unlink(missing_ok=True)
    return len(found)


def _file_name(value: Appointment, shop: Shop) -> str:
    from shopdesk.domain.file_names import safe_file_name

    starts = value.starts.astimezone(shop.clock.zone)
    return safe_file_name(f"{starts:%Y-%m-%d %H.%M} {value.subject[:60].strip()} {_mark(value)}.ics")


def _mark(value: Appointment) -> str:
    return _mark_of(value.uid)


def _mark_of(uid: str) -> str:
    """By which the file of an appointment is known again, whatever it is called now."""
    return hashlib.sha256(uid.encode()).hexdigest()[:8]


def take(shop: Shop, data: bytes) -> tuple[Taken, Undo]:
    """Take the appointments of a calendar file over, all or none; the same file again changes nothing.

    A known UID with a higher sequence changes its appointment. Raises CalendarProblem.
    """
    from shopdesk.intake.calendars import read

    found = read(data, shop.clock.zone)
    undos: list[Undo] = []
    with shop.writing() as connection:
        taken = Taken()
        for value in found:
            taken = _take_one(connection, shop, value, taken, undos)
    return taken, Undo(lambda s: _all_back(s, undos))


def _take_one(
    connection: Connection, shop: Shop, value: Appointment, taken: Taken, undos: list[Undo]
) -> Taken:
    from shopdesk.store import appointments

    known = appointments.by_uid(connection, value.uid) if value.uid else None
    if known is None:
        uid = value.uid or f"{uuid.uuid4()}@shopdesk.invalid"
        new_id = appointments.create(connection, checked(replace(value, uid=uid)), shop.clock.now())
        shop.record(connection, "create", "appointment", new_id)
        undos.append(Undo(lambda s: _take_back_deleted(s, new_id, 0, deleted=True)))
        return replace(taken, new=taken.new + 1)
    is_older = value.sequence < known.sequence
    if is_older or (value.sequence == known.sequence and _as_told(value) == _as_told(known)):
        return replace(taken, known=taken.known + 1)
    is_off = value.state == AppointmentState.CANCELLED
    changed = replace(
        known, starts=value.starts, ends=value.ends, subject=value.subject, place=value.place,
        state=value.state if is_off or not known.is_open else known.state, sequence=value.sequence,
    )  # fmt: skip
    appointments.save(connection, checked(changed))
    shop.record(connection, "save", "appointment", known.id or 0)
    undos.append(Undo(lambda s: _put_back(s, known, replace(known, version=known.version + 1))))
    return replace(taken, changed=taken.changed + 1)


def _all_back(shop: Shop, undos: Sequence[Undo]) -> None:
    for undo in reversed(undos):
        undo.run(shop)


def _midnight(shop: Shop, day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=shop.clock.zone)


def job_slip(shop: Shop, appointment_id: int) -> bytes:
    """The slip that lies with the work, as PDF, in the shop's language."""
    from shopdesk.i18n import Texts
    from shopdesk.output.pdf.job_slip import JobSlip
    from shopdesk.output.pdf.job_slip import job_slip as drawn
    from shopdesk.store import appointments, customers
    from shopdesk.usecases.appointment_mails import when
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        value = appointments.load(connection, appointment_id)
        profile = load_profile(connection)
        customer = customers.load(connection, value.customer_id) if value.customer_id else None
    texts = Texts(profile.language)
    slip = JobSlip(
        shop=profile.seller.name,
        customer=value.customer_name,
        when=texts.say(when(value, shop.clock.zone)),
        subject=value.subject,
        phones=tuple(phone.number for phone in customer.phones) if customer else (),
        place=value.place,
        job=value.job,
    )
    return drawn(slip, texts, shop.clock.now())
