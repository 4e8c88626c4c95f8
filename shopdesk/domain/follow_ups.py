"""Follow-ups (Wiedervorlagen): what is to be done for whom on which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shopdesk.domain.mail import Purpose


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up; open until `done_at` is set."""

    due: dt.date
    text: str
    customer_id: int | None = None
    document_id: int | None = None
    due_time: str = ""
    purpose: Purpose = Purpose.SERVICE
    done_at: dt.datetime | None = None
    id: int | None = None
    version: int = 0
    customer_name: str = ""
