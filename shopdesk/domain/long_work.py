"""Work that takes its time: it says how far it is, and stops when it is asked to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message


class Stopped(ShopError):
    """The owner stopped it; nothing half done is left."""

    code = "stopped"

    def __init__(self) -> None:
        super().__init__(Message(N_("Stopped. Nothing was written.")))


def _nobody(_done: int, _all: int) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class LongWork:
    """Whom to tell (steps done, of how many), and whether to stop. Both may be called from any thread."""

    on_progress: Callable[[int, int], None] = _nobody
    cancelled: Callable[[], bool] = _never

    def step(self, done: int, of: int) -> None:
        """Tell how far it is; raises Stopped."""
        if self.cancelled():
            raise Stopped
        self.on_progress(done, of)
