"""Inquiries in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, or_, select, update

from shopdesk.domain import countdowns, later
from shopdesk.domain.errors import NotFound
from shopdesk.domain.folding import compact
from shopdesk.domain.inquiries import (
    Answer,
    Asker,
    Inquiry,
    InquiryChannel,
    InquiryMessage,
    InquiryState,
    LostReason,
)
from shopdesk.domain.timeline import Direction
from shopdesk.store import customer_merges, moments, pages
from shopdesk.store.tables import (
    customer,
    customer_email,
    customer_phone,
    inquiry,
    inquiry_document,
    inquiry_message,
    outbox,
)

_SHORTEST = 3
_FOUND_BY = 1000
_NO_CLOCK = "~"  # sorts behind every moment


def _text(moment: dt.datetime | None) -> str | None:
    return moments.to_text(moment) if moment else None


def _columns(value: Inquiry) -> dict[str, Any]:
    answer = value.first_answer
    return {
        "customer_id": value.customer_id,
        "channel": value.channel.value,
        "state": value.state.value,
        "subject": value.subject,
        "sender_name": value.sender_name,
        "sender_address": value.sender_address,
        "sender_phone": value.sender_phone,
        "thread_key": value.thread_key,
        "received_at": moments.to_text(value.received_at),
        "waiting_since": moments.to_text(value.waiting_since),
        "target": value.target,
        "due_at": _text(value.due_at),
        "first_answer_at": _text(answer.at) if answer else None,
        "first_answer_channel": answer.channel.value if answer else "",
        "first_answer_minutes": answer.minutes if answer else None,
        "answered_at": _text(value.answered_at),
        "answer_entry_id": value.answer_entry_id,
        "outcome": value.outcome.value if value.outcome else "",
        "lost_reason": value.lost_reason.value if value.lost_reason else "",
        "lost_words": value.lost_words,
        "later": value.later.text if value.later else "",
        "last_hours": countdowns.as_text(value.last_hours),
        "missed_call_id": value.missed_call_id,
        "is_complaint": int(value.is_complaint),
        "closed_at": _text(value.closed_at),
        "first_answer_by": answer.by if answer else "",
        "sort_key": _sort_key(value),
    }


def _sort_key(value: Inquiry) -> str:
    """The clock that runs out first stands first; without one, who waits longest."""
    return _text(value.due_at) or _NO_CLOCK + moments.to_text(value.waiting_since)


def create(connection: Connection, value: Inquiry) -> int:
    """Store a new inquiry and give its id."""
    columns = _columns(value)
    if value.customer_id is not None:
        columns["customer_id"] = customer_merges.meant(connection, value.customer_id)
    return int(connection.execute(insert(inquiry).values(columns)).inserted_primary_key[0])  # type: ignore[index]


def save(connection: Connection, value: Inquiry) -> Inquiry:
    """Store a changed inquiry and give it with its new version; raises ChangedElsewhere."""
    meant = inquiry.c.id == value.id, inquiry.c.version == value.version
    columns = _columns(value) | {"version": value.version + 1}
    pages.versioned(connection.execute(update(inquiry).where(*meant).values(columns)).rowcount, value.subject)
    return replace(value, version=value.version + 1)


def find(connection: Connection, text: str, limit: int) -> tuple[Inquiry, ...]:
    """Those whose subject, sender or words hold what was typed: who waits stands first, then the newest."""
    typed = [word for word in map(compact, text[:200].split()) if word]
    if not typed or max(map(len, typed)) < _SHORTEST:
        return ()
    statement = _named().order_by((inquiry.c.state == InquiryState.OPEN.value).desc(), inquiry.c.id.desc())
    for word in typed:
        statement = statement.where(inquiry.c.search.contains(word, autoescape=True))
    return tuple(_inquiry(row) for row in connection.execute(statement.limit(limit)))


def _keep_findable(connection: Connection, inquiry_id: int, text: str) -> None:
    """What is looked for: the sender and the beginning of what was written."""
    parts = (inquiry.c.subject, inquiry.c.sender_name, inquiry.c.sender_address, inquiry.c.sender_phone)
    row = connection.execute(select(*parts, inquiry.c.search).where(inquiry.c.id == inquiry_id)).one()
    before = row.search or " ".join(compact(part) for part in row[:4] if part)
    # without blanks: 235/60R16 finds 235/60 R16
    found_by = f"{before} {compact(text[:_FOUND_BY])}"[:_FOUND_BY]
    connection.execute(update(inquiry).where(inquiry.c.id == inquiry_id).values(search=found_by))


def remove(connection: Connection, inquiry_id: int, version: int) -> None:
    """Take one out for good, because it was entered by mistake; raises ChangedElsewhere."""
    statement = delete(inquiry).where(inquiry.c.id == inquiry_id, inquiry.c.version == version)
    connection.execute(delete(inquiry_message).where(inquiry_message.c.inquiry_id == inquiry_id))
    connection.execute(delete(inquiry_document).where(inquiry_document.c.inquiry_id == inquiry_id))
    pages.versioned(connection.execute(statement).rowcount, str(inquiry_id))


def _named() -> Select[Any]:
    return select(
        inquiry, customer.c.company, customer.c.title, customer.c.given_name, customer.c.family_name
    ).outerjoin(customer, customer.c.id == inquiry.c.customer_id)


def load(connection: Connection, inquiry_id: int) -> Inquiry:
    """One inquiry; raises NotFound."""
    row = connection.execute(_named().where(inquiry.c.id == inquiry_id)).one_or_none()
    if row is None:
        raise NotFound(str(inquiry_id))
    return _inquiry(row)


def page(
    connection: Connection,
    states: Collection[InquiryState],
    channel: InquiryChannel | None,
    cursor: pages.Cursor | None,
    limit: int,
) -> tuple[Inquiry, ...]:
    """Open ones by what is due first, all others by the newest; the cursor comes from `cursor_of`."""
    statement = _named().where(inquiry.c.state.in_([state.value for state in states]))
    if channel is not None:
        statement = statement.where(inquiry.c.channel == channel.value)
    if _is_by_clock(states):
        ordered = pages.after(statement, inquiry.c.sort_key, inquiry.c.id, cursor)
    else:
        ordered = pages.before(statement, inquiry.c.received_at, inquiry.c.id, cursor)
    return tuple(_inquiry(row) for row in connection.execute(ordered.limit(limit)))


def _is_by_clock(states: Collection[InquiryState]) -> bool:
    return set(states) == {InquiryState.OPEN}


def cursor_of(value: Inquiry, states: Collection[InquiryState]) -> pages.Cursor:
    """Where the next page begins behind this one."""
    key = _sort_key(value) if _is_by_clock(states) else moments.to_text(value.received_at)
    return (key, value.id or 0)


def open_of(connection: Connection, asker: Asker) -> tuple[Inquiry, ...]:
    """Whoever waits: this customer's, those of this thread, those from this mail address, the oldest first.

    Somebody who asked before he was a customer is known by his number or address.
    """
    wanted: list[ColumnElement[bool]] = []
    no_customer = inquiry.c.customer_id.is_(None)
    if asker.customer_id is not None:
        known = customer_merges.meant(connection, asker.customer_id)
        wanted += [inquiry.c.customer_id == known, _was_stranger(known)]
    if asker.thread_key:
        wanted.append(inquiry.c.thread_key == asker.thread_key)
    if asker.address:
        wanted.append(and_(no_customer, _address() == asker.address.lower()))
    if asker.phone:
        wanted.append(and_(no_customer, inquiry.c.sender_phone == asker.phone))
    if not wanted:
        return ()
    statement = _named().where(inquiry.c.state == InquiryState.OPEN.value, or_(*wanted))
    rows = connection.execute(statement.order_by(inquiry.c.received_at, inquiry.c.id))
    return tuple(_inquiry(row) for row in rows)


def _was_stranger(customer_id: int) -> ColumnElement[bool]:
    numbers = select(customer_phone.c.e164).where(customer_phone.c.customer_id == customer_id)
    emails = select(func.lower(customer_email.c.email)).where(customer_email.c.customer_id == customer_id)
    known_by = or_(
        and_(inquiry.c.sender_phone != "", inquiry.c.sender_phone.in_(numbers)),
        and_(inquiry.c.sender_address != "", _address().in_(emails)),
    )
    return and_(inquiry.c.customer_id.is_(None), known_by)


def of_stranger(connection: Connection, customer_id: int) -> tuple[Inquiry, ...]:
    """What this customer asked before he was one, known by his address or number."""
    rows = connection.execute(_named().where(_was_stranger(customer_id)).order_by(inquiry.c.id))
    return tuple(_inquiry(row) for row in rows)


def _address() -> ColumnElement[str]:
    return func.lower(inquiry.c.sender_address)


def of_thread(connection: Connection, thread_key: str) -> Inquiry | None:
    """The newest inquiry of a thread."""
    statement = _named().where(inquiry.c.thread_key == thread_key).order_by(inquiry.c.id.desc()).limit(1)
    row = connection.execute(statement).one_or_none() if thread_key else None
    return _inquiry(row) if row is not None else None


def of_missed_call(connection: Connection, missed_call_id: int) -> Inquiry | None:
    """The inquiry that a missed call began."""
    statement = _named().where(inquiry.c.missed_call_id == missed_call_id).order_by(inquiry.c.id.desc())
    row = connection.execute(statement.limit(1)).one_or_none()
    return _inquiry(row) if row is not None else None


def answered_by(connection: Connection, entry_id: int) -> tuple[Inquiry, ...]:
    """Those whose clock this entry of the timeline stopped."""
    rows = connection.execute(_named().where(inquiry.c.answer_entry_id == entry_id))
    return tuple(_inquiry(row) for row in rows)


def of_outbox(connection: Connection, outbox_id: int) -> Inquiry | None:
    """The inquiry that a mail in the outbox answers."""
    found = connection.scalar(
        select(inquiry_message.c.inquiry_id).where(inquiry_message.c.outbox_id == outbox_id)
    )
    return load(connection, found) if found is not None else None


def count_open(connection: Connection) -> int:
    """How many wait."""
    return (
        connection.scalar(
            select(func.count()).where(inquiry.c.state == InquiryState.OPEN.value).select_from(inquiry)
        )
        or 0
    )


def add_message(connection: Connection, inquiry_id: int, value: InquiryMessage) -> int:
    """Keep what was written, word for word; gives its id."""
    columns = {
        "inquiry_id": inquiry_id,
        "direction": value.direction.value,
        "channel": value.channel.value,
        "at": _text(value.at),
        "text": value.text,
        "automatic": int(value.automatic),
        "reference": value.reference,
        "outbox_id": value.outbox_id,
    }
    if value.direction == Direction.IN:
        _keep_findable(connection, inquiry_id, value.text)
    done = connection.execute(insert(inquiry_message).values(columns))
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def remove_message(connection: Connection, message_id: int) -> None:
    """Take a message out that was entered by mistake."""
    connection.execute(delete(inquiry_message).where(inquiry_message.c.id == message_id))


def message_sent(connection: Connection, outbox_id: int, at: dt.datetime) -> None:
    """The answer in the outbox has gone."""
    meant = inquiry_message.c.outbox_id == outbox_id, inquiry_message.c.at.is_(None)
    connection.execute(update(inquiry_message).where(*meant).values(at=moments.to_text(at)))


def by_reference(connection: Connection, reference: str) -> int | None:
    """The inquiry in which a message of this name stands already."""
    if not reference:
        return None
    return connection.scalar(
        select(inquiry_message.c.inquiry_id).where(inquiry_message.c.reference == reference).limit(1)
    )


def messages(connection: Connection, inquiry_id: int) -> tuple[InquiryMessage, ...]:
    """Everything written in an inquiry in its order, without answers that were called back from the outbox."""
    joined = inquiry_message.outerjoin(outbox, outbox.c.id == inquiry_message.c.outbox_id)
    gone = or_(inquiry_message.c.at.is_not(None), outbox.c.state.is_(None), outbox.c.state != "cancelled")
    statement = (
        select(inquiry_message).select_from(joined).where(inquiry_message.c.inquiry_id == inquiry_id, gone)
    )
    rows = connection.execute(statement.order_by(inquiry_message.c.id))
    return tuple(
        InquiryMessage(
            id=row.id,
            direction=Direction(row.direction),
            channel=InquiryChannel(row.channel),
            at=moments.from_text(row.at) if row.at else None,
            text=row.text,
            automatic=bool(row.automatic),
            reference=row.reference,
            outbox_id=row.outbox_id,
        )
        for row in rows
    )


def link_document(connection: Connection, inquiry_id: int, document_id: int) -> None:
    """Remember that the inquiry led to this document."""
    link = {"inquiry_id": inquiry_id, "document_id": document_id}
    known = connection.scalar(select(inquiry_document.c.document_id).filter_by(**link))
    if known is None:
        connection.execute(insert(inquiry_document).values(link))


def documents_of(connection: Connection, inquiry_id: int) -> tuple[int, ...]:
    """The ids of the documents an inquiry led to, the oldest first."""
    statement = select(inquiry_document.c.document_id).where(inquiry_document.c.inquiry_id == inquiry_id)
    return tuple(connection.scalars(statement.order_by(inquiry_document.c.document_id)))


def of_document(connection: Connection, document_id: int) -> tuple[Inquiry, ...]:
    """The inquiries that led to a document."""
    linked = select(inquiry_document.c.inquiry_id).where(inquiry_document.c.document_id == document_id)
    rows = connection.execute(_named().where(inquiry.c.id.in_(linked)).order_by(inquiry.c.id))
    return tuple(_inquiry(row) for row in rows)


def forget_strangers(connection: Connection, before: dt.datetime) -> None:
    """Nobody needs the numbers of strangers whose missed calls are long over; the figures stay."""
    meant = (
        inquiry.c.missed_call_id.is_not(None),
        inquiry.c.customer_id.is_(None),
        inquiry.c.state != InquiryState.OPEN.value,
        inquiry.c.waiting_since < moments.to_text(before),
    )
    values = {"sender_phone": "", "sender_name": "", "missed_call_id": None}
    connection.execute(update(inquiry).where(*meant).values(values))


def _inquiry(row: Any) -> Inquiry:
    person = " ".join(part for part in (row.title, row.given_name, row.family_name) if part)
    return Inquiry(
        id=row.id,
        version=row.version,
        channel=InquiryChannel(row.channel),
        state=InquiryState(row.state),
        subject=row.subject,
        customer_id=row.customer_id,
        customer_name=row.company or person or "",
        sender_name=row.sender_name,
        sender_address=row.sender_address,
        sender_phone=row.sender_phone,
        thread_key=row.thread_key,
        received_at=moments.from_text(row.received_at),
        waiting_since=moments.from_text(row.waiting_since),
        target=row.target,
        due_at=_moment(row.due_at),
        first_answer=_first_answer(row),
        answered_at=_moment(row.answered_at),
        answer_entry_id=row.answer_entry_id,
        outcome=InquiryState(row.outcome) if row.outcome else None,
        lost_reason=LostReason(row.lost_reason) if row.lost_reason else None,
        lost_words=row.lost_words,
        later=later.from_text(row.later),
        last_hours=countdowns.from_text(row.last_hours),
        missed_call_id=row.missed_call_id,
        is_complaint=bool(row.is_complaint),
        closed_at=_moment(row.closed_at),
    )


def _first_answer(row: Any) -> Answer | None:
    at = _moment(row.first_answer_at)
    if at is None:
        return None
    return Answer(
        at, InquiryChannel(row.first_answer_channel), row.first_answer_minutes or 0, row.first_answer_by
    )


def _moment(text: str | None) -> dt.datetime | None:
    return moments.from_text(text) if text else None
