"""The verdict: what is broken is told by its rule, what is right is left alone, each profile has its own rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.money import round_half_up
from shopdesk.domain.received_invoice_rules import LINE_RULES, MINIMUM_RULES, RULES, judge
from shopdesk.domain.received_invoices import (
    AllowanceCharge,
    Attachment,
    Identifier,
    InvoiceLine,
    Party,
    PaymentMeans,
    Period,
    PostalAddress,
    ReceivedInvoice,
    Totals,
    Unreadable,
    VatBreakdown,
)
from shopdesk.i18n import Texts

HERE = PostalAddress(("Weender Straße 1",), "37073", "Göttingen", "", "DE")
LINE = InvoiceLine(
    id="1", name="Rollmatratze", quantity=D(2), unit="C62", price=D(100), net=D("200.00"), category="S", rate=D(19)
)  # fmt: skip
GOOD = ReceivedInvoice(
    syntax="CII",
    profile="urn:cen.eu:en16931:2017",
    number="R-1",
    issued=dt.date(2026, 11, 23),
    type_code="380",
    currency="EUR",
    due=dt.date(2026, 12, 7),
    seller=Party(name="Federkern", vat_id="DE136695976", address=HERE),
    buyer=Party(name="Schlafgut Lindner", address=HERE),
    means=(PaymentMeans("58", account="DE02120300000000202051"),),
    vat=(VatBreakdown(D("200.00"), D("38.00"), "S", D(19)),),
    totals=Totals(lines=D("200.00"), net=D("200.00"), vat=D("38.00"), gross=D("238.00"), payable=D("238.00")),
    lines=(LINE,),
)
TOTALS, ROW = GOOD.totals, GOOD.vat[0]
OFF = AllowanceCharge(is_charge=False, amount=D(10), reason="Rabatt", category="S", rate=D(19))


def line(**changes: Any) -> dict[str, Any]:
    return {"lines": (replace(LINE, **changes),)}


def totals(**changes: Any) -> dict[str, Any]:
    return {"totals": replace(TOTALS, **changes)}


def without_vat(category: str, rate: D | None = D(0), **row: Any) -> dict[str, Any]:
    """The same sale under a category without VAT."""
    return {
        "lines": (replace(LINE, category=category, rate=rate),),
        "vat": (replace(ROW, category=category, rate=rate, amount=D(0), reason="weil", **row),),
        "totals": replace(TOTALS, vat=D(0), gross=D(200), payable=D(200)),
    }


BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("BR-01", {"profile": ""}),
    ("BR-02", {"number": ""}),
    ("BR-03", {"issued": None}),
    ("BR-04", {"type_code": ""}),
    ("BR-05", {"currency": ""}),
    ("BR-06", {"seller": replace(GOOD.seller, name="")}),
    ("BR-07", {"buyer": replace(GOOD.buyer, name="")}),
    ("BR-08", {"seller": replace(GOOD.seller, address=None)}),
    ("BR-09", {"seller": replace(GOOD.seller, address=PostalAddress())}),
    ("BR-10", {"buyer": replace(GOOD.buyer, address=None)}),
    ("BR-11", {"buyer": replace(GOOD.buyer, address=PostalAddress())}),
    ("BR-12", totals(lines=None)),
    ("BR-13", totals(net=None)),
    ("BR-14", totals(gross=None)),
    ("BR-15", totals(payable=None)),
    ("BR-16", {"lines": ()}),
    ("BR-17", {"payee": Party(name="Federkern")}),
    ("BR-18", {"representative": Party(vat_id="DE1", address=HERE)}),
    ("BR-19", {"representative": Party(name="Vertreter", vat_id="DE1")}),
    ("BR-20", {"representative": Party(name="Vertreter", vat_id="DE1", address=PostalAddress())}),
    ("BR-21", line(id="")),
    ("BR-22", line(quantity=None)),
    ("BR-23", line(unit="")),
    ("BR-24", line(net=None)),
    ("BR-25", line(name="")),
    ("BR-26", line(price=None)),
    ("BR-27", line(price=D(-1))),
    ("BR-28", line(gross_price=D(-1))),
    ("BR-29", {"period": Period(dt.date(2026, 2, 1), dt.date(2026, 1, 1))}),
    ("BR-30", line(period=Period(dt.date(2026, 2, 1), dt.date(2026, 1, 1)))),
    ("BR-31", {"allowances": (replace(OFF, amount=None),)}),
    ("BR-32", {"allowances": (replace(OFF, category=""),)}),
    ("BR-33", {"allowances": (replace(OFF, reason=""),)}),
    ("BR-36", {"allowances": (replace(OFF, is_charge=True, amount=None),)}),
    ("BR-38", {"allowances": (replace(OFF, is_charge=True, reason=""),)}),
    ("BR-41", line(allowances=(replace(OFF, amount=None),))),
    ("BR-44", line(allowances=(replace(OFF, is_charge=True, reason=""),))),
    ("BR-45", {"vat": (replace(ROW, base=None),)}),
    ("BR-46", {"vat": (replace(ROW, amount=None),)}),
    ("BR-47", {"vat": (replace(ROW, category=""),)}),
    ("BR-48", {"vat": (replace(ROW, rate=None),)}),
    ("BR-49", {"means": (PaymentMeans(""),)}),
    ("BR-52", {"attachments": (Attachment(description="Bild"),)}),
    ("BR-53", {"vat_currency": "BGN"}),
    ("BR-54", line(attributes=(("Farbe", ""),))),
    ("BR-55", {"preceding": ("",)}),
    ("BR-56", {"representative": Party(name="Vertreter", address=HERE)}),
    ("BR-57", {"ship_to": Party(address=PostalAddress())}),
    ("BR-61", {"means": (PaymentMeans("58"),)}),
    ("BR-62", {"seller": replace(GOOD.seller, electronic_address=Identifier("a@b.de"))}),
    ("BR-64", line(standard_article=Identifier("4711"))),
    ("BR-CO-03", {"tax_point": dt.date(2026, 1, 1), "tax_point_code": "3"}),
    ("BR-CO-04", line(category="")),
    ("BR-CO-09", {"seller": replace(GOOD.seller, vat_id="136695976")}),
    ("BR-CO-10", totals(lines=D("199.99"))),
    ("BR-CO-11", {"allowances": (OFF,)}),
    ("BR-CO-12", totals(charges=D(1))),
    ("BR-CO-13", totals(net=D("200.01"))),
    ("BR-CO-14", totals(vat=D("38.01"))),
    ("BR-CO-15", totals(gross=D("238.01"))),
    ("BR-CO-16", totals(payable=D("237.99"))),
    ("BR-CO-17", {"vat": (replace(ROW, amount=D("39.00")),)}),
    ("BR-S-09", {"vat": (replace(ROW, amount=D("37.00")),)}),
    ("BR-CO-18", {"vat": ()}),
    ("BR-CO-19", {"period": Period()}),
    ("BR-CO-25", {"due": None}),
    ("BR-CO-26", {"seller": replace(GOOD.seller, vat_id="", tax_number="20/1")}),
    ("BR-DEC-14", totals(gross=D("238.001"))),
    ("BR-S-01", {"vat": (replace(ROW, category="Z"),)}),
    ("BR-S-02", {"seller": replace(GOOD.seller, vat_id="", legal_id="HRB 1")}),
    ("BR-S-05", line(rate=D(0))),
    ("BR-S-08", {"vat": (replace(ROW, base=D("190.00")),)}),
    ("BR-S-10", {"vat": (replace(ROW, reason="einfach so"),)}),
    ("BR-E-10", without_vat("E") | {"vat": (replace(ROW, category="E", rate=D(0), amount=D(0)),)}),
    ("BR-E-05", without_vat("E") | line(category="E", rate=D(7))),
    ("BR-AE-02", without_vat("AE")),
    ("BR-IC-02", without_vat("K")),
    ("BR-IC-11", without_vat("K")),
    ("BR-IC-12", without_vat("K")),
    ("BR-G-02", without_vat("G") | {"seller": replace(GOOD.seller, vat_id="", tax_number="20/1")}),
    ("BR-O-02", without_vat("O", None)),
    ("BR-O-11", {"vat": (ROW, VatBreakdown(D(0), D(0), "O", None, "weil"))}),
    ("BR-Z-10", without_vat("Z")),
    ("IBAN", {"means": (PaymentMeans("58", account="DE03120300000000202051"),)}),
    ("IBAN", {"means": (PaymentMeans("58", account="DE00210501700012345678"),)}),
    ("NUMBER", {"unreadable": (Unreadable("ChargeAmount", "1E9"),)}),
]


def test_a_right_invoice_passes() -> None:
    verdict = judge(GOOD)
    assert verdict.problems == ()
    assert verdict.is_good
    assert verdict.checked == RULES


@pytest.mark.parametrize(
    ("rule", "change"), BROKEN, ids=[f"{at}-{rule}" for at, (rule, _change) in enumerate(BROKEN)]
)
def test_what_is_broken_is_told_by_its_rule_and_in_words(rule: str, change: dict[str, Any]) -> None:
    verdict = judge(replace(GOOD, **change))
    told = [problem for problem in verdict.problems if problem.code == rule]
    assert told
    assert not verdict.is_good
    german, english = Texts("de").say(told[0].message), Texts("en").say(told[0].message)
    assert german != english
    assert "{" not in german + english
    assert german.endswith(".")


@pytest.mark.parametrize(
    "change",
    [
        without_vat("AE") | {"buyer": replace(GOOD.buyer, vat_id="ATU12345678")},
        without_vat("G"),
        without_vat("E"),
        without_vat("O", None) | {"seller": Party(name="Federkern", legal_id="HRB 1", address=HERE)},
        {"vat": (replace(ROW, amount=D("38.99")),)} | totals(vat=D("38.99"), gross=D("238.99"), payable=D("238.99")),
        {"type_code": "381"},
        {"means": (PaymentMeans("10"),)},
        {"means": (PaymentMeans("58", account="1234567890"),)},
        totals(prepaid=D(238), payable=D(0)) | {"due": None},
        {"attachments": (Attachment(file_name="bild.png", is_in_pdf=True),)},
        {"lines": (LINE, InvoiceLine(name="nur Text", is_part=True))},
    ],
)  # fmt: skip
def test_what_the_rules_allow_is_left_alone(change: dict[str, Any]) -> None:
    assert [problem.code for problem in judge(replace(GOOD, **change)).problems] == []


def test_a_delivery_abroad_with_all_it_needs_passes() -> None:
    change = without_vat("K") | {
        "buyer": replace(GOOD.buyer, vat_id="FR11999999998"),
        "delivered": dt.date(2026, 11, 20),
        "ship_to": Party(address=replace(HERE, country="FR")),
    }
    assert judge(replace(GOOD, **change)).problems == ()


def test_each_profile_is_held_against_its_own_rules() -> None:
    small = replace(GOOD, lines=(), vat=(), profile="urn:factur-x.eu:1p0:minimum")
    assert judge(small).checked == MINIMUM_RULES
    assert judge(small).problems == ()
    middle = replace(GOOD, lines=(), profile="urn:factur-x.eu:1p0:basicwl")
    assert not judge(middle).checked & LINE_RULES
    assert judge(middle).problems == ()
    old = replace(GOOD, syntax="ZUGFeRD 1", profile="urn:ferd:CrossIndustryDocument:invoice:1p0:basic")
    assert judge(replace(old, totals=replace(TOTALS, gross=D(1)))).problems


@given(
    st.lists(
        st.tuples(st.integers(1, 99), st.integers(1, 99_999), st.sampled_from([D(7), D(19)])),
        min_size=1,
        max_size=9,
    )
)
def test_whatever_adds_up_passes_and_one_cent_more_does_not(parts: list[tuple[int, int, D]]) -> None:
    lines = tuple(
        replace(
            LINE, id=str(at), quantity=D(count), price=D(cents) / 100, net=D(count * cents) / 100, rate=rate
        )
        for at, (count, cents, rate) in enumerate(parts, 1)
    )
    rows = []
    for rate in sorted({line.rate for line in lines if line.rate is not None}):
        base = sum((line.net for line in lines if line.rate == rate and line.net is not None), D(0))
        rows.append(VatBreakdown(base, round_half_up(base * rate / 100), "S", rate))
    net = sum((row.base for row in rows if row.base is not None), D(0))
    vat = sum((row.amount for row in rows if row.amount is not None), D(0))
    whole = Totals(lines=net, net=net, vat=vat, gross=net + vat, payable=net + vat)
    right = replace(GOOD, lines=lines, vat=tuple(rows), totals=whole)
    assert judge(right).problems == ()
    wrong = replace(right, totals=replace(whole, gross=net + vat + D("0.01")))
    assert {problem.code for problem in judge(wrong).problems} == {"BR-CO-15", "BR-CO-16"}
