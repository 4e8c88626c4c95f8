"""The shop's data: where they are, backing them up, checking them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit

from shopdesk import paths
from shopdesk.domain.errors import ShopError
from shopdesk.ui.settings.fields import ExplainedField, Outcome
from shopdesk.ui.settings.section import Section
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.chips import ChipRow
from shopdesk.ui.widgets.labels import Muted
from shopdesk.ui.widgets.work_bar import WorkBar
from shopdesk.usecases import backups, exports

if TYPE_CHECKING:
    from shopdesk.domain.messages import Message
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_MEGA = 1_000_000


class DataSection(Section):
    """Place, backup, check, restore."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Data and backup"),
            gettext("Everything of your shop is in one file on this computer; a backup is one file, too."),
            gettext("database folder restore save copy check safety journal GoBD export CSV vCard JSON"),
        )
        self.place = QLineEdit(str(shop.place))
        self.place.setReadOnly(True)
        self.place.setCursorPosition(0)
        self.last = Muted("", wrap=True)
        self.result = Outcome()
        self.folder_button = Button(gettext("Open folder"), self.open_folder, icon_name="folder-open")
        self.backup_button = Button(gettext("Back up now …"), self.choose, icon_name="save")
        self.check_button = Button(gettext("Check now"), self.check, icon_name="list-checks")
        self.journal_button = Button(
            gettext("Journal"), lambda: shell.open_page("journal"), icon_name="clipboard"
        )
        self.restore = QLineEdit(self._restore_command())
        self.restore.setReadOnly(True)
        self.restore.setCursorPosition(0)
        self.export_button = Button(gettext("Export everything …"), self.choose_export, icon_name="download")
        self.work = WorkBar(shell)
        buttons = ChipRow()
        buttons.show_chips(
            [
                self.backup_button,
                self.export_button,
                self.check_button,
                self.journal_button,
                self.folder_button,
            ]
        )
        restore = ExplainedField(
            gettext("Bring a backup back"),
            self.restore,
            gettext(
                "Close the program and give this command with the name of your backup. The backup is checked first, "
                "and the data that were there are kept beside it."
            ),
        )
        self.body.addWidget(ExplainedField(gettext("Your data are in"), self.place))
        self.body.addWidget(self.last)
        self.body.addWidget(buttons)
        self.body.addWidget(self.work)
        self.body.addWidget(self.result)
        self.body.addWidget(restore)

    @property
    def _is_file(self) -> bool:
        return "://" not in str(self.shop.place)

    def _restore_command(self) -> str:
        """With the name that `choose` proposes; the place only where it is not the usual one."""
        place = str(self.shop.place)
        database = "" if place == paths.default_database() else f' --database "{place}"'
        return f"shopdesk restore {self._backup_name()} --replace{database}"

    def _backup_name(self) -> str:
        return f"shopdesk-{self.shop.clock.today():%Y-%m-%d}.shopdesk-backup"

    def reload(self) -> None:
        """See Section."""
        gettext = self.texts.gettext
        self.folder_button.setVisible(self._is_file)
        last = backups.last_backup(self.shop)
        if last is None:
            self.last.setText(gettext("There is no backup yet. One on another disk saves the shop."))
            return
        local = last.astimezone(self.shop.clock.zone)
        words = gettext("The last backup was made on {date} at {time}.")
        self.last.setText(words.format(date=self.texts.date(local.date()), time=f"{local:%H:%M}"))

    def open_folder(self) -> None:
        """In the system's own file program."""
        folder = Path(str(self.shop.place)).resolve().parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def choose(self) -> None:
        """Ask where the backup goes, with the day in its name."""
        gettext = self.texts.gettext
        place = str(Path.home() / self._backup_name())
        kinds = gettext("Backups") + " (*.shopdesk-backup)"
        chosen, _filter = QFileDialog.getSaveFileName(self, gettext("Back up"), place, kinds)
        if chosen:
            self.back_up(Path(chosen))

    def back_up(self, target: Path) -> None:
        """Write and check a backup; work can go on meanwhile."""
        self._begin(self.texts.gettext("Backing up …"))
        self.shell.run_desk(
            lambda: backups.back_up_and_note(self.shop, target), self._backed_up, self._failed
        )

    def _begin(self, words: str) -> None:
        self.result.say("", ok=True)
        self.shell.progress(words)
        self._enable(on=False)

    def _over(self) -> None:
        self.shell.progress("")
        self._enable(on=True)

    def _enable(self, *, on: bool) -> None:
        for button in (self.backup_button, self.check_button, self.export_button):
            button.setEnabled(on)

    def _backed_up(self, done: backups.BackedUp) -> None:
        self._over()
        words = self.texts.gettext("{name} is written and was read back: {count} documents, {size} MB.")
        size = self.texts.number(max(Decimal(done.size) / _MEGA, Decimal("0.1")), 1)
        self.result.say(
            words.format(name=done.path.name, count=done.documents, size=size),
            ok=True,
        )
        self.reload()

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, ShopError):
            self.result.say(self.texts.say(error.message), ok=False)
        else:
            self.shell.problem(error)

    def choose_export(self) -> None:
        """Ask where; the export becomes a new folder there, named by the day."""
        title = self.texts.gettext("Where should the export go?")
        chosen = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if chosen:
            self.export(Path(chosen) / f"shopdesk-{self.shop.clock.today():%Y-%m-%d}")

    def export(self, folder: Path) -> None:
        """Write tables, papers, mails and scans; work can go on meanwhile."""
        self.result.say("", ok=True)
        self._enable(on=False)
        work = self.work.begin(self.texts.gettext("{done} of {all} entries exported"))
        self.shell.run_desk(
            lambda: exports.export_all(self.shop, folder, work), self._exported, self._export_failed
        )

    def _exported(self, done: exports.Exported) -> None:
        self.work.over()
        self._enable(on=True)
        words = self.texts.gettext("Everything is in {folder}: {rows} entries, {files} files beside them.")
        rows = self.texts.number(sum(done.tables.values()))
        self.result.say(
            words.format(folder=done.folder, rows=rows, files=self.texts.number(done.files)), ok=True
        )

    def _export_failed(self, error: Exception) -> None:
        self.work.over()
        self._failed(error)

    def check(self) -> None:
        """Look through database and archive."""
        self._begin(self.texts.gettext("Checking …"))
        self.shell.run_desk(lambda: backups.check(self.shop), self._checked, self._failed)

    def _checked(self, findings: tuple[tuple[str, Message], ...]) -> None:
        self._over()
        if not findings:
            self.result.say(
                self.texts.gettext("All is well: every document is complete and unchanged."), ok=True
            )
            return
        self.result.say("\n".join(self.texts.say(message) for _code, message in findings), ok=False)
