"""The first start: what every invoice must carry is asked for at its field, then work begins."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from shopdesk.ui.first_start.page import FirstStartPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import shop_settings
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import focused, press, type_text

TYPED = {
    "name": "Schlafgut Lindner",
    "owner": "Jens Lindner",
    "street": "Marktstraße 9",
    "postal_code": "37073",
    "city": "Göttingen",
    "tax_number": "20/123/45678",
    "iban": "DE02 1203 0000 0000 2020 51",
}


@pytest.fixture
def page(window: MainWindow) -> FirstStartPage:
    window.open_page("first_start")
    found = window.navigation.page
    assert isinstance(found, FirstStartPage)
    return found


def fill(page: FirstStartPage, **changes: str) -> None:
    for name, text in (TYPED | changes).items():
        page.form._fields[name].setFocus()
        focused().selectAll()  # type: ignore[attr-defined]
        press(Qt.Key.Key_Delete)
        type_text(text)


@pytest.mark.parametrize("missing", ["name", "street", "city", "tax_number"])
def test_what_is_missing_is_said_at_its_field(page: FirstStartPage, shop: Shop, missing: str) -> None:
    fill(page, **{missing: ""})
    page.finish()
    assert "auf jeder Rechnung" in page.form._fields[missing].field.accessibleDescription()
    assert focused() is page.form._fields[missing].field
    assert not shop_settings.profile(shop).is_complete


@pytest.mark.parametrize(("field", "typed"), [("iban", "DE02 1203"), ("vat_id", "DE123456789")])
def test_what_is_wrong_is_said_at_its_field(page: FirstStartPage, shop: Shop, field: str, typed: str) -> None:
    fill(page, **{field: typed})
    page.finish()
    assert page.form._fields[field].field.accessibleDescription()
    assert focused() is page.form._fields[field].field
    assert not shop_settings.profile(shop).is_complete


def test_all_given_work_begins(page: FirstStartPage, shop: Shop, window: MainWindow) -> None:
    fill(page)
    page.finish()
    assert window.navigation.here is not None
    assert window.navigation.here.name == "today"
    seller = shop_settings.profile(shop).seller
    assert (seller.name, seller.address.city, seller.iban) == (
        "Schlafgut Lindner",
        "Göttingen",
        "DE02120300000000202051",
    )


def test_typing_begins_at_once_and_tab_leads_on(page: FirstStartPage) -> None:
    assert focused() is page.form._fields["name"].field
    press(Qt.Key.Key_Tab)
    assert focused() is page.form._fields["owner"].field


def test_reading_again_keeps_what_is_typed(page: FirstStartPage) -> None:
    fill(page)
    press(Qt.Key.Key_F5)
    assert page.form.seller().name == "Schlafgut Lindner"


def test_closing_half_way_keeps_what_was_typed(page: FirstStartPage, shop: Shop, window: MainWindow) -> None:
    fill(page, tax_number="")
    window.close()
    profile = shop_settings.profile(shop)
    assert (profile.seller.name, profile.is_complete) == ("Schlafgut Lindner", False)


def test_esc_leads_nowhere(page: FirstStartPage, window: MainWindow) -> None:
    press(Qt.Key.Key_Escape)
    assert window.navigation.page is page
