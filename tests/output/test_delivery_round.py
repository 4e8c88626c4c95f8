"""The list of the delivery round on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest

from shopdesk.domain.delivery_rounds import Lift, RoundStop, Stop
from shopdesk.domain.money import Money
from shopdesk.domain.shipments import ShipmentLine
from shopdesk.i18n import Texts
from shopdesk.output.pdf.delivery_round import Round, delivery_round

_NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def _stop(number: int, goods: int = 1, extras: tuple[str, ...] = ("Altmatratze mitnehmen",)) -> RoundStop:
    lines = tuple(ShipmentLine(at, f"Matratze {at}", Decimal(1)) for at in range(goods))
    return RoundStop(
        Stop(number, 1, number, "", "16:00", "3. Stock", Lift.NO, extras),
        number,
        f"AB{number:04}",
        f"Desislava Ivanova {number}",
        ("Lange Geismarstraße 12", "37073 Göttingen"),
        ("+49 551 123456",),
        lines,
        Money(12050, "EUR"),
    )


def _texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in document]


def _drawn(*stops: RoundStop, language: str = "de") -> bytes:
    return delivery_round(Round("Schlafgut Lindner", dt.date(2026, 11, 25), stops), Texts(language), _NOW)


def test_the_driver_reads_everything_at_the_door() -> None:
    (page,) = _texts(_drawn(_stop(1)))
    for words in (
        "Lieferrunde", "Mittwoch, 25.11.2026", "Desislava Ivanova 1", "bis 16:00", "Lange Geismarstraße 12, 37073",
        "+49 551 123456", "3. Stock", "kein Aufzug", "1 × Matratze 0", "Altmatratze mitnehmen", "120,50",
        "Unterschrift",
    ):  # fmt: skip
        assert words in page


def test_each_stop_stands_whole_on_one_page() -> None:
    stops = [_stop(number, goods=number % 12) for number in range(1, 30)]
    pages = _texts(_drawn(*stops))
    assert len(pages) > 3
    for stop in stops:
        assert sum(f"{stop.name}\r\n" in page or f"{stop.name} " in page for page in pages) >= 1
    assert "Seite 1 von" in pages[0]


def test_more_goods_than_fit_are_counted() -> None:
    (page,) = _texts(_drawn(_stop(1, goods=20)))
    assert "und 12 weitere" in page


def test_long_words_stay_on_the_paper() -> None:
    (page,) = _texts(_drawn(_stop(1, extras=("Altmatratzen mitnehmen, zwölf Stück, aus dem Keller",))))
    assert "Keller" in page


def test_nothing_the_driver_needs_is_cut() -> None:
    stop = replace(
        _stop(1),
        stop=Stop(
            1, 1, floor="4. Obergeschoss, Hinterhaus, zweiter Aufgang links, Tür neben dem Fahrradkeller",
            extras=("Klingel defekt, bitte zehn Minuten vorher anrufen: Frau Meyer macht das Tor zum Hof auf",),
        ),
        name="Traumwerk Matratzenmanufaktur und Bettenhaus am Wilhelmsplatz GmbH & Co. KG",
        address=("Lange Geismarstraße 117 a", "Hinterhaus, zweiter Hof", "c/o Meyer-Wettengel", "37073 Göttingen"),
        lines=(ShipmentLine(0, "Rollmatratze Ergo Plus mit Wendebezug, Härtegrad H3, 140 × 200 cm", Decimal(1)),),
    )  # fmt: skip
    (page,) = _texts(_drawn(stop))
    words = " ".join(page.split())
    for part in (
        "c/o Meyer-Wettengel",
        "37073 Göttingen",
        "140 × 200 cm",
        "Tor zum Hof auf",
        "Fahrradkeller",
        "Co. KG",
    ):
        assert part in words
    assert "…" not in page


def test_the_fullest_stop_stays_on_one_page() -> None:
    extras = tuple(f"{at} {'bitte leise sein ' * 12}"[:200] for at in range(12))
    lines = tuple(ShipmentLine(at, "Matratze " * 40, Decimal(1)) for at in range(12))
    pages = _texts(_drawn(replace(_stop(1, extras=extras), lines=lines, note="nicht da " * 22), _stop(2)))
    assert "Unterschrift" in pages[0]
    assert "Desislava Ivanova 2" in pages[1]


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Tournée"), ("bg", "Обиколка"), ("en", "Delivery round")]
)
def test_the_list_speaks_the_shops_language(language: str, title: str) -> None:
    assert title in _texts(_drawn(_stop(1), language=language))[0]


def test_the_same_values_give_the_same_bytes() -> None:
    assert _drawn(_stop(1), _stop(2)) == _drawn(_stop(1), _stop(2))
