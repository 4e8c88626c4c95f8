"""Month end in one key: the period is preset, one button saves, the other one mails to the adviser."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout

from shopdesk.domain import disk_troubles
from shopdesk.domain.errors import ShopError
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.mail import MailState
from shopdesk.domain.periods import Period, month_of_reference
from shopdesk.ui.month_end.contents import Contents
from shopdesk.ui.month_end.period_choice import PeriodChoice
from shopdesk.ui.settings.fields import ExplainedField, Outcome
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import PageHeader, ScrollPage
from shopdesk.ui.widgets.work_bar import WorkBar

if TYPE_CHECKING:
    from shopdesk.domain.outbox import OutboxEntry
    from shopdesk.usecases.month_end import HandedOver, Overview
    from shopdesk.usecases.shop import Shop


class MonthEndPage(Page):
    """Choose the period, see what it holds, hand it over."""

    watches: ClassVar[frozenset[str]] = frozenset({"document", "setting"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._overview: Overview | None = None
        self._folder: Path | None = None
        self.save_button = Button(gettext("Save …"), self.choose_folder, icon_name="folder-open")
        self.mail_button = PrimaryButton(gettext("Mail to the adviser"), self.mail, icon_name="send")
        self.header = PageHeader(
            gettext("Month end"),
            gettext("The list of your invoices and their files for the adviser."),
            self.save_button,
            self.mail_button,
        )
        self.choice = PeriodChoice(self.texts, shop)
        self.choice.chosen.connect(self.reload)
        self.contents = Contents(self.texts, self._show_drafts)
        self.adviser = QLineEdit()
        self.adviser.setPlaceholderText("kanzlei@example.org")
        self.adviser.editingFinished.connect(self._keep_adviser)
        self.work = WorkBar(window)
        self.outcome = Outcome()
        self.folder_button = GhostButton(gettext("Open folder"), self._open_folder, icon_name="folder-open")
        self._place()

    def _place(self) -> None:
        gettext = self.texts.gettext
        self.adviser_field = ExplainedField(
            gettext("Mail address of the adviser"),
            self.adviser,
            gettext("Kept for the next month. The mail goes through the outbox like every other."),
        )
        self.adviser_field.setMaximumWidth(px(420))
        scroll = ScrollPage()
        for widget in (
            self.choice,
            self.contents,
            self.adviser_field,
            self.work,
            self.outcome,
            self.folder_button,
        ):
            scroll.body.addWidget(widget)
        scroll.body.setAlignment(self.folder_button, Qt.AlignmentFlag.AlignLeft)
        self.folder_button.hide()
        scroll.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(scroll, 1)

    def reload(self) -> None:
        """Look into the period; counting a year may take a moment."""
        from shopdesk.usecases import month_end

        if self.work.is_running:
            return
        period = self.choice.period
        self.window_shell.run_desk(partial(month_end.overview, self.shop, period), self._show)
        if not self.adviser.isModified():
            self.adviser.setText(month_end.settings(self.shop).adviser_email)

    def open_item(self, item: object) -> None:
        """A month as Heute names it: 202610."""
        if isinstance(item, int):
            self.choice.take(month_of_reference(item))

    def focus_first(self) -> None:
        """The button that does it; without an address the field for it."""
        (self.mail_button if self.adviser.text() else self.adviser).setFocus()

    def leaving(self) -> None:
        self._keep_adviser()

    def _show(self, overview: Overview) -> None:
        if overview.period != self.choice.period:
            return  # another one was chosen meanwhile
        self._overview = overview
        self.contents.say(overview)
        self._enable()

    def _show_drafts(self) -> None:
        from shopdesk.domain.month_end import LISTED
        from shopdesk.usecases.batches import Several

        self.window_shell.open_page("several", Several(tuple(sorted(LISTED))))

    def _enable(self) -> None:
        ready = not self.work.is_running and self._overview is not None and self._overview.count > 0
        self.save_button.setEnabled(ready)
        self.mail_button.setEnabled(ready)
        self.choice.setEnabled(not self.work.is_running)

    # The adviser's address

    def _keep_adviser(self) -> bool:
        """Keep what stands in the field; False where it is no address."""
        from shopdesk.usecases import month_end

        try:
            address = month_end.save_adviser(self.shop, self.adviser.text())
        except ShopError as error:
            self.adviser_field.say(self.texts.say(error.message))
            return False
        self.adviser.setText(address)
        self.adviser.setModified(False)
        self.adviser_field.say("")
        return True

    # Handing over

    def choose_folder(self) -> None:
        """Ask where the two files go."""
        start = str(self._folder or _documents())
        title = self.texts.gettext("Where should the list and the files go?")
        chosen = QFileDialog.getExistingDirectory(self, title, start)
        if chosen:
            self.save(Path(chosen))

    def save(self, folder: Path) -> None:
        """Write list and ZIP; the window stays usable."""
        from shopdesk.usecases import month_end

        self._folder = folder
        self._run(partial(month_end.save, self.shop, self.choice.period, folder))

    def mail(self) -> None:
        """Queue the mail; what is too large is saved instead, after asking where."""
        from shopdesk.usecases import month_end

        if not self._keep_adviser() or not self.adviser.text():
            self.adviser_field.say(
                self.adviser_field.problem.text()
                or self.texts.gettext("Please enter the mail address of your adviser first.")
            )
            self.adviser.setFocus()
            return
        if self._overview is not None and not self._overview.fits_a_mail:
            self.choose_folder()
            return
        folder = self._folder or _documents()
        self._run(partial(month_end.mail, self.shop, self.choice.period, folder))

    def _run(self, hand_over: Callable[[LongWork], HandedOver]) -> None:
        self.outcome.say("", ok=True)
        self.folder_button.hide()
        work = self.work.begin(self.texts.gettext("{done} of {all} steps"))
        self._enable()
        self.window_shell.run_desk(lambda: hand_over(work), self._done, self._failed)

    def _over(self) -> None:
        self.work.over()
        self._enable()

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, Stopped):
            self.outcome.say(self.texts.say(error.message), ok=True)
        elif isinstance(error, ShopError):
            self.outcome.say(self.texts.say(error.message), ok=False)
        elif isinstance(error, OSError):
            words = self.texts.gettext(
                "The files could not be written: {reason}. Please choose another folder."
            )
            self.outcome.say(words.format(reason=self.texts.say(disk_troubles.why(error))), ok=False)
        else:
            self.window_shell.problem(error)

    def _done(self, done: HandedOver) -> None:
        self._over()
        if done.mail_id is not None:
            self._send(done.mail_id, done.month_end.period)
            return
        self._folder = done.files[0].parent
        names = " · ".join(path.name for path in done.files)
        words = self.texts.gettext("Saved in {folder}: {names}").format(folder=self._folder, names=names)
        if done.too_large:
            why = self.texts.gettext(
                "Too large for a mail, so nothing was mailed. Please hand it over another way."
            )
            words = f"{why} {words}"
        self.outcome.say(words, ok=not done.too_large)
        self.folder_button.show()

    def _send(self, mail_id: int, period: Period) -> None:
        from shopdesk.usecases import outbox

        self.window_shell.progress(self.texts.gettext("The mail is being sent …"))
        self.window_shell.run_post(
            partial(outbox.send, self.shop, mail_id), partial(self._sent, period), self._not_sent
        )

    def _not_sent(self, error: Exception) -> None:
        self.window_shell.progress("")
        self.window_shell.problem(error)

    def _sent(self, period: Period, mail: OutboxEntry) -> None:
        self.window_shell.progress("")
        say, gettext = self.texts.say, self.texts.gettext
        if mail.state == MailState.SENT:
            words = gettext("{period} was mailed to {address}.")
            self.outcome.say(words.format(period=say(period.message), address=mail.recipient), ok=True)
            return
        reason = say(mail.reason.message) if mail.reason is not None else ""
        words = gettext("The mail stands in the outbox. {reason}").format(reason=reason)
        self.outcome.say(words.strip(), ok=False)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder or _documents())))


def _documents() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()
