"""Late deliveries: what is late or will be, the worst first; N writes to the customer before he notices (S38)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout

from shopdesk.domain.documents import Fulfilment
from shopdesk.domain.errors import ShopError
from shopdesk.domain.late_shipments import Late, Why
from shopdesk.ui.late_shipments import words
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.today.delay_line import DelayLine
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases import late_shipments

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_PAGES = {Fulfilment.SHIP: "packing", Fulfilment.DELIVER: "rounds", Fulfilment.PICKUP: "pick_ups"}
_LOOKS: Mapping[Why, ChipKind] = {Why.LATE: "bad", Why.PAID: "bad", Why.NEAR: "warn"}
_ICONS = {Fulfilment.DELIVER: "truck", Fulfilment.PICKUP: "user"}


class LateShipmentsPage(Page):
    """The list, the figure above it, and the line with the new date and the message below it."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"shipment", "shipment_demand", "document", "payment", "payment_allocation", "promise", "setting"}
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.header = PageHeader(gettext("Late deliveries"), " ")
        self.rows: RowList[Late] = RowList(gettext("Late deliveries"), self._fetch, self._row)
        self.rows.opened.connect(self.open_where_it_leaves)
        self.rows.on_letter(Qt.Key.Key_N, self.ask_new_date)
        self.rows.on_letter(Qt.Key.Key_O, lambda late: window.open_document(late.item.document_id))
        self.rows.menu_wanted.connect(self._open_menu)
        self.delay = DelayLine(shop, window)
        self.delay.done.connect(self._delay_done)
        nothing = EmptyState("circle-check", gettext("Nothing is late, and nothing will be tomorrow."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addWidget(ListWithEmptyState(self.rows, nothing), 2)
        column.addWidget(self.delay, 1)
        self.reload()

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()
        found = late_shipments.deliveries(self.shop)
        self.header.say(self.header.title.text(), words.whole(found, self.texts))

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def open_item(self, item: object) -> None:
        """An order by its id."""
        if isinstance(item, int):
            self.rows.select(item)
            self.rows.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {} if self.delay.isHidden() else {"issue_and_send": self.delay.send_mail}

    def go_back(self) -> bool:
        """Esc closes the line with the new date."""
        if self.delay.isHidden():
            return False
        self.delay.hide()
        self._delay_done()
        return True

    def _fetch(self, _after: Any, _limit: int) -> Slice[Late]:
        return Slice(late_shipments.page(self.shop))

    def _row(self, late: Late) -> Row:
        texts, item = self.texts, late.item
        parts = [item.number, item.title, item.city]
        if item.promised is not None:
            parts.append(texts.gettext("promised for {date}").format(date=texts.date(item.promised)))
        if item.paid_on is not None:
            parts.append(texts.gettext("paid on {date}").format(date=texts.date(item.paid_on)))
        return Row(
            item.document_id, item.recipient, " · ".join(part for part in parts if part),
            _ICONS.get(item.fulfilment, "package"), _LOOKS[late.why], "", self._why(late), _LOOKS[late.why],
        )  # fmt: skip

    def _why(self, late: Late) -> str:
        texts = self.texts
        if late.why == Why.NEAR:
            is_today = late.item.promised == self.shop.clock.today()
            return texts.gettext("due today") if is_today else texts.gettext("due on the next working day")
        said = {
            Why.LATE: texts.ngettext("{n} day late", "{n} days late", late.days),
            Why.PAID: texts.ngettext("paid {n} day ago", "paid {n} days ago", late.days),
        }[late.why]
        return said.format(n=late.days)

    # What the owner does

    def open_where_it_leaves(self, late: Late) -> None:
        """⏎: the packing list, the pick-ups or the delivery rounds."""
        page = _PAGES.get(late.item.fulfilment, "packing")
        self.window_shell.open_page(page, None if page == "rounds" else late.item.document_id)

    def ask_new_date(self, late: Late) -> None:
        """N: the new date, and the message that says so."""
        try:
            promise = late_shipments.promise_about(self.shop, late.item.document_id)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        if promise is None:
            said = self.texts.gettext(
                "No day was promised for {number}. Please ship it, or note a promise first."
            )
            self.window_shell.toast(said.format(number=late.item.number))
            return
        self.delay.ask(promise)
        self.window_shell.commands_changed()

    def _delay_done(self) -> None:
        self.window_shell.commands_changed()
        self.rows.setFocus()

    def _open_menu(self, late: Late, place: QPoint) -> None:
        gettext, menu = self.texts.gettext, QMenu(self)
        menu.addAction(gettext("Ship it"), lambda: self.open_where_it_leaves(late))
        menu.addAction(gettext("New date, with a message"), lambda: self.ask_new_date(late))
        menu.addAction(
            gettext("Open the order"), lambda: self.window_shell.open_document(late.item.document_id)
        )
        menu.popup(place)
