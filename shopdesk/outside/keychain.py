"""Passwords: in the system's keychain, or in memory until the program ends. Never in plain text on a disk."""

from __future__ import annotations

import logging
import os
from typing import Protocol

_log = logging.getLogger(__name__)
_SERVICE = "shopdesk"
PASSWORD_VARIABLE = "SHOPDESK_SMTP_PASSWORD"  # noqa: S105 - the name, not the word
# keyring also finds add-ons that write plain text files: only those that belong to the system are asked
_SYSTEM_BACKENDS = (
    "keyring.backends.macOS",
    "keyring.backends.Windows",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)


class Keychain(Protocol):
    """Where passwords live."""

    def password(self, name: str) -> str | None:
        """The password under this name; None: ask the owner."""
        ...

    def remember(self, name: str, password: str) -> bool:
        """Keep the password; False when it lasts for this session only."""
        ...

    def forget(self, name: str) -> None:
        """Remove the password."""
        ...


class SessionKeychain:
    """Keeps passwords in memory only; the environment's SHOPDESK_SMTP_PASSWORD comes first."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def password(self, name: str) -> str | None:
        return os.environ.get(PASSWORD_VARIABLE) or self._known.get(name)

    def remember(self, name: str, password: str) -> bool:
        self._known[name] = password
        return False

    def forget(self, name: str) -> None:
        self._known.pop(name, None)


class SystemKeychain:
    """The system's keychain; without one the password is kept for the session.

    The system may ask the owner to unlock it, so call this off the window's thread.
    """

    def __init__(self) -> None:
        self._session = SessionKeychain()

    def password(self, name: str) -> str | None:
        known = self._session.password(name)
        if known is not None or not _system_keychain_exists():
            return known
        import keyring
        from keyring.errors import KeyringError

        try:
            found = keyring.get_password(_SERVICE, name)
        except KeyringError as error:
            _log.warning("the keychain does not answer: %s", type(error).__name__)
            return None
        if found is not None:
            self._session.remember(name, found)
        return found

    def remember(self, name: str, password: str) -> bool:
        self._session.remember(name, password)
        if not _system_keychain_exists():
            return False
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, name, password)
        except KeyringError as error:
            _log.warning("the keychain did not take the password: %s", type(error).__name__)
            return False
        return True

    def forget(self, name: str) -> None:
        self._session.forget(name)
        if not _system_keychain_exists():
            return
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.delete_password(_SERVICE, name)
        except KeyringError as error:
            _log.info("nothing to remove from the keychain: %s", type(error).__name__)


def _system_keychain_exists() -> bool:
    import keyring

    backend = keyring.get_keyring()
    backends = getattr(backend, "backends", [backend])  # a chain asks each of its members in turn
    return bool(backends) and all(type(one).__module__.startswith(_SYSTEM_BACKENDS) for one in backends)
