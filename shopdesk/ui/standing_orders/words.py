"""Standing orders in words: rhythm, bounds, state, changes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from shopdesk.domain.documents import CashDiscount, Discount, Line
from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.domain.messages import N_
from shopdesk.domain.money import Money
from shopdesk.domain.order_changes import Changed, OrderChange
from shopdesk.domain.standing_dates import FreeDays, Schedule, ServicePeriod
from shopdesk.domain.standing_orders import MadeState, Pricing
from shopdesk.domain.typing.date_words import WEEKDAYS
from shopdesk.domain.typing.dates import parse_date
from shopdesk.domain.typing.wrong import TypedWrong
from shopdesk.i18n import Texts
from shopdesk.ui.customers.follow_up_line import rhythm_words
from shopdesk.usecases.standing_order_dates import OrderState

FREE_DAYS = {
    FreeDays.LEAVE: N_("leave it as it is"),
    FreeDays.LATER: N_("the next working day"),
    FreeDays.EARLIER: N_("the working day before"),
}
PERIODS = {
    ServicePeriod.NONE: N_("print none"),
    ServicePeriod.CURRENT: N_("the time of the date"),
    ServicePeriod.PREVIOUS: N_("the time before"),
    ServicePeriod.NEXT: N_("the time after"),
}
PRICINGS = {Pricing.TODAY: N_("as the articles cost then"), Pricing.FIXED: N_("fixed")}
STATES = {
    OrderState.RUNNING: N_("running"),
    OrderState.PAUSED: N_("paused"),
    OrderState.ENDED: N_("ended"),
}
MADE = {
    MadeState.DRAFT: N_("draft"),
    MadeState.WAITING: N_("is being sent"),
    MadeState.ISSUED: N_("sent by itself"),
    MadeState.HELD_BACK: N_("held back"),
}
_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_MONTH_END = frozenset(
    {"ultimo", "monatsende", "letzter", "letzten", "ende", "month end", "end of month", "last"}
)
_PLACEHOLDERS = (N_("Month"), N_("Period"), N_("Year"), N_("Date"))
"""Each of their translations is known to `standing_orders.PLACEHOLDERS`."""
_LAST_DAY = 31
_TIMES = re.compile(r"([0-9]{1,3}) ?(?:x|×|mal|times?)")
_FOREVER = frozenset(
    {"bis auf widerruf", "auf widerruf", "widerruf", "unbefristet", "until told to stop", "open"}
)
_NOT_A_DAY = N_("“{text}” is no day here. Try 15, month end or mon.")
_NO_END = N_("“{text}” is no end. Try 31.12.2027, 12 times or leave it empty.")


@dataclass(frozen=True, slots=True)
class End:
    """A last day, a number of times, or neither."""

    day: dt.date | None = None
    times: int = 0


def parse_day(text: str) -> int:
    """`31`, `15.`, `ultimo`, `mo`: a day of the month, or a weekday as -1 (Monday) to -7. Raises TypedWrong."""
    plain = " ".join(text.casefold().strip(" .").split())
    if plain in _MONTH_END:
        return _LAST_DAY
    if plain.isdigit() and 1 <= int(plain) <= _LAST_DAY:
        return int(plain)
    if plain in WEEKDAYS:
        return -(WEEKDAYS[plain] + 1)
    raise TypedWrong(_NOT_A_DAY, text)


def day_words(day: int, texts: Texts) -> str:
    """The day as it can be typed again."""
    if day < 0:
        return texts.gettext(_WEEKDAYS[-day - 1])
    return texts.gettext("month end") if day == _LAST_DAY else f"{day}."


def parse_end(text: str, today: dt.date) -> End:
    """`31.12.2027`, `12 mal`, `bis auf Widerruf`. Raises TypedWrong."""
    plain = " ".join(text.casefold().split())
    if plain in _FOREVER:
        return End()
    found = _TIMES.fullmatch(plain)
    if found:
        return End(times=int(found[1]))
    try:
        return End(parse_date(text, today))
    except TypedWrong as wrong:
        raise TypedWrong(_NO_END, text) from wrong


def end_words(end: End, texts: Texts) -> str:
    """The end as it can be typed again."""
    if end.times:
        return texts.ngettext("{n} time", "{n} times", end.times).format(n=end.times)
    return texts.date(end.day) if end.day else texts.gettext("until told to stop")


def schedule_words(schedule: Schedule, texts: Texts) -> str:
    """“alle 3 Monate, Monatsende, bis 31.12.2027”."""
    parts = [rhythm_words(texts, schedule.repeat)]
    day = typed_day(schedule.repeat)
    if day is not None:
        parts.append(day_words(day, texts))
    if schedule.ends or schedule.times:
        words = end_words(End(schedule.ends, schedule.times), texts)
        parts.append(texts.gettext("until {date}").format(date=words) if schedule.ends else words)
    return ", ".join(parts)


def typed_day(repeat: Repeat) -> int | None:
    """The day of a rhythm as the field holds it; None: that of the first date."""
    if not repeat.day:
        return None
    return -repeat.day if repeat.unit == RepeatUnit.WEEK else repeat.day


def placeholders(texts: Texts) -> str:
    """What may stand between braces in a line, in the window's language."""
    return ", ".join(f"{{{texts.gettext(name)}}}" for name in _PLACEHOLDERS)


