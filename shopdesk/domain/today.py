"""Heute: one ranked list of what needs the owner now. The rank is a pure rule with a table of cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_, Message

if TYPE_CHECKING:
    from shopdesk.domain.turnover import Meter


class TodayKind(StrEnum):
    """What can need the owner, the most urgent first: what loses money or a promise soonest."""

    MAIL_FAILED = "mail_failed"
    MAIL_UNCLEAR = "mail_unclear"
    NOT_SENT = "not_sent"
    MISSED_CALL = "missed_call"
    MAIL_WAITING = "mail_waiting"
    VAT_ID_REFUSED = "vat_id_refused"
    VAT_ID = "vat_id"
    FOLLOW_UP = "follow_up"
    MONTH_END = "month_end"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One row. `due` is a day; `reference` is the id of the follow-up, mail or document behind it.

    `times` is how often a missed call was tried.
    """

    kind: TodayKind
    reference: int
    title: str
    detail: str = ""
    due: dt.date | None = None
    due_time: str = ""
    since: dt.datetime | None = None
    customer_id: int | None = None
    document_id: int | None = None
    version: int = 0
    meter: Meter | None = None
    times: int = 1


_ORDER = {kind: place for place, kind in enumerate(TodayKind)}


def rank(item: TodayItem, today: dt.date) -> tuple[int, int, str, int, int]:
    """Smaller is sooner: broken mail, then overdue and timed follow-ups, the oldest first."""
    place = _ORDER[item.kind]
    late = (item.due - today).days if item.due else 0
    return (place, late, item.due_time or "99", -item.since.toordinal() if item.since else 0, item.reference)


def ranked(items: tuple[TodayItem, ...], today: dt.date) -> tuple[TodayItem, ...]:
    """The list in the order in which it needs the owner."""
    return tuple(sorted(items, key=lambda item: rank(item, today)))


def when(item: TodayItem, today: dt.date) -> Message:
    """The chip at the right: how soon."""
    if item.due is None:
        return _STATE[item.kind]
    days = (item.due - today).days
    if days == 0:
        return Message(N_("today {time}"), {"time": item.due_time}) if item.due_time else Message(N_("today"))
    if days > 0:
        return Message(N_("in {n} days"), {"n": days}) if days > 1 else Message(N_("tomorrow"))
    return Message(N_("{n} days late"), {"n": -days}) if days < -1 else Message(N_("since yesterday"))


_STATE = {
    TodayKind.MAIL_FAILED: Message(N_("not delivered")),
    TodayKind.MAIL_UNCLEAR: Message(N_("please check")),
    TodayKind.MAIL_WAITING: Message(N_("waiting")),
    TodayKind.MISSED_CALL: Message(N_("today")),
    TodayKind.NOT_SENT: Message(N_("not sent")),
    TodayKind.VAT_ID_REFUSED: Message(N_("not valid")),
    TodayKind.VAT_ID: Message(N_("not confirmed")),
    TodayKind.LIMIT: Message(N_("please note")),
    TodayKind.MONTH_END: Message(N_("by the 10th")),
    TodayKind.FOLLOW_UP: Message(N_("today")),
}
