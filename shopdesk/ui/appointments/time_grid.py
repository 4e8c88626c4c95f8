"""Days side by side, hours downwards: appointments as blocks that can be clicked and moved.

The list beside it says the same and has the keyboard; this is the picture.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from shopdesk.domain.appointments import Appointment, AppointmentState, lanes
from shopdesk.i18n import Texts
from shopdesk.ui.appointments.words import day_words, times
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import SMALL, px, scaled
from shopdesk.ui.theme.tokens import Tokens

_STEP = 15  # minutes to which a moved block snaps
_FIRST_HOUR = 7  # what is seen first
_GROUNDS = {
    AppointmentState.PLANNED: ("accent_soft", "accent"),
    AppointmentState.READY: ("ok_soft", "ok"),
    AppointmentState.DONE: ("sunken", "text3"),
    AppointmentState.CANCELLED: ("sunken", "text3"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """One appointment on one day: which part of the day it fills and how it shares the width."""

    appointment: Appointment
    day: dt.date
    first: int  # minutes since midnight
    last: int
    lane: int
    of: int


def blocks(
    appointments: Sequence[Appointment], days: Sequence[dt.date], zone: dt.tzinfo
) -> tuple[Block, ...]:
    """What is to be drawn on each of the days; an appointment over midnight has a block on both."""
    found: list[Block] = []
    for day in days:
        midnight = dt.datetime(day.year, day.month, day.day, tzinfo=zone)
        following = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
        here = [one for one in appointments if one.starts < following and one.ends > midnight]
        for one, lane, of in lanes(here):
            first = _minutes(one.starts.astimezone(zone)) if one.starts > midnight else 0
            last = _minutes(one.ends.astimezone(zone)) if one.ends < following else 24 * 60
            found.append(Block(one, day, first, max(last, first + 1), lane, of))
    return tuple(found)


def fitted_lines(words: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """Words broken into at most so many lines of that width; what finds no room ends in an ellipsis.

    Where not even two letters fit, nothing is said: dots alone tell nobody anything.
    """
    if metrics.horizontalAdvance("Mm…") > width:
        return []
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (len(lines) == most or metrics.horizontalAdvance(longer) <= width):
            lines[-1] = longer
        else:
            lines.append(word)
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines[: max(0, most)]]


def _minutes(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute


class TimeGrid(QAbstractScrollArea):
    """The picture of one day or one week."""

    picked = Signal(int)
    """An appointment was clicked: its id."""
    free_wanted = Signal(object)
    """A double click where nothing is: the moment, on the shop's clock."""
    moved = Signal(int, object)
    """A block was dragged: the appointment's id and its new beginning."""

    def __init__(self, texts: Texts, zone: dt.tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, self._zone = texts, zone
        self._days: tuple[dt.date, ...] = ()
        self._blocks: tuple[Block, ...] = ()
        self._today: dt.date | None = None
        self._now: dt.datetime | None = None
        self.chosen: int | None = None
        self._dragged: tuple[Block, QPoint, QPoint] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(texts.gettext("Calendar; the list beside it says the same"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(px(300))
        self._seen = False

    # ---- what it shows

    def show_days(
        self, days: Sequence[dt.date], appointments: Sequence[Appointment], now: dt.datetime
    ) -> None:
        """Draw these appointments on these days; `now` is an aware moment."""
        self._days = tuple(days)
        self._blocks = blocks(appointments, self._days, self._zone)
        self._now = now.astimezone(self._zone)
        self._today = self._now.date()
        self.viewport().update()

    def choose(self, appointment_id: int | None) -> None:
        """Mark an appointment."""
        if appointment_id != self.chosen:
            self.chosen = appointment_id
            self.viewport().update()

    @property
    def shown(self) -> tuple[Block, ...]:
        """The blocks that are drawn."""
        return self._blocks

    # ---- places

    def _hour(self) -> int:
        return round(self.fontMetrics().height() * 2.6)

    def _head(self) -> int:
        return round(self.fontMetrics().height() * 2.8)

    def _side(self) -> int:
        return self.fontMetrics().horizontalAdvance("00:00") + px(12)

    def _column(self) -> float:
        return (self.viewport().width() - self._side()) / max(1, len(self._days))

    def _top(self, minutes: int) -> int:
        return self._head() + round(minutes * self._hour() / 60) - self.verticalScrollBar().value()

    def rect_of(self, block: Block) -> QRect:
        """Where a block stands on the viewport."""
        width = self._column()
        lane = (width - px(6)) / block.of
        left = self._side() + self._days.index(block.day) * width + block.lane * lane + px(2)
        top, bottom = self._top(block.first), self._top(block.last)
        least = self.fontMetrics().height() + px(2)
        return QRect(round(left), top, max(8, round(lane) - px(2)), max(least, bottom - top - 1))

    def moment_at(self, place: QPoint) -> dt.datetime | None:
        """The quarter of an hour under a place of the viewport."""
        if place.x() < self._side() or place.y() < self._head() or not self._days:
            return None
        at = min(len(self._days) - 1, int((place.x() - self._side()) / self._column()))
        minutes = (place.y() - self._head() + self.verticalScrollBar().value()) * 60 / self._hour()
        steps = min(24 * 60 // _STEP - 1, max(0, int(minutes // _STEP)))
        day = self._days[at]
        return dt.datetime(
            day.year, day.month, day.day, steps * _STEP // 60, steps * _STEP % 60, tzinfo=self._zone
        )

    def _block_at(self, place: QPoint) -> Block | None:
        if place.y() < self._head():
            return None
        return next((block for block in reversed(self._blocks) if self.rect_of(block).contains(place)), None)

    # ---- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The scroll bar follows the height; the morning comes into sight first."""
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, self.viewport().height() - self._head()))
        bar.setSingleStep(self._hour() // 2)
        bar.setRange(0, max(0, 24 * self._hour() - bar.pageStep()))
        if not self._seen:
            self._seen = True
            bar.setValue(_FIRST_HOUR * self._hour())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a block; holding on moves it."""
        block = self._block_at(event.position().toPoint())
        if block is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragged = (block, event.position().toPoint(), event.position().toPoint())
            self.choose(block.appointment.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The block follows the mouse."""
        if self._dragged is not None:
            block, start, _ = self._dragged
            self._dragged = (block, start, event.position().toPoint())
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """Where a block is let go it begins; a click alone opens it."""
        dragged, self._dragged = self._dragged, None
        if dragged is None:
            return
        block, start, end = dragged
        self.viewport().update()
        new = self._dropped(block, start, end)
        if block.appointment.id is None:
            return
        if new is not None and new != block.appointment.starts:
            self.moved.emit(block.appointment.id, new)
        else:
            self.picked.emit(block.appointment.id)

    def _dropped(self, block: Block, start: QPoint, end: QPoint) -> dt.datetime | None:
        if (end - start).manhattanLength() < px(6) or not block.appointment.is_open:
            return None
        top = self.rect_of(block).topLeft() + (end - start)
        # sideways the mouse decides, up and down the upper edge
        return self.moment_at(QPoint(end.x(), top.y() + self._hour() * _STEP // 120))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A new appointment where nothing is."""
        place = event.position().toPoint()
        moment = self.moment_at(place)
        if moment is not None and self._block_at(place) is None:
            self.free_wanted.emit(moment)

    def viewportEvent(self, event: QEvent) -> bool:
        """What is cut off in a small block stands in its tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            block = self._block_at(event.pos())
            QToolTip.showText(event.globalPos(), self._words(block) if block else "", self)
            return True
        return super().viewportEvent(event)

    def _words(self, block: Block) -> str:
        one = block.appointment
        return "\n".join(
            part for part in (times(one, self._zone), one.customer_name, one.subject, one.place) if part
        )

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Grid, blocks, the present moment, and the days' names above all."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = tokens()
        painter.fillRect(self.viewport().rect(), QColor(now.surface))
        self._paint_hours(painter, now)
        for block in self._blocks:
            self._paint_block(painter, block, self.rect_of(block), now)
        if self._dragged is not None:
            block, start, end = self._dragged
            self._paint_block(painter, block, self.rect_of(block).translated(end - start), now, lifted=True)
        self._paint_now(painter, now)
        self._paint_days(painter, now)
        painter.end()

    def _paint_hours(self, painter: QPainter, now: Tokens) -> None:
        side, width = self._side(), self.viewport().width()
        for hour in range(24):
            y = self._top(hour * 60)
            painter.setPen(QPen(QColor(now.line), 1))
            painter.drawLine(side, y, width, y)
            painter.setPen(QColor(now.text3))
            place = QRect(0, y, side - px(6), self.fontMetrics().height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, f"{hour}:00")
        painter.setPen(QPen(QColor(now.line), 1))
        for at in range(len(self._days)):
            x = round(side + at * self._column())
            painter.drawLine(x, 0, x, self.viewport().height())

    def _paint_block(
        self, painter: QPainter, block: Block, place: QRect, now: Tokens, *, lifted: bool = False
    ) -> None:
        one = block.appointment
        ground, edge = (getattr(now, name) for name in _GROUNDS[one.state])
        chosen = one.id == self.chosen or lifted
        painter.setPen(QPen(QColor(edge), px(2) if chosen else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
        inner = place.adjusted(px(5), px(2), -px(3), -px(2))
        strong = scaled(self.font(), 1.0, strong=True)
        strong.setStrikeOut(one.state == AppointmentState.CANCELLED)
        font = scaled(self.font(), 0.88)
        lines = [(strong, one.customer_name or one.subject)]
        if one.customer_name:
            lines.append((font, one.subject))
        lines.append((font, times(one, self._zone)))
        painter.setPen(QColor(now.text))
        y = inner.top()
        for shape, words in lines:
            metrics = QFontMetrics(shape)
            painter.setFont(shape)
            most = max((inner.bottom() + px(2) - y) // metrics.height(), int(y == inner.top()))
            fitted = fitted_lines(words, metrics, inner.width(), most)
            if not fitted and y == inner.top():
                fitted = ["".join(word[0] for word in words.split()[:2])]  # a narrow week tells initials
            for shown in fitted:
                painter.drawText(QRect(inner.left(), y, inner.width(), metrics.height()), 0, shown)
                y += metrics.height()
        painter.setFont(self.font())

    def _paint_now(self, painter: QPainter, now: Tokens) -> None:
        if self._now is None or self._today not in self._days:
            return
        left = round(self._side() + self._days.index(self._today) * self._column())
        y = self._top(_minutes(self._now))
        painter.setPen(QPen(QColor(now.bad), px(2)))
        painter.drawLine(left, y, round(left + self._column()), y)

    def _paint_days(self, painter: QPainter, now: Tokens) -> None:
        head = QRect(0, 0, self.viewport().width(), self._head())
        painter.fillRect(head, QColor(now.background))
        painter.setPen(QPen(QColor(now.line), 1))
        painter.drawLine(head.bottomLeft(), head.bottomRight())
        for at, day in enumerate(self._days):
            place = QRect(round(self._side() + at * self._column()), 0, round(self._column()), self._head())
            is_today = day == self._today
            painter.setFont(scaled(self.font(), 1.0, strong=is_today))
            painter.setPen(QColor(now.accent_text if is_today else now.text2))
            # one above the other: seven of them fit also at 150 %
            weekday, short = day_words(day, self._texts).split(" ", 1)
            if painter.fontMetrics().horizontalAdvance(short) > place.width() - px(SMALL):
                short = str(day.day)
            words = place.adjusted(px(SMALL) // 2, px(4), 0, -px(4))
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, weekday)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, short)
        painter.setFont(self.font())
