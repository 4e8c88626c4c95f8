"""The shipped table of VAT rates: complete, dated, and today the same as the European Commission's."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D

import pytest

from shopdesk.domain.addresses import EU
from shopdesk.usecases.tax import vat_rates

TODAY = dt.date(2026, 11, 23)

# where the Commission's table lists rates that ours leaves out, and why
REGIONAL = {
    "AT": {D(19)},  # Jungholz and Mittelberg
    "FR": {D("0.9"), D("1.05"), D("8.5"), D(13)},  # Corsica, overseas
    "GR": {D(4), D(17)},  # Aegean islands
    "PT": {D(16), D(22)},  # Azores, Madeira
}


@pytest.mark.parametrize(
    ("country", "day", "rate"),
    [
        ("DE", "2020-06-30", "19"), ("DE", "2020-07-01", "16"), ("DE", "2020-12-31", "16"), ("DE", "2021-01-01", "19"),
        ("FI", "2024-08-31", "24"), ("FI", "2024-09-01", "25.5"),
        ("SK", "2024-12-31", "20"), ("SK", "2025-01-01", "23"),
        ("EE", "2025-06-30", "22"), ("EE", "2025-07-01", "24"), ("RO", "2025-07-31", "19"), ("RO", "2025-08-01", "21"),
        ("LU", "2023-06-01", "16"), ("IE", "2020-12-31", "21"), ("GR", "2016-05-31", "23"), ("BG", "2026-11-23", "20"),
    ],
)  # fmt: skip
def test_a_change_holds_from_its_first_day(country: str, day: str, rate: str) -> None:
    assert vat_rates().standard_on(country, dt.date.fromisoformat(day)) == D(rate)


@pytest.mark.parametrize(
    ("country", "day", "rates"),
    [
        ("DE", "2020-06-30", {7}), ("DE", "2020-07-01", {5}), ("DE", "2021-01-01", {7}), ("DK", "2026-11-23", set()),
        ("SK", "2024-12-31", {5, 10}), ("SK", "2025-01-01", {5, 19}), ("RO", "2025-08-01", {11}),
        ("CZ", "2024-01-01", {12}),
    ],
)  # fmt: skip
def test_reduced_rates_change_on_their_day(country: str, day: str, rates: set[int]) -> None:
    assert vat_rates().reduced_on(country, dt.date.fromisoformat(day)) == {D(rate) for rate in rates}


def test_all_member_states_have_a_rate_for_each_day_since_2016() -> None:
    table = vat_rates()
    assert set(table.standard) == set(table.reduced) == EU
    for country in EU:
        for rows in (table.standard[country], table.reduced[country]):
            days = [first for first, _rates in rows]
            assert days == sorted(set(days)), country
            assert days[0] == dt.date(2016, 1, 1), country
        assert all(len(rates) == 1 for _first, rates in table.standard[country])


def test_a_country_outside_the_table_has_no_rate() -> None:
    assert vat_rates().standard_on("CH", TODAY) is None
    assert vat_rates().reduced_on("CH", TODAY) == frozenset()
    assert "CH" not in vat_rates().all_standard_on(TODAY)


def test_today_agrees_with_the_commissions_table() -> None:
    data = pytest.importorskip("eu_vat_rates_data", reason="pip install eu-vat-rates-data")
    table, day = vat_rates(), min(TODAY, dt.date.fromisoformat(data.data_version))
    for country in sorted(EU):
        theirs = data.get_rate(country)
        assert table.standard_on(country, day) == D(str(theirs["standard"])), country
        more = [theirs["super_reduced"], theirs["parking"]]
        known = {D(str(rate)) for rate in (*theirs["reduced"], *more) if rate is not None}
        ours = table.reduced_on(country, day)
        assert ours <= known, country
        assert known - ours == REGIONAL.get(country, set()), country
