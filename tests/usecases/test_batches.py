"""Many drafts in one go: each whole or not at all, what is refused stays a draft and says why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from shopdesk.domain.documents import DocumentKind, DocumentState, Line
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.mail import MailState
from shopdesk.store import problems
from shopdesk.usecases import batches, customers, documents, issuing, number_ranges, outbox, sample_shop
from shopdesk.usecases.shop import Shop

BILLS = (DocumentKind.INVOICE,)


def draft(shop: Shop, text_: str = "Kissen", price: str = "49.90", **more: Any) -> int:
    found = customers.page(shop, None, 1)
    customer = found[0].id if found else customers.create(shop, sample_shop.sample().caller).id
    line = Line(text=text_, unit_price=Decimal(price) if price else None)
    made = replace(documents.start(shop, "invoice", customer), lines=(line,), **more)
    draft_id = documents.save_draft(shop, made).id
    assert draft_id is not None
    return draft_id


def states(shop: Shop) -> dict[int, str]:
    with shop.reading() as connection:
        return {
            row.id: row.number or "" for row in connection.execute(text("SELECT id, number FROM document"))
        }


def test_forty_drafts_take_forty_numbers_in_their_order(open_shop: Shop) -> None:
    ids = [draft(open_shop, f"Kissen {n}") for n in range(40)]
    told: list[tuple[int, int]] = []
    work = LongWork(lambda done, of: told.append((done, of)))
    result = batches.issue_many(open_shop, reversed(ids), send=False, work=work)
    assert [one.number for one in result.issued] == [f"R-2026-{n:04}" for n in range(1, 41)]
    assert [one.id for one in result.issued] == ids
    assert (result.refused, result.left, result.broken_off) == ((), (), None)
    assert told == [(n, 40) for n in range(41)]


def test_older_dates_come_first_because_numbers_and_dates_run_forward(open_shop: Shop) -> None:
    today = draft(open_shop)
    friday = draft(open_shop, date=dt.date(2026, 11, 20), due=None)
    result = batches.issue_many(open_shop, (today, friday), send=False)
    assert [one.id for one in result.issued] == [friday, today]
    assert not result.refused


def test_what_is_refused_stays_a_draft_with_its_reason_and_burns_no_number(open_shop: Shop) -> None:
    good, without_price, gone, last = (
        draft(open_shop),
        draft(open_shop, price=""),
        draft(open_shop),
        draft(open_shop),
    )
    documents.discard(open_shop, gone)
    result = batches.issue_many(open_shop, (good, without_price, gone, last), send=False)
    assert [one.number for one in result.issued] == ["R-2026-0001", "R-2026-0002"]
    assert {one.id: (one.error.code, one.error.field) for one in result.refused} == {
        without_price: ("BR-26", "lines[0].unit_price"),
        gone: ("not-found", "document"),
    }
    assert documents.load(open_shop, without_price).state == DocumentState.DRAFT


def test_cancelled_it_ends_after_the_document_in_hand(open_shop: Shop) -> None:
    ids = [draft(open_shop) for _ in range(5)]
    done: list[int] = []
    work = LongWork(lambda at, _of: done.append(at), lambda: len(done) >= 3)
    result = batches.issue_many(open_shop, ids, send=False, work=work)
    assert [one.id for one in result.issued] == ids[:3]
    assert result.left == tuple(ids[3:])
    assert [number for number in states(open_shop).values() if number] == [
        f"R-2026-000{n}" for n in (1, 2, 3)
    ]


def test_pressed_again_nothing_is_issued_twice(open_shop: Shop) -> None:
    ids = [draft(open_shop) for _ in range(3)]
    first = batches.issue_many(open_shop, ids[:2], send=True)
    again = batches.issue_many(open_shop, (*ids, *ids), send=True)
    assert [(one.number, one.outbox_id) for one in again.issued[:2]] == [
        (one.number, one.outbox_id) for one in first.issued
    ]
    assert number_ranges.next_number(open_shop, "invoice") == "R-2026-0004"
    assert len(outbox.page(open_shop, frozenset(MailState))) == 3


def test_sending_needs_an_address_and_without_one_the_draft_waits(open_shop: Shop) -> None:
    reachable = draft(open_shop)
    silent = customers.create(open_shop, replace(sample_shop.sample().caller, emails=()))
    value = replace(
        documents.start(open_shop, "invoice", silent.id), lines=(Line(text="x", unit_price=Decimal(1)),)
    )
    unreachable = documents.save_draft(open_shop, value).id
    assert unreachable is not None
    found = batches.drafts(open_shop, BILLS)
    assert {one.draft.id: one.is_ready for one in batches.look_over(open_shop, found, send=True)} == {
        reachable: True,
        unreachable: False,
    }
    assert all(one.is_ready for one in batches.look_over(open_shop, found, send=False))
    result = batches.issue_many(open_shop, (reachable, unreachable), send=True)
    assert [one.error.field for one in result.refused] == ["customer.email"]
    assert [mail.document_id for mail in outbox.page(open_shop, frozenset(MailState))] == [reachable]


def test_looking_over_changes_nothing_and_agrees_with_issuing(open_shop: Shop) -> None:
    for price in ("49.90", "", "-1", "12"):
        draft(open_shop, price=price)
    before = states(open_shop)
    candidates = batches.look_over(open_shop, batches.drafts(open_shop, BILLS), send=True)
    assert states(open_shop) == before
    result = batches.issue_many(open_shop, [one.draft.id for one in candidates], send=True)
    assert [one.id for one in result.refused] == [one.draft.id for one in candidates if not one.is_ready]
    assert [one.error.code for one in result.refused] == [
        one.refusal.code for one in candidates if one.refusal
    ]


def test_only_drafts_of_the_wanted_kinds_are_offered(open_shop: Shop) -> None:
    wanted = draft(open_shop)
    issuing.issue(open_shop, draft(open_shop), send=False)
    documents.save_draft(open_shop, documents.start(open_shop, "quote"))
    assert [one.id for one in batches.drafts(open_shop, BILLS)] == [wanted]


def test_trouble_with_the_whole_shop_ends_it_and_what_was_issued_is_told(
    open_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [draft(open_shop) for _ in range(4)]
    real, count = issuing.issue, iter(range(9))

    def filling_the_disk(shop: Shop, draft_id: int, **more: Any) -> issuing.Issued:
        if next(count) == 2:
            raise problems.DatabaseBusy(shop.place)
        return real(shop, draft_id, **more)

    monkeypatch.setattr(issuing, "issue", filling_the_disk)
    result = batches.issue_many(open_shop, ids, send=False)
    assert ([one.id for one in result.issued], result.left) == (ids[:2], tuple(ids[2:]))
    assert isinstance(result.broken_off, problems.DatabaseBusy)


def test_a_thousand_ids_are_no_more_than_a_statement_takes(open_shop: Shop) -> None:
    wanted = draft(open_shop)
    result = batches.issue_many(open_shop, [wanted, *range(10_000, 12_000)], send=False)
    assert [one.id for one in result.issued] == [wanted]
    assert len(result.refused) == 2_000
