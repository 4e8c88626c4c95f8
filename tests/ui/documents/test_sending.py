"""From "issue and send" to the mail server's word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.mail import MailAccount, MailState, MailUnclear
from shopdesk.domain.messages import Message
from shopdesk.outside.fake_post import FakePost
from shopdesk.usecases import documents, mail_settings, number_ranges, outbox
from shopdesk.usecases.shop import Shop
from tests.ui.documents.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def account(shop: Shop, sample: object) -> FakePost:
    assert sample
    account = MailAccount("smtp.example.org", user="post@example.org", sender_address="post@example.org")
    mail_settings.save_account(shop, account, "geheim")
    assert isinstance(shop.post, FakePost)
    return shop.post


def _send(desk: Desk, customer: Customer) -> None:
    desk.begin(customer=customer)
    desk.enter("Sonderbett 100,00")
    desk.press(Qt.Key.Key_Return, CONTROL)


def test_the_number_is_taken_only_after_the_seconds_and_then_the_mail_goes(
    desk: Desk, caller: Customer, account: FakePost, qtbot: QtBot
) -> None:
    before = number_ranges.next_number(desk.shop, "invoice")
    _send(desk, caller)
    assert number_ranges.next_number(desk.shop, "invoice") == before
    assert documents.load(desk.shop, desk.document.id or 0).sending
    qtbot.waitUntil(lambda: len(account.sent) == 1, timeout=4000)
    assert desk.document.number == before
    qtbot.waitUntil(
        lambda: desk.page.editor is not None and desk.page.editor.send_bar.state.text() == "gesendet"
    )
    assert any(before in toast.message for toast in desk.window.toasts.toasts)


def test_undo_within_the_seconds_takes_no_number(
    desk: Desk, caller: Customer, account: FakePost, qtbot: QtBot
) -> None:
    before = number_ranges.next_number(desk.shop, "invoice")
    _send(desk, caller)
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert not desk.page.sending.is_under_way(desk.document.id)
    assert not documents.load(desk.shop, desk.document.id or 0).sending
    qtbot.wait(600)  # longer than the seconds: nothing may happen
    assert number_ranges.next_number(desk.shop, "invoice") == before
    assert not account.sent
    desk.enter("Noch eine 5,00")
    assert [line.text for line in desk.document.lines] == ["Sonderbett", "Noch eine"]


def test_closing_within_the_seconds_takes_no_number_and_the_draft_says_so(
    desk: Desk, caller: Customer, account: FakePost
) -> None:
    before = number_ranges.next_number(desk.shop, "invoice")
    _send(desk, caller)
    draft_id = desk.document.id or 0
    desk.window.close()
    assert number_ranges.next_number(desk.shop, "invoice") == before
    assert documents.load(desk.shop, draft_id).sending
    assert not account.sent


def test_going_on_to_another_page_does_not_stop_the_sending(
    desk: Desk, caller: Customer, account: FakePost, qtbot: QtBot
) -> None:
    _send(desk, caller)
    desk.window.open_page("invoices")
    qtbot.waitUntil(lambda: len(account.sent) == 1, timeout=4000)


def test_a_scanners_enter_sends_nothing(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.editor is not None
    page.editor.send_bar.send.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert not page.sending.is_under_way(desk.document.id)
    page.editor.lines.go_to_new_line()
    desk.enter("CP123456785DE")
    assert not page.sending.is_under_way(desk.document.id)


def test_without_customer_line_or_price_the_first_missing_thing_has_the_keyboard(
    desk: Desk, caller: Customer
) -> None:
    page = desk.begin()
    assert page.editor is not None
    page.issue_and_send()
    assert QApplication.focusWidget() is page.editor.header.customer.edit
    assert page.editor.header.fields["customer"].problem.text()
    desk.enter("ivan")
    page.issue_and_send()
    assert page.editor.lines.editor() is not None
    desk.enter("Ohne Preis")
    page.issue_and_send()
    assert page.editor.lines.currentIndex().column() == 2
    assert (
        not documents.load(desk.shop, page.session.document_id or 0).sending
        if page.session and page.session.document_id
        else True
    )


def test_without_a_mail_address_the_field_is_shown(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    assert page.editor is not None
    page.editor.send_bar.email.setFocus()
    page.editor.send_bar.email.selectAll()
    desk.press(Qt.Key.Key_Backspace)
    page.issue_and_send()
    assert QApplication.focusWidget() is page.editor.send_bar.email
    assert "E-Mail-Adresse" in page.editor.send_bar.problem.text()


def test_an_unclear_mail_is_called_unclear_and_the_owner_is_asked(
    desk: Desk, caller: Customer, account: FakePost, qtbot: QtBot
) -> None:
    account.problems.append(MailUnclear(Message("cut")))
    _send(desk, caller)
    qtbot.waitUntil(lambda: desk.document.is_issued, timeout=4000)
    mails = outbox.of_document(desk.shop, desk.document.id or 0)
    assert mails[0].state == MailState.UNCLEAR
    assert desk.page.editor is not None
    qtbot.waitUntil(lambda: "unklar" in desk.page.editor.send_bar.state.text())  # type: ignore[union-attr]
    desk.page.editor.send_bar.answered.emit("mark_sent")
    assert outbox.of_document(desk.shop, desk.document.id or 0)[0].state == MailState.SENT


def test_an_issued_document_is_read_only(
    desk: Desk, caller: Customer, account: FakePost, qtbot: QtBot
) -> None:
    assert account is not None
    _send(desk, caller)
    qtbot.waitUntil(lambda: desk.document.is_issued, timeout=4000)
    page = desk.page
    assert page.editor is not None
    lines = page.document.lines
    page.editor.lines.go(0, edit=True)
    desk.type("x")
    assert page.document.lines == lines
    assert "issue_and_send" not in page.commands()


def test_a_quote_becomes_an_invoice_with_one_key(desk: Desk, caller: Customer) -> None:
    desk.begin("quote", caller)
    desk.enter("Sonderbett 100,00")
    quote_id = desk.document.id
    desk.press(Qt.Key.Key_F7)
    assert desk.document.kind == DocumentKind.INVOICE
    assert desk.document.follows_id is not None
    assert desk.document.follows_id != quote_id or quote_id is not None
    assert desk.document.lines[0].text == "Sonderbett"


def test_a_discarded_draft_comes_back_with_undo(desk: Desk, caller: Customer) -> None:
    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    page.discard()
    assert documents.page(desk.shop, DocumentKind.INVOICE) == ()
    desk.window.toasts.undo()
    (row,) = documents.page(desk.shop, DocumentKind.INVOICE)
    assert documents.load(desk.shop, row.id).lines[0].text == "Sonderbett"


def test_the_mail_can_be_read_before_it_goes(desk: Desk, caller: Customer) -> None:
    from shopdesk.ui.documents.mail_view import MailView

    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    page.show_mail()
    view = page.findChild(MailView)
    assert view is not None
    assert "Ivanova" in view.body.toPlainText()
    view.close()


def test_the_mails_words_are_changed_for_this_once_and_go_with_the_number_filled_in(
    desk: Desk, caller: Customer, qtbot: QtBot
) -> None:
    from shopdesk.ui.documents.mail_view import MailView

    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    page.show_mail()
    view = page.findChild(MailView)
    assert view is not None
    view.change.click()
    assert "{{ number }}" in view.subject.text()
    assert "{%" not in view.body.toPlainText()
    view.body.setPlainText("{{ greeting }}\n\nIhr Bett {{ nummer }} kommt am Dienstag.")
    view.keep.click()
    assert view.problem.text()  # there is no such gap; nothing is kept
    view.body.setPlainText("{{ greeting }}\n\nIhr Bett ({{ number }}, {{ amount }}) kommt am Dienstag.")
    view.keep.click()
    assert view.body.isReadOnly()
    assert "kommt am Dienstag" in view.body.toPlainText()
    view.close()
    page.issue_and_send()
    qtbot.waitUntil(lambda: desk.document.is_issued)
    mail = outbox.of_document(desk.shop, desk.document.id or 0)[0]
    assert desk.document.number in mail.subject
    words = outbox.entry(desk.shop, mail.id).body
    assert desk.document.number in words
    assert "kommt am Dienstag" in words


def test_closing_the_mails_view_keeps_what_was_typed_and_the_shops_text_comes_back(
    desk: Desk, caller: Customer
) -> None:
    from shopdesk.ui.documents.mail_view import MailView

    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    page.show_mail()
    view = page.findChild(MailView)
    assert view is not None
    view.change.click()
    view.body.setPlainText("{{ greeting }} {{ nummer }}")
    view.reject()
    assert view.isVisible()
    assert view.problem.text()
    view.body.setPlainText("{{ greeting }} Ihr Bett ist da.")
    view.reject()
    assert not view.isVisible()
    assert page.session is not None
    assert page.mail_text.own(page.session) is not None
    page.show_mail()
    again = page.findChildren(MailView)[-1]
    assert "Ihr Bett ist da." in again.body.toPlainText()
    again.as_always.click()
    assert page.mail_text.own(page.session) is None
    again.close()


def test_words_for_one_customer_do_not_go_to_another(desk: Desk, caller: Customer) -> None:
    from shopdesk.ui.documents.mail_view import MailView

    page = desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    page.show_mail()
    view = page.findChild(MailView)
    assert view is not None
    view.change.click()
    view.body.setPlainText("{{ greeting }} nur für Sie")
    view.keep.click()
    view.close()
    assert page.session is not None
    recipient = replace(page.document.recipient, company="Hotel Sonne")
    page.session.edit(replace(page.document, recipient=recipient, customer_id=None))
    page.show_mail()
    views = page.findChildren(MailView)
    assert "nur für Sie" not in views[-1].body.toPlainText()
    views[-1].close()


def test_print_issues_at_once_and_prints_what_was_issued(
    desk: Desk, caller: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shopdesk.ui.documents import paper
    from shopdesk.ui.documents.preview import Drawn

    printed: list[str] = []

    def keep(_parent: object, drawn: Drawn, title: str) -> None:
        printed.append(f"{title} {drawn.text}")

    monkeypatch.setattr(paper, "print_pages", keep)
    desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    desk.press(Qt.Key.Key_P, CONTROL)
    assert desk.document.is_issued
    assert outbox.of_document(desk.shop, desk.document.id or 0) == ()
    assert printed[0].startswith(desk.document.number)
    assert "Sonderbett" in printed[0]


def test_the_print_dialog_opens_and_waits_for_the_owner(desk: Desk) -> None:
    from PySide6.QtGui import QImage
    from PySide6.QtPrintSupport import QPrintDialog

    from shopdesk.ui.documents import paper
    from shopdesk.ui.documents.preview import Drawn

    page = QImage(210, 297, QImage.Format.Format_Grayscale8)
    paper.print_pages(desk.window, Drawn(b"", (page,), ""), "R-2026-0001")
    (dialog,) = desk.window.findChildren(QPrintDialog)
    assert dialog.isVisible()
    assert dialog.isModal()
    dialog.reject()


def test_the_address_of_another_customer_is_warned_about(desk: Desk, caller: Customer) -> None:
    from shopdesk.domain.names import PersonName
    from shopdesk.usecases import customers

    customers.create(desk.shop, Customer(person=PersonName(family_name="Krug"), emails=("krug@example.org",)))
    page = desk.begin(customer=caller)
    assert page.editor is not None
    page.editor.send_bar.email.setFocus()
    page.editor.send_bar.email.selectAll()
    desk.enter("krug@example.org")
    assert any("Krug" in link.text() for link in page.editor.problems.links)


def test_a_draft_that_breaks_a_rule_later_is_open_again_and_says_why(
    desk: Desk, caller: Customer, account: FakePost, qtbot: QtBot
) -> None:
    assert account is not None
    _send(desk, caller)
    qtbot.waitUntil(lambda: desk.document.is_issued, timeout=4000)
    page = desk.begin(customer=caller)
    assert page.editor is not None
    desk.enter("Sonderbett 100,00")
    page.editor.header.date.setFocus()
    page.editor.header.date.selectAll()
    desk.enter("1.11.2026")
    page.issue_and_send()
    qtbot.waitUntil(lambda: not page.sending.is_under_way(page.document.id), timeout=4000)
    assert not page.document.is_issued
    assert page.editor.header.fields["date"].problem.text()


def test_the_palette_over_an_open_cell_gives_the_focus_back_to_the_lines(
    desk: Desk, caller: Customer
) -> None:
    desk.begin(customer=caller)
    desk.enter("Sonderbett 100,00")
    for _ in range(3):
        desk.press(Qt.Key.Key_F9)
        desk.press(Qt.Key.Key_Escape)
        assert desk.page.editor is not None
        lines = desk.page.editor.lines
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused is lines or lines.isAncestorOf(focused)
