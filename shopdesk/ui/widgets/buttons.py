"""Buttons: exactly one filled one per screen, quiet ones for the rest. Each can show the key that does the same."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from shopdesk.ui.icons import SIZE, icon
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.labels import plain_tip


class Button(QPushButton):
    """A button with a frame. `key` is only shown (tool tip); the shortcut itself is the window's."""

    kind = "plain"
    icon_colour = "text2"

    def __init__(
        self,
        text: str,
        on_click: Callable[[], None] | None = None,
        *,
        icon_name: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.icon_name = icon_name
        self.setProperty("kind", self.kind)
        # the style leaves too little room between icon and words
        self.setText((" " if icon_name else "") + text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(f"{text} ({key})" if key else ""))
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if on_click is not None:
            # clicked carries a flag that `on_click` does not want
            self.clicked.connect(lambda _checked: on_click())
        self._draw_icon()

    def say(self, text: str, icon_name: str) -> None:
        """Other words and another icon: the same button offers something else now."""
        self.icon_name = icon_name
        self.setText((" " if icon_name else "") + text.replace("&", "&&"))
        self.setAccessibleName(text)
        self._draw_icon()

    def _draw_icon(self) -> None:
        if self.icon_name:
            colour = self.icon_colour if self.isEnabled() else "text3"
            self.setIconSize(QSize(px(SIZE), px(SIZE)))
            self.setIcon(icon(self.icon_name, getattr(tokens(), colour)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch between light and dark, and one that switches the button off."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.EnabledChange):
            self._draw_icon()


class PrimaryButton(Button):
    """The one thing to do on this screen."""

    kind = "primary"
    icon_colour = "on_accent"


class GhostButton(Button):
    """A quiet offer: coloured words without a frame."""

    kind = "ghost"
    icon_colour = "accent_text"


class IconButton(GhostButton):
    """An icon alone; `text` is its accessible name and tool tip."""

    icon_colour = "text2"

    def __init__(
        self,
        text: str,
        icon_name: str,
        on_click: Callable[[], None] | None = None,
        *,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, on_click, icon_name=icon_name, key=key, parent=parent)
        self.setText("")
        self.setToolTip(plain_tip(f"{text} ({key})" if key else text))
