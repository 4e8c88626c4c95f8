"""Receiving mail: from which mailboxes and folders, since when; tried out, with how the last fetch went."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import Security
from shopdesk.domain.mail_in import MailInAccount, checked_account
from shopdesk.domain.messages import N_
from shopdesk.ui.settings.fields import ExplainedField, Outcome, form_grid, whole_number_edit
from shopdesk.ui.settings.mailbox_fields import AfterwardsFields, FolderBoxes
from shopdesk.ui.settings.mailbox_list import MailboxList
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import DateField
from shopdesk.ui.widgets.labels import Caption, Strong
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
                "New mails become inquiries with their clock, mails of known customers stand on their card. On the "
                "server nothing is marked, moved or deleted unless you choose so."
            ),
            gettext("imap inbox fetch incoming mailbox folder spam newsletter inquiries"),
        )
        self._current = ""  # whose fields stand here; none: a mailbox that is to be added
        self._adds = False
        self.list = MailboxList(self.texts, shop.clock.zone)
        self.name = QLineEdit()
        self.form_title = Strong("")
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
        self.folders, self.afterwards = FolderBoxes(self.texts), AfterwardsFields(self.texts)
        self.since = DateField(self.texts, gettext("Mails since"), self._day)
        self.watches_junk = QCheckBox(gettext("Look into the spam folder, too"))
        self.watches_sent = QCheckBox(gettext("Look into the folder of sent mails, too"))
        self.ca_file = QLineEdit()
        self.hint, self.result = Caption("", wrap=True), Outcome()
        self._place()
        self.user.editingFinished.connect(self._propose)
        self.security.chosen.connect(self._use_port)
        self.folders.changed.connect(self.touched)
        self.list.chosen.connect(self.choose)
        self.list.removal_wanted.connect(self.remove)
        self.list.another_wanted.connect(self.add_another)
        self.finish()

    def _place(self) -> None:
        gettext = self.texts.gettext
        self._fields = f = {
            "name": ExplainedField(
                gettext("Name"), self.name, gettext("What you call it; your mail address will do.")
            ),
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
            "since": ExplainedField(
                gettext("Mails since"), self.since, gettext("Older ones are left alone.")
            ),
            "ca_file": ExplainedField(
                gettext("Own certificate"),
                self.ca_file,
                gettext("Only for a mail server of your own (PEM file)."),
            ),
            "folder": ExplainedField(
                gettext("Folders"), self.folders, gettext("After the test all folders are offered.")
            ),
            **self.afterwards.fields,
        }
        self.body.addWidget(self.list)
        self.body.addWidget(self.form_title)
        self.body.addWidget(self.is_on)
        self.body.addLayout(
            form_grid(
                [
                    [(f["user"], 3), (f["password"], 3)],
                    [(self.hint, 6)],
                    [(f["host"], 3), (f["security"], 2), (f["port"], 1)],
                    [(f["name"], 3), (f["since"], 3)],
                    [(f["ca_file"], 6)],
                    [(f["folder"], 6)],
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
        self.body.addWidget(self.afterwards)
        self.body.addWidget(self.result)
        self.test_button = Button(gettext("Test the mailbox"), self.test, icon_name="refresh-cw")
        self.foot.insertWidget(0, self.test_button)

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

    # Which mailbox

    def choose(self, key: str) -> None:
        """Show another mailbox's fields; what was typed for this one is not thrown away."""
        if self.is_changed:
            words = self.texts.gettext("Please save or discard your changes to this mailbox first.")
            self.result.say(words, ok=False)
            self.save_button.setFocus()
            return
        self._current, self._adds = key, not key
        self.result.say("", ok=True)
        self.revert()
        self.user.setFocus()

    def add_another(self) -> None:
        """Empty fields for one more."""
        self.choose("")

    # The stored value

    def _stored(self) -> MailInAccount:
        accounts = mail_in_settings.accounts(self.shop)
        chosen = next((one for one in accounts if one.keychain_name == self._current), None)
        if chosen is None and accounts and not self._adds:
            chosen = accounts[0]
        self._current = chosen.keychain_name if chosen is not None else ""
        if chosen is not None:
            return chosen
        today = self.shop.clock.today()
        if accounts:
            return MailInAccount(is_on=True, since=today)
        sending = mail_settings.account(self.shop)
        user = sending.user if sending is not None else ""
        found = mail_providers.provider_of(sending.sender_address) if sending is not None else None
        host = found.imap_host if found is not None else ""
        return MailInAccount(host=host, user=user, since=today)

    def _show(self, value: MailInAccount) -> None:
        gettext = self.texts.gettext
        self.is_on.setChecked(value.is_on)
        self.name.setText(value.name)
        self.user.setText(value.user)
        self.host.setText(value.host)
        self.port.set_value(value.port)
        self.security.set_value(value.security.value)
        self.folders.offer((), value.folders)
        self.since.set_value(value.since or self.shop.clock.today())
        self.watches_junk.setChecked(value.watches_junk)
        self.watches_sent.setChecked(value.watches_sent)
        self.ca_file.setText(value.ca_file)
        self.afterwards.set_value(value.afterwards, value.move_to)
        self.password.clear()
        self.password.setPlaceholderText(gettext("unchanged") if self._current else "")
        self.form_title.setText(value.title if self._current else gettext("Another mailbox"))
        self._show_states()

    def _typed(self) -> MailInAccount:
        first, *more = self.folders.ticked or (_INBOX,)
        afterwards, target = self.afterwards.value
        return MailInAccount(
            self.is_on.isChecked(),
            self.host.text().strip(),
            self.port.value or 0,
            Security(self.security.value),
            self.user.text().strip(),
            first,
            self.watches_junk.isChecked(),
            self.watches_sent.isChecked(),
            self.since.value,
            self.ca_file.text().strip(),
            self.name.text().strip(),
            tuple(more),
            afterwards,
            target,
        )

    @property
    def is_changed(self) -> bool:
        """A new password is a change, too."""
        return super().is_changed or (self._shown is not None and bool(self.password.text()))

    def reload(self) -> None:
        """See Section; how the last fetch went is shown while something is being typed, too."""
        super().reload()
        self._show_states()

    def _show_states(self) -> None:
        accounts = mail_in_settings.accounts(self.shop)
        self.list.show_all(accounts, mail_in_settings.states(self.shop), self._current)
        show_if(self.form_title, bool(accounts))

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
        value, password, replaces = self._typed(), self.password.text() or None, self._current
        self._say("", "")
        self.shell.run_desk(
            lambda: mail_in_settings.save_account(self.shop, value, password, replaces=replaces),
            partial(self._saved, value),
            self._refused,
        )
        return True

    def _saved(self, value: MailInAccount, kept: bool) -> None:
        gettext = self.texts.gettext
        self._current, self._adds = checked_account(value).keychain_name, False
        self.result.say("", ok=True)
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
        self.folders.offer(tried.folders, value.folders)
        self.afterwards.offer(tried.folders)
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

    def remove(self, key: str) -> None:
        """Forget a mailbox and its password; the toast brings both back. Fetched mails stay."""
        accounts = mail_in_settings.accounts(self.shop)
        position = next((at for at, one in enumerate(accounts) if one.keychain_name == key), None)
        if position is None:
            return

        def work() -> str | None:
            password = self.shop.keychain.password(key)
            mail_in_settings.remove_account(self.shop, key)
            return password

        self.shell.run_desk(work, partial(self._removed, accounts[position], position))

    def _removed(self, account: MailInAccount, position: int, password: str | None) -> None:
        if self._current == account.keychain_name:
            self._current, self._adds = "", False
            self.revert()
        self._show_states()
        self.result.say("", ok=True)
        self.user.setFocus()

        def undo() -> None:
            self.shell.run_desk(
                lambda: mail_in_settings.save_account(self.shop, account, password, position=position),
                lambda _kept: self.reload(),
            )

        words = self.texts.gettext("Mails are not fetched from {name} any more. What came in stays.")
        self.shell.toast(words.format(name=account.title), undo)
