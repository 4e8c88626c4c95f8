"""What a document becomes when the next one is made out of it: copied, left out, counted anew (RULES.md 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from shopdesk.domain.document_kinds import CORRECTIONS
from shopdesk.domain.documents import (
    ANCILLARY,
    Deposit,
    Document,
    DocumentKind,
    DocumentState,
    Line,
    LineKind,
    LineOption,
    Prices,
    TaxCase,
    VatTotal,
)
from shopdesk.domain.messages import P_, Message, paper
from shopdesk.domain.money import Money, distribute
from shopdesk.domain.totals import totals

DEPOSIT_PERCENT = Decimal(30)
_DELIVERED = frozenset({LineKind.GOODS, LineKind.SERVICE, LineKind.NOTE})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the owner was asked before the next document was made.

    `options` are the positions (from 0) of the optional and alternative lines that the customer took, `left_out` those
    of ordinary lines that he did not want. A deposit is a percentage or, where there is one, `deposit_amount` in the
    origin's kind of prices. `reason` says why something is cancelled or corrected.
    """

    options: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    deposit_percent: Decimal = DEPOSIT_PERCENT
    deposit_amount: Decimal | None = None
    reason: str = ""


NOTHING_ASKED = Wishes()


def successor(
    origin: Document, kind: DocumentKind, request_key: str, wishes: Wishes = NOTHING_ASKED
) -> Document:
    """A draft of the next kind with the origin's lines; it remembers where it comes from.

    Prices, texts and terms of payment stay; dates are today's and payments are noted anew. A tax case that was decided
    is decided anew, one that the owner chose stays; a correction keeps all that its bill said about tax.
    """
    fresh = replace(
        origin,
        id=None,
        version=0,
        kind=kind,
        state=DocumentState.DRAFT,
        number="",
        request_key=request_key,
        date=None,
        due=None,
        issued_at=None,
        sending=False,
        tax_case=TaxCase.AUTO if origin.tax_reason else origin.tax_case,
        tax_reason="",
        prepaid=(),
        prepay=False,
        intro=None,
        closing=None,
        follows_id=origin.id,
        refers_to=(origin.as_reference(),) if origin.number else (),
        deposits=(),
        reminder=None,
        reason=wishes.reason,
        vat_id_reason="",
        lines=taken_lines(origin, wishes),
    )
    if kind in CORRECTIONS:
        return _correction(fresh, origin)
    if kind == DocumentKind.PAYMENT_REMINDER:
        nothing = replace(fresh, lines=(), discount=None, cash_discount=None, tax_note="")
        return replace(nothing, delivery_date=None, delivery_month="", service_period=None)
    if kind == DocumentKind.DELIVERY_NOTE:
        lines = tuple(line for line in fresh.lines if line.kind in _DELIVERED)
        return replace(fresh, lines=lines, discount=None, cash_discount=None)
    return replace(fresh, discount=None) if kind == DocumentKind.DEPOSIT_INVOICE else fresh


def taken_lines(origin: Document, wishes: Wishes) -> tuple[Line, ...]:
    """The origin's lines as the customer wants them; none of them is optional any more."""
    return tuple(_taken(origin, wishes))


def _taken(origin: Document, wishes: Wishes) -> Iterator[Line]:
    for i, line in enumerate(origin.lines):
        if i in wishes.options if line.option else i not in wishes.left_out:
            yield replace(line, option=LineOption.NONE)


def _correction(fresh: Document, bill: Document) -> Document:
    rates = {row.rate for row in totals(bill).vat}
    return replace(
        fresh,
        tax_case=bill.tax_case,
        tax_reason=bill.tax_reason,
        # a line that says no rate is about what was billed, which has but one
        default_rate=rates.pop() if len(rates) == 1 else bill.default_rate,
        cash_discount=None,
        deposits=bill.deposits if fresh.kind == DocumentKind.CANCELLATION else (),
    )


def deposit_lines(origin: Document, texts_line: str, wishes: Wishes = NOTHING_ASKED) -> tuple[Line, ...]:
    """A part of the origin's sum as one line for each VAT rate, in the origin's kind of prices.

    `texts_line` is what stands on each line. The parts come to the percentage or the amount to the cent.
    """
    sums = totals(origin)
    gross = origin.prices == Prices.GROSS
    rows = [(row, row.base + row.amount if gross else row.base) for row in sums.vat]
    part_of_all = sum((amount.amount for _, amount in rows), Decimal(0)) * wishes.deposit_percent / 100
    wanted = part_of_all if wishes.deposit_amount is None else wishes.deposit_amount
    whole = Money.of(wanted, origin.currency)
    parts = distribute(whole.minor, [max(amount.minor, 0) for _, amount in rows]) if rows else ()
    return tuple(
        _deposit_line(origin, row, Money(part, origin.currency), texts_line)
        for (row, _), part in zip(rows, parts, strict=True)
        if part
    )


def _deposit_line(origin: Document, row: VatTotal, part: Money, text: str) -> Line:
    """A line of the main kind of what is sold: goods and services go with different tax cases."""
    kinds = {line.kind for line in origin.lines if line.kind in {LineKind.GOODS, LineKind.SERVICE}}
    kind = LineKind.SERVICE if kinds == {LineKind.SERVICE} else LineKind.GOODS
    special = {line.tax_case for line in origin.lines if line.kind not in ANCILLARY and line.tax_case}
    return Line(
        kind,
        text,
        unit_price=part.amount,
        vat_rate=row.rate if row.category in {"S", "Z"} else None,
        tax_case=next(iter(special)) if row.category == "E" and len(special) == 1 else None,
    )


def deposit_text(origin: Document, wishes: Wishes = NOTHING_ASKED) -> Message:
    """What a deposit line says."""
    values = {"percent": wishes.deposit_percent.normalize() + 0, "number": origin.number}
    if wishes.deposit_amount is not None:
        text = P_("paper", "Deposit on {number}") if origin.number else P_("paper", "Deposit")
        return paper(text, number=origin.number)
    if not origin.number:
        return paper(P_("paper", "Deposit of {percent} %"), **values)
    return paper(P_("paper", "Deposit of {percent} % on {number}"), **values)


def deducted(bill: Document) -> Deposit:
    """An issued deposit invoice as a final invoice deducts it."""
    return Deposit(bill.as_reference(), totals(bill).vat)
