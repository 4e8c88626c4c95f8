"""Termine beside the timeline: when this customer comes, or is come to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from shopdesk.domain.appointments import Appointment, AppointmentState
from shopdesk.ui.appointments.words import STATES, day_words, times
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, plain_tip, shortened
from shopdesk.usecases import appointments

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_LONGEST = 24  # at 150 % more would widen the page


class AppointmentsCard(Card):
    """The open appointments of a customer, the nearest first; a click opens the calendar there."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(title=shell.texts.gettext("Appointments"))
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._list = QVBoxLayout()
        self._list.setSpacing(px(2))
        self.body.addLayout(self._list)

    def show_customer(self, customer_id: int) -> None:
        """Replace the list; without any the card takes no room."""
        values = appointments.of_customer(self._shop, customer_id)
        clear(self._list)
        self.setVisible(bool(values))
        for value in values:
            name = value.subject or self._texts.gettext("Appointment")
            opened = GhostButton(
                shortened(name, _LONGEST),
                partial(self._shell.open_page, "appointments", value.id),
                icon_name="calendar",
            )
            opened.setToolTip(plain_tip(name))
            self._list.addWidget(opened, 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(Caption(self._when(value), wrap=True))

    def _when(self, value: Appointment) -> str:
        zone = self._shop.clock.zone
        parts = [day_words(value.starts.astimezone(zone).date(), self._texts), times(value, zone)]
        if value.state == AppointmentState.READY:
            parts.append(self._texts.gettext(STATES[value.state]))
        return " · ".join((" ".join(parts[:2]), *parts[2:], *filter(None, (value.place,))))
