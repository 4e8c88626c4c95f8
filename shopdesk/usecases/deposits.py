"""Deposits that a final invoice may still deduct, whatever it was made out of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Document, DocumentKind, DocumentSummary, Fate, Reference

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_MOST = 200


def open_deposits(shop: Shop, draft: Document) -> tuple[DocumentSummary, ...]:
    """The customer's issued deposit invoices that nothing has deducted or cancelled; none for another kind."""
    from shopdesk.store import document_lists

    if draft.kind != DocumentKind.FINAL_INVOICE or draft.customer_id is None:
        return ()
    named = {reference.id for reference in draft.refers_to}
    with shop.reading() as connection:
        found = document_lists.of_customer(connection, draft.customer_id, _MOST)
    return tuple(
        row
        for row in found
        if row.kind == DocumentKind.DEPOSIT_INVOICE
        and row.number
        and row.fate == Fate.NONE
        and row.id not in named
        and row.gross.currency == draft.currency
    )


def deducting(shop: Shop, draft: Document, deposit: DocumentSummary) -> Document:
    """The final invoice that deducts this one, too; not stored."""
    from shopdesk.usecases.chains import settled_in

    reference = Reference(deposit.number, deposit.kind, deposit.date, deposit.id)
    with shop.reading() as connection:
        return settled_in(connection, replace(draft, refers_to=(*draft.refers_to, reference)))
