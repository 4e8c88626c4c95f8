"""Around the sale: withdrawal, labour share, business letters (RULES.md 7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain import sale_rules
from shopdesk.domain.documents import (
    Discount,
    Document,
    DocumentKind,
    Fulfilment,
    Line,
    LineKind,
    Prices,
    Recipient,
    Seller,
    TaxCase,
)
from shopdesk.domain.labour_share import LabourShare, labour_share
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName
from shopdesk.domain.sales import Sale
from shopdesk.domain.standard_attachments import is_distance_contract, missing
from shopdesk.domain.vat_rates import VatRates
from shopdesk.domain.withdrawals import Withdrawal, withdrawal

PRIVATE = Recipient(person=PersonName(family_name="Ivanova"))
DAY = dt.date(2026, 11, 23)
MATTRESS = Line(text="Matratze", unit_price=Decimal(100))
WORK = Line(LineKind.SERVICE, "Einbau", quantity=Decimal(2), unit_price=Decimal("59.50"))
SALE = Document(
    recipient=PRIVATE,
    date=DAY,
    delivery_date=DAY + dt.timedelta(2),
    lines=(MATTRESS,),
    tax_case=TaxCase.DOMESTIC,
)


@pytest.mark.parametrize(
    ("document", "informed", "until"),
    [
        (SALE, DAY, dt.date(2026, 12, 9)),  # from receipt of the goods
        (SALE, dt.date(2026, 12, 1), dt.date(2026, 12, 15)),  # the notice came after them
        (SALE, None, dt.date(2027, 12, 9)),  # no notice: twelve months more
        (replace(SALE, delivery_date=None), DAY, dt.date(2026, 12, 7)),
        (replace(SALE, lines=(WORK,)), DAY, dt.date(2026, 12, 7)),  # a service: from the contract
        (
            replace(SALE, date=dt.date(2024, 2, 20), delivery_date=dt.date(2024, 2, 29)),
            None,
            dt.date(2025, 3, 14),
        ),
    ],
)
def test_until_when_a_customer_may_withdraw(
    document: Document, informed: dt.date | None, until: dt.date
) -> None:
    assert withdrawal(document, informed) == Withdrawal(until, informed)


@pytest.mark.parametrize(
    "document",
    [
        replace(SALE, fulfilment=Fulfilment.PICKUP),
        replace(SALE, recipient=Recipient(company="Pension Talblick")),
        replace(SALE, sale=Sale(no_distance_reason="Im Laden bestellt")),
    ],
)
def test_no_distance_contract_has_no_withdrawal_and_misses_no_notice(document: Document) -> None:
    assert not is_distance_contract(document)
    assert withdrawal(document, DAY) is None
    assert missing(document, ()) == ()


def test_goods_made_to_order_cannot_be_withdrawn_from() -> None:
    assert withdrawal(replace(SALE, sale=Sale(custom_made=True)), DAY) is None


def test_a_reminder_asks_for_no_withdrawal_notice() -> None:
    assert missing(SALE, ()) != ()
    assert missing(replace(SALE, kind=DocumentKind.PAYMENT_REMINDER), ()) == ()


def share(**changes: object) -> LabourShare | None:
    document = replace(SALE, lines=(MATTRESS, WORK), sale=Sale(building_work=True))
    return labour_share(replace(document, **changes))  # type: ignore[arg-type]


def test_the_labour_share_is_the_services_with_their_vat() -> None:
    assert share() == LabourShare(Money(119_00), Money(19_00))
    assert share(prices=Prices.NET) == LabourShare(Money(141_61), Money(22_61))
    assert share(lines=(MATTRESS,)) is None
    assert share(sale=Sale()) is None


def test_a_discount_on_everything_lowers_the_labour_too() -> None:
    assert share(discount=Discount(percent=Decimal(10))) == LabourShare(Money(107_10), Money(17_10))


@pytest.mark.parametrize(
    ("seller", "fields"),
    [
        (Seller(name="Schlafgut Lindner"), set()),
        (Seller(name="Schlafgut GmbH"), {"seller.register_number", "seller.managing_directors"}),
        (Seller(name="Lindner", legal_form="e. K."), {"seller.register_number"}),
        (Seller(name="Lindner & Co. KG", register_court="AG Göttingen", register_number="HRA 1"), set()),
        (Seller(name="Sege Betten"), set()),
    ],
)
def test_a_business_letter_names_register_and_directors(seller: Seller, fields: set[str]) -> None:
    found = list(sale_rules.rules(replace(SALE, seller=seller), VatRates({}, {})))
    assert {problem.field for problem in found} == fields
    assert all(problem.is_warning for problem in found)


@pytest.mark.parametrize(("price", "warned"), [("999.99", False), ("1000", True)])
def test_an_export_from_a_thousand_euros_is_declared(price: str, warned: bool) -> None:
    lines = (Line(text="Bett", unit_price=Decimal(price)),)
    export = replace(SALE, tax_case=TaxCase.EXPORT, prices=Prices.NET, lines=lines)
    found = [problem.code for problem in sale_rules.rules(export, VatRates({}, {}))]
    assert found == (["export-declaration"] if warned else [])
