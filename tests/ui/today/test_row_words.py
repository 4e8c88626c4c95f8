"""What a row says first is what stays to be read where the window is narrow: the customer."""

from __future__ import annotations

import datetime as dt

import pytest

from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.i18n import Texts
from shopdesk.ui.today.row_kinds import title

DAY = dt.date(2026, 11, 23)


def test_a_part_of_the_reminders_is_not_told_as_all_of_them() -> None:
    some = TodayItem(TodayKind.PAYMENT_REMINDERS, 0, "", due=DAY, times=1000, amount=None)
    assert title(some, Texts("de")) == ("Mindestens 1.000 Zahlungserinnerungen sind fällig", "")


@pytest.mark.parametrize("kind", [TodayKind.LATE_SHIPMENT, TodayKind.UNSHIPPED, TodayKind.OVERDUE])
def test_the_customer_stands_before_the_number(kind: TodayKind) -> None:
    said = title(TodayItem(kind, 1, "R-2026-0002", "Desislava Ivanova", due=DAY), Texts("de"))[0]
    assert said.endswith(": Desislava Ivanova · R-2026-0002")
