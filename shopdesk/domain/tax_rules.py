"""What the tax case asks of a document: rates, VAT ids, where it goes (RULES.md 2 and 6). Errors forbid issuing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from shopdesk.domain.addresses import EU, Country
from shopdesk.domain.document_kinds import BILLS, CORRECTIONS, E_INVOICES
from shopdesk.domain.documents import ANCILLARY, WITHOUT_AMOUNT, Document, Fulfilment, Line, LineKind, TaxCase
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.problems import Problem
from shopdesk.domain.supply_dates import has_supply_date, supply_day
from shopdesk.domain.totals import UNTAXED, line_case, own_key
from shopdesk.domain.vat_ids import vat_id_compact, vat_prefix
from shopdesk.domain.vat_rates import VatRates
from shopdesk.domain.vat_territories import is_outside_vat_area
from shopdesk.domain.xml_text import xml_text

BETWEEN_BUSINESSES = frozenset({TaxCase.REVERSE_CHARGE, TaxCase.INTRA_COMMUNITY})


def line_cases(document: Document) -> set[TaxCase]:
    """All tax cases on the document."""
    return {line_case(document, line) for line in document.lines if line.kind not in WITHOUT_AMOUNT}


def rules(document: Document, rates: VatRates) -> Iterator[Problem]:
    """Everything about VAT that a settled document must keep."""
    yield from _rates(document, rates)
    yield from _ids(document)
    yield from _destination(document)
    yield from _seller(document)
    yield from _supply(document)
    if TaxCase.EXEMPT in line_cases(document) and not xml_text(document.tax_note):
        text = N_("Why is it exempt? The note with the reason is missing.")
        yield Problem("BR-E-10", "tax_note", Message(text))
    if document.tax_case == TaxCase.AUTO:
        yield Problem("tax-case", "tax_case", Message(N_("The tax case has not been decided yet.")))


def _rates(document: Document, rates: VatRates) -> Iterator[Problem]:
    day = supply_day(document)
    goods = _rates_of_goods(document)
    for i, line in enumerate(document.lines):
        if line.kind in WITHOUT_AMOUNT or line.vat_rate is None or day is None:
            continue
        text = _wrong_rate(document, line, rates, day) or _not_that_of_the_goods(document, line, goods)
        if text:
            country = Country(document.recipient.goods_address.country)
            values = {"n": i + 1, "rate": line.vat_rate, "country": country}
            yield Problem("vat-rate", f"lines[{i}].vat_rate", Message(text, values))


def _rates_of_goods(document: Document) -> set[Decimal]:
    sold = [line for line in document.lines if line.kind not in ANCILLARY | WITHOUT_AMOUNT]
    return {own_key(document, line)[1] for line in sold}


def _not_that_of_the_goods(document: Document, line: Line, goods: set[Decimal]) -> str:
    """Postage and packaging are ancillary to the goods (RULES.md 2); a correction may take back postage alone."""
    carriage = line.kind in {LineKind.POSTAGE, LineKind.PACKAGING}
    if not carriage or not goods or document.kind in CORRECTIONS or line.vat_rate in goods:
        return ""
    return N_(
        "Line {n}: postage and packaging have the VAT rate of the goods, and none here has {rate} %. "
        "Please leave the rate of this line empty."
    )


def _wrong_rate(document: Document, line: Line, rates: VatRates, day: dt.date) -> str:
    """What is wrong with the line's own rate; empty when nothing is. A rate is never silently replaced."""
    assert line.vat_rate is not None
    case, home = line_case(document, line), document.seller.address.country
    if case in UNTAXED or line.kind == LineKind.VOUCHER:
        return (
            ""
            if line.vat_rate == 0
            else N_("Line {n}: {rate} % VAT does not go with this tax case, which has none.")
        )
    if case == TaxCase.DOMESTIC:
        known = home not in rates.standard or line.vat_rate in rates.domestic_on(home, day)
        return "" if known else N_("Line {n}: {rate} % was no VAT rate at home on the day of supply.")
    goal = document.recipient.goods_address.country
    if line.vat_rate in rates.of_country(goal, day) | {document.default_rate}:
        return ""
    if line.vat_rate == 0:
        return N_(
            "Line {n}: 0 % VAT is for photovoltaics at home; with OSS the rate of the buyer's country holds."
        )
    if line.vat_rate > document.default_rate:
        return N_("Line {n}: {rate} % is above the VAT rate of the country it goes to.")
    if line.vat_rate in rates.domestic_on(home, day):
        return N_("Line {n}: {rate} % is the VAT rate at home; with OSS that of the buyer's country holds.")
    return N_("Line {n}: on the day of supply {rate} % is no VAT rate of the buyer's country ({country}).")


