"""Received mails as values, and the simple rules by which some are kept away from the owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import Mailbox
from shopdesk.domain.messages import N_, Message

LONGEST_TEXT = 200_000
"""In characters; the rest stays in the mail itself."""


class MailUnreadable(ShopError):
    """The bytes are no mail, or made to do harm."""

    code = "mail-unreadable"


@dataclass(frozen=True, slots=True)
class ReceivedAttachment:
    """A file in a received mail; `position` is its place in the mail, `size` in bytes."""

    position: int
    name: str
    media_type: str
    size: int
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server says about a mail of ours (RFC 3464); `is_final` when it gave up."""

    message_id: str
    recipient: str = ""
    words: str = ""
    is_final: bool = True


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """One mail, read. Message ids keep their angle brackets; a mail without one gets one made from its bytes.

    `is_automatic`: a machine wrote it (RFC 3834). `is_bulk`: it went to a list. `is_spam`: a filter on the way says so.
    `is_notice`: the machine tells what the customer did: read a mail (RFC 8098), answered an invitation (RFC 5546).
    `form`: who filled in the web form that the text is.
    """

    message_id: str
    sender: Mailbox
    subject: str = ""
    text: str = ""
    reply_to: Mailbox | None = None
    recipients: tuple[Mailbox, ...] = ()
    sent_at: dt.datetime | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[ReceivedAttachment, ...] = ()
    is_automatic: bool = False
    is_bulk: bool = False
    is_spam: bool = False
    is_notice: bool = False
    form: Mailbox | None = None
    bounce: Bounce | None = None

    @property
    def answer_to(self) -> Mailbox:
        """Where an answer goes."""
        return self.reply_to or self.sender

    @property
    def parents(self) -> tuple[str, ...]:
        """The mails this one answers, the nearest first."""
        found = (self.in_reply_to, *reversed(self.references))
        return tuple(dict.fromkeys(one for one in found if one))


class MailPlace(StrEnum):
    """Where a mail stands: taken in, kept away, the business of the outbox alone (a bounce), or written by the owner
    himself in another program.
    """

    TAKEN = "taken"
    KEPT_AWAY = "kept_away"
    BOUNCE = "bounce"
    SENT = "sent"


class KeptAway(StrEnum):
    """Why a mail is kept away."""

    NEVER = "never"
    SPAM = "spam"
    JUNK_FOLDER = "junk_folder"
    NEWSLETTER = "newsletter"
    AUTOMATIC = "automatic"
    OWN = "own"
    UNREADABLE = "unreadable"


_WHY: Mapping[KeptAway, Message] = {
    KeptAway.NEVER: Message(N_("You never want mails from this sender.")),
    KeptAway.SPAM: Message(N_("A spam filter on the way marked it.")),
    KeptAway.JUNK_FOLDER: Message(N_("It lies in the spam folder of your provider.")),
    KeptAway.NEWSLETTER: Message(N_("Newsletter or mailing list.")),
    KeptAway.AUTOMATIC: Message(N_("Written by a machine (automatic reply, notification).")),
    KeptAway.OWN: Message(N_("Sent from your own address.")),
    KeptAway.UNREADABLE: Message(N_("It is damaged and cannot be read.")),
}


def why(reason: KeptAway) -> Message:
    """The reason in words."""
    return _WHY[reason]


class SenderRule(StrEnum):
    """What the owner decided about an address."""

    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the shop knows around a mail when it decides."""

    in_junk: bool = False
    is_known: bool = False
    is_answer: bool = False
    is_own: bool = False
    rule: SenderRule | None = None


def reason_to_keep_away(mail: ReceivedMail, around: Circumstances) -> KeptAway | None:
    """None: take it in. The owner's word comes first, then who writes, then what the mail says of itself.

    A customer's own words get through even out of the spam folder: losing an order costs more than one look.
    """
    if around.rule is not None:
        return KeptAway.NEVER if around.rule == SenderRule.NEVER else None
    if around.is_own:
        return KeptAway.OWN
    if mail.is_bulk and not around.is_answer:
        return KeptAway.NEWSLETTER
    if mail.is_automatic and not (around.is_answer or (mail.is_notice and around.is_known)):
        return KeptAway.AUTOMATIC
    if around.is_known or around.is_answer:
        return None
    if around.in_junk:
        return KeptAway.JUNK_FOLDER
    return KeptAway.SPAM if mail.is_spam else None


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A received mail in the shop, without its bytes; moments are aware.

    `is_cut`: only the beginning was fetched. The customer
    may come from its inquiry, where the owner said later who it was.
    """

    id: int
    version: int
    message_id: str
    thread: str
    sender: Mailbox
    answer_to: Mailbox
    recipients: tuple[Mailbox, ...]
    subject: str
    text: str
    received_at: dt.datetime
    place: MailPlace
    reason: KeptAway | None
    references: tuple[str, ...]
    attachments: tuple[ReceivedAttachment, ...]
    size: int
    is_cut: bool
    is_automatic: bool
    customer_id: int | None
    inquiry_id: int | None
