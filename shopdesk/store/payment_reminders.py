"""Payment reminders in the database: what each asked for of which bill, and who is not reminded."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from shopdesk.domain.documents import Document
from shopdesk.domain.errors import NotFound
from shopdesk.domain.payment_reminders import History, Stop
from shopdesk.store import customer_merges, moments, pages
from shopdesk.store.tables import (
    bank_file,
    document,
    payment_allocation,
    payment_reminder_bill,
    payment_reminder_stop,
)

_asked = payment_reminder_bill.c
_stop = payment_reminder_stop.c


def charges_asked() -> ColumnElement[int]:
    """Of the bill in the statement around it: the fees of all reminders, and the interest of the last one.

    The interest of a reminder holds that of the ones before.
    """
    total = func.coalesce(func.sum(_asked.fee + _asked.flat_fee), 0) + func.coalesce(
        func.max(_asked.interest), 0
    )
    statement = select(total).where(_asked.bill_id == document.c.id, _asked.taken_back_at.is_(None))
    return statement.correlate(document).scalar_subquery()


def note(connection: Connection, reminder: Document) -> None:
    """Remember what an issued reminder asked for; its fees stand at the first of its bills."""
    assert reminder.reminder is not None
    assert reminder.date is not None
    asked = reminder.reminder
    for number, bill in enumerate(asked.bills):
        columns = {
            "document_id": reminder.id,
            "bill_id": bill.reference.id,
            "currency": reminder.currency,
            "level": asked.level,
            "day": reminder.date.isoformat(),
            "until": reminder.due.isoformat() if reminder.due else None,
            "fee": asked.fee if number == 0 else 0,
            "flat_fee": asked.flat_fee if number == 0 else 0,
            "interest": sum(piece.amount.minor for piece in bill.interest),
        }
        connection.execute(insert(payment_reminder_bill).values(columns))


def set_taken_back(connection: Connection, document_ids: Collection[int], at: dt.datetime | None) -> None:
    """The mails of these reminders did not go, so they do not count; or they do after all."""
    change = update(payment_reminder_bill).where(_asked.document_id.in_(document_ids))
    connection.execute(change.values(taken_back_at=moments.to_text(at) if at else None))


def histories(connection: Connection, bill_ids: Collection[int]) -> dict[int, History]:
    """What was said about these bills so far; one that was never reminded of is left out."""
    rows: dict[int, list[Any]] = defaultdict(list)
    statement = select(payment_reminder_bill).where(
        _asked.bill_id.in_(bill_ids), _asked.taken_back_at.is_(None)
    )
    for row in connection.execute(statement.order_by(_asked.day, _asked.id)):
        rows[row.bill_id].append(row)
    paid = select(payment_allocation.c.document_id, func.sum(payment_allocation.c.charges)).where(
        payment_allocation.c.document_id.in_(rows), payment_allocation.c.deleted_at.is_(None)
    )
    rows_paid = connection.execute(paid.group_by(payment_allocation.c.document_id))
    charges = {row[0]: int(row[1]) for row in rows_paid}
    return {key: _history(of_bill, charges.get(key, 0)) for key, of_bill in rows.items()}


def _history(rows: list[Any], charges_paid: int) -> History:
    last = rows[-1]
    untils = [row.until for row in rows if row.until]
    return History(
        level=max(row.level for row in rows),
        day=dt.date.fromisoformat(last.day),
        until=dt.date.fromisoformat(last.until) if last.until else None,
        first_until=dt.date.fromisoformat(untils[0]) if untils else None,
        open_fees=sum(row.fee + row.flat_fee for row in rows) - charges_paid,
        had_flat_fee=any(row.flat_fee for row in rows),
    )


def last_statement(connection: Connection) -> dt.date | None:
    """The last day that a bank file told of; none where no file was taken in."""
    newest = connection.scalar(select(func.max(bank_file.c.last_day)).where(bank_file.c.undone_at.is_(None)))
    return dt.date.fromisoformat(newest) if newest else None


def add_stop(connection: Connection, value: Stop, now: dt.datetime) -> int:
    """Store whom nobody reminds, and give its id."""
    customer_id = value.customer_id
    if customer_id is not None:
        customer_id = customer_merges.meant(connection, customer_id)
    columns = {
        "customer_id": customer_id,
        "document_id": value.document_id,
        "reason": value.reason.strip(),
        "until": value.until.isoformat() if value.until else None,
        "created_at": moments.to_text(now),
    }
    done = connection.execute(insert(payment_reminder_stop).values(columns))
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def set_stop_deleted(connection: Connection, stop_id: int, version: int, at: dt.datetime | None) -> None:
    """Remind again, or not after all; raises ChangedElsewhere."""
    pages.set_deleted(connection, payment_reminder_stop, stop_id, version, at)


def load_stop(connection: Connection, stop_id: int) -> Stop:
    """One stop, also one that was taken away; raises NotFound."""
    row = connection.execute(select(payment_reminder_stop).where(_stop.id == stop_id)).one_or_none()
    if row is None:
        raise NotFound(str(stop_id))
    return _read_stop(row)


def stops_of(connection: Connection, customer_id: int) -> tuple[Stop, ...]:
    """The stops of a customer and of single bills, the newest first."""
    everyone = customer_merges.everyone(connection, customer_id)
    bills = select(document.c.id).where(document.c.customer_id.in_(everyone))
    mine = or_(_stop.customer_id.in_(everyone), _stop.document_id.in_(bills))
    statement = select(payment_reminder_stop).where(mine, _stop.deleted_at.is_(None))
    return tuple(_read_stop(row) for row in connection.execute(statement.order_by(_stop.id.desc())))


def all_stops(connection: Connection) -> tuple[Stop, ...]:
    """All stops that were not taken away, each with the living record of its customer."""
    living = customer_merges.living(_stop.customer_id).label("living_id")
    statement = select(payment_reminder_stop, living).where(_stop.deleted_at.is_(None)).order_by(_stop.id)
    return tuple(_read_stop(row, row.living_id) for row in connection.execute(statement))


def _read_stop(row: Any, customer_id: int | None = None) -> Stop:
    return Stop(
        customer_id=customer_id or row.customer_id,
        reason=row.reason,
        until=dt.date.fromisoformat(row.until) if row.until else None,
        document_id=row.document_id,
        id=row.id,
        version=row.version,
    )
