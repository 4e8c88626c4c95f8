"""Heute's rows that stand for others: “… and 4,800 more follow-ups”."""

from __future__ import annotations

from shopdesk.domain.messages import N_
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.rows import Row

STEP = 1000
"""So many rows more are read with ⏎."""
_WORDS = {
    TodayKind.FOLLOW_UP: N_("… and {n} more follow-ups"),
    TodayKind.PROMISE: N_("… and {n} more promises"),
    TodayKind.MISSED_CALL: N_("… and {n} more missed calls"),
    TodayKind.INQUIRY: N_("… and {n} more inquiries"),
    TodayKind.UNSHIPPED: N_("… and {n} more parcels to ship"),
    TodayKind.OVERDUE: N_("… and {n} more overdue invoices"),
}


def row(item: TodayItem, texts: Texts) -> Row:
    """How many more there are; the less urgent ones are left out."""
    words = _WORDS.get(item.about or item.kind, N_("… and {n} more"))
    first = texts.gettext(words).format(n=texts.number(item.times))
    return Row((item.kind, item.title), first, texts.gettext("⏎ shows more of them."), "ellipsis", "info")
