"""When the withdrawal notice went to the customer: proven by what the outbox sent (§ 312f BGB)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from shopdesk.domain.outbox import AttachedFile
from shopdesk.domain.standard_attachments import AttachmentRole
from shopdesk.store import customer_merges, moments, plain
from shopdesk.store.tables import document, outbox, standard_attachment


def informed_at(connection: Connection, document_ids: Sequence[int]) -> dt.datetime | None:
    """The moment of the first mail with one of the documents that carried the notice; None where none did."""
    notice = standard_attachment.c.role == AttachmentRole.WITHDRAWAL_NOTICE.value
    notices = set(connection.scalars(select(standard_attachment.c.id).where(notice)))
    mails = (
        select(outbox.c.sent_at, outbox.c.attachments)
        .where(outbox.c.document_id.in_(document_ids), outbox.c.sent_at.is_not(None))
        .order_by(outbox.c.sent_at)
    )
    for sent_at, attachments in connection.execute(mails):
        files = (plain.from_plain(AttachedFile, item) for item in json.loads(attachments or "[]"))
        if notices & {file.standard_attachment_id for file in files}:
            return moments.from_text(sent_at)
    return None


def bills_since(connection: Connection, customer_id: int, day: dt.date, kinds: Sequence[str]) -> list[int]:
    """The issued documents of these kinds that are dated on or after the day, newest first."""
    statement = (
        select(document.c.id)
        .where(
            document.c.customer_id.in_(customer_merges.everyone(connection, customer_id)),
            document.c.state == "issued",
            document.c.kind.in_(kinds),
            document.c.date >= day.isoformat(),
        )
        .order_by(document.c.date.desc(), document.c.id.desc())
    )
    return list(connection.scalars(statement))
