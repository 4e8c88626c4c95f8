"""The address label of a parcel: one page of the label's own size, the address as large as it fits (DIN 5008)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from shopdesk.domain.parcel_labels import LabelFormat
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import GREY, INK, LINE, fitting, wrap
from shopdesk.output.pdf.metadata import Information

_LEADING = 0.44  # mm for a point
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class ParcelLabel:
    """What stands on one label. `address` is the recipient's lines, first the name; `foot` what the packer needs."""

    address: tuple[str, ...]
    sender: str
    foot: str = ""


def parcel_labels(
    values: Sequence[ParcelLabel], form: LabelFormat, about: tuple[str, str, str], moment: dt.datetime
) -> bytes:
    """One page for each; `about` is title, author and language of the file. The same values give the same bytes."""
    canvas = Canvas(form.width, form.height)
    for value in values:
        canvas.new_page()
        _draw(canvas, form, value)
    title, author, language = about
    utc = moment.astimezone(dt.UTC).replace(microsecond=0)
    return canvas.finish(Information(fonts.clean(title), fonts.clean(author), form.name, language, utc))


def _draw(canvas: Canvas, form: LabelFormat, value: ParcelLabel) -> None:
    left, room = form.margin, form.width - 2 * form.margin
    y = form.margin + form.small * _LEADING
    sender = _line(value.sender)
    with canvas.tagged("P"):
        canvas.text(left, y, sender, fitting(sender, form.small, room), colour=GREY)
    y += form.small * _LEADING
    with canvas.artifact():
        canvas.rule(left, y - 1.2, left + room, y - 1.2, width=0.2, colour=LINE)
    foot = wrap(_line(value.foot), form.small, room)[-2:] if value.foot else []
    below = form.height - form.margin - len(foot) * form.small * _LEADING
    size, lines = _fitted(tuple(_line(line) for line in value.address), form, room, below - y - 4)
    top = y + 2 + (below - y - 4 - len(lines) * size * _LEADING) / 2
    with canvas.tagged("P"):
        for number, line in enumerate(lines):
            is_edge = number in {0, len(lines) - 1}
            canvas.text(left, top + size * _LEADING * (number + 0.8), line, size, bold=is_edge, colour=INK)
    for number, line in enumerate(foot):
        with canvas.tagged("P"):
            canvas.text(left, below + form.small * _LEADING * (number + 0.8), line, form.small, colour=GREY)


def _line(text: str) -> str:
    return " ".join(fonts.clean(text).split())


def _fitted(
    lines: tuple[str, ...], form: LabelFormat, width: float, height: float
) -> tuple[float, list[str]]:
    """The largest size at which everything stands on the label; long lines are folded, never cut off."""
    size = form.large
    while size > form.small:
        if all(fitting(line, size, width, bold=True) == size for line in lines) and (
            len(lines) * size * _LEADING <= height
        ):
            return size, list(lines)
        size -= 0.5
        if size <= form.fold_below:
            break
    while size > form.small:
        folded = [part for line in lines for part in wrap(line, size, width, bold=True)]
        if len(folded) * size * _LEADING <= height and len(folded) <= _MOST_LINES:
            return size, folded
        size -= 0.5
    folded = [part for line in lines for part in wrap(line, size, width, bold=True)]
    most = max(int(height / (size * _LEADING)), 3)
    return size, folded if len(folded) <= most else [*folded[: most - 2], *folded[-2:]]
