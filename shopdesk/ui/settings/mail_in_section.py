"""Receiving mail: whether, from which mailbox and folder, since when; tried out, with how the last fetch went."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QLineEdit

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import Security
from shopdesk.domain.mail_in import FetchState, MailInAccount
from shopdesk.domain.messages import N_
from shopdesk.ui.settings.fields import ExplainedField, Outcome, form_grid, whole_number_edit
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import DateField
from shopdesk.ui.widgets.labels import Caption
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import mail_in_settings, mail_providers, mail_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.mail_in_settings import Tried
    from shopdesk.usecases.shop import Shop

_LAST_PORT = 65535
_PORTS = {Security.TLS.value: 993, Security.STARTTLS.value: 143}
_INBOX = "INBOX"
_NOTES = {
    "app-password": N_(
        "{name} wants a password made for programs (“app password”), not the one of your account."
    ),
    "mail-password": N_(
        "{name} wants the e-mail password from the customer centre, not the one of the website."
    ),
    "switch-on": N_("At {name}, IMAP must first be allowed in the mailbox's settings."),
    "own-server": N_(
        "At {name}, every customer has a server of his own; its name stands in your customer menu."
    ),
    "no-password": N_(
        "{name} lets no program in with a password alone any more, so shopdesk cannot read mails there. "
        "Please have them forwarded to a mailbox elsewhere."
    ),
}


class MailInSection(FormSection[MailInAccount]):
    """Off until the owner switches it on. The keychain may ask and the server be slow: all of it goes by the lanes."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Receive mail"),
            gettext(
                "New mails become inquiries with their clock, mails of known customers stand on their card. shopdesk "
                "only reads: on the server nothing is marked, moved or deleted."
            ),
            gettext("imap inbox fetch incoming mailbox folder spam newsletter inquiries"),
        )
        self._account_exists = False
        self.is_on = QCheckBox(gettext("Fetch mails"))
        self.user, self.host, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.port = whole_number_edit(self.texts, gettext("Port"), 1, _LAST_PORT)
        self.security = Choice(
            [
                (gettext("TLS from the start"), Security.TLS.value),
                (gettext("STARTTLS"), Security.STARTTLS.value),
                (gettext("none (only inside this computer)"), Security.NONE.value),
            ]
        )
        self.folder = Choice([(gettext("Inbox"), _INBOX)])
        self.since = DateField(self.texts, gettext("Mails since"), self._day)
        self.watches_junk = QCheckBox(gettext("Look into the spam folder, too"))
        self.watches_sent = QCheckBox(gettext("Look into the folder of sent mails, too"))
        self.ca_file = QLineEdit()
        self.hint, self.state, self.result = Caption("", wrap=True), Outcome(), Outcome()
        self._place()
        self.user.editingFinished.connect(self._propose)
        self.security.chosen.connect(self._use_port)
        self.finish()

    def _place(self) -> None:
        gettext = self.texts.gettext
        self._fields = f = {
            "user": ExplainedField(
                gettext("User name"), self.user, gettext("At most providers your mail address.")
            ),
            "password": ExplainedField(
                gettext("Password"),
                self.password,
                gettext("May stay empty where it is the same as for sending."),
            ),
            "host": ExplainedField(gettext("Server"), self.host),
            "security": ExplainedField(gettext("Encryption"), self.security),
            "port": ExplainedField(gettext("Port"), self.port),
            "folder": ExplainedField(
                gettext("Folder"), self.folder, gettext("After the test all folders are offered.")
            ),
            "since": ExplainedField(
                gettext("Mails since"), self.since, gettext("Older ones are left alone.")
            ),
            "ca_file": ExplainedField(
                gettext("Own certificate"),
                self.ca_file,
                gettext("Only for a mail server of your own (PEM file)."),
            ),
        }
        self.body.addWidget(self.is_on)
        self.body.addLayout(
            form_grid(
                [
                    [(f["user"], 3), (f["password"], 3)],
                    [(self.hint, 6)],
                    [(f["host"], 3), (f["security"], 2), (f["port"], 1)],
                    [(f["folder"], 3), (f["since"], 3)],
                    [(f["ca_file"], 6)],
                ]
            )
        )
        self.hint.hide()
        explained = gettext(
            "What lies there is kept away and listed, only known customers get through: a real inquiry is not lost."
        )
        self.body.addWidget(self.watches_junk)
        self.body.addWidget(Caption(explained, wrap=True))
        self.body.addWidget(self.watches_sent)
        explained = gettext(
            "What you answer with your telephone stops the clock and stands on the customer's card."
        )
        self.body.addWidget(Caption(explained, wrap=True))
        self.body.addWidget(self.state)
        self.body.addWidget(self.result)
        self.test_button = Button(gettext("Test the mailbox"), self.test, icon_name="refresh-cw")
        self.remove_button = GhostButton(gettext("Remove mailbox"), self.remove, icon_name="trash-2")
        self.foot.insertWidget(0, self.test_button)
        self.foot.insertWidget(1, self.remove_button)

    def _day(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date

        return parse_date(text, self.shop.clock.today())

    def _propose(self) -> None:
        """A known address brings its server; what the owner typed himself stays."""
        found = mail_providers.provider_of(self.user.text())
        note = _NOTES.get(found.note, "") if found is not None else ""
        if found is not None and not self.host.text().strip():
            self.host.setText(found.imap_host)
        name = found.name if found is not None else ""
        self.hint.setText(self.texts.gettext(note).format(name=name) if note else "")
        show_if(self.hint, bool(note))

    def _use_port(self) -> None:
        usual = _PORTS.get(self.security.value)
        if usual is not None and self.port.value in {None, *_PORTS.values()}:
            self.port.set_value(usual)

    def _offer_folders(self, names: tuple[str, ...], chosen: str) -> None:
        gettext = self.texts.gettext
        wanted = dict.fromkeys((_INBOX, chosen, *names))
        with QSignalBlocker(self.folder):
            self.folder.clear()
            for name in wanted:
                self.folder.addItem(gettext("Inbox") if name == _INBOX else name, name)
            self.folder.set_value(chosen)

    # The stored value

    def _stored(self) -> MailInAccount:
        account = mail_in_settings.account(self.shop)
        self._account_exists = bool(account.host)
        if self._account_exists:
            return account
        sending = mail_settings.account(self.shop)
        user = sending.user if sending is not None else ""
        found = mail_providers.provider_of(sending.sender_address) if sending is not None else None
        host = found.imap_host if found is not None else ""
        return MailInAccount(host=host, user=user, since=self.shop.clock.today())

    def _show(self, value: MailInAccount) -> None:
        self.is_on.setChecked(value.is_on)
        self.user.setText(value.user)
        self.host.setText(value.host)
        self.port.set_value(value.port)
        self.security.set_value(value.security.value)
        self._offer_folders((), value.folder)
        self.since.set_value(value.since or self.shop.clock.today())
        self.watches_junk.setChecked(value.watches_junk)
        self.watches_sent.setChecked(value.watches_sent)
        self.ca_file.setText(value.ca_file)
        self.password.clear()
        self.password.setPlaceholderText(self.texts.gettext("unchanged") if self._account_exists else "")
        show_if(self.remove_button, self._account_exists)
        self._show_state()

    def _typed(self) -> MailInAccount:
        return MailInAccount(
            self.is_on.isChecked(),
            self.host.text().strip(),
            self.port.value or 0,
            Security(self.security.value),
            self.user.text().strip(),
            str(self.folder.value),
            self.watches_junk.isChecked(),
            self.watches_sent.isChecked(),
            self.since.value,
            self.ca_file.text().strip(),
        )

    @property
    def is_changed(self) -> bool:
        """A new password is a change, too."""
        return super().is_changed or (self._shown is not None and bool(self.password.text()))

    def reload(self) -> None:
        """See Section; how the last fetch went is shown while something is being typed, too."""
        super().reload()
        self._show_state()

    def _show_state(self) -> None:
        state = mail_in_settings.state(self.shop)
        if not (self._account_exists and mail_in_settings.account(self.shop).is_on):
            self.state.say("", ok=True)
        elif state.reason is not None:
            words = self.texts.say(state.reason.message)
            self.state.say(f"{words} {self._last(state)}".strip(), ok=False)
        else:
            self.state.say(self._last(state) or self.texts.gettext("Nothing was fetched yet."), ok=True)

    def _last(self, state: FetchState) -> str:
        if state.last_success_at is None:
            return ""
        local = state.last_success_at.astimezone(self.shop.clock.zone)
        words = self.texts.gettext("Last fetched on {date} at {time}.")
        return words.format(date=self.texts.date(local.date()), time=f"{local:%H:%M}")

    def _say(self, field: str, problem: str) -> bool:
        wanted = field.removeprefix("mail_in.")
        for name, frame in self._fields.items():
            frame.say(problem if name == wanted else "")
        if wanted in self._fields:
            self._fields[wanted].setFocus()
        return wanted in self._fields

    def save(self) -> bool:
        """Store account and password off the window's thread: the keychain may ask the owner to unlock it."""
        if not self.is_changed:
            return True
        self._propose()  # ⏎ in the field comes before its leaving
        if not self._all_read():
            return False
        value, password = self._typed(), self.password.text() or None
        self._say("", "")
        self.shell.run_desk(
            lambda: mail_in_settings.save_account(self.shop, value, password), self._saved, self._refused
        )
        return True

    def _saved(self, kept: bool) -> None:
        gettext = self.texts.gettext
        self.revert()
        self.shell.toast(gettext("{section} saved.").format(section=self.title))
        if not kept:
            words = gettext(
                "This computer has no keychain: the password is known until the program ends, then you are asked again."
            )
            self.result.say(words, ok=False)

    def _refused(self, error: Exception) -> None:
        said = isinstance(error, ShopError) and self._say(error.field, self.texts.say(error.message))
        if not said or not self.isVisible():
            self.shell.problem(error)

    # Trying it out

    def test(self) -> None:
        """Connect and log in as the fields stand; nothing is fetched."""
        self._say("", "")
        self.result.say("", ok=True)
        if not self._all_read():
            return
        value, password = self._typed(), self.password.text() or None
        if self.test_button.hasFocus():
            self.user.setFocus()  # a disabled button would hand it on
        self.test_button.setEnabled(False)
        self.shell.progress(self.texts.gettext("Testing the connection to {host} …").format(host=value.host))
        self.shell.run_post(
            lambda: mail_in_settings.try_out(self.shop, value, password),
            partial(self._tested, value),
            self._test_failed,
        )

    def _test_over(self) -> None:
        self.test_button.setEnabled(True)
        self.shell.progress("")

    def _tested(self, value: MailInAccount, tried: Tried) -> None:
        self._test_over()
        gettext = self.texts.gettext
        self._offer_folders(tried.folders, value.folder)
        words = gettext("The mailbox is there and lets you in.")
        if not value.is_on:
            words = gettext("The mailbox is there and lets you in. Now switch on “Fetch mails” and save.")
        self.result.say(words, ok=True)
        self.touched()

    def _test_failed(self, error: Exception) -> None:
        self._test_over()
        if not isinstance(error, ShopError):
            self.shell.problem(error)
        elif not self._say(error.field, self.texts.say(error.message)):
            self.result.say(self.texts.say(error.message), ok=False)

    def remove(self) -> None:
        """Forget the mailbox and its password; the toast brings both back. Fetched mails stay."""
        account = mail_in_settings.account(self.shop)

        def work() -> str | None:
            password = self.shop.keychain.password(account.keychain_name)
            mail_in_settings.remove_account(self.shop)
            return password

        self.shell.run_desk(work, lambda password: self._removed(account, password))

    def _removed(self, account: MailInAccount, password: str | None) -> None:
        self.revert()
        self.result.say("", ok=True)
        self.user.setFocus()

        def undo() -> None:
            self.shell.run_desk(
                lambda: mail_in_settings.save_account(self.shop, account, password),
                lambda _kept: self.revert(),
            )

        self.shell.toast(self.texts.gettext("Mails are not fetched any more. What came in stays."), undo)
