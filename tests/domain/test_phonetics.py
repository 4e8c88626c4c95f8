"""Kölner Phonetik: the codes of its author's rules, and names that sound alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.phonetics import cologne


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Müller-Lüdenscheidt", "65752682"),
        ("Wikipedia", "3412"),
        ("Breschnew", "17863"),
        ("Schneider", "8627"),
        ("Fischer", "387"),
        ("Philipp", "351"),
        ("Max", "648"),
        ("Hexe", "048"),
        ("Claus", "458"),
        ("Cäcilie", "485"),
        ("Ecke", "04"),
        ("Schmidt", "862"),
        ("Luxemburg", "5486174"),
        ("", ""),
        ("Hh", ""),
        ("4711", ""),
    ],
)
def test_the_code_of_a_word(word: str, code: str) -> None:
    assert cologne(word) == code


@pytest.mark.parametrize(
    "names",
    [
        "Meier Meyer Maier Mayer Mair Meir",
        "Müller Mueller Muller Möller",
        "Schmidt Schmitt Schmid Schmied",
        "Philipp Filip Phillip",
        "Claus Klaus",
        "Weiß Weiss Weis",
        "Иванова Ivanova Iwanowa",
    ],
)
def test_names_that_sound_alike_have_one_code(names: str) -> None:
    assert len({cologne(name).removesuffix("2") for name in names.split()}) == 1


@given(st.text())
def test_any_text_gives_digits_and_no_nought_behind_the_first(text: str) -> None:
    code = cologne(text)
    assert set(code) <= set("012345678")
    assert "0" not in code[1:]
