"""The verdict on an invoice that came in: rules of EN 16931 (CEN 1.3.16), in words.

The official rule set cannot run in the program (it needs 104 MB); the tests hold this verdict against it. Not checked
are code lists, the national rules (BR-DE-…) and whether what was written is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.countries import COUNTRIES
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money, round_half_up
from shopdesk.domain.problems import Problem
from shopdesk.domain.received_invoices import (
    AllowanceCharge,
    InvoiceLine,
    Party,
    Period,
    ReceivedInvoice,
    profile_name,
)
from shopdesk.domain.received_vat_rules import VAT_RULES, vat_problems
from shopdesk.domain.vat_ids import iban_is_valid

ZERO = Decimal(0)
_TRANSFERS = {"30", "58"}

LINE_RULES = frozenset(
    "BR-16 BR-21 BR-22 BR-23 BR-24 BR-25 BR-26 BR-27 BR-28 BR-30 BR-41 BR-42 BR-43 BR-44 BR-54 BR-64 BR-CO-04 BR-CO-10 "
    "BR-CO-20 BR-DEC-23".split()
)
MINIMUM_RULES = frozenset(
    "BR-01 BR-02 BR-03 BR-04 BR-05 BR-06 BR-07 BR-08 BR-09 BR-13 BR-14 BR-15 BR-CO-09 BR-CO-15 BR-CO-26".split()
)
RULES = (
    frozenset(
        "BR-10 BR-11 BR-12 BR-17 BR-18 BR-19 BR-20 BR-29 BR-31 BR-32 BR-33 BR-36 BR-37 BR-38 BR-45 BR-46 BR-47 BR-48 "
        "BR-49 BR-50 BR-52 BR-53 BR-55 BR-56 BR-57 BR-61 BR-62 BR-63 BR-CO-03 BR-CO-11 BR-CO-12 BR-CO-13 BR-CO-14 "
        "BR-CO-16 BR-CO-17 BR-CO-18 BR-CO-19 BR-CO-25 BR-DEC-09 BR-DEC-12 BR-DEC-13 BR-DEC-14 BR-DEC-18 BR-DEC-19 "
        "BR-DEC-20".split()
    )
    | MINIMUM_RULES
    | LINE_RULES
    | VAT_RULES
)
OWN_RULES = ("IBAN", "NUMBER")
_OLD_RULES = (MINIMUM_RULES - {"BR-01", "BR-CO-09"}) | {
    "BR-16",
    "BR-CO-10",
    "BR-CO-14",
    "BR-CO-16",
    "BR-CO-17",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and by which rules: a profile with less in it is held against fewer."""

    problems: tuple[Problem, ...]
    checked: frozenset[str]

    @property
    def is_good(self) -> bool:
        """No rule that was checked is broken."""
        return not any(not problem.is_warning for problem in self.problems)


def judge(invoice: ReceivedInvoice) -> Verdict:
    """Hold the invoice against every rule that its profile knows."""
    checked = _rules_of(invoice)
    found = (
        problem for problem in _all_problems(invoice) if problem.code in checked or problem.code in OWN_RULES
    )
    return Verdict(tuple(found), checked)


def _rules_of(invoice: ReceivedInvoice) -> frozenset[str]:
    if invoice.syntax == "ZUGFeRD 1":
        return frozenset(_OLD_RULES)
    profile = profile_name(invoice)
    if profile == "MINIMUM":
        return MINIMUM_RULES
    if profile == "BASIC WL":
        whole_lines = {rule for rule in VAT_RULES if rule.endswith(("-01", "-02", "-05", "-08", "-12"))}
        return RULES - LINE_RULES - (whole_lines - {"BR-IC-12"})
    if profile in {"EXTENDED", "XRechnung Extension"}:
        # parts of lines and several currencies have rules of their own there
        return RULES - {rule for rule in VAT_RULES if rule.endswith("-08")}
    return RULES


