"""What only the e-invoice asks for: official rules of EN 16931 (CII) that the paper alone would not break.

`document_rules` calls them with the others; the tests hold both against the official rule set (RULES.md 4).
"""

from __future__ import annotations

from collections.abc import Iterator

from shopdesk.domain.countries import COUNTRIES
from shopdesk.domain.document_kinds import E_INVOICES
from shopdesk.domain.documents import WITHOUT_AMOUNT, Document, LineKind, TaxCase
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import exponent
from shopdesk.domain.problems import Problem
from shopdesk.domain.totals import line_case
from shopdesk.domain.vat_rates import VatRates
from shopdesk.domain.xml_text import xml_text

DECIMALS = 2


def rules(document: Document, rates: VatRates) -> Iterator[Problem]:
    """The rules for a document that carries an e-invoice; nothing for the others."""
    del rates
    if document.kind not in E_INVOICES:
        return
    yield from _seller(document)
    if exponent(document.currency) > DECIMALS:
        text = N_(
            "An e-invoice has amounts with at most two decimals, {currency} has three. Please choose another."
        )
        yield Problem("BR-DEC-14", "currency", Message(text, {"currency": document.currency}))


def _seller(document: Document) -> Iterator[Problem]:
    seller = document.seller
    country = seller.address.country
    if not country:
        text = N_("Your shop's address names no country. It is entered in the settings.")
        yield Problem("BR-09", "seller.address.country", Message(text))
    elif country not in COUNTRIES:
        text = N_("“{country}” is not a country code. Germany is DE, Bulgaria is BG.")
        yield Problem("BR-CL-14", "seller.address.country", Message(text, {"country": country}))
    lines = [line for line in document.lines if line.kind not in WITHOUT_AMOUNT]
    if not seller.vat_id and any(line_case(document, line) == TaxCase.EXPORT for line in lines):
        text = N_("An export needs your VAT id on the invoice. It is entered in the settings.")
        yield Problem("BR-G-02", "seller.vat_id", Message(text))
    voucher = any(line.kind == LineKind.VOUCHER for line in lines)
    if voucher and seller.vat_id and not xml_text(seller.tax_number) and not xml_text(seller.register_number):
        # BR-O-02 forbids the VAT id there, and something must say who sells
        text = N_("The sale of a voucher names no VAT id: it needs your tax number, entered in the settings.")
        yield Problem("BR-CO-26", "seller.tax_number", Message(text))
