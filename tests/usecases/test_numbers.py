"""Numbers: each once, in words where a changed range would give one twice, gaps only where the owner made them."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document, DocumentKind, Line
from shopdesk.domain.number_ranges import NumberRange, NumberTaken
from shopdesk.outside.clock import FixedClock
from shopdesk.store import customers as stored_customers
from shopdesk.store import number_check
from shopdesk.store import number_ranges as stored_ranges
from shopdesk.usecases import customers, documents, issuing, number_ranges
from shopdesk.usecases.shop import Shop

YEARLY = "R-{year}-{number:0000}"


def draft(shop: Shop) -> Document:
    customer = customers.create(shop, Customer(company="Möbelhof Keller", emails=("info@keller.example",)))
    line = Line(text="Matratze", unit_price=Decimal(100))
    return documents.save_draft(
        shop, replace(documents.start(shop, DocumentKind.INVOICE, customer.id), lines=(line,))
    )


def issued_number(shop: Shop, *, on: dt.date | None = None) -> str:
    value = documents.save_draft(shop, replace(draft(shop), date=on)) if on else draft(shop)
    assert value.id is not None
    return issuing.issue(shop, value.id, send=False).document.number


def test_a_range_that_would_give_a_number_twice_is_refused_in_words(open_shop: Shop) -> None:
    assert issued_number(open_shop) == "R-2026-0001"
    with pytest.raises(NumberTaken) as refused:
        number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 1, restart_yearly=False))
    assert refused.value.field == "number_ranges.invoice"
    assert issued_number(open_shop) == "R-2026-0002"


def test_a_number_that_turns_out_to_be_taken_is_refused_in_words_and_burns_none(open_shop: Shop) -> None:
    issued_number(open_shop)
    issued_number(open_shop)
    number_ranges.save(open_shop, NumberRange("invoice", "R-{year}-{number:000}", 1))
    with open_shop.writing() as connection:  # as if set by an earlier program
        stored_ranges.save(connection, NumberRange("invoice", YEARLY, 1, restart_yearly=False))
    value = draft(open_shop)
    assert value.id is not None
    with pytest.raises(NumberTaken):
        issuing.issue(open_shop, value.id, send=False)
    assert not documents.load(open_shop, value.id).is_issued
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 3, restart_yearly=False))
    assert issuing.issue(open_shop, value.id, send=False).document.number == "R-2026-0003"


def test_a_start_below_the_last_number_goes_on_behind_it(open_shop: Shop) -> None:
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 500))
    issued_number(open_shop)
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 1))
    assert issued_number(open_shop) == "R-2026-0501"


def test_a_start_that_the_owner_raised_is_no_missing_number(open_shop: Shop) -> None:
    issued_number(open_shop)
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 100))
    issued_number(open_shop)
    with open_shop.reading() as connection:
        assert number_check.verify(connection) == []
    with open_shop.writing() as connection:  # a number that nobody carries
        stored_ranges.take(connection, stored_ranges.load(connection, "invoice"), open_shop.clock.today())
    issued_number(open_shop)
    with open_shop.reading() as connection:
        assert [finding.code for finding in number_check.verify(connection)] == ["number-missing"]


def test_the_new_year_begins_anew_at_the_shops_midnight(open_shop: Shop) -> None:
    clock = open_shop.clock
    assert isinstance(clock, FixedClock)
    clock.set(dt.datetime(2026, 12, 31, 22, 59, 59, tzinfo=dt.UTC))  # 23:59:59 in Göttingen
    assert issued_number(open_shop) == "R-2026-0001"
    clock.advance(dt.timedelta(seconds=1))
    assert issued_number(open_shop) == "R-2027-0001"


def test_a_deleted_customers_number_is_not_given_again(open_shop: Shop) -> None:
    following = number_ranges.next_number(open_shop, "customer")
    with open_shop.writing() as connection:  # an import brings numbers of its own
        imported = stored_customers.create(
            connection, Customer(number=following, company="Altkunde"), open_shop.clock.now()
        )
    customers.delete(open_shop, imported)
    assert customers.create(open_shop, Customer(company="Neukunde")).number != following


def test_two_threads_that_issue_one_draft_get_one_number(open_shop: Shop) -> None:
    value = draft(open_shop)
    assert value.id is not None
    with ThreadPoolExecutor(2) as desks:
        both = [desks.submit(issuing.issue, open_shop, value.id, send=True) for _ in range(2)]
        results = [one.result() for one in both]
    assert {one.document.number for one in results} == {"R-2026-0001"}
    assert len({one.outbox_id for one in results}) == 1
    assert sorted(one.repeated for one in results) == [False, True]
