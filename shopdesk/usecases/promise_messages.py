"""“It is delayed, the new date is …”: told before the date (PRODUCT.md, S43)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.mail import Mailbox, NoEmailAddress, Purpose, checked_address, one_line
from shopdesk.domain.messages import P_, Message, paper
from shopdesk.domain.promises import Promise
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.customers import Customer
    from shopdesk.usecases.mail_texts import ComposedMail
    from shopdesk.usecases.shop import Shop

_SUBJECT = P_("paper", "New date: {what}")
_BODY = P_(
    "paper",
    "{greeting}\n\nwe promised you for {old}: {what}.\n\nWe are sorry: it is delayed. The new date is {new}.\n\n"
    "If that does not suit you, please call us: {phone}.\n\nKind regards\n{owner}\n{shop}",
)
_WITHOUT_PHONE = P_(
    "paper",
    "{greeting}\n\nwe promised you for {old}: {what}.\n\nWe are sorry: it is delayed. The new date is {new}.\n\n"
    "If that does not suit you, just answer this mail.\n\nKind regards\n{owner}\n{shop}",
)


@dataclass(frozen=True, slots=True)
class DelayMessage:
    """The mail as it may be changed; without an address it can only be told on the phone, under `phone`."""

    address: str
    subject: str
    body: str
    name: str = ""
    phone: str = ""


def delay(shop: Shop, value: Promise, due: dt.date, due_time: str = "") -> DelayMessage:
    """The message about a new date, in the customer's language; raises NotFound."""
    from shopdesk.i18n import Texts
    from shopdesk.store import customers
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        customer = customers.load(connection, value.customer_id)
        seller = load_profile(connection).seller
    texts = Texts(customer.language)
    gaps: dict[str, object] = {
        "greeting": customer.greeting(),
        "what": value.text,
        "old": spoken_date(value.due, value.due_time),
        "new": spoken_date(due, due_time),
        "phone": seller.phone,
        "owner": seller.owner,
        "shop": seller.name,
    }
    body = texts.say(paper(_BODY if seller.phone else _WITHOUT_PHONE, **gaps))
    phone = next((each.number for each in customer.phones), "")
    return DelayMessage(
        customer.email, one_line(texts.say(paper(_SUBJECT, **gaps))), body, customer.name, phone
    )


_WEEKDAYS = (
    P_("paper", "Monday"), P_("paper", "Tuesday"), P_("paper", "Wednesday"), P_("paper", "Thursday"),
    P_("paper", "Friday"), P_("paper", "Saturday"), P_("paper", "Sunday"),
)  # fmt: skip


def spoken_date(day: dt.date, time: str) -> Message:
    """Weekday, date and time, as one says them to a customer."""
    weekday = paper(_WEEKDAYS[day.weekday()])
    if time:
        return paper(P_("paper", "{weekday}, {date}, {time}"), weekday=weekday, date=day, time=time)
    return paper(P_("paper", "{weekday}, {date}"), weekday=weekday, date=day)


def move_and_tell(
    shop: Shop, promise: int | Promise, due: dt.date, due_time: str, message: DelayMessage
) -> tuple[int, Undo]:
    """The new date with its line on the timeline, and the mail in the outbox, in one transaction; the mail's id.

    A promise that stands only on a paper (without an id) is noted now. Taking it back calls the mail back, too, as long
    as it has not gone, and takes away what was noted. Raises NoEmailAddress, WrongAddress,
    PromiseSettled, PromiseInThePast.
    """
    from shopdesk.store import customers
    from shopdesk.usecases import outbox, promises

    with shop.writing() as connection:
        before, entry_id = promises.move_in(connection, shop, promise, due, due_time, told=True)
        customer = customers.load(connection, before.customer_id)
        composed = _composed(connection, before, customer, message)
        mail_id = outbox.queue(connection, shop, composed, can_be_taken_back=True)

    is_new = isinstance(promise, Promise) and promise.id is None

    def back(s: Shop) -> None:
        outbox.cancel(s, mail_id)
        promises.put_back(s, before, entry_id, is_new=is_new)

    return mail_id, Undo(back)


def _composed(
    connection: Connection, value: Promise, customer: Customer, message: DelayMessage
) -> ComposedMail:
    from shopdesk.usecases import mail_settings
    from shopdesk.usecases.mail_texts import ComposedMail
    from shopdesk.usecases.shop_settings import load_profile

    if not message.address.strip():
        raise NoEmailAddress(customer.name)
    account, seller = mail_settings.account_in(connection), load_profile(connection).seller
    sender = Mailbox(seller.email, seller.name)
    if account is not None:
        sender = Mailbox(account.sender_address, account.sender_name or seller.name)
    address = checked_address(message.address, "customer.email")
    return ComposedMail(
        sender=sender,
        recipient=Mailbox(address, customer.person.full or customer.company),
        subject=one_line(message.subject),
        body=f"{message.body.strip()}\n",
        attachments=(),
        files=(),
        warnings=(),
        purpose=Purpose.ORDER,
        document_id=value.document_id,
        customer_id=customer.id,
    )
