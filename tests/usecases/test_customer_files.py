"""What was dropped on a customer's card stays with him, byte for byte."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from shopdesk.domain.customer_files import FileRefused
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.scans import LARGEST_BYTES
from shopdesk.usecases import customer_files, customers, privacy
from shopdesk.usecases.shop import Shop

PDF = b"%PDF-1.4 Grundriss"


@pytest.fixture
def customer_id(open_shop: Shop) -> int:
    stored = customers.create(open_shop, Customer(company="Pension Talblick"))
    assert stored.id is not None
    return stored.id


def test_a_file_is_kept_byte_for_byte_and_taken_back(open_shop: Shop, customer_id: int) -> None:
    kept, undo = customer_files.keep(open_shop, customer_id, "Grundriss.pdf", PDF)
    assert customer_files.of_customer(open_shop, customer_id) == (kept,)
    assert (kept.media_type, customer_files.data(open_shop, kept.id)) == ("application/pdf", PDF)
    undo.run(open_shop)
    assert customer_files.of_customer(open_shop, customer_id) == ()


def test_the_same_file_twice_is_kept_once_and_what_was_taken_away_comes_back(
    open_shop: Shop, customer_id: int
) -> None:
    first, _ = customer_files.keep(open_shop, customer_id, "a.pdf", PDF)
    assert customer_files.keep(open_shop, customer_id, "b.pdf", PDF)[0] == first
    back = customer_files.take_away(open_shop, first)
    assert customer_files.of_customer(open_shop, customer_id) == ()
    back.run(open_shop)
    assert [file.id for file in customer_files.of_customer(open_shop, customer_id)] == [first.id]


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90", b"<html>", b"%PDF-" + b"x" * LARGEST_BYTES],
    ids=["empty", "program", "page", "large"],
)
def test_what_could_harm_or_is_too_large_is_refused_in_words(
    open_shop: Shop, customer_id: int, data: bytes
) -> None:
    with pytest.raises(FileRefused):
        customer_files.keep(open_shop, customer_id, "brief.pdf", data)
    assert customer_files.of_customer(open_shop, customer_id) == ()


def test_a_customer_who_does_not_exist_keeps_nothing(open_shop: Shop) -> None:
    with pytest.raises(NotFound):
        customer_files.keep(open_shop, 4711, "a.pdf", PDF)


@pytest.mark.parametrize("column", ["data", "name", "sha256"])
def test_the_bytes_of_a_file_never_change(open_shop: Shop, customer_id: int, column: str) -> None:
    kept, _ = customer_files.keep(open_shop, customer_id, "a.pdf", PDF)
    with pytest.raises((ShopError, DBAPIError)), open_shop.writing() as connection:
        connection.exec_driver_sql(f"UPDATE customer_file SET {column} = 'x'")
    assert customer_files.data(open_shop, kept.id) == PDF


def test_who_asks_gets_the_file_itself(open_shop: Shop, customer_id: int, tmp_path: Path) -> None:
    customer_files.keep(open_shop, customer_id, "Grundriss.pdf", PDF)
    answered = privacy.answer(open_shop, customer_id, tmp_path / "auskunft.zip")
    with zipfile.ZipFile(answered.place) as archive:
        assert PDF in [archive.read(name) for name in archive.namelist()]
