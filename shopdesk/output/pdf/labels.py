"""Address labels as PDF: each address whole within its label, whatever the printer's feed adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from shopdesk.domain.label_sheets import LabelSheet, LabelWish
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import GREY, INK, LINE, fitting, wrap
from shopdesk.output.pdf.metadata import Information

_MARGIN = 4.5
"""mm: printers that feed by the edge are off by a millimetre or two."""
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
_LEADING = 0.455  # mm for a point
_SENDER = 5.5
_SENDER_ROOM = 3.4
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of one address, clean, first the name. `name` says in a warning whose it is."""

    name: str
    lines: tuple[str, ...]
    missing: frozenset[str] = frozenset()  # characters that were replaced in it


@dataclass(frozen=True, slots=True)
class Labels:
    """A finished PDF, its pages, and what the owner should know about it."""

    pdf: bytes
    pages: int
    warnings: tuple[Message, ...] = ()


@dataclass(slots=True)
class _Warnings:
    missing: set[str]
    cut: list[str]

    def told(self) -> tuple[Message, ...]:
        found = []
        if self.missing:
            names = " ".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in sorted(self.missing)[:20])
            text = N_("Some characters cannot be printed and appear as {sign}: {characters}")
            found.append(Message(text, {"sign": fonts.REPLACEMENT, "characters": names}))
        if self.cut:
            text = N_("The address is too long for this label and was shortened: {names}")
            found.append(Message(text, {"names": ", ".join(self.cut[:10])}))
        return tuple(found)


def labels(
    values: Sequence[Label],
    wish: LabelWish,
    sender: str,
    about: tuple[str, str, str],
    moment: dt.datetime,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> Labels:
    """Draw them in their order; `about` is title, author and language of the file. Raises Stopped."""
    sheet = wish.check()
    canvas = Canvas(*sheet.paper)
    warnings = _Warnings(set(), [])
    line = fonts.clean(sender, warnings.missing) if wish.sender else ""
    for at, value in enumerate(values):
        work.step(at, len(values))
        place = (at + wish.first - 1) % sheet.count
        if place == 0 or not canvas.pages:
            _new_page(canvas, sheet, borders=wish.borders)
        _label(canvas, sheet, place, value, line, warnings)
    work.step(len(values), len(values))
    if not canvas.pages:
        _new_page(canvas, sheet, borders=wish.borders)
    title, author, language = about
    information = Information(fonts.clean(title), fonts.clean(author), sheet.codes, language, moment)
    return Labels(canvas.finish(information), canvas.pages, warnings.told())


def _new_page(canvas: Canvas, sheet: LabelSheet, *, borders: bool) -> None:
    canvas.new_page()
    if not borders:
        return
    with canvas.artifact():
        for place in range(sheet.count):
            x, y = sheet.corner(place)
            right, bottom = x + sheet.width, y + sheet.height
            for start, end in (
                ((x, y), (right, y)), ((x, bottom), (right, bottom)),
                ((x, y), (x, bottom)), ((right, y), (right, bottom)),
            ):  # fmt: skip
                canvas.rule(*start, *end, width=0.4, colour="#9A9A94")


def _label(
    canvas: Canvas, sheet: LabelSheet, place: int, value: Label, sender: str, warnings: _Warnings
) -> None:
    x, y = sheet.corner(place)
    room = sheet.width - 2 * _MARGIN
    above = _SENDER_ROOM if sender else 0.0
    height = sheet.height - 2 * _MARGIN - above
    warnings.missing |= value.missing
    size, lines, whole = _fitted(list(value.lines), room, height)
    if not whole:
        warnings.cut.append(value.name)
    left = x + _MARGIN
    if sender:
        with canvas.artifact():
            base = y + _MARGIN + 1.8
            canvas.text(left, base, sender, fitting(sender, _SENDER, room), colour=GREY)
            canvas.rule(left, base + 0.8, left + room, base + 0.8, width=0.2, colour=LINE)
    leading = size * _LEADING
    start = y + _MARGIN + above + (height - leading * len(lines)) / 2
    with canvas.tagged("P"):
        for number, line in enumerate(lines):
            canvas.text(left, start + leading * (number + 0.76), line, size, colour=INK)


def _fitted(lines: list[str], width: float, height: float) -> tuple[float, list[str], bool]:
    """The largest size at which all of it stands on the label; long lines are folded before they become tiny."""
    for size in _SIZES:
        if len(lines) * size * _LEADING <= height and all(
            fitting(line, size, width) == size for line in lines
        ):
            if size < 8.5:
                break
            return size, lines, True
    for size in _SIZES:
        folded = [part for line in lines for part in wrap(line, size, width)]
        if len(folded) * size * _LEADING <= height and len(folded) <= _MOST_LINES:
            return size, folded, True
    most = int(height / (_SIZES[-1] * _LEADING))
    # the town must not be what is lost: the middle goes
    return _SIZES[-1], [*folded[: most - 2], *folded[-2:]], False
