"""QR codes (ISO/IEC 18004) as a GiroCode needs them: bytes, correction level M, mask 4, versions 1 to 13.

What is the same for every code of a size is worked out once: which bit goes to which module, and the mask over all
bits. A code is then one division per block and one permutation; a general library needs twenty times as long. The tests
compare every module with such a library's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, zip_longest
from operator import itemgetter

LONGEST = 331
"""Bytes that fit into version 13, the largest that EPC069-12 allows."""

# For each version (table 9, level M): correction bytes of a block, and the data bytes of each block
_BLOCKS: dict[int, tuple[int, tuple[int, ...]]] = {
    1: (10, (16,)),
    2: (16, (28,)),
    3: (26, (44,)),
    4: (18, (32,) * 2),
    5: (24, (43,) * 2),
    6: (16, (27,) * 4),
    7: (18, (31,) * 4),
    8: (22, (38,) * 2 + (39,) * 2),
    9: (22, (36,) * 3 + (37,) * 2),
    10: (26, (43,) * 4 + (44,)),
    11: (30, (50,) + (51,) * 4),
    12: (22, (36,) * 6 + (37,) * 2),
    13: (22, (37,) * 8 + (38,)),
}
_FIELD = 0x11D  # the polynomial of the bytes' field (7.5.2)
_PADDING = bytes((0xEC, 0x11))
_LIGHT, _DARK = 0, 1  # places of the constant modules in front of a code's bits
_FORMAT = 0b00_100  # level M, mask 4

Place = tuple[int, int]  # row, column


def matrix(data: bytes) -> list[str]:
    """The rows of the smallest code for at most LONGEST bytes, "1" for a dark module; no quiet zone."""
    version = next(v for v in _BLOCKS if len(data) <= sum(_BLOCKS[v][1]) - _head_bytes(v))
    plan = _plan(version)
    bits = int.from_bytes(_codewords(data, version), "big") << plan.spare ^ plan.mask
    modules = "".join(plan.pick(f"01{bits:0{plan.bits}b}"))
    return [modules[start : start + plan.side] for start in range(0, plan.side**2, plan.side)]


def _head_bytes(version: int) -> int:
    """What mode and length take, and the end mark, which fills up their half byte."""
    return 2 if version < 10 else 3


def _codewords(data: bytes, version: int) -> bytes:
    """Data and correction bytes in the order in which they are placed (7.4 to 7.6)."""
    size, blocks = _BLOCKS[version]
    head = _head_bytes(version)
    # mode 0100, the length, the bytes and the end mark 0000 make whole bytes together
    number = (4 << 8 * (head - 1) | len(data)) << 8 * len(data) | int.from_bytes(data, "big")
    stream = (number << 4).to_bytes(len(data) + head, "big")
    missing = sum(blocks) - len(stream)
    stream += (_PADDING * (missing // 2 + 1))[:missing]
    found, start = [], 0
    for length in blocks:
        found.append(stream[start : start + length])
        start += length
    corrections = [_correction(block, size) for block in found]
    return bytes(chain(_interleaved(found), _interleaved(corrections)))


def _interleaved(blocks: list[bytes]) -> Iterator[int]:
    """The first byte of each block, then the second of each; longer blocks have one more at the end."""
    return (byte for some in zip_longest(*blocks) for byte in some if byte is not None)


def _correction(block: bytes, size: int) -> bytes:
    """The remainder of the block's division by the generator polynomial of that many bytes."""
    multiples = _multiples(size)
    rest, top, room = 0, 8 * (size - 1), (1 << 8 * size) - 1
    for byte in block:
        rest = (rest << 8 & room) ^ multiples[rest >> top ^ byte]
    return rest.to_bytes(size, "big")


@lru_cache(maxsize=16)
def _multiples(size: int) -> list[int]:
    """The generator polynomial (annex A) without its leading one, times each of the 256 factors."""
    generator, root = [1], 1
    for _ in range(size):
        longer = [*generator, 0]
        for place, factor in enumerate(generator):
            longer[place + 1] ^= _times(factor, root)
        generator, root = longer, _times(root, 2)
    rest = generator[1:]
    return [int.from_bytes(bytes(_times(factor, by) for factor in rest), "big") for by in range(256)]


