"""One customer: the note box on top, the timeline below, beside it what one must know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ChangedElsewhere, ShopError
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.ui.customers.customer_side import CustomerSide
from shopdesk.ui.customers.note_box import NoteBox
from shopdesk.ui.customers.note_promises import NotePromises, reader
from shopdesk.ui.customers.timeline_pane import EntryEditor, TimelinePane, is_own
from shopdesk.ui.documents.next_documents import NextDocuments, commands
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, PageHeader, ScrollPage
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.usecases import calls, customers, timeline

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class CustomerView(QWidget):
    """An existing customer. What is typed about one stays while others are looked at."""

    def __init__(self, shop: Shop, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self.customer = Customer()
        self._notes: dict[int, tuple[str, EntryKind]] = {}
        gettext = self._texts.gettext
        self.header = PageHeader(
            "",
            "",
            Button(gettext("Quote"), lambda: self.make("quote"), key=shortcut("new_quote").shown()),
            PrimaryButton(
                gettext("Invoice"), lambda: self.make("invoice"), key=shortcut("new_invoice").shown()
            ),
        )
        self.note = NoteBox(self._texts, lambda: calls.catalogue(shop), gettext("Your note"), reader(shop))
        self.promised = NotePromises(shop, shell, self.note, lambda: self.customer.id)
        self.note_card = Card(self.note)
        self.entry = EntryEditor(shell, self._save_entry)
        self.entry.finished.connect(self._entry_finished)
        self.timeline = TimelinePane(shop, shell)
        self.timeline.rows.opened.connect(self.open_entry)
        self.timeline.rows.removed.connect(self.remove_entry)
        self.side = CustomerSide(
            shop, shell, on_edit=self.edit, on_delete=self.delete, on_facts=self._set_facts
        )
        self.contact, self.facts, self.consents = self.side.contact, self.side.facts, self.side.consents
        self.documents, self.files, self.form_card = self.side.documents, self.side.files, self.side.form_card
        self.promises, self.due, self.follow_up = self.side.promises, self.side.due, self.side.due.line
        self.due.settled.connect(self.note.edit.setFocus)
        self.header.lead(self.side.photo.portrait)
        self.form_card.saved.connect(self._saved)
        self.form_card.closed.connect(self._form_closed)
        self.next = NextDocuments(shop, shell, self)
        self.documents.rows.menu_wanted.connect(lambda row, place: self.next.open_menu(row.id, place))
        self.timeline.rows.menu_wanted.connect(self._open_menu)
        self._place()

    def _place(self) -> None:
        gettext = self._texts.gettext
        holder = QWidget()
        buttons = FlowLayout(holder)
        key = shortcut("follow_up").shown()
        buttons.addWidget(GhostButton(gettext("Follow-up …"), self.show_follow_up, key=key))
        key = shortcut("issue_and_send").shown()
        buttons.addWidget(Button(gettext("Save note"), self.save_note, key=key))
        self.note_card.body.addWidget(holder)
        self.note_card.body.addWidget(self.follow_up)
        self.note.edit.setMaximumHeight(self.note.edit.minimumHeight())
        left = (
            ScrollPage()
        )  # on a small screen with large text the note and the timeline do not stand together
        left.body.setSpacing(px(SMALL))
        left.body.setContentsMargins(0, 0, 0, 0)
        left.body.addWidget(self.note_card)
        left.body.addWidget(self.entry)
        left.body.addWidget(self.timeline, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([px(640), px(330)])
        splitter.setHandleWidth(px(NORMAL))
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(splitter, 1)

    # What is shown

    def show_customer(self, customer_id: int) -> None:
        """The customer as stored now; another one brings back what was begun about him."""
        is_other = self.customer.id != customer_id
        customer = customers.get(self._shop, customer_id)
        if is_other:
            self.leave()
        self.customer = customer
        if is_other:
            self._begin_again(customer_id)
        self.form_card.follow(customer)
        self._show()
        if self.form_card.has_kept(customer_id):
            self.edit()

    def _begin_again(self, customer_id: int) -> None:
        self.follow_up.clear()
        self.note.clear()
        if customer_id in self._notes:
            self.note.show_text(*self._notes.pop(customer_id))

    def leave(self) -> None:
        """Another customer or page comes: save what can be saved, keep the note that is not finished."""
        if self.customer.id is None:
            return
        self.form_card.leave()
        self.entry.save()
        if not self.entry.isHidden():  # it was changed elsewhere: the words wait as a note
            begun = f"{self.note.text()}\n{self.entry.edit.toPlainText()}".strip()
            self.note.show_text(begun, self.entry.kind)
            self.entry.cancel()
        self.keep_note()

    def keep_note(self) -> None:
        """The unfinished note waits for its customer."""
        assert self.customer.id is not None
        self._notes.pop(self.customer.id, None)
        if self.note.text():
            self._notes[self.customer.id] = (self.note.text(), self.note.kind)

    def _show(self) -> None:
        customer, gettext = self.customer, self._texts.gettext
        place = [customer.address.city]
        if customer.address.country not in {"", "DE"}:
            place.append(self._texts.country(customer.address.country))
        where = ", ".join(part for part in place if part)
        who = customer.person.full if customer.company else ""
        subtitle = " · ".join(
            part for part in (gettext("Customer {number}").format(number=customer.number), who, where) if part
        )
        self.header.say(customer.name or customer.number, subtitle)
        self.side.show_customer(customer)
        assert customer.id is not None
        self.timeline.show_customer(customer.id)

    def forget(self) -> None:
        """The customer is gone: nothing is read about him any more."""
        self.form_card.hide()
        self.contact.show()
        self.customer = Customer()

    # Notes and documents

    def make(self, kind: str) -> None:
        """A document for this customer, with the wish of the note as its lines."""
        draft = self._told(
            lambda: calls.document_from_call(self._shop, kind, self.customer, self.note.text())
        )
        if draft is not None:
            assert draft.id is not None
            self.note.clear()
            self._shell.open_document(draft.id)

    def next_commands(self) -> dict[str, Callable[[], None]]:
        """The keys that go on from the document that is meant."""
        return commands(self.next, self._meant_document, self._menu_place)

    def _meant_document(self) -> int | None:
        """Where the keyboard is: the timeline's document, else the current one of the card, else the newest."""
        entry = self.timeline.rows.current()
        if self.timeline.rows.hasFocus() and entry is not None and entry.document_id is not None:
            return entry.document_id
        rows = self.documents.rows
        summary = (rows.current() if rows.hasFocus() else None) or rows.rows.item(rows.rows.index(0, 0))
        return summary.id if summary is not None else None

    def _menu_place(self) -> QPoint:
        rows = self.timeline.rows if self.timeline.rows.hasFocus() else self.documents.rows
        return rows.viewport().mapToGlobal(rows.visualRect(rows.currentIndex()).bottomLeft())

    def _open_menu(self, entry: TimelineEntry, place: QPoint) -> None:
        if entry.document_id is not None:
            self.next.open_menu(entry.document_id, place)

    def save(self) -> None:
        """Ctrl+⏎ saves what is being written: the fields, the message about a new date, the entry or the note."""
        if self.form_card.is_open:
            self.form_card.save()
        elif self.promises.is_telling:
            self.promises.send()
        elif not self.entry.isHidden():
            self.entry.save()
        else:
            self.save_note()

    def save_note(self) -> None:
        """The note becomes a timeline entry."""
        text, kind, customer_id = self.note.text(), self.note.kind, self.customer.id
        if customer_id is None:
            return
        if not text:
            self.note.edit.setFocus()
            return
        direction = Direction.INTERNAL if kind == EntryKind.NOTE else Direction.IN
        entry = TimelineEntry(customer_id, kind, self._shop.clock.now(), text=text, direction=direction)
        added = self._told(lambda: timeline.add(self._shop, entry))
        if added is None:
            return
        undo = added[1]
        self.note.clear()
        self.note.edit.setFocus()

        def back() -> None:
            undo.run(self._shop)
            if self.customer.id == customer_id and not self.note.text():
                self.note.show_text(text, kind)

        self._shell.toast(self._texts.gettext("Note saved."), lambda: self._told(back))

    def open_entry(self, entry: TimelineEntry) -> None:
        """⏎ on the timeline: the document, or one's own words to be put right."""
        if entry.document_id is not None:
            self._shell.open_document(entry.document_id)
        elif is_own(entry):
            self.entry.save()
            self.note_card.hide()
            self.entry.open(entry)
        elif entry.kind == EntryKind.EMAIL:
            self._open_mail(entry)

    def _open_mail(self, entry: TimelineEntry) -> None:
        """What the customer wrote, with everything that came along."""
        from shopdesk.usecases import received_mails

        mail_id = received_mails.of_entry(self._shop, entry)
        if mail_id is not None:
            self._shell.open_page("received_mails", mail_id)

    def remove_entry(self, entry: TimelineEntry) -> None:
        """Del on the timeline."""
        if not is_own(entry):
            self._shell.toast(self._texts.gettext("The program wrote this entry itself, so it stays."))
            return
        assert entry.id is not None
        entry_id = entry.id
        undo = self._told(lambda: timeline.delete(self._shop, entry_id))
        if undo is not None:
            if self.entry.entry is not None and self.entry.entry.id == entry_id:
                self.entry.cancel()
            self._done(self._texts.gettext("Entry deleted."), undo)

    def _save_entry(self, entry: TimelineEntry) -> bool:
        undo = self._told(lambda: timeline.change(self._shop, entry))
        if undo is None:
            self.entry.follow(self.timeline.entry(entry.id))
            return False
        self._done(self._texts.gettext("Entry changed."), undo)
        return True

    def _entry_finished(self) -> None:
        self.note_card.show()
        self.timeline.rows.setFocus()

    def last_order(self) -> None:
        """F3: the document where the keyboard is once more, else the last order."""
        from shopdesk.ui.standing_orders.again import again, last_again

        rows = self.documents.rows
        entry = self.timeline.rows.current() if self.timeline.rows.hasFocus() else None
        summary = rows.current() if rows.hasFocus() else None
        document_id = entry.document_id if entry is not None else summary.id if summary is not None else None
        if document_id is not None:
            again(self._shop, self._shell, document_id)
        elif self.customer.id is not None:
            last_again(self._shop, self._shell, self.customer.id)

    # Follow-ups

    def show_follow_up(self) -> None:
        """F8: what, and when."""
        self.entry.save()
        self.follow_up.ask()

    # The customer's own fields

    @property
    def is_editing(self) -> bool:
        """Whether the fields are open."""
        return self.form_card.is_open

    def edit(self) -> None:
        """The fields instead of the contact card."""
        self.contact.hide()
        self.form_card.open(self.customer)

    def offer(self, typed: Customer) -> None:
        """What was typed about a new customer who is this one: what is new stands in the fields, to be saved."""
        if self.form_card.offer(self.customer, typed):
            self.edit()

    def _form_closed(self) -> None:
        self.contact.show()
        self.contact.edit.setFocus()

    def _saved(self, saved: Customer, undo: Undo) -> None:
        self.customer = saved
        self._show()
        self._done(self._texts.gettext("{name} saved.").format(name=saved.name or saved.number), undo)

    def _set_facts(self, facts: tuple[str, ...]) -> bool:
        """“Agreed” is added to the newest state, so that nobody else's change is in the way."""
        customer_id = self.customer.id
        assert customer_id is not None
        before, wanted = set(self.customer.facts), set(facts)

        def add() -> tuple[Customer, Undo]:
            now = customers.get(self._shop, customer_id)
            kept = tuple(fact for fact in now.facts if fact in wanted or fact not in before)
            new = tuple(fact for fact in facts if fact not in before and fact not in kept)
            return customers.save(self._shop, replace(now, facts=(*kept, *new)))

        saved = self._told(add)
        if saved is None:
            return False
        self.customer, undo = saved
        self.form_card.follow(self.customer)
        self._show()
        self._done(self._texts.gettext("Noted under “Agreed”."), undo)
        return True

    def delete(self) -> None:
        """Out of all lists; it can be taken back."""
        customer = self.customer
        assert customer.id is not None
        customer_id = customer.id
        undo = self._told(lambda: customers.delete(self._shop, customer_id))
        if undo is None:
            return
        self.form_card.close_form()
        self._shell.open_page("customers")
        self.forget()
        words = self._texts.gettext("{name} deleted.")
        self._done(words.format(name=customer.name or customer.number), undo)

    def _done(self, words: str, undo: Undo) -> None:
        self._shell.toast(words, lambda: self._told(lambda: undo.run(self._shop)))

    def _told(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except ChangedElsewhere as error:
            self._shell.problem(error)
            if self.customer.id is not None and self.isVisible():
                self._show()
        except ShopError as error:
            self._shell.problem(error)
        return None
