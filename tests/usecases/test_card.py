"""The customer's card: terms, tags, who recommended the shop; stored whole, found again, taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.consents import Channel
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import CashDiscount, Discount, DocumentKind
from shopdesk.domain.names import PersonName
from shopdesk.usecases import customers, documents
from shopdesk.usecases.shop import Shop

CARD = Customer(
    company="Pension Talblick",
    preferred_channel=Channel.PHONE,
    service_channel=Channel.MESSENGER,
    advertising_channel=Channel.LETTER,
    birthday=dt.date(1970, 3, 12),
    recommended_by="der Bäcker nebenan",
    payment_days=30,
    cash_discount=CashDiscount(Decimal("2.5"), 10),
    discount_percent=Decimal(5),
    tags=("Hotel", "Stammkunde"),
)
NAMES = (
    "preferred_channel",
    "service_channel",
    "advertising_channel",
    "birthday",
    "recommended_by",
    "payment_days",
    "cash_discount",
    "discount_percent",
    "tags",
)


@pytest.fixture
def ivanova(open_shop: Shop) -> Customer:
    return customers.create(
        open_shop, Customer(person=PersonName(given_name="Desislava", family_name="Ivanova"))
    )


def test_the_whole_card_is_kept_and_taken_back(open_shop: Shop) -> None:
    stored = customers.create(open_shop, CARD)
    assert stored.id is not None
    assert all(getattr(stored, name) == getattr(CARD, name) for name in NAMES)
    empty = replace(stored, **{name: getattr(Customer(), name) for name in NAMES})
    saved, undo = customers.save(open_shop, empty)
    assert customers.get(open_shop, stored.id) == saved
    undo.run(open_shop)
    assert replace(customers.get(open_shop, stored.id), version=1) == stored


@pytest.mark.parametrize("words", ["Desislava Ivanova", "desislava  ivanova", "number"])
def test_a_recommendation_leads_to_the_customer_who_gave_it(
    open_shop: Shop, ivanova: Customer, words: str
) -> None:
    words = ivanova.number if words == "number" else words
    stored = customers.create(open_shop, replace(CARD, recommended_by=words))
    assert (stored.recommended_by, stored.recommended_by_id) == ("Desislava Ivanova", ivanova.id)
    changed, _ = customers.save(open_shop, replace(stored, recommended_by="der Bäcker"))
    assert (changed.recommended_by, changed.recommended_by_id) == ("der Bäcker", None)


def test_a_doubtful_recommendation_stays_words(open_shop: Shop, ivanova: Customer) -> None:
    customers.create(open_shop, replace(ivanova, id=None, version=0, number=""))
    stored = customers.create(open_shop, replace(CARD, recommended_by="Desislava Ivanova"))
    assert (stored.recommended_by, stored.recommended_by_id) == ("Desislava Ivanova", None)


def test_nobody_recommends_himself(open_shop: Shop) -> None:
    stored = customers.create(open_shop, CARD)
    saved, _ = customers.save(open_shop, replace(stored, recommended_by="Pension Talblick"))
    assert saved.recommended_by_id is None


def test_tags_are_tidy_and_each_stands_once(open_shop: Shop) -> None:
    stored = customers.create(open_shop, replace(CARD, tags=(" #Hotel", "hotel", "", "VIP  Kunde")))
    assert stored.tags == ("Hotel", "VIP Kunde")


def test_the_list_is_narrowed_by_a_tag(open_shop: Shop, ivanova: Customer) -> None:
    hotel = customers.create(open_shop, CARD)
    guest = customers.create(open_shop, Customer(company="Zum Hirschen", tags=("Hotel",)))
    assert customers.tags(open_shop) == ("Hotel", "Stammkunde")
    assert [row.id for row in customers.page(open_shop, tag="Hotel")] == [hotel.id, guest.id]
    assert [row.id for row in customers.page(open_shop, tag="Stammkunde")] == [hotel.id]
    assert ivanova.id in [row.id for row in customers.page(open_shop)]
    assert guest.id is not None
    customers.delete(open_shop, guest.id)
    assert [row.id for row in customers.page(open_shop, tag="Hotel")] == [hotel.id]


def test_new_documents_begin_with_the_customers_terms(open_shop: Shop, ivanova: Customer) -> None:
    hotel = customers.create(open_shop, CARD)
    assert hotel.id is not None
    assert ivanova.id is not None
    invoice = documents.start(open_shop, DocumentKind.INVOICE, hotel.id)
    assert invoice.due == dt.date(2026, 12, 23)
    assert (invoice.cash_discount, invoice.discount) == (CARD.cash_discount, Discount(percent=Decimal(5)))
    other = documents.for_customer(open_shop, invoice, ivanova.id)
    plain = documents.start(open_shop, DocumentKind.INVOICE, ivanova.id)
    assert (other.due, other.cash_discount, other.discount) == (plain.due, None, None)
    again = documents.for_customer(open_shop, other, hotel.id)
    assert (again.due, again.discount) == (invoice.due, invoice.discount)
