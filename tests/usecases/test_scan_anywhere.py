"""A carrier's label scanned anywhere ships a parcel; what the van brings, or the supplier still has, stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.documents import DocumentKind, Fulfilment, Line
from shopdesk.domain.payments import Payment, paid_in_full
from shopdesk.domain.promises import Promise, PromiseKind
from shopdesk.domain.purchase_orders import PurchaseOrder
from shopdesk.domain.shipments import Parcel, ShipmentKind
from shopdesk.domain.suppliers import Supplier
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    customer_merges,
    customers,
    delivery_rounds,
    documents,
    issuing,
    late_shipments,
    packing,
    payments,
    promises,
    purchase_drafts,
    purchase_orders,
    purchase_sending,
    sample_shop,
    shipments,
    suppliers,
)
from shopdesk.usecases.scan_anywhere import Scanned, scanned
from shopdesk.usecases.shop import Shop
from shopdesk.usecases.working_days import holidays_at

MONDAY = dt.date(2026, 11, 23)
FRIDAY = dt.date(2026, 11, 27)
LABEL = "00340434161094042557"
Sold = Callable[..., int]


@pytest.fixture
def customer(open_shop: Shop) -> int:
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


@pytest.fixture
def sold(open_shop: Shop, customer: int) -> Sold:
    """Issues a bill that is paid at once and gives its id."""

    def made(fulfilment: Fulfilment = Fulfilment.SHIP, delivery_date: dt.date | None = None) -> int:
        draft = documents.start(open_shop, DocumentKind.INVOICE, customer)
        line = Line(text="Matratze", quantity=Decimal(1), unit_price=Decimal(500))
        draft = replace(draft, lines=(line,), fulfilment=fulfilment, delivery_date=delivery_date)
        bill = issuing.issue(open_shop, documents.save_draft(open_shop, draft).id or 0, send=False).document
        part = paid_in_full(payments.accounts(open_shop, [bill.id or 0])[bill.id or 0], MONDAY)
        payments.book(open_shop, Payment(MONDAY, part.amount, customer_id=customer), [part])
        return bill.id or 0

    return made


def ordered(shop: Shop, document_id: int) -> PurchaseOrder:
    maker = suppliers.save(shop, Supplier("Ökotraum GmbH", email="bestellung@oekotraum.example"))[0]
    draft = purchase_drafts.from_document(shop, document_id).new[0]
    return purchase_sending.order(shop, replace(draft, supplier_id=maker.id)).order


def scan(shop: Shop) -> Scanned:
    found = scanned(shop, LABEL)
    assert found is not None
    return found


def at(shop: Shop, day: dt.date) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.set(dt.datetime.combine(day, dt.time(9, 50), dt.UTC))


def test_a_label_never_takes_what_the_own_van_brings(open_shop: Shop, sold: Sold) -> None:
    parcel, van = sold(), sold(Fulfilment.DELIVER)
    delivery_rounds.plan(open_shop, van, FRIDAY)
    found = scan(open_shop)
    assert ([each.document_id for each in found.candidates], found.is_sure) == ([parcel], True)


def test_two_parcels_of_which_none_is_packed_are_to_be_chosen_from(open_shop: Shop, sold: Sold) -> None:
    sold(), sold()
    assert not scan(open_shop).is_sure


def test_a_label_never_takes_what_the_supplier_still_has(open_shop: Shop, sold: Sold) -> None:
    here, comes = sold(), sold()
    order = ordered(open_shop, comes)
    found = scan(open_shop)
    assert ([each.document_id for each in found.candidates], found.is_sure) == ([here], True)
    assert packing.counts(open_shop).ready == 1
    purchase_orders.arrived(open_shop, order.id or 0)
    assert len(scan(open_shop).candidates) == packing.counts(open_shop).ready == 2


def test_planned_is_not_packed_yet(open_shop: Shop, sold: Sold) -> None:
    van = sold(Fulfilment.DELIVER)
    delivery_rounds.plan(open_shop, van, FRIDAY)
    assert [each.packed for each in packing.page(open_shop)] == [False]
    shipments.pack(open_shop, van)
    assert [each.packed for each in packing.page(open_shop)] == [True]


def test_what_leaves_by_parcel_after_all_is_no_stop_any_more_and_is_one_again_when_taken_back(
    open_shop: Shop, sold: Sold
) -> None:
    van = sold(Fulfilment.DELIVER)
    delivery_rounds.plan(open_shop, van, FRIDAY)
    sent = shipments.ship(open_shop, van, [Parcel(LABEL, "dhl")])
    assert sent.shipment.kind == ShipmentKind.PARCEL
    assert delivery_rounds.stops(open_shop, FRIDAY) == ()
    sent.undo.run(open_shop)
    assert len(delivery_rounds.stops(open_shop, FRIDAY)) == 1
    assert [each.packed for each in packing.page(open_shop)] == [False]


def test_what_is_paid_and_promised_for_a_later_day_is_not_late_anywhere(open_shop: Shop, sold: Sold) -> None:
    bill = sold(delivery_date=dt.date(2026, 12, 18))
    at(open_shop, FRIDAY)
    item = packing.item(open_shop, bill)
    assert item is not None
    assert not item.is_late(FRIDAY, holidays_at(open_shop))
    assert (packing.counts(open_shop).ready, packing.counts(open_shop).late) == (1, 0)
    assert late_shipments.page(open_shop) == ()
    at(open_shop, dt.date(2026, 12, 21))
    assert (packing.counts(open_shop).late, len(late_shipments.page(open_shop))) == (1, 1)


def test_the_promised_day_outlives_a_merge(open_shop: Shop, sold: Sold, customer: int) -> None:
    bill = sold()
    promises.create(
        open_shop,
        Promise(customer, "Matratze bis Freitag", FRIDAY, kind=PromiseKind.DELIVERY, document_id=bill),
    )
    survivor = customers.create(open_shop, sample_shop.sample().caller)
    customer_merges.merge(open_shop, survivor, customers.get(open_shop, customer), {})
    assert [each.promised for each in packing.page(open_shop)] == [FRIDAY]
