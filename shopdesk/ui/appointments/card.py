"""The card with an appointment's fields and what can be done with it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from shopdesk.domain.appointments import Appointment, AppointmentState
from shopdesk.i18n import Texts
from shopdesk.ui.appointments.form import AppointmentForm
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import Card, ScrollPage
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.ui.appointments.actions import AppointmentActions
    from shopdesk.usecases.shop import Shop


class AppointmentCard(ScrollPage):
    """Fields above, the ways on below."""

    def __init__(self, shop: Shop, texts: Texts) -> None:
        super().__init__()
        self._actions: AppointmentActions | None = None
        gettext = texts.gettext
        self.form = AppointmentForm(shop, texts)
        self.form.saved.connect(lambda: self._do("save_by_key"))
        self.ready = Button(
            gettext("Ready, tell the customer"), lambda: self._do("ready_shown"), icon_name="check"
        )
        self.invite = Button(gettext("Invite by mail"), lambda: self._do("invite"), icon_name="mail")
        self.slip = Button(gettext("Job slip"), lambda: self._do("slip_shown"), icon_name="printer")
        self.call_off = GhostButton(gettext("Call off"), lambda: self._do("cancel_shown"), icon_name="x")
        self.save = Button(
            gettext("Save"), lambda: self._do("save_by_key"), key=shortcut("issue_and_send").shown()
        )
        card = Card(self.form)
        ways = FlowLayout(spacing=px(SMALL))
        for button in (self.ready, self.invite, self.slip):
            ways.addWidget(button)
        card.body.addLayout(ways)
        last = QHBoxLayout()
        last.addWidget(self.call_off)
        last.addStretch(1)
        last.addWidget(self.save)
        card.body.addLayout(last)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def _do(self, name: str) -> None:
        if self._actions is not None:
            getattr(self._actions, name)()

    def show_appointment(self, value: Appointment, actions: AppointmentActions) -> None:
        """A stored one, with everything that can be done with it."""
        self._actions = actions
        self.form.show_appointment(value)
        open_, has_customer = value.is_open, value.customer_id is not None
        show_if(self.ready, open_ and has_customer and value.state != AppointmentState.READY)
        show_if(self.invite, has_customer and (open_ or bool(value.invited)))
        self.slip.show()
        show_if(self.call_off, open_)
        self.show()

    def begin(self, starts: dt.datetime | None, customer_id: int | None, actions: AppointmentActions) -> None:
        """A new one: first its fields."""
        self._actions = actions
        self.form.begin(starts, customer_id)
        for button in (self.ready, self.invite, self.slip, self.call_off):
            button.hide()
        self.show()
