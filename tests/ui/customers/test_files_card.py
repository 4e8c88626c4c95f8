"""A file dropped on the window while a customer is shown stays with that customer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.usecases import customer_files
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control

PDF = b"%PDF-1.4 Grundriss"


def names(shop: Shop, page: CustomerPage) -> list[str]:
    assert page.existing.customer.id is not None
    return [file.name for file in customer_files.of_customer(shop, page.existing.customer.id)]


def test_dropped_files_are_kept_and_taken_back(
    open_customer: Callable[..., CustomerPage], shop: Shop, tmp_path: Path
) -> None:
    page = open_customer()
    (tmp_path / "Grundriss.pdf").write_bytes(PDF)
    (tmp_path / "notiz.pdf").write_bytes(b"nur Text")
    assert page.take_files([str(tmp_path / "notiz.pdf"), str(tmp_path / "Grundriss.pdf")])
    assert names(shop, page) == ["Grundriss.pdf"]
    assert [file.name for file in page.existing.files.files] == ["Grundriss.pdf"]
    control(Qt.Key.Key_Z)
    assert names(shop, page) == []


def test_a_removed_file_comes_back(open_customer: Callable[..., CustomerPage], shop: Shop) -> None:
    page = open_customer()
    assert page.existing.customer.id is not None
    kept, _ = customer_files.keep(shop, page.existing.customer.id, "Grundriss.pdf", PDF)
    page.reload()
    page.existing.files._remove(kept)
    assert names(shop, page) == []
    control(Qt.Key.Key_Z)
    assert names(shop, page) == ["Grundriss.pdf"]


def test_an_xml_file_is_left_to_the_reader_of_invoices(open_customer: Callable[..., CustomerPage]) -> None:
    assert not open_customer().take_files(["rechnung.xml"])


def test_a_customer_who_is_not_stored_yet_takes_no_files(call: CustomerPage) -> None:
    assert not call.take_files(["Grundriss.pdf"])
