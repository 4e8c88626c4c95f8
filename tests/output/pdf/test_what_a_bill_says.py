"""The small truths on a bill: where VAT is shown, until when to pay, when the supply was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    Fulfilment,
    Line,
    LineKind,
    Means,
    Prepayment,
    TaxCase,
)
from shopdesk.i18n import Texts
from shopdesk.output.einvoice import words as told
from tests.output.einvoice.reading import all_of, xml
from tools.paper_samples import BASE

D = Decimal
TextOf = Callable[..., str]
PLAIN = replace(BASE, delivery_date=None, delivery_month="", service_period=None)

_SPLIT = {LineKind.POSTAGE: "Porto", LineKind.PACKAGING: "Karton", LineKind.DISCOUNT: "Nachlass"}


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("kind", _SPLIT)
@pytest.mark.parametrize(
    ("other", "shown"),
    [
        (Line(text="Andere Ware", unit_price=D(100), tax_case=TaxCase.MARGIN_SCHEME), "– / 19 %"),
        (Line(text="Andere Ware", unit_price=D(100), tax_case=TaxCase.EXEMPT), "– / 19 %"),
        (Line(text="Andere Ware", unit_price=D(100), vat_rate=D(0)), "0 / 19 %"),
        (Line(text="Andere Ware", unit_price=D(100), vat_rate=D(7)), "7 / 19 %"),
    ],
)
def test_what_is_split_over_the_basket_shows_each_part(
    kind: LineKind, other: Line, shown: str, text_of: TextOf
) -> None:
    whole = Line(text="Volle Ware", unit_price=D(100), vat_rate=D(19))
    split = Line(kind, _SPLIT[kind], unit_price=D(10))
    text = text_of(replace(BASE, lines=(other, whole, split), tax_note="Steuerfrei."))
    row = flat(text).split(_SPLIT[kind])[1].split("Rechnungsbetrag")[0]
    assert shown in row


def test_a_line_without_any_vat_has_a_dash_alone(text_of: TextOf) -> None:
    used = Line(text="Gebrauchte Ware", unit_price=D(100), tax_case=TaxCase.MARGIN_SCHEME)
    whole = Line(text="Volle Ware", unit_price=D(100), vat_rate=D(19))
    assert "– / " not in text_of(replace(BASE, lines=(used, whole)))


@pytest.mark.parametrize(("paid", "asked"), [("295.55", False), ("295.54", True), ("0", True)])
def test_nothing_is_payable_by_a_day_once_all_is_paid(paid: str, asked: bool, text_of: TextOf) -> None:
    assert BASE.due
    text = text_of(replace(BASE, prepaid=(Prepayment(D(paid), Means.ONLINE),)))
    assert ("Zahlbar bis" in text) is asked
    assert ("bereits bezahlt" in text) is not asked


def test_a_correction_asks_for_no_payment_by_a_day(text_of: TextOf) -> None:
    assert "Zahlbar bis" not in text_of(replace(BASE, kind=DocumentKind.CREDIT_NOTE))


@pytest.mark.parametrize(
    ("language", "goods", "service"),
    [
        ("de", "Lieferdatum entspricht Rechnungsdatum", "Leistungsdatum entspricht Rechnungsdatum"),
        ("en", "Delivery date is the invoice date", "Date of service is the invoice date"),
        (
            "fr",
            "Date de livraison identique à la date de facture",
            "Date de la prestation identique à la date de facture",
        ),
        (
            "bg",
            "Дата на доставка съвпада с датата на фактурата",
            "Дата на услугата съвпада с датата на фактурата",
        ),
    ],
)
def test_a_bill_without_a_day_of_supply_says_that_its_own_date_is_it(
    language: str, goods: str, service: str, text_of: TextOf
) -> None:
    work = replace(PLAIN, fulfilment=Fulfilment.SERVICE)
    assert goods in flat(text_of(PLAIN, language))
    assert service in flat(text_of(work, language))


@pytest.mark.parametrize("language", ["de", "fr", "bg"])
def test_its_note_is_translated(language: str) -> None:
    english = told.notes(PLAIN, Texts("en"))
    assert "The delivery date is the invoice date." in english
    assert "The delivery date is the invoice date." not in told.notes(PLAIN, Texts(language))
    assert len(told.notes(PLAIN, Texts(language))) == len(english)


@pytest.mark.parametrize(
    ("fulfilment", "note"),
    [
        (Fulfilment.SHIP, "Lieferdatum entspricht Rechnungsdatum."),
        (Fulfilment.SERVICE, "Leistungsdatum entspricht Rechnungsdatum."),
    ],
)
def test_the_e_invoice_says_it_too_and_invents_no_day(fulfilment: Fulfilment, note: str) -> None:
    data = xml(replace(PLAIN, fulfilment=fulfilment))
    assert note in all_of(data, "Content")
    assert b"ActualDeliverySupplyChainEvent" not in data


@pytest.mark.parametrize(
    "document",
    [
        BASE,
        replace(PLAIN, delivery_month="2026-11"),
        replace(PLAIN, prepay=True),
        replace(PLAIN, kind=DocumentKind.DEPOSIT_INVOICE),
        replace(PLAIN, kind=DocumentKind.CREDIT_NOTE),
        replace(PLAIN, kind=DocumentKind.QUOTE),
    ],
    ids=["day", "month", "advance", "deposit", "correction", "quote"],
)
def test_nobody_else_says_it(document: Document, text_of: TextOf) -> None:
    assert "entspricht" not in text_of(document)
    assert not any("entspricht" in note for note in told.notes(document, Texts("de")))
