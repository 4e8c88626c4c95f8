"""The outbox: what fits the state of a mail can be done with it, through the real use cases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.mail import MailAccount, MailRefused, MailState, MailUnclear, Security
from shopdesk.domain.messages import Message
from shopdesk.outside.fake_post import FakePost
from shopdesk.ui.documents.editor_page import DocumentPage
from shopdesk.ui.outbox.page import OutboxPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import Theme
from shopdesk.usecases import documents, mail_settings, outbox, sample_shop
from shopdesk.usecases.shop import Shop
from tests.ui.keyboard import enter, focused, press

ACCOUNT = MailAccount("mail.example.org", 587, Security.STARTTLS, "lindner", "info@schlafgut-lindner.de")


@pytest.fixture
def post(shop: Shop) -> FakePost:
    sample_shop.fill(shop)
    mail_settings.save_account(shop, ACCOUNT, "geheim")
    assert isinstance(shop.post, FakePost)
    return shop.post


@pytest.fixture
def mail_id(shop: Shop, post: FakePost) -> int:
    assert not post.problems
    (document, *_) = (row for row in documents.page(shop, DocumentKind.INVOICE) if row.number)
    return outbox.queue_document(shop, document.id, address="d.ivanova@example.org")


def opened(window: MainWindow, mail_id: int) -> OutboxPage:
    window.open_page("outbox", mail_id)
    page = window.navigation.page
    assert isinstance(page, OutboxPage)
    return page


def state(shop: Shop, mail_id: int) -> MailState:
    return outbox.entry(shop, mail_id).state


def offered(page: OutboxPage) -> set[str]:
    detail = page.detail
    names = ("send", "went", "not_gone", "hand_over", "cancel")
    buttons: dict[str, QAbstractButton] = {name: getattr(detail, name) for name in names}
    return {name for name, button in buttons.items() if not button.isHidden()}


def fail(shop: Shop, post: FakePost, mail_id: int, kind: type[MailRefused | MailUnclear]) -> None:
    post.problems.append(kind(Message("The server said no.")))
    outbox.send(shop, mail_id)


def test_a_waiting_mail_is_sent(window: MainWindow, shop: Shop, post: FakePost, mail_id: int) -> None:
    page = opened(window, mail_id)
    assert offered(page) == {"send", "hand_over", "cancel"}
    page.detail.send.click()
    assert state(shop, mail_id) == MailState.SENT
    assert len(post.sent) == 1
    assert "gesendet" in window.toasts.toasts[-1].message


def test_a_waiting_mail_is_called_back_and_sent_after_all(
    window: MainWindow, shop: Shop, post: FakePost, mail_id: int
) -> None:
    page = opened(window, mail_id)
    page.detail.cancel.click()
    assert state(shop, mail_id) == MailState.CANCELLED
    page = opened(window, mail_id)
    assert offered(page) == {"send"}
    page.detail.send.click()
    assert state(shop, mail_id) == MailState.SENT
    assert len(post.sent) == 1


def test_a_refused_mail_says_why_and_goes_to_another_address(
    window: MainWindow, shop: Shop, post: FakePost, mail_id: int
) -> None:
    fail(shop, post, mail_id, MailRefused)
    page = opened(window, mail_id)
    assert offered(page) == {"send", "hand_over", "cancel"}
    assert "The server said no." in page.detail.reason.text()
    page.detail.address.setFocus()
    enter("zwei@adressen.de, nein")
    assert page.detail.address.accessibleDescription()
    page.detail.address.selectAll()
    enter("desislava@example.org")
    assert state(shop, mail_id) == MailState.CANCELLED
    assert [delivered.recipients for delivered in post.sent] == [("desislava@example.org",)]


def test_an_unclear_mail_is_marked_by_hand(
    window: MainWindow, shop: Shop, post: FakePost, mail_id: int
) -> None:
    fail(shop, post, mail_id, MailUnclear)
    page = opened(window, mail_id)
    assert offered(page) == {"send", "went", "cancel"}
    page.detail.went.click()
    assert state(shop, mail_id) == MailState.SENT
    assert post.sent == []


@pytest.mark.parametrize(("button", "expected"), [("went", MailState.SENT), ("not_gone", MailState.QUEUED)])
def test_the_mail_program_has_it_and_the_owner_answers(
    window: MainWindow, shop: Shop, mail_id: int, button: str, expected: MailState
) -> None:
    page = opened(window, mail_id)
    page.detail.hand_over.click()
    assert state(shop, mail_id) == MailState.HANDED_OVER
    page = opened(window, mail_id)
    assert offered(page) == {"send", "went", "not_gone", "cancel"}
    getattr(page.detail, button).click()
    assert state(shop, mail_id) == expected


def test_an_unknown_password_is_asked_for_once(
    window: MainWindow, shop: Shop, post: FakePost, mail_id: int
) -> None:
    shop.keychain.forget(ACCOUNT.keychain_name)
    page = opened(window, mail_id)
    page.detail.send.click()
    assert page.detail.password.isVisible()
    assert focused() is page.detail.password
    enter("geheim")
    assert state(shop, mail_id) == MailState.SENT
    assert page.detail.password.text() == ""
    assert len(post.sent) == 1


def test_return_opens_the_document(window: MainWindow, mail_id: int) -> None:
    page = opened(window, mail_id)
    page.rows.setFocus()
    press(Qt.Key.Key_Return)
    assert isinstance(window.navigation.page, DocumentPage)


def test_sent_ones_are_shown_on_demand(window: MainWindow, shop: Shop, mail_id: int) -> None:
    outbox.send(shop, mail_id)
    window.open_page("outbox")
    page = window.navigation.page
    assert isinstance(page, OutboxPage)
    before = page.rows.rows.rowCount()
    page.filter.click()
    assert page.rows.rows.rowCount() > before


def test_every_button_fits_at_one_and_a_half_the_text_size(
    theme: Theme, window: MainWindow, shop: Shop, post: FakePost, mail_id: int
) -> None:
    fail(shop, post, mail_id, MailRefused)
    theme.choose("light", 150)
    page = opened(window, mail_id)
    assert page.detail.isVisible()
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 980
