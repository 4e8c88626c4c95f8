"""E-invoices that come in: read, judged, filed unchanged for eight years, found again, assigned, removed in time."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import pytest

from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ChangedElsewhere, NotFound
from shopdesk.domain.received_invoices import EInvoiceProblem, StillKept, kept_until
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.usecases import backups, customers, documents, issuing, received_invoices, sample_shop, timeline
from shopdesk.usecases.received_invoices import OpenedInvoice
from shopdesk.usecases.shop import Shop
from tests.intake.einvoice import samples

CII, UBL = samples.cii().encode(), samples.ubl().encode()


def opened(shop: Shop, data: bytes = CII, name: str = "rechnung.xml") -> OpenedInvoice:
    return received_invoices.open_bytes(shop, name, data)


@pytest.fixture
def shop_of_2010(tmp_path: Path) -> Iterator[Shop]:
    clock = FixedClock(dt.datetime(2010, 3, 1, 9, 0, tzinfo=dt.UTC))
    shop = Shop(
        tmp_path / "old.sqlite", clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens Lindner"
    )
    yield shop
    shop.close()


def test_reading_stores_nothing(empty_shop: Shop) -> None:
    found = opened(empty_shop)
    assert (found.invoice.number, found.kept, found.verdict.is_good) == ("R-2026-0412", None, True)
    assert received_invoices.page(empty_shop) == ()


def test_what_is_filed_is_the_same_to_the_byte(empty_shop: Shop) -> None:
    kept, is_new = received_invoices.file(empty_shop, opened(empty_shop), supplier="Federkern")
    assert is_new
    assert (kept.number, kept.seller, kept.payable) == ("R-2026-0412", "Federkern Sörensen GmbH", D("238.00"))
    assert (kept.sha256, kept.size) == (hashlib.sha256(CII).hexdigest(), len(CII))
    assert (kept.kept_until, kept.received_at) == (dt.date(2034, 12, 31), empty_shop.clock.now())
    assert received_invoices.original(empty_shop, kept.id) == ("rechnung.xml", CII)
    again = received_invoices.open_kept(empty_shop, kept.id)
    assert again.invoice == opened(empty_shop).invoice
    assert again.kept == kept


def test_the_same_bytes_are_recognised_and_not_filed_twice(empty_shop: Shop) -> None:
    kept, _new = received_invoices.file(empty_shop, opened(empty_shop))
    twin = opened(empty_shop, name="andere.xml")
    assert twin.kept == kept
    assert received_invoices.file(empty_shop, twin) == (kept, False)
    assert received_invoices.page(empty_shop) == (kept,)
    assert received_invoices.file(empty_shop, opened(empty_shop, UBL))[1]


@pytest.mark.parametrize(
    ("issued", "received", "until"),
    [
        (dt.date(2026, 11, 23), dt.date(2026, 11, 25), dt.date(2034, 12, 31)),
        (dt.date(2026, 12, 30), dt.date(2027, 1, 2), dt.date(2035, 12, 31)),
        (dt.date(2027, 1, 1), dt.date(2026, 12, 30), dt.date(2035, 12, 31)),
        (None, dt.date(2026, 1, 1), dt.date(2034, 12, 31)),
        (dt.date(9999, 1, 1), dt.date(2026, 1, 1), dt.date(9999, 12, 31)),
    ],
)
def test_eight_years_run_from_the_end_of_the_later_year(
    issued: dt.date | None, received: dt.date, until: dt.date
) -> None:
    assert kept_until(issued, received) == until


def test_it_may_go_after_its_time_and_not_a_day_before(shop_of_2010: Shop) -> None:
    old = CII.replace(b"20261123", b"20100301")
    kept, _new = received_invoices.file(shop_of_2010, opened(shop_of_2010, old))
    assert kept.kept_until == dt.date(2018, 12, 31)
    shop_of_2010.clock = FixedClock(dt.datetime(2018, 12, 31, 12, 0, tzinfo=dt.UTC))
    with pytest.raises(StillKept):
        received_invoices.remove(shop_of_2010, kept.id)
    shop_of_2010.clock = FixedClock(dt.datetime(2019, 1, 1, 12, 0, tzinfo=dt.UTC))
    received_invoices.remove(shop_of_2010, kept.id)
    assert received_invoices.page(shop_of_2010) == ()
    with pytest.raises(NotFound):
        received_invoices.get(shop_of_2010, kept.id)


def test_the_seller_s_vat_id_proposes_the_customer(empty_shop: Shop) -> None:
    customer = customers.create(empty_shop, Customer(company="Federkern Sörensen GmbH", vat_id="DE136695976"))
    assert opened(empty_shop).customer_id == customer.id


def test_it_is_found_by_any_hint(empty_shop: Shop) -> None:
    customer = customers.create(empty_shop, replace(sample_shop.sample().caller, vat_id=""))
    kept, _new = received_invoices.file(empty_shop, opened(empty_shop), customer.id)
    received_invoices.file(empty_shop, opened(empty_shop, CII.replace(b"R-2026-0412", b"X-1"), "andere.xml"))
    for hint in ("0412", "238,00", "rechnung", "ivanova", "soerensen 0412"):
        assert kept in received_invoices.page(empty_shop, wanted=hint), hint
    assert len(received_invoices.page(empty_shop, wanted="Sörensen")) == 2
    assert received_invoices.page(empty_shop, wanted="100 %") == ()


def test_the_customer_s_timeline_tells_that_it_came(open_shop: Shop) -> None:
    customer = customers.create(open_shop, replace(sample_shop.sample().caller, vat_id=""))
    received_invoices.file(open_shop, opened(open_shop), customer.id)
    assert customer.id is not None
    titles = [entry.title for entry in timeline.page(open_shop, customer.id)]
    assert titles == ["Rechnung R-2026-0412 kam herein, 238,00\u00a0€"]


def test_the_list_goes_on_page_by_page_newest_first(empty_shop: Shop) -> None:
    for at in range(5):
        data = CII.replace(b"R-2026-0412", b"R-%d" % at)
        received_invoices.file(empty_shop, opened(empty_shop, data))
    first = received_invoices.page(empty_shop, limit=3)
    rest = received_invoices.page(empty_shop, received_invoices.cursor_of(first[-1]), 3)
    assert [entry.number for entry in (*first, *rest)] == ["R-4", "R-3", "R-2", "R-1", "R-0"]


def test_whom_it_is_from_can_be_corrected_and_taken_back(empty_shop: Shop) -> None:
    customer = customers.create(empty_shop, replace(sample_shop.sample().caller, vat_id=""))
    kept, _new = received_invoices.file(empty_shop, opened(empty_shop), supplier="Federkern")
    saved, undo = received_invoices.assign(empty_shop, kept, customer.id)
    assert (saved.customer_id, saved.supplier) == (customer.id, "")
    assert received_invoices.page(empty_shop, wanted="Ivanova") == (saved,)
    with pytest.raises(ChangedElsewhere):
        received_invoices.assign(empty_shop, kept, None)
    undo.run(empty_shop)
    now = received_invoices.get(empty_shop, kept.id)
    assert (now.customer_id, now.supplier) == (None, "Federkern")


def test_the_journal_tells_what_happened(empty_shop: Shop) -> None:
    kept, _new = received_invoices.file(empty_shop, opened(empty_shop))
    received_invoices.assign(empty_shop, kept, None, "Sörensen")
    with empty_shop.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT action, new FROM journal WHERE subject = 'received_invoice' ORDER BY id"
        ).fetchall()
    assert [row[0] for row in rows] == ["file", "assign"]
    assert json.loads(rows[0][1])["sha256"] == kept.sha256
    assert backups.check(empty_shop) == ()


def test_files_are_opened_and_originals_saved_from_and_to_the_disk(empty_shop: Shop, tmp_path: Path) -> None:
    source, target = tmp_path / "in.xml", tmp_path / "out.xml"
    source.write_bytes(CII)
    found = received_invoices.open_file(empty_shop, source)
    received_invoices.save_original(found, target)
    assert target.read_bytes() == CII
    for problem in (
        lambda: received_invoices.open_file(empty_shop, tmp_path / "absent.xml"),
        lambda: received_invoices.open_file(empty_shop, tmp_path),
        lambda: received_invoices.save_original(found, tmp_path / "absent" / "out.xml"),
    ):
        with pytest.raises(received_invoices.FileNotOpened) as refused:
            problem()
        assert refused.value.message.values["reason"]


@pytest.mark.parametrize("kind", ["UBL", "CII", "PDF"])
def test_attachments_come_out_as_they_were_put_in(empty_shop: Shop, tmp_path: Path, kind: str) -> None:
    photo = bytes(range(256)) * 50
    if kind == "PDF":
        data = samples.pdf(("foto.jpg", photo), ("factur-x.xml", CII))
    else:
        data = (
            (samples.cii if kind == "CII" else samples.ubl)()
            .replace(*samples.with_attachment(kind, photo))
            .encode()
        )
    found = opened(empty_shop, data)
    (entry,) = found.invoice.attachments
    assert (entry.file_name, entry.size) == ("foto.jpg", len(photo))
    received_invoices.save_attachment(found, 0, tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == photo
    with pytest.raises(EInvoiceProblem) as refused:
        received_invoices.save_attachment(found, 1, tmp_path / "none.jpg")
    assert refused.value.code == "no-attachment"


def test_two_hundred_megabytes_are_refused_without_reading_them_all(empty_shop: Shop, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xml"
    with bomb.open("wb") as stream:
        for _ in range(200):
            stream.write(b"<a>" * (1 << 18) + b" " * (1 << 18))
    assert bomb.stat().st_size == 200 << 20
    with pytest.raises(EInvoiceProblem) as refused:
        received_invoices.open_file(empty_shop, bomb)
    assert refused.value.code == "too-large"


def test_a_name_from_outside_is_made_harmless(empty_shop: Shop) -> None:
    kept, _new = received_invoices.file(empty_shop, opened(empty_shop, name="../..\\con\u202efdp.xml"))
    assert "/" not in kept.file_name
    assert "\u202e" not in kept.file_name


def test_our_own_paper_is_read_like_a_stranger_s(open_shop: Shop) -> None:
    customer = customers.create(open_shop, sample_shop.sample().caller)
    from shopdesk.domain.documents import Line

    draft = replace(
        documents.start(open_shop, "invoice", customer.id),
        lines=(Line(text="Rollmatratze 80 × 190 cm", quantity=D(2), unit_price=D("123.03")),),
    )
    saved = documents.save_draft(open_shop, draft)
    assert saved.id is not None
    issued = issuing.issue(open_shop, saved.id)
    assert issued.document.id is not None
    pdf = documents.stored_files(open_shop, issued.document.id)[0]
    found = received_invoices.open_bytes(open_shop, pdf.name, pdf.data)
    assert found.invoice.number == issued.document.number
    assert found.verdict.problems == ()
    assert received_invoices.file(open_shop, found)[0].media_type == "application/pdf"
