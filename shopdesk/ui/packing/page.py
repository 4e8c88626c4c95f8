"""Shipping (Versand): what is to be packed, the most urgent first, and what has left; a scan sends it off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout

from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.shipments import Parcel, Shipment
from shopdesk.domain.unshipped import Clearance, PackingItem
from shopdesk.ui.packing import words
from shopdesk.ui.packing.actions import PackingActions
from shopdesk.ui.packing.card import PackCard
from shopdesk.ui.packing.shipped_card import ShippedCard
from shopdesk.ui.purchases import coming
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.mark_list import MarkList
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice, by_key
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import packing, purchase_arrivals, shipments
from shopdesk.usecases.working_days import holidays_at

if TYPE_CHECKING:
    from shopdesk.domain.purchase_orders import PurchaseOrder
    from shopdesk.usecases.packing import Packing
    from shopdesk.usecases.shop import Shop

_OPEN, _LEFT = "open", "left"


class PackingPage(Page):
    """The packing list with the card that packs, or the shipments with the card that corrects."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "shipment", "shipment_demand", "payment", "payment_allocation", "promise", "setting", "document",
            "purchase_order",
        }
    )  # fmt: skip

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._coming: Mapping[int, PurchaseOrder] = {}
        self._holidays = holidays_at(shop)
        self._held: Parcel | None = None  # scanned elsewhere, to be given to one of the rows
        self._wanted = 0  # opened from elsewhere, perhaps not among the rows read
        self.print_marked = Button(gettext("Print what is marked"), self.make_papers, icon_name="printer")
        self.header = PageHeader(gettext("Shipping"), " ", self.print_marked)
        self.view = Choice(((gettext("To be shipped"), _OPEN), (gettext("Shipped"), _LEFT)))
        self.view.setMinimumContentsLength(14)
        self.view.setMaximumWidth(px(280))
        self.view.setAccessibleName(gettext("What is shown"))
        self.search = SearchEdit(gettext("Tracking number, number, customer …"))
        self.open: MarkList[PackingItem] = MarkList(
            gettext("To be shipped"), self._fetch_open, self._open_row, gettext("marked")
        )
        self.left: RowList[Shipment] = RowList(gettext("Shipped"), self._fetch_left, self._left_row)
        nothing = gettext("Nothing waits to be packed. What is paid and to be shipped comes here by itself.")
        none_yet = gettext("Nothing has been shipped yet.")
        self.lists = {
            _OPEN: ListWithEmptyState(self.open, EmptyState("package-check", nothing)),
            _LEFT: ListWithEmptyState(self.left, EmptyState("truck", none_yet)),
        }
        self.card = PackCard(shop, self.texts)
        self.shipped_card = ShippedCard(shop, self.texts, shop.clock.zone)
        self.actions_ = PackingActions(shop, window, self.reload, self._refused)
        self._place()
        self._connect()
        self._view_changed()

    def _place(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(px(MEDIUM))
        line.addWidget(self.view)
        line.addWidget(self.search, 1)
        line.addStretch()
        side = ScrollPage()
        side.body.addWidget(self.card)
        side.body.addWidget(self.shipped_card)
        side.body.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for each in (*self.lists.values(), side):
            splitter.addWidget(each)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        for each in self.lists.values():
            each.setMinimumWidth(px(250))
        for index in range(len(self.lists)):
            splitter.setStretchFactor(index, 1)
        splitter.setSizes([px(540), px(540), px(460)])
        side.setMaximumWidth(px(520))
        self.side = side
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addLayout(line)
        column.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.view.chosen.connect(self._view_changed)
        self.search.searched.connect(lambda _text: self.left.reload())
        self.search.down.connect(self.focus_first)
        self.open.moved.connect(self._moved)
        self.open.opened.connect(lambda _item: self._begin())
        self.open.done.connect(lambda item: self.actions_.settle(item.document_id, item.number))
        self.open.on_letter(Qt.Key.Key_P, lambda _item: self.make_papers())
        self.open.marks_changed.connect(self._marks_changed)
        self.open.menu_wanted.connect(self._open_menu)
        self.left.moved.connect(self._show_left)
        self.left.opened.connect(lambda item: self.window_shell.open_document(item.document_id))
        self.card.papers_wanted.connect(self._papers_of_card)
        self.card.scanned.connect(self._scanned)
        self.card.shipped.connect(self.ship)
        self.card.settled.connect(self._settle_shown)
        self.left.removed.connect(lambda item: self.actions_.put_back(item.id))
        self.left.menu_wanted.connect(self._open_left_menu)
        self.shipped_card.put_back.connect(self._put_back)
        self.shipped_card.corrected.connect(self._correct)
        self.shipped_card.label_wanted.connect(self._label_again)
        self.shipped_card.link_wanted.connect(self._open_link)

    # Page

    @property
    def rows(self) -> RowList[Any]:
        """The list that is shown."""
        return self.open if self.view.value == _OPEN else self.left

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()
        found = packing.counts(self.shop)
        self.window_shell.count("packing", found.ready)
        texts = self.texts
        parts = [
            texts.ngettext("{n} parcel can leave", "{n} parcels can leave", found.ready).format(n=found.ready)
        ]
        if found.late:
            parts.append(
                texts.ngettext("{n} of them late", "{n} of them are late", found.late).format(n=found.late)
            )
        if found.waiting:
            words_ = texts.ngettext("{n} waits for money", "{n} wait for money", found.waiting)
            parts.append(words_.format(n=found.waiting))
        self.header.say(self.header.title.text(), " · ".join(parts))
        self._show_current()

    def focus_first(self) -> None:
        """See Page."""
        if self._wanted and self.card.shown is not None:
            self.card.begin()
        else:
            self.rows.setFocus()

    def open_item(self, item: object) -> None:
        """A paper by its id: its card stands ready for the tracking number. A parcel: it waits to be given to one."""
        if isinstance(item, Parcel):
            self._held = item
            self.view.set_value(_OPEN)
            self._view_changed()
        if isinstance(item, int):
            self._wanted = item
            self.view.set_value(_OPEN)
            self._view_changed()
            self.open.select(item)
            self._show_current()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"find": self._find, "print": self.make_papers}

    def _find(self) -> None:
        self.view.set_value(_LEFT)
        self._view_changed()
        self.search.setFocus()

    def go_back(self) -> bool:
        """Esc in the card returns to the list."""
        if self.side.isAncestorOf(self.focusWidget() or self):
            self.rows.setFocus()
            return True
        return False

    # The lists

    def _view_changed(self) -> None:
        is_open = self.view.value == _OPEN
        for name, each in self.lists.items():
            show_if(each, name == self.view.value)
        show_if(self.search, not is_open)
        show_if(self.print_marked, is_open)
        self.reload()

    def _fetch_open(self, after: Any, limit: int) -> Slice[PackingItem]:
        def read(cursor: Any, rows: int) -> tuple[PackingItem, ...]:
            return packing.page(self.shop, cursor, rows)

        self._coming = purchase_arrivals.on_the_way(self.shop)
        return by_key(read, packing.cursor_of)(after, limit)

    def _fetch_left(self, after: Any, limit: int) -> Slice[Shipment]:
        def read(cursor: Any, rows: int) -> tuple[Shipment, ...]:
            return shipments.shipped(self.shop, self.search.text(), cursor, rows)

        return by_key(read, lambda each: each.id)(after, limit)

    def _open_row(self, item: PackingItem) -> Row:
        chip, look = words.chip(item, self.texts, self.shop.clock.today(), self._holidays)
        waits = item.clearance == Clearance.WAITS
        title = f"{item.recipient} · {item.city}" if item.city else item.recipient
        ordered = self._coming.get(item.document_id)
        if ordered is not None and not waits and not item.packed:
            chip, look, waits = coming.words(ordered, self.texts), "warn", True
        return Row(
            item.document_id, title, words.caption(item, self.texts), "clock" if waits else "package",
            None if waits else look, chip=chip, chip_kind=look,
        )  # fmt: skip

    def _left_row(self, value: Shipment) -> Row:
        day = value.left_on(self.shop.clock.zone)
        goods = ", ".join(f"{self.texts.number(each.quantity)} × {each.text}" for each in value.lines)
        return Row(
            value.id, f"{value.document_number} · {value.customer_name}",
            f"{words.numbers(value, self.texts)} · {goods}", "truck", "ok",
            self.texts.date(day) if day else "",
        )  # fmt: skip

    def _moved(self, item: PackingItem | None) -> None:
        if self._wanted and item is not None and item.document_id != self._wanted:
            self._wanted = 0
        self._show_current()

    def _marks_changed(self) -> None:
        count = len(self.open.marks)
        words_ = self.texts.ngettext("Print {n} marked one", "Print {n} marked ones", count).format(n=count)
        self.print_marked.say(words_ if count else self.texts.gettext("Print what is marked"), "printer")
        self.print_marked.setEnabled(bool(count))

    def _show_current(self) -> None:
        self.print_marked.setEnabled(bool(self.open.marks))
        if self.view.value != _OPEN:
            self.card.hide()
            self._show_left(self.left.current())
            return
        self.shipped_card.hide()
        current = self.open.current()
        document_id = self._wanted or (current.document_id if current else 0)
        found = self._detail(document_id) if document_id else None
        if found is None:
            self._wanted = 0
        rules = packing.rules(self.shop)
        from shopdesk.usecases.shipment_papers import address_of

        address = address_of(found.document) if found else ()
        self.card.show_packing(found, address, rules.carrier, tell=rules.tell)

    def _detail(self, document_id: int) -> Packing | None:
        try:
            return packing.detail(self.shop, document_id)
        except NotFound:
            return None

    def _show_left(self, value: Shipment | None) -> None:
        self.shipped_card.show_shipment(value, self._link(value) if value else "")

    def _link(self, value: Shipment) -> str:
        from shopdesk.usecases.shipment_mails import link_of

        links = [link_of(each, self.texts.language) for each in value.parcels]
        return next((link for link in links if link), "")

    def _open_menu(self, item: PackingItem, place: QPoint) -> None:
        gettext, menu = self.texts.gettext, QMenu(self)
        menu.addAction(gettext("Delivery note and label"), self._papers_of_card)
        menu.addAction(
            gettext("Open the document"), lambda: self.window_shell.open_document(item.document_id)
        )
        if item.customer_id is not None:
            customer_id = item.customer_id
            menu.addAction(gettext("Open the customer"), lambda: self.window_shell.open_customer(customer_id))
        menu.addAction(
            gettext("Needs no shipping"), lambda: self.actions_.settle(item.document_id, item.number)
        )
        menu.popup(place)

    def _open_left_menu(self, value: Shipment, place: QPoint) -> None:
        gettext, menu = self.texts.gettext, QMenu(self)
        menu.addAction(
            gettext("Open the document"), lambda: self.window_shell.open_document(value.document_id)
        )
        menu.addAction(
            gettext("Open the customer"), lambda: self.window_shell.open_customer(value.customer_id)
        )
        menu.addAction(gettext("Label again"), self._label_again)
        menu.addAction(gettext("Not shipped after all"), lambda: self.actions_.put_back(value.id or 0))
        menu.popup(place)

    # Doing

    def make_papers(self) -> None:
        """P: the papers of the marked rows, all of them whole, or of the one on the card."""
        marks = [key for key in self.open.marks if isinstance(key, int)]
        if marks:
            self.actions_.papers([(each, None) for each in marks])
            self.open.clear_marks()
        else:
            self._papers_of_card()

    def _papers_of_card(self) -> None:
        shown, quantities = self.card.shown, self.card.quantities()
        if shown is not None and quantities is not None:
            self.actions_.papers([(shown.item.document_id, quantities)], self.card.scan.wanted)
            self.card.begin()

    def _begin(self) -> None:
        """⏎ on a row: the card waits for the number; one that was scanned before stands in it already."""
        self.card.begin()
        if self._held is not None:
            self.card.scan.number.setText(self._held.tracking_number)
            self._held = None
            self.card.scan.take()

    def _scanned(self) -> None:
        shown = self.card.shown
        if shown is not None and shown.item.clearance == Clearance.WAITS:
            self.card.ship.setFocus()  # a scanner's ⏎ must not send off what is not paid
        else:
            self.ship()

    def ship(self) -> None:
        """Every parcel has its number, or the owner sends it without one."""
        shown, quantities = self.card.shown, self.card.quantities()
        if shown is None or quantities is None:
            return
        self._wanted = 0
        row = self.open.currentIndex().row()
        tell = self.card.tell.isChecked()
        if self.actions_.ship(shown.item.document_id, self.card.scan.parcels, quantities, tell=tell):
            self._go_to(row)

    def _go_to(self, row: int) -> None:
        """The next parcel stands where this one was."""
        last = self.open.rows.rowCount() - 1
        if last >= 0:
            self.open.setCurrentIndex(self.open.rows.index(min(max(row, 0), last), 0))
        self.rows.setFocus()

    def _refused(self, error: ShopError) -> None:
        self.card.problem.say(self.texts.say(error.message))

    def _settle_shown(self) -> None:
        if self.card.shown is not None:
            item = self.card.shown.item
            self.actions_.settle(item.document_id, item.number)

    def _correct(self) -> None:
        shown = self.shipped_card.shown
        if shown is not None and shown.id is not None:
            tell = self.shipped_card.tell.isChecked()
            self.actions_.correct(shown.id, self.shipped_card.scan.parcels, tell=tell)

    def _put_back(self) -> None:
        if self.shipped_card.shown is not None:
            self.actions_.put_back(self.shipped_card.shown.id or 0)

    def _label_again(self) -> None:
        from shopdesk.ui.documents import paper
        from shopdesk.usecases import shipment_papers

        shown = self.shipped_card.shown
        if shown is None or shown.id is None:
            return
        stem = self.texts.gettext("label")
        shipment_id, name = shown.id, f"{stem}-{shown.document_number}.pdf"
        self.window_shell.run_desk(
            lambda: shipment_papers.label_pdf(self.shop, [shipment_id]),
            lambda pdf: paper.open_file(pdf, name),
        )

    def _open_link(self) -> None:
        if self.shipped_card.shown is not None:
            QDesktopServices.openUrl(QUrl(self._link(self.shipped_card.shown)))
