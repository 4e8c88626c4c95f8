"""What a check of a document finds."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.messages import Message


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that forbids issuing, or (as a warning) that the owner should know."""

    code: str
    field: str
    message: Message
    is_warning: bool = False
