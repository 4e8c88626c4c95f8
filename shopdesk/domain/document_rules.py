"""What must be right before a document takes its number, each problem tied to its field.

Codes are the rules' own names (EN 16931 BR-…, RULES.md 4) where there is one. Fields are spelled as in the order file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from shopdesk.domain import chain_rules, e_invoice_rules, sale_rules, tax_rules, xrechnung_rules
from shopdesk.domain.countries import COUNTRIES
from shopdesk.domain.document_kinds import BILLS, E_INVOICES
from shopdesk.domain.documents import (
    WITHOUT_AMOUNT,
    Document,
    DocumentKind,
    Line,
    LineKind,
    Means,
    TaxCase,
)
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import CURRENCIES, exponent
from shopdesk.domain.problems import Problem
from shopdesk.domain.supply_dates import is_dated_by_itself
from shopdesk.domain.tax_rules import line_cases
from shopdesk.domain.totals import totals
from shopdesk.domain.units import UNITS
from shopdesk.domain.vat_ids import iban_is_valid, vat_id_is_valid
from shopdesk.domain.vat_rates import VatRates
from shopdesk.domain.xml_text import xml_text

__all__ = [
    "DocumentRefused", "Problem", "check", "errors", "line_cases", "out_of_range",
]  # fmt: skip

PRICE_DECIMALS = 6
LARGEST = Decimal(1_000_000_000)
"""No price, quantity or line comes to more: cents of whole documents then fit into the database's whole numbers."""


class DocumentRefused(ShopError):
    """The document breaks rules; `problems` names all of them, the error speaks of the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        super().__init__(first.message, first.code, first.field)
        self.problems = problems


def check(document: Document, rates: VatRates) -> tuple[Problem, ...]:
    """All problems of a document whose date and tax case are settled; errors first. No I/O, well under 1 ms."""
    beyond = out_of_range(document)
    if beyond:
        return beyond
    found = [problem for rule in _RULES for problem in rule(document, rates)]
    return tuple(sorted(found, key=lambda problem: problem.is_warning))


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that forbid issuing."""
    return tuple(problem for problem in problems if not problem.is_warning)


def out_of_range(document: Document) -> tuple[Problem, ...]:
    """Figures that no sums can be made of; to be asked before sums are made or a draft is stored."""
    found: list[Problem] = []
    for i, line in enumerate(document.lines):
        found += _line_out_of_range(i, line)
    amounts = [(f"prepaid[{i}].amount", payment.amount) for i, payment in enumerate(document.prepaid)]
    if document.discount is not None:
        amounts.append(("discount.amount", document.discount.amount or Decimal(0)))
        amounts.append(("discount.percent", document.discount.percent or Decimal(0)))
    found += [_too_large(field) for field, amount in amounts if abs(amount) > LARGEST]
    for deposit in document.deposits:
        if any(row.base.currency != document.currency for row in deposit.vat):
            text = N_("{number} is in another currency.")
            values = {"number": deposit.reference.number}
            found.append(Problem("refers-to-currency", "currency", Message(text, values)))
    return tuple(found)


def _line_out_of_range(i: int, line: Line) -> Iterator[Problem]:
    figures = {
        "quantity": line.quantity,
        "unit_price": line.unit_price or Decimal(0),
        "discount_percent": line.discount_percent,
    }
    beyond = [name for name, value in figures.items() if abs(value) > LARGEST]
    if not beyond and abs(figures["quantity"] * figures["unit_price"]) > LARGEST:
        beyond = ["unit_price"]
    yield from (_too_large(f"lines[{i}].{name}") for name in beyond)
    if line.vat_rate is not None and not 0 <= line.vat_rate <= 100:
        text = N_("Line {n}: a VAT rate lies between 0 and 100 %.")
        yield Problem("vat-rate", f"lines[{i}].vat_rate", Message(text, {"n": i + 1}))


def _too_large(field: str) -> Problem:
    text = N_("A figure is too large: shopdesk reckons up to {limit}.")
    return Problem("too-large", field, Message(text, {"limit": LARGEST}))


def _seller(document: Document, rates: VatRates) -> Iterator[Problem]:
    del rates
    seller = document.seller
    if not xml_text(seller.name):
        yield Problem(
            "BR-06",
            "seller.name",
            Message(N_("The name of your shop is missing. It is entered in the settings.")),
        )
    if not (seller.address.lines and seller.address.city):
        text = N_("Your shop's address is missing. It is entered in the settings.")
        yield Problem("BR-08", "seller.address", Message(text))
    if document.kind in E_INVOICES and not (xml_text(seller.tax_number) or seller.vat_id):
        text = N_("An invoice needs your tax number or VAT id. It is entered in the settings.")
        yield Problem("BR-CO-26", "seller.tax_number", Message(text))
    if seller.vat_id and not vat_id_is_valid(seller.vat_id):
        text = N_("Your VAT id {vat_id} is not valid: please compare it in the settings.")
        yield Problem("BR-CO-09", "seller.vat_id", Message(text, {"vat_id": seller.vat_id}))
    if seller.iban and not iban_is_valid(seller.iban):
        text = N_("Your IBAN {iban} is not valid: please compare it in the settings.")
        yield Problem("iban", "seller.iban", Message(text, {"iban": seller.iban}))


