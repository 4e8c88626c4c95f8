"""Month end (S42): the list and the ZIP equal the database, saved whole or not at all, mailed once."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from shopdesk.domain.addresses import Address
from shopdesk.domain.documents import DocumentKind, Fulfilment, Line, TaxCase
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.mail import MailState, WrongAddress
from shopdesk.domain.month_end import LISTED
from shopdesk.domain.number_ranges import NumberRange
from shopdesk.domain.periods import Period, month_of, quarter_of
from shopdesk.domain.successors import Wishes
from shopdesk.usecases import (
    chains,
    customers,
    documents,
    issuing,
    month_end,
    number_ranges,
    outbox,
    sample_shop,
)
from shopdesk.usecases.month_end import NothingToHandOver
from shopdesk.usecases.shop import Shop

NOVEMBER = month_of(dt.date(2026, 11, 23))
_COUNTED = "('invoice', 'deposit_invoice', 'final_invoice', 'credit_note', 'cancellation')"


def bill(shop: Shop, *prices: str, rate: int | None = 19, **more: Any) -> int:
    """An issued invoice for the sample shop's caller; gives its id."""
    found = customers.page(shop, None, 1)
    customer = found[0].id if found else customers.create(shop, sample_shop.sample().caller).id
    lines = tuple(
        Line(text="Kissen", unit_price=Decimal(p), vat_rate=Decimal(rate) if rate else None) for p in prices
    )
    draft = replace(
        documents.start(shop, "invoice", customer), lines=lines, fulfilment=Fulfilment.PICKUP, **more
    )
    draft_id = documents.save_draft(shop, draft).id
    assert draft_id is not None
    issuing.issue(shop, draft_id, send=False)
    return draft_id


def next_one(shop: Shop, document_id: int, kind: DocumentKind) -> int:
    """The document of that kind made out of this one, issued."""
    draft = chains.follow_up(shop, document_id, kind)
    assert draft.id is not None
    issuing.issue(shop, draft.id, send=False)
    return draft.id


@pytest.fixture
def busy_shop(open_shop: Shop) -> Shop:
    """Three invoices over two rates, one of them cancelled, one put right."""
    first = bill(open_shop, "119.00", "59.50")
    bill(open_shop, "10.70", rate=7)
    third = bill(open_shop, "9.99", "9.99", "9.99")
    next_one(open_shop, first, DocumentKind.CANCELLATION)
    next_one(open_shop, third, DocumentKind.CREDIT_NOTE)
    return open_shop


def in_database(shop: Shop, period: Period) -> tuple[int, int, int]:
    """Count, net and gross by SQL: credit notes are stored positive and taken off."""
    statement = text(
        "SELECT count(*), sum(CASE kind WHEN 'credit_note' THEN -net ELSE net END), "
        "sum(CASE kind WHEN 'credit_note' THEN -gross ELSE gross END) FROM document "
        f"WHERE state = 'issued' AND kind IN {_COUNTED} AND date BETWEEN :first AND :last"
    )
    with shop.reading() as connection:
        row = connection.execute(
            statement, {"first": period.first.isoformat(), "last": period.last.isoformat()}
        ).one()
    return row[0], row[1] or 0, row[2] or 0


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The sheets as rows of values, without the lines above the table."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(min_row=4, values_only=True)) for sheet in book.worksheets}


def cents(value: Any) -> int:
    return int((Decimal(str(value)) * 100).to_integral_exact())


def columns(rows: list[tuple[Any, ...]]) -> dict[str, int]:
    return {title: at for at, title in enumerate(rows[0])}


def test_the_list_equals_the_database_to_the_cent(busy_shop: Shop, tmp_path: Path) -> None:
    saved = month_end.save(busy_shop, NOVEMBER, tmp_path)
    read = sheets(saved.files[0])
    at = columns(read["Belege"])
    rows = [row for row in read["Belege"][1:] if str(row[0] or "").startswith("R-")]
    count, net, gross = in_database(busy_shop, NOVEMBER)
    assert len(rows) == count == 5
    assert sum(cents(row[at["Netto"]]) for row in rows) == net
    assert sum(cents(row[at["Brutto"]]) for row in rows) == gross
    total = next(row for row in read["Belege"] if row[0] == "Summe")
    assert (cents(total[at["Netto"]]), cents(total[at["Brutto"]])) == (net, gross)


