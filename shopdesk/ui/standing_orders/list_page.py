"""All standing orders with their next date, and what they will bring month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from shopdesk.domain.errors import ShopError
from shopdesk.domain.money import Money
from shopdesk.ui.documents import kinds
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.standing_orders.words import STATES, schedule_words
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, PlainLabel
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases.standing_order_dates import OrderRow, OrderState, Overview

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


class StandingOrdersPage(Page):
    """The list at the left, the expected income at the right; what is ready is issued in one go."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"standing_order", "standing_order_date", "article", "customer", "document"}
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.overview = Overview((), (), ())
        self.drafts = Button("", self.open_drafts, icon_name="list-checks")
        new = PrimaryButton(
            gettext("New standing order"), self.new, icon_name="plus", key=shortcut("new").shown()
        )
        self.header = PageHeader(gettext("Standing orders"), "", self.drafts, new)
        self.rows: RowList[OrderRow] = RowList(gettext("Standing orders"), self._fetch, self._row)
        self.rows.opened.connect(lambda row: window.open_page("standing_order", row.order.id))
        self.rows.removed.connect(self.remove)
        sentence = gettext(
            "What a customer gets again and again writes itself: storage, care, subscriptions. "
            "Begin here, or on a document under “Continue as …”."
        )
        self.list = ListWithEmptyState(
            self.rows, EmptyState("repeat", sentence, gettext("New standing order"), self.new)
        )
        self.income = Card(title=gettext("Expected income"))
        self._months = QVBoxLayout()
        self._months.setSpacing(px(4))
        self.income.body.addLayout(self._months)
        self.income.body.addWidget(
            Caption(gettext("Invoices and confirmations, with VAT, at today's prices."), wrap=True)
        )
        self._place()

    def _place(self) -> None:
        side = ScrollPage()
        side.body.setContentsMargins(0, 0, 0, 0)
        side.body.addWidget(self.income)
        side.body.addStretch(1)
        side.setMinimumWidth(px(230))
        columns = QHBoxLayout()
        columns.setSpacing(px(NORMAL))
        columns.addWidget(self.list, 3)
        columns.addWidget(side, 1)
        self.side = side
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addLayout(columns, 1)

    def reload(self) -> None:
        """See Page: read off the window's thread, since each order is priced anew."""
        from shopdesk.usecases import standing_order_dates

        self.window_shell.run_desk(lambda: standing_order_dates.overview(self.shop), self._show)

    def _show(self, overview: Overview) -> None:
        self.overview = overview
        texts = self.texts
        self.rows.reload()
        count = len(overview.drafts)
        words = texts.ngettext("{n} draft ready", "{n} drafts ready", count)
        self.drafts.say(words.format(n=texts.number(count)), "list-checks")
        show_if(self.drafts, bool(count))
        running = sum(row.state == OrderState.RUNNING for row in overview.rows)
        said = texts.ngettext("{n} running", "{n} running", running).format(n=texts.number(running))
        self.header.say(texts.gettext("Standing orders"), said if overview.rows else "")
        show_if(self.side, bool(overview.rows))
        self._show_months(overview.months)

    def _show_months(self, months: tuple[tuple[dt.date, Money], ...]) -> None:
        clear(self._months)
        for month, amount in months:
            line = QHBoxLayout()
            name = f"{month:%m/%Y}"
            value = PlainLabel(self.texts.money(amount))
            value.setAccessibleName(f"{name}: {self.texts.money(amount)}")
            line.addWidget(Caption(name))
            line.addStretch(1)
            line.addWidget(value)
            self._months.addLayout(line)

    def open_item(self, item: object) -> None:
        """See Page: "drafts" goes on to the drafts that are ready."""
        if item == "drafts":
            self.open_drafts()

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"new": self.new}

    def new(self) -> None:
        """An empty one; the customer is asked for first."""
        from shopdesk.ui.shell.protocol import NewStandingOrder

        self.window_shell.open_page("standing_order", NewStandingOrder())

    def open_drafts(self) -> None:
        """All drafts that are ready, to be looked over and issued in one go."""
        from shopdesk.domain.standing_orders import KINDS
        from shopdesk.usecases import standing_order_runs
        from shopdesk.usecases.batches import Several

        ids = standing_order_runs.ready_drafts(self.shop)
        if ids:
            self.window_shell.open_page("several", Several(KINDS, ids))

    def remove(self, row: OrderRow) -> None:
        """Del: out of the list; what was made stays, and the toast brings it back."""
        from shopdesk.usecases import standing_orders

        assert row.order.id is not None
        try:
            undo = standing_orders.delete(self.shop, row.order.id)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        words = self.texts.gettext("Standing order of {name} deleted.").format(name=row.order.customer_name)
        self.window_shell.toast(words, lambda: undo.run(self.shop))

    def _fetch(self, _after: Any, _limit: int) -> Slice[OrderRow]:
        return Slice(self.overview.rows)

    def _row(self, row: OrderRow) -> Row:
        texts, order = self.texts, row.order
        what = order.name or next((line.text for line in order.content.lines if line.text), "")
        parts = (what, schedule_words(order.schedule, texts), kinds.name(order.kind, texts))
        if row.next is not None and row.state == OrderState.RUNNING:
            chip, look = texts.date(row.next.on), "info"
        else:
            chip, look = (
                texts.gettext(STATES[row.state]),
                "warn" if row.state == OrderState.PAUSED else "info",
            )
        by_itself = texts.gettext("goes by itself") if order.by_itself else ""
        return Row(
            order.id,
            order.customer_name,
            " · ".join(part for part in (*parts, by_itself) if part),
            "repeat",
            value=texts.money(row.gross),
            chip=chip,
            chip_kind="warn" if look == "warn" else "info",
        )
