"""Charts as lines, rectangles and words in a given space: drawn by the window and on paper alike (UX.md, "Looks")."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["bar", "over", "grid", "target", "text"]
Anchor = Literal["left", "middle", "right"]


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled rectangle; x and y are its upper left corner, y grows downwards."""

    x: float
    y: float
    width: float
    height: float
    role: Role = "bar"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A thin line."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: Role = "grid"


@dataclass(frozen=True, slots=True)
class Words:
    """A text on one line; y is its middle."""

    x: float
    y: float
    text: str
    anchor: Anchor = "middle"
    role: Role = "text"


Part = Rectangle | Stroke | Words


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name below, its value (None: nothing was there)."""

    name: str
    value: int | None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars side by side with their values above and names below; those above `target` look different.

    `said` writes a value. Names and values that would run into each other are left out.
    """

    values: Sequence[Bar]
    said: Callable[[int], str]
    target: int | None = None

    def parts(self, width: float, height: float, line: float) -> tuple[Part, ...]:
        """The chart in this space; `line` is the height of a text line in the same unit."""
        top, bottom = line * 1.2, height - line * 1.3
        highest = max([1, self.target or 0, *(bar.value or 0 for bar in self.values)])

        def level(value: int) -> float:
            return bottom - (bottom - top) * value / highest

        parts: list[Part] = [Stroke(0, bottom, width, bottom)]
        step = width / max(1, len(self.values))
        names = _every([bar.name for bar in self.values], step, line)
        has_room = _every([self.said(bar.value or 0) for bar in self.values], step, line) == 1
        for at, bar in enumerate(self.values):
            middle = (at + 0.5) * step
            if bar.value is not None:
                parts.append(
                    self._bar(bar.value, middle, min(step * 0.7, line * 4), level(bar.value), bottom)
                )
                if has_room:
                    parts.append(Words(middle, level(bar.value) - line * 0.6, self.said(bar.value)))
            if at % names == 0:
                half = min(len(bar.name) * line * 0.275, width / 2)  # the first and the last stay inside
                parts.append(Words(min(max(middle, half), width - half), height - line * 0.6, bar.name))
        if self.target is not None:
            y = level(self.target)
            words = Words(width, y - line * 0.6, self.said(self.target), "right", "target")
            parts += [Stroke(0, y, width, y, "target"), words]
        return tuple(parts)

    def _bar(self, value: int, middle: float, wide: float, y: float, bottom: float) -> Rectangle:
        role: Role = "over" if self.target is not None and value > self.target else "bar"
        return Rectangle(middle - wide / 2, y, wide, max(bottom - y, 0), role)


def _every(names: Sequence[str], step: float, line: float) -> int:
    """Each how many-th text fits; a letter is about half as wide as a line is high."""
    widest = max((len(name) for name in names), default=1) * line * 0.55
    return max(1, math.ceil(widest / step)) if step else 1
