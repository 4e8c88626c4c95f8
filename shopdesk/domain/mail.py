"""Mail as values: the account, addresses, a finished mail, and what became of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message


class MailProblem(ShopError):
    """A mail did not go, or one cannot say whether it went."""

    code = "mail"


class MailRefused(MailProblem):
    """It did not go and will not go by itself: the owner has to change something first."""

    code = "mail-refused"


class MailPostponed(MailProblem):
    """It surely did not go, for a reason that may pass: no network, a busy server."""

    code = "mail-postponed"


class MailUnclear(MailProblem):
    """The line was cut after the mail had been handed over: it may have gone. Never sent again unasked."""

    code = "mail-unclear"


class WrongAddress(ShopError):
    """The text is not exactly one mail address."""

    code = "mail-address"


class AccessToken(str):
    """What stands in a password's place where one signs in at Microsoft (RFC 6750): good for about an hour."""

    __slots__ = ()


class Security(StrEnum):
    """How the line to the mail server is encrypted; `none` only inside this computer."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Purpose(StrEnum):
    """Why somebody is contacted (§ 7 UWG, RULES.md 7); advertising needs consent."""

    ORDER = "order"
    SERVICE = "service"
    ADVERTISING = "advertising"


class MailState(StrEnum):
    """The life of a mail in the outbox. `failed` waits for another try, `unclear` for the owner's look,
    `handed_over` (to his mail program) for his word whether it went.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCLEAR = "unclear"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"


DONE_STATES = frozenset({MailState.SENT, MailState.CANCELLED})
OPEN_STATES = frozenset(MailState) - DONE_STATES


class NoEmailAddress(ShopError):
    """The customer has no mail address."""

    code = "no-email"

    def __init__(self, name: str) -> None:
        message = Message(N_("There is no mail address for {name} yet."), {"name": name or "?"})
        super().__init__(message, field="customer.email")


@dataclass(frozen=True, slots=True)
class MailAccount:
    """The shop's way out. The password is not here: it lives in the keychain only."""

    host: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    sender_address: str = ""
    sender_name: str = ""
    ca_file: str = ""

    @property
    def keychain_name(self) -> str:
        """Under which name the keychain keeps the password."""
        return f"{self.user or self.sender_address}@{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address with the name shown beside it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail; `media_type` like application/pdf, `parameters` go behind it (method=REQUEST)."""

    name: str
    media_type: str
    data: bytes
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A complete mail, ready to become bytes. `message_id` is fixed for ever, with its angle brackets.

    `references` are the mails of the conversation, oldest first; the last one is answered (RFC 5322, 3.6.4).
    """

    message_id: str
    sender: Mailbox
    recipients: tuple[Mailbox, ...]
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()
    references: tuple[str, ...] = ()


LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?|::1")
# IDNA 2003, all that Python's codec knows, writes these as other letters: straße.de is not strasse.de
_IDNA_2008_ONLY = frozenset("ßς")


def checked_address(text: str, field: str = "email") -> str:
    """Exactly one mailbox, its domain in ASCII (IDNA). Raises WrongAddress for anything else.

    "a@b.de, evil@x.de" would reach two people; line ends would start a header of their own (RELIABILITY.md).
    """
    address = text.strip().removeprefix("mailto:")
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1]
    if not address:
        raise WrongAddress(Message(N_("A mail address is missing.")), field=field)
    local, at, domain = address.rpartition("@")
    host = _ascii_domain(domain)
    if (
        not at
        or not _LOCAL_PART.fullmatch(local)
        or len(local) > 64
        or not host
        or len(local) + len(host) > 253
    ):
        message = Message(
            N_("“{address}” is not one mail address. Please enter a single one, like name@example.org."),
            {"address": one_line(text)[:80]},
        )
        raise WrongAddress(message, field=field)
    return f"{local}@{host}"


def _ascii_domain(domain: str) -> str:
    """The domain as it is asked for in the DNS, or nothing when it is none."""
    try:
        labels = [_ascii_label(label) for label in unicodedata.normalize("NFC", domain).lower().split(".")]
    except UnicodeError:
        return ""
    if len(labels) < 2 or labels[-1].isdigit() or not all(_LABEL.fullmatch(label) for label in labels):
        return ""
    return ".".join(labels)


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    if _IDNA_2008_ONLY & set(label) and label.replace("-", "").isalnum():
        return "xn--" + label.encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii")


def one_line(text: str) -> str:
    """The text without line ends and other control or invisible characters, for a header or a list."""
    visible = (" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    return " ".join("".join(char for char in visible if unicodedata.category(char) != "Cf").split())


def checked_account(account: MailAccount) -> MailAccount:
    """The account with tidy values. Raises ShopError at the field that cannot work."""
    host = account.host.strip().rstrip(".").lower()
    if not HOST.fullmatch(host):
        raise ShopError(
            Message(N_("Which server sends the shop's mail? Its name is missing.")), "mail-host", "mail.host"
        )
    if not 0 < account.port < 65536:
        message = Message(N_("The port of the mail server is a number such as 587 or 465."))
        raise ShopError(message, "mail-port", "mail.port")
    if account.security == Security.NONE and host not in LOCAL_HOSTS:
        message = Message(N_("Mail leaves this computer encrypted only. Please choose STARTTLS or TLS."))
        raise ShopError(message, "mail-security", "mail.security")
    return replace(
        account,
        host=host,
        user=account.user.strip(),
        sender_address=checked_address(account.sender_address, "mail.from"),
        sender_name=one_line(account.sender_name),
        ca_file=account.ca_file.strip(),
    )
