"""Telephone calls as a FRITZ!Box tells them on its call monitor (TCP port 1012), one line for each event.

The lines are `moment;RING;connection;caller;called;line;`, `moment;CALL;connection;extension;own;called;line;`,
`moment;CONNECT;connection;extension;other;` and `moment;DISCONNECT;connection;seconds;`. The number is only a search
key: it is never dialled and never shown as anything but text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import StrEnum

LONGEST_LINE = 512
"""Bytes; a longer line is no event (RELIABILITY.md)."""
_LONGEST_NUMBER = 32
_LONGEST_COUNT = 9  # figures of a connection's number and of its seconds
_MOST_AT_ONCE = 64  # connections remembered; a box has ten
_BEFORE_DIALLING = re.compile(r"^(?:[*#][0-9]{2,3}#)+")  # "*31#" hides the own number, "*121#" chooses a line
_ANSWERING_MACHINES = frozenset({"6", *map(str, range(40, 50))})  # extensions that pick up by themselves


class CallEventKind(StrEnum):
    """What happened on a connection."""

    RING = "RING"
    CALL = "CALL"
    CONNECT = "CONNECT"
    DISCONNECT = "DISCONNECT"


class CallState(StrEnum):
    """Where a call stands.

    `RECORDING`: the answering machine took it; `MISSED`: nobody answered; `OVER`: somebody had, or it was our own.
    """

    RINGING = "ringing"
    DIALLING = "dialling"
    TALKING = "talking"
    RECORDING = "recording"
    MISSED = "missed"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One line of the monitor; `other` is the caller or the called number, `seconds` how long a call lasted.

    `extension` is which of the shop's own telephones took the call.
    """

    kind: CallEventKind
    connection: str
    at: dt.datetime | None
    other: str = ""
    own: str = ""
    seconds: int = 0
    extension: str = ""


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """A call as it stands after an event. `number` is the other side, empty where it is withheld."""

    connection: str
    number: str
    own: str
    incoming: bool
    state: CallState
    seconds: int = 0

    @property
    def is_internal(self) -> bool:
        """Between extensions of the same box: `**1`, or one to three figures."""
        return self.number.startswith("*") or 0 < len(self.number) <= 3

    @property
    def is_withheld(self) -> bool:
        """The caller does not show the number."""
        return not self.number


def parse_line(line: bytes) -> CallEvent | None:
    """One line without its end; None for what is no event, whatever it is."""
    if len(line) > LONGEST_LINE:
        return None
    fields = line.decode("latin-1").strip().split(";")
    if len(fields) < 4 or fields[1] not in set(CallEventKind):
        return None
    kind, connection = CallEventKind(fields[1]), fields[2]
    if not connection.isdecimal() or len(connection) > _LONGEST_COUNT:
        return None
    at, rest = _moment(fields[0]), fields[3:]
    if kind == CallEventKind.RING:
        return CallEvent(kind, connection, at, _number(rest, 0), _number(rest, 1))
    if kind == CallEventKind.CALL:
        return CallEvent(kind, connection, at, _number(rest, 2), _number(rest, 1))
    if kind == CallEventKind.CONNECT:
        return CallEvent(kind, connection, at, _number(rest, 1), extension=_number(rest, 0))
    return CallEvent(kind, connection, at, seconds=_count(rest[0]))


def _number(fields: list[str], place: int) -> str:
    """Digits, plus, star and hash of a field; anything else in it is no number."""
    if place >= len(fields):
        return ""
    text = fields[place].strip()
    dialled = len(text) <= _LONGEST_NUMBER and all(sign in "0123456789+*#" for sign in text)
    # a "#" at the end only says that the number is complete
    return _BEFORE_DIALLING.sub("", text).rstrip("#") if dialled else ""


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_COUNT else 0


def _moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(text, "%d.%m.%y %H:%M:%S")  # noqa: DTZ007 - the box says its own local time
    except ValueError:
        return None


class CallBook:
    """Follows the connections: each event gives the call as it stands then, or None where nothing is to be told."""

    def __init__(self) -> None:
        self._calls: dict[str, PhoneCall] = {}

    def follow(self, event: CallEvent) -> PhoneCall | None:
        """The call after this event; an answer or end of a call whose beginning nobody saw tells nothing."""
        if event.kind in {CallEventKind.RING, CallEventKind.CALL}:
            incoming = event.kind == CallEventKind.RING
            state = CallState.RINGING if incoming else CallState.DIALLING
            return self._keep(PhoneCall(event.connection, event.other, event.own, incoming, state))
        call = self._calls.get(event.connection)
        if call is None:
            return None
        if event.kind == CallEventKind.CONNECT:
            by_machine = call.incoming and event.extension in _ANSWERING_MACHINES
            return self._keep(replace(call, state=CallState.RECORDING if by_machine else CallState.TALKING))
        del self._calls[event.connection]
        missed = call.state in {CallState.RINGING, CallState.RECORDING}
        state = CallState.MISSED if missed else CallState.OVER
        return replace(call, state=state, seconds=event.seconds)

    def _keep(self, call: PhoneCall) -> PhoneCall:
        if call.connection not in self._calls and len(self._calls) >= _MOST_AT_ONCE:
            del self._calls[next(iter(self._calls))]
        self._calls[call.connection] = call
        return call

    def forget(self) -> None:
        """The line to the box was lost: what ended meanwhile nobody knows."""
        self._calls.clear()