def _times(first: int, second: int) -> int:
    """The product of two bytes in their field."""
    product = 0
    while second:
        if second & 1:
            product ^= first
        first <<= 1
        if first & 0x100:
            first ^= _FIELD
        second >>= 1
    return product


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all codes of a version share. `pick` takes each module's bit out of light, dark and the code's bits."""

    side: int
    bits: int
    spare: int  # bits behind the last byte
    mask: int
    pick: Callable[[str], tuple[str, ...]]


@lru_cache(maxsize=4)
def _plan(version: int) -> _Plan:
    side = 17 + 4 * version
    fixed = _fixed(version, side)
    places = [place for place in _zigzag(side) if place not in fixed]
    source = {place: _DARK if dark else _LIGHT for place, dark in fixed.items()}
    source |= {place: number for number, place in enumerate(places, 2)}
    mask = "".join("1" if (row // 2 + column // 3) % 2 == 0 else "0" for row, column in places)
    order = [source[row, column] for row in range(side) for column in range(side)]
    pick: Callable[[str], tuple[str, ...]] = itemgetter(*order)
    return _Plan(side, len(places), len(places) % 8, int(mask, 2), pick)


def _zigzag(side: int) -> Iterator[Place]:
    """The way of the bits: pairs of columns from the right, up and down in turns, round the timing column (7.7.3)."""
    upwards = True
    for right in (*range(side - 1, 6, -2), 5, 3, 1):
        for row in reversed(range(side)) if upwards else range(side):
            yield row, right
            yield row, right - 1
        upwards = not upwards


def _fixed(version: int, side: int) -> dict[Place, bool]:
    """The modules that hold no data, and whether they are dark (6.3, 7.9, 7.10)."""
    found: dict[Place, bool] = {}
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        for row in range(max(top - 1, 0), min(top + 8, side)):
            for column in range(max(left - 1, 0), min(left + 8, side)):
                distance = max(abs(row - top - 3), abs(column - left - 3))
                found[row, column] = distance in {0, 1, 3}
    for row, column in _alignment(version, side):
        if (row, column) not in found:
            for down in range(-2, 3):
                for right in range(-2, 3):
                    found[row + down, column + right] = max(abs(down), abs(right)) != 1
    for at in range(8, side - 8):
        found.setdefault((6, at), at % 2 == 0)
        found.setdefault((at, 6), at % 2 == 0)
    return found | _format(side) | (_version(version, side) if version > 6 else {})


def _alignment(version: int, side: int) -> list[Place]:
    """The centres of the alignment patterns (annex E), those under the finder patterns, too."""
    if version == 1:
        return []
    last = side - 7
    lines = [6, last] if version < 7 else [6, (6 + last) // 2, last]
    return [(row, column) for row in lines for column in lines]


def _format(side: int) -> dict[Place, bool]:
    """Level and mask, twice around the finder patterns, and the module that is always dark."""
    bits = (_FORMAT << 10 | _remainder(_FORMAT << 10, 0x537)) ^ 0x5412
    found = {(side - 8, 8): True}
    first = [(row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)] + [(8, c) for c in (7, 5, 4, 3, 2, 1, 0)]
    second = [(8, side - 1 - at) for at in range(8)] + [(side - 7 + at, 8) for at in range(7)]
    for places in (first, second):
        found |= {place: bool(bits >> number & 1) for number, place in enumerate(places)}
    return found


def _version(version: int, side: int) -> dict[Place, bool]:
    """The version's number, beside two finder patterns."""
    bits = version << 12 | _remainder(version << 12, 0x1F25)
    found = {}
    for number in range(18):
        far, near = side - 11 + number % 3, number // 3
        found[far, near] = found[near, far] = bool(bits >> number & 1)
    return found


def _remainder(value: int, divisor: int) -> int:
    """The remainder of the division of two polynomials over the two-element field (annex C, D)."""
    while value.bit_length() >= divisor.bit_length():
        value ^= divisor << value.bit_length() - divisor.bit_length()
    return value
