from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.typing import CatalogueName, Wish, find_article, find_size, parse_wish, parse_wishes

COUNTRIES = {
    "bulgarien": "BG", "bulgaria": "BG", "deutschland": "DE", "germany": "DE", "österreich": "AT",
    "schweiz": "CH", "polen": "PL",
    "niederlande": "NL", "vereinigtes königreich": "GB", "usa": "US", "frankreich": "FR", "jersey": "JE",
    "tschechien": "CZ",
}  # fmt: skip
CATALOGUE = [
    CatalogueName("RM", "Rollmatratze"),
    CatalogueName("KS", "Kaltschaummatratze"),
    CatalogueName("LR", "Lattenrost"),
    CatalogueName("TO", "Topper"),
    CatalogueName("WR", "Winterreifen"),
    CatalogueName("P1", "Porto"),
    CatalogueName("V1", "Verpackung"),
    CatalogueName("P2", "Versandkosten DHL Paket"),
]


def facts(wish: Wish) -> tuple[str, str | None, str, str, str | None]:
    size = wish.size.text if wish.size else ""
    return str(wish.quantity or ""), wish.article_code, wish.article_text, size, wish.country


ONE = [
    ("zwei Rollmatratzen 80x190 nach Bulgarien", "2|RM|Rollmatratzen|80 × 190 cm|BG"),
    ("2 Rollmatratzen 80x190 nach Bulgarien", "2|RM|Rollmatratzen|80 × 190 cm|BG"),
    ("braucht vier Winterreifen 235/60 R16 100H", "4|WR|Winterreifen|235/60 R16 100H|"),
    ("1 Lattenrost 90x200", "1|LR|Lattenrost|90 × 200 cm|"),
    ("2x Rollmatratze 80x190", "2|RM|Rollmatratze|80 × 190 cm|"),
    ("2 x 90x200 Lattenrost", "2|LR|Lattenrost|90 × 200 cm|"),
    ("Rollmatratze 80x190 2 Stück", "2|RM|Rollmatratze|80 × 190 cm|"),
    ("Rollmatratze, 80x190, 2 Stk.", "2|RM|Rollmatratze|80 × 190 cm|"),
    ("80x190 Rollmatratze 2x", "2|RM|Rollmatratze|80 × 190 cm|"),
    ("einen Topper", "1|TO|Topper||"),
    ("Topper", "|TO|Topper||"),
    ("Lattenroste 90/200", "|LR|Lattenroste|90 × 200 cm|"),
    ("Rolmatratzen 80x190", "|RM|Rolmatratzen|80 × 190 cm|"),
    ("2 rollmatratzen", "2|RM|rollmatratzen||"),
    ("LR 2 Stück", "2|LR|LR||"),
    ("Topper nach BG", "|TO|Topper||BG"),
    ("2 Topper Bulgarien", "2|TO|Topper||BG"),
    ("2 Topper in die Schweiz", "2|TO|Topper||CH"),
    ("2 Topper in den Niederlanden", "2|TO|Topper||NL"),
    ("2 Topper nach Vereinigtes Königreich", "2|TO|Topper||GB"),
    ("2 Topper nach Österreich", "2|TO|Topper||AT"),
    ("two Rollmatratzen 80x190 to Bulgaria", "2|RM|Rollmatratzen|80 × 190 cm|BG"),
    ("please send 3 Topper to Germany", "3|TO|Topper||DE"),
    ("in 3 Wochen 2 Lattenroste", "2|LR|Lattenroste||"),
    (
        "Frau Ivanova möchte 2 Rollmatratzen 80x190 nach Bulgarien, Rückruf morgen",
        "2|RM|Rollmatratzen|80 × 190 cm|BG",
    ),
    ("Angebot über 2 Rollmatratzen", "2|RM|Rollmatratzen||"),
    ("Porto nach Bulgarien für 2 Topper", "2|TO|Topper||BG"),
    ("80x190", "||" + "|80 × 190 cm|"),
    ("Matratze 80x190", "||Matratze|80 × 190 cm|"),
    ("", "||||"),
]


