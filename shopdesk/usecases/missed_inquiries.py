"""A call that nobody answered is an inquiry with a clock: both rows say the same at any time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.inquiries import Asker, Inquiry, InquiryChannel, InquiryState
from shopdesk.domain.later import Later
from shopdesk.usecases import inquiries as began

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.missed_calls import MissedCall
    from shopdesk.usecases.shop import Shop

STRANGERS_KEPT = dt.timedelta(days=30)


def missed_call(shop: Shop, connection: Connection, call: MissedCall) -> None:
    """A call that nobody answered: its caller waits. One that tries again waits since his first try."""
    from shopdesk.i18n import Texts
    from shopdesk.store import inquiries
    from shopdesk.usecases.shop_settings import load_profile

    assert call.id is not None
    inquiries.forget_strangers(connection, shop.clock.now() - STRANGERS_KEPT)
    before = inquiries.of_missed_call(connection, call.id)
    if before is not None and before.is_open:
        if before.later is not None:  # whoever tries again wants to be called back now
            inquiries.save(connection, replace(before, later=None))
        return
    title = Texts(load_profile(connection).language).gettext("Missed call")
    begun = Inquiry(
        InquiryChannel.PHONE, call.last_at, call.last_at, title, customer_id=call.customer_id, sender_name=call.shown,
        sender_phone=call.number, missed_call_id=call.id,
    )  # fmt: skip
    begun = began.with_clock(shop, connection, begun, call.last_at)
    inquiry_id = inquiries.create(connection, begun)
    shop.record(connection, "receive", "inquiry", inquiry_id, new={"asked_over": InquiryChannel.PHONE.value})


def missed_call_changed(shop: Shop, connection: Connection, call: MissedCall) -> None:
    """The owner ended a missed call, put it off or brought it back: its inquiry says the same."""
    from shopdesk.store import inquiries

    before = inquiries.of_missed_call(connection, call.id or 0)
    if before is None:
        return
    until = Later(call.due, call.due_time)
    is_put_off = call.done_at is None and until.is_after(shop.clock.now().astimezone(shop.clock.zone))
    later = until if is_put_off else None
    state = InquiryState.CLOSED if call.done_at is not None else InquiryState.OPEN
    if before.state in {InquiryState.OPEN, InquiryState.CLOSED}:
        inquiries.save(connection, replace(before, state=state, later=later))


def reached(shop: Shop, connection: Connection, number: str, customer_id: int | None) -> None:
    """Somebody spoke with the caller: he was answered, over the telephone."""
    asker = Asker(customer_id, phone=number)
    began.answer(shop, connection, asker, InquiryChannel.PHONE, shop.clock.now())
