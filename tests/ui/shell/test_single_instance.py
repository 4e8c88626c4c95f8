from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from shopdesk.ui.shell.single_instance import SingleInstance

SECOND = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from shopdesk.ui.shell.single_instance import SingleInstance
application = QCoreApplication([])
print(json.dumps(SingleInstance(Path(sys.argv[1]), sys.argv[2]).claim(sys.argv[3:])))
"""


def start_second(folder: Path, database: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SECOND, str(folder), database, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_second_start_hands_its_arguments_over(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path, "shop.sqlite")
    assert first.claim([])
    first.listen()
    with qtbot.waitSignal(first.called, timeout=20_000) as call:
        second = start_second(tmp_path, "shop.sqlite", "--call", "+359 88 712 3456")
    assert call.args == [["--call", "+359 88 712 3456"]]
    assert json.loads(second.communicate(timeout=20)[0]) is False
    first.release()


def test_another_database_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    first, other = SingleInstance(tmp_path, "shop.sqlite"), SingleInstance(tmp_path, "other.sqlite")
    assert first.claim([])
    assert other.claim([])
    first.release()
    other.release()


def test_the_lock_of_a_killed_window_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    held = SECOND + "\nsys.stdout.flush(); application.exec()"
    command = [sys.executable, "-c", held, str(tmp_path), "shop.sqlite"]
    killed = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert killed.stdout is not None
    assert json.loads(killed.stdout.readline()) is True
    killed.kill()
    killed.communicate(timeout=20)
    assert QCoreApplication.instance() is not None
    next_one = SingleInstance(tmp_path, "shop.sqlite")
    assert next_one.claim([])
    next_one.release()
