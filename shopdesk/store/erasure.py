"""Forgetting a customer in the database: what is held, what goes, who was forgotten (Art. 17 GDPR)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, delete, func, insert, or_, select, update

from shopdesk.domain.customers import Customer
from shopdesk.domain.erasure import FATES, KEPT_COLUMNS, Erasure, Fate, digest
from shopdesk.domain.folding import fold
from shopdesk.domain.privacy import CLASSES, NOBODYS
from shopdesk.store import customer_merges, customers, documents, moments, search
from shopdesk.store.tables import (
    consent,
    contact_person,
    customer,
    customer_address,
    customer_email,
    customer_merge,
    customer_phone,
    document,
    erasure,
    import_row,
    inquiry,
    mail_sender_rule,
    metadata,
    missed_call,
    outbox,
    purchase_order,
    purchase_order_file,
    received_mail,
    scan,
    shipment,
    timeline_entry,
)

GOING: tuple[Table, ...] = tuple(
    table
    for name, fate in FATES.items()
    if fate is Fate.GOES and "customer_id" in (table := metadata.tables[name]).c
)
"""The tables whose rows go, each with the customer's id."""

SENT = ("sent", "unclear", "handed_over")


def drafts(connection: Connection, everyone: Sequence[int]) -> list[int]:
    """The drafts that nothing issued follows: those are not letters yet."""
    follower = document.alias("follower")
    followed = (
        select(follower.c.id)
        .where(follower.c.follows_id == document.c.id, follower.c.state == "issued")
        .exists()
    )
    mine = document.c.customer_id.in_(everyone) & (document.c.state == "draft")
    return list(connection.scalars(select(document.c.id).where(mine, ~followed).order_by(document.c.id)))


def going(connection: Connection, everyone: Sequence[int]) -> dict[Table, ColumnElement[bool]]:
    """Which rows of which tables go, beside the drafts; scans before the documents they belong to."""
    begun = drafts(connection, everyone)
    mine = select(document.c.id).where(document.c.customer_id.in_(everyone))
    numbers = select(customer_phone.c.e164).where(
        customer_phone.c.customer_id.in_(everyone), customer_phone.c.e164 != ""
    )
    found = {
        scan: scan.c.document_id.in_(mine) & (scan.c.deleted_at.is_not(None) | scan.c.document_id.in_(begun)),
        outbox: _without_document(everyone, begun),
    }
    for table in GOING:
        found[table] = table.c.customer_id.in_(everyone)
        if "document_id" in table.c:
            found[table] |= table.c.document_id.in_(begun)
    # he may have called before he was a customer; read while his numbers still stand
    calls = connection.scalars(select(missed_call.c.id).where(missed_call.c.number.in_(numbers))).all()
    found[missed_call] |= missed_call.c.id.in_(calls)
    # he may have written before; what was said in an inquiry goes with it (ON DELETE CASCADE)
    addresses = _addresses(connection, everyone)
    found[inquiry] |= inquiry.c.sender_address.in_(addresses)
    found[received_mail] |= received_mail.c.sender.in_(addresses) | received_mail.c.answer_to.in_(addresses)
    # what was never ordered is no letter yet
    found[purchase_order] = purchase_order.c.customer_id.in_(everyone) & purchase_order.c.ordered_at.is_(None)
    found[mail_sender_rule] = mail_sender_rule.c.address.in_(addresses)
    return found


def _addresses(connection: Connection, everyone: Sequence[int]) -> list[str]:
    own = select(customer_email.c.email).where(customer_email.c.customer_id.in_(everyone))
    of_persons = select(contact_person.c.email).where(contact_person.c.customer_id.in_(everyone))
    found = [*connection.scalars(own), *connection.scalars(of_persons)]
    return [written for address in found if address for written in {address, address.lower()}]


def _without_document(everyone: Sequence[int], begun: Sequence[int]) -> ColumnElement[bool]:
    """A mail that went with an issued document is kept with it; every other goes, also one that never went."""
    issued = select(document.c.id).where(document.c.customer_id.in_(everyone), document.c.state == "issued")
    of_papers = outbox.c.document_id.in_(issued)
    mine = outbox.c.customer_id.in_(everyone) & outbox.c.document_id.is_(None)
    return or_(mine, outbox.c.document_id.in_(begun), of_papers & outbox.c.state.not_in((*SENT, "sending")))


def is_sending(connection: Connection, customer_id: int) -> bool:
    """Whether a mail to the customer is on its way this moment."""
    everyone = customer_merges.everyone(connection, customer_id)
    mine = select(document.c.id).where(document.c.customer_id.in_(everyone))
    to_him = outbox.c.customer_id.in_(everyone) | outbox.c.document_id.in_(mine)
    return (
        connection.scalar(select(outbox.c.id).where(to_him, outbox.c.state == "sending").limit(1)) is not None
    )


