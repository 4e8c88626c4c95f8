"""Put the looks on the application and follow the system when it switches between light and dark."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from shopdesk.ui.theme import sizes
from shopdesk.ui.theme.palette import palette, tokens_of
from shopdesk.ui.theme.style import style_sheet
from shopdesk.ui.theme.tokens import DARK, LIGHT, Tokens

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


@contextmanager
def _no_collection() -> Iterator[None]:
    """Qt walks a list of all widgets and calls their Python handlers: nothing of it may be collected meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Theme(QObject):
    """The application's looks; `choose` overrides what the system says."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._system_font = QFont(application.font())
        self._choice = ""
        self._scale = 100
        self._shown: tuple[Tokens, float] | None = None
        # both are kept: PySide invalidates the second when the Python object of the first goes
        self._hints = application.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._apply)
        self._accessibility.contrastPreferenceChanged.connect(self._apply)

    def choose(self, theme: str = "", font_scale: int = 100) -> None:
        """Follow the owner: "light", "dark" or "" as the system; the text size in percent of the system's."""
        self._choice, self._scale = theme, font_scale
        # the system's own parts (title bar, file dialogs) follow, too
        self._hints.setColorScheme(_SCHEMES.get(theme, Qt.ColorScheme.Unknown))
        self._apply()

    def _apply(self) -> None:
        points = self._system_font.pointSizeF() * self._scale / 100
        tokens = self._tokens()
        if self._shown == (tokens, points):
            return
        self._shown = (tokens, points)
        font = QFont(self._system_font)
        font.setPointSizeF(points)
        with _no_collection():
            self._application.setFont(font)
            self._application.setPalette(QPalette() if self._high_contrast() else palette(tokens))
            self._application.setStyleSheet(style_sheet(tokens, points, sizes.factor(font)))

    def _high_contrast(self) -> bool:
        return self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast

    def _tokens(self) -> Tokens:
        if self._high_contrast():
            return tokens_of(self._application.style().standardPalette())
        scheme = _SCHEMES.get(self._choice, self._hints.colorScheme())
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def prepare(application: QApplication, theme: str = "", font_scale: int = 100) -> Theme:
    """Give a new application its looks; call it before the first widget is made."""
    with _no_collection():  # where windows stand already, Qt walks all their widgets
        application.setStyle("Fusion")
    result = Theme(application)
    result.choose(theme, font_scale)
    return result
