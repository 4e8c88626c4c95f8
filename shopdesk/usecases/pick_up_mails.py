"""“It lies ready for you”: the mail about an order to be fetched, in the customer's language (S35, S39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.mail import Mailbox, NoEmailAddress, Purpose, checked_address, one_line
from shopdesk.domain.messages import P_, paper
from shopdesk.i18n import Texts
from shopdesk.usecases.mail_texts import ComposedMail, imprint, sender_of
from shopdesk.usecases.shipment_mails import goods_told

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.documents import Document
    from shopdesk.domain.shipments import Shipment

_SUBJECT = P_("paper", "Ready to be picked up: {number}")
_BODY = P_(
    "paper",
    "{greeting}\n\nyour order {number} lies ready for you:\n\n{goods}\n\nYou can come by at any time while we are "
    "open: {place}.\n\nQuestions? A call is enough: {phone}.\n\nKind regards\n{owner}\n{shop}\n\n{imprint}",
)


def ready(connection: Connection, document: Document, shipment: Shipment) -> ComposedMail:
    """The mail; raises NoEmailAddress, WrongAddress."""
    recipient, seller = document.recipient, document.seller
    if not recipient.email.strip():
        raise NoEmailAddress(recipient.name)
    texts = Texts(document.language)
    place = (*seller.address.lines, f"{seller.address.postal_code} {seller.address.city}".strip())
    gaps: dict[str, object] = {
        "greeting": texts.say(recipient.person.greeting()),
        "number": document.number,
        "goods": goods_told(shipment, document.language),
        "place": ", ".join(part for part in place if part),
        "phone": seller.phone or seller.email,
        "owner": seller.owner,
        "shop": seller.name,
        "imprint": imprint(seller, texts),
    }
    return ComposedMail(
        sender=sender_of(connection, seller),
        recipient=Mailbox(
            checked_address(recipient.email, "customer.email"), recipient.person.full or recipient.company
        ),
        subject=one_line(texts.say(paper(_SUBJECT, **gaps))),
        body=texts.say(paper(_BODY, **gaps)),
        attachments=(),
        files=(),
        warnings=(),
        purpose=Purpose.ORDER,
        document_id=document.id,
        customer_id=document.customer_id,
    )
