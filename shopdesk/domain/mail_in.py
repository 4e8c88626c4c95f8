"""Fetching mail as values: the account that is read, how far one got, when to try again."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import HOST, LOCAL_HOSTS, MailProblem, Security, one_line
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.outbox import Reason

EVERY = dt.timedelta(minutes=2)
"""How often new mails are asked for where the server does not say so by itself."""
ALARM_AFTER = dt.timedelta(minutes=10)
"""How long fetching may fail for a passing reason before the owner is told."""
_PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15))
LARGEST_MAIL = 25 << 20
"""In bytes; of a larger mail only the beginning is fetched, the rest stays on the server."""
START_OF_LARGE_MAIL = 256 << 10


_CLIENT_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,99}")


class FetchProblem(MailProblem):
    """Mails cannot be fetched."""

    code = "mail-in"


class FetchRefused(FetchProblem):
    """It will not work by itself: the owner has to change something first."""

    code = "mail-in-refused"


class FetchPostponed(FetchProblem):
    """The reason may pass: no network, a busy server."""

    code = "mail-in-postponed"


class SignInNeeded(FetchRefused):
    """Microsoft wants the owner himself to sign in (again)."""

    code = "mail-in-sign-in"

    def __init__(self, user: str) -> None:
        message = Message(
            N_(
                "Microsoft wants you to sign in again for {user}. Please press “Sign in at Microsoft” in the settings, "
                "under “Receive mail”."
            ),
            {"user": user},
        )
        super().__init__(message, field="mail_in.sign_in")


class FolderRole(StrEnum):
    """What lies in a folder: mails to us, what the provider took for spam, our own from other programs."""

    INBOX = "inbox"
    JUNK = "junk"
    SENT = "sent"


class Afterwards(StrEnum):
    """What happens on the server with a mail that was taken in."""

    NOTHING = "nothing"
    READ = "read"
    MOVE = "move"
    DELETE = "delete"


class SignIn(StrEnum):
    """How the server lets us in: with a password, or with Microsoft's sign-in (OAuth 2)."""

    PASSWORD = "password"  # noqa: S105 - the way, not the word
    MICROSOFT = "microsoft"


@dataclass(frozen=True, slots=True)
class MailInAccount:
    """One mailbox of the shop. `since`: older mails are left alone. The password lives in the keychain only.

    `move_to` belongs to `Afterwards.MOVE`; `client_id` and `tenant` are the owner's own registration at Microsoft.
    """

    is_on: bool = False
    host: str = ""
    port: int = 993
    security: Security = Security.TLS
    user: str = ""
    folder: str = "INBOX"
    watches_junk: bool = True
    watches_sent: bool = True
    since: dt.date | None = None
    ca_file: str = ""
    name: str = ""
    more_folders: tuple[str, ...] = ()
    afterwards: Afterwards = Afterwards.NOTHING
    move_to: str = ""
    sign_in: SignIn = SignIn.PASSWORD
    client_id: str = ""
    tenant: str = ""

    @property
    def keychain_name(self) -> str:
        """Under which name the keychain keeps the password; also the account's own name."""
        return f"imap:{self.user}@{self.host}:{self.port}"

    @property
    def title(self) -> str:
        """What the owner calls it."""
        return self.name or self.user

    @property
    def folders(self) -> tuple[str, ...]:
        """All folders whose mails are taken in."""
        return tuple(dict.fromkeys((self.folder, *self.more_folders)))


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """All mailboxes that the shop reads, in the owner's order."""

    accounts: tuple[MailInAccount, ...] = ()

    def named(self, key: str) -> MailInAccount | None:
        """The mailbox of this `keychain_name`."""
        return next((one for one in self.accounts if one.keychain_name == key), None)

    def with_one(self, value: MailInAccount, replaces: str = "", position: int | None = None) -> Mailboxes:
        """The list with this mailbox in the place of another, or as a new one (at the end, or at the position).

        Raises ShopError for a mailbox that is there already.
        """
        kept = [one for one in self.accounts if one.keychain_name != replaces]
        if any(one.keychain_name.casefold() == value.keychain_name.casefold() for one in kept):
            message = Message(
                N_("This mailbox is in the list already. Further folders of it are chosen there."),
            )
            raise ShopError(message, "mail-in-twice", "mail_in.user")
        keys = [one.keychain_name for one in self.accounts]
        place = keys.index(replaces) if replaces in keys else position
        kept.insert(len(kept) if place is None else place, value)
        return Mailboxes(tuple(kept))

    def without(self, key: str) -> Mailboxes:
        """The list without the mailbox of this `keychain_name`."""
        return Mailboxes(tuple(one for one in self.accounts if one.keychain_name != key))


