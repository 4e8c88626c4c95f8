"""The fields of one mailbox whose mails are received."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.mail import Security
from shopdesk.domain.mail_in import MailInAccount, SignIn
from shopdesk.ui.settings.fields import ExplainedField, form_grid, whole_number_edit
from shopdesk.ui.settings.mailbox_fields import AfterwardsFields, FolderBoxes
from shopdesk.ui.settings.mailbox_hints import LAST_PORT, PORTS, SIGNS_IN_ELSEWHERE, hint
from shopdesk.ui.settings.microsoft_fields import MicrosoftFields
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import DateField
from shopdesk.ui.widgets.labels import Caption
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import mail_providers, microsoft_accounts

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_INBOX = "INBOX"


def _securities(texts: Texts) -> Choice:
    gettext = texts.gettext
    return Choice(
        [
            (gettext("TLS from the start"), Security.TLS.value),
            (gettext("STARTTLS"), Security.STARTTLS.value),
            (gettext("none (only inside this computer)"), Security.NONE.value),
        ]
    )


def _ways_in(texts: Texts) -> Choice:
    gettext = texts.gettext
    return Choice(
        [
            (gettext("with a password"), SignIn.PASSWORD.value),
            (gettext("at Microsoft (365, Outlook.com)"), SignIn.MICROSOFT.value),
        ]
    )


class MailboxForm(QWidget):
    """What the owner types; `fields` are the frames by the names that errors carry."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__()
        self.shop, self.texts = shop, shell.texts
        texts, gettext = self.texts, self.texts.gettext
        self._known: dict[str, tuple[str, ...]] = {}
        self.name = QLineEdit()
        self.is_on = QCheckBox(gettext("Fetch mails"))
        self.user, self.host, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.port = whole_number_edit(texts, gettext("Port"), 1, LAST_PORT)
        self.folders, self.afterwards = FolderBoxes(texts), AfterwardsFields(texts)
        self.since = DateField(texts, gettext("Mails since"), self._day)
        self.watches_junk = QCheckBox(gettext("Look into the spam folder, too"))
        self.watches_sent = QCheckBox(gettext("Look into the folder of sent mails, too"))
        self.ca_file = QLineEdit()
        self.microsoft = MicrosoftFields(shop, shell, self.typed)
        self.hint = Caption("", wrap=True)
        self.security, self.sign_in = _securities(texts), _ways_in(texts)
        self._make_frames()
        self._place()
        self.user.editingFinished.connect(self.propose)
        self.security.chosen.connect(self._use_port)
        self.sign_in.currentIndexChanged.connect(self._follow_sign_in)

    def _make_frames(self) -> None:
        gettext = self.texts.gettext
        self.fields = {
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
            "sign_in": ExplainedField(gettext("Signing in"), self.sign_in),
            **self.microsoft.fields,
            **self.afterwards.fields,
        }

    def _place(self) -> None:
        gettext, f = self.texts.gettext, self.fields
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(MEDIUM))
        layout.addWidget(self.is_on)
        layout.addLayout(
            form_grid(
                [
                    [(f["user"], 3), (f["sign_in"], 3)],
                    [(self.hint, 6)],
                    [(f["password"], 3)],
                    [(f["client_id"], 3), (f["tenant"], 3)],
                    [(self.microsoft, 6)],
                    [(f["host"], 3), (f["security"], 2), (f["port"], 1)],
                    [(f["name"], 3), (f["since"], 3)],
                    [(f["ca_file"], 6)],
                    [(f["folder"], 6)],
                    [(f["afterwards"], 3), (f["move_to"], 3)],
                    [(self.afterwards, 6)],
                ]
            )
        )
        self.hint.hide()
        explained = gettext(
            "What lies there is kept away and listed, only known customers get through: a real inquiry is not lost."
        )
        layout.addWidget(self.watches_junk)
        layout.addWidget(Caption(explained, wrap=True))
        layout.addWidget(self.watches_sent)
        explained = gettext(
            "What you answer with your telephone stops the clock and stands on the customer's card."
        )
        layout.addWidget(Caption(explained, wrap=True))

    def _day(self, text: str) -> dt.date:
        from shopdesk.domain.typing import parse_date

        return parse_date(text, self.shop.clock.today())

    def propose(self) -> None:
        """A known address brings its server; what the owner typed himself stays."""
        found = mail_providers.provider_of(self.user.text())
        if found is not None and not self.host.text().strip():
            self.host.setText(found.imap_host)
            if found.note == SIGNS_IN_ELSEWHERE:
                self.sign_in.set_value(SignIn.MICROSOFT.value)
        self.hint.setText(hint(self.texts, found))
        show_if(self.hint, bool(self.hint.text()))

    def _follow_sign_in(self) -> None:
        is_microsoft = self.sign_in.value == SignIn.MICROSOFT
        for part in (self.microsoft, *self.microsoft.fields.values()):
            show_if(part, is_microsoft)
        show_if(self.fields["password"], not is_microsoft)
        if is_microsoft and not self.host.text().strip():
            self.host.setText(microsoft_accounts.HOST)

    def _use_port(self) -> None:
        usual = PORTS.get(self.security.value)
        if usual is not None and self.port.value in {None, *PORTS.values()}:
            self.port.set_value(usual)

    def offer_folders(self, names: tuple[str, ...]) -> None:
        """All folders of this mailbox; what is chosen stays."""
        self._known[self.typed().keychain_name] = names
        self.folders.offer(names, self.folders.ticked or (_INBOX,))
        self.afterwards.offer(names)

    def show_account(self, value: MailInAccount, *, is_stored: bool) -> None:
        """Fill the fields; a password that is stored is never shown."""
        gettext = self.texts.gettext
        self.is_on.setChecked(value.is_on)
        self.name.setText(value.name)
        self.user.setText(value.user)
        self.host.setText(value.host)
        self.port.set_value(value.port)
        self.security.set_value(value.security.value)
        known = self._known.get(value.keychain_name, ())
        self.folders.offer(known, value.folders)
        self.afterwards.offer(known)
        self.since.set_value(value.since or self.shop.clock.today())
        self.watches_junk.setChecked(value.watches_junk)
        self.watches_sent.setChecked(value.watches_sent)
        self.ca_file.setText(value.ca_file)
        self.afterwards.set_value(value.afterwards, value.move_to)
        self.sign_in.set_value(value.sign_in.value)
        self.microsoft.show_account(value)
        self._follow_sign_in()
        self.password.clear()
        self.password.setPlaceholderText(gettext("unchanged") if is_stored else "")

    def typed(self) -> MailInAccount:
        """What the fields say."""
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
            SignIn(self.sign_in.value),
            self.microsoft.client_id.text().strip(),
            self.microsoft.tenant.text().strip(),
        )

    def say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field; False when there is no such field."""
        wanted = field.removeprefix("mail_in.")
        for name, frame in self.fields.items():
            frame.say(problem if name == wanted else "")
        if wanted in self.fields:
            self.fields[wanted].setFocus()
        return wanted in self.fields
