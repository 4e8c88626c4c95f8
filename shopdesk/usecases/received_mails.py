"""Received mails: what the owner reads of them and does with them. How they come in stands in `mail_intake`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain import disk_troubles
from shopdesk.domain.errors import NotFound
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.domain.mail_in import LARGEST_MAIL as LARGEST_FILE
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.received_mails import KeptAway, MailPlace, MailUnreadable, SenderRule, StoredMail
from shopdesk.usecases import inquiries, inquiry_steps
from shopdesk.usecases.mail_intake import Arrival, take_in
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from shopdesk.domain.received_mails import ReceivedMail
    from shopdesk.domain.timeline import TimelineEntry
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop


# What the owner does


def take_file(shop: Shop, data: bytes) -> StoredMail:
    """A mail that the owner dropped on the window, also one of Outlook's own files; one that is here already is just
    given. Raises MailUnreadable.
    """
    from shopdesk.intake.mails import door
    from shopdesk.store import received_mails as stored

    data = door.as_it_travels(data)
    mail = door.read_one(data)
    with shop.writing() as connection:
        before = stored.by_message_id(connection, mail.message_id)
        _take(shop, connection, Arrival(data, mail, mail.sent_at, len(data)), mail)
        found = before or stored.by_message_id(connection, mail.message_id)
    if found is None:
        raise NotFound(mail.message_id, "mail")
    if found.place == MailPlace.KEPT_AWAY:
        admit(shop, found.id)
    return get(shop, found.id)


def _take(shop: Shop, connection: Connection, arrival: Arrival, mail: ReceivedMail) -> None:
    """What the shop itself wrote to somebody it knows is an answer, as in the folder of sent mails."""
    from shopdesk.usecases import sent_mails
    from shopdesk.usecases.mail_intake import own_addresses

    is_ours = mail.form is None and mail.sender.address.lower() in own_addresses(connection)
    if is_ours and sent_mails.take_note(shop, connection, arrival) is not None:
        return
    take_in(shop, connection, arrival, by_hand=True)


def take_path(shop: Shop, path: Path) -> StoredMail:
    """The same with a file from the disk. Raises MailUnreadable, also when the disk does not give it."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        text = N_("“{name}” cannot be read: {why}.")
        raise MailUnreadable(Message(text, {"name": path.name, "why": disk_troubles.why(error)})) from error
    if len(data) > LARGEST_FILE:
        text = N_("“{name}” is larger than {size} MB and was not read.")
        raise MailUnreadable(Message(text, {"name": path.name, "size": LARGEST_FILE >> 20}))
    return take_file(shop, data)


def admit(shop: Shop, mail_id: int) -> Undo:
    """Take a mail in that was kept away: it becomes an inquiry, whose clock has run since it came."""
    from shopdesk.store import received_mails as stored

    with shop.writing() as connection:
        before = stored.load(connection, mail_id)
        inquiry_id = before.inquiry_id or inquiries.received(shop, connection, _incoming_again(before))
        stored.move(connection, before, MailPlace.TAKEN, None, inquiry_id)
        _record(shop, connection, "take_in", before, MailPlace.TAKEN)
    return Undo(lambda again: _move_back(again, before))


def _incoming_again(mail: StoredMail) -> IncomingMessage:
    return IncomingMessage(
        InquiryChannel.MAIL, mail.received_at, mail.subject, mail.text, mail.customer_id,
        mail.answer_to.name or mail.sender.name, mail.answer_to.address, mail.thread, mail.is_automatic,
        mail.message_id,
    )  # fmt: skip


def turn_away(shop: Shop, mail_id: int) -> Undo:
    """It was not worth the owner's time: its inquiry is closed."""
    from shopdesk.store import received_mails as stored

    with shop.writing() as connection:
        before = stored.load(connection, mail_id)
        stored.move(connection, before, MailPlace.KEPT_AWAY, KeptAway.NEVER, before.inquiry_id)
        _record(shop, connection, "keep_away", before, MailPlace.KEPT_AWAY)
    if before.inquiry_id is None:
        return Undo(lambda again: _move_back(again, before))
    closed = inquiry_steps.close(shop, before.inquiry_id)

    def take_back(again: Shop) -> None:
        closed.run(again)
        _move_back(again, before)

    return Undo(take_back)


