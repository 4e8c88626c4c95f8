"""What the figures of service are counted from: first answers, and the way from a contact to its invoice."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select, text, union_all

from shopdesk.domain.document_kinds import BILLS
from shopdesk.store import moments
from shopdesk.store.tables import document, inquiry, inquiry_message, timeline_entry

LONGEST_WAY = dt.timedelta(days=14)
"""A contact that is older did not lead to the invoice."""


class FirstAnswer(NamedTuple):
    """When an inquiry came in, over which channel, after how many minutes it was answered, and what was aimed at."""

    received_at: dt.datetime
    channel: str
    minutes: int
    target: int | None
    person: str = ""


class Solved(NamedTuple):
    """A complaint, and when it was solved."""

    received_at: dt.datetime
    channel: str
    closed_at: dt.datetime


class Way(NamedTuple):
    """The last contact before a bill, and when the bill was issued."""

    contact_at: dt.datetime
    channel: str
    issued_at: dt.datetime


def first_answers(connection: Connection, first: dt.datetime, last: dt.datetime) -> tuple[FirstAnswer, ...]:
    """The answered inquiries that came in from `first` until `last`."""
    columns = (
        inquiry.c.received_at, inquiry.c.channel, inquiry.c.first_answer_minutes, inquiry.c.target,
        inquiry.c.first_answer_by,
    )  # fmt: skip
    statement = select(*columns).where(
        inquiry.c.received_at >= moments.to_text(first),
        inquiry.c.received_at < moments.to_text(last),
        inquiry.c.first_answer_minutes.is_not(None),
    )
    return tuple(
        FirstAnswer(moments.from_text(row.received_at), *row[1:])
        for row in connection.execute(statement.order_by(inquiry.c.received_at, inquiry.c.id))
    )


def solved_complaints(connection: Connection, first: dt.datetime, last: dt.datetime) -> tuple[Solved, ...]:
    """The complaints that came in from `first` until `last` and are over."""
    statement = select(inquiry.c.received_at, inquiry.c.channel, inquiry.c.closed_at).where(
        inquiry.c.received_at >= moments.to_text(first),
        inquiry.c.received_at < moments.to_text(last),
        inquiry.c.is_complaint == 1,
        inquiry.c.closed_at.is_not(None),
    )
    return tuple(
        Solved(moments.from_text(row.received_at), row.channel, moments.from_text(row.closed_at))
        for row in connection.execute(statement.order_by(inquiry.c.received_at, inquiry.c.id))
    )


def unsolved_complaints(connection: Connection, first: dt.datetime, last: dt.datetime) -> int:
    """How many complaints that came in then are not over yet."""
    statement = select(func.count()).where(
        inquiry.c.received_at >= moments.to_text(first),
        inquiry.c.received_at < moments.to_text(last),
        inquiry.c.is_complaint == 1,
        inquiry.c.closed_at.is_(None),
    )
    return connection.scalar(statement) or 0


_PAID_AND_SHIPPED = """
    WITH sent AS (
        SELECT h.document_id, h.kind, min(coalesce(h.shipped_at, h.delivered_at)) AS sent_at
        FROM shipment h WHERE h.deleted_at IS NULL AND coalesce(h.shipped_at, h.delivered_at) IS NOT NULL
        GROUP BY h.document_id
        HAVING sent_at >= :first AND sent_at < :last
    )
    SELECT max(p.noted_at) AS paid_at, s.sent_at, s.kind
    FROM sent s
    JOIN document d ON d.id = s.document_id
    JOIN shipment_demand own ON own.document_id = s.document_id
    JOIN shipment_demand other ON other.root_id = own.root_id
    JOIN payment_allocation a ON a.document_id = other.document_id AND a.deleted_at IS NULL
    JOIN payment p ON p.id = a.payment_id AND p.deleted_at IS NULL AND p.noted_at <= s.sent_at
    GROUP BY s.document_id
    HAVING sum(a.amount + a.cash_discount + a.written_off) >= coalesce((
        SELECT sum(b.payable) FROM shipment_demand o JOIN document b ON b.id = o.document_id
        WHERE o.root_id = own.root_id AND b.kind IN ('invoice', 'deposit_invoice', 'final_invoice')
            AND b.issued_at <= s.sent_at AND NOT EXISTS (
                SELECT 1 FROM document_reference r JOIN document c ON c.id = r.document_id
                WHERE r.referred_id = b.id AND c.kind = 'cancellation' AND c.state = 'issued')
    ), d.payable)
    ORDER BY s.sent_at, s.document_id
