"""The lists of documents: quotes, invoices, delivery notes. By kind, by state, by search, opened with ⏎."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QVBoxLayout, QWidget

from shopdesk.domain.document_kinds import BILLS, REFERS_TO
from shopdesk.domain.documents import DocumentKind, DocumentState, DocumentSummary
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_
from shopdesk.ui.documents import kinds
from shopdesk.ui.documents.next_documents import NextDocuments, commands
from shopdesk.ui.documents.states import state_chip
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.chips import ChipRow
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice, by_key, by_key_back
from shopdesk.ui.widgets.search_edit import SearchEdit

if TYPE_CHECKING:
    from shopdesk.domain.payments import BillAccount
    from shopdesk.usecases.shop import Shop

_PAID = BILLS | {DocumentKind.ORDER_CONFIRMATION}
"""What can be paid; of orders those that ask for it in advance."""
_STATES: tuple[tuple[DocumentState | None, str], ...] = (
    (None, N_("All")),
    (DocumentState.DRAFT, N_("Drafts")),
    (DocumentState.ISSUED, N_("Issued")),
)


class DocumentsPage(Page):
    """The documents of some kinds, newest first."""

    watches: ClassVar[frozenset[str]] = frozenset({"document", "outbox", "payment", "payment_allocation"})
    kinds: ClassVar[tuple[DocumentKind, ...]]
    heading: ClassVar[str]
    new: ClassVar[str]
    nothing: ClassVar[str]
    command: ClassVar[str]

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        self.state: DocumentState | None = None
        self.kind: DocumentKind | None = None
        self._accounts: dict[int, BillAccount] = {}
        gettext = self.texts.gettext
        key = shortcut(self.command).shown()
        self.header = PageHeader(gettext(self.heading))
        self.several = GhostButton(gettext("Several at once …"), self.take_several, icon_name="list-checks")
        self.header.buttons.addWidget(self.several)
        self.header.buttons.addWidget(PrimaryButton(gettext(self.new), self.begin, icon_name="plus", key=key))
        self.search = SearchEdit(gettext("Number, customer, town, article …"))
        self.rows: RowList[DocumentSummary] = RowList(
            gettext(self.heading), self._fetch, self._row, fetch_back=self._fetch_back
        )
        empty = EmptyState(
            kinds.icon(self.kinds[0]), gettext(self.nothing), gettext(self.new), self.begin, key=key
        )
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list = ListWithEmptyState(self.rows, empty)
        self.next = NextDocuments(shop, window, self)
        self._place()
        self.search.searched.connect(lambda _text: self._read_anew())
        self.search.down.connect(self.rows.setFocus)
        self.rows.opened.connect(lambda summary: window.open_document(summary.id))
        self.rows.done.connect(self._done)
        self.rows.menu_wanted.connect(self._open_menu)

    def _place(self) -> None:
        gettext = self.texts.gettext
        self.chips = ChipRow()
        filters: list[QWidget] = []
        self.choices = QButtonGroup(self)
        for kind in (None, *self.kinds) if len(self.kinds) > 1 else ():
            words = gettext("All") if kind is None else kinds.plural(kind, self.texts)
            filters.append(
                self._filter(self.choices, words, partial(self.choose_kind, kind), on=kind is None)
            )
        self.states = Choice((gettext(words), state.value if state else "") for state, words in _STATES)
        self.states.setAccessibleName(gettext("State"))
        self.states.chosen.connect(self._state_chosen)
        self.chips.show_chips([*filters, self.states])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addWidget(self.search)
        column.addWidget(self.chips)
        column.addWidget(self.list, 1)

    def _filter(self, group: QButtonGroup, words: str, choose: Callable[[], None], *, on: bool) -> Button:
        button = Button(words, choose)
        button.setCheckable(True)
        button.setChecked(on)
        group.addButton(button)
        return button

    def _wanted(self) -> tuple[DocumentKind, ...]:
        return self.kinds if self.kind is None else (self.kind,)

    def _fetch(self, after: Any, limit: int) -> Slice[DocumentSummary]:
        from shopdesk.usecases import documents

        text = self.search.text().strip()
        if text:
            found = documents.find_in(self.shop, self._wanted(), text)
            self._look_up(found)
            return Slice([row for row in found if self.state in {None, row.state}])
        return by_key(self._read, _cursor)(after, limit)

    def _fetch_back(self, before: Any, limit: int) -> Slice[DocumentSummary]:
        if self.search.text().strip():
            return self._fetch(None, limit)
        return by_key_back(partial(self._read, back=True), _cursor)(before, limit)

    def _read(self, cursor: Any, limit: int, *, back: bool = False) -> tuple[DocumentSummary, ...]:
        from shopdesk.usecases import documents

        found = documents.page_of_kinds(self.shop, self._wanted(), self.state, cursor, limit, back=back)
        self._look_up(found)
        return found

    def _look_up(self, found: Sequence[DocumentSummary]) -> None:
        """How the bills among them are paid, asked for all at once."""
        from shopdesk.usecases import payments

        self._accounts |= payments.states(
            self.shop, [row.id for row in found if row.kind in _PAID and row.number]
        )

    def _row(self, summary: DocumentSummary) -> Row:
        texts = self.texts
        is_draft = summary.state == DocumentState.DRAFT
        name = summary.recipient or texts.gettext("nobody yet")
        title = f"{summary.number} · {name}" if summary.number else name
        day = texts.date(summary.date) if summary.date else ""
        kind = kinds.name(summary.kind, texts) if len(self.kinds) > 1 else ""
        caption = " · ".join(part for part in (kind, day, summary.city, summary.title) if part)
        value = "" if summary.kind in kinds.WITHOUT_SUMS else texts.money(summary.gross)
        chip, look = state_chip(summary, texts, self.shop.clock.today(), self._accounts.get(summary.id))
        icon = "pencil" if is_draft else kinds.icon(summary.kind)
        return Row(summary.id, title, caption, icon, None, value, chip, look)

    def _read_anew(self) -> None:
        self.rows.reload()
        if not self.rows.currentIndex().isValid():
            self.rows.step(1)

    def choose(self, state: DocumentState | None) -> None:
        """Show the documents of one state, None for all."""
        self.state = state
        self.states.set_value(state.value if state else "")
        self.rows.rows.forget_place()
        self.rows.reload()

    def _state_chosen(self) -> None:
        self.choose(DocumentState(self.states.value) if self.states.value else None)

    def choose_kind(self, kind: DocumentKind | None) -> None:
        """Show the documents of one kind, None for all of this list."""
        self.kind = kind
        self.rows.rows.forget_place()
        self.rows.reload()

    def begin(self) -> None:
        """A new draft of the kind that is shown; what must name an invoice begins as one."""
        kind = self.kind or self.kinds[0]
        self.window_shell.new_document((self.kinds[0] if kind in REFERS_TO else kind).value)

    def take_several(self) -> None:
        """Issue drafts or save files together: the marked rows, else everything that waits."""
        from shopdesk.usecases.batches import Several

        marked = [self.rows.rows.item(index) for index in self.rows.selectionModel().selectedIndexes()]
        several = [row for row in marked if row is not None] if len(marked) > 1 else []
        drafts = tuple(row.id for row in several if row.state == DocumentState.DRAFT)
        issued = tuple(row.id for row in several if row.state == DocumentState.ISSUED)
        saving = bool(issued) and not drafts
        self.window_shell.open_page("several", Several(self.kinds, issued if saving else drafts, saving))

    def _done(self, summary: DocumentSummary) -> None:
        """E on a draft throws it away, with a way back; issued ones stay."""
        from shopdesk.usecases import documents

        if summary.state != DocumentState.DRAFT:
            return
        try:
            undo = documents.discard(self.shop, summary.id)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.rows.reload()
        self.window_shell.toast(
            self.texts.gettext("The draft was thrown away."), undo=lambda: undo.run(self.shop)
        )

    def _book(self) -> None:
        """The current bill on the page of payments, ready to be booked."""
        summary = self.rows.current()
        is_bill = summary is not None and summary.kind in _PAID and bool(summary.number)
        self.window_shell.open_page("payments", summary.id if summary is not None and is_bill else None)

    def _current(self) -> int | None:
        summary = self.rows.current()
        return summary.id if summary is not None else None

    def _menu_place(self) -> QPoint:
        place = self.rows.visualRect(self.rows.currentIndex()).bottomLeft()
        return self.rows.viewport().mapToGlobal(place)

    def _open_menu(self, summary: DocumentSummary, place: QPoint) -> None:
        self.next.open_menu(summary.id, place)

    def reload(self) -> None:
        self._accounts.clear()
        self.rows.reload()

    def focus_first(self) -> None:
        """The list, or the search where it is empty."""
        if self.rows.rows.rowCount():
            self.rows.setFocus()
        else:
            self.search.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        follow = commands(self.next, self._current, self._menu_place)
        return {"new": self.begin, "find": self.search.setFocus, "book_payment": self._book, **follow}


class QuotesPage(DocumentsPage):
    """Angebote and Auftragsbestätigungen."""

    kinds = kinds.OFFERING
    heading = N_("Quotes")
    new = N_("New quote")
    nothing = N_("No quote here yet. The next call may bring one.")
    command = "new_quote"


class InvoicesPage(DocumentsPage):
    """Rechnungen and what corrects them or reminds of them."""

    kinds = kinds.BILLING
    heading = N_("Invoices")
    new = N_("New invoice")
    nothing = N_("No invoice here yet. The first one takes a minute.")
    command = "new_invoice"


class DeliveryNotesPage(DocumentsPage):
    """Lieferscheine."""

    kinds = kinds.DELIVERING
    heading = N_("Delivery notes")
    new = N_("New delivery note")
    nothing = N_("No delivery note here yet. Most are made out of an order confirmation or an invoice.")
    command = "new_delivery_note"


def _cursor(row: DocumentSummary) -> tuple[str, int]:
    return (row.sort_key, row.id)
