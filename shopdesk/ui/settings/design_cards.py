"""The finished designs as small pages to choose from: a click, the arrow keys, or 1, 2, 3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from shopdesk.domain.letterhead_names import DESIGNS
from shopdesk.domain.letterheads import Design
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import CARD_RADIUS, SMALL, px

if TYPE_CHECKING:
    from shopdesk.i18n import Texts

PAGE = QSize(132, 187)
"""A page of A4 in design pixels."""
_WORDS = 26
_FORWARD = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})
_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})


class DesignCard(QAbstractButton):
    """One design: its page, its key and its name; checked when it is the letterhead's."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__()
        self._page = QImage()
        self.number = number
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The page and its name below."""
        return QSize(px(PAGE.width()) + 2 * px(SMALL), px(PAGE.height() + _WORDS) + 2 * px(SMALL))

    def minimumSizeHint(self) -> QSize:
        """Half as wide: the page is drawn smaller then."""
        return QSize(px(PAGE.width() / 2) + 2 * px(SMALL), self.sizeHint().height())

    def nextCheckState(self) -> None:
        """A click asks; what is chosen decides about the mark."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys choose among all cards."""
        if event.key() in _FORWARD | _BACK:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_page(self, page: QImage) -> None:
        """Another picture of it."""
        self._page = page
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page on its card, framed when it is chosen or has the keyboard."""
        now, painter = tokens(), QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        strong = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(QColor(now.accent if strong else now.line), px(2) if strong else 1))
        painter.setBrush(QColor(now.selected if self.isChecked() else now.sunken))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(CARD_RADIUS), px(CARD_RADIUS))
        inner = self.rect().adjusted(px(SMALL), px(SMALL), -px(SMALL), -px(_WORDS))
        size = PAGE.scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
        page = QRectF(inner.x() + (inner.width() - size.width()) / 2, inner.y(), size.width(), size.height())
        painter.fillRect(page, QColor("#FFFFFF"))
        if not self._page.isNull():
            painter.drawImage(page, self._page)
        painter.setPen(QColor(now.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page)
        painter.setPen(QColor(now.text))
        font = QFont(self.font())
        font.setBold(self.isChecked())
        painter.setFont(font)
        words = self.rect().adjusted(px(SMALL), self.height() - px(_WORDS + 2), -px(SMALL), 0)
        text = painter.fontMetrics().elidedText(
            f"{self.number}  {self.text().replace('&&', '&')}", Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)


class DesignCards(QWidget):
    """All designs beside each other."""

    chosen = Signal(str)
    """A Design's value."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.cards: Mapping[Design, DesignCard] = {
            design: DesignCard(texts.gettext(name), number)
            for number, (design, name) in enumerate(DESIGNS.items(), 1)
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        for design, card in self.cards.items():
            card.clicked.connect(lambda _checked, design=design: self.choose(design))
            layout.addWidget(card)
        layout.addStretch(1)

    def mark(self, design: Design | None) -> None:
        """Show which one the letterhead has; None: the owner's own."""
        for own, card in self.cards.items():
            card.setChecked(own == design)

    def choose(self, design: Design) -> None:
        """Take this one."""
        self.mark(design)
        self.cards[design].setFocus()
        self.chosen.emit(design.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3 and the arrow keys."""
        designs = list(self.cards)
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(designs) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.choose(designs[number])
            return
        step = 1 if event.key() in _FORWARD else -1 if event.key() in _BACK else 0
        focused = next((at for at, card in enumerate(self.cards.values()) if card.hasFocus()), None)
        if step and focused is not None:
            self.choose(designs[(focused + step) % len(designs)])
            return
        super().keyPressEvent(event)
