"""What payments, corrections and cancellations came to, as columns beside each bill."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from shopdesk.domain.documents import DocumentKind
from shopdesk.store.tables import document, document_reference, payment_allocation


def settled(name: str) -> ColumnElement[int]:
    """What payments settled of each document, by this column of theirs."""
    total = func.coalesce(func.sum(payment_allocation.c[name]), 0)
    statement = select(total).where(
        payment_allocation.c.document_id == document.c.id, payment_allocation.c.deleted_at.is_(None)
    )
    return statement.correlate(document).scalar_subquery()


def given_back() -> ColumnElement[int]:
    """What of each document's money went back to the customer."""
    total = func.coalesce(-func.sum(payment_allocation.c.amount), 0)
    statement = select(total).where(
        payment_allocation.c.document_id == document.c.id,
        payment_allocation.c.amount < 0,
        payment_allocation.c.deleted_at.is_(None),
    )
    return statement.correlate(document).scalar_subquery()


def _corrections(kind: DocumentKind) -> tuple[Any, Any, ColumnElement[bool]]:
    later, named = document.alias(kind.value), document_reference.alias(f"{kind.value}_names")
    condition = and_(
        named.c.referred_id == document.c.id, later.c.kind == kind.value, later.c.state == "issued"
    )
    return later, named, condition


def cancelled() -> ColumnElement[bool]:
    """Whether a cancellation took each document back."""
    later, named, condition = _corrections(DocumentKind.CANCELLATION)
    return (
        select(later.c.id)
        .join(named, named.c.document_id == later.c.id)
        .where(condition)
        .correlate(document)
        .exists()
    )


def credited() -> ColumnElement[int]:
    """What the corrections take back; one that names several bills counts for the first of them, once."""
    later, named, condition = _corrections(DocumentKind.CREDIT_NOTE)
    other = document_reference.alias("other_name")
    is_first = ~(
        select(other.c.document_id)
        .where(other.c.document_id == named.c.document_id, other.c.referred_id < named.c.referred_id)
        .correlate(named)
        .exists()
    )
    return (
        select(func.coalesce(func.sum(later.c.gross), 0))
        .join(named, named.c.document_id == later.c.id)
        .where(condition, is_first)
        .correlate(document)
        .scalar_subquery()
    )
