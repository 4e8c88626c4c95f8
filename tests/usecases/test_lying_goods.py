"""What lies packed, planned or announced belongs to the whole story: billed later, it leaves once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest

from shopdesk.domain.delivery_rounds import still_open
from shopdesk.domain.documents import Document, DocumentKind, Fulfilment, Line
from shopdesk.domain.shipments import NothingToShip, Parcel, ShipmentState
from shopdesk.domain.unshipped import OnAccount, ShippingRules
from shopdesk.usecases import (
    chains,
    customers,
    delivery_rounds,
    documents,
    issuing,
    packing,
    payments,
    pick_ups,
    sample_shop,
    shipment_papers,
    shipments,
)
from shopdesk.usecases.shop import Shop

FRIDAY = dt.date(2026, 11, 27)
DHL = Parcel("00340434161094042557", "dhl")
MATTRESS = Line(text="Matratze", quantity=Decimal(1), unit_price=Decimal(500))
PILLOW = Line(text="Kissen", quantity=Decimal(2), unit_price=Decimal(40))
Order = Callable[..., int]


@pytest.fixture
def customer(open_shop: Shop) -> int:
    packing.save_rules(open_shop, ShippingRules(on_account=OnAccount.EVERYBODY))
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


@pytest.fixture
def order(open_shop: Shop, customer: int) -> Order:
    """Issues an order confirmation, or another paper, and gives its id."""

    def made(
        fulfilment: Fulfilment, *lines: Line, kind: DocumentKind = DocumentKind.ORDER_CONFIRMATION
    ) -> int:
        draft = documents.start(open_shop, kind, customer)
        saved = documents.save_draft(
            open_shop, replace(draft, lines=lines or (MATTRESS,), fulfilment=fulfilment)
        )
        return issuing.issue(open_shop, saved.id or 0, send=False).document.id or 0

    return made


def follow(
    shop: Shop, document_id: int, kind: DocumentKind, change: Callable[[Document], Document] = lambda d: d
) -> int:
    draft = change(chains.follow_up(shop, document_id, kind))
    return issuing.issue(shop, documents.save_draft(shop, draft).id or 0, send=False).document.id or 0


def billed(shop: Shop, document_id: int, *more: Line) -> int:
    return follow(shop, document_id, DocumentKind.INVOICE, lambda d: replace(d, lines=(*d.lines, *more)))


def waits(shop: Shop) -> list[int]:
    return [each.item.document_id for each in delivery_rounds.waiting(shop)]


def brings(shop: Shop) -> list[tuple[str, int]]:
    return [
        (line.text, int(line.quantity)) for stop in delivery_rounds.stops(shop, FRIDAY) for line in stop.lines
    ]


def test_an_order_planned_and_then_billed_is_brought_and_collected_once(
    open_shop: Shop, order: Order, customer: int
) -> None:
    order_id = order(Fulfilment.DELIVER)
    delivery_rounds.plan(open_shop, order_id, FRIDAY)
    bill = billed(open_shop, order_id)
    assert waits(open_shop) == []
    undo = delivery_rounds.plan(open_shop, bill, FRIDAY)[1]  # as from a window that does not know yet
    (stop,) = delivery_rounds.stops(open_shop, FRIDAY)
    assert (stop.document_id, brings(open_shop)) == (bill, [("Matratze", 1)])
    undo.run(open_shop)
    (stop,) = delivery_rounds.stops(open_shop, FRIDAY)
    account = payments.accounts(open_shop, [bill])[bill]
    assert (stop.document_id, still_open([stop])) == (order_id, account.open)
    delivery_rounds.done(open_shop, stop.shipment_id)
    assert (packing.page(open_shop), waits(open_shop)) == ((), [])
    assert len(shipments.of_customer(open_shop, customer)) == 1


def test_a_stop_taken_out_is_waited_for_by_the_bill(open_shop: Shop, order: Order) -> None:
    order_id = order(Fulfilment.DELIVER)
    stop, _ = delivery_rounds.plan(open_shop, order_id, FRIDAY)
    bill = billed(open_shop, order_id)
    delivery_rounds.not_met(open_shop, stop.shipment_id, "niemand da")
    (waiting,) = delivery_rounds.waiting(open_shop)
    assert waiting.item.document_id == bill
    assert waiting.stop is not None
    assert waiting.stop.reason == "niemand da"


def test_what_the_bill_says_more_than_the_order_comes_to_the_same_stop(open_shop: Shop, order: Order) -> None:
    order_id = order(Fulfilment.DELIVER)
    delivery_rounds.plan(open_shop, order_id, FRIDAY)
    bill = billed(open_shop, order_id, PILLOW)
    assert waits(open_shop) == [bill]
    delivery_rounds.plan(open_shop, bill, FRIDAY)
    assert brings(open_shop) == [("Matratze", 1), ("Kissen", 2)]
    assert (waits(open_shop), len(delivery_rounds.stops(open_shop, FRIDAY))) == ([], 1)


def test_an_order_packed_and_then_billed_has_one_delivery_note(
    open_shop: Shop, order: Order, customer: int
) -> None:
    order_id = order(Fulfilment.SHIP)
    packed, _ = shipments.pack(open_shop, order_id)
    note = shipment_papers.delivery_note(open_shop, packed.id or 0)
    bill = billed(open_shop, order_id)
    (row,) = packing.page(open_shop)
    assert (row.document_id, row.packed) == (bill, True)
    shown = packing.detail(open_shop, bill).shipment
    assert shown is not None
    assert shown.id == packed.id
    again, undo = shipments.pack(open_shop, bill)
    assert shipment_papers.delivery_note(open_shop, again.id or 0) == note
    undo.run(open_shop)
    assert shipments.get(open_shop, packed.id or 0).document_id == order_id
    sent = shipments.ship(open_shop, bill, [DHL])
    assert (sent.shipment.id, sent.shipment.delivery_note_id) == (packed.id, note)
    assert packing.page(open_shop) == ()
    sent.undo.run(open_shop)
    assert [each.packed for each in packing.page(open_shop)] == [True]
    assert len(shipments.of_customer(open_shop, customer)) == 1


def test_who_was_told_to_come_and_is_billed_then_is_not_told_again(
    open_shop: Shop, order: Order, customer: int
) -> None:
    order_id = order(Fulfilment.PICKUP)
    pick_ups.ready(open_shop, order_id)
    bill = billed(open_shop, order_id)
    (row,) = pick_ups.page(open_shop)
    assert (row.document_id, row.is_ready, row.is_told) == (bill, True, True)
    _, undo = pick_ups.hand_out(open_shop, bill, on_account=True)
    assert [each.state for each in shipments.of_customer(open_shop, customer)] == [ShipmentState.HANDED_OUT]
    assert pick_ups.page(open_shop) == ()
    undo.run(open_shop)
    assert [each.is_told for each in pick_ups.page(open_shop)] == [True]


def test_two_orders_billed_together_leave_together_and_come_back_apart(
    open_shop: Shop, order: Order, customer: int
) -> None:
    one, other = order(Fulfilment.PICKUP), order(Fulfilment.PICKUP, PILLOW)
    for each in (one, other):
        pick_ups.ready(open_shop, each)
    draft = chains.follow_up(open_shop, one, DocumentKind.INVOICE)
    reference = documents.load(open_shop, other).as_reference()
    draft = replace(draft, lines=(*draft.lines, PILLOW), refers_to=(*draft.refers_to, reference))
    bill = issuing.issue(open_shop, documents.save_draft(open_shop, draft).id or 0, send=False).document
    undo = pick_ups.hand_out(open_shop, bill.id or 0, on_account=True)[1]
    (gone,) = shipments.of_customer(open_shop, customer)
    assert [line.text for line in gone.lines] == ["Matratze", "Kissen"]
    undo.run(open_shop)
    assert {each.document_id for each in shipments.of_customer(open_shop, customer)} == {one, other}


def test_packed_goods_of_an_order_are_the_same_size_on_its_bill_though_both_share_a_number(
    open_shop: Shop,
) -> None:
    customer = customers.create(open_shop, sample_shop.sample().caller).id
    lines = tuple(
        Line(text=text, article_code="M1", unit_price=Decimal(100))
        for text in ("Matratze 90x200", "Matratze 140x200")
    )
    draft = replace(documents.start(open_shop, "order_confirmation", customer), lines=lines)
    order = issuing.issue(open_shop, documents.save_draft(open_shop, draft).id or 0, send=False).document
    shipments.pack(open_shop, order.id or 0, {1: Decimal(1)})
    bill = chains.follow_up(open_shop, order.id or 0, "invoice")
    bill_id = issuing.issue(open_shop, bill.id or 0, send=False).document.id or 0
    sent = shipments.ship(open_shop, bill_id, (), tell=False)
    assert [line.text for line in sent.shipment.lines] == ["Matratze 140x200"]


def credited(shop: Shop, bill: int, quantity: int) -> None:
    """A part of what was billed is taken back."""

    def part(draft: Document) -> Document:
        (line,) = draft.lines
        return replace(draft, lines=(replace(line, quantity=Decimal(quantity)),))

    follow(shop, bill, DocumentKind.CREDIT_NOTE, part)


@pytest.fixture
def two(order: Order) -> int:
    """A bill over two mattresses that are sent."""
    return order(Fulfilment.SHIP, replace(MATTRESS, quantity=Decimal(2)), kind=DocumentKind.INVOICE)


def test_what_was_packed_and_then_cancelled_does_not_leave(open_shop: Shop, two: int) -> None:
    packed, _ = shipments.pack(open_shop, two)
    shipment_papers.delivery_note(open_shop, packed.id or 0)
    follow(open_shop, two, DocumentKind.CANCELLATION)
    with pytest.raises(NothingToShip):
        shipments.ship(open_shop, two, [DHL])
    assert shipments.get(open_shop, packed.id or 0).is_in_the_house


@pytest.mark.parametrize("has_note", [False, True])
def test_of_what_was_packed_and_then_credited_only_the_rest_leaves(
    open_shop: Shop, two: int, has_note: bool
) -> None:
    packed, _ = shipments.pack(open_shop, two)
    note = shipment_papers.delivery_note(open_shop, packed.id or 0) if has_note else None
    credited(open_shop, two, 1)
    shown = packing.detail(open_shop, two).shipment
    assert shown is not None
    assert [line.quantity for line in shown.lines] == [1]
    sent = shipments.ship(open_shop, two, [DHL])
    assert [line.quantity for line in sent.shipment.lines] == [1]
    assert sent.shipment.delivery_note_id is None  # the one that was printed says two
    assert packing.page(open_shop) == ()
    sent.undo.run(open_shop)
    assert shipments.get(open_shop, packed.id or 0).delivery_note_id == note
    assert [each.packed for each in packing.page(open_shop)] == [True]


def test_a_stop_whose_bill_was_cancelled_is_marked_and_not_driven(open_shop: Shop, order: Order) -> None:
    bill, other = (order(Fulfilment.DELIVER, kind=DocumentKind.INVOICE) for _ in range(2))
    stop, _ = delivery_rounds.plan(open_shop, bill, FRIDAY)
    delivery_rounds.plan(open_shop, other, FRIDAY)
    follow(open_shop, bill, DocumentKind.CANCELLATION)
    assert [each.is_wanted for each in delivery_rounds.stops(open_shop, FRIDAY)] == [False, True]
    number = documents.load(open_shop, bill).number
    pages = pypdfium2.PdfDocument(delivery_rounds.pdf(open_shop, FRIDAY))
    assert number not in pages[0].get_textpage().get_text_bounded()
    with pytest.raises(NothingToShip):
        delivery_rounds.done(open_shop, stop.shipment_id)
    delivery_rounds.take_out(open_shop, stop.shipment_id)
    assert len(delivery_rounds.stops(open_shop, FRIDAY)) == 1
    assert waits(open_shop) == []


def test_a_stop_of_which_a_part_was_credited_brings_the_rest(
    open_shop: Shop, order: Order, customer: int
) -> None:
    two = replace(MATTRESS, quantity=Decimal(2))
    bill = order(Fulfilment.DELIVER, two, kind=DocumentKind.INVOICE)
    stop, _ = delivery_rounds.plan(open_shop, bill, FRIDAY)
    credited(open_shop, bill, 1)
    assert brings(open_shop) == [("Matratze", 1)]
    undo = delivery_rounds.done(open_shop, stop.shipment_id)
    assert [line.quantity for line in shipments.of_customer(open_shop, customer)[0].lines] == [1]
    undo.run(open_shop)
    assert brings(open_shop) == [("Matratze", 1)]


def test_a_cancelled_bill_gives_what_lies_here_back_to_its_order(open_shop: Shop, order: Order) -> None:
    order_id = order(Fulfilment.SHIP)
    bill = billed(open_shop, order_id)
    packed, _ = shipments.pack(open_shop, bill)
    follow(open_shop, bill, DocumentKind.CANCELLATION)
    (row,) = packing.page(open_shop)
    assert (row.document_id, row.packed) == (order_id, True)
    assert shipments.ship(open_shop, order_id, [DHL]).shipment.id == packed.id


def test_a_pick_up_that_was_cancelled_is_not_handed_out(open_shop: Shop, order: Order) -> None:
    bill = order(Fulfilment.PICKUP, kind=DocumentKind.INVOICE)
    pick_ups.ready(open_shop, bill)
    follow(open_shop, bill, DocumentKind.CANCELLATION)
    assert pick_ups.page(open_shop) == ()
    with pytest.raises(NothingToShip):
        pick_ups.hand_out(open_shop, bill, on_account=True)


def test_of_two_sizes_under_one_number_the_packed_one_stays_the_packed_one(
    open_shop: Shop, order: Order
) -> None:
    small, large = (replace(MATTRESS, text=f"Matratze {size}", article_code="M1") for size in (90, 140))
    order_id = order(Fulfilment.SHIP, small, large)
    shipments.pack(open_shop, order_id, {1: Decimal(1)})
    bill = billed(open_shop, order_id)
    sent = shipments.ship(open_shop, bill, [DHL])
    assert [line.text for line in sent.shipment.lines] == ["Matratze 140"]
    assert [line.line.text for line in packing.detail(open_shop, bill).lines if line.left] == ["Matratze 90"]


def test_goods_that_the_bill_says_in_other_words_are_brought_at_one_stop(
    open_shop: Shop, order: Order
) -> None:
    order_id = order(Fulfilment.DELIVER)
    stop, _ = delivery_rounds.plan(open_shop, order_id, FRIDAY)
    other_words = replace(MATTRESS, text="Ergo Plus 90 × 200")
    bill = follow(open_shop, order_id, DocumentKind.INVOICE, lambda d: replace(d, lines=(other_words,)))
    delivery_rounds.done(open_shop, stop.shipment_id).run(open_shop)
    delivery_rounds.plan(open_shop, bill, FRIDAY)
    assert brings(open_shop) == [("Ergo Plus 90 × 200", 1)]
