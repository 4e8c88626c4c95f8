"""How the carriers' numbers look (S7): shapes, check digits, which carrier is likelier.

Sources: UPU standard S10; GS1 General Specifications (SSCC, NVE); DPD "Paketschein Spezifikation" 2.4 (2014);
www.paketda.de/firmenkunden/paket-pruefziffern.html (DHL, Hermes, GLS, UPS in Germany), activebarcode.de (Identcode,
Leitcode), Wikipedia "Leitcode" and "S10 (UPU-Standard)"; github.com/jkeen/tracking_number_data (UPS, FedEx, DHL
Express, DPD with 28 characters, Deutsche Post letters).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from shopdesk.domain import check_digits


class Carrier(StrEnum):
    """Who brings it. `FREIGHT` is a forwarder's number (NVE) that says nothing of whose it is."""

    DHL = "dhl"
    DHL_EXPRESS = "dhl_express"
    DEUTSCHE_POST = "deutsche_post"
    DPD = "dpd"
    GLS = "gls"
    HERMES = "hermes"
    UPS = "ups"
    FEDEX = "fedex"
    POST_ABROAD = "post_abroad"
    FREIGHT = "freight"


CARRIER_NAMES = {
    Carrier.DHL: "DHL",
    Carrier.DHL_EXPRESS: "DHL Express",
    Carrier.DEUTSCHE_POST: "Deutsche Post",
    Carrier.DPD: "DPD",
    Carrier.GLS: "GLS",
    Carrier.HERMES: "Hermes",
    Carrier.UPS: "UPS",
    Carrier.FEDEX: "FedEx",
}
"""Names of their own, the same in every language; the two others have none."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One shape of number: who uses it and whether it checks itself.

    `is_right` is None for a number without a (published) check digit; `is_telling` says that nothing else looks so,
    then it is believed within a longer text too. `normal` gives the number as the carrier's page wants it.
    """

    carrier: Carrier
    shape: re.Pattern[str]
    is_right: Callable[[str], bool] | None = None
    is_telling: bool = False
    normal: Callable[[str], str] = str


def _last(digit_of: Callable[[str], str]) -> Callable[[str], bool]:
    return lambda number: digit_of(number[:-1]) == number[-1]


def _s10_is_right(number: str) -> bool:
    return check_digits.s10_digit(number[2:10]) == number[10]


def _ups_is_right(number: str) -> bool:
    return check_digits.ups_digit(number[2:-1]) == number[-1]


def _dpd_long_number(number: str) -> str:
    # 7 places of destination, the parcel's own 14, 3 of service, 3 of country, the check character
    return number[-21:-7]


_GS1 = _last(check_digits.gs1_digit)
_POST = _last(check_digits.german_post_digit)
_DPD = _last(check_digits.dpd_character)

# the likelier one first where two fit: what a shop in Germany sends most
SCHEMES = (
    Scheme(Carrier.UPS, re.compile(r"1Z[0-9A-Z]{15}[0-9]"), _ups_is_right, is_telling=True),
    Scheme(Carrier.DHL, re.compile(r"C[A-Z][0-9]{9}DE"), _s10_is_right, is_telling=True),
    Scheme(Carrier.DHL, re.compile(r"E[A-Z][0-9]{9}DE"), _s10_is_right, is_telling=True),
    Scheme(Carrier.DEUTSCHE_POST, re.compile(r"[A-Z]{2}[0-9]{9}DE"), _s10_is_right, is_telling=True),
    Scheme(Carrier.POST_ABROAD, re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}"), _s10_is_right, is_telling=True),
    Scheme(Carrier.DHL, re.compile(r"003404[0-9]{14}"), _GS1, is_telling=True),
    Scheme(Carrier.DHL, re.compile(r"3404[0-9]{14}"), _GS1, is_telling=True, normal="00{}".format),
    Scheme(Carrier.DHL, re.compile(r"JJ?D[0-9]{10,21}|JVGL[0-9]{10,20}"), is_telling=True),
    Scheme(Carrier.HERMES, re.compile(r"H[0-9]{19}"), is_telling=True),
    Scheme(
        Carrier.DPD,
        re.compile(r"%?[0-9A-Z]{7}[0-9]{20}[0-9A-Z]"),
        lambda number: _DPD(number.removeprefix("%")),
        is_telling=True,
        normal=_dpd_long_number,
    ),
    Scheme(Carrier.DPD, re.compile(r"[0-9]{14}[0-9A-Z]"), _DPD, normal=lambda number: number[:14]),
    Scheme(Carrier.DEUTSCHE_POST, re.compile(r"(?=[0-9]*[A-F])[0-9A-F]{20}")),
    Scheme(Carrier.FREIGHT, re.compile(r"00[0-9]{18}"), _GS1),
    Scheme(Carrier.FREIGHT, re.compile(r"[0-9]{18}"), _GS1, normal="00{}".format),
    Scheme(Carrier.HERMES, re.compile(r"[0-9]{16}")),
    # all German depots of DPD begin with 01; written without the check character
    Scheme(Carrier.DPD, re.compile(r"01[0-9]{12}")),
    Scheme(Carrier.HERMES, re.compile(r"[0-9]{14}"), _GS1),
    Scheme(Carrier.DPD, re.compile(r"0[0-9]{13}")),
    Scheme(Carrier.DHL, re.compile(r"[0-9]{12}"), _POST),
    Scheme(Carrier.GLS, re.compile(r"[0-9]{12}"), _last(check_digits.gls_digit)),
    Scheme(Carrier.FEDEX, re.compile(r"[0-9]{12}"), _last(check_digits.fedex_digit)),
    Scheme(Carrier.GLS, re.compile(r"[0-9]{11}")),
    Scheme(Carrier.DHL_EXPRESS, re.compile(r"[0-9]{10}"), _last(check_digits.airway_bill_digit)),
    # the Track ID of GLS has letters and digits, and eight of them
    Scheme(Carrier.GLS, re.compile(r"(?=.*[0-9])(?=.*[A-Z])[0-9A-Z]{8}")),
)


def is_routing_code(compact: str) -> bool:
    """Whether it is a Leitcode, the other barcode on a parcel of DHL: it says where to, and finds nothing."""
    return len(compact) == 14 and compact.isdecimal() and not _GS1(compact) and _POST(compact)
