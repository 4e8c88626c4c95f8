"""Appointments in the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from shopdesk.domain.appointments import LONGEST, OPEN, Appointment, AppointmentState
from shopdesk.domain.errors import NotFound
from shopdesk.store import customer_merges, moments, pages
from shopdesk.store.tables import appointment, customer


def _columns(connection: Connection, value: Appointment) -> dict[str, Any]:
    meant = value.customer_id and customer_merges.meant(connection, value.customer_id)
    return {
        "customer_id": meant,
        "document_id": value.document_id,
        "uid": value.uid,
        "sequence": value.sequence,
        "starts": moments.to_text(value.starts),
        "ends": moments.to_text(value.ends),
        "subject": value.subject,
        "place": value.place,
        "job": value.job,
        "state": value.state.value,
        "invited": value.invited,
        "told_sequence": value.told_sequence,
    }


def create(connection: Connection, value: Appointment, now: dt.datetime) -> int:
    """Store a new appointment and give its id."""
    columns = _columns(connection, value) | {"created_at": moments.to_text(now)}
    return int(connection.execute(insert(appointment).values(columns)).inserted_primary_key[0])  # type: ignore[index]


def save(connection: Connection, value: Appointment) -> None:
    """Store a changed appointment; raises ChangedElsewhere."""
    statement = (
        update(appointment)
        .where(appointment.c.id == value.id, appointment.c.version == value.version)
        .values(_columns(connection, value) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, value.subject)


def set_told(connection: Connection, appointment_id: int, invited: str, sequence: int) -> None:
    """Note who was told which sequence; the appointment itself did not change, so its version stays."""
    statement = update(appointment).where(appointment.c.id == appointment_id)
    connection.execute(statement.values(invited=invited, told_sequence=sequence))


def set_deleted(connection: Connection, appointment_id: int, version: int, at: dt.datetime | None) -> None:
    """Take an appointment away or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, appointment, appointment_id, version, at)


def _named() -> Select[Any]:
    name = (customer.c.company, customer.c.title, customer.c.given_name, customer.c.family_name)
    return select(appointment, *name).outerjoin(customer, customer.c.id == appointment.c.customer_id)


def load(connection: Connection, appointment_id: int) -> Appointment:
    """One appointment; raises NotFound."""
    row = connection.execute(_named().where(appointment.c.id == appointment_id)).one_or_none()
    if row is None:
        raise NotFound(str(appointment_id))
    return _appointment(row)


def by_uid(connection: Connection, uid: str) -> Appointment | None:
    """The appointment with this UID, taken away or not."""
    row = connection.execute(_named().where(appointment.c.uid == uid)).one_or_none()
    return _appointment(row) if row else None


def between(connection: Connection, first: dt.datetime, last: dt.datetime) -> tuple[Appointment, ...]:
    """What holds at some moment from `first` until `last`, in order."""
    # none is longer than LONGEST, so the index leads to the few that may reach into the span
    earliest = moments.to_text(first - LONGEST)
    statement = _named().where(
        appointment.c.starts.between(earliest, moments.to_text(last)),
        appointment.c.starts < moments.to_text(last),
        appointment.c.ends > moments.to_text(first),
        appointment.c.deleted_at.is_(None),
    )
    return _in_order(connection, statement)


def of_customer(connection: Connection, customer_id: int) -> tuple[Appointment, ...]:
    """The open appointments of a customer, the nearest first."""
    statement = _named().where(
        appointment.c.customer_id.in_(customer_merges.everyone(connection, customer_id)),
        appointment.c.state.in_(sorted(OPEN)),
        appointment.c.deleted_at.is_(None),
    )
    return _in_order(connection, statement)


def deleted_uids(connection: Connection) -> tuple[str, ...]:
    """By which other calendars know the appointments that are no longer here."""
    return tuple(connection.scalars(select(appointment.c.uid).where(appointment.c.deleted_at.is_not(None))))


def every(connection: Connection) -> tuple[Appointment, ...]:
    """The shop's whole calendar, in order."""
    return _in_order(connection, _named().where(appointment.c.deleted_at.is_(None)))


def _in_order(connection: Connection, statement: Select[Any]) -> tuple[Appointment, ...]:
    rows = connection.execute(statement.order_by(appointment.c.starts, appointment.c.id))
    return tuple(_appointment(row) for row in rows)


def _appointment(row: Row[Any]) -> Appointment:
    person = " ".join(part for part in (row.title, row.given_name, row.family_name) if part)
    return Appointment(
        id=row.id,
        version=row.version,
        starts=moments.from_text(row.starts),
        ends=moments.from_text(row.ends),
        subject=row.subject,
        customer_id=row.customer_id,
        document_id=row.document_id,
        place=row.place,
        job=row.job,
        state=AppointmentState(row.state),
        uid=row.uid,
        sequence=row.sequence,
        invited=row.invited,
        told_sequence=row.told_sequence,
        customer_name=row.company or person or "",
    )
