"""Which documents refer to which: the way back from an invoice to its deposits, cancellations and reminders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Label,
    bindparam,
    delete,
    func,
    insert,
    select,
    union,
)

from shopdesk.domain.documents import DocumentKind, Reference
from shopdesk.store.tables import document, document_reference

_FORGET = delete(document_reference).where(document_reference.c.document_id == bindparam("its_id"))
FINAL = DocumentKind.FINAL_INVOICE.value


def write(connection: Connection, document_id: int, refers_to: Sequence[Reference]) -> None:
    """Remember what a draft refers to, in place of what it referred to before."""
    connection.execute(_FORGET, {"its_id": document_id})
    ids = {reference.id for reference in refers_to if reference.id is not None}
    if ids:
        rows = [{"document_id": document_id, "referred_id": each} for each in sorted(ids)]
        connection.execute(insert(document_reference), rows)


def referring(connection: Connection, document_id: int, *, issued: bool = True) -> tuple[int, ...]:
    """The documents that name this one or were made out of it; only issued ones unless told otherwise."""
    return _ids(connection, (document_id,), issued=issued)


def connected(connection: Connection, document_id: int) -> tuple[int, ...]:
    """All documents of the same story, drafts too, in the order in which they were made."""
    found, edge = {document_id}, {document_id}
    while edge:
        edge = {*_ids(connection, edge, issued=False), *_origins(connection, edge)} - found
        found |= edge
    return tuple(sorted(found))


def origins(connection: Connection, ids: Iterable[int]) -> tuple[int, ...]:
    """These documents and all out of which they came, over any steps."""
    found = set(ids)
    edge = found
    while edge:
        edge = set(_origins(connection, edge)) - found
        found = found | edge
    return tuple(sorted(found))


def _ids(connection: Connection, ids: Iterable[int], *, issued: bool) -> tuple[int, ...]:
    named = (
        select(document.c.id)
        .join(document_reference, document_reference.c.document_id == document.c.id)
        .where(document_reference.c.referred_id.in_(tuple(ids)))
    )
    made = select(document.c.id).where(document.c.follows_id.in_(tuple(ids)))
    if issued:
        named, made = (each.where(document.c.state == "issued") for each in (named, made))
    return tuple(sorted(connection.scalars(union(named, made))))


def _origins(connection: Connection, ids: Iterable[int]) -> tuple[int, ...]:
    named = select(document_reference.c.referred_id).where(document_reference.c.document_id.in_(tuple(ids)))
    made = select(document.c.follows_id).where(
        document.c.id.in_(tuple(ids)), document.c.follows_id.is_not(None)
    )
    return tuple(connection.scalars(union(named, made)))


def later_kinds() -> tuple[Label[str | None], Label[str | None]]:
    """Two columns for a list: the kinds of the issued documents made out of each row, and of those that name it.

    A final invoice that was cancelled deducts nothing any more.
    """
    made, named = document.alias("made"), document.alias("named")
    made_kinds = (
        select(func.group_concat(made.c.kind))
        .where(made.c.follows_id == document.c.id, made.c.state == "issued", _stands(made))
        .correlate(document)
    )
    named_kinds = (
        select(func.group_concat(named.c.kind))
        .join(document_reference, document_reference.c.document_id == named.c.id)
        .where(document_reference.c.referred_id == document.c.id, named.c.state == "issued", _stands(named))
        .correlate(document)
    )
    return made_kinds.scalar_subquery().label("made_kinds"), named_kinds.scalar_subquery().label(
        "named_kinds"
    )


def _stands(later: FromClause) -> ColumnElement[bool]:
    """No final invoice, or one that nothing has cancelled."""
    reference, cancellation = document_reference.alias(), document.alias()
    cancelled = (
        select(cancellation.c.id)
        .join(reference, reference.c.document_id == cancellation.c.id)
        .where(
            reference.c.referred_id == later.c.id,
            cancellation.c.kind == DocumentKind.CANCELLATION.value,
            cancellation.c.state == "issued",
        )
        .correlate(later)
        .exists()
    )
    return (later.c.kind != FINAL) | ~cancelled
