"""Heute's rows about what comes in: inquiries, a mailbox that cannot be read, appointments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.inquiries import CHANNEL_NAMES, InquiryChannel
from shopdesk.domain.today import TodayItem
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.domain.later import Later
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


def words(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """Who asks, and what over which channel."""
    channel = texts.say(CHANNEL_NAMES[InquiryChannel(item.channel)]) if item.channel else ""
    complaint = texts.gettext("Complaint") if item.is_complaint else ""
    asked = " · ".join(part for part in (complaint, channel, item.title) if part)
    who = item.detail or texts.gettext("Somebody asks")
    return who, asked


def words_of_fetch(item: TodayItem, texts: Texts) -> tuple[str, str]:
    """Which mailbox, and why nothing comes in; `detail` is the reason as it is stored."""
    from shopdesk.domain import plain
    from shopdesk.domain.outbox import Reason

    return item.title, texts.say(plain.loads(Reason, item.detail).message) if item.detail else ""


def open_inquiry(item: TodayItem, shell: Shell) -> None:
    """⏎: the inquiry itself."""
    shell.open_page("inquiries", item.reference)


def open_appointment(item: TodayItem, shell: Shell) -> None:
    """⏎: the calendar at that appointment."""
    shell.open_page("appointments", item.reference)


def open_mail_settings(_item: TodayItem, shell: Shell) -> None:
    """⏎: where the mailbox is set up."""
    shell.open_page("settings", "mail_in")


def inquiry_closed(item: TodayItem, shop: Shop) -> Undo:
    """E: nothing is to be answered."""
    from shopdesk.usecases import inquiry_steps

    return inquiry_steps.close(shop, item.reference)


def inquiry_later(item: TodayItem, shop: Shop, until: Later) -> Undo:
    """S: on another day, or at another time."""
    from shopdesk.usecases import inquiry_steps

    return inquiry_steps.later(shop, item.reference, until)


def appointment_done(item: TodayItem, shop: Shop) -> Undo:
    """E: it took place."""
    from shopdesk.usecases import appointments

    return appointments.done(shop, appointments.get(shop, item.reference))


def appointment_moved(item: TodayItem, shop: Shop, until: Later) -> Undo:
    """S: on another day at the same time, or at another time."""
    import datetime as dt

    from shopdesk.usecases import appointments

    value = appointments.get(shop, item.reference)
    time = (
        dt.time.fromisoformat(until.time) if until.time else value.starts.astimezone(shop.clock.zone).time()
    )
    return appointments.move(shop, value, dt.datetime.combine(until.day, time, shop.clock.zone))
