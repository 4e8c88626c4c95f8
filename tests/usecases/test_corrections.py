"""A correction takes back what its bill said: tax case, rate, currency, to the cent (§ 17 (1) UStG)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document, Line, TaxCase
from shopdesk.domain.names import PersonName
from shopdesk.domain.totals import totals
from shopdesk.usecases import chains, customers, documents, issuing, sample_shop
from shopdesk.usecases.shop import Shop

LINE = Line(text="Kissen", quantity=Decimal(3), unit_price=Decimal("9.99"))
ZURICH = Customer(
    person=PersonName(given_name="Urs", family_name="Frei"),
    emails=("urs@example.org",),
    address=Address(("Seeweg 1",), "8001", "Zürich", "CH"),
)


def rows(document: Document) -> list[tuple[object, ...]]:
    """The VAT breakdown without its sign."""
    return [
        (row.category, row.rate, abs(row.base.minor), abs(row.amount.minor)) for row in totals(document).vat
    ]


def test_what_was_cancelled_is_no_purchase_and_a_deposit_only_a_part_of_one(open_shop: Shop) -> None:
    made = customers.create(open_shop, sample_shop.sample().caller)

    def issued(document: Document) -> int:
        assert document.id is not None
        return issuing.issue(open_shop, document.id, send=False).document.id or 0

    def bill() -> int:
        draft = replace(documents.start(open_shop, "invoice", made.id), lines=(LINE,))
        return issued(documents.save_draft(open_shop, draft))

    kept, wrong = bill(), bill()
    issued(chains.follow_up(open_shop, wrong, "cancellation"))
    order = documents.save_draft(
        open_shop, replace(documents.start(open_shop, "order_confirmation", made.id), lines=(LINE,))
    )
    issued(chains.follow_up(open_shop, issued(order), "deposit_invoice"))
    glance = customers.glance(open_shop, made.id or 0)
    assert (glance.purchases, glance.turnover_minor) == (1, 29_97 + 8_99)
    assert glance.last_purchase == documents.load(open_shop, kept).date


@pytest.mark.parametrize("kind", ["cancellation", "credit_note"])
@pytest.mark.parametrize(
    ("customer", "values"),
    [
        (sample_shop.sample().caller, {}),
        (sample_shop.sample().caller, {"tax_case": TaxCase.OSS}),
        (sample_shop.sample().caller, {"tax_case": TaxCase.DOMESTIC, "currency": "CHF"}),
        (sample_shop.sample().caller, {"prepay": True}),
        (ZURICH, {"tax_case": TaxCase.EXPORT, "currency": "CHF"}),
    ],
    ids=["domestic", "oss", "francs", "in advance", "export"],
)
def test_a_correction_has_the_tax_and_currency_of_its_bill(
    open_shop: Shop, customer: Customer, values: dict[str, Any], kind: str
) -> None:
    made = customers.create(open_shop, customer)
    draft = replace(documents.start(open_shop, "invoice", made.id), lines=(LINE,), **values)
    stored = documents.save_draft(open_shop, draft)
    assert stored.id is not None
    bill = issuing.issue(open_shop, stored.id, send=False).document
    assert bill.id is not None
    begun = chains.follow_up(open_shop, bill.id, kind)
    assert begun.id is not None
    done = issuing.issue(open_shop, begun.id, send=False).document
    assert rows(done) == rows(bill)
    assert (done.currency, done.prepay, done.due) == (bill.currency, False, None)
