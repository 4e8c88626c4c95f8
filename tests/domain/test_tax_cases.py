"""The tax case out of where the goods go and who buys (RULES.md 2 and 6)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import Document, Fulfilment, Line, LineKind, Recipient, Seller, TaxCase
from shopdesk.domain.money import Money
from shopdesk.domain.tax_cases import TaxCaseUndecided, TaxFacts, decide, facts_of
from shopdesk.domain.turnover import OSS_THRESHOLD

BULGARIAN, GERMAN = "BG175074752", "DE136695976"
ABROAD = Address(("ul. Shipka 1",), "5300", "Gabrovo", "BG")
HOME = Address(("Marktstraße 9",), "37073", "Göttingen", "DE")


def decided(document: Document, sales: Money = Money(0), oss: str = "auto") -> tuple[TaxCase, Decimal]:
    facts = facts_of(document, "DE", oss, sales, vat_id_valid=bool(document.recipient.vat_id))
    decision = decide(facts, {"BG": Decimal(20), "DE": Decimal(19)}, Decimal(19))
    return decision.case, decision.rate


def sale(address: Address, vat_id: str = "", kind: LineKind = LineKind.GOODS, **more: object) -> Document:
    return Document(recipient=Recipient(address=address, vat_id=vat_id), lines=(Line(kind),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "case", "rate"),
    [
        (sale(HOME), TaxCase.DOMESTIC, 19),
        (sale(HOME, GERMAN), TaxCase.DOMESTIC, 19),
        (sale(ABROAD), TaxCase.DOMESTIC, 19),
        (sale(ABROAD, BULGARIAN), TaxCase.INTRA_COMMUNITY, 0),
        (sale(ABROAD, GERMAN), TaxCase.DOMESTIC, 19),
        (sale(ABROAD, BULGARIAN, fulfilment=Fulfilment.PICKUP), TaxCase.DOMESTIC, 19),
        (sale(ABROAD, BULGARIAN, LineKind.SERVICE), TaxCase.REVERSE_CHARGE, 0),
        (sale(ABROAD, GERMAN, LineKind.SERVICE), TaxCase.DOMESTIC, 19),
        (sale(ABROAD, kind=LineKind.SERVICE), TaxCase.DOMESTIC, 19),
        (sale(Address(country="CH")), TaxCase.EXPORT, 0),
        (sale(Address(country="CH"), seller=Seller(small_business=True)), TaxCase.SMALL_BUSINESS, 0),
    ],
)
def test_transport_and_buyer_decide_the_tax_case(document: Document, case: TaxCase, rate: int) -> None:
    assert decided(document) == (case, Decimal(rate))


@pytest.mark.parametrize(
    ("sales", "oss", "case"),
    [
        (OSS_THRESHOLD, "auto", TaxCase.DOMESTIC),
        (OSS_THRESHOLD + Money(1), "auto", TaxCase.OSS),
        (Money(0), "yes", TaxCase.OSS),
        (OSS_THRESHOLD + Money(1), "no", TaxCase.DOMESTIC),
    ],
)
def test_the_cent_above_the_limit_is_under_the_rule_of_the_other_country(
    sales: Money, oss: str, case: TaxCase
) -> None:
    assert decided(sale(ABROAD), sales, oss)[0] == case


def test_goods_and_services_for_a_business_abroad_ask_the_owner() -> None:
    mixed = Document(
        recipient=Recipient(address=ABROAD, vat_id=BULGARIAN), lines=(Line(), Line(LineKind.SERVICE))
    )
    with pytest.raises(TaxCaseUndecided) as undecided:
        decided(mixed)
    assert undecided.value.code == "mixed-case"


COUNTRIES = ("DE", "BG", "CH")
_ALL: Iterator[tuple[Any, ...]] = product(
    (False, True), COUNTRIES, COUNTRIES, (False, True), Fulfilment, (False, True), (False, True),
    ("auto", "yes", "no"), (Money(0), OSS_THRESHOLD + Money(1)), (False, True), (False, True),
)  # fmt: skip
EVERY = [TaxFacts("DE", *values) for values in _ALL]


def test_what_holds_whatever_the_facts_are() -> None:
    rates = {"BG": Decimal(20), "DE": Decimal(19)}
    seen = set()
    for facts in EVERY:
        if not (facts.has_goods or facts.has_services) or (facts.buyer_vat_id_valid and facts.vat_id_refused):
            continue  # cannot be
        try:
            decision = decide(facts, rates, Decimal(19))
        except TaxCaseUndecided:
            assert not facts.small_business
            assert facts.has_services
            continue
        case = decision.case
        seen.add(case)
        assert (case == TaxCase.SMALL_BUSINESS) == facts.small_business
        untaxed = {TaxCase.SMALL_BUSINESS, TaxCase.REVERSE_CHARGE, TaxCase.INTRA_COMMUNITY, TaxCase.EXPORT}
        assert (decision.rate == 0) == (case in untaxed)
        if case in {TaxCase.REVERSE_CHARGE, TaxCase.INTRA_COMMUNITY}:
            assert facts.buyer_vat_id_valid
            assert not facts.buyer_vat_id_from_home
            assert facts.fulfilment != Fulfilment.PICKUP
        if case == TaxCase.OSS:
            assert not facts.buyer_vat_id_valid
            assert facts.oss != "no"
            assert facts.has_goods
            assert decision.rate == 20
        if case == TaxCase.EXPORT:
            assert not facts.has_services
            assert "CH" in {facts.goods_country, facts.buyer_country}
        if facts.fulfilment == Fulfilment.PICKUP and not facts.small_business:
            assert case == TaxCase.DOMESTIC
        assert decision.reason.id.strip()
    assert seen == {
        TaxCase.DOMESTIC, TaxCase.SMALL_BUSINESS, TaxCase.REVERSE_CHARGE, TaxCase.INTRA_COMMUNITY, TaxCase.OSS,
        TaxCase.EXPORT,
    }  # fmt: skip
