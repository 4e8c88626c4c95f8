"""What was shipped, delivered or handed out by mistake lies in the house again, with everything that followed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.documents import Fulfilment, Line
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.mail import MailState
from shopdesk.domain.promises import Promise, PromiseKind, PromiseState
from shopdesk.domain.shipments import Parcel, ShipmentState
from shopdesk.domain.timeline import EntryKind
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    customers,
    delivery_rounds,
    documents,
    issuing,
    outbox,
    packing,
    pick_ups,
    promises,
    put_backs,
    sample_shop,
    shipments,
    timeline,
)
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)
DHL = Parcel("00340434161094042557", "dhl")
Order = Callable[[Fulfilment], int]


@pytest.fixture
def customer(open_shop: Shop) -> int:
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


@pytest.fixture
def order(open_shop: Shop, customer: int) -> Order:
    def made(fulfilment: Fulfilment) -> int:
        line = Line(text="Rollmatratze", quantity=Decimal(1), unit_price=Decimal(100))
        draft = replace(
            documents.start(open_shop, "order_confirmation", customer), lines=(line,), fulfilment=fulfilment
        )
        stored = documents.save_draft(open_shop, draft)
        return issuing.issue(open_shop, stored.id or 0, send=False).document.id or 0

    return made


def later(shop: Shop, days: int) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.set(shop.clock.now() + dt.timedelta(days=days))


def told(shop: Shop, customer: int) -> int:
    return sum(entry.kind == EntryKind.SHIPMENT for entry in timeline.page(shop, customer))


def test_a_parcel_that_did_not_leave_is_to_be_shipped_again_and_its_mail_is_called_back(
    open_shop: Shop, order: Order, customer: int
) -> None:
    document_id = order(Fulfilment.SHIP)
    due = TODAY + dt.timedelta(3)
    value = Promise(customer, "Versand", due, kind=PromiseKind.DELIVERY, document_id=document_id)
    promise_id = promises.create(open_shop, value)[0].id or 0
    shipments.pack(open_shop, document_id)
    sent = shipments.ship(open_shop, document_id, [DHL])
    assert packing.page(open_shop) == ()
    back = put_backs.put_back(open_shop, sent.shipment.id or 0)
    assert (back.shipment.state, back.is_told) == (ShipmentState.PACKED, False)
    assert [each.document_id for each in packing.page(open_shop)] == [document_id]
    assert promises.get(open_shop, promise_id).state == PromiseState.OPEN
    assert outbox.entry(open_shop, sent.mail_id or 0).state == MailState.CANCELLED
    assert told(open_shop, customer) == 0
    back.undo.run(open_shop)
    assert packing.page(open_shop) == ()
    assert promises.get(open_shop, promise_id).state == PromiseState.KEPT
    assert outbox.entry(open_shop, sent.mail_id or 0).state == MailState.QUEUED
    assert told(open_shop, customer) == 1


def test_where_the_customer_knows_already_it_is_said_and_the_next_shipping_tells_him_anew(
    open_shop: Shop, order: Order
) -> None:
    document_id = order(Fulfilment.SHIP)
    sent = shipments.ship(open_shop, document_id, [DHL])
    outbox.mark_sent(open_shop, outbox.hand_to_mail_program(open_shop, sent.mail_id or 0).id)
    later(open_shop, days=1)
    back = put_backs.put_back(open_shop, sent.shipment.id or 0)
    assert back.is_told
    assert back.shipment.tracking_numbers == (DHL.tracking_number,)
    again = shipments.ship(open_shop, document_id, [DHL])
    assert again.mail_id not in {None, sent.mail_id}


def test_a_moved_promise_is_moved_again(open_shop: Shop, order: Order, customer: int) -> None:
    document_id = order(Fulfilment.SHIP)
    value = Promise(customer, "Versand", TODAY, kind=PromiseKind.DELIVERY, document_id=document_id)
    noted = promises.create(open_shop, value)[0]
    promises.move(open_shop, noted, TODAY + dt.timedelta(2))
    sent = shipments.ship(open_shop, document_id, [DHL])
    put_backs.put_back(open_shop, sent.shipment.id or 0)
    assert promises.get(open_shop, noted.id or 0).state == PromiseState.MOVED


def test_a_delivered_stop_is_a_stop_again_days_later(open_shop: Shop, order: Order, customer: int) -> None:
    stop, _ = delivery_rounds.plan(open_shop, order(Fulfilment.DELIVER), TODAY)
    delivery_rounds.done(open_shop, stop.shipment_id)
    later(open_shop, days=3)
    undo = put_backs.put_back(open_shop, stop.shipment_id).undo
    assert [each.is_done for each in delivery_rounds.stops(open_shop, TODAY)] == [False]
    assert told(open_shop, customer) == 0
    undo.run(open_shop)
    assert [each.is_done for each in delivery_rounds.stops(open_shop, TODAY)] == [True]


def test_what_was_handed_out_lies_ready_and_its_customer_still_knows(open_shop: Shop, order: Order) -> None:
    document_id = order(Fulfilment.PICKUP)
    pick_ups.ready(open_shop, document_id)
    value, _ = pick_ups.hand_out(open_shop, document_id)
    pick_ups.put_back(open_shop, value.id or 0)
    (lying,) = pick_ups.page(open_shop)
    assert lying.shipment is not None
    assert lying.shipment.told_at is not None


def test_what_lies_here_is_not_put_back(open_shop: Shop, order: Order) -> None:
    packed, _ = shipments.pack(open_shop, order(Fulfilment.SHIP))
    with pytest.raises(ChangedElsewhere):
        put_backs.put_back(open_shop, packed.id or 0)


@pytest.mark.parametrize("words", ["übermut", "uebermut GmbH", "ÜBER"])
def test_what_has_left_is_found_however_the_customer_is_written(
    open_shop: Shop, order: Order, words: str
) -> None:
    caller = replace(sample_shop.sample().caller, company="Übermut GmbH")
    other = customers.create(open_shop, caller).id or 0
    for fulfilment in (Fulfilment.SHIP, Fulfilment.PICKUP):
        order(fulfilment)  # somebody else's
        line = Line(text="Kissen", quantity=Decimal(1), unit_price=Decimal(10))
        draft = replace(
            documents.start(open_shop, "order_confirmation", other), lines=(line,), fulfilment=fulfilment
        )
        stored = documents.save_draft(open_shop, draft)
        document_id = issuing.issue(open_shop, stored.id or 0, send=False).document.id or 0
        if fulfilment == Fulfilment.SHIP:
            shipments.ship(open_shop, document_id, [])
            assert [each.document_id for each in shipments.shipped(open_shop, words)] == [document_id]
        else:
            pick_ups.hand_out(open_shop, document_id)
            assert [each.document_id for each in pick_ups.handed_out(open_shop, words)] == [document_id]
