from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain import plain


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Node:
    name: str = ""
    colour: Colour | None = None
    price: Decimal = Decimal(0)
    day: dt.date | None = None
    at: dt.datetime | None = None
    data: bytes = b""
    pair: tuple[str, Decimal] = ("", Decimal(0))
    children: tuple[Node, ...] = ()
    only: Node | None = None
    count: int = 0
    is_open: bool = False


WHOLE = Node(
    "Größe",
    Colour.RED,
    Decimal("1E+2"),
    dt.date(2026, 11, 23),
    dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC),
    b"\x00\xff",
    ("x", Decimal("1.50")),
    (Node("child", children=(Node(),)),),
    Node(count=3, is_open=True),
)


def test_what_is_written_is_read_again_even_where_a_kind_holds_itself() -> None:
    for value in (WHOLE, Node(), WHOLE):
        read = plain.loads(Node, plain.dumps(value))
        assert read == value
        assert plain.dumps(read) == plain.dumps(value)


def test_the_text_is_canonical() -> None:
    written = json.loads(plain.dumps(WHOLE))
    assert written["price"] == "100"
    assert written["colour"] == "red"
    assert written["pair"] == ["x", "1.50"]
    assert written["data"] == "00ff"
    assert list(written) == sorted(written)
    assert type(plain.to_plain(Colour.RED)) is str


def test_unknown_entries_are_left_out_and_missing_ones_take_defaults() -> None:
    assert plain.from_plain(Node, {"name": "x", "shoe": 1, "only": None}) == Node("x")
