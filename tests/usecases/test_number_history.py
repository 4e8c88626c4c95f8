"""Whatever the owner does to his number ranges in whatever order: no number twice, no false alarm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.number_ranges import NumberRange, NumberTaken, together
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.store import document_chain, documents, number_check
from shopdesk.store import number_ranges as stored
from shopdesk.store.tables import document
from shopdesk.usecases import number_ranges, number_reports
from shopdesk.usecases.shop import Shop

_PATTERNS = (
    "R-{year}-{number:0000}", "R{yy}{month}-{number:000}", "RE{number:00000}", "{number}", "RK-{year}-{number}",
    "A-{year}-{number:0000}", "{year}{number:000}",
)  # fmt: skip
_CHANGES = st.builds(
    NumberRange,
    st.sampled_from(["invoice", "quote", "credit_note", "cancellation"]),
    st.sampled_from(_PATTERNS),
    st.sampled_from([1, 2, 3, 5, 40, 1000]),
    st.booleans(),
    start_year=st.sampled_from([0, 2026, 2027]),
)
_TOGETHER = st.sampled_from(["credit_note", "cancellation"]).map(together)
_ISSUES = st.sampled_from(
    [DocumentKind.INVOICE, DocumentKind.QUOTE, DocumentKind.CREDIT_NOTE, DocumentKind.CANCELLATION]
)
_DAYS = st.integers(-3, 200)  # the clock goes back, too
_STEPS = st.lists(st.one_of(_CHANGES, _TOGETHER, _ISSUES, _ISSUES, _DAYS), min_size=3, max_size=25)
Step = NumberRange | DocumentKind | int


def issue(shop: Shop, kind: DocumentKind) -> None:
    """Like the program, without paper: the number, the row in the chain, the journal, all or nothing."""
    day = shop.clock.today()
    with shop.writing() as connection:
        number = stored.take(connection, stored.for_kind(connection, kind), day)
        if documents.number_is_taken(connection, number):
            raise NumberTaken(number, kind.value)
        values = {"kind": kind.value, "state": "draft", "request_key": number, "date": day.isoformat()}
        row = connection.execute(insert(document).values(values))
        assert row.inserted_primary_key is not None
        document_id = int(row.inserted_primary_key[0])
        document_chain.seal(connection, document_id, {"number": number})
        shop.record(connection, "issue", "document", document_id, new={"number": number})


def live(shop: Shop, clock: FixedClock, steps: Sequence[Step]) -> int:
    issued = 0
    for step in steps:
        try:
            match step:
                case DocumentKind():
                    issue(shop, step)
                    issued += 1
                case NumberRange():
                    number_ranges.save(shop, step)
                case days:
                    clock.advance(dt.timedelta(days))
        except ShopError:
            continue  # refused in words
    return issued


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_STEPS)
def test_no_change_of_the_ranges_makes_a_double_or_a_false_alarm(steps: list[Step]) -> None:
    clock = FixedClock(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC))
    with TemporaryDirectory() as folder:
        shop = Shop(
            Path(folder) / "shop.sqlite", clock, FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens"
        )
        try:
            issued = live(shop, clock, steps)
            with shop.reading() as connection:
                assert number_check.verify(connection) == []
                rows = connection.exec_driver_sql("SELECT number FROM document").scalars().all()
            assert len(set(rows)) == len(rows) == issued
            found = number_reports.reports(shop)
            assert sum(one.count for one in found) == issued
            assert all(one.is_whole for one in found)
        finally:
            shop.close()