def _ids(document: Document) -> Iterator[Problem]:
    both = line_cases(document) & BETWEEN_BUSINESSES
    if both and not (document.recipient.vat_id and document.seller.vat_id):
        text = N_("This tax case needs both VAT ids, yours and the customer's.")
        rule = "BR-IC-02" if TaxCase.INTRA_COMMUNITY in both else "BR-AE-02"
        field = "customer.vat_id" if document.seller.vat_id else "seller.vat_id"
        yield Problem(rule, field, Message(text))
    home = vat_prefix(document.seller.address.country)
    if TaxCase.INTRA_COMMUNITY in both and vat_id_compact(document.recipient.vat_id).startswith(home):
        text = N_("An intra-community supply needs a VAT id of another member state.")
        yield Problem("vat-id", "customer.vat_id", Message(text))


def _destination(document: Document) -> Iterator[Problem]:
    """Whether the goods go where the case supposes (RULES.md 6)."""
    cases = line_cases(document)
    home, goal = document.seller.address.country, document.recipient.goods_address.country
    outside = is_outside_vat_area(document.recipient.goods_address)
    abroad_in_eu = goal in EU and goal != home and not outside
    text = ""
    if TaxCase.INTRA_COMMUNITY in cases and not abroad_in_eu:
        text = N_("An intra-community supply goes to another member state of the EU.")
    elif TaxCase.OSS in cases and not abroad_in_eu:
        text = N_("OSS is for private buyers in another member state of the EU.")
    elif TaxCase.EXPORT in cases and goal in EU and not outside:
        text = N_("An export goes to a country outside the EU.")
    if text:
        yield Problem("tax-case", "tax_case", Message(text))


def _seller(document: Document) -> Iterator[Problem]:
    cases = line_cases(document)
    if TaxCase.SMALL_BUSINESS in cases and not document.seller.small_business:
        text = N_("Your shop is not set as a small business (§ 19 UStG).")
        yield Problem("tax-case", "tax_case", Message(text))
    allowed = {TaxCase.SMALL_BUSINESS, TaxCase.EXEMPT, TaxCase.REVERSE_CHARGE}
    if document.seller.small_business and cases - allowed:
        text = N_("A small business (§ 19 UStG) shows no VAT.")
        yield Problem("tax-case", "tax_case", Message(text))


def _supply(document: Document) -> Iterator[Problem]:
    """An intra-community supply: a date, a way there, an invoice in time."""
    cases = line_cases(document)
    if TaxCase.INTRA_COMMUNITY in cases and document.kind in E_INVOICES and not has_supply_date(document):
        text = N_("An intra-community supply needs the day of delivery.")
        yield Problem("BR-IC-11", "delivery_date", Message(text))
    if TaxCase.INTRA_COMMUNITY in cases and document.fulfilment == Fulfilment.PICKUP:
        # § 17b (2) No. 2 UStDV; without it the goods may have stayed here
        text = N_(
            "Collected in the shop: free of VAT only with the customer's written assurance where the goods go. "
            "Please have it signed before you issue."
        )
        yield Problem("pickup-assurance", "fulfilment", Message(text), is_warning=True)
    last = due_until(document)
    if last and document.date and document.date > last and document.kind in BILLS:
        text = N_("This invoice was due until {day}: the 15th of the month after the supply (§ 14a UStG).")
        yield Problem("late-invoice", "date", Message(text, {"day": last}), is_warning=True)


def due_until(document: Document) -> dt.date | None:
    """The last day for the invoice of a supply between businesses of two member states (§ 14a (1) and (3) UStG)."""
    day = supply_day(document)
    goal = document.recipient.goods_address.country
    abroad = goal in EU and goal != document.seller.address.country
    if day is None or not abroad or not line_cases(document) & BETWEEN_BUSINESSES:
        return None
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=15)
