"""Numbers of the shop's own town, cells in doubt and values left out: as they are stored, and as the owner is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.imports.values import Action, Decision
from shopdesk.domain.names import PersonName
from shopdesk.i18n import Texts
from shopdesk.ui.imports.words import subtitle
from shopdesk.usecases import customers, imports, shop_settings
from shopdesk.usecases.imports import Plan
from shopdesk.usecases.shop import Shop


@pytest.fixture
def local_shop(open_shop: Shop) -> Shop:
    """A shop that knows its area code."""
    shop_settings.save_profile(open_shop, replace(shop_settings.profile(open_shop), area_code="0551"))
    return open_shop


def planned(shop: Shop, folder: Path, *lines: str, decisions: dict[int, Decision] | None = None) -> Plan:
    path = folder / "liste.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return imports.plan(shop, imports.prepare(shop, imports.open_list(shop, path)), decisions)


def stored(shop: Shop) -> list[Customer]:
    return [customers.get(shop, row.id) for row in customers.page(shop)]


def test_a_number_without_area_code_is_one_of_the_shops_town(local_shop: Shop, tmp_path: Path) -> None:
    imports.run(
        local_shop, planned(local_shop, tmp_path, "Name;Telefon;Ort", "Lokal Eins;66 77 88;Göttingen")
    )
    (one,) = stored(local_shop)
    assert [phone.e164 for phone in one.phones] == ["+49551667788"]
    typed = customers.create(local_shop, replace(one, id=None, phones=(Phone("66 77 99"),)))
    assert [phone.e164 for phone in typed.phones] == ["+49551667799"]
    saved, _undo = customers.save(local_shop, replace(typed, phones=(Phone("66 77 11"),)))
    assert [phone.e164 for phone in saved.phones] == ["+49551667711"]


def test_several_numbers_typed_into_one_field_become_several(local_shop: Shop) -> None:
    typed = Customer(
        person=PersonName(family_name="Vogel"), phones=(Phone("0551/4711-25/26"), Phone("0171-123, 0551/22"))
    )
    assert [(phone.number, phone.e164) for phone in customers.create(local_shop, typed).phones] == [
        ("+49 551 471125", "+49551471125"),
        ("+49 551 471126", "+49551471126"),
        ("0171-123, 0551/22", ""),
    ]


def test_a_cell_in_doubt_is_asked_about_and_decided_once(local_shop: Shop, tmp_path: Path) -> None:
    lines = ("Nachname;Telefon;Ort", "Vogel;0171-123, 0551/22;Kassel")
    plan = planned(local_shop, tmp_path, *lines)
    assert [row.action for row in plan.rows] == [Action.DOUBTFUL]
    assert imports.run(local_shop, plan).plan.new == []
    imports.run(local_shop, planned(local_shop, tmp_path, *lines, decisions={2: Decision()}))
    assert [phone.number for phone in stored(local_shop)[0].phones] == ["0171-123, 0551/22"]
    assert [row.action for row in planned(local_shop, tmp_path, *lines).rows] == [Action.UNCHANGED]


def test_a_bad_value_leaves_the_customer_in_and_is_named(local_shop: Shop, tmp_path: Path) -> None:
    lines = ("Nachname;E-Mail;Land;Telefon", "Vogel;hans@;OtherCountry;0551 22333")
    plan = planned(local_shop, tmp_path, *lines)
    assert [row.action for row in plan.rows] == [Action.NEW]
    texts = Texts("de")
    said = "Nicht übernommen: Land „OtherCountry“, E-Mail-Adresse „hans@“."
    assert plan.rows[0].reason is not None
    assert texts.say(plan.rows[0].reason) == said
    assert imports.told("liste.csv", plan, texts)["left_out"] == [{"row": 2, "reason": said}]
    imports.run(local_shop, plan)
    assert [one.name for one in stored(local_shop)] == ["Vogel"]


def test_columns_that_nobody_takes_over_are_named(local_shop: Shop, tmp_path: Path) -> None:
    plan = planned(
        local_shop, tmp_path, "Nachname;Sternzeichen;Ort;Leer", "Vogel;Widder;Kassel;", "Lang;;Kassel;"
    )
    assert imports.told("liste.csv", plan, Texts("de"))["columns_left_out"] == ["Sternzeichen"]
    assert "nicht übernommene Spalten: Sternzeichen" in subtitle(plan.prepared.opened, Texts("de"))
