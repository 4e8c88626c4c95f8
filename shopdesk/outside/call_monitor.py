"""The FRITZ!Box call monitor: we are the client, it tells who rings (off by default on the box: dial #96*5*)."""

from __future__ import annotations

import contextlib
import errno
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shopdesk.domain.call_lines import PORT, LineState
from shopdesk.domain.phone_calls import LONGEST_LINE, CallEvent, parse_line

_CONNECT_SECONDS = 5.0
_PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
_PIECE = 4096
_MOMENT = re.compile(rb"[0-9]{2}\.[0-9]{2}\.[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2};")
_STEADY_SECONDS = 20.0
"""A line that stood as long begins again with the shortest pause; one that is hung up at once does not."""
_LISTEN_SECONDS = 0.6
_STOP_SECONDS = 0.5
_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.ENETDOWN})
# a box that was unplugged says nothing more: the system asks it now and then
_KEEP_ALIVE = (("TCP_KEEPIDLE", 60), ("TCP_KEEPALIVE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4))


@dataclass(frozen=True, slots=True)
class MonitorAddress:
    """Where the box listens."""

    host: str
    port: int = PORT


class MonitorUnreachable(Exception):
    """The box cannot be reached there; `state` says why."""

    def __init__(self, state: LineState) -> None:
        super().__init__(state.value)
        self.state = state


def connect(address: MonitorAddress, seconds: float = _CONNECT_SECONDS) -> socket.socket:
    """Open the line; raises MonitorUnreachable."""
    try:
        line = socket.create_connection((address.host, address.port), timeout=seconds)
    except (OSError, UnicodeError, OverflowError) as error:  # a host name may be nothing that can be written
        raise MonitorUnreachable(_reason(error)) from error
    line.settimeout(None)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEP_ALIVE:
        if hasattr(socket, name):
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    return line


def _reason(error: Exception) -> LineState:
    if isinstance(error, socket.gaierror | UnicodeError):
        return LineState.UNKNOWN_HOST
    if isinstance(error, ConnectionRefusedError):
        return LineState.REFUSED
    if isinstance(error, OSError) and error.errno in _NO_NETWORK:
        return LineState.NO_NETWORK
    return LineState.SILENT


def try_line(address: MonitorAddress, seconds: float = _CONNECT_SECONDS) -> LineState:
    """Connect once and listen for a moment: CONNECTED, or why whoever calls would not be shown."""
    try:
        line = connect(address, seconds)
    except MonitorUnreachable as unreachable:
        return unreachable.state
    with line:
        line.settimeout(_LISTEN_SECONDS)
        try:
            piece = line.recv(_PIECE)
        except TimeoutError:  # a call monitor says nothing until somebody calls
            return LineState.CONNECTED
        except OSError:
            return LineState.CLOSED
    if not piece:
        return LineState.CLOSED
    first = piece.split(b"\n")[0].rstrip(b"\r")
    return LineState.CONNECTED if parse_line(first) is not None else LineState.ANOTHER_DEVICE


class LineReader:
    """Puts lines together out of pieces; of a line that is too long its end alone is kept.

    Where a line never ended, the next one stands at its end: it is told by the moment that each begins with.
    """

    def __init__(self) -> None:
        self._begun = b""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The lines that this piece completes, without their ends."""
        *whole, rest = piece.split(b"\n")
        for part in whole:
            line, self._begun = self._begun + part, b""
            if len(line) <= LONGEST_LINE:
                yield line.rstrip(b"\r")
            elif event := _last_event(line[-LONGEST_LINE:]):
                yield event.rstrip(b"\r")
        self._begun += rest
        if len(self._begun) > 2 * LONGEST_LINE:
            self._begun = self._begun[-LONGEST_LINE - 1 :]


def _last_event(text: bytes) -> bytes:
    """From the last moment on; nothing where there is none."""
    moments = [found.start() for found in _MOMENT.finditer(text)]
    return text[moments[-1] :] if moments else b""


class CallMonitor:
    """Stays connected on a thread of its own, trying again after growing pauses.

    `on_event` and `on_state` are called on that thread.
    """

    def __init__(
        self,
        address: MonitorAddress,
        on_event: Callable[[CallEvent], None],
        on_state: Callable[[LineState], None],
        pauses: tuple[float, ...] = _PAUSES,
    ) -> None:
        self._address, self._on_event, self._on_state, self._pauses = address, on_event, on_state, pauses
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._thread = threading.Thread(target=self._stay, name="call-monitor", daemon=True)

    def start(self) -> None:
        """Connect and listen until `stop`."""
        self._thread.start()

    def stop(self) -> None:
        """Close the line; nothing is told afterwards. A connection just being made is given up unheard."""
        self._stopped.set()
        with self._lock:
            line = self._line
        if line is not None:
            with contextlib.suppress(OSError):  # it is closed already
                line.shutdown(socket.SHUT_RDWR)
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def _stay(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            try:
                line = connect(self._address)
            except MonitorUnreachable as unreachable:
                self._tell(unreachable.state)
            else:
                since = time.monotonic()
                heard = self._listen(line)
                if heard or time.monotonic() - since > _STEADY_SECONDS:
                    failures = 0
            pause = self._pauses[min(failures, len(self._pauses) - 1)]
            failures += 1
            self._stopped.wait(pause)

    def _listen(self, line: socket.socket) -> bool:
        """Until the box hangs up; whether it told of any call."""
        with self._lock:
            self._line = line
        self._tell(LineState.CONNECTED)
        heard, reader = False, LineReader()
        try:
            while not self._stopped.is_set() and (piece := line.recv(_PIECE)):
                for text in reader.feed(piece):
                    event = parse_line(text)
                    if event is not None and not self._stopped.is_set():
                        heard = True
                        self._on_event(event)
        except OSError:
            pass  # unplugged, restarted or asleep: it is tried again
        finally:
            with self._lock:
                self._line = None
            line.close()
        self._tell(LineState.CLOSED)
        return heard

    def _tell(self, state: LineState) -> None:
        if not self._stopped.is_set():
            self._on_state(state)
