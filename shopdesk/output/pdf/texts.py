"""The words on the paper, by kind of document, tax case and unit. The catalogs hold them in the customer's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shopdesk.domain.document_kinds import BILLS, CORRECTIONS
from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    Fulfilment,
    LineKind,
    LineOption,
    MarginGoods,
    Means,
    Reference,
    TaxCase,
)
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.messages import P_
from shopdesk.domain.supply_dates import expected_delivery, is_dated_by_itself, is_supplied
from shopdesk.domain.totals import line_case
from shopdesk.i18n import Texts

PAPER = "paper"


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a kind of document is called, and what it says when nobody wrote anything else."""

    title: str
    number: str
    intro: str
    closing: str = ""


_INVOICE_INTRO = P_("paper", "Thank you for your order. We invoice you for the following:")
_THANKS = P_("paper", "Thank you for your trust.")
_KINDS = {
    DocumentKind.QUOTE: KindWords(
        P_("paper", "Quote"),
        P_("paper", "Quote number"),
        P_("paper", "Thank you for your inquiry. We are pleased to offer you:"),
        P_("paper", "We look forward to your order. If you have any questions, please call us."),
    ),
    DocumentKind.ORDER_CONFIRMATION: KindWords(
        P_("paper", "Order confirmation"),
        P_("paper", "Order number"),
        P_("paper", "Thank you for your order, which we confirm as follows:"),
        _THANKS,
    ),
    DocumentKind.DELIVERY_NOTE: KindWords(
        P_("paper", "Delivery note"),
        P_("paper", "Delivery note number"),
        P_("paper", "We deliver the following to you:"),
        _THANKS,
    ),
    DocumentKind.INVOICE: KindWords(
        P_("paper", "Invoice"), P_("paper", "Invoice number"), _INVOICE_INTRO, _THANKS
    ),
    DocumentKind.DEPOSIT_INVOICE: KindWords(
        P_("paper", "Deposit invoice"),
        P_("paper", "Invoice number"),
        P_("paper", "Thank you for your order. As agreed we invoice you for a deposit:"),
        _THANKS,
    ),
    DocumentKind.FINAL_INVOICE: KindWords(
        P_("paper", "Final invoice"), P_("paper", "Invoice number"), _INVOICE_INTRO, _THANKS
    ),
    DocumentKind.CANCELLATION: KindWords(
        P_("paper", "Cancellation invoice"),
        P_("paper", "Invoice number"),
        P_("paper", "We hereby cancel our invoice, all of it:"),
    ),
    DocumentKind.CREDIT_NOTE: KindWords(
        P_("paper", "Invoice correction"),
        P_("paper", "Invoice number"),
        P_("paper", "We put our invoice right. You get back:"),
    ),
    DocumentKind.PAYMENT_REMINDER: KindWords(
        P_("paper", "Payment reminder"),
        P_("paper", "Number"),
        P_("paper", "Perhaps our invoice slipped your mind:"),
    ),
}

# a deposit is a part of the bill once something was supplied
_PART = KindWords(
    P_("paper", "Part invoice"),
    P_("paper", "Invoice number"),
    P_("paper", "Thank you for your order. As agreed we invoice you for the part that is done:"),
    _THANKS,
)

# a reminder says more with each level
_REMINDERS = {
    2: KindWords(
        P_("paper", "Second payment reminder"),
        P_("paper", "Number"),
        P_("paper", "We have not received your payment yet. Please transfer the open amount now:"),
    ),
    3: KindWords(
        P_("paper", "Last payment reminder"),
        P_("paper", "Number"),
        P_(
            "paper",
            "In spite of two reminders the following is still open. Please pay now, so that nothing further is needed:",
        ),
    ),
}

