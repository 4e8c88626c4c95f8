"""The outbox: every mail with its true state (RELIABILITY.md, P8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import MailState, Purpose
from shopdesk.domain.messages import N_, Message


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a mail is where it is; `code` is the code of the problem, or `no-account`, `password-needed`, `stopped`."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """What was attached, provable by its hash; the bytes stand in the mail and at their origin."""

    name: str
    media_type: str
    sha256: str
    document_file_id: int | None = None
    standard_attachment_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail to be queued; `message` is complete as it goes over the line. `not_before`: until then it waits."""

    message_id: str
    recipient: str
    subject: str
    body: str
    message: bytes
    sender: str = ""
    purpose: Purpose = Purpose.ORDER
    attachments: tuple[AttachedFile, ...] = ()
    document_id: int | None = None
    customer_id: int | None = None
    not_before: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One mail in the outbox, without its bytes; moments are aware."""

    id: int
    version: int
    message_id: str
    state: MailState
    recipient: str
    subject: str
    body: str
    sender: str
    purpose: Purpose
    attachments: tuple[AttachedFile, ...]
    reason: Reason | None
    attempts: int
    document_id: int | None
    customer_id: int | None
    created_at: dt.datetime
    changed_at: dt.datetime
    sent_at: dt.datetime | None


HOLD = dt.timedelta(seconds=10)
"""So long a mail that can be taken back is not sent by itself: the eight seconds of the window and a little more."""

# From which states the owner's words lead on. A mail that is just being sent takes none
RETRY_FROM = frozenset({MailState.FAILED, MailState.UNCLEAR, MailState.HANDED_OVER, MailState.CANCELLED})
MARK_SENT_FROM = frozenset({MailState.FAILED, MailState.UNCLEAR, MailState.HANDED_OVER})
CANCEL_FROM = frozenset({MailState.QUEUED, MailState.FAILED, MailState.UNCLEAR, MailState.HANDED_OVER})
HAND_OVER_FROM = frozenset({MailState.QUEUED, MailState.FAILED})

# How long a mail that was postponed waits for its next try, by the number of tries so far
PAUSES = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=15), dt.timedelta(hours=1))


def pause_after(attempts: int) -> dt.timedelta:
    """The wait after so many tries."""
    return PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]


NO_ACCOUNT = Reason("no-account", Message(N_("No mail account is set up yet. The mail waits here.")))
PASSWORD_NEEDED = Reason(
    "password-needed", Message(N_("The password of the mail account is needed. The mail waits here."))
)
STOPPED = Reason(
    "stopped",
    Message(
        N_(
            "The program stopped while this mail was being sent. Please check whether it went before sending it again."
        )
    ),
)

_STATE_NAMES: Mapping[MailState, Message] = {
    MailState.QUEUED: Message(N_("waiting to be sent")),
    MailState.SENDING: Message(N_("being sent")),
    MailState.SENT: Message(N_("sent")),
    MailState.FAILED: Message(N_("not sent")),
    MailState.UNCLEAR: Message(N_("unclear, please check")),
    MailState.HANDED_OVER: Message(N_("in the mail program")),
    MailState.CANCELLED: Message(N_("called back")),
}


def state_name(state: MailState) -> Message:
    """The state in words."""
    return _STATE_NAMES[state]


class NotInThisState(ShopError):
    """The mail has moved on, so this can no longer be done with it."""

    code = "mail-state"

    def __init__(self, entry: OutboxEntry) -> None:
        message = Message(
            N_("This cannot be done with the mail “{subject}”: it is now “{state}”."),
            {"subject": entry.subject, "state": state_name(entry.state)},
        )
        super().__init__(message)
        self.entry = entry
