"""The four fields above the lines: customer, date, delivery, terms."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.i18n import Texts
from shopdesk.ui.documents.customer_field import CustomerField
from shopdesk.ui.documents.delivery import Delivery, delivery_of, read_delivery, show_delivery
from shopdesk.ui.documents.kind_fields import LevelField, ReasonField
from shopdesk.ui.documents.kinds import WITH_REASON, WITHOUT_DUE
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.fields import DateField, Field, ForgivingEdit
from shopdesk.usecases.working_days import holidays_of

_ONE_ROW_FROM = 540
"""Design pixels of width from which all four fields stand beside each other."""


class HeaderCard(Card):
    """Shows the session's head and turns what is typed into edits."""

    customer_wanted = Signal(int)
    """Open this customer's page."""
    new_customer_wanted = Signal(str)
    """Begin a new customer from what was typed."""
    lines_wanted = Signal()
    """The customer is known: what is wanted comes next."""
    problem = Signal(object)
    """A ShopError to be said in words."""

    def __init__(self, session: EditingSession, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.session, self.texts = session, texts
        self.customer = CustomerField(session.shop, texts)
        self.date = DateField(texts, texts.gettext("Date"), self._read_date)
        self.delivery: ForgivingEdit[Delivery] = ForgivingEdit(
            texts, texts.gettext("Delivery"), self._read_delivery, self._show_delivery
        )
        self.delivery.setToolTip(texts.gettext("A day, a month such as 11/2026, or “as dated”"))
        self.due = DateField(texts, texts.gettext("Due"), self._read_due)
        kind = session.document.kind
        self.reason = ReasonField(session, texts) if kind in WITH_REASON else None
        self.level = LevelField(session, texts) if kind == DocumentKind.PAYMENT_REMINDER else None
        self.fields = self._place()
        self._connect()
        self.refresh()

    @property
    def level_field(self) -> QWidget:
        """Where a payment reminder's level is chosen."""
        return self.level or self.customer

    def _place(self) -> dict[str, Field]:
        kind = self.session.document.kind
        gettext = self.texts.gettext
        until = gettext("Valid until") if kind == DocumentKind.QUOTE else gettext("Payable by")
        fields = {
            "customer": Field(gettext("Customer"), self.customer),
            "date": Field(gettext("Date"), self.date),
        }
        if self.level is None:
            fields["delivery_date"] = Field(gettext("Delivery"), self.delivery)
        else:
            fields["level"] = Field(gettext("Level"), self.level)
        if kind not in WITHOUT_DUE:
            fields["due"] = Field(until, self.due)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(MEDIUM))
        self._grid.setVerticalSpacing(px(SMALL))
        self.body.addLayout(self._grid)
        self._arrange(fields, narrow=False)
        if self.reason is not None:
            fields["reason"] = Field(gettext("Reason"), self.reason)
            self.body.addWidget(fields["reason"])
        return fields

    def _arrange(self, fields: dict[str, Field], *, narrow: bool) -> None:
        """All in one row; in a narrow window the customer has a row of its own."""
        self._narrow = narrow
        in_a_row = {name: field for name, field in fields.items() if name != "reason"}
        for column, (name, field) in enumerate(in_a_row.items()):
            self._grid.removeWidget(field)
            if not narrow:
                # at the top: words below one field must not pull the others apart
                self._grid.addWidget(field, 0, column, Qt.AlignmentFlag.AlignTop)
            elif name == "customer":
                self._grid.addWidget(field, 0, 0, 1, 3)
            else:
                self._grid.addWidget(field, 1, column - 1, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(column, int((narrow and column < 3) or name == "customer"))
        wide = self.fontMetrics().horizontalAdvance("00.00.0000") + px(30)
        for edit in (self.date, self.delivery, self.due):
            edit.setMinimumWidth(0 if narrow else wide)
            edit.setMaximumWidth(10_000 if narrow else wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room there is."""
        super().resizeEvent(event)
        narrow = self.width() < px(_ONE_ROW_FROM)
        if narrow != self._narrow:
            self._arrange(self.fields, narrow=narrow)

    def _connect(self) -> None:
        self.customer.edit.chosen.connect(self.choose)
        self.customer.edit.new_wanted.connect(self.new_customer_wanted)
        self.customer.open_wanted.connect(self._open_customer)
        self.date.value_changed.connect(self._date_changed)
        self.delivery.value_changed.connect(self._delivery_changed)
        self.due.value_changed.connect(self._due_changed)
        edits: tuple[QLineEdit, ...] = (self.date, self.delivery, self.due)
        for edit in edits:
            # ⏎ leads on; nothing in this window is sent by a bare ⏎
            edit.returnPressed.connect(self.focusNextChild)
        if self.reason is not None:
            self.reason.lead_on.connect(self.lines_wanted)

    @property
    def _today(self) -> dt.date:
        return self.session.context.today

    @property
    def _dated(self) -> dt.date:
        return self.session.document.date or self._today

    def _read_date(self, text: str) -> dt.date:
        from shopdesk.domain.typing.dates import parse_date

        return parse_date(text, self._today, holidays_of(self.session.context.profile))

    def _read_due(self, text: str) -> dt.date:
        from shopdesk.domain.typing.dates import parse_due

        return parse_due(text, self._dated, self._today, holidays_of(self.session.context.profile))

    def _read_delivery(self, text: str) -> Delivery:
        return read_delivery(text, self._dated, self._today)

    def _show_delivery(self, delivery: Delivery) -> str:
        return show_delivery(delivery, self._dated, self.texts)

    def refresh(self) -> None:
        """Show the session's head; a field that is being typed into is left alone."""
        document = self.session.document
        self.customer.show_recipient(document.recipient, document.customer_id)
        # on an issued document an example would look like a value
        self.delivery.setPlaceholderText("" if self.session.locked else self.texts.gettext("11/2026"))
        self.customer.lock(self.session.has_fixed_customer)
        for own in (self.reason, self.level):
            if own is not None:
                own.refresh()
        pairs: tuple[tuple[ForgivingEdit[Any], object], ...] = (
            (self.date, document.date),
            (self.due, document.due),
            (self.delivery, delivery_of(document)),
        )
        for edit, value in pairs:
            kept = edit is self.delivery and document.kind == DocumentKind.CANCELLATION
            edit.setReadOnly(self.session.locked or kept)
            if edit.value != value and not (edit.hasFocus() and edit.isModified()):
                edit.set_value(value)
        if not self.delivery.hasFocus():
            self.delivery.set_value(delivery_of(document))  # "as dated" follows the date

    def say(self, problems: dict[str, str]) -> None:
        """Words below the fields, by the field's name in the order file; those without one are cleared."""
        for name, field in self.fields.items():
            words = next((text for key, text in problems.items() if key.split(".", 1)[0] == name), "")
            field.say(words)
            edit = self.customer.edit if name == "customer" else field.field
            if edit.property("wrong") != bool(words):
                edit.setProperty("wrong", bool(words))
                edit.style().unpolish(edit)
                edit.style().polish(edit)

    def focus_on(self, field: str) -> bool:
        """Put the keyboard into the field of this name; False when it is none of these."""
        name = field.split(".", 1)[0]
        name = "delivery_date" if name in {"service_period", "delivery_month"} else name
        if name in self.fields:
            self.fields[name].field.setFocus()
            return True
        return False

    def choose(self, customer_id: int) -> None:
        """The document is for this customer."""
        from shopdesk.usecases import documents

        try:
            self.session.edit(documents.for_customer(self.session.shop, self.session.document, customer_id))
        except ShopError as error:
            self.problem.emit(error)
            return
        self.customer.edit.setModified(False)
        self.refresh()
        # the dates are filled already, and the caller is telling what he wants
        self.lines_wanted.emit()

    def _open_customer(self) -> None:
        customer_id = self.session.document.customer_id
        if customer_id is not None:
            self.customer_wanted.emit(customer_id)

    def _date_changed(self) -> None:
        document, day = self.session.document, self.date.value
        if day is None:
            return
        changed = replace(document, date=day)
        if document.date is not None:
            if document.due is not None:
                changed = replace(changed, due=day + (document.due - document.date))
            if document.delivery_date == document.date:
                changed = replace(changed, delivery_date=day)
        self.session.edit(changed, "date")

    def _delivery_changed(self) -> None:
        self.session.edit((self.delivery.value or Delivery()).into(self.session.document), "delivery")

    def _due_changed(self) -> None:
        self.session.edit(replace(self.session.document, due=self.due.value), "due")
