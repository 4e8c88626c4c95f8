"""A small picture of somebody, with round corners."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.showing import show_if


class Portrait(QWidget):
    """The middle square of a picture, `edge` wide before the font's scale; without a picture it takes no room."""

    def __init__(self, name: str, edge: int, data: bytes = b"") -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setFixedSize(QSize(px(edge), px(edge)))
        self.setAccessibleName(name)
        self.show_picture(data)

    @property
    def has_picture(self) -> bool:
        """Whether there is one."""
        return not self._picture.isNull()

    def show_picture(self, data: bytes) -> None:
        """Another picture; empty or unreadable: none."""
        picture = QPixmap()
        picture.loadFromData(data)
        self._picture = picture
        show_if(self, self.has_picture)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        corners = QPainterPath()
        corners.addRoundedRect(self.rect(), px(SMALL), px(SMALL))
        painter.setClipPath(corners, Qt.ClipOperation.ReplaceClip)
        size = self._picture.size()
        edge = min(size.width(), size.height())
        middle = QRect((size.width() - edge) // 2, (size.height() - edge) // 2, edge, edge)
        painter.drawPixmap(self.rect(), self._picture, middle)
