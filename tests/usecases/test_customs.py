"""The customs note out of an issued document."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.articles import line_of
from shopdesk.domain.customers import Customer
from shopdesk.domain.customs import CustomsNoteIncomplete, NoCustoms
from shopdesk.domain.documents import Document, DocumentKind, Line, LineKind, Prices
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName
from shopdesk.domain.packed_sizes import roll_of
from shopdesk.domain.packed_texts import PackedText
from shopdesk.i18n import Texts
from shopdesk.usecases import articles, chains, customers, customs, documents, issuing, parcels
from shopdesk.usecases.shop import Shop


@pytest.fixture
def rolls(open_shop: Shop) -> Shop:
    article = articles.by_code(open_shop, "RM-90200")
    assert article is not None
    packed = replace(article, packed=roll_of(900, 300), hs_code="94042990", origin="DE")
    articles.save(open_shop, packed)
    return open_shop


def issued(shop: Shop, *lines: Line, country: str = "CH") -> Document:
    someone = Customer(
        person=PersonName(given_name="Anna", family_name="Egli"),
        address=Address(("Gerechtigkeitsgasse 12",), "3011", "Bern", country),
    )
    customer = customers.create(shop, someone)
    draft = documents.start(shop, DocumentKind.INVOICE, customer.id)
    stored = documents.save_draft(shop, replace(draft, lines=lines, delivery_date=shop.clock.today()))
    assert stored.id is not None
    return issuing.issue(shop, stored.id, send=False).document


def mattress(shop: Shop) -> Line:
    article = articles.by_code(shop, "RM-90200")
    assert article is not None
    return line_of(article, Decimal(2), Prices.GROSS, Decimal(19), (800, 1900))


POSTAGE = Line(LineKind.POSTAGE, "Versand", unit_price=Decimal("39.90"))


def test_an_export_has_contents_weights_values_tariff_and_origin(rolls: Shop) -> None:
    document = issued(rolls, mattress(rolls), POSTAGE)
    note = customs.note(rolls, document)
    (item,) = note.items
    assert (item.quantity, item.weight_grams, item.hs_code, item.origin) == (
        Decimal(2),
        15_200,
        "94042990",
        "DE",
    )
    assert item.value == Money(24520)  # without VAT: it leaves the Union
    assert note.postage == Money(3990)
    first, second = customs.notes(rolls, document)
    assert (first.gross_grams, first.parcel, first.parcels) == (8000, 1, 2)
    assert first.items[0].quantity == 1
    assert first.value + second.value == note.value
    assert first.postage + second.postage == note.postage
    assert note.document_number == document.number
    assert note.receiver == ("Anna Egli", "Gerechtigkeitsgasse 12", "3011 Bern")


def test_a_delivery_note_takes_the_values_of_its_invoice(rolls: Shop) -> None:
    invoice = issued(rolls, mattress(rolls), POSTAGE)
    note = chains.follow_up(rolls, invoice.id or 0, DocumentKind.DELIVERY_NOTE)
    assert customs.note(rolls, note).value == Money(24520)


def test_goods_inside_the_union_need_none(rolls: Shop) -> None:
    document = issued(rolls, mattress(rolls), country="AT")
    assert not customs.is_needed(document)
    with pytest.raises(NoCustoms) as refused:
        customs.as_pdf(rolls, document)
    assert "Österreich" in Texts("de").say(refused.value.message)


def test_what_is_missing_is_asked_in_words_and_can_be_answered(rolls: Shop) -> None:
    line = Line(text="Schaukelpferd 70x60x30 6,5 kg", unit_price=Decimal(149))
    document = issued(rolls, line)
    with pytest.raises(CustomsNoteIncomplete) as refused:
        customs.as_pdf(rolls, document)
    words = Texts("de").say(refused.value.message)
    assert "die Zolltarifnummer von „Schaukelpferd" in words
    assert "das Ursprungsland von „Schaukelpferd" in words
    assert [each.place for each in customs.unknown(rolls, document)] == [0]
    parcels.answer(rolls, line, PackedText(hs_code="950300", origin="CN"))
    assert not customs.unknown(rolls, document)
    assert customs.note(rolls, document).items[0].weight_grams == 6500
    assert customs.as_pdf(rolls, document).startswith(b"%PDF")


def test_the_sheet_says_it_in_english_and_french_and_german(
    rolls: Shop, tmp_path: Path, needs_program: Callable[[str], str]
) -> None:
    pdf = customs.as_pdf(rolls, issued(rolls, mattress(rolls), POSTAGE))
    assert customs.as_pdf(rolls, documents.load(rolls, 1)) == pdf
    file = tmp_path / "customs.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(
        [needs_program("pdftotext"), "-layout", str(file), "-"], check=True, capture_output=True, text=True
    ).stdout
    for words in (
        "CUSTOMS DECLARATION", "DÉCLARATION EN DOUANE", "Zollinhaltserklärung", "CN 23", "SWITZERLAND / SUISSE",
        "Sale of goods", "8.000 kg", "7.600 kg", "122.60 EUR", "19.95 EUR", "Parcel 2 of 2", "9404 29 90", "Anna Egli",
    ):  # fmt: skip
        assert words in text


def test_a_free_extra_is_told_customs_with_what_its_owner_says_it_is_worth(rolls: Shop) -> None:
    line = Line(text="Zugabe Duftkerze 10x10x10 300 g", quantity=Decimal(2), unit_price=Decimal(0))
    document = issued(rolls, mattress(rolls), line)
    parcels.answer(rolls, line, PackedText(hs_code="340600", origin="DE"))
    (asked,) = customs.unknown(rolls, document)
    assert (asked.place, asked.lacks_value) == (1, True)
    with pytest.raises(CustomsNoteIncomplete) as refused:
        customs.as_pdf(rolls, document)
    assert "den Wert von" in Texts("de").say(refused.value.message).replace("der Wert", "den Wert")
    undo = parcels.answer(rolls, line, PackedText(value=Money.of("3.50", "EUR")))
    assert customs.unknown(rolls, document) == ()
    assert customs.note(rolls, document).items[1].value == Money.of("7.00", "EUR")
    assert customs.as_pdf(rolls, document).startswith(b"%PDF")
    undo.run(rolls)
    assert customs.unknown(rolls, document) == (asked,)


def test_an_article_given_away_is_worth_its_price_before_customs(rolls: Shop) -> None:
    article = articles.by_code(rolls, "RM-90200")
    assert article is not None
    assert article.unit_price is not None
    articles.save(rolls, replace(article, vat_rate=Decimal(19), prices=Prices.GROSS))
    free = replace(line_of(article, Decimal(1), Prices.GROSS, Decimal(19)), unit_price=Decimal(0))
    document = issued(rolls, Line(text="Kissen 60x40x20 1 kg", unit_price=Decimal(50)), free)
    (_, item) = customs.note(rolls, document).items
    assert item.value == Money.of(article.unit_price / Decimal("1.19"), "EUR")
    told = parcels.answer(rolls, free, PackedText(value=Money.of("99", "EUR")))
    assert customs.note(rolls, document).items[1].value == Money.of("99", "EUR")
    told.run(rolls)
    assert customs.note(rolls, document).items[1].value == item.value
