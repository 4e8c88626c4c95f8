"""How often the promised day was held, in words."""

from __future__ import annotations

from decimal import Decimal

from shopdesk.domain.late_shipments import OnTime
from shopdesk.domain.shipments import KIND_NAMES
from shopdesk.i18n import Texts
from shopdesk.usecases.late_shipments import Deliveries


def share(found: OnTime, texts: Texts) -> str:
    """How many of a hundred, how many that is, and by how much the others missed their day."""
    gettext = texts.gettext
    words = gettext("{share} % on time ({n} of {all})")
    said = words.format(share=found.share, n=texts.number(found.on_time), all=texts.number(found.count))
    if found.on_time == found.count:
        return said
    late = texts.ngettext(
        "the late one by {n} day", "the late ones by {n} days on average", found.count - found.on_time
    )
    return f"{said}, {late.format(n=texts.number(Decimal(str(found.mean_days))))}"


def whole(found: Deliveries, texts: Texts) -> str:
    """All of the weeks in one sentence."""
    if found.whole is None:
        return texts.gettext("Nothing with a promised day has left yet.")
    words = texts.gettext("In {n} weeks: {share}")
    return words.format(n=found.weeks, share=share(found.whole, texts))


def kinds(found: Deliveries, texts: Texts) -> tuple[str, ...]:
    """One line for each way in which goods leave."""
    return tuple(
        f"{texts.gettext(KIND_NAMES[kind])}: {share(one, texts)}" for kind, one in found.kinds.items()
    )
