"""IMAP (RFC 3501) by imap-tools: read-only but for `tidy`, bounded, each failure named (docs/decisions/0015)."""

from __future__ import annotations

import datetime as dt
import imaplib
import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError

from shopdesk.domain.mail import AccessToken, Security, one_line
from shopdesk.domain.mail_in import (
    START_OF_LARGE_MAIL,
    Afterwards,
    FetchedMail,
    FetchPostponed,
    FetchProblem,
    FetchRefused,
    FolderRole,
    MailInAccount,
)
from shopdesk.domain.messages import N_, Message
from shopdesk.outside import imap_tidying, xoauth2
from shopdesk.outside.imap_tidying import Tidying
from shopdesk.outside.tls import checked_context

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UID = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_PASSING = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|THROTTLED)", re.IGNORECASE)
_SPECIAL = {
    FolderRole.INBOX: ("\\Inbox", frozenset({"inbox"})),
    FolderRole.JUNK: (
        "\\Junk",
        frozenset({"junk", "spam", "spamverdacht", "junk-e-mail", "junk e-mail", "bulk mail", "unerwünscht"}),
    ),
    FolderRole.SENT: (
        "\\Sent",
        frozenset({"sent", "gesendet", "gesendete objekte", "gesendete elemente", "sent items", "sent mail"}),
    ),
}
_ANSWERS_AT_ONCE = 500


@contextmanager
def session(account: MailInAccount, password: str, seconds: float) -> Iterator[ImapSession]:
    """A connection that is encrypted as the account says and logged in; always closed. Raises a FetchProblem."""
    with naming(account):
        box = connect(account, seconds)
    try:
        with naming(account):
            log_in(box, account, password)
        yield ImapSession(box, account)
    finally:
        hang_up(box)


def connect(account: MailInAccount, seconds: float) -> BaseMailBox:
    """Connected and encrypted, not yet logged in."""
    if account.security == Security.NONE:
        return MailBoxUnencrypted(account.host, account.port, seconds)
    context = _context(account)
    if account.security == Security.TLS:
        return MailBox(account.host, account.port, seconds, ssl_context=context)
    try:
        return MailBoxStartTls(account.host, account.port, seconds, context)
    except (ValueError, imaplib.IMAP4.error) as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        # a man in the middle hides the offer: going on in plain text would hand him the password
        message = Message(
            N_("{host} offers no encryption on port {port}, so nothing was asked. Is TLS on port 993 meant?"),
            {"host": account.host, "port": account.port},
        )
        raise FetchRefused(message, field="mail_in.security") from error


