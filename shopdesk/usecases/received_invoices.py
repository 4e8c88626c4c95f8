"""What the owner does with e-invoices that come in: read, judge, file, find again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain import disk_troubles
from shopdesk.domain.errors import ShopError
from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.received_invoice_rules import Verdict, judge
from shopdesk.domain.received_invoices import (
    EInvoiceProblem,
    KeptInvoice,
    ReceivedInvoice,
    StillKept,
    kept_until,
)
from shopdesk.domain.vat_ids import vat_id_compact
from shopdesk.intake.worker import LARGEST_FILE, Worker
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop

__all__ = ["KeptInvoice", "OpenedInvoice", "Worker"]

_PDF, _XML = "application/pdf", "application/xml"


@dataclass(frozen=True, slots=True)
class OpenedInvoice:
    """A file that was read. `kept` is set when exactly these bytes are filed already."""

    file_name: str
    data: bytes = field(repr=False)
    sha256: str
    invoice: ReceivedInvoice
    verdict: Verdict
    kept: KeptInvoice | None = None
    customer_id: int | None = None
    """The customer with the seller's VAT id, as a proposal."""


class FileNotOpened(ShopError):
    """The system does not let us read or write the file."""

    code = "file"


def open_file(shop: Shop, place: Path | str, worker: Worker | None = None) -> OpenedInvoice:
    """Read a file from the disk; raises EInvoiceProblem or FileNotOpened, each one clear sentence."""
    path = Path(place)
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        text = N_("{name} cannot be opened: {reason}.")
        raise FileNotOpened(Message(text, {"name": path.name, "reason": disk_troubles.why(error)})) from error
    return open_bytes(shop, path.name, data, worker)


def open_bytes(shop: Shop, file_name: str, data: bytes, worker: Worker | None = None) -> OpenedInvoice:
    """Read the bytes in a worker process and judge them; nothing is stored. Raises EInvoiceProblem."""
    from shopdesk.intake.einvoice import door
    from shopdesk.store import received_invoices

    invoice = door.read(data, worker)
    sha256 = hashlib.sha256(data).hexdigest()
    with shop.reading() as connection:
        kept = received_invoices.by_hash(connection, sha256)
        customer_id = kept.customer_id if kept else _customer_of(connection, invoice)
    name = safe_file_name(file_name, "e-invoice")
    return OpenedInvoice(name, data, sha256, invoice, judge(invoice), kept, customer_id)


def _customer_of(connection: Connection, invoice: ReceivedInvoice) -> int | None:
    from shopdesk.store import customers

    vat_id = vat_id_compact(invoice.seller.vat_id)
    found = customers.by_vat_id(connection, vat_id) if vat_id else []
    return found[0] if len(found) == 1 else None


def open_kept(shop: Shop, invoice_id: int, worker: Worker | None = None) -> OpenedInvoice:
    """Read a filed invoice again out of its bytes."""
    name, data = original(shop, invoice_id)
    return open_bytes(shop, name, data, worker)


def original(shop: Shop, invoice_id: int) -> tuple[str, bytes]:
    """File name and bytes as they came; raises NotFound."""
    from shopdesk.store import received_invoices

    with shop.reading() as connection:
        name = received_invoices.load(connection, invoice_id).file_name
        return name, received_invoices.data(connection, invoice_id)


def save_original(opened: OpenedInvoice, place: Path | str) -> None:
    """Write the unchanged bytes into a file; raises FileNotOpened."""
    _write(place, opened.data)


def _write(place: Path | str, data: bytes) -> None:
    from shopdesk.store import durable

    try:
        durable.durable_write(Path(place), data)
    except OSError as error:
        text = N_("{name} cannot be written: {reason}.")
        values = {"name": Path(place).name, "reason": disk_troubles.why(error)}
        raise FileNotOpened(Message(text, values)) from error


def save_attachment(opened: OpenedInvoice, position: int, place: Path | str) -> None:
    """Take an attachment out and write it; raises EInvoiceProblem or FileNotOpened. Nothing is opened or started."""
    from shopdesk.intake.einvoice import door

    _write(place, door.attachment(opened.data, position))


