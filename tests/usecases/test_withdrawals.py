"""The card says until when a customer may withdraw, and whether the notice went (RULES.md 7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, Line
from shopdesk.domain.mail import MailAccount, Security
from shopdesk.domain.names import PersonName
from shopdesk.domain.sales import Sale
from shopdesk.domain.standard_attachments import AttachmentRole, StandardAttachment
from shopdesk.usecases import (
    chains,
    customers,
    documents,
    issuing,
    mail_settings,
    mail_texts,
    outbox,
    withdrawals,
)
from shopdesk.usecases.shop import Shop

DAY = dt.date(2026, 11, 23)
ACCOUNT = MailAccount(
    "mail.example.org", 587, Security.STARTTLS, "lindner", "info@schlafgut-lindner.de", "Lindner"
)


@pytest.fixture
def buyer(open_shop: Shop) -> int:
    value = Customer(
        person=PersonName(family_name="Ivanova"), emails=("d.ivanova@example.org",),
        address=Address(("ul. Hristo Botev 14",), "5300", "Gabrovo", "BG"),
    )  # fmt: skip
    saved = customers.create(open_shop, value)
    assert saved.id is not None
    return saved.id


def sold(shop: Shop, buyer: int, *, sale: Sale | None = None, send: bool = False) -> int:
    draft = documents.start(shop, DocumentKind.INVOICE, buyer)
    lines = (Line(text="Matratze", unit_price=Decimal(100)),)
    draft = replace(draft, lines=lines, delivery_date=DAY + dt.timedelta(2), sale=sale or Sale())
    stored = documents.save_draft(shop, draft)
    assert stored.id is not None
    issued = issuing.issue(shop, stored.id, send=send)
    if send:
        assert issued.outbox_id is not None
        outbox.send(shop, issued.outbox_id)
    return stored.id


def test_without_a_notice_the_right_lasts_a_year_more(open_shop: Shop, buyer: int) -> None:
    sold(open_shop, buyer)
    (found,) = withdrawals.of_customer(open_shop, buyer)
    assert (found.number, found.withdrawal.until) == ("R-2026-0001", dt.date(2027, 12, 9))
    assert found.withdrawal.informed is None


def test_the_notice_that_went_by_mail_starts_the_fortnight(open_shop: Shop, buyer: int) -> None:
    mail_settings.save_account(open_shop, ACCOUNT, "geheim")
    notice = StandardAttachment("Widerrufsbelehrung.pdf", AttachmentRole.WITHDRAWAL_NOTICE)
    mail_texts.add_standard_attachment(open_shop, notice, b"%PDF-1.7 Widerruf")
    sold(open_shop, buyer, send=True)
    (found,) = withdrawals.of_customer(open_shop, buyer)
    assert (found.withdrawal.until, found.withdrawal.informed) == (dt.date(2026, 12, 9), DAY)


def test_what_cannot_be_withdrawn_from_is_not_shown(open_shop: Shop, buyer: int) -> None:
    sold(open_shop, buyer, sale=Sale(custom_made=True))
    sold(open_shop, buyer, sale=Sale(no_distance_reason="Im Laden bestellt"))
    cancelled = sold(open_shop, buyer)
    taken_back = chains.follow_up(open_shop, cancelled, "cancellation")
    assert taken_back.id is not None
    issuing.issue(open_shop, taken_back.id, send=False)
    assert withdrawals.of_customer(open_shop, buyer) == ()
