"""Which document follows which: made in one key, seen from both ends, refused where the story does not allow it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain import successors as following
from shopdesk.domain.chain_rules import LEVELS
from shopdesk.domain.document_kinds import BILLS, REFERS_TO
from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    DocumentSummary,
    OpenBill,
    Reference,
    Reminder,
)
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.successors import NOTHING_ASKED, Wishes
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

_FIELD = "refers_to"
_JOBS = frozenset({DocumentKind.QUOTE, DocumentKind.ORDER_CONFIRMATION, DocumentKind.DELIVERY_NOTE})
_BILLED_WHOLE = frozenset({DocumentKind.INVOICE, DocumentKind.FINAL_INVOICE})
"""They bill the whole job."""


class ReferenceRefused(ShopError):
    """The document named cannot be followed or corrected in this way."""

    code = "refers-to"


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One document of a story. `cancelled_by` is the number of the cancellation, or empty."""

    summary: DocumentSummary
    is_here: bool
    cancelled_by: str = ""


def follow_up(
    shop: Shop,
    document_id: int,
    kind: DocumentKind | str,
    wishes: Wishes = NOTHING_ASKED,
) -> Document:
    """A stored draft of the next kind out of an issued or drafted document; it remembers its origin.

    Where deposits of the job are not deducted yet, an invoice becomes the final one; what was cancelled is written anew
    as what it was.

    Raises ReferenceRefused, where the number says why: cancelled already, deducted already …
    """
    from shopdesk.usecases.documents import save_draft

    return save_draft(shop, drafted(shop, document_id, kind, wishes))


def drafted(
    shop: Shop, document_id: int, kind: DocumentKind | str, wishes: Wishes = NOTHING_ASKED
) -> Document:
    """The draft of the next kind to look at, not stored. Raises like `follow_up`."""
    from shopdesk.store import documents as stored

    with shop.reading() as connection:
        origin = stored.load(connection, document_id)
        return drafted_in(connection, shop, origin, DocumentKind(kind), wishes)


def source_of(shop: Shop, document_id: int, kind: DocumentKind | str) -> Document:
    """The document whose lines the next one takes; its optional lines are asked about first."""
    from shopdesk.store import documents as stored

    with shop.reading() as connection:
        return _source(connection, stored.load(connection, document_id), DocumentKind(kind))


def drafted_in(
    connection: Connection,
    shop: Shop,
    origin: Document,
    kind: DocumentKind,
    wishes: Wishes = NOTHING_ASKED,
) -> Document:
    """The draft of the next kind, not stored."""
    from shopdesk.usecases.documents import with_terms
    from shopdesk.usecases.shop_settings import load_profile

    _refuse_billed(connection, origin, kind)
    if kind == DocumentKind.INVOICE and origin.kind in _JOBS and _deposits_of_the_story(connection, origin):
        kind = DocumentKind.FINAL_INVOICE  # an ordinary one would bill the deposits twice
    source = _source(connection, origin, kind)
    anew = origin.kind == DocumentKind.CANCELLATION and source is not origin
    kind = source.kind if anew else kind  # a final invoice written anew deducts its deposits again
    draft = following.successor(source, kind, str(uuid.uuid4()), wishes)
    draft = replace(draft, follows_id=origin.id)
    if anew:
        draft = replace(draft, discount=source.discount)
    elif kind == DocumentKind.DEPOSIT_INVOICE:
        text = Texts(draft.language).say(following.deposit_text(source, wishes))
        whole = replace(source, lines=following.taken_lines(source, wishes))
        draft = replace(draft, lines=following.deposit_lines(whole, text, wishes))
    if kind == DocumentKind.FINAL_INVOICE:
        draft = replace(draft, refers_to=(*draft.refers_to, *_deposits_of_the_story(connection, origin)))
    if kind == DocumentKind.PAYMENT_REMINDER:
        draft = _reminding(connection, draft, origin)
    today = shop.clock.today()
    draft = with_terms(draft, load_profile(connection), today)
    draft = settled_in(connection, draft)
    # what was corrected in part may be corrected again: only the amounts are still to be chosen
    refuse(connection, replace(draft, lines=()) if kind == DocumentKind.CREDIT_NOTE else draft)
    return draft


def _source(connection: Connection, origin: Document, kind: DocumentKind) -> Document:
    """The document whose lines are taken: a deposit or a cancellation points back to the job itself."""
    from shopdesk.store import documents as stored

    back = {
        DocumentKind.DEPOSIT_INVOICE: {
            DocumentKind.FINAL_INVOICE, DocumentKind.DEPOSIT_INVOICE, DocumentKind.DELIVERY_NOTE,
        },
        DocumentKind.CANCELLATION: {DocumentKind.INVOICE},
    }  # fmt: skip
    seen = {origin.id}
    source = origin
    while kind in back.get(source.kind, ()) and source.follows_id and source.follows_id not in seen:
        seen.add(source.follows_id)
        source = stored.load(connection, source.follows_id)
    if source.kind == DocumentKind.DELIVERY_NOTE and kind in _BILLED_WHOLE and source.follows_id:
        return _delivered_job(connection, source)
    if source.kind == DocumentKind.DEPOSIT_INVOICE and kind == DocumentKind.FINAL_INVOICE:
        return replace(source, lines=())  # nothing is known about the job: the owner writes its lines
    return source


