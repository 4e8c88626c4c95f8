"""Until when a private customer may withdraw from a distance contract (§§ 312g, 355, 356 BGB; RULES.md 7)."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from shopdesk.domain.documents import Document, Fulfilment, LineKind
from shopdesk.domain.standard_attachments import is_distance_contract

PERIOD = dt.timedelta(days=14)
_WITHOUT_NOTICE_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The last day to withdraw. `informed` is the day on which the notice went; without it the law adds a year."""

    until: dt.date
    informed: dt.date | None


def withdrawal(document: Document, informed: dt.date | None) -> Withdrawal | None:
    """The right of withdrawal of an issued bill, counted from receipt of the goods or, for services, its date.

    The planned day of delivery stands for the day of receipt. None where there is no such right: no distance contract,
    or goods made to the customer's wishes.
    """
    if not is_distance_contract(document) or document.sale.custom_made:
        return None
    begin = _begin(document)
    if begin is None:
        return None
    if informed is not None:
        # a notice that comes late starts the period then (§ 356 (3) BGB)
        return Withdrawal(max(begin, informed) + PERIOD, informed)
    return Withdrawal(_months_later(begin, _WITHOUT_NOTICE_MONTHS) + PERIOD, None)


def _begin(document: Document) -> dt.date | None:
    kinds = {line.kind for line in document.lines}
    service = LineKind.SERVICE in kinds and LineKind.GOODS not in kinds
    if service or document.fulfilment == Fulfilment.SERVICE:
        return document.date
    return document.delivery_date or document.date


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
