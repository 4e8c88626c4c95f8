"""Where the browser comes back to after signing in: a door on this computer alone, open for one answer (RFC 8252)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

_STEP_SECONDS = 0.5
_LONGEST = 20_000


class BrowserAnswer:
    """Listens on 127.0.0.1 until the answer with the right `state` is there, or `stop`."""

    def __init__(self, page: str, on_answer: Callable[[], None]) -> None:
        self._page, self._on_answer = page, on_answer
        self.said: dict[str, str] = {}
        self._state = ""
        self._stopped = threading.Event()
        self._server = HTTPServer(("127.0.0.1", 0), self._handler())
        self._server.timeout = _STEP_SECONDS
        self._thread = threading.Thread(target=self._wait, name="sign-in", daemon=True)
        self._is_started = False

    @property
    def address(self) -> str:
        """What Microsoft sends the browser to; the name must be localhost, any port is allowed."""
        return f"http://localhost:{self._server.server_port}"

    def start(self, state: str) -> None:
        """Wait for the answer that has this state."""
        self._state, self._is_started = state, True
        self._thread.start()

    def stop(self) -> None:
        """Close the door; nothing is told afterwards."""
        self._stopped.set()
        if not self._is_started:
            self._server.server_close()

    def _wait(self) -> None:
        while not self._stopped.is_set() and not self.said:
            self._server.handle_request()
        self._server.server_close()
        if self.said and not self._stopped.is_set():
            self._on_answer()

    def _take(self, fields: str) -> bool:
        """Whether this is the answer; what other programs ask of this door is none."""
        said = dict(parse_qsl(fields[:_LONGEST]))
        if not self._state or said.get("state") != self._state:
            return False
        self.said = said
        return True

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        door = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self) -> None:
                self._answer(door._take(urlsplit(self.path).query))

            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "")
                body = self.rfile.read(min(int(length), _LONGEST)) if length.isdecimal() else b""
                self._answer(door._take(body.decode("ascii", "replace")))

            def _answer(self, is_answer: bool) -> None:
                body = door._page.encode() if is_answer else b""
                self.send_response(200 if is_answer else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                """The address has the code in it: nothing is logged."""

        return Handler
