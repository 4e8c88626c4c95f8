"""The GiroCode: an EPC QR code (EPC069-12, version 002) that a banking app reads into a transfer."""

from __future__ import annotations

from functools import lru_cache

from shopdesk.domain.documents import Document
from shopdesk.domain.money import Money
from shopdesk.output.pdf.canvas import MM, Canvas
from shopdesk.output.pdf.texts import BILLS

_OVERLAP = 0.06 / MM  # rows overlap by 0.06 pt: no white hairlines between them on any screen
_MOST = Money(999_999_999_99)


def payload(document: Document, payable: Money, reference: str) -> str:
    """The text of the code, or "" where a transfer makes no sense: no EUR, no IBAN, nothing to pay, no bill."""
    seller = document.seller
    iban = "".join(seller.iban.split()).upper()
    wanted = document.kind in BILLS and document.currency == "EUR" and iban and seller.payee.strip()
    if not wanted or payable.minor <= 0 or _MOST < payable:
        return ""
    name = " ".join(seller.payee.split())[:70]
    bic = "".join(seller.bic.split()).upper()
    lines = ["BCD", "002", "1", "SCT", bic, name, iban, f"EUR{payable.amount:.2f}", "", "", " ".join(reference.split())[:140]]
    text = "\n".join(lines)
    return text if len(text.encode("utf-8", "replace")) <= 331 else ""


@lru_cache(maxsize=64)
def _rows(text: str) -> tuple[tuple[int, ...], ...]:
    import segno

    # A fixed mask saves trying all eight; readers do not care
    code = segno.make(text, error="m", boost_error=False, micro=False, encoding="utf-8", mask=4)
    return tuple(tuple(row) for row in code.matrix)


def draw(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """The code as black rectangles in a square of `size` mm with its upper left corner at x, y."""
    rows = _rows(text)
    module = size / len(rows)
    rectangles = []
    for number, row in enumerate(rows):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                top = y + number * module - _OVERLAP / 2
                rectangles.append((x + start * module, top, (end - start) * module, module + _OVERLAP))
            start = end + 1
    canvas.areas(rectangles)
