"""One customer: notes, what was agreed, follow-ups, the fields, the timeline; all by keyboard, all undoable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.domain.timeline import EntryKind, TimelineEntry
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.customers.timeline_pane import TimelinePane
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import Theme
from shopdesk.usecases import customers, follow_ups, timeline
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, enter, focused, press, type_text

Opened = Callable[..., CustomerPage]


@pytest.fixture
def page(open_customer: Opened) -> CustomerPage:
    return open_customer()


def texts_of(shop: Shop, page: CustomerPage) -> list[str]:
    assert page.existing.customer.id is not None
    return [entry.text for entry in timeline.page(shop, page.existing.customer.id)]


def stored(shop: Shop, page: CustomerPage) -> Customer:
    assert page.existing.customer.id is not None
    return customers.get(shop, page.existing.customer.id)


def note(shop: Shop, page: CustomerPage, text: str, kind: EntryKind = EntryKind.CALL) -> None:
    assert page.existing.customer.id is not None
    timeline.add(shop, TimelineEntry(page.existing.customer.id, kind, shop.clock.now(), text=text))
    page.reload()


# The note


def test_a_note_is_saved_and_taken_back(page: CustomerPage, shop: Shop) -> None:
    assert focused() is page.existing.note.edit
    type_text("ruft morgen wieder an")
    control(Qt.Key.Key_Return)
    assert texts_of(shop, page) == ["ruft morgen wieder an"]
    assert page.existing.note.text() == ""
    control(Qt.Key.Key_Z)
    assert texts_of(shop, page) == []
    assert page.existing.note.text() == "ruft morgen wieder an"


def test_an_unfinished_note_waits_for_its_customer(
    page: CustomerPage, open_customer: Opened, window: MainWindow, shop: Shop
) -> None:
    other = customers.create(shop, Customer(company="Autohaus Krug GmbH"))
    type_text("halb fertig")
    open_customer(other.id)
    assert page.existing.note.text() == ""
    window.open_page("today")
    open_customer()
    assert page.existing.note.text() == "halb fertig"


def test_f7_takes_the_wish_of_the_note(page: CustomerPage, window: MainWindow) -> None:
    type_text("1 Topper")
    press(Qt.Key.Key_F7)
    shown = window.navigation.page
    assert isinstance(shown, DocumentPage)
    assert shown.document.recipient.person.family_name == "Gruber"
    assert "Topper" in shown.document.lines[0].text


def test_the_kind_of_contact_is_chosen_by_keyboard(page: CustomerPage, shop: Shop) -> None:
    type_text("war im Laden")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    control(Qt.Key.Key_Return)
    assert page.existing.customer.id is not None
    (entry,) = timeline.page(shop, page.existing.customer.id)
    assert entry.kind == EntryKind.VISIT


# What was agreed, follow-ups


def test_what_was_agreed_is_pinned_and_unpinned(page: CustomerPage, shop: Shop) -> None:
    page.existing.facts.add.setFocus()
    enter("Porto extra", "erst nach Zahlung senden")
    assert stored(shop, page).facts == ("Porto extra", "erst nach Zahlung senden")
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Space)
    assert stored(shop, page).facts == ("Porto extra",)
    control(Qt.Key.Key_Z)
    assert stored(shop, page).facts == ("Porto extra", "erst nach Zahlung senden")


def test_a_follow_up_needs_what_and_when(page: CustomerPage, shop: Shop) -> None:
    press(Qt.Key.Key_F8)
    enter("nachfragen", "")
    line = page.existing.follow_up
    assert "An welchem Tag" in line.problem.text()
    enter("31.2.")
    assert line.problem.text()
    assert focused() is line.when
    line.when.selectAll()
    enter("+2w")
    assert page.existing.customer.id is not None
    (due,) = follow_ups.of_customer(shop, page.existing.customer.id)
    assert (due.text, due.due) == ("nachfragen", dt.date(2026, 12, 7))
    assert line.isHidden()
    control(Qt.Key.Key_Z)
    assert follow_ups.of_customer(shop, page.existing.customer.id) == ()


def test_a_follow_up_is_moved_and_done(page: CustomerPage, shop: Shop) -> None:
    assert page.existing.customer.id is not None
    press(Qt.Key.Key_F8)
    enter("nachfragen", "mo")
    (due,) = follow_ups.of_customer(shop, page.existing.customer.id)
    page.existing.follow_up.ask(due)
    page.existing.follow_up.when.setFocus()
    page.existing.follow_up.when.selectAll()
    enter("+3")
    (moved,) = follow_ups.of_customer(shop, page.existing.customer.id)
    assert (moved.id, moved.due) == (due.id, dt.date(2026, 11, 26))


def test_esc_closes_the_follow_up_and_keeps_its_words(page: CustomerPage) -> None:
    press(Qt.Key.Key_F8)
    type_text("nachfragen")
    press(Qt.Key.Key_Escape)
    assert page.existing.follow_up.isHidden()
    press(Qt.Key.Key_F8)
    assert page.existing.follow_up.what.text() == "nachfragen"


# The fields


def test_the_form_saves_and_is_taken_back(page: CustomerPage, shop: Shop) -> None:
    page.existing.edit()
    form = page.existing.form_card.form
    form.family.selectAll()
    type_text("Huber")
    control(Qt.Key.Key_Return)
    assert stored(shop, page).person.family_name == "Huber"
    assert not page.existing.is_editing
    control(Qt.Key.Key_Z)
    assert stored(shop, page).person.family_name == "Gruber"


def test_several_phones_keep_their_words(page: CustomerPage, shop: Shop) -> None:
    page.existing.edit()
    box = page.existing.form_card.form.phones
    assert box.toPlainText() == "+43 662 123456 privat"
    box.setPlainText("+43 662 123456 privat\n0664 1234567 mobil\n+43 662 99 Lager")
    assert page.existing.form_card.save()
    assert [(phone.number, phone.e164, phone.label) for phone in stored(shop, page).phones] == [
        ("+43 662 123456", "+43662123456", "home"),
        ("+43 664 1234567", "+436641234567", "mobile"),
        ("+43 66299", stored(shop, page).phones[2].e164, "Lager"),
    ]


def test_delivery_address_and_contact_persons_are_edited(page: CustomerPage, shop: Shop) -> None:
    page.existing.edit()
    form = page.existing.form_card.form
    form.show_more.click()
    more = form.more
    assert more is not None
    assert focused() is more.street
    type_text("Getreidegasse 1")
    more.code.setText("5020")
    more.city.setText("Salzburg")
    more.add.setFocus()
    press(Qt.Key.Key_Space)
    assert focused() is more.people[0].given
    type_text("Karl")
    more.people[0].role.setText("Einkauf")
    more.people[0].email.setText("karl@")
    assert not page.existing.form_card.save()
    assert "karl@" in more.people[0].email.accessibleDescription()
    more.people[0].email.setText("karl@example.org")
    assert page.existing.form_card.save()
    customer = stored(shop, page)
    assert customer.delivery_address == Address(("Getreidegasse 1",), "5020", "Salzburg", "AT")
    assert customer.contact_persons == (
        ContactPerson(PersonName(given_name="Karl"), "Einkauf", "", "karl@example.org"),
    )
    page.existing.edit()
    assert form.more is not None
    form.more.people[0].remove.click()
    assert page.existing.form_card.save()
    assert stored(shop, page).contact_persons == ()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [("vat_id", "DE123456789", "DE123456789"), ("emails", "e.gruber(at)example.org", "e.gruber(at)")],
)
def test_what_is_wrong_is_said_at_its_field(
    page: CustomerPage, shop: Shop, field: str, typed: str, words: str
) -> None:
    before = stored(shop, page)
    page.existing.edit()
    widget = getattr(page.existing.form_card.form, field)
    (widget.setText if field == "vat_id" else widget.setPlainText)(typed)
    control(Qt.Key.Key_Return)
    assert words in widget.accessibleDescription()
    assert focused() is widget
    assert stored(shop, page) == before


def test_changed_elsewhere_is_said_and_the_typed_text_stays(page: CustomerPage, shop: Shop) -> None:
    page.existing.edit()
    card = page.existing.form_card
    card.form.family.setText("Huber")
    now = stored(shop, page)
    customers.save(shop, replace(now, address=replace(now.address, city="Wien")))
    assert not card.save()
    assert "an anderer Stelle geändert" in card.problem.text()
    assert (card.form.family.text(), card.form.city.text()) == ("Huber", "Wien")
    assert card.save()
    assert (stored(shop, page).person.family_name, stored(shop, page).address.city) == ("Huber", "Wien")


def test_a_fact_noted_while_editing_loses_nothing(page: CustomerPage, shop: Shop) -> None:
    page.existing.edit()
    card = page.existing.form_card
    card.form.family.setText("Huber")
    page.existing.facts.add.setFocus()
    enter("Porto extra")
    assert page.existing.is_editing
    assert card.form.family.text() == "Huber"
    assert card.save()
    assert (stored(shop, page).person.family_name, stored(shop, page).facts) == ("Huber", ("Porto extra",))


def test_leaving_saves_the_fields(page: CustomerPage, shop: Shop, window: MainWindow) -> None:
    page.existing.edit()
    page.existing.form_card.form.family.setText("Huber")
    window.open_page("today")
    assert stored(shop, page).person.family_name == "Huber"


def test_leaving_keeps_what_cannot_be_saved(
    page: CustomerPage, open_customer: Opened, shop: Shop, window: MainWindow
) -> None:
    page.existing.edit()
    page.existing.form_card.form.vat_id.setText("DE1")
    window.open_page("today")
    assert "noch nicht alles" in window.toasts.toasts[-1].message.casefold()
    open_customer()
    assert page.existing.is_editing
    assert page.existing.form_card.form.vat_id.text() == "DE1"
    assert stored(shop, page).vat_id == ""


def test_esc_leaves_the_fields_and_ctrl_z_brings_them_back(page: CustomerPage, shop: Shop) -> None:
    page.existing.edit()
    page.existing.form_card.form.family.setText("Huber")
    press(Qt.Key.Key_Escape)
    assert page.existing.form_card.isHidden()
    assert stored(shop, page).person.family_name == "Gruber"
    control(Qt.Key.Key_Z)
    assert not page.existing.form_card.isHidden()
    assert page.existing.form_card.form.family.text() == "Huber"


def test_a_customer_is_deleted_and_brought_back(page: CustomerPage, shop: Shop, window: MainWindow) -> None:
    page.existing.delete()
    assert window.navigation.here is not None
    assert window.navigation.here.name == "customers"
    assert customers.page(shop) == ()
    window.toasts.undo()
    assert [customer.name for customer in customers.page(shop)] == ["Elisabeth Gruber"]


def test_one_with_documents_stays_in_words(page: CustomerPage, shop: Shop, window: MainWindow) -> None:
    page.existing.make("quote")
    page.existing.delete()
    assert "Elisabeth Gruber" in window.toasts.toasts[-1].message
    assert len(customers.page(shop)) == 1


# The timeline


def test_an_entry_is_changed_by_keyboard(page: CustomerPage, shop: Shop) -> None:
    note(shop, page, "will einen Toper")
    page.existing.timeline.rows.setFocus()
    press(Qt.Key.Key_Return)
    assert focused() is page.existing.entry.edit
    page.existing.entry.edit.selectAll()
    type_text("will einen Topper")
    control(Qt.Key.Key_Return)
    assert texts_of(shop, page) == ["will einen Topper"]
    control(Qt.Key.Key_Z)
    assert texts_of(shop, page) == ["will einen Toper"]


def test_an_entry_changed_elsewhere_keeps_what_is_typed(
    page: CustomerPage, shop: Shop, window: MainWindow
) -> None:
    note(shop, page, "will einen Toper")
    page.existing.timeline.rows.setFocus()
    press(Qt.Key.Key_Return)
    now = page.existing.entry.entry
    assert now is not None
    timeline.change(shop, replace(now, text="will zwei Topper"))
    page.existing.entry.edit.setPlainText("will einen Topper")
    control(Qt.Key.Key_Return)
    assert "an anderer Stelle geändert" in window.toasts.toasts[-1].message
    assert texts_of(shop, page) == ["will zwei Topper"]
    assert page.existing.entry.edit.toPlainText() == "will einen Topper"
    control(Qt.Key.Key_Return)
    assert texts_of(shop, page) == ["will einen Topper"]


def test_an_entry_is_deleted_and_brought_back(page: CustomerPage, shop: Shop) -> None:
    note(shop, page, "falscher Kunde")
    page.existing.timeline.rows.setFocus()
    press(Qt.Key.Key_Delete)
    assert texts_of(shop, page) == []
    control(Qt.Key.Key_Z)
    assert texts_of(shop, page) == ["falscher Kunde"]


def test_what_the_program_wrote_stays(page: CustomerPage, shop: Shop, window: MainWindow) -> None:
    assert page.existing.customer.id is not None
    entry = TimelineEntry(page.existing.customer.id, EntryKind.DOCUMENT, shop.clock.now(), title="Rechnung")
    timeline.add(shop, entry)
    page.reload()
    page.existing.timeline.rows.setFocus()
    press(Qt.Key.Key_Delete)
    assert page.existing.timeline.rows.rows.rowCount() == 1
    assert "Programm" in window.toasts.toasts[-1].message


def test_the_timeline_is_filtered_by_kind(page: CustomerPage, shop: Shop) -> None:
    note(shop, page, "Anruf", EntryKind.CALL)
    note(shop, page, "Besuch", EntryKind.VISIT)
    pane = page.existing.timeline
    pane.filter.setCurrentIndex(pane.filter.findData("visit"))
    pane.filter.activated.emit(pane.filter.currentIndex())
    assert pane.rows.rows.rowCount() == 1
    shown = pane.rows.rows.item(pane.rows.rows.index(0))
    assert shown is not None
    assert shown.text == "Besuch"
    pane.filter.setCurrentIndex(pane.filter.findData("letter"))
    pane.filter.activated.emit(pane.filter.currentIndex())
    assert pane.empty.sentence.text() == "Nichts von dieser Art."


def test_the_timeline_is_searched_by_parts_of_words_in_any_spelling(
    page: CustomerPage, shop: Shop, qtbot: QtBot
) -> None:
    note(shop, page, "Lattenrost für Bär knarrt", EntryKind.CALL)
    note(shop, page, "Lattenrost abgeholt", EntryKind.VISIT)
    note(shop, page, "möchte ein Angebot")
    pane = page.existing.timeline
    control(Qt.Key.Key_F)
    assert focused() is pane.search
    type_text("lattenr bar")
    press(Qt.Key.Key_Down)
    assert [row.text for row in shown(pane)] == ["Lattenrost für Bär knarrt"]
    assert (pane.found.text(), focused() is pane.rows) == ("1 Eintrag", True)
    pane.search.setText("lattenrost")
    qtbot.waitUntil(lambda: pane.found.text() == "2 Einträge")
    pane.filter.setCurrentIndex(pane.filter.findData("visit"))
    pane.filter.activated.emit(pane.filter.currentIndex())
    assert [row.text for row in shown(pane)] == ["Lattenrost abgeholt"]
    assert pane.found.text() == "1 Eintrag"
    pane.search.setText("Elefant")
    qtbot.waitUntil(lambda: pane.found.text() == "0 Einträge")
    assert pane.empty.sentence.text() == "Kein Eintrag mit diesen Wörtern."
    pane.search.setFocus()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(pane.found.isHidden)
    assert len(shown(pane)) == 1


def shown(pane: TimelinePane) -> list[TimelineEntry]:
    """The rows read so far."""
    model = pane.rows.rows
    items = (model.item(model.index(number)) for number in range(model.rowCount()))
    return [item for item in items if item is not None]


# Strangers' names


@pytest.mark.parametrize(
    "name", ["<b>Fett</b><img src=x>", "x" * 2000, "שָׁלוֹם <a href='x'>ممتاز</a>", "A & B"]
)
def test_any_name_is_plain_text_and_leaves_the_window_as_it_is(
    open_customer: Opened, shop: Shop, window: MainWindow, name: str
) -> None:
    person = PersonName(Salutation.NONE, family_name=name)
    customer = customers.create(
        shop, Customer(person=person, facts=(name,), phones=(Phone("0551 1", "", name),))
    )
    page = open_customer(customer.id)
    page.existing.edit()
    assert page.existing.header.title.text() == name
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    assert window.minimumSizeHint().width() <= 1280
    tips = [widget.toolTip() for widget in page.findChildren(QLabel)]
    assert not any(tip.startswith("<b>") for tip in tips)


def test_an_open_customer_fits_at_one_and_a_half_the_text_size(
    theme: Theme, open_customer: Opened, window: MainWindow
) -> None:
    theme.choose("light", 150)
    page = open_customer()
    page.existing.show_follow_up()
    page.existing.edit()
    page.existing.form_card.form.open_more()
    QTest.qWait(50)  # until every part has told its size
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 980
