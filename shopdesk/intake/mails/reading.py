"""Bytes of mails become values. Runs in a worker process (intake/worker.py); one call may bring many mails."""

from __future__ import annotations

import email
import hashlib
import json
import re
from email.message import Message
from email.policy import compat32
from importlib import import_module

from shopdesk.domain.mail import Mailbox
from shopdesk.domain.messages import N_
from shopdesk.domain.messages import Message as Words
from shopdesk.domain.plain import to_plain
from shopdesk.domain.received_mails import MailUnreadable, ReceivedMail
from shopdesk.domain.web_forms import writer
from shopdesk.intake.mails import automatic, headers, parts

# what the standard library imports in the middle of its work
_LOADED_LATE = (
    "email.parser", "email.generator", "email.header", "email.iterators", "email.utils", "email._encoded_words",
    "email.base64mime", "email.quoprimime", "quopri", "locale", "calendar",
)  # fmt: skip
_BROKEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    MemoryError,
    OSError,
)
_HEADER = re.compile(rb"(?im)^(?:from|to|subject|date|received|message-id|return-path|mime-version)[ \t]*:")
_MARKS_OF_OTHERS = (b"%PDF-", b"\x89PNG", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff")


def prepare(data: bytes) -> None:
    """Load what `answer` will need for these mails."""
    for name in _LOADED_LATE:
        import_module(name)
    headers.load_charsets(data)


def answer(data: bytes) -> str:
    """One line of JSON for each mail: what it says, or the one sentence why it cannot be read.

    `data` is a line with the mails' lengths, then the mails.
    """
    head, _, rest = data.partition(b"\n")
    lines, begin = [], 0
    for length in json.loads(head):
        lines.append(_told(rest[begin : begin + length]))
        begin += length
    return "\n".join(lines)


def _told(data: bytes) -> str:
    try:
        return json.dumps({"mail": to_plain(read(data))}, ensure_ascii=True)
    except MailUnreadable as problem:
        return json.dumps({"problem": problem.message.id, "code": problem.code})


def read(data: bytes) -> ReceivedMail:
    """The mail as a value. Raises MailUnreadable and nothing else."""
    if data.startswith(_MARKS_OF_OTHERS) or not _HEADER.search(data[:65536]):
        raise MailUnreadable(Words(N_("This file is no mail.")), "no-mail")
    try:
        return _read(email.message_from_bytes(data, policy=compat32), data)
    except _BROKEN as error:
        text = N_(
            "The mail cannot be read: it is damaged, or made to do harm. Nothing happened to your data."
        )
        raise MailUnreadable(Words(text)) from error


def _read(message: Message, data: bytes) -> ReceivedMail:
    first = headers.first
    senders = headers.mailboxes(headers.values(message, "From"))
    writers = senders or headers.mailboxes(headers.values(message, "Sender"))
    sender = writers[0] if writers else Mailbox("", headers.text(first(message, "From")))
    reply_to = headers.mailboxes(headers.values(message, "Reply-To"))
    words = parts.text_of(message)
    ids = headers.message_ids(first(message, "Message-ID"))
    in_reply_to = headers.message_ids(first(message, "In-Reply-To"))
    form = writer(words)
    return ReceivedMail(
        message_id=ids[0] if ids else made_id(data),
        sender=sender,
        subject=headers.text(first(message, "Subject")),
        text=words,
        reply_to=reply_to[0] if reply_to and reply_to[0].address != sender.address else None,
        recipients=headers.mailboxes([*headers.values(message, "To"), *headers.values(message, "Cc")]),
        sent_at=headers.moment(first(message, "Date")),
        in_reply_to=in_reply_to[0] if in_reply_to else automatic.receipt_for(message),
        references=headers.message_ids(" ".join(headers.values(message, "References"))),
        attachments=tuple(file for file, _part in parts.files(message)),
        is_automatic=automatic.is_automatic(message, sender, form),
        is_bulk=automatic.is_bulk(message),
        is_spam=automatic.is_spam(message),
        is_notice=automatic.is_notice(message),
        form=form,
        bounce=automatic.bounce_of(message, sender, words),
    )


def made_id(data: bytes) -> str:
    """An id for a mail without one: the same bytes give the same id."""
    return f"<{hashlib.sha256(data).hexdigest()[:40]}@no-message-id.invalid>"
