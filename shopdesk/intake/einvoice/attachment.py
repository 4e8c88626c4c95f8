"""One attachment of an e-invoice, taken out in a worker process: its place in the list, a line end, the file."""

from __future__ import annotations

import base64
import json

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.received_invoices import EInvoiceProblem
from shopdesk.intake.einvoice import reading, xml


def prepare(data: bytes) -> None:
    """Load what `answer` will need for this file."""
    reading.prepare(data.partition(b"\n")[2])


def answer(data: bytes) -> str:
    """The JSON that goes back: the bytes in base64, or the one sentence why there are none."""
    position, _, file = data.partition(b"\n")
    try:
        return json.dumps({"data": base64.b64encode(_content(file, int(position))).decode()})
    except EInvoiceProblem as problem:
        return reading.refusal(problem)
    except (MemoryError, RecursionError):
        return reading.refusal(xml.too_large())


def _content(file: bytes, position: int) -> bytes:
    found = reading.attachments(file)
    content = found[position] if position < len(found) else None
    if content is None:
        raise EInvoiceProblem(Message(N_("The attachment is not in the file.")), "no-attachment")
    return content
