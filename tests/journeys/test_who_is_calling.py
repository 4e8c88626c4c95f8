"""The telephone rings, or somebody walks in: from the box's own line to the card, keyboard only."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk import paths
from shopdesk.domain.addresses import Address
from shopdesk.domain.call_lines import CallMonitorSettings, LineState
from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.domain.today import TodayKind
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.settings import Settings
from shopdesk.ui.calls.banner import MEANT_AFTER, BannerState, CallBanner
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import call_lines, customers, sample_shop, search, shop_settings, timeline, today
from shopdesk.usecases.shop import Shop
from tests.journeys.typist import Typist
from tests.outside.fake_box import FakeBox

MONDAY = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
WALK_IN_KEYS = 5
WALK_IN_SECONDS = 5.0
LETTERS_A_SECOND = 10.0
"""Somebody who types with all fingers: 600 letters a minute would be a record, 300 is usual; what is typed is short."""


@dataclass
class Desk:
    """The open window, the shop behind it, the box on its line."""

    shop: Shop
    window: MainWindow
    box: FakeBox
    typist: Typist
    qtbot: QtBot

    def banner(self) -> CallBanner:
        """The one that is shown, once it is."""
        self.qtbot.waitUntil(lambda: len(self.window.overlays.calls._shown()) == 1, timeout=10_000)
        return self.window.overlays.calls._shown()[0]

    def ring(self, number: str) -> CallBanner:
        """Somebody calls."""
        self.box.event(f"RING;0;{number};123456;SIP0;")
        return self.banner()

    def pick_up(self, number: str) -> None:
        self.box.event(f"CONNECT;0;11;{number};")

    def page(self) -> CustomerPage:
        page = self.window.navigation.page
        assert isinstance(page, CustomerPage)
        return page

    def entries(self) -> list[tuple[EntryKind, Direction, str]]:
        """The timeline of the customer that is shown."""
        customer_id = self.page().existing.customer.id
        assert customer_id is not None
        return [(one.kind, one.direction, one.text) for one in timeline.page(self.shop, customer_id)]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(paths, "config_folder", lambda: tmp_path / "config")
    clock, mail_program = FixedClock(MONDAY), FakeMailProgram()
    shop = Shop(tmp_path / "shop.sqlite", clock, FakePost(), SessionKeychain(), mail_program, who="Lindner")
    shop_settings.save_profile(shop, sample_shop.sample().profile)
    window = MainWindow(
        shop, Texts("de"), Settings(), prepare(qapp, "light"), lambda text: search.find(shop, text)
    )
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.open_page("today")
    with FakeBox() as box:
        call_lines.save_settings(shop, CallMonitorSettings(True, "127.0.0.1", box.port))
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.overlays.calls.start()
        qtbot.waitUntil(lambda: window.line_state == LineState.CONNECTED, timeout=10_000)
        box.wait_for_client()
        yield Desk(shop, window, box, Typist(window), qtbot)
        window.toasts.clear()
        window.overlays.calls.stop()
        window.lanes.close()
    shop.close()


IVANOVA = Customer(
    person=PersonName(Salutation.MRS, "", "Desislava", "Ivanova"),
    phones=(Phone("+359 88 712 3456"),),
    address=Address(("ul. Hristo Botev 14",), "5300", "Gabrovo", "BG"),
    facts=("Porto getrennt",),
)


def test_a_walk_in_has_a_card_of_three_fields_within_five_seconds(desk: Desk, qtbot: QtBot) -> None:
    typist = desk.typist
    begin = time.process_time()
    typist.press("N", ctrl=True, shift=True)
    typist.type("Gerda Albrecht")
    typist.press("Return")
    typist.type("0551 445566")
    typist.press("Tab")
    typist.type("Topper 90x200")
    typist.press("Return", ctrl=True)
    worked = time.process_time() - begin
    qtbot.waitUntil(lambda: desk.page().stack.currentWidget() is desk.page().existing)

    stored = customers.get(desk.shop, desk.page().existing.customer.id or 0)
    assert (stored.person.given_name, stored.person.family_name) == ("Gerda", "Albrecht")
    assert [phone.e164 for phone in stored.phones] == ["+49551445566"]
    assert [text for _kind, _direction, text in desk.entries()] == ["Topper 90x200"]
    assert typist.control <= WALK_IN_KEYS
    # what the owner types himself takes its time; all that the program adds must fit into the rest of five seconds
    typed = (typist.content + typist.control) / LETTERS_A_SECOND
    assert typed < WALK_IN_SECONDS
    assert worked < WALK_IN_SECONDS - typed


def test_a_known_caller_is_greeted_and_the_note_runs_with_the_call(desk: Desk, qtbot: QtBot) -> None:
    ivanova = customers.create(desk.shop, IVANOVA)
    number = "00359887123456"
    banner = desk.ring(number)
    assert banner.words.heading == "Guten Tag, Frau Ivanova"
    assert banner.words.lines[0] == "Desislava Ivanova · Gabrovo, Bulgarien"
    assert banner.words.facts == ("• Porto getrennt",)
    qtbot.waitUntil(lambda: banner.has_stood, timeout=MEANT_AFTER * 5)
    desk.typist.press("Return")
    qtbot.waitUntil(
        lambda: desk.window.navigation.here is not None and desk.window.navigation.here.name == "customer"
    )
    assert desk.page().existing.customer.id == ivanova.id
    note = desk.page().existing.note
    desk.pick_up(number)
    qtbot.waitUntil(lambda: note.timer_chip.text().startswith("● Gespräch läuft"))
    desk.typist.type("fragt nach dem Paket")
    desk.box.event("DISCONNECT;0;30;")
    qtbot.waitUntil(lambda: not note.timer_chip.text().startswith("● Gespräch läuft"))
    desk.typist.press("Return", ctrl=True)
    assert desk.entries() == [(EntryKind.CALL, Direction.IN, "fragt nach dem Paket")]
    assert desk.typist.control == 2


def test_an_unknown_caller_is_a_customer_in_one_key_and_known_the_next_time(desk: Desk, qtbot: QtBot) -> None:
    number = "00359888555444"
    banner = desk.ring(number)
    assert (banner.words.heading, banner.words.lines) == ("Unbekannte Nummer", ("Bulgarien",))
    desk.typist.press("F9")
    qtbot.waitUntil(
        lambda: desk.window.navigation.here is not None and desk.window.navigation.here.name == "customer"
    )
    assert desk.page().stack.currentWidget() is desk.page().new
    desk.pick_up(number)
    desk.typist.type("Maria Petrova")
    desk.typist.press("Return", ctrl=True)
    qtbot.waitUntil(lambda: desk.page().stack.currentWidget() is desk.page().existing)
    stored = desk.page().existing.customer
    assert (stored.person.family_name, stored.phones[0].e164) == ("Petrova", "+359888555444")
    assert stored.address.country == "BG"
    desk.box.event("DISCONNECT;0;30;")
    again = desk.ring(number)
    assert "Petrova" in again.words.heading
    assert again.caller.known is not None
    assert again.caller.known.customer_id == stored.id


@pytest.mark.parametrize(
    "typed", ["0551/77 88 99", "+49 (0) 551 / 77 88 99", "(0551) 77-88-99", "+49 (0)551/778899"]
)
def test_a_number_typed_with_slash_or_zero_in_brackets_is_known_when_it_rings(desk: Desk, typed: str) -> None:
    typist = desk.typist
    typist.press("N", ctrl=True, shift=True)
    for line in ("Autohaus Krug GmbH", typed):
        typist.type(line)
        typist.press("Return")
    typist.press("Return", ctrl=True)
    krug = desk.page().existing.customer
    assert (krug.company, krug.phones[0].e164) == ("Autohaus Krug GmbH", "+49551778899")
    known = desk.ring("0551778899").caller.known
    assert known is not None
    assert known.customer_id == krug.id


@pytest.mark.parametrize("trunk", ["05541 9219-0", "05541 9219"])
def test_another_extension_of_an_office_is_a_maybe_and_found_with_one_key(
    desk: Desk, qtbot: QtBot, trunk: str
) -> None:
    weber = ContactPerson(PersonName(Salutation.MRS, "", "Anna", "Weber"), "Einkauf", "05541 9219-12")
    hotel = customers.create(
        desk.shop, Customer(company="Hotel Sonne", phones=(Phone(trunk),), contact_persons=(weber,))
    )
    person = desk.ring("05541921912").caller.known
    assert person is not None
    assert (person.name, person.customer_id) == ("Anna Weber", hotel.id)
    desk.box.event("DISCONNECT;0;0;")
    qtbot.waitUntil(lambda: desk.banner().state == BannerState.MISSED)
    desk.window.overlays.calls.dismiss()
    banner = desk.ring("05541921917")
    assert banner.caller.known is None
    assert [one.customer_id for one in banner.caller.maybe] == [hotel.id]
    desk.typist.press("F9")
    palette = desk.window.overlays.palette
    assert palette is not None
    qtbot.waitUntil(palette.isVisible)
    desk.typist.press("Return")
    qtbot.waitUntil(
        lambda: desk.window.navigation.here is not None and desk.window.navigation.here.name == "customer"
    )
    assert desk.page().existing.customer.id == hotel.id


def test_a_missed_call_waits_in_today_until_somebody_calls_back(desk: Desk, qtbot: QtBot) -> None:
    ivanova = customers.create(desk.shop, IVANOVA)
    assert ivanova.id is not None
    number = "00359887123456"
    desk.ring(number)
    desk.box.event("DISCONNECT;0;0;")
    qtbot.waitUntil(lambda: bool(_missed(desk.shop)))
    assert _missed(desk.shop) == [ivanova.id]
    (entry,) = timeline.page(desk.shop, ivanova.id)
    assert _is_missed_call(entry)
    qtbot.waitUntil(lambda: desk.banner().state == BannerState.MISSED)
    # ten minutes later the owner calls back
    desk.box.event(f"CALL;1;11;123456;{number};SIP0;")
    desk.box.event(f"CONNECT;1;11;{number};")
    qtbot.waitUntil(lambda: not _missed(desk.shop))


def _missed(shop: Shop) -> list[int | None]:
    return [item.customer_id for item in today.items(shop) if item.kind == TodayKind.MISSED_CALL]


def _is_missed_call(entry: TimelineEntry) -> bool:
    return (entry.kind, entry.direction, entry.title) == (EntryKind.CALL, Direction.IN, "Verpasster Anruf")


def test_calls_in_the_house_and_our_own_show_nothing(desk: Desk, qtbot: QtBot) -> None:
    customers.create(desk.shop, IVANOVA)
    desk.box.event("RING;0;**620;**2;SIP0;")
    desk.box.event("DISCONNECT;0;0;")
    desk.box.event("CALL;1;11;123456;00359887123456;SIP0;")
    desk.box.event("DISCONNECT;1;0;")
    desk.ring("00359887123456")  # what comes after them has its banner, and is the only one
    assert _missed(desk.shop) == []
    assert qtbot
