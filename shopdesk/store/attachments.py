"""Standard attachments in the database, so that one backup holds them, too."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from sqlalchemy import Column, Connection, Row, insert, select, update

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import NotFound
from shopdesk.domain.mail_templates import Audience
from shopdesk.domain.standard_attachments import AttachmentRole, StandardAttachment
from shopdesk.store import moments
from shopdesk.store.tables import standard_attachment

_LISTED: tuple[Column[Any], ...] = tuple(
    column for column in standard_attachment.columns if column.name != "data"
)


def add(connection: Connection, value: StandardAttachment, data: bytes) -> int:
    """Store a file and give its id. A changed file is a new row: the old bytes prove what was sent."""
    columns = {
        "name": value.name,
        "role": value.role.value,
        "kinds": " ".join(kind.value for kind in value.kinds),
        "audience": value.audience.value,
        "language": value.language,
        "media_type": value.media_type,
        "sha256": hashlib.sha256(data).hexdigest(),
        "data": data,
    }
    return int(connection.execute(insert(standard_attachment).values(columns)).inserted_primary_key[0])  # type: ignore[index]


def current(connection: Connection) -> tuple[StandardAttachment, ...]:
    """All files in use, without their bytes."""
    statement = (
        select(*_LISTED).where(standard_attachment.c.deleted_at.is_(None)).order_by(standard_attachment.c.id)
    )
    return tuple(_attachment(row) for row in connection.execute(statement))


def data(connection: Connection, attachment_id: int) -> bytes:
    """The bytes of one file."""
    found = connection.scalar(
        select(standard_attachment.c.data).where(standard_attachment.c.id == attachment_id)
    )
    if found is None:
        raise NotFound(str(attachment_id), "attachment")
    return bytes(found)


def set_deleted(connection: Connection, attachment_id: int, at: dt.datetime | None) -> None:
    """Take a file out of use or bring it back."""
    moment = moments.to_text(at) if at else None
    statement = update(standard_attachment).where(standard_attachment.c.id == attachment_id)
    connection.execute(statement.values(deleted_at=moment, version=standard_attachment.c.version + 1))


def _attachment(row: Row[Any]) -> StandardAttachment:
    return StandardAttachment(
        name=row.name,
        role=AttachmentRole(row.role or "other"),
        kinds=tuple(DocumentKind(kind) for kind in row.kinds.split()),
        audience=Audience(row.audience or "any"),
        language=row.language,
        media_type=row.media_type,
        sha256=row.sha256,
        id=row.id,
        version=row.version,
    )
