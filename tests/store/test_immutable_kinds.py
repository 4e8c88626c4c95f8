"""Every kind of document, and what is kept beside it: raw SQL is refused, or found by the checks (GoBD, P6)."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.received_invoices import KeptInvoice
from shopdesk.domain.vat_id_checks import CheckResult, CheckService, VatIdAnswer, VatIdCheck
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.store import received_invoices, scans, vat_id_checks
from shopdesk.store.backup import check
from shopdesk.store.connection import connect
from shopdesk.store.database import Database
from shopdesk.usecases import orders, setting_up
from shopdesk.usecases.shop import Shop
from tests.cli.conftest import SHOP

HASH_OF_NUL = hashlib.sha256(b"\0").hexdigest()
MONDAY = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)
KINDS = [kind.value for kind in DocumentKind]
GUEST_HOUSE = {
    "company": "Pension Talblick", "email": "pension@example.org", "language": "de",
    "address": {"lines": ["Talweg 3"], "postal_code": "37083", "city": "Göttingen", "country": "DE"},
}  # fmt: skip
LINE = {"text": "Rollmatratze 80x190", "quantity": "2", "unit_price": "149.90", "vat_rate": "19"}
TABLES = (
    "document", "document_line", "document_file", "document_reference", "number_counter", "turnover", "journal",
    "received_invoice", "vat_id_check", "vat_confirmation", "scan",
)  # fmt: skip

# {id} is the attacked document, {other} another issued one, {number} its number, {kind} its kind
REFUSED = {
    "an amount": "UPDATE document SET gross = 1 WHERE id = {id}",
    "a text": "UPDATE document SET content = '{{}}' WHERE id = {id}",
    "the date": "UPDATE document SET date = '2020-01-01' WHERE id = {id}",
    "another kind": "UPDATE document SET kind = 'quote' WHERE id = {id} AND kind <> 'quote'"
    " OR id = {other} AND '{kind}' = 'quote'",
    "another number": "UPDATE document SET number = 'X-1' WHERE id = {id}",
    "another customer": "UPDATE document SET customer_id = NULL WHERE id = {id}",
    "what it follows": "UPDATE document SET follows_id = {other} WHERE id = {id}",
    "back to draft": "UPDATE document SET state = 'draft', number = NULL WHERE id = {id}",
    "its place in the chain": "UPDATE document SET chain_position = 99 WHERE id = {id}",
    "deleted": "DELETE FROM document WHERE id = {id}",
    "replaced": "INSERT OR REPLACE INTO document (id, kind, state, request_key) VALUES ({id}, '{kind}', 'draft', 'x')",
    "replaced by its number": "INSERT OR REPLACE INTO document (kind, state, number, request_key) "
    "VALUES ('{kind}', 'issued', '{number}', 'x')",
    "a draft of its kind takes its number": "UPDATE OR REPLACE document SET kind = '{kind}', state = 'issued', "
    "number = '{number}' WHERE id = {draft}",
    "a draft of another kind takes its number": "UPDATE document SET state = 'issued', number = '{number}', "
    "kind = CASE '{kind}' WHEN 'quote' THEN 'invoice' ELSE 'quote' END WHERE id = {draft}",
    "invented": "INSERT INTO document (kind, state, number, request_key) VALUES ('{kind}', 'issued', 'X-9', 'y')",
    "a line": "UPDATE document_line SET text = 'x' WHERE document_id = {id} OR document_id = {other}",
    "a line more": "INSERT INTO document_line (document_id, position, kind) VALUES ({id}, 90, 'goods')",
    "a line less": "DELETE FROM document_line WHERE document_id = {id} OR document_id = {other}",
    "a draft's line moved in": "UPDATE document_line SET document_id = {id}, position = 91 WHERE document_id = {draft}",
    "the bytes": "UPDATE document_file SET data = x'00' WHERE document_id = {id}",
    "no bytes": "DELETE FROM document_file WHERE document_id = {id}",
    "more bytes": "INSERT INTO document_file (document_id, name, media_type, sha256, data) "
    "VALUES ({id}, 'a', 'b', 'c', x'00')",
    "a reference more": "INSERT INTO document_reference (document_id, referred_id) VALUES ({id}, {draft})",
    "a draft's reference moved in": "UPDATE document_reference SET document_id = {id} WHERE document_id = {draft}",
    "its counter back": "UPDATE number_counter SET last = 0 WHERE last > 0",
    "its issue out of the journal": "DELETE FROM journal WHERE subject = 'document' AND subject_id = '{id}'",
    "its issue in the journal": "UPDATE journal SET new = '' WHERE subject = 'document' AND subject_id = '{id}'",
}

BESIDE = {
    "a reference elsewhere": "UPDATE document_reference SET referred_id = {draft} WHERE document_id <> {draft}",
    "a reference less": "DELETE FROM document_reference WHERE document_id <> {draft}",
    "turnover": "UPDATE turnover SET distance = 0, gross = 0",
    "no turnover": "DELETE FROM turnover",
    "turnover replaced": "REPLACE INTO turnover (document_id, year, currency) "
    "SELECT document_id, 1999, 'EUR' FROM turnover",
    "a received invoice": "UPDATE received_invoice SET data = x'00'",
    "a received invoice's number": "UPDATE received_invoice SET number = 'x'",
    "a received invoice's time": "UPDATE received_invoice SET kept_until = '2000-01-01'",
    "a received invoice gone": "DELETE FROM received_invoice",
    "a received invoice replaced": "REPLACE INTO received_invoice (id, file_name, media_type, sha256, data, "
    "received_at, kept_until) VALUES (1, 'a', 'b', 'c', x'00', '', '')",
    "an answer about a VAT id": "UPDATE vat_id_check SET result = 'valid', raw = ''",
    "an answer gone": "DELETE FROM vat_id_check",
    "an answer replaced": "REPLACE INTO vat_id_check (id, vat_id, at, day, result) VALUES (1, 'a', '', '', 'valid')",
    "a confirmation": "UPDATE vat_confirmation SET vat_id = 'BG1'",
    "a confirmation of another day": "UPDATE vat_confirmation SET wanted_on = '1999-01-01'",
    "a confirmation taken back": "UPDATE vat_confirmation SET check_id = NULL",
    "a confirmation gone": "DELETE FROM vat_confirmation",
    "a confirmation replaced": "REPLACE INTO vat_confirmation (document_id, vat_id, wanted_on) "
    "SELECT document_id, 'x', '' FROM vat_confirmation",
    "a scan": "UPDATE scan SET data = x'00'",
    "a scan moved": "UPDATE scan SET document_id = {draft}",
    "a scan gone": "DELETE FROM scan",
    "a scan replaced": "REPLACE INTO scan (id, document_id, name, media_type, sha256, data, added_at) "
    "VALUES (1, 1, 'a', 'b', 'c', x'00', '')",
}

# who drops a trigger, changes and puts the trigger back leaves no trace in the schema; the checks find the rest
DETECTED = {
    "an amount": ("document_frozen", "UPDATE document SET gross = gross + 1 WHERE id = {id}"),
    "a text": ("document_frozen", "UPDATE document SET content = '{{}}' WHERE id = {id}"),
    "the day it was issued": (
        "document_frozen",
        "UPDATE document SET issued_at = '2020-01-01' WHERE id = {id}",
    ),
    "another number": ("document_frozen", "UPDATE document SET number = 'X-1' WHERE id = {id}"),
    "unissued": ("document_frozen", "UPDATE document SET state = 'draft', number = NULL WHERE id = {id}"),
    "its hash": ("document_hash_frozen", "UPDATE document SET hash = '2:00' WHERE id = {id}"),
    "a line": (
        "document_line_frozen",
        "UPDATE document_line SET text = 'x' WHERE document_id IN ({id}, {other})",
    ),
    "a line more": (
        "document_line_not_added",
        "INSERT INTO document_line (document_id, position, kind) VALUES ({id}, 90, 'goods')",
    ),
    "the bytes": ("document_file_frozen", "UPDATE document_file SET data = x'00' WHERE document_id = {id}"),
    "no bytes": ("document_file_kept", "DELETE FROM document_file WHERE document_id = {id}"),
    "a reference more": (
        "document_reference_not_added",
        "INSERT INTO document_reference (document_id, referred_id) VALUES ({id}, {draft})",
    ),
    "its counter": ("number_counter_up", "UPDATE number_counter SET last = last - 1"),
}

DETECTED_BESIDE = {
    "a reference": ("document_reference_kept", "DELETE FROM document_reference WHERE document_id <> {draft}"),
    "a received invoice": (
        "received_invoice_frozen",
        f"UPDATE received_invoice SET data = x'00', sha256 = '{HASH_OF_NUL}'",
    ),
    "a received invoice's bytes": ("received_invoice_frozen", "UPDATE received_invoice SET data = x'00'"),
    "a received invoice gone": ("received_invoice_kept", "DELETE FROM received_invoice"),
    "a received invoice more": (
        "received_invoice_not_replaced",
        (
            "INSERT INTO received_invoice (file_name, media_type, sha256, data, received_at, kept_until) "
            f"VALUES ('a', 'b', '{HASH_OF_NUL}', x'00', '', '')"
        ),
    ),
    "an answer": ("vat_id_check_frozen", "UPDATE vat_id_check SET result = 'invalid'"),
    "an answer invented": (
        "vat_id_check_not_replaced",
        "INSERT INTO vat_id_check (vat_id, at, day, result) VALUES ('BG175074752', '', '', 'valid')",
    ),
    "the end of the journal": (
        "journal_kept",
        "DELETE FROM journal WHERE id >= (SELECT max(id) FROM journal WHERE action = 'issue')",
    ),
    "a scan": ("scan_frozen", "UPDATE scan SET name = 'x'"),
    "a scan's bytes": ("scan_frozen", "UPDATE scan SET data = x'00'"),
}


def issue(shop: Shop, folder: Path, kind: str, **fields: Any) -> str:
    wanted = {
        "kind": kind, "customer": GUEST_HOUSE, "lines": [LINE],
        "fulfilment": "pickup",
    } | fields  # fmt: skip
    data = json.dumps({name: value for name, value in wanted.items() if value is not None}).encode()
    return str(orders.issue_order(shop, data, orders.Wanted(folder), Texts("de"))["number"])


def keep_beside(shop: Shop, document_id: int, draft_id: int) -> None:
    """A filed invoice, an answer about a VAT id with the bill it confirms, a scan, a draft with a reference."""
    now, today = shop.clock.now(), shop.clock.today()
    answer = VatIdAnswer(CheckResult.VALID, CheckService.VIES, "", "Hotel", "", {}, "WAPI1", "<raw/>")
    sha256 = "b20c4fb7b4958d9801b3621a26c42cede38866f1bdc7a49b38141cb0373471f6"  # of "not quite"
    filed = KeptInvoice(
        0, "rechnung.xml", "application/xml", sha256, 9, "4711", "Bettenwerk", today, None, "EUR", None, now,
        dt.date(2034, 12, 31), None, "",
    )  # fmt: skip
    with shop.writing() as connection:
        invoice_id = received_invoices.add(connection, filed, b"not quite")
        new = {"number": "4711", "seller": "Bettenwerk", "sha256": sha256, "kept_until": "2034-12-31"}
        shop.record(connection, "file", "received_invoice", invoice_id, new=new)
        check_id = vat_id_checks.add(connection, VatIdCheck("BG175074752", "DE136695976", now, today, answer))
        told = {"vat_id": "BG175074752", "result": "valid", "service": "vies", "request_identifier": "WAPI1"}
        shop.record(connection, "check", "vat_id_check", check_id, new=told)
        connection.exec_driver_sql(
            "INSERT INTO vat_confirmation (document_id, vat_id, wanted_on, check_id) VALUES (?, 'BG175074752', ?, ?)",
            (document_id, today.isoformat(), check_id),
        )
        kept = scans.add(connection, document_id, "auftrag.pdf", "application/pdf", b"%PDF", now)
        shop.record(connection, "add", "scan", kept.id, new={"name": kept.name, "sha256": kept.sha256})
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO document_reference (document_id, referred_id) VALUES (?, ?)",
            (draft_id, document_id),
        )


@pytest.fixture(scope="module")
def shop_of_all_kinds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A shop in which every kind was issued once, and a draft stands."""
    folder = tmp_path_factory.mktemp("kinds")
    shop = Shop(
        folder / "shop.sqlite", FixedClock(MONDAY), FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens Lindner"
    )  # fmt: skip
    assert shop.database is not None
    setting_up.set_up(shop, json.dumps(copy.deepcopy(SHOP)).encode())
    out = folder / "out"
    quote = issue(shop, out, "quote")
    order = issue(shop, out, "order_confirmation", refers_to=quote)
    issue(shop, out, "delivery_note", refers_to=order)
    deposit = issue(shop, out, "deposit_invoice", refers_to=order, delivery_date=None)
    issue(shop, out, "final_invoice", refers_to=[order, deposit], lines=[LINE, LINE])
    invoice = issue(shop, out, "invoice")
    corrected = issue(shop, out, "invoice")
    issue(shop, out, "credit_note", refers_to=corrected, lines=[LINE | {"quantity": "1"}])
    issue(shop, out, "payment_reminder", refers_to=corrected, customer=None, lines=None, level=1)
    issue(shop, out, "cancellation", refers_to=invoice, customer=None, lines=None)
    draft = json.dumps({"kind": "invoice", "customer": GUEST_HOUSE, "lines": [LINE]})
    orders.issue_order(shop, draft.encode(), orders.Wanted(out, draft=True), Texts("de"))
    with shop.reading() as connection:
        rows = connection.exec_driver_sql("SELECT kind, id, number, state FROM document ORDER BY id").all()
    ids = {row.kind: (row.id, row.number) for row in rows if row.state == "issued"}
    places = {"ids": ids, "draft": next(row.id for row in rows if row.state == "draft")}
    keep_beside(shop, ids["invoice"][0], places["draft"])
    shop.close()
    return folder / "shop.sqlite", places


