"""The delivery round: planned, ordered, printed, done or not met on return; money at the door is only noted (S40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.delivery_rounds import Lift, NothingPlanned, WrongWindow
from shopdesk.domain.documents import DocumentKind, Fulfilment, Line
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.payments import PaymentKind, PaymentRefused
from shopdesk.domain.shipments import AlreadyShipped, ShipmentState
from shopdesk.domain.totals import totals
from shopdesk.store import privacy
from shopdesk.usecases import (
    chains,
    customers,
    delivery_rounds,
    documents,
    issuing,
    payments,
    shipments,
    timeline,
)
from shopdesk.usecases.shop import Shop

FRIDAY = dt.date(2026, 11, 27)
Order = Callable[..., int]


@pytest.fixture
def ivanova(open_shop: Shop) -> int:
    value = Customer(
        person=PersonName(Salutation.MRS, "", "Desislava", "Ivanova"),
        phones=(Phone("+49 551 123456"),),
        emails=("d@example.org",),
        address=Address(("Lange Geismarstraße 12",), "37073", "Göttingen", "DE"),
    )
    return customers.create(open_shop, value).id or 0


@pytest.fixture
def order(open_shop: Shop, ivanova: int) -> Order:
    """Issues an order that the shop's own van brings (or another paper) and gives its id."""

    def made(kind: str = "order_confirmation", text: str = "Matratze Ergo Plus") -> int:
        draft = documents.start(open_shop, kind, ivanova)
        line = Line(text=text, quantity=Decimal(1), unit_price=Decimal("499.00"))
        saved = documents.save_draft(open_shop, replace(draft, lines=(line,), fulfilment=Fulfilment.DELIVER))
        return issuing.issue(open_shop, saved.id or 0, send=False).document.id or 0

    return made


def on(shop: Shop, day: dt.date = FRIDAY) -> list[int]:
    return [each.document_id for each in delivery_rounds.stops(shop, day)]


def waits(shop: Shop) -> list[int]:
    return [each.item.document_id for each in delivery_rounds.waiting(shop)]


def test_an_order_goes_from_the_list_into_the_round_and_back(open_shop: Shop, order: Order) -> None:
    document_id = order()
    assert waits(open_shop) == [document_id]
    _, undo = delivery_rounds.plan(open_shop, document_id, FRIDAY)
    assert (waits(open_shop), on(open_shop)) == ([], [document_id])
    assert delivery_rounds.days(open_shop) == ((FRIDAY, 1),)
    undo.run(open_shop)
    assert (waits(open_shop), on(open_shop)) == ([document_id], [])
    delivery_rounds.plan(open_shop, document_id, FRIDAY)
    assert on(open_shop) == [document_id]


def test_the_driver_has_everything_at_hand(open_shop: Shop, order: Order) -> None:
    delivery_rounds.plan(open_shop, order("invoice"), FRIDAY)
    (stop,) = delivery_rounds.stops(open_shop, FRIDAY)
    assert stop.address == ("Lange Geismarstraße 12", "37073 Göttingen")
    assert stop.phones == ("+49 551 123456",)
    assert stop.open is not None
    assert stop.open.minor > 0
    assert [line.text for line in stop.lines] == ["Matratze Ergo Plus"]


def test_what_is_noted_about_the_door_is_kept_and_remembered_for_the_next_time(
    open_shop: Shop, order: Order
) -> None:
    first, _ = delivery_rounds.plan(open_shop, order(), FRIDAY)
    wanted = replace(
        first,
        from_time="9",
        to_time="1130",
        floor="3. Stock",
        lift=Lift.NO,
        extras=("Altmatratze mitnehmen",),
    )
    undo = delivery_rounds.save(open_shop, wanted)
    (shown,) = delivery_rounds.stops(open_shop, FRIDAY)
    assert shown.window == "09:00–11:30"
    assert shown.stop.extras == ("Altmatratze mitnehmen",)
    second, _ = delivery_rounds.plan(open_shop, order(text="Lattenrost"), FRIDAY)
    assert (second.floor, second.lift, second.extras, second.position) == ("3. Stock", Lift.NO, (), 1)
    undo.run(open_shop)
    assert delivery_rounds.stops(open_shop, FRIDAY)[0].window == ""


