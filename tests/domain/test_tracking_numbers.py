"""Tracking numbers: the carrier, the check digit, the link."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from shopdesk.domain import check_digits
from shopdesk.domain.tracking_numbers import (
    CARRIER_NAMES,
    Carrier,
    TrackingNumber,
    WrongDigit,
    recognise,
    tracking_link,
)

# number, carrier, number as kept, source
PUBLISHED = [
    ("RR 473 124 829 GB", Carrier.POST_ABROAD, "RR473124829GB", "UPU S10, Wikipedia: the worked example"),
    ("RR 123 456 785 DE", Carrier.DEUTSCHE_POST, "RR123456785DE", "UPU S10, digits of the example"),
    ("1Z5R89390357567127", Carrier.UPS, "1Z5R89390357567127", "tracking_number_data, UPS"),
    ("1Z879E930346834440", Carrier.UPS, "1Z879E930346834440", "tracking_number_data, UPS"),
    ("1Z410E7W0392751591", Carrier.UPS, "1Z410E7W0392751591", "tracking_number_data, UPS"),
    ("1Z8V92A70367203024", Carrier.UPS, "1Z8V92A70367203024", "tracking_number_data, UPS"),
    ("1Z 591580 68 55587736", Carrier.UPS, "1Z5915806855587736", "CPAN Algorithm::CheckDigits, UPS"),
    ("00340433836442636597", Carrier.DHL, "00340433836442636597", "paketda.de, DHL with 20 digits"),
    ("201298452277", Carrier.DHL, "201298452277", "paketda.de, DHL with 12 digits"),
    ("56.310 243.031 3", Carrier.DHL, "563102430313", "activebarcode.de, Identcode"),
    ("JJD1410302937991", Carrier.DHL, "JJD1410302937991", "paketda.de, DHL JJD"),
    ("3318810025", Carrier.DHL_EXPRESS, "3318810025", "tracking_number_data, DHL Express"),
    ("8487135506", Carrier.DHL_EXPRESS, "8487135506", "tracking_number_data, DHL Express"),
    ("01015026003653c", Carrier.DPD, "01015026003653", "paketda.de, DPD"),
    ("00 81827 0998 0000 0200 33 350 276 C", Carrier.DPD, "09980000020033", "DPD Paketschein Spezifikation"),
    ("0081 827 0998 0000 0200 45 327 276 N", Carrier.DPD, "09980000020045", "DPD Paketschein Spezifikation"),
    ("09133131530724", Carrier.HERMES, "09133131530724", "paketda.de, Hermes"),
    ("XHAX4HDA", Carrier.GLS, "XHAX4HDA", "paketda.de, Track-ID of GLS"),
    ("986578788855", Carrier.FEDEX, "986578788855", "tracking_number_data, FedEx"),
    ("477179081230", Carrier.FEDEX, "477179081230", "tracking_number_data, FedEx"),
    (
        "01 030E 0928 06 011E 001E",
        Carrier.DEUTSCHE_POST,
        "01030E092806011E001E",
        "tracking_number_data, letters",
    ),
]


@pytest.mark.parametrize(("text", "carrier", "number", "source"), PUBLISHED)
def test_a_published_number_is_recognised(text: str, carrier: Carrier, number: str, source: str) -> None:
    found = recognise(text)
    assert isinstance(found, TrackingNumber), source
    assert (found.carrier, found.number) == (carrier, number), source


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(00)340434161094042557", "00340434161094042557"),
        ("]C100340434161094042557", "00340434161094042557"),
        ("]C1(00)340434161094042557\r\n", "00340434161094042557"),
        ("340434161094042557", "00340434161094042557"),
        ("  0034 0434 1610 9404 2557 ", "00340434161094042557"),
        ("Sendungsnummer: 00340434161094042557", "00340434161094042557"),
        ("Ihre Sendung 0034 0434 1610 9404 2557 kommt am 12.08.2026", "00340434161094042557"),
        (
            "https://www.dhl.de/de/privatkunden/verfolgen.html?lang=de&idc=00340434161094042557&x=1",
            "00340434161094042557",
        ),
        ("https://gls-group.com/DE/de/paketverfolgung?match=XHAX4HDA", "XHAX4HDA"),
        ("https://tracking.dpd.de/status/de_DE/parcel/01015026003653", "01015026003653"),
        ("www.ups.com/track?loc=de_DE&tracknum=1Z5R89390357567127", "1Z5R89390357567127"),
        ("1Y5R89390357567127", "1Z5R89390357567127"),
        ("%008182709980000020033350276C", "09980000020033"),
        ("https://www.ups.com/track?tracknum=1Z%205R8939%200357567127", "1Z5R89390357567127"),
    ],
)
def test_links_scanners_and_texts_are_read(text: str, number: str) -> None:
    found = recognise(text)
    assert isinstance(found, TrackingNumber)
    assert found.number == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Matratze",
        "+49 551 123456",
        "RE2026-0412",
        "DE02120300000000202051",
        "12.08.2026",
        "Frau Ivanova, Gabrovo",
    ],
)
def test_what_is_no_tracking_number_is_none(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("RR123456784DE", Carrier.DEUTSCHE_POST),
        ("1Z5R89390357567128", Carrier.UPS),
        ("00340433836442636598", Carrier.DHL),
        ("201298452272", Carrier.DHL),
        ("09133131530725", Carrier.HERMES),
        ("01015026003653D", Carrier.DPD),
        ("008182709980000020033350276A", Carrier.DPD),
        ("3318810010", Carrier.DHL_EXPRESS),
        ("Sendung 0034 0433 8364 4263 6598", Carrier.DHL),
    ],
)
def test_a_wrong_digit_is_told_with_the_carrier(text: str, carrier: Carrier) -> None:
    found = recognise(text)
    assert isinstance(found, WrongDigit)
    assert found.carrier == carrier
    assert found.message.values["carrier"] == CARRIER_NAMES[carrier]


def test_the_barcode_with_the_route_is_told_apart() -> None:
    found = recognise("21348075016401")  # Leitcode, the example of activebarcode.de
    assert isinstance(found, WrongDigit)
    assert found.is_routing_code


def test_the_usual_carrier_decides_where_two_fit() -> None:
    likeliest = recognise("201298452277")
    assert isinstance(likeliest, TrackingNumber)
    assert likeliest.carrier == Carrier.DHL
    assert Carrier.GLS in {one.carrier for one in likeliest.alternatives}
    told = recognise("201298452277", Carrier.GLS)
    assert isinstance(told, TrackingNumber)
    assert told.carrier == Carrier.GLS
    assert told.alternatives[0].carrier == Carrier.DHL


def test_a_number_without_check_digit_says_so() -> None:
    found = recognise("H1000730000841801011")
    assert isinstance(found, TrackingNumber)
    assert (found.carrier, found.is_checked) == (Carrier.HERMES, False)


@pytest.mark.parametrize("carrier", list(CARRIER_NAMES))
def test_each_carrier_has_a_link_with_the_number(carrier: Carrier) -> None:
    number = TrackingNumber(carrier, "00340434161094042557")
    german, english, bulgarian = (tracking_link(number, language) for language in ("de", "en", "bg"))
    for link in (german, english, bulgarian):
        assert link.startswith("https://")
        assert "00340434161094042557" in link
        assert "{" not in link
    if carrier not in {Carrier.HERMES, Carrier.FEDEX}:  # these two ask the browser
        assert german != english


def test_a_link_leads_back_to_its_number() -> None:
    for text, carrier, number, _source in PUBLISHED:
        found = recognise(text)
        assert isinstance(found, TrackingNumber)
        link = tracking_link(found, "de")
        again = recognise(link) if link else found
        assert isinstance(again, TrackingNumber)
        assert (again.carrier, again.number) == (carrier, number), link


def test_nobodys_number_has_no_link() -> None:
    assert tracking_link(TrackingNumber(Carrier.FREIGHT, "00123456789012345675"), "de") == ""


def _numbers(digits: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=digits, max_size=digits)


SINGLE = [
    ("GS1", check_digits.gs1_digit, 19),
    ("GLS", check_digits.gls_digit, 11),
    ("DPD", check_digits.dpd_character, 14),
    ("air waybill", check_digits.airway_bill_digit, 9),
]


@pytest.mark.parametrize(("name", "digit_of", "length"), SINGLE[:3])
@given(data=st.data())
def test_any_single_wrong_digit_is_found(name: str, digit_of, length: int, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    body = data.draw(_numbers(length))
    place = data.draw(st.integers(0, length - 1))
    other = data.draw(st.sampled_from("0123456789"))
    assume(other != body[place])
    assert digit_of(body) != digit_of(body[:place] + other + body[place + 1 :]), name


def test_dpd_finds_nearly_every_swap_of_neighbours() -> None:
    """ISO 7064: the hybrid systems find every wrong character and all but few swaps."""
    states = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # a character before leads into each state of the sum
    swaps = [(state, f"{one:02}") for state in states for one in range(100) if one // 10 != one % 10]
    found = sum(
        check_digits.dpd_character(state + pair) != check_digits.dpd_character(state + pair[::-1])
        for state, pair in swaps
    )
    assert found >= 0.99 * len(swaps)


@given(body=_numbers(15), place=st.integers(0, 13))
def test_ups_finds_every_swap_of_neighbouring_digits(body: str, place: int) -> None:
    assume(body[place] != body[place + 1])
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert check_digits.ups_digit(body) != check_digits.ups_digit(swapped)


@given(body=_numbers(19), place=st.integers(0, 17))
def test_gs1_finds_a_swap_of_neighbours_unless_they_differ_by_five(body: str, place: int) -> None:
    assume(abs(int(body[place]) - int(body[place + 1])) not in {0, 5})
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert check_digits.gs1_digit(body) != check_digits.gs1_digit(swapped)


@given(st.text(max_size=300))
@example("00340434161094042557" * 20)
@example("]C1")
@example("%")
def test_any_text_is_answered(text: str) -> None:
    found = recognise(text)
    assert found is None or found.number
