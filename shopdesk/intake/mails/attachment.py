"""One attachment of a mail, taken out in a worker process: its place in the mail, a line end, the mail."""

from __future__ import annotations

import base64
import email
import json
from email.policy import compat32

from shopdesk.intake.mails import parts, reading

BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError, OSError)


def prepare(data: bytes) -> None:
    """Load what `answer` will need for this mail."""
    reading.prepare(data.partition(b"\n")[2])


def answer(data: bytes) -> str:
    """The JSON that goes back: the bytes in base64, or none."""
    position, _, mail = data.partition(b"\n")
    try:
        message = email.message_from_bytes(mail, policy=compat32)
        found = next((part for file, part in parts.files(message) if file.position == int(position)), None)
        content = None if found is None else base64.b64encode(parts.content(found)).decode()
    except BROKEN:
        content = None
    return json.dumps({"data": content})
