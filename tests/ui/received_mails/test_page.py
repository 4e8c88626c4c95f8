"""Reading what came in, taking in what was kept away, dropping mails on the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shopdesk.domain.received_mails import MailPlace
from shopdesk.ui.inquiries.page import InquiriesPage
from shopdesk.ui.received_mails.page import ReceivedMailsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.toasts import ToastWidget
from shopdesk.usecases import mail_intake, received_mails
from shopdesk.usecases.shop import Shop
from tests.mailbox import outlook
from tests.mailbox.mails import mail


@pytest.fixture
def page(window: MainWindow) -> ReceivedMailsPage:
    window.open_page("received_mails")
    found = window.navigation.page
    assert isinstance(found, ReceivedMailsPage)
    return found


def arrive(shop: Shop, data: bytes) -> None:
    """A mail is fetched."""
    from shopdesk.intake.mails import door

    value = door.read_one(data)
    with shop.writing() as connection:
        mail_intake.take_in(shop, connection, mail_intake.Arrival(data, value, None, len(data)))


def test_a_mail_is_read_and_leads_to_its_inquiry(
    window: MainWindow, page: ReceivedMailsPage, shop: Shop
) -> None:
    arrive(shop, mail("Rollmatratzen", text="Haben Sie 80x190?"))
    page.reload()
    assert page.reader.text.toPlainText() == "Haben Sie 80x190?"
    assert "desi@ivanova.example" in page.reader.who.text()
    page.reader.answer.click()
    assert isinstance(window.navigation.page, InquiriesPage)


def test_what_was_kept_away_says_why_and_is_taken_in_by_a_key(
    page: ReceivedMailsPage, shop: Shop, qtbot: QtBot, window: MainWindow
) -> None:
    arrive(shop, mail("Angebote", List_Id="<news.example>"))
    page.toggle()
    assert page.reader.reason.text() == "Newsletter oder Verteiler."
    qtbot.keyClick(page.rows, Qt.Key.Key_T)
    assert page.rows.rows.rowCount() == 0
    assert [one.place for one in received_mails.page(shop)] == [MailPlace.TAKEN]
    window.toasts.undo()
    assert page.rows.rows.rowCount() == 1


def test_never_this_sender_holds_and_can_be_undone(
    page: ReceivedMailsPage, shop: Shop, qtbot: QtBot, window: MainWindow
) -> None:
    arrive(shop, mail("eins"))
    page.reload()
    qtbot.keyClick(page.rows, Qt.Key.Key_X)
    arrive(shop, mail("zwei"))
    assert received_mails.page(shop) == ()
    window.toasts.undo()
    arrive(shop, mail("drei"))
    assert [one.subject for one in received_mails.page(shop)] == ["drei", "eins"]


def test_a_dropped_mail_is_shown_and_is_there_once(window: MainWindow, shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "anfrage.eml"
    file.write_bytes(mail("Rollmatratzen"))
    window.drops.take([str(file)])
    window.drops.take([str(file)])
    assert isinstance(window.navigation.page, ReceivedMailsPage)
    assert len(received_mails.page(shop)) == 1


def test_outlooks_own_file_is_taken_in_like_any_mail(window: MainWindow, tmp_path: Path, shop: Shop) -> None:
    file = tmp_path / "anfrage.msg"
    file.write_bytes(outlook.msg(outlook.inquiry()))
    window.drops.take([str(file)])
    window.drops.take([str(file)])
    (found,) = received_mails.page(shop)
    assert (found.subject, found.sender.address) == ("Rollmatratze 80×190", "desi@ivanova.example")
    assert isinstance(window.navigation.page, ReceivedMailsPage)
    assert received_mails.attachment(shop, found.id, 0).startswith(b"%PDF")


def test_a_broken_outlook_file_is_refused_in_words_and_stops_no_other(
    window: MainWindow, tmp_path: Path, shop: Shop
) -> None:
    file = tmp_path / "anfrage.msg"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 4000)
    good = tmp_path / "gut.msg"
    good.write_bytes(outlook.msg(outlook.inquiry()))
    window.drops.take([str(file), str(good)])
    assert any("beschädigt" in toast.message for toast in window.findChildren(ToastWidget))
    assert [one.subject for one in received_mails.page(shop)] == ["Rollmatratze 80×190"]
