from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.phones import (
    NotAPhoneNumber,
    PhoneNumber,
    looks_like_phone,
    parse_phone,
    parse_phones,
    same_trunk,
    search_digits,
    typed_digits,
)

ONE = [
    ("0821/123456 (privat)", "+49821123456", "home"),
    ("+49 (0) 821 123456", "+49821123456", ""),
    ("+49 (0)821 / 12 34 56", "+49821123456", ""),
    ("0049 821 123456", "+49821123456", ""),
    ("00 49 821 123456", "+49821123456", ""),
    ("++49 821 123456", "+49821123456", ""),
    ("(+49) 821 123456", "+49821123456", ""),
    ("49 821 1234567", "+498211234567", ""),
    ("0821 123456", "+49821123456", ""),
    ("0821-123456", "+49821123456", ""),
    ("0821–123456", "+49821123456", ""),
    ("0821.123456", "+49821123456", ""),
    ("(0821) 12 34 56", "+49821123456", ""),
    ("0821 - 12 34 56", "+49821123456", ""),
    ("0821\u00a0123456", "+49821123456", ""),
    ("☎ 0821 123456", "+49821123456", ""),
    ("tel:+49821123456", "+49821123456", ""),
    ("Tel.: 0821 123456", "+49821123456", ""),
    ("privat: 0821 123456", "+49821123456", "home"),
    ("0821 123456, privat", "+49821123456", "home"),
    ("0821 123456 (Büro)", "+49821123456", "work"),
    ("Fax 0821 123456", "+49821123456", "fax"),
    ("Handy 0171/1234567", "+491711234567", "mobile"),
    ("0171-123 4567", "+491711234567", "mobile"),
    ("+49 171 1234567", "+491711234567", "mobile"),
    ("123456", "+49551123456", ""),
    ("12 34 56", "+49551123456", ""),
    ("123456 (privat)", "+49551123456", "home"),
    ("+359 88 712 3456", "+359887123456", "mobile"),
    ("00359887123456", "+359887123456", "mobile"),
    ("359887123456", "+359887123456", "mobile"),
    ("+43 1 5880012", "+4315880012", ""),
    ("+41 44 668 18 00", "+41446681800", ""),
]


@pytest.mark.parametrize(("text", "e164", "label"), ONE)
def test_a_number_in_any_spelling_is_one_number(text: str, e164: str, label: str) -> None:
    number = parse_phone(text, "DE", "0551")
    assert (number.e164, number.label) == (e164, label)


def test_a_bulgarian_number_is_read_at_home_and_abroad() -> None:
    at_home = parse_phone("0887 123 456", "BG")
    assert at_home == parse_phone("+359 887 123456", "DE")
    assert (at_home.international, at_home.national, at_home.region) == (
        "+359 88 712 3456",
        "088 712 3456",
        "BG",
    )


SEVERAL = [
    ("0551/123456 (privat), Handy 0171 1234567", ["+49551123456", "+491711234567"]),
    ("0551 123456 oder 0171/1234567", ["+49551123456", "+491711234567"]),
    ("0551/123456 / 0171 1234567", ["+49551123456", "+491711234567"]),
    ("0551 123456 0171 1234567", ["+49551123456", "+491711234567"]),
    ("0551 123456; +359 88 712 3456", ["+49551123456", "+359887123456"]),
    ("0551 123456\n0171 1234567", ["+49551123456", "+491711234567"]),
    ("Tel. 0551/123456 Fax 0551/123457", ["+49551123456", "+49551123457"]),
    ("0551/123456 u. 123457", ["+49551123456", "+49551123457"]),
    ("0551/1234-56, -57", ["+49551123456", "+49551123457"]),
    ("0551 123456, 0551/123456", ["+49551123456"]),
]


@pytest.mark.parametrize(("text", "numbers"), SEVERAL)
def test_two_numbers_in_one_field_are_two_numbers(text: str, numbers: list[str]) -> None:
    assert [number.e164 for number in parse_phones(text, "DE", "0551")] == numbers


def test_each_number_keeps_its_own_label() -> None:
    numbers = parse_phones("0551/123456 (privat), Handy 0171 1234567, Fax: 0551 123457", "DE")
    assert [number.label for number in numbers] == ["home", "mobile", "fax"]


EXTENSIONS = [
    ("05531 9219-0", "+49553192190", "+4955319219"),
    ("05531/9219-12", "+495531921912", "+4955319219"),
    ("+49 5531 9219-12", "+495531921912", "+4955319219"),
    ("+49 (0) 5531 9219 - 12", "+495531921912", "+4955319219"),
    ("9219-12", "+49551921912", "+495519219"),
    ("05531 9219-0 DW 12", "+495531921912", "+4955319219"),
    ("05531 9219 Durchwahl 12", "+495531921912", "+4955319219"),
    ("tel:+49-5531-9219;ext=12", "+495531921912", "+4955319219"),
    ("05531 9219", "+4955319219", None),
    ("0821-1234", "+498211234", None),
    ("+49-821-1234", "+498211234", None),
    ("0171-123-4567", "+491711234567", None),
    ("+41 44 668 18-00", "+41446681800", None),
]


