from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.number_ranges import BadNumberPattern, NumberRange, checked
from shopdesk.domain.vat_ids import iban_is_valid
from shopdesk.i18n import Texts

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("person", "language", "greeting"),
    [
        (PersonName(Salutation.MRS, "", "Maria", "Petrova"), "de", "Guten Tag, Frau Petrova,"),
        (PersonName(Salutation.MR, "Dr.", "Jan", "Weiß"), "de", "Guten Tag, Herr Dr. Weiß,"),
        (PersonName(Salutation.FAMILY, "", "", "Schulz"), "de", "Guten Tag, Familie Schulz,"),
        (PersonName(Salutation.NONE, "", "Kim", "Roth"), "de", "Guten Tag, Kim Roth,"),
        (PersonName(), "de", "Guten Tag,"),
        (PersonName(Salutation.NONE, "", "", "Weber"), "de", "Guten Tag,"),
        (PersonName(Salutation.MRS, "", "Maria", "Petrova"), "en", "Dear Mrs Petrova,"),
        (PersonName(Salutation.MRS, "", "Maria", ""), "en", "Good day Maria,"),
    ],
)
def test_people_are_greeted_by_gender_and_title_or_neutrally(
    person: PersonName, language: str, greeting: str
) -> None:
    assert Texts(language).say(person.greeting()) == greeting


@pytest.mark.parametrize(
    ("pattern", "number", "text"),
    [
        ("R-{year}-{number:0000}", 7, "R-2026-0007"),
        ("{yy}{month}-{number}", 12, "2611-12"),
        ("{number:000}", 12345, "12345"),
        ("RE{number:00000}/{year}", 1, "RE00001/2026"),
    ],
)
def test_number_patterns(pattern: str, number: int, text: str) -> None:
    assert NumberRange("invoice", pattern).format(number, DAY) == text


@pytest.mark.parametrize(
    "pattern", ["R-{year}", "R-{number}{foo}", "{number", "R-{number:0000}", "R}{number}{year}"]
)
def test_patterns_that_would_give_doubles_or_nonsense_are_refused(pattern: str) -> None:
    with pytest.raises(BadNumberPattern):
        checked(NumberRange("invoice", pattern))


@pytest.mark.parametrize(
    ("iban", "valid"),
    [
        ("DE02120300000000202051", True),
        ("DE02 1203 0000 0000 2020 51", True),
        ("DE03120300000000202051", False),
        ("", False),
    ],
)
def test_iban(iban: str, valid: bool) -> None:
    assert iban_is_valid(iban) is valid
