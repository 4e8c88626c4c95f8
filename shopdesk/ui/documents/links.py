"""Sentences that lead somewhere: a click or ⏎ goes to the field they speak of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from shopdesk.ui.theme.sizes import TINY, px
from shopdesk.ui.widgets.chips import Chip, ChipKind


class ChipLink(Chip):
    """A chip whose sentence may wrap, and which can be followed."""

    def __init__(
        self, text: str, follow: Callable[[], None], kind: ChipKind = "info", parent: QWidget | None = None
    ) -> None:
        super().__init__("", kind, parent)
        self.setText(text)  # whole: a chip alone would shorten it
        self._follow = follow
        self.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """As wide as its words in one line; a label that wraps would ask for a square."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance("x")
        return QSize(words + 2 * px(9) + px(4), self.minimumSizeHint().height())

    def say(self, text: str, kind: ChipKind) -> None:
        """Other words; empty words hide it."""
        self.tell(text, kind)
        self.setText(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        """One line; the layout asks for the height at the real width by itself."""
        return QSize(px(80), self.fontMetrics().height() + px(6))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """⏎ and the space bar go there, too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._follow()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Underlined while it has the keyboard, since a label has no frame."""
        super().focusInEvent(event)
        self._underline(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._underline(on=False)

    def _underline(self, *, on: bool) -> None:
        font = self.font()
        font.setUnderline(on)
        self.setFont(font)


class LinkColumn(QWidget):
    """Links below each other; without any it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(TINY))
        self.links: list[ChipLink] = []
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """A line each, so that a sentence never forces the window to be higher."""
        heights = [link.minimumSizeHint().height() for link in self.links]
        return QSize(px(80), sum(heights) + px(TINY) * max(0, len(heights) - 1))

    def show_links(self, links: list[ChipLink]) -> None:
        """Replace what stands there."""
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = links
        for link in links:
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(links))
