"""A chart drawn with the window's colours; what it says can be read aloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.domain.charts import Part, Rectangle, Stroke, Words
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import px, scaled

_COLOURS = {"bar": "accent", "over": "warn", "grid": "line", "target": "ok", "text": "text2"}

Plan = Callable[[float, float, float], Sequence[Part]]
"""Width, height and the height of a text line give the parts."""


class Chart(QWidget):
    """Parts of a chart, laid out anew for each size."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._plan: Plan | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFont(scaled(self.font(), 0.88))

    def show_plan(self, plan: Plan, spoken: str) -> None:
        """Draw this; `spoken` says the same in words."""
        self._plan = plan
        self.setAccessibleDescription(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(360), self._line() * 10)

    def minimumSizeHint(self) -> QSize:
        """Below this no name could be read."""
        return QSize(px(200), self._line() * 7)

    def _line(self) -> int:
        return self.fontMetrics().height()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._plan is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        for part in self._plan(self.width(), self.height(), self._line()):
            _paint(painter, part)
        painter.end()


def _paint(painter: QPainter, part: Part) -> None:
    colour = QColor(getattr(tokens(), _COLOURS[part.role]))
    match part:
        case Rectangle(x, y, width, height):
            painter.fillRect(QRectF(x, y, width, height), colour)
        case Stroke(x1, y1, x2, y2, role):
            style = Qt.PenStyle.DashLine if role == "target" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colour, 1, style))
            painter.drawLine(round(x1), round(y1), round(x2), round(y2))
        case Words(x, y, text, anchor):
            metrics = QFontMetricsF(painter.font())
            width = metrics.horizontalAdvance(text)
            left = {"left": x, "middle": x - width / 2, "right": x - width}[anchor]
            painter.setPen(colour)
            painter.drawText(QRectF(left, y - metrics.height() / 2, width + 1, metrics.height()), 0, text)
