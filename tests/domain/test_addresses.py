"""Addresses in the order of their country, and postcodes that do not look like theirs."""

from __future__ import annotations

import pytest

from shopdesk.domain.addresses import EU, Address
from shopdesk.domain.postcodes import postcode_doubt

STREET = ("Hauptstr. 1",)


@pytest.mark.parametrize(
    ("address", "name", "lines"),
    [
        (Address(STREET, "37073", "Göttingen", "DE"), "Deutschland", ("Hauptstr. 1", "37073 Göttingen")),
        (
            Address(("ul. Hristo Botev 14",), "5300", "Gabrovo", "BG"),
            "Bulgarien",
            ("ul. Hristo Botev 14", "5300 GABROVO", "BULGARIEN"),
        ),
        (
            Address(("10 Downing Street",), "SW1A 2AA", "London", "GB"),
            "Vereinigtes Königreich",
            ("10 Downing Street", "LONDON", "SW1A 2AA", "VEREINIGTES KÖNIGREICH"),
        ),
        (
            Address(("1 Main Street",), "D02 AF30", "Dublin", "IE"),
            "Irland",
            ("1 Main Street", "DUBLIN", "D02 AF30", "IRLAND"),
        ),
        (
            Address(("Honvéd utca 13",), "1055", "Budapest", "HU"),
            "Ungarn",
            ("BUDAPEST", "Honvéd utca 13", "1055", "UNGARN"),
        ),
        (
            Address(("Brīvības iela 1",), "LV-1010", "Rīga", "LV"),
            "Lettland",
            ("Brīvības iela 1", "RĪGA, LV-1010", "LETTLAND"),
        ),
        (Address((), "", "Gabrovo", "BG"), "Bulgarien", ("GABROVO", "BULGARIEN")),
    ],
)
def test_a_letter_is_addressed_in_the_order_of_its_country(
    address: Address, name: str, lines: tuple[str, ...]
) -> None:
    assert address.letter_lines("DE", name) == lines


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("37073", "DE"), ("D-37073", "DE"), ("01067", "DE"), ("8001", "CH"), ("CH-8001", "CH"), ("1010", "AT"),
        ("sw1a 1aa", "GB"), ("M1 1AE", "GB"), ("1012JS", "NL"), ("1012 js", "NL"), ("110 00", "CZ"), ("11000", "CZ"),
        ("00-950", "PL"), ("LV-1050", "LV"), ("1050", "LV"), ("VLT 1117", "MT"), ("L-1136", "LU"), ("5300", "BG"),
        ("", "DE"), ("12345", "XX"), ("12345", ""),
    ],
)  # fmt: skip
def test_a_postcode_as_people_write_it_is_no_doubt(code: str, country: str) -> None:
    assert postcode_doubt(code, country) is None


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("3707", "DE"), ("00123", "DE"), ("370733", "DE"), ("5300", "DE"), ("37073", "AT"), ("37073", "CH"),
        ("12345", "GB"), ("1012", "NL"), ("00950", "PL"), ("3707O", "DE"),
    ],
)  # fmt: skip
def test_a_slip_in_a_postcode_is_told_with_an_example(code: str, country: str) -> None:
    doubt = postcode_doubt(code, country)
    assert doubt is not None
    assert doubt.values["example"]


def test_every_member_state_has_a_form() -> None:
    assert all(postcode_doubt("?", country) is not None for country in EU | {"CH", "GB"})
