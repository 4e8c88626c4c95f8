"""What an invoice takes from a delivery note, and deposits of any size."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import (
    Discount,
    Document,
    DocumentKind,
    Fate,
    Line,
    LineKind,
    LineOption,
    Prices,
)
from shopdesk.domain.successors import Wishes, deposit_lines, successor, taken_lines
from shopdesk.domain.totals import totals
from shopdesk.usecases import chains, customers, documents, issuing, sample_shop
from shopdesk.usecases.shop import Shop

Kind = DocumentKind
BED = Line(text="Boxspringbett", quantity=Decimal(2), unit_price=Decimal("595.00"))
POSTAGE = Line(text="Versand", kind=LineKind.POSTAGE, unit_price=Decimal("49.00"))


@pytest.fixture
def order(open_shop: Shop) -> Document:
    """An issued order over two beds with postage and a discount."""
    customer = customers.create(open_shop, sample_shop.sample().caller)
    draft = documents.start(open_shop, Kind.ORDER_CONFIRMATION, customer.id)
    draft = replace(draft, lines=(BED, POSTAGE), discount=Discount(percent=Decimal(10)))
    return _issued(open_shop, documents.save_draft(open_shop, draft))


def _issued(shop: Shop, draft: Document) -> Document:
    return issuing.issue(shop, draft.id or 0, send=False).document


def test_a_whole_delivery_is_billed_with_postage_and_discount(open_shop: Shop, order: Document) -> None:
    note = _issued(open_shop, chains.follow_up(open_shop, order.id or 0, Kind.DELIVERY_NOTE))
    assert [line.text for line in note.lines] == ["Boxspringbett"]
    invoice = chains.follow_up(open_shop, note.id or 0, Kind.INVOICE)
    assert totals(invoice).gross == totals(order).gross
    assert invoice.follows_id == note.id


def test_a_part_delivery_bills_what_was_delivered(open_shop: Shop, order: Document) -> None:
    draft = chains.follow_up(open_shop, order.id or 0, Kind.DELIVERY_NOTE)
    draft = documents.save_draft(open_shop, replace(draft, lines=(replace(BED, quantity=Decimal(1)),)))
    note = _issued(open_shop, draft)
    invoice = chains.follow_up(open_shop, note.id or 0, Kind.INVOICE)
    assert [(line.text, line.quantity) for line in invoice.lines] == [("Boxspringbett", Decimal(1))]


def test_what_an_invoice_delivered_is_not_billed_again(open_shop: Shop, order: Document) -> None:
    bill = _issued(open_shop, chains.follow_up(open_shop, order.id or 0, Kind.INVOICE))
    note = _issued(open_shop, chains.follow_up(open_shop, bill.id or 0, Kind.DELIVERY_NOTE))
    with pytest.raises(chains.ReferenceRefused) as refused:
        chains.follow_up(open_shop, note.id or 0, Kind.INVOICE)
    assert refused.value.code == "billed-already"
    _issued(open_shop, chains.follow_up(open_shop, bill.id or 0, Kind.CANCELLATION))
    assert chains.follow_up(open_shop, note.id or 0, Kind.INVOICE).lines


amounts = st.decimals(min_value="0.01", max_value="9000", places=2, allow_nan=False, allow_infinity=False)


@given(
    amounts, st.lists(st.tuples(amounts, st.sampled_from((19, 7, 0))), min_size=1, max_size=6), st.booleans()
)
def test_a_deposit_of_an_amount_comes_to_it_to_the_cent(
    wanted: Decimal, prices: list[tuple[Decimal, int]], gross: bool
) -> None:
    lines = tuple(Line(text="x", unit_price=price, vat_rate=Decimal(rate)) for price, rate in prices)
    job = Document(kind=Kind.QUOTE, lines=lines, prices=Prices.GROSS if gross else Prices.NET)
    deposit = replace(job, lines=deposit_lines(job, "Anzahlung", Wishes(deposit_amount=wanted)))
    sums = totals(deposit)
    assert (sums.gross if gross else sums.net).amount == wanted


def test_lines_that_were_not_wanted_are_left_out_and_none_stays_optional() -> None:
    lines = (
        Line(text="a"),
        Line(text="b", option=LineOption.OPTIONAL),
        Line(text="c"),
        Line(text="d", option=LineOption.ALTERNATIVE),
    )
    quote = Document(kind=Kind.QUOTE, lines=lines)
    wishes = Wishes(options=frozenset({3}), left_out=frozenset({2}))
    assert [line.text for line in taken_lines(quote, wishes)] == ["a", "d"]
    assert not any(line.option for line in successor(quote, Kind.INVOICE, "key", wishes).lines)


@pytest.mark.parametrize("whole", [False, True])
def test_what_was_cancelled_is_written_anew_as_what_it_was(
    open_shop: Shop, order: Document, *, whole: bool
) -> None:
    deposit = _issued(open_shop, chains.follow_up(open_shop, order.id or 0, Kind.DEPOSIT_INVOICE))
    final = _issued(open_shop, chains.follow_up(open_shop, deposit.id or 0, Kind.FINAL_INVOICE))
    cancellation = _issued(open_shop, chains.follow_up(open_shop, final.id or 0, Kind.CANCELLATION))
    if whole:
        anew = _issued(open_shop, chains.follow_up(open_shop, cancellation.id or 0, Kind.INVOICE))
        assert anew.kind == Kind.FINAL_INVOICE
        assert totals(anew).gross == totals(final).gross
        assert [each.reference.number for each in anew.deposits] == [deposit.number]
        assert documents.page(open_shop, Kind.CANCELLATION)[0].fate == Fate.REPLACED
        assert documents.page(open_shop, Kind.DEPOSIT_INVOICE)[0].fate == Fate.DEDUCTED
        return
    back = _issued(open_shop, chains.follow_up(open_shop, deposit.id or 0, Kind.CANCELLATION))
    anew = _issued(open_shop, chains.follow_up(open_shop, back.id or 0, Kind.INVOICE))
    assert (anew.kind, totals(anew).gross) == (Kind.DEPOSIT_INVOICE, totals(deposit).gross)
    assert documents.page(open_shop, Kind.CANCELLATION)[0].fate == Fate.REPLACED


@pytest.mark.parametrize("by_delivery", [False, True])
def test_a_job_with_a_deposit_is_billed_by_the_final_invoice(
    open_shop: Shop, order: Document, *, by_delivery: bool
) -> None:
    deposit = _issued(open_shop, chains.follow_up(open_shop, order.id or 0, Kind.DEPOSIT_INVOICE))
    origin = order
    if by_delivery:
        origin = _issued(open_shop, chains.follow_up(open_shop, order.id or 0, Kind.DELIVERY_NOTE))
    final = _issued(open_shop, chains.follow_up(open_shop, origin.id or 0, Kind.INVOICE))
    assert final.kind == Kind.FINAL_INVOICE
    assert totals(final).gross + totals(deposit).gross == totals(order).gross
