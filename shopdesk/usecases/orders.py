"""The order file: what "Ausstellen und senden" does in the window, for a script (contracts/ORDER.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopdesk.domain import document_rules
from shopdesk.domain.customers import Customer
from shopdesk.domain.document_kinds import CORRECTIONS
from shopdesk.domain.document_rules import DocumentRefused, Problem
from shopdesk.domain.documents import Document, Line, Recipient
from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.mail import MailState
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.tax_cases import explained
from shopdesk.domain.totals import Totals, totals
from shopdesk.i18n import Texts
from shopdesk.usecases import (
    chains,
    customers,
    documents,
    issuing,
    order_chain,
    order_file,
    shop_settings,
    strict_json,
    tax,
)
from shopdesk.usecases.order_file import Order

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


class RequestKeyReused(ShopError):
    """The key belongs to another order already."""

    code = "request-key-reused"

    def __init__(self, key: str) -> None:
        text = N_("The request key “{key}” was used for another order already.")
        super().__init__(Message(text, {"key": key}), field="request_key")


class FileInTheWay(ShopError):
    """A file of that name with other bytes stands in the folder; it is never overwritten (exit 4)."""

    code = "file-exists"

    def __init__(self, path: Path) -> None:
        text = N_("{path} is there already with other content. Please name another folder.")
        super().__init__(Message(text, {"path": str(path)}), field="out")


class FolderUnusable(ShopError):
    """The answer's files cannot be written (exit 4)."""

    code = "folder"

    def __init__(self, path: Path, why: str) -> None:
        text = N_("Nothing can be written to {path}: {why}.")
        super().__init__(Message(text, {"path": str(path), "why": why}), field="out")


_LAST_DAY = dt.date(9900, 12, 31)  # the calendar ends in 9999, and terms are counted from here


@dataclass(frozen=True, slots=True)
class Wanted:
    """The switches of `shopdesk issue`."""

    out: Path
    draft: bool = False
    send: bool = False
    allow_date: bool = False


def issue_order(shop: Shop, data: bytes, wanted: Wanted, texts: Texts) -> dict[str, Any]:
    """Read, check, issue (or draft), send; the answer of the contract as a dictionary.

    The bytes of a finished document are written to `wanted.out`; where a file of that name with other bytes stands,
    nothing is issued. An order that made a draft before issues that draft.
    """
    order = order_file.read(data)
    digest = hashlib.sha256(_canonical(data)).hexdigest()
    if not wanted.draft:
        prepare_folder(wanted.out)
    with shop.writing() as connection:
        before = _before(connection, order, digest)
        if before is not None and before.is_issued:
            issued, created = _again(connection, shop, before, wanted), False
        else:
            draft_id, created = _drafted(connection, shop, order, before, digest)
            if wanted.draft:
                return _draft_answer(connection, shop, draft_id, created, before is not None, texts)
            issued = issuing.issue_in(
                connection, shop, draft_id, send=wanted.send, allow_date=wanted.allow_date
            )
            for name, content in _files(issued):
                refuse_other_bytes(wanted.out / name, content)
            _refuse_other_mail(issued, wanted)
    return _finish(shop, issued, created, wanted, texts)


def _canonical(data: bytes) -> bytes:
    """The order without blanks and with sorted names: the same order is the same however it is laid out."""
    import json

    raw = strict_json.parse_json(data)
    return json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _before(connection: Connection, order: Order, digest: str) -> Document | None:
    """What this very order made before, draft or issued; raises RequestKeyReused for another order's key."""
    from shopdesk.store import documents as stored

    if not order.request_key:
        return None
    found = stored.by_request_key(connection, order.request_key)
    if found is None:
        return None
    document, earlier = found
    if earlier != digest:
        raise RequestKeyReused(order.request_key)
    return document


def _again(connection: Connection, shop: Shop, before: Document, wanted: Wanted) -> issuing.Issued:
    """The issued document once more; where its mail was never queued and sending is wanted now, it is queued."""
    from shopdesk.usecases import mail_texts, outbox

    assert before.id is not None
    issued = issuing.already_issued(connection, before.id)
    assert issued is not None
    if wanted.send and not wanted.draft and issued.outbox_id is None:
        composed = mail_texts.compose_in(connection, before)
        issued = replace(issued, outbox_id=outbox.queue(connection, shop, composed))
        _refuse_other_mail(issued, wanted)
    return issued


def _refuse_other_mail(issued: issuing.Issued, wanted: Wanted) -> None:
    """A mail that was never written before has bytes of its own: any file of its name is in the way."""
    path = _eml_path(issued, wanted)
    if issued.outbox_id is not None and path.exists():
        raise FileInTheWay(path)


def _eml_path(issued: issuing.Issued, wanted: Wanted) -> Path:
    return wanted.out / f"{Path(issued.file_name).stem}.eml"