@pytest.fixture
def attacked(shop_of_all_kinds: tuple[Path, dict[str, Any]], tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    path, places = shop_of_all_kinds
    shutil.copy(path, tmp_path / "shop.sqlite")
    return tmp_path / "shop.sqlite", places


def filled(statement: str, places: dict[str, Any], kind: str) -> str:
    ids = places["ids"]
    document_id, number = ids[kind]
    # delivery notes and reminders may have no lines: then an ordinary document's are attacked
    other = ids["order_confirmation" if kind != "order_confirmation" else "invoice"][0]
    return statement.format(id=document_id, number=number, kind=kind, other=other, draft=places["draft"])


def contents(path: Path) -> str:
    connection = driver.connect(str(path))
    found = [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES]
    connection.close()
    return repr(found)


def tools(path: Path) -> Iterator[Any]:
    yield connect(path)
    # another program's engine: no foreign keys, and REPLACE deletes without asking the delete triggers
    bare = driver.connect(str(path), isolation_level=None)
    bare.execute("PRAGMA recursive_triggers=OFF")
    yield bare


def refuse(path: Path, statement: str) -> None:
    before = contents(path)
    for connection in tools(path):
        with pytest.raises(driver.IntegrityError, match=r"^frozen: "):
            connection.execute(statement)
        connection.close()
    assert contents(path) == before


def detect(path: Path, trigger: str, statement: str) -> None:
    connection = sqlite3.connect(path)
    sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()[0]
    connection.execute(f"DROP TRIGGER {trigger}")
    assert connection.execute(statement).rowcount > 0
    connection.execute(sql)
    connection.commit()
    connection.close()
    with Database(path) as database:
        found = check(database)
    assert found
    assert not {finding.code for finding in found} & {"schema-changed", "table-missing"}


def test_every_kind_is_there_and_nobody_touched_it(attacked: tuple[Path, dict[str, Any]]) -> None:
    path, places = attacked
    assert sorted(places["ids"]) == sorted(KINDS)
    with Database(path) as database:
        assert check(database) == []


@pytest.mark.parametrize("attack", REFUSED)
def test_raw_sql_on_any_kind_is_refused(attacked: tuple[Path, dict[str, Any]], attack: str) -> None:
    path, places = attacked
    for kind in KINDS:  # a refused attack leaves the file as it was
        refuse(path, filled(REFUSED[attack], places, kind))


@pytest.mark.parametrize("attack", BESIDE)
def test_raw_sql_on_what_is_kept_beside_is_refused(
    attacked: tuple[Path, dict[str, Any]], attack: str
) -> None:
    path, places = attacked
    refuse(path, filled(BESIDE[attack], places, "invoice"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attack", DETECTED)
def test_what_somebody_changed_behind_the_triggers_is_found(
    attacked: tuple[Path, dict[str, Any]], kind: str, attack: str
) -> None:
    path, places = attacked
    trigger, statement = DETECTED[attack]
    detect(path, trigger, filled(statement, places, kind))


@pytest.mark.parametrize("attack", DETECTED_BESIDE)
def test_what_somebody_changed_beside_the_documents_is_found(
    attacked: tuple[Path, dict[str, Any]], attack: str
) -> None:
    path, places = attacked
    trigger, statement = DETECTED_BESIDE[attack]
    detect(path, trigger, filled(statement, places, "invoice"))
