"""Stock counted by hand: yes, no, pieces, or nobody counts."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.article_stock import Stock, StockKind, StockUnreadable, parse_stock

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "kind", "pieces"),
    [
        ("3", StockKind.PIECES, 3), ("3 Stk.", StockKind.PIECES, 3), ("0", StockKind.PIECES, 0),
        ("12 Stück", StockKind.PIECES, 12), ("ja", StockKind.THERE, 0), ("Da", StockKind.THERE, 0),
        ("nein", StockKind.NONE, 0), ("", StockKind.UNTRACKED, 0), ("-", StockKind.UNTRACKED, 0),
    ],
)  # fmt: skip
def test_what_people_type_is_a_stock(typed: str, kind: StockKind, pieces: int) -> None:
    found = parse_stock(typed, TODAY)
    assert (found.kind, found.pieces) == (kind, pieces)
    assert found.counted_on == (None if kind == StockKind.UNTRACKED else TODAY)


@pytest.mark.parametrize("typed", ["viele", "3,5", "-2", "99999999", "ja 3"])
def test_what_is_no_stock_is_said(typed: str) -> None:
    with pytest.raises(StockUnreadable):
        parse_stock(typed, TODAY)


def test_goods_in_count_only_where_somebody_counts() -> None:
    assert Stock().added(4) == Stock()
    assert Stock(StockKind.PIECES, 3).added(4).pieces == 7
    assert Stock(StockKind.NONE).added(4).kind == StockKind.THERE
    assert Stock(StockKind.THERE).added(4).kind == StockKind.THERE


def test_whether_some_is_there() -> None:
    assert Stock(StockKind.PIECES, 1).is_there
    assert not Stock(StockKind.PIECES, 0).is_there
    assert not Stock().is_there
