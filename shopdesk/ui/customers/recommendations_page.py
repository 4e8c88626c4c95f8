"""Who recommended the shop, and what it brought (S26)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout

from shopdesk.domain.recommendations import Recommender
from shopdesk.ui.letters.saving import ask_place, tell_failure
from shopdesk.ui.settings.fields import Outcome
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import PrimaryButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


class RecommendationsPage(Page):
    """One row for each recommender, the most turnover first; ⏎ opens the customer."""

    watches: ClassVar[frozenset[str]] = frozenset({"customer", "document"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.report: tuple[Recommender, ...] = ()
        self.save_button = PrimaryButton(gettext("Save as table …"), self.choose, icon_name="save")
        self.header = PageHeader(gettext("Recommendations"), " ", self.save_button)
        self.rows: RowList[Recommender] = RowList(
            gettext("Recommendations"), lambda _after, _limit: Slice(self.report), self._row
        )
        self.rows.opened.connect(self._open)
        self.outcome = Outcome()
        words = gettext("Nobody was noted yet. “Recommended by” stands on the customer's card under More.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(self.outcome)
        layout.addWidget(ListWithEmptyState(self.rows, EmptyState("heart-handshake", words)), 1)

    def reload(self) -> None:
        """See Page."""
        from shopdesk.usecases import recommendations

        self.window_shell.run_desk(partial(recommendations.report, self.shop), self._show)

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def _show(self, found: tuple[Recommender, ...]) -> None:
        self.report = found
        self.rows.reload()
        texts = self.texts
        count = sum(one.customers for one in found)
        words = texts.ngettext(
            "{n} customer came by recommendation", "{n} customers came by recommendation", count
        )
        self.header.say(texts.gettext("Recommendations"), words.format(n=texts.number(count)))
        self.save_button.setEnabled(bool(found))

    def _row(self, one: Recommender) -> Row:
        ngettext, number = self.texts.ngettext, self.texts.number
        parts = [
            ngettext("brought {n} customer", "brought {n} customers", one.customers).format(
                n=number(one.customers)
            ),
            ngettext("{n} purchase", "{n} purchases", one.purchases).format(n=number(one.purchases)),
        ]
        icon = "user" if one.customer_id is not None else "tag"
        key = one.customer_id if one.customer_id is not None else one.name
        return Row(
            key, one.name, " · ".join(parts), icon, value=self.texts.money(one.turnover), chip=one.number
        )

    def _open(self, one: Recommender) -> None:
        if one.customer_id is not None:
            self.window_shell.open_customer(one.customer_id)

    def choose(self) -> None:
        """Ask for the file's name."""
        gettext = self.texts.gettext
        name = gettext("Recommendations-{day}.xlsx").format(day=self.shop.clock.today().isoformat())
        place = ask_place(self, gettext("Save as table"), name, "XLSX (*.xlsx);;CSV (*.csv)")
        if place is not None:
            self.save(place)

    def save(self, target: Path) -> None:
        """XLSX, or CSV where the name ends so."""
        from shopdesk.usecases import recommendations

        def told(_rows: int) -> None:
            self.outcome.say(self.texts.gettext("Saved: {place}").format(place=target), ok=True)

        self.window_shell.run_desk(
            partial(recommendations.save, self.shop, target, self.texts),
            told,
            partial(tell_failure, self.window_shell, self.outcome),
        )
