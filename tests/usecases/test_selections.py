"""Who is meant when several customers are: by tag, town, article, since when nothing (issue 4, point 6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line
from shopdesk.domain.names import PersonName
from shopdesk.domain.selections import Filter
from shopdesk.usecases import customer_merges, customers, documents, issuing, selections
from shopdesk.usecases.shop import Shop


def person(shop: Shop, name: str, address: Address = Address(), tags: tuple[str, ...] = ()) -> int:
    made = customers.create(shop, Customer(person=PersonName(family_name=name), address=address, tags=tags))
    assert made.id is not None
    return made.id


def buys(shop: Shop, customer_id: int, article: str, day: dt.date, price: str = "100") -> None:
    line = Line(text=f"Kissen {article}", article_code=article, unit_price=Decimal(price))
    begun = documents.start(shop, "invoice", customer_id)
    draft = documents.save_draft(shop, replace(begun, date=day, delivery_date=day, lines=(line,)))
    assert draft.id is not None
    issuing.issue(shop, draft.id, send=False)


@pytest.fixture
def people(open_shop: Shop) -> dict[str, int]:
    """Göttingen, Übach and Gabrovo; Ahrens bought long ago, Beck lately."""
    return {
        "Ahrens": person(open_shop, "Ahrens", Address(("Weg 1",), "37073", "Göttingen"), ("Hotel",)),
        "Beck": person(open_shop, "Beck", Address(("Weg 2",), "52531", "Übach-Palenberg")),
        "Ivanova": person(open_shop, "Ivanova", Address(("ул. 1",), "5300", "Gabrovo", "BG"), ("Hotel",)),
    }


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(), "Ahrens Beck Ivanova"),
        (Filter(place="370"), "Ahrens"),
        (Filter(place="37 073"), "Ahrens"),
        (Filter(place="göt"), "Ahrens"),
        (Filter(place="übach"), "Beck"),
        (Filter(place="Übach"), "Beck"),
        (Filter(place="%"), ""),
        (Filter(tag="Hotel"), "Ahrens Ivanova"),
        (Filter(tag="Hotel", place="gab"), "Ivanova"),
    ],
)
def test_tag_and_place_narrow_down(
    open_shop: Shop, people: dict[str, int], wanted: Filter, names: str
) -> None:
    found = selections.matching(open_shop, wanted)
    assert found == tuple(people[name] for name in names.split())
    assert selections.count(open_shop, wanted) == len(found)
    assert tuple(row.id for row in selections.rows(open_shop, found)) == found


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(article="KI-1"), "Ahrens Beck"),
        (Filter(article="ki-1"), "Ahrens Beck"),
        (Filter(article="kissen ki-2"), "Beck"),
        (Filter(article="KI-1", bought_since=dt.date(2026, 11, 10)), "Beck"),
        (Filter(bought_since=dt.date(2026, 11, 10)), "Beck"),
        (Filter(nothing_since=dt.date(2026, 11, 10)), "Ahrens"),
        (Filter(nothing_since=dt.date(2026, 11, 1)), ""),
        (Filter(article="nichts"), ""),
    ],
)
def test_what_was_bought_and_since_when_nothing(
    open_shop: Shop, people: dict[str, int], wanted: Filter, names: str
) -> None:
    buys(open_shop, people["Ahrens"], "KI-1", dt.date(2026, 11, 5))
    buys(open_shop, people["Beck"], "KI-1", dt.date(2026, 11, 12))
    buys(open_shop, people["Beck"], "KI-2", dt.date(2026, 11, 12))
    assert selections.matching(open_shop, wanted) == tuple(people[name] for name in names.split())


def test_what_a_merged_customer_bought_counts_for_the_survivor(
    open_shop: Shop, people: dict[str, int]
) -> None:
    buys(open_shop, people["Beck"], "KI-1", dt.date(2026, 11, 12))
    left, right = (customers.get(open_shop, people[name]) for name in ("Ahrens", "Beck"))
    survivor, _undo = customer_merges.merge(open_shop, left, right, {})
    assert selections.matching(open_shop, Filter(article="KI-1")) == (survivor.id,)
    assert selections.matching(open_shop, Filter(nothing_since=dt.date(2026, 11, 20))) == (survivor.id,)


def test_the_search_marks_each_once(open_shop: Shop, people: dict[str, int]) -> None:
    assert selections.found(open_shop, "gabrovo") == (people["Ivanova"],)


def test_deleted_ones_are_left_out(open_shop: Shop, people: dict[str, int]) -> None:
    customers.delete(open_shop, people["Beck"])
    with open_shop.reading() as connection:
        found = [one.name for one in selections.people(connection, (people["Ivanova"], people["Beck"]) * 2)]
    assert found == ["Ivanova"]
    assert people["Beck"] not in selections.matching(open_shop, Filter())
