"""Who brought customers and what they bought, equal to a count by hand; links survive merging (S26)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Line
from shopdesk.domain.money import Money
from shopdesk.i18n import Texts
from shopdesk.usecases import chains, customer_merges, customers, documents, issuing, recommendations
from shopdesk.usecases.shop import Shop


def person(shop: Shop, name: str, by: str = "") -> Customer:
    address = Address(("Weg 1",), "37073", "Göttingen")
    return customers.create(shop, Customer(company=name, address=address, recommended_by=by))


def buys(shop: Shop, customer: Customer, price: str, kind: str = "invoice") -> int:
    line = Line(text="Kissen", unit_price=Decimal(price))
    draft = documents.save_draft(shop, replace(documents.start(shop, kind, customer.id), lines=(line,)))
    assert draft.id is not None
    issuing.issue(shop, draft.id, send=False)
    return draft.id


def cancel(shop: Shop, document_id: int) -> None:
    draft = chains.follow_up(shop, document_id, "cancellation")
    assert draft.id is not None
    issuing.issue(shop, draft.id, send=False)


@pytest.fixture
def people(open_shop: Shop) -> dict[str, Customer]:
    """Lena brought Beck and Cohn, somebody "Google" brought Dorn, Ernst came by himself."""
    lena = person(open_shop, "Lena")
    found = {
        "Lena": lena,
        "Beck": person(open_shop, "Beck", lena.number),
        "Cohn": person(open_shop, "Cohn", "Lena"),
        "Dorn": person(open_shop, "Dorn", "Google"),
        "Ernst": person(open_shop, "Ernst"),
    }
    buys(open_shop, found["Beck"], "100")
    buys(open_shop, found["Beck"], "50")
    buys(open_shop, found["Dorn"], "30")
    buys(open_shop, found["Ernst"], "999")
    buys(open_shop, lena, "777")
    return found


BY_HAND = """
SELECT c.recommended_by_id, count(DISTINCT c.id), coalesce(sum(d.gross), 0)
FROM customer AS c LEFT JOIN document AS d
  ON d.customer_id = c.id AND d.state = 'issued' AND d.kind = 'invoice'
WHERE c.recommended_by <> '' AND c.deleted_at IS NULL
GROUP BY c.recommended_by_id ORDER BY 3 DESC
"""


def test_it_equals_a_count_by_hand(open_shop: Shop, people: dict[str, Customer]) -> None:
    report = recommendations.report(open_shop)
    with open_shop.reading() as connection:
        by_hand = [tuple(row) for row in connection.exec_driver_sql(BY_HAND)]
    assert [(one.customer_id, one.customers, one.turnover.minor) for one in report] == by_hand
    lena, google = report
    assert (lena.name, lena.customers, lena.buyers, lena.purchases) == ("Lena", 2, 1, 2)
    assert lena.turnover == Money(15000, "EUR")
    assert (google.name, google.customer_id, google.turnover) == ("Google", None, Money(3000, "EUR"))


def test_the_link_survives_a_merge_on_both_sides(open_shop: Shop, people: dict[str, Customer]) -> None:
    other = person(open_shop, "Lena B.")
    survivor, _undo = customer_merges.merge(
        open_shop,
        customers.get(open_shop, people["Lena"].id or 0),
        customers.get(open_shop, other.id or 0),
        {},
    )
    fresh = person(open_shop, "Beck 2")
    buys(open_shop, fresh, "11")
    customer_merges.merge(
        open_shop,
        customers.get(open_shop, people["Beck"].id or 0),
        customers.get(open_shop, fresh.id or 0),
        {},
    )
    first = recommendations.report(open_shop)[0]
    assert (first.customer_id, first.customers, first.turnover) == (survivor.id, 2, Money(16100, "EUR"))


def test_what_was_cancelled_was_not_brought(open_shop: Shop, people: dict[str, Customer]) -> None:
    cancel(open_shop, buys(open_shop, people["Cohn"], "400"))
    lena = recommendations.report(open_shop)[0]
    assert (lena.buyers, lena.purchases, lena.turnover) == (1, 2, Money(15000, "EUR"))


def test_a_deleted_customer_counts_no_more(open_shop: Shop, people: dict[str, Customer]) -> None:
    customers.delete(open_shop, people["Cohn"].id or 0)
    assert recommendations.report(open_shop)[0].customers == 1


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_it_comes_out_as_a_table(
    open_shop: Shop, people: dict[str, Customer], tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"r.{ending}"
    assert recommendations.save(open_shop, target, Texts("de")) == 2
    if ending == "csv":
        assert "Lena;K-1001;2;1;2;150,00" in target.read_text(encoding="utf-8-sig")
    else:
        sheet = openpyxl.load_workbook(target).active
        rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
        assert ("Lena", people["Lena"].number, 2, 1, 2, 150) in rows
