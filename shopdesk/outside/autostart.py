"""Starting with the system: for this user, without an administrator, and taken back without a trace."""

from __future__ import annotations

import contextlib
import importlib
import os
import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_NAME = "shopdesk"


class AutostartRefused(ShopError):
    """The system does not let us."""

    code = "autostart"


class Autostart(Protocol):
    """Whether the program starts when this user logs in."""

    def is_on(self) -> bool:
        """Whether it does now."""
        ...

    def set_on(self, command: Sequence[str], *, on: bool) -> None:
        """Let it, or no longer; raises AutostartRefused."""
        ...


def command() -> list[str]:
    """What starts this program, in the background."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "shopdesk"]
    return [*program, "--background"]


def of_this_system() -> Autostart:
    """The way of Windows, macOS or Linux."""
    if sys.platform == "win32":
        return WindowsAutostart()
    if sys.platform == "darwin":
        agent = Path.home() / "Library" / "LaunchAgents" / "org.shopdesk.shopdesk.plist"
        return FileAutostart(agent, launch_agent)
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return FileAutostart(Path(config) / "autostart" / "shopdesk.desktop", desktop_entry)


def desktop_entry(arguments: Sequence[str]) -> bytes:
    """The entry of freedesktop.org's autostart folder."""
    return (
        "[Desktop Entry]\nType=Application\nVersion=1.0\nName=shopdesk\n"
        f"Exec={' '.join(_quoted(word) for word in arguments)}\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"
    ).encode()


def _quoted(word: str) -> str:
    for sign in ("\\", '"', "`", "$"):  # the quoting rule of Exec
        word = word.replace(sign, "\\" + sign)
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


def launch_agent(arguments: Sequence[str]) -> bytes:
    """The property list of a macOS launch agent."""
    return plistlib.dumps(
        {"Label": "org.shopdesk.shopdesk", "ProgramArguments": list(arguments), "RunAtLoad": True}
    )


class FileAutostart:
    """Linux and macOS: a file in the right folder."""

    def __init__(self, file: Path, content: Any) -> None:
        self.file, self._content = file, content

    def is_on(self) -> bool:
        return self.file.exists()

    def set_on(self, command: Sequence[str], *, on: bool) -> None:
        try:
            if on:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.file.write_bytes(self._content(command))
            else:
                self.file.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(error) from error


class WindowsAutostart:
    """Windows: a value below HKEY_CURRENT_USER."""

    def is_on(self) -> bool:
        registry = importlib.import_module("winreg")
        with contextlib.suppress(OSError), registry.OpenKey(registry.HKEY_CURRENT_USER, _RUN) as key:
            registry.QueryValueEx(key, _NAME)
            return True
        return False

    def set_on(self, command: Sequence[str], *, on: bool) -> None:
        import subprocess

        registry = importlib.import_module("winreg")
        try:
            with registry.CreateKey(registry.HKEY_CURRENT_USER, _RUN) as key:
                if on:
                    registry.SetValueEx(key, _NAME, 0, registry.REG_SZ, subprocess.list2cmdline(command))
                elif self.is_on():
                    registry.DeleteValue(key, _NAME)
        except OSError as error:
            raise _refused(error) from error


def _refused(error: OSError) -> AutostartRefused:
    text = N_("The system does not let shopdesk change what starts with it ({reason}).")
    return AutostartRefused(Message(text, {"reason": error.strerror or type(error).__name__}))
