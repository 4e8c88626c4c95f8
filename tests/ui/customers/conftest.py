"""A window over a shop with articles and one customer, Elisabeth Gruber."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.shell.protocol import NewCustomer
from shopdesk.usecases import articles, customers, sample_shop, shop_settings
from shopdesk.usecases.shop import Shop


@pytest.fixture
def gruber(shop: Shop) -> Customer:
    data = sample_shop.sample()
    shop_settings.save_profile(shop, data.profile)
    for article in data.articles:
        articles.save(shop, article)
    return customers.create(
        shop,
        Customer(
            person=PersonName(Salutation.MRS, "", "Elisabeth", "Gruber"),
            phones=(Phone("+43 662 123456", label="home"),),
            emails=("e.gruber@example.org",),
            address=Address(("Linzer Gasse 12",), "5020", "Salzburg", "AT"),
        ),
    )


@pytest.fixture
def open_customer(window: MainWindow, gruber: Customer) -> Callable[[object], CustomerPage]:
    """`open_customer(id or NewCustomer)`, without anything: Elisabeth Gruber."""

    def open_it(item: object = None) -> CustomerPage:
        window.open_page("customer", gruber.id if item is None else item)
        page = window.navigation.page
        assert isinstance(page, CustomerPage)
        return page

    return open_it


@pytest.fixture
def call(open_customer: Callable[[object], CustomerPage]) -> CustomerPage:
    """A call from a number nobody knows."""
    return open_customer(NewCustomer("+359 88 712 3456"))
