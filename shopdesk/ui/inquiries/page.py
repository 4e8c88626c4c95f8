"""Inquiries of all channels in one inbox, each with its clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.inquiries import CHANNEL_NAMES, Inquiry, InquiryChannel, InquiryState, reading
from shopdesk.domain.later import Later
from shopdesk.domain.messages import N_
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.ui.inquiries import words
from shopdesk.ui.inquiries.actions import InquiryActions
from shopdesk.ui.inquiries.lost_line import LostLine
from shopdesk.ui.inquiries.new_inquiry import NewInquiryCard
from shopdesk.ui.inquiries.view import InquiryView
from shopdesk.ui.shell.protocol import NewInquiry, Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.today.later import LaterLine
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases import inquiries, opening_hours

if TYPE_CHECKING:
    from shopdesk.usecases.opening_hours import AnswerTimes
    from shopdesk.usecases.shop import Shop

_STATES: Mapping[str, tuple[str, tuple[InquiryState, ...]]] = {
    "open": (N_("Waiting for us"), (InquiryState.OPEN,)),
    "answered": (N_("Answered"), (InquiryState.ANSWERED,)),
    "won": (N_("Won"), (InquiryState.WON,)),
    "lost": (N_("Lost"), (InquiryState.LOST,)),
    "closed": (N_("Done"), (InquiryState.CLOSED,)),
    "all": (N_("All inquiries"), tuple(InquiryState)),
}
_REPAINT_MS = 5_000


class InquiriesPage(Page):
    """The list with its clocks at the left, one inquiry at the right."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"inquiry", "inquiry_message", "inquiry_document", "outbox", "setting", "customer", "article"}
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._times: AnswerTimes | None = None
        self.acts = InquiryActions(self)
        self.header = PageHeader(
            gettext("Inquiries"),
            " ",
            Button(
                gettext("New inquiry"), self.ask_new, icon_name="plus", key=shortcut("new_inquiry").shown()
            ),
            Button(gettext("Write the answer"), self.answer, icon_name="pencil", key="⏎"),
        )
        self.state = Choice([(gettext(name), key) for key, (name, _states) in _STATES.items()])
        self.state.setAccessibleName(gettext("State"))
        every = [(gettext("All channels"), "")]
        self.channel = Choice(
            [*every, *((self.texts.say(name), key.value) for key, name in CHANNEL_NAMES.items())]
        )
        self.channel.setAccessibleName(gettext("Channel"))
        for choice in (self.state, self.channel):
            choice.chosen.connect(self.reload)
        self.rows: RowList[Inquiry] = RowList(gettext("Inquiries"), self._fetch, self._row)
        self.rows.moved.connect(self._show)
        self.rows.opened.connect(lambda _item: self.answer())
        self.rows.done.connect(self.acts.close)
        self.rows.later.connect(self._ask_later)
        self.later = LaterLine(self.texts, shop, self._put_off)
        self.lost = LostLine(self.texts, self.acts.lost)
        self.new = NewInquiryCard(shop, window, self.acts.create)
        self.view = InquiryView(shop, window, self.acts)
        self._later_for: Inquiry | None = None
        self._place()
        self._clock = QTimer(self, interval=_REPAINT_MS)
        self._clock.timeout.connect(self.repaint_clocks)
        self._clock.start()

    def _place(self) -> None:
        filters = QWidget()
        flow = FlowLayout(filters)
        for choice in (self.state, self.channel):
            flow.addWidget(choice)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(px(SMALL))
        self.empty = EmptyState("inbox", self.texts.gettext("Nobody is waiting for an answer."))
        left.addWidget(filters)
        left.addWidget(ListWithEmptyState(self.rows, self.empty), 1)
        left.addWidget(self.later)
        left.addWidget(self.lost)
        side = QWidget()
        side.setLayout(left)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(side)
        splitter.addWidget(self.view)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(420), px(560)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(self.new)
        layout.addWidget(splitter, 1)

    # Page

    def reload(self) -> None:
        """See Page."""
        self._times = opening_hours.answer_times(self.shop)
        self.rows.reload()
        if self.rows.current() is None:
            self.rows.step(1)
        self.view.forget_catalogue()
        self._show(self.rows.current())
        self._say()

    def focus_first(self) -> None:
        """See Page."""
        (self.new.what if self.new.isVisible() else self.rows).setFocus()

    def open_item(self, item: object) -> None:
        """One inquiry by its id, whatever is filtered; or a new one."""
        if isinstance(item, NewInquiry):
            self.ask_new(InquiryChannel(item.channel) if item.channel else None)
        elif isinstance(item, int):
            self._find(item)

    def _find(self, inquiry_id: int) -> None:
        for state in (self.state.value, "open", "all"):
            self.state.set_value(state)
            if state != "open":
                self.channel.set_value("")
            self.reload()
            if self.rows.select(inquiry_id):
                return

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {
            "new": self.ask_new,
            "new_inquiry": self.ask_new,
            "new_quote": self.acts.quote,
            "issue_and_send": self._keep_or_send,
        }

    def go_back(self) -> bool:
        """Esc closes what asks, then leaves."""
        for card in (self.later, self.lost, self.new):
            if card.isVisible():
                card.hide()
                self.rows.setFocus()
                return True
        if self.view.isAncestorOf(self.focusWidget() or self):
            self.rows.setFocus()
            return True
        return False

    # What is shown

    def _states(self) -> tuple[InquiryState, ...]:
        return _STATES[self.state.value][1]

    def _fetch(self, after: Any, limit: int) -> Slice[Inquiry]:
        states = self._states()
        channel = InquiryChannel(self.channel.value) if self.channel.value else None
        found = inquiries.page(self.shop, states, channel, after, limit)
        return Slice(found, inquiries.cursor_of(found[-1], states) if len(found) == limit else None)

    def _row(self, inquiry: Inquiry) -> Row:
        pill = self._pill(inquiry)
        zone, today = self.shop.clock.zone, self.shop.clock.today()
        moment = words.moment(inquiry.waiting_since, zone, today, self.texts)
        complaint = self.texts.gettext("Complaint") if inquiry.is_complaint else ""
        asked = f"{words.asked_over(inquiry, self.texts)} {moment}"
        caption = " · ".join(part for part in (complaint, inquiry.who, asked) if part)
        title = inquiry.subject or inquiry.who
        return Row(
            inquiry.id, title, caption, words.icon(inquiry), pill.kind, chip=pill.words, chip_kind=pill.kind,
            share=pill.share,
        )  # fmt: skip

    def _pill(self, inquiry: Inquiry) -> words.Pill:
        assert self._times is not None
        now = reading(inquiry, self._times.clock, self.shop.clock.now(), self._times.targets)
        return words.pill(inquiry, now, self.texts)

    def repaint_clocks(self) -> None:
        """The clocks go on; nothing is read."""
        if self._times is None or not self.isVisible():
            return
        self.rows.rows.show_again()
        if self.view.inquiry is not None:
            self.view.show_pill(self._pill(self.view.inquiry))

    def _show(self, inquiry: Inquiry | None) -> None:
        self.view.show_inquiry(inquiry)
        if inquiry is not None:
            self.view.show_pill(self._pill(inquiry))

    def _say(self) -> None:
        gettext, ngettext = self.texts.gettext, self.texts.ngettext
        waiting = inquiries.count_open(self.shop)
        count = ngettext("{n} waits for an answer", "{n} wait for an answer", waiting).format(n=waiting)
        assert self._times is not None
        target = self._times.targets.mail
        goal = (
            gettext("target: first answer within {time}").format(time=words.span(target, self.texts))
            if target
            else ""
        )
        hours = ""
        if not self._times.clock.is_open(self.shop.clock.now()):
            opens = self._times.clock.next_opening(self.shop.clock.now())
            hours = gettext("closed now, the clocks rest")
            if opens is not None:
                hours = gettext("closed now, the clocks rest until {moment}").format(
                    moment=self._opening(opens)
                )
        self.header.say(gettext("Inquiries"), " · ".join(part for part in (count, goal, hours) if part))
        is_open = self.state.value == "open" and not self.channel.value
        sentence = (
            gettext("Nobody is waiting for an answer.") if is_open else gettext("No inquiry of this kind.")
        )
        self.empty.sentence.setText(sentence)

    def _opening(self, moment: dt.datetime) -> str:
        local = moment.astimezone(self.shop.clock.zone)
        if local.date() == self.shop.clock.today():
            return f"{local:%H:%M}"
        return f"{self.texts.date(local.date())} {local:%H:%M}"

    # What the owner does

    def ask_new(self, channel: InquiryChannel | None = None) -> None:
        """An inquiry by hand."""
        self.new.ask(channel)

    def entered(self, made: Inquiry) -> None:
        """It is kept: show it."""
        self.new.clear()
        if made.id is not None:
            self._find(made.id)
        self.rows.setFocus()

    def answer(self) -> None:
        """⏎: write the answer, or make the quote of whom no mail reaches."""
        if self.view.inquiry is None:
            return
        edit = self.view.reply.edit
        (self.view.quote if edit.isHidden() else edit).setFocus()

    def _keep_or_send(self) -> None:
        if self.new.isVisible():
            self.new.save()
        elif not self.view.reply.edit.isHidden():
            self.acts.send_reply(self.view.reply.text())

    def ask_lost(self) -> None:
        """Why did it come to nothing?"""
        self.later.hide()
        self.lost.ask()

    def _ask_later(self, inquiry: Inquiry) -> None:
        self._later_for = inquiry
        self.lost.hide()
        self.later.ask(TodayItem(TodayKind.MISSED_CALL, inquiry.id or 0, inquiry.subject))

    def _put_off(self, _item: TodayItem, when: Later) -> None:
        if self._later_for is not None:
            self.acts.later(self._later_for, when)
        self.rows.setFocus()
