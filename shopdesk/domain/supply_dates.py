"""When goods are delivered and services rendered: the day that decides the VAT rates, and the month that suffices."""

from __future__ import annotations

import calendar
import datetime as dt

from shopdesk.domain.document_kinds import BILLS, CORRECTIONS
from shopdesk.domain.documents import Document, DocumentKind


def month_days(month: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a month like "2026-11"; None for what is no month."""
    try:
        first = dt.date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def expected_delivery(document: Document) -> dt.date | None:
    """When goods that wait for the payment are to leave: the planned day, else two days after the due date.

    None where a month is planned or nothing is known.
    """
    if document.delivery_date or document.delivery_month:
        return document.delivery_date
    return document.due + dt.timedelta(2) if document.prepay and document.due else None


def supply_day(document: Document) -> dt.date | None:
    """The day whose VAT rates hold: delivery, else end of the period or month, else the document's date.

    A correction is about the supply of the document it corrects (§ 17 (1) UStG).
    """
    span = document.service_period or month_days(document.delivery_month)
    known = document.delivery_date or (span[1] if span else None)
    if known is None and document.kind in CORRECTIONS and document.refers_to:
        known = document.refers_to[0].date
    return known or document.date


def has_supply_date(document: Document) -> bool:
    """Whether day, month or period of the supply is known."""
    return bool(document.delivery_date or month_days(document.delivery_month) or document.service_period)


def is_dated_by_itself(document: Document) -> bool:
    """Whether a bill's own date stands for the day of the supply, which § 14 (4) No. 6 UStG wants on it.

    Not where the money comes first: when that is supplied nobody knows yet.
    """
    if document.kind not in BILLS or document.kind == DocumentKind.DEPOSIT_INVOICE:
        return False
    return not document.prepay and not has_supply_date(document)


def is_supplied(document: Document) -> bool:
    """Whether something was supplied by the document's date: a deposit then bills a part of the work (RULES.md 3)."""
    day = supply_day(document)
    return has_supply_date(document) and bool(day and document.date and day <= document.date)
