"""A contact with a customer: it closes the follow-ups that wait for one, or starts their time anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.follow_ups import CONTACTS, FollowUp, after_contact
from shopdesk.domain.timeline import EntryKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


def made(
    connection: Connection, shop: Shop, customer_id: int | None, kind: EntryKind, at: dt.datetime
) -> tuple[FollowUp, ...]:
    """Shop and customer spoke: call it in the transaction that stores the entry. Gives what was changed, as it was."""
    from shopdesk.store import follow_ups

    if customer_id is None or kind not in CONTACTS:
        return ()
    before = follow_ups.ending_on_contact(connection, customer_id)
    day = at.astimezone(shop.clock.zone).date()
    for value in before:
        assert value.id is not None
        if value.repeat is None:
            follow_ups.save(connection, replace(value, done_at=shop.clock.now()))
        else:
            follow_ups.save(
                connection, replace(value, due=max(value.due, after_contact(value, day)), due_time="")
            )
        shop.record(connection, "done" if value.repeat is None else "move", "follow_up", value.id)
    return before


def unmade(shop: Shop, before: tuple[FollowUp, ...]) -> None:
    """The entry was taken back: what nobody has changed since stands as before."""
    if not before:
        return
    with shop.writing() as connection:
        for value in before:
            _put_back(connection, shop, value)


def _put_back(connection: Connection, shop: Shop, value: FollowUp) -> None:
    from shopdesk.store import follow_ups

    assert value.id is not None
    now = follow_ups.load(connection, value.id)
    if now.version != shop.rewound.now("follow_up", value.id, value.version + 1):
        return
    with shop.rewound.back("follow_up", value.id, value.version, value.version + 1) as version:
        follow_ups.save(connection, replace(value, version=version))
    shop.record(connection, "save", "follow_up", value.id)
