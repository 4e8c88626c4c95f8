"""What an order takes over from the document it refers to (contracts/ORDER.md, `refers_to`)."""

from __future__ import annotations

from dataclasses import replace

from shopdesk.domain.chain_rules import reference_problems
from shopdesk.domain.document_kinds import CORRECTIONS, REFERS_TO
from shopdesk.domain.documents import Document, DocumentKind, Reminder, TaxCase
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.successors import successor
from shopdesk.domain.supply_dates import has_supply_date
from shopdesk.domain.totals import totals
from shopdesk.usecases.order_file import Order

_TAKEN_OVER = frozenset(
    {DocumentKind.CANCELLATION, DocumentKind.DELIVERY_NOTE, DocumentKind.PAYMENT_REMINDER}
)


def begun(order: Order, named: tuple[Document, ...]) -> Document:
    """The draft as the document referred to gives it, else an empty one; the order's own fields come on top."""
    if order.level is not None and order.kind != DocumentKind.PAYMENT_REMINDER:
        text = N_("Only a payment reminder has a level.")
        raise ShopError(Message(text), "level", "level")
    if not named:
        return Document(kind=order.kind, tax_case=order.tax_case)
    draft = successor(named[0], order.kind, order.request_key)
    if order.kind == DocumentKind.CANCELLATION and order.lines:
        _refuse_other_lines(order, draft)
    if order.kind == DocumentKind.PAYMENT_REMINDER:
        return replace(draft, lines=(), reminder=Reminder(order.level or 1, ()), tax_case=order.tax_case)
    if order.kind in CORRECTIONS and order.tax_case in {TaxCase.AUTO, draft.tax_case}:
        return draft
    return replace(draft, tax_case=order.tax_case, tax_reason="")


def refuse_unnamed(order: Order) -> None:
    """What must refer to something says so first: customer and lines come from there."""
    if order.kind in REFERS_TO and not order.refers_to:
        problem = next(reference_problems(Document(kind=order.kind)))
        raise ShopError(problem.message, problem.code, problem.field)


def takes_over(order: Order, named: tuple[Document, ...]) -> bool:
    """Whether lines, prices and terms are those of the document referred to."""
    if order.kind == DocumentKind.DELIVERY_NOTE and order.lines:
        return False
    return order.kind in _TAKEN_OVER and bool(named)


def as_supplied(draft: Document, named: tuple[Document, ...]) -> Document:
    """A correction that names no day of supply is about the supply of its invoice (§ 17 (1) UStG)."""
    if draft.kind not in CORRECTIONS or not named or has_supply_date(draft):
        return draft
    bill = named[0]
    return replace(
        draft,
        delivery_date=bill.delivery_date,
        delivery_month=bill.delivery_month,
        service_period=bill.service_period,
    )


def _refuse_other_lines(order: Order, draft: Document) -> None:
    """A cancellation takes back the whole invoice: lines may be named, but no others."""
    asked = replace(draft, lines=order.lines, prices=order.prices or draft.prices)
    if totals(asked).gross != totals(draft).gross:
        text = N_("A cancellation takes back the whole invoice. For a part of it, please make a correction.")
        raise ShopError(Message(text), "cancellation-lines", "lines")
