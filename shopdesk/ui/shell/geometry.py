"""Where the window stood, and whether that place is still on a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget

FIRST_SIZE = QSize(1280, 800)
_TITLE_BAR = 40
"""So many pixels of the window's top must be on a screen, or nobody can move it back."""


def fitting(saved: Mapping[str, int], screens: Sequence[QRect]) -> QRect:
    """The saved place where a screen still shows it, else the middle of the first screen.

    `screens` are the available areas, the primary one first; there is at least one.
    """
    width = min(saved.get("width", FIRST_SIZE.width()), max(area.width() for area in screens))
    height = min(saved.get("height", FIRST_SIZE.height()), max(area.height() for area in screens))
    if "x" in saved and "y" in saved:
        place = QRect(saved["x"], saved["y"], width, height)
        bar = QRect(place.left(), place.top(), place.width(), _TITLE_BAR)
        for area in screens:
            seen = area.intersected(bar)
            if seen.width() >= 4 * _TITLE_BAR and seen.height() >= _TITLE_BAR // 2:
                return place
    place = QRect(0, 0, min(width, screens[0].width()), min(height, screens[0].height()))
    place.moveCenter(screens[0].center())
    return place


def restore(window: QWidget, saved: Mapping[str, int]) -> None:
    """Put the window where it stood."""
    primary = QApplication.primaryScreen()
    screens = sorted(QApplication.screens(), key=lambda screen: screen is not primary)
    place = fitting(saved, [screen.availableGeometry() for screen in screens])
    window.setGeometry(place)
    if saved.get("maximized"):
        window.showMaximized()


def saved(window: QWidget) -> dict[str, int]:
    """What `restore` needs; of a maximized window the place it returns to."""
    place = window.normalGeometry() if window.isMaximized() else window.geometry()
    return {
        "x": place.x(),
        "y": place.y(),
        "width": place.width(),
        "height": place.height(),
        "maximized": int(window.isMaximized()),
    }
