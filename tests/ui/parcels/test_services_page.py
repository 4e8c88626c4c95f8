"""The table of shipping services: looked up, changed, added to, put back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.shipping_services import PriceState
from shopdesk.ui.parcels.services_page import ShippingServicesPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import shipping_services
from shopdesk.usecases.shipping_services import TableRow
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import press, type_text


@pytest.fixture
def page(window: MainWindow) -> ShippingServicesPage:
    window.open_page("shipping_services")
    found = window.navigation.page
    assert isinstance(found, ShippingServicesPage)
    return found


def row(shop: Shop, code: str) -> TableRow:
    return next(row for row in shipping_services.rows(shop) if row.service.code == code)


def test_the_first_row_is_shown_with_its_source_and_an_old_price_is_marked(
    page: ShippingServicesPage,
) -> None:
    assert page.card.isVisible()
    assert "inside-digital.de" in page.form.source.text()
    first = page.rows.current()
    assert first is not None
    assert "2025" in page._row(first).chip


def test_a_new_price_is_valid_until_the_end_of_the_year(page: ShippingServicesPage, shop: Shop) -> None:
    page.open_item("dhl-paket-5-de")
    page.form.price.setFocus()
    page.form.price.selectAll()
    type_text("7,99")
    page.commands()["issue_and_send"]()
    kept = row(shop, "dhl-paket-5-de")
    assert kept.service.price.amount == Decimal("7.99")
    assert kept.service.price.state(shop.clock.today()) == PriceState.VALID
    assert page.reset.isVisible()
    page.as_published()
    assert not row(shop, "dhl-paket-5-de").is_changed


def test_the_same_price_with_a_new_date_is_confirmed(page: ShippingServicesPage, shop: Shop) -> None:
    page.open_item("dhl-paket-10-de")
    page.form.until.setFocus()
    page.form.until.selectAll()
    type_text("31.12.")
    page.save()
    price = row(shop, "dhl-paket-10-de").service.price
    assert price.confirmed
    assert price.source == "Jens Lindner"


def test_an_own_service_is_added(page: ShippingServicesPage, shop: Shop) -> None:
    page.commands()["new"]()
    type_text("Radkurier Göttingen")
    page.form.weight.setText("20")
    page.form.size_.setText("60x40x40")
    page.form.price.setText("9,50")
    page.save()
    mine = shipping_services.rows(shop)[-1].service
    assert mine.name == "Radkurier Göttingen"
    assert (mine.max_weight_grams, mine.max_length_mm) == (20_000, 600)
    assert mine.price.state(shop.clock.today()) == PriceState.VALID


def test_without_a_name_it_says_so_and_nothing_is_lost(page: ShippingServicesPage, shop: Shop) -> None:
    before = shipping_services.rows(shop)
    page.commands()["new"]()
    page.form.price.setText("9,50")
    page.save()
    assert shipping_services.rows(shop) == before
    assert page.form.price.text() == "9,50"
    assert page.form.name.accessibleDescription() == "Wie heißt der Versanddienst?"


def test_what_cannot_be_read_is_not_saved(page: ShippingServicesPage, shop: Shop) -> None:
    page.open_item("dhl-paket-5-de")
    page.form.girth.setText("viel")
    page.save()
    assert page.form.girth.problem
    assert not row(shop, "dhl-paket-5-de").is_changed


def test_a_row_taken_out_comes_back(page: ShippingServicesPage, shop: Shop) -> None:
    page.open_item("dhl-paket-5-de")
    page.delete()
    assert [one.code for one in shipping_services.hidden(shop)] == ["dhl-paket-5-de"]
    assert page.taken_out.isVisible()
    page.bring_back()
    assert not shipping_services.hidden(shop)
    assert not page.taken_out.isVisible()


def test_typing_finds(page: ShippingServicesPage, qtbot: QtBot) -> None:
    type_text("welt 10")
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() == 1)
    press(Qt.Key.Key_Down)
    assert "Welt" in page.form.name.text()
