"""Another language of the paper is one more catalog: nothing in the program names it (issue: "any other")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages import mofile
from babel.messages.catalog import Catalog

from shopdesk import i18n, paths
from shopdesk.domain.money import Money


@pytest.fixture
def dutch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[i18n.Texts]:
    resources = paths.resources()
    (tmp_path / "locale").mkdir()
    for entry in resources.iterdir():
        if entry.name != "locale":
            (tmp_path / entry.name).symlink_to(entry)
    for file in (resources / "locale").iterdir():
        (tmp_path / "locale" / file.name).symlink_to(file)
    catalog = Catalog(locale="nl")
    catalog.add("Invoice", "Factuur", context="paper")
    with (tmp_path / "locale" / "nl.mo").open("wb") as stream:
        mofile.write_mo(stream, catalog)
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    monkeypatch.setattr(i18n, "PAPER_LANGUAGES", i18n.paper_languages())
    forget()
    yield i18n.Texts("nl")
    forget()


def forget() -> None:
    for cached in (i18n._catalog, i18n._separators, i18n._date_pattern):
        cached.cache_clear()


def test_words_numbers_and_dates_are_those_of_the_new_language(dutch: i18n.Texts) -> None:
    assert i18n.PAPER_LANGUAGES == ("de", "en", "fr", "bg", "nl")
    assert dutch.pgettext("paper", "Invoice") == "Factuur"
    assert dutch.number(Decimal("1234.5")) == "1.234,5"
    assert dutch.money(Money(1234_50)) == "1.234,50\u00a0€"
    assert dutch.date(dt.date(2026, 3, 9)) == "09-03-2026"
    assert dutch.country("DE") == "Duitsland"
    assert i18n.language_name("nl") == "Nederlands"


def test_a_language_without_a_catalog_still_speaks_english() -> None:
    dutch = i18n.Texts("nl")
    assert dutch.number(Decimal("1234.5")) == "1,234.5"
    assert dutch.date(dt.date(2026, 3, 9)) == "09/03/2026"
