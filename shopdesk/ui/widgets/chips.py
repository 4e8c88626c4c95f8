"""Chips: a few words on a soft ground. The words carry the meaning, the colour only repeats it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from shopdesk.ui.icons import icon
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import PlainLabel, plain_tip, shortened
from shopdesk.ui.widgets.showing import show_if

ChipKind = Literal["ok", "warn", "bad", "info"]
FRONT = {"ok": "ok", "warn": "warn", "bad": "bad", "info": "accent_text"}
GROUND = {"ok": "ok_soft", "warn": "warn_soft", "bad": "bad_soft", "info": "accent_soft"}


class Chip(PlainLabel):
    """A chip that only tells."""

    def __init__(self, text: str, kind: ChipKind = "info", parent: QWidget | None = None) -> None:
        super().__init__(shortened(text), parent)
        self.setProperty("chip", kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def tell(self, text: str, kind: ChipKind) -> None:
        """Other words, another colour; empty words hide the chip."""
        self.setText(shortened(text))
        show_if(self, bool(text))
        if self.property("chip") != kind:
            self.setProperty("chip", kind)
            self.style().unpolish(self)
            self.style().polish(self)


class ChipButton(QPushButton):
    """A chip that can be pressed: a suggestion, a recognised value to change."""

    def __init__(
        self,
        text: str,
        on_click: Callable[[], None],
        kind: ChipKind = "info",
        *,
        icon_name: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        # the style leaves too little room between icon and words
        super().__init__((" " if icon_name else "") + shortened(text).replace("&", "&&"), parent)
        self.kind: ChipKind = kind
        self.icon_name = icon_name
        self.setProperty("chip", kind)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(f"{text} ({key})" if key else text if shortened(text) != text else ""))
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked: on_click())
        self._draw_icon()

    def look(self, kind: ChipKind, icon_name: str) -> None:
        """Another colour and icon; the words stay."""
        self.kind, self.icon_name = kind, icon_name
        self.setProperty("chip", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw_icon()

    def paintEvent(self, event: QPaintEvent) -> None:
        """In a column narrower than its words they end in "…"."""
        missing = self.sizeHint().width() - self.width()
        if missing <= 0:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        metrics = self.fontMetrics()
        room = metrics.horizontalAdvance(self.text()) - missing
        option.text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        if getattr(self, "icon_name", ""):
            self.setIconSize(QSize(px(14), px(14)))
            self.setIcon(icon(self.icon_name, getattr(tokens(), FRONT[self.kind])))


class ChipRow(QWidget):
    """Chips that flow into as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self)

    def show_chips(self, chips: list[QWidget]) -> None:
        """Replace what stands there; without chips the row takes no room."""
        self.flow.clear()
        for chip in chips:
            self.flow.addWidget(chip)
        show_if(self, bool(chips))
