"""How an inquiry looks: its icon, its pill, its moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from shopdesk.domain.inquiries import (
    CHANNEL_NAMES,
    LOST_REASONS,
    STATE_NAMES,
    ClockReading,
    Inquiry,
    InquiryChannel,
    InquiryState,
    Urgency,
)
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.chips import ChipKind

ICONS = {
    InquiryChannel.PHONE: "phone",
    InquiryChannel.MAIL: "mail",
    InquiryChannel.SHOP: "house",
    InquiryChannel.WEB_FORM: "inbox",
    InquiryChannel.LETTER: "file-text",
    InquiryChannel.MESSENGER: "message-circle-warning",
    InquiryChannel.REVIEW: "star",
}
_KINDS: dict[Urgency, ChipKind] = {
    Urgency.NONE: "info",
    Urgency.CALM: "ok",
    Urgency.AMBER: "warn",
    Urgency.RED: "bad",
    Urgency.LATE: "bad",
}
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Pill:
    """The clock as words, colour and bar (`share` in hundredths, None: no bar)."""

    words: str
    kind: ChipKind = "info"
    share: int | None = None


def icon(inquiry: Inquiry) -> str:
    """The channel's icon, or that nobody picked up."""
    return "phone-missed" if inquiry.missed_call_id is not None else ICONS[inquiry.channel]


def pill(inquiry: Inquiry, reading: ClockReading, texts: Texts) -> Pill:
    """How long there is left, or what became of it; the words say all that the colour says."""
    gettext = texts.gettext
    if not inquiry.is_open:
        return _over(inquiry, texts)
    kind = _KINDS[reading.urgency]
    if reading.urgency == Urgency.NONE:
        return Pill(gettext("open"))
    if reading.urgency == Urgency.LATE:
        words = gettext("{time} late") if reading.late else gettext("due now")
        return Pill(words.format(time=span(reading.late, texts)), kind, 100)
    words = gettext("{time} left, paused") if reading.is_resting else gettext("{time} left")
    return Pill(words.format(time=span(reading.left, texts)), kind, reading.share)


def _over(inquiry: Inquiry, texts: Texts) -> Pill:
    name = texts.say(STATE_NAMES[inquiry.state])
    match inquiry.state:
        case InquiryState.ANSWERED if inquiry.first_answer is not None and inquiry.target is not None:
            within = inquiry.first_answer.minutes <= inquiry.target
            mark = "✓" if within else "·"
            return Pill(f"{span(inquiry.first_answer.minutes, texts)} {mark}", "ok" if within else "warn")
        case InquiryState.ANSWERED | InquiryState.WON:
            return Pill(f"{name} ✓", "ok")
        case InquiryState.LOST if inquiry.lost_reason is not None:
            return Pill(f"{name}: {texts.say(LOST_REASONS[inquiry.lost_reason])}", "warn")
        case _:
            return Pill(name)


def span(minutes: int, texts: Texts) -> str:
    """Minutes of opening time as people say them."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return texts.gettext("{n} min").format(n=rest)
    if not rest or hours >= 10:
        return texts.gettext("{n} h").format(n=hours)
    return texts.gettext("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def moment(at: dt.datetime, zone: ZoneInfo, today: dt.date, texts: Texts) -> str:
    """The time of today, the day of before."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == today else f"{texts.date(local.date())} {local:%H:%M}"


def channel(value: InquiryChannel, texts: Texts) -> str:
    """What the channel is called."""
    return texts.say(CHANNEL_NAMES[value])


def asked_over(inquiry: Inquiry, texts: Texts) -> str:
    """Over which channel, and that nobody picked up."""
    if inquiry.missed_call_id is not None:
        return texts.gettext("missed call")
    return channel(inquiry.channel, texts)
