"""What takes an action back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class Undo:
    """The inverse of a use case. It refuses in words (ChangedElsewhere) where a row was changed since."""

    action: Callable[[Shop], object]

    def run(self, shop: Shop) -> None:
        """Take the action back."""
        self.action(shop)
