"""Weights and sizes as people type and read them."""

from __future__ import annotations

import re

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.packed_sizes import PackedSize, roll_of
from shopdesk.domain.shipping_services import Shape
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


_LETTER = re.compile(r"(?i)\b(?:brief|letter)\b")


def parse_packed_size(text: str) -> PackedSize:
    """`60x40x30` is a box, two numbers (`85x25`) a roll's length and diameter, `Brief 30x21x2` a letter; in cm."""
    found = find_size(text)
    if found is None or found.kind != "dimensions" or len(found.numbers) < 2:
        wrong = N_("“{text}” is not a packed size. Try 60x40x30, or 85x25 for a roll 85 cm long.")
        raise NotAMeasure(Message(wrong, {"text": text[:40]}))
    sides = [int(number * 10) for number in found.numbers[:3]]
    if len(sides) == 2:
        return roll_of(sides[0], sides[1])
    return PackedSize(Shape.LETTER if _LETTER.search(text) else Shape.BOX, sides[0], sides[1], sides[2])


_LENGTH = re.compile(r"(?i)^(?P<number>.+?)\s*(?P<unit>cm|mm|m)?$")


def parse_length(text: str) -> int:
    """`120`, `120 cm`, `1,2 m` → whole millimetres; a bare number is centimetres."""
    found = _LENGTH.match(text.strip())
    wrong = NotAMeasure(Message(N_("“{text}” is not a length. Try 120 cm."), {"text": text[:40]}))
    if not found:
        raise wrong
    try:
        number = parse_amount(found["number"])
    except ShopError:
        raise wrong from None
    millimetres = number * {"mm": 1, "m": 1000}.get((found["unit"] or "").lower(), 10)
    if not 0 < millimetres < 100_000:
        raise wrong
    return int(millimetres)


def parse_size_limits(text: str) -> tuple[int, int, int]:
    """`120x60x60` → three sides in millimetres, the longest first."""
    packed = parse_packed_size(text)
    if packed.shape == Shape.ROLL:
        wrong = N_("“{text}” needs three sides. Try 120x60x60.")
        raise NotAMeasure(Message(wrong, {"text": text[:40]}))
    return packed.sides
