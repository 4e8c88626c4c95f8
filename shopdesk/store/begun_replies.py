"""Answers that are being written: they outlive a closed window and a power cut, and nobody has got them yet."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from shopdesk.store.tables import begun_reply


def load(connection: Connection, inquiry_id: int) -> str:
    """What was written so far; "" for nothing."""
    return connection.scalar(select(begun_reply.c.text).where(begun_reply.c.inquiry_id == inquiry_id)) or ""


def save(connection: Connection, inquiry_id: int, text: str) -> None:
    """Keep what was written; "" takes it away."""
    meant = begun_reply.c.inquiry_id == inquiry_id
    if not text:
        connection.execute(delete(begun_reply).where(meant))
    elif not connection.execute(update(begun_reply).where(meant).values(text=text)).rowcount:
        connection.execute(insert(begun_reply).values(inquiry_id=inquiry_id, text=text))
