"""What only the e-invoice asks for: official rules of EN 16931 (CII) that the paper alone would not break.

`document_rules` calls them with the others; the tests hold both against the official rule set (RULES.md 4).
"""

from __future__ import annotations

from collections.abc import Iterator

from shopdesk.domain.countries import COUNTRIES
from shopdesk.domain.document_kinds import E_INVOICES
from shopdesk.domain.documents import WITHOUT_AMOUNT, Document, LineKind, TaxCase
from shopdesk.domain.electronic_addresses import SCHEMES
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import exponent
from shopdesk.domain.problems import Problem
from shopdesk.domain.totals import line_case, own_key
from shopdesk.domain.vat_rates import VatRates
from shopdesk.domain.xml_text import xml_text

DECIMALS = 2
_RULES_OF = {"K": "IC"}  # how the rules of a category are called


def rules(document: Document, rates: VatRates) -> Iterator[Problem]:
    """The rules for a document that carries an e-invoice; nothing for the others."""
    del rates
    if document.kind not in E_INVOICES:
        return
    yield from _seller(document)
    yield from _references(document)
    yield from _deposits(document)
    scheme = document.recipient.electronic_scheme
    if document.recipient.electronic_address and scheme and scheme not in SCHEMES:
        text = N_("“{scheme}” is no kind of electronic address. A mail address is EM, a Leitweg-ID 0204.")
        yield Problem("BR-CL-25", "customer.electronic_scheme", Message(text, {"scheme": scheme}))
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


def _references(document: Document) -> Iterator[Problem]:
    named = (*document.refers_to, *(deposit.reference for deposit in document.deposits))
    if any(not xml_text(reference.number) for reference in named):
        text = N_("A document that this one refers to has no number yet. Please issue it first.")
        yield Problem("BR-55", "refers_to", Message(text))


def _deposits(document: Document) -> Iterator[Problem]:
    """Taxed deposits go with every job; one without VAT only with a job that has the same reason for it."""
    own = {own_key(document, line)[0] for line in document.lines if line.kind not in WITHOUT_AMOUNT}
    for deposit in document.deposits:
        others = sorted({row.category for row in deposit.vat if row.base} - own - {"S", "Z"})
        values = {"number": deposit.reference.number}
        if "O" in own:
            text = N_("The deposit {number} cannot be deducted from vouchers, which have no VAT yet.")
            yield Problem("BR-O-11", "refers_to", Message(text, values))
        for category in others:  # the job does not say why there is no VAT
            text = N_(
                "The deposit {number} has another tax case than the job. Please cancel it and write it anew."
            )
            yield Problem(f"BR-{_RULES_OF.get(category, category)}-10", "refers_to", Message(text, values))
