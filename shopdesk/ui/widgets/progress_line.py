"""One line at the foot of the window about what is going on; never a modal bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.labels import Caption, IconLabel

NOTHING_UNDER = 300
"""ms: what is done sooner is not worth a word."""


class ProgressLine(QWidget):
    """Says what is going on and offers to cancel it."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._on_cancel: Callable[[], None] | None = None
        self.words = Caption()
        self.cancel = GhostButton(texts.gettext("Cancel"), self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(NORMAL), 0, px(NORMAL), 0)
        layout.setSpacing(px(MEDIUM))
        layout.addWidget(IconLabel("refresh-cw", "text2", 14))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTHING_UNDER)
        self._timer.timeout.connect(self.show)
        self.hide()

    def say(self, text: str, cancel: Callable[[], None] | None = None) -> None:
        """Tell it, unless it ends within 0.3 s; an empty text takes the line away."""
        self.words.setText(text)
        self._on_cancel = cancel
        self.cancel.setVisible(cancel is not None)
        if not text:
            self._timer.stop()
            self.hide()
        elif not self.isVisible():
            self._timer.start()

    def _cancel(self) -> None:
        on_cancel = self._on_cancel
        self.say("")
        if on_cancel is not None:
            on_cancel()