def test_the_rates_of_a_row_add_up_to_it(busy_shop: Shop, tmp_path: Path) -> None:
    read = sheets(month_end.save(busy_shop, NOVEMBER, tmp_path).files[0])["Belege"]
    at = columns(read)
    for row in read[1:]:
        if row[at["Brutto"]] is None:
            continue
        parts = [row[at[name]] for name in at if "%" in name]
        assert sum(cents(part) for part in parts if part is not None) == cents(row[at["Brutto"]])


def test_the_sums_sheet_equals_the_database(busy_shop: Shop, tmp_path: Path) -> None:
    read = sheets(month_end.save(busy_shop, NOVEMBER, tmp_path).files[0])["Summen"]
    at = columns(read)
    parts = [row for row in read[1:] if row[at["Satz"]] is not None]
    _, net, gross = in_database(busy_shop, NOVEMBER)
    assert [row[at["Satz"]] for row in parts] == [19, 7]
    assert sum(cents(row[at["Netto"]]) for row in parts) == net
    assert sum(cents(row[at["Brutto"]]) for row in parts) == gross


def test_the_overview_counts_the_same(busy_shop: Shop) -> None:
    seen, value = month_end.overview(busy_shop, NOVEMBER), month_end.collect(busy_shop, NOVEMBER)
    assert (seen.kinds, seen.numbers) == (value.kinds, value.numbers)
    assert sum(one.gross.minor for one in seen.kinds) == in_database(busy_shop, NOVEMBER)[2]


def test_a_correction_stands_with_a_minus_and_what_it_refers_to(busy_shop: Shop, tmp_path: Path) -> None:
    read = sheets(month_end.save(busy_shop, NOVEMBER, tmp_path).files[0])["Belege"]
    at = columns(read)
    by_kind = {row[at["Art"]]: row for row in read[1:]}
    assert by_kind["Rechnungskorrektur"][at["Bezug"]] == "R-2026-0003"
    assert by_kind["Storno"][at["Bezug"]] == "R-2026-0001"
    assert cents(by_kind["Rechnungskorrektur"][at["Brutto"]]) == -2997
    assert cents(by_kind["Storno"][at["Brutto"]]) == -17850


def test_the_archive_holds_every_file_as_it_was_issued(busy_shop: Shop, tmp_path: Path) -> None:
    saved = month_end.save(busy_shop, NOVEMBER, tmp_path)
    with zipfile.ZipFile(saved.files[1]) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held.pop("Rechnungen-2026-11.xlsx") == saved.files[0].read_bytes()
    with busy_shop.reading() as connection:
        stored = {
            row.name: row.data for row in connection.execute(text("SELECT name, data FROM document_file"))
        }
    assert held == stored
    assert {"R-2026-0001.pdf", "R-2026-0001.xml", "R-2026-0005.pdf"} <= set(held)


def test_a_month_saved_twice_is_the_same_to_the_byte(busy_shop: Shop, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in month_end.save(busy_shop, NOVEMBER, tmp_path).files]
    busy_shop.clock.set(dt.datetime(2026, 12, 24, 9, tzinfo=dt.UTC))  # type: ignore[attr-defined]
    assert [path.read_bytes() for path in month_end.save(busy_shop, NOVEMBER, tmp_path).files] == first


def test_only_the_period_is_listed(open_shop: Shop) -> None:
    bill(open_shop, "10.00")
    open_shop.clock.set(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC))  # type: ignore[attr-defined]
    bill(open_shop, "20.00")
    december = month_of(dt.date(2026, 12, 1))
    listed = month_end.collect(open_shop, december)
    assert [(row.number, row.gross.minor) for row in listed.bills] == [("R-2026-0002", 2000)]
    assert month_end.overview(open_shop, quarter_of(dt.date(2026, 12, 1))).count == 2


