"""What people asked the sample shop, and what its mailbox kept away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from shopdesk.domain.customers import Customer
from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel
from shopdesk.domain.mail import Mailbox
from shopdesk.domain.received_mails import ReceivedMail
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.usecases import inquiries, mail_intake, timeline

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_TYRES = (
    "Guten Morgen,\n\nich brauche vier Winterreifen 235/60 R16 100H für meinen SUV, gern mit Montage nächste Woche. "
    "Was kostet das?\n\nGruß, T. Weber, 0171 2345678\n"
)
_NEWSLETTER = (
    "Liebe Händler,\n\nbis Sonntag 15 % auf alle Bezüge der Herbstkollektion.\n\nAbmelden: Antwort mit STOP\n"
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One who was answered: which customer, how many days ago, when and after how many minutes."""

    customer: int
    days: int
    time: str
    minutes: int
    channel: InquiryChannel
    over: EntryKind
    subject: str
    text: str
    answer: str


_ANSWERED = (
    _Asked(
        9, 5, "10:05", 9, InquiryChannel.MAIL, EntryKind.CALL, "Kopfkissen auch in 40 × 60?",
        "Gibt es die Kopfkissen auch in 40 × 60 cm?", "Gibt es, Lieferzeit zehn Tage. Wird mit angeboten.",
    ),
    _Asked(
        3, 11, "15:20", 14, InquiryChannel.WEB_FORM, EntryKind.EMAIL, "Passt der Lattenrost?",
        "Passt der Lattenrost in ein Bett von 1972? Innenmaß 89,5 cm.", "Passt mit 89 cm, kürzen wir kostenlos.",
    ),
    _Asked(
        7, 20, "09:15", 31, InquiryChannel.MAIL, EntryKind.CALL, "Reifen für zwei Transporter",
        "Was kosten acht Stück 215/65 R16 C?", "Preis genannt, er überlegt bis nächste Woche.",
    ),
)  # fmt: skip


def fill(shop: Shop, people: list[Customer]) -> None:
    """Add them to the sample shop, whose customers these are."""
    for asked in _ANSWERED:
        _answered(shop, people[asked.customer], asked)
    _mails(shop)


def _answered(shop: Shop, customer: Customer, asked: _Asked) -> None:
    assert customer.id is not None
    day = shop.clock.today() - dt.timedelta(asked.days)
    at = dt.datetime.combine(day, dt.time.fromisoformat(asked.time), shop.clock.zone)
    came = IncomingMessage(
        asked.channel, at, asked.subject, asked.text, customer.id, customer.name, customer.email, asked.subject
    )  # fmt: skip
    with shop.writing() as connection:
        inquiries.received(shop, connection, came)
    entry = TimelineEntry(
        customer.id, asked.over, at + dt.timedelta(minutes=asked.minutes), text=asked.answer, direction=Direction.OUT
    )  # fmt: skip
    timeline.add(shop, entry)


def _mails(shop: Shop) -> None:
    """One who waits for his price since eight minutes, and a newsletter that is kept away."""
    now = shop.clock.now()
    weber, linen = (
        Mailbox("t.weber@example.org", "Thomas Weber"),
        Mailbox("news@bezuege.example", "Bezüge-Brief"),
    )
    _come_in(shop, weber, "4 Winterreifen 235/60 R16 100H", _TYRES, now - dt.timedelta(minutes=8))
    _come_in(shop, linen, "Herbstkollektion: 15 %", _NEWSLETTER, now - dt.timedelta(hours=3), is_bulk=True)


def _come_in(
    shop: Shop, sender: Mailbox, subject: str, text: str, at: dt.datetime, *, is_bulk: bool = False
) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = f'"{sender.name}" <{sender.address}>', subject
    message["Date"], message["Message-ID"] = format_datetime(at), f"<sample-{sender.address}>"
    if is_bulk:
        message["List-Id"] = sender.address
    message.set_content(text)
    value = ReceivedMail(message["Message-ID"], sender, subject, text.strip(), sent_at=at, is_bulk=is_bulk)
    data = message.as_bytes()
    with shop.writing() as connection:
        mail_intake.take_in(shop, connection, mail_intake.Arrival(data, value, at, len(data)))
