"""Signing in at Microsoft: who shopdesk is there, and the button that opens the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from shopdesk.domain.mail_in import MailInAccount
from shopdesk.ui.settings.fields import ExplainedField, Outcome
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.usecases import microsoft_accounts

if TYPE_CHECKING:
    from shopdesk.outside.microsoft import SigningIn
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class MicrosoftFields(QWidget):
    """The button with what came of it; `fields` stand in the form above it.

    `typed` gives the mailbox as the fields stand; `refused` hears what is wrong, to be said at its field.
    """

    refused = Signal(Exception)
    signed_in = Signal()
    _came = Signal()

    def __init__(self, shop: Shop, shell: Shell, typed: Callable[[], MailInAccount]) -> None:
        super().__init__()
        self._shop, self._shell, self._texts, self._account = shop, shell, shell.texts, typed
        gettext = self._texts.gettext
        self._asked: tuple[MailInAccount, SigningIn] | None = None
        self.client_id, self.tenant = QLineEdit(), QLineEdit()
        self.tenant.setPlaceholderText("common")
        self.fields = {
            "client_id": ExplainedField(
                gettext("Application ID"),
                self.client_id,
                gettext("From your own registration at Microsoft; the handbook shows the way, step by step."),
            ),
            "tenant": ExplainedField(
                gettext("Directory (tenant)"),
                self.tenant,
                gettext("ID or domain of your company there. Empty: any, also private mailboxes."),
            ),
        }
        self.button = Button("", self.press)
        self.state = Outcome()
        self._place()
        self._came.connect(self._finish)
        self.destroyed.connect(partial(_stop, self.__dict__))

    def _place(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SMALL))
        row.addWidget(self.button)
        row.addWidget(self.state, 1, Qt.AlignmentFlag.AlignVCenter)
        self._show_button()

    def _show_button(self) -> None:
        gettext = self._texts.gettext
        if self._asked is not None:
            self.button.say(gettext("Stop waiting"), "x")
        else:
            self.button.say(gettext("Sign in at Microsoft"), "external-link")

    def show_account(self, account: MailInAccount) -> None:
        """Another mailbox: whether its owner has signed in is asked of the keychain, off the window's thread."""
        self.client_id.setText(account.client_id)
        self.tenant.setText(account.tenant)
        if self._asked is not None and self._asked[0].keychain_name == account.keychain_name:
            return  # the browser is still open
        self._give_up()
        if not microsoft_accounts.is_possible(self._shop):
            words = self._texts.say(microsoft_accounts.missing())
            self.button.setEnabled(False)
            self.state.say(words, ok=False)
            return
        self.button.setEnabled(True)
        self.state.say("", ok=True)
        if account.user:
            key = account.keychain_name
            self._shell.run_desk(lambda: microsoft_accounts.is_signed_in(self._shop, key), self._show_state)

    def _show_state(self, is_signed_in: bool) -> None:
        gettext = self._texts.gettext
        if self._asked is None:
            words = gettext("You are signed in.") if is_signed_in else gettext("Not signed in yet.")
            self.state.say(words, ok=is_signed_in)

    # Signing in

    def press(self) -> None:
        """Sign in, or stop waiting for the browser."""
        if self._asked is not None:
            self._give_up()
            self.state.say(self._texts.gettext("Signing in was stopped."), ok=False)
            return
        account = self._account()
        words = self._texts.gettext("Thank you. Please go back to shopdesk; this page can be closed.")
        page = f"<!doctype html><meta charset=utf-8><title>shopdesk</title><p>{escape(words)}</p>"
        self.button.setEnabled(False)
        self.state.say("", ok=True)
        self._shell.run_post(
            lambda: microsoft_accounts.begin(self._shop, account, page, self._came.emit),
            partial(self._begun, account),
            self._failed,
        )

    def _begun(self, account: MailInAccount, begun: SigningIn) -> None:
        self._asked = account, begun
        self.button.setEnabled(True)
        self._show_button()
        words = self._texts.gettext("Please sign in in the browser that opens now, and agree there.")
        self.state.say(words, ok=True)
        QDesktopServices.openUrl(QUrl(begun.address))

    def _give_up(self) -> None:
        if self._asked is not None:
            self._asked[1].stop()
            self._asked = None
            self._show_button()

    def _finish(self) -> None:
        """The browser is back."""
        if self._asked is None:
            return
        (account, begun), self._asked = self._asked, None
        self._show_button()
        self.button.setEnabled(False)
        self._shell.run_post(
            lambda: microsoft_accounts.finish(self._shop, account, begun), self._done, self._failed
        )

    def _done(self, who: str) -> None:
        gettext = self._texts.gettext
        self.button.setEnabled(True)
        words = gettext("Signed in as {name}.").format(name=who) if who else gettext("You are signed in.")
        self.state.say(words, ok=True)
        self.signed_in.emit()

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.state.say("", ok=True)
        self.refused.emit(error)


def _stop(own: dict[str, object]) -> None:
    """The section is gone: nobody waits for the browser any more."""
    asked = own.get("_asked")
    if isinstance(asked, tuple):
        asked[1].stop()
