"""What the owner sent with another program (his telephone): an answer is an answer, wherever it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.inquiries import Asker, InquiryChannel, InquiryMessage
from shopdesk.domain.inquiry_texts import own_text
from shopdesk.domain.received_mails import MailPlace, ReceivedMail
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.usecases import contacts, inquiries, mail_intake

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Connection

    from shopdesk.usecases.mail_intake import Arrival, Parent
    from shopdesk.usecases.shop import Shop

_LONGEST_ON_TIMELINE = 2000


def take_note(shop: Shop, connection: Connection, arrival: Arrival) -> MailPlace | None:
    """Store a sent mail when it goes to somebody the shop knows; all others are nobody's business here.

    It stands on the customer's timeline and stops the clock of what it answers. What the outbox sent is known already.
    """
    from shopdesk.store import outbox
    from shopdesk.store import received_mails as stored

    mail = mail_intake.value_of(arrival)
    message_id = mail_intake.identity(connection, mail)
    if message_id is None or outbox.by_message_id(connection, mail.message_id) is not None:
        return None
    parent = mail_intake.parent_of(connection, mail, message_id)
    customer_id = _to_whom(connection, mail) or parent.customer_id
    inquiry_id = _answered_inquiry(connection, mail)
    if customer_id is None and inquiry_id is None:
        return None
    now = shop.clock.now()
    sent_at = min(arrival.received_at or mail.sent_at or now, now)
    new = stored.NewReceivedMail(
        message_id, parent.thread, MailPlace.SENT, None, mail, sent_at, arrival.data, arrival.size, arrival.is_cut,
        customer_id, inquiry_id,
    )  # fmt: skip
    stored.add(connection, new, now)
    _tell(shop, connection, mail, sent_at, parent, customer_id, inquiry_id)
    return MailPlace.SENT


def _to_whom(connection: Connection, mail: ReceivedMail) -> int | None:
    """The one customer among the recipients."""
    from shopdesk.store import customers
    from shopdesk.store import received_mails as stored

    for recipient in mail.recipients:
        found = customers.by_email(connection, recipient.address) or stored.by_contact(
            connection, recipient.address
        )
        if len(found) == 1:
            return found[0]
    return None


def _answered_inquiry(connection: Connection, mail: ReceivedMail) -> int | None:
    from shopdesk.store import received_mails as stored

    for parent in mail.parents:
        earlier = stored.by_message_id(connection, parent)
        if earlier is not None and earlier.inquiry_id is not None:
            return earlier.inquiry_id
    return None


def _tell(
    shop: Shop,
    connection: Connection,
    mail: ReceivedMail,
    sent_at: dt.datetime,
    parent: Parent,
    customer_id: int | None,
    inquiry_id: int | None,
) -> None:
    """The timeline, the inquiry's words, the clocks, the follow-ups that end on a contact."""
    from shopdesk.store import inquiries as stored
    from shopdesk.store import timeline

    entry_id = None
    if customer_id is not None:
        text = own_text(mail.text)[:_LONGEST_ON_TIMELINE]
        entry = TimelineEntry(customer_id, EntryKind.EMAIL, sent_at, mail.subject, text, Direction.OUT)
        entry_id = timeline.add(connection, entry)
    if inquiry_id is not None:
        message = InquiryMessage(
            Direction.OUT, InquiryChannel.MAIL, sent_at, mail.text, mail.is_automatic, mail.message_id
        )
        stored.add_message(connection, inquiry_id, message)
    if not mail.is_automatic:
        asker = Asker(thread_key=parent.thread) if mail.parents else Asker(customer_id, parent.thread)
        if mail.parents or inquiries.only_one(stored.open_of(connection, asker)):
            inquiries.answer(shop, connection, asker, InquiryChannel.MAIL, sent_at, entry_id)
        contacts.made(connection, shop, customer_id, EntryKind.EMAIL, sent_at)
