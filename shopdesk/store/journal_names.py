"""What the subjects of the journal are called today, and which of them bear a name that is looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, func, or_, select

from shopdesk.store.tables import (
    appointment,
    article,
    bank_entry,
    bank_file,
    customer,
    document,
    follow_up,
    import_run,
    inquiry,
    mail_template,
    outbox,
    payment,
    payment_reminder_stop,
    promise,
    received_invoice,
    received_mail,
    scan,
    shipment,
    standard_attachment,
    standing_order,
    timeline_entry,
    vat_id_check,
)

_MOST = 300
Subject = tuple[str, str]
About = dict[str, Any]

_PERSON = func.trim(customer.c.given_name + " " + customer.c.family_name)
_CUSTOMER = func.coalesce(func.nullif(customer.c.company, ""), _PERSON)


def names(connection: Connection, subjects: Iterable[Subject]) -> Mapping[Subject, About]:
    """Name, kind and the ids of customer and document per subject; what is gone is left out."""
    ids: dict[str, list[int]] = defaultdict(list)
    for subject, subject_id in subjects:
        if subject_id.isdecimal():
            ids[subject].append(int(subject_id))
    found: dict[Subject, About] = {}
    for subject, read in _READERS.items():
        if ids[subject]:
            for row_id, about in read(connection, ids[subject]):
                found[subject, str(row_id)] = about
    return found


def _rows(
    connection: Connection, table: Table, ids: list[int], *columns: ColumnElement[Any]
) -> Iterable[Any]:
    return connection.execute(select(table.c.id, *columns).where(table.c.id.in_(ids)))


def _documents(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    columns = (document.c.kind, document.c.number, document.c.recipient, document.c.customer_id)
    for row in _rows(connection, document, ids, *columns):
        name = " · ".join(part for part in (row.number, row.recipient) if part)
        yield row.id, {
            "name": name, "kind": row.kind, "document_id": row.id, "customer_id": row.customer_id,
        }  # fmt: skip


def _customers(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    for row in _rows(connection, customer, ids, _CUSTOMER.label("name"), customer.c.deleted_at):
        yield row.id, {"name": row.name, "customer_id": None if row.deleted_at else row.id}


def _articles(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    for row in _rows(connection, article, ids, article.c.code, article.c.name):
        yield row.id, {"name": f"{row.code} · {row.name}"}


def _mails(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    columns = (outbox.c.subject, outbox.c.recipient, outbox.c.document_id, outbox.c.customer_id)
    for row in _rows(connection, outbox, ids, *columns):
        yield (
            row.id,
            {
                "name": f"{row.subject} · {row.recipient}",
                "document_id": row.document_id,
                "customer_id": row.customer_id,
            },
        )


def _of_customers(
    table: Table, text: Column[str]
) -> Callable[[Connection, list[int]], Iterator[tuple[int, About]]]:
    def read(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
        statement = (
            select(table.c.id, text.label("text"), table.c.customer_id, _CUSTOMER.label("name"))
            .outerjoin(customer, customer.c.id == table.c.customer_id)
            .where(table.c.id.in_(ids))
        )
        for row in connection.execute(statement):
            name = " · ".join(part for part in (row.name, " ".join((row.text or "").split())[:80]) if part)
            yield row.id, {"name": name, "customer_id": row.customer_id}

    return read


def _templates(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    columns = (mail_template.c.kind, mail_template.c.language)
    for row in _rows(connection, mail_template, ids, *columns):
        yield row.id, {"name": row.language, "kind": row.kind}


def _attachments(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    for row in _rows(connection, standard_attachment, ids, standard_attachment.c.name):
        yield row.id, {"name": row.name}


def _received(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    columns = (received_invoice.c.number, received_invoice.c.seller, received_invoice.c.customer_id)
    for row in _rows(connection, received_invoice, ids, *columns):
        name = " · ".join(part for part in (row.number, row.seller) if part)
        yield row.id, {"name": name, "customer_id": row.customer_id}


def _imports(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    for row in _rows(connection, import_run, ids, import_run.c.file_name):
        yield row.id, {"name": row.file_name}


def _bank_files(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    for row in _rows(connection, bank_file, ids, bank_file.c.file_name):
        yield row.id, {"name": row.file_name}


def _bank_entries(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    for row in _rows(connection, bank_entry, ids, bank_entry.c.name, bank_entry.c.text):
        yield row.id, {"name": row.name or row.text}


def _vat_ids(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    for row in _rows(connection, vat_id_check, ids, vat_id_check.c.vat_id):
        yield row.id, {"name": row.vat_id}


def _scans(connection: Connection, ids: list[int]) -> Iterator[tuple[int, About]]:
    for row in _rows(connection, scan, ids, scan.c.name, scan.c.document_id):
        yield row.id, {"name": row.name, "document_id": row.document_id}


_READERS: dict[str, Callable[[Connection, list[int]], Iterator[tuple[int, About]]]] = {
    "document": _documents,
    "customer": _customers,
    "article": _articles,
    "outbox": _mails,
    "timeline_entry": _of_customers(timeline_entry, timeline_entry.c.text),
    "follow_up": _of_customers(follow_up, follow_up.c.text),
    "promise": _of_customers(promise, promise.c.text),
    "standing_order": _of_customers(standing_order, standing_order.c.name),
    "shipment": _of_customers(shipment, shipment.c.note),
    "payment": _of_customers(payment, payment.c.payer),
    "payment_reminder_stop": _of_customers(payment_reminder_stop, payment_reminder_stop.c.reason),
    "appointment": _of_customers(appointment, appointment.c.subject),
    "inquiry": _of_customers(inquiry, inquiry.c.subject),
    "received_mail": _of_customers(received_mail, received_mail.c.subject),
    "mail_template": _templates,
    "standard_attachment": _attachments,
    "received_invoice": _received,
    "vat_id_check": _vat_ids,
    "scan": _scans,
    "import_run": _imports,
    "bank_file": _bank_files,
    "bank_entry": _bank_entries,
}


class ByName:
    """Documents and customers with a word in number or name, and the mails of those documents."""

    def __init__(self, connection: Connection, word: str) -> None:
        self._connection, self._word = connection, word

    def ids(self) -> Iterator[tuple[str, list[str]]]:
        """Subject and ids, as the journal writes them; at most some hundred of each."""
        documents = self._found(document, document.c.number, document.c.recipient)
        yield "document", documents
        yield "customer", self._found(customer, customer.c.number, customer.c.company, _PERSON)
        mails = (
            select(outbox.c.id)
            .where(outbox.c.document_id.in_([int(each) for each in documents]))
            .limit(_MOST)
        )
        yield "outbox", [str(each) for each in self._connection.scalars(mails)]

    def _found(self, table: Table, *columns: ColumnElement[Any]) -> list[str]:
        hits = or_(*(column.contains(self._word, autoescape=True) for column in columns))
        statement = select(table.c.id).where(hits).order_by(table.c.id.desc()).limit(_MOST)
        return [str(each) for each in self._connection.scalars(statement)]
