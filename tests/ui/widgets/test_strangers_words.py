"""Words of strangers in labels, chips and tool tips: plain, and never wider than the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.widgets.cards import PageHeader
from shopdesk.ui.widgets.chips import Chip, ChipButton, ChipRow
from shopdesk.ui.widgets.labels import PlainLabel, breakable, plain_tip, shortened
from shopdesk.ui.widgets.tab_order import tab_before

ENDLESS = "x" * 2000


def test_a_tool_tip_is_no_html() -> None:
    assert plain_tip("<b>Fett</b>") == "<span>&lt;b&gt;Fett&lt;/b&gt;</span>"
    assert plain_tip("A & B") == "A & B"


def test_a_mail_address_is_not_broken_when_it_is_copied() -> None:
    assert breakable("desislava.ivanova@example.org") == "desislava.ivanova@example.org"


def test_shortened_is_one_line() -> None:
    assert shortened("zwei\nZeilen") == "zwei Zeilen"
    assert len(shortened(ENDLESS)) == 60


@pytest.mark.parametrize(
    "make",
    [
        lambda: PlainLabel(ENDLESS, wrap=True),
        lambda: PageHeader(ENDLESS, ENDLESS),
        lambda: _row(Chip(ENDLESS)),
        lambda: _row(ChipButton(ENDLESS, lambda: None)),
    ],
    ids=["label", "header", "chip", "button"],
)
def test_an_endless_word_widens_nothing(qtbot: QtBot, theme: Theme, make: object) -> None:
    assert theme is not None
    widget = make()  # type: ignore[operator]
    qtbot.addWidget(widget)
    assert widget.minimumSizeHint().width() < 300


def _row(chip: QWidget) -> ChipRow:
    row = ChipRow()
    row.show_chips([chip])
    return row


def test_a_chip_in_a_narrow_column_is_still_drawn_and_says_all(qtbot: QtBot, theme: Theme) -> None:
    assert theme is not None
    chip = ChipButton("Elisabeth Gruber: gleiche Mailadresse?", lambda: None)
    qtbot.addWidget(chip)
    chip.resize(80, chip.sizeHint().height())
    assert not chip.grab().isNull()
    assert chip.accessibleName() == "Elisabeth Gruber: gleiche Mailadresse?"


def test_what_comes_later_stands_before_its_neighbour_for_tab(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QHBoxLayout(page)
    first, box, last = QLineEdit(), QPlainTextEdit(tabChangesFocus=True), QLineEdit()
    for widget in (first, box, last):
        layout.addWidget(widget)
    late = [QLineEdit(), QLineEdit()]
    for widget in late:
        layout.addWidget(widget)
    tab_before(box, late)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    first.setFocus()
    for expected in (*late, box, last):
        focused = page.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert page.focusWidget() is expected
