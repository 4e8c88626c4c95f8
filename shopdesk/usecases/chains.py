"""Which document follows which: made in one key, seen from both ends, refused where the story does not allow it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain import successors as following
from shopdesk.domain.chain_rules import LEVELS
from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    DocumentSummary,
    OpenBill,
    Reference,
    Reminder,
)
from shopdesk.domain.messages import N_
from shopdesk.domain.successors import NOTHING_ASKED, Wishes
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.usecases.chain_checks import (
    BILLED_WHOLE,
    JOBS,
    ReferenceRefused,
    deposits_of_the_story,
    facts_of,
    is_cancelled,
    open_amount,
    references_in,
    refuse,
    refused,
    warnings,
)
from shopdesk.usecases.payment_claims import charged_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

__all__ = [
    "ChainLink", "ReferenceRefused", "chain", "check", "drafted", "drafted_in", "follow_up", "is_cancelled",
    "open_amount", "references_in", "refuse", "settled_in", "source_of", "successors", "warnings",
]  # fmt: skip


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
    from shopdesk.usecases import delivery_days
    from shopdesk.usecases.documents import with_terms
    from shopdesk.usecases.shop_settings import load_profile

    _refuse_billed(connection, origin, kind)
    if kind == DocumentKind.INVOICE and origin.kind in JOBS and deposits_of_the_story(connection, origin):
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
        draft = replace(draft, refers_to=(*draft.refers_to, *deposits_of_the_story(connection, origin)))
    if kind == DocumentKind.PAYMENT_REMINDER:
        draft = _reminding(connection, draft, origin)
    today = shop.clock.today()
    draft = with_terms(draft, load_profile(connection), today)
    draft = settled_in(connection, draft)
    if not anew:
        draft = delivery_days.with_day(connection, shop, draft, origin)
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
    if source.kind == DocumentKind.DELIVERY_NOTE and kind in BILLED_WHOLE and source.follows_id:
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

    if origin.kind != DocumentKind.DELIVERY_NOTE or kind not in BILLED_WHOLE or not origin.follows_id:
        return
    bill = stored.load(connection, origin.follows_id)
    if bill.kind in BILLED_WHOLE and bill.number and not facts_of(connection, origin.follows_id).cancelled_by:
        text = N_("{number} was billed already, with {other}.")
        raise refused("billed-already", text, origin.number, bill.number)


def _reminding(connection: Connection, draft: Document, origin: Document) -> Document:
    bills = origin.refers_to if origin.kind == DocumentKind.PAYMENT_REMINDER else (origin.as_reference(),)
    before = [facts_of(connection, bill.id).level for bill in bills if bill.id is not None]
    level = min(max(before, default=0) + 1, LEVELS[-1])
    return replace(
        draft, refers_to=bills, lines=(), discount=None, cash_discount=None, reminder=Reminder(level, ())
    )


def settled_in(connection: Connection, draft: Document) -> Document:
    """The draft with what the referred documents say today: deposits to deduct, bills that are open, what was paid."""
    if draft.kind == DocumentKind.FINAL_INVOICE:
        draft = _deducting(connection, draft)
    if draft.kind in BILLS:
        from shopdesk.usecases import order_payments

        return order_payments.with_what_was_paid(connection, draft)
    if draft.kind == DocumentKind.PAYMENT_REMINDER:
        bills = tuple(
            _open_bill(connection, reference) for reference in draft.refers_to if reference.id is not None
        )
        # nobody is asked to pay before the bill itself asks for it
        days = [day for day in (draft.due, *(bill.due for bill in bills)) if day is not None]
        asked = draft.reminder or Reminder(1, ())
        reminder = Reminder(asked.level, bills, is_free=asked.is_free)
        return charged_in(connection, replace(draft, reminder=reminder, due=max(days, default=None)))
    return draft


def _deducting(connection: Connection, draft: Document) -> Document:
    """A final invoice with the deposits it names; cancelled ones are no longer named."""
    from shopdesk.store import documents as stored

    kept, deposits = [], []
    for reference in dict.fromkeys(draft.refers_to):
        if reference.kind == DocumentKind.DEPOSIT_INVOICE and reference.id is not None:
            if facts_of(connection, reference.id).cancelled_by:
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


def check(shop: Shop, draft: Document) -> None:
    """Raise ReferenceRefused where issuing would; asked before the seconds run, not after them."""
    if draft.refers_to:
        with shop.reading() as connection:
            refuse(connection, settled_in(connection, draft))


def successors(shop: Shop, document_id: int) -> tuple[DocumentSummary, ...]:
    """The documents made out of this one, and those that name it."""
    from shopdesk.store import document_lists, references

    with shop.reading() as connection:
        return document_lists.by_ids(connection, references.referring(connection, document_id, issued=False))


def chain(shop: Shop, document_id: int) -> tuple[ChainLink, ...]:
    """The whole story of a document, from the first quote to the last reminder, in the order of making."""
    from shopdesk.store import document_lists, references

    with shop.reading() as connection:
        found = document_lists.by_ids(connection, references.connected(connection, document_id))
        return tuple(
            ChainLink(
                each,
                each.id == document_id,
                facts_of(connection, each.id).cancelled_by if each.kind in BILLS and each.number else "",
            )
            for each in found
        )
