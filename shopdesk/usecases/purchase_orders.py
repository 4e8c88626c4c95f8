"""Purchase orders: drawn out of a customer's order, sent, confirmed, come in; all of it undoable (PRODUCT.md, S39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.promises import Promise
from shopdesk.domain.purchase_orders import (
    DeliverTo,
    PurchaseOrder,
    PurchaseRefused,
    PurchaseRules,
    PurchaseState,
    Readiness,
    came_in,
    promised_day,
)
from shopdesk.domain.purchase_orders import (
    readiness as of_orders,
)
from shopdesk.usecases import purchase_deliveries, purchase_promises
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.later import Later
    from shopdesk.usecases.shop import Shop

RULES = "purchases"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of a confirmed day; `promise` is what the customer was told, `is_late` that it cannot hold."""

    order: PurchaseOrder
    promise: Promise | None
    is_late: bool
    undo: Undo


# ---- rules


def load_rules(connection: Connection) -> PurchaseRules:
    """The rules within a transaction that is open already."""
    from shopdesk.store import settings

    return settings.load(connection, RULES, PurchaseRules, PurchaseRules())


def rules(shop: Shop) -> PurchaseRules:
    """Days for handling, and until a missing confirmation is asked about."""
    with shop.reading() as connection:
        return load_rules(connection)


def save_rules(shop: Shop, value: PurchaseRules) -> None:
    """Store them, journalled; days from 0 to 60. Raises PurchaseRefused."""
    from shopdesk.store import plain, settings

    for name, days in (("handling_days", value.handling_days), ("unconfirmed_days", value.unconfirmed_days)):
        if not 0 <= days <= 60:
            text = N_("Please enter a number of working days from 0 to 60.")
            raise PurchaseRefused(Message(text), field=f"purchases.{name}")
    with shop.writing() as connection:
        before = load_rules(connection)
        if before != value:
            settings.save(connection, RULES, value)
            old, new = plain.to_plain(before), plain.to_plain(value)
            shop.record(connection, "save", "setting", RULES, old, new)


# ---- reading


def get(shop: Shop, order_id: int) -> PurchaseOrder:
    """One order; raises NotFound."""
    from shopdesk.store import purchase_orders

    with shop.reading() as connection:
        return purchase_orders.load(connection, order_id)


def page(
    shop: Shop, before_id: int | None = None, limit: int = 100, *, is_open: bool = True
) -> tuple[PurchaseOrder, ...]:
    """The next rows of the list, the newest first: drafts and what is still to come, or what is behind."""
    from shopdesk.store import purchase_orders

    with shop.reading() as connection:
        return purchase_orders.page(connection, before_id, limit, is_open=is_open)


def of_customer(shop: Shop, customer_id: int) -> tuple[PurchaseOrder, ...]:
    """What was ordered for a customer, the newest first."""
    from shopdesk.store import purchase_orders

    with shop.reading() as connection:
        return purchase_orders.of_customer(connection, customer_id)


def of_document(shop: Shop, document_id: int) -> tuple[PurchaseOrder, ...]:
    """What was ordered for the goods of a document or of another one of its story."""
    from shopdesk.store import purchase_orders

    with shop.reading() as connection:
        return purchase_orders.of_documents(connection, purchase_promises.story(connection, document_id))


def readiness(shop: Shop, document_id: int) -> Readiness:
    """How far the goods of a customer's document are, for whoever packs or hands out."""
    return of_orders(of_document(shop, document_id))


def are_used(shop: Shop) -> bool:
    """Whether the shop orders from suppliers here."""
    from shopdesk.store import purchase_orders

    with shop.reading() as connection:
        return purchase_orders.any_supplier(connection) or purchase_orders.any_order(connection)


def find(shop: Shop, text: str, limit: int = 3) -> tuple[PurchaseOrder, ...]:
    """Whose number, supplier or commission holds what was typed."""
    from shopdesk.store import purchase_orders

    words = text.lower().split()[:6]
    if not words or len(text.strip()) < 3:
        return ()
    with shop.reading() as connection:
        return purchase_orders.find(connection, words, limit)


# ---- the supplier answers


def confirm(shop: Shop, order_id: int, day: dt.date) -> Confirmed:
    """The supplier named a day: it becomes the day the customer was promised, or shows that this one cannot hold.

    A promise that is there already is not moved: the customer is told first, from Heute. Raises PurchaseRefused.
    """
    from shopdesk.store import promises, purchase_orders

    with shop.writing() as connection:
        before = purchase_orders.load(connection, order_id)
        if not before.is_open:
            raise PurchaseRefused(Message(N_("Only what is ordered and not there yet can be confirmed.")))
        ready_on = promised_day(day, load_rules(connection), purchase_promises.holidays(connection))
        promise, is_new = purchase_promises.promise_for(connection, shop, before, ready_on)
        after = replace(
            before,
            confirmed=day,
            ready_on=ready_on,
            confirmed_at=shop.clock.now(),
            promise_id=promise.id if promise is not None else None,
            later=None,
        )
        purchase_orders.save(connection, after)
        told = {"confirmed": day.isoformat()}
        shop.record(connection, "confirm", "purchase_order", order_id, _days(before), told)
        entry_id = note(connection, shop, after, _CONFIRMED, date=day)
        stored = purchase_orders.load(connection, order_id)

    def back(s: Shop) -> None:
        put_back(s, before, *entry_id)
        if promise is not None and is_new:
            with s.writing() as connection:
                promises.set_deleted(connection, promise.id or 0, 1, s.clock.now())

    is_late = promise is not None and promise.due < ready_on
    return Confirmed(stored, promise, is_late, Undo(back))


