"""Follow-ups: noted, done, moved, all of it undoable."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.follow_ups import FollowUp
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


def create(shop: Shop, value: FollowUp) -> tuple[FollowUp, Undo]:
    """Note what is to be done on which day."""
    from shopdesk.store import follow_ups

    with shop.writing() as connection:
        follow_up_id = follow_ups.create(connection, value, shop.clock.now())
        shop.record(connection, "create", "follow_up", follow_up_id)
    return replace(value, id=follow_up_id, version=1), Undo(
        lambda s: _set_deleted(s, follow_up_id, 1, deleted=True)
    )


def get(shop: Shop, follow_up_id: int) -> FollowUp:
    """One follow-up; raises NotFound."""
    from shopdesk.store import follow_ups

    with shop.reading() as connection:
        return follow_ups.load(connection, follow_up_id)


def of_customer(shop: Shop, customer_id: int) -> tuple[FollowUp, ...]:
    """The open ones of a customer, the nearest first."""
    from shopdesk.store import follow_ups

    with shop.reading() as connection:
        return follow_ups.of_customer(connection, customer_id)


def done(shop: Shop, value: FollowUp) -> Undo:
    """Tick it off."""
    return save(shop, replace(value, done_at=shop.clock.now()))


def later(shop: Shop, value: FollowUp, due: dt.date, due_time: str = "") -> Undo:
    """Move it to another day."""
    return save(shop, replace(value, due=due, due_time=due_time))


def save(shop: Shop, value: FollowUp) -> Undo:
    """Store a changed follow-up; raises ChangedElsewhere."""
    from shopdesk.store import follow_ups

    assert value.id is not None
    with shop.writing() as connection:
        before = follow_ups.load(connection, value.id)
        follow_ups.save(connection, value)
        shop.record(connection, "save", "follow_up", value.id)
    return Undo(lambda s: save(s, replace(before, version=value.version + 1)))


def delete(shop: Shop, follow_up_id: int) -> Undo:
    """Take it away; it can be brought back."""
    return _set_deleted(shop, follow_up_id, None, deleted=True)


def _set_deleted(shop: Shop, follow_up_id: int, seen: int | None, *, deleted: bool) -> Undo:
    """`seen` is the version that is meant, None: whatever stands there now."""
    from shopdesk.store import follow_ups

    with shop.writing() as connection:
        version = seen or follow_ups.load(connection, follow_up_id).version
        follow_ups.set_deleted(connection, follow_up_id, version, shop.clock.now() if deleted else None)
        shop.record(connection, "delete" if deleted else "restore", "follow_up", follow_up_id)
    return Undo(lambda s: _set_deleted(s, follow_up_id, version + 1, deleted=not deleted))
