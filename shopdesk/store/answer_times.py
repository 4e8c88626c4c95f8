"""How long customers waited for their first answers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, select

from shopdesk.store import moments
from shopdesk.store.tables import inquiry


def first_answers(connection: Connection, since: dt.datetime) -> list[tuple[int, int]]:
    """(minutes of opening time, target) of the inquiries that came in since then, had a clock and were answered."""
    statement = select(inquiry.c.first_answer_minutes, inquiry.c.target).where(
        inquiry.c.received_at >= moments.to_text(since),
        inquiry.c.first_answer_minutes.is_not(None),
        inquiry.c.target.is_not(None),
    )
    return [(row[0], row[1]) for row in connection.execute(statement)]
