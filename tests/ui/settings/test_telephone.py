"""Switching it on, trying it out, and reading how the line stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from shopdesk.domain.call_lines import CallMonitorSettings
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.settings.telephone_section import TelephoneSection
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import call_lines
from shopdesk.usecases.shop import Shop
from tests.outside.fake_box import FakeBox, free_port


@pytest.fixture
def section(page: SettingsPage) -> TelephoneSection:
    found = page.sections["telephone"]
    assert isinstance(found, TelephoneSection)
    return found


@pytest.fixture
def box() -> Iterator[FakeBox]:
    with FakeBox() as box:
        yield box


def enter(section: TelephoneSection, host: str, port: int, *, on: bool = True) -> None:
    section.is_on.setChecked(on)
    section.host.setText(host)
    section.port.set_value(port)


def test_off_by_default_with_the_usual_address(section: TelephoneSection) -> None:
    assert section._typed() == CallMonitorSettings(False, "fritz.box", 1012)
    assert not section.is_changed
    assert section.state.isHidden()


def test_switched_on_it_connects_and_says_so(
    section: TelephoneSection, window: MainWindow, shop: Shop, box: FakeBox, qtbot: QtBot
) -> None:
    window.overlays.calls.start()
    enter(section, "127.0.0.1", box.port)
    assert section.save()
    assert call_lines.settings(shop) == CallMonitorSettings(True, "127.0.0.1", box.port)
    words = "Mit 127.0.0.1 verbunden: Wer anruft, wird angezeigt."
    qtbot.waitUntil(lambda: section.state.words.text() == words)
    box.close()
    qtbot.waitUntil(lambda: "ausgeschaltet. Wählen Sie #96*5*" in section.state.words.text(), timeout=10_000)
    window.toasts.undo()
    qtbot.waitUntil(section.state.isHidden)


@pytest.mark.parametrize(
    ("host", "on", "words"),
    [
        ("127.0.0.1", True, "Die Box antwortet. Rufen Sie Ihren Laden vom Handy aus an"),
        ("127.0.0.1", False, "Die Box antwortet. Schalten Sie jetzt „Zeigen, wer anruft“ ein"),
        (
            "there-is-no-box.invalid",
            True,
            "Ein Gerät namens there-is-no-box.invalid gibt es in Ihrem Netz nicht.",
        ),
    ],
)
def test_trying_it_says_what_came_of_it(
    section: TelephoneSection, box: FakeBox, host: str, on: bool, words: str
) -> None:
    enter(section, host, box.port, on=on)
    section.test_button.click()
    assert section.result.words.text().startswith(words)
    assert section.test_button.isEnabled()


def test_a_call_monitor_that_is_switched_off_is_told_with_the_digits_to_dial(
    section: TelephoneSection,
) -> None:
    enter(section, "127.0.0.1", free_port())
    section.test()
    assert "Wählen Sie #96*5* an einem Telefon" in section.result.words.text()


@pytest.mark.parametrize("act", ["save", "test"])
def test_a_wrong_address_is_said_at_its_field(section: TelephoneSection, shop: Shop, act: str) -> None:
    enter(section, "keine box", 1012)
    getattr(section, act)()
    assert "kann nicht der Name einer Box sein" in section.host_field.problem.text()
    assert call_lines.settings(shop) == CallMonitorSettings()
