"""The sums of a payment reminder: what is open, interest in default with rate and days, fees, and all together."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.default_interest import InterestPiece
from shopdesk.domain.documents import OpenBill, Reminder
from shopdesk.domain.money import Money
from shopdesk.output.pdf.pen import Pen


@dataclass(frozen=True, slots=True)
class SumRow:
    """A label and an amount; `strong` is what counts, `quiet` what is only explained."""

    label: str
    amount: str
    strong: bool = False
    quiet: bool = False


def reminder_rows(pen: Pen) -> list[SumRow]:
    """All rows; only the open amount where nothing is asked for beyond it."""
    reminder, texts = pen.document.reminder, pen.texts
    assert reminder is not None
    if not reminder.charges:
        return [SumRow(texts.pgettext("paper", "Open amount"), pen.money(pen.sums.payable), strong=True)]
    open_ = pen.sums.payable - Money(reminder.charges, pen.document.currency)
    rows = [SumRow(texts.pgettext("paper", "Open amount"), pen.money(open_))]
    rows += [_interest(pen, bill, piece) for bill in reminder.bills for piece in bill.interest]
    rows += _rates(pen, reminder)
    rows += _fees(pen, reminder)
    rows.append(
        SumRow(texts.pgettext("paper", "To be paid in all"), pen.money(pen.sums.payable), strong=True)
    )
    return rows


def _interest(pen: Pen, bill: OpenBill, piece: InterestPiece) -> SumRow:
    """Days and what it was counted on; whose, where the letter is about several bills."""
    texts = pen.texts
    text = texts.pgettext("paper", "Default interest {first} – {last} on {amount}")
    label = text.format(
        first=texts.date(piece.first), last=texts.date(piece.last), amount=pen.money(piece.principal)
    )
    reminder = pen.document.reminder
    several = reminder is not None and len(reminder.bills) > 1
    return SumRow(f"{bill.reference.number}: {label}" if several else label, pen.money(piece.amount))


def _rates(pen: Pen, reminder: Reminder) -> list[SumRow]:
    """Each rate once, with the base rate that it rests on (§ 288 BGB)."""
    texts = pen.texts
    pieces = [piece for bill in reminder.bills for piece in bill.interest]
    rates = dict.fromkeys((piece.rate, piece.base_rate) for piece in pieces)
    text = texts.pgettext("paper", "{rate} a year: {points} points over the base rate of {base} (§ 288 BGB)")
    return [
        SumRow(
            text.format(rate=texts.percent(rate), points=texts.number(rate - base), base=texts.percent(base)),
            "",
            quiet=True,
        )
        for rate, base in rates
    ]


def _fees(pen: Pen, reminder: Reminder) -> list[SumRow]:
    texts, currency = pen.texts, pen.document.currency
    labels = (
        (texts.pgettext("paper", "Fees of earlier reminders"), max(reminder.earlier_fees, 0)),
        (texts.pgettext("paper", "Fee of this reminder"), reminder.fee),
        (texts.pgettext("paper", "Flat charge for default (§ 288 (5) BGB)"), reminder.flat_fee),
        (texts.pgettext("paper", "Already paid of interest and fees"), min(reminder.earlier_fees, 0)),
    )
    return [SumRow(label, pen.money(Money(minor, currency))) for label, minor in labels if minor]