def as_facts(row: str) -> tuple[str, str | None, str, str, str | None]:
    quantity, code, text, size, country = row.split("|")
    return quantity, code or None, text, size, country or None


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_a_wish_becomes_its_facts(text: str, expected: str) -> None:
    assert facts(parse_wish(text, CATALOGUE, COUNTRIES)) == as_facts(expected)


WITHOUT_MASTER_DATA = [
    ("2 Rollmatratzen 80x190", "2||Rollmatratzen|80 × 190 cm|"),
    ("Rollmatratze 80x190", "||Rollmatratze|80 × 190 cm|"),
    ("2 Rollmatratzen 80x190 nach Bulgarien", "2||Rollmatratzen|80 × 190 cm|BG"),
    ("zwei Bretter Nut und Feder 20x200", "2||Bretter Nut und Feder|20 × 200 cm|"),
    ("4 Reifen 235/60 R16 100H M+S Continental", "4||Reifen M+S Continental|235/60 R16 100H|"),
    ("two roll mattresses 80x190 to Bulgaria", "2||roll mattresses|80 × 190 cm|BG"),
    ("a roll mattress 80x190", "1||roll mattress|80 × 190 cm|"),
    ("7-Zonen-Lattenrost 90x200", "||7-Zonen-Lattenrost|90 × 200 cm|"),
    ("Matratze H3 90 x 200 cm 2 Stück", "2||Matratze H3|90 × 200 cm|"),
    ("Spannbettlaken Jersey", "||Spannbettlaken Jersey||"),
    ("2 Spannbettlaken in Jersey 90x200", "2||Spannbettlaken in Jersey|90 × 200 cm|"),
    ("10 Versandkartons", "10||Versandkartons||"),
    ("2 Rollmatratzen nach Plovdiv, Bulgarien", "2||Rollmatratzen||BG"),
    ("Schlüssel nach Muster", "||Schlüssel nach Muster||"),
    ("2 Betten nach Maß, nach Bulgarien", "2||Betten nach Maß||BG"),
    ("2 Rollmatratzen nach Gabrovo", "2||Rollmatratzen||"),
    ("2 Rollmatratzen nach Gabrovo in Bulgarien", "2||Rollmatratzen||BG"),
    ("2 Betten nach Großbritannien", "2||Betten||GB"),
    ("2 Räder nach Holland", "2||Räder||NL"),
    ("2 matratzen 80x190 bulgarien", "2||matratzen|80 × 190 cm|BG"),
    ("Porzellan China", "||Porzellan China||"),
    ("Matratze für Jordan", "||Matratze für Jordan||"),
    ("2 Rollmatratzen (80x190) nach Bulgarien", "2||Rollmatratzen|80 × 190 cm|BG"),
    ("Rollmatratze 80x190 x 2", "2||Rollmatratze|80 × 190 cm|"),
    ("Bett mit 2 Lattenrosten", "||Bett mit 2 Lattenrosten||"),
    ("2 Mäntel 28x1.75", "2||Mäntel|28 × 1,75″|"),
    ("bittet um zwei Betten 90x200", "2||Betten|90 × 200 cm|"),
    ("eİn Bett", "||eİn Bett||"),
    ("zehn Meter Stoff", "||zehn Meter Stoff||"),
    ("3 Flaschen Öl 5W30", "3||Flaschen Öl 5W30||"),
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_MASTER_DATA)
def test_unknown_goods_become_a_free_line_as_typed(text: str, expected: str) -> None:
    assert facts(parse_wish(text, [], COUNTRIES)) == as_facts(expected)


