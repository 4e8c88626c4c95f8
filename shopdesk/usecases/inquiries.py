"""Inquiries: what comes in, when it is answered, and what becomes of it.

Whoever takes something in calls `received` in the transaction of the act; whoever knows of an answer calls
`answered` or `entry_added`. What the owner does with an inquiry stands in `inquiry_steps`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.inquiries import (
    ENTRY_KINDS,
    Answer,
    Asker,
    IncomingMessage,
    Inquiry,
    InquiryChannel,
    InquiryMessage,
    InquiryState,
    answering_channel,
)
from shopdesk.domain.inquiry_texts import is_mere_thanks, own_text
from shopdesk.domain.timeline import Direction, TimelineEntry
from shopdesk.usecases import opening_hours

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop

OUTCOMES = frozenset({InquiryState.WON, InquiryState.LOST})
_LONGEST_ON_TIMELINE = 2000


# What comes in


def received(shop: Shop, connection: Connection, incoming: IncomingMessage) -> int:
    """Take a message in and give its inquiry's id: a new one, or the one of the same thread, opened again.

    A known customer gets it on his timeline, too. A message whose `reference` is known already changes nothing. An
    automatic one (out of office) never starts a clock; a mere "thank you" opens nothing again if the owner wants so.
    """
    from shopdesk.store import inquiries

    known = inquiries.by_reference(connection, incoming.reference)
    if known is not None:
        return known
    incoming = replace(incoming, at=min(incoming.at, shop.clock.now()))  # a sender's clock may be wrong
    before = inquiries.of_thread(connection, incoming.thread_key)
    if before is None:
        return _begin(shop, connection, incoming)
    _extend(shop, connection, before, incoming)
    assert before.id is not None
    return before.id


def _begin(shop: Shop, connection: Connection, incoming: IncomingMessage) -> int:
    from shopdesk.store import inquiries

    value = Inquiry(
        incoming.channel, incoming.at, incoming.at, incoming.subject.strip() or first_words(incoming.text),
        InquiryState.CLOSED if incoming.automatic else InquiryState.OPEN, incoming.customer_id, incoming.sender_name,
        incoming.sender_address, incoming.sender_phone, incoming.thread_key,
    )  # fmt: skip
    if not incoming.automatic:
        value = with_clock(shop, connection, value, incoming.at)
    inquiry_id = inquiries.create(connection, value)
    keep(connection, inquiry_id, incoming)
    shop.record(connection, "receive", "inquiry", inquiry_id, new={"asked_over": incoming.channel.value})
    return inquiry_id


def with_clock(shop: Shop, connection: Connection, value: Inquiry, since: dt.datetime) -> Inquiry:
    """Somebody begins to wait at that moment: target and due moment as they are set now."""
    times = opening_hours.answer_times_in(connection, shop)
    target, due_at = opening_hours.due(times, value.channel, since)
    last_hours = opening_hours.last_hours(times, since, due_at)
    return replace(value, waiting_since=since, target=target, due_at=due_at, last_hours=last_hours)


def _extend(shop: Shop, connection: Connection, before: Inquiry, incoming: IncomingMessage) -> None:
    from shopdesk.store import inquiries

    assert before.id is not None
    later = replace(before, customer_id=before.customer_id or incoming.customer_id)
    keep(connection, before.id, replace(incoming, customer_id=later.customer_id))
    if not before.is_open and _opens_again(shop, connection, before, incoming):
        outcome = before.state if before.state in OUTCOMES else None
        opened = replace(
            later, state=InquiryState.OPEN, outcome=outcome, answer_entry_id=None, later=None
        ).dated(incoming.at)
        later = with_clock(shop, connection, replace(opened, channel=incoming.channel), incoming.at)
        record_state(shop, connection, "open", before, later)
    inquiries.save(connection, later)


def _opens_again(shop: Shop, connection: Connection, before: Inquiry, incoming: IncomingMessage) -> bool:
    if incoming.automatic or (before.answered_at is not None and incoming.at <= before.answered_at):
        return False
    stays = opening_hours.answer_times_in(connection, shop).targets.thanks_stay_answered
    return not (stays and is_mere_thanks(incoming.text))


def keep(connection: Connection, inquiry_id: int, incoming: IncomingMessage) -> int | None:
    """Every word, and for a known customer the timeline's entry, whose id is given."""
    from shopdesk.store import inquiries, timeline

    message = InquiryMessage(
        Direction.IN, incoming.channel, incoming.at, incoming.text, incoming.automatic, incoming.reference
    )
    inquiries.add_message(connection, inquiry_id, message)
    if incoming.customer_id is None:
        return None
    return timeline.add(connection, entry_of(incoming, incoming.customer_id))


