"""Bank files: the folder that is watched on this computer, and the lists that the owner explained."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.ui.bank_files.folder_question import watch
from shopdesk.ui.settings.section import Section
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.labels import Caption, PlainLabel
from shopdesk.usecases import own_bank_lists

if TYPE_CHECKING:
    from shopdesk.domain.own_bank_lists import OwnList
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class BankFilesSection(Section):
    """The folder belongs to this computer, the lists to the shop; both hold at once."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Bank files"),
            gettext("Where new statements are noticed, and which lists of banks you explained."),
            gettext("bank statement folder download CSV columns camt"),
        )
        self.watched = QCheckBox(gettext("Notice new bank statements by itself"))
        self.folder = PlainLabel("", wrap=True)
        self.choose = Button(gettext("Choose the folder …"), self._choose, icon_name="folder-open")
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        line.addWidget(self.folder, 1)
        line.addWidget(self.choose)
        words = gettext("They stand in Today; ⏎ reads one. Nothing is read, moved or deleted by itself.")
        self.lists = QVBoxLayout()
        self.lists.setSpacing(px(SMALL))
        self.none = Caption(
            gettext("No list was explained yet: read the CSV of your bank, and you are asked."), wrap=True
        )
        self.body.addWidget(self.watched)
        self.body.addLayout(line)
        self.body.addWidget(Caption(words, wrap=True))
        self.body.addWidget(self.none)
        self.body.addLayout(self.lists)
        self.watched.clicked.connect(self._switched)

    def reload(self) -> None:
        """See Section."""
        folder = self.shell.settings.bank_folder
        self.watched.setChecked(bool(folder))
        self.folder.setText(folder)
        while self.lists.count():
            item = self.lists.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        found = own_bank_lists.stored(self.shop)
        self.none.setVisible(not found)
        for own in found:
            self.lists.addWidget(self._row(own))

    def _row(self, own: OwnList) -> QWidget:
        gettext = self.texts.gettext
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(SMALL))
        line.addWidget(PlainLabel(own.bank))
        line.addWidget(Caption(", ".join(name for name in own.header if name), wrap=True), 1)
        change = GhostButton(gettext("Change …"), partial(self._change, own))
        change.setAccessibleName(gettext("Change the list of {bank}").format(bank=own.bank))
        forget = GhostButton(gettext("Forget"), partial(self._forget, own))
        forget.setAccessibleName(gettext("Forget the list of {bank}").format(bank=own.bank))
        line.addWidget(change)
        line.addWidget(forget)
        return row

    def _switched(self, is_on: bool) -> None:
        if is_on:
            self._choose()
        else:
            watch(self.shell, "")
        self.reload()

    def _choose(self) -> None:
        title = self.texts.gettext("Where do your downloads arrive?")
        folder = QFileDialog.getExistingDirectory(self, title, self.shell.settings.bank_folder)
        if folder:
            watch(self.shell, folder)
        self.reload()

    def _change(self, own: OwnList) -> None:
        from shopdesk.ui.bank_files.explain import ExplainList

        dialog = ExplainList(own_bank_lists.without_rows(own), self.texts, self)
        dialog.explained.connect(self._changed)
        dialog.open()

    def _changed(self, own: OwnList) -> None:
        self._told(
            own_bank_lists.remember(self.shop, own),
            self.texts.gettext("The list of {bank} is read so from now on."),
            own,
        )

    def _forget(self, own: OwnList) -> None:
        self._told(
            own_bank_lists.forget(self.shop, own), self.texts.gettext("The list of {bank} is forgotten."), own
        )

    def _told(self, undo: Undo, words: str, own: OwnList) -> None:
        self.reload()

        def back() -> None:
            undo.run(self.shop)
            self.reload()

        self.shell.toast(words.format(bank=own.bank), undo=back)
