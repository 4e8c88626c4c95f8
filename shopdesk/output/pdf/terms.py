"""The shop's terms on pages of their own behind an order that the customer signs (PRODUCT.md, S41)."""

from __future__ import annotations

from shopdesk.domain.documents import DocumentKind
from shopdesk.output.pdf.layout import Block, Frame, Page, paginate, paragraph, space
from shopdesk.output.pdf.pen import Pen

LONGEST = 60_000
_SIZE, _LEADING = 8.0, 3.7


def terms_pages(pen: Pen, frame: Frame) -> list[Page]:
    """The pages, or none where nothing is signed or the shop has no terms in this language."""
    document = pen.document
    text = pen.letterhead.terms_in(document.language).strip()
    if document.kind != DocumentKind.ORDER_CONFIRMATION or not document.sale.to_sign or not text:
        return []
    following = Frame(first_top=frame.next_top, next_top=frame.next_top, bottom=frame.bottom)
    return paginate(_blocks(pen, text), following)


def _blocks(pen: Pen, text: str) -> list[Block]:
    heading = pen.clean(pen.texts.pgettext("paper", "Terms and conditions"))
    blocks = [*paragraph(heading, size=12, leading=6, bold=True, keep=True), space(2)]
    for part in text[:LONGEST].split("\n\n"):
        blocks += [*paragraph(pen.clean(part.strip(), LONGEST), size=_SIZE, leading=_LEADING), space(1.6)]
    return blocks
