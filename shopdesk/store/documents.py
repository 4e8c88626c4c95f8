"""Documents in the database: drafts are rows that change, issued ones are frozen (value, function, trigger)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, delete, func, insert, select, update

from shopdesk.domain.documents import (
    Document,
    DocumentKind,
    DocumentState,
    Line,
    LineKind,
    LineOption,
    Recipient,
    TaxCase,
)
from shopdesk.domain.errors import ChangedElsewhere, NotFound, ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.totals import Totals, totals
from shopdesk.store import (
    customer_merges,
    document_chain,
    moments,
    packing,
    plain,
    references,
    search,
    turnover,
)
from shopdesk.store.tables import document, document_file, document_line

# What stands in columns of its own; all other fields of a Document are in `content`
_OWN = frozenset(
    "id version state number request_key date due customer_id follows_id lines currency tax_case issued_at kind".split()
)


class DocumentIsFrozen(ShopError):
    """An issued document never changes; it is cancelled by another one."""

    code = "document-frozen"

    def __init__(self, number: str) -> None:
        text = N_("{number} has been issued and can no longer be changed. A cancellation puts it right.")
        super().__init__(Message(text, {"number": number}))


class DocumentHasSuccessor(ShopError):
    """What an issued document was made out of stays."""

    code = "document-has-successor"

    def __init__(self, number: str) -> None:
        text = N_("{number} was made out of this draft, which therefore stays.")
        super().__init__(Message(text, {"number": number}))


# What each issue asks is built once: putting a statement together takes longer than running it
_ITS_ID: BindParameter[int] = bindparam("its_id")
# an issued document keeps the customer it was issued for, who may be a part of another one now
_CUSTOMER = customer_merges.living(document.c.customer_id).label("customer_id")
_BUT_CUSTOMER = tuple(column for column in document.columns if column.name != "customer_id")
_WHOLE: Select[Any] = select(*_BUT_CUSTOMER, _CUSTOMER).where(document.c.id == _ITS_ID)
_STATE = select(document.c.state, document.c.number, document.c.version).where(document.c.id == _ITS_ID)
_ITS_LINES = document_line.c.document_id == _ITS_ID
_LINES = select(document_line).where(_ITS_LINES).order_by(document_line.c.position)
_DROP_LINES = delete(document_line).where(_ITS_LINES)
_TAKEN = (
    select(document.c.id)
    .where(document.c.kind.in_(list(DocumentKind)), document.c.number == bindparam("its_number"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The bytes of a document as issued."""

    id: int
    document_id: int
    name: str
    media_type: str
    sha256: str
    data: bytes


def _columns(value: Document, sums: Totals, now: dt.datetime) -> dict[str, Any]:
    content = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in _OWN}
    first = next((line.text for line in value.lines if line.kind in {LineKind.GOODS, LineKind.SERVICE}), "")
    return {
        "kind": value.kind.value,
        "request_key": value.request_key,
        "date": value.date.isoformat() if value.date else None,
        "due": value.due.isoformat() if value.due else None,
        "customer_id": value.customer_id,
        "follows_id": value.follows_id,
        "recipient": value.recipient.name,
        "city": value.recipient.address.city,
        "title": first,
        "currency": value.currency,
        "net": sums.net.minor,
        "gross": sums.gross.minor,
        "payable": sums.payable.minor,
        "tax_case": value.tax_case.value,
        "content": plain.dumps(content),
        "updated_at": moments.to_text(now),
    }


def _line_columns(document_id: int, position: int, line: Line, sums: Totals) -> dict[str, Any]:
    total = sums.lines[position]
    return {
        "document_id": document_id,
        "position": position,
        "kind": line.kind.value,
        "text": line.text,
        "description": line.description,
        "article_code": line.article_code,
        "quantity": format(line.quantity, "f"),
        "unit": line.unit,
        "unit_price": None if line.unit_price is None else format(line.unit_price, "f"),
        "discount_percent": format(line.discount_percent, "f"),
        "vat_rate": None if line.vat_rate is None else format(line.vat_rate, "f"),
        "tax_case": line.tax_case.value if line.tax_case else "",
        "weight_grams": line.weight_grams,
        "net": total.net.minor if total else 0,
        "gross": total.gross.minor if total else 0,
        "option": line.option.value,
    }


