"""What later documents did to one, and what therefore may not follow any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shopdesk.domain.document_kinds import REFERS_TO
from shopdesk.domain.documents import Document, DocumentKind, Means, Reference, VatTotal
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.problems import Problem
from shopdesk.domain.totals import Totals, totals

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FIELD = "refers_to"
JOBS = frozenset({DocumentKind.QUOTE, DocumentKind.ORDER_CONFIRMATION, DocumentKind.DELIVERY_NOTE})
BILLED_WHOLE = frozenset({DocumentKind.INVOICE, DocumentKind.FINAL_INVOICE})
"""They bill the whole job."""


class ReferenceRefused(ShopError):
    """The document named cannot be followed or corrected in this way."""

    code = "refers-to"


def open_amount(connection: Connection, bill: Document) -> Money:
    """What is still to be paid of an issued bill: less corrections and payments, nothing once it is cancelled."""
    from shopdesk.store import payments

    assert bill.id is not None
    account = payments.accounts(connection, [bill.id]).get(bill.id)
    if account is None:  # none of the kinds that are paid
        return totals(bill).payable
    return max(account.open, Money(0, bill.currency), key=lambda amount: amount.minor)


def is_cancelled(connection: Connection, document_id: int) -> bool:
    """Whether a cancellation took the document back."""
    return bool(facts_of(connection, document_id).cancelled_by)


@dataclass(frozen=True, slots=True)
class Facts:
    """What later documents did to one; `credits` are the corrections of a bill."""

    cancelled_by: str = ""
    deducted_by: str = ""
    credits: tuple[Document, ...] = ()
    level: int = 0

    @property
    def credited(self) -> int:
        """What its corrections come to, in smallest units."""
        return sum(totals(credit).gross.minor for credit in self.credits)


def facts_of(connection: Connection, document_id: int) -> Facts:
    """What the issued documents that name this one, or were made out of it, did to it."""
    from shopdesk.store import document_lists, payment_reminders, references
    from shopdesk.store import documents as stored

    facts = Facts()
    for each in document_lists.by_ids(connection, references.referring(connection, document_id)):
        if each.kind == DocumentKind.CANCELLATION:
            facts = replace(facts, cancelled_by=each.number)
        elif each.kind == DocumentKind.CREDIT_NOTE:
            facts = replace(facts, credits=(*facts.credits, stored.load(connection, each.id)))
        elif each.kind == DocumentKind.FINAL_INVOICE and not facts_of(connection, each.id).cancelled_by:
            facts = replace(facts, deducted_by=each.number)
    reminded = payment_reminders.histories(connection, [document_id]).get(document_id)
    return replace(facts, level=reminded.level) if reminded is not None else facts


def refuse(connection: Connection, draft: Document) -> None:
    """Raise ReferenceRefused where the documents named do not allow this one."""
    from shopdesk.store import documents as stored

    allowed = REFERS_TO.get(draft.kind)
    bills = [stored.load(connection, each.id) for each in draft.refers_to if each.id is not None]
    if draft.kind == DocumentKind.FINAL_INVOICE:
        bills = [bill for bill in bills if bill.kind == DocumentKind.DEPOSIT_INVOICE]
    elif allowed is None:
        return
    for bill in bills:
        _refuse_strangers(draft, bill)
        if allowed is not None and bill.kind not in allowed:
            text = N_("{number} is not a document that can be used here. Please name the invoice.")
            raise refused("refers-to-kind", text, bill.number)
        assert bill.id is not None
        _refuse_used(draft, bill, facts_of(connection, bill.id))
    if draft.kind == DocumentKind.CANCELLATION and len(bills) > 1:
        text = N_("A cancellation takes back one invoice. {number} is one of several.")
        raise refused("refers-to-one", text, bills[0].number)


def _refuse_strangers(draft: Document, bill: Document) -> None:
    if (
        draft.customer_id is not None
        and bill.customer_id is not None
        and draft.customer_id != bill.customer_id
    ):
        text = N_("{number} belongs to another customer.")
        raise refused("refers-to-customer", text, bill.number)
    if draft.currency != bill.currency:
        text = N_("{number} is in another currency.")
        raise refused("refers-to-currency", text, bill.number)


def _refuse_used(draft: Document, bill: Document, facts: Facts) -> None:
    if draft.kind == DocumentKind.FINAL_INVOICE:
        if facts.deducted_by:
            text = N_("The deposit {number} was deducted on {other} already.")
            raise refused("deposit-deducted", text, bill.number, facts.deducted_by)
        return
    if facts.cancelled_by:
        text = N_("{number} was cancelled by {other} already.")
        raise refused("already-cancelled", text, bill.number, facts.cancelled_by)
    if draft.kind == DocumentKind.CANCELLATION:
        if facts.deducted_by:
            text = N_("{number} was deducted on the final invoice {other}. Please cancel that one first.")
            raise refused("deposit-deducted", text, bill.number, facts.deducted_by)
        if facts.credited:
            text = N_("{number} was corrected in part already. Please correct the rest in the same way.")
            raise refused("already-corrected", text, bill.number)
    if draft.kind == DocumentKind.CREDIT_NOTE:
        _refuse_credit(draft, bill, facts)


def _refuse_credit(draft: Document, bill: Document, facts: Facts) -> None:
    """A correction takes back what was billed: no more of it, and at the rates it was billed at (§ 17 (1) UStG)."""
    billed = {(row.category, row.rate): row for row in _whole(bill).vat}
    taken = _by_rate([*(row for credit in facts.credits for row in totals(credit).vat), *totals(draft).vat])
    for key, gross in taken.items():
        if gross <= 0:
            continue
        if key not in billed:
            rates = tuple(rate for _category, rate in billed)
            text = N_("{number} was billed at {rates} %; {rate} % of it cannot be given back.")
            values = {"number": bill.number, "rates": rates, "rate": key[1]}
            raise ReferenceRefused(Message(text, values), "credit-rate", "lines")
        most = billed[key].base + billed[key].amount
        if gross > most.minor:
            text = N_("The corrections of {number} come to more than was billed at {rate} %: {sum}.")
            values = {"number": bill.number, "rate": key[1], "sum": most}
            raise ReferenceRefused(Message(text, values), "credit-exceeds", _FIELD)


def _by_rate(rows: Sequence[VatTotal]) -> dict[tuple[str, Decimal], int]:
    found: dict[tuple[str, Decimal], int] = {}
    for row in rows:
        key = (row.category, row.rate)
        found[key] = found.get(key, 0) + (row.base + row.amount).minor
    return found


def _whole(bill: Document) -> Totals:
    sums = totals(bill)
    return sums.whole or sums


def refused(code: str, text: str, number: str, other: str = "") -> ReferenceRefused:
    """The refusal to raise; `text` has gaps for the document's number and another's."""
    return ReferenceRefused(Message(text, {"number": number, "other": other}), code, _FIELD)


def references_in(connection: Connection, numbers: tuple[str, ...]) -> tuple[Document, ...]:
    """The issued documents with these numbers; raises ReferenceRefused for one that does not exist."""
    from shopdesk.store import documents as stored

    found = []
    for number in numbers:
        document = stored.by_number(connection, number)
        if document is None:
            text = N_("There is no document {number}.")
            raise refused("refers-to-unknown", text, number)
        found.append(document)
    return tuple(found)


def deposits_of_the_story(connection: Connection, origin: Document) -> tuple[Reference, ...]:
    """The issued deposit invoices of the same story that no final invoice has deducted."""
    from shopdesk.store import document_lists, references

    assert origin.id is not None
    found = []
    for each in document_lists.by_ids(connection, references.connected(connection, origin.id)):
        if each.kind == DocumentKind.DEPOSIT_INVOICE and each.number:
            facts = facts_of(connection, each.id)
            if not facts.cancelled_by and not facts.deducted_by:
                found.append(Reference(each.number, each.kind, each.date, each.id))
    return tuple(found)


def warnings(connection: Connection, draft: Document) -> tuple[Problem, ...]:
    """What the story of a draft should make the owner think about before it takes its number."""
    from shopdesk.usecases import delivery_days

    story = (Problem(code, _FIELD, message, is_warning=True) for code, message in _doubts(connection, draft))
    return (*story, *delivery_days.doubts(connection, draft))


def _doubts(connection: Connection, draft: Document) -> Iterator[tuple[str, Message]]:
    from shopdesk.store import documents as stored

    named = [stored.load(connection, each.id) for each in draft.refers_to if each.id is not None]
    if draft.kind in BILLED_WHOLE:
        yield from _billed_twice(connection, draft, named)
    for bill in named:
        if draft.kind == DocumentKind.CANCELLATION:
            yield from _vouchers(bill)
        if draft.reminder is not None and draft.reminder.level > 1:
            reached = facts_of(connection, bill.id or 0).level
            if reached < draft.reminder.level - 1:
                text = N_("{number} had no reminder of level {level} yet, and this one says that it had.")
                yield "level", Message(text, {"number": bill.number, "level": draft.reminder.level - 1})


def _billed_twice(
    connection: Connection, draft: Document, named: Sequence[Document]
) -> Iterator[tuple[str, Message]]:
    """Deposits that are not deducted, and another bill of the same job."""
    from shopdesk.store import document_lists, references

    deducted = {deposit.reference.number for deposit in draft.deposits}
    for job in named:
        left = [each.number for each in deposits_of_the_story(connection, job) if each.number not in deducted]
        if left:
            text = N_("Deposits of this job are not deducted: {numbers}. A final invoice would do that.")
            yield "deposits-open", Message(text, {"numbers": ", ".join(left)})
            break
    for job in (each for each in named if each.kind in JOBS):
        for each in document_lists.by_ids(connection, references.referring(connection, job.id or 0)):
            if each.kind in BILLED_WHOLE and not is_cancelled(connection, each.id):
                text = N_("{number} was billed already, with {other}.")
                yield "billed-already", Message(text, {"number": job.number, "other": each.number})


def _vouchers(bill: Document) -> Iterator[tuple[str, Message]]:
    used = [paid.amount for paid in bill.prepaid if paid.means == Means.VOUCHER]
    if used:
        text = N_("{number} was paid with vouchers of {sum}: they count again. Please note that in the till.")
        yield (
            "voucher-back",
            Message(text, {"number": bill.number, "sum": Money.of(sum(used), bill.currency)}),
        )
