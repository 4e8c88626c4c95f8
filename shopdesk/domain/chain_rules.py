"""What a document needs of the one it follows or corrects; the database knows whether that one may be corrected."""

from __future__ import annotations

from collections.abc import Iterator

from shopdesk.domain.document_kinds import CORRECTIONS, OFFERS, REFERS_TO
from shopdesk.domain.documents import Document, DocumentKind, LineKind
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.problems import Problem
from shopdesk.domain.totals import totals
from shopdesk.domain.vat_rates import VatRates

LEVELS = range(1, 4)


def rules(document: Document, rates: VatRates) -> Iterator[Problem]:
    """References, deposits, levels and signs by kind of document."""
    del rates
    yield from reference_problems(document)
    yield from _options(document)
    yield from _vouchers(document)
    yield from _sign(document)
    if document.deposits and document.kind not in {DocumentKind.FINAL_INVOICE, DocumentKind.CANCELLATION}:
        text = N_("Deposits are deducted on a final invoice only.")
        yield Problem("deposits", "refers_to", Message(text))
    if document.kind == DocumentKind.FINAL_INVOICE and not document.deposits:
        text = N_("No deposit is deducted: is this the invoice that you want?")
        yield Problem("final-without-deposit", "refers_to", Message(text), is_warning=True)
    if document.kind == DocumentKind.PAYMENT_REMINDER:
        yield from _reminder(document)


def reference_problems(document: Document) -> Iterator[Problem]:
    """A correction without its invoice is worth nothing (§ 31 (5) UStDV; BR-55)."""
    if document.kind not in REFERS_TO or document.refers_to:
        return
    if document.kind in CORRECTIONS:
        text = N_("Which invoice does it correct? Its number is missing.")
        yield Problem("BR-55", "refers_to", Message(text))
    else:
        text = N_("Which invoice is to be paid? Its number is missing.")
        yield Problem("refers-to-missing", "refers_to", Message(text))


def _vouchers(document: Document) -> Iterator[Problem]:
    """The sale of a voucher stands alone (BR-O-11): no final invoice could deduct it."""
    if document.kind != DocumentKind.DEPOSIT_INVOICE:
        return
    for i, line in enumerate(document.lines):
        if line.kind == LineKind.VOUCHER:
            text = N_("Line {n}: a voucher is sold on an invoice of its own, not as a deposit.")
            yield Problem("BR-O-11", f"lines[{i}].kind", Message(text, {"n": i + 1}))


def _options(document: Document) -> Iterator[Problem]:
    if document.kind in OFFERS:
        return
    for i, line in enumerate(document.lines):
        if line.option:
            text = N_("Line {n}: only a quote has optional positions. Please decide, or take the line out.")
            yield Problem("option", f"lines[{i}].option", Message(text, {"n": i + 1}))


def _sign(document: Document) -> Iterator[Problem]:
    gross = totals(document).gross.minor
    if document.deposits and document.kind == DocumentKind.FINAL_INVOICE and gross < 0:
        text = N_("The deposits are more than the whole job. Please cancel a deposit first.")
        yield Problem("deposits", "lines", Message(text))
    elif gross < 0 and document.kind != DocumentKind.CANCELLATION:
        text = N_("The sum is negative. Discounts are larger than the goods.")
        yield Problem("negative", "lines", Message(text))
    if document.kind == DocumentKind.CREDIT_NOTE and gross == 0 and document.lines:
        text = N_("The correction comes to nothing. Which amount does the customer get back?")
        yield Problem("credit-nothing", "lines", Message(text))


def _reminder(document: Document) -> Iterator[Problem]:
    reminder = document.reminder
    if reminder is None:
        return
    if reminder.level not in LEVELS:
        yield Problem("level", "level", Message(N_("A payment reminder has level 1, 2 or 3.")))
    if sum(bill.open.minor for bill in reminder.bills) <= 0:
        yield Problem(
            "nothing-open", "refers_to", Message(N_("Nothing is open: there is nothing to remind of."))
        )
    for bill in reminder.bills:
        if document.date and bill.due and bill.due >= document.date:
            text = N_("{number} is not due before {date}.")
            values = {"number": bill.reference.number, "date": bill.due}
            yield Problem("not-due", "refers_to", Message(text, values), is_warning=True)
