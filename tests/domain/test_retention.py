"""Each document is kept as long as the law wants it, counted from the end of its year."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.retention import NAMES, YEARS, Retention, keep_until, retention_of


@pytest.mark.parametrize(
    ("kind", "day", "until"),
    [
        (DocumentKind.INVOICE, dt.date(2026, 1, 1), dt.date(2034, 12, 31)),
        (DocumentKind.INVOICE, dt.date(2026, 12, 31), dt.date(2034, 12, 31)),
        (DocumentKind.DEPOSIT_INVOICE, dt.date(2027, 6, 1), dt.date(2035, 12, 31)),
        (DocumentKind.FINAL_INVOICE, dt.date(2027, 6, 1), dt.date(2035, 12, 31)),
        (DocumentKind.CREDIT_NOTE, dt.date(2027, 6, 1), dt.date(2035, 12, 31)),
        (DocumentKind.CANCELLATION, dt.date(2027, 6, 1), dt.date(2035, 12, 31)),
        (DocumentKind.QUOTE, dt.date(2026, 11, 23), dt.date(2032, 12, 31)),
        (DocumentKind.ORDER_CONFIRMATION, dt.date(2026, 11, 23), dt.date(2032, 12, 31)),
        (DocumentKind.DELIVERY_NOTE, dt.date(2026, 11, 23), dt.date(2032, 12, 31)),
        (DocumentKind.PAYMENT_REMINDER, dt.date(2028, 2, 29), dt.date(2034, 12, 31)),
    ],
)
def test_documents_are_kept_to_the_end_of_their_last_year(
    kind: DocumentKind, day: dt.date, until: dt.date
) -> None:
    assert keep_until(retention_of(kind), day) == until


def test_books_are_kept_longest_and_every_class_has_a_name() -> None:
    assert keep_until(Retention.BOOK, dt.date(2026, 3, 1)) == dt.date(2036, 12, 31)
    assert set(YEARS) == set(NAMES) == set(Retention)


@given(st.sampled_from(Retention), st.dates())
def test_never_shorter_than_the_years_of_the_class(retention: Retention, day: dt.date) -> None:
    until = keep_until(retention, day)
    assert until >= day
    assert until.year - day.year == YEARS[retention] or until.year == dt.MAXYEAR