_REFERENCES = {
    DocumentKind.QUOTE: P_("paper", "Quote {number}"),
    DocumentKind.ORDER_CONFIRMATION: P_("paper", "Order confirmation {number}"),
    DocumentKind.DELIVERY_NOTE: P_("paper", "Delivery note {number}"),
    DocumentKind.INVOICE: P_("paper", "Invoice {number}"),
    DocumentKind.DEPOSIT_INVOICE: P_("paper", "Deposit invoice {number}"),
    DocumentKind.FINAL_INVOICE: P_("paper", "Final invoice {number}"),
    DocumentKind.CANCELLATION: P_("paper", "Cancellation invoice {number}"),
    DocumentKind.CREDIT_NOTE: P_("paper", "Invoice correction {number}"),
    DocumentKind.PAYMENT_REMINDER: P_("paper", "Payment reminder {number}"),
}

_OPTIONS = {
    LineOption.OPTIONAL: P_("paper", "Optional – not in the sum"),
    LineOption.ALTERNATIVE: P_("paper", "Alternative – not in the sum"),
}

_UNITS = {
    "C62": P_("paper", "pcs"),
    "H87": P_("paper", "pcs"),
    "HUR": P_("paper", "h"),
    "MIN": P_("paper", "min"),
    "DAY": P_("paper", "day(s)"),
    "MON": P_("paper", "month(s)"),
    "MTR": P_("paper", "m"),
    "CMT": P_("paper", "cm"),
    "KMT": P_("paper", "km"),
    "MTK": P_("paper", "m²"),
    "MTQ": P_("paper", "m³"),
    "KGM": P_("paper", "kg"),
    "GRM": P_("paper", "g"),
    "LTR": P_("paper", "l"),
    "SET": P_("paper", "set(s)"),
    "PR": P_("paper", "pair(s)"),
}
# One is no piece: "1 × postage" reads better without a unit
_UNCOUNTED = frozenset(
    {LineKind.POSTAGE, LineKind.PACKAGING, LineKind.DISCOUNT, LineKind.SERVICE, LineKind.VOUCHER}
)

_MONTHS = (
    P_("paper", "January {year}"),
    P_("paper", "February {year}"),
    P_("paper", "March {year}"),
    P_("paper", "April {year}"),
    P_("paper", "May {year}"),
    P_("paper", "June {year}"),
    P_("paper", "July {year}"),
    P_("paper", "August {year}"),
    P_("paper", "September {year}"),
    P_("paper", "October {year}"),
    P_("paper", "November {year}"),
    P_("paper", "December {year}"),
)

# RULES.md 2. The German wording of the law is the catalogs' German text.
_TAX_NOTES = {
    TaxCase.SMALL_BUSINESS: P_("paper", "VAT-exempt under § 19 of the German VAT Act (small business)."),
    TaxCase.REVERSE_CHARGE: P_("paper", "Reverse charge: VAT is to be accounted for by the recipient."),
    TaxCase.INTRA_COMMUNITY: P_("paper", "VAT-exempt intra-Community supply."),
    TaxCase.EXPORT: P_("paper", "VAT-exempt export supply."),
    TaxCase.MARGIN_SCHEME: P_("paper", "Margin scheme – second-hand goods (§ 25a of the German VAT Act)."),
    TaxCase.OSS: P_(
        "paper", "VAT of the country of destination, declared through the EU One-Stop Shop (OSS)."
    ),
}

_MARGIN_GOODS = {
    MarginGoods.ART: P_("paper", "Margin scheme – works of art (§ 25a of the German VAT Act)."),
    MarginGoods.COLLECTORS: P_(
        "paper", "Margin scheme – collectors' items and antiques (§ 25a of the German VAT Act)."
    ),
}

_MEANS = {
    Means.CARD: P_("paper", "Already paid by card"),
    Means.TRANSFER: P_("paper", "Already paid by transfer"),
    Means.ONLINE: P_("paper", "Already paid online"),
    Means.VOUCHER: P_("paper", "Voucher redeemed"),
    Means.EXTERNAL_TILL: P_("paper", "Already paid at the till"),
}


