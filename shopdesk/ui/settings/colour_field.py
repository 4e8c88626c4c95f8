"""A colour: typed as #RRGGBB or chosen from the system's dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.fields import ForgivingEdit

if TYPE_CHECKING:
    from shopdesk.i18n import Texts

_DIGITS = 6


def _parse(text: str) -> str:
    digits = text.strip().removeprefix("#").upper()
    if len(digits) == _DIGITS // 2:
        digits = "".join(sign * 2 for sign in digits)
    if len(digits) != _DIGITS or any(sign not in "0123456789ABCDEF" for sign in digits):
        raise ShopError(Message(N_("A colour is written like {example}."), {"example": "#1F5FBF"}), "colour")
    return f"#{digits}"


class ColourField(QWidget):
    """The field `line` holds the colour; the button beside it shows it and opens the dialog."""

    def __init__(self, texts: Texts, name: str) -> None:
        super().__init__()
        self._texts, self._name = texts, name
        self.line = ForgivingEdit[str](texts, name, _parse, str)
        self.button = Button(texts.gettext("Choose colour …"), self.choose)
        self.button.setText(f" {self.button.text()}")  # the style leaves too little room beside an icon
        self.line.textChanged.connect(self._paint)
        self.line.value_changed.connect(self._paint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addWidget(self.line, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.line)

    def _paint(self) -> None:
        square = QPixmap(px(16), px(16))
        colour = QColor(self.line.value or "#FFFFFF")
        square.fill(colour)
        self.button.setIcon(QIcon(square))

    def choose(self) -> None:
        """The system's dialog."""
        dialog = QColorDialog(QColor(self.line.value or "#FFFFFF"), self)
        dialog.setWindowTitle(self._name)
        dialog.colorSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, colour: QColor) -> None:
        self.line.set_value(colour.name().upper())
        self.line.value_changed.emit()
