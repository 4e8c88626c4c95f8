"""Calls that nobody answered and that want to be called back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MissedCall:
    """All unanswered calls of one caller since the last time somebody spoke to him.

    `number` is E.164 where it could be read, `shown` the same as people write it; `due` and `due_time` ("14:05") are
    when Heute shows it, in the shop's own zone; open until `done_at` is set.
    """

    number: str
    shown: str
    last_at: dt.datetime
    due: dt.date
    due_time: str = ""
    customer_id: int | None = None
    times: int = 1
    done_at: dt.datetime | None = None
    id: int | None = None
    version: int = 0
