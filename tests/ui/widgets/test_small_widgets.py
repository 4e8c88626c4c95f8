from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shopdesk.i18n import Texts
from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.widgets.buttons import Button, IconButton
from shopdesk.ui.widgets.chips import Chip, ChipButton, ChipRow
from shopdesk.ui.widgets.labels import (
    Caption,
    Display,
    ElidedLabel,
    Heading,
    KeyHint,
    Muted,
    PlainLabel,
    ProblemLabel,
    Strong,
)
from shopdesk.ui.widgets.progress_line import ProgressLine
from shopdesk.ui.widgets.search_edit import SearchEdit


@pytest.mark.parametrize("kind", [PlainLabel, Display, Heading, Strong, Muted, Caption, KeyHint, Chip])
def test_a_label_never_reads_its_text_as_html(qtbot: QtBot, kind: type[QLabel]) -> None:
    label = kind("<b>Möbel & Co</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_button_shows_an_ampersand_and_says_its_name(qtbot: QtBot) -> None:
    button = Button("Möbel & Co", key="F7")
    qtbot.addWidget(button)
    assert button.text() == "Möbel && Co"
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Möbel & Co"
    assert button.toolTip() == "Möbel & Co (F7)"


def test_an_icon_alone_has_a_name(qtbot: QtBot) -> None:
    button = IconButton("Löschen", "trash-2")
    qtbot.addWidget(button)
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("", "Löschen", "Löschen")


def test_chips_flow_into_more_lines_when_there_is_less_room(qtbot: QtBot, theme: Theme) -> None:
    row = ChipRow()
    qtbot.addWidget(row)
    row.show_chips([Chip(f"Porto nach Bulgarien {n}") for n in range(6)])
    wide, narrow = row.flow.heightForWidth(2000), row.flow.heightForWidth(300)
    assert narrow >= 3 * wide
    row.show_chips([])
    assert row.isHidden()


def test_a_chip_button_is_pressed_with_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    pressed: list[bool] = []
    chip = ChipButton("+ Porto", lambda: pressed.append(True), icon_name="truck", key="Alt+1")
    qtbot.addWidget(chip)
    chip.show()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert pressed == [True]


def test_a_chip_without_words_hides(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip("offen", "warn")
    qtbot.addWidget(chip)
    chip.tell("bezahlt", "ok")
    assert (chip.text(), chip.property("chip")) == ("bezahlt", "ok")
    chip.tell("", "ok")
    assert chip.isHidden()


def test_a_text_that_does_not_fit_stands_in_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("Desislava Ivanova, ul. Hristo Botev 14, 5300 Gabrovo, Bulgarien")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(2000, 20)
    assert label.toolTip() == ""


def test_a_problem_shows_itself_only_while_there_is_one(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    label = ProblemLabel(place)
    label.say("Die IBAN stimmt nicht.")
    assert not label.isHidden()
    label.say("")
    assert label.isHidden()


def test_words_before_their_place_open_no_window(qtbot: QtBot) -> None:
    before = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    label = ProblemLabel()
    label.say("Die IBAN stimmt nicht.")
    place = QWidget()
    qtbot.addWidget(place)
    QVBoxLayout(place).addWidget(label)
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == before
    assert not label.isHidden()


def test_searching_waits_for_a_pause_and_return_does_not(qtbot: QtBot, theme: Theme) -> None:
    edit = SearchEdit("Kunden suchen", pause=10)
    qtbot.addWidget(edit)
    edit.show()
    seen: list[str] = []
    edit.searched.connect(seen.append)
    qtbot.keyClicks(edit, "iva")
    qtbot.waitUntil(lambda: seen == ["iva"])
    with qtbot.waitSignal(edit.down):
        qtbot.keyClicks(edit, "n")
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert seen[-1] == "ivan"
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == ""


def test_progress_is_told_only_when_it_takes_a_while(qtbot: QtBot, theme: Theme) -> None:
    line = ProgressLine(Texts("de"))
    qtbot.addWidget(line)
    cancelled: list[bool] = []
    line.say("Mails werden geholt …", lambda: cancelled.append(True))
    assert line.isHidden()
    qtbot.waitUntil(line.isVisible)
    qtbot.mouseClick(line.cancel, Qt.MouseButton.LeftButton)
    assert cancelled == [True]
    assert line.isHidden()
