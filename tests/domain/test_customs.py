"""Which goods need a customs note, on which form, and what the note must not lack."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customs import (
    CustomsForm,
    CustomsItem,
    CustomsNote,
    WrongHsCode,
    WrongOrigin,
    checked_origin,
    missing,
    needs_customs,
    parse_hs_code,
)
from shopdesk.domain.money import Money

ITEM = CustomsItem("Rollmatratze", Decimal(1), 1800, Money(11900), "940429", "DE")
NOTE = CustomsNote(
    ("Schlafgut Lindner", "Marktstraße 9", "37073 Göttingen"), "DE", "", "", ("Anna Egli", "Gasse 1", "3011 Bern"),
    "CH", "", (ITEM,), 2000, Money(1990), "R-2026-0001", dt.date(2026, 11, 23),
)  # fmt: skip


@pytest.mark.parametrize(
    ("postcode", "country", "needed"),
    [
        ("3011", "CH", True), ("SW1A 1AA", "GB", True), ("0150", "NO", True), ("5300", "BG", False),
        ("1010", "AT", False), ("37073", "DE", False), ("27498", "DE", True), ("78266", "DE", True),
        ("98000", "MC", False), ("35001", "ES", True), ("28001", "ES", False), ("23041", "IT", True),
        ("97400", "FR", True), ("9490", "LI", True), ("10001", "US", True),
    ],
)  # fmt: skip
def test_goods_that_leave_the_customs_territory_need_a_note(
    postcode: str, country: str, needed: bool
) -> None:
    assert needs_customs(Address(("Weg 1",), postcode, "Ort", country), "DE") is needed


def test_a_small_cheap_parcel_goes_with_the_short_form() -> None:
    assert NOTE.form == CustomsForm.CN22
    assert replace(NOTE, gross_grams=2001).form == CustomsForm.CN23
    assert replace(NOTE, items=(replace(ITEM, value=Money(30001)),)).form == CustomsForm.CN23


@pytest.mark.parametrize(
    ("typed", "code"),
    [("9404 29", "940429"), ("9404.29.90", "94042990"), ("940429900 0", "9404299000"), ("9404-29", "940429")],
)
def test_a_tariff_number_is_read_as_it_is_written(typed: str, code: str) -> None:
    assert parse_hs_code(typed) == code


@pytest.mark.parametrize("typed", ["9404", "94042", "9404299", "Matratze", "94042990000"])
def test_what_is_no_tariff_number_is_refused_in_words(typed: str) -> None:
    with pytest.raises(WrongHsCode):
        parse_hs_code(typed)


def test_an_unknown_origin_is_refused() -> None:
    assert checked_origin("CN", "China") == "CN"
    with pytest.raises(WrongOrigin):
        checked_origin("MARS", "Mars")


def test_everything_that_is_missing_is_named() -> None:
    assert missing(NOTE) == ()
    bare = replace(ITEM, weight_grams=0, value=Money(0), hs_code="", origin="")
    assert len(missing(replace(NOTE, items=(ITEM, bare)))) == 4
    assert missing(replace(NOTE, items=()))
    assert missing(replace(NOTE, receiver=("Anna Egli",)))
