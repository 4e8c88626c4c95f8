"""What the window calls each kind of document, its icon, and what can be made out of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shopdesk.domain.document_kinds import REFERS_TO, SUCCESSORS
from shopdesk.domain.documents import DocumentKind as Kind
from shopdesk.domain.kind_names import KIND_NAMES
from shopdesk.domain.messages import N_, P_
from shopdesk.i18n import Texts

OFFERING = (Kind.QUOTE, Kind.ORDER_CONFIRMATION)
"""The list "Quotes": what comes before the bill."""
BILLING = (
    Kind.INVOICE,
    Kind.DEPOSIT_INVOICE,
    Kind.FINAL_INVOICE,
    Kind.CREDIT_NOTE,
    Kind.CANCELLATION,
    Kind.PAYMENT_REMINDER,
)
"""The list "Invoices": what asks for money, corrects or reminds."""
DELIVERING = (Kind.DELIVERY_NOTE,)
"""The list "Delivery notes"."""

WITHOUT_SUMS = frozenset({Kind.DELIVERY_NOTE})
"""Nothing about money stands on them."""
WITHOUT_DUE = frozenset({Kind.ORDER_CONFIRMATION, Kind.DELIVERY_NOTE, Kind.CREDIT_NOTE, Kind.CANCELLATION})
"""There is no day to pay or to answer by."""
WITH_REASON = frozenset({Kind.CREDIT_NOTE, Kind.CANCELLATION})
"""Why something is taken back is asked."""


@dataclass(frozen=True, slots=True)
class KindWords:
    """Message ids: a filter of a list, "as …" on a button, and what is said while it waits to be sent."""

    plural: str  # in the context "filter", where it may be short
    make: str
    goes: str
    icon: str


WORDS: Mapping[Kind, KindWords] = {
    Kind.QUOTE: KindWords(
        P_("filter", "Quotes"), N_("As quote"), N_("The quote goes to {address}."), "file-text"
    ),
    Kind.ORDER_CONFIRMATION: KindWords(
        P_("filter", "Order confirmations"),
        N_("As order confirmation"),
        N_("The order confirmation goes to {address}."),
        "file-check",
    ),
    Kind.DELIVERY_NOTE: KindWords(
        P_("filter", "Delivery notes"),
        N_("As delivery note"),
        N_("The delivery note goes to {address}."),
        "truck",
    ),
    Kind.INVOICE: KindWords(
        P_("filter", "Invoices"), N_("As invoice"), N_("The invoice goes to {address}."), "receipt"
    ),
    Kind.DEPOSIT_INVOICE: KindWords(
        P_("filter", "Deposits"),
        N_("As deposit invoice …"),
        N_("The deposit invoice goes to {address}."),
        "wallet",
    ),
    Kind.FINAL_INVOICE: KindWords(
        P_("filter", "Final invoices"),
        N_("As final invoice"),
        N_("The final invoice goes to {address}."),
        "list-checks",
    ),
    Kind.CREDIT_NOTE: KindWords(
        P_("filter", "Corrections"),
        N_("Credit …"),
        N_("The invoice correction goes to {address}."),
        "minus",
    ),
    Kind.CANCELLATION: KindWords(
        P_("filter", "Cancellations"), N_("Cancel …"), N_("The cancellation goes to {address}."), "x"
    ),
    Kind.PAYMENT_REMINDER: KindWords(
        P_("filter", "Payment reminders"),
        N_("Remind of the payment"),
        N_("The payment reminder goes to {address}."),
        "clock",
    ),
}


def name(kind: Kind, texts: Texts) -> str:
    """What the kind is called: "Rechnung"."""
    return texts.gettext(KIND_NAMES[kind])


def plural(kind: Kind, texts: Texts) -> str:
    """What a filter calls them: "Rechnungen"."""
    return texts.pgettext("filter", WORDS[kind].plural)


def make(kind: Kind, texts: Texts, origin: Kind | None = None) -> str:
    """What the button says that makes one out of another: "Als Rechnung"."""
    if origin == Kind.CANCELLATION and kind == Kind.INVOICE:
        return texts.gettext("Write the invoice anew")
    if origin == kind == Kind.PAYMENT_REMINDER:
        return texts.gettext("Remind again")
    if origin == kind == Kind.DEPOSIT_INVOICE:
        return texts.gettext("Another deposit invoice …")
    return texts.gettext(WORDS[kind].make)


def page_of(kind: Kind) -> str:
    """The name of the list where the kind stands."""
    if kind in OFFERING:
        return "quotes"
    return "delivery_notes" if kind in DELIVERING else "invoices"


def icon(kind: Kind) -> str:
    """The icon in lists and on buttons."""
    return WORDS[kind].icon


def next_kinds(kind: Kind, *, issued: bool) -> tuple[Kind, ...]:
    """What can be made out of a document now, the most usual first.

    A draft has no number that others could name; only a quote can go on without ever being sent.
    """
    if issued:
        return SUCCESSORS[kind]
    if kind != Kind.QUOTE:
        return ()
    return tuple(each for each in SUCCESSORS[kind] if each not in {*REFERS_TO, Kind.DEPOSIT_INVOICE})


def lettered(titles: Iterable[str]) -> list[str]:
    """The titles with an "&" before a letter of their own, so that one key chooses in a menu."""
    used: set[str] = set()
    found = []
    for title in titles:
        plain = title.replace("&", "&&")
        place = next(
            (i for i in _places(plain) if plain[i].casefold() not in used),
            None,
        )
        if place is None:
            found.append(plain)
            continue
        used.add(plain[place].casefold())
        found.append(f"{plain[:place]}&{plain[place:]}")
    return found


def _places(title: str) -> list[int]:
    """Where the letter may stand: in the last word first, for the first ones are alike ("Als …")."""
    starts = [i for i, sign in enumerate(title) if sign.isalnum() and (i == 0 or title[i - 1] == " ")]
    last = starts[-1] if starts else 0
    inside = [i for i, sign in enumerate(title) if sign.isalnum() and i not in starts]
    return [*reversed(starts), *(i for i in inside if i > last), *(i for i in inside if i < last)]
