"""Month end in the database: answered by indexes, however many documents there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event

from shopdesk.domain.periods import Period, month_of
from shopdesk.store import first_rows_papers, month_end
from shopdesk.store.database import Database

NOVEMBER = month_of(dt.date(2026, 11, 1))


@pytest.mark.parametrize(
    "ask",
    [
        month_end.bill_ids,
        month_end.kind_sums,
        month_end.drafts,
        month_end.size_of_files,
        month_end.number_reports,
    ],
)
def test_no_question_reads_the_whole_table(
    database: Database, ask: Callable[[Connection, Period], object]
) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(
        database._engine,
        "before_cursor_execute",
        lambda _c, _cursor, text, values, *_: asked.append((text, values)),
    )
    with database.reading() as connection:
        ask(connection, NOVEMBER)
        statements = [one for one in asked if one[0].startswith("SELECT")]
        plans = [
            row[3]
            for text, values in statements
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        ]
    assert statements
    assert not [step for step in plans if step.startswith("SCAN") and "journal" not in step]


def test_the_first_paint_does_not_wait_for_the_month_end(database: Database) -> None:
    days = (NOVEMBER.first.isoformat(), NOVEMBER.last.isoformat())
    with database.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {first_rows_papers._BILLS}", days)
        steps = [row[3] for row in plan]
    assert not [step for step in steps if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"]
