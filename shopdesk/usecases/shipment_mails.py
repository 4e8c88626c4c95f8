"""“It is on its way”: the mail with tracking numbers and links, in the customer's language (S7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.mail import Mailbox, NoEmailAddress, Purpose, checked_address
from shopdesk.domain.mail_templates import GAPS, FilledText
from shopdesk.domain.messages import N_, P_, Message, paper
from shopdesk.domain.shipments import Parcel, Shipment, ShipmentLine
from shopdesk.domain.tracking_numbers import CARRIER_NAMES, Carrier, TrackingNumber, tracking_link
from shopdesk.domain.unshipped import MailText
from shopdesk.i18n import Texts
from shopdesk.usecases.mail_texts import ComposedMail, imprint, sender_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.documents import Document
    from shopdesk.usecases.shop import Shop

SHIPPING_GAPS: Mapping[str, Message] = {
    **{name: GAPS[name] for name in ("greeting", "customer", "number", "owner", "shop", "phone", "imprint")},
    "parcels": Message(N_("carrier, number and link of each parcel")),
    "goods": Message(N_("what is in the shipment, line by line")),
    "rest": Message(N_("filled when something of the order comes later")),
}
"""What the owner's own text may ask for."""

_SAMPLE_NUMBER = "00340434161094042557"
_SUBJECT = P_("paper", "On its way to you: {number}")
_BODY = P_(
    "paper",
    "{greeting}\n\nyour parcel is on its way:\n\n{goods}\n\n{parcels}{rest}\n\n"
    "Kind regards\n{owner}\n{shop}\n\n{imprint}",
)
_NO_NUMBER = P_("paper", "With {carrier}")
_NUMBERED = P_("paper", "{carrier}, tracking number {number}")
_REST = P_("paper", "The rest of your order follows.")
_CORRECTED = P_("paper", "The tracking number in our last mail was wrong, this is the right one.")
_FORWARDER = P_("paper", "Forwarder")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with gaps, as `output.email.templates` fills it."""

    subject: str
    body: str


def carrier_name(carrier: str, texts: Texts) -> str:
    """How a carrier is called; a forwarder's and an unknown one by the word, the owner's own word as he wrote it."""
    if carrier in {Carrier.FREIGHT, Carrier.POST_ABROAD, ""}:
        return texts.say(paper(_FORWARDER if carrier == Carrier.FREIGHT else P_("paper", "Post")))
    found = next((each for each in Carrier if each.value == carrier), None)
    return CARRIER_NAMES[found] if found is not None else carrier


def link_of(parcel: Parcel, language: str) -> str:
    """The carrier's page about this parcel; empty where none is known."""
    found = next((each for each in Carrier if each.value == parcel.carrier), None)
    if found is None or not parcel.tracking_number:
        return ""
    return tracking_link(TrackingNumber(found, parcel.tracking_number), language)


def parcels_told(shipment: Shipment, language: str) -> str:
    """Each parcel with carrier, number and link."""
    texts = Texts(language)
    return "\n\n".join(_told(parcel, texts) for parcel in shipment.parcels)


def _told(parcel: Parcel, texts: Texts) -> str:
    name = carrier_name(parcel.carrier, texts)
    words = _NUMBERED if parcel.tracking_number else _NO_NUMBER
    line = texts.say(paper(words, carrier=name, number=parcel.tracking_number))
    return "\n".join(part for part in (line, link_of(parcel, texts.language)) if part)


def goods_told(shipment: Shipment, language: str) -> str:
    """What is in it, line by line."""
    texts = Texts(language)
    return "\n".join(f"{texts.number(line.quantity)} × {line.text}" for line in shipment.lines)


def compose(
    connection: Connection, document: Document, shipment: Shipment, *, has_rest: bool, corrects: bool = False
) -> ComposedMail:
    """The mail about a shipment. Raises NoEmailAddress, WrongAddress, GapIsEmpty, TemplateProblem."""
    recipient = document.recipient
    if not recipient.email.strip():
        raise NoEmailAddress(recipient.name)
    text = _text(connection, document, shipment, has_rest=has_rest)
    body = text.body
    if corrects:
        body = f"{Texts(document.language).say(paper(_CORRECTED))}\n\n{body}"
    return ComposedMail(
        sender=sender_of(connection, document.seller),
        recipient=Mailbox(
            checked_address(recipient.email, "customer.email"), recipient.person.full or recipient.company
        ),
        subject=text.subject,
        body=body,
        attachments=(),
        files=(),
        warnings=(),
        purpose=Purpose.ORDER,
        document_id=document.id,
        customer_id=document.customer_id,
    )


def _text(connection: Connection, document: Document, shipment: Shipment, *, has_rest: bool) -> FilledText:
    from shopdesk.output.email.templates import fill
    from shopdesk.usecases.packing import rules_in

    own = rules_in(connection).text_in(document.language)
    shipped = shipped_text(document.language)
    template = Template(own.subject or shipped.subject, own.body or shipped.body)
    return fill(template, gaps(document, shipment, has_rest=has_rest), SHIPPING_GAPS)


def shipped_text(language: str) -> MailText:
    """The program's own text in a language, with its gaps open."""
    texts = Texts(language)
    gaps_open = {name: f"{{{{ {name} }}}}" for name in SHIPPING_GAPS}
    gaps_open["rest"] = f"{{% if rest %}}\n\n{texts.say(paper(_REST))}{{% endif %}}"
    subject = texts.say(paper(_SUBJECT, **gaps_open))
    return MailText(language, subject, texts.say(paper(_BODY, **gaps_open)))


def check(text: MailText) -> None:
    """See that the owner's text can be filled; raises TemplateProblem at its part."""
    from shopdesk.output.email import templates

    shipped = shipped_text(text.language)
    templates.check(Template(text.subject or shipped.subject, text.body or shipped.body), SHIPPING_GAPS)


def gaps(document: Document, shipment: Shipment, *, has_rest: bool) -> dict[str, str]:
    """What the gaps are filled with, in the customer's language."""
    texts = Texts(document.language)
    return {
        "greeting": texts.say(document.recipient.person.greeting()),
        "customer": document.recipient.name,
        "number": document.number,
        "owner": document.seller.owner,
        "shop": document.seller.name,
        "phone": document.seller.phone,
        "imprint": imprint(document.seller, texts),
        "parcels": parcels_told(shipment, document.language),
        "goods": goods_told(shipment, document.language),
        "rest": "1" if has_rest else "",
    }


def example(shop: Shop, text: MailText, language: str, texts: Texts) -> FilledText:
    """The owner's text with sample values, for the settings. Raises TemplateProblem, GapIsEmpty."""
    from shopdesk.output.email.templates import check, fill
    from shopdesk.usecases import number_ranges
    from shopdesk.usecases.mail_examples import example_document

    document = example_document(shop, DocumentKind.INVOICE, language, texts)
    number = number_ranges.next_number(shop, DocumentKind.INVOICE.value, shop.clock.today())
    goods = ShipmentLine(0, document.lines[0].text, document.lines[0].quantity)
    shipment = Shipment(0, 0, lines=(goods,), parcels=(Parcel(_SAMPLE_NUMBER, Carrier.DHL),))
    shipped = shipped_text(language)
    template = Template(text.subject or shipped.subject, text.body or shipped.body)
    check(template, SHIPPING_GAPS)
    return fill(template, gaps(replace(document, number=number), shipment, has_rest=False), SHIPPING_GAPS)
