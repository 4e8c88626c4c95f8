"""Inquiries: what somebody wants to know, over any channel, and the clock until the first answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from shopdesk.domain.countdowns import Interval, has_begun, time_left
from shopdesk.domain.errors import ShopError
from shopdesk.domain.later import Later
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.opening_hours import OpeningClock
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry


class InquiryChannel(StrEnum):
    """How somebody asks, and how the shop answers."""

    PHONE = "phone"
    MAIL = "mail"
    SHOP = "shop"
    WEB_FORM = "web_form"
    LETTER = "letter"
    MESSENGER = "messenger"
    REVIEW = "review"


class InquiryState(StrEnum):
    """`open` waits for an answer, `answered` for the customer; the others are over."""

    OPEN = "open"
    ANSWERED = "answered"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"


class LostReason(StrEnum):
    """Why an inquiry came to nothing; what was said beside it stands in the owner's words."""

    PRICE = "price"
    TOO_LATE = "too_late"
    NOT_IN_RANGE = "not_in_range"
    NO_ANSWER = "no_answer"
    OTHER = "other"


SPOKEN = frozenset({InquiryChannel.PHONE, InquiryChannel.SHOP})
"""Whoever asks so is spoken to at once: entered by hand, it has had its first answer."""


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message from outside. `at` is aware; `reference` is the channel's own name for it, such as a Message-ID: a
    message that came in already is not taken twice. `text` without the quoted mails below it decides what "danke" is.
    """

    channel: InquiryChannel
    at: dt.datetime
    subject: str = ""
    text: str = ""
    customer_id: int | None = None
    sender_name: str = ""
    sender_address: str = ""
    thread_key: str = ""
    automatic: bool = False
    reference: str = ""
    sender_phone: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose inquiries are meant: a customer's, those of a thread, of a mail address or of an E.164 number."""

    customer_id: int | None = None
    thread_key: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class InquiryMessage:
    """One message of an inquiry, verbatim; an answer that is still in the outbox has no `at`."""

    direction: Direction
    channel: InquiryChannel
    at: dt.datetime | None
    text: str = ""
    automatic: bool = False
    reference: str = ""
    outbox_id: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The first real answer: when, over which channel, after how many minutes of opening time, and who gave it."""

    at: dt.datetime
    channel: InquiryChannel
    minutes: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One inquiry. `waiting_since` is when the customer began to wait for the answer that is due now, or was last.

    `target` (minutes) and `due_at` are frozen when the message comes in: a changed setting is not retroactive; without
    them no clock runs. `first_answer` is the first of all, `answered_at` the last one. `outcome` is won or lost while
    an inquiry is open again. `later`: not wanted before. `last_hours`: the open hours before `due_at`, frozen with it.
    `is_complaint`: something went wrong; it is solved at `closed_at`, when the inquiry is over.
    """

    channel: InquiryChannel
    received_at: dt.datetime
    waiting_since: dt.datetime
    subject: str = ""
    state: InquiryState = InquiryState.OPEN
    customer_id: int | None = None
    sender_name: str = ""
    sender_address: str = ""
    sender_phone: str = ""
    thread_key: str = ""
    target: int | None = None
    due_at: dt.datetime | None = None
    first_answer: Answer | None = None
    answered_at: dt.datetime | None = None
    answer_entry_id: int | None = None
    outcome: InquiryState | None = None
    lost_reason: LostReason | None = None
    lost_words: str = ""
    later: Later | None = None
    last_hours: tuple[Interval, ...] = ()
    missed_call_id: int | None = None
    is_complaint: bool = False
    closed_at: dt.datetime | None = None
    customer_name: str = ""
    id: int | None = None
    version: int = 0

    @property
    def who(self) -> str:
        """Who asks, as well as it is known."""
        return self.customer_name or self.sender_name or self.sender_address or self.sender_phone

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for the shop."""
        return self.state == InquiryState.OPEN

    @property
    def is_over(self) -> bool:
        """Whether nobody waits for anybody any more."""
        return self.state in {InquiryState.WON, InquiryState.LOST, InquiryState.CLOSED}

    def dated(self, at: dt.datetime) -> Inquiry:
        """The same with the moment it was over: `at` if it is so from now on, none while it is not."""
        return replace(self, closed_at=(self.closed_at or at) if self.is_over else None)


@dataclass(frozen=True, slots=True)
class AnswerTargets:
    """Within how many minutes of opening time a first answer goes out; None: no clock on this channel.

    `phone` is about missed calls: a call that is answered is answered. `amber` and `red` are minutes before the end.
    """

    phone: int | None = 20
    mail: int | None = 20
    shop: int | None = None
    web_form: int | None = 20
    letter: int | None = None
    messenger: int | None = None
    review: int | None = None
    amber: int = 10
    red: int = 5
    thanks_stay_answered: bool = True

    def of(self, channel: InquiryChannel) -> int | None:
        """The target of a channel."""
        target: int | None = getattr(self, channel.value)
        return target


_LONGEST_TARGET = 60 * 24 * 30  # minutes


def checked_targets(value: AnswerTargets) -> AnswerTargets:
    """The targets; raises ShopError at the field that cannot be."""
    for channel in InquiryChannel:
        target = value.of(channel)
        if target is not None and not 1 <= target <= _LONGEST_TARGET:
            text = N_("A target is a number of minutes such as 20; empty means that no clock runs.")
            raise ShopError(Message(text), "answer-target", channel.value)
    if not 0 <= value.red <= value.amber:
        text = N_("Yellow comes before red: please enter more minutes for yellow than for red.")
        raise ShopError(Message(text), "answer-thresholds", "amber")
    return value


_MINUTE = dt.timedelta(minutes=1)


class Urgency(StrEnum):
    """How a clock looks."""

    NONE = "none"  # no clock runs
    CALM = "calm"
    AMBER = "amber"
    RED = "red"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A running clock at one moment: minutes of opening time `left` until it is due, or `late` since then.

    `share` is how much of the target is used up, in hundredths; `is_resting` while the shop is closed.
    """

    left: int = 0
    late: int = 0
    share: int = 0
    urgency: Urgency = Urgency.NONE
    is_resting: bool = False


