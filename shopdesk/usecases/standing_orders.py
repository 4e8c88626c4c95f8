"""Standing orders: noted, changed, paused, continued, stopped; all of it undoable (S34)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain import standing_orders as rules
from shopdesk.domain.documents import Document, DocumentKind
from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.standing_dates import Schedule
from shopdesk.domain.standing_orders import MadeDate, StandingOrder
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """What was made on a date; `number` is empty for a draft and for one that was thrown away."""

    made: MadeDate
    number: str


def begin(
    shop: Shop, customer_id: int | None = None, kind: DocumentKind = DocumentKind.INVOICE
) -> StandingOrder:
    """An empty standing order, monthly from today; not stored."""
    from shopdesk.usecases import documents

    draft = documents.start(shop, kind, customer_id)
    return _begun(shop, customer_id or 0, draft, draft.recipient.name)


def begin_from(shop: Shop, document_id: int) -> StandingOrder:
    """A standing order with the lines of a document at today's prices; not stored. Raises CannotBeRepeated."""
    from shopdesk.store import documents
    from shopdesk.usecases import repeated_orders

    with shop.reading() as connection:
        origin = documents.load(connection, document_id)
        kind = repeated_orders.usual_kind(connection, origin)
        draft, _ = repeated_orders.again_in(connection, shop, origin, kind)
    if draft.customer_id is None:
        text = N_("For whom is it? Choose the customer in the document first.")
        raise rules.StandingOrderRefused(Message(text), field="customer")
    own = replace(draft, discount=origin.discount if origin.discount != draft.discount else None)
    return _begun(shop, draft.customer_id, replace(own, cash_discount=None), draft.recipient.name)


def _begun(shop: Shop, customer_id: int, draft: Document, name: str) -> StandingOrder:
    schedule = Schedule(Repeat(1, RepeatUnit.MONTH), shop.clock.today())
    return StandingOrder(customer_id, schedule, rules.template(draft), customer_name=name)


def get(shop: Shop, order_id: int) -> StandingOrder:
    """One standing order; raises NotFound."""
    from shopdesk.store import standing_orders

    with shop.reading() as connection:
        return standing_orders.load(connection, order_id)


def of_customer(shop: Shop, customer_id: int) -> tuple[StandingOrder, ...]:
    """Those of one customer, those that have ended, too."""
    from shopdesk.store import standing_orders

    with shop.reading() as connection:
        return standing_orders.of_customer(connection, customer_id)


def is_used(shop: Shop) -> bool:
    """Whether there is any standing order."""
    from shopdesk.store import standing_orders

    with shop.reading() as connection:
        return standing_orders.is_used(connection)


def made(shop: Shop, order_id: int, limit: int = 24) -> tuple[MadeDocument, ...]:
    """What was made so far, the newest first."""
    from shopdesk.store import standing_orders

    with shop.reading() as connection:
        found = standing_orders.made(connection, order_id, limit)
        ids = [each.document_id for each in found if each.document_id is not None]
        numbers = standing_orders.numbers(connection, ids)
    return tuple(MadeDocument(each, numbers.get(each.document_id or 0, "")) for each in found)


def create(shop: Shop, value: StandingOrder) -> tuple[StandingOrder, Undo]:
    """Note a standing order. Dates before today are not made up for. Raises StandingOrderRefused."""
    from shopdesk.store import customers, standing_orders

    today = shop.clock.today()
    value = _ready(value, today)
    schedule = replace(value.schedule, counts_from=max(value.schedule.starts, today))
    value = replace(value, schedule=schedule)
    with shop.writing() as connection:
        customers.load(connection, value.customer_id)
        order_id = standing_orders.create(connection, value, shop.clock.now())
        stored = standing_orders.load(connection, order_id)
        _record(connection, shop, "create", None, stored)
    return stored, Undo(lambda s: _set_deleted(s, stored, deleted=True))


def save(shop: Shop, value: StandingOrder) -> tuple[StandingOrder, Undo]:
    """Store a changed standing order. Raises StandingOrderRefused, ChangedElsewhere, NotFound."""
    value = _ready(value, shop.clock.today())

    def change(connection: Connection, before: StandingOrder) -> StandingOrder:
        from shopdesk.store import standing_orders

        count = len(standing_orders.made_dates(connection, before.id or 0))
        changed = replace(value, version=value.version, customer_id=before.customer_id)
        return rules.with_schedule(before, changed, count, shop.clock.today())

    return _change(shop, value.id or 0, "save", change)


