"""Heute: one ranked list of what needs the owner now, beside it the day at a glance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_
from shopdesk.domain.today import TodayItem, TodayKind, when
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.today import call_rows, tax_rows
from shopdesk.ui.today.later import LaterLine
from shopdesk.ui.widgets.buttons import GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.labels import Caption, Display, Heading, shortened
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases import today

if TYPE_CHECKING:
    from shopdesk.domain.follow_ups import FollowUp
    from shopdesk.ui.customers.follow_up_line import FollowUpLine
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_LOOKS: Mapping[TodayKind, tuple[str, ChipKind]] = {
    TodayKind.MAIL_FAILED: ("triangle-alert", "bad"),
    TodayKind.MAIL_UNCLEAR: ("circle-help", "warn"),
    TodayKind.NOT_SENT: ("send", "warn"),
    TodayKind.MISSED_CALL: ("phone-missed", "warn"),
    TodayKind.MAIL_WAITING: ("mail", "info"),
    TodayKind.MONTH_END: ("calendar", "info"),
    TodayKind.VAT_ID_REFUSED: ("triangle-alert", "bad"),
    TodayKind.VAT_ID: ("triangle-alert", "warn"),
    TodayKind.LIMIT: ("info", "info"),
    TodayKind.FOLLOW_UP: ("calendar-clock", "info"),
}
_TITLES = {
    TodayKind.MAIL_FAILED: N_("Mail not delivered: {title}"),
    TodayKind.MAIL_UNCLEAR: N_("Did it go? {title}"),
    TodayKind.NOT_SENT: N_("Not sent: {title}"),
    TodayKind.MISSED_CALL: N_("Call back: {title}"),
    TodayKind.MAIL_WAITING: N_("Mail waits: {title}"),
    TodayKind.MONTH_END: N_("Month end {title}: list and files for the adviser"),
    TodayKind.VAT_ID_REFUSED: N_("VAT id not valid, please correct the invoice: {title}"),
    TodayKind.VAT_ID: N_("VAT id not confirmed: {title}"),
    TodayKind.LIMIT: "{title}",
    TodayKind.FOLLOW_UP: "{title}",
}
_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_MOVABLE = frozenset({TodayKind.FOLLOW_UP, TodayKind.MISSED_CALL})
_NOON, _EVENING = 11, 18


class TodayPage(Page):
    """The first page: it must stand before anything heavy is loaded."""

    reads_early: ClassVar[bool] = True
    watches: ClassVar[frozenset[str]] = frozenset(
        {"follow_up", "outbox", "document", "vat_confirmation", "setting", "missed_call", "timeline_entry"}
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._ahead = 0
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
        self.later = LaterLine(self.texts, shop, self._move)
        self.follow_up: FollowUpLine | None = None
        self.ahead = GhostButton(gettext("Next 7 days, too"), self._toggle_ahead)
        self._place()
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(self._new_minute)
        self._minute.start()
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
        right = QVBoxLayout()
        right.setSpacing(px(SMALL))
        right.addWidget(Heading(gettext("Today at a glance")))
        self.invoiced = _Figure()
        self.offered = _Figure()
        self.drafted = _Figure()
        for figure in (self.invoiced, self.offered, self.drafted):
            right.addWidget(figure)
        right.addStretch(1)
        side = QWidget()
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        columns = QHBoxLayout()
        columns.setSpacing(px(NORMAL))
        columns.addLayout(left, 3)
        columns.addWidget(side, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addLayout(columns, 1)

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()
        self._greet()

    def reload_rest(self) -> None:
        """The figures are counted over all documents: after the first paint, and not on the window's thread."""
        self.window_shell.run_desk(lambda: today.at_a_glance(self.shop), self._show_figures)

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"new": lambda: self.window_shell.new_document("invoice"), "follow_up": self._ask_follow_up}

    def go_back(self) -> bool:
        """Esc closes the line for another day, or for a new follow-up."""
        for line in (self.later, self.follow_up):
            if line is not None and line.isVisible():
                line.hide()
                self.rows.setFocus()
                return True
        return False

    def _ask_follow_up(self) -> None:
        """F8: something to do that belongs to no customer."""
        from shopdesk.ui.customers.follow_up_line import FollowUpLine

        if self.follow_up is None:
            self.follow_up = FollowUpLine(self.texts, self.shop.clock.today)
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

    def _greet(self) -> None:
        gettext = self.texts.gettext
        now = self.shop.clock.now().astimezone(self.shop.clock.zone)
        words = gettext("Good morning") if now.hour < _NOON else gettext("Good day")
        words = gettext("Good evening") if now.hour >= _EVENING else words
        day = self.shop.clock.today()
        count = self.rows.rows.rowCount()
        waiting = self.texts.ngettext("{n} thing needs you", "{n} things need you", count).format(n=count)
        week = gettext("week {n}").format(n=day.isocalendar().week)
        date = f"{gettext(_WEEKDAYS[day.weekday()])}, {self.texts.date(day)}"
        self.header.say(words, " · ".join(part for part in (date, week, waiting if count else "") if part))
        self.window_shell.count("today", count)

    def _show_figures(self, figures: today.AtAGlance) -> None:
        gettext, ngettext = self.texts.gettext, self.texts.ngettext
        invoices = ngettext(
            "from {n} invoice issued today", "from {n} invoices issued today", figures.issued_today
        )
        self.invoiced.say(self.texts.money(figures.sum_today), invoices.format(n=figures.issued_today))
        quotes = ngettext("in {n} open quote", "in {n} open quotes", figures.open_quotes)
        self.offered.say(self.texts.money(figures.open_quotes_sum), quotes.format(n=figures.open_quotes))
        drafts = ngettext("draft is being worked on", "drafts are being worked on", figures.drafts)
        self.drafted.say(str(figures.drafts), drafts if figures.drafts else gettext("drafts"))

    def _new_minute(self) -> None:
        """Midnight brings another list."""
        if self.shop.clock.today() != self._day:
            self._day = self.shop.clock.today()
            self.later.hide()
            self.reload()
            self.reload_rest()
        else:
            self._greet()

    def _fetch(self, _after: Any, _limit: int) -> Slice[TodayItem]:
        return Slice(today.items(self.shop, self._ahead))

    def _row(self, item: TodayItem) -> Row:
        icon, kind = _LOOKS[item.kind]
        day = self.shop.clock.today()
        if item.kind == TodayKind.FOLLOW_UP and item.due is not None and item.due < day:
            kind = "bad"
        is_call = item.kind == TodayKind.MISSED_CALL
        first, second = (call_rows if is_call else tax_rows).words(item, self.texts)
        title = self.texts.gettext(_TITLES[item.kind]).format(title=first or second)
        chip = self.texts.say(when(item, day))
        return Row((item.kind, item.reference), title, second, icon, kind, chip=chip, chip_kind=kind)

    # What the owner does

    def _take_call(self) -> None:
        self.window_shell.open_palette()

    def _toggle_ahead(self) -> None:
        self._ahead = 0 if self._ahead else 7
        gettext = self.texts.gettext
        self.ahead.setText(gettext("Only today") if self._ahead else gettext("Next 7 days, too"))
        self.reload()

    def _open(self, item: TodayItem) -> None:
        if item.kind in tax_rows.ABOUT_TAX:
            tax_rows.open_item(item, self.window_shell)
        elif item.kind == TodayKind.MISSED_CALL:
            call_rows.open_item(item, self.window_shell)
        elif item.kind == TodayKind.NOT_SENT or (item.document_id and item.kind == TodayKind.FOLLOW_UP):
            self.window_shell.open_document(item.document_id or item.reference)
        elif item.kind == TodayKind.FOLLOW_UP and item.customer_id:
            self.window_shell.open_customer(item.customer_id)
        elif item.kind == TodayKind.MONTH_END:
            self.window_shell.open_page("month_end", item.reference)
        elif item.kind != TodayKind.FOLLOW_UP:
            self.window_shell.open_page("outbox", item.reference)
        else:
            self.later.ask(item)

    def _done(self, item: TodayItem) -> None:
        if item.kind == TodayKind.MONTH_END:
            self._month_end_done(item)
            return
        if item.kind in tax_rows.ABOUT_TAX:
            tax_rows.done(item, self.shop, self.window_shell)
            return
        if item.kind not in _MOVABLE:
            self._open(item)
            return
        from shopdesk.usecases import follow_ups, phone_calls

        if item.kind == TodayKind.MISSED_CALL:
            words = self.texts.gettext("Done: {text}").format(text=shortened(self._row(item).title))
            self._act(lambda: phone_calls.missed_done(self.shop, item.reference), words)
            return
        words = self.texts.gettext("Done: {text}").format(text=shortened(item.title))
        self._act(lambda: follow_ups.done(self.shop, follow_ups.get(self.shop, item.reference)), words)

    def _month_end_done(self, item: TodayItem) -> None:
        """The owner did it in his own way."""
        from shopdesk.domain.periods import month_of_reference
        from shopdesk.usecases import month_end

        words = self.texts.gettext("Done: {text}").format(text=self._row(item).title)
        self._act(lambda: month_end.mark_done(self.shop, month_of_reference(item.reference)), words)

    def _later(self, item: TodayItem) -> None:
        if item.kind in _MOVABLE:
            self.later.ask(item)
        else:
            words = self.texts.gettext("Only follow-ups and missed calls can be moved to another day.")
            self.window_shell.toast(words)

    def _move(self, item: TodayItem, day: dt.date) -> None:
        from shopdesk.usecases import follow_ups, phone_calls

        words = self.texts.gettext("Moved to {date}: {text}").format(
            date=self.texts.date(day), text=shortened(self._row(item).title)
        )
        if item.kind == TodayKind.MISSED_CALL:
            self._act(lambda: phone_calls.missed_later(self.shop, item.reference, day), words)
        else:
            self._act(
                lambda: follow_ups.later(self.shop, follow_ups.get(self.shop, item.reference), day), words
            )
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


class _Figure(Card):
    """One figure with its words below."""

    def __init__(self) -> None:
        self.figure, self.words = Display("–"), Caption("", wrap=True)
        super().__init__(self.figure, self.words)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def say(self, figure: str, words: str) -> None:
        """Another figure."""
        self.figure.setText(figure)
        self.words.setText(words)
        self.setAccessibleName(f"{figure} {words}")
