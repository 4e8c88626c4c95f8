"""What becomes of a mail that came in: whose it is, which inquiry it belongs to, or why it is kept away."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.domain.mail import Mailbox, MailState
from shopdesk.domain.mail_in import FolderRole
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.outbox import Reason
from shopdesk.domain.received_mails import (
    Circumstances,
    KeptAway,
    MailPlace,
    MailUnreadable,
    ReceivedMail,
    reason_to_keep_away,
)
from shopdesk.domain.timeline import EntryKind
from shopdesk.domain.web_forms import is_machine, is_site, own_domains
from shopdesk.usecases import contacts, inquiries, mail_in_settings, mail_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.store.received_mails import NewReceivedMail
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail as it came in, and what reading it gave; `received_at` by the server's clock, `size` on the server."""

    data: bytes
    value: ReceivedMail | MailUnreadable
    received_at: dt.datetime | None
    size: int
    is_cut: bool = False
    role: FolderRole = FolderRole.INBOX


@dataclass(frozen=True, slots=True)
class Parent:
    """The conversation that a mail belongs to."""

    thread: str
    customer_id: int | None = None
    is_ours: bool = False


def take_in(
    shop: Shop, connection: Connection, arrival: Arrival, *, by_hand: bool = False
) -> MailPlace | None:
    """Store a mail with everything that follows from it; None when it is here already.

    `by_hand`: the owner brought it himself, so no rule keeps it away.
    """
    from shopdesk.store import received_mails as stored

    mail = _from_who_filled_in(value_of(arrival), own_addresses(connection))
    message_id = identity(connection, mail)
    if message_id is None:
        return None
    now = shop.clock.now()
    received_at = min(arrival.received_at or mail.sent_at or now, now)  # servers' clocks may be wrong
    parent = parent_of(connection, mail, message_id)
    new = stored.NewReceivedMail(
        message_id, parent.thread, MailPlace.TAKEN, None, mail, received_at, arrival.data, arrival.size, arrival.is_cut
    )  # fmt: skip
    bounced = _bounced(shop, connection, mail)
    if bounced is not None:
        new = replace(new, place=MailPlace.BOUNCE, customer_id=bounced.customer_id)
    else:
        new = _judged(shop, connection, new, parent, arrival, by_hand=by_hand)
    stored.add(connection, new, now)
    return new.place


def value_of(arrival: Arrival) -> ReceivedMail:
    """Also for bytes that cannot be read: they stand among what is kept away, and nothing is lost."""
    if isinstance(arrival.value, ReceivedMail):
        return arrival.value
    digest = hashlib.sha256(arrival.data).hexdigest()[:40]
    return ReceivedMail(f"<{digest}@unreadable.invalid>", Mailbox(""))


def _from_who_filled_in(mail: ReceivedMail, own: frozenset[str]) -> ReceivedMail:
    """What a form without Reply-To sent is answered to the address that stands in it."""
    if mail.form is None or mail.reply_to is not None:
        return mail
    if is_web_form(mail, own):
        return replace(mail, reply_to=mail.form)
    # an order confirmation with the shop's own address in it
    return replace(mail, is_automatic=mail.is_automatic or is_machine(mail.sender.address))


def is_web_form(mail: ReceivedMail, own: frozenset[str]) -> bool:
    """Whether a web form sent it: under an own address or that of a site, for somebody else."""
    sender, domains = mail.sender.address.lower(), own_domains(own)
    who = mail.reply_to or mail.form
    if who is None or who.address.lower() in own or mail.is_automatic:
        return False
    if sender in own or sender.rpartition("@")[2] in domains:
        return who.address.lower().rpartition("@")[2] not in domains
    return mail.form is not None and is_site(sender)


def identity(connection: Connection, mail: ReceivedMail) -> str | None:
    """Its Message-ID, or None when it is here; broken programs give different mails one id: these are told apart."""
    from shopdesk.store import received_mails as stored

    known = stored.by_message_id(connection, mail.message_id)
    if known is None:
        return mail.message_id
    if (known.sender.address, known.subject) == (mail.sender.address.lower(), mail.subject) and (
        known.text in {mail.text, ""}
    ):
        return None
    said = f"{mail.sender.address.lower()}\n{mail.subject}\n{mail.text}"
    other = f"<{hashlib.sha256(said.encode()).hexdigest()[:16]}.{mail.message_id.removeprefix('<')}"
    return None if stored.by_message_id(connection, other) else other


def parent_of(connection: Connection, mail: ReceivedMail, message_id: str) -> Parent:
    """Found by what it answers: a mail that came in, or one that the outbox sent."""
    from shopdesk.store import inquiries as stored_inquiries
    from shopdesk.store import outbox
    from shopdesk.store import received_mails as stored

    for parent in mail.parents:
        earlier = stored.by_message_id(connection, parent)
        if earlier is not None:
            return Parent(earlier.thread, earlier.customer_id)
        sent = outbox.by_message_id(connection, parent)
        if sent is not None:
            asked = stored_inquiries.of_outbox(connection, sent.id)
            thread = asked.thread_key if asked is not None else ""
            return Parent(thread or sent.message_id, sent.customer_id, is_ours=True)
    return Parent(mail.references[0] if mail.references else mail.in_reply_to or message_id)


