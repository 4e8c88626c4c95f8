"""A FRITZ!Box's call monitor as a real server: it says what the test wishes, in the pieces the test wishes."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Self


class FakeBox:
    """Listens on 127.0.0.1; `say` sends bytes to everybody who is connected."""

    def __init__(self, port: int = 0) -> None:
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._listener.settimeout(0.05)
        self._closed = threading.Event()
        self._lines: list[socket.socket] = []
        self._changed = threading.Condition()
        self.connected = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                line, _address = self._listener.accept()
            except TimeoutError:
                continue
            with self._changed:
                self._lines.append(line)
                self.connected += 1
                self._changed.notify_all()

    def wait_for_client(self, count: int = 1, seconds: float = 10) -> None:
        """Until so many have connected in all."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.connected >= count, seconds), "nobody connected"

    def say(self, data: bytes | str) -> None:
        """Send exactly these bytes."""
        raw = data.encode() if isinstance(data, str) else data
        with self._changed:
            for line in self._lines:
                line.sendall(raw)

    def event(self, rest: str) -> None:
        """One whole line with a moment before it."""
        self.say(f"23.11.26 09:50:01;{rest}\r\n")

    def hang_up(self) -> None:
        """Close every connection; new ones are still taken."""
        with self._changed:
            for line in self._lines:
                line.close()
            self._lines.clear()

    def close(self) -> None:
        """The box is switched off."""
        self._closed.set()
        self._thread.join(5)
        self._listener.close()
        self.hang_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def free_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        return int(unused.getsockname()[1])
