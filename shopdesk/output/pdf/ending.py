"""What follows the sums: tax notes, how and when to pay with the GiroCode, the acceptance of a quote, the closing."""

from __future__ import annotations

from dataclasses import replace

from shopdesk.domain.document_kinds import asks_for_money
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.messages import P_
from shopdesk.domain.printed_amounts import cash_discount
from shopdesk.output.pdf import giro_code
from shopdesk.output.pdf import texts as words
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import (
    BODY,
    GREY,
    INK,
    LEADING,
    LEFT,
    RIGHT,
    SMALL,
    Block,
    fitting,
    paragraph,
    space,
    wrap,
)
from shopdesk.output.pdf.pen import Pen
from shopdesk.output.pdf.sale_notes import sale_notes

CODE = 30.0  # mm: a module of the longest usual code is then wider than two pixels at 150 dpi
LONG = 6_000


def tax_notes(pen: Pen) -> list[Block]:
    """Why there is no VAT, or another; the German wording of the law beside every translation."""
    blocks: list[Block] = []
    for note, german in words.tax_notes(pen.document, pen.texts):
        blocks += paragraph(pen.clean(note, LONG), size=9, leading=4.4)
        if german:
            blocks += paragraph(pen.clean(german), size=SMALL, leading=3.9, colour=GREY, language="de")
    for text in (words.cash_accounting(pen.document, pen.texts), *sale_notes(pen.document, pen.texts)):
        if not text:
            continue
        blocks += paragraph(pen.clean(text), size=9, leading=4.4)
    return [space(4), *blocks] if blocks else []


def payment(pen: Pen) -> list[Block]:
    """How and when to pay, on bills only."""
    document, sums = pen.document, pen.sums
    if not asks_for_money(document):
        return []
    if not (document.lines or document.reminder):
        return []
    if sums.payable.minor <= 0:
        return [space(4), *paragraph(pen.clean(_settled(pen)))] if document.prepaid else []
    code = giro_code.payload(document, sums.payable, _reference(pen)) if pen.letterhead.giro_code else ""
    width = RIGHT - LEFT - (CODE + 10 if code else 0)
    sentences = [line for text in _sentences(pen) for line in wrap(pen.clean(text), 9, width)]
    heading = pen.clean(pen.texts.pgettext("paper", "Payment"))
    return [space(5), _payment_block(pen, heading, sentences, code), *_late_notice(pen)]


def _settled(pen: Pen) -> str:
    return pen.texts.pgettext("paper", "The amount is already paid. Thank you!")


def _reference(pen: Pen) -> str:
    """What the customer writes on the transfer: of a reminder the bills it is about (at most 140 characters)."""
    if pen.document.reminder is None:
        return words.number(pen.document, pen.texts)
    numbers = ""
    for bill in pen.document.reminder.bills:
        longer = f"{numbers}, {bill.reference.number}" if numbers else bill.reference.number
        numbers = longer if len(longer) <= giro_code.REFERENCE else numbers
    return numbers


def _sentences(pen: Pen) -> list[str]:
    document, texts = pen.document, pen.texts
    found = []
    if document.reminder is not None:
        return _reminding(pen)
    if document.prepay:
        found.append(texts.pgettext("paper", "Please transfer the amount in advance."))
        found.append(words.prepay_sentence(document, texts))
    elif document.due:
        due = texts.date(document.due)
        found.append(
            texts.pgettext("paper", "Please pay the amount by {date} without deduction.").format(date=due)
        )
    else:
        found.append(
            texts.pgettext("paper", "Please pay the amount on receipt of this invoice, without deduction.")
        )
    if document.cash_discount and not document.prepay:
        less = cash_discount(document, pen.sums)
        amounts = (pen.money(less), pen.money(pen.sums.payable - less))
        found.append(words.cash_discount_sentence(document, amounts, texts))
    return found


def _reminding(pen: Pen) -> list[str]:
    texts = pen.texts
    found = []
    if pen.document.due:
        due = texts.date(pen.document.due)
        found.append(texts.pgettext("paper", "Please transfer the open amount by {date}.").format(date=due))
    found.append(
        texts.pgettext("paper", "If you have paid in the last days, please take this letter as settled.")
    )
    return found


def taken_back(pen: Pen) -> list[Block]:
    """What happens to the money after a correction."""
    text = words.taken_back(pen.document, pen.texts)
    return [space(4), *paragraph(pen.clean(text))] if text else []


def _account(pen: Pen) -> list[tuple[str, str]]:
    """The exact account holder, the IBAN in groups of four, the BIC, the reference."""
    seller, texts = pen.document.seller, pen.texts
    if not pen.iban():
        return []
    rows = [
        (texts.pgettext("paper", "Account holder"), seller.payee),
        ("IBAN", pen.iban()),
        ("BIC", " · ".join(part for part in (seller.bic, seller.bank) if part)),
        (texts.pgettext("paper", "Reference"), _reference(pen)),
    ]
    return [(pen.line(label), pen.line(value, 90)) for label, value in rows if value]


