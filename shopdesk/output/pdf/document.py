"""Quotes and invoices as PDF/A-3b: `render` is all that others need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Document, Line, Recipient, Seller
from shopdesk.domain.letterheads import InformationPlace, Letterhead
from shopdesk.domain.messages import Message
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.output.pdf import ending, fonts, head, stationery, sums
from shopdesk.output.pdf import texts as words
from shopdesk.output.pdf.bills import BillTable
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.footer import footer
from shopdesk.output.pdf.information import InformationBlock
from shopdesk.output.pdf.layout import LEFT, RIGHT, Block, Frame, Page, fitting, paginate, paragraph, space
from shopdesk.output.pdf.lines import LineTable, has_amounts
from shopdesk.output.pdf.metadata import EmbeddedFile, Information
from shopdesk.output.pdf.pen import Pen
from shopdesk.output.pdf.pictures import Picture
from shopdesk.output.pdf.terms import terms_pages

__all__ = ["EmbeddedFile", "Paper", "render", "warm_up"]

_NO_MOMENT = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a draft has no time of its own; metadata are UTC without a zone


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF, what the owner should know about it, and how many pages it has."""

    pdf: bytes
    warnings: tuple[Message, ...]
    pages: int


def render(
    document: Document, letterhead: Letterhead, texts: Texts, *, embedded: tuple[EmbeddedFile, ...] = ()
) -> Paper:
    """Draw the document in the language of `texts`; the same input gives the same bytes.

    Everything may be missing (a draft that is being typed). A draft says "Draft" in place of its number.
    """
    pen = Pen(document, letterhead, texts, totals(document))
    with fonts.printing(letterhead.font):
        table = BillTable(pen) if pen.document.reminder else LineTable(pen)
        information = InformationBlock(pen)
        frame = Frame(first_top=information.first_top)
        pages = [*_pages(pen, table, frame), *terms_pages(pen, frame)]
        canvas = Canvas()
        _Drawing(canvas, pen, table, information, pages).draw()
    pdf = canvas.finish(_about(pen), embedded)
    return Paper(pdf, pen.warnings(), len(pages))


@lru_cache(maxsize=1)
def warm_up() -> None:
    """Read fonts, catalogs, country names and the QR code's tables before the first real paper needs them.

    Does nothing the second time.
    """
    seller = Seller(name="x", iban="DE02120300000000202051")
    line = Line(text="x", unit_price=Decimal(1), discount_percent=Decimal(1))
    abroad = Recipient(address=Address(city="x", country="BG"))
    document = Document(number="x", seller=seller, recipient=abroad, lines=(line,))
    render(document, Letterhead(), Texts("de"))


def _pages(pen: Pen, table: LineTable, frame: Frame) -> list[Page]:
    """Place everything. Where only the ending spills over, a denser page or company for the last words is tried."""
    pages = paginate(_blocks(pen, table), frame)
    if len(pages) == 1 or any(block.row for block, _ in pages[-1].blocks):
        return pages
    pen.density = 0.5
    dense = paginate(_blocks(pen, table), frame)
    if len(dense) < len(pages):
        return dense
    pen.density = 1.0
    if all(block.tail for block, _ in pages[-1].blocks):
        pages = paginate(_tied(_blocks(pen, table)), frame)
    return pages


def _tied(blocks: list[Block]) -> list[Block]:
    """The last words together with what stands above them."""
    first = next(number for number, block in enumerate(blocks) if block.tail)
    start = first - 1
    while start > 0 and not blocks[start - 1].row and not (blocks[start].space and start < first - 1):
        start -= 1
    last = len(blocks) - 1
    return [replace(b, keep=True) if start <= n < last else b for n, b in enumerate(blocks)]


def _blocks(pen: Pen, table: LineTable) -> list[Block]:
    document = pen.document
    rows = table.blocks()
    found = [*_opening(pen), space(3), *rows]
    if has_amounts(document):
        found += sums.blocks(pen)
    elif rows:
        found.append(space(2))
    found += [*ending.tax_notes(pen), *ending.payment(pen), *ending.taken_back(pen), *ending.acceptance(pen)]
    found += [replace(block, tail=True) for block in (*ending.closing(pen), *ending.signature(pen))]
    if pen.density == 1:
        return found
    return [replace(block, height=block.height * pen.density) if block.space else block for block in found]


