"""Many rows of one kind never hide another kind, and what is left out is counted (heute.md)."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from shopdesk.domain.outbox import NewMail
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store import first_rows, outbox
from shopdesk.store.connection import open_for_reading
from shopdesk.store.first_rows_parts import Wanted
from shopdesk.store.tables import found_bank_file
from shopdesk.store.tables import outbox as outbox_table
from shopdesk.usecases import today
from shopdesk.usecases.shop import Shop

LIMIT = 200


def of_kind(shop: Shop, kind: TodayKind) -> list[TodayItem]:
    return [each for each in today.items(shop) if each.kind == kind]


def more(shop: Shop) -> dict[TodayKind | None, int]:
    return {each.about: each.times for each in of_kind(shop, TodayKind.MORE)}


def test_many_waiting_mails_do_not_hide_those_that_failed(open_shop: Shop) -> None:
    with open_shop.writing() as connection:
        ids = [
            outbox.add(
                connection,
                NewMail(f"<{at}@b>", "d.ivanova@example.org", "Angebot", "", b""),
                open_shop.clock.now(),
            )
            for at in range(260)
        ]
        failed = update(outbox_table).where(outbox_table.c.id.in_(ids[210:])).values(state="failed")
        connection.execute(failed)
    assert len(of_kind(open_shop, TodayKind.MAIL_FAILED)) == 50
    assert len(of_kind(open_shop, TodayKind.MAIL_WAITING)) == LIMIT
    assert more(open_shop) == {TodayKind.MAIL_WAITING: 10}


def test_what_is_postponed_waits_and_did_not_fail(open_shop: Shop) -> None:
    with open_shop.writing() as connection:
        mail_id = outbox.add(
            connection, NewMail("<a@b>", "d.ivanova@example.org", "Angebot", "", b""), open_shop.clock.now()
        )
        reason = '{"code": "mail-postponed"}'
        values = {"state": "failed", "reason": reason}
        connection.execute(update(outbox_table).where(outbox_table.c.id == mail_id).values(values))
    assert [each.kind for each in today.items(open_shop)] == [TodayKind.MAIL_WAITING]


def test_more_bank_files_are_counted(open_shop: Shop) -> None:
    now = open_shop.clock.now().isoformat()
    rows = [
        {"path": f"/bank/{at}.xml", "sha256": str(at), "size": 1, "modified": 1, "found_at": now}
        for at in range(LIMIT + 3)
    ]
    with open_shop.writing() as connection:
        connection.execute(insert(found_bank_file), rows)
    assert more(open_shop) == {TodayKind.BANK_FILE: 3}


@pytest.mark.parametrize("source", first_rows.SOURCES, ids=lambda source: source.__name__)
def test_each_source_answers_however_few_rows_are_wanted(open_shop: Shop, source: first_rows.Source) -> None:
    """With a limit of none each source has to count what it leaves out."""
    now = today.local_now(open_shop)
    connection = open_for_reading(open_shop.place)
    try:
        wanted = Wanted(now.date(), now, limits=dict.fromkeys(TodayKind, 0))
        assert list(source(connection, wanted)) == []
    finally:
        connection.close()
