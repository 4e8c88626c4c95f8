"""The e-invoice of every kind: valid by the official rules, and the same cents as on screen and paper."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from shopdesk.domain.document_kinds import E_INVOICES
from shopdesk.domain.document_rules import Problem
from shopdesk.domain.documents import Discount, Document, Means, Prepayment, Prices, Reference
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.totals import totals
from shopdesk.i18n import Texts
from shopdesk.output.einvoice.profiles import FACTUR_X, XRECHNUNG
from shopdesk.output.pdf.document import render as paper
from tests.output.einvoice.invoices import BOOK, CASES, GOODS, HOTEL, baskets, variants
from tests.output.einvoice.kinds import cancellation_of, credit_of, deposit_of, every_kind, final_of, issued
from tests.output.einvoice.official import Verdict
from tests.output.einvoice.reading import RAM, all_of, amount, one, same_cents, xml
from tools.paper_samples import BASE

Judge = Callable[[bytes], Verdict]
Errors = Callable[[Document], tuple[Problem, ...]]
ITEM, HEAD = "IncludedSupplyChainTradeLineItem", "SpecifiedTradeSettlementHeaderMonetarySummation"
BILL = issued(replace(BASE, recipient=HOTEL, lines=(*GOODS, BOOK), prices=Prices.NET), "R-2026-0001", 1)


@pytest.mark.parametrize("prices", Prices)
@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_every_tax_case_is_valid(
    case: str, prices: Prices, judge: Judge, our_errors: Errors
) -> None:
    """Each kind meets each case, and each surrounding (discounts, parcels, payments) meets each kind."""
    for i, (name, variant) in enumerate(variants(replace(CASES[case], prices=prices)).items()):
        for number, (kind, document) in enumerate(every_kind(variant)):
            if kind == "invoice" or (number + i + (prices == Prices.NET)) % 5:
                continue  # invoices have a test of their own
            assert (name, kind, our_errors(document)) == (name, kind, ())
            data = xml(document)
            verdict = judge(data)
            assert (name, kind, verdict.schema, verdict.fatal) == (name, kind, "", ())
            same_cents(document, data)


@settings(max_examples=60)
@given(document=baskets, percent=st.sampled_from([D(10), D("33.3"), D(100)]), pick=st.integers(0, 9))
def test_every_kind_of_every_basket_is_valid_and_has_the_sums_of_the_paper(
    document: Document, percent: D, pick: int, judge: Judge, our_errors: Errors
) -> None:
    bill = issued(document, "R-2026-0001", 1)
    assume(not our_errors(bill) and totals(bill).gross.minor > 100)
    deposit = deposit_of(bill, percent)
    made = (
        final_of(bill, deposit), credit_of(bill), cancellation_of(bill), deposit,
        cancellation_of(final_of(bill, deposit)),
    )[pick % 5]  # fmt: skip
    data = xml(made)
    problems = our_errors(made)
    if not problems:
        assert judge(data) == Verdict("", (), ())
    same_cents(made, data)


def test_bills_of_a_job_come_to_the_job_to_the_cent() -> None:
    for prices in Prices:
        for variant in variants(replace(CASES["mixed rates"], prices=prices)).values():
            bill = issued(replace(variant, prepaid=()), "R-2026-0001", 1)
            first = deposit_of(bill)
            final = final_of(bill, first)
            for name in ("TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount"):
                parts = [D(one(xml(each), HEAD, name)) for each in (first, final)]
                assert sum(parts) == D(one(xml(bill), HEAD, name))


def test_a_cancellation_takes_back_each_amount_of_its_bill() -> None:
    for variant in variants(CASES["three rates"]).values():
        bill = issued(replace(variant, prepaid=()), "R-2026-0001", 1)
        before, after = xml(bill), xml(cancellation_of(bill))
        for name in ("LineTotalAmount", "BasisAmount", "CalculatedAmount", "ActualAmount", "BilledQuantity"):
            assert list(map(D, all_of(after, name))) == [-D(each) for each in all_of(before, name)]
        assert all(D(price) >= 0 for price in all_of(after, "ChargeAmount"))
        assert all_of(after, "CalculationPercent") == all_of(before, "CalculationPercent")


@pytest.mark.parametrize(
    ("document", "code", "in_xrechnung"),
    [
        (BILL, "380", "380"),
        (deposit_of(BILL), "386", "326"),
        (replace(deposit_of(BILL), delivery_date=dt.date(2026, 11, 20)), "326", "326"),
        (
            replace(
                deposit_of(BILL),
                delivery_date=None,
                service_period=(dt.date(2026, 11, 1), dt.date(2026, 11, 20)),
            ),
            "326",
            "326",
        ),
        (final_of(BILL, deposit_of(BILL)), "380", "380"),
        (credit_of(BILL), "381", "381"),
        (cancellation_of(BILL), "384", "384"),
    ],
)
def test_each_kind_has_its_type_code(document: Document, code: str, in_xrechnung: str) -> None:
    assert FACTUR_X.type_code(document) == code
    assert XRECHNUNG.type_code(document) == in_xrechnung
    assert f"<ram:ID>{document.number}</ram:ID><ram:TypeCode>{code}</ram:TypeCode>" in xml(document).decode()


def test_every_kind_with_an_e_invoice_has_a_type_code() -> None:
    assert all(FACTUR_X.type_code(replace(BILL, kind=kind)).isdecimal() for kind in E_INVOICES)


def test_a_final_invoice_deducts_each_deposit_at_its_rates_and_names_it() -> None:
    first, second = deposit_of(BILL), deposit_of(BILL, D(10), "R-2026-0003")
    data = xml(final_of(BILL, first, second))
    deducted = [
        item for item in ET.fromstring(data).iter(f"{RAM}{ITEM}") if amount(item, "BilledQuantity") < 0
    ]
    assert [
        (amount(item, "RateApplicablePercent"), amount(item, "LineTotalAmount")) for item in deducted
    ] == [(row.rate, -row.base.amount) for each in (first, second) for row in totals(each).vat]
    names = [item.findtext(f".//{RAM}Name") or "" for item in deducted]
    assert all("R-2026-0002" in name for name in names[:2])
    assert all("R-2026-0003" in name for name in names[2:])
    assert all_of(data, "InvoiceReferencedDocument", "IssuerAssignedID") == ["R-2026-0002", "R-2026-0003"]
    assert all_of(data, "TotalPrepaidAmount") == []


def test_references_stand_where_readers_look_for_them() -> None:
    final = replace(
        final_of(BILL, deposit_of(BILL)), order_reference="B 4711 & Söhne", contract_reference="Rahmen 7"
    )
    data = xml(final)
    told = {
        name: all_of(data, f"{name}ReferencedDocument", "IssuerAssignedID")
        for name in ("SellerOrder", "BuyerOrder", "Contract", "DespatchAdvice", "Invoice")
    }
    assert told == {
        "SellerOrder": ["A-2026-0007"],
        "BuyerOrder": ["B 4711 & Söhne"],
        "Contract": ["Rahmen 7"],
        "DespatchAdvice": ["L-2026-0003"],
        "Invoice": ["R-2026-0002"],
    }


@pytest.mark.parametrize("make", [credit_of, cancellation_of])
def test_a_correction_names_what_it_corrects_and_why(
    make: Callable[[Document], Document], judge: Judge
) -> None:
    document = replace(make(BILL), reason="Fleck & Riss")
    data = xml(document)
    assert all_of(data, "InvoiceReferencedDocument", "IssuerAssignedID") == ["R-2026-0001"]
    assert (
        "20261123" in ET.tostring(next(ET.fromstring(data).iter(f"{RAM}InvoiceReferencedDocument"))).decode()
    )
    assert any("Fleck & Riss" in note for note in all_of(data, "IncludedNote", "Content"))
    assert all_of(data, "SpecifiedTradeSettlementPaymentMeans", "TypeCode") == []  # nothing is asked for
    assert one(data, "SpecifiedTradePaymentTerms", "Description")  # BR-CO-25 wants a word or a day
    assert all_of(data, "DueDateDateTime") == []
    assert judge(data).is_valid


def test_a_reference_whose_kind_nobody_knows_is_a_bill_where_one_is_corrected() -> None:
    unknown = (Reference("X-1"),)
    assert all_of(xml(replace(BILL, refers_to=unknown)), "SellerOrderReferencedDocument", "IssuerAssignedID")
    assert all_of(
        xml(replace(credit_of(BILL), refers_to=unknown)), "InvoiceReferencedDocument", "IssuerAssignedID"
    )


def test_what_was_paid_before_is_deducted_after_the_deposits(judge: Judge) -> None:
    bill = replace(BILL, prepaid=())
    paid = (Prepayment(D(5), Means.CARD),)
    final = replace(final_of(bill, deposit_of(bill)), prepaid=paid, discount=Discount(percent=D(3)))
    data = xml(final)
    assert judge(data).is_valid
    assert one(data, HEAD, "TotalPrepaidAmount") == "5.00"
    assert D(one(data, HEAD, "DuePayableAmount")) == D(one(data, HEAD, "GrandTotalAmount")) - 5
    same_cents(final, data)


@settings(max_examples=25)
@given(document=baskets, shown=st.sampled_from(Prices), pick=st.integers(0, 4))
def test_the_paper_shows_the_cents_of_the_xml(
    document: Document, shown: Prices, pick: int, our_errors: Errors
) -> None:
    """Screen = PDF = XML: sums, VAT and, where the paper shows net amounts, each line."""
    plain = [replace(line, text="Ware") for line in document.lines if line.quantity < 1000]
    assume(plain)
    bill = issued(replace(document, lines=tuple(plain), show=shown), "R-2026-0001", 1)
    assume(not our_errors(bill) and totals(bill).gross.minor > 100)
    deposit = deposit_of(bill)
    made = (bill, deposit, final_of(bill, deposit), credit_of(bill), cancellation_of(bill))[pick]
    texts = Texts("de")
    pages = PdfDocument(paper(made, Letterhead(), texts).pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in pages).replace("\u2212", "-")
    data = xml(made)

    def told(value: str) -> str:
        return texts.number(D(value), 2).replace("\u2212", "-")

    assert told(one(data, HEAD, "GrandTotalAmount")) in words
    group = ("ApplicableHeaderTradeSettlement", "ApplicableTradeTax")
    rows = zip(all_of(data, *group, "CalculatedAmount"), all_of(data, *group, "CategoryCode"), strict=True)
    assert all(told(vat) in words for vat, category in rows if category == "S")
    if shown == Prices.NET:
        assert told(one(data, HEAD, "TaxBasisTotalAmount")) in words
        missing = [amount for amount in _line_amounts(data) if told(amount) not in words]
        assert missing == []


def _line_amounts(data: bytes) -> list[str]:
    """The amounts of the lines that are one line on paper, too; deposits stand below the sums there."""
    items = list(ET.fromstring(data).iter(f"{RAM}{ITEM}"))
    whole = [item for item in items if "." not in (item.findtext(f".//{RAM}LineID") or "")]
    own = [item for item in whole if not (item.findtext(f".//{RAM}Name") or "").startswith("abzüglich")]
    return [item.findtext(f".//{RAM}LineTotalAmount") or "" for item in own]