def _words(document: Document) -> KindWords:
    if document.kind == DocumentKind.DEPOSIT_INVOICE and is_supplied(document):
        return _PART
    level = document.reminder.level if document.reminder else 1
    return _REMINDERS.get(level, _KINDS[document.kind])


def title(document: Document, texts: Texts) -> str:
    """The name of the kind."""
    return texts.pgettext(PAPER, _words(document).title)


def number_label(document: Document, texts: Texts) -> str:
    """What the number is called."""
    return texts.pgettext(PAPER, _words(document).number)


def reference(value: Reference, texts: Texts) -> str:
    """Rechnung R-2026-0001; the number alone where the kind is not known."""
    if value.kind is None:
        return value.number
    return texts.pgettext(PAPER, _REFERENCES[value.kind]).format(number=value.number)


def option(value: LineOption, texts: Texts) -> str:
    """What an optional or alternative position says of itself."""
    return texts.pgettext(PAPER, _OPTIONS[value])


def about(document: Document, texts: Texts) -> list[str]:
    """Which bill a correction takes back, clearly and by its date (§ 31 (5) UStDV), and why."""
    if document.kind not in CORRECTIONS:
        return []
    cancelled = document.kind == DocumentKind.CANCELLATION
    found = []
    for value in document.refers_to:
        name = reference(value, texts)
        day = texts.date(value.date) if value.date else ""
        if cancelled and day:
            text = texts.pgettext("paper", "This cancels: {document} of {date}.")
        elif cancelled:
            text = texts.pgettext("paper", "This cancels: {document}.")
        elif day:
            text = texts.pgettext("paper", "This corrects: {document} of {date}.")
        else:
            text = texts.pgettext("paper", "This corrects: {document}.")
        found.append(text.format(document=name, date=day))
    if document.reason.strip():
        found.append(texts.pgettext("paper", "Reason: {reason}").format(reason=document.reason.strip()))
    return found


def taken_back(document: Document, texts: Texts) -> str:
    """What happens to the money after a correction; empty for the other kinds."""
    if document.kind == DocumentKind.CREDIT_NOTE:
        return texts.pgettext("paper", "We transfer the amount to you, or set it off against what is open.")
    if document.kind == DocumentKind.CANCELLATION:
        return texts.pgettext("paper", "What you have paid on that invoice already, you get back.")
    return ""


def draft_word(texts: Texts) -> str:
    """What stands in place of the number until there is one."""
    return texts.pgettext("paper", "Draft")


def number(document: Document, texts: Texts) -> str:
    """The number, or that there is none yet."""
    return document.number or draft_word(texts)


def subject(document: Document, texts: Texts) -> str:
    """Rechnung R-2026-0001."""
    name = title(document, texts)
    return f"{name} {document.number}" if document.number else f"{name} – {draft_word(texts)}"


def intro(document: Document, letterhead: Letterhead, texts: Texts) -> str:
    """The owner's words on this document, else the shop's of the kind and language, else ours."""
    own = letterhead.texts_for(document.kind, texts.language).intro
    given = own if document.intro is None else document.intro
    return texts.pgettext(PAPER, _words(document).intro) if given is None else given


def closing(document: Document, letterhead: Letterhead, texts: Texts) -> str:
    """Like the intro, at the end."""
    own = letterhead.texts_for(document.kind, texts.language).closing
    given = own if document.closing is None else document.closing
    if given is not None:
        return given
    words = _KINDS[document.kind].closing
    return texts.pgettext(PAPER, words) if words else ""


def unit(kind: LineKind, code: str, texts: Texts) -> str:
    """The unit in words; an unknown code as it is."""
    if code == "C62" and kind in _UNCOUNTED:
        return ""
    return texts.pgettext(PAPER, _UNITS[code]) if code in _UNITS else code


def month(value: str, texts: Texts) -> str:
    """A month like 2026-11 in words; anything else as it is."""
    year, _, rest = value.partition("-")
    if not (year.isdecimal() and rest.isdecimal() and 1 <= int(rest) <= 12):
        return value
    return texts.pgettext(PAPER, _MONTHS[int(rest) - 1]).format(year=year)