def _buyer(document: Document, rates: VatRates) -> Iterator[Problem]:
    del rates
    buyer = document.recipient
    if not xml_text(buyer.name):
        yield Problem("BR-07", "customer", Message(N_("Who is it for? The customer's name is missing.")))
    for field, address in (
        ("customer.address", buyer.address),
        ("customer.delivery_address", buyer.delivery_address),
    ):
        if address is not None and not address.country:
            rule = "BR-11" if address is buyer.address else "BR-57"
            text = N_("Which country? The customer's address names none.")
            yield Problem(rule, f"{field}.country", Message(text))
        elif address is not None and address.country not in COUNTRIES:
            text = N_("“{country}” is not a country code. Germany is DE, Bulgaria is BG.")
            yield Problem("BR-CL-14", f"{field}.country", Message(text, {"country": address.country}))
    if document.kind in E_INVOICES and not (buyer.address.lines and buyer.address.city):
        small = _is_small_amount(document)
        text = N_("The customer's street and town are missing; an invoice above 250 € needs them.")
        if small:
            text = N_("The customer's street and town are missing; up to 250 € an invoice may go without.")
        yield Problem("BR-10", "customer.address", Message(text), is_warning=small)
    if buyer.vat_id and not vat_id_is_valid(buyer.vat_id):
        text = N_(
            "The customer's VAT id {vat_id} is not valid: please compare it with the customer's papers."
        )
        yield Problem("vat-id", "customer.vat_id", Message(text, {"vat_id": buyer.vat_id}))


def _is_small_amount(document: Document) -> bool:
    """§ 33 UStDV: up to 250 € no recipient is needed, but not for distance sales and where the buyer owes the tax."""
    gross = totals(document).gross
    others = {TaxCase.OSS, TaxCase.INTRA_COMMUNITY, TaxCase.REVERSE_CHARGE}
    return gross.currency == "EUR" and abs(gross.minor) <= 250_00 and not line_cases(document) & others


def _lines(document: Document, rates: VatRates) -> Iterator[Problem]:
    del rates
    if document.kind == DocumentKind.PAYMENT_REMINDER:
        return
    if not any(line.kind not in WITHOUT_AMOUNT and not line.option for line in document.lines):
        yield Problem("BR-16", "lines", Message(N_("There is no line yet: what is it about?")))
    for i, line in enumerate(document.lines):
        if line.kind != LineKind.SUBTOTAL and not xml_text(line.text):
            yield Problem("BR-25", f"lines[{i}].text", Message(N_("Line {n} has no text."), {"n": i + 1}))
        if line.kind not in WITHOUT_AMOUNT:
            yield from _amounts(document, i, line)
        elif line.unit_price:
            text = N_("Line {n} is a note or a subtotal and has no price of its own.")
            yield Problem("note-price", f"lines[{i}].unit_price", Message(text, {"n": i + 1}))
    yield from _vouchers(document)


def _vouchers(document: Document) -> Iterator[Problem]:
    """The sale of a voucher is no turnover and stands alone (RULES.md 2; BR-O-11)."""
    kinds = {line.kind for line in document.lines} - WITHOUT_AMOUNT
    if LineKind.VOUCHER not in kinds:
        return
    i = next(i for i, line in enumerate(document.lines) if line.kind == LineKind.VOUCHER)
    if kinds != {LineKind.VOUCHER}:
        text = N_("Line {n}: the sale of a voucher needs a document of its own.")
        yield Problem("BR-O-11", f"lines[{i}].kind", Message(text, {"n": i + 1}))


