"""What is shipped so that no start waits for Babel says the same as Babel."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from shopdesk.i18n import PAPER_LANGUAGES, Texts, country_names
from tools.country_names import FILE, text

DAY = dt.date(2026, 11, 3)
# the English of a German desk writes the day first
LOCALES = {"de": ("de", "medium"), "en": ("en_GB", "short"), "fr": ("fr", "short"), "bg": ("bg", "medium")}


def test_the_shipped_country_names_are_babels() -> None:
    assert FILE.read_text(encoding="utf-8") == text()


def test_another_language_asks_babel_and_an_unknown_one_speaks_english() -> None:
    assert country_names("sv")["DE"] == "Tyskland"
    assert country_names("no such language")["DE"] == "Germany"


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
@pytest.mark.parametrize("number", ["1234567.5", "0.25", "-12345", "7"])
def test_numbers_are_written_as_cldr_says(language: str, number: str) -> None:
    assert Texts(language).number(Decimal(number)) == format_decimal(
        Decimal(number), locale=LOCALES[language][0]
    )


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_days_are_written_as_cldr_says(language: str) -> None:
    locale, kind = LOCALES[language]
    written = format_date(DAY, kind, locale=locale)
    assert Texts(language).date(DAY).replace("\u00a0", " ") == written.replace("\u202f", " ").replace(
        "\u00a0", " "
    )
