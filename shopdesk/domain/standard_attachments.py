"""Files that go with certain documents: terms, withdrawal notice and form (§ 312f BGB).

The wording is the owner's; the program ships none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.document_rules import Problem
from shopdesk.domain.documents import Document, DocumentKind, Fulfilment
from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail_templates import Audience
from shopdesk.domain.messages import N_, Message


class AttachmentRole(StrEnum):
    """What the file is in the eyes of the law."""

    TERMS = "terms"
    WITHDRAWAL_NOTICE = "withdrawal_notice"
    WITHDRAWAL_FORM = "withdrawal_form"
    OTHER = "other"


DISTANCE_ROLES = (AttachmentRole.WITHDRAWAL_NOTICE, AttachmentRole.WITHDRAWAL_FORM, AttachmentRole.TERMS)
LARGEST_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class StandardAttachment:
    """A stored file; no `kinds` means every kind of document, no language means every language."""

    name: str
    role: AttachmentRole = AttachmentRole.OTHER
    kinds: tuple[DocumentKind, ...] = ()
    audience: Audience = Audience.ANY
    language: str = ""
    media_type: str = "application/pdf"
    sha256: str = ""
    id: int | None = None
    version: int = 0

    def suits(self, kind: DocumentKind, is_business: bool) -> bool:
        """Whether it goes with this kind of document to this kind of customer."""
        wanted = Audience.BUSINESS if is_business else Audience.PRIVATE
        return (not self.kinds or kind in self.kinds) and self.audience in {Audience.ANY, wanted}


def checked_file(data: bytes) -> bytes:
    """The bytes of a PDF that mails can carry. Raises ShopError."""
    if not data.startswith(b"%PDF-"):
        raise ShopError(
            Message(N_("Only PDF files can be standard attachments.")), "attachment-not-pdf", "attachment"
        )
    if len(data) > LARGEST_BYTES:
        raise ShopError(
            Message(N_("The file is larger than 10 MB; many mailboxes refuse that.")),
            "attachment-large",
            "attachment",
        )
    return data


def is_distance_contract(document: Document) -> bool:
    """Whether a private customer presumably buys by phone, mail or web (§ 312c BGB); collected goods are not.

    The owner's word that it is none counts.
    """
    if document.sale.no_distance_reason.strip():
        return False
    return not document.recipient.is_business and document.fulfilment != Fulfilment.PICKUP


def chosen(
    available: Iterable[StandardAttachment], document: Document, shop_language: str
) -> tuple[StandardAttachment, ...]:
    """What goes with the document. Of each role the customer's language, else one for all, else the shop's language."""
    suitable = [entry for entry in available if entry.suits(document.kind, document.recipient.is_business)]
    found: list[StandardAttachment] = []
    for role in DISTANCE_ROLES:
        for language in (document.language, "", shop_language):
            fitting = [entry for entry in suitable if entry.role == role and entry.language == language]
            if fitting:
                found += fitting
                break
    others = (entry for entry in suitable if entry.role == AttachmentRole.OTHER)
    return (*found, *(entry for entry in others if entry.language in {document.language, ""}))


_OFFERED = {DocumentKind.QUOTE, DocumentKind.ORDER_CONFIRMATION}
_ROLE_NAMES = {
    AttachmentRole.TERMS: Message(N_("terms and conditions")),
    AttachmentRole.WITHDRAWAL_NOTICE: Message(N_("withdrawal notice")),
    AttachmentRole.WITHDRAWAL_FORM: Message(N_("withdrawal form")),
    AttachmentRole.OTHER: Message(N_("other attachment")),
}


def role_name(role: AttachmentRole) -> Message:
    """The role in words."""
    return _ROLE_NAMES[role]


def missing(document: Document, going: Iterable[StandardAttachment]) -> tuple[Problem, ...]:
    """One warning naming the files that a distance contract wants and the shop has not stored (§ 312f BGB)."""
    if document.kind not in BILLS | _OFFERED or not is_distance_contract(document):
        return ()
    present = {entry.role for entry in going}
    names = tuple(role_name(role) for role in DISTANCE_ROLES if role not in present)
    if not names:
        return ()
    text = N_(
        "Distance sale to a private customer, but not stored in the settings under Standard attachments: {what}."
    )
    return (
        Problem("missing-attachments", "mail.attachments", Message(text, {"what": names}), is_warning=True),
    )
