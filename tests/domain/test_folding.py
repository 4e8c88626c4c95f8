from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.folding import compact, fold, fold_each, sort_key, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("Mueller", "muller"),
        ("MULLER", "muller"),
        ("Mu\u0308ller", "muller"),
        ("Größe", "grosse"),
        ("GROẞE", "grosse"),
        ("Groesse", "grosse"),
        ("Æblegård", "ablegard"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Søren", "soren"),
        ("François Œuvré", "francois ouvre"),
        ("İzmir", "izmir"),
        ("Иванова", "ivanova"),
        ("Десислава", "desislava"),
        ("Николай", "nikolay"),
        ("Щерев", "shterev"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("２３５", "235"),
        ("", ""),
    ],
)
def test_spellings_of_one_name_become_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(alphabet="aäeoöuüßnrsAÖÜéйщ"), st.integers(0, 20))
def test_a_beginning_stays_a_beginning(text: str, length: int) -> None:
    assert fold(text).startswith(fold(text[:length]))


def test_lists_put_umlauts_where_readers_look() -> None:
    names = ["Zander", "Ähre", "Bauer", "Adler", "Baumann", "Özdemir", "Otto", "Straßer", "Strassel"]
    assert sorted(names, key=sort_key) == [
        "Adler", "Ähre", "Bauer", "Baumann", "Otto", "Özdemir", "Strassel", "Straßer", "Zander",
    ]  # fmt: skip


def test_specifications_are_compared_without_what_stands_between() -> None:
    assert compact("235/60 R16 100H") == compact("235/60R16 100h") == "23560r16100h"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("R-2026-0412", ("r", "2026", "0412")),
        ("Dr. Petrova-Müller", ("dr", "petrova", "muller")),
        ("😀 _ %", ()),
        ("a\x00b", ("a", "b")),
    ],
)
def test_words_are_letters_and_digits(text: str, parts: tuple[str, ...]) -> None:
    assert words(text) == parts


@given(st.lists(st.text("aäeüßÄE ́οuυЙ1-\x1f_"), max_size=6))
def test_many_texts_are_folded_as_each_alone(texts: list[str]) -> None:
    assert fold_each(texts) == [fold(text) for text in texts]
