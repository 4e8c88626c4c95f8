"""What the database holds of a customer and how long a law keeps it: the plan of an erasure is made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, select

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.erasure import Held, Holdings, books_until, consent_kept_until
from shopdesk.domain.retention import Retention, keep_until, retention_of
from shopdesk.store import customer_merges, erasure
from shopdesk.store.tables import (
    bank_entry,
    consent,
    consent_use,
    customer,
    customer_address,
    document,
    journal,
    old_invoice,
    outbox,
    payment,
    received_invoice,
    scan,
    vat_id_check,
)


def of_customer(connection: Connection, customer_id: int, today: dt.date) -> Holdings:
    """Everything of the customer and of those whose records were merged into this one."""
    everyone = customer_merges.everyone(connection, customer_id)
    papers = _papers(connection, everyone)
    bills = [until for kind, until in papers if kind is Retention.VOUCHER]
    letters = [until for kind, until in papers if kind is Retention.LETTER]
    consents = [
        until for _, until in consents_until(connection, everyone) if until >= today - dt.timedelta(days=1)
    ]
    issued = select(document.c.id).where(document.c.customer_id.in_(everyone), document.c.state == "issued")
    mails = outbox.c.document_id.in_(issued) & outbox.c.state.in_(erasure.SENT)
    scans = scan.c.document_id.in_(issued) & scan.c.deleted_at.is_(None)
    vat_ids = select(customer.c.vat_id).where(customer.c.id.in_(everyone), customer.c.vat_id != "")
    checks = vat_id_check.c.vat_id.in_(vat_ids)
    counts = erasure.count(connection, {outbox: mails, scan: scans, vat_id_check: checks})
    return Holdings(
        today,
        goes=_goes(connection, everyone, today),
        bills=_held(bills),
        letters=_held(letters),
        old_invoices=_held(_old_invoices(connection, everyone)),
        received=_held(_received(connection, everyone)),
        payments=_held(_payments(connection, everyone)),
        bank_entries=_bank_entries(connection, everyone),
        consents=_held(consents),
        mails=counts["outbox"],
        scans=counts["scan"],
        vat_id_checks=counts["vat_id_check"],
        journal=_journal(connection, everyone),
    )


def consents_until(connection: Connection, everyone: Sequence[int]) -> list[tuple[int, dt.date]]:
    """The id of each consent and objection, and the last day on which it is proof."""
    used = select(func.max(consent_use.c.at)).where(consent_use.c.consent_id == consent.c.id)
    statement = select(consent, used.scalar_subquery().label("used")).where(
        consent.c.customer_id.in_(everyone)
    )
    found = []
    for row in connection.execute(statement):
        said = [dt.date.fromisoformat(day) for day in (row.given_on, row.withdrawn_on) if day]
        last = dt.date.fromisoformat(row.used[:10]) if row.used else None
        found.append((row.id, consent_kept_until(max(said), last)))
    return found


def ended_consents(connection: Connection, customer_id: int, today: dt.date) -> list[int]:
    """Those that are proof no more: a day later than counted, as the database counts days in UTC."""
    everyone = customer_merges.everyone(connection, customer_id)
    day = today - dt.timedelta(days=1)
    return [key for key, until in consents_until(connection, everyone) if until < day]


def _goes(connection: Connection, everyone: Sequence[int], today: dt.date) -> dict[str, int]:
    counts = erasure.count(connection, erasure.going(connection, everyone) | erasure.emptied(everyone))
    delivery = customer_address.c.customer_id.in_(everyone) & (customer_address.c.purpose != "billing")
    counts |= erasure.count(connection, {customer_address: delivery})
    counts["document"] = len(erasure.drafts(connection, everyone))
    others = erasure.recommended(connection, everyone)
    counts["recommendation"] = (
        connection.scalar(select(func.count()).select_from(customer).where(others)) or 0
    )
    counts["consent"] = len(ended_consents(connection, everyone[0], today))
    counts["customer"] = len(everyone)
    return counts


def _papers(connection: Connection, everyone: Sequence[int]) -> list[tuple[Retention, dt.date]]:
    statement = select(document.c.kind, document.c.date).where(
        document.c.customer_id.in_(everyone), document.c.state == "issued"
    )
    found = []
    for row in connection.execute(statement):
        kept = retention_of(DocumentKind(row.kind))
        found.append((kept, keep_until(kept, dt.date.fromisoformat(row.date))))
    return found


def _old_invoices(connection: Connection, everyone: Sequence[int]) -> list[dt.date]:
    statement = select(old_invoice.c.day).where(old_invoice.c.customer_id.in_(everyone))
    days = map(dt.date.fromisoformat, connection.scalars(statement))
    return [keep_until(Retention.VOUCHER, day) for day in days]


def _received(connection: Connection, everyone: Sequence[int]) -> list[dt.date]:
    statement = select(received_invoice.c.kept_until).where(received_invoice.c.customer_id.in_(everyone))
    return [dt.date.fromisoformat(day) for day in connection.scalars(statement)]


def _payments(connection: Connection, everyone: Sequence[int]) -> list[dt.date]:
    statement = select(payment.c.day).where(payment.c.customer_id.in_(everyone))
    days = map(dt.date.fromisoformat, connection.scalars(statement))
    return [keep_until(Retention.VOUCHER, day) for day in days]


def _bank_entries(connection: Connection, everyone: Sequence[int]) -> int:
    paid = select(payment.c.id).where(payment.c.customer_id.in_(everyone))
    return erasure.count(connection, {bank_entry: bank_entry.c.payment_id.in_(paid)})["bank_entry"]


def _held(days: Iterable[dt.date]) -> Held | None:
    found = list(days)
    return Held(len(found), max(found)) if found else None


def _journal(connection: Connection, everyone: Sequence[int]) -> Held | None:
    ids = [str(each) for each in everyone]
    mine = (journal.c.subject == "customer") & journal.c.subject_id.in_(ids)
    number, last = connection.execute(select(func.count(), func.max(journal.c.at)).where(mine)).one()
    return Held(number, books_until(dt.date.fromisoformat(last[:10]))) if number else None
