from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.search import Found
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.palette import Palette
from shopdesk.ui.shell.protocol import NewCustomer
from tests.ui.sample_pages import PAGES

IVANOVA = Found("customer", 7, "K-7", "Desislava Ivanova", "5300 Gabrovo", "d.ivanova@abv.bg", 90)
INVOICE = Found("document", 12, "R-2026-0412", "Rechnung R-2026-0412", "Desislava Ivanova", "", 80, 7)
ARTICLE = Found("article", 3, "RM", "Rollmatratze", "", "", 50)
BLACK_BOX = {"ivanova": [IVANOVA, INVOICE], "412": [INVOICE], "rollmatratze": [ARTICLE]}


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    window = make_window(PAGES)
    window.overlays.find = lambda text: BLACK_BOX.get(text.casefold(), [])
    window.open_page("today")
    QApplication.clipboard().clear()
    return window


def opened(window: MainWindow, qtbot: QtBot, text: str = "") -> Palette:
    qtbot.keyClick(window, Qt.Key.Key_F9)
    palette = window.overlays.palette
    assert palette is not None
    assert palette.isVisible()
    assert palette.edit.hasFocus()
    if text:
        qtbot.keyClicks(palette.edit, text)
    return palette


def titles(palette: Palette) -> list[str]:
    palette._find()
    return [offer.row.title for offer in palette._offers]


def here(window: MainWindow) -> tuple[str, object]:
    place = window.navigation.here
    assert place is not None
    return place.name, place.item


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ivanova", ("customer", 7)),
        ("412", ("document", 12)),
        ("+359 88 712 3456", ("customer", NewCustomer("+359 88 712 3456"))),
        ("Postausgang", ("outbox", None)),
    ],
)
def test_return_opens_the_first_offer_even_before_the_list_was_drawn(
    window: MainWindow, qtbot: QtBot, text: str, place: tuple[str, object]
) -> None:
    if text == "Postausgang":
        window.overlays.find = lambda _text: []
    palette = opened(window, qtbot)
    palette.edit.setText(text)
    palette._typed()
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert here(window) == place


def test_an_unknown_number_becomes_a_new_customer(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot, "+359 88 712")
    assert titles(palette)[0] == "Neuer Kunde mit +359 88 712"


def test_the_number_in_the_clipboard_leads_to_whoever_has_it(window: MainWindow, qtbot: QtBot) -> None:
    window.overlays.find = lambda text: [IVANOVA, INVOICE] if text == "+359 88 712 3456" else []
    QApplication.clipboard().setText(" +359 88 712\t3456 ")
    palette = opened(window, qtbot)
    (offer, *_others) = palette._offers
    assert (offer.row.title, offer.row.caption) == (
        "Desislava Ivanova",
        "Aus der Zwischenablage: +359 88 712 3456",
    )
    assert "Neuer Kunde" not in "".join(titles(palette))
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert here(window) == ("customer", 7)


def test_a_known_name_stands_before_the_new_customer(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot, "Ivanova")
    assert titles(palette)[:3] == ["Desislava Ivanova", "Rechnung R-2026-0412", "Neuer Kunde mit Ivanova"]


def test_every_command_of_the_program_is_found_with_its_key(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot, "rechnung")
    titles(palette)
    keys = {offer.row.title: offer.row.hint for offer in palette._offers}
    assert keys["Neue Rechnung"] == "F7"


def test_arrows_choose_while_the_line_keeps_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot, "Ivanova")
    titles(palette)
    qtbot.keyClick(palette.edit, Qt.Key.Key_Down)
    assert palette.edit.hasFocus()
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert here(window) == ("document", 12)


def test_escape_gives_the_focus_back_and_leaves_the_page(window: MainWindow, qtbot: QtBot) -> None:
    before = QApplication.focusWidget()
    palette = opened(window, qtbot, "abc")
    qtbot.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert QApplication.focusWidget() is before
    assert here(window) == ("today", None)


def test_empty_it_offers_what_was_opened_last_and_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    window.open_customer(4)
    window.open_page("today")
    QApplication.clipboard().setText("0551 / 123456")
    palette = opened(window, qtbot)
    assert titles(palette)[:2] == ["Kunde 4", "Neuer Kunde mit 0551 / 123456"]


def test_it_is_as_high_as_its_rows_and_stays_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot, "+359 88 712")
    titles(palette)
    low = palette.height()
    palette.edit.clear()
    titles(palette)
    assert palette.height() > low
    assert window.rect().contains(palette.geometry())


def test_what_leads_nowhere_says_so(window: MainWindow, qtbot: QtBot) -> None:
    palette = opened(window, qtbot, "zz")
    assert titles(palette) == []
    assert palette.nothing.isVisible()
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert palette.isVisible()
