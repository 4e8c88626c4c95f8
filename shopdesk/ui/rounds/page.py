"""Delivery rounds (Lieferrunden): orders chosen for a day, put in order, printed; E is done, N not met (S40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.delivery_rounds import LIFT_NAMES, Lift, RoundStop, Stop, still_open
from shopdesk.domain.errors import ShopError
from shopdesk.domain.money import Money
from shopdesk.domain.unshipped import Clearance
from shopdesk.ui.purchases import coming
from shopdesk.ui.rounds.round_list import RoundList
from shopdesk.ui.rounds.stop_card import StopCard
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, IconButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.chips import ChipButton, ChipKind, ChipRow
from shopdesk.ui.widgets.fields import DateField
from shopdesk.ui.widgets.labels import Strong
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.usecases import delivery_rounds, packing, purchase_arrivals, put_backs
from shopdesk.usecases.delivery_rounds import Waiting

if TYPE_CHECKING:
    from shopdesk.domain.purchase_orders import PurchaseOrder
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class RoundsPage(Page):
    """The round of a day above, what waits for one below, and the card of the stop beside them."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "shipment", "shipment_demand", "delivery_stop", "document", "payment", "payment_allocation",
            "customer_phone", "purchase_order",
        }
    )  # fmt: skip

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.print_button = Button(gettext("Print the list"), self.print_list, icon_name="printer")
        self.header = PageHeader(gettext("Delivery rounds"), " ", self.print_button)
        self.day = DateField(self.texts, gettext("Day of the round"), self._parse_day)
        self.day.setFixedWidth(px(140))
        self.day.set_value(self._first_day())
        self.others = ChipRow()
        self.search = SearchEdit(gettext("Name, town, number …"))
        self.round: RoundList = RoundList(gettext("Stops of the day"), self._fetch_round, self._round_row)
        self.waiting: RowList[Waiting] = RowList(
            gettext("Waits for a round"), self._fetch_waiting, self._waiting_row
        )
        self.card = StopCard(self.texts)
        self._is_reading = False
        self._coming: Mapping[int, PurchaseOrder] = {}
        self._stops: tuple[RoundStop, ...] = ()
        self._place()
        self._connect()
        self.reload()

    def _place(self) -> None:
        gettext = self.texts.gettext
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        line.addWidget(IconButton(gettext("One day earlier"), "arrow-left", lambda: self._step(-1)))
        line.addWidget(self.day)
        line.addWidget(IconButton(gettext("One day later"), "arrow-right", lambda: self._step(1)))
        line.addWidget(self.others, 10)
        line.addStretch(1)
        nothing = EmptyState(
            "truck", gettext("Nothing is planned for this day. ⏎ on an order below adds it.")
        )
        none_waits = EmptyState(
            "truck",
            gettext("No order waits for a round. Orders that you deliver yourself come here by themselves."),
        )
        below = QHBoxLayout()
        below.setSpacing(px(MEDIUM))
        below.addWidget(Strong(gettext("Waits for a round")))
        below.addWidget(self.search, 1)
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(ListWithEmptyState(self.round, nothing), 3)
        column.addLayout(below)
        column.addWidget(ListWithEmptyState(self.waiting, none_waits), 2)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(lists)
        splitter.addWidget(self._beside())
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(620), px(380)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(MEDIUM))
        whole.addWidget(self.header)
        whole.addLayout(line)
        whole.addWidget(splitter, 1)

    def _beside(self) -> QWidget:
        scrolled = ScrollPage()
        scrolled.body.addWidget(self.card)
        beside = QWidget()
        beside.setMaximumWidth(px(480))
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(scrolled, 1)
        column.addWidget(self.card.foot)
        return beside

    def _connect(self) -> None:
        self.day.value_changed.connect(self.reload)
        self.search.searched.connect(lambda _text: self.waiting.reload())
        self.search.down.connect(self.waiting.setFocus)
        self.waiting.opened.connect(self.plan)
        self.waiting.done.connect(self.settle)
        self.waiting.menu_wanted.connect(self._open_waiting_menu)
        self.waiting.on_letter(Qt.Key.Key_O, lambda value: self._open_order(value.item.document_id))
        self.round.moved.connect(self._moved)
        self.round.opened.connect(lambda _stop: self.card.begin.setFocus())
        self.round.done.connect(lambda stop: self.done(stop, self.card.note.text()))
        self.round.on_letter(Qt.Key.Key_N, lambda stop: self.not_met(stop, self.card.note.text()))
        self.round.on_letter(Qt.Key.Key_O, lambda stop: self._open_order(stop.document_id))
        self.round.on_letter(Qt.Key.Key_T, lambda _stop: self.sort_by_time())
        self.round.removed.connect(lambda stop: (self.put_back if stop.is_done else self.take_out)(stop))
        self.round.carried.connect(self.carry)
        self.round.menu_wanted.connect(self._open_menu)
        self.card.edited.connect(self.save)
        self.card.done.connect(lambda note: self._with_current(lambda stop: self.done(stop, note)))
        self.card.put_back.connect(lambda: self._with_current(self.put_back))
        self.card.not_met.connect(lambda note: self._with_current(lambda stop: self.not_met(stop, note)))
        self.card.paid.connect(self.paid)

    # Page

    def reload(self) -> None:
        """See Page."""
        self._is_reading = True
        self.round.reload()
        self._is_reading = False
        self.waiting.reload()
        self._say_day()
        current = self.round.current()
        if current is None and self.round.rows.rowCount():
            self.round.setCurrentIndex(self.round.rows.index(0))
            current = self.round.current()
        self.card.show_stop(current)

    def _moved(self, stop: RoundStop | None) -> None:
        if not self._is_reading:  # between two readings there is no row: the card would lose the keyboard
            self.card.show_stop(stop)

    def focus_first(self) -> None:
        """See Page."""
        (self.round if self.round.rows.rowCount() else self.waiting).setFocus()

    def open_item(self, item: object) -> None:
        """A day."""
        if isinstance(item, dt.date):
            self.day.set_value(item)
            self.reload()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"find": self.search.setFocus, "print": self.print_list}

    def go_back(self) -> bool:
        """Esc in the card returns to the list."""
        focused = self.focusWidget() or self
        if self.card.isAncestorOf(focused) or self.card.foot.isAncestorOf(focused):
            self.round.setFocus()
            return True
        return False

    # The day

    @property
    def chosen_day(self) -> dt.date:
        """The day whose round is shown."""
        return self.day.value or self.shop.clock.today()

    def _parse_day(self, text: str) -> dt.date:
        from shopdesk.domain.typing.dates import parse_date
        from shopdesk.usecases.working_days import holidays_at

        return parse_date(text, self.shop.clock.today(), holidays_at(self.shop))

    def _first_day(self) -> dt.date:
        """The nearest day with something planned, else today."""
        planned = delivery_rounds.days(self.shop)
        today = self.shop.clock.today()
        return next((day for day, _ in planned if day >= today), today)

    def _step(self, days: int) -> None:
        self.day.set_value(self.chosen_day + dt.timedelta(days=days))
        self.reload()

    def _say_day(self) -> None:
        texts, stops = self.texts, self._stops
        parts = [texts.ngettext("{n} stop", "{n} stops", len(stops)).format(n=len(stops))]
        owed = still_open(each for each in stops if not each.is_done)
        if owed is not None:
            parts.append(texts.gettext("{amount} to be paid at the door").format(amount=texts.money(owed)))
        done = sum(each.is_done for each in stops)
        if done:
            parts.append(texts.gettext("{n} delivered").format(n=done))
        self.header.say(self.header.title.text(), " · ".join(parts) if stops else " ")
        self.print_button.setEnabled(any(each.is_wanted and not each.is_done for each in stops))
        self._show_other_days()

    def _show_other_days(self) -> None:
        today = self.shop.clock.today()
        chips: list[QWidget] = []
        for day, count in delivery_rounds.days(self.shop):
            if day != self.chosen_day:
                kind: ChipKind = "bad" if day < today else "info"
                words = f"{self.texts.date(day)} ({count})"
                chips.append(ChipButton(words, partial(self.open_item, day), kind, icon_name="truck"))
        self.others.show_chips(chips)

    # The lists

    def _fetch_round(self, _after: Any, _limit: int) -> Slice[RoundStop]:
        self._coming = purchase_arrivals.on_the_way(self.shop)
        self._stops = delivery_rounds.stops(self.shop, self.chosen_day)
        return Slice(self._stops)

    def _fetch_waiting(self, _after: Any, limit: int) -> Slice[Waiting]:
        return Slice(delivery_rounds.waiting(self.shop, self.search.text(), max(limit, 200)))

    def _round_row(self, value: RoundStop) -> Row:
        texts = self.texts
        stop = value.stop
        where = texts.gettext(LIFT_NAMES[stop.lift]) if stop.lift != Lift.UNKNOWN else ""
        parts = (", ".join(value.address), *value.phones[:1], stop.floor, where, *stop.extras)
        look: ChipKind = "ok" if value.is_done else "info" if value.is_wanted else "bad"
        if not value.is_done and (ordered := self._coming.get(value.document_id)):
            parts, look = (coming.words(ordered, texts), *parts), "warn"
        state = texts.gettext("delivered") if value.is_done else ""
        if not value.is_wanted:
            state = texts.gettext("nothing to bring")
        owed = texts.money(value.open) if value.open is not None and value.open.minor > 0 else ""
        if value.is_done and owed:  # a chip beside the amount would leave no room for the name
            parts, state = (state, *parts), ""
        title = " · ".join(part for part in (value.window, value.name) if part)
        return Row(
            value.shipment_id, title, " · ".join(part for part in parts if part),
            "check" if value.is_done else "truck", look, owed,
            state, look,
        )  # fmt: skip

    def _waiting_row(self, value: Waiting) -> Row:
        texts, item = self.texts, value.item
        parts = [item.number, item.title, item.city]
        if value.stop is not None and value.stop.reason and value.stop.tried_on is not None:
            words = texts.gettext("tried on {date}: {reason}")
            parts.insert(1, words.format(date=texts.date(value.stop.tried_on), reason=value.stop.reason))
        if item.promised is not None:
            parts.append(texts.gettext("promised for {date}").format(date=texts.date(item.promised)))
        waits = item.clearance == Clearance.WAITS
        is_late = item.promised is not None and item.promised < self.shop.clock.today()
        ordered = self._coming.get(item.document_id)
        if ordered is not None:
            parts.insert(0, coming.words(ordered, texts))
        look: ChipKind = "bad" if waits or is_late else "warn" if ordered else "info"
        chip = texts.gettext("not paid yet") if waits else texts.gettext("late") if is_late else ""
        return Row(
            item.document_id, item.recipient, " · ".join(part for part in parts if part),
            "truck", look, texts.money(item.open) if item.open.minor > 0 else "", chip, look,
        )  # fmt: skip

    # What the owner does

    def plan(self, value: Waiting) -> None:
        """⏎: into the round of the day shown."""
        words = self.texts.gettext("{name} is a stop of {date}")
        told = words.format(name=value.item.recipient, date=self.texts.date(self.chosen_day))
        self._act(lambda: delivery_rounds.plan(self.shop, value.item.document_id, self.chosen_day)[1], told)

    def settle(self, value: Waiting) -> None:
        """E: it is not brought any more, or was brought long ago."""
        row = self.waiting.currentIndex().row()
        words = self.texts.gettext("{number} is not delivered any more").format(number=value.item.number)
        if self._act(lambda: packing.settle(self.shop, value.item.document_id), words):
            self.waiting.setCurrentIndex(self.waiting.rows.index(min(row, self.waiting.rows.rowCount() - 1)))

    def take_out(self, stop: RoundStop) -> None:
        """Del: not on this day."""
        words = self.texts.gettext("{name} waits for another round").format(name=stop.name)
        self._act(lambda: delivery_rounds.take_out(self.shop, stop.shipment_id), words)

    def done(self, stop: RoundStop, note: str) -> None:
        """E: it was handed over."""
        words = self.texts.gettext("Delivered: {name}").format(name=stop.name)
        if self._act(lambda: delivery_rounds.done(self.shop, stop.shipment_id, note), words):
            self.round.step(1)

    def put_back(self, stop: RoundStop) -> None:
        """Del on one that was delivered: it was not."""
        words = self.texts.gettext("{name} is a stop again that is to be delivered").format(name=stop.name)
        self._act(lambda: put_backs.put_back(self.shop, stop.shipment_id).undo, words)

    def not_met(self, stop: RoundStop, reason: str) -> None:
        """N: it came back."""
        said = reason.strip() or self.texts.gettext("nobody there")
        words = self.texts.gettext("{name} waits for another round").format(name=stop.name)
        self._act(lambda: delivery_rounds.not_met(self.shop, stop.shipment_id, said), words)

    def carry(self, stop: RoundStop, steps: int) -> None:
        """Alt and an arrow, or the mouse: another place in the round."""
        words = self.texts.gettext("{name} moved").format(name=stop.name)
        self._act(lambda: delivery_rounds.move(self.shop, self.chosen_day, stop.shipment_id, steps), words)
        self.round.select(stop.shipment_id)

    def sort_by_time(self) -> None:
        """T: the stops by their windows."""
        words = self.texts.gettext("The stops are in the order of their times.")
        self._act(lambda: delivery_rounds.sort_by_time(self.shop, self.chosen_day), words)

    def save(self, stop: Stop) -> None:
        """What was typed about the door."""
        try:
            undo = delivery_rounds.save(self.shop, stop)
        except ShopError as error:
            self.card.say_problem(error)
            return
        self.reload()
        self.window_shell.toast(self.texts.gettext("Noted."), undo=lambda: undo.run(self.shop), seconds=4)

    def paid(self, slip: str, amount: Money) -> None:
        """What was paid at the door, with the slip of the till."""
        stop = self.round.current()
        if stop is not None:
            words = self.texts.gettext("{amount} booked").format(amount=self.texts.money(amount))
            self._act(lambda: delivery_rounds.paid_at_the_door(self.shop, stop, slip, amount), words)

    def print_list(self) -> None:
        """The list of the day, opened in the program that shows and prints PDFs."""
        from shopdesk.ui.documents import paper

        day = self.chosen_day
        name = f"{self.texts.gettext('delivery-round')}-{day:%Y-%m-%d}.pdf"
        self.window_shell.run_desk(
            lambda: delivery_rounds.pdf(self.shop, day), lambda data: paper.open_file(data, name)
        )

    def _act(self, act: Callable[[], Undo], words: str) -> bool:
        try:
            undo = act()
        except ShopError as error:
            self.window_shell.problem(error)
            return False
        self.reload()
        self.window_shell.toast(words, undo=lambda: undo.run(self.shop))
        return True

    def _with_current(self, act: Callable[[RoundStop], None]) -> None:
        stop = self.round.current()
        if stop is not None:
            act(stop)

    def _open_order(self, document_id: int) -> None:
        self.window_shell.open_document(document_id)

    def _open_menu(self, stop: RoundStop, place: QPoint) -> None:
        gettext, menu = self.texts.gettext, QMenu(self)
        if not stop.is_done:
            menu.addAction(gettext("Delivered"), lambda: self.done(stop, self.card.note.text()))
            menu.addAction(gettext("Not delivered"), lambda: self.not_met(stop, self.card.note.text()))
            menu.addAction(gettext("One place up"), lambda: self.carry(stop, -1))
            menu.addAction(gettext("One place down"), lambda: self.carry(stop, 1))
            menu.addAction(gettext("Take out of the round"), lambda: self.take_out(stop))
        else:
            menu.addAction(gettext("Not delivered after all"), lambda: self.put_back(stop))
        menu.addAction(gettext("In the order of their times"), self.sort_by_time)
        menu.addAction(gettext("Open the order"), lambda: self._open_order(stop.document_id))
        menu.popup(place)

    def _open_waiting_menu(self, value: Waiting, place: QPoint) -> None:
        gettext, menu = self.texts.gettext, QMenu(self)
        menu.addAction(gettext("Add to the round"), lambda: self.plan(value))
        menu.addAction(gettext("Is not delivered any more"), lambda: self.settle(value))
        menu.addAction(gettext("Open the order"), lambda: self._open_order(value.item.document_id))
        menu.popup(place)
