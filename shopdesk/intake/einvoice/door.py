"""The one door for e-invoices from outside: bytes in, a `ReceivedInvoice` or one sentence out."""

from __future__ import annotations

import base64
import json
from decimal import InvalidOperation
from typing import Any

from shopdesk.domain.messages import Message
from shopdesk.domain.plain import from_plain
from shopdesk.domain.received_invoices import EInvoiceProblem, ReceivedInvoice
from shopdesk.intake.worker import Worker, unreadable

JOB, ATTACHMENT_JOB = "e-invoice", "e-invoice-attachment"


def read(data: bytes, worker: Worker | None = None) -> ReceivedInvoice:
    """Read the file in a worker process. Raises EInvoiceProblem, whatever is wrong with it."""
    answer = (worker or Worker()).run(JOB, data)
    try:
        told = json.loads(answer)
        if "problem" in told:
            raise _refusal(told["problem"])
        return from_plain(ReceivedInvoice, told["invoice"])
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation, RecursionError) as error:
        raise unreadable() from error


def attachment(data: bytes, position: int, worker: Worker | None = None) -> bytes:
    """The bytes of one of the invoice's attachments, taken out in a worker process. Raises EInvoiceProblem."""
    answer = (worker or Worker()).run(ATTACHMENT_JOB, b"%d\n%b" % (position, data))
    try:
        told = json.loads(answer)
        if "problem" in told:
            raise _refusal(told["problem"])
        return base64.b64decode(told["data"], validate=True)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise unreadable() from error


def _refusal(told: dict[str, Any]) -> EInvoiceProblem:
    values = {str(name): value for name, value in told["values"].items() if isinstance(value, int | str)}
    return EInvoiceProblem(Message(str(told["text"]), values), str(told["code"]))
