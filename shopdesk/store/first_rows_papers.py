"""Heute's rows about papers and mails: what did not go, what is to be put right, and hints about tax."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from shopdesk.domain.periods import reference_of
from shopdesk.domain.today import TodayItem, TodayKind
from shopdesk.store.first_rows_parts import Wanted, with_more

# CASE, because AND may look at all its parts, and a mail that has no reason yet has no JSON
_POSTPONED = """
    CASE WHEN o.state = 'failed' AND json_valid(o.reason)
         THEN json_extract(o.reason, '$.code') = 'mail-postponed' ELSE 0 END
"""
_MAILS = "SELECT o.id, o.subject, o.recipient, o.customer_id, o.document_id, o.version, o.changed_at"
# each kind for itself: many that wait must not hide one that failed. What was postponed is tried again by itself
_MAIL_KINDS = {
    TodayKind.MAIL_FAILED: f"FROM outbox o WHERE o.state = 'failed' AND NOT {_POSTPONED}",
    TodayKind.MAIL_UNCLEAR: "FROM outbox o WHERE o.state IN ('unclear', 'handed_over')",
    TodayKind.MAIL_WAITING: f"""
        FROM outbox o WHERE o.state IN ('queued', 'failed') AND (o.state = 'queued' OR {_POSTPONED})
    """,
}
# every kind by name: else the index over kind and state is not used, and each start reads all documents
_UNSENT = """
    FROM document d
    WHERE d.kind IN (
        'quote', 'order_confirmation', 'delivery_note', 'invoice', 'deposit_invoice', 'final_invoice', 'cancellation',
        'credit_note', 'payment_reminder'
    ) AND d.state = 'draft' AND json_extract(d.content, '$.sending') = 1
"""
_UNSENT_ROWS = f"""
    SELECT d.id, d.recipient, d.title, d.customer_id, d.version, d.updated_at {_UNSENT} ORDER BY d.updated_at LIMIT ?
"""
_BILLS = """
    SELECT (SELECT value FROM setting WHERE name = 'month_end'), EXISTS (
        SELECT 1 FROM document WHERE kind IN (
            'invoice', 'deposit_invoice', 'final_invoice', 'cancellation', 'credit_note'
        ) AND state = 'issued' AND date BETWEEN ? AND ?
    )
"""
_UNCONFIRMED = """
    FROM vat_confirmation v JOIN document d ON d.id = v.document_id
    WHERE v.check_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM document_reference r JOIN document c ON c.id = r.document_id
        WHERE r.referred_id = d.id AND c.kind = 'cancellation' AND c.state = 'issued'
    )
"""
_UNCONFIRMED_ROWS = f"""
    SELECT d.id, d.number, d.recipient, v.vat_id, d.customer_id, d.version, d.issued_at, EXISTS (
        SELECT 1 FROM vat_id_check k WHERE k.day >= v.wanted_on AND k.vat_id = v.vat_id AND k.result = 'invalid'
    ) AS refused
    {_UNCONFIRMED} ORDER BY refused DESC, d.id LIMIT ?
"""  # noqa: S608
_SUMS = """
    SELECT year, distance, gross FROM turnover_year WHERE year IN (?, ?) AND currency = 'EUR'
"""
_ABOUT_LIMITS = """
    SELECT json_extract(profile.value, '$.seller.small_business'), json_extract(profile.value, '$.oss'), seen.value
    FROM setting AS profile LEFT JOIN setting AS seen ON seen.name = 'meters_seen' WHERE profile.name = 'profile'
"""
_NEAR = 8_000_00  # cents from which any meter may be worth a row; below, nothing more is loaded


def mails(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """Mails that did not go, or wait."""
    found: list[TodayItem] = []
    for kind, rows in _MAIL_KINDS.items():
        chosen = connection.execute(f"{_MAILS} {rows} ORDER BY o.id LIMIT ?", (wanted.limit(kind),))
        found += with_more(connection, [_mail(kind, row) for row in chosen], kind, wanted, rows, ())
    return found


def unsent(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """Documents whose seconds ran when the program ended."""
    kind = TodayKind.NOT_SENT
    items = [_unsent(row) for row in connection.execute(_UNSENT_ROWS, (wanted.limit(kind),))]
    return with_more(connection, items, kind, wanted, _UNSENT, ())


def unconfirmed(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """Bills whose VAT id nobody confirmed."""
    kind = TodayKind.VAT_ID
    items = [_unconfirmed(row) for row in connection.execute(_UNCONFIRMED_ROWS, (wanted.limit(kind),))]
    return with_more(connection, items, kind, wanted, _UNCONFIRMED, ())


def _mail(kind: TodayKind, row: Any) -> TodayItem:
    row_id, subject, recipient, customer_id, document_id, version, changed_at = row
    return TodayItem(
        kind, row_id, subject, recipient, since=dt.datetime.fromisoformat(changed_at),
        customer_id=customer_id, document_id=document_id, version=version,
    )  # fmt: skip


def _unsent(row: Any) -> TodayItem:
    row_id, recipient, title, customer_id, version, updated_at = row
    return TodayItem(
        TodayKind.NOT_SENT, row_id, recipient, title, since=dt.datetime.fromisoformat(updated_at),
        customer_id=customer_id, document_id=row_id, version=version,
    )  # fmt: skip


def month_end(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """The month whose end is asked for, until it is done."""
    month = wanted.month_end
    if month is None:
        return []
    days = (month.first.isoformat(), month.last.isoformat())
    stored, has_bills = connection.execute(_BILLS, days).fetchone()
    done = json.loads(stored).get("done", ()) if stored else ()
    if month.name in done or not has_bills:
        return []
    return [TodayItem(TodayKind.MONTH_END, reference_of(month), f"{month.first.month:02}/{month.first.year}")]


def _unconfirmed(row: Any) -> TodayItem:
    row_id, number, recipient, vat_id, customer_id, version, issued_at, refused = row
    kind = TodayKind.VAT_ID_REFUSED if refused else TodayKind.VAT_ID
    since = dt.datetime.fromisoformat(issued_at)
    return TodayItem(
        kind, row_id, f"{number} · {recipient}", vat_id, since=since, customer_id=customer_id,
        document_id=row_id, version=version,
    )  # fmt: skip


def limits(connection: Any, wanted: Wanted) -> list[TodayItem]:
    """Limits of OSS and § 19 UStG that come near."""
    year = wanted.now.year
    rows = connection.execute(_SUMS, (year - 1, year)).fetchall()
    about = connection.execute(_ABOUT_LIMITS).fetchone()
    if about is None or not any(max(row[1:]) >= _NEAR for row in rows):
        return []
    from shopdesk.domain.turnover import Sums, YearSums, worth_a_row

    sums = Sums({row[0]: YearSums(row[1], row[2]) for row in rows})
    small, oss, seen = about
    names = frozenset(json.loads(seen)) if seen else frozenset()
    found = worth_a_row(sums, year, oss or "auto", names, small=bool(small))
    return [TodayItem(TodayKind.LIMIT, at, meter.name, meter=meter) for at, meter in enumerate(found)]
