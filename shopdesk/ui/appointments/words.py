"""What days and states of appointments are called in the window."""

from __future__ import annotations

import datetime as dt

from shopdesk.domain.appointments import Appointment, AppointmentState
from shopdesk.domain.messages import N_
from shopdesk.i18n import Texts

WEEKDAYS_SHORT = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
STATES = {
    AppointmentState.PLANNED: N_("planned"),
    AppointmentState.READY: N_("ready to be fetched"),
    AppointmentState.DONE: N_("took place"),
    AppointmentState.CANCELLED: N_("called off"),
}


def times(value: Appointment, zone: dt.tzinfo) -> str:
    """From when until when: "10:00–11:00"."""
    return f"{value.starts.astimezone(zone):%H:%M}–{value.ends.astimezone(zone):%H:%M}"


def day_words(day: dt.date, texts: Texts) -> str:
    """Weekday and day in little room: "Mo 23.11."."""
    short = texts.gettext("{day}/{month}").format(day=day.day, month=day.month)
    return f"{texts.gettext(WEEKDAYS_SHORT[day.weekday()])} {short}"


def span_words(begin: dt.datetime, end: dt.datetime, texts: Texts) -> str:
    """A span as the field echoes it: "Mo 23.11.2026 10:00-11:00"."""
    whole = begin.time() == end.time() == dt.time() and end - begin == dt.timedelta(days=1)
    day = f"{texts.gettext(WEEKDAYS_SHORT[begin.weekday()])} {texts.date(begin.date())}"
    return f"{day} {texts.gettext('all day')}" if whole else f"{day} {begin:%H:%M}-{end:%H:%M}"