def prepaid(means: Means, texts: Texts) -> str:
    """How something was already paid."""
    return texts.pgettext(PAPER, _MEANS[means])


def tax_cases(document: Document) -> tuple[TaxCase, ...]:
    """The cases on this document in the order of its lines; a small business's draft shows its note at once."""
    if document.tax_case == TaxCase.AUTO and document.seller.small_business:
        return (TaxCase.SMALL_BUSINESS,)
    cases = [document.tax_case, *(line_case(document, line) for line in document.lines)]
    return tuple(case for case in dict.fromkeys(cases) if case in _TAX_NOTES)


def tax_notes(document: Document, texts: Texts) -> list[tuple[str, str]]:
    """For each case its note and, in another language, the German wording beside it (RULES.md 2)."""
    notes = [case_note(case, texts, document.margin_goods) for case in tax_cases(document)]
    if document.tax_note.strip():
        notes.append((document.tax_note.strip(), ""))
    return notes


def case_note(case: TaxCase, texts: Texts, goods: MarginGoods = MarginGoods.USED) -> tuple[str, str]:
    """The note of one case and, in another language, the German wording; empty for a case that needs none."""
    if case not in _TAX_NOTES:
        return "", ""
    note = _MARGIN_GOODS.get(goods, "") if case == TaxCase.MARGIN_SCHEME else ""
    note = note or _TAX_NOTES[case]
    german = "" if texts.language == "de" else Texts("de").pgettext(PAPER, note)
    return texts.pgettext(PAPER, note), german


def supply(document: Document, texts: Texts) -> str:
    """That the bill's date is that of the supply (§ 14 (4) No. 6 UStG); empty where a day is known or none yet."""
    if not is_dated_by_itself(document):
        return ""
    if document.fulfilment == Fulfilment.SERVICE:
        return texts.pgettext("paper", "The date of service is the invoice date.")
    return texts.pgettext("paper", "The delivery date is the invoice date.")


def cash_accounting(document: Document, texts: Texts) -> str:
    """§ 14 (4) No. 6a UStG: from 2028 an invoice says that VAT is accounted for when paid; empty where it need not."""
    date = document.date
    if (
        document.kind not in BILLS
        or document.seller.vat_accounting != "received"
        or not date
        or date.year < 2028
    ):
        return ""
    return texts.pgettext("paper", "VAT is accounted for on the amounts received.")


def prepay_sentence(document: Document, texts: Texts) -> str:
    """When the goods go, if they go after the payment (RULES.md 3)."""
    expected = expected_delivery(document)
    if expected:
        week = expected.isocalendar().week
        return texts.pgettext(
            "paper", "Delivery after receipt of payment, probably in calendar week {week}."
        ).format(week=week)
    if document.delivery_month:
        return texts.pgettext("paper", "Delivery after receipt of payment, probably in {month}.").format(
            month=month(document.delivery_month, texts)
        )
    return texts.pgettext("paper", "Delivery after receipt of payment.")


def cash_discount_sentence(document: Document, amounts: tuple[str, str], texts: Texts) -> str:
    """Skonto: until when, how much, and what is then to be paid. `amounts`: the discount and the rest."""
    assert document.cash_discount is not None
    start = document.date or dt.date(2000, 1, 1)
    until = start + dt.timedelta(days=min(max(document.cash_discount.days, 0), 3650))
    percent = texts.percent(document.cash_discount.percent)
    if document.date is None:
        return texts.pgettext(
            "paper", "If you pay within {days} days, you may deduct {percent} ({discount}) and pay {rest}."
        ).format(days=document.cash_discount.days, percent=percent, discount=amounts[0], rest=amounts[1])
    return texts.pgettext(
        "paper", "If you pay by {date}, you may deduct {percent} ({discount}) and pay {rest}."
    ).format(date=texts.date(until), percent=percent, discount=amounts[0], rest=amounts[1])
