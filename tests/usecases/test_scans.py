"""The signed order stays with its document (PRODUCT.md, S41)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from shopdesk.domain.documents import DocumentKind, Line
from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.scans import LARGEST_BYTES, ScanRefused
from shopdesk.usecases import documents, issuing, scans
from shopdesk.usecases.shop import Shop

PDF = b"%PDF-1.4 unterschrieben"


@pytest.fixture
def order_id(open_shop: Shop) -> int:
    draft = documents.start(open_shop, DocumentKind.ORDER_CONFIRMATION)
    recipient = replace(draft.recipient, company="Pension Talblick")
    recipient = replace(recipient, address=replace(recipient.address, country="DE"))
    lines = (Line(text="Matratze", unit_price=Decimal(100)),)
    stored = documents.save_draft(open_shop, replace(draft, recipient=recipient, lines=lines))
    assert stored.id is not None
    issuing.issue(open_shop, stored.id, send=False)
    return stored.id


def test_a_scan_is_kept_with_the_issued_order_byte_for_byte(open_shop: Shop, order_id: int) -> None:
    kept, undo = scans.keep(open_shop, order_id, "Auftrag unterschrieben.pdf", PDF)
    assert scans.of_document(open_shop, order_id) == (kept,)
    assert (kept.media_type, scans.data(open_shop, kept.id)) == ("application/pdf", PDF)
    undo.run(open_shop)
    assert scans.of_document(open_shop, order_id) == ()


def test_the_same_scan_twice_is_kept_once(open_shop: Shop, order_id: int) -> None:
    first, undo = scans.keep(open_shop, order_id, "a.pdf", PDF)
    assert scans.keep(open_shop, order_id, "b.pdf", PDF)[0] == first
    undo.run(open_shop)
    assert scans.keep(open_shop, order_id, "c.pdf", PDF)[0].id == first.id
    assert len(scans.of_document(open_shop, order_id)) == 1


def test_what_was_taken_away_comes_back(open_shop: Shop, order_id: int) -> None:
    kept, _ = scans.keep(open_shop, order_id, "a.pdf", PDF)
    scans.take_away(open_shop, kept).run(open_shop)
    assert [scan.id for scan in scans.of_document(open_shop, order_id)] == [kept.id]


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90", b"<html>", b"%PDF-" + b"x" * LARGEST_BYTES],
    ids=["empty", "program", "page", "large"],
)
def test_what_is_no_scan_is_refused_in_words(open_shop: Shop, order_id: int, data: bytes) -> None:
    with pytest.raises(ScanRefused):
        scans.keep(open_shop, order_id, "brief.pdf", data)
    assert scans.of_document(open_shop, order_id) == ()


def test_a_file_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ScanRefused):
        scans.read(tmp_path / "nowhere.pdf")


def test_a_document_that_does_not_exist_keeps_nothing(open_shop: Shop) -> None:
    with pytest.raises(NotFound):
        scans.keep(open_shop, 4711, "a.pdf", PDF)


@pytest.mark.parametrize(
    "attack", ["UPDATE scan SET data = x'00'", "UPDATE scan SET name = 'x'", "DELETE FROM scan"]
)
def test_the_bytes_of_a_scan_never_change(open_shop: Shop, order_id: int, attack: str) -> None:
    scans.keep(open_shop, order_id, "a.pdf", PDF)
    with pytest.raises((ShopError, DBAPIError)), open_shop.writing() as connection:
        connection.exec_driver_sql(attack)
    assert scans.data(open_shop, scans.of_document(open_shop, order_id)[0].id) == PDF
