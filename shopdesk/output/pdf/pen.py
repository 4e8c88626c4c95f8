"""What every part of the paper is written with: the document, its sums, its language, the warnings."""

from __future__ import annotations

from dataclasses import dataclass, field

from shopdesk.domain.documents import Document
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.totals import Totals
from shopdesk.i18n import Texts
from shopdesk.output.pdf import fonts
from shopdesk.output.pdf.look import Look, look

MINUS = "−"
_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


@dataclass(slots=True)
class Pen:
    """The values of one paper; `missing`, `cut` and `others` collect what the owner should know.

    `density` below 1 draws rows and spaces together where that saves a page.
    """

    document: Document
    letterhead: Letterhead
    texts: Texts
    sums: Totals
    missing: set[str] = field(default_factory=set)
    cut: dict[str, None] = field(default_factory=dict)
    others: list[Message] = field(default_factory=list)
    density: float = 1.0

    def clean(self, text: str, limit: int = 300) -> str:
        """What can be printed of a text, at most `limit` characters of it."""
        if len(text) > limit:
            self.cut[" ".join(fonts.clean(text[:30]).split())] = None
            text = text[: limit - 1] + "…"
        return fonts.clean(text, self.missing)

    def line(self, text: str, limit: int = 300) -> str:
        """Clean text on one line."""
        return " ".join(self.clean(text, limit).split())

    def short(self, text: str, limit: int) -> str:
        """Clean text on one line, shortened without a word about it."""
        line = self.line(text[: 4 * limit])
        return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"

    def amount(self, value: Money) -> str:
        """An amount without its currency, with a true minus sign."""
        text = self.texts.amount(Money(abs(value.minor), value.currency))
        return self.clean(MINUS + text if value.minor < 0 else text)

    def money(self, value: Money) -> str:
        """An amount with its currency."""
        text = self.texts.money(Money(abs(value.minor), value.currency))
        return self.clean(MINUS + text if value.minor < 0 else text)

    def iban(self) -> str:
        """The shop's IBAN in groups of four."""
        iban = "".join(self.document.seller.iban[:100].split())
        return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))

    @property
    def look(self) -> Look:
        """The colours and rules of this letterhead."""
        letterhead = self.letterhead
        return look(letterhead.head, letterhead.table, letterhead.colour)

    @property
    def currency(self) -> str:
        """The currency's sign or code."""
        return _SYMBOLS.get(self.document.currency, self.document.currency)

    def warnings(self) -> tuple[Message, ...]:
        """What the owner should know about this paper."""
        found = list(self.others)
        if self.missing:
            found_names = (
                char if char.isprintable() else f"U+{ord(char):04X}" for char in sorted(self.missing)[:20]
            )
            names = " ".join(found_names)
            text = N_("Some characters cannot be printed and appear as {sign}: {characters}")
            found.append(Message(text, {"sign": fonts.REPLACEMENT, "characters": names}))
        for start in list(self.cut)[:3]:
            text = N_("A text is too long for the paper and was shortened: “{start}…”")
            found.append(Message(text, {"start": start}))
        return tuple(found)
