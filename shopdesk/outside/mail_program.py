"""The owner's own mail program: it opens a finished .eml, he presses its "Send"."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from shopdesk import paths
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

_PATIENCE_SECONDS = 20.0
_KEPT_SECONDS = 24 * 3600.0


class NoMailProgram(ShopError):
    """The system knows no program for .eml files."""

    code = "no-mail-program"


class MailProgram(Protocol):
    """What can show a finished mail for sending."""

    def open(self, eml: bytes, name: str) -> Path:
        """Open the mail; returns the file that was opened. Raises NoMailProgram."""
        ...


class SystemMailProgram:
    """Opens .eml files with the program that the system has for them, from a folder beside the shop's data."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def open(self, eml: bytes, name: str) -> Path:
        from shopdesk.domain.file_names import safe_file_name

        folder = self._folder or paths.data_folder() / "mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / safe_file_name(f"{name}.eml", "mail.eml")
        file.write_bytes(eml)
        _tidy(folder, file.stat().st_mtime)
        try:
            _open_with_system(file)
        except OSError as error:
            message = Message(
                N_(
                    "No mail program opened the file {file}. "
                    "Please open it by hand, or enter a mail account in the settings."
                ),
                {"file": str(file)},
            )
            raise NoMailProgram(message) from error
        return file


def _tidy(folder: Path, now: float) -> None:
    """Remove the mails of earlier days: the outbox keeps them, and customers' data should not lie about."""
    for old in folder.glob("*.eml"):
        with suppress(OSError):  # a mail program may still hold it open
            if old.stat().st_mtime < now - _KEPT_SECONDS:
                old.unlink()


class FakeMailProgram:
    """Keeps what it was given, for tests."""

    def __init__(self) -> None:
        self.opened: list[bytes] = []

    def open(self, eml: bytes, name: str) -> Path:
        self.opened.append(eml)
        return Path(f"{name}.eml")


def _open_with_system(file: Path) -> None:
    """Raises OSError when the system has no opener."""
    import subprocess  # not before the first paint

    if sys.platform == "win32":
        os.startfile(file)  # noqa: S606 - a file this program just wrote
        return
    command = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.run([command, str(file)], env=_system_environment(), check=True, timeout=_PATIENCE_SECONDS)
    except subprocess.SubprocessError as error:
        raise OSError(command) from error


def _system_environment() -> dict[str, str]:
    """The environment without what a frozen program added: its libraries would break the other program."""
    environment = dict(os.environ)
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        original = environment.pop(f"{name}_ORIG", None)
        if getattr(sys, "frozen", False):
            environment.pop(name, None)
        if original:
            environment[name] = original
    return environment
