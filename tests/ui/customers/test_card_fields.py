"""The rarer fields of the card: out of the way until wanted, never lost, filtered by in the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from shopdesk.domain.consents import Channel
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import CashDiscount
from shopdesk.i18n import Texts
from shopdesk.ui.customers.card_fields import CardFields
from shopdesk.ui.customers.card_words import card_rows
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.customers.list_page import CustomersPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.chips import ChipButton
from shopdesk.usecases import customers
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control

Opened = Callable[..., CustomerPage]


@pytest.fixture
def page(open_customer: Opened) -> CustomerPage:
    return open_customer()


def opened_fields(page: CustomerPage) -> CardFields:
    page.existing.edit()
    page.existing.form_card.form.open_more()
    more = page.existing.form_card.form.more
    assert more is not None
    return more.card


def stored(shop: Shop, page: CustomerPage) -> Customer:
    assert page.existing.customer.id is not None
    return customers.get(shop, page.existing.customer.id)


def test_what_is_typed_is_stored_and_taken_back(page: CustomerPage, shop: Shop) -> None:
    before = stored(shop, page)
    card = opened_fields(page)
    card.channel.set_value("phone")
    card.advertising_channel.set_value("letter")
    for edit, text in (
        (card.birthday, "12.3.70"), (card.days, "30"), (card.discount, "5 %"), (card.cash_percent, "2,5"),
        (card.cash_days, "10"), (card.recommended_by, "Bäcker nebenan"), (card.tags, "Hotel, Stammkunde"),
    ):  # fmt: skip
        edit.setText(text)
    control(Qt.Key.Key_Return)
    found = stored(shop, page)
    assert (found.preferred_channel, found.birthday) == (Channel.PHONE, dt.date(1970, 3, 12))
    assert (found.service_channel, found.advertising_channel) == (None, Channel.LETTER)
    assert dict(card_rows(Texts("de"), found))["Am liebsten per"] == "Telefon · Angebote per Brief"
    assert (found.payment_days, found.discount_percent) == (30, Decimal(5))
    assert found.cash_discount == CashDiscount(Decimal("2.5"), 10)
    assert (found.recommended_by, found.tags) == ("Bäcker nebenan", ("Hotel", "Stammkunde"))
    control(Qt.Key.Key_Z)
    assert replace(stored(shop, page), version=before.version) == before


def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_lost(page: CustomerPage, shop: Shop) -> None:
    before = stored(shop, page)
    card = opened_fields(page)
    card.birthday.setText("im März")
    control(Qt.Key.Key_Return)
    assert page.existing.is_editing
    assert (card.birthday.text(), stored(shop, page)) == ("im März", before)
    assert "mit Jahr" in card.fields["customer.birthday"].problem.text()
    card.birthday.setText("")
    card.cash_percent.setText("2")
    control(Qt.Key.Key_Return)
    assert "Skonto braucht" in card.fields["customer.cash_discount"].problem.text()
    card.cash_days.setText("10")
    control(Qt.Key.Key_Return)
    assert stored(shop, page).cash_discount == CashDiscount(Decimal(2), 10)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.3.1970", dt.date(1970, 3, 12)),
        ("12.03.70", dt.date(1970, 3, 12)),
        ("1.2.05", dt.date(2005, 2, 1)),
        ("1970-03-12", dt.date(1970, 3, 12)),
        ("12.3.", None),
        ("31.2.1970", None),
        ("mo", None),
    ],
)
def test_a_birthday_has_its_year(page: CustomerPage, text: str, day: dt.date | None) -> None:
    card = opened_fields(page)
    card.birthday.setText(text)
    assert card.settle() is (day is not None)
    assert card.birthday.value == day


def test_the_card_shows_tags_terms_and_who_recommended(
    page: CustomerPage, shop: Shop, open_customer: Opened, window: MainWindow
) -> None:
    gruber = stored(shop, page)
    other = customers.create(
        shop,
        Customer(company="Zum Hirschen", recommended_by="Elisabeth Gruber", payment_days=30, tags=("Hotel",)),
    )
    contact = open_customer(other.id).existing.contact
    assert contact.recommended.accessibleName() == "Empfohlen von Elisabeth Gruber"
    contact.recommended.click()
    assert page.existing.customer.id == gruber.id
    assert contact.recommended.isHidden()
    assert window.navigation.page is page


def test_a_tag_narrows_the_list_and_once_more_shows_everybody(
    window: MainWindow, shop: Shop, page: CustomerPage
) -> None:
    customers.create(shop, Customer(company="Zum Hirschen", tags=("Hotel",)))
    window.open_page("customers")
    shown = window.navigation.page
    assert isinstance(shown, CustomersPage)
    shown.reload()
    item = shown.tags.flow.itemAt(0)
    assert item is not None
    chip = item.widget()
    assert isinstance(chip, ChipButton)
    assert shown.rows.rows.rowCount() == 2
    chip.click()
    assert shown.rows.rows.rowCount() == 1
    assert chip.accessibleDescription() == "gewählt"
    chip.click()
    assert shown.rows.rows.rowCount() == 2


def test_the_new_customers_form_has_the_same_fields(call: CustomerPage, shop: Shop) -> None:
    call.new.form.company.setText("Zum Hirschen")
    call.new.form.open_more()
    assert call.new.form.more is not None
    call.new.form.more.card.days.setText("unklar")
    assert not call.new.save()
    call.new.form.more.card.days.setText("30")
    assert call.new.save()
    found = customers.page(shop)
    assert 30 in [customers.get(shop, row.id).payment_days for row in found]
