"""The sums under the lines: net with VAT on top, or gross with the VAT that is in it; what was paid; what is open."""

from __future__ import annotations

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import Deposit, DocumentKind, Prepayment, Prices, VatTotal
from shopdesk.domain.messages import P_
from shopdesk.domain.money import Money
from shopdesk.domain.printed_amounts import before_discount
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf import texts as words
from shopdesk.output.pdf.canvas import MM, Canvas
from shopdesk.output.pdf.layout import GREY, INK, RIGHT, Block, fitting, wrap
from shopdesk.output.pdf.pen import Pen
from shopdesk.output.pdf.reminder_sums import SumRow, reminder_rows

_TOTALS = {
    DocumentKind.FINAL_INVOICE: P_("paper", "Remaining amount"),
    DocumentKind.CREDIT_NOTE: P_("paper", "Correction amount"),
    DocumentKind.CANCELLATION: P_("paper", "Cancelled amount"),
}

X = 100.0
END = RIGHT - 1.5
_TOGETHER = 24  # rows; more (a long list of part payments) may be divided


def rows(pen: Pen) -> list[SumRow]:
    """All rows of the sums in their order."""
    document, sums, texts = pen.document, pen.sums, pen.texts
    if document.reminder is not None:
        return reminder_rows(pen)
    found = [*_discount(pen), *_whole_job(pen)]
    taxed = [vat for vat in sums.vat if vat.category in {"S", "Z"}]
    if document.shown == Prices.NET and taxed:
        found.append(SumRow(texts.pgettext("paper", "Net amount"), pen.money(sums.net)))
        found += [_added(pen, vat) for vat in taxed]
        found.append(SumRow(_total_label(pen), pen.money(sums.gross), strong=True))
    else:
        found.append(SumRow(_total_label(pen), pen.money(sums.gross), strong=True))
        found += [_contained(pen, vat) for vat in taxed]
    if taxed:
        found += [_untaxed(pen, vat) for vat in sums.vat if vat not in taxed and vat.base]
    if document.prepaid:
        found += [_prepaid(pen, paid) for paid in document.prepaid]
        found.append(SumRow(texts.pgettext("paper", "Still to pay"), pen.money(sums.payable), strong=True))
    return found


def _total_label(pen: Pen) -> str:
    label = _TOTALS.get(pen.document.kind, "")
    if label:
        return pen.texts.pgettext(words.PAPER, label)
    if pen.document.kind in BILLS:
        return pen.texts.pgettext("paper", "Invoice total")
    return pen.texts.pgettext("paper", "Total")


def _whole_job(pen: Pen) -> list[SumRow]:
    """A final invoice: the job, and each deposit with its VAT that is deducted (§ 14 (5) sentence 2 UStG)."""
    document, texts = pen.document, pen.texts
    if pen.sums.whole is None:
        return []
    whole = pen.sums.whole
    sign = -1 if document.kind == DocumentKind.CANCELLATION else 1
    net = document.shown == Prices.NET
    label = texts.pgettext("paper", "The whole job, net") if net else texts.pgettext("paper", "The whole job")
    found = [SumRow(label, pen.money(whole.net if net else whole.gross))]
    for deposit in document.deposits:
        amount = deposit.net if net else deposit.gross
        found.append(
            SumRow(_deposit_label(pen, deposit), pen.money(Money(-sign * amount.minor, amount.currency)))
        )
        found.append(SumRow(_deposit_parts(pen, deposit), "", quiet=True))
    return found


def _deposit_label(pen: Pen, deposit: Deposit) -> str:
    texts, bill = pen.texts, deposit.reference
    day = texts.date(bill.date) if bill.date else ""
    text = texts.pgettext("paper", "less {document} of {date}")
    return text.format(document=words.reference(bill, texts), date=day)


def _deposit_parts(pen: Pen, deposit: Deposit) -> str:
    vat = sum((row.amount for row in deposit.vat), Money(0, pen.document.currency))
    text = pen.texts.pgettext("paper", "{net} net + {vat} VAT = {gross}")
    return text.format(net=pen.money(deposit.net), vat=pen.money(vat), gross=pen.money(deposit.gross))


