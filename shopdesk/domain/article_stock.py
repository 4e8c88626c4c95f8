"""Article stock counted by hand: none, there, or so many pieces. No warehouse (PRODUCT.md, what shopdesk is not)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message

MOST = 1_000_000


class StockKind(StrEnum):
    """What is known."""

    UNTRACKED = ""
    NONE = "none"
    THERE = "there"
    PIECES = "pieces"


class StockUnreadable(ShopError):
    """The text is neither a number of pieces nor a word for it."""

    code = "stock"

    def __init__(self, text: str) -> None:
        words = N_("“{text}” is no stock. Type a number of pieces, “yes”, “no”, or nothing at all.")
        super().__init__(Message(words, {"text": text}), field="stock")


@dataclass(frozen=True, slots=True)
class Stock:
    """What is in the shop; `counted_on` is the day somebody looked."""

    kind: StockKind = StockKind.UNTRACKED
    pieces: int = 0
    counted_on: dt.date | None = None

    @property
    def is_there(self) -> bool:
        """Whether some of it is in the shop, as far as anybody knows."""
        return self.kind == StockKind.THERE or (self.kind == StockKind.PIECES and self.pieces > 0)

    def words(self) -> Message:
        """As lists show it; empty where nobody counts."""
        match self.kind:
            case StockKind.NONE:
                return Message(N_("not in stock"))
            case StockKind.THERE:
                return Message(N_("in stock"))
            case StockKind.PIECES if self.pieces > 0:
                return Message(N_("{n} in stock"), {"n": self.pieces})
            case StockKind.PIECES:
                return Message(N_("not in stock"))
            case _:
                return Message("")

    def added(self, count: int) -> Stock:
        """After so many more pieces; what is only known as there or not becomes there."""
        if self.kind == StockKind.PIECES:
            return Stock(StockKind.PIECES, min(MOST, self.pieces + count), self.counted_on)
        if self.kind == StockKind.NONE:
            return Stock(StockKind.THERE, 0, self.counted_on)
        return self


_WORDS = {
    StockKind.THERE: frozenset("ja da vorhanden lager yes y j there".split()),
    StockKind.NONE: frozenset("nein keine kein leer weg no n none aus".split()),
    StockKind.UNTRACKED: frozenset(("", "-", "–")),
}
_COUNT = re.compile(r"(\d{1,9})\s*(?:stk|stueck|stück|st|pcs|pieces|x)?\.?")


def parse_stock(text: str, today: dt.date) -> Stock:
    """Read `3`, `3 Stk`, `ja`, `nein` or nothing; counted today. Raises StockUnreadable."""
    said = " ".join(text.lower().split())
    for kind, words in _WORDS.items():
        if said in words:
            return Stock(kind, 0, None if kind == StockKind.UNTRACKED else today)
    found = _COUNT.fullmatch(said)
    if found is None or int(found[1]) > MOST:
        raise StockUnreadable(text)
    return Stock(StockKind.PIECES, int(found[1]), today)
