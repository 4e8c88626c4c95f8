"""The shop's mail account. Its password lives in the keychain, never in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.mail import MailAccount, MailProblem, checked_account
from shopdesk.domain.messages import N_, Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

_NAME = "mail_account"


class PasswordNeeded(MailProblem):
    """The keychain knows no password for the account: ask the owner."""

    code = "password-needed"

    def __init__(self, account: MailAccount) -> None:
        message = Message(
            N_("Please enter the password of the mail account {user}."),
            {"user": account.user or account.sender_address},
        )
        super().__init__(message, field="mail.password")


def account_in(connection: Connection) -> MailAccount | None:
    """The account within a running transaction; None while none is set up."""
    from shopdesk.store import settings

    account = settings.load(connection, _NAME, MailAccount, MailAccount())
    return account if account.host else None


def account(shop: Shop) -> MailAccount | None:
    """The stored account, None while none is set up."""
    with shop.reading() as connection:
        return account_in(connection)


def save_account(shop: Shop, value: MailAccount, password: str | None = None) -> bool:
    """Store the account and, when given, its password; raises ShopError at the field that cannot work.

    False: there is no keychain here, so the password is known until the program ends and is asked for again then.
    """
    from shopdesk.store import settings

    checked = checked_account(value)
    with shop.writing() as connection:
        before = account_in(connection)
        settings.save(connection, _NAME, checked)
        shop.record(
            connection, "mail_account", "setting", _NAME,
            {"sender": before.sender_address, "host": before.host} if before else None,
            {"sender": checked.sender_address, "host": checked.host},
        )  # fmt: skip
    return shop.keychain.remember(checked.keychain_name, password) if password else True


def remove_account(shop: Shop) -> None:
    """Forget account and password; mails then wait in the outbox or go through the mail program."""
    from shopdesk.store import settings

    with shop.writing() as connection:
        before = account_in(connection)
        if before is None:
            return
        settings.save(connection, _NAME, MailAccount())
        shop.record(connection, "mail_account", "setting", _NAME, {"host": before.host}, None)
    shop.keychain.forget(before.keychain_name)


def password_for(shop: Shop, value: MailAccount) -> str:
    """The account's password, empty where it needs none; a token where its mailbox signs in at Microsoft.

    Raises PasswordNeeded, and another MailProblem when Microsoft gives no token.
    """
    if not value.user:
        return ""
    found = shop.keychain.password(value.keychain_name)
    if found is None:
        from shopdesk.usecases import microsoft_accounts

        found = microsoft_accounts.token_for_sending(shop, value.user)
    if found is None:
        raise PasswordNeeded(value)
    return found


def give_password(shop: Shop, password: str) -> bool:
    """The owner's answer when the password was asked for; False when it lasts for this session only."""
    value = account(shop)
    return value is not None and shop.keychain.remember(value.keychain_name, password)


def try_connection(shop: Shop, value: MailAccount, password: str | None = None) -> None:
    """Connect and log in as the settings page stands, sending nothing. Raises what is wrong, in words."""
    checked = checked_account(value)
    shop.post.test_connection(checked, password or password_for(shop, checked))