def entry_of(incoming: IncomingMessage, customer_id: int) -> TimelineEntry:
    """How a message stands on the customer's timeline: without what it quotes."""
    text = own_text(incoming.text)[:_LONGEST_ON_TIMELINE]
    kind = ENTRY_KINDS[incoming.channel]
    return TimelineEntry(customer_id, kind, incoming.at, incoming.subject.strip(), text, Direction.IN)


def adopt(connection: Connection, customer_id: int) -> None:
    """Somebody is a customer now: what he asked before is his, and stands on his timeline."""
    from shopdesk.store import inquiries

    for one in inquiries.of_stranger(connection, customer_id):
        to_customer(connection, one, customer_id)


def to_customer(connection: Connection, value: Inquiry, customer_id: int) -> tuple[Inquiry, list[int]]:
    """Give an inquiry to a customer; gives it as stored, and the new entries of his timeline."""
    from shopdesk.store import inquiries, timeline

    assert value.id is not None
    stored = inquiries.save(connection, replace(value, customer_id=customer_id))
    entries = []
    for each in inquiries.messages(connection, value.id):
        if each.direction == Direction.IN:
            said = IncomingMessage(each.channel, each.at or value.received_at, value.subject, each.text)
            entries.append(timeline.add(connection, entry_of(said, customer_id)))
    return stored, entries


def first_words(text: str) -> str:
    """The first line as a subject, for what came without one."""
    line = next((line.strip() for line in own_text(text).splitlines() if line.strip()), "")
    return line if len(line) <= 80 else line[:79].rstrip() + "…"


# When it is answered


def answered(
    shop: Shop,
    connection: Connection,
    *,
    customer_id: int | None = None,
    thread_key: str = "",
    channel: InquiryChannel,
    at: dt.datetime,
    automatic: bool = False,
) -> int:
    """Somebody who waits was answered: stop the clocks of this customer and of this thread; gives how many.

    An automatic answer answers nobody.
    """
    if automatic:
        return 0
    return answer(shop, connection, Asker(customer_id, thread_key), channel, at)


def answer(
    shop: Shop,
    connection: Connection,
    asker: Asker,
    channel: InquiryChannel,
    at: dt.datetime,
    entry_id: int | None = None,
    besides: int | None = None,
) -> int:
    """The same for whoever is known in another way, by address or number.

    `entry_id` is the entry of the timeline that says so: when it is taken back, the clock runs again.
    `besides` is an inquiry that stays open.
    """
    from shopdesk.store import inquiries

    now = shop.clock.now()
    waiting = [one for one in inquiries.open_of(connection, asker) if one.id != besides]
    meant = [one for one in waiting if _is_after(at, one, now)]
    for one in meant:
        stop(shop, connection, one, channel, at, entry_id)
    return len(meant)


def _is_after(at: dt.datetime, value: Inquiry, now: dt.datetime) -> bool:
    """Whether the answer came after the question; it did, too, when the computer's clock was put back in between."""
    return value.waiting_since <= at or value.waiting_since > now


def stop(
    shop: Shop,
    connection: Connection,
    value: Inquiry,
    channel: InquiryChannel,
    at: dt.datetime,
    entry_id: int | None = None,
) -> Inquiry:
    """Somebody who waits was answered; gives the inquiry as it is stored now."""
    from shopdesk.store import inquiries

    minutes = opening_hours.minutes_until(opening_hours.answer_times_in(connection, shop), value, at)
    first = value.first_answer or Answer(at, channel, minutes, shop.who)
    state = value.outcome or InquiryState.ANSWERED
    stopped = replace(
        value,
        state=state,
        outcome=None,
        first_answer=first,
        answered_at=at,
        answer_entry_id=entry_id,
        later=None,
    ).dated(at)
    new = {"state": state.value, "answered_over": channel.value}
    shop.record(
        connection, "answered", "inquiry", value.id or 0, {"state": value.state.value},
        new | ({} if value.first_answer else {"answer_minutes": minutes}),
    )  # fmt: skip
    tell_missed_call(shop, connection, stopped, at)
    return inquiries.save(connection, stopped)


