"""A customer is forgotten: nothing of him is left in the file but what a law keeps, and no backup brings him back."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Table, insert, select, update

from shopdesk.domain.addresses import Address
from shopdesk.domain.customer_merging import Side
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.documents import Document, DocumentKind, Line
from shopdesk.domain.erasure import FATES, KEPT_COLUMNS, ErasureRefused, Fate
from shopdesk.domain.errors import ChangedElsewhere, NotFound, ShopError
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName
from shopdesk.domain.payments import Allocation, Payment
from shopdesk.domain.privacy import CLASSES, DataClass, is_about_somebody
from shopdesk.domain.shipments import Shipment
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.store import search as index
from shopdesk.store import shipments
from shopdesk.store.problems import IssuedIsFrozen
from shopdesk.store.tables import customer, customer_address, document, import_run, metadata, outbox, scan
from shopdesk.usecases import (
    backups,
    chains,
    customer_merges,
    customers,
    documents,
    erasure,
    issuing,
    payment_reminders,
    payments,
    sample_shop,
    scans,
    search,
)
from shopdesk.usecases.shop import Shop

OF_PERSONS = {DataClass.PERSON, DataClass.CONTENT}
MOMENTS = {"at", "due", "created_at", "updated_at", "done_at", "deleted_at", "added_at", "last_at", "sent_at",
           "changed_at"}  # fmt: skip
FORMED = {
    "salutation": "mrs", "language": "bg", "birthday": "1971-03-04", "preferred_channel": "phone",
    "service_channel": "mail", "advertising_channel": "letter", "cash_discount_percent": "2", "discount_percent": "3",
    "electronic_scheme": "EM", "purpose": "billing", "country": "DE", "kind": "note", "direction": "in",
    "action": "changed", "vat_id": "",
}  # fmt: skip
"""What may hold no other word."""


def word(*parts: str) -> str:
    """A word that stands nowhere else, of letters alone, so that every index takes it whole."""
    digest = hashlib.sha256(" ".join(parts).encode()).digest()[:18]
    return "".join(chr(ord("a") + byte % 26) for byte in digest)


def words_of(table: Table, more: str = "") -> dict[str, str]:
    """Column → word, of every column that says something about a person."""
    classes = CLASSES[table.name]
    return {
        column.name: word(table.name, column.name, more)
        for column in table.columns
        if classes[column.name] in OF_PERSONS
        and column.name not in MOMENTS
        and column.name not in FORMED
        and (isinstance(column.type, LargeBinary) or column.type.python_type is str)
    }


def filled(table: Table, **given: object) -> dict[str, object]:
    """A row with a word of its own in every column about a person."""
    row: dict[str, object] = dict(given)
    for column in table.columns:
        if column.name in row or column.name in {"id", "version", "position"}:
            continue
        if column.name in words_of(table):
            text = words_of(table)[column.name]
            row[column.name] = text.encode() if isinstance(column.type, LargeBinary) else text
        elif column.name in FORMED:
            row[column.name] = FORMED[column.name]
        elif column.name in MOMENTS:
            row[column.name] = None if column.nullable else "2026-11-20T08:00:00.000000+00:00"
        elif not column.nullable and column.server_default is None and column.type.python_type is str:
            row[column.name] = "technical"
    return row


def known(shop: Shop) -> Customer:
    return customers.create(
        shop,
        Customer(
            person=PersonName(given_name="Desislava", family_name="Ivanova"), address=Address(country="DE")
        ),
    )


def fill(shop: Shop, owner: Customer) -> dict[str, dict[str, str]]:
    """Words in every place that may hold something about the customer; gives table → column → word."""
    other = customers.create(shop, Customer(company="Nachbar"))
    third = customers.create(shop, Customer(company="Laden"))
    draft = documents.save_draft(shop, documents.start(shop, "invoice", third.id))
    told: dict[str, dict[str, str]] = {"customer": words_of(customer)}
    with shop.writing() as connection:
        own = {**filled(customer), "sort_key": word("customer", "sort_key")}
        connection.execute(update(customer).where(customer.c.id == owner.id).values(own))
        connection.execute(customer_address.delete().where(customer_address.c.customer_id == owner.id))
        row = filled(customer_address, customer_id=owner.id, purpose="billing", country="DE")
        connection.execute(insert(customer_address).values(row))
        run = connection.execute(insert(import_run).values(at="2026-11-20")).inserted_primary_key[0]  # type: ignore[index]
        parcel = shipments.create(connection, Shipment(third.id or 0, draft.id or 0), shop.clock.now())
        given: dict[str, dict[str, object]] = {
            "import_row": {"import_id": run, "subject": "customer", "subject_id": owner.id},
            "customer_merge": {"merged_id": other.id, "survivor_id": owner.id, "into_id": owner.id},
            "standing_order_date": {"standing_order_id": 1},
            "delivery_stop": {"customer_id": owner.id, "shipment_id": parcel},
            "inquiry_message": {"inquiry_id": 1},
            "begun_reply": {"inquiry_id": 1},
            "mail_sender_rule": {"address": words_of(metadata.tables["customer_email"])["email"]},
        }
        for name, fate in FATES.items():
            if fate in {Fate.GOES, Fate.EMPTIED} or name == "outbox":
                table = metadata.tables[name]
                fixed = given.get(name) or {"customer_id": owner.id}
                if name == "outbox":
                    fixed = {**fixed, "state": "sent", "message_id": "<1@example.org>"}
                if "document_id" in table.c:
                    fixed = {**fixed, "document_id": None}
                connection.execute(insert(table).values(filled(table, **fixed)))
                told[name] = {k: v for k, v in words_of(table).items() if k not in fixed}
        assert owner.id is not None
        index.index_customer(connection, owner.id)
        notes = connection.scalars(select(metadata.tables["timeline_entry"].c.id))
        index.index_timeline(connection, list(notes))
    told["customer_address"] = {
        k: v for k, v in words_of(customer_address).items() if k not in {"purpose", "country"}
    }
    return told


def bytes_of(shop: Shop) -> bytes:
    """Everything that stands in the file and beside it."""
    path = Path(shop.place)
    found = [path, path.with_name(path.name + "-wal")]
    return b"\n".join(each.read_bytes() for each in found if each.exists()).lower()


def left(shop: Shop, told: dict[str, dict[str, str]]) -> set[str]:
    content = bytes_of(shop)
    return {
        f"{table}.{column}" for table, words in told.items() for column, text in words.items()
        # an index writes a word without the beginning that it shares with the one before
        if text[4:].encode() in content
    }  # fmt: skip


def sold(shop: Shop, owner: Customer, kind: str = "invoice") -> Document:
    line = Line(text="Matratze", unit_price=Decimal(100))
    draft = documents.save_draft(shop, replace(documents.start(shop, kind, owner.id), lines=(line,)))
    assert draft.id is not None
    return issuing.issue(shop, draft.id, send=False).document


@pytest.fixture
def full(open_shop: Shop) -> tuple[Shop, int, dict[str, dict[str, str]]]:
    owner = known(open_shop)
    assert owner.id is not None
    return open_shop, owner.id, fill(open_shop, owner)


def test_every_table_about_somebody_has_a_fate() -> None:
    assert set(FATES) == {table for table in CLASSES if is_about_somebody(table)}


def test_nothing_of_a_customer_without_papers_is_left_in_the_file(full: tuple[Shop, int, Any]) -> None:
    shop, customer_id, told = full
    assert left(shop, told) == {f"{table}.{column}" for table, words in told.items() for column in words}
    done = erasure.erase(shop, customer_id)
    assert (done.kept_until, done.swept) == (None, True)
    assert left(shop, told) == set()
    with shop.reading() as connection:
        row = connection.execute(select(customer).where(customer.c.id == customer_id)).one()
    assert {name for name, value in row._asdict().items() if value not in {"", 0, None}} == {
        "id", "number", "sort_key", "version", "deleted_at",
    }  # fmt: skip
    assert backups.check(shop) == ()


def test_of_a_customer_with_an_invoice_only_what_stands_on_it_is_left(full: tuple[Shop, int, Any]) -> None:
    shop, customer_id, told = full
    bill = sold(shop, customers.get(shop, customer_id))
    with shop.reading() as connection:
        frozen = connection.scalar(select(document.c.content).where(document.c.id == bill.id))
    done = erasure.erase(shop, customer_id)
    assert done.kept_until == dt.date(2034, 12, 31)
    on_paper = {
        f"{table}.{column}"
        for table, words in told.items()
        for column, text in words.items()
        if text in str(frozen)
    }
    kept = {f"customer.{column}" for column in told["customer"] if column in KEPT_COLUMNS}
    address = {"customer_address.lines", "customer_address.postal_code", "customer_address.city"}
    assert left(shop, told) <= on_paper | kept | address
    assert kept | address <= left(shop, told)
    assert backups.check(shop) == ()


@pytest.mark.parametrize("with_paper", [False, True])
def test_who_is_forgotten_is_found_nowhere(open_shop: Shop, with_paper: bool) -> None:
    owner = replace(known(open_shop), phones=(Phone("05 51 / 77 88 99"),), emails=("desi@example.org",))
    owner, _ = customers.save(open_shop, owner)
    assert owner.id is not None
    if with_paper:
        sold(open_shop, owner)
    erasure.erase(open_shop, owner.id)
    for hint in ("Ivanova", "Desislava", "778899", "desi@example.org", "Ivanowa"):
        assert [hit for hit in search.find(open_shop, hint) if hit.type != "document"] == []
    assert [each for each in customers.page(open_shop) if each.id == owner.id] == []
    with open_shop.reading() as connection:
        assert customers.match(connection, owner) is None
    with pytest.raises(NotFound):
        customers.get(open_shop, owner.id)


def test_a_bill_stays_readable_and_can_be_cancelled_afterwards(open_shop: Shop) -> None:
    owner = known(open_shop)
    bill = sold(open_shop, owner)
    assert bill.id is not None
    assert owner.id is not None
    erasure.erase(open_shop, owner.id)
    assert "Ivanova" in documents.load(open_shop, bill.id).recipient.name
    draft = chains.follow_up(open_shop, bill.id, DocumentKind.CANCELLATION)
    assert draft.id is not None
    cancelled = issuing.issue(open_shop, draft.id, send=False).document
    assert cancelled.recipient.name == bill.recipient.name


def test_there_is_no_way_back(open_shop: Shop) -> None:
    owner = known(open_shop)
    assert owner.id is not None
    _, undo = customers.save(open_shop, replace(owner, note="Bandscheibe"))
    erasure.erase(open_shop, owner.id)
    with pytest.raises((NotFound, ChangedElsewhere)):
        undo.run(open_shop)
    with pytest.raises(NotFound):
        erasure.erase(open_shop, owner.id)
    for attack in ("UPDATE customer SET deleted_at = NULL", "DELETE FROM erasure"):
        with pytest.raises(IssuedIsFrozen), open_shop.writing() as connection:
            connection.exec_driver_sql(attack)


def test_the_plan_says_in_numbers_what_goes_and_what_stays_until_when(full: tuple[Shop, int, Any]) -> None:
    shop, customer_id, _told = full
    sold(shop, customers.get(shop, customer_id))
    found = erasure.plan(shop, customer_id)
    assert {each.what: each.count for each in found.goes}["Phone numbers"] == 1
    stays = {each.what.id: (each.what.values.get("count"), each.until) for each in found.stays}
    assert stays["Invoices and what corrects them: {count}"] == (1, dt.date(2034, 12, 31))
    assert erasure.plan(shop, customer_id) == found  # looking changes nothing


def test_drafts_go_and_a_scan_that_was_taken_away_with_them(open_shop: Shop) -> None:
    owner = known(open_shop)
    assert owner.id is not None
    bill = sold(open_shop, owner, "order_confirmation")
    begun = documents.save_draft(open_shop, documents.start(open_shop, "invoice", owner.id))
    assert bill.id is not None
    assert begun.id is not None
    signed, _ = scans.keep(open_shop, bill.id, "Auftrag.pdf", b"%PDF-1.4 signed")
    scans.take_away(open_shop, scans.keep(open_shop, bill.id, "Irrtum.pdf", b"%PDF-1.4 mistaken")[0])
    scans.keep(open_shop, begun.id, "Zettel.pdf", b"%PDF-1.4 draft")
    erasure.erase(open_shop, owner.id)
    with open_shop.reading() as connection:
        assert list(connection.scalars(select(scan.c.id))) == [signed.id]
        assert list(connection.scalars(select(document.c.id))) == [bill.id]


def test_a_mail_that_went_with_a_bill_stays_and_every_other_goes(open_shop: Shop) -> None:
    owner = known(open_shop)
    bill = sold(open_shop, owner)
    rows = [("sent", bill.id), ("queued", bill.id), ("sent", None), ("failed", None)]
    with open_shop.writing() as connection:
        for number, (state, document_id) in enumerate(rows):
            fixed = {
                "customer_id": owner.id,
                "document_id": document_id,
                "state": state,
                "message_id": str(number),
            }
            connection.execute(insert(outbox).values(filled(outbox, **fixed)))
    assert owner.id is not None
    erasure.erase(open_shop, owner.id)
    with open_shop.reading() as connection:
        assert list(connection.scalars(select(outbox.c.message_id))) == ["0"]


def test_while_a_mail_is_on_its_way_nobody_is_forgotten(open_shop: Shop) -> None:
    owner = known(open_shop)
    with open_shop.writing() as connection:
        fixed = {"customer_id": owner.id, "document_id": None, "state": "sending", "message_id": "1"}
        connection.execute(insert(outbox).values(filled(outbox, **fixed)))
    assert owner.id is not None
    with pytest.raises(ErasureRefused):
        erasure.erase(open_shop, owner.id)
    assert customers.get(open_shop, owner.id).name == "Desislava Ivanova"


def test_he_is_not_named_as_a_recommender_any_more(open_shop: Shop) -> None:
    owner = known(open_shop)
    other = customers.create(open_shop, Customer(company="Nachbar", recommended_by="Desislava Ivanova"))
    assert owner.id is not None
    assert other.id is not None
    assert other.recommended_by_id == owner.id
    erasure.erase(open_shop, owner.id)
    assert customers.get(open_shop, other.id).recommended_by == ""


def test_a_merged_record_is_forgotten_with_the_one_it_became_a_part_of(open_shop: Shop) -> None:
    first, second = known(open_shop), customers.create(open_shop, Customer(company="Zimmerei Gabrovo"))
    assert first.id is not None
    assert second.id is not None
    _, undo = customer_merges.merge(open_shop, first, second, {"company": Side.LEFT})
    bill = sold(open_shop, customers.get(open_shop, first.id))
    erasure.erase(open_shop, second.id)
    assert b"zimmerei gabrovo" not in bytes_of(open_shop)
    found = erasure.erased(open_shop, second.id)
    assert found is not None
    assert (found.name, found.number) == ("Desislava Ivanova", first.number)
    assert documents.load(open_shop, bill.id or 0).number == bill.number
    with pytest.raises(ShopError):
        undo.run(open_shop)


def test_who_was_only_deleted_is_still_stored_and_can_be_forgotten(open_shop: Shop) -> None:
    owner = known(open_shop)
    assert owner.id is not None
    customers.delete(open_shop, owner.id)
    assert [each.customer_id for each in erasure.deleted(open_shop)] == [owner.id]
    erasure.erase(open_shop, owner.id)
    assert erasure.deleted(open_shop) == ()
    assert b"desislava" not in bytes_of(open_shop)


def test_payments_that_stay_are_told_and_who_is_forgotten_is_reminded_by_letter(open_shop: Shop) -> None:
    owner = customers.create(open_shop, sample_shop.sample().caller)
    customer_id = owner.id or 0
    bill = sold(open_shop, owner)
    part = Allocation(bill.id or 0, Money.of("10"))
    day = open_shop.clock.today()
    payments.book(open_shop, Payment(day, Money.of("10"), payer="P. Payer"), [part])
    told = [Texts("en").say(each.what) for each in erasure.plan(open_shop, customer_id).stays]
    assert "Payments with payer, account and words: 1" in told
    erasure.erase(open_shop, customer_id)
    open_shop.clock = FixedClock(open_shop.clock.now() + dt.timedelta(days=60))
    (proposal,) = payment_reminders.due(open_shop).proposals
    assert bill.recipient.email
    assert (proposal.email, proposal.refusal) == ("", None)
    (sent,) = payment_reminders.issue_all(open_shop, [proposal.group.key]).sent
    assert sent.mail_id is None
