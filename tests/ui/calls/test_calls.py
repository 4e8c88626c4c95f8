"""The banner from the box's line to the customer's card, over a real window and a real TCP line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.addresses import Address
from shopdesk.domain.call_lines import CallMonitorSettings, LineState
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.phone_calls import parse_line
from shopdesk.domain.shop_profile import ShopProfile
from shopdesk.domain.today import TodayKind
from shopdesk.ui.calls import banner as one_banner
from shopdesk.ui.calls import banners
from shopdesk.ui.calls.banner import BannerState, CallBanner
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.links import Links
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.protocol import NewCustomer
from shopdesk.ui.today.page import TodayPage
from shopdesk.usecases import call_lines, customers, shop_settings
from shopdesk.usecases.shop import Shop
from tests.outside.fake_box import FakeBox
from tests.ui.settings.conftest import LINDNER

NUMBER = "00359887123456"


def person(given: str, family: str, *numbers: str) -> Customer:
    return Customer(
        person=PersonName(Salutation.MRS, "", given, family),
        phones=tuple(Phone(number) for number in numbers),
        address=Address(("Aprilovska 12",), "5300", "Gabrovo", "BG"),
        facts=("Porto getrennt", "feste Matratze"),
    )


@pytest.fixture
def ivanova(shop: Shop) -> Customer:
    shop_settings.save_profile(shop, ShopProfile(seller=LINDNER, area_code="0551"))
    return customers.create(shop, person("Desislava", "Ivanova", "+359 88 712 3456"))


@pytest.fixture
def desk(window: MainWindow, ivanova: Customer) -> MainWindow:
    assert ivanova.id
    window.open_page("today")
    return window


def happen(window: MainWindow, *lines: str) -> None:
    for line in lines:
        event = parse_line(f"23.11.26 09:50:01;{line}".encode())
        assert event is not None
        window.overlays.calls.follow(event)


def ring(window: MainWindow, number: str = NUMBER, connection: int = 0) -> None:
    happen(window, f"RING;{connection};{number};123456;SIP0;")


def shown(window: MainWindow) -> list[CallBanner]:
    return window.overlays.calls._shown()


def the_banner(window: MainWindow) -> CallBanner:
    (banner,) = shown(window)
    return banner


def here(window: MainWindow) -> tuple[str, object]:
    place = window.navigation.here
    assert place is not None
    return place.name, place.item


def card(window: MainWindow) -> CustomerPage:
    page = window.navigation.page
    assert isinstance(page, CustomerPage)
    return page


def call_rows(window: MainWindow) -> list[str]:
    window.open_page("today")
    QTest.qWait(1)  # what was written is read after the use case has returned
    page = window.navigation.page
    assert isinstance(page, TodayPage)
    model = page.rows.rows
    items = [model.item(model.index(number)) for number in range(model.rowCount())]
    return [
        page._row(item).spoken for item in items if item is not None and item.kind == TodayKind.MISSED_CALL
    ]


def test_a_ring_greets_by_name_with_town_and_what_was_agreed(desk: MainWindow) -> None:
    ring(desk)
    banner = the_banner(desk)
    assert banner.isVisible()
    assert not banner.isWindow()
    assert banner.words.spoken == (
        "Guten Tag, Frau Ivanova. Desislava Ivanova · Gabrovo, Bulgarien. Noch nichts gekauft.. "
        "• Porto getrennt. • feste Matratze"
    )
    assert banner.said.text() == "Es klingelt"
    assert banner.number.text() == "+359 88 712 3456"


def test_whoever_writes_goes_on_writing(desk: MainWindow, qtbot: QtBot, ivanova: Customer) -> None:
    desk.new_customer("Krug")
    edit = card(desk).new.who
    edit.setFocus()
    qtbot.keyClicks(edit, " Ev")
    ring(desk)
    banner = the_banner(desk)
    assert QApplication.focusWidget() is edit
    assert all(
        button.focusPolicy() == Qt.FocusPolicy.NoFocus for button in banner.findChildren(QAbstractButton)
    )
    qtbot.keyClicks(edit, "a")
    qtbot.wait(one_banner.MEANT_AFTER + 50)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "Krug Eva\n"
    assert here(desk) == ("customer", NewCustomer("Krug"))
    assert banner.isVisible()
    assert ivanova.id


@pytest.mark.parametrize("way", ["F9", "return", "button", "click"])
def test_one_key_or_a_click_opens_the_card(
    desk: MainWindow, qtbot: QtBot, ivanova: Customer, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_banner, "MEANT_AFTER", 0)
    ring(desk)
    happen(desk, f"CONNECT;0;11;{NUMBER};")
    focused = QApplication.focusWidget()
    assert focused is not None
    if way == "F9":
        qtbot.keyClick(focused, Qt.Key.Key_F9)
    elif way == "return":
        qtbot.keyClick(focused, Qt.Key.Key_Return)
    elif way == "click":
        qtbot.mouseClick(the_banner(desk).heading, Qt.MouseButton.LeftButton)
    else:
        qtbot.mouseClick(the_banner(desk).action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: here(desk) == ("customer", ivanova.id))
    assert shown(desk) == []
    note = card(desk).existing.note
    assert note.timer_chip.text().startswith("● Gespräch läuft 00:0")
    assert note.edit.hasFocus()
    happen(desk, "DISCONNECT;0;12;")
    assert note.timer_chip.text() == ""


def test_a_return_on_its_way_to_something_else_takes_no_call(desk: MainWindow, qtbot: QtBot) -> None:
    ring(desk)
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    qtbot.mouseClick(the_banner(desk).heading, Qt.MouseButton.LeftButton)
    qtbot.wait(20)
    assert here(desk)[0] == "today"
    assert the_banner(desk).isVisible()


def test_the_minutes_count_from_picking_up_and_not_from_the_ring(
    desk: MainWindow, qtbot: QtBot, ivanova: Customer
) -> None:
    ring(desk)
    qtbot.keyClick(desk, Qt.Key.Key_F9)
    assert here(desk) == ("customer", ivanova.id)
    note = card(desk).existing.note
    assert note.timer_chip.text() == ""
    happen(desk, f"CONNECT;0;11;{NUMBER};")
    assert note.timer_chip.text().startswith("● Gespräch läuft")


def test_without_a_banner_the_key_searches_as_ever(desk: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(desk, Qt.Key.Key_F9)
    palette = desk.overlays.palette
    assert palette is not None
    assert palette.isVisible()


def test_escape_takes_the_banner_away_before_it_leaves_the_page(desk: MainWindow, qtbot: QtBot) -> None:
    desk.open_page("customers")
    ring(desk)
    qtbot.keyClick(desk, Qt.Key.Key_Escape)
    assert shown(desk) == []
    assert here(desk)[0] == "customers"


def test_an_unknown_number_says_its_country_and_becomes_a_customer_in_one_key(
    desk: MainWindow, qtbot: QtBot
) -> None:
    ring(desk, "0033142685300")
    banner = the_banner(desk)
    assert banner.words.spoken == "Unbekannte Nummer. Frankreich"
    qtbot.keyClick(desk, Qt.Key.Key_F9)
    assert here(desk) == ("customer", NewCustomer("+33 1 42 68 53 00"))
    assert [phone.number for phone in card(desk).new.customer().phones] == ["+33 1 42 68 53 00"]


def test_a_withheld_number_is_called_so(desk: MainWindow) -> None:
    ring(desk, "")
    assert the_banner(desk).words.spoken == "Nummer unterdrückt. Der Anrufer zeigt seine Nummer nicht."
    happen(desk, "DISCONNECT;0;0;")
    assert the_banner(desk).said.text() == "Verpasst"
    assert call_rows(desk) == []


def test_who_may_be_calling_is_named_as_a_maybe(desk: MainWindow, qtbot: QtBot, shop: Shop) -> None:
    pair = [customers.create(shop, person(name, "Krug", "0551 770011")) for name in ("Eva", "Ole")]
    ring(desk, "0551770011")
    banner = the_banner(desk)
    assert banner.words.heading == "Wer mag das sein?"
    chips = [chip.accessibleName() for chip in banner.chips.findChildren(QAbstractButton)]
    assert chips == [
        f"vielleicht {name} Krug · 5300 Gabrovo (derselbe Haushalt)" for name in ("Eva", "Ole")
    ] or chips == [f"vielleicht {name} Krug · 5300 Gabrovo (derselbe Haushalt)" for name in ("Ole", "Eva")]
    chip = next(chip for chip in banner.chips.findChildren(QAbstractButton) if "Ole" in chip.accessibleName())
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert here(desk) == ("customer", pair[1].id)


def test_a_maybe_is_searched_with_the_key_and_never_taken_for_certain(
    desk: MainWindow, qtbot: QtBot, shop: Shop
) -> None:
    for name in ("Eva", "Ole"):
        customers.create(shop, person(name, "Krug", "0551 770011"))
    ring(desk, "0551770011")
    qtbot.keyClick(desk, Qt.Key.Key_F9)
    palette = desk.overlays.palette
    assert palette is not None
    titles = {offer.row.title for offer in palette._offers}
    assert {"Eva Krug", "Ole Krug"} <= titles


@pytest.mark.parametrize(
    "lines",
    [
        ["RING;0;**2;**1;"],
        ["RING;0;620;123456;"],
        [f"CALL;0;11;123456;{NUMBER};SIP0;", f"CONNECT;0;11;{NUMBER};"],
    ],
)
def test_internal_and_outgoing_calls_show_no_banner(desk: MainWindow, lines: list[str]) -> None:
    happen(desk, *lines)
    assert shown(desk) == []


def test_our_own_call_counts_on_the_card_that_is_open(desk: MainWindow, ivanova: Customer) -> None:
    assert ivanova.id is not None
    desk.open_customer(ivanova.id)
    happen(desk, f"CALL;0;11;123456;{NUMBER};SIP0;", f"CONNECT;0;11;{NUMBER};")
    note = card(desk).existing.note
    assert note.timer_chip.text().startswith("● Gespräch läuft")
    happen(desk, "DISCONNECT;0;12;")
    assert note.timer_chip.text() == ""


def test_a_missed_call_stands_in_today_and_goes_after_calling_back(
    desk: MainWindow, ivanova: Customer
) -> None:
    for _ in range(2):
        ring(desk)
        happen(desk, "DISCONNECT;0;0;")
    assert the_banner(desk).said.text() == "Verpasst, steht in Heute"
    assert call_rows(desk) == [
        "Zurückrufen: Desislava Ivanova. +359 88 712 3456 · hat 2-mal angerufen, 10:50. noch 20 min"
    ]
    ring(desk)
    assert the_banner(desk).words.chips == (("2-mal vergeblich angerufen", "bad"),)
    happen(desk, "DISCONNECT;0;0;")
    happen(desk, f"CALL;1;11;123456;{NUMBER};SIP0;", f"CONNECT;1;11;{NUMBER};")
    assert call_rows(desk) == []
    assert ivanova.number


def test_who_calls_again_is_one_banner(desk: MainWindow) -> None:
    ring(desk, connection=0)
    happen(desk, "DISCONNECT;0;0;")
    ring(desk, connection=1)
    assert the_banner(desk).state == BannerState.RINGING


def test_what_the_answering_machine_took_waits_too(desk: MainWindow) -> None:
    ring(desk)
    happen(desk, f"CONNECT;0;40;{NUMBER};")
    assert the_banner(desk).said.text() == "Auf dem Anrufbeantworter"
    happen(desk, "DISCONNECT;0;20;")
    assert len(call_rows(desk)) == 1


def test_done_later_and_open_work_on_the_row(desk: MainWindow, qtbot: QtBot, ivanova: Customer) -> None:
    ring(desk)
    happen(desk, "DISCONNECT;0;0;")
    assert len(call_rows(desk)) == 1
    page = desk.navigation.page
    assert isinstance(page, TodayPage)
    page.rows.setFocus()
    page.rows.step(1)
    desk.overlays.calls.dismiss()
    qtbot.keyClick(page.rows, Qt.Key.Key_E)
    assert call_rows(desk) == []
    desk.toasts.undo()
    assert len(call_rows(desk)) == 1
    page.rows.step(1)
    qtbot.keyClick(page.rows, Qt.Key.Key_S)
    assert page.later.isVisible()
    page.later._take("+1")
    assert call_rows(desk) == []
    desk.toasts.undo()
    assert len(call_rows(desk)) == 1
    page.rows.step(1)
    qtbot.keyClick(page.rows, Qt.Key.Key_Return)
    assert here(desk) == ("customer", ivanova.id)


def test_an_unknown_missed_number_is_looked_up_from_its_row(desk: MainWindow, qtbot: QtBot) -> None:
    ring(desk, "0033142685300")
    happen(desk, "DISCONNECT;0;0;")
    desk.overlays.calls.dismiss()
    assert call_rows(desk) == [
        "Zurückrufen: +33 1 42 68 53 00. Unbekannte Nummer · hat einmal angerufen, 10:50. noch 20 min"
    ]
    page = desk.navigation.page
    assert isinstance(page, TodayPage)
    page.rows.step(1)
    qtbot.keyClick(page.rows, Qt.Key.Key_Return)
    palette = desk.overlays.palette
    assert palette is not None
    assert palette.edit.text() == "+33 1 42 68 53 00"
    assert palette._offers[0].row.title == "Neuer Kunde mit +33 1 42 68 53 00"


def test_two_calls_at_once_are_two_banners_the_newest_on_top(desk: MainWindow) -> None:
    ring(desk)
    ring(desk, "0033142685300", 1)
    assert [banner.caller.number for banner in shown(desk)] == ["+33 1 42 68 53 00", "+359 88 712 3456"]
    upper, lower = shown(desk)
    assert upper.geometry().bottom() < lower.geometry().top()
    assert (upper.key_hint.isVisible(), lower.key_hint.isVisible()) == (True, False)
    happen(desk, f"CONNECT;0;11;{NUMBER};", "DISCONNECT;1;0;")
    assert [banner.state for banner in shown(desk)] == [BannerState.MISSED, BannerState.TALKING]
    happen(desk, "DISCONNECT;0;5;")
    assert [banner.state for banner in shown(desk)] == [BannerState.MISSED]


def test_many_calls_never_cover_the_window(desk: MainWindow) -> None:
    for number in range(6):
        ring(desk, f"03314268530{number}", number)
    assert len(shown(desk)) == banners.MOST_AT_ONCE


@pytest.mark.qt_log_ignore(r"does not support (propagateSizeHints|raise)\(\)")
def test_while_another_program_is_in_front_it_stands_in_the_corner_of_the_screen(
    desk: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "isActiveWindow", lambda: False)
    ring(desk)
    banner = the_banner(desk)
    assert banner.isWindow()
    assert banner.isVisible()
    assert banner.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert banner.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert desk.screen().availableGeometry().contains(banner.geometry())
    assert not banner.key_hint.isVisible()
    monkeypatch.undo()
    QApplication.sendEvent(desk, QEvent(QEvent.Type.WindowActivate))
    assert not banner.isWindow()
    assert banner.isVisible()
    assert banner.key_hint.isVisible()


def test_a_search_that_is_being_typed_stays_in_sight(desk: MainWindow, qtbot: QtBot) -> None:
    desk.open_palette()
    palette = desk.overlays.palette
    assert palette is not None
    ring(desk)
    qtbot.keyClicks(palette.edit, "Iva")
    assert palette.edit.text() == "Iva"
    line = palette.edit.rect().translated(palette.edit.mapTo(desk, QPoint(0, 0)))
    assert not the_banner(desk).geometry().intersects(line)


def test_somebody_elses_word_shows_the_same_banner(desk: MainWindow, qtbot: QtBot, ivanova: Customer) -> None:
    desk.overlays.calls.show_number("+359 88 712 3456")
    assert the_banner(desk).state == BannerState.ASKED
    qtbot.keyClick(desk, Qt.Key.Key_F9)
    assert here(desk) == ("customer", ivanova.id)
    assert card(desk).existing.note.timer_chip.text().startswith("● Gespräch läuft")


def test_what_is_no_number_is_searched(desk: MainWindow) -> None:
    desk.overlays.calls.show_number("Ivanova")
    palette = desk.overlays.palette
    assert palette is not None
    assert palette.edit.text() == "Ivanova"


def test_box_and_softphone_together_are_one_banner(desk: MainWindow) -> None:
    ring(desk)
    desk.overlays.calls.show_number("+359887123456")
    assert len(shown(desk)) == 1


def test_strangers_words_are_plain_text(desk: MainWindow, shop: Shop) -> None:
    customers.create(shop, person("<b>Eva</b>", "<img src=x>", "0551 99"))
    desk.overlays.calls.show_number("055199")
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in (the_banner(desk).heading,))


def test_macos_hands_a_clicked_link_to_the_running_program(qapp: QApplication, qtbot: QtBot) -> None:
    links = Links(qapp, "darwin")
    found: list[str] = []
    links.clicked.connect(found.append)
    for url in ("tel:+49551123456", "file:///tmp/invoice.pdf", "shopdesk:find/Ivanova"):
        qapp.sendEvent(qapp, QFileOpenEvent(QUrl(url)))
    assert found == ["tel:+49551123456", "shopdesk:find/Ivanova"]
    qapp.removeEventFilter(links)
    assert qtbot


# The line


@pytest.fixture
def box() -> Iterator[FakeBox]:
    with FakeBox() as box:
        yield box


@pytest.fixture
def listening(desk: MainWindow, box: FakeBox, shop: Shop) -> Iterator[MainWindow]:
    call_lines.save_settings(shop, CallMonitorSettings(True, "127.0.0.1", box.port))
    desk.overlays.calls.start()
    box.wait_for_client()
    yield desk
    desk.overlays.calls.stop()


def test_after_megabytes_that_are_no_line_the_next_ring_is_shown(
    listening: MainWindow, box: FakeBox, qtbot: QtBot
) -> None:
    box.say(b"x" * 10_000_000)
    box.event(f"RING;0;{NUMBER};123456;SIP0;")
    qtbot.waitUntil(lambda: len(shown(listening)) == 1)
    box.event("RING;1;0551888777;123456;SIP0;")
    qtbot.waitUntil(lambda: len(shown(listening)) == 2)
    assert sum("Ivanova" in banner.words.spoken for banner in shown(listening)) == 1


def test_off_until_the_owner_switches_it_on(desk: MainWindow, box: FakeBox, shop: Shop, qtbot: QtBot) -> None:
    desk.overlays.calls.start()
    assert desk.line_state == LineState.OFF
    assert box.connected == 0
    call_lines.save_settings(shop, CallMonitorSettings(True, "127.0.0.1", box.port))
    qtbot.waitUntil(lambda: desk.line_state == LineState.CONNECTED)
    call_lines.save_settings(shop, CallMonitorSettings(False, "127.0.0.1", box.port))
    qtbot.waitUntil(lambda: desk.line_state == LineState.OFF)
    box.event(f"RING;0;{NUMBER};123456;SIP0;")
    qtbot.wait(50)
    assert shown(desk) == []


def test_from_the_wire_to_the_banner_and_its_end(listening: MainWindow, box: FakeBox, qtbot: QtBot) -> None:
    box.say("rubbish\r\n")
    box.event(f"RING;0;{NUMBER};123456;SIP0;")
    qtbot.waitUntil(lambda: bool(shown(listening)))
    assert the_banner(listening).words.heading == "Guten Tag, Frau Ivanova"
    box.event(f"CONNECT;0;11;{NUMBER};")
    qtbot.waitUntil(lambda: the_banner(listening).state == BannerState.TALKING)
    box.event("DISCONNECT;0;30;")
    qtbot.waitUntil(lambda: not shown(listening))


def test_a_lost_line_takes_its_banners_along(listening: MainWindow, box: FakeBox, qtbot: QtBot) -> None:
    box.event(f"RING;0;{NUMBER};123456;SIP0;")
    qtbot.waitUntil(lambda: bool(shown(listening)))
    box.hang_up()
    qtbot.waitUntil(lambda: not shown(listening))
    box.wait_for_client(2)
    qtbot.waitUntil(lambda: listening.line_state == LineState.CONNECTED)


def test_a_missed_banner_goes_by_itself(
    desk: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(one_banner._LEAVES, "missed", 0)
    ring(desk)
    happen(desk, "DISCONNECT;0;0;")
    qtbot.waitUntil(lambda: shown(desk) == [])
