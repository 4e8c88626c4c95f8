"""The settings page over the shop of Jens Lindner."""

from __future__ import annotations

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Seller
from shopdesk.domain.shop_profile import ShopProfile
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import shop_settings
from shopdesk.usecases.shop import Shop

LINDNER = Seller(
    name="Schlafgut Lindner",
    owner="Jens Lindner",
    address=Address(("Marktstraße 9",), "37073", "Göttingen", "DE"),
    phone="0551 123456",
    email="post@schlafgut-lindner.example",
    tax_number="20/123/45678",
    iban="DE02120300000000202051",
)


@pytest.fixture
def page(window: MainWindow, shop: Shop) -> SettingsPage:
    shop_settings.save_profile(shop, ShopProfile(seller=LINDNER))
    window.open_page("settings")
    found = window.navigation.page
    assert isinstance(found, SettingsPage)
    return found
