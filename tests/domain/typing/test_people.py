from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.typing import parse_person

NAMES = [
    ("Desislava Ivanova", "none||Desislava|Ivanova"),
    ("Frau Dr. Petra Müller-Lüdenscheidt", "mrs|Dr.|Petra|Müller-Lüdenscheidt"),
    ("Familie Schulz", "family|||Schulz"),
    ("Fam. Schulz", "family|||Schulz"),
    ("Herrn Jens Lindner", "mr||Jens|Lindner"),
    ("Hr. Lindner", "mr|||Lindner"),
    ("Herr und Frau Weber", "family|||Weber"),
    ("Eheleute Anna und Peter Weber", "family||Anna und Peter|Weber"),
    ("Herr Prof. Dr. med. Hans von der Heide", "mr|Prof. Dr. med.|Hans|von der Heide"),
    ("Dr. Anna Becker", "none|Dr.|Anna|Becker"),
    ("Dipl.-Ing. Max Kern", "none|Dipl.-Ing.|Max|Kern"),
    ("Dr.-Ing. Max Kern", "none|Dr.-Ing.|Max|Kern"),
    ("Max Kern, M.Sc.", "none||Max|Kern"),
    ("Müller, Petra", "none||Petra|Müller"),
    ("Müller, Dr. Petra", "none|Dr.|Petra|Müller"),
    ("von der Heide, Hans", "none||Hans|von der Heide"),
    ("Frau von der Heide", "mrs|||von der Heide"),
    ("Ludwig van Beethoven", "none||Ludwig|van Beethoven"),
    ("Jan de Vries", "none||Jan|de Vries"),
    ("Anna Maria Huber", "none||Anna Maria|Huber"),
    ("Hans-Peter Groß", "none||Hans-Peter|Groß"),
    ("Sinéad O’Connor", "none||Sinéad|O’Connor"),
    ("J. R. Meier", "none||J. R.|Meier"),
    ("IVANOVA Desislava", "none||Desislava|IVANOVA"),
    ("Mr John Smith", "mr||John|Smith"),
    ("Mrs. Smith", "mrs|||Smith"),
    ("Madame Claire Dubois", "mrs||Claire|Dubois"),
    ("Г-жа Десислава Иванова", "mrs||Десислава|Иванова"),
    ("Ivanova", "none|||Ivanova"),
    ("M. Meier", "mr|||Meier"),
]
NO_NAMES = [
    "",
    "Marktstraße 9",
    "37073 Göttingen",
    "a@example.org",
    "und",
    "von",
    "der die das dann doch noch mal",
    "Tel:",
    "x",
    "hallo welt",
    "Dr.",
    "A" * 90,
]


@pytest.mark.parametrize(("line", "expected"), NAMES)
def test_a_name_is_taken_apart(line: str, expected: str) -> None:
    person = parse_person(line)
    assert person is not None
    assert f"{person.salutation}|{person.title}|{person.given_name}|{person.family_name}" == expected


@pytest.mark.parametrize("line", NO_NAMES)
def test_other_lines_are_no_names(line: str) -> None:
    assert parse_person(line) is None


def test_names_typed_in_a_hurry_are_names_when_asked_for() -> None:
    person = parse_person("petra müller", lower_case=True)
    assert person is not None
    assert (person.given_name, person.family_name) == ("petra", "müller")


@given(st.text(max_size=90))
def test_any_line_is_a_name_or_none(line: str) -> None:
    person = parse_person(line, lower_case=True)
    assert person is None or person.family_name