def _ready(value: StandingOrder, today: dt.date) -> StandingOrder:
    from shopdesk.domain.document_rules import DocumentRefused, out_of_range

    value = rules.checked(replace(value, content=rules.template(value.content)), today)
    beyond = out_of_range(value.content)
    if beyond:
        raise DocumentRefused(beyond)
    return value


def pause(shop: Shop, order_id: int, until: dt.date | None) -> tuple[StandingOrder, Undo]:
    """Nothing is made from today until the day before `until`, or until it is continued."""
    today = shop.clock.today()
    return _change(shop, order_id, "pause", lambda _c, before: rules.paused(before, today, until))


def go_on(shop: Shop, order_id: int) -> tuple[StandingOrder, Undo]:
    """The pause ends today; what was left out is not made up for."""
    today = shop.clock.today()
    return _change(shop, order_id, "continue", lambda _c, before: rules.continued(before, today))


def stop(shop: Shop, order_id: int, last: dt.date) -> tuple[StandingOrder, Undo]:
    """Nothing is due after `last`."""

    def change(_connection: Connection, before: StandingOrder) -> StandingOrder:
        return replace(before, schedule=replace(before.schedule, ends=last))

    return _change(shop, order_id, "stop", change)


def delete(shop: Shop, order_id: int) -> Undo:
    """Take a standing order away; what was made stays."""
    stored = get(shop, order_id)
    _set_deleted(shop, stored, deleted=True)
    return Undo(lambda s: _set_deleted(s, replace(stored, version=stored.version + 1), deleted=False))


def _change(
    shop: Shop, order_id: int, action: str, change: Callable[[Connection, StandingOrder], StandingOrder]
) -> tuple[StandingOrder, Undo]:
    from shopdesk.store import standing_orders

    with shop.writing() as connection:
        before = standing_orders.load(connection, order_id)
        changed = change(connection, before)
        standing_orders.save(connection, changed)
        stored = standing_orders.load(connection, order_id)
        _record(connection, shop, action, before, stored)
    return stored, Undo(lambda s: _put_back(s, before))


def _put_back(shop: Shop, before: StandingOrder) -> None:
    """As it was before the last act; raises ChangedElsewhere."""
    from shopdesk.store import standing_orders

    rewinding = shop.rewound.back("standing_order", before.id, before.version, before.version + 1)
    with rewinding as version, shop.writing() as connection:
        now = standing_orders.load(connection, before.id or 0)
        standing_orders.save(connection, replace(before, version=version))
        _record(connection, shop, "save", now, before)


def _set_deleted(shop: Shop, value: StandingOrder, *, deleted: bool) -> None:
    from shopdesk.store import standing_orders

    order_id = value.id or 0
    rewinding = shop.rewound.back("standing_order", order_id, value.version - 1, value.version)
    with rewinding as version, shop.writing() as connection:
        at = shop.clock.now() if deleted else None
        standing_orders.set_deleted(connection, order_id, version, at)
        shop.record(connection, "delete" if deleted else "restore", "standing_order", order_id)


def _record(
    connection: Connection, shop: Shop, action: str, before: StandingOrder | None, after: StandingOrder
) -> None:
    """Rhythm and sum, never the customer's name: what a person asks to be forgotten must not stand here for ever."""
    old = None if before is None else _told(before)
    shop.record(connection, action, "standing_order", after.id or 0, old=old, new=_told(after))


def _told(value: StandingOrder) -> dict[str, object]:
    from shopdesk.domain.totals import totals

    schedule = value.schedule
    gross = totals(value.content).gross
    pause = schedule.pauses[-1] if schedule.pauses else None
    return {
        "every": f"{schedule.repeat.every} {schedule.repeat.unit.value}",
        "day_of_rhythm": schedule.repeat.day,
        "starts": schedule.starts.isoformat(),
        "ends": schedule.ends.isoformat() if schedule.ends else "",
        "times": schedule.times,
        "pause": f"{pause.first.isoformat()} – {pause.until.isoformat() if pause.until else ''}"
        if pause
        else "",
        "by_itself": value.by_itself,
        "pricing": value.pricing.value,
        "gross": {"minor": gross.minor, "currency": gross.currency},
    }
