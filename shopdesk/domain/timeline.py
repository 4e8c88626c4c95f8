"""The timeline: everything that happened with a customer, over every channel."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.documents import DocumentKind, Fate


class EntryKind(StrEnum):
    """The kinds of the glossary."""

    CALL = "call"
    EMAIL = "email"
    VISIT = "visit"
    LETTER = "letter"
    MESSAGE = "message"
    NOTE = "note"
    DOCUMENT = "document"
    PAYMENT = "payment"
    SHIPMENT = "shipment"
    COMPLAINT = "complaint"


class Direction(StrEnum):
    """Who spoke: the customer, the shop, or nobody outside."""

    IN = "in"
    OUT = "out"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry; `at` is aware. What the program writes by itself has a title, what the owner writes has a text.

    Kind and fate of its document are read, never stored.
    """

    customer_id: int
    kind: EntryKind
    at: dt.datetime
    title: str = ""
    text: str = ""
    direction: Direction = Direction.INTERNAL
    document_id: int | None = None
    document_kind: DocumentKind | None = None
    document_fate: Fate = Fate.NONE
    id: int | None = None
    version: int = 0