@dataclass(frozen=True, slots=True)
class FetchState:
    """How fetching from an account stands; moments are aware. `alarm_at`: since when Heute shows it in red."""

    account: str = ""
    last_success_at: dt.datetime | None = None
    failing_since: dt.datetime | None = None
    failures: int = 0
    next_try_at: dt.datetime | None = None
    reason: Reason | None = None
    alarm_at: dt.datetime | None = None
    name: str = ""

    @property
    def alarm(self) -> bool:
        """Whether the owner should know."""
        return self.alarm_at is not None


@dataclass(frozen=True, slots=True)
class FolderState:
    """Up to which mail a folder was read; a changed `uid_validity` makes all uids worthless (RFC 3501, 2.3.1.1)."""

    uid_validity: int = 0
    last_uid: int = 0


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail as it lies on the server; `is_cut`: only its beginning is here."""

    uid: int
    received_at: dt.datetime | None
    size: int
    data: bytes
    is_cut: bool = False


def succeeded(state: FetchState, now: dt.datetime) -> FetchState:
    """Everything was fetched."""
    return FetchState(state.account, now, name=state.name)


def failed(
    state: FetchState, reason: Reason, *, is_passing: bool, now: dt.datetime, draw: float
) -> FetchState:
    """Another failure: the pause grows up to a quarter of an hour, spread by `draw` (0 … 1) so that not all the
    programs behind a line that comes back ask at once.
    """
    failures = state.failures + 1
    since = state.failing_since or now
    pause = _PAUSES[min(failures, len(_PAUSES)) - 1] * (0.75 + draw / 2)
    is_alarm = not is_passing or now - since >= ALARM_AFTER
    alarm_at = (state.alarm_at or now) if is_alarm else None
    return replace(
        state,
        failing_since=since,
        failures=failures,
        next_try_at=now + pause,
        reason=reason,
        alarm_at=alarm_at,
    )


def is_due(state: FetchState, now: dt.datetime) -> bool:
    """Whether the pause after a failure is over."""
    return state.next_try_at is None or state.next_try_at <= now


def checked_account(account: MailInAccount) -> MailInAccount:
    """The account with tidy values. Raises ShopError at the field that cannot work."""
    host = account.host.strip().rstrip(".").lower()
    if not HOST.fullmatch(host):
        message = Message(N_("On which server does the shop's mail lie? Its name is missing."))
        raise ShopError(message, "mail-in-host", "mail_in.host")
    if not 0 < account.port < 65536:
        message = Message(N_("The port of the mail server is a number such as 993 or 143."))
        raise ShopError(message, "mail-in-port", "mail_in.port")
    if account.security == Security.NONE and host not in LOCAL_HOSTS:
        message = Message(N_("Mail is fetched encrypted only. Please choose TLS or STARTTLS."))
        raise ShopError(message, "mail-in-security", "mail_in.security")
    if not account.user.strip():
        message = Message(N_("The user name is missing; at most providers it is the mail address."))
        raise ShopError(message, "mail-in-user", "mail_in.user")
    folders = tuple(dict.fromkeys(filter(None, map(one_line, account.folders)))) or ("INBOX",)
    return _checked_afterwards(
        checked_registration(replace(
            account, host=host, user=account.user.strip(), folder=folders[0], more_folders=folders[1:],
            ca_file=account.ca_file.strip(), name=one_line(account.name), client_id=account.client_id.strip(),
            tenant=account.tenant.strip(),
        ))
    )  # fmt: skip


def checked_registration(account: MailInAccount) -> MailInAccount:
    """The account with what Microsoft knows shopdesk by. Raises ShopError at the field that cannot work."""
    if account.sign_in != SignIn.MICROSOFT:
        return account
    if not _CLIENT_ID.fullmatch(account.client_id):
        message = Message(
            N_(
                "The application ID looks like 11111111-2222-3333-4444-555555555555. It stands in the overview of your "
                "registration at Microsoft; the handbook shows the way, step by step."
            )
        )
        raise ShopError(message, "mail-in-client", "mail_in.client_id")
    if account.tenant and not _TENANT.fullmatch(account.tenant):
        message = Message(
            N_("The directory is an ID or a domain such as schlafgut.onmicrosoft.com; it may stay empty.")
        )
        raise ShopError(message, "mail-in-tenant", "mail_in.tenant")
    return account


def _checked_afterwards(account: MailInAccount) -> MailInAccount:
    if account.afterwards != Afterwards.MOVE:
        return replace(account, move_to="")
    target = one_line(account.move_to)
    if not target or target in account.folders:
        # a mail that is moved into a folder that is read would come again and again
        message = Message(N_("Please choose a folder to move mails to that shopdesk does not read itself."))
        raise ShopError(message, "mail-in-move", "mail_in.move_to")
    return replace(account, move_to=target)
