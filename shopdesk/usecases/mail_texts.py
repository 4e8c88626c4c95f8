"""What a document's mail says and carries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.document_rules import Problem
from shopdesk.domain.documents import Document, Fulfilment, Seller
from shopdesk.domain.mail import Attachment, Mailbox, NoEmailAddress, Purpose, checked_address
from shopdesk.domain.mail_templates import MailTemplate, audiences_for
from shopdesk.domain.messages import N_, P_, Message, paper
from shopdesk.domain.outbox import AttachedFile
from shopdesk.domain.standard_attachments import StandardAttachment, checked_file, chosen, missing
from shopdesk.domain.totals import totals
from shopdesk.domain.xrechnung_rules import goes_as_xrechnung
from shopdesk.i18n import Texts
from shopdesk.usecases import mail_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

_NO_NUMBER_YET = "…"


@dataclass(frozen=True, slots=True)
class ComposedMail:
    """A document's mail before it becomes bytes; `files` says where each attachment comes from."""

    sender: Mailbox
    recipient: Mailbox
    subject: str
    body: str
    attachments: tuple[Attachment, ...]
    files: tuple[AttachedFile, ...]
    warnings: tuple[Problem, ...]
    purpose: Purpose = Purpose.ORDER
    document_id: int | None = None
    customer_id: int | None = None


def compose_in(
    connection: Connection, document: Document, template: MailTemplate | None = None
) -> ComposedMail:
    """The mail of an issued document, or of a draft as it would stand; `template` is the owner's text for this once.

    Raises NoEmailAddress, WrongAddress, GapIsEmpty, TemplateProblem.
    """
    from shopdesk.output.email.templates import fill

    recipient = _recipient(document)
    text = fill(template or template_in(connection, document), gaps(document))
    standard = _standard_attachments(connection, document)
    attachments, files = _attached(connection, document, standard)
    warnings = (*missing(document, standard), *_address_warnings(connection, document, recipient))
    return ComposedMail(
        sender_in(connection, document), recipient, text.subject, text.body, attachments, files, warnings,
        document_id=document.id, customer_id=document.customer_id,
    )  # fmt: skip


def preview(shop: Shop, document: Document, template: MailTemplate | None = None) -> ComposedMail:
    """The mail as the owner may read and change it before it goes."""
    with shop.reading() as connection:
        return compose_in(connection, document, template)


def warnings(shop: Shop, document: Document) -> tuple[Problem, ...]:
    """What the owner should see before this document is mailed."""
    with shop.reading() as connection:
        standard = _standard_attachments(connection, document)
        address = document.recipient.email
        found = _address_warnings(connection, document, Mailbox(address)) if address else ()
        return (*missing(document, standard), *found)


def _recipient(document: Document) -> Mailbox:
    recipient = document.recipient
    if not recipient.email.strip():
        raise NoEmailAddress(recipient.name)
    return Mailbox(
        checked_address(recipient.email, "customer.email"), recipient.person.full or recipient.company
    )


def sender_in(connection: Connection, document: Document) -> Mailbox:
    """The mail account's address and name, else the seller's own; an empty address while neither is known."""
    return sender_of(connection, document.seller)


def sender_of(connection: Connection, seller: Seller) -> Mailbox:
    """The same for a mail without a document."""
    account = mail_settings.account_in(connection)
    if account is not None:
        return Mailbox(account.sender_address, account.sender_name or seller.name)
    return Mailbox(seller.email, seller.name)


def template_in(connection: Connection, document: Document) -> MailTemplate:
    """The owner's text for kind, audience and language, else the shipped one."""
    from shopdesk.output.email.default_templates import default_template
    from shopdesk.store import mail_templates

    audiences = audiences_for(document.recipient.is_business)
    own = mail_templates.find(connection, document.kind, audiences, document.language)
    found = own or default_template(document.kind, audiences, document.language)
    return found or MailTemplate(
        document.kind, audiences[-1], document.language, "{{ shop }} {{ number }}", "{{ greeting }}"
    )


