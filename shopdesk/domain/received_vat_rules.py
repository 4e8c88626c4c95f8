"""The rules of each VAT category (BR-S, Z, E, AE, IC, G, O, AF, AG) and of the breakdown of a received invoice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money, round_half_up
from shopdesk.domain.problems import Problem
from shopdesk.domain.received_invoices import ReceivedInvoice, VatBreakdown

ZERO = Decimal(0)
_HUNDRED = Decimal(100)

FAMILIES = {"S": "S", "Z": "Z", "E": "E", "AE": "AE", "K": "IC", "G": "G", "O": "O", "L": "AF", "M": "AG"}
"""Category code → how its rules are called."""
_TAXED = {"S", "L", "M"}
_WITH_REASON = {"E", "AE", "K", "G", "O"}

VAT_RULES = frozenset(
    f"BR-{family}-{number:02}" for family in FAMILIES.values() for number in range(1, 11)
) | {"BR-O-11", "BR-O-12", "BR-O-13", "BR-O-14", "BR-IC-11", "BR-IC-12"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line, a discount or a charge, as far as VAT is concerned. `number` is its place in the rules' numbers."""

    category: str
    rate: Decimal | None
    amount: Decimal
    number: int  # 0 line, 1 discount, 2 charge


def vat_problems(invoice: ReceivedInvoice) -> Iterator[Problem]:
    """The breakdown as a whole, then each category that occurs anywhere."""
    entries = _entries(invoice)
    if not invoice.vat:
        text = N_("The VAT is not broken down by rate.")
        yield Problem("BR-CO-18", "BG-23", Message(text))
    for entry in invoice.vat:
        yield from _breakdown(entry, invoice.currency)
    for category, family in FAMILIES.items():
        own = [entry for entry in entries if entry.category == category]
        rows = [row for row in invoice.vat if row.category == category]
        if own or rows:
            yield from _category(invoice, category, family, own, rows)
    if any(row.category == "O" for row in invoice.vat):
        yield from _only_outside(invoice, entries)
    if any(row.category == "K" for row in invoice.vat):
        yield from _intra_community(invoice)


def _entries(invoice: ReceivedInvoice) -> list[_Entry]:
    lines = [
        _Entry(line.category, line.rate, line.net or ZERO, 0) for line in invoice.lines if not line.is_part
    ]
    others = [
        _Entry(
            entry.category,
            entry.rate,
            (entry.amount or ZERO) if entry.is_charge else -(entry.amount or ZERO),
            2 if entry.is_charge else 1,
        )
        for entry in invoice.allowances
    ]
    return [*lines, *others]


def _breakdown(row: VatBreakdown, currency: str) -> Iterator[Problem]:
    for is_there, rule, what in (
        (row.base is not None, "BR-45", N_("The net amount of a VAT rate")),
        (row.amount is not None, "BR-46", N_("The VAT of a VAT rate")),
        (row.category, "BR-47", N_("The VAT category")),
        (row.rate is not None or row.category == "O", "BR-48", N_("The VAT rate")),
    ):
        if not is_there:
            yield Problem(rule, "BG-23", Message(N_("{what} is missing."), {"what": Message(what)}))
    if row.base is None or row.amount is None or row.rate is None:
        return
    due = round_half_up(abs(row.base) * row.rate / _HUNDRED)
    # a cent per line may get lost in rounding; the official rules allow less than one whole unit
    if abs(abs(row.amount) - due) >= 1 or (
        round_half_up(row.rate, 0) == 0 and round_half_up(row.amount, 0) != 0
    ):
        text = N_("The VAT is wrong: {rate} % of {base} are {due}, the invoice says {said}.")
        values = {
            "rate": row.rate,
            "base": Money.of(row.base, currency),
            "due": Money.of(due, currency),
            "said": Money.of(row.amount, currency),
        }
        for rule in ("BR-CO-17", *(["BR-S-09"] if row.category == "S" else [])):
            yield Problem(rule, "BT-117", Message(text, values))


