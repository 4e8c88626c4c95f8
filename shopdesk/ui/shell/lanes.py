"""Work off the window's thread: one worker for the desk (a PDF, an export), one for the post (anything with a network).

Who is calling has a third one: nobody waits for an export to know it. One worker each, because two PDFs at once are no
faster under Python's lock, and mails must go in their order.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Result = TypeVar("Result")


class Lane(QObject):
    """One worker; its answers arrive on the thread that made the lane."""

    _arrived = Signal(object)

    def __init__(self, name: str, *, at_once: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name, self._at_once = name, at_once
        self._worker: ThreadPoolExecutor | None = None
        self._arrived.connect(_deliver)
        self.waiting = 0

    def run(
        self,
        function: Callable[[], Result],
        on_done: Callable[[Result], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        """Run it after what was given before; exactly one of the two is called with the answer."""
        self.waiting += 1

        def work() -> Callable[[], None]:
            try:
                result = function()
            except Exception as error:  # noqa: BLE001 - handed to the window, which tells it
                return self._answer(on_error, error)
            return self._answer(on_done, result)

        if self._at_once:
            work()()
            return
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor

            self._worker = ThreadPoolExecutor(1, thread_name_prefix=self._name)
        self._worker.submit(lambda: self._arrived.emit(work()))

    def _answer(self, tell: Callable[[Any], None], value: Any) -> Callable[[], None]:
        def answer() -> None:
            self.waiting -= 1
            tell(value)

        return answer

    def close(self) -> None:
        """Finish what was begun; what only waits is not begun any more."""
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
            self._worker = None


def _deliver(answer: Callable[[], None]) -> None:
    answer()


# Python lets another thread in after 5 ms by itself; the window asks for its turn several times in one paint
_SWITCH_SECONDS = 0.0005


class Lanes(QObject):
    """The lanes of a window. With `at_once` (tests) everything runs where it is asked for."""

    def __init__(self, *, at_once: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH_SECONDS)
        self.desk = Lane("desk", at_once=at_once, parent=self)
        self.post = Lane("post", at_once=at_once, parent=self)
        self.calls = Lane("calls", at_once=at_once, parent=self)

    def close(self) -> None:
        """Finish what was begun on each."""
        self.desk.close()
        self.post.close()
        self.calls.close()
