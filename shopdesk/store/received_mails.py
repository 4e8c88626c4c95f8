"""Received mails in the database: each once, with how far the server's folders were read."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, func, insert, or_, select, update

from shopdesk.domain.errors import NotFound
from shopdesk.domain.mail import Mailbox
from shopdesk.domain.received_mails import KeptAway, MailPlace, ReceivedAttachment, ReceivedMail, StoredMail
from shopdesk.store import moments, pages, plain
from shopdesk.store.tables import contact_person, customer, inquiry, received_mail

KEPT_DAYS = 30
"""How long the bytes of a mail that is kept away stay."""
# the bytes are large and rarely wanted
_LISTED: tuple[Column[Any], ...] = tuple(
    column for column in received_mail.columns if column.name not in {"data", "customer_id"}
)


@dataclass(frozen=True, slots=True)
class NewReceivedMail:
    """What is stored of a mail; `data` is the mail as it came, `message_id` unique."""

    message_id: str
    thread: str
    place: MailPlace
    reason: KeptAway | None
    mail: ReceivedMail
    received_at: dt.datetime
    data: bytes
    size: int
    is_cut: bool = False
    customer_id: int | None = None
    inquiry_id: int | None = None


def add(connection: Connection, value: NewReceivedMail, now: dt.datetime) -> int:
    """Store a mail and give its id."""
    mail, answer_to = value.mail, value.mail.answer_to
    columns = {
        "message_id": value.message_id,
        "thread": value.thread,
        "place": value.place.value,
        "reason": value.reason.value if value.reason else "",
        "customer_id": value.customer_id,
        "inquiry_id": value.inquiry_id,
        "sender": mail.sender.address.lower(),
        "sender_name": mail.sender.name,
        "answer_to": answer_to.address.lower(),
        "answer_to_name": answer_to.name,
        "recipients": plain.dumps(mail.recipients),
        "subject": mail.subject,
        "text": mail.text,
        "received_at": moments.to_text(value.received_at),
        "fetched_at": moments.to_text(now),
        "reference_ids": " ".join(mail.references),
        "attachments": plain.dumps(mail.attachments),
        "automatic": int(mail.is_automatic),
        "is_cut": int(value.is_cut),
        "size": value.size,
        "sha256": hashlib.sha256(value.data).hexdigest(),
        "data": value.data,
    }
    return int(connection.execute(insert(received_mail).values(columns)).inserted_primary_key[0])  # type: ignore[index]


def _listed() -> Select[Any]:
    """The owner may have said only of the inquiry who it was."""
    whose = func.coalesce(received_mail.c.customer_id, inquiry.c.customer_id).label("customer_id")
    joined = received_mail.outerjoin(inquiry, inquiry.c.id == received_mail.c.inquiry_id)
    return select(*_LISTED, whose).select_from(joined)


def load(connection: Connection, mail_id: int) -> StoredMail:
    """One mail without its bytes. Raises NotFound."""
    row = connection.execute(_listed().where(received_mail.c.id == mail_id)).one_or_none()
    if row is None:
        raise NotFound(str(mail_id), "mail")
    return _mail(row)


def data(connection: Connection, mail_id: int) -> bytes | None:
    """The mail as it came; None where it was kept away and is long gone."""
    found = connection.scalar(select(received_mail.c.data).where(received_mail.c.id == mail_id))
    return None if found is None else bytes(found)


def by_message_id(connection: Connection, message_id: str) -> StoredMail | None:
    """The mail of this id."""
    row = connection.execute(_listed().where(received_mail.c.message_id == message_id)).one_or_none()
    return None if row is None else _mail(row)


def of_inquiry(connection: Connection, inquiry_id: int) -> tuple[StoredMail, ...]:
    """The mails of an inquiry, oldest first."""
    statement = _listed().where(received_mail.c.inquiry_id == inquiry_id)
    ordered = statement.order_by(received_mail.c.received_at, received_mail.c.id)
    return tuple(_mail(row) for row in connection.execute(ordered))


def of_moment(connection: Connection, customer_id: int, at: dt.datetime) -> int | None:
    """The mail that an entry of a customer's timeline stands for; None for an entry of another kind."""
    statement = _listed().where(
        received_mail.c.received_at == moments.to_text(at),
        or_(received_mail.c.customer_id == customer_id, inquiry.c.customer_id == customer_id),
    )
    row = connection.execute(statement.order_by(received_mail.c.id).limit(1)).one_or_none()
    return None if row is None else int(row.id)


