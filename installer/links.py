"""Make this computer open `tel:` and `shopdesk:` links with the program.

python -m installer.links show PROGRAM        what would be registered here
python -m installer.links register PROGRAM    for this user; nothing needs an administrator
python -m installer.links unregister PROGRAM

Linux gets a desktop entry, Windows keys below HKEY_CURRENT_USER. Which program opens `tel:` is the user's own choice in
the system's settings; we only offer ourselves. On macOS a program is asked for links only when its bundle says so in
Info.plist (`PLIST`). The link is always the one and only argument: see `shopdesk/cli.py`.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SCHEMES = ("tel", "shopdesk")
DESKTOP_FILE = "shopdesk.desktop"
PLIST: dict[str, object] = {
    "CFBundleURLTypes": [
        {"CFBundleURLName": "Telephone number", "CFBundleURLSchemes": ["tel"], "CFBundleTypeRole": "Viewer"},
        {"CFBundleURLName": "shopdesk", "CFBundleURLSchemes": ["shopdesk"], "CFBundleTypeRole": "Viewer"},
    ]
}
_CLASSES = r"Software\Classes"
_OFFER = r"Software\shopdesk\Capabilities"


def desktop_entry(program: Path) -> str:
    """The desktop entry of Linux (freedesktop.org); `%u` hands over one link."""
    quoted = str(program)
    for sign in ("\\", '"', "`", "$"):  # the quoting rule of Exec
        quoted = quoted.replace(sign, "\\" + sign)
    quoted = quoted.replace("\\", "\\\\").replace("%", "%%")  # a string of the file, and no field code
    types = "".join(f"x-scheme-handler/{scheme};" for scheme in SCHEMES)
    return (
        "[Desktop Entry]\nType=Application\nVersion=1.0\nName=shopdesk\n"
        "Comment=The desk an owner-run shop works at\nComment[de]=Der Schreibtisch für den Laden\n"
        f'Exec="{quoted}" %u\nTerminal=false\nCategories=Office;\nStartupWMClass=shopdesk\nMimeType={types}\n'
    )


def registry_values(program: Path) -> Mapping[str, Mapping[str, str]]:
    """The keys of Windows below HKEY_CURRENT_USER with their values; "" is a key's own value."""
    command = f'"{program}" "%1"'
    handler = rf"{_CLASSES}\shopdesk.link"
    return {
        rf"{_CLASSES}\shopdesk": {"": "URL:shopdesk", "URL Protocol": ""},
        rf"{_CLASSES}\shopdesk\shell\open\command": {"": command},
        handler: {"": "shopdesk", "URL Protocol": ""},
        rf"{handler}\shell\open\command": {"": command},
        _OFFER: {
            "ApplicationName": "shopdesk",
            "ApplicationDescription": "The desk an owner-run shop works at",
        },
        rf"{_OFFER}\URLAssociations": dict.fromkeys(SCHEMES, "shopdesk.link"),
        r"Software\RegisteredApplications": {"shopdesk": _OFFER},
    }


def _applications() -> Path:
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "applications"


def register_on_linux(program: Path) -> Path:
    """Write the desktop entry and have the system read it; gives the file."""
    file = _applications() / DESKTOP_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(desktop_entry(program), encoding="utf-8")
    _tell_desktop("update-desktop-database", str(file.parent))
    # "tel" stays with whoever has it
    _tell_desktop("xdg-mime", "default", DESKTOP_FILE, "x-scheme-handler/shopdesk")
    return file


def unregister_on_linux() -> None:
    """Take the desktop entry away."""
    file = _applications() / DESKTOP_FILE
    file.unlink(missing_ok=True)
    if file.parent.is_dir():
        _tell_desktop("update-desktop-database", str(file.parent))


def _tell_desktop(*command: str) -> None:
    if shutil.which(command[0]):
        subprocess.run(command, check=False)


def _registry() -> Any:
    return importlib.import_module("winreg")  # there is one on Windows only


def register_on_windows(program: Path) -> None:
    """Write the keys; the program is then offered under "Default apps"."""
    winreg = _registry()
    for key, values in registry_values(program).items():
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            for name, value in values.items():
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)


def unregister_on_windows(program: Path) -> None:
    """Take our keys away; the list of registered programs stays but for our line."""
    winreg = _registry()
    for key in sorted(registry_values(program), key=len, reverse=True):
        with contextlib.suppress(OSError):
            if key.endswith("RegisteredApplications"):
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                    winreg.DeleteValue(opened, "shopdesk")
            else:
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)


def shown(program: Path, platform: str = sys.platform) -> str:
    """What would be registered on this system, to read."""
    if platform == "win32":
        keys = registry_values(program).items()
        return "\n".join(
            f"HKCU\\{key} [{name or '(default)'}] = {value}"
            for key, all_ in keys
            for name, value in all_.items()
        )
    if platform == "darwin":
        import plistlib

        return plistlib.dumps(PLIST).decode()
    return desktop_entry(program)


def main() -> None:
    """Register, take back, or only show."""
    parser = argparse.ArgumentParser(prog="python -m installer.links", description=__doc__)
    parser.add_argument("act", choices=("show", "register", "unregister"))
    parser.add_argument("program", type=Path, help="the frozen program, such as dist/shopdesk/shopdesk")
    given = parser.parse_args()
    program = given.program.resolve()
    if given.act == "show" or sys.platform == "darwin":
        print(shown(program))
    elif sys.platform == "win32":
        (register_on_windows if given.act == "register" else unregister_on_windows)(program)
    elif given.act == "register":
        print(register_on_linux(program))
    else:
        unregister_on_linux()


if __name__ == "__main__":
    main()