def template_for(shop: Shop, document: Document) -> MailTemplate:
    """The text that the document's mail begins with, its gaps still open, for the owner to change."""
    with shop.reading() as connection:
        return template_in(connection, document)


def gaps(document: Document) -> dict[str, str]:
    """What the gaps of a template are filled with, in the customer's language; empty where nothing is known."""
    texts = Texts(document.language)
    sums, seller = totals(document), document.seller
    due = texts.date(document.due) if document.due else ""
    is_quote = document.kind.value == "quote"
    goods_leave = document.fulfilment in {Fulfilment.SHIP, Fulfilment.DELIVER}
    return {
        "greeting": texts.say(document.recipient.person.greeting()),
        "customer": document.recipient.name,
        "number": document.number or _NO_NUMBER_YET,
        "date": texts.date(document.date) if document.date else "",
        "refers_to": ", ".join(document.numbers),
        "amount": texts.money(sums.gross),
        "payable": texts.money(sums.payable) if sums.payable.minor > 0 else "",
        "due": "" if is_quote else due,
        "valid_until": due if is_quote else "",
        "dunning": "1" if document.reminder is not None and document.reminder.level > 1 else "",
        "prepay": "1" if document.prepay and goods_leave else "",
        "owner": seller.owner,
        "shop": seller.name,
        "phone": seller.phone,
        "imprint": imprint(document.seller, texts),
    }


def imprint(seller: Seller, texts: Texts) -> str:
    """A mail is a business letter: it names who writes (§ 35a GmbHG, § 37a HGB)."""
    address = seller.address
    name = seller.name if seller.legal_form in seller.name else f"{seller.name} {seller.legal_form}"
    street = (*address.lines, f"{address.postal_code} {address.city}".strip())
    directors = Message("{names}")
    if seller.managing_directors:
        directors = paper(P_("paper", "Managing directors: {names}"), names=seller.managing_directors)
    vat_id = paper(P_("paper", "VAT ID: {vat_id}"), vat_id=seller.vat_id)
    lines = (
        name,
        ", ".join(part for part in street if part),
        " · ".join(part for part in (seller.phone, seller.email, seller.website) if part),
        texts.say(directors) if seller.managing_directors else "",
        ", ".join(part for part in (seller.register_court, seller.register_number) if part),
        texts.say(vat_id) if seller.vat_id else "",
    )
    return "\n".join(line for line in lines if line)


def _standard_attachments(connection: Connection, document: Document) -> tuple[StandardAttachment, ...]:
    from shopdesk.store import attachments
    from shopdesk.usecases.shop_settings import load_profile

    return chosen(attachments.current(connection), document, load_profile(connection).language)


def _attached(
    connection: Connection, document: Document, standard: tuple[StandardAttachment, ...]
) -> tuple[tuple[Attachment, ...], tuple[AttachedFile, ...]]:
    """The document as issued, then the standard attachments. The e-invoice is in the PDF, an XRechnung beside it."""
    from shopdesk.store import attachments, documents

    stored = documents.files(connection, document.id) if document.is_issued and document.id else ()
    beside = goes_as_xrechnung(document)
    own = [file for file in stored if beside or file.media_type == "application/pdf"]
    contents = [Attachment(file.name, file.media_type, file.data) for file in own]
    records = [
        AttachedFile(file.name, file.media_type, file.sha256, document_file_id=file.id) for file in own
    ]
    for entry in standard:
        contents.append(Attachment(entry.name, entry.media_type, attachments.data(connection, entry.id or 0)))
        records.append(
            AttachedFile(entry.name, entry.media_type, entry.sha256, standard_attachment_id=entry.id)
        )
    return tuple(contents), tuple(records)


