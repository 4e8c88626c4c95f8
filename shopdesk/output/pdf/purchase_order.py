"""Purchase orders on the shop's letterhead, in the supplier's language: a business letter, no tax document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.documents import Document, DocumentKind, Line, Recipient, Seller
from shopdesk.domain.letterheads import InformationPlace, Letterhead
from shopdesk.domain.messages import Message
from shopdesk.domain.names import PersonName
from shopdesk.domain.purchase_orders import DeliverTo, PurchaseLine, PurchaseOrder
from shopdesk.domain.suppliers import Supplier
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.output.pdf import fonts, head, stationery
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.footer import footer
from shopdesk.output.pdf.information import InformationBlock
from shopdesk.output.pdf.layout import (
    LEFT,
    RIGHT,
    Block,
    Frame,
    Page,
    fitting,
    paginate,
    paragraph,
    space,
)
from shopdesk.output.pdf.lines import LineTable
from shopdesk.output.pdf.metadata import Information
from shopdesk.output.pdf.pen import Pen

_LONG = 4000


@dataclass(frozen=True, slots=True)
class PurchasePaper:
    """A finished PDF and what the owner should know about it."""

    pdf: bytes
    warnings: tuple[Message, ...]


def render(
    order: PurchaseOrder, supplier: Supplier, seller: Seller, letterhead: Letterhead, day: dt.date
) -> PurchasePaper:
    """Draw it; the same values give the same bytes. Without a number it says "Draft"."""
    texts = Texts(supplier.language)
    recipient = Recipient(
        company=supplier.name,
        address=supplier.address,
        customer_number=supplier.our_number,
        language=supplier.language,
    )
    document = Document(
        kind=DocumentKind.DELIVERY_NOTE,  # its table says what and how much of it, without sums
        number=order.number,
        seller=seller,
        recipient=recipient,
        date=day,
        lines=tuple(_line(line, texts) for line in order.lines),
    )
    pen = Pen(document, letterhead, texts, totals(document))
    with fonts.printing(letterhead.font):
        drawing = _Drawing(pen, order, title(order, texts))
        pdf = drawing.draw()
    return PurchasePaper(pdf, pen.warnings())


def title(order: PurchaseOrder, texts: Texts) -> str:
    """The subject: "Purchase order B-2026-0001"."""
    if not order.number:
        return texts.pgettext("paper", "Purchase order (draft)")
    return texts.pgettext("paper", "Purchase order {number}").format(number=order.number)


def _line(line: PurchaseLine, texts: Texts) -> Line:
    price = ""
    if line.price is not None:
        amount = texts.number(line.price, 2)
        price = texts.pgettext("paper", "{amount} € each, without VAT").format(amount=amount)
    description = "\n".join(part for part in (line.description.strip(), price) if part)
    return Line(
        text=line.text,
        description=description,
        article_code=line.supplier_code,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=Decimal(0),
    )


class _Drawing:
    """Measured first, then drawn page by page."""

    def __init__(self, pen: Pen, order: PurchaseOrder, subject: str) -> None:
        self.pen, self.order, self.subject = pen, order, pen.line(subject)
        self.table = LineTable(pen)
        self.information = InformationBlock(pen, self._rows())
        self.pages = paginate(self._blocks(), Frame(first_top=self.information.first_top))

    def _rows(self) -> list[tuple[str, str]]:
        texts, order = self.pen.texts, self.order
        date, wished = self.pen.document.date, order.wished
        rows = [
            (texts.pgettext("paper", "Our order number"), order.number),
            (texts.pgettext("paper", "Date"), texts.date(date) if date else ""),
            (texts.pgettext("paper", "Our customer number"), self.pen.document.recipient.customer_number),
            (texts.pgettext("paper", "Commission"), order.commission),
            (texts.pgettext("paper", "Wished delivery"), texts.date(wished) if wished else ""),
        ]
        return [(label, value) for label, value in rows if value]

    def _blocks(self) -> list[Block]:
        pen, texts = self.pen, self.pen.texts
        found: list[Block] = [
            *paragraph(pen.line(texts.say(PersonName().greeting())), keep=True),
            Block(2.0, lambda _canvas, _y: None, keep=True, space=True),
            *paragraph(pen.clean(texts.pgettext("paper", "we order:")), keep=True),
            space(3),
            *self.table.blocks(),
            space(4),
        ]
        for text in self._below():
            found += [*paragraph(pen.clean(text, _LONG)), space(2.4)]
        found += [space(3), *paragraph(pen.clean(texts.pgettext("paper", "Kind regards")), keep=True)]
        seller = pen.document.seller
        return [
            *found,
            Block(4.0, lambda _canvas, _y: None, keep=True, space=True),
            *paragraph(pen.line(seller.owner or seller.name)),
        ]

    def _below(self) -> list[str]:
        texts, order = self.pen.texts, self.order
        found = [order.words.strip()] if order.words.strip() else []
        if order.wished is not None:
            words = texts.pgettext("paper", "We need the goods by {date}.")
            found.append(words.format(date=texts.date(order.wished)))
        found.append(self._where())
        seller = self.pen.document.seller
        confirm = texts.pgettext(
            "paper", "Please confirm the order with the day of delivery, best by mail to {address}."
        )
        found.append(confirm.format(address=seller.email or seller.phone or seller.name))
        return found

    def _where(self) -> str:
        pen, texts, order = self.pen, self.pen.texts, self.order
        if order.deliver_to == DeliverTo.CUSTOMER:
            lines = [line.strip() for line in order.delivery_address.splitlines() if line.strip()]
            words = texts.pgettext("paper", "Please deliver straight to our customer: {address}.")
        else:
            seller = pen.document.seller
            lines = [seller.name, *head.postal_lines(pen, seller.address)]
            words = texts.pgettext("paper", "Please deliver to us: {address}.")
        found = words.format(address=", ".join(lines))
        if order.commission:
            mark = texts.pgettext("paper", "Please mark the parcel with the commission “{name}”.")
            found = f"{found} {mark.format(name=order.commission)}"
        return found

    def draw(self) -> bytes:
        """The bytes."""
        canvas, pen = Canvas(), self.pen
        rows = sum(block.row for page in self.pages for block, _ in page.blocks)
        is_open = False
        for number, page in enumerate(self.pages, 1):
            canvas.new_page()
            if not self.order.number:
                stationery.draft_mark(canvas, pen)
            if number == 1:
                self._first(canvas)
            else:
                stationery.following_head(canvas, pen, self.subject)
            rows, is_open = self._page(canvas, page, rows, is_open=is_open)
            footer(canvas, pen, number, len(self.pages))
        assert pen.document.date is not None
        moment = dt.datetime.combine(pen.document.date, dt.time())
        about = Information(self.subject, pen.line(pen.document.seller.name), "", pen.texts.language, moment)
        return canvas.finish(about)

    def _first(self, canvas: Canvas) -> None:
        pen, information = self.pen, self.information
        stationery.letterhead(canvas, pen, stationery.logo(pen))
        stationery.marks(canvas)
        head.address_field(canvas, pen)
        information.draw_block(canvas)
        if pen.letterhead.information == InformationPlace.ABOVE:
            information.draw_columns(canvas)
        wished, colour = pen.look.subject
        with canvas.tagged("H1"):
            size = fitting(self.subject, wished, RIGHT - LEFT, bold=True)
            canvas.text(LEFT, information.subject, self.subject, size, bold=True, colour=colour)
        if pen.letterhead.information == InformationPlace.BELOW:
            information.draw_columns(canvas)

    def _page(self, canvas: Canvas, page: Page, rows: int, *, is_open: bool) -> tuple[int, bool]:
        blocks: Sequence[tuple[Block, float]] = page.blocks
        has_head = False
        for block, y in blocks:
            if block.row and not has_head:
                has_head = True
                if not is_open:
                    canvas.begin("Table")
                assert page.head is not None
                self.table.head(canvas, page.head, first=not is_open)
                is_open = True
            block.draw(canvas, y)
            if block.row:
                rows -= 1
                if rows == 0:
                    canvas.end()
                    is_open = False
        return rows, is_open
