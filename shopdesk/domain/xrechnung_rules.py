"""What XRechnung asks for beyond EN 16931 (BR-DE-…, RULES.md 4), before a number is taken.

What the writer alone decides is not asked for here: type code (BR-DE-17), a rate in each row (BR-DE-14), the means of
payment beside cards (BR-DE-24). BR-DE-16 and BR-DE-26 are BR-CO-26 and BR-55, which hold for each e-invoice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shopdesk.domain.document_kinds import BILLS, E_INVOICES
from shopdesk.domain.documents import Document, Recipient
from shopdesk.domain.electronic_addresses import electronic_address
from shopdesk.domain.leitweg_ids import leitweg_id_is_valid, looks_like_leitweg_id
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.problems import Problem
from shopdesk.domain.totals import totals
from shopdesk.domain.vat_rates import VatRates
from shopdesk.domain.xml_text import xml_text

_MAIL = re.compile(r"[^@\s.][^@\s]*[^@\s.]@[^@\s.][^@\s]*[^@\s.]")  # BR-DE-28
_DIGITS = 3  # BR-DE-27


def goes_as_xrechnung(document: Document) -> bool:
    """Whether the e-invoice is an XRechnung file of its own: the buyer wishes it or is found by a Leitweg-ID."""
    return document.kind in E_INVOICES and _wants(document.recipient)


def _wants(buyer: Recipient) -> bool:
    return buyer.xrechnung or leitweg_id_is_valid(buyer.buyer_reference)


def rules(document: Document, rates: VatRates) -> Iterator[Problem]:
    """The rules for a document that goes as XRechnung, and a word about a mistyped Leitweg-ID."""
    del rates
    if document.kind not in E_INVOICES:
        return
    reference = document.recipient.buyer_reference
    if looks_like_leitweg_id(reference) and not leitweg_id_is_valid(reference):
        text = N_("“{reference}” looks like a Leitweg-ID, but its check digits are wrong. Please compare it.")
        yield Problem(
            "leitweg-id",
            "customer.buyer_reference",
            Message(text, {"reference": reference}),
            is_warning=not document.recipient.xrechnung,
        )
    if _wants(document.recipient):
        yield from _seller(document)
        yield from _buyer(document)
        yield from _payment(document)


def _seller(document: Document) -> Iterator[Problem]:
    seller = document.seller
    address = seller.address
    missing = (
        ("BR-DE-3", "seller.address.city", address.city, N_("XRechnung: your shop's town is missing.")),
        ("BR-DE-4", "seller.address.postal_code", address.postal_code,
         N_("XRechnung: your shop's postcode is missing.")),
        ("BR-DE-6", "seller.phone", seller.phone,
         N_("XRechnung: your phone number is missing. It is entered in the settings.")),
        ("BR-DE-7", "seller.email", seller.email,
         N_("XRechnung: your mail address is missing. It is entered in the settings.")),
    )  # fmt: skip
    yield from _missing(missing)
    if seller.phone and sum(character.isdecimal() for character in seller.phone) < _DIGITS:
        text = N_("XRechnung: your phone number has fewer than three digits.")
        yield Problem("BR-DE-27", "seller.phone", Message(text), is_warning=True)
    if seller.email and not _MAIL.fullmatch(seller.email.strip()):
        text = N_("XRechnung: your mail address does not look like one.")
        yield Problem("BR-DE-28", "seller.email", Message(text), is_warning=True)


def _buyer(document: Document) -> Iterator[Problem]:
    buyer = document.recipient
    missing = [
        ("BR-DE-8", "customer.address.city", buyer.address.city,
         N_("XRechnung: the town of the customer is missing.")),
        ("BR-DE-9", "customer.address.postal_code", buyer.address.postal_code,
         N_("XRechnung: the postcode of the customer is missing.")),
        ("BR-DE-15", "customer.buyer_reference", buyer.buyer_reference,
         N_("XRechnung: the buyer reference is missing. Authorities call it Leitweg-ID.")),
        ("PEPPOL-EN16931-R010", "customer.electronic_address", electronic_address(buyer)[0],
         N_("XRechnung: where does it go? The customer has neither an electronic address nor a mail address.")),
    ]  # fmt: skip
    goods = buyer.delivery_address  # the buyer's own address is looked at above
    if goods is not None:
        missing += [
            ("BR-DE-10", "customer.delivery_address.city", goods.city,
             N_("XRechnung: the town of the delivery address is missing.")),
            ("BR-DE-11", "customer.delivery_address.postal_code", goods.postal_code,
             N_("XRechnung: the postcode of the delivery address is missing.")),
        ]  # fmt: skip
    yield from _missing(missing)


def _missing(fields: Sequence[tuple[str, str, str, str]]) -> Iterator[Problem]:
    """Code, field, its value and what to say where there is none."""
    for code, field, value, text in fields:
        if not xml_text(value):
            yield Problem(code, field, Message(text))


def _payment(document: Document) -> Iterator[Problem]:
    if document.kind in BILLS and totals(document).payable.minor > 0 and not xml_text(document.seller.iban):
        text = N_("XRechnung: without an IBAN nobody can pay. It is entered in the settings.")
        yield Problem("BR-DE-1", "seller.iban", Message(text))
    cash = document.cash_discount
    if cash is not None and cash.percent != round(cash.percent, 2):
        text = N_("XRechnung: a cash discount has at most two decimals.")
        yield Problem("BR-DE-18", "cash_discount", Message(text))
