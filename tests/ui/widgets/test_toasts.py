from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shopdesk.i18n import Texts
from shopdesk.ui.theme.theme import Theme
from shopdesk.ui.widgets.toasts import MOST_AT_ONCE, ToastHost


class Host(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.bar = QWidget()
        self.bar.setFixedHeight(40)
        layout = QVBoxLayout(self)
        layout.addWidget(self.edit)
        layout.addStretch(1)
        layout.addWidget(self.bar)
        self.toasts = ToastHost(self, Texts("de"), "Strg+Z", lambda: self.bar)


@pytest.fixture
def host(qtbot: QtBot, theme: Theme) -> Host:
    result = Host()
    qtbot.addWidget(result)
    result.resize(800, 400)
    result.show()
    qtbot.waitExposed(result)
    return result


def test_what_waits_is_done_when_the_seconds_have_passed(host: Host, qtbot: QtBot) -> None:
    did: list[str] = []
    host.toasts.show("Rechnung wird gesendet", lambda: did.append("undo"), 0.1, lambda: did.append("then"))
    qtbot.waitUntil(lambda: did == ["then"])
    assert not host.toasts.toasts
    host.toasts.undo()
    assert did == ["then"]


def test_undo_takes_back_what_waits_and_it_never_happens(host: Host, qtbot: QtBot) -> None:
    did: list[str] = []
    toast = host.toasts.show(
        "Rechnung wird gesendet", lambda: did.append("undo"), 0.1, lambda: did.append("then")
    )
    button = toast.findChild(QPushButton)
    assert button is not None
    assert "Strg+Z" in button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not host.toasts.toasts)
    assert did == ["undo"]


def test_the_newest_is_taken_back_first(host: Host) -> None:
    did: list[int] = []
    for number in (1, 2):
        host.toasts.show(str(number), lambda n=number: did.append(n))  # type: ignore[misc]
    host.toasts.undo()
    host.toasts.undo()
    assert did == [2, 1]
    assert not host.toasts.can_undo


def test_a_finished_action_can_be_taken_back_after_its_message_has_gone(host: Host, qtbot: QtBot) -> None:
    did: list[str] = []
    host.toasts.show("Erledigt", lambda: did.append("undo"), 0.05)
    qtbot.waitUntil(lambda: not host.toasts.toasts)
    assert host.toasts.can_undo
    host.toasts.undo()
    host.toasts.undo()
    assert did == ["undo"]


def test_closing_forgets_what_waits(host: Host) -> None:
    did: list[str] = []
    host.toasts.show("Rechnung wird gesendet", None, 8, lambda: did.append("then"))
    host.toasts.clear()
    assert not did
    assert not host.toasts.toasts


def test_toasts_stand_above_the_action_bar_and_do_not_cover_each_other(host: Host) -> None:
    one, two = host.toasts.show("eins"), host.toasts.show("zwei")
    assert two.geometry().bottom() < host.bar.geometry().top()
    assert one.geometry().bottom() < two.geometry().top()


def test_many_messages_stay_few_but_nothing_that_waits_is_dropped(host: Host) -> None:
    waiting = host.toasts.show("wartet", None, 8, lambda: None)
    for number in range(2 * MOST_AT_ONCE):
        host.toasts.show(str(number))
    assert len(host.toasts.toasts) == MOST_AT_ONCE
    assert waiting in host.toasts.toasts


def test_a_long_message_breaks_into_lines_inside_the_window(host: Host) -> None:
    toast = host.toasts.show("Rechnung mit einem sehr langen Text " * 8, lambda: None)
    assert toast.width() <= host.width()
    assert toast.height() > host.toasts.show("kurz").height()


def test_ctrl_z_reaches_the_toast_only_when_the_text_has_nothing_to_undo(host: Host, qtbot: QtBot) -> None:
    host.toasts.show("Erledigt", lambda: None)
    host.edit.setFocus()
    assert not host.edit.isUndoAvailable()
    qtbot.keyClicks(host.edit, "abc")
    qtbot.keyClick(host.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert host.edit.text() == ""
