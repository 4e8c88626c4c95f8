"""Whether two number patterns could ever give the same number: numbers are unique over all kinds of documents."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GAP = re.compile(r"\{(year|yy|month|number)(?::(0+))?\}")
_FIGURES = {"year": 4, "yy": 2, "month": 2}


@dataclass(frozen=True, slots=True)
class _Place:
    """One place of a number: a sign, or (empty) any figure; `repeats`: further figures may follow."""

    sign: str = ""
    repeats: bool = False

    def fits(self, other: _Place) -> bool:
        """Whether one sign can stand in both places."""
        if self.sign and other.sign:
            return self.sign == other.sign
        return (self.sign or other.sign or "0").isdecimal()


def can_be_equal(pattern: str, other: str) -> bool:
    """Say whether some date and running number give one text from both patterns; capitals do not tell them apart."""
    left, right = _places(pattern), _places(other)
    seen: set[tuple[int, int]] = set()
    waiting = [(0, 0)]
    while waiting:
        i, j = place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        if i == len(left) and j == len(right):
            return True
        if i < len(left) and j < len(right) and left[i].fits(right[j]):
            # a place that repeats may be left or kept for the next sign
            rows = (i + 1, i) if left[i].repeats else (i + 1,)
            columns = (j + 1, j) if right[j].repeats else (j + 1,)
            waiting += [(row, column) for row in rows for column in columns]
    return False


def _places(pattern: str) -> list[_Place]:
    places: list[_Place] = []
    end = 0
    for match in _GAP.finditer(pattern):
        places += [_Place(sign) for sign in pattern[end : match.start()].casefold()]
        figures = max(_FIGURES.get(match[1], 1), len(match[2] or ""))
        places += [_Place()] * (figures - 1) + [_Place(repeats=match[1] == "number")]
        end = match.end()
    return places + [_Place(sign) for sign in pattern[end:].casefold()]
