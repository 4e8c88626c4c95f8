"""What a row of Heute tells of its customer, so that nobody has to open the card before dialling."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shopdesk.domain.money import Money


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """The number to dial, the newest words noted, the newest purchase, and what stands open in quotes."""

    phone: str = ""
    note: str = ""
    bought_on: dt.date | None = None
    bought_for: Money | None = None
    offered: Money | None = None
