"""What customers are written about their appointments: invited, moved, called off, ready to be fetched (S25)."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.appointments import Appointment
from shopdesk.domain.mail import Attachment, Mailbox, NoEmailAddress, Purpose, checked_address
from shopdesk.domain.messages import P_, Message, paper
from shopdesk.domain.outbox import AttachedFile
from shopdesk.i18n import Texts
from shopdesk.usecases import mail_settings
from shopdesk.usecases.mail_texts import ComposedMail

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.customers import Customer
    from shopdesk.domain.shop_profile import ShopProfile
    from shopdesk.output.calendars import Method
    from shopdesk.usecases.shop import Shop

INVITATION = "invitation.ics"
_WEEKDAYS = (
    P_("paper", "Monday"), P_("paper", "Tuesday"), P_("paper", "Wednesday"), P_("paper", "Thursday"),
    P_("paper", "Friday"), P_("paper", "Saturday"), P_("paper", "Sunday"),
)  # fmt: skip
_INVITED = (
    P_("paper", "Your appointment: {when}"),
    P_(
        "paper",
        "{greeting}\n\nthis is your appointment with us:\n\n{facts}\n\nThe attached file puts it into your calendar. "
        "If it does not suit you, a call is enough: {phone}.\n\nKind regards\n{owner}\n{shop}",
    ),
)
_MOVED = (
    P_("paper", "New time of your appointment: {when}"),
    P_(
        "paper",
        "{greeting}\n\nyour appointment has moved. It is now:\n\n{facts}\n\nThe attached file changes it in your "
        "calendar, too. If it does not suit you, a call is enough: {phone}.\n\nKind regards\n{owner}\n{shop}",
    ),
)
_CALLED_OFF = (
    P_("paper", "Called off: your appointment {when}"),
    P_(
        "paper",
        "{greeting}\n\nthis appointment does not take place:\n\n{facts}\n\nThe attached file takes it out of your "
        "calendar. For another time a call is enough: {phone}.\n\nKind regards\n{owner}\n{shop}",
    ),
)
_READY = (
    P_("paper", "Ready: {subject}"),
    P_(
        "paper",
        "{greeting}\n\ngood news, it is done: {subject}. You can come by and collect it at any time while we are open."
        "\n\nQuestions? A call is enough: {phone}.\n\nKind regards\n{owner}\n{shop}",
    ),
)


def invitation(connection: Connection, shop: Shop, value: Appointment, method: Method) -> ComposedMail:
    """The invitation, or its change or end, with the calendar file; raises NoEmailAddress, WrongAddress."""
    from shopdesk.output.calendars import MEDIA_TYPE, Method, calendar_bytes

    customer = _customer(connection, value)
    sender = _sender(connection)
    words = _CALLED_OFF if method == Method.CANCEL else _MOVED if value.invited else _INVITED
    composed = _composed(connection, shop, value, customer, words)
    invited = replace(value, invited=composed.recipient.address)
    data = calendar_bytes((invited,), sender, shop.clock.now(), method)
    return replace(
        composed,
        # RFC 6047: only with these do mail programs offer to accept
        attachments=(
            Attachment(INVITATION, MEDIA_TYPE, data, (("method", method.value), ("charset", "utf-8"))),
        ),
        files=(AttachedFile(INVITATION, MEDIA_TYPE, hashlib.sha256(data).hexdigest()),),
    )


def ready(connection: Connection, shop: Shop, value: Appointment) -> ComposedMail:
    """The word that it may be fetched; raises NoEmailAddress, WrongAddress."""
    return _composed(connection, shop, value, _customer(connection, value), _READY)


def _customer(connection: Connection, value: Appointment) -> Customer:
    from shopdesk.store import customers

    if value.customer_id is None:
        raise NoEmailAddress(value.customer_name or value.subject)
    return customers.load(connection, value.customer_id)


def _sender(connection: Connection) -> Mailbox:
    from shopdesk.usecases.shop_settings import load_profile

    account = mail_settings.account_in(connection)
    seller = load_profile(connection).seller
    if account is not None:
        return Mailbox(account.sender_address, account.sender_name or seller.name)
    return Mailbox(seller.email, seller.name)


def _composed(
    connection: Connection, shop: Shop, value: Appointment, customer: Customer, words: tuple[str, str]
) -> ComposedMail:
    from shopdesk.usecases.shop_settings import load_profile

    address = value.invited or customer.email
    if not address:
        raise NoEmailAddress(customer.name)
    profile = load_profile(connection)
    texts = Texts(customer.language)
    gaps = _gaps(texts, shop.clock.zone, value, customer, profile)
    return ComposedMail(
        sender=_sender(connection),
        recipient=Mailbox(
            checked_address(address, "customer.email"), customer.person.full or customer.company
        ),
        subject=texts.say(paper(words[0], **gaps)),
        body=texts.say(paper(words[1], **gaps)).replace(" : .", "."),
        attachments=(),
        files=(),
        warnings=(),
        purpose=Purpose.ORDER,
        customer_id=value.customer_id,
    )


def _gaps(
    texts: Texts, zone: dt.tzinfo, value: Appointment, customer: Customer, profile: ShopProfile
) -> dict[str, object]:
    place = value.place or ", ".join(
        part for part in (*profile.seller.address.lines, profile.seller.address.city) if part
    )
    facts = "\n".join(line for line in (texts.say(when(value, zone)), value.subject, place) if line)
    return {
        "greeting": customer.greeting(),
        "when": when(value, zone),
        "facts": facts,
        "subject": value.subject,
        "phone": profile.seller.phone,
        "owner": profile.seller.owner,
        "shop": profile.seller.name,
    }


def when(value: Appointment, zone: dt.tzinfo) -> Message:
    """Day and times as customers read them, on the shop's calendar."""
    begin, end = value.starts.astimezone(zone), value.ends.astimezone(zone)
    day = {"weekday": paper(_WEEKDAYS[begin.weekday()]), "date": begin.date(), "begin": f"{begin:%H:%M}"}
    if end.date() == begin.date():
        return paper(P_("paper", "{weekday}, {date}, {begin} to {end}"), **day, end=f"{end:%H:%M}")
    text = P_("paper", "{weekday}, {date}, {begin} until {last}, {end}")
    return paper(text, **day, last=end.date(), end=f"{end:%H:%M}")
