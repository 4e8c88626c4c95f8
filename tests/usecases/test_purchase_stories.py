"""Goods from a supplier and what becomes of the customer's paper: delivered straight, told, cancelled (S39)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, Fulfilment, Line
from shopdesk.domain.errors import NotFound
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.promises import PromiseState
from shopdesk.domain.purchase_orders import DeliverTo, PurchaseOrder
from shopdesk.domain.suppliers import Supplier
from shopdesk.domain.today import TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    chains,
    customers,
    documents,
    erasure,
    inquiry_search,
    issuing,
    outbox,
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


# ---- "it is there" and "ready to be picked up" are one word


@pytest.fixture
def arrived(open_shop: Shop, ivanova: int, maker: Supplier) -> tuple[int, PurchaseOrder]:
    """Goods that the customer fetches are there, and nobody has told her."""
    order = issued(open_shop, ivanova, DocumentKind.ORDER_CONFIRMATION, fulfilment=Fulfilment.PICKUP)
    bought = ordered(open_shop, order, maker)
    purchase_orders.arrived(open_shop, bought.id or 0)
    assert rows(open_shop, TodayKind.PURCHASE_READY) == [bought.number]
    return order, bought


def pick_up(shop: Shop, document_id: int) -> tuple[bool, bool]:
    (found,) = (one for one in pick_ups.page(shop) if one.document_id == document_id)
    return found.is_ready, found.is_told


def test_who_heard_that_the_goods_are_there_is_told_on_the_pick_up_list(
    open_shop: Shop, arrived: tuple[int, PurchaseOrder]
) -> None:
    order, bought = arrived
    _, undo = purchase_sending.tell_ready(open_shop, bought.id or 0)
    assert pick_up(open_shop, order) == (True, True)
    undo.run(open_shop)
    assert pick_up(open_shop, order) == (False, False)
    undo = purchase_sending.told_by_phone(open_shop, bought.id or 0)
    assert pick_up(open_shop, order) == (True, True)
    undo.run(open_shop)
    assert pick_up(open_shop, order) == (False, False)


def test_who_waits_for_the_rest_is_not_told_to_fetch_all(
    open_shop: Shop, arrived: tuple[int, PurchaseOrder], maker: Supplier
) -> None:
    order, bought = arrived
    more = replace(bought, id=None, number="", ordered_at=None, arrived_at=None, version=0)
    purchase_sending.order(open_shop, purchase_drafts.save(open_shop, more))
    purchase_sending.tell_ready(open_shop, bought.id or 0)
    assert pick_up(open_shop, order) == (False, False)


def test_nobody_is_told_again_who_heard_or_has_it(
    open_shop: Shop, arrived: tuple[int, PurchaseOrder]
) -> None:
    order, bought = arrived
    _, undo = pick_ups.ready(open_shop, order)
    assert rows(open_shop, TodayKind.PURCHASE_READY) == []
    assert bought.id not in waiting(open_shop)
    assert not purchase_orders.get(open_shop, bought.id or 0).waits
    undo.run(open_shop)
    assert rows(open_shop, TodayKind.PURCHASE_READY) == [bought.number]
    assert bought.id in waiting(open_shop)
    _, undo = pick_ups.hand_out(open_shop, order)
    assert rows(open_shop, TodayKind.PURCHASE_READY) == []
    assert bought.id not in waiting(open_shop)
    undo.run(open_shop)
    assert rows(open_shop, TodayKind.PURCHASE_READY) == [bought.number]


def test_what_was_shipped_needs_no_word_but_another_order_of_the_customer_does(
    open_shop: Shop, ivanova: int, maker: Supplier
) -> None:
    bills = [issued(open_shop, ivanova, DocumentKind.INVOICE) for _ in range(2)]
    bought = [ordered(open_shop, bill, maker) for bill in bills]
    for each in bought:
        purchase_orders.arrived(open_shop, each.id or 0)
    shipments.ship(open_shop, bills[0], [])
    assert rows(open_shop, TodayKind.PURCHASE_READY) == [bought[1].number]
    assert waiting(open_shop) == {bought[1].id}


# ---- cancelled by the customer


def test_a_customer_who_cancels_is_asked_about_before_the_goods_come(
    open_shop: Shop, ivanova: int, maker: Supplier
) -> None:
    bill = issued(open_shop, ivanova, DocumentKind.INVOICE)
    bought = ordered(open_shop, bill, maker)
    promise = purchase_orders.confirm(open_shop, bought.id or 0, dt.date(2026, 11, 30)).promise
    assert promise is not None
    assert rows(open_shop, TodayKind.PURCHASE_UNWANTED) == []
    after(open_shop, bill, DocumentKind.CANCELLATION)
    assert rows(open_shop, TodayKind.PURCHASE_UNWANTED) == [bought.number]
    assert isinstance(open_shop.clock, FixedClock)
    open_shop.clock.set(dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC))
    assert rows(open_shop, TodayKind.PURCHASE_LATE) == [], "one question is enough"
    undo = purchase_orders.call_off(open_shop, bought.id or 0)
    assert rows(open_shop, TodayKind.PURCHASE_UNWANTED) == []
    assert promises.of_customer(open_shop, ivanova) == ()
    undo.run(open_shop)
    assert [one.id for one in promises.of_customer(open_shop, ivanova)] == [promise.id]
    purchase_orders.arrived(open_shop, bought.id or 0)
    assert rows(open_shop, TodayKind.PURCHASE_READY) == [], "nobody bought it"
    assert waiting(open_shop) == set()


@pytest.mark.parametrize("kind", [DocumentKind.INVOICE, DocumentKind.ORDER_CONFIRMATION])
def test_what_is_billed_anew_or_still_ordered_is_still_wanted(
    open_shop: Shop, ivanova: int, maker: Supplier, kind: DocumentKind
) -> None:
    first = issued(open_shop, ivanova, kind)
    bought = ordered(open_shop, first, maker)
    bill = first if kind == DocumentKind.INVOICE else after(open_shop, first, DocumentKind.INVOICE)
    cancellation = after(open_shop, bill, DocumentKind.CANCELLATION)
    if kind == DocumentKind.INVOICE:
        draft = chains.follow_up(open_shop, cancellation, DocumentKind.INVOICE)
        assert rows(open_shop, TodayKind.PURCHASE_UNWANTED) == [], "it is being written anew"
        issuing.issue(open_shop, draft.id or 0)
    assert rows(open_shop, TodayKind.PURCHASE_UNWANTED) == []
    purchase_orders.arrived(open_shop, bought.id or 0)
    assert rows(open_shop, TodayKind.PURCHASE_READY) == [bought.number]


# ---- found


@pytest.mark.parametrize("typed", ["öko", "oekotraum", "ÖKO", "ivánova öko", "b-2026-0001"])
def test_an_order_is_found_however_supplier_and_customer_are_written(
    open_shop: Shop, ivanova: int, maker: Supplier, typed: str
) -> None:
    suppliers.save(open_shop, replace(maker, name="ÖKOTRAUM GmbH"))
    bought = ordered(open_shop, issued(open_shop, ivanova, DocumentKind.INVOICE), maker)
    assert [one.id for one in purchase_orders.find(open_shop, typed)] == [bought.id]
    assert "purchase_order" in {one.type for one in inquiry_search.find(open_shop, typed)}


def test_a_supplier_is_found_however_it_is_written(open_shop: Shop, maker: Supplier) -> None:
    suppliers.save(open_shop, replace(maker, name="ÖKOTRAUM GmbH"))
    assert ("supplier", maker.id) in {(one.type, one.id) for one in inquiry_search.find(open_shop, "öko")}


def test_nobody_is_known_by_an_order_when_no_law_keeps_him_any_more(
    open_shop: Shop, ivanova: int, maker: Supplier
) -> None:
    order = issued(open_shop, ivanova, DocumentKind.ORDER_CONFIRMATION, fulfilment=Fulfilment.PICKUP)
    bought = ordered(open_shop, order, maker, words="Bitte bei Ivanova anrufen.")
    purchase_orders.arrived(open_shop, bought.id or 0)
    handed, _ = pick_ups.hand_out(open_shop, order, "Nachbar Zimt")
    erasure.erase(open_shop, ivanova)
    assert purchase_orders.get(open_shop, bought.id or 0).commission == "Desislava Ivanova"
    open_shop.clock = FixedClock(dt.datetime(2040, 1, 3, 9, tzinfo=dt.UTC))
    assert erasure.erase_due(open_shop) == 1
    kept = purchase_orders.get(open_shop, bought.id or 0)
    assert (kept.commission, kept.delivery_address, kept.words, kept.outbox_id) == ("", "", "", 0)
    assert shipments.get(open_shop, handed.id or 0).note == ""
    with pytest.raises(NotFound):
        outbox.entry(open_shop, bought.outbox_id)
    assert purchase_orders.find(open_shop, "ivanova") == ()
