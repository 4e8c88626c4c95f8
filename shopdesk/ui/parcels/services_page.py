"""Shipping services: the dated table of limits and prices, with the shop's own rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.shipping_services import PriceState
from shopdesk.ui.parcels import words
from shopdesk.ui.parcels.service_form import EMPTY, ServiceForm
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import shipping_services
from shopdesk.usecases.shipping_services import TableRow

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class ShippingServicesPage(Page):
    """The table at the left, the chosen row at the right."""

    watches: ClassVar[frozenset[str]] = frozenset({"shipping_service"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._wanted = ""
        new = PrimaryButton(gettext("Own service"), self.new, icon_name="plus", key=shortcut("new").shown())
        self.taken_out = GhostButton(
            gettext("Bring back what was taken out"), self.bring_back, icon_name="undo-2"
        )
        self.search = SearchEdit(gettext("Carrier, name, zone …"))
        self.search.setAccessibleName(gettext("Search services"))
        self.search.searched.connect(self._narrow)
        self.rows: RowList[TableRow] = RowList(gettext("Shipping services"), self._fetch, self._row)
        self.search.down.connect(self.rows.setFocus)
        self.rows.moved.connect(self._show)
        self.rows.removed.connect(lambda row: self._act(shipping_services.remove, row.service.code))
        self.form = ServiceForm(self.texts, self._read_date)
        self.rows.opened.connect(lambda _item: self.form.price.setFocus())
        self.empty = EmptyState("truck", gettext("No service fits what you search."))
        self.card = Card(self.form)
        subtitle = gettext(
            "What carriers take and what it costs. A price past its date is asked, never filled in."
        )
        self._place(PageHeader(gettext("Shipping services"), subtitle, self.taken_out, new))

    def _place(self, header: PageHeader) -> None:
        gettext = self.texts.gettext
        self.remove = GhostButton(gettext("Take out"), self.delete, icon_name="trash-2")
        self.reset = GhostButton(gettext("As published"), self.as_published, icon_name="undo-2")
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addWidget(self.reset)
        buttons.addStretch(1)
        buttons.addWidget(Button(gettext("Save"), self.save, key=shortcut("issue_and_send").shown()))
        self.card.body.addLayout(buttons)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(self.search)
        column.addWidget(ListWithEmptyState(self.rows, self.empty), 1)
        side = ScrollPage()
        side.body.addWidget(self.card)
        side.body.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(side)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        left.setMinimumWidth(px(220))
        splitter.setSizes([px(520), px(460)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(header)
        layout.addWidget(splitter, 1)
        self.card.hide()

    def _read_date(self, text: str) -> dt.date:
        from shopdesk.domain.typing.dates import parse_date

        return parse_date(text, self.shop.clock.today())

    # What the window asks

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()
        show_if(self.taken_out, bool(shipping_services.hidden(self.shop)))
        if self.rows.current() is None and self.card.isHidden():
            self.rows.step(1)
        elif not self._is_changed():
            self._show(self.rows.current())

    def leaving(self) -> None:
        """What was typed is saved; what cannot be saved stays in the fields."""
        if not self._keep():
            self.window_shell.toast(
                self.texts.gettext("The service is not saved yet. What you typed is kept.")
            )

    def go_back(self) -> bool:
        """Esc in the fields leads to the list."""
        focused = QApplication.focusWidget()
        if focused is not None and self.form.isAncestorOf(focused) and self._keep():
            self.rows.setFocus()
            return True
        return False

    def focus_first(self) -> None:
        """See Page."""
        self.search.setFocus()

    def open_item(self, item: object) -> None:
        """One row by its code."""
        self.rows.reload()
        if isinstance(item, str):
            self.rows.select(item)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"new": self.new, "find": self.search.setFocus, "issue_and_send": self.save}

    # The list

    def _narrow(self, text: str) -> None:
        self._wanted = text.strip().casefold()
        self.rows.reload()

    def _fetch(self, after: Any, limit: int) -> Slice[TableRow]:
        del after, limit  # some forty rows: one page
        return Slice([row for row in shipping_services.rows(self.shop) if self._fits(row)])

    def _fits(self, row: TableRow) -> bool:
        service = row.service
        words_of = f"{service.carrier} {service.name} {words.zone(service.zone, self.texts)}".casefold()
        return all(word in words_of for word in self._wanted.split())

    def _row(self, row: TableRow) -> Row:
        service = row.service
        state = service.price.state(self.shop.clock.today())
        chip, kind = words.short_price_chip(service.price, state, self.texts)
        if service.by_arrangement and state == PriceState.MISSING:
            chip = ""
        price = "" if service.price.amount is None else words.amount(service.price.amount, self.texts)
        told = (price, words.limits(service, self.texts), words.zone(service.zone, self.texts))
        caption = " · ".join(part for part in told if part)
        icon_name = "pencil" if row.is_changed or row.published is None else "truck"
        return Row(service.code, service.name, caption, icon_name, chip=chip, chip_kind=kind)

    def _show(self, row: TableRow | None) -> None:
        if row is None or (row.service.code == self.form.shown_code and self._is_changed()):
            return
        if self._keep():
            self._load(row)

    def _load(self, row: TableRow) -> None:
        self.form.show_service(row.service)
        self.remove.show()
        show_if(self.reset, row.is_changed)
        self.card.show()

    def _is_changed(self) -> bool:
        return not self.card.isHidden() and self.form.is_changed(self.shop.clock.today(), self.shop.who)

    def _keep(self) -> bool:
        return not self._is_changed() or self._saved()

    # What the owner does

    def new(self) -> None:
        """An empty row for a service of the shop's own."""
        if not self._keep():
            return
        self.form.show_service(EMPTY)
        self.remove.hide()
        self.reset.hide()
        self.card.show()
        self.form.name.setFocus()

    def save(self) -> None:
        """Store the row; what is wrong is said at its field."""
        if not self.card.isHidden() and self._saved():
            self.reload()
            self.rows.select(self.form.shown_code)

    def _saved(self) -> bool:
        if not self.form.settle():
            return False
        try:
            saved, undo = shipping_services.save(
                self.shop, self.form.service(self.shop.clock.today(), self.shop.who)
            )
        except ShopError as error:
            self.form.say(error.field, self.texts.say(error.message))
            return False
        self.form.show_service(saved)
        self._told(self.texts.gettext("{name} saved.").format(name=saved.name), undo)
        return True

    def delete(self) -> None:
        """Out of the table; it can be brought back."""
        if self.form.shown_code:
            self._act(shipping_services.remove, self.form.shown_code)

    def as_published(self) -> None:
        """What was published counts again."""
        if self.form.shown_code:
            self._act(shipping_services.reset, self.form.shown_code)

    def bring_back(self) -> None:
        """Every published row that was taken out."""
        for service in shipping_services.hidden(self.shop):
            shipping_services.reset(self.shop, service.code)
        self.reload()

    def _act(self, act: Callable[[Shop, str], Undo], code: str) -> None:
        undo = act(self.shop, code)
        self.form.show_service(EMPTY)
        self.card.hide()
        self.reload()
        self.rows.setFocus()
        self._told(self.texts.gettext("The table was changed."), undo)

    def _told(self, told: str, undo: Undo) -> None:
        self.window_shell.toast(told, lambda: self._take_back(undo))

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self.shop)
        except ShopError as error:
            self.window_shell.problem(error)
        self.form.show_service(EMPTY)
        self.card.hide()
        self.reload()
