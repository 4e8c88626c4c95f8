"""The mailbox: proposed from the address, tried against a real server, saved, switched off, removed."""

from __future__ import annotations

import pytest

from shopdesk.domain.mail import Security
from shopdesk.domain.mail_in import Afterwards, FetchRefused
from shopdesk.outside.inbox import ImapInbox
from shopdesk.ui.settings.mail_in_section import MailInSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import mail_in, mail_in_settings
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
    section.form.user.setText(USER)
    section.form.password.setText(password)
    section.form.host.setText("localhost")
    section.form.security.set_value(Security.TLS.value)
    section.form.port.set_value(server.tls_port)
    section.form.ca_file.setText(server.ca_file)


def test_it_is_off_by_default(section: MailInSection) -> None:
    assert not section.form.is_on.isChecked()
    assert not section.is_changed


def test_a_known_address_brings_its_server(section: MailInSection) -> None:
    section.form.user.setText("schlafgut@gmx.de")
    section.form.user.editingFinished.emit()
    assert section.form.host.text() == "imap.gmx.net"
    assert "IMAP" in section.form.hint.text()


def test_trying_it_out_offers_the_folders(section: MailInSection, server: Mailbox) -> None:
    enter(section, server)
    section.test()
    offered = [box.text() for box in section.form.folders.boxes.values()]
    assert offered == ["Posteingang", "Junk", "Sent", "Anfragen"]
    assert section.form.folders.ticked == ("INBOX",)
    assert "lässt Sie herein" in section.result.words.text()


def test_a_wrong_password_stands_at_its_field(section: MailInSection, server: Mailbox) -> None:
    enter(section, server, "falsch")
    section.test()
    assert "Passwort" in section.form.fields["user"].problem.text()


def switch_on(section: MailInSection, server: Mailbox, user: str = USER, password: str = PASSWORD) -> str:
    """Enter a mailbox and store it; its key."""
    enter(section, server, password)
    section.form.user.setText(user)
    section.form.is_on.setChecked(True)
    section.save()
    return section._current


def test_saved_and_removed_and_brought_back(
    section: MailInSection, server: Mailbox, shop: Shop, window: MainWindow
) -> None:
    key = switch_on(section, server)
    (saved,) = mail_in_settings.accounts(shop)
    assert (saved.is_on, saved.user, saved.since) == (True, USER, shop.clock.today())
    assert mail_in_settings.password_for(shop, saved) == PASSWORD
    section.list.rows[key].remove_button.click()
    assert mail_in_settings.accounts(shop) == ()
    window.toasts.undo()
    assert mail_in_settings.accounts(shop) == (saved,)
    assert mail_in_settings.password_for(shop, saved) == PASSWORD


def test_a_second_mailbox_is_added_changed_and_chosen(
    section: MailInSection, server: Mailbox, shop: Shop
) -> None:
    first = switch_on(section, server)
    section.list.add_button.click()
    assert (section.form.user.text(), section.form_title.text()) == ("", "Weiteres Postfach")
    second = switch_on(section, server, "werkstatt@schlafgut.example")
    assert list(section.list.rows) == [first, second]
    section.form.name.setText("Werkstatt")
    section.list.rows[first].choose_button.click()
    assert "zuerst Ihre Änderungen" in section.result.words.text()
    section.save()
    section.list.rows[first].choose_button.click()
    assert section.form.user.text() == USER
    assert [one.title for one in mail_in_settings.accounts(shop)] == [USER, "Werkstatt"]


def test_a_corrected_user_name_replaces_the_mailbox(
    section: MailInSection, server: Mailbox, shop: Shop
) -> None:
    switch_on(section, server, "lindnre@schlafgut.example")
    section.form.user.setText(USER)
    section.form.password.setText(PASSWORD)
    section.save()
    assert [one.user for one in mail_in_settings.accounts(shop)] == [USER]


def test_the_same_mailbox_twice_is_refused_at_its_field(
    section: MailInSection, server: Mailbox, shop: Shop
) -> None:
    switch_on(section, server)
    section.list.add_button.click()
    switch_on(section, server)
    assert "schon in der Liste" in section.form.fields["user"].problem.text()
    assert len(mail_in_settings.accounts(shop)) == 1


def test_how_each_mailbox_stands_is_seen_beside_its_name(
    section: MailInSection, server: Mailbox, shop: Shop
) -> None:
    well = switch_on(section, server)
    section.list.add_button.click()
    ill = switch_on(section, server, "werkstatt@schlafgut.example", "falsch")
    mail_in.fetch(shop, well)
    with pytest.raises(FetchRefused):
        mail_in.fetch(shop, ill)
    section.reload()
    assert section.list.rows[well].state.text().startswith("Zuletzt abgeholt")
    assert "Passwort" in section.list.rows[ill].state.text()
    section.list.rows[well].choose_button.click()
    section.focus_inside()  # as ⏎ on Heute's red row does
    assert section.form.user.text() == "werkstatt@schlafgut.example"


def test_deleting_on_the_server_warns_plainly_and_moving_wants_a_folder(
    section: MailInSection, server: Mailbox, shop: Shop
) -> None:
    enter(section, server)
    section.test()
    assert not section.form.afterwards.warning.isVisibleTo(section)
    section.form.afterwards.choice.set_value(Afterwards.DELETE.value)
    assert "endgültig" in section.form.afterwards.warning.words.text()
    section.form.afterwards.choice.set_value(Afterwards.MOVE.value)
    assert not section.form.afterwards.warning.isVisibleTo(section)
    section.save()
    assert "verschieben" in section.form.fields["move_to"].problem.text().lower()
    section.form.afterwards.target.set_value("Anfragen")
    section.save()
    (saved,) = mail_in_settings.accounts(shop)
    assert (saved.afterwards, saved.move_to) == (Afterwards.MOVE, "Anfragen")
