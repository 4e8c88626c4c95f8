"""The list of the delivery round: one part for each stop, with room for the signature (PRODUCT.md, S40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from shopdesk.domain.delivery_rounds import Lift, RoundStop, still_open
from shopdesk.domain.messages import P_, paper
from shopdesk.domain.shipments import ShipmentLine
from shopdesk.i18n import Texts
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.canvas import Canvas
from shopdesk.output.pdf.layout import BODY, GREY, INK, LEADING, LEFT, LINE, RIGHT, SMALL, wrap
from shopdesk.output.pdf.metadata import Information
from shopdesk.output.pdf.texts import unit

_TOP, _FIRST, _NEXT, _BOTTOM = 20.0, 36.0, 29.0, 278.0
_INDENT = LEFT + 10.0
_RIGHT_HALF = 128.0
_MOST_GOODS, _MOST_EXTRAS, _MOST_LINES = 8, 5, 4  # so many fit on a page, each as long as it may be
_NAME_LEADING = 5.2
_SIGNATURE = 15.0  # room above the line that is signed on
_PIECES = frozenset({"C62", "H87"})
_BOX = 3.2

_LIFTS = {Lift.YES: P_("paper", "with a lift"), Lift.NO: P_("paper", "no lift")}
_WEEKDAYS = (
    P_("paper", "Monday"), P_("paper", "Tuesday"), P_("paper", "Wednesday"), P_("paper", "Thursday"),
    P_("paper", "Friday"), P_("paper", "Saturday"), P_("paper", "Sunday"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """What the list says: the day, who drives for whom, the stops in their order."""

    shop: str
    day: dt.date
    stops: tuple[RoundStop, ...]


def delivery_round(value: Round, texts: Texts, moment: dt.datetime) -> bytes:
    """The bytes of the PDF, as many pages as the stops need; the same values give the same bytes."""
    say = _Words(texts)
    canvas = Canvas()
    pages = _pages(value.stops, texts)
    number = 0
    for at, stops in enumerate(pages, 1):
        canvas.new_page()
        y = _head(canvas, value, say, first=at == 1)
        for stop in stops:
            number += 1
            y = _stop(canvas, y, number, stop, say)
        foot = say(P_("paper", "Page {page} of {pages}"), page=at, pages=len(pages))
        with canvas.artifact():
            canvas.text(RIGHT, _BOTTOM + 9, foot, SMALL, align="right", colour=GREY)
            canvas.text(LEFT, _BOTTOM + 9, _line(value.shop), SMALL, colour=GREY)
    utc = moment.astimezone(dt.UTC).replace(microsecond=0)
    title = say(P_("paper", "Delivery round"))
    return canvas.finish(Information(title, _line(value.shop), texts.date(value.day), texts.language, utc))


class _Words:
    """Texts of the paper, clean to be drawn."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def __call__(self, words: str, **gaps: object) -> str:
        return _line(self.texts.say(paper(words, **gaps)))

    def goods(self, line: ShipmentLine) -> str:
        from shopdesk.domain.documents import LineKind

        quantity = self.texts.number(line.quantity.normalize())
        words = "" if line.unit in _PIECES else f" {unit(LineKind.GOODS, line.unit, self.texts)}"
        return f"{quantity}{words} × {line.text.splitlines()[0] if line.text else ''}"

    def window(self, stop: RoundStop) -> str:
        if stop.stop.to_time and not stop.stop.from_time:
            return self(P_("paper", "until {time}"), time=stop.stop.to_time)
        return stop.window

    def where(self, stop: RoundStop) -> str:
        lift = _LIFTS.get(stop.stop.lift)
        return " · ".join(part for part in (stop.stop.floor, self(lift) if lift else "") if part)


def _line(text: str) -> str:
    return " ".join(fonts.clean(text).split())