def test_a_wrong_time_is_refused_and_two_windows_do_not_overwrite_each_other(
    open_shop: Shop, order: Order
) -> None:
    stop, _ = delivery_rounds.plan(open_shop, order(), FRIDAY)
    with pytest.raises(WrongWindow):
        delivery_rounds.save(open_shop, replace(stop, from_time="25"))
    delivery_rounds.save(open_shop, replace(stop, floor="EG"))
    with pytest.raises(ChangedElsewhere):
        delivery_rounds.save(open_shop, replace(stop, floor="5"))


def test_the_stops_are_put_in_order(open_shop: Shop, order: Order) -> None:
    ids = [order(text=f"Matratze {number}") for number in range(3)]
    stops = [delivery_rounds.plan(open_shop, each, FRIDAY)[0] for each in ids]
    undo = delivery_rounds.move(open_shop, FRIDAY, stops[2].shipment_id, -2)
    assert on(open_shop) == [ids[2], ids[0], ids[1]]
    undo.run(open_shop)
    assert on(open_shop) == ids
    third = delivery_rounds.stops(open_shop, FRIDAY)[2].stop
    delivery_rounds.save(open_shop, replace(third, from_time="8"))
    delivery_rounds.sort_by_time(open_shop, FRIDAY)
    assert on(open_shop) == [ids[2], ids[0], ids[1]]


def test_done_on_return_in_one_step_and_taken_back(open_shop: Shop, order: Order, ivanova: int) -> None:
    stop, _ = delivery_rounds.plan(open_shop, order(), FRIDAY)
    undo = delivery_rounds.done(open_shop, stop.shipment_id, "beim Nachbarn Krüger")
    (shown,) = delivery_rounds.stops(open_shop, FRIDAY)
    assert shown.is_done
    assert shown.note == "beim Nachbarn Krüger"
    assert shipments.get(open_shop, stop.shipment_id).state == ShipmentState.DELIVERED
    assert any("AB-" in each.title for each in timeline.page(open_shop, ivanova) if each.text)
    with pytest.raises(AlreadyShipped):
        delivery_rounds.done(open_shop, stop.shipment_id)
    with pytest.raises(AlreadyShipped):
        delivery_rounds.take_out(open_shop, stop.shipment_id)
    undo.run(open_shop)
    assert not delivery_rounds.stops(open_shop, FRIDAY)[0].is_done
    assert waits(open_shop) == []


def test_who_was_not_met_waits_again_with_the_reason(open_shop: Shop, order: Order, ivanova: int) -> None:
    document_id = order()
    stop, _ = delivery_rounds.plan(open_shop, document_id, FRIDAY)
    undo = delivery_rounds.not_met(open_shop, stop.shipment_id, "niemand da")
    assert on(open_shop) == []
    (row,) = delivery_rounds.waiting(open_shop)
    assert row.stop is not None
    assert (row.stop.reason, row.stop.tried_on) == ("niemand da", dt.date(2026, 11, 23))
    assert any("niemand da" in each.title for each in timeline.page(open_shop, ivanova))
    undo.run(open_shop)
    assert on(open_shop) == [document_id]
    assert all("niemand da" not in each.title for each in timeline.page(open_shop, ivanova))
    delivery_rounds.not_met(open_shop, stop.shipment_id, "niemand da")
    delivery_rounds.plan(open_shop, document_id, FRIDAY + dt.timedelta(days=3))
    (again,) = delivery_rounds.stops(open_shop, FRIDAY + dt.timedelta(days=3))
    assert again.stop.reason == "niemand da"


def test_a_stop_is_taken_out_and_put_back(open_shop: Shop, order: Order) -> None:
    document_id = order()
    stop, _ = delivery_rounds.plan(open_shop, document_id, FRIDAY)
    undo = delivery_rounds.take_out(open_shop, stop.shipment_id)
    assert waits(open_shop) == [document_id]
    undo.run(open_shop)
    assert on(open_shop) == [document_id]


