"""Purchase orders: what is still to come, and the chosen one with everything that can be done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.purchase_orders import STATE_NAMES, PurchaseOrder, PurchaseState
from shopdesk.ui.purchases.actions import PurchaseActions
from shopdesk.ui.purchases.cards import DraftCard, OrderCard
from shopdesk.ui.purchases.tones import TONES
from shopdesk.ui.shell.protocol import NewPurchase, Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases import purchase_drafts, purchase_orders, suppliers

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


class PurchaseOrdersPage(Page):
    """The list at the left, the draft or the order at the right."""

    watches: ClassVar[frozenset[str]] = frozenset({"purchase_order", "supplier", "customer"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.shown: PurchaseOrder | None = None
        self._is_open = True
        self.acts = PurchaseActions(self)
        self.header = PageHeader(
            gettext("Purchase orders"),
            "",
            Button(gettext("Suppliers"), lambda: window.open_page("suppliers"), icon_name="building-2"),
            PrimaryButton(
                gettext("New purchase order"), self.new, icon_name="plus", key=shortcut("new").shown()
            ),
        )
        self.switch = GhostButton("", self._switch)
        self.rows: RowList[PurchaseOrder] = RowList(gettext("Purchase orders"), self._fetch, self._row)
        self.rows.opened.connect(self._opened)
        self.rows.moved.connect(self._moved)
        self.rows.done.connect(self.acts.all_there)
        self.empty = EmptyState("truck", "", gettext("New purchase order"), self.new)
        self.draft = DraftCard(self.texts, self._parse, self.acts)
        self.form = self.draft.form
        self.order = OrderCard(self.texts, self._parse_confirmed, self.acts)
        self.view = self.order.view
        self._place()

    def _place(self) -> None:
        left = QWidget()
        left.setMinimumWidth(px(200))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        bar = QHBoxLayout()
        bar.addWidget(self.switch)
        bar.addStretch(1)
        column.addLayout(bar)
        column.addWidget(ListWithEmptyState(self.rows, self.empty), 1)
        side = ScrollPage()
        side.body.addWidget(self.draft)
        side.body.addWidget(self.order)
        side.body.addStretch(1)
        self.close_card()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(side)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setStretchFactor(0, 4)
        splitter.setStretchFactor(1, 5)
        splitter.setSizes([px(400), px(500)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(splitter, 1)
        self._say_which()

    # ---- the list

    def _fetch(self, after: Any, limit: int) -> Slice[PurchaseOrder]:
        found = purchase_orders.page(self.shop, after, limit, is_open=self._is_open)
        return Slice(found, found[-1].id if len(found) == limit else None)

    def _row(self, item: PurchaseOrder) -> Row:
        gettext = self.texts.gettext
        title = " · ".join(part for part in (item.number, item.title) if part) or gettext("Draft")
        who = item.supplier_name or gettext("no supplier yet")
        parts = [who, item.commission or gettext("for the shop")]
        if item.confirmed is not None and item.is_open:
            parts.append(gettext("comes {date}").format(date=self.texts.date(item.confirmed)))
        state = item.state
        return Row(
            item.id,
            title,
            " · ".join(parts),
            chip=gettext(STATE_NAMES[state]),
            chip_kind=TONES[state],
        )

    def _switch(self) -> None:
        self._is_open = not self._is_open
        self._say_which()
        self.rows.reload()
        self.rows.setFocus()

    def _say_which(self) -> None:
        gettext = self.texts.gettext
        self.switch.setText(gettext("What is done") if self._is_open else gettext("What is still open"))
        words = gettext("Nothing is on its way. Out of a customer's order it is one key: {key}.")
        done = gettext("Nothing is done yet.")
        self.empty.sentence.setText(
            words.format(key=shortcut("order_goods").shown()) if self._is_open else done
        )

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()
        self.reload_shown()

    def reload_shown(self) -> None:
        """Read what stands at the right again; what is being typed stays."""
        order_id = self.shown.id if self.shown is not None else self.form.shown.id
        if order_id is None or (not self.draft.isHidden() and self.form.is_changed):
            return
        if not self.order.isHidden() and self.view.is_typed:
            return
        self._load(order_id)

    def _moved(self, item: PurchaseOrder | None) -> None:
        if item is not None and self.rows.hasFocus() and self.keep():
            self.show_order(item)

    def _opened(self, item: PurchaseOrder) -> None:
        if self.keep():
            self.show_order(item)
            self._focus_card()

    def _focus_card(self) -> None:
        if not self.draft.isHidden():
            has_supplier = self.form.shown.supplier_id is not None
            (self.form.commission if has_supplier else self.form.supplier).setFocus()
        elif self.view.day_field.isHidden():
            self.order.setFocus()
        else:
            self.view.day.setFocus()

    # ---- the chosen one

    def _load(self, order_id: int) -> None:
        try:
            self.show_order(purchase_orders.get(self.shop, order_id))
        except NotFound:
            self.close_card()

    def show_order(self, value: PurchaseOrder) -> None:
        """A draft in its fields, an order that is out with its goods."""
        is_draft = value.state == PurchaseState.DRAFT
        self.shown = None if is_draft else value
        if is_draft:
            self.draft.show_order(value, suppliers.all_of(self.shop))
        else:
            self.order.show_order(value)
        self.draft.setVisible(is_draft)
        self.order.setVisible(not is_draft)
        self.window_shell.commands_changed()

    def show_done(self, order_id: int) -> None:
        """It went out: the same order, now with what can be done with it."""
        self._load(order_id)
        self.rows.reload()
        self.rows.select(order_id)
        self.rows.setFocus()

    def close_card(self) -> None:
        """Nothing is chosen."""
        self.shown = None
        self.form.show_order(purchase_drafts.begin(self.shop), ())
        self.draft.hide()
        self.order.hide()

    def new(self) -> None:
        """An empty order for the shop."""
        if not self.keep():
            return
        self.show_order(purchase_drafts.begin(self.shop))
        self.form.supplier.setFocus()

    def open_item(self, item: object) -> None:
        """An order by its id, or the goods of a customer's document (NewPurchase)."""
        if isinstance(item, NewPurchase):
            self._from_document(item.document_id)
        elif isinstance(item, int):
            self._load(item)
            self._is_open = self.shown is None or self.shown.waits
            self._say_which()
            self.rows.reload()
            self.rows.select(item)
            self._focus_card()

    def _from_document(self, document_id: int) -> None:
        try:
            drafted = purchase_drafts.from_document(self.shop, document_id)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        first = (drafted.new or drafted.known)[0]
        self._is_open = first.waits
        self._say_which()
        self.rows.reload()
        self.rows.select(first.id)
        self.show_order(first)
        self._focus_card()
        gettext = self.texts.gettext
        if not drafted.new:
            words = gettext("Everything is ordered already: {number}.")
            self.window_shell.toast(words.format(number=first.number or gettext("Draft")))
        elif len(drafted.new) > 1:
            words = gettext("{n} drafts, one for each supplier. {key} orders this one.")
            self.window_shell.toast(words.format(n=len(drafted.new), key=shortcut("issue_and_send").shown()))

    def keep(self) -> bool:
        """Store what was typed before something else is shown; False when it cannot be stored."""
        if self.draft.isHidden() or not self.form.is_changed:
            return True
        if self.form.shown.id is None and not (self.form.order().lines or self.form.supplier.name):
            return True  # nothing worth keeping was typed
        return self.acts.stored() is not None

    def leaving(self) -> None:
        """What was typed is stored; what cannot be stays in the fields."""
        if not self.keep():
            self.window_shell.toast(
                self.texts.gettext("The purchase order is not saved yet. What you typed is kept.")
            )

    def go_back(self) -> bool:
        """Esc in the fields leads to the list."""
        focused = QApplication.focusWidget()
        inside = focused is not None and (
            self.draft.isAncestorOf(focused) or self.order.isAncestorOf(focused)
        )
        if not inside or not self.keep():
            return False
        self.rows.setFocus()
        return True

    def focus_first(self) -> None:
        """See Page."""
        if self.draft.isHidden() and self.order.isHidden():
            self.rows.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        found: dict[str, Callable[[], None]] = {"new": self.new}
        if not self.draft.isHidden():
            found |= {"issue_and_send": self.acts.send, "print": self.acts.open_paper}
        elif not self.order.isHidden():
            found |= {"issue_and_send": self.order.usual, "print": self.acts.open_paper}
        return found

    def _parse(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date
        from shopdesk.usecases.working_days import holidays_at

        return parse_date(text, self.shop.clock.today(), holidays_at(self.shop))

    def _parse_confirmed(self, text: str) -> dt.date:
        from shopdesk.domain.purchase_orders import parse_confirmed
        from shopdesk.usecases.working_days import holidays_at

        return parse_confirmed(text, self.shop.clock.today(), holidays_at(self.shop))
