"""The stored files of issued documents, read one by one: many documents have many megabytes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from shopdesk.store.tables import document_file


@dataclass(frozen=True, slots=True)
class FileName:
    """A stored file of a document, without its bytes."""

    id: int
    document_id: int
    name: str
    media_type: str
    sha256: str
    size: int


def file_names(connection: Connection, document_id: int) -> tuple[FileName, ...]:
    """The files of a document, the paper first."""
    columns = [column for column in document_file.columns if column.name != "data"]
    rows = connection.execute(
        select(*columns, func.length(document_file.c.data).label("size"))
        .where(document_file.c.document_id == document_id)
        .order_by(document_file.c.id)
    )
    return tuple(FileName(r.id, r.document_id, r.name, r.media_type, r.sha256, r.size) for r in rows)


def file_bytes(connection: Connection, file_id: int) -> bytes:
    """The bytes of one file."""
    return bytes(connection.scalar(select(document_file.c.data).where(document_file.c.id == file_id)) or b"")
