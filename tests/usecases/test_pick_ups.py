"""Pick-ups: found by any hint, told, handed out with who and when, all of it undoable (S35)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.documents import Fulfilment, Line
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.mail import MailState, NoEmailAddress
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.payments import Allocation, Payment, PaymentKind
from shopdesk.domain.pick_ups import NotPaidYet
from shopdesk.domain.promises import Promise, PromiseKind, PromiseState
from shopdesk.domain.shipments import NothingToShip, ShipmentState
from shopdesk.usecases import (
    customers,
    documents,
    issuing,
    outbox,
    packing,
    payments,
    pick_ups,
    promises,
    shipments,
    timeline,
)
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)
Order = Callable[..., int]


def customer(
    shop: Shop, name: str = "Ivanova", phone: str = "+359 88 712 3456", mail: str = "d@example.org"
) -> int:
    value = Customer(
        person=PersonName(Salutation.MRS, "", "Desislava", name),
        phones=(Phone(phone),),
        emails=(mail,) if mail else (),
        address=Address(("ul. Aprilovska 12",), "5300", "Gabrovo", "BG"),
    )
    return customers.create(shop, value).id or 0


@pytest.fixture
def order(open_shop: Shop) -> Order:
    """Issues an order to be picked up (or another paper) and gives its id."""

    def made(
        customer_id: int,
        kind: str = "order_confirmation",
        fulfilment: Fulfilment = Fulfilment.PICKUP,
        prepay: bool = False,
        text: str = "Kissen Wolke",
    ) -> int:
        draft = documents.start(open_shop, kind, customer_id)
        line = Line(text=text, quantity=Decimal(2), unit_price=Decimal("49.90"))
        draft = replace(draft, lines=(line,), fulfilment=fulfilment, prepay=prepay)
        saved = documents.save_draft(open_shop, draft)
        return issuing.issue(open_shop, saved.id or 0, send=False).document.id or 0

    return made


def numbers(shop: Shop, hint: str = "") -> list[int]:
    return [each.document_id for each in pick_ups.page(shop, hint)]


def test_only_what_is_fetched_is_on_the_list(open_shop: Shop, order: Order) -> None:
    ivanova = customer(open_shop)
    fetched = order(ivanova)
    order(ivanova, fulfilment=Fulfilment.SHIP)
    assert numbers(open_shop) == [fetched]


def test_an_order_is_found_by_any_hint(open_shop: Shop, order: Order) -> None:
    first = order(customer(open_shop))
    second = order(customer(open_shop, "Krüger", "0551 998877", "k@example.org"), text="Lattenrost Trend")
    number = documents.load(open_shop, first).number
    for hint in ("ivan", "Desislava", "3456", "0887123456", number, number[-4:], "gabrovo ivanova"):
        assert first in numbers(open_shop, hint), hint
    assert numbers(open_shop, number[-4:])[0] == first
    assert numbers(open_shop, "krueger") == [second]
    assert numbers(open_shop, "8877") == [second]
    assert numbers(open_shop, "lattenrost") == [second]
    assert numbers(open_shop, "nobody") == []


def test_handed_out_is_noted_with_who_and_when_and_can_be_undone(open_shop: Shop, order: Order) -> None:
    ivanova = customer(open_shop)
    document_id = order(ivanova)
    value, undo = pick_ups.hand_out(open_shop, document_id, "  Herr   Ivanov ")
    assert (value.state, value.note) == (ShipmentState.HANDED_OUT, "Herr Ivanov")
    assert value.delivered_at == open_shop.clock.now()
    assert numbers(open_shop) == []
    assert [each.id for each in pick_ups.handed_out(open_shop, "ivanova")] == [value.id]
    story = timeline.page(open_shop, ivanova)
    assert "Herr Ivanov" in story[0].title
    undo.run(open_shop)
    assert numbers(open_shop) == [document_id]
    assert pick_ups.handed_out(open_shop) == ()
    assert all("Herr Ivanov" not in each.title for each in timeline.page(open_shop, ivanova))
    again, _ = pick_ups.hand_out(open_shop, document_id)
    assert again.note == ""


def test_nothing_is_handed_out_twice(open_shop: Shop, order: Order) -> None:
    document_id = order(customer(open_shop))
    pick_ups.hand_out(open_shop, document_id)
    with pytest.raises(NothingToShip):
        pick_ups.hand_out(open_shop, document_id)


def test_what_is_not_paid_is_handed_out_only_on_account(open_shop: Shop, order: Order) -> None:
    document_id = order(customer(open_shop), kind="invoice", prepay=True)
    assert pick_ups.page(open_shop)[0].waits
    with pytest.raises(NotPaidYet):
        pick_ups.hand_out(open_shop, document_id)
    assert numbers(open_shop) == [document_id]
    value, _ = pick_ups.hand_out(open_shop, document_id, on_account=True)
    assert value.state == ShipmentState.HANDED_OUT


def test_what_was_paid_is_ready_to_go(open_shop: Shop, order: Order) -> None:
    document_id = order(customer(open_shop), kind="invoice", prepay=True)
    amount = payments.accounts(open_shop, [document_id])[document_id].open
    payments.book(open_shop, Payment(TODAY, amount), [Allocation(document_id, amount)])
    assert not pick_ups.page(open_shop)[0].waits
    pick_ups.hand_out(open_shop, document_id)
    assert numbers(open_shop) == []


def test_the_customer_is_told_and_the_order_lies_ready(open_shop: Shop, order: Order) -> None:
    document_id = order(customer(open_shop))
    mail_id, undo = pick_ups.ready(open_shop, document_id)
    mail = outbox.entry(open_shop, mail_id)
    assert documents.load(open_shop, document_id).number in mail.subject
    (row,) = pick_ups.page(open_shop)
    assert row.is_ready
    assert row.is_told
    undo.run(open_shop)
    assert outbox.entry(open_shop, mail_id).state == MailState.CANCELLED
    assert not pick_ups.page(open_shop)[0].is_ready


def test_told_then_handed_out_then_both_undone(open_shop: Shop, order: Order) -> None:
    document_id = order(customer(open_shop))
    _, first = pick_ups.ready(open_shop, document_id)
    value, second = pick_ups.hand_out(open_shop, document_id)
    assert value.told_at is not None
    second.run(open_shop)
    assert pick_ups.page(open_shop)[0].is_told
    first.run(open_shop)
    assert not pick_ups.page(open_shop)[0].is_ready


def test_without_an_address_it_is_said_and_nothing_changes(open_shop: Shop, order: Order) -> None:
    document_id = order(customer(open_shop, mail=""))
    with pytest.raises(NoEmailAddress):
        pick_ups.ready(open_shop, document_id)
    assert not pick_ups.page(open_shop)[0].is_ready


def test_the_promise_about_it_is_kept_and_comes_back_with_the_undo(open_shop: Shop, order: Order) -> None:
    ivanova = customer(open_shop)
    document_id = order(ivanova)
    promise, _ = promises.create(
        open_shop,
        Promise(ivanova, "Kissen", dt.date(2026, 11, 24), kind=PromiseKind.READY, document_id=document_id),
    )
    value, undo = pick_ups.hand_out(open_shop, document_id)
    assert value.promised == dt.date(2026, 11, 24)
    assert promises.get(open_shop, promise.id or 0).state == PromiseState.KEPT
    undo.run(open_shop)
    assert promises.get(open_shop, promise.id or 0).state == PromiseState.OPEN


def test_what_was_handed_out_by_mistake_lies_ready_again(open_shop: Shop, order: Order) -> None:
    document_id = order(customer(open_shop))
    value, undo = pick_ups.hand_out(open_shop, document_id)
    pick_ups.put_back(open_shop, value.id or 0)
    assert numbers(open_shop) == [document_id]
    assert pick_ups.handed_out(open_shop) == ()
    with pytest.raises(ChangedElsewhere):
        undo.run(open_shop)


def test_the_goods_are_shown(open_shop: Shop, order: Order) -> None:
    document_id = order(customer(open_shop))
    detail = pick_ups.detail(open_shop, document_id)
    assert [(each.line.text, each.left) for each in detail.lines] == [("Kissen Wolke", Decimal(2))]
    assert detail.pick_up.phones == ("+359 88 712 3456",)
    assert shipments.shipped(open_shop) == ()
    assert packing.page(open_shop) == ()
    assert detail.pick_up.item.open >= Money(0, "EUR")


def test_what_is_paid_at_the_counter_is_noted_with_the_slip_and_then_handed_out(
    open_shop: Shop, order: Order
) -> None:
    document_id = order(customer(open_shop), kind="invoice", prepay=True)
    detail = pick_ups.detail(open_shop, document_id)
    assert detail.owed is not None
    undo = pick_ups.paid_at_the_counter(open_shop, detail, " K-12 ")
    (booked,) = payments.of_document(open_shop, document_id)
    assert (booked.payment.kind, booked.payment.slip_number) == (PaymentKind.EXTERNAL_TILL, "K-12")
    assert not pick_ups.page(open_shop)[0].waits
    undo.run(open_shop)
    assert pick_ups.page(open_shop)[0].waits
