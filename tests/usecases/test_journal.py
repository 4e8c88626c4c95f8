"""The journal is read in words: newest first, narrowed down, each value before and after, whole in a table."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import shopdesk
from shopdesk.domain.addresses import Address
from shopdesk.domain.articles import Article
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.journal import JournalEntry, JournalFilter
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.money import Money
from shopdesk.domain.number_ranges import NumberRange
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.store import journal as stored
from shopdesk.store import journal_pages
from shopdesk.usecases import articles, customers, journal, journal_words, number_ranges, shop_settings
from shopdesk.usecases.journal_field_names import FIELDS
from shopdesk.usecases.shop import Shop
from tests.usecases.test_numbers import YEARLY, issued_number

GERMAN = Texts("de")
EVERYTHING = JournalFilter()
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def entries(shop: Shop, wanted: JournalFilter = EVERYTHING) -> list[JournalEntry]:
    with shop.reading() as connection:
        return list(journal_pages.every(connection, wanted, shop.clock.zone))


def told(shop: Shop, entry: JournalEntry) -> dict[str, tuple[str, str]]:
    return {
        change.field: (change.old, change.new)
        for change in journal_words.changes(entry, GERMAN, shop.clock.zone)
    }


def test_an_issued_invoice_is_told_with_number_and_recipient(open_shop: Shop) -> None:
    number = issued_number(open_shop)
    newest = entries(open_shop, JournalFilter(("document",)))[0]
    assert journal_words.title(newest, GERMAN) == f"Rechnung {number} · Möbelhof Keller"
    assert journal_words.action_name(newest, GERMAN) == "ausgestellt"
    assert newest.who == open_shop.who
    assert newest.document_id is not None
    assert newest.customer_id is not None
    assert told(open_shop, newest)["Nummer"] == ("", number)
    assert told(open_shop, newest)["Art"] == ("", "Rechnung")
    assert told(open_shop, newest)["Gesamt"] == ("", GERMAN.money(Money(100_00, "EUR")))


def test_only_what_changed_stands_there_with_amounts_as_they_are_written(open_shop: Shop) -> None:
    article, _ = articles.save(open_shop, Article("TO-1", "Topper", unit_price=Decimal("1249.5")))
    articles.save(open_shop, replace(article, unit_price=Decimal(1299), weight_grams=4000))
    newest = entries(open_shop)[0]
    assert journal_words.title(newest, GERMAN) == "Artikel: TO-1 · Topper"
    assert told(open_shop, newest) == {"Preis": ("1.249,50", "1.299,00"), "Gewicht in Gramm": ("0", "4000")}


def test_settings_are_told_by_their_names(open_shop: Shop) -> None:
    number_ranges.save(open_shop, NumberRange("invoice", YEARLY, 500, start_year=2026))
    newest = entries(open_shop)[0]
    assert journal_words.title(newest, GERMAN) == "Nummernkreis: Rechnungen"
    assert told(open_shop, newest)["Erste Nummer"] == ("1", "500")
    profile = shop_settings.profile(open_shop)
    seller = replace(profile.seller, address=Address(("Marktstraße 11",), "37073", "Göttingen", "DE"))
    shop_settings.save_profile(open_shop, replace(profile, seller=seller, prepay=not profile.prepay))
    changed = told(open_shop, entries(open_shop)[0])
    assert changed["Anschrift · Straße"][1] == "Marktstraße 11"
    assert set(changed["Vorkasse"]) == {"ja", "nein"}


def test_a_customers_values_stay_out_of_the_journal_and_the_fields_are_named(open_shop: Shop) -> None:
    customer = customers.create(open_shop, Customer(company="Möbelhof Keller"))
    customers.save(open_shop, replace(customer, phones=(Phone("0551 123"),), note="Rückenleiden"))
    newest = entries(open_shop)[0]
    assert told(open_shop, newest) == {"Geänderte Felder": ("", "Telefonnummern, Notiz")}
    assert "Rückenleiden" not in journal.as_csv(open_shop, EVERYTHING, GERMAN, LongWork()).decode("utf-8-sig")


def test_a_discarded_draft_keeps_the_name_it_had(open_shop: Shop) -> None:
    with open_shop.writing() as connection:
        open_shop.record(connection, "discard", "document", 77, old={"recipient": "Desislava Ivanova"})
    assert journal_words.title(entries(open_shop)[0], GERMAN) == "Beleg Desislava Ivanova"


@pytest.fixture
def filled(open_shop: Shop) -> Shop:
    """Entries of two people on three days."""
    clock = open_shop.clock
    assert isinstance(clock, FixedClock)
    for day, who in ((1, "Jens Lindner"), (2, "Petra Lindner"), (3, "Jens Lindner")):
        clock.set(dt.datetime(2026, 12, day, 22, 59, tzinfo=dt.UTC))  # 23:59 in Göttingen
        open_shop.who = who
        customers.create(open_shop, Customer(company=f"Hotel {day}"))
        issued_number(open_shop)
    return open_shop


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (JournalFilter(("customer",), "Petra Lindner"), ["Möbelhof Keller", "Hotel 2"]),
        (JournalFilter(("customer",), text="hotel"), ["Hotel 3", "Hotel 2", "Hotel 1"]),
        (JournalFilter(text="R-2026-0002"), ["R-2026-0002 · Möbelhof Keller"]),
        (JournalFilter(text="R-2026-0002 keller"), ["R-2026-0002 · Möbelhof Keller"]),
        (JournalFilter(("document",), first=dt.date(2026, 12, 3)), ["R-2026-0003 · Möbelhof Keller"]),
        (JournalFilter(("document",), last=dt.date(2026, 12, 1)), ["R-2026-0001 · Möbelhof Keller"]),
        (
            JournalFilter(("document",), first=dt.date(2026, 12, 2), last=dt.date(2026, 12, 2)),
            ["R-2026-0002 · Möbelhof Keller"],
        ),
        (JournalFilter(text="50%"), []),
        (JournalFilter(first=dt.date(2030, 1, 1)), []),
        (JournalFilter(last=dt.date(2000, 1, 1)), []),
    ],
)
def test_the_journal_is_narrowed_down(filled: Shop, wanted: JournalFilter, names: list[str]) -> None:
    assert [entry.name for entry in entries(filled, wanted)] == names


def test_pages_follow_each_other_without_gap_or_double(filled: Shop) -> None:
    found: list[int] = []
    before = None
    while True:
        page = journal.page(filled, EVERYTHING, before, limit=4)
        assert len(page.entries) <= 4
        found += [entry.id for entry in page.entries]
        before = page.following
        if before is None:
            break
    assert found == sorted(found, reverse=True)
    assert found[0] == len(found)
    assert set(journal.people(filled)) >= {"Jens Lindner", "Petra Lindner"}


def test_what_a_filter_rarely_meets_is_looked_for_in_steps(open_shop: Shop) -> None:
    with open_shop.writing() as connection:
        open_shop.record(connection, "save", "setting", "letterhead", new={"accent": "#123456"})
        for number in range(9_000):
            stored.append(connection, "create", "follow_up", number, None, None, NOW, "Jens", "1")
    wanted = JournalFilter(("setting",), text="#123456")
    first = journal.page(open_shop, wanted, None, 100)
    with open_shop.reading() as connection:
        step = journal_pages.page(connection, wanted, open_shop.clock.zone, None, 100, windows=1)
    assert step.entries == ()
    assert step.following is not None
    assert [entry.subject_id for entry in first.entries] == ["letterhead"]


def test_the_table_holds_every_entry_and_no_formula(filled: Shop) -> None:
    with filled.writing() as connection:
        filled.record(connection, "save", "article", 1, old={"name": "=1+1"}, new={"name": "@SUM(A1)"})
    steps: list[tuple[int, int]] = []
    data = journal.as_csv(filled, EVERYTHING, GERMAN, LongWork(lambda *step: steps.append(step)))
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert {int(row["Eintrag"]) for row in rows} == {entry.id for entry in entries(filled)}
    assert (rows[0]["Vorher"], rows[0]["Nachher"]) == ("'=1+1", "'@SUM(A1)")


def test_a_table_that_is_stopped_leaves_nothing(open_shop: Shop, tmp_path: Path) -> None:
    with open_shop.writing() as connection:
        for number in range(600):
            stored.append(connection, "create", "follow_up", number, None, None, NOW, "Jens", "1")
    with pytest.raises(Stopped):
        journal.save_csv(open_shop, EVERYTHING, tmp_path / "j.csv", GERMAN, LongWork(cancelled=lambda: True))
    assert not list(tmp_path.glob("*.csv"))


def test_the_verdict_names_the_entry_that_was_changed(filled: Shop) -> None:
    count, findings = journal.verdict(filled)
    assert count == len(entries(filled))
    assert findings == ()
    with filled.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_frozen")
        connection.exec_driver_sql("UPDATE journal SET who = 'nobody' WHERE id = 5")
    _, findings = journal.verdict(filled)
    assert findings[0].values == {"entry": 5}


def recorded() -> Iterator[tuple[str, str]]:
    """Every act and subject that the program writes into the journal, as far as they are literal."""
    for file in sorted(Path(shopdesk.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "record"
            ):
                act, subject = (_literals(argument) for argument in call.args[1:3])
                yield from ((one, other) for one in act for other in subject)


def _literals(node: ast.expr) -> list[str]:
    return [
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]


def test_everything_the_program_records_has_a_name() -> None:
    found = set(recorded())
    assert ("issue", "document") in found
    groups = {subject for group in journal_words.GROUPS.values() for subject in group}
    for act, subject in found:
        assert act in journal_words.ACTIONS or f"{subject}/{act}" in journal_words.ACTIONS, (act, subject)
        assert subject in journal_words.SUBJECTS, subject
        assert subject in groups, subject


def test_every_field_of_what_is_recorded_whole_has_a_name() -> None:
    from dataclasses import fields

    from shopdesk.domain.documents import Seller
    from shopdesk.domain.letterheads import Letterhead, LetterTexts
    from shopdesk.domain.mail_templates import MailTemplate
    from shopdesk.domain.shop_profile import ShopProfile
    from shopdesk.usecases.journal_field_names import SILENT

    known = {*FIELDS, *SILENT}
    for recorded_whole in (
        Article, NumberRange, ShopProfile, Seller, Address, Letterhead, LetterTexts, MailTemplate, Customer,
    ):  # fmt: skip
        names = {one.name for one in fields(recorded_whole)} - {"created_at"}
        assert not names - known, recorded_whole
