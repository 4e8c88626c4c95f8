"""A name is found however its letters are written."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, literal, select

from shopdesk.store import written_names


@pytest.mark.parametrize(
    ("name", "word", "is_found"),
    [
        ("Übermut", "übermut", True),
        ("Übermut", "UEBERMUT", True),
        ("Bettenhaus Übermut", "über", True),
        ("Annegret Großmann", "grossmann", True),
        ("Иванова", "иванова", True),
        ("Müller", "muller", False),
        ("Übermut", "untermut", False),
        ("100 % Schlaf", "100 %", True),
        ("1000 Schlaf", "100%", False),
        ("a_b", "a_b", True),
        ("axb", "a_b", False),
        ("a\\b", "\\", True),
    ],
)
def test_a_word_is_a_part_of_a_name(name: str, word: str, is_found: bool) -> None:
    with create_engine("sqlite://").connect() as connection:
        assert bool(connection.scalar(select(written_names.holds(literal(name), word)))) is is_found
