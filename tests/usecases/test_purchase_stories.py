"""Goods from a supplier and what becomes of the customer's paper: delivered straight, told, cancelled (S39)."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, Fulfilment, Line
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.promises import PromiseState
from shopdesk.domain.purchase_orders import DeliverTo, PurchaseOrder
from shopdesk.domain.suppliers import Supplier
from shopdesk.domain.today import TodayKind
from shopdesk.usecases import (
    chains,
    customers,
    documents,
    issuing,
    packing,
    pick_ups,
    promises,
    purchase_arrivals,
    purchase_drafts,
    purchase_orders,
    purchase_sending,
    shipments,
    suppliers,
    today,
)
from shopdesk.usecases.shop import Shop


@pytest.fixture
def ivanova(open_shop: Shop) -> int:
    value = Customer(
        person=PersonName(Salutation.MRS, "", "Desislava", "Ivanova"),
        emails=("d.ivanova@example.org",),
        address=Address(("ul. Aprilovska 12",), "5300", "Gabrovo", "BG"),
    )
    return customers.create(open_shop, value).id or 0


@pytest.fixture
def maker(open_shop: Shop) -> Supplier:
    return suppliers.save(open_shop, Supplier("Ökotraum GmbH", email="bestellung@oekotraum.example"))[0]


def issued(shop: Shop, customer_id: int, kind: DocumentKind, quantity: int = 1, **fields: Any) -> int:
    draft = documents.start(shop, kind.value, customer_id)
    line = Line(text="Rollmatratze 80 × 190", quantity=Decimal(quantity), unit_price=Decimal(500))
    draft = documents.save_draft(shop, replace(draft, lines=(line,), **fields))
    return issuing.issue(shop, draft.id or 0).document.id or 0


def after(shop: Shop, document_id: int, kind: DocumentKind) -> int:
    draft = chains.follow_up(shop, document_id, kind)
    return issuing.issue(shop, draft.id or 0).document.id or 0


def ordered(shop: Shop, document_id: int, maker: Supplier, **fields: Any) -> PurchaseOrder:
    draft = purchase_drafts.from_document(shop, document_id).new[0]
    return purchase_sending.order(shop, replace(draft, supplier_id=maker.id, **fields)).order


def listed(shop: Shop) -> set[int]:
    return {item.document_id for item in packing.page(shop)}


def rows(shop: Shop, kind: TodayKind) -> list[str]:
    return [item.title for item in today.items(shop) if item.kind == kind]


def waiting(shop: Shop) -> set[int | None]:
    return {one.id for one in purchase_orders.page(shop)}


# ---- straight from the supplier to the customer


def test_what_the_supplier_brought_to_the_customer_is_not_to_be_shipped_again(
    open_shop: Shop, ivanova: int, maker: Supplier
) -> None:
    order = issued(open_shop, ivanova, DocumentKind.ORDER_CONFIRMATION)
    direct = ordered(open_shop, order, maker, deliver_to=DeliverTo.CUSTOMER)
    confirmed = purchase_orders.confirm(open_shop, direct.id or 0, dt.date(2026, 11, 24))
    assert purchase_arrivals.on_the_way(open_shop)[order].id == direct.id, "nothing is to be packed meanwhile"
    undo = purchase_orders.arrived(open_shop, direct.id or 0)
    assert order not in listed(open_shop)
    assert confirmed.promise is not None
    kept = promises.get(open_shop, confirmed.promise.id or 0)
    assert kept.state == PromiseState.KEPT
    bill = after(open_shop, order, DocumentKind.INVOICE)
    assert bill not in listed(open_shop)
    assert direct.id not in waiting(open_shop)
    undo.run(open_shop)
    assert bill in listed(open_shop)
    assert promises.get(open_shop, kept.id or 0).state == PromiseState.OPEN


def test_part_of_what_goes_straight_to_the_customer_leaves_the_rest_to_be_shipped(
    open_shop: Shop, ivanova: int, maker: Supplier
) -> None:
    bill = issued(open_shop, ivanova, DocumentKind.INVOICE, 3)
    direct = ordered(open_shop, bill, maker, deliver_to=DeliverTo.CUSTOMER)
    for came, left in ((2, 1), (1, 2)):
        purchase_orders.arrived(open_shop, direct.id or 0, 0, Decimal(came))
        assert [line.left for line in packing.detail(open_shop, bill).lines] == [Decimal(left)]
    purchase_orders.arrived(open_shop, direct.id or 0, 0, Decimal(0))
    assert [line.left for line in packing.detail(open_shop, bill).lines] == [Decimal(3)]
