"""A customer's e-invoice: a Leitweg-ID decides by itself, everybody else wishes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ShopError
from shopdesk.i18n import Texts
from shopdesk.ui.customers.e_invoice_fields import EInvoiceFields
from shopdesk.usecases.customers import check

LEITWEG = "04011000-1234512345-06"
TOWN = Customer(id=1, company="Stadt Göttingen", buyer_reference=LEITWEG)


@pytest.fixture
def fields(qtbot: QtBot) -> EInvoiceFields:
    fields = EInvoiceFields(Texts("de"))
    qtbot.addWidget(fields)
    fields.show()
    return fields


def test_a_leitweg_id_is_told_and_leaves_no_choice(fields: EInvoiceFields, qtbot: QtBot) -> None:
    qtbot.keyClicks(fields.reference, LEITWEG)
    assert "XRechnung" in fields.hint.text()
    assert fields.wish.isChecked()
    assert not fields.wish.isEnabled()
    assert fields.read_into(Customer()) == Customer(buyer_reference=LEITWEG)
    qtbot.keyClick(fields.reference, Qt.Key.Key_Backspace)
    qtbot.keyClicks(fields.reference, "7")
    assert "Prüfziffern" in fields.hint.text()
    assert not fields.wish.isChecked()
    assert not fields.read_into(Customer()).xrechnung


def test_a_wish_of_its_own_outlives_the_leitweg_id(fields: EInvoiceFields) -> None:
    fields.show_customer(replace(TOWN, xrechnung=True))
    fields.reference.setText("B-4711")
    assert fields.wish.isChecked()
    assert fields.read_into(TOWN).xrechnung
    fields.wish.click()
    assert not fields.read_into(TOWN).xrechnung


@pytest.mark.parametrize(
    "customer",
    [
        TOWN,
        replace(TOWN, electronic_address="4098765000010", electronic_scheme="0088"),
        replace(TOWN, electronic_address="DE136695976", electronic_scheme="9930", xrechnung=True),
        replace(
            TOWN, electronic_address="2021:x", electronic_scheme="0217"
        ),  # one that the list does not offer
        replace(TOWN, electronic_address="rechnung@stadt.example"),
        Customer(),
    ],
)
def test_what_is_shown_is_read_back(fields: EInvoiceFields, customer: Customer) -> None:
    fields.show_customer(TOWN)
    fields.show_customer(customer)
    assert fields.read_into(customer) == customer


@pytest.mark.parametrize(
    ("address", "scheme", "code"),
    [
        ("rechnung@", "", "mail-address"),
        ("04011000-1234512345-07", "0204", "leitweg-id"),
        ("04011000-1234512345-06", "0204", ""),
        ("rechnung@stadt.example", "", ""),
        ("4098765000010", "0088", ""),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_at_its_field(address: str, scheme: str, code: str) -> None:
    customer = replace(TOWN, electronic_address=address, electronic_scheme=scheme)
    if not code:
        check(customer)
        return
    with pytest.raises(ShopError) as refused:
        check(customer)
    assert (refused.value.code, refused.value.field) == (code, "customer.electronic_address")


def test_what_is_wrong_is_said_at_its_field(fields: EInvoiceFields) -> None:
    assert fields.say("customer.buyer_reference", "fehlt")
    assert fields.fields["customer.buyer_reference"].problem.text() == "fehlt"
    assert not fields.say("customer.vat_id", "falsch")
    assert fields.fields["customer.buyer_reference"].problem.text() == ""
