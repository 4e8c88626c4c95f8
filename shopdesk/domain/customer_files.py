"""Files kept with a customer: a floor plan, a photograph, a signed consent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.scans import LARGEST_BYTES, STARTS


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """One stored file of a customer, without its bytes; `size` in bytes."""

    id: int
    customer_id: int
    name: str
    media_type: str
    sha256: str
    size: int
    added_at: dt.datetime
    version: int


class FileRefused(ShopError):
    """The file cannot be kept with a customer."""

    code = "customer-file"


def media_type_of(name: str, data: bytes) -> str:
    """What the file is by its own first bytes; raises FileRefused for what could harm when opened, or is too large."""
    if len(data) > LARGEST_BYTES:
        text = N_("“{name}” is larger than 20 MB. Please keep a smaller copy.")
        raise FileRefused(Message(text, {"name": name}))
    for start, media_type in STARTS.items():
        if data.startswith(start):
            return media_type
    text = N_("“{name}” cannot be kept with a customer: only PDFs and pictures (PNG, JPEG) can.")
    raise FileRefused(Message(text, {"name": name}))