def reading(inquiry: Inquiry, clock: OpeningClock, now: dt.datetime, targets: AnswerTargets) -> ClockReading:
    """How the inquiry's clock stands now; without one, or when nobody waits, it shows nothing."""
    due, target = inquiry.due_at, inquiry.target
    if due is None or target is None or not inquiry.is_open:
        return ClockReading()
    is_resting = not clock.is_open(now)
    if now >= due:
        late = clock.opening_minutes_between(due, now)
        return ClockReading(late=late, share=100, urgency=Urgency.LATE, is_resting=is_resting)
    spans = inquiry.last_hours  # as Heute counts, also when the opening hours were changed since
    rest = time_left(spans, now) if has_begun(spans, now) else clock.open_time_between(now, due)
    left = -(-rest // _MINUTE)  # begun minutes count whole
    share = min(100, max(0, 100 * (target - left) // target))
    if left <= targets.red:
        return ClockReading(left, 0, share, Urgency.RED, is_resting)
    shade = Urgency.AMBER if left <= targets.amber else Urgency.CALM
    return ClockReading(left, 0, share, shade, is_resting)


_CHANNELS = {
    EntryKind.CALL: InquiryChannel.PHONE,
    EntryKind.EMAIL: InquiryChannel.MAIL,
    EntryKind.VISIT: InquiryChannel.SHOP,
    EntryKind.LETTER: InquiryChannel.LETTER,
    EntryKind.MESSAGE: InquiryChannel.MESSENGER,
}
ENTRY_KINDS = {
    InquiryChannel.PHONE: EntryKind.CALL,
    InquiryChannel.MAIL: EntryKind.EMAIL,
    InquiryChannel.SHOP: EntryKind.VISIT,
    InquiryChannel.WEB_FORM: EntryKind.EMAIL,
    InquiryChannel.LETTER: EntryKind.LETTER,
    InquiryChannel.MESSENGER: EntryKind.MESSAGE,
    InquiryChannel.REVIEW: EntryKind.MESSAGE,
}
"""As what an inquiry's message stands on the customer's timeline."""


def answering_channel(entry: TimelineEntry) -> InquiryChannel | None:
    """Over which channel an entry of the timeline answers the customer; None when it is no answer.

    What went out answers; so does a call or a visit that the owner noted in his own words (what the program notes,
    such as a missed call, has a title). A note inside the shop answers nobody.
    """
    channel = _CHANNELS.get(entry.kind)
    if channel is None or entry.direction == Direction.OUT:
        return channel
    is_talked = channel in SPOKEN and entry.direction == Direction.IN and not entry.title
    return channel if is_talked else None


@dataclass(frozen=True, slots=True)
class WaitingInquiry:
    """An open inquiry as Heute's list needs it; one that a missed call began names that call."""

    id: int
    version: int
    subject: str
    who: str
    channel: InquiryChannel
    waiting_since: dt.datetime
    due_at: dt.datetime | None
    target: int | None
    customer_id: int | None
    missed_call_id: int | None
    last_hours: tuple[Interval, ...] = ()
    later: Later | None = None
    is_complaint: bool = False


CHANNEL_NAMES = {
    InquiryChannel.PHONE: Message(N_("Telephone")),
    InquiryChannel.MAIL: Message(N_("Mail")),
    InquiryChannel.SHOP: Message(N_("In the shop")),
    InquiryChannel.WEB_FORM: Message(N_("Web form")),
    InquiryChannel.LETTER: Message(N_("Letter")),
    InquiryChannel.MESSENGER: Message(N_("Messenger")),
    InquiryChannel.REVIEW: Message(N_("Review")),
}
STATE_NAMES = {
    InquiryState.OPEN: Message(N_("open")),
    InquiryState.ANSWERED: Message(N_("answered")),
    InquiryState.WON: Message(N_("won")),
    InquiryState.LOST: Message(N_("lost")),
    InquiryState.CLOSED: Message(N_("done")),
}
LOST_REASONS = {
    LostReason.PRICE: Message(N_("too expensive")),
    LostReason.TOO_LATE: Message(N_("we were too late")),
    LostReason.NOT_IN_RANGE: Message(N_("not in our range")),
    LostReason.NO_ANSWER: Message(N_("no answer from the customer")),
    LostReason.OTHER: Message(N_("another reason")),
}
