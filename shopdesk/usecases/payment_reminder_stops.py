"""Whom nobody reminds of payments ("nicht mahnen"): a customer or one bill, until a day or for good, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.payment_reminders import Stop, check_stop
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


def stop(shop: Shop, value: Stop) -> tuple[Stop, Undo]:
    """Remind this customer, or of this bill, no more, with a reason; raises StopRefused."""
    from shopdesk.store import documents
    from shopdesk.store import payment_reminders as stored

    check_stop(value, shop.clock.today())
    with shop.writing() as connection:
        if value.document_id is not None and value.customer_id is None:
            # the reason is about him, and goes when he is forgotten
            value = replace(value, customer_id=documents.load(connection, value.document_id).customer_id)
        stop_id = stored.add_stop(connection, value, shop.clock.now())
        # not the reason: what a person asks to be forgotten must not stand in a journal for ever
        told = {"until": value.until.isoformat()} if value.until else {}
        shop.record(connection, "create", "payment_reminder_stop", stop_id, new=told)
        made = stored.load_stop(connection, stop_id)
    return made, Undo(lambda s: _set_stop_deleted(s, stop_id, made.version, deleted=True))


def remind_again(shop: Shop, value: Stop) -> Undo:
    """Take a stop away; raises ChangedElsewhere."""
    return _set_stop_deleted(shop, value.id or 0, value.version, deleted=True)


def _set_stop_deleted(shop: Shop, stop_id: int, seen: int, *, deleted: bool) -> Undo:
    from shopdesk.store import payment_reminders as stored

    with shop.writing() as connection:
        stored.set_stop_deleted(connection, stop_id, seen, shop.clock.now() if deleted else None)
        shop.record(connection, "remove" if deleted else "restore", "payment_reminder_stop", stop_id)
    return Undo(lambda s: _set_stop_deleted(s, stop_id, seen + 1, deleted=not deleted))


def of_customer(shop: Shop, customer_id: int) -> tuple[Stop, ...]:
    """The stops of a customer that count today, the newest first."""
    from shopdesk.store import payment_reminders as stored

    today = shop.clock.today()
    with shop.reading() as connection:
        return tuple(each for each in stored.stops_of(connection, customer_id) if each.holds(today))
