"""Appointments as iCalendar (RFC 5545) and as invitations by mail (RFC 5546).

Times go as UTC: every program shows them in its own zone, and no table of summer times has to be right twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from shopdesk.domain.appointments import Appointment, AppointmentState
from shopdesk.domain.mail import Mailbox

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

MEDIA_TYPE = "text/calendar"


class Method(StrEnum):
    """What a file is for: to be read, an invitation or a change of it, a cancellation."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def calendar_bytes(
    appointments: Iterable[Appointment],
    organizer: Mailbox,
    stamp: dt.datetime,
    method: Method = Method.PUBLISH,
) -> bytes:
    """The appointments as one iCalendar file; `stamp` is the aware moment of writing.

    In an invitation the customer is named as attendee, with the address he was invited at.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//shopdesk//shopdesk//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    for one in appointments:
        calendar.add_component(_event(one, organizer, stamp, method))
    return bytes(calendar.to_ical())


def _event(value: Appointment, organizer: Mailbox, stamp: dt.datetime, method: Method) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", value.uid)
    event.add("sequence", value.sequence)
    event.add("dtstamp", stamp.astimezone(dt.UTC).replace(microsecond=0))
    event.add("dtstart", value.starts.astimezone(dt.UTC))
    event.add("dtend", value.ends.astimezone(dt.UTC))
    event.add("summary", value.subject)
    if value.place:
        event.add("location", value.place)
    cancelled = value.state == AppointmentState.CANCELLED or method == Method.CANCEL
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if method != Method.PUBLISH and organizer.address:
        event["organizer"] = _address(organizer)
        if value.invited:
            attendee = _address(Mailbox(value.invited, value.customer_name))
            attendee.params["partstat"] = "NEEDS-ACTION"
            attendee.params["rsvp"] = "TRUE"
            event.add("attendee", attendee, encode=False)
    elif value.job:
        event.add("description", value.job)  # the shop's own notes never leave with an invitation
    return event


def _address(mailbox: Mailbox) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{mailbox.address}")
    if mailbox.name:
        address.params["cn"] = mailbox.name
    return address
