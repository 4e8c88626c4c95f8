"""A whole job in the shop, deposits to correction, in every tax case: each e-invoice valid, the sums one job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import (
    CashDiscount,
    Discount,
    Document,
    DocumentKind,
    Fulfilment,
    Line,
    LineKind,
    Prices,
    TaxCase,
)
from shopdesk.domain.totals import totals
from shopdesk.usecases import chains, customers, documents, issuing, sample_shop
from shopdesk.usecases.shop import Shop
from tests.output.einvoice.official import Judge

D = Decimal
IVANOVA = sample_shop.sample().caller
SOFIA = Customer(
    company="Sun OOD", vat_id="BG175074752", emails=("sun@example.org",),
    address=Address(("ul. 5",), "1000", "Sofia", "BG"),
)  # fmt: skip
ZURICH = Customer(
    company="Frei AG", emails=("frei@example.org",), address=Address(("Seeweg 1",), "8001", "Zürich", "CH")
)
TOWN = Customer(
    company="Stadt Göttingen", emails=("stadt@example.org",), buyer_reference="04011000-1234512345-06",
    address=Address(("Hiroshimaplatz 1",), "37083", "Göttingen", "DE"),
)  # fmt: skip
DAY = {"delivery_date": dt.date(2026, 11, 20), "vat_id_reason": "Kunde ist bekannt"}
BOOK = Line(text="Buch", quantity=D(7), unit_price=D("9.99"), vat_rate=D(7))
CASES: dict[str, tuple[Customer, dict[str, Any]]] = {
    "domestic": (IVANOVA, {}),
    "authority": (TOWN, {}),
    "mixed rates": (IVANOVA, {"tax_case": TaxCase.DOMESTIC, "lines": (BOOK,)}),
    "oss": (IVANOVA, {"tax_case": TaxCase.OSS}),
    "francs": (IVANOVA, {"tax_case": TaxCase.DOMESTIC, "currency": "CHF"}),
    "intra-community": (SOFIA, {"tax_case": TaxCase.INTRA_COMMUNITY, **DAY}),
    "reverse charge": (SOFIA, {"tax_case": TaxCase.REVERSE_CHARGE, "fulfilment": Fulfilment.SERVICE, **DAY}),
    "export": (ZURICH, {"tax_case": TaxCase.EXPORT}),
    "margin scheme": (IVANOVA, {"tax_case": TaxCase.MARGIN_SCHEME}),
    "exempt": (IVANOVA, {"tax_case": TaxCase.EXEMPT, "tax_note": "§ 4 Nr. 14 UStG"}),
}


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The official rules; a test is skipped by name without them."""
    for name in ("saxonche", "facturx", "lxml"):
        pytest.importorskip(name)
    return Judge()


@pytest.fixture
def issue(open_shop: Shop, judge: Judge) -> Callable[..., Document]:
    """`issue(id)` issues a draft, `issue(id, kind)` its successor; every e-invoice is held against the rules."""

    def call(id_: int | None, kind: str = "") -> Document:
        assert id_ is not None
        draft_id = chains.follow_up(open_shop, id_, kind).id if kind else id_
        assert draft_id is not None
        done = issuing.issue(open_shop, draft_id, send=False)
        if done.xml is not None and not done.xml.name.endswith("-xrechnung.xml"):
            verdict = judge.judge(done.xml.data)
            assert (kind, verdict.schema, verdict.fatal) == (kind, "", ())
        return done.document

    return call


def begun(shop: Shop, case: str, prices: Prices) -> Document:
    customer, values = CASES[case]
    kind = LineKind.SERVICE if case == "reverse charge" else LineKind.GOODS
    own = (
        Line(kind, "Matratze", quantity=D(3), unit_price=D("99.99"), discount_percent=D(10)),
        Line(LineKind.POSTAGE, "Versand", unit_price=D("7.77")),
    )
    made = customers.create(shop, customer)
    draft = documents.start(shop, DocumentKind.ORDER_CONFIRMATION, made.id)
    terms: dict[str, Any] = {"discount": Discount(percent=D(3)), "cash_discount": CashDiscount(D(2), 7)}
    wanted = terms | values | {"lines": (*own, *values.get("lines", ())), "prices": prices}
    return documents.save_draft(shop, replace(draft, **wanted))


@pytest.mark.parametrize(("case", "prices"), [(case, list(Prices)[i % 2]) for i, case in enumerate(CASES)])
def test_a_job_from_its_first_deposit_to_its_last_correction(
    open_shop: Shop, issue: Callable[..., Document], case: str, prices: Prices
) -> None:
    job = issue(begun(open_shop, case, prices).id)
    bills = [
        issue(job.id, "deposit_invoice"),
        issue(job.id, "deposit_invoice"),
        issue(job.id, "final_invoice"),
    ]
    whole = totals(job)
    assert sum(totals(bill).net.minor for bill in bills) == whole.net.minor
    assert sum(totals(bill).gross.minor for bill in bills) == whole.gross.minor
    cancelled = issue(bills[-1].id, "cancellation")
    assert totals(cancelled).gross == -totals(bills[-1]).gross
    again = issue(job.id, "final_invoice")
    assert totals(again) == totals(bills[-1])
    issue(again.id, "credit_note")
