"""The shop's mail account: server, user, password; proposed from the address, tried out, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import MailAccount, Security
from shopdesk.domain.messages import N_
from shopdesk.ui.settings.fields import ExplainedField, Outcome, form_grid, whole_number_edit
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.labels import Caption, Muted
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import mail_providers, mail_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_NOTES = {
    "app-password": N_(
        "{name} wants a password made for programs (“app password”), not the one of your account."
    ),
    "mail-password": N_(
        "{name} wants the e-mail password from the customer centre, not the one of the website."
    ),
    "switch-on": N_("At {name}, sending by other programs must first be allowed in the mailbox's settings."),
    "own-server": N_(
        "At {name}, every customer has a server of his own; its name stands in your customer menu."
    ),
    "no-password": N_(
        "{name} lets no program in with a password alone any more. Leave the password empty and sign in at Microsoft "
        "under “Receive mail”: that is good for sending, too."
    ),
}
_LAST_PORT = 65535
_PORTS = {Security.TLS.value: 465, Security.STARTTLS.value: 587}


class MailAccountSection(FormSection[MailAccount]):
    """Everything goes through the lanes: the keychain may ask, the server may be slow."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Mail account"),
            gettext("Through this account your mails go out, encrypted. Reading mails is not needed for it."),
            gettext("smtp server password sender e-mail outgoing"),
        )
        self._account_exists = False
        self.address, self.name = QLineEdit(), QLineEdit()
        self.host, self.user = QLineEdit(), QLineEdit()
        self.port = whole_number_edit(self.texts, gettext("Port"), 1, _LAST_PORT)
        self.security = Choice(
            [
                (gettext("TLS from the start"), Security.TLS.value),
                (gettext("STARTTLS"), Security.STARTTLS.value),
                (gettext("none (only inside this computer)"), Security.NONE.value),
            ]
        )
        another = [(gettext("another"), "")]
        self.provider = Choice([*another, *((one.name, one.name) for one in mail_providers.providers())])
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.ca_file = QLineEdit()
        self.hint, self.without = Caption("", wrap=True), Muted("", wrap=True)
        self.result = Outcome()
        self._place()
        self._listen()
        self.finish()

    def _place(self) -> None:
        gettext = self.texts.gettext
        ca = QWidget()
        row = QHBoxLayout(ca)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SMALL))
        row.addWidget(self.ca_file, 1)
        row.addWidget(Button(gettext("Choose file …"), self._choose_ca))
        ca.setFocusProxy(self.ca_file)
        ca.setAccessibleName(gettext("Own certificate"))
        self.ca_file.setAccessibleName(gettext("Own certificate"))
        self.without.setText(
            gettext(
                "Without an account nothing is lost: a finished mail is opened in your mail program, "
                "and you press “Send” there."
            )
        )
        self._fields = {
            "from": ExplainedField(gettext("Your mail address"), self.address),
            "name": ExplainedField(gettext("Name of the sender"), self.name),
            "provider": ExplainedField(gettext("Provider"), self.provider),
            "host": ExplainedField(gettext("Server"), self.host),
            "port": ExplainedField(gettext("Port"), self.port),
            "security": ExplainedField(gettext("Encryption"), self.security),
            "user": ExplainedField(gettext("User name"), self.user),
            "password": ExplainedField(
                gettext("Password"), self.password, gettext("Kept in the system's keychain and never shown.")
            ),
            "ca_file": ExplainedField(
                gettext("Own certificate"), ca, gettext("Only for a mail server of your own (PEM file).")
            ),
        }
        f = self._fields
        self.body.addWidget(self.without)
        self.body.addLayout(
            form_grid(
                [
                    [(f["from"], 3), (f["name"], 3)],
                    [(self.hint, 6)],
                    [(f["user"], 3), (f["password"], 3)],
                    [(f["provider"], 3), (f["host"], 3)],
                    [(f["security"], 3), (f["port"], 3)],
                    [(f["ca_file"], 6)],
                ]
            )
        )
        self.hint.hide()
        self.body.addWidget(self.result)
        self.test_button = Button(gettext("Test the connection"), self.test, icon_name="refresh-cw")
        self.remove_button = GhostButton(gettext("Remove account"), self.remove, icon_name="trash-2")
        self.foot.insertWidget(0, self.test_button)
        self.foot.insertWidget(1, self.remove_button)

    def _listen(self) -> None:
        self.address.editingFinished.connect(self._propose)
        self.provider.chosen.connect(self._use_provider)
        self.security.chosen.connect(self._use_port)
        for line in (self.address, self.host, self.user, self.password):
            line.textEdited.connect(lambda _text: self.result.say("", ok=True))

    def _propose(self) -> None:
        """A known address brings its server; what the owner typed himself stays."""
        found = mail_providers.provider_of(self.address.text())
        if found is not None and not self.host.text().strip():
            self.provider.set_value(found.name)
            self._use_provider()
        if self.address.text().strip() and not self.user.text().strip():
            self.user.setText(self.address.text().strip())

    def _use_provider(self) -> None:
        found = next((one for one in mail_providers.providers() if one.name == self.provider.value), None)
        note = ""
        if found is not None:
            self.host.setText(found.host)
            self.port.set_value(found.port)
            self.security.set_value(found.security.value)
            note = self.texts.gettext(_NOTES[found.note]).format(name=found.name) if found.note else ""
        self.hint.setText(note)
        show_if(self.hint, bool(note))

    def _use_port(self) -> None:
        usual = _PORTS.get(self.security.value)
        if usual is not None and self.port.value in {None, *_PORTS.values()}:
            self.port.set_value(usual)

    def _choose_ca(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, self.texts.gettext("Own certificate"), "", "PEM (*.pem *.crt *.cer)"
        )
        if chosen:
            self.ca_file.setText(chosen)

    # The stored value

    def _stored(self) -> MailAccount:
        account = mail_settings.account(self.shop)
        self._account_exists = account is not None
        return account or MailAccount(port=_PORTS[Security.TLS.value], security=Security.TLS)

    def _show(self, value: MailAccount) -> None:
        gettext = self.texts.gettext
        self.address.setText(value.sender_address)
        self.name.setText(value.sender_name)
        self.host.setText(value.host)
        self.port.set_value(value.port)
        self.security.set_value(value.security.value)
        self.user.setText(value.user)
        self.ca_file.setText(value.ca_file)
        self.password.clear()
        self.password.setPlaceholderText(gettext("unchanged") if self._account_exists else "")
        known = next((one for one in mail_providers.providers() if one.host and one.host == value.host), None)
        self.provider.set_value(known.name if known else "")
        show_if(self.without, not self._account_exists)
        show_if(self.remove_button, self._account_exists)

    def _typed(self) -> MailAccount:
        return MailAccount(
            self.host.text().strip(),
            self.port.value or 0,
            Security(self.security.value),
            self.user.text().strip(),
            self.address.text().strip(),
            self.name.text().strip(),
            self.ca_file.text().strip(),
        )

    @property
    def is_changed(self) -> bool:
        """A new password is a change, too."""
        return super().is_changed or (self._shown is not None and bool(self.password.text()))

    def _say(self, field: str, problem: str) -> bool:
        wanted = field.removeprefix("mail.")
        for name, frame in self._fields.items():
            frame.say(problem if name == wanted else "")
        if wanted in self._fields:
            self._fields[wanted].setFocus()
        return wanted in self._fields

    def save(self) -> bool:
        """Store account and password off the window's thread: the keychain may ask the owner to unlock it."""
        if not self.is_changed:
            return True
        self._propose()  # ⏎ in the address field comes before its leaving
        if not self._all_read():
            return False
        value, password = self._typed(), self.password.text() or None
        self._say("", "")
        self.shell.run_desk(
            lambda: mail_settings.save_account(self.shop, value, password), self._saved, self._refused
        )
        return True

    def _save_pressed(self) -> None:
        self.save()

    def _saved(self, kept: bool) -> None:
        gettext = self.texts.gettext
        self.revert()
        self.shell.toast(gettext("Mail account saved."))
        if not kept:
            words = gettext(
                "This computer has no keychain: the password is known until the program ends, then you are asked again."
            )
            self.result.say(words, ok=False)

    def _refused(self, error: Exception) -> None:
        said = isinstance(error, ShopError) and self._say(error.field, self.texts.say(error.message))
        if not said or not self.isVisible():
            self.shell.problem(error)

    def test(self) -> None:
        """Connect and log in as the fields stand; nothing is sent."""
        gettext = self.texts.gettext
        self._say("", "")
        self.result.say("", ok=True)
        if not self._all_read():
            return
        value, password = self._typed(), self.password.text() or None
        if self.test_button.hasFocus():
            self.address.setFocus()  # a disabled button would hand it on to "Discard changes"
        self.test_button.setEnabled(False)
        self.shell.progress(gettext("Testing the connection to {host} …").format(host=value.host))
        self.shell.run_post(
            lambda: mail_settings.try_connection(self.shop, value, password), self._tested, self._test_failed
        )

    def _test_over(self) -> None:
        self.test_button.setEnabled(True)
        self.shell.progress("")

    def _tested(self, _nothing: None) -> None:
        self._test_over()
        words = self.texts.gettext("The server is there and knows you. Mails can go out.")
        self.result.say(words, ok=True)

    def _test_failed(self, error: Exception) -> None:
        self._test_over()
        if not isinstance(error, ShopError):
            self.shell.problem(error)
        elif not self._say(error.field, self.texts.say(error.message)):
            self.result.say(self.texts.say(error.message), ok=False)

    def remove(self) -> None:
        """Forget the account and its password; the toast brings both back."""
        account = self._stored()

        def work() -> str | None:
            password = self.shop.keychain.password(account.keychain_name)
            mail_settings.remove_account(self.shop)
            return password

        self.shell.run_desk(work, lambda password: self._removed(account, password))

    def _removed(self, account: MailAccount, password: str | None) -> None:
        self.revert()
        self.result.say("", ok=True)
        self.address.setFocus()

        def undo() -> None:
            self.shell.run_desk(
                lambda: mail_settings.save_account(self.shop, account, password), lambda _kept: self.revert()
            )

        words = self.texts.gettext("Mail account removed. Mails now go through your mail program.")
        self.shell.toast(words, undo)
