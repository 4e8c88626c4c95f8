"""The inbox: clocks that go on, every word, one key to a quote, an answer, an end; all of it taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.inquiries import IncomingMessage, InquiryChannel, InquiryState, LostReason
from shopdesk.domain.later import Later
from shopdesk.domain.mail import MailAccount, Security
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.inquiries.page import InquiriesPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.labels import PlainLabel
from shopdesk.ui.widgets.rows import ROW_ROLE, Row
from shopdesk.usecases import customers, inquiries, inquiry_answers, inquiry_steps, mail_settings, sample_shop
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import control, focused, press, type_text

ACCOUNT = MailAccount("mail.example.org", 587, Security.STARTTLS, "lindner", "info@schlafgut-lindner.de")
TYRES = "Guten Morgen,\n\nich brauche vier Winterreifen 235/60 R16 100H.\n\nGruß, T. Weber, 0171 2345678"


def come_in(shop: Shop, subject: str, text: str = TYRES, **more: object) -> int:
    values: dict[str, object] = {
        "channel": InquiryChannel.MAIL, "at": shop.clock.now(), "subject": subject, "text": text,
        "sender_name": "Thomas Weber", "sender_address": "t.weber@example.org", "thread_key": f"<{subject}>",
    }  # fmt: skip
    with shop.writing() as connection:
        return inquiries.received(shop, connection, IncomingMessage(**(values | more)))  # type: ignore[arg-type]


def advance(shop: Shop, minutes: float) -> None:
    assert isinstance(shop.clock, FixedClock)
    shop.clock.advance(dt.timedelta(minutes=minutes))


@pytest.fixture
def ids(shop: Shop) -> list[int]:
    """Three mails, two minutes apart; whoever waits in the sample shop was answered before."""
    sample_shop.fill(shop)
    for one in inquiries.page(shop):
        assert one.id is not None
        inquiry_steps.answered_by_hand(shop, one.id, InquiryChannel.PHONE)
        inquiry_steps.close(shop, one.id)
    mail_settings.save_account(shop, ACCOUNT, "geheim")
    found = []
    for subject in ("Winterreifen", "Lattenrost", "Matratze"):
        found.append(come_in(shop, subject))
        advance(shop, 2)
    return found


@pytest.fixture
def page(window: MainWindow, ids: list[int]) -> InquiriesPage:
    assert ids
    window.open_page("inquiries")
    page = window.navigation.page
    assert isinstance(page, InquiriesPage)
    return page


def row(page: InquiriesPage, number: int) -> Row:
    found = page.rows.rows.index(number).data(ROW_ROLE)
    assert isinstance(found, Row)
    return found


def state(shop: Shop, inquiry_id: int) -> InquiryState:
    return inquiries.get(shop, inquiry_id).state


def test_who_is_due_first_stands_first_with_his_minutes_in_words_and_as_a_bar(page: InquiriesPage) -> None:
    first, second = row(page, 0), row(page, 1)
    assert (first.title, first.chip, first.share) == ("Winterreifen", "noch 14 min", 30)
    assert (second.title, second.chip) == ("Lattenrost", "noch 16 min")
    assert "Thomas Weber" in first.caption


def test_the_clocks_go_on_without_reading_anything(page: InquiriesPage, shop: Shop, qtbot: QtBot) -> None:
    resets: list[None] = []
    page.rows.rows.modelReset.connect(lambda: resets.append(None))
    page._clock.setInterval(10)
    advance(shop, 9)
    qtbot.waitUntil(lambda: row(page, 0).chip == "noch 5 min")
    assert (row(page, 0).chip_kind, page.view.pill.text()) == ("bad", "noch 5 min")
    advance(shop, 7)
    qtbot.waitUntil(lambda: row(page, 0).chip == "2 min zu spät")
    assert not resets


def test_every_word_is_shown_and_what_was_recognised(page: InquiriesPage) -> None:
    texts = [label.text() for label in page.view.findChildren(Chip) if label.text()]
    assert "235/60 R16 100H" in texts
    assert "4 ×" in texts
    assert TYRES in [label.accessibleName() for label in page.view.cards[0].findChildren(PlainLabel)]


def test_f6_makes_a_quote_with_the_lines(
    page: InquiriesPage, window: MainWindow, shop: Shop, ids: list[int]
) -> None:
    page.rows.setFocus()
    press(Qt.Key.Key_F6)
    editor = window.navigation.page
    assert isinstance(editor, DocumentPage)
    customer_id = inquiries.get(shop, ids[0]).customer_id
    assert customer_id is not None
    (draft,) = inquiry_answers.documents_of(shop, ids[0])
    assert (draft.customer_id, draft.lines[0].text) == (customer_id, "Winterreifen 235/60 R16 100H")


def test_e_is_done_and_taken_back(
    page: InquiriesPage, window: MainWindow, shop: Shop, ids: list[int]
) -> None:
    page.rows.setFocus()
    press(Qt.Key.Key_E)
    assert state(shop, ids[0]) == InquiryState.CLOSED
    window.toasts.undo()
    assert state(shop, ids[0]) == InquiryState.OPEN


def test_s_puts_it_off_and_it_is_taken_back(
    page: InquiriesPage, window: MainWindow, shop: Shop, ids: list[int]
) -> None:
    page.rows.setFocus()
    press(Qt.Key.Key_S)
    type_text("+2")
    press(Qt.Key.Key_Return)
    assert inquiries.get(shop, ids[0]).later == Later(dt.date(2026, 11, 25))
    window.toasts.undo()
    assert inquiries.get(shop, ids[0]).later is None


def test_an_answer_goes_out_and_stops_the_clock(
    page: InquiriesPage, window: MainWindow, shop: Shop, ids: list[int], qtbot: QtBot
) -> None:
    page.acts.seconds = 0.3
    page.rows.setFocus()
    press(Qt.Key.Key_Return)
    assert focused() is page.view.reply.edit
    type_text("Gern, 89 Euro das Stück.")
    control(Qt.Key.Key_Return)
    assert state(shop, ids[0]) == InquiryState.OPEN
    qtbot.waitUntil(lambda: state(shop, ids[0]) == InquiryState.ANSWERED)
    assert isinstance(shop.post, FakePost)
    assert [sent.recipients for sent in shop.post.sent] == [("t.weber@example.org",)]
    assert window.toasts.toasts[-1].message.startswith("Beantwortet")


def test_an_answer_that_is_taken_back_can_be_written_on(
    page: InquiriesPage, window: MainWindow, shop: Shop, ids: list[int]
) -> None:
    page.rows.setFocus()
    press(Qt.Key.Key_Return)
    type_text("Gern.")
    control(Qt.Key.Key_Return)
    assert "Gern." not in page.view.reply.text()
    window.toasts.undo()
    assert "Gern." in page.view.reply.text()
    assert len(inquiries.messages(shop, ids[0])) == 1


def test_nothing_is_sent_that_says_nothing(
    page: InquiriesPage, window: MainWindow, shop: Shop, ids: list[int]
) -> None:
    page.view.reply.send.click()
    assert len(inquiries.messages(shop, ids[0])) == 1
    assert window.toasts.toasts


def test_a_reply_begun_stays_with_its_inquiry(page: InquiriesPage) -> None:
    page.rows.setFocus()
    press(Qt.Key.Key_Return)
    type_text("Gern.")
    page.rows.step(1)
    assert "Gern." not in page.view.reply.text()
    page.rows.step(-1)
    assert "Gern." in page.view.reply.text()


def test_a_template_stands_between_salutation_and_closing_words(page: InquiriesPage) -> None:
    page.view.reply.take_template("Wir melden uns morgen.")
    assert page.view.reply.text().split("\n\n")[1] == "Wir melden uns morgen."
    assert page.view.reply.has_own_words


def test_lost_asks_why(page: InquiriesPage, shop: Shop, ids: list[int]) -> None:
    page.view.lost.click()
    page.lost.words.setText("beim Discounter")
    page.lost.chips[LostReason.PRICE].click()
    found = inquiries.get(shop, ids[0])
    assert (found.state, found.lost_reason, found.lost_words) == (
        InquiryState.LOST, LostReason.PRICE, "beim Discounter",
    )  # fmt: skip


def test_a_word_is_enough_that_it_was_answered_otherwise(
    page: InquiriesPage, shop: Shop, ids: list[int]
) -> None:
    page.acts.answered(InquiryChannel.PHONE)
    found = inquiries.get(shop, ids[0])
    assert found.first_answer is not None
    assert (found.state, found.first_answer.channel) == (InquiryState.ANSWERED, InquiryChannel.PHONE)


def test_one_key_and_a_few_words_keep_an_inquiry_of_the_shop(
    page: InquiriesPage, window: MainWindow, shop: Shop, ids: list[int]
) -> None:
    window.open_page("today")
    press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert focused() is page.new.what
    type_text("1 Lattenrost 90x200 bis Weihnachten")
    control(Qt.Key.Key_Return)
    current = page.rows.current()
    assert current is not None
    assert current.id not in ids
    assert (current.channel, current.due_at) == (InquiryChannel.SHOP, None)
    window.toasts.undo()
    assert inquiries.count_open(shop) == len(ids)


def test_filters_by_channel_and_state(page: InquiriesPage, shop: Shop, ids: list[int]) -> None:
    come_in(shop, "Bewertung", channel=InquiryChannel.REVIEW)
    page.channel.set_value("review")
    page.reload()
    assert page.rows.rows.rowCount() == 1
    page.state.set_value("won")
    page.reload()
    assert page.rows.rows.rowCount() == 0
    assert page.empty.isVisible()
    page.open_item(ids[1])
    current = page.rows.current()
    assert current is not None
    assert current.id == ids[1]


def test_esc_closes_what_asks_and_then_leaves(page: InquiriesPage) -> None:
    page.ask_new()
    assert page.go_back()
    assert not page.new.isVisible()
    assert focused() is page.rows
    assert not page.go_back()


def test_the_side_bar_says_how_many_wait(
    window: MainWindow, shop: Shop, ids: list[int], qtbot: QtBot
) -> None:
    assert ids
    button = window.side_bar._buttons["inquiries"]
    qtbot.waitUntil(lambda: button.text().strip().endswith("3"))
    come_in(shop, "Noch eine")
    qtbot.waitUntil(lambda: button.text().strip().endswith("4"))


def test_nobody_waits_is_a_state_worth_seeing(window: MainWindow) -> None:
    window.open_page("inquiries")
    page = window.navigation.page
    assert isinstance(page, InquiriesPage)
    assert page.empty.isVisible()
    assert "Niemand wartet" in page.empty.sentence.text()


def test_a_complaint_is_marked_said_and_taken_back(
    page: InquiriesPage, shop: Shop, ids: list[int], window: MainWindow
) -> None:
    page.view.complaint.click()
    assert inquiries.get(shop, ids[0]).is_complaint
    page.reload()
    assert row(page, 0).caption.startswith("Reklamation · Thomas Weber")
    assert page.view.complaint.text() == "Keine Reklamation"
    window.toasts.undo()
    assert not inquiries.get(shop, ids[0]).is_complaint


def test_a_complaint_entered_by_hand(page: InquiriesPage, shop: Shop) -> None:
    page.ask_new(InquiryChannel.LETTER)
    type_text("Der Lattenrost knarrt")
    page.new.is_complaint.setChecked(True)
    page.new.save()
    made = next(one for one in inquiries.page(shop) if one.subject == "Der Lattenrost knarrt")
    assert made.is_complaint
    page.ask_new()
    assert not page.new.is_complaint.isChecked()


def test_a_reply_begun_outlives_the_window(
    page: InquiriesPage, shop: Shop, ids: list[int], window: MainWindow, qtbot: QtBot
) -> None:
    page.answer()
    type_text("Gern.")
    qtbot.waitUntil(lambda: "Gern." in inquiry_answers.kept_reply(shop, ids[0]))
    found = InquiriesPage(shop, window)  # as after a new start
    qtbot.addWidget(found)
    found.open_item(ids[0])
    assert "Gern." in found.view.reply.text()
    found.acts.send_reply(found.view.reply.text())
    assert inquiry_answers.kept_reply(shop, ids[0]) == ""


def test_what_was_typed_last_is_kept_when_the_page_is_left(
    page: InquiriesPage, shop: Shop, ids: list[int], window: MainWindow
) -> None:
    page.answer()
    type_text("Gern.")
    window.open_page("today")
    assert "Gern." in inquiry_answers.kept_reply(shop, ids[0])


def test_assigned_to_a_customer_he_is_greeted_as_one(page: InquiriesPage, shop: Shop, ids: list[int]) -> None:
    moreau = next(one for one in customers.page(shop) if "Moreau" in one.name)
    page.acts.assign(moreau.id or 0)
    page.reload()
    assert "Monsieur Moreau" in page.view.reply.text()


def test_what_is_written_after_sending_stays_when_the_answer_is_called_back(
    page: InquiriesPage, window: MainWindow
) -> None:
    page.rows.setFocus()
    press(Qt.Key.Key_Return)
    type_text("Gern.")
    control(Qt.Key.Key_Return)
    page.view.reply.edit.setFocus()
    type_text("Noch etwas:")
    window.toasts.undo()
    assert "Noch etwas:" in page.view.reply.text()
    assert "Gern." in page.view.reply.text()