def _move_back(shop: Shop, before: StoredMail) -> None:
    """As it was; an inquiry that came with it is closed."""
    from shopdesk.store import received_mails as stored

    with shop.writing() as connection:
        now = stored.load(connection, before.id)
        stored.move(connection, now, before.place, before.reason, now.inquiry_id)
        _record(shop, connection, "restore", now, before.place)
    if before.place == MailPlace.KEPT_AWAY and now.inquiry_id is not None:
        inquiry_steps.close(shop, now.inquiry_id)


def decide_on_sender(shop: Shop, mail_id: int, rule: SenderRule) -> Undo:
    """Always or never take mails of this sender; the one that is meant follows at once."""
    from shopdesk.store import mail_fetches

    mail = get(shop, mail_id)
    with shop.writing() as connection:
        old = mail_fetches.rule(connection, mail.sender.address)
        mail_fetches.set_rule(connection, mail.sender.address, rule, shop.clock.now())
        before = {"rule": old.value} if old is not None else None
        shop.record(connection, "decide_on_sender", "received_mail", mail_id, before, {"rule": rule.value})
    moved: Undo | None = None
    if rule == SenderRule.ALWAYS and mail.place == MailPlace.KEPT_AWAY:
        moved = admit(shop, mail_id)
    elif rule == SenderRule.NEVER and mail.place == MailPlace.TAKEN:
        moved = turn_away(shop, mail_id)

    def take_back(again: Shop) -> None:
        with again.writing() as connection:
            mail_fetches.set_rule(connection, mail.sender.address, old, again.clock.now())
        if moved is not None:
            moved.run(again)

    return Undo(take_back)


def _record(shop: Shop, connection: Connection, action: str, mail: StoredMail, place: MailPlace) -> None:
    old, new = {"stands_in": mail.place.value}, {"stands_in": place.value}
    shop.record(connection, action, "received_mail", mail.id, old, new)


# What the owner reads


def get(shop: Shop, mail_id: int) -> StoredMail:
    """One mail. Raises NotFound."""
    from shopdesk.store import received_mails as stored

    with shop.reading() as connection:
        return stored.load(connection, mail_id)


def page(
    shop: Shop, place: MailPlace = MailPlace.TAKEN, cursor: Cursor | None = None, limit: int = 100
) -> tuple[StoredMail, ...]:
    """The next mails of a place, newest first."""
    from shopdesk.store import received_mails as stored

    with shop.reading() as connection:
        return stored.page(connection, place, cursor, limit)


def cursor_of(mail: StoredMail) -> Cursor:
    """Where the next page begins."""
    from shopdesk.store import received_mails as stored

    return stored.cursor_of(mail)


def of_inquiry(shop: Shop, inquiry_id: int) -> tuple[StoredMail, ...]:
    """The mails of an inquiry, oldest first."""
    from shopdesk.store import received_mails as stored

    with shop.reading() as connection:
        return stored.of_inquiry(connection, inquiry_id)


def of_entry(shop: Shop, entry: TimelineEntry) -> int | None:
    """The mail that an entry of the timeline stands for."""
    from shopdesk.store import received_mails as stored

    with shop.reading() as connection:
        return stored.of_moment(connection, entry.customer_id, entry.at)


def eml(shop: Shop, mail_id: int) -> bytes:
    """The mail as it came. Raises NotFound where it was kept away and is long gone."""
    from shopdesk.store import received_mails as stored

    with shop.reading() as connection:
        found = stored.data(connection, mail_id)
    if found is None:
        raise NotFound(str(mail_id), "mail")
    return found


def attachment(shop: Shop, mail_id: int, position: int) -> bytes:
    """One attached file, taken out in a worker process. Raises MailUnreadable, NotFound."""
    from shopdesk.intake.mails import door

    return door.attachment(eml(shop, mail_id), position)
