"""The shop's mail texts: one per kind of document, audience and language, with named gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message


class Audience(StrEnum):
    """For whom a text or an attachment is meant."""

    PRIVATE = "private"
    BUSINESS = "business"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """Subject and body with gaps: `{{ number }}`, and parts that depend on one: `{% if due %}…{% endif %}`."""

    kind: DocumentKind
    audience: Audience
    language: str
    subject: str
    body: str
    id: int | None = None
    version: int = 0


class TextWithGaps(Protocol):
    """A text that is filled for each recipient: of a mail or of a letter."""

    @property
    def subject(self) -> str:
        """The subject, with gaps."""

    @property
    def body(self) -> str:
        """The text, with gaps."""


@dataclass(frozen=True, slots=True)
class FilledText:
    """A template with all its gaps filled."""

    subject: str
    body: str


class TemplateProblem(ShopError):
    """The template cannot be used as it is written; `field` is mail_template.subject or mail_template.body."""

    code = "mail-template"


class GapIsEmpty(ShopError):
    """The text needs something that is not known, and nothing leaves with a hole in it (PRODUCT.md, S19)."""

    code = "mail-gap-empty"

    def __init__(self, gap: str, meaning: str = "") -> None:
        self.meaning = Message(meaning) if meaning else GAPS[gap]
        message = Message(
            N_(
                "The mail text has an empty gap: “{gap}” ({meaning}). Please fill it in or take it out of the text."
            ),
            {"gap": gap, "meaning": self.meaning},
        )
        super().__init__(message, field=f"mail.{gap}")
        self.gap = gap


# What a template may ask for, and what the settings page says about it
GAPS: Mapping[str, Message] = {
    "greeting": Message(N_("the salutation line in the customer's language")),
    "customer": Message(N_("the customer's name")),
    "number": Message(N_("the document's number")),
    "date": Message(N_("the document's date")),
    "refers_to": Message(N_("the number of the invoice that is corrected, cancelled or still open")),
    "amount": Message(N_("the total with VAT")),
    "payable": Message(N_("what is still to be paid; empty when nothing is")),
    "due": Message(N_("due date of an invoice")),
    "valid_until": Message(N_("until when a quote is valid")),
    "dunning": Message(N_("filled from the second payment reminder on")),
    "prepay": Message(N_("filled when the goods leave after payment")),
    "owner": Message(N_("the owner's name")),
    "shop": Message(N_("the shop's name")),
    "phone": Message(N_("the shop's phone number")),
    "imprint": Message(N_("address and legal details of the shop")),
}


def audiences_for(is_business: bool) -> tuple[Audience, Audience]:
    """The audiences that fit, the closest first."""
    return (Audience.BUSINESS if is_business else Audience.PRIVATE, Audience.ANY)