def _all_problems(invoice: ReceivedInvoice) -> Iterator[Problem]:
    yield from _head(invoice)
    yield from _parties(invoice)
    yield from _references(invoice)
    for position, line in enumerate(invoice.lines, 1):
        yield from _line(line, line.id or str(position))
    for entry in invoice.allowances:
        yield from _allowance(entry)
    yield from _payment(invoice)
    yield from _sums(invoice)
    yield from vat_problems(invoice)
    yield from _decimals(invoice)
    for missed in invoice.unreadable:
        text = N_("“{text}” in {place} is no number or day.")
        yield Problem("NUMBER", missed.place, Message(text, {"text": missed.text, "place": missed.place}))


def _missing(rule: str, what: str, field: str = "") -> Problem:
    return Problem(rule, field, Message(N_("{what} is missing."), {"what": Message(what)}))


def _head(invoice: ReceivedInvoice) -> Iterator[Problem]:
    totals = invoice.totals
    for is_there, rule, what, field in (
        (invoice.profile, "BR-01", N_("The name of the rules it follows"), "BT-24"),
        (invoice.number, "BR-02", N_("The invoice number"), "BT-1"),
        (invoice.issued, "BR-03", N_("The invoice date"), "BT-2"),
        (invoice.type_code, "BR-04", N_("The kind of document"), "BT-3"),
        (invoice.currency, "BR-05", N_("The currency"), "BT-5"),
        (totals.lines is not None, "BR-12", N_("The sum of the lines"), "BT-106"),
        (totals.net is not None, "BR-13", N_("The total without VAT"), "BT-109"),
        (totals.gross is not None, "BR-14", N_("The total with VAT"), "BT-112"),
        (totals.payable is not None, "BR-15", N_("The amount to pay"), "BT-115"),
    ):
        if not is_there:
            yield _missing(rule, what, field)
    if not invoice.lines:
        yield Problem("BR-16", "BG-25", Message(N_("There is no line: nothing says what was sold.")))
    if invoice.tax_point and invoice.tax_point_code:
        text = N_("The day and the rule for when VAT is due exclude each other.")
        yield Problem("BR-CO-03", "BT-7", Message(text))
    yield from _period("BR-29", "BR-CO-19", invoice.period, "")


def _parties(invoice: ReceivedInvoice) -> Iterator[Problem]:
    seller, buyer = invoice.seller, invoice.buyer
    for party, rules, name, address, country in (
        (
            seller,
            ("BR-06", "BR-08", "BR-09", "BR-62"),
            N_("The seller's name"),
            N_("The seller's address"),
            N_("The seller's country"),
        ),
        (
            buyer,
            ("BR-07", "BR-10", "BR-11", "BR-63"),
            N_("The buyer's name"),
            N_("The buyer's address"),
            N_("The buyer's country"),
        ),
    ):
        if not party.name:
            yield _missing(rules[0], name)
        if party.address is None:
            yield _missing(rules[1], address)
        elif not party.address.country:
            yield _missing(rules[2], country)
        if party.electronic_address and not party.electronic_address.scheme:
            yield _missing(rules[3], N_("The kind of the electronic address"))
    if not (seller.ids or seller.legal_id or seller.vat_id):
        text = N_("Nothing identifies the seller: neither a VAT id nor a register number nor another id.")
        yield Problem("BR-CO-26", "BT-31", Message(text))
    for party in filter(None, (seller, buyer, invoice.representative)):
        yield from _vat_prefix(party)
    yield from _others(invoice)


def _vat_prefix(party: Party) -> Iterator[Problem]:
    # besides the countries: Greece writes EL, Northern Ireland XI, Kosovo XK or 1A
    known = party.vat_id[:2] in COUNTRIES or party.vat_id[:2] in {"EL", "XI", "1A", "XK"}
    if party.vat_id and not known:
        text = N_("The VAT id {vat_id} does not begin with a country.")
        yield Problem("BR-CO-09", "BT-31", Message(text, {"vat_id": party.vat_id}))


