"""The fields of an appointment: for whom, when, about what; what is in the way is said while typing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.domain.appointments import DEFAULT_LENGTH, Appointment
from shopdesk.domain.errors import ShopError
from shopdesk.domain.typing.spans import Span
from shopdesk.i18n import Texts
from shopdesk.ui.appointments.words import span_words, times
from shopdesk.ui.documents.customer_field import CustomerEdit
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.fields import Field, ForgivingEdit
from shopdesk.ui.widgets.labels import ProblemLabel
from shopdesk.usecases import appointments, customers
from shopdesk.usecases.shop import Shop


class AppointmentForm(QWidget):
    """One appointment, a stored one or a new one."""

    saved = Signal()
    """⏎ in the last line: it is to be stored."""

    def __init__(self, shop: Shop, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._texts, gettext = shop, texts, texts.gettext
        self._zone = shop.clock.zone
        self._base = self._empty()
        self.customer = CustomerEdit(shop, texts)
        self.customer.chosen.connect(self._take_customer)
        self.when = ForgivingEdit[Span](texts, gettext("When"), self._parse, self._echo)
        self.when.setPlaceholderText(gettext("mon 14:30-15:30, 24.12. 9 o'clock 1 h"))
        self.when.value_changed.connect(self._look_around)
        self.subject = QLineEdit()
        self.subject.setPlaceholderText(gettext("Change of tyres, measuring, delivery …"))
        self.place = QLineEdit()
        self.place.setPlaceholderText(gettext("in the shop"))
        self.job = QPlainTextEdit()
        self.job.setTabChangesFocus(True)
        self.job.setFixedHeight(self.subject.sizeHint().height() * 5 // 2)
        self.warning = ProblemLabel()
        self._customer_id: int | None = None
        self._begun_for: int | None = None
        self._fields = {
            "customer": Field(gettext("Customer"), self.customer),
            "ends": Field(gettext("When"), self.when),
            "subject": Field(gettext("What about"), self.subject),
            "place": Field(gettext("Where"), self.place),
            "job": Field(gettext("To do, diagnosis, parts"), self.job),
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        for name, field in self._fields.items():
            layout.addWidget(field)
            if name == "ends":
                layout.addWidget(self.warning)
        for line in (self.subject, self.place):
            line.returnPressed.connect(self.saved)
        self.when.returnPressed.connect(self.subject.setFocus)

    def _empty(self) -> Appointment:
        now = self._shop.clock.now()
        return Appointment(now, now + DEFAULT_LENGTH, "")

    # ---- what it shows

    def show_appointment(self, value: Appointment) -> None:
        """A stored one."""
        self._base = value
        self._customer_id = value.customer_id
        self.customer.say(value.customer_name)
        self.when.set_value(self._naive(value))
        self._fill(value)

    def begin(self, starts: dt.datetime | None, customer_id: int | None = None) -> None:
        """Empty fields, with the moment or the customer that is known already."""
        empty = self._empty()
        self._base = empty if starts is None else replace(empty, starts=starts, ends=starts + DEFAULT_LENGTH)
        self._begun_for = customer_id
        self._customer_id = None
        self.customer.say("")
        self._fill(self._base)
        if starts is not None:
            begin = starts.astimezone(self._zone).replace(tzinfo=None)
            self.when.set_value((begin, begin + DEFAULT_LENGTH))
        else:
            self.when.set_value(None)
        if customer_id is not None:
            self._take_customer(customer_id)
        self._look_around()

    def _fill(self, value: Appointment) -> None:
        self.subject.setText(value.subject)
        self.place.setText(value.place)
        self.job.setPlainText(value.job)
        for field in self._fields.values():
            field.say("")
        self._look_around()

    @property
    def shown(self) -> Appointment:
        """The stored appointment behind the fields; one without an id is new."""
        return self._base

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than what is stored, or than what they began with."""
        base = self._base if self._base.id is not None else replace(self._base, customer_id=self._begun_for)
        return self._with_fields() != base or (self.when.value is None and bool(self.when.text().strip()))

    def _with_fields(self) -> Appointment:
        begin, end = self._base.starts, self._base.ends
        if self.when.value is not None and self.when.value != self._naive(self._base):
            begin, end = (moment.replace(tzinfo=self._zone) for moment in self.when.value)
        return replace(
            self._base,
            starts=begin,
            ends=end,
            customer_id=self._customer_id,
            subject=self.subject.text().strip(),
            place=self.place.text().strip(),
            job=self.job.toPlainText().strip(),
        )

    def appointment(self) -> Appointment | None:
        """What the fields say; None, and the reason at its field, where something is missing or cannot be read."""
        if not self.when.settle():
            self.when.setFocus()
            return None
        if self.when.value is None:
            self.say(
                "ends", self._texts.gettext("When? For instance mon 14:30-15:30 or 24.12. 9 o'clock 1 h.")
            )
            return None
        return self._with_fields()

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field and go there; False when it has none here."""
        found = self._fields.get(field)
        if found is None:
            return False
        found.say(problem)
        found.field.setFocus()
        return True

    # ---- reading

    def _parse(self, text: str) -> Span:
        from shopdesk.domain.typing.spans import parse_span

        return parse_span(text, self._shop.clock.today(), self._base.length, self._holidays())

    def _holidays(self) -> Container[dt.date]:
        from shopdesk.usecases.working_days import holidays_at

        return holidays_at(self._shop)

    def _echo(self, span: Span) -> str:
        return span_words(*span, self._texts)

    def _naive(self, value: Appointment) -> Span:
        begin, end = (
            moment.astimezone(self._zone).replace(tzinfo=None) for moment in (value.starts, value.ends)
        )
        return begin, end

    def _take_customer(self, customer_id: int) -> None:
        try:
            customer = customers.get(self._shop, customer_id)
        except ShopError:
            return
        self._customer_id = customer_id
        self.customer.say(customer.name)
        if not self.when.value:
            self.when.setFocus()
        else:
            self.subject.setFocus()

    def _look_around(self) -> None:
        """Say what is in the way, as soon as the times can be read."""
        others = appointments.in_the_way(self._shop, self._with_fields()) if self.when.value else ()
        words = ", ".join(
            f"{times(one, self._zone)} {one.customer_name or one.subject}" for one in others[:3]
        )
        if len(others) > 3:
            words += " …"
        said = self._texts.gettext("At the same time: {others}").format(others=words) if others else ""
        self.warning.say(said)
