"""The account whose mails are fetched. Its password lives in the keychain, as that of the way out does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.mail_in import FetchProblem, FetchState, FolderRole, MailInAccount, checked_account
from shopdesk.domain.messages import N_, Message
from shopdesk.usecases import mail_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.outside.inbox import Inbox
    from shopdesk.usecases.shop import Shop

_NAME = "mail_in"


class FetchPasswordNeeded(FetchProblem):
    """The keychain knows no password for the account: ask the owner."""

    code = "mail-in-password"

    def __init__(self, account: MailInAccount) -> None:
        message = Message(
            N_("Please enter the password of the mailbox {user} in the settings, under “Receive mail”."),
            {"user": account.user},
        )
        super().__init__(message, field="mail_in.password")


class NoInbox(FetchProblem):
    """This program reads no mailboxes, such as the demonstration."""

    code = "mail-in-none"

    def __init__(self) -> None:
        super().__init__(Message(N_("Mails are not fetched here: this shop is a demonstration.")))


@dataclass(frozen=True, slots=True)
class Tried:
    """What a try-out found: the folders one may choose from, and which one is for spam."""

    folders: tuple[str, ...]
    junk: str


def inbox_of(shop: Shop) -> Inbox:
    """Where mails are fetched. Raises NoInbox."""
    if shop.inbox is None:
        raise NoInbox
    return shop.inbox


def account_in(connection: Connection) -> MailInAccount:
    """The account within a running transaction; off while none is set up."""
    from shopdesk.store import settings

    return settings.load(connection, _NAME, MailInAccount, MailInAccount())


def account(shop: Shop) -> MailInAccount:
    """The stored account; off while none is set up."""
    with shop.reading() as connection:
        return account_in(connection)


def state(shop: Shop) -> FetchState:
    """How fetching stands: last success, and why it fails."""
    from shopdesk.store import mail_fetches

    with shop.reading() as connection:
        return mail_fetches.state(connection, account_in(connection).keychain_name)


def save_account(shop: Shop, value: MailInAccount, password: str | None = None) -> bool:
    """Store the account and, when given, its password; raises ShopError at the field that cannot work.

    Mails from the day of switching on are fetched, unless the owner named an earlier day. False: there is no keychain
    here, so the password is known until the program ends.
    """
    from shopdesk.store import mail_fetches, settings

    checked = checked_account(value) if value.is_on or value.host else value
    checked = replace(checked, since=checked.since or shop.clock.today())
    # before the commit: whoever follows the settings fetches at once
    kept = shop.keychain.remember(checked.keychain_name, password) if password else True
    with shop.writing() as connection:
        before = account_in(connection)
        settings.save(connection, _NAME, checked)
        if checked.since != before.since:
            mail_fetches.forget_folders(connection)
        mail_fetches.forget_state(connection)  # what failed may be put right now
        shop.record(connection, "mail_in", "setting", _NAME, _told(before), _told(checked))
    return kept


def _told(value: MailInAccount) -> dict[str, object]:
    return {"host": value.host, "user": value.user, "folder": value.folder, "is_on": value.is_on}


def remove_account(shop: Shop) -> None:
    """Forget account and password; the mails that were fetched stay."""
    from shopdesk.store import mail_fetches, settings

    with shop.writing() as connection:
        before = account_in(connection)
        settings.save(connection, _NAME, MailInAccount())
        mail_fetches.forget_state(connection)
        shop.record(connection, "mail_in", "setting", _NAME, _told(before), None)
    shop.keychain.forget(before.keychain_name)


def password_for(shop: Shop, value: MailInAccount) -> str:
    """The account's password; the one for sending where the user is the same. Raises FetchPasswordNeeded."""
    found = shop.keychain.password(value.keychain_name)
    if found is None:
        sending = mail_settings.account(shop)
        if sending is not None and sending.user == value.user:
            found = shop.keychain.password(sending.keychain_name)
    if found is None:
        raise FetchPasswordNeeded(value)
    return found


def try_out(shop: Shop, value: MailInAccount, password: str | None = None) -> Tried:
    """Connect and log in as the settings page stands, fetching nothing. Raises what is wrong, in words."""
    checked = checked_account(value)
    with inbox_of(shop).session(checked, password or password_for(shop, checked)) as opened:
        names = opened.folders()
        junk = opened.folder_for(FolderRole.JUNK)
        opened.open(checked.folder)
    return Tried(names, junk)