def _opening(pen: Pen) -> list[Block]:
    """Greeting, first words, and where the goods go when that is elsewhere."""
    document, texts = pen.document, pen.texts
    blocks = paragraph(pen.line(texts.say(document.recipient.person.greeting())), keep=True)
    blocks.append(Block(2.0, lambda _canvas, _y: None, keep=True, space=True))
    intro = words.intro(document, pen.letterhead, texts).strip()
    if intro:
        blocks += paragraph(pen.clean(intro, ending.LONG))
    for text in words.about(document, texts):
        blocks += [space(1.5), *paragraph(pen.clean(text, ending.LONG))]
    if document.recipient.delivery_address and not document.recipient.delivery_address.is_empty:
        lines = head.postal_lines(pen, document.recipient.delivery_address)
        text = texts.pgettext("paper", "Delivery to: {address}").format(address=", ".join(lines))
        blocks += [space(1.5), *paragraph(pen.clean(text, 500))]
    return blocks


def _about(pen: Pen) -> Information:
    document = pen.document
    moment = document.issued_at or (
        dt.datetime.combine(document.date, dt.time()) if document.date else _NO_MOMENT
    )
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC)
    title = pen.line(words.subject(document, pen.texts))
    seller = pen.line(document.seller.name)
    details = [
        title,
        pen.texts.date(document.date) if document.date else "",
        pen.line(document.recipient.name),
    ]
    subject = " · ".join(part for part in details if part)
    return Information(title, seller, subject, pen.texts.language, moment.replace(microsecond=0))


@dataclass(slots=True)
class _Drawing:
    """The second pass: everything has its place."""

    canvas: Canvas
    pen: Pen
    table: LineTable
    information: InformationBlock
    pages: Sequence[Page]
    in_table: bool = False

    def draw(self) -> None:
        image = stationery.logo(self.pen)
        rows = sum(block.row for page in self.pages for block, _ in page.blocks)
        for number, page in enumerate(self.pages, 1):
            self.canvas.new_page()
            if not self.pen.document.number:
                stationery.draft_mark(self.canvas, self.pen)
            if number == 1:
                self._first(image)
            else:
                stationery.following_head(self.canvas, self.pen)
            rows = self._page(page, rows)
            footer(self.canvas, self.pen, number, len(self.pages))

    def _first(self, image: Picture | None) -> None:
        canvas, pen, information = self.canvas, self.pen, self.information
        stationery.letterhead(canvas, pen, image)
        stationery.marks(canvas)
        head.address_field(canvas, pen)
        information.draw_block(canvas)
        if pen.letterhead.information == InformationPlace.ABOVE:
            information.draw_columns(canvas)
        subject = pen.line(words.subject(pen.document, pen.texts))
        wished, colour = pen.look.subject
        with canvas.tagged("H1"):
            size = fitting(subject, wished, RIGHT - LEFT, bold=True)
            canvas.text(LEFT, information.subject, subject, size, bold=True, colour=colour)
        if pen.letterhead.information == InformationPlace.BELOW:
            information.draw_columns(canvas)

    def _page(self, page: Page, rows: int) -> int:
        """Draw one page; the number of rows that are left for the next ones."""
        head_open = False
        for block, y in page.blocks:
            if block.row and not head_open:
                head_open = True
                self._open(page)
            block.draw(self.canvas, y)
            if block.row:
                rows -= 1
                if rows == 0:
                    self.canvas.end()
                    self.in_table = False
        if page.carried_out:
            self.table.carry(self.canvas, *page.carried_out)
        return rows

    def _open(self, page: Page) -> None:
        first = not self.in_table
        if first:
            self.canvas.begin("Table")
            self.in_table = True
        assert page.head is not None
        self.table.head(self.canvas, page.head, first=first)
        if page.carried_in is not None:
            self.table.carry(self.canvas, page.head + Frame().head, page.carried_in)
