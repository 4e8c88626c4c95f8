"""A contact with a customer: it closes the follow-ups that wait for one, or starts their time anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.follow_ups import BY_QUOTE, CONTACTS, FollowUp, begun_anew
from shopdesk.domain.timeline import EntryKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

TALKS = frozenset({EntryKind.CALL, EntryKind.VISIT})
"""Where both speak, whoever began it."""


def made(
    connection: Connection,
    shop: Shop,
    customer_id: int | None,
    kind: EntryKind,
    at: dt.datetime,
    *,
    is_answer: bool = False,
) -> tuple[FollowUp, ...]:
    """Shop and customer spoke: call it in the transaction that stores the entry. Gives what was changed, as it was.

    With `is_answer` the customer said something himself: nobody asks any more about the quotes sent before. What was
    noted after the contact is not done by it.
    """
    from shopdesk.store import follow_ups

    if customer_id is None or kind not in CONTACTS:
        return ()
    before = follow_ups.ending_on_contact(connection, customer_id, at, shop.clock.now())
    if is_answer:
        before += follow_ups.by_origin(connection, customer_id, BY_QUOTE, at)
    day = at.astimezone(shop.clock.zone).date()
    for value in before:
        assert value.id is not None
        if value.repeat is None:
            follow_ups.save(connection, replace(value, done_at=shop.clock.now()))
        else:
            follow_ups.save(connection, begun_anew(value, day))
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
