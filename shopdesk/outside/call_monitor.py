"""The FRITZ!Box call monitor: we are the client, it tells who rings (off by default on the box: dial #96*5*)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shopdesk.domain.phone_calls import LONGEST_LINE, CallEvent, parse_line

PORT = 1012
_CONNECT_SECONDS = 5.0
_PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
_PIECE = 4096


@dataclass(frozen=True, slots=True)
class MonitorAddress:
    """Where the box listens."""

    host: str
    port: int = PORT


class MonitorUnreachable(Exception):
    """The box does not answer there; the message is the system's own short reason."""


def connect(address: MonitorAddress, seconds: float = _CONNECT_SECONDS) -> socket.socket:
    """Open the line; raises MonitorUnreachable."""
    try:
        line = socket.create_connection((address.host, address.port), timeout=seconds)
    except (OSError, UnicodeError) as error:  # a host name may be nothing that can be written
        raise MonitorUnreachable(getattr(error, "strerror", None) or str(error)) from error
    line.settimeout(None)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return line


class LineReader:
    """Puts lines together out of pieces; of a line that is too long nothing is kept but that it goes on."""

    def __init__(self) -> None:
        self._begun = b""
        self._skipping = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The lines that this piece completes, without their ends."""
        *whole, rest = piece.split(b"\n")
        for part in whole:
            line, self._begun = self._begun + part, b""
            if not self._skipping:
                yield line.rstrip(b"\r")
            self._skipping = False
        self._begun += rest
        if len(self._begun) > LONGEST_LINE:
            self._begun, self._skipping = b"", True


class CallMonitor:
    """Stays connected on a thread of its own, trying again after growing pauses.

    `on_event` and `on_state` are called on that thread; the state is "" while the line stands, else the reason.
    """

    def __init__(
        self,
        address: MonitorAddress,
        on_event: Callable[[CallEvent], None],
        on_state: Callable[[str], None],
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
        """Close the line; nothing is told afterwards."""
        self._stopped.set()
        with self._lock:
            line = self._line
        if line is not None:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it is closed already
        if self._thread.is_alive():
            self._thread.join(_CONNECT_SECONDS + 1)

    def _stay(self) -> None:
        failures = 0
        while not self._stopped.is_set():
            try:
                line = connect(self._address)
            except MonitorUnreachable as error:
                self._tell(str(error))
            else:
                failures = 0
                self._listen(line)
            pause = self._pauses[min(failures, len(self._pauses) - 1)]
            failures += 1
            self._stopped.wait(pause)

    def _listen(self, line: socket.socket) -> None:
        with self._lock:
            self._line = line
        self._tell("")
        reason = "closed"
        try:
            reader = LineReader()
            while not self._stopped.is_set() and (piece := line.recv(_PIECE)):
                for text in reader.feed(piece):
                    event = parse_line(text)
                    if event is not None and not self._stopped.is_set():
                        self._on_event(event)
        except OSError as error:
            reason = error.strerror or str(error)
        finally:
            with self._lock:
                self._line = None
            line.close()
        self._tell(reason)

    def _tell(self, state: str) -> None:
        if not self._stopped.is_set():
            self._on_state(state)
