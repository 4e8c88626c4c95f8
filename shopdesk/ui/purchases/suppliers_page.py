"""Suppliers: the list at the left, the fields of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout

from shopdesk.domain.errors import ChangedElsewhere, NotFound, ShopError
from shopdesk.domain.suppliers import Supplier
from shopdesk.ui.purchases.supplier_form import SupplierForm
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.labels import shortened
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases import suppliers

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class SuppliersPage(Page):
    """Who makes or delivers what the shop sells."""

    watches: ClassVar[frozenset[str]] = frozenset({"supplier"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.form = SupplierForm(self.texts)
        self.rows: RowList[Supplier] = RowList(gettext("Suppliers"), self._fetch, self._row)
        self.rows.moved.connect(self._moved)
        self.rows.opened.connect(lambda _item: self.form.name.setFocus())
        self.rows.removed.connect(self._delete)
        words = gettext("No suppliers yet. A name is enough to order; the rest can follow.")
        self.empty = EmptyState("building-2", words, gettext("New supplier"), self.new)
        self.card = Card(self.form)
        self._place()

    def _place(self) -> None:
        gettext = self.texts.gettext
        new = PrimaryButton(gettext("New supplier"), self.new, icon_name="plus", key=shortcut("new").shown())
        self.remove = GhostButton(gettext("Delete"), self.delete, icon_name="trash-2")
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(Button(gettext("Save"), self.save, key=shortcut("issue_and_send").shown()))
        self.card.body.addLayout(buttons)
        side = ScrollPage()
        side.body.addWidget(self.card)
        side.body.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(ListWithEmptyState(self.rows, self.empty))
        splitter.addWidget(side)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(420), px(560)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(PageHeader(gettext("Suppliers"), "", new))
        layout.addWidget(splitter, 1)
        self.card.hide()

    def _fetch(self, after: Any, limit: int) -> Slice[Supplier]:
        del after, limit  # a shop has some dozens
        return Slice(suppliers.all_of(self.shop))

    def _row(self, item: Supplier) -> Row:
        gettext = self.texts.gettext
        parts = [item.address.city, item.email or item.phone]
        if item.delivery_days:
            parts.append(gettext("about {n} working days").format(n=item.delivery_days))
        return Row(item.id, item.name, " · ".join(part for part in parts if part), "building-2")

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()
        if self.rows.current() is None and self.card.isHidden():
            self.rows.step(1)
        elif not self.form.is_changed and (item := self.rows.current()) is not None:
            self._show(item)

    def _moved(self, item: Supplier | None) -> None:
        if item is not None and (item.id != self.form.shown.id or self.card.isHidden()) and self._keep():
            self._show(item)

    def _show(self, item: Supplier) -> None:
        self.form.show_supplier(item)
        self.remove.show()
        self.card.show()

    def new(self) -> None:
        """Empty fields."""
        if not self._keep():
            return
        self.form.show_supplier(Supplier())
        self.remove.hide()
        self.card.show()
        self.form.name.setFocus()

    def _keep(self) -> bool:
        return self.card.isHidden() or not self.form.is_changed or self._saved()

    def save(self) -> None:
        """Store the fields; what is wrong is said at its field."""
        if not self.card.isHidden() and self._saved():
            self.rows.reload()
            self.rows.select(self.form.shown.id)

    def _saved(self) -> bool:
        if not self.form.settle():
            return False
        try:
            saved, undo = suppliers.save(self.shop, self.form.supplier())
        except ChangedElsewhere as error:
            self.window_shell.problem(error)
            return False
        except ShopError as error:
            if not self.form.say(error.field, self.texts.say(error.message)):
                self.window_shell.problem(error)
            return False
        self._show(saved)
        words = self.texts.gettext("{name} saved.").format(name=shortened(saved.name))
        self.window_shell.toast(words, lambda: self._take_back(undo))
        return True

    def delete(self) -> None:
        """Out of the list; it can be taken back."""
        self._delete(self.form.shown)

    def _delete(self, item: Supplier) -> None:
        if item.id is None:
            self.card.hide()
            return
        undo = suppliers.delete(self.shop, item.id)
        self.form.show_supplier(Supplier())
        self.card.hide()
        self.rows.reload()
        self.rows.setFocus()
        words = self.texts.gettext("{name} deleted.").format(name=shortened(item.name))
        self.window_shell.toast(words, lambda: self._take_back(undo))

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self.shop)
        except ShopError as error:
            self.window_shell.problem(error)
        self.reload()

    def open_item(self, item: object) -> None:
        """One supplier by its id."""
        if isinstance(item, int):
            self.rows.reload()
            try:
                self._show(suppliers.get(self.shop, item))
            except NotFound as error:
                self.window_shell.problem(error)
            self.rows.select(item)

    def leaving(self) -> None:
        """What was typed is saved; what cannot be saved stays in the fields."""
        if self.form.supplier().name and not self._keep():
            words = self.texts.gettext("The supplier is not saved yet. What you typed is kept.")
            self.window_shell.toast(words)

    def go_back(self) -> bool:
        """Esc in the fields leads to the list."""
        focused = QApplication.focusWidget()
        if focused is not None and self.form.isAncestorOf(focused) and self._keep():
            self.rows.setFocus()
            return True
        return False

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"new": self.new, "issue_and_send": self.save}
