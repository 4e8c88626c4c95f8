"""Issuing: the number once, the bytes for ever, nothing half done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.customers import Customer
from shopdesk.domain.document_rules import DocumentRefused
from shopdesk.domain.documents import Document, Line
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.number_ranges import NumberRange
from shopdesk.store.documents import DocumentIsFrozen
from shopdesk.usecases import (
    chains,
    customers,
    documents,
    issuing,
    number_ranges,
    sample_shop,
    shop_settings,
    timeline,
)
from shopdesk.usecases.issuing import DateOutOfOrder, MailAddressMissing
from shopdesk.usecases.shop import Shop

MATTRESS = Line(text="Rollmatratze 80 × 190 cm", quantity=Decimal(2), unit_price=Decimal("123.03"))


def caller(shop: Shop) -> Customer:
    return customers.create(shop, sample_shop.sample().caller)


def draft(shop: Shop, kind: str = "invoice", **more: object) -> Document:
    customer = caller(shop)
    made = replace(documents.start(shop, kind, customer.id), **({"lines": (MATTRESS,)} | more))  # type: ignore[arg-type]
    return documents.save_draft(shop, made)


def issued(shop: Shop, value: Document, **more: bool) -> issuing.Issued:
    assert value.id is not None
    return issuing.issue(shop, value.id, **more)  # type: ignore[arg-type]


def test_an_issued_invoice_has_number_date_and_the_bytes_that_stay(open_shop: Shop) -> None:
    done = issued(open_shop, draft(open_shop))
    assert done.document.number == "R-2026-0001"
    assert done.document.date == dt.date(2026, 11, 23)
    assert done.pdf.startswith(b"%PDF-1.7")
    assert done.document.id is not None
    assert documents.stored_files(open_shop, done.document.id)[0].data == done.pdf


def test_issuing_twice_burns_no_number(open_shop: Shop) -> None:
    value = draft(open_shop)
    first, second = issued(open_shop, value), issued(open_shop, value)
    assert (second.repeated, second.document.number, second.pdf) == (True, "R-2026-0001", first.pdf)
    assert second.outbox_id == first.outbox_id
    assert number_ranges.next_number(open_shop, "invoice") == "R-2026-0002"


def test_an_issued_document_refuses_every_change(open_shop: Shop) -> None:
    value = draft(open_shop)
    done = issued(open_shop, value).document
    assert done.id is not None
    with pytest.raises(DocumentIsFrozen):
        documents.save_draft(open_shop, done)
    with pytest.raises(DocumentIsFrozen):
        documents.save_draft(open_shop, value)
    with pytest.raises(DocumentIsFrozen):
        documents.discard(open_shop, done.id)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"lines": ()}, "BR-16", "lines"),
        ({"lines": (replace(MATTRESS, unit_price=None),)}, "BR-26", "lines[0].unit_price"),
        ({"lines": (replace(MATTRESS, unit_price=Decimal(-1)),)}, "BR-27", "lines[0].unit_price"),
        ({"lines": (replace(MATTRESS, unit="STUECK"),)}, "BR-CL-23", "lines[0].unit"),
        ({"lines": (replace(MATTRESS, text=" "),)}, "BR-25", "lines[0].text"),
        ({"lines": (replace(MATTRESS, vat_rate=Decimal(16)),)}, "vat-rate", "lines[0].vat_rate"),
        ({"due": None}, "", ""),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_takes_no_number(
    open_shop: Shop, change: dict[str, object], code: str, field: str
) -> None:
    value = draft(open_shop, **change)  # type: ignore[arg-type]
    if code:
        with pytest.raises(DocumentRefused) as refused:
            issued(open_shop, value)
        assert (refused.value.code, refused.value.field) == (code, field)
        assert number_ranges.next_number(open_shop, "invoice") == "R-2026-0001"
    else:
        assert issued(open_shop, value).document.due is not None


def test_without_a_mail_address_nothing_is_sent_and_no_number_taken(open_shop: Shop) -> None:
    customer = customers.create(open_shop, replace(sample_shop.sample().caller, emails=()))
    value = documents.save_draft(
        open_shop, replace(documents.start(open_shop, "invoice", customer.id), lines=(MATTRESS,))
    )
    with pytest.raises(MailAddressMissing):
        issued(open_shop, value)
    assert issued(open_shop, value, send=False).document.number == "R-2026-0001"


def test_no_invoice_without_the_sellers_own_data(empty_shop: Shop) -> None:
    value = draft(empty_shop)
    with pytest.raises(shop_settings.ProfileIncomplete):
        issued(empty_shop, value)


def test_dates_of_a_range_run_forward(open_shop: Shop) -> None:
    issued(open_shop, draft(open_shop))
    with pytest.raises(DateOutOfOrder):
        issued(open_shop, draft(open_shop, date=dt.date(2026, 11, 22), due=None))
    with pytest.raises(DateOutOfOrder):
        issued(open_shop, draft(open_shop, date=dt.date(2026, 12, 1), due=None))
    late = draft(open_shop, date=dt.date(2026, 11, 22), due=None)
    assert issued(open_shop, late, allow_date=True).document.number == "R-2026-0002"


def test_a_new_year_starts_its_own_numbers(open_shop: Shop) -> None:
    issued(open_shop, draft(open_shop))
    open_shop.clock.set(dt.datetime(2027, 1, 2, 9, tzinfo=dt.UTC))  # type: ignore[attr-defined]
    assert issued(open_shop, draft(open_shop)).document.number == "R-2027-0001"


def test_a_shop_that_moves_in_mid_year_keeps_counting(open_shop: Shop) -> None:
    number_ranges.save(open_shop, NumberRange("invoice", "RE{number:00000}/{year}", start=412))
    assert issued(open_shop, draft(open_shop)).document.number == "RE00412/2026"
    assert issued(open_shop, draft(open_shop)).document.number == "RE00413/2026"


def test_quote_to_invoice_remembers_where_it_came_from(open_shop: Shop) -> None:
    quote = issued(open_shop, draft(open_shop, "quote")).document
    assert quote.id is not None
    invoice = chains.follow_up(open_shop, quote.id, "invoice")
    assert (invoice.follows_id, invoice.numbers, invoice.lines) == (quote.id, (quote.number,), quote.lines)
    done = issued(open_shop, invoice).document
    assert [successor.number for successor in chains.successors(open_shop, quote.id)] == [done.number]


def test_the_timeline_tells_what_was_issued(open_shop: Shop) -> None:
    done = issued(open_shop, draft(open_shop)).document
    assert done.customer_id is not None
    assert timeline.page(open_shop, done.customer_id)[0].title == "Rechnung R-2026-0001 · 246,06\u00a0€"


def test_a_document_keeps_the_name_the_customer_had(open_shop: Shop) -> None:
    done = issued(open_shop, draft(open_shop)).document
    assert done.customer_id is not None
    customer = customers.get(open_shop, done.customer_id)
    customers.save(open_shop, customer.renamed(family_name="Petrova"))
    assert done.id is not None
    assert documents.load(open_shop, done.id).recipient.person.family_name == "Ivanova"


def test_saving_over_a_newer_version_is_refused(open_shop: Shop) -> None:
    value = draft(open_shop)
    documents.save_draft(open_shop, replace(value, intro="eins"))
    with pytest.raises(ChangedElsewhere):
        documents.save_draft(open_shop, replace(value, intro="zwei"))