@pytest.mark.parametrize(("text", "e164", "trunk"), EXTENSIONS)
def test_an_extension_knows_its_trunk(text: str, e164: str, trunk: str | None) -> None:
    number = parse_phone(text, "DE", "0551")
    assert (number.e164, number.extension_of) == (e164, trunk)


def test_extensions_of_one_trunk_belong_together() -> None:
    trunk, desk, twelve = (
        parse_phone(text, "DE") for text in ("05531 9219", "05531 9219-0", "05531 9219-12")
    )
    for one in (trunk, desk, twelve):
        for other in (trunk, desk, twelve):
            assert same_trunk(one, other)
    assert same_trunk(desk, twelve.e164)
    assert same_trunk(trunk.e164, twelve.e164)


@pytest.mark.parametrize("other", ["05531 9220", "05531 922012", "0551 9219-0", "05531 921"])
def test_other_numbers_do_not_match_a_trunk(other: str) -> None:
    assert not same_trunk(parse_phone("05531 9219-0", "DE"), parse_phone(other, "DE"))


REFUSED = [
    "",
    " ",
    "abc",
    "12",
    "+",
    "+49",
    "99999999999999999",
    "0800 FLOWERS",
    "privat",
    "0",
    "(privat)",
    "heute",
    "+999 123456",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_dialled_is_refused_in_words(text: str) -> None:
    with pytest.raises(NotAPhoneNumber) as refused:
        parse_phone(text, "DE", "0551")
    assert "{text}" in refused.value.message.id


PHONES = [
    "+359 88",
    "0887 123456",
    "0551/12",
    "(0551) 123",
    "123456",
    "0551 123456 (privat)",
    "Tel. 0551/12345",
    "tel:+4955112345",
    "+49551123456",
]
NO_PHONES = [
    "", "+359", "4711", "412", "10234", "2026-0412", "RE-2026-0412", "24.12.2026", "24.12.", "2026-12-24",
    "1.234,50", "1.234.567",
    "0.125", "DE136695976", "DE02120300000000202051", "00340434161094042557", "K123456", "Müller 123456",
    "Ivanova", "1Z999AA10123456784",
]  # fmt: skip


@pytest.mark.parametrize("text", PHONES)
def test_the_one_box_knows_a_phone_number(text: str) -> None:
    assert looks_like_phone(text)


@pytest.mark.parametrize("text", NO_PHONES)
def test_the_one_box_takes_nothing_else_for_a_phone_number(text: str) -> None:
    assert not looks_like_phone(text)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+49821", "821"),
        ("+49 (0) 821", "821"),
        ("0049 (0) 821/12", "82112"),
        ("0821/12", "82112"),
        ("+35988", "88"),
        ("4711", "4711"),
        ("+", ""),
    ],
)
def test_a_number_still_being_typed_is_comparable_with_the_index(typed: str, digits: str) -> None:
    assert typed_digits(typed) == digits


@pytest.mark.parametrize(
    ("e164", "digits"),
    [("+49821123456", "821123456"), ("+359887123456", "887123456"), ("+390612345678", "612345678")],
)
def test_the_index_keeps_the_national_number(e164: str, digits: str) -> None:
    assert search_digits(e164) == digits


@given(
    st.integers(100_000, 9_999_999),
    st.sampled_from(["0551 {}", "0551/{}", "+49 551 {}", "0049551{}", "+49 (0)551 {}", "(0551) {}", "{}"]),
)
def test_every_spelling_of_a_local_number_is_the_same_number(number: int, spelled: str) -> None:
    text = spelled.format(number)
    assert parse_phone(text, "DE", "0551").e164 == f"+49551{number}"
    assert search_digits(f"+49551{number}").startswith(typed_digits(text)) or spelled == "{}"


@given(st.text(alphabet="0123456789+()/- .,;-xDWtelprivat", max_size=60) | st.text(max_size=60))
def test_any_text_is_a_number_or_refused_in_words(text: str) -> None:
    looks_like_phone(text)
    typed_digits(text)
    try:
        numbers = parse_phones(text, "DE", "0551")
    except NotAPhoneNumber:
        return
    for number in numbers:
        assert number.e164.startswith("+")
        again = parse_phone(number.international, "DE")
        assert (again.e164, again.region) == (number.e164, number.region)


@pytest.mark.parametrize(
    "text",
    ["1" * 10_000, "(" * 10_000, "0551 " * 2000, "-0" * 5000, "0 " * 95, "x1" * 99, "(0" * 99, "oder " * 39],
)
def test_no_text_takes_long(text: str) -> None:
    parse_phone("0551 123456", "DE")
    began = time.process_time()
    looks_like_phone(text)
    typed_digits(text)
    with pytest.raises(NotAPhoneNumber):
        parse_phones(text, "DE")
    assert time.process_time() - began < 0.1


def test_the_library_is_loaded_with_the_first_number() -> None:
    code = "import sys, shopdesk.domain.phones; sys.exit('phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_number_is_a_value() -> None:
    assert parse_phone("0551 123456", "DE") == PhoneNumber(
        "+49551123456", "+49 551 123456", "0551 123456", "DE"
    )
