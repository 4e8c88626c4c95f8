"""What the law around the sale asks of a document: business letters, labour share, made to order (RULES.md 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import Document, Fulfilment, LineKind, TaxCase
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.problems import Problem
from shopdesk.domain.totals import line_case, totals
from shopdesk.domain.vat_rates import VatRates
from shopdesk.domain.xml_text import xml_text

# legal forms with a register entry; those with managing directors or a board name them, too (§ 35a GmbHG, § 80 AktG)
_REGISTERED = re.compile(r"\b(e\.\s?K\.|e\.\s?Kfm\.|e\.\s?Kfr\.|OHG|KG|GmbH|UG|AG|SE|eG|PartG)(?=\W|$)")
_DECLARED_FROM = 1_000_00
_WITH_DIRECTORS = re.compile(r"\b(GmbH|UG|AG|SE|eG)(?=\W|$)")


def rules(document: Document, rates: VatRates) -> Iterator[Problem]:
    """Warnings only: none of it makes an invoice wrong for the tax office."""
    del rates
    yield from _business_letter(document)
    yield from _labour(document)
    yield from _customs(document)
    if document.sale.custom_made and document.recipient.is_business:
        text = N_("“Made to order” is about private customers; a business has no right of withdrawal anyway.")
        yield Problem("custom-made", "sale.custom_made", Message(text), is_warning=True)
    if document.sale.no_distance_reason.strip() and document.fulfilment == Fulfilment.PICKUP:
        text = N_("Goods collected in the shop are no distance sale anyway; the reason is not needed.")
        yield Problem("no-distance", "sale.no_distance_reason", Message(text), is_warning=True)


def _business_letter(document: Document) -> Iterator[Problem]:
    seller = document.seller
    form = f"{seller.legal_form} {seller.name}"
    entered = xml_text(seller.register_court) and xml_text(seller.register_number)
    if _REGISTERED.search(form) and not entered:
        text = N_(
            "Your legal form needs register court and number on each letter. They are entered in the settings."
        )
        yield Problem("business-letter", "seller.register_number", Message(text), is_warning=True)
    if _WITH_DIRECTORS.search(form) and not xml_text(seller.managing_directors):
        text = N_(
            "Your legal form needs the managing directors on each letter. They are entered in the settings."
        )
        yield Problem("business-letter", "seller.managing_directors", Message(text), is_warning=True)


def _customs(document: Document) -> Iterator[Problem]:
    """Art. 158, 166 UCC: from 1,000 € the customs office wants the export declared electronically before it leaves."""
    exported = any(line_case(document, line) == TaxCase.EXPORT for line in document.lines)
    net = totals(document).net
    if exported and document.kind in BILLS and net.currency == "EUR" and net.minor >= _DECLARED_FROM:
        text = N_("From 1,000 € an export needs an electronic declaration (ATLAS) before the goods leave.")
        yield Problem("export-declaration", "tax_case", Message(text), is_warning=True)


def _labour(document: Document) -> Iterator[Problem]:
    if document.sale.building_work and not any(line.kind == LineKind.SERVICE for line in document.lines):
        text = N_(
            "The labour share is the sum of the service lines, and there is none: please mark the work as a service."
        )
        yield Problem("labour-share", "sale.building_work", Message(text), is_warning=True)
