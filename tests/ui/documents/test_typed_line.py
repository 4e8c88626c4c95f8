"""What is typed into a name cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.articles import Article
from shopdesk.domain.documents import LineKind, Prices
from shopdesk.domain.errors import ShopError
from shopdesk.ui.documents import typed_line
from shopdesk.ui.documents.history import History


@pytest.mark.parametrize(
    ("typed", "quantity", "unit", "words", "size", "price"),
    [
        ("4 latt 90x200", "4", "", "latt", "90 × 200 cm", None),
        ("4x latt 90x200", "4", "C62", "latt", "90 × 200 cm", None),
        ("latt 90x200", None, "", "latt", "90 × 200 cm", None),
        ("90x200 latt", None, "", "latt", "90 × 200 cm", None),
        ("zwei Rollmatratzen", "2", "", "Rollmatratzen", None, None),
        ("2,5 m Stoff", "2.5", "MTR", "Stoff", None, None),
        ("235/60R16 100h", None, "", "235/60R16 100h", "235/60 R16 100H", None),
        ("4 235/60R16 100h", "4", "", "235/60R16 100h", "235/60 R16 100H", None),
        ("Topper 90x200 à 89,-", None, "", "Topper", "90 × 200 cm", "89"),
        ("3 Std Montage 45 €", "3", "HUR", "Montage", None, "45"),
        ("Bett 1.299,00", None, "", "Bett", None, "1299"),
        ("Regal 3", None, "", "Regal 3", None, None),
        ("latt 90x200 4 Stk", "4", "C62", "latt", "90 × 200 cm", None),
        ("1.000 Schrauben", "1000", "", "Schrauben", None, None),
        ("0,125 kg Daunen", "0.125", "KGM", "Daunen", None, None),
    ],
)
def test_quantity_size_and_price_may_be_typed_inside_the_name(
    typed: str, quantity: str | None, unit: str, words: str, size: str | None, price: str | None
) -> None:
    read = typed_line.read(typed)
    assert read.quantity == (None if quantity is None else Decimal(quantity))
    assert (read.unit, read.words) == (unit, words)
    assert (read.size.text if read.size else None) == size
    assert read.price == (None if price is None else Decimal(price))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Porto 42,99", LineKind.POSTAGE),
        ("Verpackung", LineKind.PACKAGING),
        ("Rabatt Stammkunde 10,00", LineKind.DISCOUNT),
        ("Zwischensumme", LineKind.SUBTOTAL),
        ("Hinweis: Lieferung ab Mai", LineKind.NOTE),
        ("Portokasse aus Blech", LineKind.GOODS),
    ],
)
def test_the_kind_of_a_line_can_be_typed(typed: str, kind: LineKind) -> None:
    assert typed_line.read(typed).kind == kind


def test_a_custom_size_computes_price_and_weight() -> None:
    article = Article(
        "LR", "Lattenrost 90x200", unit_price=Decimal(100), weight_grams=9000, width_mm=900, length_mm=2000
    )
    line = typed_line.article_line(article, typed_line.read("2 latt 45x200"), Prices.GROSS, Decimal(19))
    assert (line.text, line.quantity) == ("Lattenrost 45 × 200 cm", Decimal(2))
    assert (line.unit_price, line.weight_grams) == (Decimal("50.00"), 4500)
    assert line.article_code == ""


def test_the_articles_own_size_is_not_said_twice() -> None:
    article = Article("LR", "Lattenrost 90x200", unit_price=Decimal(100), width_mm=900, length_mm=2000)
    line = typed_line.article_line(article, typed_line.read("latt 90x200"), Prices.GROSS, Decimal(19))
    assert (line.text, line.article_code) == ("Lattenrost 90x200", "LR")


@pytest.mark.parametrize(
    ("typed", "quantity", "unit"),
    [("4", "4", "C62"), ("2,5 m", "2.5", "MTR"), ("1,5 Std.", "1.5", "HUR"), ("3*4", "12", "C62")],
)
def test_the_unit_stands_in_the_quantity(typed: str, quantity: str, unit: str) -> None:
    assert typed_line.read_quantity(typed) == (Decimal(quantity), unit)


@pytest.mark.parametrize("typed", ["abc", "1,2,3", "12..3", "4006381333931"])
def test_what_is_no_quantity_is_refused(typed: str) -> None:
    with pytest.raises(ShopError):
        typed_line.read_quantity(typed)


def test_undo_goes_back_value_by_value_and_typing_counts_as_one_step() -> None:
    history = History("")
    for text in ("a", "ab", "abc"):
        history.push(text, "name")
    history.push("abc!", "other")
    assert [history.undo(), history.undo()] == ["abc", ""]
    assert not history.can_undo
    assert history.redo() == "abc"


def test_a_long_text_is_kept_whole() -> None:
    words = "Sonderanfertigung " * 60
    assert typed_line.read(words).text == words.strip()
    assert typed_line.read(f"2 {words}").text == words.strip()


@given(st.text(max_size=80))
def test_anything_can_be_typed_and_no_word_of_it_is_lost(typed: str) -> None:
    read = typed_line.read(typed)
    assert read.quantity is None or read.quantity > 0
    if read.quantity is None and read.price is None and read.kind == LineKind.GOODS:
        assert read.text.split() == typed.split()
