"""The first paint does not wait for heavy modules (PERFORMANCE.md, "Start")."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from shopdesk.outside.clock import SystemClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.usecases.shop import Shop

HEAVY = (
    "alembic", "babel", "holidays", "jinja2", "keyring", "lxml", "numpy", "phonenumbers", "pikepdf", "PIL", "pypdfium2",
    "PySide6.QtNetwork", "rapidfuzz", "reportlab", "sqlalchemy",
)  # fmt: skip

PROGRAM = """
import json, sys
from importlib import import_module
from pathlib import Path
from PySide6.QtWidgets import QApplication
from shopdesk.i18n import Texts
from shopdesk.outside.clock import SystemClock
from shopdesk.settings import Settings
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.theme.theme import prepare
from shopdesk.usecases.shop import Shop

application = QApplication([])
theme = prepare(application)
shop = Shop(Path(sys.argv[1]) / "shop.sqlite", SystemClock(), None, None, None)
pages = import_module(sys.argv[2]).PAGES
window = MainWindow(shop, Texts("de"), Settings(), theme, lambda text: (), pages=pages)

def told():
    print(json.dumps(sorted(sys.modules)))
    sys.stdout.flush()
    application.quit()

window.painted.connect(told)
window.open_page("today")
window.show()
application.exec()
"""


def loaded_at_first_paint(folder: Path, pages: str) -> set[str]:
    command = [sys.executable, "-c", PROGRAM, str(folder), pages]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("pages", ["tests.ui.sample_pages", "shopdesk.ui.shell.page_table"])
def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path, pages: str) -> None:
    if pages != "tests.ui.sample_pages" and find_spec("shopdesk.ui.today") is None:
        pytest.skip("the first page is not built yet")
    shop = Shop(tmp_path / "shop.sqlite", SystemClock(), FakePost(), SessionKeychain(), FakeMailProgram())
    assert shop.database is not None  # makes the file; a new shop's first start may take longer
    shop.close()
    loaded = loaded_at_first_paint(tmp_path, pages)
    assert [
        name for name in HEAVY if any(module == name or module.startswith(f"{name}.") for module in loaded)
    ] == []
    rooms = {name.split(".")[2] for name in loaded if name.startswith("shopdesk.ui.")}
    assert rooms <= {"icons", "shell", "theme", "today", "widgets"}  # only the shown page
