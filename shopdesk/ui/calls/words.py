"""What the banner says of a caller, as words."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.callers import Caller, KnownCaller
from shopdesk.i18n import Texts
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.labels import shortened

_LONGEST_FACT = 90
_MOST_FACTS = 4


@dataclass(frozen=True, slots=True)
class BannerWords:
    """All that stands on a banner, from top to bottom."""

    heading: str
    lines: tuple[str, ...] = ()
    chips: tuple[tuple[str, ChipKind], ...] = ()
    facts: tuple[str, ...] = ()
    action: str = ""

    @property
    def spoken(self) -> str:
        """The same as one text, for screen readers."""
        chips = (words for words, _kind in self.chips)
        return ". ".join((self.heading, *self.lines, *chips, *self.facts))


def words_of(caller: Caller, texts: Texts) -> BannerWords:
    """What is said."""
    gettext = texts.gettext
    if caller.known is not None:
        return _known(caller.known, caller.home, texts)
    if not caller.number:
        text = gettext("The caller does not show the number.")
        return BannerWords(gettext("Number withheld"), (text,), action=gettext("New customer"))
    where = texts.country(caller.country) if caller.country not in {"", caller.home} else ""
    if caller.maybe:
        return BannerWords(gettext("Who may it be?"), (where,) if where else (), action=gettext("Search"))
    heading = gettext("Unknown number")
    return BannerWords(heading, (where,) if where else (), action=gettext("New customer"))


def _known(known: KnownCaller, home: str, texts: Texts) -> BannerWords:
    gettext, ngettext = texts.gettext, texts.ngettext
    abroad = texts.country(known.country) if known.country not in {"", home} else ""
    place = ", ".join(part for part in (known.town, abroad) if part)
    who = known.company or known.name
    first = " · ".join(part for part in (who, place) if part)
    lines = [first] if first else []
    bill = known.last_purchase
    if bill is not None:
        words = gettext("Last purchase {date}: {number}, {sum}")
        sum_ = texts.money(bill.gross)
        lines.append(words.format(date=texts.date(bill.date), number=bill.number, sum=sum_))
    else:
        lines.append(gettext("Nothing bought yet."))
    chips: list[tuple[str, ChipKind]] = []
    if known.missed:
        text = ngettext("called in vain once", "called in vain {n} times", known.missed)
        chips.append((text.format(n=known.missed), "bad"))
    if known.open_quotes:
        text = ngettext("{n} open quote", "{n} open quotes", known.open_quotes)
        chips.append((text.format(n=known.open_quotes), "warn"))
    not_kept = gettext("not kept: {text}")
    chips += [(not_kept.format(text=shortened(text, 40)), "bad") for text in known.broken]
    chips += [(shortened(text, 50), "info") for text in known.follow_ups]
    facts = tuple(f"• {shortened(fact, _LONGEST_FACT)}" for fact in known.facts[:_MOST_FACTS])
    return BannerWords(texts.say(known.greeting), tuple(lines), tuple(chips), facts, gettext("Open the card"))
