"""The foot of each page: its number and the columns that the owner has put together."""

from __future__ import annotations

from shopdesk.domain.documents import Seller
from shopdesk.domain.letterheads import FooterBlock, FooterColumn, HeadStyle
from shopdesk.i18n import Texts
from shopdesk.output.pdf.canvas import HEIGHT, WIDTH, Canvas
from shopdesk.output.pdf.fonts import HARD_SPACE
from shopdesk.output.pdf.layout import GREY, LEFT, LINE, RIGHT, fitting, wrap
from shopdesk.output.pdf.pen import Pen
from shopdesk.output.pdf.stationery import MIDDLE, one_line

_TOP = 272.0
_SIZES = (7.0, 6.5, 6.0, 5.5, 5.0)
_LEADING, _ROOM = 0.45, 22.2  # mm for a point; mm for all lines
_GAP = 5.0
_WORD = 48.0  # mm that a word without blanks may take from the other columns
_MOST = 11  # lines of a column


def footer_columns(pen: Pen) -> list[list[str]]:
    """Who we are, how to reach us, tax and register (§ 35a GmbHG, § 37a HGB), the bank; empty ones are left out."""
    columns = [_column(pen, column) for column in pen.letterhead.columns]
    return [column for column in columns if column]


def _column(pen: Pen, column: FooterColumn) -> list[str]:
    lines = [line for block in column.blocks for line in _block(pen, block, column.text)]
    found = [_together(pen.line(line, 160)) for line in lines if line.strip()]
    if len(found) > _MOST:
        pen.cut[pen.short(found[_MOST], 30)] = None
    return found[:_MOST]


def _together(line: str) -> str:
    """An IBAN's groups stay on one line."""
    return line.replace(" ", HARD_SPACE) if line.startswith("IBAN ") else line


def _block(pen: Pen, block: FooterBlock, text: str) -> list[str]:
    seller, texts = pen.document.seller, pen.texts
    if block == FooterBlock.ADDRESS:
        return [seller.name, _owner(pen), *one_line(pen, seller.address)]
    if block == FooterBlock.CONTACT:
        return [_labelled(texts.pgettext("paper", "Phone"), seller.phone), seller.email, seller.website]
    if block == FooterBlock.REGISTER:
        return [*_register(seller, texts), *_tax_numbers(seller, texts)]
    if block == FooterBlock.BANK:
        return _bank(pen)
    return text.splitlines()


def _bank(pen: Pen) -> list[str]:
    seller, iban = pen.document.seller, pen.iban()
    if not iban:
        return [seller.bank]
    return [
        seller.payee,
        seller.bank,
        _labelled("IBAN", iban),
        _labelled("BIC", seller.bic),
    ]


def _owner(pen: Pen) -> str:
    seller = pen.document.seller
    if not seller.owner or seller.managing_directors:
        return ""
    return pen.texts.pgettext("paper", "Owner: {name}").format(name=seller.owner)


def _labelled(label: str, value: str) -> str:
    return f"{label} {value}" if value else ""


def _register(seller: Seller, texts: Texts) -> list[str]:
    directors = seller.managing_directors
    return [
        seller.legal_form,
        texts.pgettext("paper", "Managing directors: {names}").format(names=directors) if directors else "",
        " ".join(part for part in (seller.register_court, seller.register_number) if part),
    ]


def _tax_numbers(seller: Seller, texts: Texts) -> list[str]:
    return [
        _labelled(texts.pgettext("paper", "VAT ID"), seller.vat_id),
        _labelled(texts.pgettext("paper", "Tax number"), seller.tax_number),
    ]


def footer(canvas: Canvas, pen: Pen, page: int, pages: int) -> None:
    """The page number above it, then up to four columns from 269 mm."""
    head = pen.look.head
    columns = footer_columns(pen)
    with canvas.artifact():
        text = pen.texts.pgettext("paper", "Page {page} of {pages}").format(page=page, pages=pages)
        if head == HeadStyle.CENTRED:
            canvas.text(MIDDLE, 265.2, text, 7.5, align="center", colour=GREY)
        else:
            canvas.text(RIGHT, 265.2, text, 7.5, align="right", colour=GREY)
        if not columns:
            return
        if head == HeadStyle.BAND:
            canvas.area(0, 267.6, WIDTH, HEIGHT - 267.6, colour=pen.look.tint)
            canvas.area(0, 267.2, WIDTH, 0.6, colour=pen.look.accent)
        else:
            colour = LINE if head == HeadStyle.LEFT else pen.look.accent
            canvas.rule(LEFT, 268, RIGHT, 268, width=0.4, colour=colour)
        _columns(canvas, columns)


def _columns(canvas: Canvas, columns: list[list[str]]) -> None:
    """Columns as wide as their words, the space between them even; much text is drawn smaller and together."""
    for size in _SIZES:
        widths, gap = _widths(canvas, columns, size)
        folded = [
            [part for line in column for part in _folded(line, size, width)]
            for column, width in zip(columns, widths, strict=True)
        ]
        if max(map(len, folded)) * size * _LEADING <= _ROOM:
            break
    pitch = min(size * _LEADING, _ROOM / max(map(len, folded)))
    x = LEFT
    for lines, width in zip(folded, widths, strict=True):
        for number, line in enumerate(lines):
            canvas.text(x, _TOP + pitch * number, line, fitting(line, size, width), colour=GREY)
        x += width + gap


def _folded(line: str, size: float, width: float) -> list[str]:
    return [line] if fitting(line, size, width) >= 0.85 * size else wrap(line, size, width)


def _widths(canvas: Canvas, columns: list[list[str]], size: float) -> tuple[list[float], float]:
    """The columns' widths and the gap between them: as their lines are, else at least as their longest words."""
    room = RIGHT - LEFT - _GAP * (len(columns) - 1)
    wished = [max(canvas.width(line, size) for line in column) for column in columns]
    if sum(wished) <= room:
        return wished, _GAP + (room - sum(wished)) / max(len(columns) - 1, 1)
    least = [
        min(max(canvas.width(word, size) for line in column for word in line.split(" ")), _WORD)
        for column in columns
    ]
    rest, wanted = room - sum(least), sum(wished) - sum(least)
    if rest < 0:
        return [width * room / sum(least) for width in least], _GAP
    shares = zip(least, wished, strict=True)
    return [width + (wish - width) * rest / wanted for width, wish in shares], _GAP