def _discount(pen: Pen) -> list[SumRow]:
    """The sum before the discount on the whole document, and the discount."""
    document, texts = pen.document, pen.texts
    discount = document.discount
    if discount is None:
        return []
    amount = pen.sums.discount(document.shown)
    before = before_discount(document, pen.sums.whole or pen.sums)
    label = discount.reason.strip() or texts.pgettext("paper", "Discount")
    if discount.percent is not None:
        label = f"{label} {texts.percent(discount.percent)}"
    return [
        SumRow(texts.pgettext("paper", "Subtotal"), pen.money(before)),
        SumRow(label, pen.money(-amount)),
    ]


def _added(pen: Pen, vat: VatTotal) -> SumRow:
    text = pen.texts.pgettext("paper", "plus {rate} VAT on {base}")
    label = text.format(rate=pen.texts.percent(vat.rate), base=pen.money(vat.base))
    return SumRow(label, pen.money(vat.amount))


def _contained(pen: Pen, vat: VatTotal) -> SumRow:
    text = pen.texts.pgettext("paper", "includes {rate} VAT on {base}")
    label = text.format(rate=pen.texts.percent(vat.rate), base=pen.money(vat.base))
    return SumRow(label, pen.money(vat.amount), quiet=True)


def _untaxed(pen: Pen, vat: VatTotal) -> SumRow:
    """§ 14 (4) No. 7 UStG: what is exempt is listed apart from what is taxed."""
    return SumRow(pen.texts.pgettext("paper", "of which without VAT"), pen.money(vat.base), quiet=True)


def _prepaid(pen: Pen, paid: Prepayment) -> SumRow:
    details = [pen.texts.date(paid.date) if paid.date else "", pen.line(paid.reference, 40)]
    label = words.prepaid(paid.means, pen.texts)
    if any(details):
        label = f"{label} ({', '.join(detail for detail in details if detail)})"
    return SumRow(label, pen.money(-Money.of(paid.amount, pen.document.currency)))


def blocks(pen: Pen) -> list[Block]:
    """The rows as blocks at the right half of the page, kept together and with the last line."""
    found = rows(pen)
    together = len(found) <= _TOGETHER
    return [
        _block(pen, row, keep=together and number < len(found) - 1, above=_above(found, number))
        for number, row in enumerate(found)
    ]


def _above(found: list[SumRow], number: int) -> float:
    """White above a row: at the start, around what counts, and after an explanation."""
    row, previous = found[number], found[number - 1]
    return (2.2 if number == 0 else 1.4 if previous.quiet and not row.quiet else 0.0) + (
        1.0 if row.strong else 0.0
    )


def _block(pen: Pen, row: SumRow, *, keep: bool, above: float) -> Block:
    size = 10.5 if row.strong else 8.0 if row.quiet else 9.0
    colour = GREY if row.quiet else INK
    label = pen.clean(row.label, 200)
    room = END - X - 4 - fonts.weight(bold=row.strong).width(row.amount) * size / 1000 / MM
    labels = wrap(label, size, max(room, 30), bold=row.strong)
    leading = 4.4 if row.quiet else 5.0
    height = above + leading * len(labels) + (1.6 if row.strong else 0)

    def draw(canvas: Canvas, y: float) -> None:
        ink = pen.look.total_start(canvas, X, y + above - 0.4, y + height - 0.2) if row.strong else colour
        base = y + above + (3.9 if row.strong else 3.4)
        canvas.begin("P")
        with canvas.tagged("Span"):
            for number, text in enumerate(labels):
                canvas.text(X, base + leading * number, text, size, bold=row.strong, colour=ink)
        with canvas.tagged("Span"):
            amount = fitting(row.amount, size, 60, bold=row.strong)
            canvas.text(END, base, row.amount, amount, bold=row.strong, align="right", colour=ink)
        canvas.end()
        if row.strong:
            pen.look.total_end(canvas, X, y + height - 0.2)

    return Block(height, draw, keep=keep)