def _delivered_job(connection: Connection, note: Document) -> Document:
    """The job behind a delivery note that delivered all of it: postage and discounts stand there only."""
    from shopdesk.store import documents as stored

    assert note.follows_id is not None
    job = _source(connection, stored.load(connection, note.follows_id), DocumentKind.DELIVERY_NOTE)
    whole = following.successor(job, DocumentKind.DELIVERY_NOTE, "").lines
    return job if whole == note.lines else note


def _refuse_billed(connection: Connection, origin: Document, kind: DocumentKind) -> None:
    """A delivery note made out of an invoice was billed before it was written."""
    from shopdesk.store import documents as stored

    if origin.kind != DocumentKind.DELIVERY_NOTE or kind not in _BILLED_WHOLE or not origin.follows_id:
        return
    bill = stored.load(connection, origin.follows_id)
    if bill.kind in _BILLED_WHOLE and bill.number and not _facts(connection, origin.follows_id).cancelled_by:
        text = N_("{number} was billed already, with {other}.")
        raise _refused("billed-already", text, origin.number, bill.number)


def _deposits_of_the_story(connection: Connection, origin: Document) -> tuple[Reference, ...]:
    """The issued deposit invoices of the same story that no final invoice has deducted."""
    from shopdesk.store import documents as stored
    from shopdesk.store import references

    assert origin.id is not None
    found = []
    for each in stored.by_ids(connection, references.connected(connection, origin.id)):
        if each.kind == DocumentKind.DEPOSIT_INVOICE and each.number:
            facts = _facts(connection, each.id)
            if not facts.cancelled_by and not facts.deducted_by:
                found.append(Reference(each.number, each.kind, each.date, each.id))
    return tuple(found)


def _reminding(connection: Connection, draft: Document, origin: Document) -> Document:
    bills = origin.refers_to if origin.kind == DocumentKind.PAYMENT_REMINDER else (origin.as_reference(),)
    before = [_facts(connection, bill.id).level for bill in bills if bill.id is not None]
    level = min(max(before, default=0) + 1, LEVELS[-1])
    return replace(
        draft, refers_to=bills, lines=(), discount=None, cash_discount=None, reminder=Reminder(level, ())
    )


def settled_in(connection: Connection, draft: Document) -> Document:
    """The draft with what the referred documents say today: deposits to deduct, bills that are open."""
    if draft.kind == DocumentKind.FINAL_INVOICE:
        return _deducting(connection, draft)
    if draft.kind == DocumentKind.PAYMENT_REMINDER:
        bills = tuple(
            _open_bill(connection, reference) for reference in draft.refers_to if reference.id is not None
        )
        return replace(draft, reminder=Reminder(draft.reminder.level if draft.reminder else 1, bills))
    return draft


def _deducting(connection: Connection, draft: Document) -> Document:
    """A final invoice with the deposits it names; cancelled ones are no longer named."""
    from shopdesk.store import documents as stored

    kept, deposits = [], []
    for reference in dict.fromkeys(draft.refers_to):
        if reference.kind == DocumentKind.DEPOSIT_INVOICE and reference.id is not None:
            if _facts(connection, reference.id).cancelled_by:
                continue
            deposits.append(following.deducted(stored.load(connection, reference.id)))
        kept.append(reference)
    return replace(draft, refers_to=tuple(kept), deposits=tuple(deposits))


def _open_bill(connection: Connection, reference: Reference) -> OpenBill:
    from shopdesk.store import documents as stored

    assert reference.id is not None
    bill = stored.load(connection, reference.id)
    gross = totals(bill).gross
    return OpenBill(bill.as_reference(), bill.due, gross, open_amount(connection, bill))


def open_amount(connection: Connection, bill: Document) -> Money:
    """What is still to be paid of an issued bill: less its corrections, nothing once it is cancelled."""
    assert bill.id is not None
    facts = _facts(connection, bill.id)
    if facts.cancelled_by:
        return Money(0, bill.currency)
    return totals(bill).payable - Money(facts.credited, bill.currency)


