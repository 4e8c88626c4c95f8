"""How a bill stands, in one word with its colour."""

from __future__ import annotations

import datetime as dt

from shopdesk.domain.payments import STATE_NAMES, BillAccount, PaymentState
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.chips import ChipKind

LOOKS: dict[PaymentState, ChipKind] = {
    PaymentState.OPEN: "info",
    PaymentState.PART_PAID: "warn",
    PaymentState.PAID: "ok",
    PaymentState.OVERPAID: "warn",
    PaymentState.OVERDUE: "bad",
    PaymentState.CANCELLED: "info",
}


def chip(bill: BillAccount, texts: Texts, today: dt.date) -> tuple[str, ChipKind]:
    """The word and its colour."""
    found = bill.standing(today)
    return texts.gettext(STATE_NAMES[found.state]), LOOKS[found.state]


def amounts(bill: BillAccount, texts: Texts) -> str:
    """What is still to be paid, or to be paid back."""
    if not bill.open:
        return ""
    if bill.open.minor < 0:
        return texts.gettext("{amount} to pay back").format(amount=texts.money(-bill.open))
    return texts.gettext("{amount} open").format(amount=texts.money(bill.open))
