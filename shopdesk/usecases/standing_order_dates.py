"""What a standing order will make: its drafts, the next dates with their sums, the income of the next months."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Container
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from shopdesk.domain import standing_dates
from shopdesk.domain.documents import Document, DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.money import Money
from shopdesk.domain.order_changes import Changed, OrderChange
from shopdesk.domain.standing_dates import DueDate, service_period
from shopdesk.domain.standing_orders import Pricing, StandingOrder, filled
from shopdesk.domain.typing.dates import add_months
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

SHOWN = 12
"""Dates and months that are looked ahead."""
_INCOME = frozenset({DocumentKind.INVOICE, DocumentKind.ORDER_CONFIRMATION})
_MOST_DATES = 400


class OrderState(StrEnum):
    """Where a standing order stands today."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A date to come: when, for which time, and what it will come to as prices are today."""

    date: DueDate
    period: tuple[dt.date, dt.date] | None
    gross: Money


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A standing order in a list; `next` is None where nothing is due any more, or before it is continued."""

    order: StandingOrder
    state: OrderState
    next: DueDate | None
    gross: Money


@dataclass(frozen=True, slots=True)
class Overview:
    """All standing orders, the next date first, and what they will bring in the months from this one on."""

    rows: tuple[OrderRow, ...]
    months: tuple[tuple[dt.date, Money], ...]
    drafts: tuple[int, ...]


def template_today(connection: Connection, order: StandingOrder) -> tuple[Document, tuple[OrderChange, ...]]:
    """The order's template as it is today, placeholders not filled, and what has changed since it was made last.

    An article that is gone is told once: its line is a free one from then on. Names stay as they were agreed.
    """
    from shopdesk.domain.totals import UNTAXED
    from shopdesk.usecases.repeated_orders import at_todays_prices

    if order.pricing == Pricing.FIXED:
        return order.content, ()
    taxed = order.content.tax_case not in UNTAXED
    now, changes = at_todays_prices(connection, order.content, taxed=taxed)
    gone = {change.before for change in changes if change.what == Changed.GONE}
    lines = tuple(replace(line, article_code="") if line in gone else line for line in now.lines)
    return replace(now, lines=lines), tuple(each for each in changes if each.what != Changed.NAME)


def draft_of(
    connection: Connection, shop: Shop, order: StandingOrder, content: Document, due: dt.date
) -> Document:
    """The draft for a date, not stored: for today's customer, with its service period, placeholders filled."""
    from shopdesk.usecases.repeated_orders import for_today

    period = service_period(due, order.schedule.repeat, order.period)
    asked = replace(
        content, request_key=str(uuid.uuid4()), customer_id=order.customer_id or None, service_period=period
    )
    draft = for_today(connection, shop, asked)
    if period is not None:  # “delivery after the payment” would contradict a time that is named
        draft = replace(draft, prepay=False)
    return with_words(draft, due, period)


def with_words(draft: Document, due: dt.date, period: tuple[dt.date, dt.date] | None) -> Document:
    """The draft with its placeholders filled in the customer's language; without a period, with those of the date."""
    from shopdesk.output.pdf.texts import month

    texts = Texts(draft.language)
    first = period[0] if period else due

    def words(name: str) -> str:
        if name == "month":
            return month(f"{first:%Y-%m}", texts)
        if name == "period":
            return period_words(period, texts) if period else month(f"{due:%Y-%m}", texts)
        return str(first.year) if name == "year" else texts.date(due)

    lines = tuple(
        replace(line, text=filled(line.text, words), description=filled(line.description, words))
        for line in draft.lines
    )
    intro, closing = (None if text is None else filled(text, words) for text in (draft.intro, draft.closing))
    return replace(draft, lines=lines, intro=intro, closing=closing)


def period_words(period: tuple[dt.date, dt.date], texts: Texts) -> str:
    """A whole month by its name, anything else from day to day."""
    from shopdesk.output.pdf.texts import month

    first, last = period
    if first.day == 1 and last == add_months(first, 1) - dt.timedelta(1):
        return month(f"{first:%Y-%m}", texts)
    return f"{texts.date(first)} – {texts.date(last)}"