def _judged(
    shop: Shop,
    connection: Connection,
    new: NewReceivedMail,
    parent: Parent,
    arrival: Arrival,
    *,
    by_hand: bool,
) -> NewReceivedMail:
    """Taken in with its inquiry, or kept away with the reason."""
    mail = new.mail
    customer_id = customer_of(connection, mail, parent)
    if isinstance(arrival.value, MailUnreadable):
        return replace(new, place=MailPlace.KEPT_AWAY, reason=KeptAway.UNREADABLE)
    around = _circumstances(connection, mail, parent, arrival, customer_id)
    reason = None if by_hand else reason_to_keep_away(mail, around)
    if reason is not None:
        return replace(new, place=MailPlace.KEPT_AWAY, reason=reason, customer_id=customer_id)
    inquiry_id = inquiries.received(shop, connection, _incoming(connection, new, customer_id))
    if not mail.is_automatic:
        contacts.made(connection, shop, customer_id, EntryKind.EMAIL, new.received_at, is_answer=True)
    return replace(new, customer_id=customer_id, inquiry_id=inquiry_id)


def _circumstances(
    connection: Connection,
    mail: ReceivedMail,
    parent: Parent,
    arrival: Arrival,
    customer_id: int | None,
) -> Circumstances:
    from shopdesk.store import mail_fetches

    own = own_addresses(connection)
    writes_to_itself = mail.sender.address.lower() in own and mail.answer_to.address.lower() in own
    return Circumstances(
        in_junk=arrival.role == FolderRole.JUNK,
        is_known=customer_id is not None,
        is_answer=parent.is_ours,
        is_own=writes_to_itself,
        rule=mail_fetches.rule(connection, mail.sender.address),
    )


def own_addresses(connection: Connection) -> frozenset[str]:
    """The shop's own mail addresses."""
    from shopdesk.usecases.shop_settings import load_profile

    sending = mail_settings.account_in(connection)
    found = [one.user for one in mail_in_settings.accounts_in(connection)]
    found += [load_profile(connection).seller.email]
    found += [sending.sender_address, sending.user] if sending else []
    return frozenset(one.lower() for one in found if "@" in one)


def customer_of(connection: Connection, mail: ReceivedMail, parent: Parent) -> int | None:
    """Whose mail it is: by the address that nobody else has, else by whom the conversation is with."""
    from shopdesk.store import customers
    from shopdesk.store import received_mails as stored

    for address in dict.fromkeys((mail.answer_to.address, mail.sender.address)):
        if not address:
            continue
        found = customers.by_email(connection, address) or stored.by_contact(connection, address)
        if len(found) == 1:
            return found[0]
        if parent.customer_id in found:
            return parent.customer_id
    return parent.customer_id


def _incoming(connection: Connection, new: NewReceivedMail, customer_id: int | None) -> IncomingMessage:
    mail, writer = new.mail, new.mail.answer_to
    is_form = is_web_form(mail, own_addresses(connection))
    return IncomingMessage(
        channel=InquiryChannel.WEB_FORM if is_form else InquiryChannel.MAIL,
        at=new.received_at,
        subject=mail.subject,
        text=mail.text,
        customer_id=customer_id,
        sender_name=writer.name or mail.sender.name,
        sender_address=writer.address,
        thread_key=new.thread,
        automatic=mail.is_automatic,
        reference=new.message_id,
    )


def _bounced(shop: Shop, connection: Connection, mail: ReceivedMail) -> OutboxEntry | None:
    """A mail of ours that did not arrive is “not delivered” from now on; None when it is none of ours."""
    from shopdesk.store import outbox

    bounce = mail.bounce
    sent = outbox.by_message_id(connection, bounce.message_id) if bounce is not None else None
    if bounce is None or sent is None:
        return None
    if bounce.is_final and sent.state in {MailState.SENT, MailState.UNCLEAR, MailState.HANDED_OVER}:
        message = Message(
            N_("The mail did not reach {recipient}. The server there says: {words}"),
            {"recipient": bounce.recipient or sent.recipient, "words": bounce.words or "–"},
        )
        reason = Reason("bounced", message)
        outbox.move(connection, sent.id, {sent.state}, MailState.FAILED, shop.clock.now(), reason)
        old, new = {"state": sent.state.value}, {"state": MailState.FAILED.value, "reason": reason.code}
        shop.record(connection, "mail", "outbox", sent.id, old, new)
    return sent


def conversation(connection: Connection, inquiry_id: int) -> tuple[str, ...]:
    """The ids that an answer names, the mail that is answered last (RFC 5322, 3.6.4); none where no mail came."""
    from shopdesk.store import received_mails as stored

    mails = [one for one in stored.of_inquiry(connection, inquiry_id) if one.place == MailPlace.TAKEN]
    if not mails:
        return ()
    return tuple(dict.fromkeys((*mails[-1].references, mails[-1].message_id)))
