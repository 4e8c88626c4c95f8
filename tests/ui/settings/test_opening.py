"""The settings page opens with its first section; the others follow while the window answers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from shopdesk.ui.settings.page import SECTIONS, SettingsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases.shop import Shop


def settings_page(window: MainWindow) -> SettingsPage:
    found = window.navigation.page
    assert isinstance(found, SettingsPage)
    return found


def test_the_sections_come_one_at_a_time_in_their_order(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("settings")
    page = settings_page(window)
    assert len(page._made) == 1
    qtbot.waitUntil(lambda: len(page._made) == len(SECTIONS), timeout=20_000)
    assert list(page._made) == list(SECTIONS)

    def stand_in_order() -> bool:
        tops = [section.y() for section in page._made.values()]
        return tops == sorted(set(tops))

    qtbot.waitUntil(stand_in_order)
    assert [chip.text() for chip in page.chips.values()] == [one.title for one in page._made.values()]


def test_leaving_before_all_sections_are_there_is_no_harm(
    window: MainWindow, shop: Shop, qtbot: QtBot
) -> None:
    window.open_page("settings")
    page = settings_page(window)
    window.open_page("today")
    page.reload()
    window.open_page("settings", "letterhead")
    qtbot.waitUntil(lambda: len(page._made) == len(SECTIONS), timeout=20_000)
    assert list(page.sections) == list(SECTIONS)


class _PaintedFields(QObject):
    """Notes each field that is painted lower than it can be read."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__()
        self.page, self.seen, self.cut = page, 0, list[tuple[int, int]]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        field = isinstance(watched, QLineEdit) and self.page.scroller.inner.isAncestorOf(watched)
        if field and event.type() == QEvent.Type.Paint:
            assert isinstance(watched, QLineEdit)
            self.seen += 1
            if watched.height() < watched.minimumSizeHint().height() - 1:
                self.cut.append((len(self.page._made), watched.height()))
        return False


def test_no_field_is_ever_painted_cut_in_half(
    window: MainWindow, shop: Shop, qapp: QApplication, qtbot: QtBot
) -> None:
    with qtbot.waitExposed(window):
        window.show()
    window.open_page("settings")
    page = settings_page(window)
    painted = _PaintedFields(page)
    qapp.installEventFilter(painted)
    qtbot.waitUntil(lambda: len(page._made) == len(SECTIONS), timeout=20_000)
    qtbot.waitUntil(lambda: painted.seen > 0)
    qapp.removeEventFilter(painted)
    assert painted.cut == []
