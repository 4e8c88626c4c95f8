"""Heute's rows about payments in advance that do not come: E asks no more, S asks later."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_
from shopdesk.domain.today import TodayItem
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.domain.later import Later
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_ASKED = N_("Payment in advance: settled in Today")


def words(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """Number and customer, then how much, since when, and what can be done."""
    told = texts.gettext("{amount}, awaited since {date}. Ask, or cancel it?")
    amount = texts.money(item.amount) if item.amount is not None else ""
    date = texts.date(item.since.date()) if item.since is not None else ""
    return f"{item.title} · {item.detail}", told.format(amount=amount, date=date)


def asked(item: TodayItem, shop: Shop) -> Undo:
    """E: the owner has done what there is to do."""
    return _stopped(item, shop, None)


def later(item: TodayItem, shop: Shop, when: Later) -> Undo:
    """S: not before that day."""
    return _stopped(item, shop, max(when.day - dt.timedelta(days=1), shop.clock.today()))


def _stopped(item: TodayItem, shop: Shop, until: dt.date | None) -> Undo:
    from shopdesk.domain.payment_reminders import Stop
    from shopdesk.usecases import payment_reminder_stops
    from shopdesk.usecases.shop_settings import profile

    reason = Texts(profile(shop).language).gettext(_ASKED)
    stop = Stop(item.customer_id, reason, until, item.document_id)
    return payment_reminder_stops.stop(shop, stop)[1]
