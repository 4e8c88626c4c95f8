"""One window per database: a second start hands its arguments over and ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 2000
"""ms to wait for the first window to take the arguments."""
_LONGEST_CALL = 65536


class SingleInstance(QObject):
    """Claims a database for this process. `called` brings the arguments of every later start."""

    called = Signal(list)

    def __init__(self, folder: Path, database: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = QCryptographicHash.hash(database.encode(), QCryptographicHash.Algorithm.Sha256)
        name = bytes(digest.toHex().data()).decode()[:16]
        self._name = f"shopdesk-{name}"
        self._lock = QLockFile(str(folder / f"{self._name}.lock"))
        # never old by time, since a shop's window stands open for weeks; a dead process's lock is still taken over
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self._callers: list[QLocalSocket] = []

    def claim(self, arguments: list[str]) -> bool:
        """True when this is the first window; else the arguments were handed over and this process should end.

        A first window that does not answer (just ending, or hanging) gives False, too: two writers help nobody.
        """
        if self._lock.tryLock(0):
            return True
        self._hand_over(arguments)
        return False

    def release(self) -> None:
        """Let the next start be the first one."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def listen(self) -> None:
        """Hear later starts; not needed for the first paint, which loads no network."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)  # left behind by a killed window
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        server.listen(self._name)
        self._server = server

    def _hand_over(self, arguments: list[str]) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE):
            socket.write(json.dumps(arguments).encode())
            socket.waitForBytesWritten(_PATIENCE)
            socket.disconnectFromServer()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection() if self._server is not None else None
        if socket is None:
            return
        self._callers.append(socket)
        if socket.isOpen() and socket.state() == socket.LocalSocketState.ConnectedState:
            socket.disconnected.connect(self._read_all)
        else:
            self._read_all()

    def _read_all(self) -> None:
        """Take what the callers that have finished said."""
        for socket in list(self._callers):
            if socket.state() == socket.LocalSocketState.ConnectedState:
                continue
            self._callers.remove(socket)
            raw = bytes(socket.read(_LONGEST_CALL).data())
            socket.deleteLater()
            self._tell(raw)

    def _tell(self, raw: bytes) -> None:
        try:
            arguments = json.loads(raw)
        except ValueError:
            return
        if isinstance(arguments, list):
            self.called.emit([str(argument) for argument in arguments])
