"""What goes out about purchase orders: the order to the supplier, and the word to the customer that it is there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Fulfilment
from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import Attachment, Mailbox, NoEmailAddress, Purpose, checked_address, one_line
from shopdesk.domain.messages import N_, P_, Message, paper
from shopdesk.domain.names import PersonName
from shopdesk.domain.outbox import AttachedFile
from shopdesk.domain.purchase_orders import PurchaseOrder
from shopdesk.i18n import Texts
from shopdesk.usecases import mail_settings
from shopdesk.usecases.mail_texts import ComposedMail

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.suppliers import Supplier

_ORDER = (
    P_("paper", "Purchase order {number}"),
    P_("paper", "Purchase order {number}, commission {commission}"),
)
_ORDER_BODY = P_(
    "paper",
    "{greeting}\n\nplease find attached our purchase order {number}.\n\nPlease confirm it with the day of delivery; "
    "an answer to this mail is enough.\n\nKind regards\n{owner}\n{shop}",
)
_READY_SUBJECT = P_("paper", "It is there: {what}")
_TO_COLLECT = P_(
    "paper",
    "{greeting}\n\ngood news: {what} has arrived. You can come by and collect it at any time while we are open."
    "\n\nKind regards\n{owner}\n{shop}",
)
_TO_DELIVER = P_(
    "paper",
    "{greeting}\n\ngood news: {what} has arrived here. We will now get it on its way to you."
    "\n\nKind regards\n{owner}\n{shop}",
)


class SupplierHasNoAddress(ShopError):
    """The order cannot be mailed."""

    code = "supplier-address"

    def __init__(self, name: str) -> None:
        words = N_("No mail address of {name} is known. Enter it here, or order without a mail.")
        super().__init__(Message(words, {"name": name}), field="supplier.email")


def order_mail(
    connection: Connection, order: PurchaseOrder, supplier: Supplier, pdf: tuple[str, bytes]
) -> ComposedMail:
    """The order with its PDF, in the supplier's language; raises SupplierHasNoAddress, WrongAddress."""
    if not supplier.email:
        raise SupplierHasNoAddress(supplier.name)
    sender, owner, shop_name = _sender(connection)
    texts = Texts(supplier.language)
    gaps: dict[str, object] = {
        "greeting": PersonName().greeting(),
        "number": order.number,
        "commission": order.commission,
        "owner": owner,
        "shop": shop_name,
    }
    name, data = pdf
    subject = _ORDER[1] if order.commission else _ORDER[0]
    return ComposedMail(
        sender=sender,
        recipient=Mailbox(checked_address(supplier.email, "supplier.email"), supplier.name),
        subject=one_line(texts.say(paper(subject, **gaps))),
        body=f"{texts.say(paper(_ORDER_BODY, **gaps)).strip()}\n",
        attachments=(Attachment(name, "application/pdf", data),),
        files=(AttachedFile(name, "application/pdf", hashlib.sha256(data).hexdigest()),),
        warnings=(),
        purpose=Purpose.ORDER,
    )


def ready_mail(connection: Connection, order: PurchaseOrder) -> ComposedMail:
    """The word that the goods are there, in the customer's language; raises NoEmailAddress, WrongAddress, NotFound."""
    from shopdesk.store import customers, documents

    assert order.customer_id is not None
    customer = customers.load(connection, order.customer_id)
    if not customer.email:
        raise NoEmailAddress(customer.name)
    collects = order.document_id is None or (
        documents.load(connection, order.document_id).fulfilment == Fulfilment.PICKUP
    )
    sender, owner, shop_name = _sender(connection)
    texts = Texts(customer.language)
    gaps: dict[str, object] = {
        "greeting": customer.greeting(),
        "what": order.goods,
        "owner": owner,
        "shop": shop_name,
    }
    return ComposedMail(
        sender=sender,
        recipient=Mailbox(
            checked_address(customer.email, "customer.email"), customer.person.full or customer.company
        ),
        subject=one_line(texts.say(paper(_READY_SUBJECT, **gaps))),
        body=f"{texts.say(paper(_TO_COLLECT if collects else _TO_DELIVER, **gaps)).strip()}\n",
        attachments=(),
        files=(),
        warnings=(),
        purpose=Purpose.ORDER,
        document_id=order.document_id,
        customer_id=order.customer_id,
    )


def _sender(connection: Connection) -> tuple[Mailbox, str, str]:
    from shopdesk.usecases.shop_settings import load_profile

    account, seller = mail_settings.account_in(connection), load_profile(connection).seller
    sender = Mailbox(seller.email, seller.name)
    if account is not None:
        sender = Mailbox(account.sender_address, account.sender_name or seller.name)
    return sender, seller.owner, seller.name
