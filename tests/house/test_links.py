"""How the systems are told to open our links; Windows and macOS are checked as far as text goes."""

from __future__ import annotations

import configparser
import plistlib
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from installer import links

PROGRAM = Path("/usr/local/shop desk/50% $HOME/shopdesk")


def entry(program: Path) -> configparser.SectionProxy:
    reader = configparser.RawConfigParser()
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read_string(links.desktop_entry(program))
    return reader["Desktop Entry"]


def test_linux_hands_over_one_link_whatever_the_folder_is_called() -> None:
    assert entry(Path("/usr/local/shopdesk/shopdesk"))["Exec"] == '"/usr/local/shopdesk/shopdesk" %u'
    assert entry(PROGRAM)["Exec"] == '"/usr/local/shop desk/50%% \\\\$HOME/shopdesk" %u'
    assert entry(PROGRAM)["MimeType"] == "x-scheme-handler/tel;x-scheme-handler/shopdesk;"


def test_the_desktop_entry_is_valid(tmp_path: Path, needs_program: Callable[[str], str]) -> None:
    file = tmp_path / links.DESKTOP_FILE
    file.write_text(links.desktop_entry(PROGRAM), encoding="utf-8")
    done = subprocess.run(
        [needs_program("desktop-file-validate"), str(file)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_registered_on_linux_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")  # the desktop of whoever runs the tests learns nothing of it
    file = links.register_on_linux(PROGRAM)
    assert file.read_text(encoding="utf-8") == links.desktop_entry(PROGRAM)
    links.unregister_on_linux()
    assert not file.exists()
    links.unregister_on_linux()


def test_windows_gets_the_link_as_the_only_argument() -> None:
    program = PurePosixPath("C:/Programme/shopdesk/shopdesk.exe")
    values = links.registry_values(program)  # type: ignore[arg-type]
    commands = [all_[""] for key, all_ in values.items() if key.endswith("command")]
    assert commands == [f'"{program}" "%1"'] * 2
    assert values[r"Software\shopdesk\Capabilities\URLAssociations"] == {
        "tel": "shopdesk.link",
        "shopdesk": "shopdesk.link",
    }


def test_macos_names_both_schemes() -> None:
    told = plistlib.loads(links.shown(PROGRAM, "darwin").encode())
    assert [scheme for kind in told["CFBundleURLTypes"] for scheme in kind["CFBundleURLSchemes"]] == [
        "tel",
        "shopdesk",
    ]
