"""What is on its way in the sample shop: to be packed, fetched and brought, ordered from makers, standing orders."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Document, DocumentKind, Fulfilment
from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.domain.payments import Payment, paid_in_full
from shopdesk.domain.suppliers import Supplier, Supply
from shopdesk.usecases import (
    articles,
    delivery_rounds,
    documents,
    payments,
    purchase_drafts,
    purchase_sending,
    sample_shop,
    standing_orders,
    suppliers,
)

if TYPE_CHECKING:
    from shopdesk.domain.customers import Customer
    from shopdesk.usecases.shop import Shop


def fill(shop: Shop, people: list[Customer]) -> None:
    """Some days of goods and money; the customers are those of the sample shop, in their order."""
    gruber, _schmidt, brandt, petrova, mueller, _, _, krug, _, hotel = people
    kind = DocumentKind.INVOICE
    paid = _ordered(shop, kind, brandt, Fulfilment.SHIP, ("TO-90200", 1), ("PORTO-DE", 1))
    fetched = _ordered(shop, kind, petrova, Fulfilment.PICKUP, ("KK-4080", 2))
    brought = _ordered(
        shop, kind, mueller, Fulfilment.DELIVER, ("KS-90200", 1), ("LR-90200", 1), ("AUFBAU", 1)
    )
    for document in (paid, fetched, brought):
        _pay(shop, document)
    _ordered(shop, kind, gruber, Fulfilment.SHIP, ("BW-135", 1), ("PORTO-AT", 1))  # waits for its money
    delivery_rounds.plan(shop, brought.id or 0, shop.clock.today() + dt.timedelta(1))
    _order_from_makers(shop, krug)
    _standing(shop, hotel)


def _ordered(
    shop: Shop, kind: DocumentKind, customer: Customer, fulfilment: Fulfilment, *wanted: tuple[str, int]
) -> Document:
    lines = tuple(sample_shop.line(shop, code, quantity) for code, quantity in wanted)
    draft = sample_shop.draft(shop, kind, customer, *lines)
    draft = documents.save_draft(shop, replace(draft, fulfilment=fulfilment))
    return sample_shop.issue(shop, draft)


def _pay(shop: Shop, document: Document) -> None:
    assert document.id is not None
    account = payments.accounts(shop, [document.id])[document.id]
    part = paid_in_full(account, shop.clock.today())
    payments.book(shop, Payment(shop.clock.today(), part.amount, customer_id=account.customer_id), [part])


def _order_from_makers(shop: Shop, krug: Customer) -> None:
    """Tyres for a customer, ordered three days ago and not confirmed yet; mattresses come from another maker."""
    harz = Address(("Im Schleeke 40",), "38642", "Goslar", "DE")
    maker, _ = suppliers.save(
        shop, Supplier("Bettenwerk Harz GmbH", harz, "bestellung@bettenwerk-harz.example", delivery_days=8)
    )
    sea = Address(("Hafenstraße 12",), "24114", "Kiel", "DE")
    tyres, _ = suppliers.save(
        shop, Supplier("Reifen Förde KG", sea, "order@reifen-foerde.example", delivery_days=3)
    )
    for code, supplier, price in (
        ("KS-90200", maker, "189"), ("TF-140200", maker, "310"), ("WR-235", tyres, "78.50"),
    ):  # fmt: skip
        article = articles.by_code(shop, code)
        assert article is not None
        assert article.id is not None
        suppliers.keep_supply(shop, article.id, Supply(supplier.id, price=Decimal(price)))
    order = _ordered(shop, DocumentKind.ORDER_CONFIRMATION, krug, Fulfilment.PICKUP, ("WR-235", 4))
    for drafted in purchase_drafts.from_document(shop, order.id or 0).new:
        purchase_sending.order(shop, drafted, by_mail=False)


def _standing(shop: Shop, hotel: Customer) -> None:
    """Fresh sheets for the hotel at the beginning of each month."""
    begun = standing_orders.begin(shop, hotel.id)
    content = replace(begun.content, lines=(sample_shop.line(shop, "SP-90", 10),))
    first = (shop.clock.today().replace(day=1) + dt.timedelta(32)).replace(day=1)
    schedule = replace(begun.schedule, repeat=Repeat(1, RepeatUnit.MONTH), starts=first)
    standing_orders.create(shop, replace(begun, name="Laken je Monat", content=content, schedule=schedule))