def is_cancelled(connection: Connection, document_id: int) -> bool:
    """Whether a cancellation took the document back."""
    return bool(_facts(connection, document_id).cancelled_by)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What later documents did to one; `credited` in smallest units."""

    cancelled_by: str = ""
    deducted_by: str = ""
    credited: int = 0
    level: int = 0


def _facts(connection: Connection, document_id: int) -> _Facts:
    from shopdesk.store import documents as stored
    from shopdesk.store import references

    facts = _Facts()
    for each in stored.by_ids(connection, references.referring(connection, document_id)):
        if each.kind == DocumentKind.CANCELLATION:
            facts = replace(facts, cancelled_by=each.number)
        elif each.kind == DocumentKind.CREDIT_NOTE:
            facts = replace(facts, credited=facts.credited + each.gross.minor)
        elif each.kind == DocumentKind.FINAL_INVOICE and not _facts(connection, each.id).cancelled_by:
            facts = replace(facts, deducted_by=each.number)
        elif each.kind == DocumentKind.PAYMENT_REMINDER:
            reminder = stored.load(connection, each.id).reminder
            facts = replace(facts, level=max(facts.level, reminder.level if reminder else 0))
    return facts


def check(shop: Shop, draft: Document) -> None:
    """Raise ReferenceRefused where issuing would; asked before the seconds run, not after them."""
    if draft.refers_to:
        with shop.reading() as connection:
            refuse(connection, settled_in(connection, draft))


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
            raise _refused("refers-to-kind", text, bill.number)
        assert bill.id is not None
        _refuse_used(draft, bill, _facts(connection, bill.id))
    if draft.kind == DocumentKind.CANCELLATION and len(bills) > 1:
        text = N_("A cancellation takes back one invoice. {number} is one of several.")
        raise _refused("refers-to-one", text, bills[0].number)


def _refuse_strangers(draft: Document, bill: Document) -> None:
    if (
        draft.customer_id is not None
        and bill.customer_id is not None
        and draft.customer_id != bill.customer_id
    ):
        text = N_("{number} belongs to another customer.")
        raise _refused("refers-to-customer", text, bill.number)
    if draft.currency != bill.currency:
        text = N_("{number} is in another currency.")
        raise _refused("refers-to-currency", text, bill.number)


def _refuse_used(draft: Document, bill: Document, facts: _Facts) -> None:
    if draft.kind == DocumentKind.FINAL_INVOICE:
        if facts.deducted_by:
            text = N_("The deposit {number} was deducted on {other} already.")
            raise _refused("deposit-deducted", text, bill.number, facts.deducted_by)
        return
    if facts.cancelled_by:
        text = N_("{number} was cancelled by {other} already.")
        raise _refused("already-cancelled", text, bill.number, facts.cancelled_by)
    if draft.kind == DocumentKind.CANCELLATION:
        if facts.deducted_by:
            text = N_("{number} was deducted on the final invoice {other}. Please cancel that one first.")
            raise _refused("deposit-deducted", text, bill.number, facts.deducted_by)
        if facts.credited:
            text = N_("{number} was corrected in part already. Please correct the rest in the same way.")
            raise _refused("already-corrected", text, bill.number)
    if draft.kind == DocumentKind.CREDIT_NOTE and facts.credited + totals(draft).gross.minor > _whole(bill):
        text = N_("The corrections of {number} come to more than the invoice itself.")
        raise _refused("credit-exceeds", text, bill.number)


def _whole(bill: Document) -> int:
    sums = totals(bill)
    return (sums.whole or sums).gross.minor


def _refused(code: str, text: str, number: str, other: str = "") -> ReferenceRefused:
    return ReferenceRefused(Message(text, {"number": number, "other": other}), code, _FIELD)


def successors(shop: Shop, document_id: int) -> tuple[DocumentSummary, ...]:
    """The documents made out of this one, and those that name it."""
    from shopdesk.store import documents as stored
    from shopdesk.store import references

    with shop.reading() as connection:
        return stored.by_ids(connection, references.referring(connection, document_id, issued=False))


def chain(shop: Shop, document_id: int) -> tuple[ChainLink, ...]:
    """The whole story of a document, from the first quote to the last reminder, in the order of making."""
    from shopdesk.store import documents as stored
    from shopdesk.store import references

    with shop.reading() as connection:
        found = stored.by_ids(connection, references.connected(connection, document_id))
        return tuple(
            ChainLink(
                each,
                each.id == document_id,
                _facts(connection, each.id).cancelled_by if each.kind in BILLS and each.number else "",
            )
            for each in found
        )


def references_in(connection: Connection, numbers: tuple[str, ...]) -> tuple[Document, ...]:
    """The issued documents with these numbers; raises ReferenceRefused for one that does not exist."""
    from shopdesk.store import documents as stored

    found = []
    for number in numbers:
        document = stored.by_number(connection, number)
        if document is None:
            text = N_("There is no document {number}.")
            raise _refused("refers-to-unknown", text, number)
        found.append(document)
    return tuple(found)
