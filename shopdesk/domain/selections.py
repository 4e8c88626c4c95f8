"""Which customers are meant: what narrows their list down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """What all of them have in common; empty parts narrow nothing.

    `place` begins a postal code or a town. `article` is a code or words of a name, bought `bought_since` where that is
    given; alone it means: bought anything since. `nothing_since`: bought before that day and nothing from it on.
    """

    tag: str = ""
    place: str = ""
    article: str = ""
    bought_since: dt.date | None = None
    nothing_since: dt.date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everybody is meant."""
        return self == Filter()
