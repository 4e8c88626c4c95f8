"""What is known about a thing to be shipped: from its article, from the line's own words, from the last time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from shopdesk.domain.articles import Article
from shopdesk.domain.documents import Line, LineKind, LineOption
from shopdesk.domain.folding import fold
from shopdesk.domain.money import Money
from shopdesk.domain.packed_sizes import NOT_PACKED, PackedSize, roll_of
from shopdesk.domain.parcels import MOST_PIECES, Piece, Question, Wanted
from shopdesk.domain.shipping_services import Shape
from shopdesk.domain.typing.sizes import FoundSize, find_size

_WEIGHT = re.compile(r"(?<![\w.,])(\d{1,4}(?:[.,]\d{1,3})?)\s*(kg|kilo|g|gramm)\b", re.IGNORECASE)
_ROLL = re.compile(r"\b(?:rolle|rollen|roll|rolls|rollware|gerollt|rolled)\b", re.IGNORECASE)
_COUNTED = frozenset({"", "C62", "H87", "SET", "PR", "EA"})
"""UN/ECE Rec 20: what is counted in pieces."""


@dataclass(frozen=True, slots=True)
class PackedText:
    """Weight, packed size and customs data of a thing that is no article.

    `value` is what customs is told of one that the customer gets for nothing, without VAT.
    """

    weight_grams: int = 0
    packed: PackedSize = NOT_PACKED
    packaging_grams: int = 0
    hs_code: str = ""
    origin: str = ""
    value: Money | None = None


NOTHING = PackedText()


def key_of(text: str) -> str:
    """By which a thing is remembered: its words without capitals and accents."""
    return " ".join(fold(text).split())[:200]


def bare_name(text: str) -> str:
    """The text without its size: the article that a custom size was made of."""
    found = find_size(text)
    bare = f"{text[: found.span[0]]} {text[found.span[1] :]}" if found else text
    return " ".join(bare.replace(" cm", " ").split())


def size_of(text: str) -> tuple[int, int] | None:
    """Width and length in millimetres that a line's text names."""
    found = find_size(text)
    if found is None or found.kind != "dimensions" or len(found.numbers) < 2:
        return None
    return int(found.numbers[0] * 10), int(found.numbers[1] * 10)


def of_words(text: str) -> PackedText:
    """What the words themselves say: “Rolle 85 x 25 cm, 9 kg”, “Paket 60x40x30 12,5 kg”."""
    weight = _WEIGHT.search(text)
    grams = 0
    if weight:
        number = Decimal(weight[1].replace(",", "."))
        grams = int(number if weight[2].lower().startswith("g") else number * 1000)
    found = find_size(text)
    return PackedText(grams, _packed(text, found) if found else NOT_PACKED)


def _packed(text: str, found: FoundSize) -> PackedSize:
    if found.kind != "dimensions":
        return NOT_PACKED
    sides = [int(number * 10) for number in found.numbers]
    if len(sides) == 2 and _ROLL.search(text):
        return roll_of(max(sides), min(sides))
    return PackedSize(Shape.BOX, sides[0], sides[1], sides[2]) if len(sides) == 3 else NOT_PACKED


def of_article(article: Article, line: Line, packaging_grams: int) -> PackedText:
    """What the article says, made to the size in the line's text; the line's own weight counts before the article's."""
    size = size_of(line.text)
    _, grams = article.custom(*size) if size else (None, article.weight_grams)
    return PackedText(
        line.weight_grams or grams,
        article.packed_at(size),
        packaging_grams,
        article.hs_code,
        article.origin,
    )


def merged(*sources: PackedText) -> PackedText:
    """Of each thing what the first source knows."""
    result = NOTHING
    for source in sources:
        result = replace(
            result,
            weight_grams=result.weight_grams or source.weight_grams,
            packed=result.packed if result.packed.is_known else _kept(result.packed, source.packed),
            packaging_grams=result.packaging_grams or source.packaging_grams,
            hs_code=result.hs_code or source.hs_code,
            origin=result.origin or source.origin,
            value=result.value or source.value,
        )
    return result


def _kept(known: PackedSize, more: PackedSize) -> PackedSize:
    return more if more.is_known or more.together else known


def is_shipped(line: Line) -> bool:
    """Whether the line is a thing that goes into a parcel."""
    counts = line.kind == LineKind.GOODS and line.option == LineOption.NONE
    return counts and line.quantity > 0 and bool(line.text.strip())


def pieces_of(place: int, line: Line, known: PackedText) -> tuple[tuple[Piece, ...], Question | None]:
    """The pieces of a line, or what must be asked first. What is sold by length or weight is one piece."""
    wanted = set()
    if not known.weight_grams:
        wanted.add(Wanted.WEIGHT)
    if not known.packed.is_known:
        wanted.add(Wanted.SIZE)
    if wanted:
        return (), Question(place, line.text, frozenset(wanted), known.weight_grams, known.packed)
    count, grams = _count(line), known.weight_grams
    if count is None:
        count, grams = 1, int((line.quantity * grams).to_integral_value(ROUND_CEILING))
    piece = Piece(place, line.text, grams, known.packed, known.packaging_grams)
    return (piece,) * count, None


def _count(line: Line) -> int | None:
    if line.unit in _COUNTED:
        return min(int(line.quantity.to_integral_value(ROUND_CEILING)), MOST_PIECES + 1)
    return None