def test_numbers_are_complete_also_over_two_months(open_shop: Shop) -> None:
    bill(open_shop, "10.00")
    open_shop.clock.set(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC))  # type: ignore[attr-defined]
    bill(open_shop, "20.00")
    number_ranges.save(open_shop, NumberRange("invoice", "R-{year}-{number:0000}", start=41))
    bill(open_shop, "30.00")
    (report,) = month_end.overview(open_shop, month_of(dt.date(2026, 12, 1))).numbers
    assert (report.first, report.last, report.count, report.gaps) == ("R-2026-0002", "R-2026-0041", 2, ())


def test_a_number_that_vanished_is_named(busy_shop: Shop, tmp_path: Path) -> None:
    with busy_shop.writing() as connection:
        # as a stranger with the file in his hands might do it
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE document SET kind = 'quote' WHERE number = 'R-2026-0002'"))
    read = sheets(month_end.save(busy_shop, NOVEMBER, tmp_path).files[0])["Nummern"]
    at = columns(read)
    assert (read[1][at["Fehlen"]], read[1][at["Fehlende Nummern"]]) == (1, "2")


def stopping_after(steps: int) -> Callable[[], bool]:
    left = iter(range(steps))
    return lambda: next(left, None) is None


@pytest.mark.parametrize("steps", [0, 3, 5, 7])
def test_stopped_nothing_new_stands_in_the_folder(busy_shop: Shop, tmp_path: Path, steps: int) -> None:
    folder = tmp_path / "adviser"
    folder.mkdir()
    (folder / "Rechnungen-2026-11.zip").write_bytes(b"from yesterday")
    with pytest.raises(Stopped):
        month_end.save(busy_shop, NOVEMBER, folder, LongWork(cancelled=stopping_after(steps)))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "Rechnungen-2026-11.zip": b"from yesterday"
    }
    assert not month_end.overview(busy_shop, NOVEMBER).done


