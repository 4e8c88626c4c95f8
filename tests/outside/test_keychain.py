from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from shopdesk.outside import keychain
from shopdesk.outside.keychain import PASSWORD_VARIABLE, SessionKeychain, SystemKeychain

NAME = "lindner@mail.example.org:587"


class Chest(KeyringBackend):
    """A keychain of the system that keeps its words in memory, or is locked."""

    priority = 1

    words: dict[tuple[str, str], str]
    is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self.refuse_when_locked()
        return self.words.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.refuse_when_locked()
        self.words[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.refuse_when_locked()
        if self.words.pop((service, username), None) is None:
            raise PasswordDeleteError

    def refuse_when_locked(self) -> None:
        if self.is_locked:
            raise KeyringError


@pytest.fixture
def chest(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chest]:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    before, chest = keyring.get_keyring(), Chest()
    chest.words = {}
    keyring.set_keyring(chest)
    yield chest
    keyring.set_keyring(before)


@pytest.fixture
def of_the_system(chest: Chest, monkeypatch: pytest.MonkeyPatch) -> Chest:
    monkeypatch.setattr(keychain, "_SYSTEM_BACKENDS", (Chest.__module__,))
    return chest


def test_the_system_keeps_the_password_for_the_next_start(of_the_system: Chest) -> None:
    assert SystemKeychain().password(NAME) is None
    assert SystemKeychain().remember(NAME, "geheim")
    assert SystemKeychain().password(NAME) == "geheim"
    SystemKeychain().forget(NAME)
    SystemKeychain().forget(NAME)
    assert SystemKeychain().password(NAME) is None


def test_without_a_system_keychain_the_password_lasts_for_the_session(chest: Chest) -> None:
    """The backend is not one of the system's: it might write plain text."""
    here = SystemKeychain()
    assert not here.remember(NAME, "geheim")
    assert chest.words == {}
    assert here.password(NAME) == "geheim"
    assert SystemKeychain().password(NAME) is None


def test_a_locked_keychain_means_asking(of_the_system: Chest) -> None:
    of_the_system.is_locked = True
    here = SystemKeychain()
    assert here.password(NAME) is None
    assert not here.remember(NAME, "geheim")
    assert here.password(NAME) == "geheim"
    here.forget(NAME)
    assert here.password(NAME) is None


def test_the_environment_comes_first(of_the_system: Chest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "aus der Umgebung")
    for here in (SystemKeychain(), SessionKeychain()):
        here.remember(NAME, "geheim")
        assert here.password(NAME) == "aus der Umgebung"