def _amounts(document: Document, i: int, line: Line) -> Iterator[Problem]:
    field = f"lines[{i}]"
    values = {"n": i + 1, "text": line.text}
    if line.unit_price is None and document.kind == DocumentKind.DELIVERY_NOTE:
        pass  # it says what comes, not what it costs
    elif line.unit_price is None:
        yield Problem(
            "BR-26", f"{field}.unit_price", Message(N_("Line {n}, “{text}”, has no price."), values)
        )
    elif (line.unit_price or 0) < 0:
        text = N_("Line {n}: a price is never negative. A discount is a line of its own.")
        yield Problem("BR-27", f"{field}.unit_price", Message(text, values))
    elif _decimals(line.unit_price or Decimal(0)) > PRICE_DECIMALS:
        text = N_("Line {n}: a unit price has at most six decimals.")
        yield Problem("price-decimals", f"{field}.unit_price", Message(text, values))
    if line.quantity <= 0:
        yield Problem(
            "quantity", f"{field}.quantity", Message(N_("Line {n}: the quantity is zero or less."), values)
        )
    if line.unit not in UNITS:
        text = N_("Line {n}: “{unit}” is not a unit code. A piece is C62 or H87, an hour HUR.")
        yield Problem("BR-CL-23", f"{field}.unit", Message(text, values | {"unit": line.unit}))
    if not 0 <= line.discount_percent <= 100:
        text = N_("Line {n}: a discount lies between 0 and 100 %.")
        yield Problem("discount", f"{field}.discount_percent", Message(text, values))


def _decimals(value: Decimal) -> int:
    return len(format(value, "f").partition(".")[2].rstrip("0"))


def _terms(document: Document, rates: VatRates) -> Iterator[Problem]:
    del rates
    if document.currency not in CURRENCIES:
        text = N_("“{currency}” is not a currency. The euro is EUR.")
        yield Problem("BR-CL-04", "currency", Message(text, {"currency": document.currency}))
    if document.date and document.due and document.due < document.date:
        text = N_("The due date {due} lies before the date {date}.")
        yield Problem("due", "due", Message(text, {"due": document.due, "date": document.date}))
    if document.service_period and document.service_period[1] < document.service_period[0]:
        yield Problem("BR-29", "service_period", Message(N_("The period ends before it begins.")))
    yield from _demand(document)


def _demand(document: Document) -> Iterator[Problem]:
    """What a bill needs to be paid."""
    if document.kind not in BILLS:
        return
    payable = totals(document).payable.minor
    if payable > 0 and not document.due and not document.cash_discount:
        yield Problem("BR-CO-25", "due", Message(N_("Until when is it to be paid? The due date is missing.")))
    if payable > 0 and not document.seller.iban:
        text = N_("Without an IBAN the customer cannot transfer the money. It is entered in the settings.")
        yield Problem("iban-missing", "seller.iban", Message(text), is_warning=True)
    if is_dated_by_itself(document):
        text = N_(
            "Day or month of the delivery is missing (§ 14 (4) UStG); the document's date stands for it."
        )
        yield Problem("delivery-date", "delivery_date", Message(text), is_warning=True)


_CENTS = N_("An amount has no parts of a cent.")


def _discounts(document: Document, rates: VatRates) -> Iterator[Problem]:
    del rates
    discount = document.discount
    if discount is not None:
        value = discount.percent if discount.percent is not None else discount.amount
        if (discount.percent is None) == (discount.amount is None) or value is None or value < 0:
            yield Problem(
                "discount", "discount", Message(N_("A discount is either a percentage or an amount."))
            )
        elif discount.percent is not None and discount.percent > 100:
            yield Problem("discount", "discount.percent", Message(N_("A discount is at most 100 %.")))
        elif discount.amount is not None and _decimals(discount.amount) > exponent(document.currency):
            yield Problem("BR-DEC-01", "discount.amount", Message(_CENTS))
    cash = document.cash_discount
    if cash is not None and not (0 < cash.percent < 100 and cash.days >= 0):
        text = N_("A cash discount is a percentage above 0 and a number of days.")
        yield Problem("cash-discount", "cash_discount", Message(text))


def _prepaid(document: Document, rates: VatRates) -> Iterator[Problem]:
    del rates
    for i, payment in enumerate(document.prepaid):
        if payment.amount <= 0:
            text = N_("A payment is more than zero.")
            yield Problem("prepaid", f"prepaid[{i}].amount", Message(text))
        if _decimals(payment.amount) > exponent(document.currency):
            yield Problem("BR-DEC-16", f"prepaid[{i}].amount", Message(_CENTS))
        if payment.means == Means.EXTERNAL_TILL and not payment.reference.strip():
            text = N_("Cash is taken in your till: please enter the number of its slip.")
            yield Problem("external-till", f"prepaid[{i}].reference", Message(text))
    if totals(document).payable.minor < 0 and document.prepaid:
        yield Problem("prepaid", "prepaid", Message(N_("More is marked as paid than the document comes to.")))


_RULES: tuple[Callable[[Document, VatRates], Iterator[Problem]], ...] = (
    _seller,
    _buyer,
    _lines,
    tax_rules.rules,
    _discounts,
    _terms,
    _prepaid,
    chain_rules.rules,
    sale_rules.rules,
    e_invoice_rules.rules,
    xrechnung_rules.rules,
)
