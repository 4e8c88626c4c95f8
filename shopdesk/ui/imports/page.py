"""Importing a list: dropped, looked over row by row, taken in with one key, taken back with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.imports.columns import guess
from shopdesk.domain.imports.values import (
    Action,
    ColumnMapping,
    Decision,
    ImportKind,
    PlannedRow,
    Stay,
)
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.ui.imports.choose import choose_list, is_list
from shopdesk.ui.imports.columns_panel import ColumnsPanel
from shopdesk.ui.imports.controls import ALL, Controls
from shopdesk.ui.imports.rows import PlannedRows
from shopdesk.ui.imports.running import Running
from shopdesk.ui.imports.words import subtitle, taken_back, told
from shopdesk.ui.settings.fields import Outcome
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.labels import shortened
from shopdesk.ui.widgets.row_list import ListWithEmptyState
from shopdesk.ui.widgets.work_bar import WorkBar
from shopdesk.usecases import imports

if TYPE_CHECKING:
    from shopdesk.usecases.imports import Imported, OpenedList, Plan, Prepared
    from shopdesk.usecases.shop import Shop


class ImportPage(Page):
    """Opens a path (str); without one it asks for a file."""

    watches: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.opened: OpenedList | None = None
        self.prepared: Prepared | None = None
        self.plan: Plan | None = None
        self.imported: Imported | None = None
        self.decisions: dict[int, Decision] = {}
        self.import_button = PrimaryButton(
            gettext("Import"), self.run, icon_name="download", key=shortcut("issue_and_send").shown()
        )
        self.other_button = Button(gettext("Another file …"), self.choose, icon_name="folder-open")
        self.columns_button = Button(gettext("Columns …"), self.toggle_columns, icon_name="list-filter")
        self.undo_button = Button(gettext("Take the import back"), self.take_back, icon_name="undo-2")
        self.header = PageHeader(
            gettext("Import"),
            " ",
            self.other_button,
            self.columns_button,
            self.undo_button,
            self.import_button,
        )
        sentence = gettext(
            "Drop a list anywhere on the window: customers, articles or old invoices as CSV or Excel, "
            "contacts as vCard. You will see what becomes of each row before anything is stored."
        )
        self.empty = EmptyState("download", sentence, gettext("Choose a file …"), self.choose)
        self.controls = Controls(self.texts, self.all_as_new)
        self.controls.kind_chosen.connect(self._kind_chosen)
        self.controls.header_toggled.connect(self._header_toggled)
        self.controls.filtered.connect(self._show_rows)
        self.columns = ColumnsPanel(self.texts)
        self.columns.changed.connect(self._columns_changed)
        self.rows = PlannedRows(self.texts)
        self.rows.opened.connect(lambda row: self._decide(row, None))
        self.rows.menu_wanted.connect(self._decide)
        self.work = WorkBar(window)
        self.work.cancel.clicked.connect(self._stop_reading)
        self.running = Running(window, self)
        self._worker: imports.Worker | None = None
        self.outcome = Outcome()
        self._place()
        self._say()

    def _place(self) -> None:
        no_rows = EmptyState("list-filter", self.texts.gettext("No row of this kind."))
        self.body = QStackedWidget()
        self.body.addWidget(ListWithEmptyState(self.rows, no_rows))
        self.body.addWidget(self.columns)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.controls)
        column.addWidget(self.body, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(MEDIUM))
        layout.addWidget(self.header)
        layout.addWidget(self.work)
        layout.addWidget(self.outcome)
        layout.addWidget(self.stack, 1)

    def open_item(self, item: object) -> None:
        """Read a file."""
        if isinstance(item, str) and not self.is_busy:
            self._read(item)

    def take_files(self, paths: list[str]) -> bool:
        """A list dropped here is read here."""
        if not is_list(paths[0]):
            return False
        self.open_item(paths[0])
        return True

    def focus_first(self) -> None:
        """See Page."""
        (self.empty if self.opened is None else self.rows).setFocus()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"issue_and_send": self.run} if self.import_button.isEnabled() else {}

    def choose(self) -> None:
        """Ask for a file and read it."""
        name = choose_list(self, self.texts)
        if name:
            self.open_item(name)

    # Reading and looking over, off the window's thread

    def _read(self, path: str) -> None:
        self.opened = self.prepared = self.plan = self.imported = None
        self.decisions = {}
        self.outcome.say("", ok=True)
        work = self._begin(self.texts.gettext("The file is being read … {done} of {all}"))

        worker = self._worker = imports.Worker()

        def read() -> tuple[OpenedList, Prepared | None, Plan | None]:
            opened = imports.open_list(self.shop, path, worker)
            if not any(opened.mapping.fields):
                return opened, None, None
            prepared = imports.prepare(self.shop, opened, work=work)
            return opened, prepared, imports.plan(self.shop, prepared, work=work)

        self.window_shell.run_desk(read, self._was_read, self._failed)

    def _stop_reading(self) -> None:
        if self._worker is not None:
            self._worker.stop()

    def leaving(self) -> None:
        """What is still being read is not wanted any more; an import goes on, seen at the foot of the window."""
        self._stop_reading()

    def _was_read(self, found: tuple[OpenedList, Prepared | None, Plan | None]) -> None:
        self._over()
        self._worker = None
        self.opened, self.prepared, self.plan = found
        self.columns.show_columns(self.opened.file, self.opened.mapping)
        self.body.setCurrentIndex(0 if self.plan is not None else 1)
        if self.plan is None:
            words = self.texts.gettext("Say what the columns hold: nothing of it was recognised.")
            self.outcome.say(words, ok=False)
        self._say()
        self.focus_first()

    def _mapping(self) -> ColumnMapping:
        assert self.opened is not None
        if self.opened.file.columns:
            return self.opened.mapping
        return ColumnMapping(
            ImportKind(self.controls.kind.value), self.columns.fields(), self.controls.first_row.isChecked()
        )

    def _look(self, mapping: ColumnMapping) -> None:
        """The columns mean something else now."""
        if self.opened is None or self.is_busy:
            return
        opened = self.opened = replace(self.opened, mapping=mapping)
        self.decisions = {}
        self.outcome.say("", ok=True)
        work = self._begin(self.texts.gettext("Looking over {done} of {all} …"))

        def look() -> Plan:
            return imports.plan(self.shop, imports.prepare(self.shop, opened, mapping, work), work=work)

        self.window_shell.run_desk(look, self._looked, self._failed)

    def _look_again(self) -> None:
        """Something was decided."""
        if self.prepared is None or self.is_busy:
            return
        prepared, decisions = self.prepared, dict(self.decisions)
        work = self._begin(self.texts.gettext("Looking over {done} of {all} …"))
        self.window_shell.run_desk(
            lambda: imports.plan(self.shop, prepared, decisions, work), self._looked, self._failed
        )

    def _looked(self, plan: Plan) -> None:
        self._over()
        self.plan, self.prepared = plan, plan.prepared
        self._say()

    @property
    def is_busy(self) -> bool:
        """Whether something is being read, looked over or stored."""
        return self.work.is_running or self.running.work.is_running

    def _over(self) -> None:
        self.work.over()
        self.running.over()

    def _begin(self, words: str) -> LongWork:
        work = self.work.begin(words, patient=True)
        self._say()
        return work

    def _failed(self, error: Exception) -> None:
        self._over()
        self._worker = None
        self._say()
        if isinstance(error, ShopError):
            self.outcome.say(self.texts.say(error.message), ok=isinstance(error, Stopped))
        else:
            self.window_shell.problem(error)

    # What the columns mean

    def toggle_columns(self) -> None:
        """The rows as they will be, or the columns as they are understood."""
        self.body.setCurrentIndex(1 - self.body.currentIndex())
        self._say()

    def _kind_chosen(self) -> None:
        if self.opened is not None:
            mapping = guess(self.opened.file, ImportKind(self.controls.kind.value))
            self._take(mapping)

    def _header_toggled(self) -> None:
        self._take(self._mapping())

    def _take(self, mapping: ColumnMapping) -> None:
        assert self.opened is not None
        self.opened = replace(self.opened, mapping=mapping)
        self.columns.show_columns(self.opened.file, mapping)
        if any(mapping.fields):
            self._look(mapping)
        else:
            self.plan = None
            self.body.setCurrentIndex(1)
            self._say()

    def _columns_changed(self) -> None:
        mapping = self._mapping()
        if any(mapping.fields):
            self._look(mapping)

    # Deciding

    def _decide(self, row: PlannedRow, place: QPoint | None) -> None:
        """The owner's word about a doubtful row; a known customer is opened."""
        if self.is_busy or self.imported is not None or self.prepared is None:
            return
        if row.action is not Action.DOUBTFUL and row.number not in self.decisions:
            return
        if self.prepared.mapping.kind is not ImportKind.CUSTOMERS:
            return
        self.decision_menu(row).popup(place or self.rows.mapToGlobal(self.rows.rect().center()))

    def decision_menu(self, row: PlannedRow) -> QMenu:
        """A new customer, one of those it could be, or nothing."""
        gettext = self.texts.gettext
        menu = QMenu(self)
        menu.addAction(gettext("A new customer"), lambda: self.decide(row, Decision()))
        for customer_id, name in row.may_be:
            words = gettext("The same as {name}").format(name=shortened(name))
            menu.addAction(words, partial(self.decide, row, Decision(customer_id)))
        menu.addAction(gettext("Leave it out"), lambda: self.decide(row, None))
        return menu

    def decide(self, row: PlannedRow, decision: Decision | None) -> None:
        """Look again with this decision."""
        self.decisions.pop(row.number, None)
        if decision is not None:
            self.decisions[row.number] = decision
        self._look_again()

    def all_as_new(self) -> None:
        """Whoever is in doubt becomes a customer of its own."""
        if self.plan is not None:
            for row in self.plan.rows:
                if row.action is Action.DOUBTFUL:
                    self.decisions[row.number] = Decision()
            self._look_again()

    # Importing

    def run(self) -> None:
        """All rows that are new or complete somebody, in one transaction."""
        if self.plan is None or self.is_busy or self.imported is not None:
            return
        plan = self.plan
        work = self.running.begin(self.texts.gettext("Importing {done} of {all} …"))
        self.window_shell.run_desk(lambda: imports.run(self.shop, plan, work), self._ran, self._failed)

    def _ran(self, imported: Imported) -> None:
        self._over()
        self.imported, self.plan = imported, imported.plan
        self._say()
        self.outcome.say(told(imported.plan, self.texts), ok=True)
        self.window_shell.toast(self.texts.gettext("Imported."), partial(self._take_back, imported.id))

    def take_back(self) -> None:
        """Undo the whole import."""
        if self.imported is not None:
            self._take_back(self.imported.id)

    def _take_back(self, import_id: int) -> None:
        if self.is_busy:
            return
        work = self.running.begin(self.texts.gettext("Taking back {done} of {all} …"))
        self.window_shell.run_desk(
            lambda: imports.take_back(self.shop, import_id, work),
            partial(self._taken_back, import_id),
            self._failed,
        )

    def _taken_back(self, import_id: int, stays: tuple[Stay, ...]) -> None:
        self._over()
        if self.imported is not None and self.imported.id == import_id:
            self.imported = None
        words = taken_back(stays, self.texts)
        self._look_again()
        self.outcome.say(words, ok=not stays)

    # Showing

    def _say(self) -> None:
        """Header, buttons, counts and rows as they are now."""
        gettext, busy = self.texts.gettext, self.is_busy
        self.header.say(gettext("Import"), subtitle(self.opened, self.texts))
        ready = self.plan is not None and not busy and self.imported is None
        counts = self.plan.counts if self.plan is not None else {}
        self.import_button.setEnabled(bool(ready and (counts[Action.NEW] or counts[Action.CHANGED])))
        self.import_button.setVisible(self.opened is not None and self.imported is None)
        self.undo_button.setVisible(self.imported is not None)
        self.other_button.setVisible(self.opened is not None)
        is_table = self.opened is not None and not self.opened.file.columns
        self.columns_button.setVisible(is_table and self.imported is None)
        in_columns = self.body.currentIndex() == 1
        self.columns_button.setText(gettext("Rows") if in_columns else gettext("Columns …"))
        doubts = bool(ready and counts.get(Action.DOUBTFUL) and self._is_of_customers())
        if self.opened is not None:
            changeable = not busy and self.imported is None
            self.controls.show_meaning(self.opened.mapping, changeable=changeable, is_table=is_table)
        self.controls.show_counts({} if in_columns else counts, doubts=doubts and not in_columns)
        self.stack.setCurrentIndex(0 if self.opened is None else 1)
        self._show_rows()
        self.window_shell.commands_changed()

    def _is_of_customers(self) -> bool:
        return self.prepared is not None and self.prepared.mapping.kind is ImportKind.CUSTOMERS

    def _show_rows(self) -> None:
        rows = self.plan.rows if self.plan is not None else ()
        wanted = self.controls.filter.value
        if wanted != ALL:
            rows = tuple(row for row in rows if row.action.value == wanted)
        self.rows.show_rows(rows)
