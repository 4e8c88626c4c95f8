"""The journal in the window: newest first, narrowed down, checked, and saved as a table for an auditor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout

from shopdesk.domain.journal import JournalEntry
from shopdesk.ui.journal.detail import Detail
from shopdesk.ui.journal.filters import Filters
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.work_bar import WorkBar
from shopdesk.usecases import journal, journal_words

if TYPE_CHECKING:
    from shopdesk.domain.messages import Message
    from shopdesk.usecases.shop import Shop

_BESIDE = 900
_ICONS = {
    "document": "receipt",
    "customer": "user",
    "outbox": "mail",
    "article": "package",
    "timeline_entry": "sticky-note",
    "follow_up": "calendar-clock",
    "promise": "circle-check",
    "shipment": "truck",
    "inquiry": "inbox",
    "letter": "mail",
    "received_invoice": "inbox",
}


class JournalPage(Page):
    """Who changed what when."""

    watches: ClassVar[frozenset[str]] = frozenset({"journal"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._missing = 0
        self._is_checked = False
        self._going_on = QTimer(self, singleShot=True, interval=0)
        self._going_on.timeout.connect(self._go_on)
        self.verdict = Chip("")
        self.check_button = GhostButton(gettext("Check the chain"), self.check, icon_name="list-checks")
        self.save_button = Button(gettext("Save as table …"), self._choose, icon_name="download")
        self.header = PageHeader(gettext("Journal"), gettext("Who changed what and when."), self.save_button)
        self.filters = Filters(self.texts, shop.clock.today)
        self.filters.changed.connect(self._narrow)
        self.work = WorkBar(window)
        self.rows: RowList[JournalEntry] = RowList(gettext("Journal"), self._fetch, self._row)
        self.filters.search.down.connect(self.rows.setFocus)
        self.detail = Detail(self)
        self.rows.moved.connect(self.detail.show_entry)
        self.rows.opened.connect(self._open)
        self.empty = EmptyState("search", gettext("Nothing like this is in the journal."))
        self._place()

    def _place(self) -> None:
        self.splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(ListWithEmptyState(self.rows, self.empty))
        splitter.addWidget(self.detail)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(520), px(520)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(MEDIUM))
        chain = QHBoxLayout()
        chain.setSpacing(px(SMALL))
        chain.addWidget(self.verdict)
        chain.addWidget(self.check_button)
        chain.addStretch(1)
        layout.addWidget(self.header)
        layout.addLayout(chain)
        layout.addWidget(self.filters)
        layout.addWidget(self.work)
        layout.addWidget(splitter, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters leave no room for both beside each other."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_BESIDE)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)

    def reload(self) -> None:
        """See Page."""
        # reads one column of every entry: 90 ms of a hundred thousand
        self.window_shell.run_desk(lambda: journal.people(self.shop), self.filters.show_people)
        self._narrow()
        if not self._is_checked:
            self._is_checked = True
            self.check()

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"find": self.filters.search.setFocus}

    # The list: what a filter meets rarely is looked for in steps, each of them short

    def _narrow(self) -> None:
        self.rows.reload()
        if not self.rows.currentIndex().isValid():
            self.rows.step(1)
        self.detail.show_entry(self.rows.current())

    def _fetch(self, after: Any, limit: int) -> Slice[JournalEntry]:
        found = journal.page(self.shop, self.filters.wanted, after, limit)
        self._missing = limit - len(found.entries)
        self._tell(is_searching=found.following is not None)
        if self._missing and found.following is not None:
            self._going_on.start()
        return Slice(found.entries, found.following)

    def _go_on(self) -> None:
        model = self.rows.rows
        if self._missing > 0 and model.canFetchMore(QModelIndex()):
            wanted = self._missing
            model.fetchMore(QModelIndex())
            self._missing = min(self._missing, wanted)
            if not self.rows.currentIndex().isValid():
                self.rows.step(1)

    def _tell(self, *, is_searching: bool) -> None:
        gettext = self.texts.gettext
        words = gettext("Searching …") if is_searching else gettext("Nothing like this is in the journal.")
        self.empty.sentence.setText(words)
        self.empty.setAccessibleName(words)

    def _row(self, entry: JournalEntry) -> Row:
        moment = journal_words.moment(entry.at, self.texts, self.shop.clock.zone)
        return Row(
            entry.id,
            journal_words.title(entry, self.texts),
            f"{moment} · {entry.who}",
            _ICONS.get(entry.subject, "settings"),
            chip=journal_words.action_name(entry, self.texts),
        )

    def _open(self, _entry: JournalEntry) -> None:
        opener = self.detail.opener()
        if opener is not None:
            opener()

    # The chain

    def check(self) -> None:
        """Follow the whole chain, aside."""
        self.check_button.setEnabled(False)
        self.verdict.tell(self.texts.gettext("checking …"), "info")
        self.window_shell.run_desk(lambda: journal.verdict(self.shop), self._checked, self._failed)

    def _checked(self, answer: tuple[int, tuple[Message, ...]]) -> None:
        count, findings = answer
        self.check_button.setEnabled(True)
        if findings:
            self.verdict.tell(self.texts.gettext("chain broken"), "bad")
            self.verdict.setToolTip("")
            self.window_shell.toast(self.texts.say(findings[0]), seconds=20)
            return
        words = self.texts.gettext("Chain of {n} entries checked: all is well")
        self.verdict.tell(words.format(n=self.texts.number(count)), "ok")

    def _failed(self, error: Exception) -> None:
        self.check_button.setEnabled(True)
        self.verdict.tell("", "info")
        self.window_shell.problem(error)

    # The table

    def _choose(self) -> None:
        gettext = self.texts.gettext
        name = gettext("journal") + f"-{self.shop.clock.today()}.csv"
        place = str(Path.home() / name)
        chosen, _filter = QFileDialog.getSaveFileName(self, gettext("Save the journal"), place, "CSV (*.csv)")
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Write every entry that the filters let through; work can go on meanwhile."""
        wanted = self.filters.wanted
        self.save_button.setEnabled(False)
        work = self.work.begin(self.texts.gettext("{done} of {all} entries"))
        self.window_shell.run_desk(
            lambda: journal.save_csv(self.shop, wanted, path, self.texts, work),
            lambda _done: self._saved(path),
            self._not_saved,
        )

    def _saved(self, path: Path) -> None:
        self.work.over()
        self.save_button.setEnabled(True)
        self.window_shell.toast(self.texts.gettext("{name} is saved.").format(name=path.name))

    def _not_saved(self, error: Exception) -> None:
        self.work.over()
        self.save_button.setEnabled(True)
        self.window_shell.problem(error)
