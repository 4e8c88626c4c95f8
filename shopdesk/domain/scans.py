"""What came back on paper and was scanned: the order with the customer's signature (PRODUCT.md, S41)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

LARGEST_BYTES = 20_000_000
STARTS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
ENDINGS = ("pdf", "png", "jpg", "jpeg")


@dataclass(frozen=True, slots=True)
class Scan:
    """One stored file of a document, without its bytes; `size` in bytes."""

    id: int
    document_id: int
    name: str
    media_type: str
    sha256: str
    size: int
    added_at: dt.datetime
    version: int


class ScanRefused(ShopError):
    """The file cannot be kept with a document."""

    code = "scan"


def is_scan_name(name: str) -> bool:
    """Whether the file's name ends like that of a scan."""
    return name.lower().endswith(tuple(f".{ending}" for ending in ENDINGS))


def media_type_of(name: str, data: bytes) -> str:
    """What the file is by its own first bytes; raises ScanRefused for what is no scan or too large."""
    if len(data) > LARGEST_BYTES:
        text = N_("“{name}” is larger than 20 MB. Please scan it again with a lower resolution.")
        raise ScanRefused(Message(text, {"name": name}))
    for start, media_type in STARTS.items():
        if data.startswith(start):
            return media_type
    text = N_("“{name}” is no scan: a PDF or a picture (PNG, JPEG) can be kept with a document.")
    raise ScanRefused(Message(text, {"name": name}))
