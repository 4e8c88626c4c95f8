"""Promised against real in the reports: how often the promised day was held, by the way goods leave (S38)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.ui.late_shipments import words
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.labels import Muted, PlainLabel
from shopdesk.usecases import late_shipments
from shopdesk.usecases.late_shipments import Deliveries

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class DeliveriesCard(Card):
    """The figure of the weeks that the page shows."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(title=gettext("Promised and delivered"))
        self._shop, self._shell = shop, shell
        self.whole = PlainLabel("", wrap=True)
        self.kinds = Muted("", wrap=True)
        to_list = GhostButton(
            gettext("Late deliveries"), lambda: shell.open_page("late_shipments"), icon_name="clock"
        )
        for widget in (self.whole, self.kinds, to_list):
            self.body.addWidget(widget)

    def count(self, weeks: int) -> None:
        """Count anew, aside."""
        self._shell.run_desk(lambda: late_shipments.deliveries(self._shop, weeks), self._show)

    def _show(self, found: Deliveries) -> None:
        texts = self._shell.texts
        self.whole.setText(words.whole(found, texts))
        lines = words.kinds(found, texts)
        self.kinds.setText("\n".join(lines))
        self.kinds.setVisible(len(lines) > 1)