"""


class Sent(NamedTuple):
    """When an order was known to be paid, when the first of its goods left after that, and in which way."""

    paid_at: dt.datetime
    sent_at: dt.datetime
    kind: str


def paid_and_sent(connection: Connection, first: dt.datetime, last: dt.datetime) -> tuple[Sent, ...]:
    """The first shipment of each order that left from `first` until `last` and was paid in full before it did."""
    span = {"first": moments.to_text(first), "last": moments.to_text(last)}
    return tuple(
        Sent(moments.from_text(row.paid_at), moments.from_text(row.sent_at), row.kind)
        for row in connection.execute(text(_PAID_AND_SHIPPED), span)
    )


def unanswered(connection: Connection, first: dt.datetime, last: dt.datetime) -> int:
    """How many that came in then have had no answer yet."""
    statement = select(func.count()).where(
        inquiry.c.received_at >= moments.to_text(first),
        inquiry.c.received_at < moments.to_text(last),
        inquiry.c.first_answer_minutes.is_(None),
        inquiry.c.state == "open",
    )
    return connection.scalar(statement) or 0


def closed_unanswered(connection: Connection, first: dt.datetime, last: dt.datetime) -> int:
    """How many that came in then are over without any answer; what only machines wrote does not count."""
    asked = select(inquiry_message.c.id).where(
        inquiry_message.c.inquiry_id == inquiry.c.id,
        inquiry_message.c.direction == "in",
        inquiry_message.c.automatic == 0,
    )
    statement = select(func.count()).where(
        inquiry.c.received_at >= moments.to_text(first),
        inquiry.c.received_at < moments.to_text(last),
        inquiry.c.first_answer_minutes.is_(None),
        inquiry.c.state != "open",
        asked.exists(),
    )
    return connection.scalar(statement) or 0


def ways_to_bills(connection: Connection, first: dt.datetime, last: dt.datetime) -> tuple[Way, ...]:
    """For each bill issued from `first` until `last` the last call or inquiry of its customer before it.

    A contact leads to one bill only: the first that follows it.
    """
    statement = select(document.c.customer_id, document.c.issued_at).where(
        document.c.kind.in_(sorted(BILLS)),
        document.c.state == "issued",
        document.c.issued_at >= moments.to_text(first),
        document.c.issued_at < moments.to_text(last),
        document.c.customer_id.is_not(None),
    )
    bills = connection.execute(statement.order_by(document.c.issued_at, document.c.id)).all()
    contacts = _contacts(connection, first - LONGEST_WAY, last)
    found: list[Way] = []
    for bill in bills:
        issued_at = moments.from_text(bill.issued_at)
        waiting = contacts.get(bill.customer_id, [])
        before = [one for one in waiting if one[0] <= issued_at]
        if before and issued_at - before[-1][0] <= LONGEST_WAY:
            found.append(Way(*before[-1], issued_at))
        contacts[bill.customer_id] = waiting[len(before) :]
    return tuple(found)


def _contacts(
    connection: Connection, first: dt.datetime, last: dt.datetime
) -> dict[int, list[tuple[dt.datetime, str]]]:
    """Calls and inquiries of each customer, the oldest first; nobody was spoken to in a missed call."""
    span = (moments.to_text(first), moments.to_text(last))
    calls = select(
        timeline_entry.c.customer_id, timeline_entry.c.at, timeline_entry.c.kind.label("channel")
    ).where(
        timeline_entry.c.at.between(*span),
        timeline_entry.c.kind == "call",
        timeline_entry.c.deleted_at.is_(None),
        # a call that came in and has a title was missed, or is an inquiry and counted there
        or_(timeline_entry.c.direction != "in", timeline_entry.c.title == ""),
    )
    asked = select(inquiry.c.customer_id, inquiry.c.received_at.label("at"), inquiry.c.channel).where(
        inquiry.c.received_at.between(*span),
        inquiry.c.customer_id.is_not(None),
        inquiry.c.missed_call_id.is_(None),
    )
    both = union_all(calls, asked).subquery()
    contacts: dict[int, list[tuple[dt.datetime, str]]] = {}
    for row in connection.execute(select(both).order_by(both.c.at)):
        channel = "phone" if row.channel == "call" else row.channel
        contacts.setdefault(row.customer_id, []).append((moments.from_text(row.at), channel))
    return contacts
