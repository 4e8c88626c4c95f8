"""The page of one customer: an existing one, or a new one while the call runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from shopdesk.domain.errors import NotFound
from shopdesk.domain.timeline import EntryKind
from shopdesk.ui.customers.customer_view import CustomerView
from shopdesk.ui.customers.new_customer import NewCustomerView
from shopdesk.ui.shell.protocol import KnownCustomer, NewCustomer, NewStandingOrder, Page, Shell
from shopdesk.usecases import erasure

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


class CustomerPage(Page):
    """Shows a customer's id, or begins a new customer (`NewCustomer`)."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "customer",
            "pinned_fact",
            "customer_phone",
            "timeline_entry",
            "follow_up",
            "payment_reminder_stop",
            "promise",
            "purchase_order",
            "shipment",
            "appointment",
            "document",
            "consent",
            "customer_file",
            "customer_photo",
            "payment",
            "payment_allocation",
            "standing_order",
            "standing_order_date",
        }
    )

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        self._existing: CustomerView | None = None
        self._new: NewCustomerView | None = None
        self.stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    @property
    def existing(self) -> CustomerView:
        """The view of a customer who is stored, made when it is wanted for the first time."""
        if self._existing is None:
            self._existing = CustomerView(self.shop, self.window_shell)
            self.stack.addWidget(self._existing)
        return self._existing

    @property
    def new(self) -> NewCustomerView:
        """The view of a new customer, made when it is wanted for the first time."""
        if self._new is None:
            self._new = NewCustomerView(self.shop, self.window_shell)
            self.stack.addWidget(self._new)
        return self._new

    def prepare(self) -> bool:
        """See Page."""
        if self._existing is None:
            _ = self.existing
        elif not self.existing.form_card.has_form:
            _ = self.existing.form_card.form
        elif self._new is None:
            _ = self.new
        else:
            return False
        return True

    @property
    def _is_new(self) -> bool:
        return self._new is not None and self.stack.currentWidget() is self._new

    @property
    def _is_existing(self) -> bool:
        return self._existing is not None and self.stack.currentWidget() is self._existing

    @property
    def title(self) -> str:
        """See Page."""
        if self._is_existing:
            return self.existing.customer.name
        return self.texts.gettext("New customer")

    def open_item(self, item: object) -> None:
        """See Page."""
        if isinstance(item, NewCustomer):
            if self._is_existing:
                self.existing.leave()
            self.stack.setCurrentWidget(self.new)
            self.new.begin(item.typed)
        elif isinstance(item, KnownCustomer):
            self.open_item(item.customer_id)
            self.existing.offer(item.typed)
        elif isinstance(item, int):
            if self._is_new and self.isVisible():  # else `leaving` has told
                self.new.leave()
            self.stack.setCurrentWidget(self.existing)
            self._show_existing(item)

    def _show_existing(self, customer_id: int) -> None:
        try:
            self.existing.show_customer(customer_id)
        except NotFound as error:
            was_shown = self.isVisible() or self.existing.customer.id != customer_id
            self.existing.forget()
            if erasure.erased(self.shop, customer_id) is not None:  # still named by papers
                QTimer.singleShot(0, self, lambda: self.window_shell.open_page("erasure", customer_id))
            elif was_shown:
                self.window_shell.problem(error)
                # the window is still on its way to this page
                QTimer.singleShot(0, self, lambda: self.window_shell.open_page("customers"))

    def reload(self) -> None:
        """See Page."""
        if self._is_existing and self.existing.customer.id is not None:
            self._show_existing(self.existing.customer.id)

    def focus_first(self) -> None:
        """See Page."""
        (self.new.who if self._is_new else self.existing.note.edit).setFocus()

    def go_back(self) -> bool:
        """Esc closes what was opened on the page first."""
        if not self._is_existing:
            return False
        view = self.existing
        if not view.follow_up.isHidden():
            view.follow_up.hide()
            view.note.edit.setFocus()
        elif view.consents.close_line() or view.promises.close_line():
            pass
        elif not view.entry.isHidden():
            view.entry.save()
        elif view.is_editing:
            view.form_card.cancel()
        else:
            return False
        return True

    def leaving(self) -> None:
        """See Page."""
        if self._is_existing:
            self.existing.leave()
        elif self._is_new:
            self.new.leave()

    def take_files(self, paths: list[str]) -> bool:
        """See Page: PDFs and pictures are kept with the customer that is shown."""
        return self._is_existing and self.existing.side.take_files(paths)

    def _tell_and_forget(self) -> None:
        self.window_shell.open_page("erasure", self.existing.customer.id)

    def _new_appointment(self) -> None:
        self.window_shell.new_appointment(self.existing.customer.id)

    def _new_standing_order(self) -> None:
        self.window_shell.open_page("standing_order", NewStandingOrder(self.existing.customer.id))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        is_existing = self._is_existing
        return {
            **(
                self.existing.next_commands()
                | {
                    "consent": self.existing.consents.ask,
                    "find": self.existing.timeline.search.setFocus,
                    "erasure": self._tell_and_forget,
                    "new_appointment": self._new_appointment,
                    "last_order": self.existing.last_order,
                    "new_standing_order": self._new_standing_order,
                }
                if is_existing
                else {}
            ),
            "new_quote": lambda: self._shown().make("quote"),
            "new_invoice": lambda: self._shown().make("invoice"),
            "issue_and_send": self._save,
            "follow_up": self._follow_up,
            "promise": (self.existing.note if is_existing else self.new.what).take_promise,
        }

    def take_call(self, before: int) -> None:
        """The customer shown is on the phone, since so many milliseconds: a note waits for what is said."""
        self.existing.note.choose(EntryKind.CALL)
        self.existing.note.start_call(before)

    def call_over(self) -> None:
        """The call has ended; what was written stays."""
        if self._existing is not None:
            self._existing.note.stop_call()
        if self._new is not None:
            self._new.what.stop_call()

    def _shown(self) -> CustomerView | NewCustomerView:
        return self.new if self._is_new else self.existing

    def _save(self) -> None:
        if self._is_new:
            self.new.save()
        else:
            self.existing.save()

    def _follow_up(self) -> None:
        if self._is_new and not self.new.save():
            return
        self.existing.show_follow_up()
