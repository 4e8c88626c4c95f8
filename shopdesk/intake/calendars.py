"""Appointments out of iCalendar files: of other programs, and of our own export."""

from __future__ import annotations

import datetime as dt

from shopdesk.domain.appointments import DEFAULT_LENGTH, Appointment, AppointmentState
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

LARGEST = 10_000_000
_UNREADABLE = N_(
    "This calendar file cannot be read. Please export it once more in the program it comes from."
)


class CalendarProblem(ShopError):
    """The file is no calendar that can be read."""

    code = "calendar"


def read(data: bytes, zone: dt.tzinfo) -> tuple[Appointment, ...]:
    """The single appointments of a file, in its order; recurring ones come once, with their first day.

    A day without times begins at midnight of `zone`; so do times that name none. Raises CalendarProblem.
    """
    from icalendar import Calendar

    if len(data) > LARGEST:
        raise CalendarProblem(Message(N_("This calendar is larger than 10 MB. Please export fewer days.")))
    try:
        calendars = Calendar.from_ical(data, multiple=True)
        found = tuple(
            one
            for calendar in calendars
            for event in calendar.walk("VEVENT")
            if (one := _appointment(event, zone, is_off=str(calendar.get("method", "")).upper() == "CANCEL"))
        )
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError) as error:
        raise CalendarProblem(Message(_UNREADABLE)) from error
    if not calendars:
        raise CalendarProblem(Message(_UNREADABLE))
    return found


def _appointment(event: object, zone: dt.tzinfo, *, is_off: bool) -> Appointment | None:
    get = event.get  # type: ignore[attr-defined]
    start = get("dtstart")
    if start is None:
        return None
    starts = _moment(start.dt, zone)
    if get("dtend") is not None:
        ends = _moment(get("dtend").dt, zone)
    elif get("duration") is not None:
        ends = starts + get("duration").dt
    else:
        ends = starts + (DEFAULT_LENGTH if isinstance(start.dt, dt.datetime) else dt.timedelta(days=1))
    cancelled = is_off or str(get("status", "")).upper() == "CANCELLED"
    return Appointment(
        starts=starts,
        ends=max(ends, starts + dt.timedelta(minutes=1)),
        subject=str(get("summary", "")).strip() or "–",
        place=str(get("location", "")).strip(),
        job=str(get("description", "")).strip(),
        state=AppointmentState.CANCELLED if cancelled else AppointmentState.PLANNED,
        uid=str(get("uid", "")).strip(),
        sequence=int(get("sequence", 0)),
    )


def _moment(value: dt.date, zone: dt.tzinfo) -> dt.datetime:
    if not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day, tzinfo=zone)
    return value if value.tzinfo else value.replace(tzinfo=zone)
