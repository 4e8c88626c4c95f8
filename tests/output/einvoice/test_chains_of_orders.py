"""Every tax case through its story by order files: deposit, final invoice, correction, cancellation. All valid."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shopdesk.i18n import Texts
from shopdesk.store import documents
from shopdesk.usecases.orders import Wanted, issue_order
from shopdesk.usecases.shop import Shop
from tests.output.einvoice.official import Verdict
from tests.output.einvoice.test_tax_orders import CASES, shop
from tests.usecases.test_tax_orders import GOODS

__all__ = ["shop"]  # the fixture

Issue = Callable[..., dict[str, Any]]


@pytest.fixture
def issue(shop: Shop, judge: Callable[[bytes], Verdict], tmp_path: Path) -> Issue:
    """Issues an order and sees that its e-invoice keeps the official rules."""

    def call(kind: str, **fields: Any) -> dict[str, Any]:
        order = {"kind": kind, "delivery_date": "2026-11-23", **fields}
        answer = issue_order(shop, json.dumps(order).encode(), Wanted(tmp_path / "out"), Texts("de"))
        with shop.reading() as connection:
            issued = documents.by_number(connection, answer["number"])
            assert issued is not None
            files = documents.files(connection, issued.id or 0)
        verdict = judge(next(file.data for file in files if file.name.endswith(".xml")))
        assert verdict.is_valid, (kind, verdict)
        return answer

    return call


def amount(answer: dict[str, Any], name: str = "gross") -> Decimal:
    return Decimal(answer["totals"][name])


# each way of prices with half of the cases: the arithmetic has tests of its own, and these take their time
@pytest.mark.parametrize(("name", "prices"), list(zip(CASES, ["net", "gross"] * len(CASES), strict=False)))
def test_the_story_of_a_job_is_valid_and_comes_to_the_job(issue: Issue, name: str, prices: str) -> None:
    job: dict[str, Any] = {"lines": [GOODS], "prices": prices, "due": "+7"} | CASES[name]
    whole = issue("invoice", **job)
    cancelled = issue("cancellation", refers_to=whole["number"])
    assert amount(cancelled) == -amount(whole)
    if name == "voucher":
        return  # nothing is sold yet: there is neither a deposit nor a final invoice
    first = [line | {"unit_price": "10.00", "quantity": "1"} for line in job["lines"][:2]]
    deposit = issue("deposit_invoice", **job | {"lines": first})
    final = issue("final_invoice", **job, refers_to=deposit["number"])
    assert amount(deposit) + amount(final) == amount(whole)
    credit = issue("credit_note", lines=first, prices=prices, refers_to=final["number"])
    assert (credit["tax_case"], amount(credit)) == (final["tax_case"], amount(deposit))
