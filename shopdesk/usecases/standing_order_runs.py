"""What is due is made: each date once, in one transaction with its draft, also after days with the program closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain import standing_dates
from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.standing_orders import MadeDate, MadeState, StandingOrder
from shopdesk.i18n import Texts
from shopdesk.usecases.standing_order_dates import draft_of, template_today
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.order_changes import OrderChange
    from shopdesk.usecases.shop import Shop

MOST_AT_ONCE = 24
"""Dates of one order that are made in one go; the next look a minute later makes the rest."""
LATE = dt.timedelta(days=14)
"""What is later than this is looked at by the owner before it goes."""


@dataclass(frozen=True, slots=True)
class MadeNow:
    """How many drafts were made, how many of them went by themselves, how many were held back, and what refused."""

    drafts: int = 0
    issued: int = 0
    held_back: int = 0
    refused: tuple[ShopError, ...] = ()


def make_due(shop: Shop) -> MadeNow:
    """Make everything that is due and was not made, then send what is to go by itself. May be called at any time."""
    drafts, refused = 0, []
    for order_id, due in _missing(shop):
        try:
            drafts += make(shop, order_id, due)
        except ShopError as error:
            refused.append(error)
    issued, held_back = send_waiting(shop)
    return MadeNow(drafts, issued, held_back, tuple(refused))


def _missing(shop: Shop) -> list[tuple[int, dt.date]]:
    from shopdesk.store import standing_orders
    from shopdesk.usecases.working_days import holidays_at

    with shop.reading() as connection:
        if not standing_orders.is_used(connection):
            return []
    holidays = holidays_at(shop)
    found: list[tuple[int, dt.date]] = []
    with shop.reading() as connection:
        for order in standing_orders.every(connection):
            known = standing_orders.made_dates(connection, order.id or 0)
            missing = [day for day in _due_days(shop, order, holidays) if day not in known]
            found += [(order.id or 0, day) for day in missing[:MOST_AT_ONCE]]
    return found


def _due_days(shop: Shop, order: StandingOrder, holidays: Container[dt.date]) -> list[dt.date]:
    return [each.due for each in standing_dates.until(order.schedule, shop.clock.today(), holidays)]


def make(shop: Shop, order_id: int, due: dt.date) -> bool:
    """The draft for a date; False where it was made already, or is no longer wanted. Raises ShopError."""
    from shopdesk.store import documents, repeated_orders, standing_orders
    from shopdesk.usecases.working_days import holidays_at

    holidays = holidays_at(shop)
    with shop.writing() as connection:
        # again inside: another window or desk may have made it, or paused the order, in between
        try:
            order = standing_orders.load(connection, order_id)
        except NotFound:
            return False
        known = standing_orders.made_dates(connection, order_id)
        if due in known or due not in _due_days(shop, order, holidays):
            return False
        content, changes = template_today(connection, order)
        draft = draft_of(connection, shop, order, content, due)
        draft_id = documents.create(connection, draft, shop.clock.now())
        if changes:
            repeated_orders.note(connection, draft_id, None, changes)
        if content != order.content:  # told once: the next draft compares with this one
            standing_orders.save(connection, replace(order, content=content))
        reason = _held_back(connection, shop, order, due, changes)
        state = MadeState.DRAFT
        if order.by_itself:
            state = MadeState.HELD_BACK if reason else MadeState.WAITING
        made = MadeDate(order_id, due, state, draft_id, reason)
        standing_orders.note_made(connection, made, shop.clock.now())
        shop.record(connection, "make", "standing_order", order_id, new={"date": due.isoformat()})
    return True


def _held_back(
    connection: Connection, shop: Shop, order: StandingOrder, due: dt.date, changes: tuple[OrderChange, ...]
) -> str:
    """Why the owner should look at it before it goes; "" where all is as it was."""
    from shopdesk.usecases.shop_settings import load_profile

    if not order.by_itself:
        return ""
    texts = Texts(load_profile(connection).language)
    if changes:
        return texts.say(
            Message(N_("Something has changed since last time, mostly prices. Please look at it."))
        )
    if shop.clock.today() - due > LATE:
        return texts.say(
            Message(
                N_("Was due on {date}, while shopdesk was not running. Please look at it."), {"date": due}
            )
        )
    return ""


def send_waiting(shop: Shop) -> tuple[int, int]:
    """Issue and mail what is to go by itself: how many went, and how many were held back with a reason."""
    from shopdesk.store import standing_orders

    with shop.reading() as connection:
        waiting = standing_orders.waiting(connection)
    went = [_send(shop, each) for each in waiting]
    return sum(went), len(went) - sum(went)


def _send(shop: Shop, value: MadeDate) -> bool:
    """Killed in between it is looked at again: what has its number is only noted."""
    from shopdesk.store import standing_orders
    from shopdesk.usecases import issuing
    from shopdesk.usecases.shop import is_database_problem
    from shopdesk.usecases.shop_settings import load_profile

    assert value.id is not None
    if value.document_id is None:  # thrown away
        with shop.writing() as connection:
            standing_orders.set_state(connection, value.id, MadeState.DRAFT)
        return False
    state, reason = MadeState.ISSUED, ""
    try:
        _refuse_unconfirmed(shop, value.document_id)
        issuing.issue(shop, value.document_id)
    except ShopError as error:
        if is_database_problem(error):
            raise
        with shop.reading() as connection:
            texts = Texts(load_profile(connection).language)
        state, reason = MadeState.HELD_BACK, texts.say(error.message)
    with shop.writing() as connection:
        standing_orders.set_state(connection, value.id, state, reason)
    return state == MadeState.ISSUED


def _refuse_unconfirmed(shop: Shop, document_id: int) -> None:
    """Without VAT only to an id that was confirmed: else the owner gives his reason. Raises ShopError."""
    from shopdesk.usecases import batches, document_files

    with shop.reading() as connection:
        summaries = document_files.summaries_in(connection, [document_id])
    for each in batches.look_over(shop, [one for one in summaries if not one.number], send=True):
        if each.refusal is not None:
            raise each.refusal


def held_back_noted(shop: Shop, made_id: int) -> Undo:
    """The owner has seen why it did not go by itself: it is an ordinary draft now."""
    from shopdesk.store import standing_orders

    with shop.writing() as connection:
        before = standing_orders.made_by_id(connection, made_id)
        standing_orders.set_state(connection, made_id, MadeState.DRAFT)

    def back(other: Shop) -> None:
        with other.writing() as connection:
            standing_orders.set_state(connection, made_id, before.state, before.reason)

    return Undo(back)


def ready_drafts(shop: Shop) -> tuple[int, ...]:
    """The drafts that wait to be looked over."""
    from shopdesk.store import standing_orders

    with shop.reading() as connection:
        return standing_orders.drafts(connection)
