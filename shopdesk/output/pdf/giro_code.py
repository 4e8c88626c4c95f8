"""The GiroCode: an EPC QR code (EPC069-12, version 002) that a banking app reads into a transfer."""

from __future__ import annotations

import re
from functools import lru_cache

from shopdesk.domain.document_kinds import asks_for_money
from shopdesk.domain.documents import Document
from shopdesk.domain.money import Money
from shopdesk.domain.vat_ids import iban_is_valid
from shopdesk.output.pdf import qr
from shopdesk.output.pdf.canvas import Canvas

_OVERLAP = 0.06  # points (RULES.md 5)
REFERENCE = 140  # characters of what is written on a transfer
_MOST = 999_999_999_99  # cents
_DARK = re.compile("1+")


def payload(document: Document, payable: Money, reference: str) -> str:
    """The text of the code, or "" where a transfer makes no sense: no EUR, no IBAN, nothing to pay, no bill."""
    seller = document.seller
    iban = "".join(seller.iban[:100].split()).upper()
    wanted = asks_for_money(document) and document.currency == "EUR" and seller.payee.strip()
    if not wanted or not 0 < payable.minor <= _MOST or not iban_is_valid(iban):
        return ""
    name = " ".join(seller.payee.split())[:70]
    bic = "".join(seller.bic.split()).upper()
    lines = [
        "BCD",
        "002",
        "1",
        "SCT",
        bic,
        name,
        iban,
        f"EUR{payable.amount:.2f}",
        "",
        "",
        " ".join(reference.split())[:REFERENCE],
    ]
    data = "\n".join(lines).encode("utf-8", "replace")
    return data.decode("utf-8") if len(data) <= qr.LONGEST else ""


@lru_cache(maxsize=16)
def _modules(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """How many modules a side has, and the dark ones joined along each row: column, row, columns wide."""
    rows = qr.matrix(text.encode())
    runs = [
        (run.start(), number, run.end() - run.start())
        for number, row in enumerate(rows)
        for run in _DARK.finditer(row)
    ]
    return len(rows), runs


def draw(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """The code as black rectangles in a square of `size` mm with its upper left corner at x, y."""
    side, rectangles = _modules(text)
    canvas.modules(x, y, size / side, rectangles, overlap=_OVERLAP)
