"""Asked once, after the first bank file: shall new ones in its folder be noticed by themselves?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell


class FolderQuestion(QWidget):
    """One line with two answers; hidden until there is something to ask, and for ever after the answer."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell, self._folder = shell, ""
        gettext = shell.texts.gettext
        self.words = PlainLabel("", wrap=True)
        self.yes = Button(gettext("Yes, please"), lambda: self._answer(wanted=True), icon_name="check")
        self.no = GhostButton(gettext("No"), lambda: self._answer(wanted=False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(MEDIUM))
        row.addWidget(self.words, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.hide()

    def ask_about(self, place: str) -> None:
        """A file of this place was read."""
        settings = self._shell.settings
        if settings.bank_folder or settings.bank_folder_asked:
            return
        self._folder = str(Path(place).parent)
        words = self._shell.texts.gettext(
            "Shall shopdesk notice new bank statements in “{folder}” by itself? It reads none without your ⏎ and "
            "deletes nothing."
        )
        self.words.setText(words.format(folder=Path(self._folder).name or self._folder))
        self.show()

    def _answer(self, *, wanted: bool) -> None:
        watch(self._shell, self._folder if wanted else "")
        self.hide()
        gettext = self._shell.texts.gettext
        words = (
            gettext("New statements will stand in Today.")
            if wanted
            else gettext("It can be switched on in the settings.")
        )
        self._shell.toast(words)


def watch(shell: Shell, folder: str) -> None:
    """From now on this folder is watched, or none; nobody is asked any more."""
    since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    shell.change_settings(
        replace(shell.settings, bank_folder=folder, bank_folder_asked=True, bank_folder_since=since)
    )