def _address_warnings(connection: Connection, document: Document, recipient: Mailbox) -> tuple[Problem, ...]:
    """PRODUCT.md, promise 4: warn when the address belongs to somebody else."""
    from shopdesk.store import outbox

    others = outbox.owners_of_address(connection, recipient.address, document.customer_id)
    text = N_("The address {address} belongs to another customer: {name}. Is this the right one?")
    return tuple(
        Problem(
            "address-of-other",
            "customer.email",
            Message(text, {"address": recipient.address, "name": name}),
            is_warning=True,
        )
        for name in others
    )


def own_templates(shop: Shop) -> tuple[MailTemplate, ...]:
    """The texts that the owner has changed."""
    from shopdesk.store import mail_templates

    with shop.reading() as connection:
        return mail_templates.all_templates(connection)


def all_templates(shop: Shop) -> tuple[MailTemplate, ...]:
    """Every text there is: the owner's where he has one, else the shipped one (which has no id)."""
    from shopdesk.output.email.default_templates import default_templates

    own = own_templates(shop)
    taken = {(entry.kind, entry.audience, entry.language) for entry in own}
    shipped = (t for t in default_templates() if (t.kind, t.audience, t.language) not in taken)
    return tuple(sorted((*own, *shipped), key=lambda t: (t.kind, t.language, t.audience)))


def save_template(shop: Shop, value: MailTemplate) -> MailTemplate:
    """Store the owner's text; raises TemplateProblem at the part that cannot be read, ChangedElsewhere."""
    from shopdesk.output.email.templates import check
    from shopdesk.store import mail_templates, plain

    check(value)
    with shop.writing() as connection:
        template_id = mail_templates.save(connection, value)
        shop.record(connection, "save", "mail_template", template_id, new=plain.to_plain(value))
    return replace(value, id=template_id, version=value.version + 1 if value.id else 1)


def reset_template(shop: Shop, template_id: int) -> None:
    """Go back to the shipped text."""
    from shopdesk.store import mail_templates

    with shop.writing() as connection:
        mail_templates.remove(connection, template_id)
        shop.record(connection, "reset", "mail_template", template_id)


def standard_attachments(shop: Shop) -> tuple[StandardAttachment, ...]:
    """The stored standard attachments, without their bytes."""
    from shopdesk.store import attachments

    with shop.reading() as connection:
        return attachments.current(connection)


def add_standard_attachment(shop: Shop, value: StandardAttachment, data: bytes) -> int:
    """Store a PDF that goes with certain documents and give its id. Raises ShopError for another kind of file."""
    from shopdesk.domain.file_names import safe_file_name
    from shopdesk.store import attachments

    name = safe_file_name(value.name, "attachment.pdf")
    with shop.writing() as connection:
        attachment_id = attachments.add(connection, replace(value, name=name), checked_file(data))
        new = {"name": name, "role": value.role, "sha256": hashlib.sha256(data).hexdigest()}
        shop.record(connection, "create", "standard_attachment", attachment_id, new=new)
    return attachment_id


def remove_standard_attachment(shop: Shop, attachment_id: int) -> None:
    """Take a file out of use; mails that carried it keep it."""
    from shopdesk.store import attachments

    with shop.writing() as connection:
        attachments.set_deleted(connection, attachment_id, shop.clock.now())
        shop.record(connection, "delete", "standard_attachment", attachment_id)


def restore_standard_attachment(shop: Shop, attachment_id: int) -> None:
    """Bring a removed file back."""
    from shopdesk.store import attachments

    with shop.writing() as connection:
        attachments.set_deleted(connection, attachment_id, None)
        shop.record(connection, "restore", "standard_attachment", attachment_id)


def warm() -> None:
    """Load what the first mail needs, so that no transaction waits for it."""
    import shopdesk.output.email.mime  # noqa: F401
    from shopdesk.domain.mail_templates import GAPS
    from shopdesk.output.email.default_templates import default_templates
    from shopdesk.output.email.templates import fill

    fill(default_templates()[0], dict.fromkeys(GAPS, "x"))
