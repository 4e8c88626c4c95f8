"""Saving the files of several issued documents: as one ZIP or into a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from shopdesk.domain import disk_troubles
from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.ui.settings.fields import Outcome
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.ui.widgets.work_bar import WorkBar
    from shopdesk.usecases.document_files import SavedFiles
    from shopdesk.usecases.shop import Shop


class SeveralFiles(QWidget):
    """Two buttons, hidden while there is nothing to save."""

    busy = Signal()
    """Work began or ended."""

    def __init__(self, shop: Shop, shell: Shell, work: WorkBar, outcome: Outcome) -> None:
        super().__init__()
        self._shop, self._shell, self._work, self._outcome = shop, shell, work, outcome
        self._ids: tuple[int, ...] = ()
        gettext = shell.texts.gettext
        self.zip_button = Button(gettext("Save as ZIP …"), self.choose_zip, icon_name="download")
        self.folder_button = Button(
            gettext("Save into a folder …"), self.choose_folder, icon_name="folder-open"
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addWidget(self.zip_button)
        layout.addWidget(self.folder_button)
        self.hide()

    def offer(self, ids: Sequence[int]) -> None:
        """These documents can be saved; none hide the buttons."""
        self._ids = tuple(ids)
        show_if(self, bool(ids))
        for button in (self.zip_button, self.folder_button):
            button.setEnabled(not self._work.is_running)

    def choose_zip(self) -> None:
        """Ask for the ZIP's name, with the day in it."""
        gettext = self._shell.texts.gettext
        name = gettext("Documents-{day}.zip").format(day=self._shop.clock.today().isoformat())
        chosen, _filter = QFileDialog.getSaveFileName(
            self, gettext("Save as ZIP"), str(_documents() / name), "ZIP (*.zip)"
        )
        if chosen:
            self.save_zip(Path(chosen))

    def choose_folder(self) -> None:
        """Ask for the folder."""
        title = self._shell.texts.gettext("Into which folder?")
        chosen = QFileDialog.getExistingDirectory(self, title, str(_documents()))
        if chosen:
            self.save_folder(Path(chosen))

    def save_zip(self, target: Path) -> None:
        """One file; the window stays usable."""
        from shopdesk.usecases import document_files

        self._run(partial(document_files.save_zip, self._shop, self._ids, target))

    def save_folder(self, folder: Path) -> None:
        """One file per PDF and XML."""
        from shopdesk.usecases import document_files

        self._run(partial(document_files.save_folder, self._shop, self._ids, folder))

    def _run(self, save: Callable[..., SavedFiles]) -> None:
        work: LongWork = self._work.begin(self._shell.texts.gettext("Saving {done} of {all} …"))
        self._outcome.say("", ok=True)
        self.busy.emit()
        self._shell.run_desk(lambda: save(work=work), self._saved, self._failed)

    def _saved(self, saved: SavedFiles) -> None:
        self._work.over()
        self.busy.emit()
        texts = self._shell.texts
        words = texts.ngettext("{n} document saved: {place}", "{n} documents saved: {place}", saved.documents)
        self._outcome.say(words.format(n=texts.number(saved.documents), place=saved.place), ok=True)

    def _failed(self, error: Exception) -> None:
        self._work.over()
        self.busy.emit()
        texts = self._shell.texts
        if isinstance(error, ShopError):
            self._outcome.say(texts.say(error.message), ok=isinstance(error, Stopped))
        elif isinstance(error, OSError):
            words = texts.gettext("The files could not be written: {reason}. Please choose another folder.")
            self._outcome.say(words.format(reason=texts.say(disk_troubles.why(error))), ok=False)
        else:
            self._shell.problem(error)


def _documents() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()
