"""A line's description is typed below its name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from shopdesk.domain.customers import Customer
from shopdesk.ui.documents.description_edit import DescriptionEdit
from shopdesk.ui.documents.model import Column
from tests.ui.documents.conftest import Desk

Key = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def _edit() -> DescriptionEdit:
    focused = QApplication.focusWidget()
    assert isinstance(focused, DescriptionEdit)
    return focused


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2 rollm 80x190", "Rollmatratze 80 × 190 cm"),
        ("Sonderbett 100,00", "Sonderbett"),
        ("Sonderbett", "Sonderbett"),
    ],
)
def test_alt_enter_takes_the_name_and_leads_to_the_description(
    desk: Desk, caller: Customer, typed: str, text: str
) -> None:
    desk.begin(customer=caller)
    desk.type(typed)
    desk.press(Key.Key_Return, ALT)
    assert _edit().isVisible()
    _edit().selectAll()
    desk.type("Bezug abnehmbar")
    desk.press(Key.Key_Return, SHIFT)
    desk.type("Farbe: natur")
    desk.press(Key.Key_Return)
    (line,) = desk.document.lines
    assert (line.text, line.description) == (text, "Bezug abnehmbar\nFarbe: natur")
    assert isinstance(QApplication.focusWidget(), QLineEdit)  # the price, or the next row


def test_an_older_lines_description_is_changed_and_undone_and_escape_leaves_it(
    desk: Desk, caller: Customer
) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00", "Kissen 10,00")
    assert page.editor is not None
    lines = page.editor.lines
    lines.go(0)
    height = lines.rowHeight(0)
    desk.press(Key.Key_Return, ALT)
    assert lines.rowHeight(0) > height
    assert not _edit().geometry().intersects(lines.visualRect(lines.lines.index(1, Column.NAME)))
    desk.type("mit Schubkasten")
    desk.press(Key.Key_Tab)
    assert desk.document.lines[0].description == "mit Schubkasten"
    assert lines.currentIndex().column() == Column.QUANTITY
    assert "mit Schubkasten" in lines.lines.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    lines.go(0)
    desk.press(Key.Key_Return, ALT)
    desk.type(" und Lehne")
    desk.press(Key.Key_Escape)
    assert desk.document.lines[0].description == "mit Schubkasten"
    assert lines.describing == -1
    assert desk.window.navigation.page is page
    page.undo()
    assert desk.document.lines[0].description == ""


def test_an_open_description_is_kept_when_the_document_is_left_or_sent(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.type("Sonderbett 100,00")
    desk.press(Key.Key_Return, ALT)
    desk.type("mit Schubkasten")
    page.leaving()
    assert desk.document.lines[0].description == "mit Schubkasten"
    assert page.session is not None
    assert not page.session.is_dirty
