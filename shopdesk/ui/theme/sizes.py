"""Sizes in font units: what measures 16 at 10.5 pt grows with the owner's text size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

TINY, SMALL, MEDIUM, NORMAL, LARGE, HUGE, GIANT = 4, 8, 12, 16, 24, 32, 48
"""The steps of spacing in design pixels; pass them through `px`."""
RADIUS, CARD_RADIUS = 6, 8
CAPTION, BODY, TITLE, DISPLAY = 0.88, 1.0, 1.25, 1.6
"""Factors of the system's text size."""
_DESIGN_PIXELS = 14.0  # 10.5 pt at 96 dpi, the size the screens were drawn for


def factor(font: QFont | None = None) -> float:
    """How much larger than in the design the text is."""
    wanted = font or QApplication.font()
    return _factor(wanted.family(), wanted.pointSizeF(), wanted.pixelSize())


@lru_cache(maxsize=16)
def _factor(family: str, points: float, pixels: int) -> float:
    """Asking the font system is slow, and every margin of every row asks."""
    font = QFont(family)
    if points > 0:
        font.setPointSizeF(points)
    else:
        font.setPixelSize(pixels)
    return QFontInfo(font).pixelSize() / _DESIGN_PIXELS


def px(design_pixels: float, font: QFont | None = None) -> int:
    """Design pixels in pixels of this screen and text size, never below 1 for anything above 0."""
    return max(1, round(design_pixels * factor(font))) if design_pixels > 0 else 0


def scaled(font: QFont, times: float, *, strong: bool = False) -> QFont:
    """The font in another step of the type scale."""
    result = QFont(font)
    if font.pointSizeF() > 0:
        result.setPointSizeF(font.pointSizeF() * times)
    else:
        result.setPixelSize(round(font.pixelSize() * times))
    if strong:
        result.setWeight(QFont.Weight.DemiBold)
    return result
