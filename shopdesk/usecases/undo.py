"""What takes an action back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


class Rewound:
    """Which version of a row stands for an earlier one, because an undo has brought that one back.

    A row's version only ever rises, so that nobody overwrites what he has not seen. An undo of the act before the last
    one waits for the version which that act made; `now` names the one that stands for it since the last act was taken
    back. Where somebody else changed the row in between, none does, and the undo refuses.
    """

    def __init__(self) -> None:
        self._newer: dict[tuple[str, int, int], int] = {}

    def now(self, subject: str, row_id: int, version: int) -> int:
        """The version by which the row is met today if nothing but undos came after `version`."""
        while (subject, row_id, version) in self._newer:
            version = self._newer[subject, row_id, version]
        return version

    @contextmanager
    def back(self, subject: str, row_id: int | None, before: int, after: int) -> Iterator[int]:
        """An act made `after` of `before` and is taken back in this block, by one update of the version it gives."""
        version = self.now(subject, row_id or 0, after)
        yield version
        self._newer[subject, row_id or 0, before] = version + 1