def _drafted(
    connection: Connection, shop: Shop, order: Order, before: Document | None, digest: str
) -> tuple[int, bool]:
    """The stored draft of the order, and whether its customer is new."""
    from shopdesk.store import documents as stored

    if before is not None:
        assert before.id is not None
        return before.id, False
    named = chains.references_in(connection, order.refers_to)
    customer, created = _customer(connection, shop, order, named)
    draft = _draft(connection, shop, order, customer, named)
    return stored.create(connection, draft, shop.clock.now(), digest), created


def _customer(
    connection: Connection, shop: Shop, order: Order, named: tuple[Document, ...]
) -> tuple[Customer, bool]:
    from shopdesk.store import customers as stored

    if order.customer_number:
        customer_id = stored.by_number(connection, order.customer_number)
        if customer_id is None:
            raise NotFound(order.customer_number, "customer.number")
        return stored.load(connection, customer_id), False
    if order.customer is None and named and named[0].customer_id is not None:
        return stored.load(connection, named[0].customer_id), False
    if order.customer is None:
        text = N_("Who is it for? The customer is missing.")
        raise ShopError(Message(text), "BR-07", "customer")
    existing = customers.match(connection, order.customer)
    if existing is not None:
        return existing, False
    try:
        return customers.create_in(connection, shop, order.customer), True
    except customers.CustomerWithoutName as error:
        raise ShopError(error.message, "BR-07", "customer") from error


def _draft(
    connection: Connection, shop: Shop, order: Order, customer: Customer, named: tuple[Document, ...]
) -> Document:
    profile = shop_settings.load_profile(connection)
    if not profile.is_complete:
        raise shop_settings.ProfileIncomplete
    today = shop.clock.today()
    date = order.date or today
    for field, day in (("date", date), ("due", order.due)):
        if day and day > _LAST_DAY:
            raise issuing.DateOutOfOrder(Message(N_("{date} is too far ahead."), {"date": day}), field=field)
    due = date + dt.timedelta(days=order.due_days) if order.due_days is not None else order.due
    draft = replace(
        order_chain.begun(order, named),
        kind=order.kind,
        request_key=order.request_key or str(uuid.uuid4()),
        date=date,
        due=due,
        customer_id=customer.id,
        recipient=_recipient(order, customer, named),
        intro=order.intro,
        closing=order.closing,
        refers_to=tuple(document.as_reference() for document in named),
        follows_id=named[0].id if named else None,
    )
    if not order_chain.takes_over(order, named):
        draft = replace(
            draft,
            lines=tuple(_with_article(connection, line, order, profile.default_rate) for line in order.lines),
            prices=order.prices or profile.prices,
            fulfilment=order.fulfilment,
            tax_note=order.tax_note or (draft.tax_note if order.kind in CORRECTIONS else ""),
            delivery_date=order.delivery_date,
            service_period=order.service_period,
            discount=order.discount,
            cash_discount=order.cash_discount,
            prepaid=order.prepaid,
        )
    draft = order_chain.as_supplied(draft, named)
    draft = documents.with_terms(draft, profile, today)
    beyond = document_rules.out_of_range(draft)
    if beyond:
        raise DocumentRefused(beyond)
    draft = replace(draft, currency=order.currency or (named[0].currency if named else profile.currency))
    draft = chains.settled_in(connection, draft)
    chains.refuse(connection, draft)
    return draft


def _recipient(order: Order, customer: Customer, named: tuple[Document, ...]) -> Recipient:
    """The order's own address and mail stand on this document; an existing customer's record is not changed by it.

    Without a customer in the order, the one of the document it refers to, as it stands there.
    """
    if order.customer is None and not order.customer_number and named:
        return named[0].recipient
    known = customer.as_recipient()
    if order.customer is None:
        return known
    asked = customers.tidied(order.customer).as_recipient()
    return replace(
        asked,
        customer_number=customer.number,
        buyer_reference=asked.buyer_reference or known.buyer_reference,
        electronic_address=known.electronic_address,
        electronic_scheme=known.electronic_scheme,
        xrechnung=known.xrechnung,
    )


def _with_article(connection: Connection, line: Line, order: Order, default_rate: Any) -> Line:
    """What the order leaves out comes from the article of that code, where there is one."""
    from shopdesk.domain.articles import in_prices
    from shopdesk.store import articles

    if not line.article_code:
        return line
    article = articles.by_code(connection, line.article_code)
    if article is None:
        return line
    rate = article.vat_rate if article.vat_rate is not None else default_rate
    price = line.unit_price
    if price is None and article.unit_price is not None and order.prices is not None:
        price = in_prices(article.unit_price, article.prices, order.prices, rate)
    elif price is None:
        price = article.unit_price
    return replace(
        line,
        text=line.text or article.name,
        unit_price=price,
        vat_rate=line.vat_rate if line.vat_rate is not None else article.vat_rate,
        weight_grams=article.weight_grams,
    )


