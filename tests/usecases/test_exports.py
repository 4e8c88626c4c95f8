"""The owner's data are the owner's: everything comes out, in files that other programs read (ORDER.md, `export`)."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.output.vcards import vcards
from shopdesk.store import exports as stored
from shopdesk.usecases import customers, exports, sample_shop
from shopdesk.usecases.shop import Shop

HARMFUL = '=HYPERLINK("http://evil.example")'


@pytest.fixture
def full_shop(empty_shop: Shop) -> Shop:
    sample_shop.fill(empty_shop)
    return empty_shop


def everything(folder: Path) -> dict[str, Any]:
    value = json.loads((folder / "everything.json").read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def test_every_row_of_every_table_comes_out(full_shop: Shop, tmp_path: Path) -> None:
    done = exports.export_all(full_shop, tmp_path / "out")
    tables = everything(done.folder)["tables"]
    assert set(tables) == set(stored.table_names())
    with full_shop.reading() as connection:
        assert {name: len(rows) for name, rows in tables.items()} == {
            name: stored.count(connection, name) for name in stored.table_names()
        }
        ours = next(row for row in stored.rows(connection, "document") if row["number"])
    assert ours in tables["document"]
    assert done.tables["customer"] == len(customers.page(full_shop))


def test_every_paper_is_there_byte_for_byte(full_shop: Shop, tmp_path: Path) -> None:
    done = exports.export_all(full_shop, tmp_path / "out")
    rows = everything(done.folder)["tables"]["document_file"]
    assert rows
    for row in rows:
        data = (done.folder / row["data"]["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"] == row["data"]["sha256"]
    assert len({row["data"]["file"] for row in rows}) == len(rows)


def test_customers_come_out_for_address_books_and_spreadsheets(full_shop: Shop, tmp_path: Path) -> None:
    someone = Customer(
        company=HARMFUL, person=PersonName(Salutation.MRS, "Dr.", "Ana", "Öz"), phones=(Phone("0551 4711"),)
    )
    customers.create(full_shop, someone)
    done = exports.export_all(full_shop, tmp_path / "out")
    with (done.folder / "customers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == done.tables["customer"]
    row = next(row for row in rows if row["Nachname"] == "Öz")
    assert row["Firma"] == "'" + HARMFUL  # no formula
    sheet = openpyxl.load_workbook(done.folder / "customers.xlsx").active
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1
    cards = (done.folder / "customers.vcf").read_text(encoding="utf-8")
    assert cards.count("BEGIN:VCARD\n") == cards.count("END:VCARD\n") >= len(rows)


def test_a_folder_with_something_in_it_is_left_alone(full_shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(exports.ExportRefused):
        exports.export_all(full_shop, folder)
    assert [path.name for path in tmp_path.rglob("*.txt")] == ["mine.txt"]


def test_an_empty_folder_is_filled(full_shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert exports.export_all(full_shop, folder).folder == folder
    assert (folder / "everything.json").exists()


def test_stopped_leaves_nothing(full_shop: Shop, tmp_path: Path) -> None:
    steps = iter([False] * 20 + [True] * 1000)
    with pytest.raises(Stopped):
        exports.export_all(full_shop, tmp_path / "out", LongWork(cancelled=lambda: next(steps)))
    assert [path for path in tmp_path.iterdir() if not path.name.startswith("shop.sqlite")] == []


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=90)


@given(name=TEXT, note=st.text("ab,;:\\\n\r äß€😀", max_size=200), street=TEXT)
def test_a_card_gives_back_what_went_in(name: str, note: str, street: str) -> None:
    customer = Customer(
        number="K-1", company=name or "x", note=note, address=Address((street,), "1", "Ort", "DE"),
        contact_persons=(ContactPerson(PersonName(family_name="Öz"), "Einkauf", "0551 1", "a@example.org"),),
    )  # fmt: skip
    data = vcards([customer])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VCARD") == lines.count("END:VCARD") == 2
    found = dict(line.split(":", 1) for line in lines[: lines.index("END:VCARD")])
    assert _plain(found["ORG"]) == customer.company
    assert _plain(found.get("NOTE", "")) == note.replace("\r\n", "\n").replace("\r", "\n")
    assert len(_fields(found["ADR;TYPE=work"])) == 7


def _fields(value: str) -> list[str]:
    return value.replace("\\\\", "\0").replace("\\;", "\1").split(";")


def _plain(value: str) -> str:
    out, rest = "", iter(value)
    for sign in rest:
        if sign == "\\":
            sign = next(rest)
            out += "\n" if sign == "n" else sign
        else:
            out += sign
    return out