def file(
    shop: Shop, opened: OpenedInvoice, customer_id: int | None = None, supplier: str = ""
) -> tuple[KeptInvoice, bool]:
    """Keep the bytes for eight years. False: they were filed before, and nothing was added."""
    from shopdesk.store import received_invoices

    invoice = opened.invoice
    value = KeptInvoice(
        id=0,
        file_name=opened.file_name,
        media_type=_PDF if opened.data[:1024].find(b"%PDF-") >= 0 else _XML,
        sha256=opened.sha256,
        size=len(opened.data),
        number=invoice.number,
        seller=invoice.seller.name or invoice.seller.trading_name,
        issued=invoice.issued,
        due=invoice.due,
        currency=invoice.currency,
        payable=invoice.totals.payable,
        received_at=shop.clock.now(),
        kept_until=kept_until(invoice.issued, shop.clock.today()),
        customer_id=customer_id,
        supplier=supplier.strip(),
    )
    with shop.writing() as connection:
        kept = received_invoices.by_hash(connection, opened.sha256)
        if kept is not None:
            return kept, False
        invoice_id = received_invoices.add(connection, value, opened.data, _words(connection, value))
        new = {
            "number": value.number, "seller": value.seller, "sha256": value.sha256, "file_name": value.file_name,
            "customer_id": customer_id, "supplier": value.supplier, "kept_until": value.kept_until.isoformat(),
        }  # fmt: skip
        shop.record(connection, "file", "received_invoice", invoice_id, new=new)
        if customer_id is not None:
            _note(connection, shop, value, customer_id)
    return replace(value, id=invoice_id), True


def _note(connection: Connection, shop: Shop, value: KeptInvoice, customer_id: int) -> None:
    """The customer's timeline tells that the invoice came."""
    from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
    from shopdesk.i18n import Texts
    from shopdesk.store import timeline
    from shopdesk.usecases.shop_settings import load_profile

    text = N_("Invoice {number} came in, {sum}")
    values = {"number": value.number, "sum": Money.of(value.payable or 0, value.currency)}
    title = Texts(load_profile(connection).language).say(Message(text, values))
    entry = TimelineEntry(customer_id, EntryKind.DOCUMENT, shop.clock.now(), title, direction=Direction.IN)
    timeline.add(connection, entry)


def _words(connection: Connection, value: KeptInvoice) -> str:
    """The customer's name finds the invoice, too."""
    from shopdesk.store import customers

    return customers.load(connection, value.customer_id).name if value.customer_id is not None else ""


def get(shop: Shop, invoice_id: int) -> KeptInvoice:
    """One filed invoice; raises NotFound."""
    from shopdesk.store import received_invoices

    with shop.reading() as connection:
        return received_invoices.load(connection, invoice_id)


def page(
    shop: Shop, cursor: Cursor | None = None, limit: int = 100, wanted: str = ""
) -> tuple[KeptInvoice, ...]:
    """The next rows of the list, newest first, narrowed down by what was typed."""
    from shopdesk.store import received_invoices

    with shop.reading() as connection:
        return received_invoices.page(connection, cursor, limit, wanted)


def cursor_of(value: KeptInvoice) -> Cursor:
    """Where the list goes on behind this row."""
    from shopdesk.store import moments

    return moments.to_text(value.received_at), value.id


def assign(
    shop: Shop, value: KeptInvoice, customer_id: int | None, supplier: str = ""
) -> tuple[KeptInvoice, Undo]:
    """Say whom the invoice is from; the bytes stay. Raises ChangedElsewhere."""
    from shopdesk.store import received_invoices

    changed = replace(value, customer_id=customer_id, supplier=supplier.strip())
    with shop.writing() as connection:
        received_invoices.assign(connection, changed, _words(connection, changed))
        shop.record(
            connection, "assign", "received_invoice", value.id,
            {"customer_id": value.customer_id, "supplier": value.supplier},
            {"customer_id": customer_id, "supplier": changed.supplier},
        )  # fmt: skip
    saved = replace(changed, version=value.version + 1)
    return saved, Undo(lambda s: assign(s, saved, value.customer_id, value.supplier))


def remove(shop: Shop, invoice_id: int) -> None:
    """Take a filed invoice out for good; raises StillKept before its time has passed."""
    from shopdesk.store import received_invoices

    with shop.writing() as connection:
        value = received_invoices.load(connection, invoice_id)
        if shop.clock.today() <= value.kept_until:
            raise StillKept(value.kept_until)
        received_invoices.remove(connection, invoice_id)
        old = {
            "number": value.number,
            "seller": value.seller,
            "sha256": value.sha256,
            "kept_until": value.kept_until.isoformat(),
        }
        shop.record(connection, "remove", "received_invoice", invoice_id, old=old)


def stopped(error: Exception) -> bool:
    """Whether the owner himself stopped the reading."""
    return isinstance(error, EInvoiceProblem) and error.code == "stopped"
