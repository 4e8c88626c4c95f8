"""Tracking numbers (S7): typed, scanned or pasted, with the carrier and a link for the customer.

The shapes, the check digits and their sources stand in `tracking_schemes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.tracking_schemes import CARRIER_NAMES, SCHEMES, Carrier, Scheme, is_routing_code

__all__ = ["CARRIER_NAMES", "Carrier", "TrackingNumber", "WrongDigit", "recognise", "tracking_link"]

_LONGEST_TEXT = 2_000  # a pasted mail, not a book
_MOST_GROUPS = 12  # a number is written in so many groups at most
# AIM: what some scanners send before the code; FNC1 comes as the group separator or nothing
_SCANNER_PREFIX = re.compile(r"^\s*\](?:[A-Za-z][0-9A-Za-z])")
_ESCAPED = re.compile(r"%[0-9A-F]{2}")  # in a link; DPD's barcode begins with a % of its own
_HOSTS = (
    ("deutschepost.", Carrier.DEUTSCHE_POST),
    ("dhl.com", Carrier.DHL_EXPRESS),
    ("dhl.", Carrier.DHL),
    ("dpd", Carrier.DPD),
    ("gls", Carrier.GLS),
    ("hermes", Carrier.HERMES),
    ("ups.", Carrier.UPS),
    ("fedex.", Carrier.FEDEX),
)
_LINKS = {
    Carrier.DHL: "https://www.dhl.de/{short}/privatkunden/pakete-empfangen/verfolgen.html?piececode={number}",
    Carrier.DHL_EXPRESS: ("https://www.dhl.com/de-{short}/{express}?submit=1&tracking-id={number}"),
    Carrier.DEUTSCHE_POST: (
        "https://www.deutschepost.de/de/s/sendungsverfolgung/verfolgen.html?piececode={number}&lang={short}"
    ),
    Carrier.DPD: "https://tracking.dpd.de/status/{dpd}/parcel/{number}",
    Carrier.GLS: "https://gls-group.com/DE/{gls}?match={number}",
    Carrier.HERMES: "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#{number}",
    Carrier.UPS: "https://www.ups.com/track?loc={ups}&tracknum={number}",
    Carrier.FEDEX: "https://www.fedex.com/fedextrack/?trknbr={number}",
}
_UPS_PLACES = {"de": "de_DE", "fr": "fr_FR", "bg": "bg_BG"}


class _Trust(Enum):
    """What is believed: any shape where only a number is expected, less within a text."""

    ALL = auto()
    TELLING = auto()
    CHECKED = auto()


@dataclass(frozen=True, slots=True)
class TrackingNumber:
    """A number as its carrier writes it, without blanks.

    `is_checked` tells that its check digit is right; some numbers have none. `alternatives` are the same characters
    read for another carrier, the likelier first.
    """

    carrier: Carrier
    number: str
    is_checked: bool = True
    alternatives: tuple[TrackingNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongDigit:
    """It looks like a number of this carrier, but its check digit is wrong: mistyped, or two digits swapped.

    `alternatives` are readings for carriers whose numbers cannot be checked.
    """

    carrier: Carrier
    number: str
    is_routing_code: bool = False
    alternatives: tuple[TrackingNumber, ...] = ()

    @property
    def message(self) -> Message:
        """What to tell the owner."""
        if self.is_routing_code:
            return Message(
                N_(
                    "That is the barcode with the route, the parcel's number is the other one. Please scan that one."
                )
            )
        name = CARRIER_NAMES.get(self.carrier, "")
        words = N_("A digit of this {carrier} number is wrong, or two are swapped. Please read it once more.")
        plain = N_("A digit of this number is wrong, or two are swapped. Please read it once more.")
        return Message(words, {"carrier": name}) if name else Message(plain)


def recognise(text: str, usual: Carrier | None = None) -> TrackingNumber | WrongDigit | None:
    """The number in what was typed, scanned or pasted: a number, a link, or a text with one in it.

    `usual` is the carrier the parcel was planned for: where a number fits several, it is believed. None: there is
    nothing like a tracking number in it.
    """
    cleaned = _SCANNER_PREFIX.sub("", text[:_LONGEST_TEXT]).upper()
    whole = _read(_compact(cleaned), usual)
    if whole is not None:
        return whole
    return _best_of_parts(cleaned, _carrier_of_link(cleaned) or usual)


def tracking_link(tracking_number: TrackingNumber, language: str) -> str:
    """The carrier's page about this parcel in the customer's language, else in English; empty where there is none."""
    pattern = _LINKS.get(tracking_number.carrier, "")
    is_german = language.startswith("de")
    return pattern.format(
        number=tracking_number.number,
        short="de" if is_german else "en",
        express="home/tracking/tracking-express.html",
        dpd="de_DE" if is_german else "en_US",
        gls="de/paketverfolgung" if is_german else "en/parcel-tracking",
        ups=_UPS_PLACES.get(language[:2], "en_DE"),
    )


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-–()\x1d]", "", text)


def _read(
    compact: str, usual: Carrier | None, trust: _Trust = _Trust.ALL
) -> TrackingNumber | WrongDigit | None:
    compact = _from_a_foreign_keyboard(compact)
    fitting = [scheme for scheme in SCHEMES if scheme.shape.fullmatch(compact)]
    good = _in_order(_good_readings(fitting, compact, trust), usual)
    wrong = [scheme for scheme in fitting if scheme.is_right is not None and not scheme.is_right(compact)]
    if good and not _is_doubtful(good[0], wrong, fitting, usual):
        return _with_alternatives(good)
    if wrong and (trust == _Trust.ALL or (trust == _Trust.TELLING and wrong[0].is_telling)):
        carriers = {scheme.carrier for scheme in wrong}
        carrier = usual if usual in carriers else wrong[0].carrier
        return WrongDigit(carrier or wrong[0].carrier, compact, is_routing_code(compact), good)
    return None


def _good_readings(fitting: Iterable[Scheme], compact: str, trust: _Trust) -> Iterator[TrackingNumber]:
    seen = set()
    for scheme in fitting:
        is_checked = scheme.is_right is not None and scheme.is_right(compact)
        if scheme.carrier in seen or not (is_checked or scheme.is_right is None):
            continue
        if (trust == _Trust.TELLING and not scheme.is_telling) or (
            trust == _Trust.CHECKED and not is_checked
        ):
            continue
        seen.add(scheme.carrier)
        yield TrackingNumber(scheme.carrier, scheme.normal(compact), is_checked)


def _in_order(readings: Iterable[TrackingNumber], usual: Carrier | None) -> tuple[TrackingNumber, ...]:
    readings = tuple(readings)
    named = tuple(one for one in readings if one.carrier in CARRIER_NAMES)
    readings = named or readings  # nobody's number only where nobody's it is
    return tuple(sorted(readings, key=lambda one: one.carrier != usual))  # stable: else as the schemes stand


def _is_doubtful(
    best: TrackingNumber, wrong: list[Scheme], fitting: list[Scheme], usual: Carrier | None
) -> bool:
    # a number nobody can check is believed only where no likelier shape says that a digit is wrong
    if best.is_checked or not wrong or best.carrier == usual:
        return False
    unchecked = next(
        scheme for scheme in fitting if scheme.is_right is None and scheme.carrier == best.carrier
    )
    return fitting.index(wrong[0]) < fitting.index(unchecked)


def _with_alternatives(readings: tuple[TrackingNumber, ...]) -> TrackingNumber:
    best = readings[0]
    return TrackingNumber(best.carrier, best.number, best.is_checked, readings[1:])


def _from_a_foreign_keyboard(compact: str) -> str:
    """A scanner set to the American keyboard types Y for Z: nothing else begins with 1Y."""
    if not compact.startswith("1Y"):
        return compact
    return compact.translate(str.maketrans("YZ", "ZY"))


def _carrier_of_link(text: str) -> Carrier | None:
    found = re.search(r"(?:HTTPS?://|WWW\.)([^/\s?#]+)", text)
    host = found.group(1).lower() if found else ""
    return next((carrier for part, carrier in _HOSTS if part in host), None)


def _best_of_parts(text: str, usual: Carrier | None) -> TrackingNumber | WrongDigit | None:
    is_link = _carrier_of_link(text) is not None
    if is_link:
        text = _ESCAPED.sub(" ", text)
    parts = tuple(_parts(text, fewest_digits=1 if is_link else 4))
    # in a text first what looks like nothing else, then what at least checks itself
    for fewest in (_Trust.ALL,) if is_link else (_Trust.TELLING, _Trust.CHECKED):
        found = [_read(part, usual, fewest) for part in parts]
        numbers = [one for one in found if isinstance(one, TrackingNumber)]
        if numbers:
            return max(numbers, key=lambda one: (one.is_checked, one.carrier == usual, len(one.number)))
        wrong = next((one for one in found if one is not None), None)
        if wrong is not None:
            return wrong
    return None


def _parts(text: str, fewest_digits: int) -> Iterator[str]:
    """Neighbouring groups of characters joined, the longest first: a number is often written in groups."""
    groups = [group for group in re.split(r"[^0-9A-Z%]+", text.replace("(00)", " 00")) if group]
    for length in range(_MOST_GROUPS, 0, -1):
        for start in range(len(groups) - length + 1):
            part = "".join(groups[start : start + length])
            if 8 <= len(part) <= 29 and sum(one.isdecimal() for one in part) >= fewest_digits:
                yield part
