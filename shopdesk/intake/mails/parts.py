"""The parts of a mail: what is its text, what are its attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.received_mails import LONGEST_TEXT, ReceivedAttachment
from shopdesk.intake.mails import headers, html

_MOST_PARTS = 500
_DEEPEST = 30
_BLANK_LINES = re.compile(r"\n{3,}")
_UNNAMED = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "text/html": "html",
            "text/plain": "txt", "text/calendar": "ics", "application/xml": "xml", "text/xml": "xml"}  # fmt: skip


def text_of(message: Message) -> str:
    """The readable text: plain where there is any, else the words of the HTML."""
    found = _text(message, 0).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    lines = "\n".join(line.rstrip() for line in found.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()[:LONGEST_TEXT]


def _text(part: Message, depth: int) -> str:
    children = _children(part)
    if depth > _DEEPEST:
        return ""
    if children and part.get_content_type() == "multipart/alternative":
        return _best(children, depth)
    if children:
        return "\n\n".join(words for child in children if (words := _text(child, depth + 1).strip()))
    if not _is_text(part):
        return ""
    words = headers.decoded(content(part), str(part.get_param("charset") or ""))
    return html.readable(words) if part.get_content_type() == "text/html" else words


def _best(children: list[Message], depth: int) -> str:
    plain_first = sorted(children, key=lambda child: child.get_content_type() != "text/plain")
    for child in plain_first:
        words = _text(child, depth + 1)
        if words.strip():
            return words
    return ""


def _children(part: Message) -> list[Message]:
    """Parts of a multipart; a mail inside the mail is a file."""
    payload = part.get_payload()
    if part.get_content_maintype() != "multipart" or not isinstance(payload, list):
        return []
    return [child for child in payload if isinstance(child, Message)]


def _is_text(part: Message) -> bool:
    is_readable = part.get_content_type() in {"text/plain", "text/html"} or (
        part.get_content_maintype() == "multipart"  # said to be parts, but there is no boundary
    )
    return is_readable and _disposition(part) != "attachment" and not _file_name(part)


def _disposition(part: Message) -> str:
    return headers.first(part, "Content-Disposition").partition(";")[0].strip().lower()


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError, LookupError, OSError):  # RFC 2231 parameters of which pieces are missing
        name = "?"
    return headers.text(name)


def files(message: Message) -> Iterator[tuple[ReceivedAttachment, Message]]:
    """Each attachment with its part; the order is the same every time."""
    position = 0
    for part in _leaves(message, 0, [0]):
        if _is_text(part):
            continue
        size = len(content(part))
        yield (
            ReceivedAttachment(
                position, _shown_name(part, position), part.get_content_type(), size, _is_inline(part)
            ),
            part,
        )
        position += 1


def _leaves(part: Message, depth: int, count: list[int]) -> Iterator[Message]:
    children = _children(part)
    if children and depth <= _DEEPEST:
        for child in children:
            yield from _leaves(child, depth + 1, count)
    elif count[0] < _MOST_PARTS:
        count[0] += 1
        yield part


def _is_inline(part: Message) -> bool:
    """A picture inside the page, such as a logo."""
    has_id = bool(headers.first(part, "Content-ID"))
    return part.get_content_maintype() == "image" and has_id and _disposition(part) != "attachment"


def _shown_name(part: Message, position: int) -> str:
    name = _file_name(part)
    if name and name != "?":
        return safe_file_name(name)
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return safe_file_name(f"{headers.text(headers.first(_inner(part), 'Subject')) or 'mail'}.eml")
    return f"attachment-{position + 1}.{_UNNAMED.get(kind, 'bin')}"


def _inner(part: Message) -> Message:
    payload = part.get_payload()
    return payload[0] if isinstance(payload, list) and payload and isinstance(payload[0], Message) else part


def content(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone; of a mail inside the mail, that mail."""
    if isinstance(part.get_payload(), list):
        return _mail_bytes(_inner(part))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _mail_bytes(inner: Message) -> bytes:
    try:
        return inner.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError):
        return inner.as_string().encode("utf-8", "replace")
