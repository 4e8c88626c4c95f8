"""Starting with the system, as far as files go; the registry is checked by its calls."""

from __future__ import annotations

import plistlib
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from shopdesk.outside import autostart
from shopdesk.outside.autostart import AutostartRefused, FileAutostart, WindowsAutostart

COMMAND = ["/usr/local/shop desk/50% $HOME/shopdesk", "--background"]


def test_linux_gets_an_entry_and_loses_it(tmp_path: Path) -> None:
    starting = FileAutostart(tmp_path / "autostart" / "shopdesk.desktop", autostart.desktop_entry)
    starting.set_on(COMMAND, on=True)
    assert starting.is_on()
    assert 'Exec="/usr/local/shop desk/50%% \\\\$HOME/shopdesk" "--background"' in starting.file.read_text(
        "utf-8"
    )
    starting.set_on(COMMAND, on=False)
    starting.set_on(COMMAND, on=False)
    assert not starting.is_on()


def test_macos_gets_a_launch_agent(tmp_path: Path) -> None:
    starting = FileAutostart(tmp_path / "agent.plist", autostart.launch_agent)
    starting.set_on(COMMAND, on=True)
    assert plistlib.loads(starting.file.read_bytes())["ProgramArguments"] == COMMAND


def test_a_folder_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AutostartRefused):
        FileAutostart(tmp_path / "file" / "x.desktop", autostart.desktop_entry).set_on(COMMAND, on=True)


class Registry:
    """What winreg does with one key."""

    HKEY_CURRENT_USER, REG_SZ = 1, 1

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def __enter__(self) -> Registry:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def open(self, _root: int, _path: str) -> Registry:
        return self

    def read(self, _key: object, name: str) -> str:
        if name not in self.values:
            raise FileNotFoundError
        return self.values[name]

    def write(self, _key: object, name: str, _zero: int, _kind: int, value: str) -> None:
        self.values[name] = value

    def remove(self, _key: object, name: str) -> None:
        del self.values[name]


def test_windows_gets_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Registry()
    module: Any = types.SimpleNamespace(
        HKEY_CURRENT_USER=1, REG_SZ=1, OpenKey=fake.open, CreateKey=fake.open, QueryValueEx=fake.read,
        SetValueEx=fake.write, DeleteValue=fake.remove,
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "winreg", module)
    starting = WindowsAutostart()
    assert not starting.is_on()
    starting.set_on(["C:\\shop desk\\shopdesk.exe", "--background"], on=True)
    assert fake.values == {"shopdesk": '"C:\\shop desk\\shopdesk.exe" --background'}
    assert starting.is_on()
    starting.set_on([], on=False)
    assert not starting.is_on()
