"""The picture on a customer's card: optional, small, without anything but its pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

EDGE = 480
"""The longer edge of a stored picture, in pixels."""
LARGEST_BYTES = 20_000_000
MOST_PIXELS = 60_000_000
"""A telephone's camera takes up to 50 million; more is a mistake, or meant to use up the memory."""


@dataclass(frozen=True, slots=True)
class CustomerPhoto:
    """A stored picture; `data` is a JPEG."""

    id: int
    customer_id: int
    data: bytes = field(repr=False)
    version: int


class PhotoRefused(ShopError):
    """The file is no picture that can be shown on the card."""

    code = "customer-photo"

    def __init__(self, name: str) -> None:
        text = N_("“{name}” cannot be shown on the card: a photo is a JPEG or PNG file of at most 20 MB.")
        super().__init__(Message(text, {"name": name}))
