"""The order file: what "Ausstellen und senden" does in the window, for a script (contracts/ORDER.md)."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopdesk.domain import disk_troubles
from shopdesk.domain.document_kinds import CORRECTIONS
from shopdesk.domain.document_rules import Problem
from shopdesk.domain.documents import Document
from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import MailState
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.tax_cases import explained
from shopdesk.domain.totals import Totals, totals
from shopdesk.i18n import Texts
from shopdesk.usecases import (
    chains,
    issuing,
    order_drafts,
    order_file,
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

    def __init__(self, path: Path, error: OSError) -> None:
        text = N_("Nothing can be written to {path}: {why}.")
        super().__init__(Message(text, {"path": str(path), "why": disk_troubles.why(error)}), field="out")


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
    customer, created = order_drafts.customer(connection, shop, order, named)
    draft = order_drafts.draft(connection, shop, order, customer, named)
    return stored.create(connection, draft, shop.clock.now(), digest), created


def prepare_folder(folder: Path) -> None:
    """Make the folder and see that a file can be written, before anything is issued."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".shopdesk-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise FolderUnusable(folder, error) from error


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
        raise FolderUnusable(path.parent, error) from error


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
    warnings = (*warnings, *chains.warnings(connection, value))
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
        "tax_reason": _tax_reason(document, texts),
        "totals": totals_answer(totals(document)),
    }


def _tax_reason(document: Document, texts: Texts) -> str:
    """Why this case; a correction is taxed like its bill, whatever the bill's reason was."""
    if document.kind in CORRECTIONS and document.numbers:
        return texts.gettext("Taxed like {number}").format(number=", ".join(document.numbers))
    return document.tax_reason or texts.say(explained(document))


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
