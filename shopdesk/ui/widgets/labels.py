"""Labels. All of them show plain text: a customer named "<b>" must not change how a page looks or load a picture."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from shopdesk.ui.icons import SIZE, pixmap
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.showing import show_if

_LONGEST_WORD = 40
_WIDEST_LEAST = 150
_LONGEST_TIP = 400
_SOFT_BREAK = "\u200b"


def shortened(text: str, most: int = 60) -> str:
    """One line of at most so many characters, "…" for the rest."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def plain_tip(text: str) -> str:
    """A tool tip's text that Qt shows as it stands: a customer named "<b>" is no HTML."""
    return f"<span>{html.escape(text)}</span>" if "<" in text else text


def breakable(text: str) -> str:
    """The text with invisible places to break in words longer than any real one, which would widen the window."""
    return re.sub(rf"\S{{{_LONGEST_WORD}}}", lambda found: found.group() + _SOFT_BREAK, text)


class PlainLabel(QLabel):
    """Body text; `role` is the style sheet's name for it. With `wrap` it breaks into lines."""

    role = ""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
        buddy: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        if self.role:
            self.setProperty("role", self.role)
        if buddy is not None:
            self.setBuddy(buddy)

    def setText(self, text: str) -> None:  # noqa: N802
        """Other words; one that wraps breaks endless words, too."""
        super().setText(breakable(text) if self.wordWrap() else text)

    def minimumSizeHint(self) -> QSize:
        """One that wraps never makes its column wider than a few words."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), px(_WIDEST_LEAST)), size.height()) if self.wordWrap() else size


class Display(PlainLabel):
    """The one heading of a page, or a figure that matters."""

    role = "display"


class Heading(PlainLabel):
    """Heading of a section."""

    role = "title"


class Strong(PlainLabel):
    """Body text in weight 600."""

    role = "strong"


class Muted(PlainLabel):
    """Second in rank: subtitles, explanations."""

    role = "muted"


class Caption(PlainLabel):
    """Small text: field names, units, footnotes."""

    role = "caption"


class KeyHint(PlainLabel):
    """A key drawn like a key: "F7"."""

    role = "key"

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class ProblemLabel(PlainLabel):
    """What is wrong with a field, in words, below it. Hidden while it has nothing to say."""

    role = "problem"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, wrap=True)
        self.hide()

    def say(self, text: str) -> None:
        """Show the sentence; an empty one hides the label."""
        self.setText(text)
        show_if(self, bool(text))


class ElidedLabel(PlainLabel):
    """One line that gives way: what does not fit ends in "…" and stands whole in the tool tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str = "") -> None:
        self.role = role
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(px(40), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        self.style().drawItemText(
            painter,
            area,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text where a part of it is hidden."""
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
        self.setToolTip("" if fits else plain_tip(shortened(self.text(), _LONGEST_TIP)))


class IconLabel(QWidget):
    """An icon that carries no meaning of its own (the words beside it do), so screen readers skip it."""

    def __init__(
        self, name: str, colour: str = "text2", size: int = SIZE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._colour, self._size = name, colour, size
        self.setFixedSize(px(size), px(size))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedSize(px(self._size), px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the colours of the moment."""
        colour = getattr(tokens(), self._colour)
        QPainter(self).drawPixmap(0, 0, pixmap(self._name, colour, px(self._size), self.devicePixelRatioF()))


class Rule(QFrame):
    """A hairline between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rule")
        self.setFixedHeight(1)
