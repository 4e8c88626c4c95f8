"""One customer: the note box on top, the timeline below, beside it what one must know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.customers import Customer
from shopdesk.domain.errors import ShopError
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.ui.customers.form import CustomerForm
from shopdesk.ui.customers.note_box import NoteBox
from shopdesk.ui.customers.side_cards import ContactCard, FactsCard, FollowUpsCard, GlanceCard
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader, ScrollPage
from shopdesk.ui.widgets.fields import DateField
from shopdesk.ui.widgets.labels import Heading
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, by_key
from shopdesk.usecases import calls, customers, follow_ups, timeline
from shopdesk.usecases.working_days import holidays_at

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

ICONS = {
    EntryKind.CALL: "phone",
    EntryKind.EMAIL: "mail",
    EntryKind.VISIT: "house",
    EntryKind.LETTER: "file-text",
    EntryKind.MESSAGE: "message-circle-warning",
    EntryKind.NOTE: "sticky-note",
    EntryKind.DOCUMENT: "receipt",
    EntryKind.PAYMENT: "wallet",
    EntryKind.SHIPMENT: "truck",
    EntryKind.COMPLAINT: "heart-handshake",
}


class CustomerView(QWidget):
    """An existing customer."""

    def __init__(self, shop: Shop, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        self.customer = Customer()
        gettext = self._texts.gettext
        self.header = PageHeader(
            "",
            "",
            Button(gettext("Quote"), lambda: self.make("quote"), key=shortcut("new_quote").shown()),
            PrimaryButton(
                gettext("Invoice"), lambda: self.make("invoice"), key=shortcut("new_invoice").shown()
            ),
        )
        self.note = NoteBox(self._texts, lambda: calls.catalogue(shop), gettext("Note"))
        self.timeline: RowList[TimelineEntry] = RowList(
            gettext("Timeline"), by_key(self._entries, timeline.cursor_of), self._row
        )
        self.timeline.opened.connect(self._open_entry)
        self.contact = ContactCard(self._texts, self.edit)
        self.glance = GlanceCard(self._texts)
        self.facts = FactsCard(self._texts, self._set_facts)
        self.due = FollowUpsCard(self._texts, self._tick_off)
        self.form = CustomerForm(self._texts)
        self.form_card = Card(self.form, title=gettext("Edit"))
        self._make_follow_up_line()
        self._place()

    def _make_follow_up_line(self) -> None:
        gettext = self._texts.gettext
        self.what = QLineEdit()
        self.what.setPlaceholderText(gettext("Follow up: what?"))
        self.what.setAccessibleName(gettext("Follow up: what?"))
        self.when = DateField(self._texts, gettext("When?"), self._read_day, self)
        self.when.setPlaceholderText(gettext("+2w, fri, 24.12."))
        self.what.returnPressed.connect(self.when.setFocus)
        self.when.returnPressed.connect(self.follow_up)
        self.follow_up_line = QWidget()
        line = QHBoxLayout(self.follow_up_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.what, 3)
        line.addWidget(self.when, 1)
        line.addWidget(Button(gettext("Note it"), self.follow_up))
        self.follow_up_line.hide()

    def _read_day(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date

        return parse_date(text, self._shop.clock.today(), holidays_at(self._shop))

    def _place(self) -> None:
        gettext = self._texts.gettext
        key = shortcut("issue_and_send").shown()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(
            GhostButton(gettext("Follow-up …"), self.show_follow_up, key=shortcut("follow_up").shown())
        )
        buttons.addWidget(Button(gettext("Save note"), self.save_note, key=key))
        note = Card(self.note)
        note.body.addLayout(buttons)
        note.body.addWidget(self.follow_up_line)
        self.note.edit.setMaximumHeight(self.note.edit.minimumHeight())
        empty = EmptyState("clock", gettext("Nothing has happened yet. What you note above stands here."))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(note)
        column.addWidget(Heading(gettext("Timeline")))
        column.addWidget(ListWithEmptyState(self.timeline, empty), 1)
        side = ScrollPage()
        for card in (self.facts, self.contact, self.form_card, self.glance, self.due):
            side.body.addWidget(card)
        side.body.addStretch(1)
        self.form_card.body.addLayout(self._form_buttons())
        self.form_card.hide()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(side)
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

    def _form_buttons(self) -> QHBoxLayout:
        gettext = self._texts.gettext
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(GhostButton(gettext("Cancel"), self.stop_editing))
        line.addWidget(Button(gettext("Save"), self.save_form))
        return line

    # What is shown

    def show_customer(self, customer_id: int) -> None:
        """Another customer: the note box is empty, the timeline starts at its top."""
        is_other = self.customer.id != customer_id
        self.customer = customers.get(self._shop, customer_id)
        if is_other:
            self.note.clear()
            self.follow_up_line.hide()
            self.stop_editing()
        self._show()

    def _show(self) -> None:
        customer, gettext = self.customer, self._texts.gettext
        place = [customer.address.city]
        if customer.address.country != "DE":
            place.append(self._texts.country(customer.address.country))
        where = ", ".join(part for part in place if part)
        who = customer.person.full if customer.company else ""
        subtitle = " · ".join(
            part for part in (gettext("Customer {number}").format(number=customer.number), who, where) if part
        )
        self.header.say(customer.name or customer.number, subtitle)
        self.contact.show_customer(customer)
        self.facts.show_facts(customer.facts)
        assert customer.id is not None
        self.glance.show_glance(customers.glance(self._shop, customer.id))
        self.due.show_follow_ups(follow_ups.of_customer(self._shop, customer.id))
        self.timeline.reload()

    def _entries(self, after: Any, limit: int) -> tuple[TimelineEntry, ...]:
        return timeline.page(self._shop, self.customer.id, after, limit) if self.customer.id else ()

    def _row(self, entry: TimelineEntry) -> Row:
        local = entry.at.astimezone(self._shop.clock.zone)
        text = " ".join(entry.text.split())
        title = entry.title or text
        caption = text if entry.title else self._kind_words(entry)
        return Row(entry.id, title, caption, ICONS[entry.kind], "info", chip=self._moment(local))

    def _kind_words(self, entry: TimelineEntry) -> str:
        from shopdesk.ui.customers.note_box import KINDS

        name = KINDS.get(entry.kind)
        return self._texts.gettext(name[0]) if name else ""

    def _moment(self, local: dt.datetime) -> str:
        if local.date() == self._shop.clock.today():
            return f"{local:%H:%M}"
        return self._texts.date(local.date())

    def _open_entry(self, entry: TimelineEntry) -> None:
        if entry.document_id is not None:
            self._shell.open_document(entry.document_id)

    # What the owner does

    def make(self, kind: str) -> None:
        """A document for this customer, with the wish of the note as its lines."""
        draft = self._told(
            lambda: calls.document_from_call(self._shop, kind, self.customer, self.note.text())
        )
        if draft is not None:
            assert draft.id is not None
            self.note.clear()
            self._shell.open_document(draft.id)

    def save_note(self) -> None:
        """The note becomes a timeline entry."""
        text = self.note.text()
        if not text or self.customer.id is None:
            return
        kind = self.note.kind
        direction = Direction.INTERNAL if kind == EntryKind.NOTE else Direction.IN
        entry = TimelineEntry(self.customer.id, kind, self._shop.clock.now(), text=text, direction=direction)
        _, undo = timeline.add(self._shop, entry)
        self.note.clear()
        self._done(self._texts.gettext("Note saved."), undo)

    def show_follow_up(self) -> None:
        """F8: what, and when."""
        self.follow_up_line.show()
        self.what.setFocus()

    def follow_up(self) -> None:
        """Note the follow-up."""
        text, due = self.what.text().strip(), self.when.value
        if not text:
            self.what.setFocus()
            return
        if due is None:
            self.when.setFocus()
            return
        value, undo = follow_ups.create(self._shop, FollowUp(due, text, self.customer.id))
        self.what.clear()
        self.when.set_value(None)
        self.follow_up_line.hide()
        self.note.edit.setFocus()
        words = self._texts.gettext("Follow-up on {date}: {text}")
        self._done(words.format(date=self._texts.date(value.due), text=text), undo)

    def _tick_off(self, value: FollowUp) -> None:
        undo = self._told(lambda: follow_ups.done(self._shop, value))
        if undo is not None:
            self._done(self._texts.gettext("Done: {text}").format(text=value.text), undo)

    def edit(self) -> None:
        """The fields instead of the contact card."""
        self.form.show_customer(self.customer)
        self.contact.hide()
        self.form_card.show()
        self.form.family.setFocus()

    def stop_editing(self) -> None:
        """Back to the card."""
        self.form_card.hide()
        self.contact.show()

    @property
    def is_editing(self) -> bool:
        """Whether the fields are open."""
        return not self.form_card.isHidden()

    def save_form(self) -> None:
        """Store the fields; what is wrong is said at its field."""
        changed = self.form.customer()
        if changed == self.customer:
            self.stop_editing()
            return
        self._save(changed, self._texts.gettext("{name} saved.").format(name=changed.name))

    def _set_facts(self, facts: tuple[str, ...]) -> None:
        self._save(replace(self.customer, facts=facts), self._texts.gettext("Noted under “Agreed”."))

    def _save(self, changed: Customer, words: str) -> None:
        saved = self._told(lambda: customers.save(self._shop, changed))
        if saved is None:
            return
        self.customer, undo = saved
        self.stop_editing()
        self._show()
        self._done(words, undo)

    def _done(self, words: str, undo: Undo) -> None:
        self._shell.toast(words, lambda: self._told(lambda: undo.run(self._shop)))

    def _told(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except ShopError as error:
            if not (self.is_editing and self.form.say(error.field, self._texts.say(error.message))):
                self._shell.problem(error)
            return None