def entry_added(shop: Shop, connection: Connection, entry: TimelineEntry, entry_id: int) -> None:
    """Something was noted on a customer's timeline: if it is an answer, his clocks stop."""
    channel = answering_channel(entry)
    if channel is not None:
        answer(shop, connection, Asker(entry.customer_id), channel, entry.at, entry_id)


def entry_taken_back(shop: Shop, connection: Connection, entry_id: int) -> None:
    """The entry that stopped a clock is gone: it runs again, with its old due moment."""
    from shopdesk.store import inquiries

    for one in inquiries.answered_by(connection, entry_id):
        if one.state not in OUTCOMES | {InquiryState.ANSWERED}:
            continue
        is_first = one.first_answer is not None and one.first_answer.at == one.answered_at
        again = replace(
            one, state=InquiryState.OPEN, answered_at=None, answer_entry_id=None,
            outcome=one.state if one.state in OUTCOMES else None, first_answer=None if is_first else one.first_answer,
            closed_at=None,
        )  # fmt: skip
        record_state(shop, connection, "open", one, again)
        tell_missed_call(shop, connection, again, None)
        inquiries.save(connection, again)


def mail_sent(shop: Shop, connection: Connection, mail: OutboxEntry, entry_id: int | None) -> None:
    """A mail of the outbox has gone: whoever waited for it was answered; a mail about something else answers nobody."""
    from shopdesk.store import inquiries

    now = shop.clock.now()
    inquiries.message_sent(connection, mail.id, now)
    own = inquiries.of_outbox(connection, mail.id)
    meant = (own,) if own is not None else _answered_by_document(connection, mail)
    for one in meant:
        if one.is_open:
            stop(shop, connection, one, InquiryChannel.MAIL, now, entry_id)


def _answered_by_document(connection: Connection, mail: OutboxEntry) -> tuple[Inquiry, ...]:
    """The inquiry that the document was made from; a quote written by itself answers the only question there is."""
    from shopdesk.store import documents, inquiries

    if mail.document_id is None:
        return ()
    found = inquiries.of_document(connection, mail.document_id)
    if found or documents.load(connection, mail.document_id).kind != DocumentKind.QUOTE:
        return found
    return only_one(inquiries.open_of(connection, Asker(mail.customer_id, address=mail.recipient)))


def only_one(waiting: tuple[Inquiry, ...]) -> tuple[Inquiry, ...]:
    """What somebody asked, where he asked one thing only: of several nobody knows which one is meant."""
    return waiting if len(waiting) == 1 else ()


def tell_missed_call(shop: Shop, connection: Connection, value: Inquiry, done_at: dt.datetime | None) -> None:
    """The missed call that began an inquiry ends or waits again with it."""
    from shopdesk.store import missed_calls

    if value.missed_call_id is not None:
        missed_calls.follow(connection, value.missed_call_id, done_at, value.later, shop.clock.zone)


# What the owner reads


def get(shop: Shop, inquiry_id: int) -> Inquiry:
    """One inquiry; raises NotFound."""
    from shopdesk.store import inquiries

    with shop.reading() as connection:
        return inquiries.load(connection, inquiry_id)


def messages(shop: Shop, inquiry_id: int) -> tuple[InquiryMessage, ...]:
    """Everything written in an inquiry, in its order."""
    from shopdesk.store import inquiries

    with shop.reading() as connection:
        return inquiries.messages(connection, inquiry_id)


def page(
    shop: Shop,
    states: Collection[InquiryState] = (InquiryState.OPEN,),
    channel: InquiryChannel | None = None,
    cursor: Cursor | None = None,
    limit: int = 100,
) -> tuple[Inquiry, ...]:
    """The next inquiries; open ones by what is due first, all others by the newest."""
    from shopdesk.store import inquiries

    with shop.reading() as connection:
        return inquiries.page(connection, states, channel, cursor, limit)


def cursor_of(value: Inquiry, states: Collection[InquiryState]) -> Cursor:
    """Where the next page begins behind this one."""
    from shopdesk.store import inquiries

    return inquiries.cursor_of(value, states)


def count_open(shop: Shop) -> int:
    """How many wait for an answer."""
    from shopdesk.store import inquiries

    with shop.reading() as connection:
        return inquiries.count_open(connection)


def record_state(shop: Shop, connection: Connection, action: str, old: Inquiry, new: Inquiry) -> None:
    """Write into the journal how an inquiry went on."""
    shop.record(
        connection, action, "inquiry", new.id or 0, {"state": old.state.value}, {"state": new.state.value}
    )
