"""The mailboxes whose mails are fetched. Their passwords live in the keychain, as that of the way out does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.mail_in import (
    FetchProblem,
    FetchState,
    FolderRole,
    Mailboxes,
    MailInAccount,
    SignIn,
    checked_account,
)
from shopdesk.domain.messages import N_, Message
from shopdesk.usecases import mail_settings, microsoft_accounts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.outside.inbox import Inbox
    from shopdesk.usecases.shop import Shop

_NAME, _EARLIER_NAME = "mailboxes", "mail_in"


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


def mailboxes_in(connection: Connection) -> Mailboxes:
    """All mailboxes within a running transaction; a shop with one only has it under its earlier name."""
    from shopdesk.store import settings

    single = settings.load(connection, _EARLIER_NAME, MailInAccount, MailInAccount())
    return settings.load(connection, _NAME, Mailboxes, Mailboxes((single,) if single.host else ()))


def accounts_in(connection: Connection) -> tuple[MailInAccount, ...]:
    """The mailboxes within a running transaction, in the owner's order."""
    return mailboxes_in(connection).accounts


def accounts(shop: Shop) -> tuple[MailInAccount, ...]:
    """All mailboxes, in the owner's order."""
    with shop.reading() as connection:
        return accounts_in(connection)


def account(shop: Shop, key: str) -> MailInAccount | None:
    """The mailbox of this `keychain_name`; None when it was removed."""
    with shop.reading() as connection:
        return mailboxes_in(connection).named(key)


def state(shop: Shop, key: str) -> FetchState:
    """How fetching from a mailbox stands: last success, and why it fails."""
    from shopdesk.store import mail_fetches

    with shop.reading() as connection:
        return mail_fetches.state(connection, key)


def states(shop: Shop) -> dict[str, FetchState]:
    """How fetching stands for each mailbox, by its `keychain_name`."""
    from shopdesk.store import mail_fetches

    with shop.reading() as connection:
        keys = [one.keychain_name for one in accounts_in(connection)]
        return {key: mail_fetches.state(connection, key) for key in keys}


def save_account(
    shop: Shop,
    value: MailInAccount,
    password: str | None = None,
    *,
    replaces: str = "",
    position: int | None = None,
) -> bool:
    """Store a mailbox and, when given, its password; raises ShopError at the field that cannot work.

    `replaces` is the `keychain_name` of the one that is changed, empty for a new one. Mails from the day of switching
    on are fetched, unless the owner named an earlier day. False: there is no keychain here, so the password is known
    until the program ends.
    """
    checked = checked_account(value)
    checked = replace(checked, since=checked.since or shop.clock.today())
    with shop.reading() as connection:
        mailboxes_in(connection).with_one(checked, replaces)
    # before the commit: whoever follows the settings fetches at once
    kept = shop.keychain.remember(checked.keychain_name, password) if password else True
    with shop.writing() as connection:
        stored = mailboxes_in(connection)
        before = stored.named(replaces)
        _save(connection, stored.with_one(checked, replaces, position))
        _forget_what_changed(connection, before, checked)
        told = _told(before) if before is not None else None
        shop.record(connection, "mail_in", "setting", _NAME, told, _told(checked))
    if before is not None and before.keychain_name != checked.keychain_name:
        shop.keychain.forget(before.keychain_name)
        microsoft_accounts.forget(shop, before.keychain_name)
    return kept


def _save(connection: Connection, value: Mailboxes) -> None:
    from shopdesk.store import settings

    settings.save(connection, _NAME, value)


def _forget_what_changed(connection: Connection, before: MailInAccount | None, after: MailInAccount) -> None:
    from shopdesk.store import mail_fetches, mail_tidying

    key = before.keychain_name if before is not None else after.keychain_name
    if before is not None and (after.since != before.since or after.keychain_name != key):
        mail_fetches.forget_folders(connection, key)
    mail_fetches.forget_state(connection, key)  # what failed may be put right now
    if before is not None and (after.afterwards, after.move_to) != (before.afterwards, before.move_to):
        mail_tidying.forget(connection, key)  # what lies there came under another order


def _told(value: MailInAccount) -> dict[str, object]:
    return {
        "host": value.host, "user": value.user, "folder": ", ".join(value.folders), "is_on": value.is_on,
        "afterwards": value.afterwards.value,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the keychain held for a mailbox: its password, or what signing in at Microsoft gave."""

    password: str | None = None
    sign_in: str | None = None


def bring_back(shop: Shop, value: MailInAccount, position: int, secrets: Secrets) -> bool:
    """Undo the removal of a mailbox; see `save_account`."""
    if secrets.sign_in is not None:
        microsoft_accounts.remember(shop, value.keychain_name, secrets.sign_in)
    return save_account(shop, value, secrets.password, position=position)


def remove_account(shop: Shop, key: str) -> Secrets:
    """Forget a mailbox and its secrets, which are given for taking it back; the mails that were fetched stay."""
    from shopdesk.store import mail_fetches, mail_tidying

    secrets = Secrets(shop.keychain.password(key), microsoft_accounts.kept(shop, key))
    with shop.writing() as connection:
        stored = mailboxes_in(connection)
        before = stored.named(key)
        if before is None:
            return secrets
        _save(connection, stored.without(key))
        mail_fetches.forget_state(connection, key)
        mail_tidying.forget(connection, key)
        shop.record(connection, "mail_in", "setting", _NAME, _told(before), None)
    shop.keychain.forget(key)
    microsoft_accounts.forget(shop, key)
    return secrets


def password_for(shop: Shop, value: MailInAccount) -> str:
    """The account's password, or a token where it signs in at Microsoft; the password for sending where the user is the
    same. Raises FetchPasswordNeeded, SignInNeeded.
    """
    if value.sign_in == SignIn.MICROSOFT:
        return microsoft_accounts.token_for(shop, value)
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
        for folder in checked.folders:
            opened.open(folder)
    return Tried(names, junk)