def _others(invoice: ReceivedInvoice) -> Iterator[Problem]:
    payee, representative, ship_to = invoice.payee, invoice.representative, invoice.ship_to
    if payee is not None and (not payee.name or payee.name == invoice.seller.name):
        text = N_("A payee is named who is the seller himself or has no name.")
        yield Problem("BR-17", "BT-59", Message(text))
    if representative is not None:
        if not representative.name:
            yield _missing("BR-18", N_("The tax representative's name"))
        if representative.address is None:
            yield _missing("BR-19", N_("The tax representative's address"))
        elif not representative.address.country:
            yield _missing("BR-20", N_("The tax representative's country"))
        if not representative.vat_id:
            yield _missing("BR-56", N_("The tax representative's VAT id"))
    if ship_to is not None and ship_to.address is not None and not ship_to.address.country:
        yield _missing("BR-57", N_("The country of the delivery"))


def _references(invoice: ReceivedInvoice) -> Iterator[Problem]:
    if not all(invoice.preceding):
        yield _missing("BR-55", N_("The number of the earlier invoice"))
    if any(not entry.reference and not entry.is_in_pdf for entry in invoice.attachments):
        yield _missing("BR-52", N_("The reference of an attachment"))
    if (
        invoice.vat_currency
        and invoice.totals.vat_in_accounting_currency is None
        and (invoice.vat_currency != invoice.currency or invoice.totals.vat is None)
    ):
        yield _missing("BR-53", N_("The VAT in the currency of the books"))


def _period(days: str, something: str, period: Period | None, line: str) -> Iterator[Problem]:
    if period is None:
        return
    if period.start is None and period.end is None:
        text = N_("A period of service is named, but no day.")
        yield Problem(something, line, Message(text))
    elif period.start and period.end and period.end < period.start:
        text = N_("A period of service ends before it begins.")
        yield Problem(days, line, Message(text))


def _line(line: InvoiceLine, name: str) -> Iterator[Problem]:
    for is_there, rule, what in (
        (line.id, "BR-21", N_("The line's number")),
        (line.quantity is not None, "BR-22", N_("The quantity")),
        (line.unit, "BR-23", N_("The unit")),
        (line.net is not None, "BR-24", N_("The net amount")),
        (line.name, "BR-25", N_("What was sold")),
        (line.price is not None, "BR-26", N_("The price")),
        (line.category, "BR-CO-04", N_("The VAT category")),
    ):
        if not is_there and not line.is_part:
            text = N_("Line {line}: {what} is missing.")
            yield Problem(rule, name, Message(text, {"line": name, "what": Message(what)}))
    for rule, price in (("BR-27", line.price), ("BR-28", line.gross_price)):
        if price is not None and price < 0:
            text = N_("Line {line}: the price is negative.")
            yield Problem(rule, name, Message(text, {"line": name}))
    yield from _period("BR-30", "BR-CO-20", line.period, name)
    for entry in line.allowances:
        rules = ("BR-43", "BR-44") if entry.is_charge else ("BR-41", "BR-42")
        if entry.amount is None:
            yield _missing(rules[0], N_("The amount of a discount or charge"), name)
        if not (entry.reason or entry.reason_code):
            yield _missing(rules[1], N_("The reason of a discount or charge"), name)
    if any(not (first and second) for first, second in line.attributes):
        yield _missing("BR-54", N_("The name or value of a property"), name)
    if line.standard_article is not None and not line.standard_article.scheme:
        yield _missing("BR-64", N_("The kind of the article number"), name)


def _allowance(entry: AllowanceCharge) -> Iterator[Problem]:
    rules = ("BR-36", "BR-37", "BR-38") if entry.is_charge else ("BR-31", "BR-32", "BR-33")
    if entry.amount is None:
        yield _missing(rules[0], N_("The amount of a discount or charge"))
    if not entry.category:
        yield _missing(rules[1], N_("The VAT category of a discount or charge"))
    if not (entry.reason or entry.reason_code):
        yield _missing(rules[2], N_("The reason of a discount or charge"))


