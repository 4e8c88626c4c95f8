"""Signing in at Microsoft from the settings: the browser opens, comes back, and the mailbox can be tested."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from shopdesk.domain.mail_in import SignIn
from shopdesk.outside.inbox import ImapInbox
from shopdesk.outside.microsoft import OnlineMicrosoft
from shopdesk.ui.settings.mail_in_section import MailInSection
from shopdesk.ui.settings.page import SettingsPage
from shopdesk.usecases import mail_in_settings, microsoft_accounts
from shopdesk.usecases.shop import Shop
from tests.mailbox.microsoft import CLIENT, USER, FakeMicrosoft, microsoft


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeMicrosoft]:
    with microsoft(tmp_path) as running:
        yield running


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that the system's browser was asked for."""
    found: list[str] = []

    def open_url(url: QUrl) -> bool:
        found.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


@pytest.fixture
def section(page: SettingsPage, shop: Shop, fake: FakeMicrosoft) -> MailInSection:
    shop.inbox, shop.microsoft = ImapInbox(5), OnlineMicrosoft(fake.authority, fake.ca_file, 5)
    found = page.sections["mail_in"]
    assert isinstance(found, MailInSection)
    found.revert()
    return found


def choose_microsoft(section: MailInSection) -> None:
    section.form.sign_in.set_value(SignIn.MICROSOFT.value)
    section.form.user.setText(USER)
    section.form.microsoft.client_id.setText(CLIENT)


def come_back(fake: FakeMicrosoft, address: str) -> None:
    """The owner signs in while the window goes on."""
    threading.Thread(target=fake.browser, args=(address,), daemon=True).start()


def test_choosing_microsoft_asks_for_its_words_instead_of_a_password(section: MailInSection) -> None:
    form = section.form
    assert not form.microsoft.isVisibleTo(section)
    choose_microsoft(section)
    assert form.microsoft.isVisibleTo(section)
    assert not form.fields["password"].isVisibleTo(section)
    assert form.host.text() == "outlook.office365.com"


def test_an_outlook_address_leads_to_microsoft_by_itself(section: MailInSection) -> None:
    section.form.user.setText("schlafgut@outlook.de")
    section.form.user.editingFinished.emit()
    assert section.form.sign_in.value == SignIn.MICROSOFT
    assert "im Browser" in section.form.hint.text()


def test_signing_in_and_saving(
    section: MailInSection, fake: FakeMicrosoft, opened: list[str], qtbot: QtBot, shop: Shop
) -> None:
    choose_microsoft(section)
    microsoft = section.form.microsoft
    microsoft.button.click()
    assert "Browser" in microsoft.state.words.text()
    assert microsoft.button.text().strip() == "Nicht mehr warten"
    come_back(fake, opened[0])
    qtbot.waitUntil(lambda: microsoft.state.words.text() == f"Angemeldet als {USER}.", timeout=10_000)
    section.form.is_on.setChecked(True)
    section.save()
    (saved,) = mail_in_settings.accounts(shop)
    assert (saved.sign_in, saved.client_id) == (SignIn.MICROSOFT, CLIENT)
    assert mail_in_settings.password_for(shop, saved) == "access-1"
    assert microsoft.state.words.text() == "Sie sind angemeldet."


def test_what_microsoft_refuses_is_said(
    section: MailInSection, fake: FakeMicrosoft, opened: list[str], qtbot: QtBot
) -> None:
    fake.consents = False
    choose_microsoft(section)
    section.form.microsoft.button.click()
    come_back(fake, opened[0])
    frame = section.form.fields["sign_in"]
    qtbot.waitUntil(lambda: "stimmen Sie zu" in frame.problem.text(), timeout=10_000)
    assert section.form.microsoft.button.isEnabled()


def test_a_missing_application_id_is_said_at_its_field(section: MailInSection, opened: list[str]) -> None:
    choose_microsoft(section)
    section.form.microsoft.client_id.clear()
    section.form.microsoft.button.click()
    assert "Anwendungs-ID" in section.form.fields["client_id"].problem.text()
    assert opened == []


def test_waiting_can_be_stopped(section: MailInSection, opened: list[str]) -> None:
    choose_microsoft(section)
    microsoft = section.form.microsoft
    microsoft.button.click()
    microsoft.button.click()
    assert "abgebrochen" in microsoft.state.words.text()
    assert microsoft.button.text().strip() == "Bei Microsoft anmelden"
    assert len(opened) == 1


def test_without_the_addition_the_settings_say_what_to_do(
    section: MailInSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OnlineMicrosoft, "is_installed", False)
    section.revert()
    assert "pip install" in section.form.microsoft.state.words.text()
    assert not section.form.microsoft.button.isEnabled()


def test_removing_and_taking_it_back_keeps_the_sign_in(
    section: MailInSection, fake: FakeMicrosoft, shop: Shop
) -> None:
    choose_microsoft(section)
    section.save()
    (saved,) = mail_in_settings.accounts(shop)
    microsoft_accounts.remember(shop, saved.keychain_name, "{}")
    section.remove(saved.keychain_name)
    assert not microsoft_accounts.is_signed_in(shop, saved.keychain_name)
    section.window().toasts.undo()  # type: ignore[attr-defined]
    assert microsoft_accounts.is_signed_in(shop, saved.keychain_name)