def create(connection: Connection, value: Document, now: dt.datetime, digest: str = "") -> int:
    """Store a new draft and give its id; `digest` is that of the order it comes from. Raises AmountTooLarge."""
    sums = totals(value)
    at = moments.to_text(now)
    columns = _columns(value, sums, now) | {"state": "draft", "created_at": at, "sort_key": at}
    columns["request_digest"] = digest
    document_id = int(connection.execute(insert(document).values(columns)).inserted_primary_key[0])  # type: ignore[index]
    _write_lines(connection, document_id, value, sums)
    references.write(connection, document_id, value.refers_to)
    search.index_document(connection, document_id)
    return document_id


def save(connection: Connection, value: Document, now: dt.datetime) -> None:
    """Store a changed draft; raises ChangedElsewhere or DocumentIsFrozen."""
    if value.is_issued or value.id is None:
        raise DocumentIsFrozen(value.number)
    sums = totals(value)
    at = moments.to_text(now)
    columns = _columns(value, sums, now) | {"sort_key": at, "version": value.version + 1}
    _update_draft(connection, value, columns)
    connection.execute(_DROP_LINES, {"its_id": value.id})
    _write_lines(connection, value.id, value, sums)
    references.write(connection, value.id, value.refers_to)
    search.index_document(connection, value.id)


def _update_draft(connection: Connection, value: Document, columns: dict[str, Any]) -> None:
    statement = update(document).where(
        document.c.id == value.id, document.c.version == value.version, document.c.state == "draft"
    )
    if connection.execute(statement.values(columns)).rowcount != 1:
        _refuse_other_than_draft(connection, value)
        raise ChangedElsewhere(value.recipient.name)


def _write_lines(connection: Connection, document_id: int, value: Document, sums: Totals) -> None:
    rows = [_line_columns(document_id, i, line, sums) for i, line in enumerate(value.lines)]
    if rows:
        connection.execute(insert(document_line), rows)


def freeze(
    connection: Connection,
    value: Document,
    files: tuple[tuple[str, str, bytes], ...],
    now: dt.datetime,
    program_version: str,
) -> None:
    """Turn the draft into the issued document with its number, bytes and place in the hash chain.

    `value` carries number and date; `files` are (name, media type, bytes). Lines and files are written before the
    state changes, because the triggers refuse them afterwards.
    """
    sums = totals(value)
    assert value.id is not None
    connection.execute(_DROP_LINES, {"its_id": value.id})
    _write_lines(connection, value.id, value, sums)
    references.write(connection, value.id, value.refers_to)
    for name, media_type, data in files:
        columns: dict[str, Any] = {"document_id": value.id, "name": name, "media_type": media_type}
        columns |= {"sha256": hashlib.sha256(data).hexdigest(), "data": data}
        connection.execute(insert(document_file), columns)
    at = moments.to_text(now)
    columns = _columns(value, sums, now) | {
        "state": "issued",
        "number": value.number,
        "sort_key": at,
        "issued_at": at,
        "program_version": program_version,
        "version": value.version + 1,
    }
    _refuse_other_than_draft(connection, value)
    document_chain.seal(connection, value.id, columns)
    turnover.note(connection, value)
    packing.note(connection, value)
    search.index_document(connection, value.id)


def _refuse_other_than_draft(connection: Connection, value: Document) -> None:
    row = connection.execute(_STATE, {"its_id": value.id}).one_or_none()
    if row is not None and row.state == "issued":
        raise DocumentIsFrozen(row.number)
    if row is None or row.version != value.version:
        raise ChangedElsewhere(value.recipient.name)


def discard(connection: Connection, document_id: int) -> None:
    """Delete a draft for good; an issued document is refused, and what issued ones were made out of.

    Drafts made out of it stand on their own from now on.
    """
    row = connection.execute(_STATE, {"its_id": document_id}).one_or_none()
    if row is None:
        return
    if row.state == "issued":
        raise DocumentIsFrozen(row.number)
    made_of_it = document.c.follows_id == document_id
    number = connection.scalar(select(document.c.number).where(made_of_it, document.c.state == "issued"))
    if number is not None:
        raise DocumentHasSuccessor(number)
    loose = {"follows_id": None, "version": document.c.version + 1}
    connection.execute(update(document).where(made_of_it).values(loose))
    search.remove_document(connection, document_id)
    connection.execute(delete(document).where(document.c.id == document_id))


