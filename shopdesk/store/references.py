"""Which documents refer to which: the way back from an invoice to its deposits, cancellations and reminders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select, union

from shopdesk.domain.documents import Reference
from shopdesk.store.tables import document, document_reference


def write(connection: Connection, document_id: int, refers_to: Sequence[Reference]) -> None:
    """Remember what a draft refers to, in place of what it referred to before."""
    connection.execute(delete(document_reference).where(document_reference.c.document_id == document_id))
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
