"""Pick-ups (Abholungen): type any hint, ⏎ goes to the order, ⏎ hands it out; R tells the customer it is ready (S35)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QVBoxLayout

from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.pick_ups import PickUp, PickUpDetail
from shopdesk.domain.shipments import Shipment
from shopdesk.ui.outbox import going
from shopdesk.ui.pick_ups.card import PickUpCard
from shopdesk.ui.purchases import coming
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.cards import EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.search_edit import SearchEdit
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import packing, pick_ups, purchase_arrivals

if TYPE_CHECKING:
    from shopdesk.domain.purchase_orders import PurchaseOrder
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_HERE, _GONE = "here", "gone"


class PickUpsPage(Page):
    """What is to be fetched, with the card that hands it out; or what was, with a way to take it back."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "shipment",
            "shipment_demand",
            "document",
            "payment",
            "payment_allocation",
            "promise",
            "setting",
            "purchase_order",
        }
    )  # fmt: skip

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._coming: Mapping[int, PurchaseOrder] = {}
        self._told: Mapping[int, dt.date] = {}
        self.header = PageHeader(gettext("Pick-ups"), " ")
        self.view = Choice(((gettext("To be picked up"), _HERE), (gettext("Handed out"), _GONE)))
        self.view.setMinimumContentsLength(14)
        self.view.setAccessibleName(gettext("What is shown"))
        self.view.chosen.connect(self._view_changed)
        self.search = SearchEdit(gettext("Name, last digits of the number or phone, goods …"))
        self.search.searched.connect(lambda _text: self._searched())
        self.here: RowList[PickUp] = RowList(gettext("To be picked up"), self._fetch_here, self._here_row)
        self.gone: RowList[Shipment] = RowList(gettext("Handed out"), self._fetch_gone, self._gone_row)
        nothing = EmptyState(
            "package",
            gettext(
                "Nothing waits to be picked up. Orders whose goods are picked up come here by themselves."
            ),
        )
        self.lists = {
            _HERE: ListWithEmptyState(self.here, nothing),
            _GONE: ListWithEmptyState(
                self.gone, EmptyState("package", gettext("Nothing was handed out yet."))
            ),
        }
        self.card = PickUpCard(self.texts)
        self._detail: PickUpDetail | None = None
        self._is_reading = False
        self._place()
        self._connect()
        self._view_changed()

    def _place(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(px(MEDIUM))
        line.addWidget(self.view)
        line.addWidget(self.search, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        beside = ScrollPage()
        beside.body.addWidget(self.card)
        beside.setMaximumWidth(px(460))
        for each in (*self.lists.values(), beside):
            splitter.addWidget(each)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(600), px(600), px(360)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addLayout(line)
        column.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.search.down.connect(self._into_list)
        self.here.moved.connect(lambda _item: self._moved())
        self.here.opened.connect(lambda _item: self.hand_out())
        self.here.menu_wanted.connect(self._open_menu)
        self.here.done.connect(self.settle)
        self.card.settled.connect(lambda: self.settle(self.here.current()))
        self.here.on_letter(Qt.Key.Key_R, lambda _item: self.tell())
        self.here.on_letter(Qt.Key.Key_O, self._open_order)
        self.gone.opened.connect(lambda value: self.window_shell.open_document(value.document_id))
        self.gone.removed.connect(self._put_back)
        self.card.handed_out.connect(self.hand_out)
        self.card.told.connect(self.tell)
        self.card.paid.connect(self.paid)
        self.card.opened.connect(lambda: self._open_order(self.here.current()))

    @property
    def rows(self) -> RowList[Any]:
        """The list that is shown."""
        return self.here if self.view.value == _HERE else self.gone

    def reload(self) -> None:
        """See Page."""
        self._is_reading = True  # between two readings there is no row: the card would lose what was typed
        self.rows.reload()
        self._is_reading = False
        self._say_count()
        self._show_card()

    def focus_first(self) -> None:
        """See Page: the customer stands at the counter, so the hint is typed at once."""
        self.search.setFocus()

    def open_item(self, item: object) -> None:
        """An order by its id."""
        if isinstance(item, int):
            self.search.clear()
            self.view.set_value(_HERE)
            self._view_changed()
            self.here.select(item)
            self.here.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"find": self.search.setFocus}

    def go_back(self) -> bool:
        """Esc in the card returns to the list."""
        if self.card.isAncestorOf(self.focusWidget() or self):
            self.here.setFocus()
            return True
        return False

    def _into_list(self) -> None:
        (self.rows if self.rows.rows.rowCount() else self.search).setFocus()

    def _searched(self) -> None:
        self.rows.reload()
        self.rows.setCurrentIndex(self.rows.rows.index(0))  # the best one stands first
        self._show_card()

    def _view_changed(self) -> None:
        for name, each in self.lists.items():
            show_if(each, name == self.view.value)
        self.reload()

    def _say_count(self) -> None:
        count = self.here.rows.rowCount()
        words = self.texts.ngettext(
            "{n} order waits for its customer", "{n} orders wait for their customers", count
        )
        subtitle = words.format(n=count) if count and self.view.value == _HERE else " "
        self.header.say(self.header.title.text(), subtitle)

    def _moved(self) -> None:
        if not self._is_reading:
            self._show_card()

    def _show_card(self) -> None:
        current = self.here.current() if self.view.value == _HERE else None
        detail: PickUpDetail | None = None
        if current is not None:
            try:
                detail = pick_ups.detail(self.shop, current.document_id)
            except NotFound:
                detail = None  # handed out a moment ago
        self._detail = detail
        self.card.show_detail(detail)

    # The lists

    def _fetch_here(self, _after: Any, limit: int) -> Slice[PickUp]:
        self._coming = purchase_arrivals.on_the_way(self.shop)
        self._told = purchase_arrivals.told_lately(self.shop)
        return Slice(pick_ups.page(self.shop, self.search.text(), max(limit, 200)))

    def _fetch_gone(self, after: Any, limit: int) -> Slice[Shipment]:
        found = pick_ups.handed_out(self.shop, self.search.text(), after, limit)
        return Slice(found, found[-1].id if len(found) == limit else None)

    def _here_row(self, value: PickUp) -> Row:
        item = value.item
        parts = [item.number, item.title, item.city, *value.phones[:1]]
        words, look = self._state(value)
        return Row(
            value.document_id,
            item.recipient,
            " · ".join(part for part in parts if part),
            "package",
            look,
            chip=words,
            chip_kind=look,
        )

    def _state(self, value: PickUp) -> tuple[str, ChipKind]:
        gettext, shipment = self.texts.gettext, value.shipment
        if value.waits:
            return gettext("not paid yet"), "bad"
        ordered = self._coming.get(value.document_id)
        if ordered is not None:
            return coming.words(ordered, self.texts), "warn"
        if shipment is not None and shipment.told_at is not None:
            day = shipment.told_at.astimezone(self.shop.clock.zone).date()
            return gettext("told on {date}").format(date=self.texts.date(day)), "ok"
        if value.document_id in self._told:
            words = gettext("told on {date}")
            return words.format(date=self.texts.date(self._told[value.document_id])), "ok"
        return gettext("not told yet"), "info"

    def _gone_row(self, value: Shipment) -> Row:
        at = value.delivered_at.astimezone(self.shop.clock.zone) if value.delivered_at else None
        moment = f"{self.texts.date(at.date())} {at:%H:%M}" if at else ""
        who = self.texts.gettext("picked up by {who}").format(who=value.note) if value.note else ""
        parts = (value.document_number, moment, who)
        return Row(value.id, value.customer_name, " · ".join(part for part in parts if part), "check", "ok")

    # What the owner does

    def hand_out(self, *, on_account: bool = False) -> None:
        """⏎: all of the order goes over the counter."""
        current = self.here.current()
        if current is None:
            return
        who = self.card.who.text()
        words = self.texts.gettext("{number} handed out").format(number=current.item.number)
        if self._act(
            lambda: pick_ups.hand_out(self.shop, current.document_id, who, on_account=on_account)[1], words
        ):
            self.search.setText("")  # the next customer
            self.search.search_now()
            self.search.setFocus()

    def tell(self) -> None:
        """R: the mail that it lies ready; it is sent when the seconds to take it back are over."""
        current = self.here.current()
        if current is None:
            return
        try:
            mail_id, undo = pick_ups.ready(self.shop, current.document_id)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.reload()
        words = self.texts.gettext("{name} is told that it is ready").format(name=current.item.recipient)
        self.window_shell.toast(
            words,
            undo=lambda: undo.run(self.shop),
            then=lambda: going.send(self.shop, self.window_shell, mail_id),
        )

    def settle(self, value: PickUp | None) -> None:
        """E: nobody fetches it any more, or it was fetched long ago."""
        if value is None:
            return
        row = self.here.currentIndex().row()
        words = self.texts.gettext("{number} is not picked up any more").format(number=value.item.number)
        if self._act(lambda: packing.settle(self.shop, value.document_id), words):
            self.here.setCurrentIndex(self.here.rows.index(min(row, self.here.rows.rowCount() - 1)))
            self.here.setFocus()

    def paid(self, slip: str) -> None:
        """The till took what was open; ⏎ in the list hands out."""
        if self._detail is None or self._detail.owed is None:
            return
        value = self._detail
        amount = self.texts.money(self._detail.owed)
        words = self.texts.gettext("{amount} booked").format(amount=amount)
        if self._act(lambda: pick_ups.paid_at_the_counter(self.shop, value, slip), words):
            self.here.setFocus()

    def _act(self, act: Callable[[], Undo], words: str) -> bool:
        try:
            undo = act()
        except ShopError as error:
            self.window_shell.problem(error)
            return False
        self.card.who.clear()
        self.reload()
        self.window_shell.toast(words, undo=lambda: undo.run(self.shop))
        return True

    def _open_order(self, value: PickUp | None) -> None:
        if value is not None:
            self.window_shell.open_document(value.document_id)

    def _open_menu(self, value: PickUp, place: QPoint) -> None:
        gettext, menu = self.texts.gettext, QMenu(self)
        menu.addAction(gettext("Hand out"), self.hand_out)
        if value.waits:
            menu.addAction(gettext("Hand out on account"), lambda: self.hand_out(on_account=True))
        menu.addAction(gettext("Mail “ready to be picked up”"), self.tell)
        menu.addAction(gettext("Is not picked up any more"), lambda: self.settle(value))
        menu.addAction(gettext("Open the order"), lambda: self._open_order(value))
        if value.item.customer_id is not None:
            customer_id = value.item.customer_id
            menu.addAction(gettext("Open the customer"), lambda: self.window_shell.open_customer(customer_id))
        menu.popup(place)

    def _put_back(self, value: Shipment) -> None:
        """Del: it was handed out by mistake."""
        try:
            undo = pick_ups.put_back(self.shop, value.id or 0)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.reload()
        words = self.texts.gettext("{number} lies ready again")
        self.window_shell.toast(words.format(number=value.document_number), undo=lambda: undo.run(self.shop))
