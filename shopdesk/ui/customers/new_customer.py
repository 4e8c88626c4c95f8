"""A new customer while the call runs: who, what, and the document in one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.documents import Document
from shopdesk.domain.errors import ShopError
from shopdesk.domain.timeline import Direction, TimelineEntry
from shopdesk.ui.customers.form import CustomerForm
from shopdesk.ui.customers.note_box import PAUSE, NoteBox, NoteEdit
from shopdesk.ui.customers.note_promises import NotePromises, reader
from shopdesk.ui.duplicates.guard import DoublesGuard
from shopdesk.ui.shell.protocol import KnownCustomer, Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, PageHeader, ScrollPage
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.labels import Caption, Heading
from shopdesk.ui.widgets.showing import show_if
from shopdesk.ui.widgets.tab_order import tab_before
from shopdesk.usecases import calls, customers, duplicates, shop_settings, timeline

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

Made = TypeVar("Made")


class NewCustomerView(QWidget):
    """Two boxes to type into, the recognised fields beside them."""

    def __init__(self, shop: Shop, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        gettext = self._texts.gettext
        self._phone = self._begun_with = ""
        self._home = self._area_code = ""
        self._is_begun = False
        self.header = PageHeader(
            gettext("New customer"),
            "",
            GhostButton(gettext("Save"), self._save, key=shortcut("issue_and_send").shown()),
            Button(gettext("Quote"), lambda: self.make("quote"), key=shortcut("new_quote").shown()),
            PrimaryButton(
                gettext("Invoice"), lambda: self.make("invoice"), key=shortcut("new_invoice").shown()
            ),
        )
        self.who = NoteEdit(gettext("Who?"), gettext("Name, street, town, mail: type or paste in any order"))
        self.what = NoteBox(self._texts, lambda: calls.catalogue(shop), gettext("What?"), reader(shop))
        self.promised = NotePromises(shop, shell, self.what, lambda: None)
        self.form = CustomerForm(self._texts)
        self.doubles = DoublesGuard(self._texts)
        self.doubles.taken.connect(self._take_existing)
        self.doubles.refused.connect(self._refuse)
        self.nobody = Chip(gettext("Nobody like this yet"), "ok")
        self.nobody.hide()
        self._somebody_else: set[int] = set()
        self._looking = QTimer(self, singleShot=True, interval=PAUSE)
        self._looking.timeout.connect(self._look_for_doubles)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.understand)
        self.who.textChanged.connect(self._pause.start)
        self.who.setAccessibleDescription(
            gettext("Whoever may be the same customer stands above: Shift+Tab, then the space bar.")
        )
        self.form.changed.connect(self._looking.start)
        self._place()

    def _place(self) -> None:
        gettext = self._texts.gettext
        head = QHBoxLayout()
        head.addWidget(Heading(gettext("Who?")))
        head.addStretch(1)
        head.addWidget(Caption(gettext("Type or paste")))
        who = Card()
        who.body.addLayout(head)
        who.body.addWidget(self.who, 1)
        who.body.addWidget(self.doubles)
        who.body.addWidget(self.nobody)
        left = ScrollPage()
        left.body.addWidget(who, 1)
        left.body.addWidget(Card(self.what), 1)
        fields = ScrollPage()
        fields.body.addWidget(Card(self.form, title=gettext("Recognised, please check")))
        fields.body.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(px(NORMAL))
        columns.addWidget(left, 5)
        columns.addWidget(fields, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addLayout(columns, 1)

    def begin(self, typed: str) -> None:
        """Start anew, with what was typed in the palette: a number, a name, a pasted address.

        Without anything typed, what was begun before and not saved stands there again.
        """
        from shopdesk.domain.phones import looks_like_phone

        if self.has_unsaved and typed.strip() in {"", self._begun_with}:
            return
        if self.has_unsaved:
            self._offer_back()
        self._is_begun, self._begun_with = True, typed.strip()
        profile = shop_settings.profile(self._shop)
        self._home, self._area_code = profile.country, profile.area_code
        self._phone = typed.strip() if looks_like_phone(typed) else ""
        self.what.clear()
        self.promised.forget()
        self.form.show_customer(Customer(language=profile.language))
        self._somebody_else.clear()
        self._show_doubles(())
        subtitle = ""
        if self._phone:
            subtitle = self._texts.gettext("Call from {number}").format(number=self._phone)
            self.what.start_call()
        self.header.say(self._texts.gettext("New customer"), subtitle)
        self.who.setPlainText("" if self._phone else typed.strip())
        self.who.moveCursor(QTextCursor.MoveOperation.End)  # one goes on typing behind the name
        self.understand()

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that stands nowhere else yet."""
        who = self.who.toPlainText().strip()
        given = "" if self._phone else self._begun_with
        return self._is_begun and (who != given or bool(self.what.text()) or self.form.is_touched)

    def leave(self) -> None:
        """Another page comes: what was typed stays for the next time."""
        if self.has_unsaved:
            words = self._texts.gettext("The new customer is not saved yet. What you typed is kept.")
            self._shell.toast(words, lambda: self._shell.new_customer(self._begun_with))

    def _offer_back(self) -> None:
        begun, who = self._begun_with, self.who.toPlainText()
        what, kind, fields = self.what.text(), self.what.kind, self.form.customer()

        def back() -> None:
            self._is_begun = False
            self._shell.new_customer(begun)
            self.who.setPlainText(who)
            self.what.show_text(what, kind)
            self.understand()
            self.form.show_customer(fields)
            self._is_begun = True

        self._shell.toast(self._texts.gettext("What you had typed before was put aside."), back)

    def _finish(self) -> None:
        self._is_begun = False
        self.what.stop_call()

    def understand(self) -> None:
        """Read the box and show what was recognised in the fields."""
        self._pause.stop()
        text = f"{self._phone}\n{self.who.toPlainText()}"
        found = calls.customer_of(calls.contact(text, self._home, self._area_code), self._home)
        self.form.suggest(replace(found, language=self.form.customer().language))
        self._look_for_doubles()

    def customer(self) -> Customer:
        """Who it is, with the last keys already read."""
        if self._pause.isActive():
            self.understand()
        return self.form.customer()

    def _look_for_doubles(self) -> None:
        self._looking.stop()
        customer = self.form.customer()
        if customer.is_empty:
            self._show_doubles(())
            self.nobody.hide()
            return
        found = duplicates.look_alikes(self._shop, customer)
        self._show_doubles([each for each in found if each.customer.id not in self._somebody_else])
        show_if(self.nobody, not found)

    def _show_doubles(self, found: Sequence[duplicates.Candidate]) -> None:
        if self.doubles.show_candidates(found):
            # Tab leads from "Who?" to "What?" however many are offered; Shift+Tab reaches them, the surest first
            tab_before(self.who, reversed(self.doubles.buttons))

    def _refuse(self, customer: Customer) -> None:
        """Somebody else: not offered again, and remembered once the new one is saved."""
        assert customer.id is not None
        self._somebody_else.add(customer.id)
        self.who.setFocus()
        self._look_for_doubles()

    def _remember_refused(self, customer_id: int) -> None:
        for other in sorted(self._somebody_else):
            duplicates.different(self._shop, customer_id, other)
        self._somebody_else.clear()

    def _take_existing(self, found: Customer) -> None:
        """It is somebody we know: the note comes along, the number of the call, and what else was typed is offered."""
        assert found.id is not None
        typed = self.customer()
        customer = customers.get(self._shop, found.id)
        caller = next(iter(typed.phones), None) if self._phone else None
        self._note(found.id)
        self._finish()
        known = {phone.e164 for phone in customer.phones}
        if caller is not None and caller.number and caller.e164 not in known:
            self._add_number(customer, caller)
        self._shell.open_page("customer", KnownCustomer(found.id, typed))

    def _add_number(self, customer: Customer, caller: Phone) -> None:
        saved = self._told(
            lambda: customers.save(self._shop, replace(customer, phones=(*customer.phones, caller)))
        )
        if saved is not None:
            undo = saved[1]
            words = self._texts.gettext("{number} now stands with {name}.")
            name = customer.name or customer.number
            self._shell.toast(
                words.format(number=caller.number, name=name),
                lambda: self._told(lambda: undo.run(self._shop)),
            )

    def _note(self, customer_id: int) -> None:
        text = self.what.text()
        if text:
            entry = TimelineEntry(
                customer_id, self.what.kind, self._shop.clock.now(), text=text, direction=Direction.IN
            )
            timeline.add(self._shop, entry)
        self.promised.store_for(customer_id)

    def save(self) -> bool:
        """Only the customer and the note; False when something is missing."""
        if not self.form.settle():
            return False
        customer = self.customer()

        def create() -> Customer:
            customers.check(customer, self._shop.clock.today())
            return customers.create(self._shop, customer)

        saved = self._told(create)
        if saved is None:
            return False
        assert saved.id is not None
        customer_id = saved.id
        self._remember_refused(customer_id)
        self._note(customer_id)
        self._finish()
        self._shell.open_customer(customer_id)
        words = self._texts.gettext("{name} saved.").format(name=saved.name or saved.number)
        self._shell.toast(words, lambda: self._take_back(customer_id))
        return True

    def _save(self) -> None:
        self.save()

    def _take_back(self, customer_id: int) -> None:
        if self._told(lambda: customers.delete(self._shop, customer_id)) is not None:
            self._is_begun = True
            self._shell.new_customer(self._begun_with)

    def make(self, kind: str) -> None:
        """Customer, note and document in one step."""
        if not self.form.settle():
            return
        customer, note = self.customer(), self.what.text()

        def create() -> Document:
            customers.check(customer, self._shop.clock.today())
            return calls.document_from_call(self._shop, kind, customer, note)

        draft = self._told(create)
        if draft is not None:
            assert draft.id is not None
            if draft.customer_id is not None:
                self._remember_refused(draft.customer_id)
                self.promised.store_for(draft.customer_id)
            self._finish()
            self._shell.open_document(draft.id)

    def _told(self, act: Callable[[], Made]) -> Made | None:
        """Do it, or say at its field what is missing."""
        try:
            return act()
        except ShopError as error:
            if not self.form.say(error.field, self._texts.say(error.message)):
                self._shell.problem(error)
            return None
