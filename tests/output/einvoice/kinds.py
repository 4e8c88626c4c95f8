"""Every kind of e-invoice made out of one invoice, as the shop makes them: deposits, final invoice, corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal as D

from shopdesk.domain.documents import Document, DocumentKind, DocumentState, Line, LineKind, Prices, Reference
from shopdesk.domain.successors import Wishes, deducted, deposit_lines, successor
from shopdesk.domain.totals import totals

ORDER = Reference("A-2026-0007", DocumentKind.ORDER_CONFIRMATION, dt.date(2026, 11, 2), 7)
DELIVERY = Reference("L-2026-0003", DocumentKind.DELIVERY_NOTE, dt.date(2026, 11, 20), 8)


def issued(document: Document, number: str, id_: int) -> Document:
    """As if it had taken its number."""
    return replace(document, id=id_, number=number, state=DocumentState.ISSUED)


def made(origin: Document, kind: DocumentKind, number: str) -> Document:
    """The successor with the dates that a bill gets."""
    draft = successor(origin, kind, "key")
    return replace(draft, number=number, date=dt.date(2026, 11, 24), due=dt.date(2026, 12, 8))


def deposit_of(origin: Document, percent: D = D(30), number: str = "R-2026-0002") -> Document:
    """A deposit invoice, nothing supplied yet."""
    draft = made(origin, DocumentKind.DEPOSIT_INVOICE, number)
    lines = deposit_lines(origin, f"Anzahlung {percent} %", Wishes(deposit_percent=percent))
    draft = replace(draft, lines=lines, refers_to=(ORDER,))
    return issued(draft, number, int(number[-4:]))


def final_of(origin: Document, *deposits: Document) -> Document:
    """The final invoice that deducts them."""
    final = made(origin, DocumentKind.FINAL_INVOICE, "R-2026-0009")
    named = (ORDER, DELIVERY, *(deposit.as_reference() for deposit in deposits))
    final = replace(
        final,
        refers_to=named,
        deposits=tuple(deducted(deposit) for deposit in deposits),
        discount=origin.discount,
        cash_discount=origin.cash_discount,
    )
    return issued(final, final.number, 9)


def credit_of(bill: Document, lines: tuple[Line, ...] | None = None) -> Document:
    """A correction in the customer's favour, of all lines unless others are named."""
    draft = made(bill, DocumentKind.CREDIT_NOTE, "R-2026-0010")
    draft = replace(
        draft, reason="Die Matratze hat einen Fleck.", lines=draft.lines if lines is None else lines
    )
    return issued(draft, draft.number, 10)


def cancellation_of(bill: Document) -> Document:
    """Takes back the whole bill."""
    return made(bill, DocumentKind.CANCELLATION, "R-2026-0011")


def every_kind(invoice: Document) -> Iterator[tuple[str, Document]]:
    """The invoice and what can be made out of it; each is a document that the shop would issue."""
    bill = issued(invoice, invoice.number, 1)
    yield "invoice", bill
    sold = {line.kind for line in bill.lines}
    if totals(bill).gross.minor > 300 and LineKind.VOUCHER not in sold:
        first, second = deposit_of(bill), deposit_of(bill, D("12.5"), "R-2026-0003")
        part = replace(second, delivery_date=dt.date(2026, 11, 20), delivery_month="", service_period=None)
        unpaid = replace(bill, prepaid=())
        yield "deposit", first
        yield "part done", part
        yield "final", final_of(bill, first)
        yield "final of two", final_of(bill, first, part)
        yield "final, all paid", final_of(unpaid, deposit_of(unpaid, D(100)))
        yield "cancelled deposit", cancellation_of(first)
        yield "cancelled final", cancellation_of(final_of(bill, first, part))
    yield "cancellation", cancellation_of(bill)
    if totals(bill).gross.minor > 0:
        yield "credit", credit_of(bill)


def both_prices(document: Document) -> Iterator[Document]:
    """The same lines as gross and as net prices."""
    for prices in Prices:
        yield replace(document, prices=prices)