def _days(value: PurchaseOrder) -> dict[str, object]:
    return {"confirmed": value.confirmed.isoformat() if value.confirmed else ""}


def later(shop: Shop, order_id: int, until: Later) -> Undo:
    """Not now: Heute asks about it again then."""
    return change(shop, order_id, lambda one: replace(one, later=until), "save")


def call_off(shop: Shop, order_id: int) -> Undo:
    """The order is off; the supplier is told by the owner. Raises PurchaseRefused once everything came in.

    What a customer was promised about it who has cancelled is off, too.
    """
    from shopdesk.store import purchase_orders

    with shop.writing() as connection:
        before = purchase_orders.load(connection, order_id)
        if not before.is_open:
            raise PurchaseRefused(Message(N_("Only what is ordered and not there yet can be called off.")))
        after = replace(before, cancelled_at=shop.clock.now())
        purchase_orders.save(connection, after)
        shop.record(connection, "cancel", "purchase_order", order_id)
        entries = note(connection, shop, after, _CALLED_OFF)
        void = purchase_promises.drop(connection, shop, before)

    def back(s: Shop) -> None:
        put_back(s, before, *entries)
        purchase_promises.bring_back(s, void)

    return Undo(back)


# ---- goods in


def arrived(shop: Shop, order_id: int, position: int | None = None, quantity: Decimal | None = None) -> Undo:
    """Goods in: everything, one line, or so much of it in all. What the shop ordered for itself is added to its stock.

    What the supplier brought straight to the customer has left the house with it. Raises PurchaseRefused.
    """
    from shopdesk.store import purchase_orders
    from shopdesk.usecases.purchase_stock import add_to_stock, put_stock_back

    with shop.writing() as connection:
        before = purchase_orders.load(connection, order_id)
        after = came_in(before, position, shop.clock.now(), quantity)
        purchase_orders.save(connection, after)
        new = {"arrived": _arrived_words(after)}
        shop.record(connection, "goods-in", "purchase_order", order_id, new=new)
        is_all = after.state == PurchaseState.ARRIVED and before.state != PurchaseState.ARRIVED
        title = _DELIVERED if after.deliver_to == DeliverTo.CUSTOMER else _ARRIVED
        entries = note(connection, shop, after, title) if is_all else ()
        stocks = add_to_stock(connection, shop, before, after)
        purchase_deliveries.follow(connection, shop, after)
        kept = purchase_deliveries.keep_promise(connection, shop, after) if is_all else ()

    def back(s: Shop) -> None:
        put_back(s, before, *entries)
        purchase_deliveries.promise_again(s, kept)
        put_stock_back(s, stocks)

    return Undo(back)


def _arrived_words(value: PurchaseOrder) -> str:
    return ", ".join(f"{line.arrived.normalize():f}/{line.quantity.normalize():f}" for line in value.lines)


def trouble(shop: Shop, order_id: int, position: int, words: str) -> Undo:
    """What is damaged or missing in a line, in the owner's words; empty takes it away."""

    def noted(one: PurchaseOrder) -> PurchaseOrder:
        lines = tuple(
            replace(line, trouble=words.strip()) if number == position else line
            for number, line in enumerate(one.lines)
        )
        return replace(one, lines=lines)

    return change(shop, order_id, noted, "save")


# ---- what all of them share

_CONFIRMED = N_("Supplier {supplier} confirms {number} for {date}: {text}")
_ARRIVED = N_("The goods of {number} from {supplier} are there: {text}")
_DELIVERED = N_("{supplier} has delivered {number} straight to the customer: {text}")
_CALLED_OFF = N_("Order {number} at {supplier} called off: {text}")


def change(
    shop: Shop,
    order_id: int,
    changed: Callable[[PurchaseOrder], PurchaseOrder],
    action: str,
    title: str = "",
) -> Undo:
    """Store an order after `changed`, journalled, perhaps told on the customer's timeline."""
    from shopdesk.store import purchase_orders

    with shop.writing() as connection:
        before = purchase_orders.load(connection, order_id)
        after = changed(before)
        purchase_orders.save(connection, after)
        shop.record(connection, action, "purchase_order", order_id)
        entries = note(connection, shop, after, title) if title else ()
    return Undo(lambda s: put_back(s, before, *entries))


def note(
    connection: Connection, shop: Shop, value: PurchaseOrder, title: str, **gaps: object
) -> tuple[int, ...]:
    """One line on the timeline of the customer whom the goods are for, in the shop's language."""
    from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
    from shopdesk.i18n import Texts
    from shopdesk.store import timeline
    from shopdesk.usecases.shop_settings import load_profile

    if value.customer_id is None:
        return ()
    texts = Texts(load_profile(connection).language)
    known = {"number": value.number, "supplier": value.supplier_name, "text": value.title}
    words = texts.say(Message(title, {**known, **gaps}))
    entry = TimelineEntry(
        value.customer_id, EntryKind.NOTE, shop.clock.now(), words, direction=Direction.INTERNAL,
        document_id=value.document_id,
    )  # fmt: skip
    return (timeline.add(connection, entry),)


def put_back(shop: Shop, before: PurchaseOrder, *entry_ids: int) -> None:
    """As it was before the last act, the timeline, too; raises ChangedElsewhere."""
    from shopdesk.store import purchase_orders, timeline

    rewinding = shop.rewound.back("purchase_order", before.id, before.version, before.version + 1)
    with rewinding as version, shop.writing() as connection:
        purchase_orders.save(connection, replace(before, version=version))
        purchase_deliveries.follow(connection, shop, before)
        shop.record(connection, "take-back", "purchase_order", before.id or 0)
        for entry_id in entry_ids:
            timeline.set_deleted(connection, entry_id, 1, shop.clock.now())
