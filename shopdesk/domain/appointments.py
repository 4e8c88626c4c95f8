"""Appointments: when a customer comes, or the shop goes to him, and what is to be done then (S25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

DEFAULT_LENGTH = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(days=31)


class AppointmentState(StrEnum):
    """From the plan to the end; `ready` means that what was brought may be fetched."""

    PLANNED = "planned"
    READY = "ready"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = frozenset({AppointmentState.PLANNED, AppointmentState.READY})


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment. `starts` and `ends` are aware moments; `uid` and `sequence` are those of RFC 5545.

    `job` is what is to be done (diagnosis, parts, wishes) and stands on the job slip; `invited` is the mail address
    that holds an invitation, "" without one, and `told_sequence` what it was told last.
    """

    starts: dt.datetime
    ends: dt.datetime
    subject: str
    customer_id: int | None = None
    place: str = ""
    job: str = ""
    state: AppointmentState = AppointmentState.PLANNED
    uid: str = ""
    sequence: int = 0
    invited: str = ""
    told_sequence: int = 0
    document_id: int | None = None
    id: int | None = None
    version: int = 0
    customer_name: str = ""

    @property
    def length(self) -> dt.timedelta:
        """How long it takes."""
        return self.ends - self.starts

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for it."""
        return self.state in OPEN

    @property
    def is_untold(self) -> bool:
        """Whether the invited customer still believes an older time."""
        return bool(self.invited) and self.told_sequence < self.sequence

    def overlaps(self, other: Appointment) -> bool:
        """Whether both hold at some moment; one that ends when the other begins does not disturb it."""
        return self.starts < other.ends and other.starts < self.ends


class AppointmentRefused(ShopError):
    """The appointment cannot be kept as it is."""

    code = "appointment"


def checked(value: Appointment) -> Appointment:
    """The appointment with tidy texts; raises AppointmentRefused at the field that cannot be."""
    subject = " ".join(value.subject.split())
    if not subject:
        raise AppointmentRefused(
            Message(N_("What is the appointment about? A few words will do.")), field="subject"
        )
    if value.ends <= value.starts:
        text = N_("The appointment ends before it begins. Please look at the times.")
        raise AppointmentRefused(Message(text), field="ends")
    if value.length > LONGEST:
        text = N_("An appointment of more than a month? Please look at the days.")
        raise AppointmentRefused(Message(text), field="ends")
    fields = {name: getattr(value, name) for name in Appointment.__slots__}
    return Appointment(
        **fields | {"subject": subject, "place": value.place.strip(), "job": value.job.strip()}
    )


def conflicts(value: Appointment, others: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Which open appointments hold at the same time; itself is none of them."""
    return tuple(
        other
        for other in others
        if other.is_open and other.overlaps(value) and (other.id is None or other.id != value.id)
    )


def lanes(appointments: Iterable[Appointment]) -> tuple[tuple[Appointment, int, int], ...]:
    """How to draw them side by side: each with its lane and how many lanes its group needs, in order of beginning.

    Those that disturb each other, directly or through others, share a group.
    """
    placed: list[tuple[Appointment, int, int]] = []
    group: list[tuple[Appointment, int]] = []
    free_from: list[dt.datetime] = []
    for one in sorted(appointments, key=lambda each: (each.starts, each.ends, each.id or 0)):
        if free_from and one.starts >= max(free_from):
            placed += [(each, lane, len(free_from)) for each, lane in group]
            group, free_from = [], []
        lane = next((at for at, end in enumerate(free_from) if end <= one.starts), len(free_from))
        free_from[lane : lane + 1] = [one.ends]
        group.append((one, lane))
    return (*placed, *((each, lane, len(free_from)) for each, lane in group))
