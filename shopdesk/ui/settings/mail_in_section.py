"""Receiving mail: from which mailboxes and folders, since when; tried out, with how the last fetch went."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail_in import MailInAccount, checked_account
from shopdesk.ui.settings.fields import Outcome
from shopdesk.ui.settings.mailbox_form import MailboxForm
from shopdesk.ui.settings.mailbox_list import MailboxList
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.labels import Strong
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import mail_in_settings, mail_providers, mail_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.mail_in_settings import Secrets, Tried
    from shopdesk.usecases.shop import Shop


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
        self.form, self.form_title, self.result = MailboxForm(shop, shell), Strong(""), Outcome()
        for widget in (self.list, self.form_title, self.form, self.result):
            self.body.addWidget(widget)
        self.test_button = Button(gettext("Test the mailbox"), self.test, icon_name="refresh-cw")
        self.foot.insertWidget(0, self.test_button)
        self.form.microsoft.refused.connect(self._test_failed)
        self.form.microsoft.signed_in.connect(self._show_states)
        self.form.folders.changed.connect(self.touched)
        self.list.chosen.connect(self.choose)
        self.list.removal_wanted.connect(self.remove)
        self.list.another_wanted.connect(self.add_another)
        self.finish()

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
        self.form.user.setFocus()

    def add_another(self) -> None:
        """Empty fields for one more."""
        self.choose("")

    def focus_inside(self) -> None:
        """Who comes from a red row of Heute finds the mailbox that fails."""
        states = mail_in_settings.states(self.shop)
        failing = [key for key, state in states.items() if state.alarm]
        if failing and self._current not in failing and not self.is_changed:
            self.choose(failing[0])
        else:
            self.form.user.setFocus()

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
        self.form.show_account(value, is_stored=bool(self._current))
        self.form_title.setText(value.title if self._current else self.texts.gettext("Another mailbox"))
        self._show_states()

    def _typed(self) -> MailInAccount:
        return self.form.typed()

    def _say(self, field: str, problem: str) -> bool:
        return self.form.say(field, problem)

    @property
    def is_changed(self) -> bool:
        """A new password is a change, too."""
        return super().is_changed or (self._shown is not None and bool(self.form.password.text()))

    def reload(self) -> None:
        """See Section; how the last fetch went is shown while something is being typed, too."""
        super().reload()
        self._show_states()

    def _show_states(self) -> None:
        accounts = mail_in_settings.accounts(self.shop)
        self.list.show_all(accounts, mail_in_settings.states(self.shop), self._current)
        show_if(self.form_title, bool(accounts))

    def save(self) -> bool:
        """Store account and password off the window's thread: the keychain may ask the owner to unlock it."""
        if not self.is_changed:
            return True
        self.form.propose()  # ⏎ in the field comes before its leaving
        if not self._all_read():
            return False
        value, password, replaces = self._typed(), self.form.password.text() or None, self._current
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
        value, password = self._typed(), self.form.password.text() or None
        if self.test_button.hasFocus():
            self.form.user.setFocus()  # a disabled button would hand it on
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
        self.form.offer_folders(tried.folders)
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

        def work() -> Secrets:
            return mail_in_settings.remove_account(self.shop, key)

        self.shell.run_desk(work, partial(self._removed, accounts[position], position))

    def _removed(self, account: MailInAccount, position: int, secrets: Secrets) -> None:
        if self._current == account.keychain_name:
            self._current, self._adds = "", False
            self.revert()
        self._show_states()
        self.result.say("", ok=True)
        self.form.user.setFocus()

        def undo() -> None:
            self.shell.run_desk(
                lambda: mail_in_settings.bring_back(self.shop, account, position, secrets),
                lambda _kept: self.reload(),
            )

        words = self.texts.gettext("Mails are not fetched from {name} any more. What came in stays.")
        self.shell.toast(words.format(name=account.title), undo)
