"""How much of a bill is labour at the customer's home: a part of it comes off his income tax (§ 35a EStG)."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.documents import Document, LineKind
from shopdesk.domain.money import Money
from shopdesk.domain.totals import totals


@dataclass(frozen=True, slots=True)
class LabourShare:
    """Labour, machines and travel with VAT, and the VAT in it; material does not count."""

    gross: Money
    vat: Money


def labour_share(document: Document) -> LabourShare | None:
    """The sum of the service lines, or None where the owner did not ask for it or there is none.

    A discount on the whole document lowers labour and material alike.
    """
    if not document.sale.building_work:
        return None
    sums = totals(document)
    rows = [
        row
        for line, row in zip(document.lines, sums.lines, strict=True)
        if row is not None and line.kind == LineKind.SERVICE and not line.option
    ]
    whole = sums.whole or sums
    before = whole.gross.minor + whole.discount_gross.minor
    if not rows or before == 0:
        return None
    nothing = Money(0, document.currency)
    gross, net = sum((row.gross for row in rows), nothing), sum((row.net for row in rows), nothing)
    if whole.discount_gross:
        gross, net = (_reduced(each, whole.gross.minor, before) for each in (gross, net))
    return LabourShare(gross, gross - net)


def _reduced(amount: Money, part: int, whole: int) -> Money:
    return Money.of(amount.amount * part / whole, amount.currency)