def _payment(invoice: ReceivedInvoice) -> Iterator[Problem]:
    for means in invoice.means:
        if not means.code:
            yield _missing("BR-49", N_("The way of payment"))
        if means.code in _TRANSFERS and not means.account:
            yield _missing("BR-61", N_("The account to pay to"), "BT-84")
        if means.account[:2].isalpha() and not iban_is_valid(means.account):
            text = N_(
                "The IBAN {iban} has a wrong check digit: do not pay to it before you have asked the seller."
            )
            yield Problem("IBAN", "BT-84", Message(text, {"iban": means.account}))
    payable = invoice.totals.payable
    if payable is not None and payable > 0 and not (invoice.due or invoice.terms):
        yield _missing("BR-CO-25", N_("The day or the terms of payment"), "BT-9")


def _sums(invoice: ReceivedInvoice) -> Iterator[Problem]:
    totals = invoice.totals
    lines = sum((line.net for line in invoice.lines if line.net is not None and not line.is_part), ZERO)
    less = [entry.amount or ZERO for entry in invoice.allowances if not entry.is_charge]
    more = [entry.amount or ZERO for entry in invoice.allowances if entry.is_charge]
    vat = sum((entry.amount for entry in invoice.vat if entry.amount is not None), ZERO)
    net = _or_zero(totals.lines) - _or_zero(totals.allowances) + _or_zero(totals.charges)
    rest = _or_zero(totals.gross) - _or_zero(totals.prepaid) + _or_zero(totals.rounding)
    for rule, what, said, found, applies in (
        ("BR-CO-10", N_("The sum of the lines"), totals.lines, lines, totals.lines is not None),
        (
            "BR-CO-11",
            N_("The sum of the discounts"),
            totals.allowances,
            sum(less, ZERO),
            bool(less or totals.allowances),
        ),
        (
            "BR-CO-12",
            N_("The sum of the charges"),
            totals.charges,
            sum(more, ZERO),
            bool(more or totals.charges),
        ),
        ("BR-CO-13", N_("The total without VAT"), totals.net, net, totals.net is not None),
        ("BR-CO-14", N_("The sum of the VAT"), totals.vat, vat, totals.vat is not None and bool(invoice.vat)),
        (
            "BR-CO-15",
            N_("The total with VAT"),
            totals.gross,
            _or_zero(totals.net) + _or_zero(totals.vat),
            totals.gross is not None,
        ),
        ("BR-CO-16", N_("The amount to pay"), totals.payable, rest, totals.payable is not None),
    ):
        if applies and (said is None or said != round_half_up(found)):
            yield _wrong_sum(rule, what, said, found, invoice.currency)


def _or_zero(amount: Decimal | None) -> Decimal:
    return ZERO if amount is None else amount


def _wrong_sum(rule: str, what: str, said: Decimal | None, found: Decimal, currency: str) -> Problem:
    text = N_("{what} does not add up: the invoice says {said}, its parts give {found}.")
    values = {
        "what": Message(what),
        "said": Message(N_("nothing")) if said is None else Money.of(said, currency),
        "found": Money.of(found, currency),
    }
    return Problem(rule, "BG-22", Message(text, values))


def _decimals(invoice: ReceivedInvoice) -> Iterator[Problem]:
    totals = invoice.totals
    amounts = [
        ("BR-DEC-09", totals.lines),
        ("BR-DEC-12", totals.net),
        ("BR-DEC-13", totals.vat),
        ("BR-DEC-14", totals.gross),
        ("BR-DEC-18", totals.payable),
        *(("BR-DEC-19", entry.base) for entry in invoice.vat),
        *(("BR-DEC-20", entry.amount) for entry in invoice.vat),
        *(("BR-DEC-23", line.net) for line in invoice.lines),
    ]
    for rule, amount in amounts:
        exponent = amount.as_tuple().exponent if amount is not None else 0
        if isinstance(exponent, int) and exponent < -2:
            text = N_("The amount {amount} has more than two decimals.")
            yield Problem(rule, "", Message(text, {"amount": amount}))
