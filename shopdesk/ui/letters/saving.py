"""Where a PDF goes, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from shopdesk.domain import disk_troubles
from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import Stopped

if TYPE_CHECKING:
    from shopdesk.ui.settings.fields import Outcome
    from shopdesk.ui.shell.protocol import Shell


def ask_place(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """The file that the owner names; None: thought better of it."""
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, str(documents_folder() / name), kinds)
    return Path(chosen) if chosen else None


def documents_folder() -> Path:
    """The system's folder for documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()


def open_file(path: Path) -> None:
    """In the program that the system has for it: there it is looked at and printed."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def tell_failure(shell: Shell, outcome: Outcome, error: Exception) -> None:
    """Why nothing was written, in words."""
    texts = shell.texts
    if isinstance(error, ShopError):
        outcome.say(texts.say(error.message), ok=isinstance(error, Stopped))
    elif isinstance(error, OSError):
        words = texts.gettext("The file could not be written: {reason}. Please choose another folder.")
        outcome.say(words.format(reason=texts.say(disk_troubles.why(error))), ok=False)
    else:
        shell.problem(error)
