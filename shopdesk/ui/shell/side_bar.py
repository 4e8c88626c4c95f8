"""The pages at the left: icon, name, how many things wait, and Ctrl+1 … Ctrl+9."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.icons import SIZE, icon
from shopdesk.ui.shell.page_table import PageSpec
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.showing import show_if

_LEAST_WIDTH = 200
_MARGIN = 10


class SideButton(QToolButton):
    """One entry."""

    def __init__(self, title: str, icon_name: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.icon_name = title, icon_name
        self._looks: tuple[str, int] | None = None
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCheckable(True)
        self.setToolTip(f"{title} ({key})" if key else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_count(0)
        self._draw()

    def show_count(self, number: int) -> None:
        """How many things wait behind it; 0 shows nothing."""
        name = self.title.replace("&", "&&")
        self.setText(f" {name}   {number}" if number else f" {name}")
        self.setAccessibleName(f"{self.title}, {number}" if number else self.title)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch between light and dark, and the text size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._draw()

    def _draw(self) -> None:
        looks = (tokens().text2, px(SIZE))
        if looks == self._looks:
            return  # styling a new window tells each button several times
        self._looks = looks
        self.setIconSize(QSize(px(SIZE + 2), px(SIZE)))
        self.setIcon(icon(self.icon_name, tokens().text2))
        self.setMinimumHeight(px(37))


class _PageList(QScrollArea):
    """The pages above the foot; where they are more than the window is high they scroll, and it need not grow."""

    def __init__(self, buttons: Iterable[SideButton]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("role", "plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        for button in buttons:
            column.addWidget(button)
        column.addStretch(1)
        self.setWidget(inner)

    def show_button(self, button: SideButton) -> None:
        """Scroll there once it has its place."""
        if self.isAncestorOf(button):
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(button, 0, 0))


class SideBar(QWidget):
    """Says which page is wanted."""

    wanted = Signal(str)
    palette_wanted = Signal()

    def __init__(self, texts: Texts, pages: tuple[PageSpec, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons: dict[str, SideButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(_MARGIN), px(MEDIUM), px(_MARGIN), px(MEDIUM))
        layout.setSpacing(px(2))
        search = shortcut("palette")
        self.search = SideButton(texts.gettext(search.title), search.icon, search.shown())
        self.search.setCheckable(False)
        self.search.clicked.connect(lambda _checked: self.palette_wanted.emit())
        layout.addWidget(self.search)
        layout.addSpacing(px(8))
        self._list = _PageList([self._button(texts, page) for page in pages if _is_in_list(page)])
        layout.addWidget(self._list, 1)
        for page in pages:
            if page.in_side_bar and page.at_foot:
                layout.addWidget(self._button(texts, page))
        self._fit()

    def _button(self, texts: Texts, page: PageSpec) -> SideButton:
        key = page_key(page)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) if key else ""
        button = SideButton(texts.gettext(page.title), page.icon, shown)
        button.clicked.connect(lambda _checked: self.wanted.emit(page.name))
        show_if(button, page.visible_from_start)
        self._buttons[page.name] = button
        return button

    def show_current(self, name: str) -> None:
        """Mark the page that is shown; a page of the second rank appears with its first visit."""
        for other, button in self._buttons.items():
            button.setChecked(other == name)
        if name in self._buttons:
            self._buttons[name].show()
            self._list.show_button(self._buttons[name])

    def reveal(self, names: Iterable[str]) -> None:
        """Pages of the second rank that are in use already."""
        for name in names:
            if name in self._buttons:
                self._buttons[name].show()

    def show_count(self, name: str, number: int) -> None:
        """How many things wait behind a page; the first one brings the page into the side bar."""
        button = self._buttons.get(name)
        if button is not None:
            button.show_count(number)
            if number:
                button.show()
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """As wide as its longest entry needs; the counts have room beside the short ones."""
        entries = (self.search, *self._buttons.values())
        widest = max(button.sizeHint().width() for button in entries)
        self.setFixedWidth(max(px(_LEAST_WIDTH), widest + 2 * px(_MARGIN)))


def _is_in_list(page: PageSpec) -> bool:
    return page.in_side_bar and not page.at_foot


def page_key(page: PageSpec) -> str:
    """The page's shortcut, "" without one."""
    return f"Ctrl+{page.digit}" if page.digit else ""
