"""A mail text with sample values, so that the owner sees what his customers will read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Document, Fulfilment, Line, Recipient
from shopdesk.domain.mail_templates import FilledText, MailTemplate
from shopdesk.domain.messages import N_
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.domain.documents import DocumentKind
    from shopdesk.usecases.shop import Shop

_STREET, _TOWN = N_("Sample street 1"), N_("Sample town")


def example_document(shop: Shop, kind: DocumentKind, language: str, texts: Texts) -> Document:
    """A document to nobody in particular, with the shop's own terms; its texts in the window's language."""
    from shopdesk.usecases import documents, shop_settings

    gettext = texts.gettext
    person = PersonName(Salutation.MRS, "", "Erika", gettext("Sample"))
    address = Address((gettext(_STREET),), "12345", gettext(_TOWN))
    recipient = Recipient(person=person, address=address, language=language, email="erika@example.org")
    line = Line(
        text=gettext("What your customer wished for"), quantity=Decimal(2), unit_price=Decimal("119.90")
    )
    draft = Document(kind=kind, recipient=recipient, lines=(line,), fulfilment=Fulfilment.SHIP)
    profile, today = shop_settings.profile(shop), shop.clock.today()
    return documents.with_terms(draft, profile, today)


def filled(shop: Shop, template: MailTemplate, texts: Texts) -> FilledText:
    """The text as a customer would get it. Raises TemplateProblem, GapIsEmpty (something of the shop is missing)."""
    from shopdesk.output.email.templates import check, fill
    from shopdesk.usecases import mail_texts, number_ranges, shop_settings, tax

    check(template)
    draft = example_document(shop, template.kind, template.language, texts)
    today: dt.date = shop.clock.today()
    number = number_ranges.next_number(shop, template.kind.value, today)
    settled = tax.settled(draft, tax.TaxContext(shop_settings.profile(shop), today))
    return fill(template, mail_texts.gaps(replace(settled, number=number)))