# What has changed since an order


def change_words(change: OrderChange, currency: str, texts: Texts) -> str:
    """“Rollmatratze: 199,00 € → 219,00 €”."""
    gettext = texts.gettext
    before, today = change.before, change.today
    if change.what == Changed.DISCOUNT:
        return gettext("Discount: {old} → {new}").format(
            old=_discount(change.discount_before, currency, texts),
            new=_discount(change.discount_today, currency, texts),
        )
    if change.what == Changed.CASH_DISCOUNT:
        return gettext("Cash discount: {old} → {new}").format(
            old=_cash(change.cash_before, texts), new=_cash(change.cash_today, texts)
        )
    assert before is not None
    assert today is not None
    if change.what == Changed.GONE:
        words = gettext("{line}: no longer among the articles, price as it was")
        return words.format(line=before.text)
    if change.what == Changed.NAME:
        return gettext("{line}: the article is called {new} now").format(line=today.text, new=before.text)
    old, new = _values(change.what, before, today, currency, texts)
    return gettext("{line}: {old} → {new}").format(line=today.text, old=old, new=new)


def _values(what: Changed, before: Line, today: Line, currency: str, texts: Texts) -> tuple[str, str]:
    if what == Changed.VAT:
        rates = [
            texts.percent(line.vat_rate) if line.vat_rate is not None else "–" for line in (before, today)
        ]
        return texts.gettext("VAT {rate}").format(rate=rates[0]), rates[1]
    prices = [_price(line, currency, texts) for line in (before, today)]
    if what == Changed.UNIT:
        from shopdesk.ui.documents import units

        prices = [
            f"{price} / {units.shown(line.unit, texts)}"
            for price, line in zip(prices, (before, today), strict=True)
        ]
    return prices[0], prices[1]


def _price(line: Line, currency: str, texts: Texts) -> str:
    if line.unit_price is None:
        return texts.gettext("no price")
    return texts.money(Money.of(line.unit_price, currency))


def _discount(value: Discount | None, currency: str, texts: Texts) -> str:
    if value is None:
        return texts.gettext("none")
    if value.percent is not None:
        return texts.percent(value.percent)
    return (
        texts.money(Money.of(value.amount, currency)) if value.amount is not None else texts.gettext("none")
    )


def _cash(value: CashDiscount | None, texts: Texts) -> str:
    if value is None:
        return texts.gettext("none")
    days = texts.ngettext("{n} day", "{n} days", value.days).format(n=value.days)
    return f"{texts.percent(value.percent)}, {days}"
