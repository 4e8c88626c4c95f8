"""Promises: given, kept, moved, broken; all of it undoable (PRODUCT.md, S38)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.promises import (
    REMEMBERED,
    Promise,
    PromiseInThePast,
    PromiseSettled,
    PromiseState,
    deadline,
    risk_from,
)
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.later import Later
    from shopdesk.domain.typing import FoundPromise
    from shopdesk.usecases.shop import Shop

_MOVED = N_("Promise moved to {date}: {text}")
_MOVED_AND_TOLD = N_("Promise moved to {date}, the customer was told: {text}")


def recognised(shop: Shop, text: str, holidays: Container[dt.date]) -> tuple[FoundPromise, ...]:
    """What the shop promises in a note, to be offered."""
    from shopdesk.domain.typing.promises import find_promises

    return find_promises(text, shop.clock.now().astimezone(shop.clock.zone), holidays)


def from_note(customer_id: int, found: FoundPromise) -> Promise:
    """What was recognised, as a promise to this customer."""
    return Promise(customer_id, found.text, found.due, found.due_time, found.kind)


def create(shop: Shop, value: Promise) -> tuple[Promise, Undo]:
    """Note what was promised."""
    from shopdesk.store import promises

    with shop.writing() as connection:
        promise_id = _noted_in(connection, shop, value)
        noted = promises.load(connection, promise_id)
    return noted, Undo(lambda s: _set_deleted(s, promise_id, 1, deleted=True))


def _noted_in(connection: Connection, shop: Shop, value: Promise) -> int:
    """The id of this promise; one that has none yet is noted."""
    from shopdesk.store import promises

    if value.id is not None:
        return value.id
    value = _with_risk(connection, shop, value)
    promise_id = promises.create(connection, value, shop.clock.now())
    _record(connection, shop, "create", replace(value, id=promise_id))
    return promise_id


def get(shop: Shop, promise_id: int) -> Promise:
    """One promise; raises NotFound."""
    from shopdesk.store import promises

    with shop.reading() as connection:
        return promises.load(connection, promise_id)


def of_customer(shop: Shop, customer_id: int) -> tuple[Promise, ...]:
    """The open ones of a customer, the nearest first, then those that were broken within a year."""
    from shopdesk.store import promises

    with shop.reading() as connection:
        return promises.of_customer(connection, customer_id, shop.clock.now() - REMEMBERED)


def kept(shop: Shop, promise_id: int) -> Undo:
    """It was done as promised; raises NotFound, PromiseSettled."""
    return _settle(shop, promise_id, PromiseState.KEPT, "keep")


def broken(shop: Shop, promise_id: int) -> Undo:
    """It was not done, and no other date was agreed; raises NotFound, PromiseSettled."""
    return _settle(shop, promise_id, PromiseState.BROKEN, "break", N_("Promise not kept: {text}, due {date}"))


def broken_later(shop: Shop, promise_id: int, until: Later) -> Undo:
    """The call about a broken promise is wanted then; raises NotFound."""
    from shopdesk.store import promises

    with shop.writing() as connection:
        before = promises.load(connection, promise_id)
        promises.save(connection, replace(before, later=until))
    return _undo(before)


def _settle(shop: Shop, promise_id: int, state: PromiseState, action: str, title: str = "") -> Undo:
    from shopdesk.store import promises

    with shop.writing() as connection:
        before = _open(connection, promise_id)
        after = replace(before, state=state, settled_at=shop.clock.now())
        promises.save(connection, after)
        _record(connection, shop, action, after)
        entry_id = told_on_timeline(connection, shop, before, title) if title else None
    return _undo(before, entry_id)


def mark_at_risk(shop: Shop, promise_id: int, *, at_risk: bool = True) -> Undo:
    """The owner sees it coming: the date may not hold. Raises NotFound, PromiseSettled."""
    from shopdesk.store import promises

    with shop.writing() as connection:
        before = _open(connection, promise_id)
        after = replace(before, at_risk=at_risk)
        promises.save(connection, after)
        _record(connection, shop, "save", after)
    return _undo(before)


def move(shop: Shop, promise: int | Promise, due: dt.date, due_time: str = "", *, told: bool = False) -> Undo:
    """Another date; `told` says whether the customer knows. Raises NotFound, PromiseSettled, PromiseInThePast.

    One that stands only on a paper (without an id) is noted now, and the undo takes it away again.
    """
    with shop.writing() as connection:
        before, entry_id = move_in(connection, shop, promise, due, due_time, told=told)
    return Undo(lambda s: put_back(s, before, entry_id, is_new=_is_new(promise)))


def _is_new(promise: int | Promise) -> bool:
    return isinstance(promise, Promise) and promise.id is None


def move_in(
    connection: Connection, shop: Shop, promise: int | Promise, due: dt.date, due_time: str, *, told: bool
) -> tuple[Promise, int]:
    """The same within a transaction; gives the promise as it was and the entry on the timeline."""
    from shopdesk.store import promises

    now = shop.clock.now()
    before = _open(connection, promise if isinstance(promise, int) else _noted_in(connection, shop, promise))
    if deadline(due, due_time, shop.clock.zone) <= now.astimezone(shop.clock.zone):
        raise PromiseInThePast
    after = replace(
        before,
        due=due,
        due_time=due_time,
        state=PromiseState.MOVED,
        at_risk=False,
        told_at=now if told else None,
    )
    after = _with_risk(connection, shop, after)
    promises.save(connection, after)
    _record(connection, shop, "move", after)
    return before, told_on_timeline(connection, shop, after, _MOVED_AND_TOLD if told else _MOVED)


def _with_risk(connection: Connection, shop: Shop, value: Promise) -> Promise:
    """With the moment from which the customer must be told, by the opening hours of today."""
    from shopdesk.usecases.opening_hours import answer_times_in

    clock = answer_times_in(connection, shop).clock
    return replace(value, risk_from=risk_from(value.due, value.due_time, clock))


def customer_told(shop: Shop, promise_id: int) -> Undo:
    """The owner has told the customer himself about the new date. Raises NotFound, PromiseSettled."""
    from shopdesk.store import promises

    with shop.writing() as connection:
        before = _open(connection, promise_id)
        after = replace(before, told_at=shop.clock.now())
        promises.save(connection, after)
        _record(connection, shop, "save", after)
        entry_id = told_on_timeline(connection, shop, after, _MOVED_AND_TOLD)
    return _undo(before, entry_id)


def _open(connection: Connection, promise_id: int) -> Promise:
    from shopdesk.store import promises

    found = promises.load(connection, promise_id)
    if not found.is_open:
        raise PromiseSettled(found.text)
    return found


def told_on_timeline(connection: Connection, shop: Shop, value: Promise, title: str) -> int:
    """One line on the customer's timeline, in the shop's language."""
    from shopdesk.i18n import Texts
    from shopdesk.store import timeline
    from shopdesk.usecases.shop_settings import load_profile

    texts = Texts(load_profile(connection).language)
    date = f"{texts.date(value.due)} {value.due_time}".strip()
    words = texts.say(Message(title, {"text": value.text, "date": date}))
    entry = TimelineEntry(
        value.customer_id, EntryKind.NOTE, shop.clock.now(), words, direction=Direction.INTERNAL,
        document_id=value.document_id,
    )  # fmt: skip
    return timeline.add(connection, entry)


def _undo(before: Promise, entry_id: int | None = None) -> Undo:
    entries = () if entry_id is None else (entry_id,)
    return Undo(lambda s: put_back(s, before, *entries))


def put_back(shop: Shop, before: Promise, *entry_ids: int, is_new: bool = False) -> None:
    """As it was before the last act, the timeline, too; what that act noted (`is_new`) goes.

    Raises ChangedElsewhere.
    """
    from shopdesk.store import promises, timeline

    rewinding = shop.rewound.back("promise", before.id, before.version, before.version + 1)
    with rewinding as version, shop.writing() as connection:
        back = replace(before, version=version)
        promises.save(connection, back)
        _record(connection, shop, "save", back)
        for entry_id in entry_ids:
            timeline.set_deleted(connection, entry_id, 1, shop.clock.now())
        if is_new:
            promises.set_deleted(connection, before.id or 0, version + 1, shop.clock.now())
            shop.record(connection, "delete", "promise", before.id or 0)


def _set_deleted(shop: Shop, promise_id: int, version: int, *, deleted: bool) -> None:
    from shopdesk.store import promises

    rewinding = shop.rewound.back("promise", promise_id, version - 1, version)
    with rewinding as now, shop.writing() as connection:
        promises.set_deleted(connection, promise_id, now, shop.clock.now() if deleted else None)
        shop.record(connection, "delete" if deleted else "restore", "promise", promise_id)


def _record(connection: Connection, shop: Shop, action: str, value: Promise) -> None:
    when = f"{value.due.isoformat()} {value.due_time}".strip()
    shop.record(connection, action, "promise", value.id or 0, new={"promised_for": when})
