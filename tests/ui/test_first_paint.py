"""The first paint does not wait for heavy modules (PERFORMANCE.md, "Start"): the real start, with a filled shop."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys

import pytest

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.follow_ups import FollowUp
from shopdesk.outside.clock import SystemClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.store import first_rows_papers
from shopdesk.usecases import follow_ups
from shopdesk.usecases.sample_shop import fill
from shopdesk.usecases.shop import Shop

HEAVY = (
    "alembic", "babel", "holidays", "jinja2", "keyring", "lxml", "numpy", "phonenumbers", "pikepdf", "PIL", "pypdfium2",
    "PySide6.QtNetwork", "rapidfuzz", "reportlab", "sqlalchemy", "stdnum", "xlsxwriter",
)  # fmt: skip

PROGRAM = """
import json, linecache, sys
from PySide6.QtWidgets import QApplication
from shopdesk.ui import start
from shopdesk.ui.shell.main_window import MainWindow

told = []

def tell(window):
    told.append(sorted(sys.modules))
    told.append(window.navigation.page.rows.rows.rowCount())

def tell_loaded(window):
    told.append("sqlalchemy" in sys.modules)
    told.append([file for file in linecache.cache if "sqlalchemy" in file and file.endswith(".py")])
    window.close()

class Watched(MainWindow):
    def __init__(self, *given, **more):
        super().__init__(*given, **more)
        self.painted.connect(lambda: tell(self))
        self.loaded.connect(lambda: tell_loaded(self))

start.MainWindow = Watched
from shopdesk.app import run_window
run_window(sys.argv[1])
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """Modules and rows at first paint; whether the database's modules came later, and whose sources were read."""
    folder = tmp_path_factory.mktemp("start")
    shop = Shop(folder / "shop.sqlite", SystemClock(), FakePost(), SessionKeychain(), FakeMailProgram())
    fill(shop)
    follow_ups.create(shop, FollowUp(dt.date(2020, 1, 2), "Nachfragen", 1))
    shop.close()
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    command = [sys.executable, "-c", PROGRAM, str(folder / "shop.sqlite")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    answer: list[object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_nothing_heavy_is_loaded_before_the_first_paint(told: list[object]) -> None:
    modules = told[0]
    assert isinstance(modules, list)
    tops = {name for name in modules if name in HEAVY} | {name.partition(".")[0] for name in modules}
    assert sorted(tops & set(HEAVY)) == []
    rooms = {name.split(".")[2] for name in modules if name.startswith("shopdesk.ui.")}
    assert rooms <= {
        "icons",
        "quick_imports",
        "shell",
        "start",
        "theme",
        "today",
        "widgets",
    }  # only the shown page


def test_the_first_paint_shows_real_rows(told: list[object]) -> None:
    rows = told[1]
    assert isinstance(rows, int)
    assert rows >= 2


def test_the_database_is_there_when_the_window_says_so(told: list[object]) -> None:
    assert told[2] is True


def test_no_source_is_read_while_modules_are_loaded(told: list[object]) -> None:
    # PySide reads each of them unless it is told not to (shopdesk/ui/quick_imports.py)
    assert told[3] == []


def test_unsent_drafts_of_every_kind_are_looked_for() -> None:
    assert [kind for kind in DocumentKind if f"'{kind.value}'" not in first_rows_papers._UNSENT] == []
