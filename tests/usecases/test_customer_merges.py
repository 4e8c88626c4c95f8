"""Two records become one: everything is found at the survivor, nothing issued changes, and it can be undone."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from shopdesk.domain.addresses import Address
from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.domain.customer_merging import OF_THE_ROW, TITLES, Side, combined, differing, separated
from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.domain.documents import Document, DocumentKind, Line
from shopdesk.domain.errors import ChangedElsewhere
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.names import PersonName
from shopdesk.domain.timeline import EntryKind, TimelineEntry
from shopdesk.store import customer_merges as customer_merge_rows
from shopdesk.store import customers as stored
from shopdesk.store.tables import document, document_file, journal, metadata, outbox, received_invoice
from shopdesk.usecases import (
    backups,
    consents,
    customer_files,
    customer_merges,
    customers,
    documents,
    duplicates,
    follow_ups,
    issuing,
    search,
    timeline,
)
from shopdesk.usecases.customer_merges import IssuedSince, MergedFurther, MergedWithItself
from shopdesk.usecases.shop import Shop

LINE = Line(text="Matratze", unit_price=Decimal(100))
_MOVES_ON = frozenset({"version", "updated_at"})
_NEW_WITH_EACH_SAVE = frozenset(
    {"customer_phone", "customer_email", "customer_address", "contact_person", "pinned_fact", "customer_tag"}
)


def new(shop: Shop, family: str, phone: str = "", **more: Any) -> Customer:
    values: dict[str, Any] = {"address": Address(("Marktstr. 9",), "37073", "Göttingen"), **more}
    phones = (Phone(phone),) if phone else ()
    return customers.create(shop, Customer(person=PersonName(family_name=family), phones=phones, **values))


def sold(shop: Shop, owner: Customer, kind: str = "invoice") -> Document:
    draft = documents.save_draft(shop, replace(documents.start(shop, kind, owner.id), lines=(LINE,)))
    assert draft.id is not None
    return issuing.issue(shop, draft.id, send=False).document


def everything(shop: Shop) -> dict[str, list[dict[str, object]]]:
    """All rows of all tables but the journal; what only counts changes is left out."""
    found = {}
    with shop.reading() as connection:
        for table in metadata.sorted_tables:
            if table.name == "journal":
                continue
            but = _MOVES_ON | ({"id"} if table.name in _NEW_WITH_EACH_SAVE else set())
            rows = connection.execute(select(*(c for c in table.columns if c.name not in but)))
            found[table.name] = sorted((dict(row._mapping) for row in rows), key=repr)
    return found


def frozen(shop: Shop) -> list[Any]:
    with shop.reading() as connection:
        rows = connection.execute(select(document).where(document.c.state == "issued"))
        files = connection.execute(select(document_file))
        return [*map(tuple, rows), *map(tuple, files)]


@pytest.fixture
def two(open_shop: Shop) -> tuple[Customer, Customer]:
    """The same woman twice, each with papers of her own."""
    first = new(
        open_shop,
        "Ivanova",
        "0551 123456",
        emails=("d.ivanova@example.org",),
        facts=("liefert nie samstags",),
    )
    second = new(open_shop, "Ivanowa", "0171 2345678", note="zahlt bar", language="bg")
    for owner in (first, second):
        assert owner.id is not None
        sold(open_shop, owner)
        documents.save_draft(open_shop, replace(documents.start(open_shop, "quote", owner.id), lines=(LINE,)))
        timeline.add(
            open_shop,
            TimelineEntry(owner.id, EntryKind.CALL, open_shop.clock.now(), text=f"Anruf {owner.number}"),
        )
        follow_ups.create(open_shop, FollowUp(dt.date(2026, 12, 1), f"Rückruf {owner.number}", owner.id))
    return first, second


def merged(shop: Shop, pair: tuple[Customer, Customer], **sides: Side) -> tuple[Customer, Any]:
    left, right = (customers.get(shop, one.id or 0) for one in pair)
    return customer_merges.merge(shop, left, right, sides)


def test_the_survivor_has_everything_of_both(open_shop: Shop, two: tuple[Customer, Customer]) -> None:
    before = frozen(open_shop)
    survivor, _undo = merged(open_shop, two)
    assert survivor.id is not None
    assert survivor.id == two[0].id
    assert [phone.e164 for phone in survivor.phones] == ["+49551123456", "+491712345678"]
    assert survivor.note == "zahlt bar"
    assert len(documents.of_customer(open_shop, survivor.id)) == 4
    assert {one.customer_id for one in documents.of_customer(open_shop, survivor.id)} == {survivor.id}
    assert customers.glance(open_shop, survivor.id).purchases == 2
    texts = {entry.text for entry in timeline.page(open_shop, survivor.id)}
    assert {f"Anruf {one.number}" for one in two} <= texts
    assert len(follow_ups.of_customer(open_shop, survivor.id)) == 2
    assert [one.id for one in customers.page(open_shop)] == [survivor.id]
    assert frozen(open_shop) == before, "nothing issued has changed"
    assert backups.check(open_shop) == ()


def test_the_survivor_is_found_and_meant_under_the_old_name_number_and_phone(
    open_shop: Shop, two: tuple[Customer, Customer]
) -> None:
    survivor, _undo = merged(open_shop, two, phones=Side.LEFT, person=Side.LEFT)
    for hint in ("Ivanowa", two[1].number, "0171 2345678", "Ivanova"):
        found = search.find(open_shop, hint, types=("customer",))
        assert [hit.id for hit in found] == [survivor.id], hint
    assert customers.get(open_shop, two[1].id or 0).id == survivor.id
    with open_shop.reading() as connection:
        assert stored.by_number(connection, two[1].number) == survivor.id
        assert stored.by_phone(connection, "+491712345678") == [survivor.id]
        old = Customer(person=PersonName(family_name="Ivanowa"), address=Address((), "37073"))
        assert customers.match(connection, old) == survivor
    draft = documents.start(open_shop, "quote", two[1].id)
    assert draft.customer_id == survivor.id


def test_what_a_window_writes_for_the_merged_one_stands_with_the_survivor(
    open_shop: Shop, two: tuple[Customer, Customer]
) -> None:
    survivor, _undo = merged(open_shop, two)
    assert survivor.id is not None
    assert two[1].id is not None
    timeline.add(open_shop, TimelineEntry(two[1].id, EntryKind.CALL, open_shop.clock.now(), text="spät"))
    follow_ups.create(open_shop, FollowUp(dt.date(2026, 12, 2), "noch einmal anrufen", two[1].id))
    assert "spät" in {entry.text for entry in timeline.page(open_shop, survivor.id)}
    assert len(follow_ups.of_customer(open_shop, survivor.id)) == 3


def test_undoing_leaves_everything_as_it_was(open_shop: Shop, two: tuple[Customer, Customer]) -> None:
    before = everything(open_shop)
    found = [hit.id for hit in search.find(open_shop, "Ivanowa", types=("customer",))]
    _survivor, undo = merged(open_shop, two)
    assert everything(open_shop) != before
    undo.run(open_shop)
    assert everything(open_shop) == before
    assert [hit.id for hit in search.find(open_shop, "Ivanowa", types=("customer",))] == found
    assert backups.check(open_shop) == ()


SIDES = st.dictionaries(st.sampled_from(sorted(TITLES)), st.sampled_from(list(Side)))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sides=SIDES, turned=st.booleans())
def test_whatever_is_chosen_undoing_restores_all_tables(
    open_shop: Shop, sides: dict[str, Side], *, turned: bool
) -> None:
    found = customers.page(open_shop)
    if not found:
        first = new(open_shop, "Ivanova", "0551 123456", vat_id="DE136695976")
        second = new(open_shop, "Ivanowa", "0171 2345678", company="Ivanova EOOD", facts=("bar",))
        for one in (first, second):
            sold(open_shop, one)
    pair = [customers.get(open_shop, one.id) for one in customers.page(open_shop)]
    before = everything(open_shop)
    left, right = reversed(pair) if turned else pair
    _survivor, undo = customer_merges.merge(open_shop, left, right, sides)
    undo.run(open_shop)
    assert everything(open_shop) == before


def test_three_records_become_one_and_are_separated_in_turn(open_shop: Shop) -> None:
    one, two_, three = (
        new(open_shop, name, phone)
        for name, phone in (
            ("Ivanova", "0551 1111111"),
            ("Ivanowa", "0551 2222222"),
            ("Iwanova", "0551 3333333"),
        )
    )
    for each in (one, two_, three):
        sold(open_shop, each)
    states = [everything(open_shop)]
    merged(open_shop, (two_, one))
    states.append(everything(open_shop))
    survivor, _undo = merged(open_shop, (three, two_))
    assert survivor.id is not None
    assert len(survivor.phones) == 3
    assert len(documents.of_customer(open_shop, survivor.id)) == 3
    assert customers.get(open_shop, one.id or 0).id == three.id
    assert [hit.id for hit in search.find(open_shop, one.number, types=("customer",))] == [three.id]
    with pytest.raises(MergedFurther):
        customer_merges.separate(open_shop, one.id or 0)
    customer_merges.separate(open_shop, two_.id or 0)
    assert everything(open_shop) == states[1]
    customer_merges.separate(open_shop, one.id or 0)
    assert everything(open_shop) == states[0]


def test_changes_since_the_merge_stay_when_it_is_taken_back(
    open_shop: Shop, two: tuple[Customer, Customer]
) -> None:
    survivor, undo = merged(open_shop, two)
    assert survivor.id is not None
    changed = replace(survivor, phones=(*survivor.phones, Phone("0551 999999")), buyer_reference="Zimmer 4")
    customers.save(open_shop, changed)
    later = sold(open_shop, survivor)
    undo.run(open_shop)
    now = customers.get(open_shop, survivor.id)
    assert [phone.e164 for phone in now.phones] == ["+49551123456", "+49551999999"]
    assert (now.buyer_reference, now.note) == ("Zimmer 4", "")
    assert later.id in {one.id for one in documents.of_customer(open_shop, survivor.id)}
    assert customers.get(open_shop, two[1].id or 0).note == "zahlt bar"


def test_a_draft_that_came_along_and_was_issued_refuses_the_undoing_in_words(
    open_shop: Shop, two: tuple[Customer, Customer]
) -> None:
    survivor, undo = merged(open_shop, two)
    drafts = [one for one in documents.of_customer(open_shop, survivor.id or 0) if not one.number]
    for draft in drafts:
        issuing.issue(open_shop, draft.id, send=False)
    before = everything(open_shop)
    with pytest.raises(IssuedSince):
        undo.run(open_shop)
    assert everything(open_shop) == before


def test_who_was_changed_meanwhile_is_not_merged(open_shop: Shop, two: tuple[Customer, Customer]) -> None:
    left, right = (customers.get(open_shop, one.id or 0) for one in two)
    customers.save(open_shop, replace(right, note="neu"))
    with pytest.raises(ChangedElsewhere):
        customer_merges.merge(open_shop, left, right, {})
    with pytest.raises(MergedWithItself):
        customer_merges.merge(open_shop, left, left, {})


def test_who_was_merged_stands_with_the_survivor(open_shop: Shop, two: tuple[Customer, Customer]) -> None:
    survivor, _undo = merged(open_shop, two)
    found = customer_merges.recent(open_shop, 5)
    assert [(one.customer.number, one.survivor.number) for one in found] == [(two[1].number, survivor.number)]


def test_each_field_of_a_customer_can_be_chosen_or_belongs_to_the_row() -> None:
    names = set(Customer.__dataclass_fields__)
    assert names == set(TITLES) | OF_THE_ROW | {"electronic_scheme", "recommended_by_id"}


def test_what_is_usual_loses_nothing() -> None:
    left = Customer(phones=(Phone("0551 1", "+495511"),), note="a", facts=("x",))
    right = Customer(
        phones=(Phone("0551/1", "+495511"), Phone("2", "+492")), emails=("e@example.org",), note="b",
        contact_persons=(ContactPerson(PersonName(family_name="Kunz")),), vat_id="DE136695976",
    )  # fmt: skip
    both = combined(left, right, {})
    assert [phone.e164 for phone in both.phones] == ["+495511", "+492"]
    assert (both.note, both.facts, both.emails) == ("a\nb", ("x",), ("e@example.org",))
    assert (both.vat_id, len(both.contact_persons)) == ("DE136695976", 1)
    assert separated(left, both, both) == left
    assert differing(left, left) == ()


def test_pairs_are_proposed_with_the_surest_first_and_never_again_when_they_are_two(open_shop: Shop) -> None:
    one = new(open_shop, "Ivanova", "0551 123456")
    new(open_shop, "Kunz", "0551 123456")
    other = new(open_shop, "Ivanova", "0551 123456")
    new(open_shop, "Lindner", "0551 7777777")
    found = duplicates.review(open_shop)
    assert [pair.likeness.level.name for pair in found] == ["PROBABLE", "POSSIBLE", "POSSIBLE"]
    assert (found[0].first.id, found[0].second.id) == (one.id, other.id)
    undo = duplicates.different(open_shop, other.id or 0, one.id or 0)
    assert len(duplicates.review(open_shop)) == 2
    assert one.id not in {each.customer.id for each in duplicates.look_alikes(open_shop, other)}
    undo.run(open_shop)
    assert len(duplicates.review(open_shop)) == 3


@pytest.mark.parametrize(
    "typed",
    [
        Customer(emails=("D.Ivanova@example.org",)),
        Customer(phones=(Phone("(0551) 12 34 56"),)),
        Customer(phones=(Phone("0551 123456-12"),)),
        Customer(person=PersonName(given_name="Desislava", family_name="Iwanowa"),
                 address=Address(("Marktstraße 9",), "37073", "Göttingen")),
        Customer(person=PersonName(given_name="Desislava", family_name="Ivanova"), address=Address((), "37073")),
    ],
)  # fmt: skip
def test_who_is_being_typed_is_recognised(open_shop: Shop, typed: Customer) -> None:
    known = customers.create(
        open_shop,
        Customer(
            person=PersonName(given_name="Desislava", family_name="Ivanova"), phones=(Phone("0551 123456"),),
            emails=("d.ivanova@example.org",), address=Address(("Marktstr. 9",), "37073", "Göttingen"),
        ),
    )  # fmt: skip
    assert [one.customer.id for one in duplicates.look_alikes(open_shop, typed)] == [known.id]


def test_documents_of_the_merged_one_are_read_with_the_survivor(
    open_shop: Shop, two: tuple[Customer, Customer]
) -> None:
    survivor, _undo = merged(open_shop, two)
    rows = documents.page(open_shop, DocumentKind.INVOICE)
    assert {row.customer_id for row in rows} == {survivor.id}
    assert {documents.load(open_shop, row.id).customer_id for row in rows} == {survivor.id}


def test_mails_and_received_invoices_move_and_come_back(
    open_shop: Shop, two: tuple[Customer, Customer]
) -> None:
    left, right = (one.id for one in two)
    mail = {"message_id": "<1@example.org>", "state": "sent", "recipient": "d@example.org", "message": b"x"}
    paper = {
        "file_name": "r.xml", "media_type": "text/xml", "sha256": "0" * 64, "data": b"x", "received_at": "2026-11-23",
        "kept_until": "2034-12-31",
    }  # fmt: skip
    with open_shop.writing() as connection:
        connection.execute(insert(outbox).values(customer_id=right, **mail))
        connection.execute(insert(received_invoice).values(customer_id=right, **paper))
    before = everything(open_shop)
    _survivor, undo = merged(open_shop, two)
    with open_shop.reading() as connection:
        for table in (outbox, received_invoice):
            assert list(connection.scalars(select(table.c.customer_id))) == [left]
    undo.run(open_shop)
    assert everything(open_shop) == before


def test_every_table_with_a_customer_is_merged() -> None:
    ours = {table.name for table in customer_merge_rows.owned_tables(stored.PARTS)}
    with_customer = {table.name for table in metadata.sorted_tables if "customer_id" in table.c}
    nobody = {"erasure"}  # who was forgotten is merged with nobody
    assert ours == with_customer - {table.name for table in stored.PARTS} - nobody


def test_the_journal_says_who_was_merged_with_whom(open_shop: Shop, two: tuple[Customer, Customer]) -> None:
    _survivor, undo = merged(open_shop, two)
    undo.run(open_shop)
    with open_shop.reading() as connection:
        rows = connection.execute(
            select(journal).where(journal.c.subject == "customer").order_by(journal.c.id)
        )
        told = [(row.action, row.subject_id, json.loads(row.new or "null")) for row in rows][-2:]
    expected = {"customer_id": two[1].id}
    assert told == [("merge", str(two[0].id), expected), ("separate", str(two[0].id), expected)]


def test_the_search_for_pairs_can_be_stopped(open_shop: Shop, two: tuple[Customer, Customer]) -> None:
    assert len(two) == 2
    with pytest.raises(Stopped):
        duplicates.review(open_shop, LongWork(cancelled=lambda: True))
    steps: list[tuple[int, int]] = []
    found = duplicates.review(open_shop, LongWork(lambda done, of: steps.append((done, of))))
    assert steps[-1] == (len(found), len(found))


def test_consents_files_and_what_was_agreed_go_along(open_shop: Shop) -> None:
    asked = Customer(company="Hotel Harz", tags=("Stammgast",), payment_days=30, birthday=dt.date(1970, 2, 3))
    left = customers.create(open_shop, Customer(company="Hotel Harz GmbH", tags=("Hotel",)))
    right = customers.create(open_shop, asked)
    assert left.id is not None
    assert right.id is not None
    given = Consent(
        right.id, Channel.PHONE, Purpose.ADVERTISING, text="Ja, gern", given_on=dt.date(2026, 11, 23)
    )
    consents.note(open_shop, given)
    customer_files.keep(open_shop, right.id, "vollmacht.pdf", b"%PDF-1.4 x")
    _merged, undo = customer_merges.merge(open_shop, left, right, {})
    now = customers.get(open_shop, left.id)
    assert (now.tags, now.payment_days, now.birthday) == (("Hotel", "Stammgast"), 30, dt.date(1970, 2, 3))
    assert len(consents.of_customer(open_shop, left.id)) == 1
    assert [file.name for file in customer_files.of_customer(open_shop, left.id)] == ["vollmacht.pdf"]
    undo.run(open_shop)
    assert customers.get(open_shop, left.id).tags == ("Hotel",)
    assert len(consents.of_customer(open_shop, right.id)) == 1
