"""The shop's calendar for other programs: one file to read in, or a folder with a file for each appointment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu

from shopdesk.ui.widgets.buttons import Button
from shopdesk.usecases import appointments

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class CalendarExportButton(Button):
    """Asks for the form, then for the place."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__(shell.texts.gettext("Export …"), self._choose, icon_name="upload")
        self._shop, self._shell, self._texts = shop, shell, shell.texts

    def _choose(self) -> None:
        gettext, menu = self._texts.gettext, QMenu(self)
        menu.addAction(gettext("As a calendar file (.ics)"), self._choose_file)
        menu.addAction(gettext("As a folder, a file for each appointment"), self._choose_folder)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose_file(self) -> None:
        gettext = self._texts.gettext
        chosen, _filter = QFileDialog.getSaveFileName(
            self, gettext("Export the calendar"), str(Path.home() / f"{gettext('appointments')}.ics"),
            f"{gettext('Calendar')} (*.ics)",
        )  # fmt: skip
        if chosen:
            self.export(Path(chosen))

    def _choose_folder(self) -> None:
        title = self._texts.gettext("A folder for the appointments")
        chosen = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if chosen:
            self.export_folder(Path(chosen))

    def export(self, path: Path) -> None:
        """The whole calendar as a file, made aside."""
        self._shell.run_desk(
            lambda: appointments.write_calendar(self._shop, path), lambda _done: self._saved(path)
        )

    def _saved(self, path: Path) -> None:
        self._shell.toast(self._texts.gettext("{name} is saved.").format(name=path.name))

    def export_folder(self, folder: Path) -> None:
        """A file for each appointment, made aside."""
        self._shell.run_desk(
            lambda: appointments.write_calendar_folder(self._shop, folder),
            lambda count: self._exported(count, folder),
        )

    def _exported(self, count: int, folder: Path) -> None:
        said = self._texts.ngettext(
            "{n} appointment is in the folder {name}.", "{n} appointments are in the folder {name}.", count
        )
        self._shell.toast(said.format(n=self._texts.number(count), name=folder.name))
