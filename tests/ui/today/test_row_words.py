"""What a row says first is what stays to be read where the window is narrow: the customer."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.i18n import Texts
from shopdesk.ui.today.row_kinds import title

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize("kind", [TodayKind.LATE_SHIPMENT, TodayKind.UNSHIPPED, TodayKind.OVERDUE])
def test_the_customer_stands_before_the_number(kind: TodayKind) -> None:
    said = title(TodayItem(kind, 1, "R-2026-0002", "Desislava Ivanova", due=DAY), Texts("de"))[0]
    assert said.endswith(": Desislava Ivanova · R-2026-0002")