def test_it_says_how_far_it_is(busy_shop: Shop, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    month_end.save(busy_shop, NOVEMBER, tmp_path, LongWork(lambda done, of: seen.append((done, of))))
    assert seen == [(at, 10) for at in range(10)]


def test_an_empty_month_is_told(open_shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(NothingToHandOver):
        month_end.save(open_shop, NOVEMBER, tmp_path)
    assert not list(tmp_path.glob("*.zip"))


def test_the_adviser_gets_one_mail_with_both_files(busy_shop: Shop, tmp_path: Path) -> None:
    month_end.save_adviser(busy_shop, "kanzlei@example.org")
    sent = month_end.mail(busy_shop, NOVEMBER, tmp_path)
    assert sent.mail_id is not None
    entry = outbox.entry(busy_shop, sent.mail_id)
    assert (entry.recipient, entry.state) == ("kanzlei@example.org", MailState.QUEUED)
    assert entry.subject == "Rechnungen November 2026: Schlafgut Lindner"
    mail = message_from_bytes(outbox.eml(busy_shop, sent.mail_id), policy=default)
    attached: dict[str | None, bytes] = {
        part.get_filename(): part.get_content() for part in mail.iter_attachments()
    }
    assert set(attached) == {"Rechnungen-2026-11.xlsx", "Rechnungen-2026-11.zip"}
    with zipfile.ZipFile(io.BytesIO(attached["Rechnungen-2026-11.zip"])) as archive:
        assert archive.read("Rechnungen-2026-11.xlsx") == attached["Rechnungen-2026-11.xlsx"]
    assert not list(tmp_path.glob("Rechnungen*"))
    assert month_end.overview(busy_shop, NOVEMBER).done


def test_what_is_too_large_for_a_mail_is_saved_and_not_mailed(
    busy_shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month_end, "LARGEST_MAIL", 50_000)
    month_end.save_adviser(busy_shop, "kanzlei@example.org")
    done = month_end.mail(busy_shop, NOVEMBER, tmp_path)
    assert (done.mail_id, done.too_large) == (None, True)
    assert [path.exists() for path in done.files] == [True, True]
    assert outbox.page(busy_shop, frozenset(MailState)) == ()


def test_without_an_address_nothing_is_mailed(busy_shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(WrongAddress) as refused:
        month_end.mail(busy_shop, NOVEMBER, tmp_path)
    assert refused.value.field == "adviser"
    with pytest.raises(WrongAddress):
        month_end.save_adviser(busy_shop, "a@b.de, evil@x.de")


def test_done_can_be_said_and_taken_back(busy_shop: Shop) -> None:
    undo = month_end.mark_done(busy_shop, NOVEMBER)
    assert month_end.overview(busy_shop, NOVEMBER).done
    undo.run(busy_shop)
    assert not month_end.overview(busy_shop, NOVEMBER).done


def test_the_journal_tells_what_was_handed_over(busy_shop: Shop, tmp_path: Path) -> None:
    month_end.save(busy_shop, NOVEMBER, tmp_path)
    with busy_shop.reading() as connection:
        row = connection.execute(text("SELECT action, new FROM journal WHERE subject = 'month_end'")).one()
    assert row.action == "save"
    assert str(in_database(busy_shop, NOVEMBER)[2]) in row.new


def mixed_month(shop: Shop) -> None:
    """Every kind that counts, over tax cases with and without VAT."""
    first = bill(shop, "119.00", "59.50")
    with_note = bill(shop, "9.99", "9.99", "9.99", rate=7)
    next_one(shop, first, DocumentKind.CANCELLATION)
    next_one(shop, with_note, DocumentKind.CREDIT_NOTE)
    customer = customers.page(shop, None, 1)[0].id
    lines = (Line(text="Bett nach Maß", unit_price=Decimal("1234.56")),)
    abroad = Address(("ul. Aprilovska 5",), "5300", "Gabrovo", "BG")
    made = documents.start(shop, "order_confirmation", customer)
    order = documents.save_draft(
        shop,
        replace(made, lines=lines, recipient=replace(made.recipient, address=abroad), tax_case=TaxCase.OSS),
    )
    assert order.id is not None
    issuing.issue(shop, order.id, send=False)
    deposit = chains.follow_up(
        shop, order.id, DocumentKind.DEPOSIT_INVOICE, Wishes(deposit_percent=Decimal(30))
    )
    assert deposit.id is not None
    issuing.issue(shop, deposit.id, send=False)
    next_one(shop, order.id, DocumentKind.FINAL_INVOICE)
    bill(shop, "500.00", rate=None, tax_case=TaxCase.MARGIN_SCHEME)


def xml_sums(shop: Shop) -> dict[str, tuple[int, int]]:
    """Number → tax basis and grand total of its e-invoice, with the sign with which they count."""
    sums = {}
    with shop.reading() as connection:
        rows = connection.execute(
            text(
                "SELECT d.number, d.kind, f.data FROM document d JOIN document_file f ON f.document_id = d.id "
                "WHERE f.media_type = 'application/xml'"
            )
        ).all()
    for row in rows:
        sign = -1 if row.kind == "credit_note" else 1
        found = [
            cents(re.search(rf"<ram:{name}[^>]*>([^<]+)<".encode(), row.data)[1].decode())  # type: ignore[index]
            for name in ("TaxBasisTotalAmount", "GrandTotalAmount")
        ]
        sums[row.number] = (sign * found[0], sign * found[1])
    return sums


def test_every_kind_and_tax_case_is_in_the_list_as_in_its_own_e_invoice(
    open_shop: Shop, tmp_path: Path
) -> None:
    mixed_month(open_shop)
    value = month_end.collect(open_shop, NOVEMBER)
    assert {bill.kind for bill in value.bills} == set(LISTED)
    assert {bill.number: (bill.net.minor, bill.gross.minor) for bill in value.bills} == xml_sums(open_shop)
    count, net, gross = in_database(open_shop, NOVEMBER)
    total = value.total("EUR")
    assert (len(value.bills), total[0].minor, total[2].minor) == (count, net, gross)
    read = sheets(month_end.save(open_shop, NOVEMBER, tmp_path).files[0])
    parts = [row for row in read["Summen"][1:] if row[2] is not None]
    assert ("OSS (Steuer des Bestimmungslandes)", "Bulgarien", 20) in [row[:3] for row in parts]
    at = columns(read["Summen"])
    assert sum(cents(row[at["Brutto"]]) for row in parts) == gross
