"""From the customer's order to the maker and back to the customer (PRODUCT.md, S39, S43)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.article_stock import StockKind
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, Fulfilment, Line, LineKind
from shopdesk.domain.later import Later
from shopdesk.domain.mail import MailState
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.promises import Promise, PromiseKind
from shopdesk.domain.purchase_orders import (
    DeliverTo,
    PurchaseLine,
    PurchaseOrder,
    PurchaseRefused,
    PurchaseRules,
    PurchaseState,
    Readiness,
    parse_confirmed,
)
from shopdesk.domain.suppliers import Supplier, Supply
from shopdesk.domain.today import TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    articles,
    chains,
    customers,
    documents,
    issuing,
    outbox,
    promise_messages,
    promises,
    purchase_arrivals,
    purchase_drafts,
    purchase_orders,
    purchase_promises,
    purchase_sending,
    suppliers,
    timeline,
    today,
)
from shopdesk.usecases.purchase_mails import SupplierHasNoAddress
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def ivanova(open_shop: Shop) -> int:
    customer = customers.create(
        open_shop,
        Customer(
            person=PersonName(Salutation.MRS, "", "Desislava", "Ivanova"),
            emails=("d.ivanova@example.org",),
            address=Address(("ul. Aprilovska 12",), "5300", "Gabrovo", "BG"),
            language="bg",
        ),
    )
    assert customer.id is not None
    return customer.id


@pytest.fixture
def maker(open_shop: Shop) -> Supplier:
    return suppliers.save(
        open_shop,
        Supplier(
            "Traumwerk Matratzen GmbH",
            Address(("Industrieweg 4",), "33602", "Bielefeld"),
            "bestellung@traumwerk.example",
            our_number="K 20817",
            delivery_days=10,
        ),
    )[0]


@pytest.fixture
def code(open_shop: Shop, maker: Supplier) -> str:
    """The code of an article that comes from the maker."""
    article = articles.page(open_shop)[0]
    suppliers.keep_supply(open_shop, article.id, Supply(maker.id, "RM-80", Decimal("189.50")))
    return article.code


def ordered_by(shop: Shop, customer_id: int, *lines: Line, **fields: Any) -> int:
    draft = documents.start(shop, "order_confirmation", customer_id)
    draft = documents.save_draft(shop, replace(draft, lines=lines, **fields))
    assert draft.id is not None
    issued = issuing.issue(shop, draft.id).document
    assert issued.id is not None
    return issued.id


@pytest.fixture
def confirmation(open_shop: Shop, ivanova: int, code: str) -> int:
    return ordered_by(
        open_shop,
        ivanova,
        Line(text="Rollmatratze 80 × 190", article_code=code, quantity=Decimal(2), unit_price=Decimal(500)),
        Line(text="Lattenrost nach Maß", unit_price=Decimal(200)),
        Line(LineKind.POSTAGE, "Versand", unit_price=Decimal(45)),
    )


@pytest.fixture
def sent(open_shop: Shop, confirmation: int) -> PurchaseOrder:
    """The mattress is ordered by mail."""
    drafted = purchase_drafts.from_document(open_shop, confirmation)
    return purchase_sending.order(open_shop, drafted.new[0]).order


def rows(shop: Shop, kind: TodayKind) -> list[str]:
    return [item.title for item in today.items(shop) if item.kind == kind]


def at(shop: Shop, day: dt.date) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.set(dt.datetime.combine(day, dt.time(9, 50), dt.UTC))


def test_one_key_makes_a_draft_per_supplier_and_leaves_free_goods_to_the_owner(
    open_shop: Shop, confirmation: int, maker: Supplier
) -> None:
    first, free = purchase_drafts.from_document(open_shop, confirmation).new
    assert first.supplier_id == maker.id
    assert first.commission == "Desislava Ivanova"
    assert [(line.text, line.quantity, line.supplier_code) for line in first.lines] == [
        ("Rollmatratze 80 × 190", Decimal(2), "RM-80")
    ]
    assert free.supplier_id is None
    assert [line.text for line in free.lines] == ["Lattenrost nach Maß"]
    assert "GABROVO" in first.delivery_address
    again = purchase_drafts.from_document(open_shop, confirmation)
    assert again.new == ()
    assert {one.id for one in again.known} == {first.id, free.id}


def test_what_was_called_off_can_be_ordered_again(
    open_shop: Shop, confirmation: int, sent: PurchaseOrder
) -> None:
    assert purchase_drafts.from_document(open_shop, confirmation).new == ()
    purchase_orders.call_off(open_shop, sent.id or 0)
    assert [one.title for one in purchase_drafts.from_document(open_shop, confirmation).new] == [sent.title]


def test_a_draft_and_a_delivery_note_are_no_orders(open_shop: Shop, ivanova: int, code: str) -> None:
    draft = documents.save_draft(open_shop, documents.start(open_shop, "order_confirmation", ivanova))
    with pytest.raises(PurchaseRefused):
        purchase_drafts.from_document(open_shop, draft.id or 0)
    quote = documents.save_draft(open_shop, documents.start(open_shop, "quote", ivanova))
    with pytest.raises(PurchaseRefused):
        purchase_drafts.from_document(open_shop, quote.id or 0)


def test_an_order_takes_its_number_its_paper_and_its_mail_together(
    open_shop: Shop, sent: PurchaseOrder
) -> None:
    assert sent.number == "B-2026-0001"
    assert sent.state == PurchaseState.ORDERED
    mail = outbox.entry(open_shop, sent.outbox_id)
    assert mail.recipient == "bestellung@traumwerk.example"
    assert mail.customer_id is None
    assert [file.name for file in mail.attachments] == ["Bestellung B-2026-0001.pdf"]
    name, pdf = purchase_sending.paper(open_shop, sent)
    assert name == "Bestellung B-2026-0001.pdf"
    assert pdf.startswith(b"%PDF")


def test_taking_an_order_back_calls_the_mail_back_and_keeps_the_number(
    open_shop: Shop, confirmation: int
) -> None:
    draft = purchase_drafts.from_document(open_shop, confirmation).new[0]
    ordered = purchase_sending.order(open_shop, draft)
    ordered.undo.run(open_shop)
    back = purchase_orders.get(open_shop, draft.id or 0)
    assert back.state == PurchaseState.DRAFT
    assert outbox.entry(open_shop, ordered.mail_id or 0).state == MailState.CANCELLED
    assert purchase_sending.order(open_shop, back).order.number == "B-2026-0001"


def test_without_an_address_nothing_is_numbered_until_it_is_ordered_without_a_mail(
    open_shop: Shop, confirmation: int, maker: Supplier
) -> None:
    suppliers.save(open_shop, replace(maker, email=""))
    draft = purchase_drafts.from_document(open_shop, confirmation).new[0]
    with pytest.raises(SupplierHasNoAddress):
        purchase_sending.order(open_shop, draft)
    assert purchase_orders.get(open_shop, draft.id or 0).number == ""
    assert purchase_sending.order(open_shop, draft, by_mail=False).order.number == "B-2026-0001"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (PurchaseOrder(), "supplier"),
        (PurchaseOrder(1), "lines"),
        (PurchaseOrder(1, (PurchaseLine("Matratze", Decimal(0)),)), "lines[0].quantity"),
        (
            PurchaseOrder(1, (PurchaseLine("Matratze"),), deliver_to=DeliverTo.CUSTOMER),
            "delivery_address",
        ),
    ],
)
def test_what_is_missing_is_said_at_its_field(open_shop: Shop, wrong: PurchaseOrder, field: str) -> None:
    with pytest.raises(PurchaseRefused) as refused:
        purchase_sending.order(open_shop, wrong)
    assert refused.value.field == field


def test_the_confirmed_day_becomes_the_promise_where_there_is_none(
    open_shop: Shop, sent: PurchaseOrder
) -> None:
    confirmed = purchase_orders.confirm(open_shop, sent.id or 0, parse_confirmed("KW 49", TODAY))
    assert confirmed.order.confirmed == dt.date(2026, 12, 4)
    assert confirmed.promise is not None
    assert confirmed.promise.due == dt.date(2026, 12, 7), "one working day for handling"
    assert not confirmed.is_late
    confirmed.undo.run(open_shop)
    assert promises.of_customer(open_shop, sent.customer_id or 0) == ()


def test_a_later_day_stands_in_heute_with_the_message_before_the_promised_date(
    open_shop: Shop, ivanova: int, confirmation: int, sent: PurchaseOrder
) -> None:
    promise, _ = promises.create(
        open_shop,
        Promise(
            ivanova,
            "Rollmatratze",
            dt.date(2026, 11, 30),
            kind=PromiseKind.DELIVERY,
            document_id=confirmation,
        ),
    )
    confirmed = purchase_orders.confirm(open_shop, sent.id or 0, dt.date(2026, 12, 4))
    assert confirmed.is_late
    assert promises.get(open_shop, promise.id or 0).due == dt.date(2026, 11, 30), "nothing moves untold"
    assert rows(open_shop, TodayKind.PURCHASE_DELAY) == ["Rollmatratze"]
    day = purchase_promises.proposed_day(open_shop, promise.id or 0)
    assert day == dt.date(2026, 12, 7)
    message = promise_messages.delay(open_shop, promise, day)
    mail_id, _ = promise_messages.move_and_tell(open_shop, promise.id or 0, day, "", message)
    assert outbox.entry(open_shop, mail_id).recipient == "d.ivanova@example.org"
    assert rows(open_shop, TodayKind.PURCHASE_DELAY) == []


def test_the_only_promise_about_goods_is_the_one_that_waits(
    open_shop: Shop, ivanova: int, sent: PurchaseOrder
) -> None:
    promise, _ = promises.create(
        open_shop, Promise(ivanova, "Matratze", dt.date(2026, 12, 18), kind=PromiseKind.DELIVERY)
    )
    confirmed = purchase_orders.confirm(open_shop, sent.id or 0, dt.date(2026, 12, 4))
    assert confirmed.promise is not None
    assert confirmed.promise.id == promise.id
    assert not confirmed.is_late


def test_no_confirmation_is_asked_about_after_three_working_days(
    open_shop: Shop, sent: PurchaseOrder
) -> None:
    at(open_shop, dt.date(2026, 11, 25))
    assert rows(open_shop, TodayKind.PURCHASE_OPEN) == []
    at(open_shop, dt.date(2026, 11, 26))
    assert rows(open_shop, TodayKind.PURCHASE_OPEN) == ["B-2026-0001"]
    purchase_orders.later(open_shop, sent.id or 0, Later(dt.date(2026, 11, 30)))
    assert rows(open_shop, TodayKind.PURCHASE_OPEN) == []
    at(open_shop, dt.date(2026, 11, 30))
    assert rows(open_shop, TodayKind.PURCHASE_OPEN) == ["B-2026-0001"]


def test_goods_that_did_not_come_stand_in_heute(open_shop: Shop, sent: PurchaseOrder) -> None:
    purchase_orders.confirm(open_shop, sent.id or 0, dt.date(2026, 11, 27))
    at(open_shop, dt.date(2026, 11, 27))
    assert rows(open_shop, TodayKind.PURCHASE_LATE) == []
    at(open_shop, dt.date(2026, 11, 28))
    assert rows(open_shop, TodayKind.PURCHASE_LATE) == ["B-2026-0001"]


def test_goods_in_part_by_part_then_the_customer_is_told_in_one_key(
    open_shop: Shop, confirmation: int, sent: PurchaseOrder
) -> None:
    order_id = sent.id or 0
    assert purchase_orders.readiness(open_shop, confirmation) == Readiness.WAITING
    purchase_orders.arrived(open_shop, order_id, 0, Decimal(1))
    assert purchase_orders.get(open_shop, order_id).state == PurchaseState.PARTLY
    assert purchase_orders.readiness(open_shop, confirmation) == Readiness.PARTLY
    purchase_orders.trouble(open_shop, order_id, 0, "eine Ecke eingedrückt")
    undo = purchase_orders.arrived(open_shop, order_id)
    assert purchase_orders.readiness(open_shop, confirmation) == Readiness.READY
    assert rows(open_shop, TodayKind.PURCHASE_READY) == ["B-2026-0001"]
    undo.run(open_shop)
    assert purchase_orders.readiness(open_shop, confirmation) == Readiness.PARTLY
    purchase_orders.arrived(open_shop, order_id)
    mail_id, back = purchase_sending.tell_ready(open_shop, order_id)
    mail = outbox.entry(open_shop, mail_id)
    assert mail.recipient == "d.ivanova@example.org"
    assert mail.customer_id == sent.customer_id
    assert rows(open_shop, TodayKind.PURCHASE_READY) == []
    back.run(open_shop)
    assert rows(open_shop, TodayKind.PURCHASE_READY) == ["B-2026-0001"]


def test_the_timeline_tells_the_story_of_the_goods(
    open_shop: Shop, ivanova: int, sent: PurchaseOrder
) -> None:
    purchase_orders.confirm(open_shop, sent.id or 0, dt.date(2026, 12, 4))
    purchase_orders.arrived(open_shop, sent.id or 0)
    told = [entry.title for entry in timeline.page(open_shop, ivanova) if " B-2026-0001" in entry.title]
    assert len(told) == 3


def test_goods_for_the_shop_itself_are_added_to_the_counted_stock(
    open_shop: Shop, maker: Supplier, code: str
) -> None:
    article = articles.by_code(open_shop, code)
    assert article is not None
    suppliers.count_stock(open_shop, article.id or 0, "3")
    draft = purchase_orders_begin(open_shop, maker, code)
    ordered = purchase_sending.order(open_shop, draft).order
    undo = purchase_orders.arrived(open_shop, ordered.id or 0)
    assert suppliers.supply(open_shop, article.id or 0)[1].pieces == 7
    undo.run(open_shop)
    assert suppliers.supply(open_shop, article.id or 0)[1].pieces == 3


def purchase_orders_begin(shop: Shop, maker: Supplier, code: str) -> PurchaseOrder:
    draft = replace(
        purchase_drafts.begin(shop, maker.id), lines=(PurchaseLine("Kissen", Decimal(4), article_code=code),)
    )
    return purchase_drafts.save(shop, draft)


def test_goods_of_a_customer_are_not_in_the_shops_stock(
    open_shop: Shop, sent: PurchaseOrder, code: str
) -> None:
    article = articles.by_code(open_shop, code)
    assert article is not None
    suppliers.count_stock(open_shop, article.id or 0, "3")
    purchase_orders.arrived(open_shop, sent.id or 0)
    assert suppliers.supply(open_shop, article.id or 0)[1].pieces == 3


def test_stock_is_counted_and_taken_back(open_shop: Shop, code: str) -> None:
    article = articles.by_code(open_shop, code)
    assert article is not None
    counted, undo = suppliers.count_stock(open_shop, article.id or 0, "ja")
    assert counted.kind == StockKind.THERE
    assert counted.counted_on == TODAY
    undo.run(open_shop)
    assert suppliers.supply(open_shop, article.id or 0)[1].kind == StockKind.UNTRACKED
    assert suppliers.supply(open_shop, article.id or 0)[0].supplier_code == "RM-80"


def test_the_wished_day_leaves_time_for_handling(open_shop: Shop, ivanova: int, code: str) -> None:
    document_id = ordered_by(
        open_shop,
        ivanova,
        Line(text="Matratze", article_code=code, unit_price=Decimal(500)),
        delivery_date=dt.date(2026, 12, 7),
    )
    assert purchase_drafts.from_document(open_shop, document_id).new[0].wished == dt.date(2026, 12, 4)


def test_an_order_is_found_by_its_number(open_shop: Shop, sent: PurchaseOrder) -> None:
    assert [one.id for one in purchase_orders.find(open_shop, "b-2026-0001")] == [sent.id]
    assert [one.id for one in purchase_orders.find(open_shop, "ivanova traumwerk")] == [sent.id]
    assert purchase_orders.find(open_shop, "x") == ()


def test_a_forgotten_draft_goes_and_comes_back(
    open_shop: Shop, confirmation: int, sent: PurchaseOrder
) -> None:
    draft = next(
        one
        for one in purchase_orders.of_document(open_shop, confirmation)
        if one.state == PurchaseState.DRAFT
    )
    undo = purchase_drafts.discard(open_shop, draft.id or 0)
    assert len(purchase_orders.of_document(open_shop, confirmation)) == 1
    undo.run(open_shop)
    assert len(purchase_orders.of_document(open_shop, confirmation)) == 2
    with pytest.raises(PurchaseRefused):
        purchase_drafts.discard(open_shop, sent.id or 0)


def test_the_days_of_the_rule_are_the_owners(open_shop: Shop, sent: PurchaseOrder) -> None:
    purchase_orders.save_rules(open_shop, PurchaseRules(handling_days=0, unconfirmed_days=1))
    confirmed = purchase_orders.confirm(open_shop, sent.id or 0, dt.date(2026, 12, 4))
    assert confirmed.order.ready_on == dt.date(2026, 12, 4)
    with pytest.raises(PurchaseRefused):
        purchase_orders.save_rules(open_shop, PurchaseRules(handling_days=100))


def test_a_supplier_is_found_by_name_or_begun(open_shop: Shop, maker: Supplier) -> None:
    assert suppliers.named(open_shop, "traumwerk matratzen gmbh").id == maker.id
    assert suppliers.named(open_shop, "Federkern Süd").id != maker.id
    undo = suppliers.delete(open_shop, maker.id or 0)
    assert [one.name for one in suppliers.all_of(open_shop)] == ["Federkern Süd"]
    undo.run(open_shop)
    assert len(suppliers.all_of(open_shop)) == 2


def test_goods_to_collect_are_announced_as_such(open_shop: Shop, ivanova: int, code: str) -> None:
    line = Line(text="Matratze", article_code=code, unit_price=Decimal(500))
    kinds = {}
    for fulfilment in (Fulfilment.PICKUP, Fulfilment.DELIVER):
        document_id = ordered_by(open_shop, ivanova, line, fulfilment=fulfilment)
        draft = purchase_drafts.from_document(open_shop, document_id).new[0]
        order = purchase_sending.order(open_shop, draft).order
        purchase_orders.arrived(open_shop, order.id or 0)
        mail_id, _ = purchase_sending.tell_ready(open_shop, order.id or 0)
        kinds[fulfilment] = outbox.entry(open_shop, mail_id).body
    assert kinds[Fulfilment.PICKUP] != kinds[Fulfilment.DELIVER]


def test_the_kind_of_paper_does_not_matter(open_shop: Shop, ivanova: int, code: str) -> None:
    draft = documents.start(open_shop, DocumentKind.INVOICE.value, ivanova)
    line = Line(text="Matratze", article_code=code, unit_price=Decimal(500))
    draft = documents.save_draft(open_shop, replace(draft, lines=(line,)))
    issued = issuing.issue(open_shop, draft.id or 0).document
    assert len(purchase_drafts.from_document(open_shop, issued.id or 0).new) == 1


def test_whoever_packs_sees_what_is_still_to_come(
    open_shop: Shop, confirmation: int, sent: PurchaseOrder
) -> None:
    assert purchase_arrivals.on_the_way(open_shop)[confirmation].id == sent.id
    draft = chains.follow_up(open_shop, confirmation, "invoice")
    invoice = issuing.issue(open_shop, draft.id or 0).document
    assert invoice.id in purchase_arrivals.on_the_way(open_shop), "out of the whole story"
    purchase_orders.arrived(open_shop, sent.id or 0)
    assert purchase_arrivals.on_the_way(open_shop) == {}
    assert purchase_arrivals.told_lately(open_shop) == {}
    purchase_sending.tell_ready(open_shop, sent.id or 0)
    assert purchase_arrivals.told_lately(open_shop) == {confirmation: TODAY, invoice.id: TODAY}
