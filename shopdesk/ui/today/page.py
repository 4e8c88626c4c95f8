"""Heute: one ranked list of what needs the owner now, beside it the day at a glance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from shopdesk.domain.errors import ShopError
from shopdesk.domain.later import Later
from shopdesk.domain.messages import N_
from shopdesk.domain.today import TodayItem, TodayKind, ranked, tone, when
from shopdesk.domain.today_facts import ContactFacts
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.today import contact_rows, late_rows, more_rows
from shopdesk.ui.today.glance import Glance
from shopdesk.ui.today.later import LaterLine
from shopdesk.ui.today.row_kinds import ROW_KINDS, local, title
from shopdesk.ui.widgets.buttons import GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.labels import Heading, shortened
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases import today

if TYPE_CHECKING:
    from shopdesk.domain.follow_ups import FollowUp
    from shopdesk.domain.promises import Promise
    from shopdesk.ui.customers.follow_up_line import FollowUpLine
    from shopdesk.ui.today.delay_line import DelayLine
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_NOON, _EVENING = 11, 18
TICK = 15_000
"""ms between two looks at the clocks in sight."""
SCROLL_PAUSE = 60
"""ms after the last scrolling before the customers in sight are asked about."""


class TodayPage(Page):
    """The first page: it must stand before anything heavy is loaded."""

    reads_early: ClassVar[bool] = True
    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "follow_up", "outbox", "document", "vat_confirmation", "setting", "missed_call", "timeline_entry",
            "promise", "inquiry", "consent", "mail_fetch", "appointment", "payment", "payment_allocation",
            "purchase_order", "standing_order_date", "shipment_demand", "found_bank_file", "bank_entry",
            "payment_reminder_stop",
            "payment_reminder_bill", "shipment", "customer", "customer_phone", "repeated_order", "supplier",
            "document_line", "document_reference", "order_bill", "turnover_year", "vat_id_check",
        }
    )  # fmt: skip

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._ahead = 0
        self._limits: dict[TodayKind, int] = {}
        self._facts: dict[int, ContactFacts] = {}
        self._items: tuple[TodayItem, ...] = ()
        self._returns: Later | None = None
        self.header = PageHeader(
            "",
            " ",
            GhostButton(gettext("Take a call"), self._take_call, key=shortcut("palette").shown()),
            PrimaryButton(
                gettext("New invoice"),
                lambda: window.new_document("invoice"),
                key=shortcut("new_invoice").shown(),
            ),
        )
        self.rows: RowList[TodayItem] = RowList(gettext("What needs you now"), self._fetch, self._row)
        self.rows.opened.connect(self._open)
        self.rows.done.connect(self._done)
        self.rows.later.connect(self._later)
        self.rows.on_letter(Qt.Key.Key_N, self._new_date)
        self.rows.on_letter(Qt.Key.Key_B, self._broken)
        self.later = LaterLine(self.texts, shop, self._move)
        self.follow_up: FollowUpLine | None = None
        self.delay: DelayLine | None = None
        self.ahead = GhostButton(gettext("Next 7 days, too"), self._toggle_ahead)
        self.glance = Glance(self.texts)
        self._place()
        self._clock = QTimer(self, interval=TICK)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._in_sight = QTimer(self, singleShot=True, interval=SCROLL_PAUSE)
        self._in_sight.timeout.connect(self._ask_facts)
        self.rows.verticalScrollBar().valueChanged.connect(lambda _value: self._in_sight.start())
        self._day = shop.clock.today()

    def _place(self) -> None:
        gettext = self.texts.gettext
        self.empty = EmptyState("sun", gettext("Nothing is waiting for you. A good moment for a coffee."))
        left = self.left = QVBoxLayout()
        left.setSpacing(px(SMALL))
        head = QHBoxLayout()
        head.addWidget(Heading(gettext("Now")))
        head.addStretch(1)
        head.addWidget(self.ahead)
        left.addLayout(head)
        left.addWidget(ListWithEmptyState(self.rows, self.empty), 1)
        left.addWidget(self.later)
        columns = QHBoxLayout()
        columns.setSpacing(px(NORMAL))
        columns.addLayout(left, 3)
        columns.addWidget(self.glance, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addLayout(columns, 1)

    def reload(self) -> None:
        """See Page."""
        self._facts = {}
        self.rows.reload()
        self._greet()

    def reload_rest(self) -> None:
        """The figures are counted over all documents: after the first paint, and not on the window's thread."""
        self.window_shell.run_desk(lambda: today.at_a_glance(self.shop), self.glance.show_figures)
        self._in_sight.start()

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        found = {"new": lambda: self.window_shell.new_document("invoice"), "follow_up": self._ask_follow_up}
        if self.delay is not None and not self.delay.isHidden():
            found["issue_and_send"] = self.delay.send_mail
        return found

    def go_back(self) -> bool:
        """Esc closes the line for another day, for a new date, or for a new follow-up."""
        for line in (self.later, self.follow_up, self.delay):
            if line is not None and line.isVisible():
                line.hide()
                self.window_shell.commands_changed()
                self.rows.setFocus()
                return True
        return False

    # What is shown

    def _fetch(self, after: Any, limit: int) -> Slice[TodayItem]:
        """The list is read whole, since only so it is ranked; its words are made page by page."""
        first = after or 0
        if not first:
            self._items = today.items(self.shop, self._ahead, self._limits)
            self._returns = today.next_return(self.shop)
        end = first + limit
        return Slice(self._items[first:end], end if end < len(self._items) else None)

    def _row(self, item: TodayItem) -> Row:
        now = today.local_now(self.shop)
        if item.kind == TodayKind.MORE:
            return more_rows.row(item, self.texts)
        kind = ROW_KINDS[item.kind]
        colour = tone(item, now) or kind.tone
        first, second = title(item, self.texts)
        if item.customer_id in self._facts:
            second = contact_rows.told(item, second, self._facts[item.customer_id], self.texts)
        chip = self.texts.say(when(item, now))
        return Row((item.kind, item.reference), first, second, kind.icon, colour, chip=chip, chip_kind=colour)

    def _greet(self) -> None:
        gettext = self.texts.gettext
        now = today.local_now(self.shop)
        words = gettext("Good morning") if now.hour < _NOON else gettext("Good day")
        words = gettext("Good evening") if now.hour >= _EVENING else words
        day = now.date()
        count = sum(item.times if item.kind == TodayKind.MORE else 1 for item in self._items)
        waiting = self.texts.ngettext("{n} thing needs you", "{n} things need you", count).format(n=count)
        week = gettext("week {n}").format(n=day.isocalendar().week)
        date = f"{gettext(_WEEKDAYS[day.weekday()])}, {self.texts.date(day)}"
        self.header.say(words, " · ".join(part for part in (date, week, waiting if count else "") if part))
        self.window_shell.count("today", count)

    def _tick(self) -> None:
        """The clocks go on: what is in sight says so. Only where the order is another one, the list is read again."""
        if self.shop.clock.today() != self._day:
            self._day = self.shop.clock.today()
            self.later.hide()
            self.reload()
            self.reload_rest()
        elif self._is_another_list():
            self.rows.reload()
            self._in_sight.start()
        else:
            self.rows.rows.show_again(*self._rows_in_sight())
        self._greet()

    def _is_another_list(self) -> bool:
        """Whether something has overtaken another thing, or what was put off is back."""
        now = today.local_now(self.shop)
        is_back = self._returns is not None and not self._returns.is_after(now)
        return is_back or ranked(self._items, now) != self._items

    def _rows_in_sight(self) -> tuple[int, int]:
        """The numbers of the first and the last row that can be seen."""
        bottom = self.rows.viewport().height() - 1
        first = max(0, self.rows.indexAt(QPoint(1, 1)).row())
        last = self.rows.indexAt(QPoint(1, bottom)).row()
        return first, last if last >= 0 else self.rows.rows.rowCount() - 1

    def _ask_facts(self) -> None:
        first, last = self._rows_in_sight()
        wanted = {
            item.customer_id
            for item in self._items[first : last + 1]
            if item.kind in contact_rows.TOLD and item.customer_id is not None
        } - self._facts.keys()
        if wanted:
            self.window_shell.run_desk(lambda: today.facts(self.shop, wanted), self._show_facts)

    def _show_facts(self, facts: dict[int, ContactFacts]) -> None:
        self._facts |= facts
        self.rows.rows.show_again(*self._rows_in_sight())

    # What the owner does

    def _take_call(self) -> None:
        self.window_shell.open_palette()

    def _toggle_ahead(self) -> None:
        self._ahead = 0 if self._ahead else 7
        gettext = self.texts.gettext
        self.ahead.setText(gettext("Only today") if self._ahead else gettext("Next 7 days, too"))
        self.reload()
        self._in_sight.start()

    def _open(self, item: TodayItem) -> None:
        if item.kind == TodayKind.PURCHASE_DELAY:
            self._new_date(item)
            return
        if item.kind == TodayKind.MORE and item.about is not None:
            self._limits[item.about] = item.reference + more_rows.STEP
            self.reload()
            self._in_sight.start()
        elif item.kind == TodayKind.FOLLOW_UP and item.customer_id is None and item.document_id is None:
            self.later.ask(item)
        else:
            ROW_KINDS[item.kind].open(item, self.window_shell)

    def _done(self, item: TodayItem) -> None:
        kind = ROW_KINDS.get(item.kind)
        done = kind.done if kind is not None else None
        if kind is None or (done is None and kind.act is None):
            self._open(item)
        elif done is not None:
            words = self.texts.gettext(kind.done_words)
            text = shortened(title(item, self.texts)[0])
            self._act(lambda: done(item, self.shop), words.format(text=text))
        elif kind.act is not None:
            kind.act(item, self.shop, self.window_shell)

    def _later(self, item: TodayItem) -> None:
        kind = ROW_KINDS.get(item.kind)
        if kind is not None and kind.move is not None:
            self.later.ask(item)
        else:
            self.window_shell.toast(self.texts.gettext("This cannot be moved to another day."))

    def _move(self, item: TodayItem, until: Later) -> None:
        move = ROW_KINDS[item.kind].move
        if move is not None:
            words = self.texts.gettext("Moved to {date}: {text}").format(
                date=local(until.day, until.time, self.texts), text=shortened(title(item, self.texts)[0])
            )
            if item.is_invited:
                untold = self.texts.gettext("The customer does not know yet: invite again.")
                words = f"{words} {untold}"
            self._act(lambda: move(item, self.shop, until), words)
        self.rows.setFocus()

    def _broken(self, item: TodayItem) -> None:
        """B: it was not kept, and no other date was agreed."""
        if item.kind == TodayKind.PROMISE:
            words = self.texts.gettext("Not kept: {text}").format(text=shortened(item.title))
            self._act(lambda: contact_rows.promise_broken(item, self.shop), words)

    def _new_date(self, item: TodayItem) -> None:
        """N: a new date for a promise, and the message that says so."""
        if item.kind not in {TodayKind.PROMISE, TodayKind.PURCHASE_DELAY, TodayKind.LATE_SHIPMENT}:
            return
        from shopdesk.ui.today.delay_line import DelayLine

        if self.delay is None:
            self.delay = DelayLine(self.shop, self.window_shell)
            self.delay.done.connect(self._delay_done)
            self.left.addWidget(self.delay, 1)
        try:
            promise = _promise_of(item, self.shop)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        if promise is None:
            return
        self.later.hide()
        self.delay.ask(promise)
        self.window_shell.commands_changed()

    def _delay_done(self) -> None:
        self.window_shell.commands_changed()
        self.rows.setFocus()

    def _ask_follow_up(self) -> None:
        """F8: something to do that belongs to no customer."""
        from shopdesk.ui.customers.follow_up_line import FollowUpLine

        if self.follow_up is None:
            self.follow_up = FollowUpLine(self.texts, self.shop.clock.today, about_customer=False)
            self.follow_up.noted.connect(self._note_follow_up)
            self.left.addWidget(self.follow_up)
        self.later.hide()
        self.follow_up.ask()

    def _note_follow_up(self, value: FollowUp) -> None:
        from shopdesk.usecases import follow_ups

        words = self.texts.gettext("Follow-up on {date}: {text}").format(
            date=self.texts.date(value.due), text=shortened(value.text)
        )
        self._act(lambda: follow_ups.create(self.shop, value)[1], words)
        self.rows.setFocus()

    def _act(self, act: Callable[[], Undo], words: str) -> None:
        try:
            undo = act()
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.window_shell.toast(words, lambda: self._take_back(undo))

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self.shop)
        except ShopError as error:
            self.window_shell.problem(error)


def _promise_of(item: TodayItem, shop: Shop) -> Promise | None:
    """The promise that a row is about."""
    from shopdesk.usecases import promises

    if item.kind == TodayKind.LATE_SHIPMENT:
        return late_rows.promise_about(item, shop)
    return promises.get(shop, item.reference)