def load(connection: Connection, document_id: int) -> Document:
    """The whole document, draft or issued."""
    row = connection.execute(_WHOLE, {"its_id": document_id}).one_or_none()
    if row is None:
        raise NotFound(str(document_id), "document")
    return _document(connection, row)


def recipients(connection: Connection, ids: Collection[int]) -> dict[int, Recipient]:
    """Who stands on these documents, without reading all of them."""
    said = func.json_extract(document.c.content, "$.recipient")
    rows = connection.execute(select(document.c.id, said).where(document.c.id.in_(tuple(ids))))
    return {row_id: plain.from_plain(Recipient, json.loads(text or "{}")) for row_id, text in rows}


def is_draft(connection: Connection, document_id: int) -> bool:
    """Whether it can still be changed; raises NotFound. Cheaper than loading it."""
    state = connection.scalar(_STATE, {"its_id": document_id})
    if state is None:
        raise NotFound(str(document_id), "document")
    return bool(state == "draft")


def by_request_key(connection: Connection, key: str) -> tuple[Document, str] | None:
    """The document made under this request key and the digest of its order."""
    row = connection.execute(select(document).where(document.c.request_key == key)).one_or_none()
    return None if row is None else (_document(connection, row), row.request_digest)


def number_is_taken(connection: Connection, number: str) -> bool:
    """Whether any document has the number already: numbers are unique over all kinds."""
    return connection.scalar(_TAKEN, {"its_number": number}) is not None


def numbers_like(connection: Connection, left: str, right: str) -> tuple[str, ...]:
    """The numbers that begin and end like this, of all kinds; two columns of an index are read."""
    statement = select(document.c.number).where(
        document.c.kind.in_(list(DocumentKind)),
        document.c.number >= left,
        document.c.number < left + "\U0010ffff",
    )
    return tuple(number for number in connection.scalars(statement) if number and number.endswith(right))


def by_number(connection: Connection, number: str) -> Document | None:
    """The issued document with this number."""
    statement = select(document).where(document.c.kind.in_(list(DocumentKind)), document.c.number == number)
    row = connection.execute(statement).first()
    return None if row is None else _document(connection, row)


def _content(text: str) -> Document:
    """The stored content; the first schema knew only the numbers of the documents referred to."""
    content = json.loads(text)
    content["refers_to"] = [
        {"number": each} if isinstance(each, str) else each for each in content.get("refers_to", ())
    ]
    return plain.from_plain(Document, content)


def _document(connection: Connection, row: Row[Any]) -> Document:
    lines = connection.execute(_LINES, {"its_id": row.id})
    value = _content(row.content)
    return replace(
        value,
        id=row.id,
        version=row.version,
        kind=DocumentKind(row.kind),
        state=DocumentState(row.state),
        number=row.number or "",
        request_key=row.request_key,
        date=dt.date.fromisoformat(row.date) if row.date else None,
        due=dt.date.fromisoformat(row.due) if row.due else None,
        customer_id=row.customer_id,
        follows_id=row.follows_id,
        currency=row.currency,
        tax_case=TaxCase(row.tax_case),
        issued_at=moments.from_text(row.issued_at) if row.issued_at else None,
        lines=tuple(_line(line) for line in lines),
    )


def _line(row: Row[Any]) -> Line:
    return Line(
        kind=LineKind(row.kind),
        text=row.text,
        description=row.description,
        article_code=row.article_code,
        quantity=Decimal(row.quantity),
        unit=row.unit,
        unit_price=None if row.unit_price is None else Decimal(row.unit_price),
        discount_percent=Decimal(row.discount_percent or 0),
        vat_rate=None if row.vat_rate is None else Decimal(row.vat_rate),
        tax_case=TaxCase(row.tax_case) if row.tax_case else None,
        weight_grams=row.weight_grams,
        option=LineOption(row.option),
    )


def files(connection: Connection, document_id: int) -> tuple[StoredFile, ...]:
    """The stored bytes of an issued document."""
    rows = connection.execute(
        select(document_file).where(document_file.c.document_id == document_id).order_by(document_file.c.id)
    )
    return tuple(StoredFile(r.id, r.document_id, r.name, r.media_type, r.sha256, r.data) for r in rows)