def _wrapped(
    text: str, size: float, width: float, *, bold: bool = False, most: int = _MOST_LINES
) -> list[str]:
    """All of a text in lines of that width; only what no line of a list should be is cut."""
    lines = wrap(_line(text), size, width, bold=bold)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _joined(parts: Sequence[str], sign: str, width: float) -> list[str]:
    """The parts side by side, broken between two of them: a postal code stays with its town."""
    lines: list[str] = []
    for part in (_line(each) for each in parts):
        together = f"{lines[-1]}{sign}{part}" if lines else part
        if lines and len(wrap(together, BODY, width)) == 1:
            lines[-1] = together
        else:
            lines.extend(wrap(part, BODY, width))
    return lines


def _head(canvas: Canvas, value: Round, say: _Words, *, first: bool) -> float:
    weekday = paper(_WEEKDAYS[value.day.weekday()])
    day = say(P_("paper", "{weekday}, {date}"), weekday=weekday, date=value.day)
    title = say(P_("paper", "Delivery round"))
    if not first:
        with canvas.artifact():
            canvas.text(LEFT, _TOP, f"{title} · {day}", SMALL, colour=GREY)
        return _NEXT
    with canvas.tagged("H1"):
        canvas.text(LEFT, _TOP, title, 16, bold=True, colour=INK)
    with canvas.tagged("P"):
        canvas.text(RIGHT, _TOP, day, BODY + 2, align="right", bold=True, colour=INK)
    with canvas.tagged("P"):
        canvas.text(LEFT, _TOP + 6, _summary(value, say), BODY, colour=GREY)
    return _FIRST


def _summary(value: Round, say: _Words) -> str:
    count = len(value.stops)
    owed = still_open(value.stops)
    if owed is None:
        return say(P_("paper", "Stops: {n}"), n=count)
    return say(P_("paper", "Stops: {n} · to be paid at the door: {amount}"), n=count, amount=owed)


def _pages(stops: Sequence[RoundStop], texts: Texts) -> list[list[RoundStop]]:
    pages: list[list[RoundStop]] = [[]]
    y = _FIRST
    for stop in stops:
        height = _height(stop, texts)
        if y + height > _BOTTOM and pages[-1]:
            pages.append([])
            y = _NEXT
        pages[-1].append(stop)
        y += height
    return pages


def _height(stop: RoundStop, texts: Texts) -> float:
    say = _Words(texts)
    left = _left_lines(stop, say)
    right = len(_extras(stop, say)) + (3 if _owes(stop) else 0)
    name = (len(_name_lines(stop)) - 1) * _NAME_LEADING
    return 8 + name + max(len(left), right) * LEADING + _SIGNATURE + 8


def _owes(stop: RoundStop) -> bool:
    return stop.open is not None and stop.open.minor > 0


def _name_lines(stop: RoundStop) -> list[str]:
    return _wrapped(stop.name, 12, 95, bold=True)


def _extras(stop: RoundStop, say: _Words) -> list[tuple[str, bool]]:
    """The lines of what else is to be done, and whether a line begins something to be ticked."""
    wide = RIGHT - _RIGHT_HALF - _BOX - 2
    extras = stop.stop.extras[:_MOST_EXTRAS]
    wrapped = (wrap(_line(extra), BODY, wide, bold=True) for extra in extras)
    found = [(line, at == 0) for lines in wrapped for at, line in enumerate(lines)]
    more = len(stop.stop.extras) - len(extras)
    return [*found, (say(P_("paper", "and {n} more"), n=more), False)] if more > 0 else found


def _left_lines(stop: RoundStop, say: _Words) -> list[str]:
    """Address, phones, floor, then the goods, each as long as it is."""
    wide = (RIGHT if not (stop.stop.extras or _owes(stop)) else _RIGHT_HALF - 4) - _INDENT
    lines = [*_joined(stop.address, ", ", wide), *_joined(stop.phones, " · ", wide)]
    goods = [say.goods(line) for line in stop.lines[:_MOST_GOODS]]
    more = len(stop.lines) - len(goods)
    if more > 0:
        goods.append(say(P_("paper", "and {n} more"), n=more))
    for text in (say.where(stop), *goods, stop.note):
        lines.extend(_wrapped(text, BODY, wide) if text else ())
    return lines


