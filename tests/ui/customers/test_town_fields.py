"""Postcode and town stand in the order of the country; a slip in the postcode is told and never refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.usecases import customers
from shopdesk.usecases.shop import Shop


def test_a_slip_is_told_and_saved_all_the_same(
    open_customer: Callable[..., CustomerPage], shop: Shop
) -> None:
    page = open_customer()
    page.existing.edit()
    form = page.existing.form_card.form
    problem = form._fields[form.code].problem
    assert problem.text() == ""
    form.code.setText("50201")
    form.code.editingFinished.emit()
    assert "1010" in problem.text()
    assert "Österreich" in problem.text()
    assert page.existing.form_card.save()
    assert page.existing.customer.id is not None
    assert customers.get(shop, page.existing.customer.id).address.postal_code == "50201"
    page.existing.edit()
    assert problem.text()
    form.country.setCurrentIndex(form.country.findData("DE"))
    assert problem.text() == ""


def test_the_fields_follow_the_country(open_customer: Callable[..., CustomerPage], qtbot: QtBot) -> None:
    page = open_customer()
    page.existing.edit()
    form = page.existing.form_card.form
    for country, is_code_first in (("GB", False), ("AT", True), ("HU", False)):
        form.country.setCurrentIndex(form.country.findData(country))
        code, city = form._fields[form.code], form._fields[form.city]
        left, right = (code, city) if is_code_first else (city, code)
        qtbot.waitUntil(partial(_stand, left, right))
        first, second = (form.code, form.city) if is_code_first else (form.city, form.code)
        assert first.nextInFocusChain() is second
    form.open_more()
    assert form.more is not None
    form.more.country.setCurrentIndex(form.more.country.findData("GB"))
    delivery_city, delivery_code = form.more.city.parentWidget(), form.more.code.parentWidget()
    assert delivery_city is not None
    assert delivery_code is not None
    qtbot.waitUntil(lambda: delivery_city.x() < delivery_code.x())


def _stand(left: QWidget, right: QWidget) -> bool:
    return left.x() < right.x()