def log_in(box: BaseMailBox, account: MailInAccount, password: str) -> None:
    """Say who we are. Raises FetchRefused, or FetchPostponed where the server is just busy."""
    try:
        if isinstance(password, AccessToken):
            xoauth2.log_in_to_imap(box.client, account.user, password)
            return
        if account.user.isascii() and password.isascii():
            box.login(account.user, password, initial_folder=None)
        else:
            box.login_utf8(account.user, password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        answer = _words(error)
        if _PASSING.search(answer):
            raise FetchPostponed(_busy(account, answer)) from error
        if isinstance(password, AccessToken):
            raise xoauth2.refused(account.host, account.user, answer) from error
        message = Message(
            N_(
                "{host} does not accept the user name or password. Please enter them again; some providers "
                "want an “app password” made for mail programs. The server says: {answer}"
            ),
            {"host": account.host, "answer": answer},
        )
        raise FetchRefused(message, "mail-in-login", "mail_in.user") from error


def hang_up(box: BaseMailBox) -> None:
    """Say goodbye where somebody still listens, and close."""
    with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
        box.client.sock.settimeout(2)
        box.logout()
    with suppress(OSError):
        box.client.shutdown()


class ImapSession:
    """See OpenInbox."""

    def __init__(self, box: BaseMailBox, account: MailInAccount) -> None:
        self._box, self._account = box, account

    def folders(self) -> tuple[str, ...]:
        with naming(self._account):
            return tuple(one.name for one in self._box.folder.list() if "\\Noselect" not in one.flags)

    def folder_for(self, role: FolderRole) -> str:
        flag, names = _SPECIAL[role]
        with naming(self._account):
            found = self._box.folder.list()
        marked = [one.name for one in found if flag in one.flags]
        named = [one.name for one in found if one.name.split(one.delim)[-1].casefold() in names]
        return (*marked, *named, "")[0]

    def open(self, folder: str) -> int:
        with naming(self._account):
            try:
                self._box.folder.set(folder, readonly=True)
            except MailboxFolderSelectError as error:
                message = Message(
                    N_("There is no folder “{folder}” on {host}. Please choose another one."),
                    {"folder": folder, "host": self._account.host},
                )
                raise FetchRefused(message, "mail-in-folder", "mail_in.folder") from error
            _kind, told = self._box.client.response("UIDVALIDITY")
            return int(told[0] or 0) if told else 0

    def uids_after(self, uid: int, since: dt.date | None) -> tuple[int, ...]:
        wanted = [f"UID {uid + 1}:*"]
        if since is not None:
            wanted.append(f"SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}")
        with naming(self._account):
            found = self._said("SEARCH", " ".join(wanted))
        numbers = (int(number) for line in found if line for number in line.split())
        # "n:*" always names the newest mail, also one that is older than n
        return tuple(sorted(number for number in numbers if number > uid))

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        sizes: dict[int, int] = {}
        with naming(self._account):
            for first in range(0, len(uids), _ANSWERS_AT_ONCE):
                for item in self._said(
                    "FETCH", _set(uids[first : first + _ANSWERS_AT_ONCE]), "(UID RFC822.SIZE)"
                ):
                    line = item if isinstance(item, bytes) else b" ".join(item or ())
                    uid, size = _UID.search(line), _SIZE.search(line)
                    if uid and size:
                        sizes[int(uid[1])] = int(size[1])
        return sizes

    def fetch(self, sizes: Mapping[int, int], largest: int) -> Iterator[FetchedMail]:
        whole = [uid for uid, size in sizes.items() if size <= largest]
        found = dict(self._bodies(whole, "BODY.PEEK[]")) if whole else {}
        for uid, size in sizes.items():
            is_cut = size > largest
            part = f"BODY.PEEK[]<0.{START_OF_LARGE_MAIL}>"
            mail = dict(self._bodies([uid], part)).get(uid) if is_cut else found.get(uid)
            if mail is not None:
                received_at, data = mail
                yield FetchedMail(uid, received_at, size, data, is_cut)

    def tidy(
        self, folder: str, validity: int, uids: Sequence[int], afterwards: Afterwards, target: str
    ) -> None:
        with naming(self._account):
            imap_tidying.tidy(
                self._box, self._account.host, Tidying(folder, validity, tuple(uids), afterwards, target)
            )

    def _bodies(
        self, uids: Sequence[int], part: str
    ) -> Iterator[tuple[int, tuple[dt.datetime | None, bytes]]]:
        with naming(self._account):
            answer = self._said("FETCH", _set(uids), f"(UID INTERNALDATE {part})")
        for at, item in enumerate(answer):
            if not isinstance(item, tuple):
                continue
            tail = answer[at + 1] if at + 1 < len(answer) and isinstance(answer[at + 1], bytes) else b""
            told = item[0] + b" " + tail  # some servers say the uid behind the mail
            uid = _UID.search(told)
            if uid:
                yield int(uid[1]), (_moment(told), bytes(item[1]))

    def _said(self, command: str, *arguments: str) -> list[Any]:
        kind, data = self._box.client.uid(command, *arguments)
        if kind != "OK":
            raise imaplib.IMAP4.error(str(data))
        return [item for item in data if item is not None]


def _set(uids: Sequence[int]) -> str:
    return ",".join(str(uid) for uid in uids)


def _moment(line: bytes) -> dt.datetime | None:
    """INTERNALDATE: when the mail reached the server."""
    found = re.search(
        rb'INTERNALDATE "([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', line
    )
    if not found or found[2].decode() not in _MONTHS:
        return None
    day, year, hour, minute, second, hours, minutes = (int(found[place]) for place in (1, 3, 4, 5, 6, 8, 9))
    offset = dt.timedelta(hours=hours, minutes=minutes) * (1 if found[7] == b"+" else -1)
    try:
        month = _MONTHS.index(found[2].decode()) + 1
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.timezone(offset)).astimezone(
            dt.UTC
        )
    except (ValueError, OverflowError):
        return None


def _context(account: MailInAccount) -> ssl.SSLContext:
    try:
        return checked_context(account.ca_file)
    except OSError as error:
        message = Message(
            N_("The certificate file {file} cannot be read. Please choose another one or leave it empty."),
            {"file": account.ca_file},
        )
        raise FetchRefused(message, field="mail_in.ca_file") from error


def _words(error: Exception) -> str:
    """The server's own words on one line, bounded: they are shown and stored."""
    data = getattr(error, "command_result", None) or error.args
    pieces = [piece for item in data for piece in (item if isinstance(item, list | tuple) else [item])]
    parts = [piece.decode("utf-8", "replace") if isinstance(piece, bytes) else str(piece) for piece in pieces]
    return one_line(" ".join(part for part in parts if part not in {"NO", "BAD"}))[:300]


def _busy(account: MailInAccount, answer: str) -> Message:
    return Message(
        N_("{host} gives no mails right now. It says: {answer}"), {"host": account.host, "answer": answer}
    )


@contextmanager
def naming(account: MailInAccount) -> Iterator[None]:
    """Turn what imaplib, TLS and the network raise into a FetchProblem."""
    try:
        yield
    except FetchProblem:
        raise
    except ssl.SSLCertVerificationError as error:
        message = Message(
            N_(
                "{host} shows a certificate that is not to be trusted ({reason}). "
                "No mail was fetched. Is the server name right?"
            ),
            {"host": account.host, "reason": one_line(error.verify_message or str(error))},
        )
        raise FetchRefused(message, "mail-in-certificate", "mail_in.host") from error
    except ssl.SSLEOFError as error:
        raise FetchPostponed(_unreachable(account)) from error
    except ssl.SSLError as error:
        message = Message(
            N_("No encrypted line to {host} on port {port}. TLS is usual on port 993, STARTTLS on port 143."),
            {"host": account.host, "port": account.port},
        )
        raise FetchRefused(message, "mail-in-encryption", "mail_in.security") from error
    except (imaplib.IMAP4.abort, OSError, UnicodeError) as error:
        raise FetchPostponed(_unreachable(account)) from error
    except (imaplib.IMAP4.error, ImapToolsError, ValueError) as error:
        raise FetchPostponed(_busy(account, _words(error))) from error


def _unreachable(account: MailInAccount) -> Message:
    return Message(
        N_("{host} cannot be reached right now. Mails are fetched as soon as it answers again."),
        {"host": account.host},
    )