def planned(shop: Shop, order: StandingOrder, most: int = SHOWN) -> tuple[PlannedDate, ...]:
    """The next dates with their sums. Works for an order that is not stored yet, too."""
    from shopdesk.usecases.working_days import holidays_at

    today = shop.clock.today()
    schedule = order.schedule
    if order.id is None:
        schedule = replace(schedule, counts_from=max(schedule.starts, today))
    holidays = holidays_at(shop)
    made = _made(shop, order)
    waiting = [each for each in standing_dates.until(schedule, today, holidays) if each.due not in made]
    dates = (*waiting, *standing_dates.following(schedule, today, most, holidays))[:most]
    if not dates:
        return ()
    with shop.reading() as connection:
        content, _ = template_today(connection, order)
        return tuple(
            PlannedDate(
                each,
                service_period(each.due, schedule.repeat, order.period),
                _gross(connection, shop, draft_of(connection, shop, order, content, each.due)),
            )
            for each in dates
        )


def _made(shop: Shop, order: StandingOrder) -> frozenset[dt.date]:
    from shopdesk.store import standing_orders

    if order.id is None:
        return frozenset()
    with shop.reading() as connection:
        return standing_orders.made_dates(connection, order.id)


def _gross(connection: Connection, shop: Shop, draft: Document) -> Money:
    from shopdesk.domain.totals import totals
    from shopdesk.usecases import tax

    try:
        return totals(tax.settled(draft, tax.context_in(connection, shop, draft))).gross
    except ShopError:  # the tax case is still to be chosen: shown as domestic
        return totals(draft).gross


def overview(shop: Shop) -> Overview:
    """All standing orders with their next date, and the expected income month by month."""
    from shopdesk.store import standing_orders
    from shopdesk.usecases.shop_settings import load_profile
    from shopdesk.usecases.working_days import holidays_of

    today = shop.clock.today()
    with shop.reading() as connection:
        profile = load_profile(connection)
        holidays = holidays_of(profile)
        orders = standing_orders.every(connection)
        rows = tuple(_row(connection, shop, order, holidays) for order in orders)
        drafts = standing_orders.drafts(connection)
    first = today.replace(day=1)
    months = [add_months(first, number) for number in range(SHOWN)]
    income = {month: Money(0, profile.currency) for month in months}
    for row in rows:
        if row.order.kind not in _INCOME or row.gross.currency != profile.currency:
            continue
        for each in standing_dates.following(row.order.schedule, today, _MOST_DATES, holidays):
            month = each.on.replace(day=1)
            if month not in income:
                break
            income[month] += row.gross
    return Overview(tuple(sorted(rows, key=_rank)), tuple(income.items()), drafts)


def rows_of_customer(shop: Shop, customer_id: int) -> tuple[OrderRow, ...]:
    """The standing orders of one customer, the next date first."""
    from shopdesk.store import standing_orders
    from shopdesk.usecases.working_days import holidays_at

    with shop.reading() as connection:
        orders = standing_orders.of_customer(connection, customer_id)
    if not orders:
        return ()
    holidays = holidays_at(shop)
    with shop.reading() as connection:
        return tuple(sorted((_row(connection, shop, each, holidays) for each in orders), key=_rank))


def _row(connection: Connection, shop: Shop, order: StandingOrder, holidays: Container[dt.date]) -> OrderRow:
    today = shop.clock.today()
    following = standing_dates.following(order.schedule, today, 1, holidays)
    content, _ = template_today(connection, order)
    draft = draft_of(connection, shop, order, content, following[0].due if following else today)
    pause = order.pause_on(today)
    is_paused = pause is not None and today in pause
    ended = not following and not is_paused
    state = OrderState.ENDED if ended else OrderState.PAUSED if is_paused else OrderState.RUNNING
    return OrderRow(order, state, following[0] if following else None, _gross(connection, shop, draft))


def _rank(row: OrderRow) -> tuple[bool, bool, dt.date, str, int]:
    day = row.next.on if row.next else dt.date.max
    return (row.state == OrderState.ENDED, row.next is None, day, row.order.customer_name, row.order.id or 0)
