"""The window's start, whole, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from shopdesk.outside.clock import SystemClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.ui import start
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.usecases.shop import Shop

folder, caller, link = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
application = QApplication([])

def look():
    for window in application.topLevelWidgets():
        if isinstance(window, MainWindow) and window.isVisible() and window.navigation.here is not None:
            palette, banners = window.overlays.palette, window.overlays.calls._shown()
            if (caller or link) and palette is None and not banners:
                return
            said = palette.edit.text() if palette is not None else "".join(one.caller.number for one in banners)
            print(json.dumps([window.navigation.here.name, said]))
            timer.stop()
            window.close()
        elif window.isVisible() and window.isModal():
            print(json.dumps([window.text()]))
            timer.stop()
            window.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
make_shop = lambda: Shop(folder / "shop.sqlite", SystemClock(), FakePost(), SessionKeychain(), FakeMailProgram())
print(json.dumps(start.run(make_shop, caller=caller, folder=folder, link=link)))
"""


def start(folder: Path, caller: str = "", link: str = "") -> list[object]:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "LANGUAGE": "de",
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "-c", PROGRAM, str(folder), caller, link]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_new_shop_begins_with_its_own_page_and_ends_well(tmp_path: Path) -> None:
    assert start(tmp_path) == [["first_start", ""], 0]


@pytest.mark.parametrize(
    ("caller", "link", "said"),
    [
        ("0035988 7123456", "", "+359 88 712 3456"),
        ("", "tel:+359-88-712-3456", "+359 88 712 3456"),
        ("", "shopdesk:call/+359887123456", "+359 88 712 3456"),
        ("", "shopdesk:find/M%C3%BCller", "Müller"),
    ],
)
def test_who_calls_is_shown_and_a_link_is_looked_up(
    tmp_path: Path, caller: str, link: str, said: str
) -> None:
    assert start(tmp_path, caller, link)[0] == ["first_start", said]


def test_a_file_that_is_not_ours_is_named_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "shop.sqlite"
    file.write_bytes(b"not a database" * 1000)
    before = file.read_bytes()
    said, code = start(tmp_path)
    assert isinstance(said, list)
    assert "shop.sqlite" in said[0]
    assert code == 4  # like the command line: the database is at fault
    assert file.read_bytes() == before
