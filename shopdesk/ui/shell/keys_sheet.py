"""The sheet of all keys (F1, or ? in a list)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.i18n import Texts
from shopdesk.ui.shell.overlay import Overlay
from shopdesk.ui.shell.page_table import PageSpec
from shopdesk.ui.shell.shortcuts import PAGES as PAGES_GROUP
from shopdesk.ui.shell.shortcuts import SHORTCUTS, Shortcut
from shopdesk.ui.shell.side_bar import page_key
from shopdesk.ui.theme.sizes import LARGE, NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import ScrollPage
from shopdesk.ui.widgets.labels import Heading, KeyHint, PlainLabel, Strong


class KeysSheet(Overlay):
    """Every key of the program in groups, in two columns."""

    def __init__(self, window: QWidget, texts: Texts, pages: tuple[PageSpec, ...]) -> None:
        super().__init__(window)
        self.setAccessibleName(texts.gettext("All keys"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(LARGE), px(LARGE), px(LARGE), px(NORMAL))
        layout.setSpacing(px(NORMAL))
        head = QHBoxLayout()
        head.addWidget(Heading(texts.gettext("All keys")), 1)
        self.close_button = Button(texts.gettext("Close"), self.finish, key="Esc")
        head.addWidget(self.close_button)
        layout.addLayout(head)
        self._scroll = ScrollPage()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(texts.gettext("All keys"))
        columns = QHBoxLayout()
        columns.setSpacing(px(LARGE))
        groups = _groups(pages)
        for half in (groups[:2], groups[2:]):
            column = QVBoxLayout()
            for title, entries in half:
                column.addWidget(Strong(texts.gettext(title)))
                column.addLayout(_grid(texts, entries))
                column.addSpacing(px(SMALL))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._scroll.body.addLayout(columns)
        layout.addWidget(self._scroll)

    def open(self) -> None:
        """Show it; the arrows scroll."""
        self.start()
        self._scroll.setFocus()

    def place(self) -> None:
        """In the middle, as large as its lines and the window allow."""
        area = self.host.rect()
        inner = self._scroll.inner.sizeHint()
        width = min(area.width() - px(64), max(px(720), inner.width() + px(80)))
        height = min(area.height() - px(64), inner.height() + px(120))
        self.resize(width, height)
        self.move((area.width() - width) // 2, (area.height() - height) // 2)


def _groups(pages: tuple[PageSpec, ...]) -> list[tuple[str, list[Shortcut]]]:
    groups: dict[str, list[Shortcut]] = {}
    for entry in SHORTCUTS:
        if entry.keys:
            groups.setdefault(entry.group, []).append(entry)
    groups[PAGES_GROUP] = [
        Shortcut(page.name, page.title, PAGES_GROUP, (page_key(page),)) for page in pages if page.digit
    ]
    return list(groups.items())


def _grid(texts: Texts, entries: list[Shortcut]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(NORMAL))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(1, 1)
    for number, entry in enumerate(entries):
        keys = QHBoxLayout()
        keys.setSpacing(px(4))
        for sequence in entry.sequences():
            keys.addWidget(KeyHint(sequence.toString(sequence.SequenceFormat.NativeText)))
        keys.addStretch(1)
        grid.addLayout(keys, number, 0)
        grid.addWidget(PlainLabel(texts.gettext(entry.title)), number, 1)
    return grid
