"""What the kinds of documents have in common, and which one follows which (RULES.md 3)."""

from __future__ import annotations

from shopdesk.domain.documents import Document, Fate
from shopdesk.domain.documents import DocumentKind as Kind

BILLS = frozenset({Kind.INVOICE, Kind.DEPOSIT_INVOICE, Kind.FINAL_INVOICE})
"""They ask for money."""

CORRECTIONS = frozenset({Kind.CREDIT_NOTE, Kind.CANCELLATION})
"""They take back what a bill said, wholly or in part."""

E_INVOICES = BILLS | CORRECTIONS
"""They count for VAT and carry an e-invoice."""

OFFERS = frozenset({Kind.QUOTE})
"""They may hold optional and alternative positions."""


def asks_for_money(document: Document) -> bool:
    """Whether the paper says how to pay: bills, reminders, and orders that are paid before the goods leave."""
    if document.kind == Kind.ORDER_CONFIRMATION:
        return document.prepay
    return document.kind in BILLS or document.reminder is not None


SUCCESSORS: dict[Kind, tuple[Kind, ...]] = {
    Kind.QUOTE: (Kind.INVOICE, Kind.ORDER_CONFIRMATION, Kind.DEPOSIT_INVOICE),
    Kind.ORDER_CONFIRMATION: (Kind.INVOICE, Kind.DELIVERY_NOTE, Kind.DEPOSIT_INVOICE, Kind.FINAL_INVOICE),
    Kind.DELIVERY_NOTE: (Kind.INVOICE, Kind.FINAL_INVOICE),
    Kind.INVOICE: (Kind.DELIVERY_NOTE, Kind.PAYMENT_REMINDER, Kind.CREDIT_NOTE, Kind.CANCELLATION),
    Kind.DEPOSIT_INVOICE: (
        Kind.FINAL_INVOICE, Kind.DEPOSIT_INVOICE, Kind.DELIVERY_NOTE, Kind.PAYMENT_REMINDER, Kind.CANCELLATION,
    ),
    Kind.FINAL_INVOICE: (Kind.DELIVERY_NOTE, Kind.PAYMENT_REMINDER, Kind.CREDIT_NOTE, Kind.CANCELLATION),
    Kind.CREDIT_NOTE: (),
    Kind.CANCELLATION: (Kind.INVOICE,),
    Kind.PAYMENT_REMINDER: (Kind.PAYMENT_REMINDER,),
}  # fmt: skip
"""What can be made out of an issued document; the most usual first."""

REFERS_TO: dict[Kind, frozenset[Kind]] = {
    Kind.CANCELLATION: BILLS,
    Kind.CREDIT_NOTE: frozenset({Kind.INVOICE, Kind.FINAL_INVOICE}),
    Kind.PAYMENT_REMINDER: BILLS,
}
"""The kinds that must name another document, and what it may be."""


def fate_of(kind: Kind, made: str, named: str) -> Fate:
    """What became of an issued document; `made` and `named` are the kinds of later ones with commas between."""
    later = frozenset(filter(None, f"{made},{named}".split(",")))
    outcomes = _FATES.get(kind, ())
    return next((fate for kinds, fate in outcomes if later & kinds), Fate.NONE)


_CANCELLED = (frozenset({Kind.CANCELLATION}), Fate.CANCELLED)
_CORRECTED = (frozenset({Kind.CREDIT_NOTE}), Fate.CORRECTED)
_BILLED = (frozenset({Kind.INVOICE, Kind.FINAL_INVOICE}), Fate.BILLED)
_FATES: dict[Kind, tuple[tuple[frozenset[Kind], Fate], ...]] = {
    Kind.QUOTE: ((frozenset(Kind), Fate.ACCEPTED),),
    Kind.ORDER_CONFIRMATION: (_BILLED,),
    Kind.DELIVERY_NOTE: (_BILLED,),
    Kind.INVOICE: (_CANCELLED, _CORRECTED),
    Kind.DEPOSIT_INVOICE: (_CANCELLED, (frozenset({Kind.FINAL_INVOICE}), Fate.DEDUCTED)),
    Kind.FINAL_INVOICE: (_CANCELLED, _CORRECTED),
    Kind.CANCELLATION: ((BILLS, Fate.REPLACED),),
}
