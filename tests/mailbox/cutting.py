"""A line that breaks: a small proxy before a server that cuts after so many bytes, or swallows everything."""

from __future__ import annotations

import contextlib
import socket
import threading


class CuttingProxy:
    """Forwards to the server's port; each connection is cut after `after` bytes from the server (None: never)."""

    def __init__(self, port: int, after: int | None = None) -> None:
        self.after = after
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self.port: int = self._listening.getsockname()[1]
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            self._lines += [client, server]
            threading.Thread(target=self._pump, args=(client, server, None), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, self.after), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, after: int | None) -> None:
        sent = 0
        with contextlib.suppress(OSError):
            while piece := source.recv(4096):
                if after is not None and sent + len(piece) > after:
                    sink.sendall(piece[: max(0, after - sent)])
                    self.cuts += 1
                    break
                sink.sendall(piece)
                sent += len(piece)
        for line in (source, sink):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def cut_all(self) -> None:
        """Every line that stands is gone now."""
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """No more lines."""
        self._listening.close()
        self.cut_all()
        for line in self._lines:
            line.close()
