"""XRechnung: the German rules hold for each file that goes out, and what they would fail takes no number."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shopdesk.domain.addresses import Address
from shopdesk.domain.document_rules import Problem, check
from shopdesk.domain.documents import CashDiscount, Document, Means, Prepayment, Prices
from shopdesk.domain.electronic_addresses import SCHEMES, electronic_address
from shopdesk.domain.leitweg_ids import leitweg_id_is_valid, looks_like_leitweg_id
from shopdesk.domain.xrechnung_rules import goes_as_xrechnung
from shopdesk.output.einvoice.profiles import XRECHNUNG
from shopdesk.usecases.tax import vat_rates
from tests.output.einvoice.german_rules import FATAL, WARNINGS, failed
from tests.output.einvoice.invoices import CASES, GOODS, HOTEL, baskets, variants
from tests.output.einvoice.kinds import deposit_of, every_kind, issued
from tests.output.einvoice.official import Verdict
from tests.output.einvoice.reading import all_of, one, same_cents, xml
from tools.paper_samples import BASE

Judge = Callable[[bytes], Verdict]
Errors = Callable[[Document], tuple[Problem, ...]]
OTHER_GUIDELINE = "FX-SCH-A-000556"  # Factur-X's own: it takes no other guideline than its five
LEITWEG = "04011000-1234512345-06"
TOWN = replace(
    HOTEL, company="Stadt Göttingen", vat_id="", buyer_reference=LEITWEG, electronic_address=LEITWEG,
    electronic_scheme="0204", delivery_address=Address(("Hiroshimaplatz 1",), "37083", "Göttingen"),
)  # fmt: skip
BILL = replace(BASE, recipient=TOWN, lines=GOODS, cash_discount=CashDiscount(D(2), 7))
_CORPORA = Path(os.environ.get("SHOPDESK_CORPORA") or Path(__file__).parents[3].parent / "shared" / "corpora")


@pytest.mark.parametrize(
    "value",
    ["04011000-1234512345-06", "991-33333TEST-33", "991-03730-19", "90000000-03083-72", " 991-33333test-33 "],
)
def test_leitweg_ids_of_authorities_are_known(value: str) -> None:
    assert leitweg_id_is_valid(value)


@pytest.mark.parametrize(
    "value",
    ["", "Bestellung 2026/118", "4711", "2026-11-23", "0551-4711-12", "04011000-06", "1-03730-19", "991--19"],
)
def test_other_references_are_no_leitweg_ids(value: str) -> None:
    assert not leitweg_id_is_valid(value)


@pytest.mark.parametrize("value", ["04011000-1234512345-07", "991-33333TEST-34", "04011000-1234521345-06"])
def test_a_mistyped_leitweg_id_is_noticed(value: str) -> None:
    assert not leitweg_id_is_valid(value)
    assert looks_like_leitweg_id(value)
    document = replace(BILL, recipient=replace(TOWN, buyer_reference=value))
    found = {problem.code: problem for problem in check(document, vat_rates())}
    assert found["leitweg-id"].is_warning
    assert found["leitweg-id"].field == "customer.buyer_reference"


def test_who_gets_an_xrechnung() -> None:
    assert goes_as_xrechnung(BILL)
    assert goes_as_xrechnung(replace(BASE, recipient=replace(HOTEL, xrechnung=True)))
    assert not goes_as_xrechnung(replace(BASE, recipient=HOTEL))
    quote = replace(BILL, kind=type(BILL.kind).QUOTE)
    assert not goes_as_xrechnung(quote)


def test_an_xrechnung_says_what_it_is_who_asks_and_where_it_goes(judge: Judge) -> None:
    data = xml(BILL, XRECHNUNG)
    assert all_of(data, "GuidelineSpecifiedDocumentContextParameter", "ID") == [
        "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
    ]
    assert one(data, "BuyerReference") == LEITWEG
    assert one(data, "SellerTradeParty", "DefinedTradeContact", "PersonName") == "Jens Lindner"
    assert one(data, "BuyerTradeParty", "URIUniversalCommunication", "URIID") == LEITWEG
    assert b'schemeID="0204">04011000' in data
    assert b'<ram:URIID schemeID="EM">post@schlafgut-lindner.example</ram:URIID>' in data
    told = one(data, "SpecifiedTradePaymentTerms", "Description")
    assert told.startswith("#SKONTO#TAGE=7#PROZENT=2.00#\n")
    assert judge(data) == Verdict("", (OTHER_GUIDELINE,), ())
    assert failed(data) == failed(data, warnings=True) == ()


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        (TOWN, (LEITWEG, "0204")),
        (replace(TOWN, electronic_address=""), ("einkauf@harzblick.example", "EM")),
        (replace(TOWN, electronic_address="", email=""), (LEITWEG, "0204")),
        (
            replace(HOTEL, electronic_address=" 4098765000010 ", electronic_scheme="0088"),
            ("4098765000010", "0088"),
        ),
        (
            replace(HOTEL, electronic_address="rechnung@harzblick.example"),
            ("rechnung@harzblick.example", "EM"),
        ),
    ],
)
def test_the_electronic_address_is_the_one_noted_else_mail_else_the_leitweg_id(
    recipient: Any, expected: tuple[str, str]
) -> None:
    assert electronic_address(recipient) == expected


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_every_case_keeps_the_german_rules(case: str, judge: Judge, our_errors: Errors) -> None:
    wish: dict[str, Any] = {"xrechnung": True, "buyer_reference": "B-4711", "email": "rechnung@example.org"}
    for i, (name, variant) in enumerate(variants(CASES[case]).items()):
        wanted = replace(variant, recipient=replace(variant.recipient, **wish))
        for number, (kind, document) in enumerate(every_kind(wanted)):
            if (number + i) % 4 or our_errors(document):
                continue
            data = xml(document, XRECHNUNG)
            assert (name, kind, failed(data), failed(data, warnings=True)) == (name, kind, (), ())
            if not (number + i) % 8:
                assert judge(data).fatal == (OTHER_GUIDELINE,)
            same_cents(document, data)


def test_almost_all_cases_can_go_as_xrechnung(our_errors: Errors) -> None:
    """The test above would be empty if our rules refused too much."""
    wish: dict[str, Any] = {"xrechnung": True, "buyer_reference": "B-4711", "email": "rechnung@example.org"}
    refused = {
        name: {problem.code for problem in our_errors(document)}
        for name, case in CASES.items()
        if our_errors(document := replace(case, recipient=replace(case.recipient, **wish)))
    }
    assert refused == {"no bank": {"BR-DE-1"}, "nothing but a name": {"BR-DE-8", "BR-DE-9"}}


def buyer(**values: Any) -> Callable[[Document], Document]:
    return lambda document: replace(document, recipient=replace(document.recipient, **values))


def seller(**values: Any) -> Callable[[Document], Document]:
    return lambda document: replace(document, seller=replace(document.seller, **values))


def whole(**values: Any) -> Callable[[Document], Document]:
    return lambda document: replace(document, **values)


# how it is broken → the official id, which is ours, too
BROKEN: dict[str, tuple[Callable[[Document], Document], str]] = {
    "no buyer reference": (buyer(buyer_reference="", xrechnung=True), "BR-DE-15"),
    "blank buyer reference": (buyer(buyer_reference=" \x01", xrechnung=True), "BR-DE-15"),
    "no shop town": (seller(address=replace(BASE.seller.address, city="")), "BR-DE-3"),
    "no shop postcode": (seller(address=replace(BASE.seller.address, postal_code=" ")), "BR-DE-4"),
    "no shop phone": (seller(phone=""), "BR-DE-6"),
    "no shop mail": (seller(email=""), "BR-DE-7"),
    "no buyer town": (buyer(address=replace(TOWN.address, city="")), "BR-DE-8"),
    "no buyer postcode": (buyer(address=replace(TOWN.address, postal_code="")), "BR-DE-9"),
    "no delivery town": (buyer(delivery_address=Address(("x",), "37083", "")), "BR-DE-10"),
    "no delivery postcode": (buyer(delivery_address=Address(("x",), "", "Göttingen")), "BR-DE-11"),
    "nowhere to send": (
        buyer(electronic_address="", email="", buyer_reference="B-1", xrechnung=True), "PEPPOL-EN16931-R010",
    ),
    "no IBAN": (seller(iban=""), "BR-DE-1"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_on_purpose_is_refused_by_its_rule(name: str, our_errors: Errors) -> None:
    apply, code = BROKEN[name]
    broken = apply(BILL)
    assert code in failed(xml(broken, XRECHNUNG))
    assert code in {problem.code for problem in our_errors(broken)}
    assert code not in {problem.code for problem in our_errors(BILL)}


@settings(max_examples=150)
@given(
    document=baskets,
    names=st.lists(st.sampled_from(sorted(BROKEN)), max_size=3),
    days=st.integers(0, 60),
    percent=st.decimals("0.001", 99, places=3),
    paid=st.none() | st.sampled_from(Means),
    deposit=st.booleans(),
    prices=st.sampled_from(Prices),
)
def test_our_verdict_is_that_of_the_german_rules(
    document: Document, names: list[str], days: int, percent: D, paid: Means | None, deposit: bool,
    prices: Prices, our_errors: Errors,
) -> None:  # fmt: skip
    made = replace(document, recipient=TOWN, prices=prices, cash_discount=CashDiscount(percent, days))
    if paid is not None:
        made = replace(made, prepaid=(Prepayment(D(1), paid, reference="4711"),))
    if deposit:
        made = deposit_of(issued(made, "R-2026-0001", 1))
    for name in names:
        made = BROKEN[name][0](made)
    ours = {problem.code for problem in our_errors(made)}
    assume("too-large" not in ours)
    official = set(failed(xml(made, XRECHNUNG)))
    assert official - ours <= ({"PEPPOL-EN16931-R020"} if "BR-DE-7" in ours else set())  # the same address
    known = set(FATAL) | {"BR-DE-18"}
    assert (ours & known) - official <= {"BR-DE-18"}  # written rounded; refused all the same


@pytest.mark.parametrize("scheme", ["XX", "em", "0000", "EM "])
def test_an_unknown_kind_of_address_is_refused(scheme: str, judge: Judge, our_errors: Errors) -> None:
    document = buyer(electronic_scheme=scheme)(BILL)
    assert "BR-CL-25" in {problem.code for problem in our_errors(document)}
    if scheme != "EM ":
        assert judge(xml(document)).fatal


def test_all_kinds_of_addresses_that_we_take_are_in_the_official_list(judge: Judge) -> None:
    for scheme in sorted(SCHEMES)[::7]:
        assert judge(xml(buyer(electronic_scheme=scheme)(BILL))).is_valid


def _examples() -> list[Path]:
    return sorted((_CORPORA / "xrechnung").rglob("*uncefact.xml"))


def test_the_official_examples_keep_the_rules_as_we_read_them() -> None:
    if not _examples():
        pytest.skip(f"no official XRechnung examples in {_CORPORA.name}: set SHOPDESK_CORPORA")
    for example in _examples():
        assert (example.name, failed(example.read_bytes())) == (example.name, ())


# what is taken out of an official example → the rule that must then fail
_TAKEN_OUT = {
    "BR-DE-1": r"<ram:SpecifiedTradeSettlementPaymentMeans>.*</ram:SpecifiedTradeSettlementPaymentMeans>",
    "BR-DE-2": r"<ram:DefinedTradeContact>.*?</ram:DefinedTradeContact>",
    "BR-DE-3": r"<ram:CityName>[^<]*</ram:CityName>",
    "BR-DE-4": r"<ram:PostcodeCode>[^<]*</ram:PostcodeCode>",
    "BR-DE-5": r"<ram:PersonName>[^<]*</ram:PersonName>",
    "BR-DE-6": r"<ram:CompleteNumber>[^<]*</ram:CompleteNumber>",
    "BR-DE-7": r"<ram:EmailURIUniversalCommunication>.*?</ram:EmailURIUniversalCommunication>",
    "BR-DE-14": r"<ram:RateApplicablePercent>[^<]*</ram:RateApplicablePercent>",
    "BR-DE-15": r"<ram:BuyerReference>[^<]*</ram:BuyerReference>",
    "BR-DE-16": r"<ram:SpecifiedTaxRegistration>.*?</ram:SpecifiedTaxRegistration>",
    "BR-DE-23-a": r"<ram:PayeePartyCreditorFinancialAccount>.*?</ram:PayeePartyCreditorFinancialAccount>",
    "PEPPOL-EN16931-R010": r"<ram:URIUniversalCommunication>.*?</ram:URIUniversalCommunication>",
}


@pytest.mark.parametrize("rule", _TAKEN_OUT)
def test_a_broken_copy_of_an_official_example_fails_by_its_rule(rule: str) -> None:
    name = "01.01a-INVOICE_uncefact.xml"
    found = [example for example in _examples() if example.name == name]
    if not found:
        pytest.skip(f"no official XRechnung examples in {_CORPORA.name}: set SHOPDESK_CORPORA")
    text = found[0].read_text("utf-8")
    broken = re.sub(_TAKEN_OUT[rule], "", text, flags=re.DOTALL)
    assert broken != text
    assert rule in failed(broken.encode())
    assert rule in {**FATAL, **WARNINGS}