SEVERAL = [
    ("2 Rollmatratzen 80x190 und 1 Lattenrost 90x200 nach Bulgarien", ["2|RM|Rollmatratzen|80 × 190 cm|BG",
    "1|LR|Lattenrost|90 × 200 cm|BG"]),
    ("2 lattenroste und 3 topper", ["2|LR|lattenroste||", "3|TO|topper||"]),
    ("Rollmatratze und Lattenrost", ["|RM|Rollmatratze||", "|LR|Lattenrost||"]),
    ("2 Lattenroste, 1 Topper; 3 Rollmatratzen 80x190", ["2|LR|Lattenroste||", "1|TO|Topper||",
    "3|RM|Rollmatratzen|80 × 190 cm|"]),
    ("2 Lattenroste\n1 Topper\nnach Polen", ["2|LR|Lattenroste||PL", "1|TO|Topper||PL"]),
    ("Lattenrost 90x200 und 140x200", ["|LR|Lattenrost|90 × 200 cm|", "|LR|Lattenrost|140 × 200 cm|"]),
    ("2 Kissen 40x80, 3 Decken, 1 Bettlaken", ["2||Kissen|40 × 80 cm|", "3||Decken||", "1||Bettlaken||"]),
    ("two Topper and one Lattenrost to Bulgaria", ["2|TO|Topper||BG", "1|LR|Lattenrost||BG"]),
    ("2 Topper sowie 1 Lattenrost mit Porto und Verpackung", ["2|TO|Topper||", "1|LR|Lattenrost||"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_one_note_may_hold_several_wishes(text: str, expected: list[str]) -> None:
    assert [facts(wish) for wish in parse_wishes(text, CATALOGUE, COUNTRIES)] == [
        as_facts(row) for row in expected
    ]


SERVICES = [
    ("2 Topper", False, False),
    ("2 Topper mit Porto", True, False),
    ("2 Topper + Porto + Verpackung", True, True),
    ("2 Topper inkl. Versandkosten", True, False),
    ("2 Topper zzgl. Verpackung", False, True),
    ("2 Topper, P+V", True, True),
    ("2 Topper plus postage and packaging", True, True),
    ("Porto", True, False),
    ("2 Topper nach Bulgarien", True, True),
    ("2 Topper aus Bulgarien", False, False),
    ("2 Topper nach Bulgarien ohne Porto", False, True),
    ("2 Topper nach Bulgarien ohne Porto und Verpackung", False, False),
    ("2 Topper nach Bulgarien without packaging", True, False),
    ("2 Topper nach Bulgarien, holt sie selbst ab", False, False),
    ("2 Topper, Abholung, Bulgarien", False, False),
]


@pytest.mark.parametrize(("text", "postage", "packaging"), SERVICES)
def test_postage_and_packaging_are_wanted_when_said_or_sent_abroad(
    text: str, postage: bool, packaging: bool
) -> None:
    wish = parse_wish(text, CATALOGUE, COUNTRIES)
    assert (wish.postage_wanted, wish.packaging_wanted) == (postage, packaging)


@pytest.mark.parametrize(
    "text",
    [
        "Porto",
        "2 Porto",
        "Porto und Verpackung",
        "Versandkosten DHL",
        "Verpackung nach Bulgarien",
        "porto 12,50",
    ],
)
def test_postage_is_never_the_article(text: str) -> None:
    assert all(wish.article_code is None for wish in parse_wishes(text, CATALOGUE, COUNTRIES))
    assert find_article(text, CATALOGUE) is None


def test_remarks_stay_for_the_note() -> None:
    wish = parse_wish(
        "Frau Ivanova möchte 2 Rollmatratzen 80x190, fest, Rückruf morgen", CATALOGUE, COUNTRIES
    )
    assert wish.rest == "fest Rückruf morgen"


@pytest.mark.parametrize("text", ["ein Satz Winterreifen", "2 Satz Winterreifen", "ein Paar Topper"])
def test_sets_and_pairs_are_left_to_the_owner(text: str) -> None:
    assert parse_wish(text, CATALOGUE, COUNTRIES).quantity is None


SIZED = [
    CatalogueName("RM90", "Rollmatratze Komfort 90x200"),
    CatalogueName("RM140", "Rollmatratze Komfort 140x200"),
    CatalogueName("C1", "Winterreifen Continental 235/60 R16 100H"),
    CatalogueName("C2", "Winterreifen Continental 205/55 R16 91H"),
    CatalogueName("4711", "Bettwäsche weiß"),
]
CHOSEN = [
    ("2 Rollmatratzen 80x190", "RM90"),
    ("Rollmatratze 140x200", "RM140"),
    ("Rollmatratze 130x200", "RM140"),
    ("Rollmatratze", None),
    ("4x 235/60R16 100h", "C1"),
    ("4 Winterreifen 235/60 R16 100H", "C1"),
    ("4 Winterreifen 195/65 R15", None),
    ("2 bettwaesche", "4711"),
    ("2 Bettwäschen", "4711"),
    ("2x 4711", "4711"),
    ("Sofa", None),
]


@pytest.mark.parametrize(("text", "code"), CHOSEN)
def test_the_size_chooses_among_the_sizes_of_one_article(text: str, code: str | None) -> None:
    assert parse_wish(text, SIZED, COUNTRIES).article_code == code


def test_two_articles_that_fit_equally_well_are_left_to_the_owner() -> None:
    assert find_article("Matratze", CATALOGUE) is None


def test_a_bed_with_slats_is_no_slats() -> None:
    assert parse_wish("ein Bett 140x200 mit Lattenrost", CATALOGUE, COUNTRIES).article_code is None


def test_a_size_alone_is_no_article() -> None:
    assert find_article("", SIZED, find_size("90x200")) is None


pieces = st.sampled_from(
    "2 zwei Rollmatratzen Lattenrost 80x190 235/60R16 nach Bulgarien Porto und , ; ohne mit 2x "
    "Stück ein Satz in Jersey + \n . x 7 bitte".split(" ")
)


@given(st.lists(pieces, max_size=14).map(" ".join) | st.text(max_size=80))
def test_any_note_is_read_without_an_error(text: str) -> None:
    for wish in parse_wishes(text, CATALOGUE, COUNTRIES):
        assert wish.quantity is None or wish.quantity > 0
        assert "\x1f" not in wish.article_text + wish.rest


@given(
    st.integers(1, 999),
    st.sampled_from(["Rollmatratzen", "Schaukelstühle", "Tische"]),
    st.integers(50, 300),
    st.integers(50, 300),
)
def test_number_goods_and_size_come_through(count: int, goods: str, width: int, length: int) -> None:
    wish = parse_wish(f"{count} {goods} {width}x{length} nach Bulgarien", [], COUNTRIES)
    assert (wish.quantity, wish.article_text, wish.country) == (Decimal(count), goods, "BG")
    assert wish.size is not None
    assert wish.size.numbers == (Decimal(width), Decimal(length))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "und " * 2500,
        ",1 a" * 2500,
        "nach " * 2000,
        "80x190 " * 1500,
        "porto und " * 1000,
        "ein " * 2500,
        "A " * 5000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    parse_wishes("warm", CATALOGUE, COUNTRIES)
    began = time.process_time()
    parse_wishes(text, CATALOGUE, COUNTRIES)
    assert time.process_time() - began < 0.5


def test_ten_thousand_articles_are_searched_between_two_keys() -> None:
    catalogue = [
        CatalogueName(
            f"A{number}", f"Reifen Marke{number % 700} {155 + 10 * (number % 12)}/60 R{14 + number % 6}"
        )
        for number in range(10_000)
    ]
    parse_wish("4 Reifen", catalogue, COUNTRIES)
    began = time.process_time()
    parse_wish("4 Reifen 235/60 R16", catalogue, COUNTRIES)
    assert time.process_time() - began < 0.3