def page(
    connection: Connection, place: MailPlace, cursor: pages.Cursor | None, limit: int
) -> tuple[StoredMail, ...]:
    """The next mails of a place, newest first."""
    statement = _listed().where(received_mail.c.place == place.value)
    ordered = pages.before(statement, received_mail.c.received_at, received_mail.c.id, cursor).limit(limit)
    return tuple(_mail(row) for row in connection.execute(ordered))


def cursor_of(mail: StoredMail) -> pages.Cursor:
    """Where the next page begins behind this mail."""
    return (moments.to_text(mail.received_at), mail.id)


def count_kept_away(connection: Connection, since: dt.datetime) -> int:
    """How many mails were kept away since then."""
    statement = select(func.count()).where(
        received_mail.c.place == MailPlace.KEPT_AWAY.value,
        received_mail.c.received_at >= moments.to_text(since),
    )
    return int(connection.scalar(statement) or 0)


def move(
    connection: Connection,
    mail: StoredMail,
    place: MailPlace,
    reason: KeptAway | None,
    inquiry_id: int | None,
) -> None:
    """Take a mail in, or away; raises ChangedElsewhere."""
    values = {
        "place": place.value, "reason": reason.value if reason else "", "inquiry_id": inquiry_id,
        "version": mail.version + 1,
    }  # fmt: skip
    meant = received_mail.c.id == mail.id, received_mail.c.version == mail.version
    pages.versioned(
        connection.execute(update(received_mail).where(*meant).values(values)).rowcount, mail.subject
    )


def forget_old_bytes(connection: Connection, now: dt.datetime) -> None:
    """What is kept away for long keeps its line, not its contents."""
    long_ago = moments.to_text(now - dt.timedelta(days=KEPT_DAYS))
    old = update(received_mail).where(
        received_mail.c.place != MailPlace.TAKEN.value,
        received_mail.c.fetched_at < long_ago,
        received_mail.c.data.is_not(None),
    )
    connection.execute(old.values(data=None, text="", attachments="[]"))


def by_contact(connection: Connection, email: str) -> list[int]:
    """The customers with a contact person of this address."""
    statement = (
        select(contact_person.c.customer_id)
        .join(customer, customer.c.id == contact_person.c.customer_id)
        .where(func.lower(contact_person.c.email) == email.lower(), customer.c.deleted_at.is_(None))
        .distinct()
    )
    return list(connection.scalars(statement))


def _mail(row: Row[Any]) -> StoredMail:
    return StoredMail(
        id=row.id,
        version=row.version,
        message_id=row.message_id,
        thread=row.thread,
        sender=Mailbox(row.sender, row.sender_name),
        answer_to=Mailbox(row.answer_to, row.answer_to_name),
        recipients=_values(Mailbox, row.recipients),
        subject=row.subject,
        text=row.text,
        received_at=moments.from_text(row.received_at),
        place=MailPlace(row.place),
        reason=KeptAway(row.reason) if row.reason else None,
        references=tuple(row.reference_ids.split()),
        attachments=_values(ReceivedAttachment, row.attachments),
        size=row.size,
        is_cut=bool(row.is_cut),
        is_automatic=bool(row.automatic),
        customer_id=row.customer_id,
        inquiry_id=row.inquiry_id,
    )


def _values(kind: type[Any], text: str) -> tuple[Any, ...]:
    return tuple(plain.from_plain(kind, item) for item in plain.loads(list, text or "[]"))
