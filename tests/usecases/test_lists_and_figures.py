"""Lists and figures: nothing is hidden by its neighbours, currencies do not add up, changes are in the journal."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from shopdesk.domain.addresses import Address
from shopdesk.domain.articles import Article
from shopdesk.domain.customers import Customer
from shopdesk.domain.document_rules import check, errors
from shopdesk.domain.documents import Document, DocumentKind, Line, Recipient, TaxCase
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.mail import MailPostponed, MailState
from shopdesk.domain.messages import Message
from shopdesk.domain.money import Money
from shopdesk.domain.outbox import NewMail, Reason
from shopdesk.domain.timeline import EntryKind, TimelineEntry
from shopdesk.domain.today import TodayKind
from shopdesk.store import outbox as outbox_rows
from shopdesk.store.tables import journal
from shopdesk.usecases import (
    articles,
    chains,
    customers,
    documents,
    issuing,
    mail_texts,
    shop_settings,
    tax,
    timeline,
    today,
)
from shopdesk.usecases.shop import Shop

LINE = Line(text="Matratze", unit_price=Decimal(100))


def issued(shop: Shop, kind: str, customer_id: int, **more: object) -> Document:
    made = replace(documents.start(shop, kind, customer_id), **({"lines": (LINE,)} | more))  # type: ignore[arg-type]
    draft = documents.save_draft(shop, made)
    assert draft.id is not None
    return issuing.issue(shop, draft.id, send=False).document


def customer_id(shop: Shop) -> int:
    found = customers.create(
        shop, Customer(company="Möbelhof Keller", address=Address(("Weg 1",), "37073", "Göttingen"))
    )
    assert found.id is not None
    return found.id


def journalled(shop: Shop, subject: str) -> list[tuple[str, object, object]]:
    with shop.reading() as connection:
        rows = connection.execute(select(journal).where(journal.c.subject == subject).order_by(journal.c.id))
        return [(row.action, json.loads(row.old or "null"), json.loads(row.new or "null")) for row in rows]


def test_newer_quotes_do_not_hide_an_invoice_that_is_searched_for(open_shop: Shop) -> None:
    owner = customer_id(open_shop)
    invoice = issued(open_shop, "invoice", owner)
    for _ in range(3):
        issued(open_shop, "quote", owner)
    found = documents.find(open_shop, DocumentKind.INVOICE, "Möbelhof", limit=1)
    assert [summary.number for summary in found] == [invoice.number]


def test_the_figures_of_the_day_do_not_add_yen_to_euros(open_shop: Shop) -> None:
    owner = customer_id(open_shop)
    issued(open_shop, "invoice", owner)
    issued(open_shop, "invoice", owner, currency="JPY", lines=(replace(LINE, unit_price=Decimal(9000)),))
    figures = today.at_a_glance(open_shop)
    assert (figures.issued_today, figures.sum_today) == (2, Money(100_00))
    assert customers.glance(open_shop, owner).turnover_minor == 100_00


def test_a_call_after_midnight_counts_for_the_shops_day(open_shop: Shop) -> None:
    owner = customer_id(open_shop)
    moment = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)  # half past midnight in Göttingen
    timeline.add(open_shop, TimelineEntry(owner, EntryKind.CALL, moment, text="Anruf"))
    assert customers.glance(open_shop, owner).last_contact == dt.date(2026, 11, 23)


def test_a_changed_price_stands_in_the_journal_with_old_and_new(open_shop: Shop) -> None:
    article, _ = articles.save(open_shop, Article(name="Topper", unit_price=Decimal(89)))
    articles.save(open_shop, replace(article, unit_price=Decimal(99)))
    action, old, new = journalled(open_shop, "article")[-1]
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    assert (action, old["unit_price"], new["unit_price"]) == ("save", "89", "99")


def test_the_journal_says_what_changed_of_a_customer_and_keeps_no_person(open_shop: Shop) -> None:
    customer = customers.get(open_shop, customer_id(open_shop))
    customers.save(open_shop, replace(customer, emails=("neu@keller.example",), note="Bandscheibe"))
    assert journalled(open_shop, "customer")[-1] == ("save", None, {"changed": ["emails", "note"]})


def test_changed_letters_and_mail_texts_are_journalled(open_shop: Shop) -> None:
    shop_settings.save_letterhead(open_shop, Letterhead(accent="#123456"))
    _, old, new = journalled(open_shop, "setting")[-1]
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    assert new["accent"] == "#123456" != old["accent"]
    template = mail_texts.all_templates(open_shop)[0]
    stored = mail_texts.save_template(open_shop, replace(template, subject="Ihr Dokument"))
    assert stored.id is not None
    mail_texts.reset_template(open_shop, stored.id)
    assert [action for action, *_ in journalled(open_shop, "mail_template")] == ["save", "reset"]


@pytest.mark.parametrize(
    ("case", "currency", "refused"),
    [
        (TaxCase.DOMESTIC, "EUR", False),
        (TaxCase.EXEMPT, "EUR", False),
        (TaxCase.OSS, "EUR", True),
        (TaxCase.DOMESTIC, "JPY", True),
    ],
)
def test_a_small_amount_may_go_without_address_where_the_law_says_so(
    open_shop: Shop, case: TaxCase, currency: str, refused: bool
) -> None:
    draft = replace(
        documents.start(open_shop, "invoice"),
        recipient=Recipient(company="Keller", address=Address(country="BG" if case == TaxCase.OSS else "DE")),
        lines=(LINE,),
        tax_case=case,
        tax_note="Steuerfrei",
        currency=currency,
    )
    value = tax.settled(draft, tax.context(open_shop, draft))
    assert ("BR-10" in {problem.code for problem in errors(check(value, tax.vat_rates()))}) is refused


def test_a_quote_is_open_until_its_invoice_is_issued(open_shop: Shop) -> None:
    customer = customers.create(open_shop, Customer(company="Hotel Stadtblick", emails=("h@example.org",)))
    line = Line(text="Kopfkissen", unit_price=Decimal("59.90"))
    draft = documents.save_draft(
        open_shop, replace(documents.start(open_shop, "quote", customer.id), lines=(line,))
    )
    assert draft.id is not None
    issuing.issue(open_shop, draft.id, send=False)
    chains.follow_up(open_shop, draft.id, "invoice")
    assert today.at_a_glance(open_shop).open_quotes == 1


def test_a_postponed_mail_waits_in_heute_and_is_no_failure(open_shop: Shop) -> None:
    with open_shop.writing() as connection:
        mail = NewMail("<a@b>", "d.ivanova@example.org", "Rechnung", "", b"")
        mail_id = outbox_rows.add(connection, mail, open_shop.clock.now())
        reason = Reason(MailPostponed.code, Message("no network"))
        outbox_rows.move(
            connection, mail_id, {MailState.QUEUED}, MailState.FAILED, open_shop.clock.now(), reason
        )
    assert [item.kind for item in today.items(open_shop)] == [TodayKind.MAIL_WAITING]
