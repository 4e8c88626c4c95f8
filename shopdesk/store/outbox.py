"""The outbox in the database. A mail moves only out of a state that is named, so two programs never send one mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, func, insert, select, update

from shopdesk.domain.errors import NotFound
from shopdesk.domain.mail import MailState, Purpose
from shopdesk.domain.outbox import HOLD, PAUSES, AttachedFile, NewMail, OutboxEntry, Reason, pause_after
from shopdesk.store import moments, pages, plain
from shopdesk.store.tables import customer, customer_email, outbox

_TICK = dt.timedelta(microseconds=1)
# the bytes are large and rarely wanted
_LISTED: tuple[Column[Any], ...] = tuple(column for column in outbox.columns if column.name != "message")


def add(connection: Connection, mail: NewMail, now: dt.datetime, reason: Reason | None = None) -> int:
    """Queue a mail and give its id."""
    at = moments.to_text(now)
    values = {
        "document_id": mail.document_id,
        "customer_id": mail.customer_id,
        "message_id": mail.message_id,
        "state": MailState.QUEUED.value,
        "reason": _reason_text(reason),
        "purpose": mail.purpose.value,
        "sender": mail.sender,
        "recipient": mail.recipient,
        "subject": mail.subject,
        "body": mail.body,
        "attachments": plain.dumps(mail.attachments),
        "message": mail.message,
        "created_at": at,
        "changed_at": at,
        "not_before": moments.to_text(mail.not_before) if mail.not_before else None,
    }
    return int(connection.execute(insert(outbox).values(values)).inserted_primary_key[0])  # type: ignore[index]


def load(connection: Connection, mail_id: int) -> OutboxEntry:
    """One mail without its bytes."""
    row = connection.execute(select(*_LISTED).where(outbox.c.id == mail_id)).one_or_none()
    if row is None:
        raise NotFound(str(mail_id), "mail")
    return _entry(row)


def by_message_id(connection: Connection, message_id: str) -> OutboxEntry | None:
    """The mail that went out under this id."""
    row = connection.execute(select(*_LISTED).where(outbox.c.message_id == message_id)).one_or_none()
    return None if row is None else _entry(row)


def message(connection: Connection, mail_id: int) -> bytes:
    """The bytes of one mail."""
    data = connection.scalar(select(outbox.c.message).where(outbox.c.id == mail_id))
    if data is None:
        raise NotFound(str(mail_id), "mail")
    return bytes(data)


def move(
    connection: Connection,
    mail_id: int,
    origins: Collection[MailState],
    target: MailState,
    now: dt.datetime,
    reason: Reason | None = None,
) -> bool:
    """Bring the mail into the state; False, and nothing done, when it is in none of the origins any more."""
    at = moments.to_text(now)
    values: dict[str, Any] = {
        "state": target.value,
        "reason": _reason_text(reason),
        "changed_at": at,
        "sent_at": at if target == MailState.SENT else None,
        "version": outbox.c.version + 1,
    }
    return _update(connection, mail_id, origins, values)


def begin_sending(connection: Connection, mail_id: int, sender: str, data: bytes, now: dt.datetime) -> bool:
    """Claim a queued mail, with the bytes that go over the line now; False when somebody else has it."""
    values = {
        "state": MailState.SENDING.value,
        "reason": "",
        "sender": sender,
        "message": data,
        "attempts": outbox.c.attempts + 1,
        "changed_at": moments.to_text(now),
        "version": outbox.c.version + 1,
    }
    return _update(connection, mail_id, {MailState.QUEUED}, values)


def _update(
    connection: Connection, mail_id: int, origins: Collection[MailState], values: dict[str, Any]
) -> bool:
    states = [state.value for state in origins]
    statement = update(outbox).where(outbox.c.id == mail_id, outbox.c.state.in_(states)).values(values)
    return connection.execute(statement).rowcount == 1


def set_reason(connection: Connection, reason: Reason) -> None:
    """Say why all queued mails are waiting; a reason that stands already is not written again."""
    text = _reason_text(reason)
    statement = update(outbox).where(outbox.c.state == MailState.QUEUED.value, outbox.c.reason != text)
    connection.execute(statement.values(reason=text, version=outbox.c.version + 1))


def queued(connection: Connection, now: dt.datetime) -> tuple[int, ...]:
    """The ids of the mails that wait, oldest first; without those that are held back."""
    held = outbox.c.not_before.is_not(None) & _is_held(now)
    statement = select(outbox.c.id).where(outbox.c.state == MailState.QUEUED.value, ~held)
    return tuple(connection.scalars(statement.order_by(outbox.c.id)))


def _is_held(now: dt.datetime) -> ColumnElement[bool]:
    """Its moment is still to come; one further off than any hold comes from a clock that was put back since."""
    return outbox.c.not_before.between(moments.to_text(now + _TICK), moments.to_text(now + HOLD))


def next_held(connection: Connection, now: dt.datetime) -> dt.datetime | None:
    """When the first mail that is held back may go."""
    statement = select(func.min(outbox.c.not_before)).where(
        outbox.c.state == MailState.QUEUED.value, _is_held(now)
    )
    found = connection.scalar(statement)
    return moments.from_text(found) if found else None


def due_again(connection: Connection, code: str, now: dt.datetime) -> tuple[int, ...]:
    """Mails that failed with this reason and have waited long enough for another try."""
    statement = select(*_LISTED).where(
        outbox.c.state == MailState.FAILED.value,
        outbox.c.changed_at <= moments.to_text(now - PAUSES[0]),
        # before the limit: else old mails that failed for good would keep the others from being tried
        outbox.c.reason.contains(f'"code":"{code}"', autoescape=True),
    )
    entries = (_entry(row) for row in connection.execute(statement.order_by(outbox.c.id).limit(200)))
    return tuple(
        entry.id
        for entry in entries
        if entry.reason
        and entry.reason.code == code
        and entry.changed_at + pause_after(entry.attempts) <= now
    )


def in_state(
    connection: Connection, states: Collection[MailState], limit: int = 200
) -> tuple[OutboxEntry, ...]:
    """The mails in these states, oldest first."""
    wanted = [state.value for state in states]
    statement = select(*_LISTED).where(outbox.c.state.in_(wanted)).order_by(outbox.c.id).limit(limit)
    return tuple(_entry(row) for row in connection.execute(statement))


def page(
    connection: Connection, states: Collection[MailState], cursor: pages.Cursor | None, limit: int
) -> tuple[OutboxEntry, ...]:
    """The next mails of the list, newest first; the cursor is (created_at as text, id)."""
    wanted = [state.value for state in states]
    statement = select(*_LISTED).where(outbox.c.state.in_(wanted))
    ordered = pages.before(statement, outbox.c.created_at, outbox.c.id, cursor).limit(limit)
    return tuple(_entry(row) for row in connection.execute(ordered))


def cursor_of(entry: OutboxEntry) -> pages.Cursor:
    """Where the next page begins behind this mail."""
    return (moments.to_text(entry.created_at), entry.id)


def of_document(connection: Connection, document_id: int) -> tuple[OutboxEntry, ...]:
    """All mails of a document, newest first."""
    statement = select(*_LISTED).where(outbox.c.document_id == document_id).order_by(outbox.c.id.desc())
    return tuple(_entry(row) for row in connection.execute(statement))


def owners_of_address(connection: Connection, address: str, but_not: int | None) -> tuple[str, ...]:
    """Names of the other customers to whom the address belongs."""
    statement = (
        select(customer.c.company, customer.c.given_name, customer.c.family_name, customer.c.number)
        .join(customer_email, customer_email.c.customer_id == customer.c.id)
        .where(
            customer_email.c.email == address.lower(),
            customer.c.deleted_at.is_(None),
            customer.c.id != (but_not or 0),
        )
        .distinct()
        .limit(3)
    )
    rows = connection.execute(statement)
    return tuple(row.company or f"{row.given_name} {row.family_name}".strip() or row.number for row in rows)


def _reason_text(reason: Reason | None) -> str:
    return plain.dumps(reason) if reason else ""


def _entry(row: Row[Any]) -> OutboxEntry:
    return OutboxEntry(
        id=row.id,
        version=row.version,
        message_id=row.message_id,
        state=MailState(row.state),
        recipient=row.recipient,
        subject=row.subject,
        body=row.body,
        sender=row.sender,
        purpose=Purpose(row.purpose or "order"),
        attachments=tuple(
            plain.from_plain(AttachedFile, item) for item in plain.loads(list, row.attachments or "[]")
        ),
        reason=plain.loads(Reason, row.reason) if row.reason else None,
        attempts=row.attempts,
        document_id=row.document_id,
        customer_id=row.customer_id,
        created_at=moments.from_text(row.created_at),
        changed_at=moments.from_text(row.changed_at),
        sent_at=moments.from_text(row.sent_at) if row.sent_at else None,
    )
