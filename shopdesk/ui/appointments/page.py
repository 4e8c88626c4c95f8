"""Appointments: a day or a week as a picture, the same as a list, and the fields of the chosen one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.appointments import Appointment, AppointmentState
from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.ui.appointments.actions import AppointmentActions
from shopdesk.ui.appointments.card import AppointmentCard
from shopdesk.ui.appointments.export_button import CalendarExportButton
from shopdesk.ui.appointments.time_grid import TimeGrid
from shopdesk.ui.appointments.words import STATES, day_words, times
from shopdesk.ui.shell.protocol import NewAppointment, Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, IconButton, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases import appointments

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_CHIPS: Mapping[AppointmentState, ChipKind] = {
    AppointmentState.PLANNED: "info",
    AppointmentState.READY: "ok",
    AppointmentState.DONE: "info",
    AppointmentState.CANCELLED: "warn",
}
_WEEK = 7


class AppointmentList(RowList[Appointment]):
    """The list of the shown days; R says "ready" besides the keys of every list."""

    ready = Signal(object)

    def _letter(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_R:
            self._emit(self.ready, self.currentIndex())
            return True
        return super()._letter(event)


class AppointmentsPage(Page):
    """The shop's calendar."""

    watches: ClassVar[frozenset[str]] = frozenset({"appointment", "customer"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._length = _WEEK
        self._first = _monday(shop.clock.today())
        self._shown: tuple[Appointment, ...] = ()
        self.export = CalendarExportButton(shop, window)
        self.header = PageHeader(
            gettext("Appointments"),
            " ",
            self.export,
            PrimaryButton(
                gettext("New appointment"), self.new, icon_name="plus", key=shortcut("new").shown()
            ),
        )
        self.grid = TimeGrid(self.texts, shop.clock.zone)
        self.grid.picked.connect(self._pick)
        self.grid.free_wanted.connect(self.new)
        self.rows = AppointmentList(gettext("Appointments of the shown days"), self._fetch, self._row)
        self.card = AppointmentCard(shop, self.texts)
        self.acts = AppointmentActions(self)
        self.grid.moved.connect(self.acts.move_to)
        self.rows.moved.connect(lambda item: self.grid.choose(item.id if item else None))
        self.rows.opened.connect(self.show_appointment)
        self.rows.done.connect(self.acts.done)
        self.rows.later.connect(self.acts.later)
        self.rows.removed.connect(self.acts.delete)
        self.rows.ready.connect(self.acts.ready)
        self.rows.menu_wanted.connect(self._menu)
        self._place()
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(self._draw)
        self._minute.start()

    def _place(self) -> None:
        gettext = self.texts.gettext
        self.switch = GhostButton(gettext("The whole week"), self._switch)
        bar = QHBoxLayout()
        bar.setSpacing(px(SMALL))
        bar.addWidget(IconButton(gettext("Earlier"), "arrow-left", lambda: self._turn(-1)))
        bar.addWidget(Button(gettext("Today"), self.go_to_today))
        bar.addWidget(IconButton(gettext("Later"), "arrow-right", lambda: self._turn(1)))
        bar.addWidget(self.switch)
        bar.addStretch(1)
        picture = QWidget()
        column = QVBoxLayout(picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addLayout(bar)
        column.addWidget(self.grid, 1)
        self.empty = EmptyState(
            "calendar", gettext("Nothing is planned on these days."), gettext("New appointment"), self.new
        )
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(px(SMALL))
        self.list = ListWithEmptyState(self.rows, self.empty)
        right.addWidget(self.list, 1)
        right.addWidget(self.card, 4)
        self.card.hide()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(picture)
        splitter.addWidget(side)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([px(720), px(290)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(splitter, 1)

    # ---- which days

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The shown days."""
        return tuple(self._first + dt.timedelta(days=at) for at in range(self._length))

    def reload(self) -> None:
        """See Page."""
        self._shown = appointments.between(self.shop, self.days[0], self.days[-1])
        self.rows.reload()
        self._draw()
        self._say_days()
        if not self.card.isHidden() and self.card.form.shown.id is not None and not self.card.form.is_changed:
            self._show_stored(self.card.form.shown.id)

    def _draw(self) -> None:
        self.grid.show_days(self.days, self._shown, self.shop.clock.now())

    def _say_days(self) -> None:
        gettext, first, last = self.texts.gettext, self.days[0], self.days[-1]
        if self._length == 1:
            words = f"{day_words(first, self.texts)} · {self.texts.date(first)}"
        else:
            week = gettext("Week {n}").format(n=first.isocalendar().week)
            words = f"{week} · {self.texts.date(first)} – {self.texts.date(last)}"
        self.header.say(gettext("Appointments"), words)
        self.switch.setText(gettext("One day") if self._length == _WEEK else gettext("The whole week"))

    def _switch(self) -> None:
        self._show_from(self._middle(), 1 if self._length == _WEEK else _WEEK)

    def _middle(self) -> dt.date:
        # from a week to its most telling day: today, or the day of the chosen appointment
        current = self.rows.current()
        if current is not None:
            return current.starts.astimezone(self.shop.clock.zone).date()
        today = self.shop.clock.today()
        return today if today in self.days else self.days[0]

    def _turn(self, steps: int) -> None:
        self._show_from(self._first + dt.timedelta(days=steps * self._length), self._length)

    def go_to_today(self) -> None:
        """The day or week of today."""
        self._show_from(self.shop.clock.today(), self._length)

    def _show_from(self, day: dt.date, length: int) -> None:
        self._length = length
        self._first = _monday(day) if length == _WEEK else day
        self.reload()

    # ---- list

    def _fetch(self, after: Any, limit: int) -> Slice[Appointment]:
        del after, limit  # one week is one page
        return Slice(self._shown)

    def _row(self, item: Appointment) -> Row:
        zone = self.shop.clock.zone
        day = day_words(item.starts.astimezone(zone).date(), self.texts)
        caption = " · ".join(
            part for part in (f"{day} {times(item, zone)}", item.customer_name, item.place) if part
        )
        if item.is_untold:
            state = self.texts.gettext("customer not told")
            return Row(item.id, item.subject, caption, "calendar", chip=state, chip_kind="warn")
        shown = item.state != AppointmentState.PLANNED
        state = self.texts.gettext(STATES[item.state]) if shown else ""
        return Row(item.id, item.subject, caption, "calendar", chip=state, chip_kind=_CHIPS[item.state])

    def _menu(self, item: Appointment, place: QPoint) -> None:
        menu = QMenu(self)
        for words, act in self.acts.offers(item):
            menu.addAction(words, act)
        menu.exec(place)

    # ---- the chosen one

    def _pick(self, appointment_id: int) -> None:
        self.rows.select(appointment_id)
        self._show_stored(appointment_id)

    def _show_stored(self, appointment_id: int) -> None:
        try:
            self.show_appointment(appointments.get(self.shop, appointment_id), go=False)
        except NotFound:
            self.card.hide()

    def show_appointment(self, value: Appointment, *, go: bool = True) -> None:
        """The fields of a stored appointment."""
        if not self.keep():
            return
        self.card.show_appointment(value, self.acts)
        if go:
            self.card.form.subject.setFocus()

    def new(self, starts: dt.datetime | None = None, customer_id: int | None = None) -> None:
        """Empty fields, at the moment or for the customer where one is known."""
        if not self.keep():
            return
        self.card.begin(starts, customer_id, self.acts)
        self.card.form.customer.setFocus() if customer_id is None else self.card.form.when.setFocus()

    def keep(self) -> bool:
        """Store what was typed before something else is shown; False when it cannot be stored."""
        return self.card.isHidden() or not self.card.form.is_changed or self.acts.save()

    def open_item(self, item: object) -> None:
        """An appointment's id, or a NewAppointment."""
        if isinstance(item, int):
            found = appointments.get(self.shop, item)
            self._show_from(found.starts.astimezone(self.shop.clock.zone).date(), self._length)
            self.rows.select(item)
            self.show_appointment(found)
        elif isinstance(item, NewAppointment):
            self.reload()
            self.new(None, item.customer_id)

    def leaving(self) -> None:
        """What was typed is stored; what cannot be stays in the fields."""
        if not self.keep():
            self.window_shell.toast(
                self.texts.gettext("The appointment is not saved yet. What you typed is kept.")
            )

    def go_back(self) -> bool:
        """Esc in the fields leads to the list."""
        focused = QApplication.focusWidget()
        if self.card.isHidden() or focused is None or not self.card.isAncestorOf(focused):
            return False
        if self.card.form.shown.id is None and not self.card.form.subject.text().strip():
            self.card.hide()  # nothing worth keeping was typed
        elif self.keep():
            self.card.hide()
        self.list.setFocus()
        return True

    def focus_first(self) -> None:
        """See Page."""
        self.list.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"new": self.new, "issue_and_send": self.acts.save_by_key}

    def take_files(self, paths: list[str]) -> bool:
        """Calendar files are taken over."""
        wanted = [path for path in paths if path.lower().endswith((".ics", ".ical"))]
        for path in wanted:
            self.acts.take(Path(path))
        return bool(wanted)

    def undo(self, action: Callable[[Shop], object]) -> None:
        """Take something back, or say why it cannot be."""
        try:
            action(self.shop)
        except ShopError as error:
            self.window_shell.problem(error)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
