"""Sizes inside typed text: `80x190`, `0,8 x 1,9 m`, `235/60R16 100h`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

READ_LENGTH = 2000

_NUMBER = r"[0-9]{1,4}(?:[.,][0-9]{1,2})?"
_TIMES = r" ?(?:[x×*]|mal |by |auf ) ?"
_UNIT = r"(?: ?(cm|mm|m|zoll|in)\b)?"
_DIMENSIONS = re.compile(
    rf"(?<![\w,])(?<![0-9]\.)({_NUMBER}){_UNIT}{_TIMES}({_NUMBER}){_UNIT}"
    rf"(?:{_TIMES}({_NUMBER}){_UNIT})?(?:er)?(?![\w%€]|[.,][0-9])",
    re.IGNORECASE,
)
# 90/200 is how the bed trade writes 90 × 200 cm
_BED = re.compile(
    r"(?<![\w,./])([1-9][0-9]{1,2}) ?/ ?(1[89][0-9]|2[0-2][0-9])(?: ?cm\b)?(?:er)?(?![\w/]|[.,][0-9])"
)
_CYCLE_TYRE = re.compile(
    r"(?<![\w,.])(12|14|16|18|20|24|26|27[.,]5|28|29) ?[x×] ?([123][.,][0-9]{1,3})"
    r"(?: ?(?:zoll|\"|″|''))?(?!\w|[.,][0-9])",
    re.IGNORECASE,
)
_TYRE = re.compile(
    r"(?<![\w,./])([1-3][0-9]5) ?(?:/ ?([2-9][05])|(?P<space> )([2-9][05])) ?(?P<build>zr|r|-|/| ) ?"
    r"(1[2-9]|2[0-4])(?P<cargo>c)?"
    r"(?: ?\(?(1?[0-9]{2}(?:/1?[0-9]{2})?) ?([a-z])\)?(?![\w]))?(?![0-9]|,[0-9])",
    re.IGNORECASE,
)
_CENTIMETRES = {"": Decimal(1), "cm": Decimal(1), "mm": Decimal("0.1"), "m": Decimal(100)}
_INCHES = Decimal("2.54")


@dataclass(frozen=True, slots=True)
class FoundSize:
    """A size in a text. `text` is its one spelling ("80 × 190 cm", "235/60 R16 100H"), `span` where it was typed.

    `numbers`: dimensions in cm in the order typed; of a tyre width, aspect ratio and rim (cycle tyres: rim and
    width) in the units the trade writes.
    """

    kind: Literal["dimensions", "tyre"]
    text: str
    numbers: tuple[Decimal, ...]
    span: tuple[int, int]


def find_size(text: str) -> FoundSize | None:
    """The first size in the text, or None. Only the first 2,000 characters are looked at."""
    read = text[:READ_LENGTH].translate(_BLANKS)
    found = [size for finder in _FINDERS for size in [finder(read)] if size]
    return min(found, key=lambda size: size.span[0]) if found else None


_BLANKS = str.maketrans("\t\u00a0\u202f\n\r", "     ")


def _tyre(text: str) -> FoundSize | None:
    found = _TYRE.search(text)
    if not found:
        return None
    width, ratio, rim = found[1], found[2] or found[4], found[6]
    build = found["build"].upper()
    if found["space"] and "R" not in build:
        return None
    spelled = f"{width}/{ratio} {build if 'R' in build else 'R'}{rim}{(found['cargo'] or '').upper()}"
    if found[8]:
        spelled += f" {found[8]}{found[9].upper()}"
    return FoundSize("tyre", spelled, (Decimal(width), Decimal(ratio), Decimal(rim)), _stripped(found))


def _cycle_tyre(text: str) -> FoundSize | None:
    found = _CYCLE_TYRE.search(text)
    if not found:
        return None
    numbers = (_decimal(found[1]), _decimal(found[2]))
    return FoundSize("tyre", " × ".join(map(_shown, numbers)) + "″", numbers, _stripped(found))


def _bed(text: str) -> FoundSize | None:
    found = _BED.search(text)
    if not found:
        return None
    return _dimensions_of((Decimal(found[1]), Decimal(found[2])), _stripped(found))


def _dimensions(text: str) -> FoundSize | None:
    for found in _DIMENSIONS.finditer(text):
        typed = [number for number in (found[1], found[3], found[5]) if number]
        units = [(unit or "").lower() for unit in (found[2], found[4], found[6])][: len(typed)]
        start, end = _stripped(found)
        if _is_count(typed, units):
            if len(typed) == 2:
                continue
            typed, units, start = typed[1:], units[1:], found.start(3)
        if len(typed) == 3 and _is_count_behind(text[start:end], typed[2], units[2]):
            typed, units, end = typed[:2], units[:2], found.end(4) if found[4] else found.end(3)
        numbers = _in_centimetres(typed, units)
        if all(numbers):
            return _dimensions_of(numbers, (start, end))
    return None


def _is_count(typed: list[str], units: list[str]) -> bool:
    """`2x90x200` are two of 90 × 200, `4 x 12` is no size at all."""
    if units[0] or not (typed[0].isdigit() and int(typed[0]) < 10):
        return False
    if len(typed) == 3:
        return all(_decimal(number) >= 30 for number in typed[1:])
    return not units[1]


def _is_count_behind(spelled: str, last: str, unit: str) -> bool:
    """`80x190 x 2` are two of them, `80x190x2` is two centimetres high."""
    return (
        not unit
        and last.isdigit()
        and int(last) < 10
        and re.search(r"[0-9m] [x×*] ?[0-9]$", spelled) is not None
    )


def _in_centimetres(typed: list[str], units: list[str]) -> tuple[Decimal, ...]:
    """A unit counts for the numbers before it, too: 80 x 190 mm. `1,40 x 2,00` alone are metres."""
    if not any(units) and all(re.fullmatch(r"[0-3][.,][0-9]{2}", number) for number in typed):
        units = ["m"] * len(typed)
    spoken: list[str] = []
    unit = ""
    for own in reversed(units):
        unit = own or unit
        spoken.insert(0, unit)
    return tuple(
        _decimal(number) * _CENTIMETRES.get(unit, _INCHES) for number, unit in zip(typed, spoken, strict=True)
    )


def _dimensions_of(numbers: tuple[Decimal, ...], span: tuple[int, int]) -> FoundSize:
    return FoundSize("dimensions", " × ".join(map(_shown, numbers)) + " cm", numbers, span)


def _decimal(typed: str) -> Decimal:
    return Decimal(typed.replace(",", "."))


def _shown(number: Decimal) -> str:
    plain = f"{number:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def _stripped(found: re.Match[str]) -> tuple[int, int]:
    return found.start(), found.start() + len(found[0].rstrip())


_FINDERS = (_cycle_tyre, _tyre, _bed, _dimensions)
