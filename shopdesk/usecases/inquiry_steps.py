"""What the owner does with an inquiry: enters, closes, wins or loses it, puts it off. All of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.inquiries import (
    SPOKEN,
    Answer,
    Asker,
    IncomingMessage,
    Inquiry,
    InquiryChannel,
    InquiryMessage,
    InquiryState,
    LostReason,
)
from shopdesk.domain.timeline import Direction
from shopdesk.usecases import contacts
from shopdesk.usecases import inquiries as clocks
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.follow_ups import FollowUp
    from shopdesk.domain.later import Later
    from shopdesk.usecases.shop import Shop


def create(shop: Shop, incoming: IncomingMessage, *, is_complaint: bool = False) -> tuple[Inquiry, Undo]:
    """Enter an inquiry by hand. Whoever was spoken to has had his first answer; he still waits for what he asked now.

    What the same customer had asked before is answered by that talk.
    """
    from shopdesk.store import inquiries, timeline

    incoming = _with_read_number(shop, incoming)
    with shop.writing() as connection:
        value = Inquiry(
            incoming.channel, incoming.at, incoming.at, incoming.subject.strip() or clocks.first_words(incoming.text),
            customer_id=incoming.customer_id, sender_name=incoming.sender_name,
            sender_address=incoming.sender_address, sender_phone=incoming.sender_phone, is_complaint=is_complaint,
        )  # fmt: skip
        if incoming.channel in SPOKEN:
            value = replace(value, first_answer=Answer(incoming.at, incoming.channel, 0, shop.who))
        else:
            value = clocks.with_clock(shop, connection, value, incoming.at)
        inquiry_id = inquiries.create(connection, value)
        entry_id = clocks.keep(connection, inquiry_id, incoming)
        if incoming.channel in SPOKEN:
            asker = Asker(incoming.customer_id)
            clocks.answer(
                shop, connection, asker, incoming.channel, incoming.at, entry_id, besides=inquiry_id
            )
        shop.record(connection, "create", "inquiry", inquiry_id, new={"asked_over": incoming.channel.value})
        stored = inquiries.load(connection, inquiry_id)

    def take_back(again: Shop) -> None:
        with again.writing() as connection:
            version = again.rewound.now("inquiry", inquiry_id, stored.version)
            inquiries.remove(connection, inquiry_id, version)
            if entry_id is not None:
                timeline.set_deleted(connection, entry_id, 1, again.clock.now())
                clocks.entry_taken_back(again, connection, entry_id)
            again.record(connection, "delete", "inquiry", inquiry_id)

    return stored, Undo(take_back)


def _with_read_number(shop: Shop, incoming: IncomingMessage) -> IncomingMessage:
    """A typed number as E.164, by which its owner is known later; as typed it stays the name of whom nobody knows."""
    from shopdesk.domain.phones import parse_phone
    from shopdesk.usecases.shop_settings import profile

    if not incoming.sender_phone:
        return incoming
    home = profile(shop)
    try:
        number = parse_phone(incoming.sender_phone, home.country or "DE", home.area_code)
    except ShopError:
        return incoming  # a short number, an extension: kept as typed
    name = incoming.sender_name or number.international
    return replace(incoming, sender_phone=number.e164, sender_name=name)


def close(shop: Shop, inquiry_id: int) -> Undo:
    """Nothing is left to do (E in the list)."""
    return _change(
        shop, inquiry_id, "close", lambda value: replace(value, state=InquiryState.CLOSED, later=None)
    )


def won(shop: Shop, inquiry_id: int) -> Undo:
    """It became an order."""
    return _change(shop, inquiry_id, "won", lambda value: _over(value, InquiryState.WON))


def lost(shop: Shop, inquiry_id: int, reason: LostReason, words: str = "") -> Undo:
    """It came to nothing, and why."""

    def change(value: Inquiry) -> Inquiry:
        return replace(_over(value, InquiryState.LOST), lost_reason=reason, lost_words=words.strip())

    return _change(shop, inquiry_id, "lost", change)


def _over(value: Inquiry, state: InquiryState) -> Inquiry:
    return replace(value, state=state, outcome=None, later=None, lost_reason=None, lost_words="")


def open_again(shop: Shop, inquiry_id: int) -> Undo:
    """It is not over after all; an old clock does not start anew."""

    def change(value: Inquiry) -> Inquiry:
        outcome = value.state if value.state in clocks.OUTCOMES else None
        return replace(value, state=InquiryState.OPEN, outcome=outcome)

    return _change(shop, inquiry_id, "open", change)


def complaint(shop: Shop, inquiry_id: int, *, is_one: bool) -> Undo:
    """Something went wrong for the customer, or it is a usual question after all."""
    action = "complaint" if is_one else "no_complaint"
    return _change(shop, inquiry_id, action, lambda value: replace(value, is_complaint=is_one))


def later(shop: Shop, inquiry_id: int, until: Later) -> Undo:
    """Heute shows it again on that day, at that time; the clock runs on."""
    return _change(shop, inquiry_id, "", lambda value: replace(value, later=until))


def answered_by_hand(shop: Shop, inquiry_id: int, channel: InquiryChannel) -> Undo:
    """The owner answered outside the program, over this channel."""
    from shopdesk.store import inquiries

    with shop.writing() as connection:
        before = inquiries.load(connection, inquiry_id)
        now = shop.clock.now()
        message = inquiries.add_message(connection, inquiry_id, InquiryMessage(Direction.OUT, channel, now))
        after = clocks.stop(shop, connection, before, channel, now)

    def take_back(again: Shop) -> None:
        with again.writing() as connection:
            inquiries.remove_message(connection, message)
            _put_back(again, connection, before, after)

    return Undo(take_back)


def assign(shop: Shop, inquiry_id: int, customer_id: int) -> Undo:
    """Whoever asked is this customer; what he wrote stands on his timeline from now on."""
    from shopdesk.store import inquiries, timeline

    with shop.writing() as connection:
        before = inquiries.load(connection, inquiry_id)
        after, entries = clocks.to_customer(connection, before, customer_id)
        shop.record(connection, "assign", "inquiry", inquiry_id, new={"customer_id": customer_id})

    def take_back(again: Shop) -> None:
        with again.writing() as connection:
            for entry_id in entries:
                timeline.set_deleted(connection, entry_id, 1, again.clock.now())
            _put_back(again, connection, before, after)

    return Undo(take_back)


def _change(shop: Shop, inquiry_id: int, action: str, change: Callable[[Inquiry], Inquiry]) -> Undo:
    from shopdesk.store import inquiries

    with shop.writing() as connection:
        before = inquiries.load(connection, inquiry_id)
        after = inquiries.save(connection, change(before).dated(shop.clock.now()))
        if action:
            clocks.record_state(shop, connection, action, before, after)
        clocks.tell_missed_call(shop, connection, after, None if after.is_open else shop.clock.now())
        settled = _quotes_settled(shop, connection, after) if action in {"won", "lost"} else ()

    def take_back(again: Shop) -> None:
        with again.writing() as connection:
            _put_back(again, connection, before, after)
        contacts.unmade(again, settled)

    return Undo(take_back)


def _quotes_settled(shop: Shop, connection: Connection, value: Inquiry) -> tuple[FollowUp, ...]:
    """Nobody asks any more about the quotes that came out of it."""
    from shopdesk.store import inquiries
    from shopdesk.usecases import follow_ups

    made = inquiries.documents_of(connection, value.id or 0)
    return tuple(one for each in made for one in follow_ups.quote_answered(connection, shop, each))


def _put_back(shop: Shop, connection: Connection, before: Inquiry, after: Inquiry) -> None:
    """As it was; raises ChangedElsewhere where it has gone on since."""
    from shopdesk.store import inquiries

    with shop.rewound.back("inquiry", before.id, before.version, after.version) as version:
        inquiries.save(connection, replace(before, version=version))
    clocks.record_state(shop, connection, "restore", after, before)
    clocks.tell_missed_call(shop, connection, before, None if before.is_open else shop.clock.now())
