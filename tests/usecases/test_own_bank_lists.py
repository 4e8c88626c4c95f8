"""The list of an unknown bank: explained once, known by its header, changed and forgotten; never half understood."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from shopdesk.domain.journal import JournalFilter
from shopdesk.domain.statements import StatementProblem
from shopdesk.i18n import Texts
from shopdesk.usecases import bank_files, journal, journal_words, own_bank_lists
from shopdesk.usecases.shop import Shop

SIGNED = (
    "Konto;DE22260500010000123456\n"
    "\n"
    "Buchungsdatum;Empfänger/Auftraggeber;IBAN;Zweck;Umsatz;S/H\n"
    "23.11.2026;Desislava Ivanova;DE89370400440532013000;R-2026-0001;295,55;H\n"
    "24.11.2026;Vermieter;DE02120300000000202051;Miete;700,00;S\n"
)
TWO_COLUMNS = (
    "Date,Description,Counterparty,Paid out,Paid in\n"
    '11/23/2026,R-2026-0001,D. Ivanova,,"1,295.55"\n'
    "11/05/2026,Rent,House,700.00,\n"
)


def written(folder: Path, text: str, name: str = "umsaetze.csv") -> Path:
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return place


def explained(shop: Shop, place: Path, bank: str = "Hausbank") -> None:
    value = bank_files.list_to_explain(place)
    own_bank_lists.remember(shop, replace(value.guessed, bank=bank))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            SIGNED,
            [
                (dt.date(2026, 11, 23), 29555, "Desislava Ivanova"),
                (dt.date(2026, 11, 24), -70000, "Vermieter"),
            ],
        ),
        (
            TWO_COLUMNS,
            [(dt.date(2026, 11, 23), 129555, "D. Ivanova"), (dt.date(2026, 11, 5), -70000, "House")],
        ),
    ],
)
def test_explained_once_it_is_read_and_the_second_time_adds_nothing(
    open_shop: Shop, tmp_path: Path, text: str, told: list[tuple[dt.date, int, str]]
) -> None:
    place = written(tmp_path, text)
    assert not bank_files.is_bank_file(place, open_shop)
    with pytest.raises(StatementProblem) as refused:
        bank_files.open_file(place, shop=open_shop)
    assert refused.value.code == bank_files.UNKNOWN_LIST
    explained(open_shop, place)
    assert bank_files.is_bank_file(place, open_shop)
    opened = bank_files.open_file(place, shop=open_shop)
    (statement,) = opened.statements
    assert (statement.form, statement.account) == ("Hausbank", "HAUSBANK")
    assert [(one.booked, one.amount.minor, one.name) for one in statement.entries] == told
    assert bank_files.take(open_shop, opened).added == 2
    again = bank_files.take(open_shop, bank_files.open_file(place, shop=open_shop))
    assert (again.added, again.known) == (0, 2)


def test_another_header_is_another_list(open_shop: Shop, tmp_path: Path) -> None:
    explained(open_shop, written(tmp_path, SIGNED))
    other = written(tmp_path, SIGNED.replace("Zweck", "Text"), "andere.csv")
    assert not bank_files.is_bank_file(other, open_shop)
    with pytest.raises(StatementProblem):
        bank_files.open_file(other, shop=open_shop)


def test_explained_anew_renamed_and_forgotten_with_a_way_back(open_shop: Shop, tmp_path: Path) -> None:
    place = written(tmp_path, SIGNED)
    explained(open_shop, place)
    explained(open_shop, place, "Sparbank")
    (own,) = own_bank_lists.stored(open_shop)
    assert own.bank == "Sparbank"
    own_bank_lists.rename(open_shop, own, " Volksbank ")
    (own,) = own_bank_lists.stored(open_shop)
    assert own.bank == "Volksbank"
    undo = own_bank_lists.forget(open_shop, own)
    assert own_bank_lists.stored(open_shop) == ()
    undo.run(open_shop)
    assert own_bank_lists.stored(open_shop) == (own,)
    assert journal.page(open_shop, JournalFilter(subjects=("setting",))).entries


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("24.11.2026", "31.11.2026", "31.11.2026"),
        ("700,00;S", "siebenhundert;S", "siebenhundert"),
        ("700,00;S", "700,00;X", "x"),
        ("24.11.2026;Ver", '24.11.2026;"Ver', "5"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_whole_list_and_is_named(
    open_shop: Shop, tmp_path: Path, old: str, new: str, words: str
) -> None:
    explained(open_shop, written(tmp_path, SIGNED))
    with pytest.raises(StatementProblem) as refused:
        bank_files.open_file(written(tmp_path, SIGNED.replace(old, new)), shop=open_shop)
    assert words in {str(value) for value in refused.value.message.values.values()}


def test_a_file_without_bookings_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(StatementProblem) as refused:
        bank_files.list_to_explain(written(tmp_path, "Name;Ort;Land\nIvanova;Gabrovo;BG\n"))
    assert refused.value.code == "statement-no-list"


def test_a_wrong_explanation_is_said_in_words_before_it_is_kept(tmp_path: Path) -> None:
    value = bank_files.list_to_explain(written(tmp_path, SIGNED))
    wrong = replace(value.guessed, bank="Bank", columns={"booked": "zweck", "amount": "umsatz"})
    with pytest.raises(StatementProblem):
        own_bank_lists.read_as(value, wrong)
    right = own_bank_lists.read_as(value, replace(value.guessed, bank="Bank"))
    assert len(right.entries) == 2


def test_the_journal_tells_it_in_words(open_shop: Shop, tmp_path: Path) -> None:
    explained(open_shop, written(tmp_path, SIGNED))
    (entry,) = journal.page(open_shop, JournalFilter(subjects=("setting",)), limit=1).entries
    texts = Texts("de")
    assert "Listen von Banken" in journal_words.title(entry, texts)
    told = journal_words.changes(entry, texts, open_shop.clock.zone)
    assert told
    assert all("lists" not in f"{change}" for change in told)
