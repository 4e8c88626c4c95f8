from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.typing import find_size

FOUND = [
    ("80x190", "dimensions", "80 × 190 cm", "80 190"),
    ("80x190x12", "dimensions", "80 × 190 × 12 cm", "80 190 12"),
    ("80×190×12", "dimensions", "80 × 190 × 12 cm", "80 190 12"),
    ("80 x 190 cm", "dimensions", "80 × 190 cm", "80 190"),
    ("80 X 190", "dimensions", "80 × 190 cm", "80 190"),
    ("80*190", "dimensions", "80 × 190 cm", "80 190"),
    ("80cm x 190cm", "dimensions", "80 × 190 cm", "80 190"),
    ("160x200cm", "dimensions", "160 × 200 cm", "160 200"),
    ("80 mal 190", "dimensions", "80 × 190 cm", "80 190"),
    ("80 by 190", "dimensions", "80 × 190 cm", "80 190"),
    ("80 auf 190", "dimensions", "80 × 190 cm", "80 190"),
    ("80x190er", "dimensions", "80 × 190 cm", "80 190"),
    ("800 x 1900 mm", "dimensions", "80 × 190 cm", "80 190"),
    ("800x1900x125mm", "dimensions", "80 × 190 × 12,5 cm", "80 190 12.5"),
    ("0,8 x 1,9 m", "dimensions", "80 × 190 cm", "80 190"),
    ("1,40 x 2,00", "dimensions", "140 × 200 cm", "140 200"),
    ("80.5x190", "dimensions", "80,5 × 190 cm", "80.5 190"),
    ("80,5x190", "dimensions", "80,5 × 190 cm", "80.5 190"),
    ("90/200", "dimensions", "90 × 200 cm", "90 200"),
    ("140/200er", "dimensions", "140 × 200 cm", "140 200"),
    ("80\u00a0×\u00a0190\u00a0cm", "dimensions", "80 × 190 cm", "80 190"),
    ("235/60 R16 100H", "tyre", "235/60 R16 100H", "235 60 16"),
    ("235/60R16 100h", "tyre", "235/60 R16 100H", "235 60 16"),
    ("235/60r16 100 h", "tyre", "235/60 R16 100H", "235 60 16"),
    ("235/60 R16 (100H)", "tyre", "235/60 R16 100H", "235 60 16"),
    ("205/55 r16", "tyre", "205/55 R16", "205 55 16"),
    ("205/55 16", "tyre", "205/55 R16", "205 55 16"),
    ("195/65 15 91T", "tyre", "195/65 R15 91T", "195 65 15"),
    ("205 55 R16", "tyre", "205/55 R16", "205 55 16"),
    ("225/40ZR18 92Y", "tyre", "225/40 ZR18 92Y", "225 40 18"),
    ("215/65 R16C 109/107T", "tyre", "215/65 R16C 109/107T", "215 65 16"),
    ("28x1.75", "tyre", "28 × 1,75″", "28 1.75"),
    ("26 x 2,10 Zoll", "tyre", "26 × 2,1″", "26 2.10"),
]
NOT_FOUND = [
    "", "4 Stück", "80x", "x190", "4 x 12", "4x100", "3*24,99", "0x190", "089/123456", "030/180", "0551/200",
    "24.12.2026", "RM80x190",
    "1/2", "205 55 16", "12,50", "H3", "100%", "2026/200000", "5 x", "+49 551 123456",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "spelled", "numbers"), FOUND)
def test_a_size_gets_its_one_spelling(text: str, kind: str, spelled: str, numbers: str) -> None:
    found = find_size(text)
    assert found is not None
    assert (found.kind, found.text) == (kind, spelled)
    assert found.numbers == tuple(Decimal(number) for number in numbers.split())
    assert found.span == (0, len(text))


@pytest.mark.parametrize(("text", "kind", "spelled", "numbers"), FOUND)
def test_a_size_is_found_inside_a_sentence(text: str, kind: str, spelled: str, numbers: str) -> None:
    sentence = f"ca. {text}, bitte"
    found = find_size(sentence)
    assert found is not None
    assert found.text == spelled
    assert sentence[slice(*found.span)] == text


@pytest.mark.parametrize("text", NOT_FOUND)
def test_other_numbers_are_no_sizes(text: str) -> None:
    assert find_size(text) is None


@pytest.mark.parametrize("text", ["2x90x200", "2 x 90x200", "2 x 90 x 200", "2 mal 90x200", "4*90x200"])
def test_a_count_before_a_size_is_not_a_side_of_it(text: str) -> None:
    found = find_size(text)
    assert found is not None
    assert found.text == "90 × 200 cm"
    assert text[slice(*found.span)].startswith("90")


def test_a_count_behind_a_size_is_not_its_height() -> None:
    counted, high = find_size("80x190 x 2"), find_size("80x190x2")
    assert counted is not None
    assert high is not None
    assert (counted.text, high.text) == ("80 × 190 cm", "80 × 190 × 2 cm")


def test_the_first_of_two_sizes_is_found() -> None:
    found = find_size("Lattenrost 90x200 und 140x200")
    assert found is not None
    assert found.text == "90 × 200 cm"


@given(st.integers(10, 999), st.integers(10, 999))
def test_a_found_size_is_found_again_in_its_own_spelling(width: int, length: int) -> None:
    found = find_size(f"{width}x{length}")
    assert found is not None
    again = find_size(found.text)
    assert again is not None
    assert (again.text, again.numbers) == (found.text, found.numbers)


@given(st.text(alphabet="0123456789 x×*/rR.,cm mZHh", max_size=60) | st.text(max_size=60))
def test_any_text_has_a_size_or_none(text: str) -> None:
    found = find_size(text)
    if found:
        assert 0 <= found.span[0] < found.span[1] <= len(text)
        assert all(number > 0 for number in found.numbers)


@pytest.mark.parametrize(
    "text", ["8" * 10_000, "80x" * 4000, "205/55 " * 1500, "1 x " * 2500, "80 mal " * 1500]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    find_size(text)
    assert time.process_time() - began < 0.1