def erase(
    connection: Connection, customer_id: int, kept_until: dt.date | None, at: dt.datetime
) -> list[Erasure]:
    """Forget a customer and all whose records were merged into this one; gives what was noted of each.

    With `kept_until` name and billing address of the record stay, restricted. What the law keeps is frozen by triggers.
    """
    everyone = customer_merges.everyone(connection, customer_id)
    noted = [_note(connection, each, customer_id, kept_until, at) for each in everyone]
    _erase_rows(connection, everyone)
    _forget_recommendations(connection, everyone)
    _empty(connection, everyone)
    for each in everyone:
        stays = kept_until is not None and each == customer_id
        _clear_record(connection, each, at, KEPT_COLUMNS if stays else frozenset())
        _clear_addresses(connection, each, keeps_billing=stays)
    _index_again(connection, everyone)
    return noted


def _note(
    connection: Connection, customer_id: int, survivor_id: int, kept_until: dt.date | None, at: dt.datetime
) -> Erasure:
    row = connection.execute(select(customer).where(customer.c.id == customer_id)).one()
    done_at = None if kept_until and customer_id == survivor_id else at
    value = Erasure(
        customer_id, survivor_id, at, kept_until, done_at, digest(customer_id, row.number, row.created_at)
    )
    columns = {
        "customer_id": customer_id,
        "survivor_id": survivor_id,
        "erased_at": moments.to_text(at),
        "kept_until": kept_until.isoformat() if kept_until else "",
        "done_at": moments.to_text(done_at) if done_at else None,
        "digest": value.digest,
    }
    connection.execute(insert(erasure).values(columns))
    return value


def _erase_rows(connection: Connection, everyone: Sequence[int]) -> None:
    begun = drafts(connection, everyone)
    notes = select(timeline_entry.c.id).where(timeline_entry.c.customer_id.in_(everyone))
    search.remove_timeline(connection, list(connection.scalars(notes)))
    for table, condition in going(connection, everyone).items():
        connection.execute(delete(table).where(condition))
    for document_id in begun:
        documents.discard(connection, document_id)


def _forget_recommendations(connection: Connection, everyone: Sequence[int]) -> None:
    conditions = recommended(connection, everyone)
    values = {"recommended_by": "", "recommended_by_id": None, "version": customer.c.version + 1}
    connection.execute(update(customer).where(conditions).values(values))


def recommended(connection: Connection, everyone: Sequence[int]) -> ColumnElement[bool]:
    """The other customers whose card says that this one recommended the shop, by link or by name."""
    rows = connection.execute(select(customer).where(customer.c.id.in_(everyone))).all()
    names = {name for row in rows for name in (row.company, f"{row.given_name} {row.family_name}".strip())}
    wanted = {fold(name) for name in names} - {""}
    said = select(customer.c.recommended_by).where(customer.c.recommended_by != "").distinct()
    same = [words for words in connection.scalars(said) if fold(words) in wanted]
    named = customer.c.recommended_by.in_(same) & customer.c.recommended_by_id.is_(None)
    return (customer.c.recommended_by_id.in_(everyone) | named) & customer.c.id.not_in(everyone)


def emptied(everyone: Sequence[int]) -> dict[Table, ColumnElement[bool]]:
    """The rows of which only the reference stays."""
    return {
        customer_merge: customer_merge.c.survivor_id.in_(everyone),
        import_row: (import_row.c.subject == "customer") & import_row.c.subject_id.in_(everyone),
    }


def _empty(connection: Connection, everyone: Sequence[int]) -> None:
    values: dict[Table, dict[str, Any]] = {
        customer_merge: {"before": "", "after": "", "moved": ""},
        import_row: {"before": ""},
    }
    for table, condition in emptied(everyone).items():
        connection.execute(update(table).where(condition).values(values[table]))


def _clear_record(connection: Connection, customer_id: int, at: dt.datetime, kept: Iterable[str]) -> None:
    """Leave the columns that stay; a record of which nothing stays has its id for a number."""
    values: dict[str, Any] = {
        column.name: _nothing(column)
        for column in customer.c
        if CLASSES["customer"][column.name] not in NOBODYS and column.name not in kept
    }
    values |= {
        "deleted_at": moments.to_text(at),
        "recommended_by_id": None,
        "version": customer.c.version + 1,
    }
    if "number" in values:
        values |= {"number": f"erased-{customer_id}", "sort_key": f"erased {customer_id}"}
    connection.execute(update(customer).where(customer.c.id == customer_id).values(values))


