"""Weights and sizes as people type and read them."""

from __future__ import annotations

import re

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.typing.amounts import parse_amount
from shopdesk.domain.typing.sizes import find_size

_WEIGHT = re.compile(r"(?i)^(?P<number>.+?)\s*(?P<unit>kg|kilo|g|gramm|gram)?$")


class NotAMeasure(ShopError):
    """A typed weight or size that cannot be read."""

    code = "measure"


def parse_weight(text: str) -> int:
    """`14 kg`, `14,5`, `900 g` → whole grams; a bare number is kilograms."""
    found = _WEIGHT.match(text.strip())
    wrong = NotAMeasure(Message(N_("“{text}” is not a weight. Try 14 kg or 900 g."), {"text": text[:40]}))
    if not found:
        raise wrong
    try:
        number = parse_amount(found["number"])
    except ShopError:
        raise wrong from None
    grams = number if (found["unit"] or "kg").lower().startswith("g") else number * 1000
    if not 0 <= grams < 10_000_000:
        raise wrong
    return int(grams)


def parse_size(text: str) -> tuple[int, int, int]:
    """`90x200` or `90x200x16` (cm) → width, length and height in whole millimetres; no height is 0."""
    found = find_size(text)
    if found is None or found.kind != "dimensions" or len(found.numbers) < 2:
        raise NotAMeasure(
            Message(N_("“{text}” is not a size. Try 90x200 or 90x200x16."), {"text": text[:40]})
        )
    millimetres = [int(number * 10) for number in found.numbers[:3]]
    return (millimetres[0], millimetres[1], millimetres[2] if len(millimetres) > 2 else 0)