def _payment_block(pen: Pen, heading: str, sentences: list[str], code: str) -> Block:
    account = _account(pen)
    text_height = 5.4 + 4.4 * len(sentences) + (1.6 + 4.4 * len(account) if account else 0)
    height = max(text_height, CODE + 4.5 if code else 0)

    def draw(canvas: Canvas, y: float) -> None:
        base = y + 3.5
        with canvas.tagged("H2"):
            canvas.text(LEFT, base, heading, 10, bold=True, colour=INK)
        base += 5.4
        with canvas.tagged("P"):
            for line in sentences:
                canvas.text(LEFT, base, line, 9, colour=INK)
                base += 4.4
        base += 1.6
        _draw_account(canvas, account, base, RIGHT - LEFT - (CODE + 10 if code else 0))
        if code:
            _draw_code(canvas, pen, code, y)

    return Block(height, draw)


def _draw_account(canvas: Canvas, account: list[tuple[str, str]], base: float, room: float) -> None:
    if not account:
        return
    column = max(canvas.width(label, SMALL) for label, _ in account) + 4
    for label, value in account:
        with canvas.tagged("P"):
            canvas.text(LEFT, base, label, SMALL, colour=GREY)
            canvas.text(LEFT + column, base, value, fitting(value, 9, room - column), colour=INK)
        base += 4.4


def _draw_code(canvas: Canvas, pen: Pen, code: str, y: float) -> None:
    x = RIGHT - CODE
    text = pen.texts.pgettext("paper", "GiroCode: transfer of {amount} to {name}, reference {reference}")
    values = {
        "amount": pen.money(pen.sums.payable),
        "name": pen.short(pen.document.seller.payee, 70),
        "reference": _reference(pen),
    }
    with canvas.tagged("Figure", alternative=text.format(**values), attributes=canvas.box(x, y, CODE, CODE)):
        giro_code.draw(canvas, code, x, y, CODE)
    caption = pen.clean(pen.texts.pgettext("paper", "Pay by GiroCode"))
    with canvas.tagged("Caption"):
        canvas.text(
            x + CODE / 2, y + CODE + 3.6, caption, fitting(caption, 7, CODE), align="center", colour=GREY
        )


def _late_notice(pen: Pen) -> list[Block]:
    """§ 286 (3) BGB: consumers are told when they would be in default; not with payment in advance (RULES.md 3, 7)."""
    document = pen.document
    if document.recipient.is_business or document.prepay or document.reminder:
        return []
    text = pen.texts.pgettext(
        "paper",
        "You are in default at the latest if you do not pay within 30 days of the due date and receipt of this invoice "
        "(§ 286 (3) BGB).",
    )
    return [space(2), *paragraph(pen.clean(text), size=7.5, leading=3.6, colour=GREY)]


_SIGNED = {
    DocumentKind.QUOTE: P_("paper", "I accept this quote:"),
    DocumentKind.ORDER_CONFIRMATION: P_("paper", "I place this order and have received the terms:"),
    DocumentKind.DELIVERY_NOTE: P_("paper", "Goods received complete and undamaged:"),
}


def acceptance(pen: Pen) -> list[Block]:
    """How long a quote holds, and the line to sign on."""
    document, texts = pen.document, pen.texts
    if document.kind != DocumentKind.QUOTE:
        return []
    blocks = [space(4)]
    if document.due:
        text = texts.pgettext("paper", "This quote is valid until {date}.").format(
            date=texts.date(document.due)
        )
        blocks += paragraph(pen.clean(text))
    if document.cash_discount:
        less = cash_discount(document, pen.sums)
        amounts = (pen.money(less), pen.money(pen.sums.payable - less))
        # the days count from the invoice, whose date nobody knows yet
        blocks += paragraph(
            pen.clean(words.cash_discount_sentence(replace(document, date=None), amounts, texts))
        )
    return blocks


def signature(pen: Pen) -> list[Block]:
    """Two lines to fill in by hand."""
    kind = pen.document.kind
    if kind not in _SIGNED or (kind == DocumentKind.ORDER_CONFIRMATION and not pen.document.sale.to_sign):
        return []
    heading = pen.clean(pen.texts.pgettext(words.PAPER, _SIGNED[kind]))
    labels = [pen.texts.pgettext("paper", "Place, date"), pen.texts.pgettext("paper", "Signature")]

    def draw(canvas: Canvas, y: float) -> None:
        with canvas.tagged("P"):
            canvas.text(LEFT, y + 3.6, heading, 9, bold=True, colour=INK)
        for x, label in zip((LEFT, 112.0), labels, strict=True):
            with canvas.artifact():
                canvas.rule(x, y + 17, x + 78, y + 17, width=0.5, colour=GREY)
            with canvas.tagged("P"):
                canvas.text(x, y + 20.6, pen.clean(label), 7.5, colour=GREY)

    return [space(8), Block(22, draw)]


def closing(pen: Pen) -> list[Block]:
    """The last words, the regards and the name."""
    document, texts = pen.document, pen.texts
    words_ = words.closing(document, pen.letterhead, texts).strip()
    blocks = [space(5)]
    if words_:
        blocks += paragraph(pen.clean(words_, LONG), keep=True)
        blocks.append(Block(2.2, lambda _canvas, _y: None, keep=True, space=True))
    name = pen.line(document.seller.owner or document.seller.name)
    blocks += paragraph(pen.clean(texts.pgettext("paper", "Kind regards")), keep=bool(name))
    if name:
        blocks += paragraph(name, size=BODY, leading=LEADING + 0.6)
    return blocks
