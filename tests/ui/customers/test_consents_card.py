"""What the customer allows is seen on his card, noted with one click or key, and withdrawn as quickly."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from shopdesk.domain.consents import Channel, Consent, Purpose
from shopdesk.ui.customers.consents_card import ConsentsCard
from shopdesk.ui.customers.customer_page import CustomerPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.chips import Chip, ChipButton
from shopdesk.usecases import consents
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, focused, press

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def card(open_customer: object) -> ConsentsCard:
    assert callable(open_customer)
    page = open_customer()
    assert isinstance(page, CustomerPage)
    return page.existing.consents


def stored(shop: Shop, card: ConsentsCard) -> tuple[Consent, ...]:
    return consents.of_customer(shop, card._customer_id)


def shown(card: ConsentsCard) -> list[Chip | ChipButton]:
    flow = card.chips.flow
    widgets = [flow.itemAt(number).widget() for number in range(flow.count())]  # type: ignore[union-attr]
    return [each for each in widgets if isinstance(each, Chip | ChipButton)]


def chips(card: ConsentsCard) -> list[str]:
    return [chip.text().strip() for chip in shown(card)]


def test_a_new_customer_may_only_get_letters(card: ConsentsCard) -> None:
    assert card.words.text() == "Angebote und Zufriedenheitsfragen nur per Brief."
    assert chips(card) == []


def test_one_click_in_the_call_notes_that_one_may_call(card: ConsentsCard, shop: Shop) -> None:
    card.call_back.click()
    value = stored(shop, card)[0]
    assert (value.channel, value.purpose, value.given_on) == (Channel.PHONE, Purpose.SATISFACTION, TODAY)
    assert (value.source, value.who) == ("phone", "Jens Lindner")
    assert value.text == "Darf ich Sie in drei Wochen anrufen und fragen, ob alles gut ist?"
    assert chips(card) == ["Telefon: Zufriedenheitsfrage"]
    assert card.call_back.isHidden()
    assert card.words.text() == "Angebote nur per Brief; Zufriedenheitsfragen nur per Telefon, Brief."
    control(Qt.Key.Key_Z)
    assert stored(shop, card) == ()
    assert not card.call_back.isHidden()


def test_a_click_on_the_chip_and_the_way_it_was_said_end_it(card: ConsentsCard, shop: Shop) -> None:
    card.call_back.click()
    menu = card.withdrawal_menu(stored(shop, card)[0])
    assert [action.text() for action in menu.actions()][:3] == [
        "Widerrufen am Telefon", "Widerrufen im Laden", "Widerrufen per Mail",
    ]  # fmt: skip
    menu.actions()[2].trigger()
    assert (stored(shop, card)[0].withdrawn_on, stored(shop, card)[0].withdrawn_source) == (TODAY, "mail")
    assert chips(card) == ["Telefon: keine Zufriedenheitsfrage"]
    assert card.call_back.isHidden()
    control(Qt.Key.Key_Z)
    assert chips(card) == ["Telefon: Zufriedenheitsfrage"]


def test_the_key_opens_the_fields_and_return_notes_the_answer(
    card: ConsentsCard, shop: Shop, window: MainWindow
) -> None:
    page = window.navigation.page
    assert page is not None
    page.commands()["consent"]()
    assert focused() is card.line.channel
    press(Qt.Key.Key_Down)
    card.line.channel.chosen.emit()
    assert card.line.text.text() == "Dürfen wir Sie per Mail über Angebote und Neues informieren?"
    card.line.source.set_value("shop")
    card.line.day.setText("20.11.")
    card.line.day.setFocus()
    press(Qt.Key.Key_Return)
    value = stored(shop, card)[0]
    assert (value.channel, value.purpose, value.source) == (Channel.MAIL, Purpose.ADVERTISING, "shop")
    assert value.given_on == dt.date(2026, 11, 20)
    assert card.line.isHidden()


def test_a_no_is_noted_as_well(card: ConsentsCard) -> None:
    card.ask()
    card.line.channel.set_value("letter")
    card.line.answer.set_value("no")
    card.line.note()
    assert chips(card) == ["Brief: keine Angebote und Neues"]
    assert card.words.text() == "Weder Angebote noch Fragen: nur, was zu einem Auftrag gehört."


def test_own_words_of_the_question_stay_and_a_day_to_come_is_refused_at_its_field(
    card: ConsentsCard, shop: Shop
) -> None:
    card.ask()
    card.line.text.textEdited.emit("Darf ich schreiben?")
    card.line.text.setText("Darf ich schreiben?")
    card.line.channel.chosen.emit()
    assert card.line.text.text() == "Darf ich schreiben?"
    card.line.day.set_value(dt.date(2026, 12, 24))
    card.line.note()
    assert stored(shop, card) == ()
    assert "noch nicht gekommen" in card.line.fields[card.line.day].problem.text()
    press(Qt.Key.Key_Escape)
    assert card.line.isHidden()


def test_the_proof_is_told_at_the_chip(card: ConsentsCard) -> None:
    card.call_back.click()
    chip = shown(card)[0]
    assert "erlaubt am 23.11.2026 am Telefon" in chip.toolTip()
    assert "Jens Lindner" in chip.accessibleDescription()
