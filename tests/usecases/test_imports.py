"""An import is looked over first, taken in whole, adds nothing the second time, and is taken back whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from shopdesk.domain.addresses import Address
from shopdesk.domain.articles import Article
from shopdesk.domain.customer_merging import Side
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.documents import Line, Prices
from shopdesk.domain.imports import columns
from shopdesk.domain.imports.values import (
    Action,
    ColumnMapping,
    Decision,
    ImportKind,
    ImportProblem,
    PlannedRow,
    Stay,
    StayReason,
)
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.packed_sizes import roll_of
from shopdesk.i18n import Texts
from shopdesk.intake.tables import reading
from shopdesk.store.database import Database
from shopdesk.store.problems import DatabaseBusy
from shopdesk.store.tables import metadata
from shopdesk.usecases import (
    articles,
    customer_merges,
    customers,
    documents,
    import_invoices,
    imports,
    issuing,
    search,
    timeline,
)
from shopdesk.usecases.imports import Imported, Plan
from shopdesk.usecases.shop import Shop

HEAD = "Kundennummer;Anrede;Vorname;Nachname;Firma;Straße;PLZ;Ort;Land;Telefon;E-Mail;Notiz"
PETRA = ";Frau;Petra;Schulz;;Lange Gasse 4;37073;Göttingen;;0551 4711;petra@example.org;"
KEPT = (
    "customer",
    "customer_phone",
    "customer_email",
    "customer_address",
    "article",
    "old_invoice",
    "timeline_entry",
)


def planned(shop: Shop, folder: Path, *lines: str, decisions: dict[int, Decision] | None = None) -> Plan:
    path = folder / "liste.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    opened = imports.open_list(shop, path)
    return imports.plan(shop, imports.prepare(shop, opened), decisions)


def taken_in(shop: Shop, folder: Path, *lines: str, decisions: dict[int, Decision] | None = None) -> Imported:
    return imports.run(shop, planned(shop, folder, *lines, decisions=decisions))


def actions(plan: Plan) -> list[str]:
    return [row.action.value for row in plan.rows]


def said(row: PlannedRow) -> str:
    assert row.reason is not None
    return Texts("en").say(row.reason)


def state(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    """What the owner has, without moments and versions."""
    with shop.reading() as connection:
        return {
            name: sorted(
                tuple(
                    value
                    for column, value in row._mapping.items()
                    if column not in {"updated_at", "version", "id"}
                )
                for row in connection.execute(select(metadata.tables[name]))
            )
            for name in KEPT
        }


def all_of(shop: Shop) -> list[Customer]:
    return [customers.get(shop, row.id) for row in customers.page(shop, limit=1000)]


def test_a_row_becomes_a_whole_customer_who_is_found(open_shop: Shop, tmp_path: Path) -> None:
    done = taken_in(
        open_shop,
        tmp_path,
        HEAD,
        "K-77;Frau Dr.;Petra;Schulz;;Lange Gasse 4;1067;Dresden;D;0351/4711;P@Example.org;nett",
    )
    (one,) = all_of(open_shop)
    assert (one.number, one.person) == ("K-77", PersonName(Salutation.MRS, "Dr.", "Petra", "Schulz"))
    assert one.address == Address(("Lange Gasse 4",), "01067", "Dresden", "DE")
    assert one.phones == (Phone("+49 351 4711", "+493514711", ""),)
    assert (one.emails, one.note) == (("p@example.org",), "nett")
    assert done.plan.counts[Action.NEW] == 1
    for hint in ("schulz", "03514711", "p@example", "k-77", "dresden"):
        assert [hit.id for hit in search.find(open_shop, hint, types=("customer",))] == [one.id], hint


def test_customers_without_a_number_take_the_next_ones(open_shop: Shop, tmp_path: Path) -> None:
    first = customers.create(open_shop, Customer(company="Gasthof Möller"))
    taken_in(open_shop, tmp_path, HEAD, *(f";;A;Nr{n};;;;;;;nr{n}@example.org;" for n in range(3)), PETRA)
    numbers = [one.number for one in all_of(open_shop)]
    assert len(set(numbers)) == 5
    after = customers.create(open_shop, Customer(company="Danach"))
    assert after.number not in numbers
    assert int(after.number.rpartition("-")[2]) == int(first.number.rpartition("-")[2]) + 5


def test_the_second_import_of_a_file_adds_nothing(open_shop: Shop, tmp_path: Path) -> None:
    lines = (HEAD, PETRA, ";;;;Gasthof Möller;;37115;Duderstadt;;;;", ";;Nur;Name;;;;;;;;")
    assert actions(taken_in(open_shop, tmp_path, *lines).plan) == ["new", "new", "new"]
    before = state(open_shop)
    assert actions(taken_in(open_shop, tmp_path, *lines).plan) == ["unchanged", "unchanged", "unchanged"]
    assert state(open_shop) == before


@pytest.mark.parametrize(
    "row",
    [
        ";;Petra;Schulz;;;;;;;petra@example.org;",
        ";;;;;;;;;;PETRA@example.org;",
        ";;Petra;Schulz;;;;;;+49 551/4711;;",
        ";;petra;SCHULZ;;;37073;;;;;",
        "K-1;;;Schulz;;;;;;;;",
    ],
)
def test_whoever_is_known_by_mail_phone_place_or_number_is_known(
    open_shop: Shop, tmp_path: Path, row: str
) -> None:
    taken_in(open_shop, tmp_path, HEAD, "K-1" + PETRA)
    assert actions(planned(open_shop, tmp_path, HEAD, row)) == ["unchanged"]


def test_what_is_missing_is_filled_and_what_stands_there_is_never_overwritten(
    open_shop: Shop, tmp_path: Path
) -> None:
    known = customers.create(open_shop, Customer(
        person=PersonName(family_name="Schulz"), emails=("petra@example.org",), note="zahlt bar"))  # fmt: skip
    done = taken_in(open_shop, tmp_path, HEAD, PETRA + "anderes")
    assert actions(done.plan) == ["changed"]
    assert known.id is not None
    now = customers.get(open_shop, known.id)
    assert now.person == PersonName(Salutation.MRS, "", "Petra", "Schulz")
    assert (now.note, now.number, now.address.city) == ("zahlt bar", known.number, "Göttingen")
    assert [phone.e164 for phone in now.phones] == ["+495514711"]


def test_the_same_number_with_another_name_is_in_doubt_and_waits(open_shop: Shop, tmp_path: Path) -> None:
    taken_in(open_shop, tmp_path, HEAD, "K-1" + PETRA)
    (petra,) = all_of(open_shop)
    plan = planned(open_shop, tmp_path, HEAD, "K-1;;Otto;Vogel;;;;;;;;", ";;Bernd;Schulz;;;;;;0551 4711;;")
    assert actions(plan) == ["doubtful", "doubtful"]
    assert [said(row) for row in plan.rows] == [
        "Petra Schulz has the same customer number, but another name.",
        "Petra Schulz has the same phone number, but another name.",
    ]
    assert plan.rows[0].may_be == ((petra.id, "Petra Schulz"),)
    imports.run(open_shop, plan)
    assert len(all_of(open_shop)) == 1


def test_half_a_name_at_the_same_place_is_asked_about_and_adds_nothing_the_second_time(
    open_shop: Shop, tmp_path: Path
) -> None:
    rows = (
        ";;;Vogel;;;37073;;;;;",
        ";;Otto;Vogel;;;37073;;;;v@example.org;",
        ";;;Vogel;;;37073;;;;v@example.org;",
    )
    taken_in(open_shop, tmp_path, HEAD, ";;Otto;Vogel;;;37073;Göttingen;;;v@example.org;")
    plan = planned(open_shop, tmp_path, HEAD, *rows, ";;;Vogel;;;10115;;;;;", ";;;Vogel;;;37073;;;0551 99;;")
    assert actions(plan) == ["unchanged", "unchanged", "unchanged", "new", "doubtful"]
    assert said(plan.rows[4]) == "Otto Vogel has a similar name at the same postal code."


def test_a_person_behind_a_company_is_known_by_the_own_name(open_shop: Shop, tmp_path: Path) -> None:
    taken_in(open_shop, tmp_path, HEAD, ";;Anna;Müller;Gasthof Löwen;;37073;;;;;")
    again = planned(open_shop, tmp_path, HEAD, ";;Anna;Müller;;;37073;;;;;", ";;Anna;Müller;;;10115;;;;;")
    assert actions(again) == ["unchanged", "new"]


def test_the_owner_decides_about_a_doubtful_row(open_shop: Shop, tmp_path: Path) -> None:
    taken_in(open_shop, tmp_path, HEAD, "K-1" + PETRA)
    (petra,) = all_of(open_shop)
    lines = (HEAD, "K-1;;Otto;Vogel;;;;;;;;", ";;Bernd;Schulz;;;;;;0551 4711;bernd@example.org;")
    done = taken_in(open_shop, tmp_path, *lines, decisions={2: Decision(), 3: Decision(petra.id)})
    assert actions(done.plan) == ["new", "changed"]
    otto, petra = sorted(all_of(open_shop), key=lambda one: one.person.family_name == "Schulz")
    assert otto.number != "K-1"
    assert petra.emails == ("petra@example.org", "bernd@example.org")


def test_who_could_be_one_of_two_is_in_doubt(open_shop: Shop, tmp_path: Path) -> None:
    for email in ("a@example.org", "b@example.org"):
        customers.create(
            open_shop, Customer(person=PersonName(given_name="Anna", family_name="Lang"), emails=(email,))
        )
    plan = planned(open_shop, tmp_path, HEAD, ";;Anna;Lang;;;;;;;a@example.org, b@example.org;")
    assert actions(plan) == ["doubtful"]
    assert said(plan.rows[0]) == "It could be Anna Lang or Anna Lang."


def test_rows_of_one_customer_in_a_file_become_one(open_shop: Shop, tmp_path: Path) -> None:
    done = taken_in(
        open_shop, tmp_path, HEAD, PETRA, ";;Petra;Schulz;;;;;;0171 1234567;petra@example.org;", PETRA
    )
    assert actions(done.plan) == ["new", "changed", "unchanged"]
    (one,) = all_of(open_shop)
    assert len(one.phones) == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (";;;;;Straße 1;37073;G;;;;", "There is no name, no mail address and no phone number in this row."),
        (";;;;;;;;;;kein.mail;", "There is no name, no mail address and no phone number in this row."),
        (";;;;;;;;;Zentrale;;", "There is no name and nothing that can be dialled or mailed in this row."),
    ],
)
def test_a_row_is_refused_with_a_sentence_and_the_others_go_in(
    open_shop: Shop, tmp_path: Path, row: str, why: str
) -> None:
    done = taken_in(open_shop, tmp_path, HEAD, row, PETRA)
    assert actions(done.plan) == ["refused", "new"]
    assert (done.plan.rows[0].number, said(done.plan.rows[0])) == (2, why)


def test_an_import_is_taken_back_whole(open_shop: Shop, tmp_path: Path) -> None:
    customers.create(
        open_shop, Customer(person=PersonName(family_name="Schulz"), emails=("petra@example.org",))
    )
    before = state(open_shop)
    done = taken_in(
        open_shop, tmp_path, HEAD, PETRA, *(f"M{n};;A;Nr{n};;;;;;;nr{n}@example.org;" for n in range(900))
    )
    assert len(all_of(open_shop)) == 901
    assert imports.take_back(open_shop, done.id) == ()
    assert state(open_shop) == before
    assert search.find(open_shop, "nr700@example.org") == ()
    with pytest.raises(imports.AlreadyTakenBack):
        done.undo.run(open_shop)
    assert actions(taken_in(open_shop, tmp_path, HEAD, PETRA, "M1;;A;Nr1;;;;;;;nr1@example.org;").plan) == [
        "changed",
        "new",
    ]


def test_who_was_used_or_changed_since_stays(open_shop: Shop, tmp_path: Path) -> None:
    from shopdesk.domain.timeline import EntryKind, TimelineEntry

    done = taken_in(open_shop, tmp_path, HEAD, *(f";;A;Nr{n};;;;;;;nr{n}@example.org;" for n in range(3)))
    called, changed, _other = all_of(open_shop)
    assert called.id is not None
    timeline.add(open_shop, TimelineEntry(called.id, EntryKind.CALL, open_shop.clock.now(), text="rief an"))
    customers.save(open_shop, replace(changed, note="neu"))
    stays = imports.take_back(open_shop, done.id)
    assert [(one.name, one.reason) for one in stays] == [
        ("A Nr1", StayReason.CHANGED),
        ("A Nr0", StayReason.USED),
    ]
    assert [one.id for one in all_of(open_shop)] == [called.id, changed.id]


def test_who_was_merged_since_stays_and_the_record_it_is_part_of_is_named(
    open_shop: Shop, tmp_path: Path
) -> None:
    from shopdesk.usecases import customer_merges

    kept = customers.create(open_shop, Customer(person=PersonName(given_name="Petra", family_name="Schulz")))
    done = taken_in(
        open_shop, tmp_path, HEAD, ";;P.;Schulze;;;;;;;p@example.org;", ";;A;Lang;;;;;;;l@example.org;"
    )
    brought = next(one for one in all_of(open_shop) if one.person.family_name == "Schulze")
    merged, _undo = customer_merges.merge(open_shop, kept, brought, {})
    assert imports.take_back(open_shop, done.id) == (Stay(merged.name, StayReason.MERGED),)
    assert [one.id for one in all_of(open_shop)] == [merged.id]
    assert "p@example.org" in all_of(open_shop)[0].emails


def test_taking_back_can_be_stopped_and_then_nothing_is_taken_back(open_shop: Shop, tmp_path: Path) -> None:
    done = taken_in(open_shop, tmp_path, HEAD, *(f";;A;Nr{n};;;;;;;nr{n}@example.org;" for n in range(500)))
    before, told = state(open_shop), []
    with pytest.raises(Stopped):
        imports.take_back(
            open_shop, done.id, LongWork(lambda *step: told.append(step), lambda: len(told) > 1)
        )
    assert state(open_shop) == before
    assert told == [(0, 500), (400, 500)]
    assert imports.take_back(open_shop, done.id) == ()


def test_while_an_import_is_stored_other_programs_read_and_are_told_to_wait(
    open_shop: Shop, tmp_path: Path
) -> None:
    plan = planned(open_shop, tmp_path, HEAD, *(f";;A;Nr{n};;;;;;;nr{n}@example.org;" for n in range(500)))
    said: list[str] = []

    def save_meanwhile(done: int, _of: int) -> None:
        if done != 400 or said:
            return
        with other.reading() as connection:
            assert connection.execute(select(metadata.tables["customer"])).all() == []
        with pytest.raises(DatabaseBusy) as refused, other.writing():
            pass
        said.append(Texts("de").say(refused.value.message))

    with Database(tmp_path / "shop.sqlite", busy_seconds=0.2) as other:
        imports.run(open_shop, plan, LongWork(save_meanwhile))
        with other.writing() as connection:
            assert len(connection.execute(select(metadata.tables["customer"])).all()) == 500
    assert "Es wurde nichts gespeichert" in said[0]


def test_a_save_that_comes_meanwhile_waits_until_the_import_is_stored(
    open_shop: Shop, tmp_path: Path
) -> None:
    plan = planned(open_shop, tmp_path, HEAD, *(f";;A;Nr{n};;;;;;;nr{n}@example.org;" for n in range(500)))
    threads: list[Thread] = []

    def meanwhile(done: int, _of: int) -> None:
        if done == 400 and not threads:
            lang = Customer(person=PersonName(family_name="Lang"))
            threads.append(Thread(target=customers.create, args=(open_shop, lang)))
            threads[0].start()

    imports.run(open_shop, plan, LongWork(meanwhile))
    threads[0].join(20)
    assert len(all_of(open_shop)) == 501


def test_a_cancelled_import_stores_nothing(open_shop: Shop, tmp_path: Path) -> None:
    plan = planned(open_shop, tmp_path, HEAD, *(f";;A;Nr{n};;;;;;;nr{n}@example.org;" for n in range(900)))
    before, told = state(open_shop), []

    def progress(done: int, of: int) -> None:
        told.append((done, of))

    with pytest.raises(Stopped):
        imports.run(open_shop, plan, LongWork(progress, lambda: len(told) > 2))
    assert state(open_shop) == before
    assert told[-1][1] == 900


def test_columns_nobody_knows_are_assigned_once_and_remembered(open_shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "fremd.csv"
    path.write_text("Wer;Wohin\nPetra Schulz;petra1@example.org\n", encoding="utf-8")
    opened = imports.open_list(open_shop, path)
    with pytest.raises(ImportProblem):
        imports.prepare(open_shop, opened, ColumnMapping(ImportKind.CUSTOMERS, ("", "")))
    mapping = ColumnMapping(ImportKind.CUSTOMERS, ("display_name", "email"))
    imports.run(open_shop, imports.plan(open_shop, imports.prepare(open_shop, opened, mapping)))
    path.write_text("Wer;Wohin\nOtto Vogel;otto2@example.org\n", encoding="utf-8")
    again = imports.open_list(open_shop, path)
    assert (again.mapping, again.is_remembered) == (mapping, True)


def test_a_list_tells_how_articles_are_packed_and_what_customs_want(open_shop: Shop, tmp_path: Path) -> None:
    head = "Artikelnummer;Bezeichnung;Packmaß;Verpackung;Zusammen packen;Zolltarifnummer;Ursprungsland"
    taken_in(
        open_shop,
        tmp_path,
        head,
        "A-1;Rolle;85x25;VP-ROLLE;;9404 29 90;Deutschland",
        "A-2;Buch;30x20x4;;ja;;CN",
    )
    roll, book = articles.by_code(open_shop, "A-1"), articles.by_code(open_shop, "A-2")
    assert roll is not None
    assert book is not None
    assert roll.packed == roll_of(850, 250)
    assert (roll.packaging_code, roll.hs_code, roll.origin) == ("VP-ROLLE", "94042990", "DE")
    assert book.packed.together
    assert book.packed.sides == (300, 200, 40)
    assert book.origin == "CN"
    taken_in(open_shop, tmp_path, "Artikelnummer;Bezeichnung;Packmaß", "A-2;Buch;31x20x4")
    again = articles.by_code(open_shop, "A-2")
    assert again is not None
    assert again.packed.together  # an empty cell changes nothing
    done = taken_in(open_shop, tmp_path, "Artikelnummer;Bezeichnung;Zolltarifnummer", "A-2;Buch;12")
    assert actions(done.plan) == ["refused"]


def test_a_price_list_changes_prices_and_leaves_the_rest(open_shop: Shop, tmp_path: Path) -> None:
    head = "Artikelnummer;Bezeichnung;Preis;MwSt;Einheit;Gewicht;Maße"
    taken_in(open_shop, tmp_path, head, "A-1;Rollmatratze;1.299,00;19 %;Stk;14 kg;90x200x16")
    one = articles.by_code(open_shop, "A-1")
    assert one is not None
    assert (one.unit_price, one.vat_rate, one.unit, one.weight_grams) == (
        Decimal("1299.00"),
        Decimal(19),
        "C62",
        14_000,
    )
    assert (one.width_mm, one.length_mm, one.height_mm) == (900, 2000, 160)
    before = state(open_shop)
    done = taken_in(
        open_shop, tmp_path, "Art.-Nr.;Artikel;VK netto", "A-1;Rollmatratze;1.100,50", "A-2;Kissen;20", ";;5"
    )
    assert actions(done.plan) == ["changed", "new", "refused"]
    two = articles.by_code(open_shop, "A-1")
    assert two is not None
    assert (two.unit_price, two.prices, two.weight_grams) == (Decimal("1100.50"), Prices.NET, 14_000)
    assert search.find(open_shop, "kissen", types=("article",))
    done.undo.run(open_shop)
    assert state(open_shop) == before


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Preise")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return path


def test_a_spreadsheet_of_prices_says_of_each_row_what_becomes_of_it(open_shop: Shop, tmp_path: Path) -> None:
    for code in ("X-1", "X-2"):
        articles.save(open_shop, Article(code=code, name="Lattenrost"))
    gone, _undo = articles.save(open_shop, Article(code="X-3", name="Topper"))
    assert gone.id is not None
    articles.delete(open_shop, gone.id)
    before = state(open_shop)
    path = workbook(
        tmp_path / "preise.xlsx",
        ("Artikelnummer", "Bezeichnung", "Preis", "MwSt"),
        ("X-1", "Lattenrost", 249.9, 0.19),
        ("", "Lattenrost", 199, ""),
        ("X-3", "Topper", 99, ""),
        ("M-1", "Matratze", "ab 300", ""),
        ("", "Kopfkissen", 39.5, ""),
        ("", "Kopfkissen extra", 45, ""),
    )
    opened = imports.open_list(open_shop, path)
    assert opened.mapping.kind is ImportKind.ARTICLES
    done = imports.run(open_shop, imports.plan(open_shop, imports.prepare(open_shop, opened)))
    assert actions(done.plan) == ["changed", "doubtful", "refused", "refused", "new", "new"]
    assert [said(row) for row in done.plan.rows[1:4]] == [
        "Several articles are called “Lattenrost”. Give the row an article code.",
        "The article code X-3 belonged to an article that was deleted. Give the row another one.",
        "“ab 300” is not a price.",
    ]
    cushion = articles.by_code(open_shop, "K-1")
    assert cushion is not None
    assert (cushion.name, cushion.unit_price) == ("Kopfkissen", Decimal("39.50"))
    once = state(open_shop)
    again = imports.run(open_shop, imports.plan(open_shop, imports.prepare(open_shop, opened)))
    assert (again.plan.counts[Action.NEW], again.plan.counts[Action.CHANGED]) == (0, 0)
    assert state(open_shop) == once
    assert imports.take_back(open_shop, again.id) == ()
    assert imports.take_back(open_shop, done.id) == ()
    assert state(open_shop) == before


def test_an_article_that_was_changed_since_stays_and_is_named(open_shop: Shop, tmp_path: Path) -> None:
    done = taken_in(
        open_shop, tmp_path, "Artikelnummer;Bezeichnung;Preis", "A-1;Matratze;300", "A-2;Kissen;20"
    )
    one = articles.by_code(open_shop, "A-1")
    assert one is not None
    articles.save(open_shop, replace(one, unit_price=Decimal(310)))
    assert imports.take_back(open_shop, done.id) == (Stay("Matratze", StayReason.CHANGED),)
    assert articles.by_code(open_shop, "A-2") is None


def test_old_invoices_come_with_their_numbers_and_pdfs(open_shop: Shop, tmp_path: Path) -> None:
    taken_in(open_shop, tmp_path, HEAD, PETRA)
    (petra,) = all_of(open_shop)
    assert petra.id is not None
    before = state(open_shop)
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "RE-2019-12.pdf").write_bytes(b"%PDF-1.4 alt")
    lines = (
        "Rechnungsnummer;Rechnungsdatum;Kunde;Brutto;Text",
        "RE-2019-12;31.12.2019;Petra Schulz;1.234,50;Matratze",
        "RE-2019-13;1.1.2020;Niemand;10;",
        "RE-2019-13;2.1.2020;Niemand;10;",
        ";1.1.2020;Niemand;10;",
    )
    done = taken_in(open_shop, tmp_path, *lines)
    assert actions(done.plan) == ["new", "new", "doubtful", "refused"]
    (hit,) = search.find(open_shop, "RE-2019-12", types=("old_invoice",))
    assert (hit.title, hit.customer_id) == ("Petra Schulz", petra.id)
    assert search.find(open_shop, "re-2019-12")[0] == hit
    assert import_invoices.pdf(open_shop, hit.id) == ("RE-2019-12.pdf", b"%PDF-1.4 alt")
    entry = timeline.page(open_shop, petra.id)[0]
    assert (entry.at.date().isoformat(), entry.title.replace("\u00a0", " ")) == (
        "2019-12-31", "Alte Rechnung RE-2019-12: 1.234,50 €",
    )  # fmt: skip
    glance = customers.glance(open_shop, petra.id)
    assert (glance.purchases, glance.turnover_minor, glance.last_purchase) == (
        1, 1234_50, dt.date(2019, 12, 31),
    )  # fmt: skip
    assert (glance.old_purchases, glance.old_turnover_minor) == (1, 1234_50)
    assert actions(taken_in(open_shop, tmp_path, *lines).plan)[:2] == ["unchanged", "unchanged"]
    done.undo.run(open_shop)
    assert state(open_shop) == before


def test_old_invoices_count_at_a_glance_once_and_in_the_shops_currency(
    open_shop: Shop, tmp_path: Path
) -> None:
    taken_in(open_shop, tmp_path, HEAD, PETRA)
    (petra,) = all_of(open_shop)
    draft = replace(
        documents.start(open_shop, "invoice", petra.id),
        lines=(Line(text="Kissen", quantity=Decimal(1), unit_price=Decimal(50)),),
    )
    draft_id = documents.save_draft(open_shop, draft).id or 0
    ours = issuing.issue(open_shop, draft_id, send=False).document
    done = taken_in(
        open_shop, tmp_path,
        "Rechnungsnummer;Rechnungsdatum;Kunde;Brutto;Währung",
        "A-1;31.12.2019;Petra Schulz;100,00;EUR",
        "A-2;1.2.2020;Petra Schulz;70,00;CHF",
        "A-3;1.3.2020;Petra Schulz;-20,00;EUR",
        f"{ours.number};{ours.date};Petra Schulz;50,00;EUR",
    )  # fmt: skip
    assert actions(done.plan) == ["new"] * 4
    glance = customers.glance(open_shop, petra.id or 0)
    assert (glance.purchases, glance.turnover_minor) == (1 + 2, 50_00 + 100_00 - 20_00)
    assert (glance.old_purchases, glance.old_turnover_minor) == (2, 80_00)
    assert glance.last_purchase == ours.date


def test_another_company_at_another_address_is_in_doubt_though_the_person_is_the_same(
    open_shop: Shop, tmp_path: Path
) -> None:
    private = ";;Jürgen;Müller;;Lange Gasse 4;37073;Göttingen;;;j@example.org;"
    taken_in(open_shop, tmp_path, HEAD, private)
    before = state(open_shop)
    plan = planned(
        open_shop, tmp_path, HEAD,
        ";;;;Müller Straßenbau GmbH;Ringweg 8;30159;Hannover;;;j@example.org;",
        ";;Jürgen;Müller;Müller Straßenbau GmbH;Ringweg 8;30159;Hannover;;;j@example.org;",
        ";;Jürgen;Müller;Vogel KG;Ringweg 8;30159;Hannover;;;j@example.org;",
    )  # fmt: skip
    assert actions(plan) == ["doubtful"] * 3
    assert said(plan.rows[1]) == (
        "Jürgen Müller may be somebody else: the row names another company and another address."
    )
    imports.run(open_shop, plan)
    assert state(open_shop) == before
    (juergen,) = all_of(open_shop)
    same = imports.plan(open_shop, plan.prepared, {3: Decision(juergen.id)})
    assert actions(same)[1] == "changed"
    here = planned(
        open_shop, tmp_path, HEAD,
        ";;Jürgen;Müller;Müller Straßenbau GmbH;Lange Gasse 4;37073;Göttingen;;;j@example.org;",
    )  # fmt: skip
    assert actions(here) == ["changed"]


@pytest.mark.parametrize("sides", [{}, {"note": Side.RIGHT}])
def test_an_undone_merge_does_not_hold_an_import_back(
    open_shop: Shop, tmp_path: Path, sides: dict[str, Side]
) -> None:
    before = state(open_shop)
    first = taken_in(open_shop, tmp_path, HEAD, PETRA, ";;Petra;Scholz;;;37073;;;;;zahlt bar")
    second = taken_in(open_shop, tmp_path, HEAD, ";;Petra;Schulz;;;37073;;;0171 1234567;;")
    assert actions(second.plan) == ["changed"]
    left, right = all_of(open_shop)
    _merged, undo = customer_merges.merge(open_shop, left, right, sides)
    undo.run(open_shop)
    assert imports.take_back(open_shop, second.id) == ()
    assert imports.take_back(open_shop, first.id) == ()
    assert state(open_shop) == before


def test_who_was_changed_between_a_merge_and_its_undo_stays(open_shop: Shop, tmp_path: Path) -> None:
    done = taken_in(open_shop, tmp_path, HEAD, PETRA, ";;Otto;Vogel;;;;;;;o@example.org;")
    left, right = (one for one in sorted(all_of(open_shop), key=lambda one: one.id or 0))
    merged, undo = customer_merges.merge(open_shop, left, right, {})
    customers.save(open_shop, replace(merged, note="neu"))
    undo.run(open_shop)
    assert imports.take_back(open_shop, done.id) == (Stay(left.name, StayReason.CHANGED),)


def test_the_journal_names_the_import_and_nobody_in_it(open_shop: Shop, tmp_path: Path) -> None:
    from shopdesk.store.tables import journal

    taken_in(open_shop, tmp_path, HEAD, PETRA)
    with open_shop.reading() as connection:
        row = connection.execute(select(journal).where(journal.c.subject == "import_run")).one()
    assert "Schulz" not in row.new
    assert '"added":1' in row.new.replace(" ", "")


CELL = st.sampled_from(["", "", "", "x"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "Anna", "Otto"]),
        st.sampled_from(["", "Lang", "Vogel", "Müller"]),
        st.sampled_from(["", "Gasthof Möller", "Lang GmbH"]),
        st.sampled_from(["", "37073", "10115"]),
        st.sampled_from(["", "0551 4711", "030 123456"]),
        st.sampled_from(["", "a@example.org", "b@example.org"]),
        CELL,
    ),
    min_size=1,
    max_size=8,
)


@given(ROWS, ROWS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_twice_is_once_and_taken_back_is_before(
    empty_shop: Shop, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    def run(rows: list[tuple[str, ...]]) -> Imported:
        head = "Vorname;Nachname;Firma;PLZ;Telefon;E-Mail;Notiz"
        file = reading.read("\n".join((head, *(";".join(row) for row in rows))).encode())
        opened = imports.OpenedList(
            Path("l.csv"), "", file, columns.guess(file)
        )  # without a process for each
        return imports.run(empty_shop, imports.plan(empty_shop, imports.prepare(empty_shop, opened)))

    if not any(any(row) for row in second):
        return
    base = run([row for row in first if any(row)] or [("Eva", "", "", "", "", "", "")])
    before = state(empty_shop)
    done = run([row for row in second if any(row)])
    once = state(empty_shop)
    again = run([row for row in second if any(row)])
    assert (again.plan.counts[Action.NEW], again.plan.counts[Action.CHANGED]) == (0, 0)
    assert state(empty_shop) == once
    done.undo.run(empty_shop)
    assert state(empty_shop) == before
    base.undo.run(empty_shop)
    assert not any(state(empty_shop)["customer"])
