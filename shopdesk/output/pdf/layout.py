"""From blocks to pages: measure first, then place, then draw. Heights and positions in millimetres."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from shopdesk.domain.money import Money
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import MM, Canvas

LEFT, RIGHT = 25.0, 190.0
FIRST_TOP, NEXT_TOP, BOTTOM = 108.0, 29.0, 258.0
INK, GREY, LINE, SHADE = "#1C1C1A", "#54544F", "#D5D5CF", "#F4F4F1"
BODY, SMALL = 9.5, 8.0
LEADING = 4.7


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a height that is drawn as a whole.

    `keep` ties it to the next block; `row` says it belongs to the table of lines (head and carry-over go around it);
    `running` is the sum up to and including this row; `space` is dropped at the top of a page; `tail`
    are last words that should not stand on a page alone.
    """

    height: float
    draw: Callable[[Canvas, float], None]
    keep: bool = False
    row: bool = False
    running: Money | None = None
    space: bool = False
    tail: bool = False


@dataclass(slots=True)
class Page:
    """The blocks of one page with their upper edges, and what goes around the rows."""

    blocks: list[tuple[Block, float]] = field(default_factory=list)
    head: float | None = None
    carried_in: Money | None = None
    carried_out: tuple[float, Money] | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of the pages and the heights of what is repeated."""

    head: float = 7.2
    carry: float = 6.5
    first_top: float = FIRST_TOP
    next_top: float = NEXT_TOP
    bottom: float = BOTTOM


def space(height: float) -> Block:
    """White between blocks."""
    return Block(height, lambda _canvas, _y: None, space=True)


def paginate(blocks: Sequence[Block], frame: Frame) -> list[Page]:
    """Place the blocks: kept ones together, room for head and carry-over reserved, no lonely totals."""
    return _Placing(frame, blocks).pages


class _Placing:
    """The state while placing."""

    def __init__(self, frame: Frame, blocks: Sequence[Block]) -> None:
        self.frame = frame
        self.pages = [Page()]
        self.y = frame.first_top
        self.running: Money | None = None
        self.rows_left = sum(block.row for block in blocks)
        for cluster in _clusters(blocks):
            self._place(cluster)

    def _place(self, cluster: list[Block]) -> None:
        room = self.frame.bottom - self.frame.next_top - self.frame.head - 2 * self.frame.carry
        fits = self._fits(cluster, sum(block.row for block in cluster))
        empty = not self.pages[-1].blocks
        # Too high for any page, or for the first, which has the address on it: then not together
        if len(cluster) > 1 and (sum(block.height for block in cluster) > room or (empty and not fits)):
            for block in cluster:
                self._place([block])
            return
        if not fits and not empty:
            self._break_page()
        for block in cluster:
            self._put(block)

    def _fits(self, cluster: list[Block], rows: int) -> bool:
        height = sum(block.height for block in cluster)
        if rows:
            height += self._head_height()
            if self.rows_left > rows:
                height += self.frame.carry
        elif all(block.space for block in cluster):
            return True
        return self.y + height <= self.frame.bottom + 0.01

    def _head_height(self) -> float:
        if self.pages[-1].head is not None:
            return 0.0
        return self.frame.head + (self.frame.carry if self.running is not None else 0.0)

    def _break_page(self) -> None:
        page = self.pages[-1]
        if self.rows_left and page.head is not None and self.running is not None:
            page.carried_out = (self.y, self.running)
        self.pages.append(Page())
        self.y = self.frame.next_top

    def _put(self, block: Block) -> None:
        page = self.pages[-1]
        if block.space and not page.blocks and len(self.pages) > 1:
            return
        if block.row:
            if page.head is None:
                page.head = self.y
                self.y += self._head_height_now(page)
            self.rows_left -= 1
            self.running = block.running if block.running is not None else self.running
        page.blocks.append((block, self.y))
        self.y += block.height

    def _head_height_now(self, page: Page) -> float:
        page.carried_in = self.running
        return self.frame.head + (self.frame.carry if self.running is not None else 0.0)


def _clusters(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    cluster: list[Block] = []
    for block in blocks:
        cluster.append(block)
        if not block.keep:
            yield cluster
            cluster = []
    if cluster:
        yield cluster


def wrap(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Clean text in lines of at most `width` mm; words that are too long are broken. Linear in the text."""
    weight = fonts.weight(bold=bold)
    room = int(width * MM * 1000 / size)
    blank = weight.widths[" "]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line: list[str] = []
        used = 0.0
        for word in paragraph.split(" "):
            for part in _parts(word, room, weight):
                needed = weight.width(part)
                if line and used + blank + needed > room:
                    lines.append(" ".join(line))
                    line, used = [], 0.0
                used += needed + (blank if line else 0)
                line.append(part)
        lines.append(" ".join(line))
    return lines


_PIECES = re.compile(r"[^@/.\-]*[@/.\-]?")


def _parts(word: str, room: int, weight: fonts.Weight) -> list[str]:
    """The word, or its pieces where it is wider than the room: broken behind a hyphen or a sign of an address."""
    if weight.width(word) <= room:
        return [word]
    parts: list[str] = []
    part, used = "", 0.0
    for found in _PIECES.findall(word):
        piece, width = found, weight.width(found)
        if used + width <= room:
            part, used = part + piece, used + width
            continue
        if part:
            parts.append(part)
        if width > room:
            *whole, piece = _chopped(piece, room, weight)
            parts += whole
            width = weight.width(piece)
        part, used = piece, width
    return [*parts, part]


def _chopped(word: str, room: int, weight: fonts.Weight) -> list[str]:
    parts, start, used = [], 0, 0.0
    for position, char in enumerate(word):
        width = weight.widths[char]
        if used + width > room and position > start:
            parts.append(word[start:position])
            start, used = position, 0.0
        used += width
    return [*parts, word[start:]]


def fitting(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """The size at which one line fits into `width` mm: the wished one, or smaller, never below half of it."""
    needed = fonts.weight(bold=bold).width(text) * size / 1000 / MM
    return size if needed <= width else max(size * width / needed, size / 2)


def paragraph(  # noqa: PLR0913 - how a text looks is just that many things
    text: str,
    *,
    size: float = BODY,
    leading: float = LEADING,
    bold: bool = False,
    colour: str = INK,
    left: float = LEFT,
    width: float = RIGHT - LEFT,
    language: str = "",
    keep: bool = False,
) -> list[Block]:
    """A text over the given width, up to eight lines in a block so that long ones may go over a page."""
    lines = wrap(text, size, width, bold=bold)
    blocks = []
    for start in range(0, len(lines), 8):
        part = lines[start : start + 8]

        def draw(canvas: Canvas, y: float, part: list[str] = part) -> None:
            with canvas.tagged("P", language=language):
                for number, line in enumerate(part):
                    canvas.text(left, y + leading * (number + 0.72), line, size, bold=bold, colour=colour)

        blocks.append(Block(leading * len(part), draw, keep=keep))
    return blocks
