"""The mailbox: proposed from the address, tried against a real server, saved, switched off, removed."""

from __future__ import annotations

import pytest

from shopdesk.domain.mail import Security
from shopdesk.outside.inbox import ImapInbox
from shopdesk.ui.settings.mail_in_section import MailInSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import mail_in_settings
from shopdesk.usecases.shop import Shop
from tests.mailbox.dovecot import PASSWORD, USER, Mailbox, server

__all__ = ["server"]


@pytest.fixture
def section(page: SettingsPage, shop: Shop) -> MailInSection:
    shop.inbox = ImapInbox(5)
    found = page.sections["mail_in"]
    assert isinstance(found, MailInSection)
    return found


def enter(section: MailInSection, server: Mailbox, password: str = PASSWORD) -> None:
    section.user.setText(USER)
    section.password.setText(password)
    section.host.setText("localhost")
    section.security.set_value(Security.TLS.value)
    section.port.set_value(server.tls_port)
    section.ca_file.setText(server.ca_file)


def test_it_is_off_by_default(section: MailInSection) -> None:
    assert not section.is_on.isChecked()
    assert not section.is_changed


def test_a_known_address_brings_its_server(section: MailInSection) -> None:
    section.user.setText("schlafgut@gmx.de")
    section.user.editingFinished.emit()
    assert section.host.text() == "imap.gmx.net"
    assert "IMAP" in section.hint.text()


def test_trying_it_out_offers_the_folders(section: MailInSection, server: Mailbox) -> None:
    enter(section, server)
    section.test()
    offered = [section.folder.itemText(index) for index in range(section.folder.count())]
    assert offered == ["Posteingang", "Junk", "Sent", "Anfragen"]
    assert "lässt Sie herein" in section.result.words.text()


def test_a_wrong_password_stands_at_its_field(section: MailInSection, server: Mailbox) -> None:
    enter(section, server, "falsch")
    section.test()
    assert "Passwort" in section._fields["user"].problem.text()


def test_saved_and_removed_and_brought_back(
    section: MailInSection, server: Mailbox, shop: Shop, window: MainWindow
) -> None:
    enter(section, server)
    section.is_on.setChecked(True)
    section.save()
    saved = mail_in_settings.account(shop)
    assert (saved.is_on, saved.user, saved.since) == (True, USER, shop.clock.today())
    assert mail_in_settings.password_for(shop, saved) == PASSWORD
    section.remove()
    assert not mail_in_settings.account(shop).host
    window.toasts.undo()
    assert mail_in_settings.account(shop) == saved
