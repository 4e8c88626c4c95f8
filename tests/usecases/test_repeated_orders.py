"""The last order again: today's prices, every change told, the old price one key away."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.articles import Article, line_of
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document, DocumentKind, Line, LineKind, Prices
from shopdesk.domain.names import PersonName
from shopdesk.domain.order_changes import Changed, exchanged, stands
from shopdesk.usecases import articles, chains, customers, documents, issuing, repeated_orders
from shopdesk.usecases.repeated_orders import CannotBeRepeated
from shopdesk.usecases.shop import Shop

MATTRESS = Article(
    "RM-90200", "Gästerolle", unit_price=Decimal("199.00"), weight_grams=9000, width_mm=900, length_mm=2000
)


@pytest.fixture
def article(open_shop: Shop) -> Article:
    articles.save(open_shop, replace(MATTRESS, code="RM-TEST"))
    with open_shop.reading() as connection:
        found = repeated_orders.article_of(connection, Line(article_code="RM-TEST"))
    assert found is not None
    return found


@pytest.fixture
def customer(open_shop: Shop) -> Customer:
    return customers.create(
        open_shop,
        Customer(
            person=PersonName(given_name="Desislava", family_name="Ivanova"),
            emails=("d.ivanova@example.org",),
            address=Address(("Weender Straße 5",), "37073", "Göttingen"),
            discount_percent=Decimal(5),
        ),
    )


def ordered(shop: Shop, customer: Customer, *lines: Line, kind: str = "invoice") -> Document:
    draft = replace(documents.start(shop, kind, customer.id), lines=lines)
    return issuing.issue(shop, documents.save_draft(shop, draft).id or 0, send=False).document


def line(article: Article, size: tuple[int, int] | None = None) -> Line:
    return line_of(article, Decimal(2), Prices.GROSS, Decimal(19), size)


FREE = Line(text="Aufbau nach Absprache", unit_price=Decimal("35.00"))
POSTAGE = Line(LineKind.POSTAGE, "Versandkosten", unit_price=Decimal("42.99"))


def what(repeated: repeated_orders.Repeated) -> list[Changed]:
    return [each.what for each in repeated.changes]


def test_the_same_lines_come_again(open_shop: Shop, article: Article, customer: Customer) -> None:
    origin = ordered(open_shop, customer, line(article), FREE, POSTAGE)
    found = repeated_orders.last_again(open_shop, customer.id or 0)
    assert found.changes == ()
    assert found.draft.lines == origin.lines
    assert (found.draft.kind, found.draft.number, found.draft.follows_id) == (DocumentKind.INVOICE, "", None)
    assert repeated_orders.origin_of(open_shop, found.draft.id or 0) == (origin.id, origin.number)


@pytest.mark.parametrize("price", ["189.00", "219.00"])
def test_a_price_that_went_up_or_down_is_told_and_can_be_kept(
    open_shop: Shop, article: Article, customer: Customer, price: str
) -> None:
    ordered(open_shop, customer, line(article), FREE)
    articles.save(open_shop, replace(article, unit_price=Decimal(price)))
    found = repeated_orders.last_again(open_shop, customer.id or 0)
    assert what(found) == [Changed.PRICE]
    assert found.draft.lines[0].unit_price == Decimal(price)
    assert found.draft.lines[1] == FREE
    (change,) = repeated_orders.changes_of(open_shop, found.draft.id or 0)
    assert stands(change, found.draft) is True
    kept = exchanged(change, found.draft)
    assert (kept.lines[0].unit_price, stands(change, kept)) == (Decimal("199.00"), False)
    assert exchanged(change, kept) == found.draft
    moved = replace(kept, lines=(POSTAGE, *kept.lines))
    assert stands(change, moved) is False
    assert stands(change, replace(kept, lines=(FREE,))) is None


def test_an_article_made_to_measure_costs_what_its_size_costs_today(
    open_shop: Shop, article: Article, customer: Customer
) -> None:
    origin = ordered(open_shop, customer, line(article, (800, 1900)))
    articles.save(open_shop, replace(article, unit_price=Decimal("398.00")))
    found = repeated_orders.last_again(open_shop, customer.id or 0)
    assert what(found) == [Changed.PRICE]
    before = origin.lines[0].unit_price
    assert before is not None
    assert abs((found.draft.lines[0].unit_price or 0) - 2 * before) < Decimal("0.02")


def test_what_else_changed_is_told(open_shop: Shop, article: Article, customer: Customer) -> None:
    ordered(open_shop, customer, line(article))
    articles.save(
        open_shop,
        replace(article, name="Reisematratze", unit="MTR", vat_rate=Decimal(7), version=article.version),
    )
    stored = customers.get(open_shop, customer.id or 0)
    customers.save(open_shop, replace(stored, discount_percent=None))
    found = repeated_orders.last_again(open_shop, customer.id or 0)
    assert what(found) == [Changed.UNIT, Changed.VAT, Changed.NAME, Changed.DISCOUNT]
    assert found.draft.lines[0].text == "Gästerolle"  # as it was ordered
    assert found.draft.discount is None
    kept = exchanged(found.changes[3], found.draft)
    assert kept.discount is not None
    assert kept.discount.percent == 5
    renamed = exchanged(found.changes[2], found.draft)
    assert renamed.lines[0].text == "Reisematratze"


def test_an_article_that_is_gone_stays_as_it_was_and_says_so(
    open_shop: Shop, article: Article, customer: Customer
) -> None:
    origin = ordered(open_shop, customer, line(article))
    articles.delete(open_shop, article.id or 0)
    found = repeated_orders.last_again(open_shop, customer.id or 0)
    assert what(found) == [Changed.GONE]
    assert found.draft.lines == origin.lines


def test_a_shop_that_confirms_orders_gets_a_confirmation(
    open_shop: Shop, article: Article, customer: Customer
) -> None:
    order = ordered(open_shop, customer, line(article), kind="order_confirmation")
    bill = chains.follow_up(open_shop, order.id or 0, "invoice")
    issuing.issue(open_shop, bill.id or 0, send=False)
    assert (
        repeated_orders.last_again(open_shop, customer.id or 0).draft.kind == DocumentKind.ORDER_CONFIRMATION
    )


def test_a_cancelled_order_is_not_the_last_one(open_shop: Shop, article: Article, customer: Customer) -> None:
    first = ordered(open_shop, customer, line(article))
    second = ordered(open_shop, customer, FREE)
    cancelling = chains.follow_up(open_shop, second.id or 0, "cancellation")
    issuing.issue(open_shop, cancelling.id or 0, send=False)
    assert repeated_orders.last_order(open_shop, customer.id or 0) == first.id
    with pytest.raises(CannotBeRepeated):
        repeated_orders.again(open_shop, cancelling.id or 0)


def test_who_has_not_ordered_yet_is_told_so(open_shop: Shop, customer: Customer) -> None:
    with pytest.raises(CannotBeRepeated):
        repeated_orders.last_again(open_shop, customer.id or 0)


def test_a_draft_that_is_thrown_away_takes_its_list_along(
    open_shop: Shop, article: Article, customer: Customer
) -> None:
    ordered(open_shop, customer, line(article))
    draft = repeated_orders.last_again(open_shop, customer.id or 0).draft
    documents.discard(open_shop, draft.id or 0)
    assert repeated_orders.changes_of(open_shop, draft.id or 0) == ()
