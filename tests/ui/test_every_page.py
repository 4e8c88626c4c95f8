"""What every page of the program must be: reachable, named, readable, fitting. New pages are checked by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.page_table import PAGES, PageSpec
from shopdesk.ui.shell.protocol import NewCustomer, NewDocument, Page
from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.widgets.buttons import PrimaryButton

ITEMS: dict[str, object] = {
    "customer": NewCustomer("Desislava Ivanova"),
    "document": NewDocument("invoice"),
    "standing_order": 0,
}


def _is_built(spec: PageSpec) -> bool:
    module = spec.factory.partition(":")[0]
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


BUILT = [spec for spec in PAGES if _is_built(spec)]
pytestmark = pytest.mark.parametrize("spec", BUILT, ids=lambda spec: spec.name)


@pytest.fixture
def opened(make_window: Callable[..., MainWindow], qtbot: QtBot, spec: PageSpec) -> tuple[MainWindow, Page]:
    window = make_window()
    window.open_page(spec.name, ITEMS.get(spec.name))
    page = window.navigation.page
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    return window, page


def visible(root: QWidget) -> list[QWidget]:
    return [widget for widget in root.findChildren(QWidget) if widget.isVisible()]


def described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}"


def test_everything_that_takes_the_focus_has_a_name(opened: tuple[MainWindow, Page]) -> None:
    nameless = []
    for widget in visible(opened[0]):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar):
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        if not spoken.text(QAccessible.Text.Name).strip():
            nameless.append(described(widget))
    assert not nameless


def test_every_key_is_given_once(opened: tuple[MainWindow, Page]) -> None:
    window = opened[0]
    keys: Counter[str] = Counter()
    for action in window.findChildren(QAction):
        keys.update(key.toString() for key in action.shortcuts() if action.isEnabled())
    keys.update(shortcut.key().toString() for shortcut in window.findChildren(QShortcut))
    keys.update(
        button.shortcut().toString()
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not button.shortcut().isEmpty()
    )
    assert not [key for key, times in keys.items() if times > 1]


def test_tab_reaches_everything(opened: tuple[MainWindow, Page]) -> None:
    window, page = opened
    wanted: set[QWidget] = {
        widget
        for widget in visible(page)
        if widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollBar)
    }
    seen: set[QWidget] = set()
    widget: QWidget | None = window
    while widget is not None and widget not in seen:
        seen.add(widget)
        widget = widget.nextInFocusChain()
    assert not [described(widget) for widget in wanted - seen]


def test_work_begins_somewhere(opened: tuple[MainWindow, Page]) -> None:
    page = opened[1]
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page is focused or page.isAncestorOf(focused)


def test_it_fits_a_small_screen(opened: tuple[MainWindow, Page]) -> None:
    window = opened[0]
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720
    assert cut_off(window) == []


def test_it_stays_usable_at_one_and_a_half_the_text_size(
    theme: Theme, make_window: Callable[..., MainWindow], qtbot: QtBot, spec: PageSpec
) -> None:
    """At 100 % every page fits 1280x720; at 150 % the same width must do, and the height of a 5:4 screen."""
    theme.choose("light", 150)
    window = make_window(size=(1280, 980))
    window.open_page(spec.name, ITEMS.get(spec.name))
    page = window.navigation.page
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 980
    assert cut_off(window) == []


def cut_off(window: MainWindow) -> list[str]:
    """Buttons and fields that stand outside the window or are narrower than their words, unless they scroll."""
    found = []
    for widget in visible(window):
        inside_a_field = isinstance(widget.parentWidget(), QLineEdit)  # the cross that empties it
        if not isinstance(widget, QAbstractButton) or inside_a_field or _scrolls(widget):
            continue
        corner = widget.mapTo(window, widget.rect().bottomRight())
        if not window.rect().contains(corner) or widget.width() < widget.minimumSizeHint().width():
            found.append(described(widget))
    return found


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def test_no_label_reads_its_text_as_html(opened: tuple[MainWindow, Page]) -> None:
    labels = [label for label in opened[0].findChildren(QLabel) if label.text()]
    assert not [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText]


def test_there_is_at_most_one_filled_button(opened: tuple[MainWindow, Page]) -> None:
    filled = [
        button.accessibleName() for button in opened[0].findChildren(PrimaryButton) if button.isVisible()
    ]
    assert len(filled) <= 1, filled


def test_it_opens_no_window_of_its_own(opened: tuple[MainWindow, Page]) -> None:
    others = [described(w) for w in QApplication.topLevelWidgets() if w.isVisible() and w is not opened[0]]
    assert not others


def test_it_reads_again_and_is_left_without_complaint(opened: tuple[MainWindow, Page]) -> None:
    window, page = opened
    page.reload()
    window.commands_changed()
    page.leaving()
    assert not window.toasts.toasts
