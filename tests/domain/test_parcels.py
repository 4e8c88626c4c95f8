"""Can it be shipped? Parcels, services, limits, surcharges, and what is asked instead of guessed (S5)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.packed_sizes import PackedSize, roll_of, scaled
from shopdesk.domain.packing import plan
from shopdesk.domain.parcel_limits import Fit, Outside, judge
from shopdesk.domain.parcels import MOST_PIECES, ParcelPlan, Piece, PlannedParcel, alone, preferring
from shopdesk.domain.shipping_services import (
    ANYWHERE,
    Bulky,
    DatedPrice,
    PriceState,
    RollRule,
    Service,
    ServiceTable,
    Shape,
)

TODAY = dt.date(2026, 11, 23)


def price(amount: str | None, until: dt.date | None = None, *, confirmed: bool = True) -> DatedPrice:
    return DatedPrice(Decimal(amount) if amount else None, dt.date(2026, 1, 1), until, confirmed=confirmed)


def parcel_service(code: str, kilograms: str, amount: str | None, zone: str = "de") -> Service:
    return Service(
        code, code, zone, "DHL", int(Decimal(kilograms) * 1000), 1200, 600, 600, 3000, 150, 110, 10,
        RollRule(1200, 150, 5000), Bulky(2000, 3600, 600, price("22.50")), price(amount), tracked=True,
    )  # fmt: skip


SMALL = Service(
    "S", "S", "de", "DHL", 2000, 350, 250, 100, 0, 150, 110, 10, price=price("4.19"), tracked=False
)
TWO = Service("P2", "P2", "de", "DHL", 2000, 600, 300, 150, price=price("6.19"), tracked=True)
FORWARDER = Service("forwarder", "Spedition", ANYWHERE, by_arrangement=True)
TABLE = ServiceTable(
    (
        SMALL, TWO, parcel_service("P5", "5", "7.69"), parcel_service("P10", "10", "10.49"),
        parcel_service("P20", "20", "18.99"), parcel_service("P31", "31.5", "23.99"),
        parcel_service("E10", "10", None, "eu"), parcel_service("E20", "20", "27.30", "eu"), FORWARDER,
    ),
    {"de": frozenset({"DE"}), "eu": frozenset({"BG", "AT"})},
)  # fmt: skip


def box(*sides: int, kg: str = "1", together: bool = False, line: int = 0, packaging: int = 0) -> Piece:
    size = PackedSize(Shape.BOX, sides[0] * 10, sides[1] * 10, sides[2] * 10, together)
    return Piece(line, f"box {line}", int(Decimal(kg) * 1000), size, packaging)


def roll(length: int, diameter: int, kg: str = "1", *, together: bool = False, line: int = 0) -> Piece:
    return Piece(
        line,
        f"roll {line}",
        int(Decimal(kg) * 1000),
        roll_of(length * 10, diameter * 10, together=together),
    )


def planned(*pieces: Piece, to: str = "DE", tracked: bool = False) -> ParcelPlan:
    return plan(pieces, TABLE, to, TODAY, tracked_only=tracked)


def services(found: ParcelPlan) -> list[str]:
    return [
        entry.fit.service.code + ("+" if entry.fit.bulky else "") if entry.fit else "-"
        for entry in found.parcels
    ]


# pieces, destination, only with a tracking number → the services ("+" is with the surcharge for bulky goods)
CASES: list[tuple[str, list[Piece], str, bool, list[str]]] = [
    ("a small thing", [box(30, 20, 8)], "DE", False, ["S"]),
    ("the same with a tracking number", [box(30, 20, 8)], "DE", True, ["P2"]),
    ("laid down any way", [box(8, 30, 20)], "DE", False, ["S"]),
    ("exactly at the limit", [box(35, 25, 10, kg="2")], "DE", False, ["S"]),
    ("a gram too heavy", [box(35, 25, 10, kg="2.001")], "DE", False, ["P5"]),
    ("a centimetre too long", [box(36, 25, 10)], "DE", False, ["P2"]),
    ("too high for two kilograms", [box(40, 30, 16)], "DE", False, ["P5"]),
    ("five kilograms", [box(60, 40, 40, kg="5")], "DE", False, ["P5"]),
    ("packaging counts", [box(60, 40, 40, kg="4.9", packaging=200)], "DE", False, ["P10"]),
    ("ten kilograms", [box(60, 40, 40, kg="10")], "DE", False, ["P10"]),
    ("eleven kilograms", [box(60, 40, 40, kg="11")], "DE", False, ["P20"]),
    ("31.5 kilograms", [box(60, 40, 40, kg="31.5")], "DE", False, ["P31"]),
    ("heavier than any parcel", [box(60, 40, 40, kg="32")], "DE", False, ["forwarder"]),
    ("as long as may be", [box(120, 45, 45, kg="4")], "DE", False, ["P5"]),
    ("a girth of exactly three metres", [box(120, 50, 40, kg="4")], "DE", False, ["P5"]),
    ("a girth over three metres", [box(120, 50, 41, kg="4")], "DE", False, ["P5+"]),
    ("longer than 120", [box(121, 20, 20, kg="4")], "DE", False, ["P5+"]),
    ("two metres", [box(200, 30, 30, kg="9")], "DE", False, ["P10+"]),
    ("longer than two metres", [box(201, 20, 20, kg="4")], "DE", False, ["forwarder"]),
    ("a girth over 360", [box(200, 45, 40, kg="9")], "DE", False, ["forwarder"]),
    ("a wide one is bulky", [box(80, 61, 20, kg="4")], "DE", False, ["P5+"]),
    ("a mattress that nobody rolled", [box(200, 90, 16, kg="9")], "DE", False, ["forwarder"]),
    ("a thin light roll", [roll(100, 12, "3")], "DE", False, ["P5"]),
    ("a roll at the limits", [roll(120, 15, "5")], "DE", False, ["P5"]),
    ("a roll over five kilograms", [roll(100, 15, "6")], "DE", False, ["P10+"]),
    ("a thick roll", [roll(85, 25, "4")], "DE", False, ["P5+"]),
    ("a long roll", [roll(160, 14, "4")], "DE", False, ["P5+"]),
    ("a roll of two metres", [roll(200, 40, "20")], "DE", False, ["P20+"]),
    ("a roll longer than two metres", [roll(210, 20, "8")], "DE", False, ["forwarder"]),
    ("a roll too thick", [roll(100, 61, "8")], "DE", False, ["forwarder"]),
    ("a short roll as a small parcel", [roll(30, 9, "1")], "DE", False, ["S"]),
    ("two rolls to Bulgaria", [roll(85, 25, "9"), roll(85, 25, "9")], "BG", True, ["E10+", "E10+"]),
    ("a country of no zone", [box(30, 20, 8)], "US", False, ["forwarder"]),
    ("two that go alone", [box(20, 15, 5), box(20, 15, 5)], "DE", False, ["S", "S"]),
    ("two in one", [box(20, 15, 5, together=True)] * 2, "DE", False, ["S"]),
    ("three in one larger", [box(30, 20, 9, kg="1.5", together=True)] * 3, "DE", False, ["P5"]),
    ("eight in one", [box(30, 20, 10, kg="1", together=True)] * 8, "DE", False, ["P10"]),
    ("too heavy together", [box(40, 30, 30, kg="20", together=True)] * 2, "DE", False, ["P20", "P20"]),
    ("twelve by first fit", [box(30, 20, 10, kg="0.5", together=True)] * 12, "DE", False, ["P10"]),
    ("one alone, two shared", [box(20, 15, 5, together=True), box(60, 40, 40, kg="9"), box(20, 15, 5, together=True)],
     "DE", False, ["P10", "S"]),
    ("rolls in one carton are no rolls", [roll(50, 10, "2", together=True)] * 2, "DE", False, ["P5"]),
    ("a letter", [Piece(0, "Brief", 200, PackedSize(Shape.LETTER, 300, 210, 20))], "DE", False, ["S"]),
    ("nothing to ship", [], "DE", False, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pieces", "to", "tracked", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_parcel_gets_the_service_that_takes_it(
    pieces: list[Piece], to: str, tracked: bool, expected: list[str]
) -> None:
    assert services(planned(*pieces, to=to, tracked=tracked)) == expected


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40


def test_two_rolls_to_bulgaria_name_rule_limit_price_and_what_else_there_is() -> None:
    found = planned(roll(85, 25, "9"), roll(85, 25, "9", line=0), to="BG", tracked=True)
    first = found.parcels[0]
    assert first.fit is not None
    assert first.fit.service.code == "E10"
    assert first.fit.bulky is not None
    assert first.fit.bulky.values["limit"] == Decimal(15)
    assert first.fit.amount is None  # nobody knows it: asked, not taken from the heavier one
    assert found.ready_price is None
    assert [code for code, _, _ in found.doubtful] == ["E10"]
    assert [(other.service.code, other.amount) for other in first.others] == [
        ("E20", Decimal("49.80")),
        ("forwarder", None),
    ]


def test_over_the_limit_the_reason_names_value_and_limit() -> None:
    (entry,) = planned(box(201, 20, 20, kg="4")).parcels
    reasons = {refusal.service.code: refusal.reason.values for refusal in entry.refusals}
    assert reasons["P5"] == {"value": Decimal(201), "limit": Decimal(200)}
    assert entry.fit is not None
    assert entry.fit.service is FORWARDER
    assert not planned(box(201, 20, 20, kg="4")).by_parcel


def test_too_many_pieces_are_not_planned() -> None:
    found = planned(*[box(20, 15, 5)] * (MOST_PIECES + 1))
    assert found.is_too_much
    assert not found.parcels


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (DatedPrice(Decimal(5)), PriceState.VALID),
        (price("5", TODAY), PriceState.VALID),
        (price("5", TODAY - dt.timedelta(1)), PriceState.OLD),
        (DatedPrice(Decimal(5), TODAY + dt.timedelta(1)), PriceState.COMING),
        (price("5", confirmed=False), PriceState.UNCONFIRMED),
        (price(None), PriceState.MISSING),
    ],
)
def test_a_price_has_a_date(value: DatedPrice, state: PriceState) -> None:
    assert value.state(TODAY) == state


@pytest.mark.parametrize(
    "doubtful", [price("5", dt.date(2025, 12, 31)), price("5", confirmed=False), price(None)]
)
def test_an_old_or_unconfirmed_price_is_never_filled_in(doubtful: DatedPrice) -> None:
    service = Service("X", "X", "de", max_weight_grams=5000, price=doubtful, tracked=True)
    found = plan([box(20, 15, 5)], ServiceTable((service,), TABLE.zones), "DE", TODAY)
    assert found.is_complete
    assert found.ready_price is None
    assert [code for code, _, _ in found.doubtful] == ["X"]


def test_a_doubtful_surcharge_makes_the_whole_price_doubtful() -> None:
    service = parcel_service("P5", "5", "7.69")
    assert service.bulky is not None
    old = Bulky(2000, 3600, 600, price("22.50", confirmed=False))
    table = ServiceTable((replace(service, bulky=old),), TABLE.zones)
    assert plan([box(60, 40, 30)], table, "DE", TODAY).ready_price == Decimal("7.69")
    assert plan([box(150, 20, 20)], table, "DE", TODAY).ready_price is None


_SIDE = st.integers(min_value=5, max_value=2300)
_PIECE = st.builds(
    lambda sides, grams, shape, together: Piece(
        0,
        "x",
        grams,
        roll_of(sides[0], sides[1], together=together)
        if shape == Shape.ROLL
        else PackedSize(shape, sides[0], sides[1], sides[2], together),
    ),
    st.tuples(_SIDE, _SIDE, _SIDE),
    st.integers(min_value=1, max_value=40_000),
    st.sampled_from(list(Shape)),
    st.booleans(),
)


def _numbered(pieces: list[Piece]) -> list[Piece]:
    return [Piece(at, f"{at}", piece.weight_grams, piece.packed) for at, piece in enumerate(pieces)]


@given(st.lists(_PIECE, max_size=7), st.sampled_from(["DE", "BG", "US"]), st.booleans())
def test_every_piece_is_in_exactly_one_parcel_and_no_limit_is_exceeded(
    pieces: list[Piece], to: str, tracked: bool
) -> None:
    numbered = _numbered(pieces)
    found = plan(numbered, TABLE, to, TODAY, tracked_only=tracked)
    packed = [piece.line for entry in found.parcels for piece in entry.parcel.pieces]
    assert sorted(packed) == list(range(len(numbered)))
    for entry in found.parcels:
        outside = entry.parcel.outside
        assert outside.weight_grams == sum(piece.weight_grams for piece in entry.parcel.pieces)
        if entry.fit is not None:
            assert isinstance(judge(entry.fit.service, outside, tracked_only=tracked), Fit)
        if len(entry.parcel.pieces) > 1:
            assert all(piece.packed.together for piece in entry.parcel.pieces)


@given(st.lists(_PIECE, min_size=1, max_size=14))
def test_it_is_never_worse_than_a_parcel_for_each_piece(pieces: list[Piece]) -> None:
    found = plan(_numbered(pieces), TABLE, "DE", TODAY)
    apart = [plan([piece], TABLE, "DE", TODAY).parcels[0] for piece in _numbered(pieces)]
    assert len(found.parcels) <= len(apart)
    assert sum(_by_hand(entry.fit) for entry in found.parcels) <= sum(_by_hand(entry.fit) for entry in apart)
    if not any(_by_hand(entry.fit) for entry in apart):
        assert _sum_of(found.parcels) <= _sum_of(apart)


def _by_hand(fit: Fit | None) -> int:
    return int(fit is None or fit.service.by_arrangement)


def _sum_of(entries: Sequence[PlannedParcel]) -> Decimal:
    return sum((entry.fit.amount or Decimal(0) for entry in entries if entry.fit), Decimal(0))


@given(st.lists(_PIECE, min_size=2, max_size=6))
def test_a_shared_parcel_holds_what_is_in_it(pieces: list[Piece]) -> None:
    """The room of the box is at least that of its things, and each side at least their longest."""
    for entry in plan(_numbered(pieces), TABLE, "DE", TODAY).parcels:
        members = entry.parcel.pieces
        if len(members) < 2:
            assert entry.parcel == alone(members[0])
            continue
        sides = entry.parcel.outside.sides
        boxes = [sorted(piece.packed.sides, reverse=True) for piece in members]
        assert all(one >= other for one, other in pairwise(sides))
        for axis in range(3):
            assert sides[axis] >= max(one[axis] for one in boxes)
        assert sides[0] * sides[1] * sides[2] >= sum(a * b * c for a, b, c in boxes)


def test_a_custom_size_scales_weight_and_roll() -> None:
    rolled = roll_of(900, 300)
    assert scaled(rolled, (900, 2000), (800, 1900)) == roll_of(800, 293)
    assert scaled(rolled, (900, 2000), (900, 2000)) == rolled
    flat = PackedSize(Shape.BOX, 2000, 900, 80)
    assert scaled(flat, (900, 2000), (800, 1900)) == PackedSize(Shape.BOX, 1900, 800, 80)
    assert not scaled(PackedSize(), (900, 2000), (800, 1900)).is_known


def test_the_girth_of_a_roll_is_its_length_and_its_circumference() -> None:
    assert Outside(Shape.ROLL, (850, 250, 250), 9000).girth_mm == 850 + 786
    assert Outside(Shape.BOX, (850, 250, 250), 9000).girth_mm == 1850


def test_names_are_counted_in_the_order_of_the_lines() -> None:
    found = planned(
        box(20, 15, 5, together=True, line=1),
        box(20, 15, 5, together=True, line=0),
        box(20, 15, 5, together=True, line=1),
    )
    assert Counter(dict(found.parcels[0].parcel.counts)) == Counter({"box 0": 1, "box 1": 2})
    assert found.parcels[0].parcel.counts[0][0] == "box 0"


def test_a_preferred_service_comes_first_where_it_takes_the_parcel() -> None:
    found = planned(box(60, 40, 40, kg="5"), box(60, 40, 40, kg="31"))
    assert services(preferring(found, "P20")) == ["P20", "P31"]
    assert services(preferring(found, "nobody")) == services(found)
    assert {fit.service.code for fit in preferring(found, "P20").parcels[0].others} == {
        "P5", "P10", "P31", "forwarder",
    }  # fmt: skip
