"""A customer's fields with their buttons: saved on leaving, never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.domain.customer_merging import combined
from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ChangedElsewhere, ShopError
from shopdesk.ui.customers.form import CustomerForm
from shopdesk.ui.customers.note_box import PAUSE
from shopdesk.ui.customers.privacy_answer import PrivacyAnswer
from shopdesk.ui.duplicates.comparison import TwoCustomers, said_of_two, taking_back
from shopdesk.ui.duplicates.guard import DoublesGuard
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.widgets.buttons import Button, GhostButton, IconButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import ProblemLabel
from shopdesk.ui.widgets.tab_order import tab_before, tab_stops
from shopdesk.usecases import customers, duplicates

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class CustomerFormCard(Card):
    """Shown instead of the contact card while a customer is edited."""

    saved = Signal(object, object)
    """The stored customer and what takes it back."""
    closed = Signal()

    def __init__(
        self, shop: Shop, shell: Shell, on_delete: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(title=shell.texts.gettext("Edit"), parent=parent)
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self._kept: dict[int, tuple[Customer, Customer]] = {}
        """By id: the customer as it was shown, and as it was typed."""
        self._customer = Customer()
        self._form: CustomerForm | None = None
        self.problem = ProblemLabel()
        self.doubles = DoublesGuard(self._texts)
        self.doubles.taken.connect(self._compare)
        self.doubles.refused.connect(self._refuse)
        self._looking = QTimer(self, singleShot=True, interval=PAUSE)
        self._looking.timeout.connect(self._look_for_doubles)
        self.privacy = PrivacyAnswer(shop, shell, self)
        self.body.addWidget(self.doubles)
        self.body.addWidget(self.problem)
        self._place_buttons(on_delete)
        self.hide()

    def _place_buttons(self, on_delete: Callable[[], None]) -> None:
        gettext = self._texts.gettext
        holder = QWidget()
        line = FlowLayout(holder)  # in one row they would widen the window at 150 %
        self._first_button = IconButton(gettext("Delete this customer"), "trash-2", on_delete)
        line.addWidget(self._first_button)
        name = gettext("What is stored about this customer (Art. 15 GDPR)")
        line.addWidget(IconButton(name, "file-text", lambda: self.privacy.ask(self._customer)))
        name = gettext("Forget this customer (Art. 17 GDPR)")
        line.addWidget(IconButton(name, "lock", self.tell_and_forget))
        line.addWidget(GhostButton(gettext("Cancel"), self.cancel))
        line.addWidget(Button(gettext("Save"), self._save, key=shortcut("issue_and_send").shown()))
        self.body.addWidget(holder)

    def tell_and_forget(self) -> None:
        """What goes and what stays, before anything goes."""
        self._shell.open_page("erasure", self._customer.id)

    @property
    def form(self) -> CustomerForm:
        """The fields, made when they are wanted for the first time: the card is opened more often than edited."""
        if self._form is None:
            self._form = CustomerForm(self._texts)
            self._form.changed.connect(self._looking.start)
            self.body.insertWidget(self.body.indexOf(self.doubles), self._form)
            tab_before(self._first_button, tab_stops(self._form))
        return self._form

    @property
    def has_form(self) -> bool:
        """Whether the fields are made."""
        return self._form is not None

    @property
    def is_open(self) -> bool:
        """Whether the fields are shown."""
        return not self.isHidden()

    def open(self, customer: Customer) -> None:
        """Show the fields, with what could not be saved the last time."""
        self._customer = customer
        self.problem.say("")
        self._looking.stop()
        self.doubles.show_candidates(())
        self.form.show_customer(customer)
        kept = self._kept.pop(customer.id or 0, None)
        if kept is not None:
            self.form.show_typed(*kept)
            self.form.rebase(customer)
        self.show()
        self.form.family.setFocus()

    def offer(self, customer: Customer, typed: Customer) -> bool:
        """Put what was typed elsewhere beside what is stored, for the next `open`; False when nothing is new."""
        offered = combined(customer, customers.tidied(typed), {})
        if offered == customer or customer.id is None:
            return False
        self._kept[customer.id] = (customer, offered)
        return True

    def has_kept(self, customer_id: int) -> bool:
        """Whether something typed about this customer still waits to be saved."""
        return customer_id in self._kept

    def follow(self, customer: Customer) -> None:
        """The customer was saved by somebody else, or beside the form: what was typed stays."""
        if self.is_open and customer.id == self._customer.id and customer != self._customer:
            self._customer = customer
            self.form.rebase(customer)

    def close_form(self) -> None:
        """Back to the card; what is typed is left alone."""
        self.hide()
        self.problem.say("")
        self.closed.emit()

    def _look_for_doubles(self) -> None:
        if self.is_open:
            self.doubles.show_candidates(duplicates.look_alikes(self._shop, self.form.customer()))

    def _compare(self, other: Customer) -> None:
        """Both are one: they are compared, once what was typed is saved."""
        if self.save() and self._customer.id is not None and other.id is not None:
            self._shell.open_page("duplicates", TwoCustomers(self._customer.id, other.id))

    def _refuse(self, other: Customer) -> None:
        assert self._customer.id is not None
        assert other.id is not None
        undo = duplicates.different(self._shop, self._customer.id, other.id)
        words = said_of_two(self._shell, self._customer, other)
        self._shell.toast(words, taking_back(self._shop, self._shell, undo))
        self._look_for_doubles()
        self.form.family.setFocus()

    def cancel(self) -> None:
        """Leave the fields without saving; it can be taken back for as long as the toast stands."""
        typed, customer = self.form.customer(), self._customer
        was_changed = self.form.is_changed
        self.close_form()
        if was_changed:
            assert customer.id is not None
            customer_id = customer.id
            words = self._texts.gettext("The changes to {name} were not saved.")
            self._shell.toast(
                words.format(name=customer.name or customer.number),
                lambda: self._again(customer_id, (customer, typed)),
            )

    def _again(self, customer_id: int, kept: tuple[Customer, Customer]) -> None:
        self._kept[customer_id] = kept
        self._shell.open_customer(customer_id)

    def _save(self) -> None:
        self.save()

    def save(self) -> bool:
        """Store the fields; what is wrong is said at its field. False: the fields stay open."""
        self.problem.say("")
        self.form.say("", "")
        if not self.form.settle():
            return False
        typed = self.form.customer()
        if not self.form.is_changed:
            self.close_form()
            return True
        try:
            customers.check(typed, self._shop.clock.today())
            saved, undo = customers.save(self._shop, typed)
        except ChangedElsewhere as error:
            self._changed_elsewhere(error)
            return False
        except ShopError as error:
            words = self._texts.say(error.message)
            if not self.form.say(error.field, words):
                self.problem.say(words)
            return False
        self.close_form()
        self._tell(saved, undo)
        return True

    def _tell(self, saved: Customer, undo: Undo) -> None:
        self._customer = saved
        self.saved.emit(saved, undo)

    def _changed_elsewhere(self, error: ChangedElsewhere) -> None:
        assert self._customer.id is not None
        try:
            now = customers.get(self._shop, self._customer.id)
        except ShopError as gone:
            self.problem.say(self._texts.say(gone.message))
            return
        self._customer = now
        self.form.rebase(now)
        kept = self._texts.gettext("What you typed still stands here: please check, and save again.")
        self.problem.say(f"{self._texts.say(error.message)} {kept}")

    def leave(self) -> None:
        """The page is left: save, or keep what cannot be saved for the next visit."""
        if not self.is_open:
            return
        typed, customer_id = self.form.customer(), self._customer.id
        if not self.save() and customer_id is not None:
            self._kept[customer_id] = (self._customer, typed)
            words = self._texts.gettext("{name}: not everything could be saved yet. It stands in the fields.")
            self._shell.toast(words.format(name=self._customer.name or self._customer.number))
            self.close_form()
