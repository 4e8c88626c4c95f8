"""Icons: the lucide drawings of resources/icons in any colour and size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from shopdesk import paths
from shopdesk.ui.theme.sizes import px

SIZE = 18
"""The usual size in design pixels."""


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon in a colour ("#RRGGBB"), `size` device-independent pixels, for a screen of that pixel ratio.

    Raises:
        FileNotFoundError: no drawing has this name.
    """
    key = f"icon/{name}/{colour}/{size}/{ratio:.2f}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    drawing = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    edge = round(size * ratio)
    found = QPixmap(QSize(edge, edge))
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    drawing.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    found.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, found)
    return found


def icon(name: str, colour: str) -> QIcon:
    """The icon for a button, sharp on the finest screen that is connected."""
    application = QApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QApplication) else 1.0
    return QIcon(pixmap(name, colour, px(SIZE), ratio))
