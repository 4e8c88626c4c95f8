from __future__ import annotations

from dataclasses import replace

import pytest

from shopdesk.domain.customers import Customer
from shopdesk.domain.merging import merged

BEFORE = Customer(id=1, version=3, company="Krug", vat_id="", emails=("a@example.org",))


@pytest.mark.parametrize(
    ("typed", "now", "expected"),
    [
        ({}, {}, {}),
        ({"company": "Krug GmbH"}, {}, {"company": "Krug GmbH"}),
        ({}, {"company": "Krug KG"}, {"company": "Krug KG"}),
        ({"company": "Krug GmbH"}, {"emails": ()}, {"company": "Krug GmbH", "emails": ()}),
        ({"company": "Krug GmbH"}, {"company": "Krug KG"}, {"company": "Krug GmbH"}),
    ],
    ids=["nobody", "only here", "only there", "different fields", "the same field"],
)
def test_what_was_typed_stands_over_what_is_stored_now(
    typed: dict[str, object], now: dict[str, object], expected: dict[str, object]
) -> None:
    stored = replace(BEFORE, version=4, **now)  # type: ignore[arg-type]
    result = merged(BEFORE, replace(BEFORE, **typed), stored)  # type: ignore[arg-type]
    assert result == replace(BEFORE, version=4, **expected)  # type: ignore[arg-type]