def prepare_folder(folder: Path) -> None:
    """Make the folder and see that a file can be written, before anything is issued."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".shopdesk-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise FolderUnusable(folder, error.strerror or str(error)) from error


def refuse_other_bytes(path: Path, data: bytes) -> None:
    """An existing file with other bytes is never overwritten."""
    if path.exists() and (not path.is_file() or path.read_bytes() != data):
        raise FileInTheWay(path)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; the same bytes are left alone."""
    if path.is_file() and path.read_bytes() == data:
        return
    refuse_other_bytes(path, data)
    from shopdesk.store.durable import durable_write

    try:
        durable_write(path, data)
    except OSError as error:
        raise FolderUnusable(path.parent, error.strerror or str(error)) from error


def _finish(
    shop: Shop, issued: issuing.Issued, created: bool, wanted: Wanted, texts: Texts
) -> dict[str, Any]:
    for name, content in _files(issued):
        write_bytes(wanted.out / name, content)
    mail, eml = _mail(shop, issued, wanted, texts)
    document = issued.document
    return {
        **_common(document, created, texts, repeated=issued.repeated),
        "pdf": str(wanted.out / issued.file_name),
        "xml": str(wanted.out / issued.xml.name) if issued.xml else None,
        "sha256": issued.sha256,
        "warnings": _problems(issued.warnings, texts),
        "mail": mail,
        "eml": eml,
    }


def _files(issued: issuing.Issued) -> list[tuple[str, bytes]]:
    """Name and bytes of what is written to the folder."""
    files = [(issued.file_name, issued.pdf)]
    return [*files, (issued.xml.name, issued.xml.data)] if issued.xml else files


# what the contract has no word for: another program is at it, or the owner was asked whether it went
_MAIL_STATES = {MailState.SENDING: MailState.UNCLEAR, MailState.HANDED_OVER: MailState.UNCLEAR}


def _mail(
    shop: Shop, issued: issuing.Issued, wanted: Wanted, texts: Texts
) -> tuple[dict[str, Any], str | None]:
    from shopdesk.usecases import outbox

    none: tuple[dict[str, Any], None] = {"state": "none", "reason": None}, None
    if issued.outbox_id is None:
        return none
    entry = outbox.entry(shop, issued.outbox_id)
    if entry.state == MailState.CANCELLED:
        return none
    # also when repeated: the first run may have died before it came to sending
    if wanted.send and entry.state == MailState.QUEUED:
        entry = outbox.send(shop, issued.outbox_id)
    eml = None
    if entry.state == MailState.QUEUED:
        path = _eml_path(issued, wanted)
        write_bytes(path, outbox.eml(shop, issued.outbox_id))
        eml = str(path)
    reason = texts.say(entry.reason.message) if entry.reason else None
    return {"state": _MAIL_STATES.get(entry.state, entry.state).value, "reason": reason}, eml


def _draft_answer(
    connection: Connection, shop: Shop, draft_id: int, created: bool, repeated: bool, texts: Texts
) -> dict[str, Any]:
    from shopdesk.store import documents as stored

    draft = stored.load(connection, draft_id)
    value, warnings = issuing.ready(draft, tax.context_in(connection, shop, draft), send=False)
    return {
        **_common(value, created, texts, repeated=repeated),
        "number": None,
        "pdf": None,
        "xml": None,
        "sha256": None,
        "draft": draft_id,
        "warnings": _problems(warnings, texts),
        "mail": {"state": "none", "reason": None},
        "eml": None,
    }


def _common(document: Document, created: bool, texts: Texts, *, repeated: bool) -> dict[str, Any]:
    return {
        "number": document.number,
        "kind": document.kind.value,
        "date": document.date.isoformat() if document.date else None,
        "repeated": repeated,
        "customer": {"number": document.recipient.customer_number, "created": created},
        "tax_case": document.tax_case.value,
        "tax_reason": document.tax_reason or texts.say(explained(document)),
        "totals": totals_answer(totals(document)),
    }


def totals_answer(sums: Totals) -> dict[str, Any]:
    """The sums as decimal text."""
    return {
        "net": str(sums.net.amount),
        "vat": [
            {
                "rate": format(row.rate, "f"),
                "category": row.category,
                "base": str(row.base.amount),
                "amount": str(row.amount.amount),
            }
            for row in sums.vat
        ],
        "gross": str(sums.gross.amount),
        "prepaid": str(sums.prepaid.amount),
        "payable": str(sums.payable.amount),
    }


def _problems(problems: tuple[Problem, ...], texts: Texts) -> list[dict[str, str]]:
    return [
        {"code": problem.code, "field": problem.field, "message": texts.say(problem.message)}
        for problem in problems
        if problem.is_warning
    ]