def _stop(canvas: Canvas, top: float, number: int, stop: RoundStop, say: _Words) -> float:
    first = y = _name(canvas, top, number, stop, say.window(stop)) + 6
    for line in _left_lines(stop, say):
        with canvas.tagged("P"):
            canvas.text(_INDENT, y, line, BODY, colour=INK)
        y += LEADING
    below = max(y, _right(canvas, first, stop, say))
    return _signature(canvas, below + _SIGNATURE - 4, say)


def _name(canvas: Canvas, y: float, number: int, stop: RoundStop, window: str) -> float:
    """Gives the place of the name's last line."""
    with canvas.tagged("P"):
        canvas.text(RIGHT, y, window, 12, bold=True, align="right", colour=INK)
        wide = canvas.width(window, 12, bold=True) + (4 if window else 0)
        canvas.text(RIGHT - wide, y, _line(stop.number), SMALL, align="right", colour=GREY)
    with canvas.tagged("H2"):
        canvas.text(LEFT, y, f"{number}", 14, bold=True, colour=INK)
        for at, line in enumerate(_name_lines(stop)):
            y += _NAME_LEADING if at else 0
            canvas.text(_INDENT, y, line, 12, bold=True, colour=INK)
    return y


def _right(canvas: Canvas, y: float, stop: RoundStop, say: _Words) -> float:
    extras = _extras(stop, say)
    for line, is_first in extras:
        if is_first:
            _box(canvas, _RIGHT_HALF, y - _BOX + 0.4)
        with canvas.tagged("P"):
            canvas.text(_RIGHT_HALF + _BOX + 2, y, line, BODY, bold=True, colour=INK)
        y += LEADING
    y += 1.5 if extras else 0
    if stop.open is not None and _owes(stop):
        with canvas.tagged("P"):
            words = say(P_("paper", "To be paid: {amount}"), amount=stop.open)
            canvas.text(_RIGHT_HALF, y, words, BODY + 1, bold=True, colour=INK)
        y += LEADING + 2
        words = say(P_("paper", "Slip number of the till"))
        with canvas.tagged("P"):
            canvas.text(_RIGHT_HALF, y, words, SMALL, colour=GREY)
        with canvas.artifact():
            begin = _RIGHT_HALF + canvas.width(words, SMALL) + 2
            canvas.rule(begin, y + 0.6, RIGHT, y + 0.6, colour=INK)
        y += LEADING
    return y


def _box(canvas: Canvas, x: float, y: float) -> None:
    with canvas.artifact():
        for begin, end in (((0, 0), (1, 0)), ((1, 0), (1, 1)), ((1, 1), (0, 1)), ((0, 1), (0, 0))):
            canvas.rule(
                x + begin[0] * _BOX, y + begin[1] * _BOX, x + end[0] * _BOX, y + end[1] * _BOX, colour=INK
            )


def _signature(canvas: Canvas, y: float, say: _Words) -> float:
    middle = _RIGHT_HALF - 6
    with canvas.artifact():
        canvas.rule(_INDENT, y, middle, y, colour=INK)
        canvas.rule(_RIGHT_HALF, y, RIGHT, y, colour=INK)
    with canvas.tagged("P"):
        words = say(P_("paper", "Received in good order: date, signature"))
        canvas.text(_INDENT, y + 3.6, words, SMALL, colour=GREY)
        canvas.text(_RIGHT_HALF, y + 3.6, say(P_("paper", "Notes")), SMALL, colour=GREY)
    with canvas.artifact():
        canvas.rule(LEFT, y + 7.5, RIGHT, y + 7.5, colour=LINE)
    return y + 15