def _nothing(column: Column[Any]) -> Any:
    """What stands in a column of which nothing is known."""
    if column.nullable:
        return None
    return 0 if column.type.python_type is int else ""


def _clear_addresses(connection: Connection, customer_id: int, *, keeps_billing: bool) -> None:
    statement = delete(customer_address).where(customer_address.c.customer_id == customer_id)
    if keeps_billing:
        statement = statement.where(customer_address.c.purpose != "billing")
    connection.execute(statement)


def _index_again(connection: Connection, everyone: Sequence[int]) -> None:
    """The person is found no more; papers are, by what stands on them, as an auditor asks."""
    for each in everyone:
        search.index_customer(connection, each)
    papers = select(document.c.id).where(document.c.customer_id.in_(everyone))
    search.index_documents(connection, list(connection.scalars(papers)))


def erase_rest(connection: Connection, customer_id: int, at: dt.datetime) -> None:
    """Name and address go too, and what arose since: no law keeps them any more."""
    everyone = customer_merges.everyone(connection, customer_id)
    _erase_rows(connection, everyone)
    _forget_deliveries(connection, everyone)
    _clear_record(connection, customer_id, at, ())
    _clear_addresses(connection, customer_id, keeps_billing=False)
    _index_again(connection, (customer_id,))
    done = update(erasure).where(erasure.c.customer_id == customer_id)
    connection.execute(done.values(done_at=moments.to_text(at)))


def _forget_deliveries(connection: Connection, everyone: Sequence[int]) -> None:
    """Who stood in orders to suppliers, with their letters and mails, and who took goods at the door."""
    mine = purchase_order.c.customer_id.in_(everyone)
    letters = purchase_order_file.c.purchase_order_id.in_(select(purchase_order.c.id).where(mine))
    connection.execute(delete(purchase_order_file).where(letters))
    mails = select(purchase_order.c.outbox_id).where(mine & (purchase_order.c.outbox_id > 0))
    connection.execute(delete(outbox).where(outbox.c.id.in_(mails)))
    nothing = {"commission": "", "delivery_address": "", "words": "", "outbox_id": 0}
    version = purchase_order.c.version + 1
    connection.execute(update(purchase_order).where(mine).values(**nothing, version=version))
    received = shipment.c.customer_id.in_(everyone)
    connection.execute(update(shipment).where(received).values(note="", version=shipment.c.version + 1))


def remove_consents(connection: Connection, ids: Sequence[int]) -> None:
    """Consents that are proof of nothing any more, with their uses; a younger one is refused by its trigger."""
    connection.execute(delete(consent).where(consent.c.id.in_(ids)))


def load(connection: Connection, customer_id: int) -> Erasure | None:
    """How this customer was forgotten; None who was not."""
    row = connection.execute(select(erasure).where(erasure.c.customer_id == customer_id)).one_or_none()
    return None if row is None else _erasure(row)


def every(connection: Connection) -> tuple[Erasure, ...]:
    """Everybody who was forgotten, the newest first."""
    rows = connection.execute(select(erasure).order_by(erasure.c.erased_at.desc(), erasure.c.customer_id))
    return tuple(map(_erasure, rows))


def deleted(connection: Connection, limit: int) -> tuple[Customer, ...]:
    """Those who were taken out of the lists, but neither merged nor forgotten, the newest first."""
    gone = customer.c.deleted_at.is_not(None)
    known = select(erasure.c.customer_id).union(select(customer_merge.c.merged_id))
    newest = customer.c.deleted_at.desc()
    statement = select(customer).where(gone, customer.c.id.not_in(known)).order_by(newest).limit(limit)
    return tuple(customers.of_row(connection, row) for row in connection.execute(statement).all())


def record_digest(connection: Connection, customer_id: int) -> str:
    """By what the record under this id is known; "" where there is none."""
    row = connection.execute(select(customer).where(customer.c.id == customer_id)).one_or_none()
    return "" if row is None else digest(customer_id, row.number, row.created_at)


def count(connection: Connection, conditions: Mapping[Table, ColumnElement[bool]]) -> dict[str, int]:
    """How many rows each condition means, by table."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table).where(condition)) or 0
        for table, condition in conditions.items()
    }


def _erasure(row: Any) -> Erasure:
    return Erasure(
        row.customer_id,
        row.survivor_id,
        moments.from_text(row.erased_at),
        dt.date.fromisoformat(row.kept_until) if row.kept_until else None,
        moments.from_text(row.done_at) if row.done_at else None,
        row.digest,
    )
