"""Duplicate customers: pairs with their reasons, the surest first. The owner decides about each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shopdesk.domain.errors import NotFound
from shopdesk.domain.long_work import Stopped
from shopdesk.ui.duplicates import words
from shopdesk.ui.duplicates.comparison import Comparison, TwoCustomers, said_of_two, taking_back
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader
from shopdesk.ui.widgets.labels import ElidedLabel
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.showing import show_if
from shopdesk.ui.widgets.work_bar import WorkBar
from shopdesk.usecases import customer_merges, duplicates
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.usecases.customer_merges import MergedCustomer
    from shopdesk.usecases.duplicates import Pair
    from shopdesk.usecases.shop import Shop

_MOST_MERGES = 5


class DuplicatesPage(Page):
    """The list of pairs, or the two of a pair side by side (`TwoCustomers`)."""

    watches: ClassVar[frozenset[str]] = frozenset({"customer", "customer_merge", "customer_difference"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.pairs: tuple[Pair, ...] = ()
        self._is_old = False
        self.search_again = GhostButton(gettext("Search again"), self.reload, icon_name="refresh-cw")
        self.different_button = Button(gettext("They are two"), self._current_different, key="Del")
        self.compare_button = Button(gettext("Compare"), self._open_current, key="⏎")
        self.header = PageHeader(
            gettext("Duplicate customers"), "", self.search_again, self.different_button, self.compare_button
        )
        self.work = WorkBar(window)
        self.rows: RowList[Pair] = RowList(gettext("Duplicate customers"), self._fetch, self._show)
        self.rows.opened.connect(self._open)
        self.rows.removed.connect(self._different)
        self.list = ListWithEmptyState(
            self.rows, EmptyState("users", gettext("No customer stands here twice."))
        )
        self.merges = Card(title=gettext("Merged lately"))
        self._merge_lines: list[QWidget] = []
        self.comparison = Comparison(shop, window)
        self.comparison.closed.connect(self._to_list)
        self.comparison.decided.connect(self._drop)
        self._place()

    def _place(self) -> None:
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(NORMAL))
        column.addWidget(self.header)
        column.addWidget(self.work)
        column.addWidget(self.list, 1)
        column.addWidget(self.merges)
        self.stack = QStackedWidget()
        self.stack.addWidget(lists)
        self.stack.addWidget(self.comparison)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    @property
    def is_comparing(self) -> bool:
        """Whether two customers are shown side by side."""
        return self.stack.currentWidget() is self.comparison

    def open_item(self, item: object) -> None:
        """See Page."""
        if isinstance(item, TwoCustomers):
            try:
                self.comparison.compare(item)
            except NotFound as error:
                self.window_shell.problem(error)
                return
            self.stack.setCurrentWidget(self.comparison)
            self.window_shell.commands_changed()

    def reload(self) -> None:
        """See Page; all customers are looked through aside."""
        if self.work.is_running:
            self._is_old = True
            return
        self._is_old = False
        self._show_merges()
        work = self.work.begin(self.texts.gettext("Comparing {done} of {all} …"), patient=True)
        self.window_shell.run_desk(lambda: duplicates.review(self.shop, work), self._take, self._failed)

    def _take(self, found: tuple[Pair, ...]) -> None:
        self.work.over()
        self.pairs = found
        if found:
            text = self.texts.ngettext(
                "{n} pair, the surest first", "{n} pairs, the surest first", len(found)
            )
            self.header.say(self.header.title.text(), text.format(n=self.texts.number(len(found))))
        else:
            self.header.say(self.header.title.text(), "")
        self.rows.reload()
        for button in (self.different_button, self.compare_button):
            show_if(button, bool(found))
        if self._is_old:
            self.reload()

    def _failed(self, error: Exception) -> None:
        self.work.over()
        if isinstance(error, Stopped):
            self.window_shell.toast(self.texts.gettext("The search was stopped."))
        else:
            self.window_shell.problem(error)

    def _fetch(self, after: Any, limit: int) -> Slice[Pair]:
        first = after or 0
        until = first + limit
        return Slice(self.pairs[first:until], until if until < len(self.pairs) else None)

    def _show(self, pair: Pair) -> Row:
        like = pair.likeness
        title = f"{words.place_of(pair.first)}  ·  {words.place_of(pair.second)}"
        caption = f"{pair.first.number} · {pair.second.number}: {words.reasons(self.texts, like)}"
        level = words.level(self.texts, like)
        key = (pair.first.id, pair.second.id)
        return Row(key, title, caption, "users", chip=level, chip_kind=words.LEVEL_KINDS[like.level])

    # What was merged

    def _show_merges(self) -> None:
        for line in self._merge_lines:
            line.hide()
            self.merges.body.removeWidget(line)
            line.deleteLater()
        found = customer_merges.recent(self.shop, _MOST_MERGES)
        self._merge_lines = [self._merge_line(one) for one in found]
        for line in self._merge_lines:
            self.merges.body.addWidget(line)
        show_if(self.merges, bool(found))

    def _merge_line(self, merged: MergedCustomer) -> QWidget:
        text = self.texts.gettext("{day}: {name} ({number}) went into {other} ({other_number})").format(
            day=self.texts.date(merged.day), name=words.name_of(merged.customer), number=merged.customer.number,
            other=words.name_of(merged.survivor), other_number=merged.survivor.number,
        )  # fmt: skip
        assert merged.customer.id is not None
        merged_id = merged.customer.id
        separate = Undo(lambda shop: customer_merges.separate(shop, merged_id))
        button = GhostButton(
            self.texts.gettext("Separate again"),
            taking_back(self.shop, self.window_shell, separate),
            icon_name="undo-2",
        )
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SMALL))
        row.addWidget(ElidedLabel(text), 1)
        row.addWidget(button)
        return line

    # What is decided

    def _open(self, pair: Pair) -> None:
        assert pair.first.id is not None
        assert pair.second.id is not None
        self.open_item(TwoCustomers(pair.first.id, pair.second.id))
        self.focus_first()

    def _open_current(self) -> None:
        pair = self.rows.current()
        if pair is not None:
            self._open(pair)

    def _current_different(self) -> None:
        pair = self.rows.current()
        if pair is not None:
            self._different(pair)

    def _different(self, pair: Pair) -> None:
        assert pair.first.id is not None
        assert pair.second.id is not None
        undo = duplicates.different(self.shop, pair.first.id, pair.second.id)
        self._drop(TwoCustomers(pair.first.id, pair.second.id))
        words_ = said_of_two(self.window_shell, pair.first, pair.second)
        self.window_shell.toast(words_, taking_back(self.shop, self.window_shell, undo))

    def _drop(self, two: TwoCustomers) -> None:
        """Out of the list at once; what it means for the other pairs is found out aside."""
        ids = {two.left, two.right}
        self.pairs = tuple(pair for pair in self.pairs if {pair.first.id, pair.second.id} != ids)
        self.rows.reload()

    def _to_list(self) -> None:
        self.stack.setCurrentIndex(0)
        self.window_shell.commands_changed()
        self.focus_first()

    # See Page

    def focus_first(self) -> None:
        """See Page."""
        if self.is_comparing:
            self.comparison.focus_first()
        else:
            self.rows.setFocus()

    def go_back(self) -> bool:
        """Esc leaves the comparison first."""
        if self.is_comparing:
            self._to_list()
            return True
        return False

    def leaving(self) -> None:
        """See Page; next time the list is shown."""
        self.stack.setCurrentIndex(0)
        self.work.stop() if self.work.is_running else None

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {"issue_and_send": self.comparison.merge} if self.is_comparing else {}
