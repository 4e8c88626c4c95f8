"""Out of the house: fetched with three keys; brought by the own van with a list to sign (S35, S40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk import paths
from shopdesk.domain.documents import Fulfilment, Line
from shopdesk.domain.promises import Promise, PromiseKind, PromiseState
from shopdesk.domain.timeline import EntryKind
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.settings import Settings
from shopdesk.ui.documents import paper
from shopdesk.ui.rounds.page import RoundsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases import (
    customers,
    delivery_rounds,
    documents,
    issuing,
    pick_ups,
    promises,
    sample_shop,
    search,
    timeline,
)
from shopdesk.usecases.shop import Shop
from tests.journeys.typist import Typist

MONDAY = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    for name in ("config_folder", "data_folder", "log_folder"):
        monkeypatch.setattr(paths, name, lambda name=name: tmp_path / name)
    place, clock = tmp_path / "shop.sqlite", FixedClock(MONDAY)
    shop = Shop(place, clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens")
    sample_shop.fill(shop)
    yield shop
    shop.close()


@pytest.fixture
def window(shop: Shop, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    window = MainWindow(
        shop, Texts("de"), Settings(), prepare(qapp, "light"), lambda text: search.find(shop, text)
    )
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: not window.navigation.is_holding)
    yield window
    window.close()


@pytest.fixture
def ivanova(shop: Shop) -> int:
    return customers.create(shop, sample_shop.sample().caller).id or 0


def order(shop: Shop, customer: int, fulfilment: Fulfilment) -> int:
    draft = documents.start(shop, "order_confirmation", customer)
    line = Line(text="Matratze Ergo", quantity=Decimal(1), unit_price=Decimal(499))
    stored = documents.save_draft(shop, replace(draft, lines=(line,), fulfilment=fulfilment))
    return issuing.issue(shop, stored.id or 0, send=False).document.id or 0


def test_the_customer_at_the_counter_has_her_goods_after_three_keys(
    shop: Shop, window: MainWindow, ivanova: int, qtbot: QtBot
) -> None:
    document_id = order(shop, ivanova, Fulfilment.PICKUP)
    day = MONDAY.date()
    promise, _ = promises.create(
        shop, Promise(ivanova, "Matratze", day, kind=PromiseKind.READY, document_id=document_id)
    )
    window.open_page("pick_ups")
    typist = Typist(window)
    typist.type("ivanova")
    typist.press("Return")
    typist.press("Return")
    assert typist.control <= 3
    assert [each.document_id for each in pick_ups.handed_out(shop)] == [document_id]
    assert promises.get(shop, promise.id or 0).state is PromiseState.KEPT
    number = documents.load(shop, document_id).number
    told = [each for each in timeline.page(shop, ivanova) if each.kind is EntryKind.SHIPMENT]
    assert any(number in each.title for each in told)


def test_the_van_brings_it_and_the_list_is_signed(
    shop: Shop, window: MainWindow, ivanova: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []
    monkeypatch.setattr(paper, "open_file", lambda data, _name: printed.append(data))
    document_id = order(shop, ivanova, Fulfilment.DELIVER)
    window.open_page("rounds")
    page = window.navigation.page
    assert isinstance(page, RoundsPage)
    typist = Typist(window)
    typist.press("Return")  # into the round of today
    page.round.setFocus()
    typist.press("Return")  # to the card
    typist.type("9")
    typist.press("Tab")
    typist.type("11")
    typist.press("Tab")
    typist.type("3. Stock")
    typist.press("Tab")
    page.print_list()
    qtbot.waitUntil(lambda: bool(printed), timeout=30_000)
    (sheet,) = pypdfium2.PdfDocument(printed[0])
    words = sheet.get_textpage().get_text_bounded()
    for each in ("09:00–11:00", "3. Stock", "Matratze Ergo", "Unterschrift"):
        assert each in words
    page.round.setFocus()
    typist.type("e")
    (stop,) = delivery_rounds.stops(shop, page.chosen_day)
    assert stop.is_done
    assert stop.document_id == document_id
