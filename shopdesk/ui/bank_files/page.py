"""Bank files: dropped, read, and booked: ⏎ books what is proposed, A all that is certain, Ctrl+Z takes it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout

from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.payment_matching import Confidence
from shopdesk.domain.payments import BillAccount
from shopdesk.domain.statements import EntryState, StoredEntry
from shopdesk.ui.bank_files.choose import choose_files, is_bank_file, may_be_a_list
from shopdesk.ui.bank_files.detail import EntryCard
from shopdesk.ui.bank_files.folder_question import FolderQuestion
from shopdesk.ui.bank_files.outgoing import menu_for
from shopdesk.ui.bank_files.words import booked_words, entry_row, told, waiting_row
from shopdesk.ui.settings.fields import Outcome
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice, by_key
from shopdesk.ui.widgets.work_bar import WorkBar
from shopdesk.usecases import bank_files, paying_by_number

if TYPE_CHECKING:
    from shopdesk.domain.own_bank_lists import OwnList
    from shopdesk.domain.payments import Booked
    from shopdesk.usecases.bank_files import Taken, Waiting
    from shopdesk.usecases.own_bank_lists import ListToExplain
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_WAITING, _ALL = "waiting", "all"


class BankFilesPage(Page):
    """Opens paths of bank files (a tuple of str): they are read and taken in at once."""

    watches: ClassVar[frozenset[str]] = frozenset({"bank_entry", "payment", "payment_allocation", "document"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.found: tuple[Waiting, ...] = ()
        self._asked, self._is_matching = 0, False
        self.outgoing: QMenu | None = None
        self._worker: bank_files.Worker | None = None
        self.all_certain = PrimaryButton(
            gettext("Book all certain ones"), self.accept_certain, icon_name="list-checks", key="A"
        )
        read = Button(gettext("Read a bank file …"), self.choose, icon_name="folder-open")
        self.header = PageHeader(gettext("Bank files"), " ", read, self.all_certain)
        self.view = Choice(((gettext("To be booked"), _WAITING), (gettext("All bookings"), _ALL)))
        self.view.setAccessibleName(gettext("What is shown"))
        self.view.setMinimumWidth(px(170))
        self.view.chosen.connect(self._view_changed)
        self.rows: RowList[Waiting] = RowList(gettext("To be booked"), self._fetch, self._row)
        self.all: RowList[StoredEntry] = RowList(gettext("All bookings"), self._fetch_all, self._all_row)
        self.detail = EntryCard(self)
        self.work = WorkBar(window)
        self.outcome, self.question = Outcome(), FolderQuestion(window)
        self._place()
        self._connect()

    def _place(self) -> None:
        gettext = self.texts.gettext
        sentence = gettext(
            "Nothing waits to be booked. Drop the statement of your bank anywhere on the window: CAMT, MT940 "
            "or the CSV of your bank."
        )
        nothing = EmptyState("download", sentence, gettext("Read a bank file …"), self.choose)
        none = EmptyState("download", gettext("No bank file was read yet."))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(ListWithEmptyState(self.rows, nothing))
        splitter.addWidget(self.detail)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(560), px(400)])
        self.stack = QStackedWidget()
        self.stack.addWidget(splitter)
        self.stack.addWidget(ListWithEmptyState(self.all, none))
        line = QHBoxLayout()
        line.addWidget(self.view)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.header)
        column.addWidget(self.work)
        column.addWidget(self.outcome)
        column.addWidget(self.question)
        column.addLayout(line)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.rows.moved.connect(self.detail.show_waiting)
        self.rows.opened.connect(self.accept)
        self.rows.on_letter(Qt.Key.Key_A, lambda _item: self.accept_certain())
        self.rows.on_letter(Qt.Key.Key_I, self.ignore)
        self.all.on_letter(Qt.Key.Key_I, self._bring_back)
        self.all.opened.connect(self._open_booked)
        self.detail.accepted.connect(lambda: self._with_current(self.accept))
        self.detail.ignored.connect(lambda: self._with_current(self.ignore))
        self.detail.chosen.connect(self._assign)
        self.work.cancel.clicked.connect(self._stop)

    def reload(self) -> None:
        """See Page; the proposals are made aside, since thousands take a moment."""
        self._asked += 1
        if not self._is_matching:
            self._match()
        if self.view.value == _ALL:
            self.all.reload()

    def _match(self) -> None:
        """One at a time: what changes meanwhile is looked at once more afterwards."""
        self._is_matching = True
        self.window_shell.run_desk(
            partial(bank_files.waiting, self.shop), partial(self._was_found, self._asked), self._not_found
        )

    def _was_found(self, asked: int, found: tuple[Waiting, ...]) -> None:
        self._is_matching = False
        if asked != self._asked:
            self._match()
            return
        self.found = found
        self._show()
        self.detail.reload()

    def _not_found(self, error: Exception) -> None:
        self._is_matching = False
        self.window_shell.problem(error)

    def _show(self) -> None:
        gettext, number = self.texts.gettext, self.texts.number
        certain = sum(
            each.proposal is not None and each.proposal.confidence is Confidence.CERTAIN
            for each in self.found
        )
        words = gettext("{n} wait, {certain} of them certain").format(
            n=number(len(self.found)), certain=number(certain)
        )
        self.header.say(gettext("Bank files"), words if self.found else " ")
        self.all_certain.setVisible(certain > 0)
        self.rows.reload()
        self.detail.show_waiting(self.rows.current())

    def focus_first(self) -> None:
        """See Page."""
        self._list.setFocus()

    @property
    def _list(self) -> RowList[Any]:
        return self.rows if self.view.value == _WAITING else self.all

    def _view_changed(self) -> None:
        self.stack.setCurrentIndex(0 if self.view.value == _WAITING else 1)
        self.reload()

    def go_back(self) -> bool:
        """Esc in the card returns to the list."""
        if self.detail.isAncestorOf(self.focusWidget() or self):
            self.rows.setFocus()
            return True
        return False

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"find": self.detail.search.setFocus}

    def _fetch(self, after: Any, limit: int) -> Slice[Waiting]:
        first = int(after or 0)
        found = self.found[first : first + limit]
        return Slice(found, first + limit if first + limit < len(self.found) else None)

    def _row(self, waiting: Waiting) -> Row:
        return waiting_row(waiting, self.texts)

    def _fetch_all(self, after: Any, limit: int) -> Slice[StoredEntry]:
        read = by_key(lambda cursor, most: bank_files.page(self.shop, cursor, most), bank_files.cursor_of)
        return read(after, limit)

    def _all_row(self, stored: StoredEntry) -> Row:
        return entry_row(stored, self.texts)

    # Reading a file

    def choose(self) -> None:
        """Ask for files and read them."""
        names = choose_files(self, self.texts)
        if names:
            self.open_item(names)

    def open_item(self, item: object) -> None:
        """Read and take in the files."""
        if not isinstance(item, tuple) or not item or self.work.is_running:
            return
        self.view.set_value(_WAITING)
        self.stack.setCurrentIndex(0)
        self.outcome.say("", ok=True)
        work = self.work.begin(self.texts.gettext("Reading the bank file … {done} of {all}"), patient=True)
        worker = self._worker = bank_files.Worker()

        def read() -> list[Taken]:
            opened = [bank_files.open_file(path, worker, self.shop) for path in item]
            return [bank_files.take(self.shop, each, work) for each in opened]

        self.window_shell.run_desk(read, partial(self._was_taken, item[0]), partial(self._was_not_read, item))

    def _was_not_read(self, item: tuple[str, ...], error: Exception) -> None:
        """A list of an unknown bank is explained once; everything else is told."""
        if not (isinstance(error, ShopError) and error.code == bank_files.UNKNOWN_LIST and len(item) == 1):
            self._failed(error)
            return
        self._over()
        self.window_shell.run_desk(
            lambda: bank_files.list_to_explain(item[0]), partial(self._explain, item), self._failed
        )

    def _explain(self, item: tuple[str, ...], value: ListToExplain) -> None:
        from shopdesk.ui.bank_files.explain import ExplainList

        dialog = ExplainList(value, self.texts, self)
        dialog.explained.connect(partial(self._explained, item))
        dialog.open()

    def _explained(self, item: tuple[str, ...], own: OwnList) -> None:
        from shopdesk.usecases import own_bank_lists

        own_bank_lists.remember(self.shop, own)
        self.open_item(item)

    def take_files(self, paths: list[str]) -> bool:
        """A bank file dropped here is read here, also the list of an unknown bank."""
        files = tuple(path for path in paths if is_bank_file(path, self.shop) or may_be_a_list(path))
        if files:
            self.open_item(files)
        return bool(files)

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.stop()

    def _was_taken(self, place: str, taken: list[Taken]) -> None:
        self._over()
        self.question.ask_about(place)
        self.outcome.say(
            " ".join(told(each, self.texts) for each in taken), ok=not any(each.doubts for each in taken)
        )
        if any(each.added for each in taken):
            words = self.texts.gettext("Bank file read.")
            self.window_shell.toast(words, lambda: self._undo_all([each.undo for each in taken]))
        self.reload()
        self.rows.setFocus()

    def _undo_all(self, undos: list[Undo]) -> None:
        for each in reversed(undos):
            self._undo(each)
        self.outcome.say("", ok=True)

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, ShopError):
            self.outcome.say(self.texts.say(error.message), ok=isinstance(error, Stopped))
        else:
            self.window_shell.problem(error)

    def _over(self) -> None:
        self.work.over()
        self._worker = None

    # Booking

    def _with_current(self, act: Callable[[Waiting], None]) -> None:
        waiting = self.rows.current()
        if waiting is not None:
            act(waiting)

    def accept(self, waiting: Waiting) -> None:
        """Book what is proposed; without a proposal the search for the invoice begins."""
        if waiting.proposal is None:
            self.detail.search.setFocus()
            return
        self._book(waiting, lambda: bank_files.accept(self.shop, waiting))

    def _assign(self, bill: BillAccount) -> None:
        waiting = self.rows.current()
        if waiting is not None:
            self._book(waiting, lambda: bank_files.assign(self.shop, waiting.stored, bill))

    def _book(self, waiting: Waiting, act: Callable[[], tuple[Booked, Undo]]) -> None:
        try:
            booked, undo = act()
        except ShopError as error:
            self.window_shell.problem(error)
            self.reload()
            return
        words = booked_words(waiting, booked, self.texts)
        if any(paying_by_number.can_leave(self.shop, part.document_id) for part in booked.allocations):
            words = self.texts.gettext("{booked} · ready to ship").format(booked=words.rstrip("."))
        self._gone(waiting)
        self.window_shell.toast(words, partial(self._undo, undo))

    def ignore(self, waiting: Waiting) -> None:
        """It pays no invoice of the shop."""
        try:
            undo = bank_files.ignore(self.shop, waiting.stored)
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self._gone(waiting)
        self.window_shell.toast(self.texts.gettext("Left aside."), partial(self._undo, undo))

    def _gone(self, waiting: Waiting) -> None:
        """The row goes at once; what else has changed is read aside."""
        self.found = tuple(each for each in self.found if each.id != waiting.id)
        self._show()
        self.rows.setFocus()
        self.reload()

    def accept_certain(self) -> None:
        """Book all that is certain, as one."""
        if self.work.is_running:
            return
        work = self.work.begin(self.texts.gettext("Booking {done} of {all} …"), patient=True)
        self.window_shell.run_desk(partial(self._accept_certain, work), self._accepted, self._failed)

    def _accept_certain(self, work: LongWork) -> tuple[int, Undo]:
        return bank_files.accept_certain(self.shop, work)

    def _accepted(self, done: tuple[int, Undo]) -> None:
        self._over()
        count, undo = done
        self.reload()
        self.rows.setFocus()
        if not count:
            self.window_shell.toast(self.texts.gettext("Nothing is certain. Please look at each booking."))
            return
        words = self.texts.ngettext("{n} payment booked.", "{n} payments booked.", count)
        self.window_shell.toast(words.format(n=self.texts.number(count)), partial(self._undo, undo))

    def _undo(self, undo: Undo) -> None:
        try:
            undo.run(self.shop)
        except ShopError as error:
            self.window_shell.problem(error)
        self.reload()

    # All bookings

    def _bring_back(self, stored: StoredEntry) -> None:
        if stored.state is EntryState.IGNORED:
            undo = bank_files.bring_back(self.shop, stored)
            self.window_shell.toast(self.texts.gettext("Waits again."), partial(self._undo, undo))
            self.reload()

    def _open_booked(self, stored: StoredEntry) -> None:
        """The payment's invoice; of money that went out what it may have been."""
        from shopdesk.usecases import payments

        if stored.state is EntryState.BOOKED and stored.payment_id is not None:
            parts = payments.get(self.shop, stored.payment_id).allocations
            if parts:
                self.window_shell.open_document(parts[0].document_id)
        elif stored.state is EntryState.IGNORED:
            self._bring_back(stored)
        elif not stored.entry.is_incoming:
            self.outgoing = menu_for(self, self.all, stored, self._undo)
