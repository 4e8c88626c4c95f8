"""Issuing leaves nothing behind: memory that grows over thousands of invoices shows in the objects after some."""

from __future__ import annotations

import gc
from dataclasses import replace
from decimal import Decimal

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line
from shopdesk.usecases import customers, documents, issuing
from shopdesk.usecases.shop import Shop


def _issue(shop: Shop, customer_id: int | None, number: int) -> None:
    lines = (
        Line(text=f"Matratze {number} Größe Ł{chr(0x400 + number % 90)}", unit_price=Decimal(100 + number)),
    )
    begun = replace(
        documents.start(shop, "invoice", customer_id), lines=lines, delivery_date=shop.clock.today()
    )
    draft = documents.save_draft(shop, begun)
    assert draft.id is not None
    issuing.issue(shop, draft.id, send=False)


def test_issued_invoices_leave_no_objects_behind(open_shop: Shop) -> None:
    customer = customers.create(open_shop, Customer(company="Hotel Stadtblick"))
    for number in range(80):  # fills what keeps a fixed number of things
        _issue(open_shop, customer.id, number)
    gc.collect()
    before = len(gc.get_objects())
    for number in range(80, 140):
        _issue(open_shop, customer.id, number)
    gc.collect()
    assert (len(gc.get_objects()) - before) / 60 < 5
