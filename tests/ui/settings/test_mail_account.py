"""The mail account: proposed, tried against a real server, stored without its password, removed."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from PySide6.QtWidgets import QApplication, QPushButton

from shopdesk.domain.mail import MailAccount, MailRefused, Security
from shopdesk.domain.messages import Message
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.post import SmtpPost
from shopdesk.ui.settings.mail_account_section import MailAccountSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases import mail_providers, mail_settings
from shopdesk.usecases.shop import Shop

ADDRESS = "post@schlafgut-lindner.example"


@pytest.fixture
def mail(page: SettingsPage) -> MailAccountSection:
    section = page.sections["mail"]
    assert isinstance(section, MailAccountSection)
    return section


def fill(mail: MailAccountSection, account: MailAccount, password: str = "") -> None:
    mail.address.setText(account.sender_address)
    mail.host.setText(account.host)
    mail.port.set_value(account.port)
    mail.security.set_value(account.security.value)
    mail.user.setText(account.user)
    mail.ca_file.setText(account.ca_file)
    mail.password.setText(password)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailAccount]:
    """A real server that knows lindner/geheim, and the account that fits it."""

    def authenticate(
        server: object, session: object, envelope: object, mechanism: str, data: object
    ) -> AuthResult:
        del server, session, envelope, mechanism
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"lindner", b"geheim")
        return AuthResult(success=good, handled=good)

    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = int(line.getsockname()[1])
    controller = Controller(object(), "127.0.0.1", port, tls_context=context, authenticator=authenticate)
    controller.start()
    yield MailAccount(
        "localhost", port, Security.STARTTLS, "lindner", ADDRESS, ca_file=str(tmp_path / "ca.pem")
    )
    controller.stop()


def test_a_real_server_is_tried_before_anything_is_saved(
    mail: MailAccountSection, shop: Shop, server: MailAccount
) -> None:
    shop.post = SmtpPost(5, 5)
    fill(mail, server, "geheim")
    mail.test_button.setFocus()
    mail.test_button.click()
    assert not isinstance(QApplication.focusWidget(), QPushButton)  # the next ⏎ would discard everything
    assert mail.result.words.text() == "Der Server ist da und kennt Sie. Mails können hinausgehen."
    assert mail_settings.account(shop) is None
    fill(mail, server, "falsch")
    mail.test_button.click()
    assert not mail.result.isVisibleTo(mail)
    assert "Passwort" in "".join(frame.problem.text() for frame in mail._fields.values())
    assert mail.test_button.isEnabled()


def test_the_account_is_saved_and_its_password_only_in_the_keychain(
    mail: MailAccountSection, shop: Shop
) -> None:
    wanted = MailAccount("smtp.example.org", 465, Security.TLS, "lindner", ADDRESS)
    fill(mail, wanted, "geheim")
    assert mail.save()
    assert mail_settings.account(shop) == wanted
    assert mail_settings.password_for(shop, wanted) == "geheim"
    assert not mail.password.text()
    assert not mail.is_changed
    # this keychain lasts for the session only, and the page says so
    assert "Schlüsselbund" in mail.result.words.text()
    shop.close()
    assert b"geheim" not in Path(str(shop.place)).read_bytes()


def test_a_new_password_alone_is_a_change(mail: MailAccountSection, shop: Shop) -> None:
    fill(mail, MailAccount("smtp.example.org", 465, Security.TLS, "lindner", ADDRESS), "alt")
    mail.save()
    mail.password.setText("neu")
    assert mail.is_changed
    mail.save()
    account = mail_settings.account(shop)
    assert account is not None
    assert mail_settings.password_for(shop, account) == "neu"


@pytest.mark.parametrize(
    ("account", "field"),
    [
        (MailAccount("", 465, Security.TLS, "", ADDRESS), "host"),
        (MailAccount("smtp.example.org", 465, Security.TLS, "", "zwei@a.de, drei@b.de"), "from"),
        (MailAccount("smtp.example.org", 25, Security.NONE, "", ADDRESS), "security"),
    ],
)
def test_what_cannot_work_stands_at_its_field(
    mail: MailAccountSection, shop: Shop, account: MailAccount, field: str
) -> None:
    fill(mail, account)
    mail.save()
    assert mail._fields[field].problem.text()
    assert mail_settings.account(shop) is None


def test_a_missing_password_is_asked_for_at_its_field(mail: MailAccountSection) -> None:
    fill(mail, MailAccount("smtp.example.org", 465, Security.TLS, "lindner", ADDRESS))
    mail.test_button.click()
    assert mail._fields["password"].problem.text()


def test_what_the_server_says_is_told(mail: MailAccountSection, shop: Shop) -> None:
    assert isinstance(shop.post, FakePost)
    shop.post.problems.append(MailRefused(Message("The server smtp.example.org says no.")))
    fill(mail, MailAccount("smtp.example.org", 465, Security.TLS, "", ADDRESS))
    mail.test_button.click()
    assert "says no" in mail.result.words.text()


def test_a_known_address_brings_its_server(mail: MailAccountSection) -> None:
    mail.address.setText("jens.lindner@t-online.de")
    mail.address.editingFinished.emit()
    assert (mail.host.text(), mail.port.value, mail.security.value) == ("securesmtp.t-online.de", 465, "tls")
    assert mail.user.text() == "jens.lindner@t-online.de"
    assert "T-Online" in mail.hint.text()


def test_a_typed_server_is_not_overwritten_by_a_proposal(mail: MailAccountSection) -> None:
    mail.host.setText("mail.schlafgut-lindner.example")
    mail.address.setText("jens.lindner@gmx.de")
    mail.address.editingFinished.emit()
    assert mail.host.text() == "mail.schlafgut-lindner.example"


def test_removing_the_account_forgets_the_password(
    mail: MailAccountSection, window: MainWindow, shop: Shop
) -> None:
    wanted = MailAccount("smtp.example.org", 465, Security.TLS, "lindner", ADDRESS)
    fill(mail, wanted, "geheim")
    mail.save()
    assert not mail.without.isVisibleTo(mail)
    mail.remove_button.click()
    assert mail_settings.account(shop) is None
    assert shop.keychain.password(wanted.keychain_name) is None
    assert mail.without.isVisibleTo(mail)
    window.toasts.undo()
    assert mail_settings.account(shop) == wanted
    assert mail_settings.password_for(shop, wanted) == "geheim"


@pytest.mark.parametrize("provider", mail_providers.providers(), ids=lambda one: one.name)
def test_every_provider_is_encrypted_on_the_port_of_its_kind(provider: mail_providers.MailProvider) -> None:
    assert provider.security != Security.NONE
    assert provider.port == {Security.TLS: 465, Security.STARTTLS: 587}[provider.security]
    assert all(mail_providers.provider_of(f"x@{domain}") == provider for domain in provider.domains)
