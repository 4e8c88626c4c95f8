"""How large things are when they are packed, and how a custom size scales it (S3, S5)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from shopdesk.domain.shipping_services import Shape


@dataclass(frozen=True, slots=True)
class PackedSize:
    """An article as it goes on its way. Whole millimetres; a roll's width and height are its diameter.

    `together`: several may be folded or packed into one parcel; else each piece is a parcel of its own.
    """

    shape: Shape = Shape.BOX
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    together: bool = False

    @property
    def is_known(self) -> bool:
        """Whether nothing of the size is missing."""
        return bool(self.length_mm and self.width_mm and self.height_mm)

    @property
    def sides(self) -> tuple[int, int, int]:
        """The sides, the longest first; a roll's length first, whatever its diameter."""
        if self.shape == Shape.ROLL:
            return (self.length_mm, self.width_mm, self.height_mm)
        longest, middle, shortest = sorted((self.length_mm, self.width_mm, self.height_mm), reverse=True)
        return (longest, middle, shortest)


NOT_PACKED = PackedSize()


def roll_of(length_mm: int, diameter_mm: int, *, together: bool = False) -> PackedSize:
    """A roll of this length and diameter."""
    return PackedSize(Shape.ROLL, length_mm, diameter_mm, diameter_mm, together)


def scaled(packed: PackedSize, own: tuple[int, int], custom: tuple[int, int]) -> PackedSize:
    """The packed size of an article (`own` width and length) that is made to a `custom` one, rounded up.

    A roll keeps its thickness: the side it is rolled along makes it longer, the other one thicker by the square root
    (the area of the end grows with what is wound up). A box keeps its height.
    """
    if not packed.is_known or not all(own) or not all(custom) or own == custom:
        return packed
    short_own, long_own = sorted(own)
    short, long = sorted(custom)
    if packed.shape == Shape.ROLL:
        # rolled up from its longer end unless the roll is as long as the article
        along_long = abs(packed.length_mm - long_own) < abs(packed.length_mm - short_own)
        along, wound = ((long, long_own), (short, short_own))
        if not along_long:
            along, wound = wound, along
        diameter = math.ceil(packed.width_mm * math.sqrt(wound[0] / wound[1]))
        length = _up(packed.length_mm, *along)
        return replace(packed, length_mm=length, width_mm=diameter, height_mm=diameter)
    longest, middle, shortest = packed.sides
    return replace(
        packed,
        length_mm=_up(longest, long, long_own),
        width_mm=_up(middle, short, short_own),
        height_mm=shortest,
    )


def _up(value: int, share: int, whole: int) -> int:
    return -(-value * share // whole)