def _category(
    invoice: ReceivedInvoice, category: str, family: str, own: list[_Entry], rows: list[VatBreakdown]
) -> Iterator[Problem]:
    named = {"category": category}
    is_once = len(rows) >= 1 if category in _TAXED else len(rows) == 1
    if (own and not is_once) or (rows and not own and category not in _TAXED and len(rows) != 1):
        text = N_("VAT category {category} of the lines does not stand once in the breakdown.")
        yield Problem(f"BR-{family}-01", "BG-23", Message(text, named))
    elif rows and not own and category in {"S", *_WITH_REASON, "Z"}:
        text = N_("VAT category {category} stands in the breakdown, but nothing was sold under it.")
        yield Problem(f"BR-{family}-01", "BG-23", Message(text, named))
    for number in sorted({entry.number for entry in own}):
        yield from _who(invoice, category, f"BR-{family}-{2 + number:02}")
        rates = [entry.rate for entry in own if entry.number == number]
        if not all(_rate_fits(category, rate) for rate in rates):
            text = N_("The VAT rate does not fit category {category}.")
            yield Problem(f"BR-{family}-{5 + number:02}", "BT-152", Message(text, named))
    for row in rows:
        yield from _row(invoice, category, family, own, row)


def _who(invoice: ReceivedInvoice, category: str, rule: str) -> Iterator[Problem]:
    """Who must be known to the tax office for this category."""
    seller, buyer = invoice.seller, invoice.buyer
    by_id = bool(seller.vat_id or (invoice.representative and invoice.representative.vat_id))
    is_known = by_id or bool(seller.tax_number)
    named = {"category": category}
    if category == "O":
        if by_id or buyer.vat_id:
            text = N_("Outside the scope of VAT (category O) no VAT id may be named.")
            yield Problem(rule, "BT-31", Message(text))
        return
    if not (by_id if category in {"K", "G"} else is_known):
        text = N_("VAT category {category} needs the seller's VAT id or tax number.")
        yield Problem(rule, "BT-31", Message(text, named))
    elif (category == "K" and not buyer.vat_id) or (
        category == "AE" and not (buyer.vat_id or buyer.legal_id)
    ):
        text = N_("VAT category {category} needs the buyer's VAT id.")
        yield Problem(rule, "BT-48", Message(text, named))


def _rate_fits(category: str, rate: Decimal | None) -> bool:
    if category == "O":
        return rate is None
    if category in {"S", "L"}:
        return rate is not None and rate > 0
    if category == "M":
        return rate is not None and rate >= 0
    return rate is not None and rate == 0


def _row(
    invoice: ReceivedInvoice, category: str, family: str, own: list[_Entry], row: VatBreakdown
) -> Iterator[Problem]:
    named = {"category": category}
    meant = [entry.amount for entry in own if category not in _TAXED or entry.rate == row.rate]
    found = round_half_up(sum(meant, ZERO))
    if row.base is not None and row.base != found:
        text = N_(
            "The net amount of VAT category {category} does not add up: "
            "the invoice says {said}, its parts give {found}."
        )
        values = {
            "said": Money.of(row.base, invoice.currency),
            "found": Money.of(found, invoice.currency),
            **named,
        }
        yield Problem(f"BR-{family}-08", "BT-116", Message(text, values))
    if category not in _TAXED and row.amount:
        text = N_("VAT category {category} has no VAT, but the invoice charges some.")
        yield Problem(f"BR-{family}-09", "BT-117", Message(text, named))
    has_reason = bool(row.reason or row.reason_code)
    if category in _WITH_REASON and not has_reason:
        text = N_("The invoice does not say why it is without VAT (category {category}).")
        yield Problem(f"BR-{family}-10", "BT-120", Message(text, named))
    elif category not in _WITH_REASON and has_reason:
        text = N_("A reason for being without VAT does not belong to category {category}.")
        yield Problem(f"BR-{family}-10", "BT-120", Message(text, named))


def _only_outside(invoice: ReceivedInvoice, entries: list[_Entry]) -> Iterator[Problem]:
    text = N_("Outside the scope of VAT (category O) stands beside other VAT; it must stand alone.")
    if any(row.category not in {"O", ""} for row in invoice.vat):
        yield Problem("BR-O-11", "BG-23", Message(text))
    for number in sorted({entry.number for entry in entries if entry.category not in {"O", ""}}):
        yield Problem(f"BR-O-{12 + number}", "BG-23", Message(text))


def _intra_community(invoice: ReceivedInvoice) -> Iterator[Problem]:
    period = invoice.period
    if invoice.delivered is None and not (period and (period.start or period.end)):
        text = N_("A delivery into another EU country needs its day or period.")
        yield Problem("BR-IC-11", "BT-72", Message(text))
    ship_to = invoice.ship_to
    if not (ship_to and ship_to.address and ship_to.address.country):
        text = N_("A delivery into another EU country needs the country it went to.")
        yield Problem("BR-IC-12", "BT-80", Message(text))
