"""Fetching mail as values: the account that is read, how far one got, when to try again."""

from __future__ import annotations

import datetime as dt
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


class FetchProblem(MailProblem):
    """Mails cannot be fetched."""

    code = "mail-in"


class FetchRefused(FetchProblem):
    """It will not work by itself: the owner has to change something first."""

    code = "mail-in-refused"


class FetchPostponed(FetchProblem):
    """The reason may pass: no network, a busy server."""

    code = "mail-in-postponed"


class FolderRole(StrEnum):
    """What lies in a folder: mails to us, what the provider took for spam, our own from other programs."""

    INBOX = "inbox"
    JUNK = "junk"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class MailInAccount:
    """Where the shop's mail is read. `since`: older mails are left alone. The password lives in the keychain only."""

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

    @property
    def keychain_name(self) -> str:
        """Under which name the keychain keeps the password; also the account's own name."""
        return f"imap:{self.user}@{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class FetchState:
    """How fetching from an account stands; moments are aware. `alarm`: Heute shows it in red."""

    account: str = ""
    last_success_at: dt.datetime | None = None
    failing_since: dt.datetime | None = None
    failures: int = 0
    next_try_at: dt.datetime | None = None
    reason: Reason | None = None
    alarm: bool = False


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
    return FetchState(state.account, now)


def failed(
    state: FetchState, reason: Reason, *, is_passing: bool, now: dt.datetime, draw: float
) -> FetchState:
    """Another failure: the pause grows up to a quarter of an hour, spread by `draw` (0 … 1) so that not all the
    programs behind a line that comes back ask at once.
    """
    failures = state.failures + 1
    since = state.failing_since or now
    pause = _PAUSES[min(failures, len(_PAUSES)) - 1] * (0.75 + draw / 2)
    alarm = not is_passing or now - since >= ALARM_AFTER
    return FetchState(state.account, state.last_success_at, since, failures, now + pause, reason, alarm)


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
    return replace(
        account, host=host, user=account.user.strip(), folder=one_line(account.folder) or "INBOX",
        ca_file=account.ca_file.strip(),
    )  # fmt: skip
