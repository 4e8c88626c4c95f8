"""The table of lines: columns measured from their contents, rows as blocks, head and carry-over."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shopdesk.domain.documents import WITHOUT_AMOUNT, Document, DocumentKind, Line, LineKind, Prices
from shopdesk.domain.money import Money, exponent
from shopdesk.domain.printed_amounts import line_discount, listed, unit_price
from shopdesk.domain.totals import LineTotal
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf import texts as words
from shopdesk.output.pdf.canvas import MM, Canvas
from shopdesk.output.pdf.layout import GREY, LEFT, LINE, RIGHT, SMALL, Block, wrap
from shopdesk.output.pdf.pen import MINUS, Pen
from shopdesk.output.pdf.rows import PADDING, SIZE, Cells, Columns, Row, TextLine

GAP = 4.0
_WITH_RATE = frozenset(
    {"S", "Z"}
)  # the categories whose rate the customer reads; the others say why there is none
_NO_RATE = "–"
CHUNK = 11  # text lines in one block: longer texts go on over the page
NAME_LIMIT, DESCRIPTION_LIMIT = 1_000, 6_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its number from 0 of `count`; `note`: text without figures; `keep`: with what follows."""

    number: int
    count: int
    note: bool = False
    keep: bool = False


class LineTable:
    """The lines of one document: measured once, drawn where the pages put them."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        rates = {key for row in pen.sums.lines if row for key, _ in row.vat}
        self.shows_vat = len(rates) > 1 and not self.without_prices
        self.cells = self._cells()
        self.columns = self._columns()

    def blocks(self) -> list[Block]:
        """All rows; a subtotal and the last row stay with what is above and below them."""
        document = self.pen.document
        blocks: list[Block] = []
        running = None if self.without_prices else Money(0, document.currency)
        rows = zip(document.lines, self.pen.sums.lines, self.cells, strict=True)
        for number, (line, total, cells) in enumerate(rows):
            if running is not None and total and line.kind not in WITHOUT_AMOUNT and not line.option:
                running += total.shown(document.shown)
            following = document.lines[number + 1] if number + 1 < len(document.lines) else None
            last = following is None or following.kind == LineKind.SUBTOTAL
            place = Place(number, len(document.lines), note=total is None, keep=last)
            blocks += self.row(place, self._text(line, total), cells, running)
        return blocks

    # --- figures ----------------------------------------------------------------------------------------------

    @property
    def without_prices(self) -> bool:
        """A delivery note says what comes and how much of it, not what it costs."""
        return self.pen.document.kind == DocumentKind.DELIVERY_NOTE

    def _cells(self) -> list[Cells]:
        found, position = [], 0
        for line, total in zip(self.pen.document.lines, self.pen.sums.lines, strict=True):
            if total is None:
                found.append(Cells())
            elif line.kind == LineKind.SUBTOTAL:
                found.append(Cells(amount=self.pen.amount(total.shown(self.pen.document.shown))))
            else:
                position += 1
                found.append(self._figures(str(position), line, total))
        return found

    def _figures(self, position: str, line: Line, total: LineTotal) -> Cells:
        pen, document = self.pen, self.pen.document
        cancelled = document.kind == DocumentKind.CANCELLATION
        quantity = f"{MINUS if cancelled else ''}{pen.texts.number(line.quantity)}"
        unit = words.unit(line.kind, line.unit, pen.texts)
        quantity = pen.line(f"{quantity}\u00a0{unit}" if unit else quantity, 40)
        if self.without_prices:
            return Cells(position, quantity)
        price = unit_price(document, line, total)
        amount = pen.amount(total.shown(document.shown))
        return Cells(
            position=position,
            quantity=quantity,
            price="" if price is None else pen.line(_price(pen, price), 40),
            vat=self._rates(total) if self.shows_vat else "",
            amount=f"({amount})" if line.option else amount,
        )

    def _rates(self, total: LineTotal) -> str:
        """The rates of a line; a dash for the line or the part of it where no VAT is shown."""
        keys = [key for key, _amount in total.vat]
        rates = dict.fromkeys(rate for category, rate in keys if category in _WITH_RATE)
        if not rates:
            return _NO_RATE
        texts = [self.pen.texts.number(rate) for rate in rates]
        if any(category not in _WITH_RATE for category, _rate in keys):
            texts.insert(0, _NO_RATE)
        return self.pen.clean(" / ".join(texts) + "\u00a0%")

    def _columns(self) -> Columns:
        heads = self.heads()

        def width(values: list[str], limit: float) -> float:
            return min(max([_width(value) for value in values], default=0.0), limit)

        amount = width([heads.amount, *(cells.amount for cells in self.cells)], 36)
        vat = width([heads.vat, *(cells.vat for cells in self.cells)], 18) if self.shows_vat else 0.0
        price = width([heads.price, *(cells.price for cells in self.cells)], 30)
        quantity = width([heads.quantity, *(cells.quantity for cells in self.cells)], 28)
        right = RIGHT - 1.5
        position = max(width([heads.position], 14), 6.0)
        name = LEFT + 1.5 + position + 2.5
        if self.without_prices:
            return Columns(name, right - quantity - GAP - name, right, 0, 0, 0)
        vat_right = right - amount - GAP
        price_right = vat_right - vat - GAP if vat else vat_right
        quantity_right = price_right - price - GAP
        return Columns(
            name,
            quantity_right - quantity - GAP - name,
            quantity_right,
            price_right,
            vat_right if vat else 0,
            right,
        )

    def heads(self) -> Cells:
        """The words over the columns."""
        pen, texts = self.pen, self.pen.texts
        if pen.document.shown == Prices.NET:
            amount = texts.pgettext("paper", "Net amount {currency}")
        else:
            amount = texts.pgettext("paper", "Amount {currency}")
        return Cells(
            position=pen.clean(texts.pgettext("paper", "No.")),
            quantity=pen.clean(texts.pgettext("paper", "Quantity")),
            price=pen.clean(texts.pgettext("paper", "Unit price")),
            vat=pen.clean(texts.pgettext("paper", "VAT")) if self.shows_vat else "",
            amount=pen.clean(amount.format(currency=pen.currency)),
        )

    # --- drawing ----------------------------------------------------------------------------------------------

    def head(self, canvas: Canvas, y: float, *, first: bool) -> None:
        """The words over the columns, 8 mm high; read aloud on the first page only."""
        heads, columns = self.heads(), self.columns
        name = self.pen.clean(self.pen.texts.pgettext("paper", "Description"))
        cells = [
            (LEFT + 1.5, heads.position, False),
            (columns.name, name, False),
            (columns.quantity, heads.quantity, True),
            *([(columns.price, heads.price, True)] if columns.price else []),
            *([(columns.vat, heads.vat, True)] if columns.vat else []),
            *([(columns.amount, heads.amount, True)] if columns.amount else []),
        ]
        with canvas.artifact():
            ink = self.pen.look.table_head(canvas, y, 6.6)
        if first:
            canvas.begin("TR")
        for x, text, right in cells:
            context = (
                canvas.tagged("TH", attributes=b"<</O/Table/Scope/Column>>") if first else canvas.artifact()
            )
            with context:
                canvas.text(x, y + 4.5, text, 8, bold=True, align="right" if right else "left", colour=ink)
        if first:
            canvas.end()

    def carry(self, canvas: Canvas, y: float, amount: Money) -> None:
        """The sum so far at the end of a page and at the start of the next, 6.5 mm high."""
        text = self.pen.clean(self.pen.texts.pgettext("paper", "Carried forward"))
        with canvas.artifact():
            canvas.text(self.columns.name, y + 4.4, text, SMALL, bold=True, colour=GREY)
            canvas.text(
                self.columns.amount,
                y + 4.4,
                self.pen.amount(amount),
                SIZE,
                bold=True,
                align="right",
                colour=GREY,
            )
            canvas.rule(LEFT, y + 6.4, RIGHT, y + 6.4, width=0.25, colour=LINE)

    def row(self, place: Place, texts: list[TextLine], cells: Cells, running: Money | None) -> list[Block]:
        """One row as blocks: a long text may go on over the page."""
        chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)] or [[]]
        padding = PADDING * self.pen.density
        blocks = []
        for part, chunk in enumerate(chunks):
            first, last = part == 0, part == len(chunks) - 1
            row = Row(
                self.columns,
                cells if first else Cells(),
                chunk,
                above=padding if first else 0.0,
                below=padding if last else 0.0,
                note=place.note,
                look=self.pen.look,
                number=place.number,
                last=place.number == place.count - 1,
            )
            blocks.append(Block(row.height, row.draw, keep=place.keep and last, row=True, running=running))
        return blocks

    def _text(self, line: Line, total: LineTotal | None) -> list[TextLine]:
        pen, width = self.pen, self.columns.name_width
        if line.kind == LineKind.SUBTOTAL:
            label = line.text or pen.texts.pgettext("paper", "Subtotal")
            return [
                TextLine(part, bold=True)
                for part in wrap(pen.clean(label, NAME_LIMIT), SIZE, width, bold=True)
            ]
        if total is None:
            width = RIGHT - 1.5 - self.columns.name
            text = "\n".join(part for part in (line.text, line.description) if part.strip())
            return [TextLine(part) for part in wrap(pen.clean(text, DESCRIPTION_LIMIT), SIZE, width)]
        found = [TextLine(part) for part in wrap(pen.clean(line.text.strip(), NAME_LIMIT), SIZE, width)]
        for text in (line.description.strip(), *self._remarks(line, total)):
            if text:
                parts = wrap(pen.clean(text, DESCRIPTION_LIMIT), SMALL, width)
                found += [TextLine(part, SMALL, colour=GREY) for part in parts]
        return found

    def _remarks(self, line: Line, total: LineTotal) -> list[str]:
        pen, texts = self.pen, self.pen.texts
        remarks = [words.option(line.option, texts)] if line.option else []
        if line.article_code:
            remarks.append(texts.pgettext("paper", "Article no. {code}").format(code=line.article_code))
        if self.without_prices:
            return remarks
        if line.discount_percent == 100 and total.listed:
            worth = pen.money(abs(listed(pen.document, total)))
            remarks.append(texts.pgettext("paper", "On the house – worth {amount}").format(amount=worth))
        elif line.discount_percent:
            remarks.append(
                texts.pgettext("paper", "less {percent} discount {amount}").format(
                    percent=texts.percent(line.discount_percent),
                    amount=pen.money(-line_discount(pen.document, line, total)),
                )
            )
        return remarks


def _width(text: str) -> float:
    return fonts.weight(bold=True).width(text) * SIZE / 1000 / MM


def _price(pen: Pen, price: Decimal) -> str:
    """A unit price with its own decimals, at least those of the currency."""
    places = exponent(pen.document.currency)
    own = -int(price.normalize().as_tuple().exponent) if price else 0
    text = pen.texts.number(abs(price), max(places, min(own, 6)))
    return f"−{text}" if price < 0 else text


def has_amounts(document: Document) -> bool:
    """Whether the lines come to anything that can be summed up."""
    if document.kind == DocumentKind.DELIVERY_NOTE:
        return False
    return document.reminder is not None or any(line.kind not in WITHOUT_AMOUNT for line in document.lines)
