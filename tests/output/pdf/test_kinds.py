"""What the paper of each kind says, and what it leaves out (RULES.md 3 and 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    Line,
    LineKind,
    LineOption,
    OpenBill,
    Recipient,
    Reference,
    Reminder,
    Seller,
    TaxCase,
)
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName
from shopdesk.domain.sales import Sale
from shopdesk.domain.successors import deducted
from shopdesk.domain.totals import totals
from shopdesk.i18n import PAPER_LANGUAGES, Texts
from shopdesk.output.pdf.document import render

TextOf = Callable[..., str]

DAY = dt.date(2026, 11, 23)
JOB = Document(
    kind=DocumentKind.INVOICE,
    number="R-2026-0009",
    date=DAY,
    due=DAY + dt.timedelta(7),
    delivery_date=DAY,
    tax_case=TaxCase.DOMESTIC,
    seller=Seller(
        name="Schlafgut Lindner", owner="Jens Lindner", address=Address(("Marktstraße 9",), "37073", "Göttingen"),
        tax_number="20/123/45678", iban="DE02120300000000202051",
    ),
    recipient=Recipient(
        person=PersonName(family_name="Ivanova", given_name="Desislava"),
        address=Address(("ul. Hristo Botev 14",), "5300", "Gabrovo", "BG"),
    ),
    lines=(
        Line(text="Rollmatratze", quantity=Decimal(2), unit_price=Decimal("123.03")),
        Line(LineKind.SERVICE, "Einbau", unit_price=Decimal("59.50")),
    ),
)  # fmt: skip
DEPOSIT = replace(
    JOB, kind=DocumentKind.DEPOSIT_INVOICE, number="R-2026-0004",
    lines=(Line(text="Anzahlung", unit_price=Decimal(100)),),
)  # fmt: skip
INVOICE = Reference("R-2026-0001", DocumentKind.INVOICE, dt.date(2026, 11, 2))


def of_kind(kind: DocumentKind, **changes: object) -> Document:
    return replace(JOB, kind=kind, **changes)  # type: ignore[arg-type]


def test_a_delivery_note_says_how_many_and_no_price(text_of: TextOf) -> None:
    text = text_of(of_kind(DocumentKind.DELIVERY_NOTE, due=None))
    assert "2 Stk." in text
    assert "Ware vollständig und unbeschädigt erhalten" in text
    for price in ("123,03", "246,06", "59,50", "USt", "IBAN DE02 1203", "Zahlbar"):
        assert price not in text.replace("IBAN DE02 1203 0000 0000 2020 51", "")


def test_a_final_invoice_shows_the_job_each_deposit_with_its_vat_and_the_rest(text_of: TextOf) -> None:
    final = of_kind(DocumentKind.FINAL_INVOICE, deposits=(deducted(DEPOSIT),))
    text = " ".join(text_of(final).split())
    assert "Gesamtauftrag 305,56 €" in text
    assert "abzüglich Anzahlungsrechnung R-2026-0004 vom 23.11.2026" in text
    assert "−100,00 €" in text
    assert "84,03 € netto + 15,97 € USt = 100,00 €" in text
    assert "Restbetrag 205,56 €" in text
    assert totals(final).payable == Money(205_56)


def test_a_cancellation_is_negative_and_names_its_invoice_and_reason(text_of: TextOf) -> None:
    text = " ".join(
        text_of(of_kind(DocumentKind.CANCELLATION, refers_to=(INVOICE,), reason="Falscher Kunde")).split()
    )
    assert "Stornorechnung R-2026-0009" in text
    assert "Storniert wird: Rechnung R-2026-0001 vom 02.11.2026." in text
    assert "Grund: Falscher Kunde" in text
    assert "−2 Stk." in text
    assert "Stornobetrag −305,56 €" in text
    assert "GiroCode" not in text


def test_a_correction_is_positive_and_no_gutschrift(text_of: TextOf) -> None:
    text = " ".join(text_of(of_kind(DocumentKind.CREDIT_NOTE, refers_to=(INVOICE,))).split())
    assert "Rechnungskorrektur" in text
    assert "Berichtigt wird: Rechnung R-2026-0001 vom 02.11.2026." in text
    assert "Korrekturbetrag 305,56 €" in text
    assert "Gutschrift" not in text


@pytest.mark.parametrize(
    ("level", "title"), [(1, "Zahlungserinnerung"), (2, "1. Mahnung"), (3, "2. Mahnung")]
)
def test_a_reminder_lists_the_bills_and_what_is_open(text_of: TextOf, level: int, title: str) -> None:
    bills = (
        OpenBill(INVOICE, dt.date(2026, 11, 9), Money(300_00), Money(280_00)),
        OpenBill(replace(INVOICE, number="R-2026-0002"), None, Money(20_00), Money(20_00)),
    )
    reminder = of_kind(DocumentKind.PAYMENT_REMINDER, number="M-1", lines=(), reminder=Reminder(level, bills))
    text = " ".join(text_of(reminder).split())
    assert f"{title} M-1" in text
    assert "Rechnung R-2026-0001" in text
    assert "09.11.2026 300,00 280,00" in text
    assert "Offener Betrag 300,00 €" in text
    assert "Verwendungszweck R-2026-0001, R-2026-0002" in text


def test_optional_positions_are_shown_and_not_summed_up(text_of: TextOf) -> None:
    topper = Line(text="Topper", unit_price=Decimal(80), option=LineOption.OPTIONAL)
    other = Line(text="Andere Matratze", unit_price=Decimal(200), option=LineOption.ALTERNATIVE)
    text = " ".join(text_of(of_kind(DocumentKind.QUOTE, lines=(*JOB.lines, topper, other))).split())
    assert "Wahlweise – nicht in der Summe" in text
    assert "(80,00)" in text
    assert "Alternative – nicht in der Summe" in text
    assert "Gesamtbetrag 305,56 €" in text


def test_an_order_to_sign_has_a_line_for_it_and_the_terms_on_a_page_of_their_own() -> None:
    order = of_kind(DocumentKind.ORDER_CONFIRMATION, sale=Sale(to_sign=True))
    letterhead = Letterhead().with_terms("de", "1. Lieferung\n\n" + "Wir liefern frei Haus. " * 400)
    plain = render(order, Letterhead(), Texts("de"))
    with_terms = render(order, letterhead, Texts("de"))
    assert (plain.pages, with_terms.pages >= 3) == (1, True)
    unsigned = render(replace(order, sale=Sale()), letterhead, Texts("de"))
    assert unsigned.pages == 1


def test_an_order_paid_in_advance_says_how_to_pay(text_of: TextOf) -> None:
    order = of_kind(DocumentKind.ORDER_CONFIRMATION, number="AB-2026-0001")
    assert "GiroCode" not in text_of(order)
    text = text_of(replace(order, prepay=True))
    assert "GiroCode" in text
    assert "AB-2026-0001" in text


def test_labour_share_and_two_years_are_told_on_bills_for_private_customers(text_of: TextOf) -> None:
    text = " ".join(text_of(of_kind(DocumentKind.INVOICE, sale=Sale(building_work=True))).split())
    assert (
        "Darin enthaltene Arbeits-, Maschinen- und Fahrtkosten (§ 35a EStG): 59,50 €, davon 9,50 € USt."
        in text
    )
    assert "Bitte bewahren Sie diese Rechnung zwei Jahre lang auf" in text
    assert "§ 35a" not in text_of(JOB)


def test_made_to_order_is_said_before_the_contract(text_of: TextOf) -> None:
    for kind in (DocumentKind.QUOTE, DocumentKind.ORDER_CONFIRMATION, DocumentKind.INVOICE):
        assert "kein Widerrufsrecht" in " ".join(text_of(of_kind(kind, sale=Sale(custom_made=True))).split())
    assert "Widerrufsrecht" not in text_of(of_kind(DocumentKind.QUOTE))


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_kind_in_every_language_is_the_same_twice_and_fits(kind: DocumentKind, language: str) -> None:
    document = of_kind(kind, refers_to=(INVOICE,))
    if kind == DocumentKind.FINAL_INVOICE:
        document = replace(document, deposits=(deducted(DEPOSIT),))
    if kind == DocumentKind.PAYMENT_REMINDER:
        document = replace(document, reminder=Reminder(1, (OpenBill(INVOICE, DAY, Money(1), Money(1)),)))
    first = render(document, Letterhead(), Texts(language))
    assert first.pdf == render(document, Letterhead(), Texts(language)).pdf
    assert (first.pages, first.warnings) == (1, ())


def test_a_deposit_is_a_part_bill_once_something_was_supplied(text_of: TextOf) -> None:
    assert "Abschlagsrechnung" in text_of(of_kind(DocumentKind.DEPOSIT_INVOICE))
    advance = of_kind(DocumentKind.DEPOSIT_INVOICE, delivery_date=None)
    assert "Anzahlungsrechnung" in text_of(advance)
