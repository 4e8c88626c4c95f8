"""How long the law wants a document kept (§ 147 AO, § 257 HGB, § 14b UStG; RULES.md 6). Nothing is deleted by this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.messages import N_


class Retention(StrEnum):
    """What the law takes a document for."""

    BOOK = "book"  # journal, settings, procedural documentation
    VOUCHER = "voucher"  # bills and what corrects them, received invoices
    LETTER = "letter"  # trade letters: quotes, confirmations, delivery notes, reminders, mails


YEARS: Mapping[Retention, int] = {Retention.BOOK: 10, Retention.VOUCHER: 8, Retention.LETTER: 6}

NAMES: Mapping[Retention, str] = {
    Retention.BOOK: N_("books and records, ten years"),
    Retention.VOUCHER: N_("invoice, eight years"),
    Retention.LETTER: N_("trade letter, six years"),
}

_VOUCHERS = frozenset(
    {
        DocumentKind.INVOICE,
        DocumentKind.DEPOSIT_INVOICE,
        DocumentKind.FINAL_INVOICE,
        DocumentKind.CREDIT_NOTE,
        DocumentKind.CANCELLATION,
    }
)


def retention_of(kind: DocumentKind) -> Retention:
    """The class of a kind of document."""
    return Retention.VOUCHER if kind in _VOUCHERS else Retention.LETTER


def keep_until(retention: Retention, day: dt.date) -> dt.date:
    """The last day on which it must be kept.

    The years are counted from the end of the calendar year in which it was issued, sent or received (§ 147 (4) AO).
    """
    return dt.date(min(day.year + YEARS[retention], dt.MAXYEAR), 12, 31)