def test_money_at_the_door_is_noted_with_the_slip_of_the_till(open_shop: Shop, order: Order) -> None:
    bill_id = order("invoice")
    delivery_rounds.plan(open_shop, bill_id, FRIDAY)
    (stop,) = delivery_rounds.stops(open_shop, FRIDAY)
    with pytest.raises(PaymentRefused):
        delivery_rounds.paid_at_the_door(open_shop, stop, "")
    undo = delivery_rounds.paid_at_the_door(open_shop, stop, "K-1234")
    (booked,) = payments.of_document(open_shop, bill_id)
    assert booked.payment.kind == PaymentKind.EXTERNAL_TILL
    assert booked.payment.slip_number == "K-1234"
    assert delivery_rounds.stops(open_shop, FRIDAY)[0].open is None
    undo.run(open_shop)
    assert delivery_rounds.stops(open_shop, FRIDAY)[0].open == stop.open


def test_an_order_without_a_bill_is_paid_at_the_door_and_once_only(open_shop: Shop, order: Order) -> None:
    first, second = order(), order(text="Lattenrost")
    for document_id in (first, second):
        delivery_rounds.plan(open_shop, document_id, FRIDAY)
    one, two = delivery_rounds.stops(open_shop, FRIDAY)
    assert (one.open, one.bill_ids) == (two.open, ())
    assert one.open is not None
    total = documents.load(open_shop, first)
    assert one.open == totals(total).payable
    delivery_rounds.paid_at_the_door(open_shop, one, "K-1235")
    assert [each.open for each in delivery_rounds.stops(open_shop, FRIDAY)] == [None, two.open]


def test_what_a_bill_asks_for_is_not_asked_again_for_its_order(open_shop: Shop, order: Order) -> None:
    document_id = order()
    delivery_rounds.plan(open_shop, document_id, FRIDAY)
    (before,) = delivery_rounds.stops(open_shop, FRIDAY)
    draft = chains.follow_up(open_shop, document_id, DocumentKind.INVOICE)
    bill = issuing.issue(open_shop, draft.id or 0, send=False).document
    stop = next(
        each for each in delivery_rounds.stops(open_shop, FRIDAY) if each.shipment_id == before.shipment_id
    )
    assert (stop.open, stop.bill_ids) == (before.open, (bill.id,))


def test_the_list_is_printed_without_what_is_done(open_shop: Shop, order: Order, tmp_path: Path) -> None:
    with pytest.raises(NothingPlanned):
        delivery_rounds.pdf(open_shop, FRIDAY)
    first, _ = delivery_rounds.plan(open_shop, order(text="Matratze Eins"), FRIDAY)
    delivery_rounds.plan(open_shop, order(text="Matratze Zwei"), FRIDAY)
    delivery_rounds.done(open_shop, first.shipment_id)
    delivery_rounds.write_pdf(open_shop, FRIDAY, tmp_path / "runde.pdf")
    (page,) = pypdfium2.PdfDocument((tmp_path / "runde.pdf").read_bytes())
    words = page.get_textpage().get_text_bounded()
    assert "Matratze Zwei" in words
    assert "Matratze Eins" not in words
    assert "Freitag, 27.11.2026" in words


def test_forgotten_stops_of_yesterday_are_still_named(open_shop: Shop, order: Order) -> None:
    yesterday = dt.date(2026, 11, 22)
    delivery_rounds.plan(open_shop, order(), yesterday)
    assert delivery_rounds.days(open_shop) == ((yesterday, 1),)


def test_what_is_noted_about_a_door_is_told_to_the_customer(
    open_shop: Shop, order: Order, ivanova: int
) -> None:
    stop, _ = delivery_rounds.plan(open_shop, order(), FRIDAY)
    delivery_rounds.save(open_shop, replace(stop, floor="3. Stock"))
    with open_shop.reading() as connection:
        (row,) = privacy.about(connection, ivanova)["delivery_stop"]
    assert row["floor"] == "3. Stock"
