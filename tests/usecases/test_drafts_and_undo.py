"""Drafts that follow each other, and undo that never takes back what somebody else did since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.articles import Article
from shopdesk.domain.customers import Customer
from shopdesk.domain.document_rules import DocumentRefused
from shopdesk.domain.documents import Document, Line, Means, Prepayment, TaxCase
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.domain.timeline import EntryKind, TimelineEntry
from shopdesk.store.documents import DocumentHasSuccessor
from shopdesk.usecases import articles, chains, customers, documents, follow_ups, issuing, timeline
from shopdesk.usecases.shop import Shop
from shopdesk.usecases.undo import Undo

LINE = Line(text="Matratze", unit_price=Decimal(100))


def quote(shop: Shop, **more: object) -> Document:
    customer = customers.create(shop, Customer(company="Möbelhof Keller"))
    made = replace(documents.start(shop, "quote", customer.id), **({"lines": (LINE,)} | more))  # type: ignore[arg-type]
    return documents.save_draft(shop, made)


def follow_up_of(shop: Shop, origin: Document) -> Document:
    assert origin.id is not None
    return chains.follow_up(shop, origin.id, "invoice")


def issue(shop: Shop, draft: Document) -> Document:
    assert draft.id is not None
    return issuing.issue(shop, draft.id, send=False).document


def test_an_invoice_decides_its_tax_case_anew(open_shop: Shop) -> None:
    invoice = follow_up_of(open_shop, issue(open_shop, quote(open_shop)))
    assert (invoice.tax_case, invoice.tax_reason) == (TaxCase.AUTO, "")


def test_a_tax_case_that_the_owner_chose_stays_on_the_invoice(open_shop: Shop) -> None:
    origin = quote(open_shop, tax_case=TaxCase.EXEMPT, tax_note="Steuerfrei nach § 4 Nr. 21 UStG")
    assert follow_up_of(open_shop, issue(open_shop, origin)).tax_case == TaxCase.EXEMPT


def test_a_payment_noted_on_a_quote_is_not_counted_on_the_invoice_unseen(open_shop: Shop) -> None:
    origin = quote(open_shop, prepaid=(Prepayment(Decimal(10), Means.CARD),))
    assert follow_up_of(open_shop, origin).prepaid == ()


def test_a_draft_is_thrown_away_although_another_was_made_out_of_it(open_shop: Shop) -> None:
    origin = quote(open_shop)
    invoice = follow_up_of(open_shop, origin)
    assert origin.id is not None
    assert invoice.id is not None
    documents.discard(open_shop, origin.id)
    now = documents.load(open_shop, invoice.id)
    assert (now.follows_id, now.lines) == (None, invoice.lines)
    with pytest.raises(ChangedElsewhere):
        documents.save_draft(open_shop, invoice)


def test_a_draft_stays_that_an_issued_document_was_made_out_of(open_shop: Shop) -> None:
    origin = quote(open_shop)
    number = issue(open_shop, follow_up_of(open_shop, origin)).number
    assert origin.id is not None
    with pytest.raises(DocumentHasSuccessor) as refused:
        documents.discard(open_shop, origin.id)
    assert refused.value.message.values == {"number": number}


def test_amounts_that_no_column_holds_are_refused_in_words(open_shop: Shop) -> None:
    line = replace(LINE, quantity=Decimal(10**12), unit_price=Decimal(10**12))
    with pytest.raises(DocumentRefused):
        quote(open_shop, lines=(line,))


def _follow_up(shop: Shop) -> tuple[Undo, Callable[[], object]]:
    value, undo = follow_ups.create(shop, FollowUp(dt.date(2026, 12, 1), "anrufen"))
    return undo, lambda: follow_ups.save(shop, replace(value, text="Muster schicken"))


def _entry(shop: Shop) -> tuple[Undo, Callable[[], object]]:
    customer = customers.create(shop, Customer(company="Möbelhof Keller"))
    assert customer.id is not None
    value, undo = timeline.add(shop, TimelineEntry(customer.id, EntryKind.NOTE, shop.clock.now(), text="a"))
    return undo, lambda: timeline.change(shop, replace(value, text="b"))


def _article(shop: Shop) -> tuple[Undo, Callable[[], object]]:
    value, undo = articles.save(shop, Article(name="Topper"))
    return undo, lambda: articles.save(shop, replace(value, name="Topper weich"))


def _deleted_article(shop: Shop) -> tuple[Undo, Callable[[], object]]:
    value, _ = articles.save(shop, Article(name="Topper"))
    assert value.id is not None
    undo = articles.delete(shop, value.id)
    return undo, lambda: undo.run(shop)


def _deleted_customer(shop: Shop) -> tuple[Undo, Callable[[], object]]:
    customer = customers.create(shop, Customer(company="Möbelhof Keller"))
    assert customer.id is not None
    undo = customers.delete(shop, customer.id)
    return undo, lambda: undo.run(shop)


@pytest.mark.parametrize("made", [_follow_up, _entry, _article, _deleted_article, _deleted_customer])
def test_undo_refuses_where_somebody_changed_the_row_since(
    open_shop: Shop, made: Callable[[Shop], tuple[Undo, Callable[[], object]]]
) -> None:
    undo, change = made(open_shop)
    change()
    with pytest.raises(ChangedElsewhere):
        undo.run(open_shop)


def test_a_deleted_row_is_not_written_over(open_shop: Shop) -> None:
    value, _ = articles.save(open_shop, Article(name="Topper"))
    assert value.id is not None
    articles.delete(open_shop, value.id)
    with pytest.raises(ChangedElsewhere):
        articles.save(open_shop, replace(value, name="Topper weich"))


@pytest.mark.parametrize("made", [_follow_up, _entry, _article])
def test_what_was_just_noted_can_be_taken_back(
    open_shop: Shop, made: Callable[[Shop], tuple[Undo, Callable[[], object]]]
) -> None:
    undo, change = made(open_shop)
    undo.run(open_shop)
    with pytest.raises(ChangedElsewhere):
        change()


def test_names_and_texts_with_braces_stay_as_they_are(open_shop: Shop) -> None:
    customer = customers.create(open_shop, Customer(company="{x} {0} {{", facts=("{y",)))
    draft = replace(documents.start(open_shop, "quote", customer.id), lines=(replace(LINE, text="{z} }"),))
    assert issue(open_shop, documents.save_draft(open_shop, draft)).recipient.name == "{x} {0} {{"
