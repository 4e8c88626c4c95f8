"""Packing list and shipping: what is paid leaves, what left is off the list, the customer knows, all can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.documents import Document, DocumentKind, Fulfilment, Line, LineKind
from shopdesk.domain.errors import NotFound
from shopdesk.domain.follow_ups import FollowUpPurpose
from shopdesk.domain.mail import MailState
from shopdesk.domain.payments import Payment, paid_in_full
from shopdesk.domain.promises import Promise, PromiseKind, PromiseState
from shopdesk.domain.shipments import AlreadyShipped, NothingToShip, Parcel, ShipmentState, TooMuchShipped
from shopdesk.domain.timeline import EntryKind
from shopdesk.domain.unshipped import Clearance, MailText, OnAccount, ShippingRules
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    chains,
    consents,
    customers,
    documents,
    follow_ups,
    issuing,
    late_shipments,
    outbox,
    packing,
    payments,
    pick_ups,
    promises,
    sample_shop,
    service_figures,
    shipment_mails,
    shipment_papers,
    shipments,
    timeline,
)
from shopdesk.usecases.service_figures import Measure
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)
DHL = Parcel("00340434161094042557", "dhl")
Bill = Callable[..., Document]


@pytest.fixture
def customer(open_shop: Shop) -> int:
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


@pytest.fixture
def bill(open_shop: Shop, customer: int) -> Bill:
    """Issues a paper with goods and a postage line; without `paid` nothing was paid for it yet."""

    def made(
        kind: str = "invoice", quantity: int = 2, *, paid: bool = True, prepay: bool = False,
        fulfilment: Fulfilment = Fulfilment.SHIP, text: str = "Rollmatratze 80 x 190 cm",
    ) -> Document:  # fmt: skip
        draft = documents.start(open_shop, kind, customer)
        goods = Line(text=text, quantity=Decimal(quantity), unit_price=Decimal(100))
        postage = Line(LineKind.POSTAGE, "Versandkosten", unit_price=Decimal(10))
        draft = replace(
            draft, lines=(goods, postage), prepay=prepay, fulfilment=fulfilment, due=TODAY + dt.timedelta(14)
        )
        issued = issuing.issue(open_shop, documents.save_draft(open_shop, draft).id or 0, send=False).document
        if paid:
            pay(open_shop, issued.id or 0)
        return issued

    return made


def pay(shop: Shop, document_id: int, day: dt.date = TODAY) -> None:
    account = payments.accounts(shop, [document_id])[document_id]
    part = paid_in_full(account, day)
    payments.book(shop, Payment(day, part.amount, customer_id=account.customer_id), [part])


def numbers(shop: Shop) -> list[tuple[str, Clearance]]:
    return [(each.number, each.clearance) for each in packing.page(shop)]


def issue_next(
    shop: Shop, document_id: int, kind: str, change: Callable[[Document], Document] = lambda d: d
) -> int:
    draft = change(chains.follow_up(shop, document_id, kind))
    return issuing.issue(shop, documents.save_draft(shop, draft).id or 0, send=False).document.id or 0


def test_what_is_paid_is_on_the_list_and_a_private_customer_waits_for_his_money(
    open_shop: Shop, bill: Bill
) -> None:
    unpaid, paid = bill(paid=False), bill()
    assert numbers(open_shop) == [(paid.number, Clearance.PAID), (unpaid.number, Clearance.WAITS)]
    pay(open_shop, unpaid.id or 0)
    assert {clearance for _, clearance in numbers(open_shop)} == {Clearance.PAID}


def test_the_owner_decides_whose_goods_leave_before_the_money(open_shop: Shop, bill: Bill) -> None:
    bill(paid=False)
    in_advance = bill(paid=False, prepay=True)
    packing.save_rules(open_shop, ShippingRules(on_account=OnAccount.EVERYBODY))
    found = dict(numbers(open_shop))
    assert found.pop(in_advance.number) == Clearance.WAITS
    assert set(found.values()) == {Clearance.ON_ACCOUNT}


def test_what_is_picked_up_has_a_list_of_its_own(open_shop: Shop, bill: Bill) -> None:
    bill(fulfilment=Fulfilment.PICKUP)
    assert packing.page(open_shop) == ()
    assert len(packing.page(open_shop, fulfilments={Fulfilment.PICKUP})) == 1


def test_shipped_goods_leave_the_list_and_a_part_leaves_the_rest_on_it(open_shop: Shop, bill: Bill) -> None:
    issued = bill(quantity=5)
    shipments.ship(open_shop, issued.id or 0, [DHL], {0: Decimal(2)})
    (line,) = packing.detail(open_shop, issued.id or 0).lines
    assert (line.left, line.is_part) == (Decimal(3), True)
    with pytest.raises(TooMuchShipped):
        shipments.ship(open_shop, issued.id or 0, [DHL], {0: Decimal(4)})
    shipments.ship(open_shop, issued.id or 0, [DHL])
    assert packing.page(open_shop) == ()
    with pytest.raises(NotFound):
        packing.detail(open_shop, issued.id or 0)
    with pytest.raises(NothingToShip):
        shipments.ship(open_shop, issued.id or 0, [DHL])


def test_an_order_and_its_invoice_ask_for_the_goods_once(open_shop: Shop, bill: Bill) -> None:
    order = bill("order_confirmation", paid=False)
    assert numbers(open_shop) == [(order.number, Clearance.ON_ACCOUNT)]
    shipments.ship(open_shop, order.id or 0, [DHL], {0: Decimal(1)})
    invoice = issue_next(open_shop, order.id or 0, "invoice")
    pay(open_shop, invoice)
    (item,) = packing.page(open_shop)
    assert item.document_id == invoice
    assert [each.left for each in packing.detail(open_shop, invoice).lines] == [Decimal(1)]


def test_a_deposit_must_be_paid_before_the_goods_leave(open_shop: Shop, bill: Bill) -> None:
    order = bill("order_confirmation", paid=False)
    deposit = issue_next(open_shop, order.id or 0, "deposit_invoice")
    assert numbers(open_shop) == [(order.number, Clearance.WAITS)]
    pay(open_shop, deposit)
    assert numbers(open_shop) == [(order.number, Clearance.ON_ACCOUNT)]


def test_a_delivery_note_made_elsewhere_counts_as_gone(open_shop: Shop, bill: Bill) -> None:
    issued = bill(quantity=3)

    def one_piece(draft: Document) -> Document:
        return replace(draft, lines=(replace(draft.lines[0], quantity=Decimal(1)),))

    issue_next(open_shop, issued.id or 0, "delivery_note", one_piece)
    assert [each.left for each in packing.detail(open_shop, issued.id or 0).lines] == [Decimal(2)]


def test_a_cancelled_bill_ships_nothing(open_shop: Shop, bill: Bill) -> None:
    issued = bill()
    issue_next(open_shop, issued.id or 0, "cancellation", lambda d: replace(d, reason="Irrtum"))
    assert packing.page(open_shop) == ()


def test_a_credit_note_takes_back_goods_but_not_for_a_lower_price(open_shop: Shop, bill: Bill) -> None:
    issued = bill(quantity=3)

    def credited(quantity: int, price: int) -> Callable[[Document], Document]:
        return lambda d: replace(
            d, reason="Absprache",
            lines=(replace(d.lines[0], quantity=Decimal(quantity), unit_price=Decimal(price)),),
        )  # fmt: skip

    issue_next(open_shop, issued.id or 0, "credit_note", credited(3, 5))
    issue_next(open_shop, issued.id or 0, "credit_note", credited(1, 100))
    assert [each.left for each in packing.detail(open_shop, issued.id or 0).lines] == [Decimal(2)]


def test_the_oldest_promise_stands_first_then_the_oldest_payment(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    late_money, early_money, promised = bill(paid=False), bill(paid=False), bill(paid=False)
    pay(open_shop, late_money.id or 0, TODAY)
    pay(open_shop, early_money.id or 0, TODAY - dt.timedelta(5))
    pay(open_shop, promised.id or 0, TODAY)
    value = Promise(
        customer, "Versand", TODAY + dt.timedelta(1), kind=PromiseKind.DELIVERY, document_id=promised.id
    )
    promises.create(open_shop, value)
    assert [n for n, _ in numbers(open_shop)] == [promised.number, early_money.number, late_money.number]
    first, second, third = packing.page(open_shop)
    assert [first.is_late(TODAY, ()), second.is_late(TODAY, ()), third.is_late(TODAY, ())] == [
        False,
        True,
        False,
    ]
    assert packing.counts(open_shop) == packing.Counts(3, 0, 1)


def test_pages_by_key_show_every_row_once(open_shop: Shop, bill: Bill) -> None:
    for quantity in range(1, 6):
        bill(quantity=quantity, paid=quantity % 2 == 0)
    found, cursor = [], None
    while rows := packing.page(open_shop, cursor, 2):
        found += [each.document_id for each in rows]
        cursor = packing.cursor_of(rows[-1])
    assert len(found) == len(set(found)) == 5


def test_the_mail_names_carrier_number_and_link_in_the_customers_language(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    customers.save(open_shop, replace(customers.get(open_shop, customer), language="bg"))
    issued = bill()
    sent = shipments.ship(open_shop, issued.id or 0, [DHL])
    assert sent.mail_id is not None
    mail = outbox.entry(open_shop, sent.mail_id)
    assert mail.recipient == issued.recipient.email
    assert mail.state == MailState.QUEUED
    assert DHL.tracking_number in mail.body
    assert "https://www.dhl.de/" in mail.body
    assert "Rollmatratze" in mail.body
    assert issued.number in mail.subject
    shipped = shipment_mails.shipped_text("bg")
    assert shipped.subject.partition(":")[0] in mail.subject
    assert shipped != shipment_mails.shipped_text("en")


def test_without_an_address_the_goods_leave_and_it_is_said(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    found = customers.get(open_shop, customer)
    customers.save(open_shop, replace(found, emails=()))
    issued = bill()
    sent = shipments.ship(open_shop, issued.id or 0, [DHL])
    assert sent.mail_id is None
    assert sent.no_mail is not None
    assert sent.shipment.state == ShipmentState.SHIPPED


def test_the_owners_own_text_is_mailed(open_shop: Shop, bill: Bill) -> None:
    text = MailText("de", "Unterwegs: {{ number }}", "{{ greeting }}\n\n{{ parcels }}")
    packing.save_rules(open_shop, ShippingRules(texts=(text,)))
    sent = shipments.ship(open_shop, bill().id or 0, [DHL])
    assert outbox.entry(open_shop, sent.mail_id or 0).subject.startswith("Unterwegs: ")


def test_shipping_is_told_on_the_timeline_and_undone_without_a_trace(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    issued = bill()
    packed, _ = shipments.pack(open_shop, issued.id or 0)
    sent = shipments.ship(open_shop, issued.id or 0, [DHL])
    assert sent.shipment.id == packed.id
    kinds = [entry.kind for entry in timeline.page(open_shop, customer)]
    assert EntryKind.SHIPMENT in kinds
    sent.undo.run(open_shop)
    assert EntryKind.SHIPMENT not in [entry.kind for entry in timeline.page(open_shop, customer)]
    assert outbox.entry(open_shop, sent.mail_id or 0).state == MailState.CANCELLED
    assert shipments.get(open_shop, packed.id or 0).state == ShipmentState.PACKED
    assert packing.page(open_shop)[0].packed
    again = shipments.ship(open_shop, issued.id or 0, [DHL])
    again.undo.run(open_shop)
    shipments.take_away(open_shop, packed.id or 0).run(open_shop)
    assert packing.page(open_shop)[0].packed


def test_shipped_in_one_stroke_is_undone_in_one_stroke(open_shop: Shop, bill: Bill) -> None:
    issued = bill()
    shipments.ship(open_shop, issued.id or 0, [DHL]).undo.run(open_shop)
    assert not packing.page(open_shop)[0].packed
    assert packing.detail(open_shop, issued.id or 0).shipments == ()


def test_what_has_left_cannot_be_taken_away(open_shop: Shop, bill: Bill) -> None:
    sent = shipments.ship(open_shop, bill().id or 0, [DHL])
    with pytest.raises(AlreadyShipped):
        shipments.take_away(open_shop, sent.shipment.id or 0)


def test_a_wrong_number_is_corrected_and_the_customer_is_told(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    sent = shipments.ship(open_shop, bill().id or 0, [Parcel("00340434161094042558", "dhl")])
    right = shipments.correct(open_shop, sent.shipment.id or 0, [DHL])
    assert right.shipment.tracking_numbers == (DHL.tracking_number,)
    assert DHL.tracking_number in outbox.entry(open_shop, right.mail_id or 0).body
    told = [e for e in timeline.page(open_shop, customer) if e.kind == EntryKind.SHIPMENT]
    assert len(told) == 1
    assert DHL.tracking_number in told[0].text
    right.undo.run(open_shop)
    assert shipments.get(open_shop, sent.shipment.id or 0).tracking_numbers == ("00340434161094042558",)
    assert shipments.with_number(open_shop, DHL.tracking_number) == ()


@pytest.mark.parametrize("allowed", [True, False])
def test_all_well_is_asked_only_of_who_allowed_it(
    open_shop: Shop, bill: Bill, customer: int, allowed: bool
) -> None:
    if allowed:
        consents.note(
            open_shop,
            Consent(customer, Channel.PHONE, Purpose.SATISFACTION, given_on=TODAY, source="phone"),
        )
    sent = shipments.ship(open_shop, bill().id or 0, [DHL])
    asked = [
        e for e in follow_ups.of_customer(open_shop, customer) if e.purpose == FollowUpPurpose.SATISFACTION
    ]
    assert [each.due for each in asked] == ([TODAY + dt.timedelta(21)] if allowed else [])
    sent.undo.run(open_shop)
    left = follow_ups.of_customer(open_shop, customer)
    assert not any(each.purpose == FollowUpPurpose.SATISFACTION for each in left)


def test_the_promise_of_the_delivery_is_kept_when_all_has_left(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    issued = bill(quantity=2)
    due = TODAY + dt.timedelta(3)
    value = Promise(customer, "Versand", due, kind=PromiseKind.DELIVERY, document_id=issued.id)
    noted, _ = promises.create(open_shop, value)
    shipments.ship(open_shop, issued.id or 0, [DHL], {0: Decimal(1)})
    assert promises.get(open_shop, noted.id or 0).is_open
    sent = shipments.ship(open_shop, issued.id or 0, [DHL])
    assert promises.get(open_shop, noted.id or 0).state == PromiseState.KEPT
    sent.undo.run(open_shop)
    assert promises.get(open_shop, noted.id or 0).is_open


def test_a_wrong_number_corrected_while_its_mail_waits_reaches_nobody(open_shop: Shop, bill: Bill) -> None:
    wrong = shipments.ship(open_shop, bill().id or 0, [Parcel("00340434161094042558", "dhl")])
    plain = outbox.entry(open_shop, wrong.mail_id or 0)
    right = shipments.correct(open_shop, wrong.shipment.id or 0, [DHL], tell=False)
    assert outbox.entry(open_shop, plain.id).state == MailState.CANCELLED
    mail = outbox.entry(open_shop, right.mail_id or 0)
    assert mail.state == MailState.QUEUED
    assert mail.body.splitlines()[0] == plain.body.splitlines()[0]  # nothing to correct: nobody knew
    right.undo.run(open_shop)
    assert outbox.entry(open_shop, plain.id).state == MailState.QUEUED
    assert outbox.entry(open_shop, mail.id).state == MailState.CANCELLED


def test_a_wrong_number_that_was_mailed_is_corrected_by_a_second_mail(open_shop: Shop, bill: Bill) -> None:
    wrong = shipments.ship(open_shop, bill().id or 0, [Parcel("00340434161094042558", "dhl")])
    outbox.hand_to_mail_program(open_shop, wrong.mail_id or 0)
    outbox.answer_handed_over(open_shop, wrong.mail_id or 0, True)
    right = shipments.correct(open_shop, wrong.shipment.id or 0, [DHL])
    first, second = (outbox.entry(open_shop, each or 0) for each in (wrong.mail_id, right.mail_id))
    assert (first.state, second.state) == (MailState.SENT, MailState.QUEUED)
    assert second.body.splitlines()[0] != first.body.splitlines()[0]


@pytest.mark.parametrize("kind", [PromiseKind.DELIVERY, PromiseKind.READY])
@pytest.mark.parametrize("is_shipped", [True, False])
def test_the_only_promise_about_goods_is_kept_though_it_names_no_paper(
    open_shop: Shop, bill: Bill, customer: int, kind: PromiseKind, is_shipped: bool
) -> None:
    first, second = bill(), bill(text="Kissen")
    day = TODAY + dt.timedelta(1)
    noted, _ = promises.create(open_shop, Promise(customer, "Matratze bis Freitag", day, kind=kind))
    shipments.ship(open_shop, second.id or 0, (DHL,), tell=False)
    assert promises.get(open_shop, noted.id or 0).is_open  # whose goods it was about is not known
    if is_shipped:
        shipments.ship(open_shop, first.id or 0, (DHL,), tell=False)
    else:
        pick_ups.hand_out(open_shop, first.id or 0)
    assert promises.get(open_shop, noted.id or 0).state == PromiseState.KEPT


def test_a_moved_promise_is_a_moved_one_again_when_shipping_is_undone(
    open_shop: Shop, bill: Bill, customer: int
) -> None:
    issued = bill()
    value = Promise(customer, "Bett", TODAY, kind=PromiseKind.READY, document_id=issued.id)
    noted, _ = promises.create(open_shop, value)
    promises.move(open_shop, noted.id or 0, TODAY + dt.timedelta(2))
    sent = shipments.ship(open_shop, issued.id or 0, (DHL,), tell=False)
    assert promises.get(open_shop, noted.id or 0).state == PromiseState.KEPT
    sent.undo.run(open_shop)
    assert promises.get(open_shop, noted.id or 0).state == PromiseState.MOVED


def test_delivery_note_and_label_come_in_one_file_and_the_note_is_issued_once(
    open_shop: Shop, bill: Bill
) -> None:
    import pypdfium2

    issued = bill(quantity=3)
    packed, _ = shipments.pack(open_shop, issued.id or 0, {0: Decimal(2)})
    first = shipment_papers.papers(open_shop, [packed.id or 0])
    again = shipment_papers.papers(open_shop, [packed.id or 0])
    assert (first.notes, first.labels, first.problems) == (1, 1, ())
    pages = pypdfium2.PdfDocument(first.pdf)
    assert [round(side / 72 * 25.4) for side in pages[len(pages) - 1].get_size()] == [105, 148]
    note_id = shipments.get(open_shop, packed.id or 0).delivery_note_id
    assert note_id is not None
    note = documents.load(open_shop, note_id)
    assert [(line.quantity, line.kind) for line in note.lines] == [(Decimal(2), LineKind.GOODS)]
    notes = [
        each
        for each in chains.successors(open_shop, issued.id or 0)
        if each.kind == DocumentKind.DELIVERY_NOTE
    ]
    assert len(notes) == 1
    assert again.notes == 1
    # the note lies with the parcel that is still here: nothing is gone yet
    assert [each.left for each in packing.detail(open_shop, issued.id or 0).lines] == [Decimal(3)]
    shipments.ship(open_shop, issued.id or 0, [DHL])
    assert [each.left for each in packing.detail(open_shop, issued.id or 0).lines] == [Decimal(1)]


def test_other_quantities_after_the_note_make_a_new_one(open_shop: Shop, bill: Bill) -> None:
    issued = bill(quantity=3)
    packed, _ = shipments.pack(open_shop, issued.id or 0, {0: Decimal(2)})
    shipment_papers.papers(open_shop, [packed.id or 0])
    other, _ = shipments.pack(open_shop, issued.id or 0, {0: Decimal(1)})
    assert other.id != packed.id
    assert other.delivery_note_id is None
    assert [each.left for each in packing.detail(open_shop, issued.id or 0).lines] == [Decimal(3)]


def test_nothing_to_ship_is_said_and_taken_back(open_shop: Shop, bill: Bill) -> None:
    issued = bill()
    undo = packing.settle(open_shop, issued.id or 0)
    assert packing.page(open_shop) == ()
    undo.run(open_shop)
    assert len(packing.page(open_shop)) == 1


def test_the_shipped_text_fills_in_every_language_of_the_paper(open_shop: Shop) -> None:
    for language in ("de", "en", "fr", "bg"):
        filled = shipment_mails.example(open_shop, MailText(), language, Texts("de"))
        assert "00340434161094042557" in filled.body
        assert "{" not in filled.body


def test_the_label_names_where_the_goods_go_with_the_country_in_capitals(open_shop: Shop, bill: Bill) -> None:
    lines = shipment_papers.address_of(bill())
    assert lines[-1] == "BULGARIEN"


def test_a_paper_whose_goods_were_handed_over_before_is_not_on_the_list(
    open_shop: Shop, customer: int
) -> None:
    draft = documents.start(open_shop, "invoice", customer)
    line = Line(text="Matratze", unit_price=Decimal(100))
    draft = replace(draft, lines=(line,), delivery_date=TODAY - dt.timedelta(3))
    issuing.issue(open_shop, documents.save_draft(open_shop, draft).id or 0, send=False)
    assert packing.page(open_shop) == ()


def paid_to_shipped(shop: Shop) -> list[tuple[str, int, int]]:
    report = service_figures.report(shop, Measure.PAID_TO_SHIPPED, 4)
    return [(str(way), found.count, found.median) for way, found in report.found.channels.items()]


def test_from_the_payment_to_the_first_shipment_in_opening_minutes(open_shop: Shop, bill: Bill) -> None:
    assert isinstance(open_shop.clock, FixedClock)
    first, second = bill(paid=False), bill(paid=False)
    open_shop.clock.advance(dt.timedelta(minutes=30))
    pay(open_shop, first.id or 0)
    open_shop.clock.advance(dt.timedelta(minutes=45))
    pay(open_shop, second.id or 0)
    shipments.ship(open_shop, first.id or 0, (DHL,), {0: Decimal(1)}, tell=False)
    assert paid_to_shipped(open_shop) == [("parcel", 1, 45)]
    open_shop.clock.advance(dt.timedelta(minutes=15))
    shipments.ship(open_shop, first.id or 0, (), tell=False)
    shipments.ship(open_shop, second.id or 0, (), tell=False)
    assert paid_to_shipped(open_shop) == [("parcel", 2, 30)]


def test_what_is_paid_after_it_has_left_is_not_counted(open_shop: Shop, bill: Bill) -> None:
    assert isinstance(open_shop.clock, FixedClock)
    document = bill(paid=False)
    shipments.ship(open_shop, document.id or 0, (DHL,), tell=False)
    open_shop.clock.advance(dt.timedelta(minutes=45))
    pay(open_shop, document.id or 0)
    assert paid_to_shipped(open_shop) == []


def planned(
    shop: Shop, customer: int, day: dt.date, quantity: int = 1, kind: str = "order_confirmation"
) -> int:
    draft = documents.start(shop, kind, customer)
    line = Line(text="Matratze", quantity=Decimal(quantity), unit_price=Decimal(100))
    draft = documents.save_draft(shop, replace(draft, lines=(line,), delivery_date=day))
    return issuing.issue(shop, draft.id or 0, send=False).document.id or 0


def later(shop: Shop, days: int) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.advance(dt.timedelta(days))


def test_a_late_order_stays_late_when_it_is_billed(open_shop: Shop, customer: int) -> None:
    day = TODAY + dt.timedelta(2)
    order = planned(open_shop, customer, day)
    packing.save_rules(open_shop, ShippingRules(on_account=OnAccount.EVERYBODY))
    later(open_shop, 4)
    invoice = issue_next(open_shop, order, "invoice", lambda d: replace(d, prepay=False))
    (row,) = packing.page(open_shop)
    assert (row.document_id, row.promised) == (invoice, day)
    assert [each.item.document_id for each in late_shipments.page(open_shop)] == [invoice]
    shipments.ship(open_shop, invoice, (DHL,), tell=False)
    assert packing.page(open_shop) == ()


def test_a_bill_asks_for_the_day_of_delivery_while_the_planned_one_is_over_and_the_goods_are_here(
    open_shop: Shop, customer: int
) -> None:
    order = planned(open_shop, customer, TODAY + dt.timedelta(2))
    early = documents.save_draft(open_shop, chains.drafted(open_shop, order, "invoice"))
    assert early.delivery_date == TODAY + dt.timedelta(2)
    later(open_shop, 4)
    assert chains.drafted(open_shop, order, "invoice").delivery_date is None
    stale = replace(documents.load(open_shop, early.id or 0), date=open_shop.clock.today())
    assert "goods-still-here" in warned(open_shop, stale)
    assert "goods-still-here" not in warned(open_shop, replace(stale, delivery_date=open_shop.clock.today()))


def warned(shop: Shop, draft: Document) -> set[str]:
    stored = documents.save_draft(shop, replace(draft, version=documents.load(shop, draft.id or 0).version))
    with shop.reading() as connection:
        return {each.code for each in chains.warnings(connection, stored)}


def test_a_bill_names_the_day_on_which_all_goods_had_left(open_shop: Shop, customer: int) -> None:
    order = planned(open_shop, customer, TODAY + dt.timedelta(2), 2)
    shipments.ship(open_shop, order, (DHL,), {0: Decimal(1)}, tell=False)
    later(open_shop, 3)
    assert chains.drafted(open_shop, order, "invoice").delivery_date is None
    shipments.ship(open_shop, order, (), tell=False)
    later(open_shop, 2)
    draft = chains.drafted(open_shop, order, "invoice")
    assert (draft.delivery_date, draft.prepay) == (TODAY + dt.timedelta(3), False)


def test_a_day_entered_by_hand_says_that_the_goods_of_an_order_were_handed_over(
    open_shop: Shop, customer: int
) -> None:
    order = planned(open_shop, customer, TODAY + dt.timedelta(2))
    later(open_shop, 4)
    issue_next(open_shop, order, "invoice", lambda d: replace(d, delivery_date=TODAY + dt.timedelta(3)))
    assert packing.page(open_shop) == ()


def test_an_order_whose_final_invoice_is_open_was_not_paid_when_it_left(open_shop: Shop, bill: Bill) -> None:
    order = bill("order_confirmation", paid=False)
    deposit = issue_next(open_shop, order.id or 0, "deposit_invoice")
    pay(open_shop, deposit)
    final = issue_next(open_shop, deposit, "final_invoice")
    packing.save_rules(open_shop, ShippingRules(on_account=OnAccount.EVERYBODY))
    shipments.ship(open_shop, final, (DHL,), tell=False)
    assert paid_to_shipped(open_shop) == []


def test_the_delivery_note_names_the_goods_that_were_packed_though_two_lines_share_a_number(
    open_shop: Shop, customer: int
) -> None:
    lines = tuple(
        Line(text=text, article_code="M1", unit_price=Decimal(100))
        for text in ("Matratze 90x200", "Matratze 140x200")
    )
    draft = documents.save_draft(
        open_shop, replace(documents.start(open_shop, "invoice", customer), lines=lines)
    )
    bill_id = issuing.issue(open_shop, draft.id or 0, send=False).document.id or 0
    packed, _ = shipments.pack(open_shop, bill_id, {1: Decimal(1)})
    note = documents.load(open_shop, shipment_papers.delivery_note(open_shop, packed.id or 0))
    assert [line.text for line in note.lines] == ["Matratze 140x200"]
    shipments.ship(open_shop, bill_id, (DHL,), tell=False)
    left = {each.line.text: each.left for each in packing.detail(open_shop, bill_id).lines}
    assert left == {"Matratze 90x200": 1, "Matratze 140x200": 0}
