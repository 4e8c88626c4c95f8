"""The fields of a standing order: for whom, how often, from and until when, at which price."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.documents import Fulfilment
from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.domain.standing_dates import FreeDays, Schedule, ServicePeriod
from shopdesk.domain.standing_orders import KINDS, Pricing, StandingOrder
from shopdesk.i18n import Texts
from shopdesk.ui.customers.follow_up_line import rhythm_words
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.customer_field import CustomerEdit
from shopdesk.ui.documents.more_panel import FULFILMENTS
from shopdesk.ui.standing_orders import words
from shopdesk.ui.standing_orders.words import End
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import DateField, Field, ForgivingEdit
from shopdesk.ui.widgets.labels import Muted
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases.shop import Shop

_MONTHLY = Repeat(1, RepeatUnit.MONTH)


class StandingOrderForm(QWidget):
    """Everything but the lines."""

    changed = Signal()
    """A field says something else."""
    customer_chosen = Signal(int)
    kind_chosen = Signal(str)
    fulfilment_chosen = Signal(Fulfilment)

    def __init__(self, shop: Shop, texts: Texts, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._texts, self._today = texts, today
        gettext = texts.gettext
        self.customer = CustomerEdit(shop, texts)
        self.customer.chosen.connect(self.customer_chosen)
        self.name = QLineEdit()
        self.name.setPlaceholderText(gettext("storage of tyres, care package …"))
        self.kind = Choice([(kinds.name(kind, texts), kind.value) for kind in KINDS])
        self.rhythm: ForgivingEdit[Repeat] = ForgivingEdit(
            texts, gettext("How often?"), _parse_rhythm, lambda value: rhythm_words(texts, value)
        )
        self.rhythm.setPlaceholderText(gettext("monthly, every 6 weeks, quarterly"))
        self.day: ForgivingEdit[int] = ForgivingEdit(
            texts, gettext("On which day?"), words.parse_day, lambda value: words.day_words(value, texts)
        )
        self.day.setPlaceholderText(gettext("as the first; or: 15, month end, mon"))
        self.starts = DateField(texts, gettext("Starting"), self._parse_date)
        self.ends: ForgivingEdit[End] = ForgivingEdit(
            texts,
            gettext("Until"),
            lambda text: words.parse_end(text, today()),
            lambda e: words.end_words(e, texts),
        )
        self.ends.setPlaceholderText(gettext("until told to stop; or: 31.12.2027, 12 times"))
        self.free_days = self._choice(words.FREE_DAYS)
        self.free_days.setToolTip(gettext("Where a date falls on a weekend or a public holiday"))
        self.period = self._choice(words.PERIODS)
        self.pricing = self._choice(words.PRICINGS)
        self.fulfilment = self._choice(FULFILMENTS)
        self.by_itself = QCheckBox(gettext("Issue and send by itself"))
        self.warning = Muted(
            gettext(
                "Then nobody looks at it before it goes. Where a price has changed, something is missing or it is "
                "late, it stays a draft, and Today says why."
            ),
            wrap=True,
        )
        self._fields: dict[str, Field] = {}
        self._place()
        self._connect()

    def _choice(self, names: dict) -> Choice:  # type: ignore[type-arg]
        return Choice([(self._texts.gettext(name), value.value) for value, name in names.items()])

    def _place(self) -> None:
        gettext = self._texts.gettext
        rows: tuple[tuple[tuple[str, str, QWidget], ...], ...] = (
            (("customer", gettext("Customer"), self.customer), ("name", gettext("What for"), self.name)),
            (("every", gettext("How often?"), self.rhythm), ("day", gettext("On which day?"), self.day)),
            (("starts", gettext("Starting"), self.starts), ("ends", gettext("Until"), self.ends)),
            (("kind", gettext("Makes each time"), self.kind),
             ("free_days", gettext("On days off"), self.free_days)),
            (("pricing", gettext("Price of each document"), self.pricing),
             ("period", gettext("Service period"), self.period)),
            (("fulfilment", gettext("How it reaches the customer"), self.fulfilment),),
        )  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        for number, row in enumerate(rows):
            for column, (name, title, widget) in enumerate(row):
                self._fields[name] = Field(title, widget)
                grid.addWidget(self._fields[name], number, column)
                grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addLayout(grid)
        layout.addWidget(self.by_itself)
        layout.addWidget(self.warning)

    def _connect(self) -> None:
        for field in (self.rhythm, self.day, self.starts, self.ends):
            field.value_changed.connect(self.changed)
        for choice in (self.free_days, self.period, self.pricing):
            choice.chosen.connect(self.changed)
        self.name.textEdited.connect(lambda _text: self.changed.emit())
        self.kind.chosen.connect(lambda: self.kind_chosen.emit(self.kind.value))
        self.fulfilment.chosen.connect(lambda: self.fulfilment_chosen.emit(Fulfilment(self.fulfilment.value)))
        self.by_itself.toggled.connect(lambda on: show_if(self.warning, on))
        self.by_itself.clicked.connect(lambda _on: self.changed.emit())

    def _parse_date(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date

        return parse_date(text, self._today())

    def show_order(self, value: StandingOrder) -> None:
        """Fill the fields."""
        schedule = value.schedule
        self.customer.say(value.customer_name)
        self.customer.setReadOnly(value.id is not None)
        self.name.setText(value.name)
        self.kind.set_value(value.kind.value)
        self.rhythm.set_value(replace(schedule.repeat, day=0))
        self.day.set_value(words.typed_day(schedule.repeat))
        self.starts.set_value(schedule.starts)
        bounded = schedule.ends is not None or schedule.times
        self.ends.set_value(End(schedule.ends, schedule.times) if bounded else None)
        self.free_days.set_value(schedule.on_free_days.value)
        self.period.set_value(value.period.value)
        self.pricing.set_value(value.pricing.value)
        self.fulfilment.set_value(value.content.fulfilment.value)
        self.by_itself.setChecked(value.by_itself)
        show_if(self.warning, value.by_itself)
        for field in self._fields.values():
            field.say("")

    def settle(self) -> bool:
        """Whether all that was typed can be read; else the keyboard goes to the first that cannot."""
        for field in (self.rhythm, self.day, self.starts, self.ends):
            if not field.settle():
                field.setFocus()
                return False
        if self.day.value is not None and self._day(self.day.value) is None:
            words_ = self._texts.gettext("In months a day of the month, in weeks a weekday.")
            return not self.say("day", words_)
        return True

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field and go there; False when it has none here."""
        found = self._fields.get(field)
        if found is None:
            return False
        found.say(problem)
        found.field.setFocus()
        return True

    def into(self, value: StandingOrder) -> StandingOrder:
        """The standing order as the fields say it; what cannot be read stays as it was."""
        end = self.ends.value or End()
        schedule: Schedule = replace(
            value.schedule,
            repeat=self._repeat(),
            starts=self.starts.value or value.schedule.starts,
            ends=end.day,
            times=end.times,
            on_free_days=FreeDays(self.free_days.value),
        )
        return replace(
            value,
            schedule=schedule,
            name=self.name.text().strip(),
            pricing=Pricing(self.pricing.value),
            period=ServicePeriod(self.period.value),
            by_itself=self.by_itself.isChecked(),
        )

    def _repeat(self) -> Repeat:
        repeat = self.rhythm.value or _MONTHLY
        day = None if self.day.value is None else self._day(self.day.value)
        return replace(repeat, day=day or 0)

    def _day(self, typed: int) -> int | None:
        """The day as the rhythm counts it; None where a weekday meets months or the other way round."""
        unit = (self.rhythm.value or _MONTHLY).unit
        if unit == RepeatUnit.MONTH:
            return typed if typed > 0 else None
        return -typed if typed < 0 and unit == RepeatUnit.WEEK else None


def _parse_rhythm(text: str) -> Repeat:
    from shopdesk.domain.typing.rhythms import parse_rhythm

    return parse_rhythm(text)
