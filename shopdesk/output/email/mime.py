"""A mail as MIME bytes: the same mail and date give the same bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
import quopri
import re
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.mail import Attachment, Mailbox, OutgoingMail, checked_address, one_line

# 7-bit: no server on the way may rewrite what was hashed and stored
_POLICY = SMTP.clone(cte_type="7bit")
_FOLD = re.compile(rb"(?<=\r\n)(?![ \t])")
_MOVING = (b"from:", b"date:")
_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_MOST_IDS = 30
_SUBJECT = "subject-of-the-mail"
_SUBJECT_LINE = f"Subject: {_SUBJECT}".encode()


def mime_bytes(mail: OutgoingMail, date: dt.datetime) -> bytes:
    """The complete mail with its fixed Message-ID; `date` is an aware moment. Raises WrongAddress."""
    head, blank, rest = bytes(_message(mail, date)).partition(b"\r\n\r\n")
    lines = _subject_line(mail.subject) + _conversation(mail.references)
    return head.replace(_SUBJECT_LINE, lines, 1) + blank + rest


def sent_anew(message: bytes, sender: Mailbox, date: dt.datetime) -> bytes:
    """The stored mail with the sender and date of the moment in which it really goes; all else stays as it was."""
    head, _, rest = message.partition(b"\r\n\r\n")
    lines = [line for line in _FOLD.split(head + b"\r\n") if line and not line.lower().startswith(_MOVING)]
    fresh = EmailMessage(_POLICY)
    fresh["From"] = _address(sender)
    fresh["Date"] = date.replace(microsecond=0)
    return bytes(fresh).removesuffix(b"\r\n") + b"".join(lines) + b"\r\n" + rest


def as_unsent(message: bytes) -> bytes:
    """Stored bytes as a file that mail programs open for sending."""
    return b"X-Unsent: 1\r\n" + message


def _message(mail: OutgoingMail, date: dt.datetime) -> EmailMessage:
    message = EmailMessage(_POLICY)
    if mail.sender.address:  # without one the mail program puts in its own
        message["From"] = _address(mail.sender)
    message["To"] = [_address(recipient) for recipient in mail.recipients]
    message["Subject"] = _SUBJECT
    message["Date"] = date.replace(microsecond=0)
    message["Message-ID"] = mail.message_id
    message.set_content("", charset="utf-8", cte="quoted-printable")
    message.set_payload(_quoted_printable(mail.body))
    for attachment, name in zip(mail.attachments, _distinct_names(mail.attachments), strict=True):
        main_type, _, sub_type = _media_type(attachment).partition("/")
        message.add_attachment(
            attachment.data,
            maintype=main_type,
            subtype=sub_type,
            filename=name,
            params=dict(attachment.parameters) or None,
        )
    if mail.attachments:
        # the generator would draw a random one
        message.set_boundary(f"=_{hashlib.sha256(mail.message_id.encode()).hexdigest()[:40]}")
    return message


def _subject_line(subject: str) -> bytes:
    """Encoded words made by email.header: the policy's own folding loses blanks between some of them (3.11)."""
    text = one_line(subject)
    charset = "utf-8" if "=?" in text or not text.isascii() else None  # "=?" could pass for an encoded word
    value = Header(text, charset, header_name="Subject").encode(linesep="\r\n")
    return f"Subject: {value}".encode("ascii")


def _conversation(references: tuple[str, ...]) -> bytes:
    """Ids go as they came, one a line: the policy's folding would encode long ones, and no program knew them again."""
    ids = [one for one in references if _ID.fullmatch(one)][-_MOST_IDS:]
    if not ids:
        return b""
    folded = "\r\n ".join(ids)
    return f"\r\nIn-Reply-To: {ids[-1]}\r\nReferences: {folded}".encode("ascii")


def _quoted_printable(text: str) -> str:
    """RFC 2045 6.7; the standard library's message writes lines longer than the 76 characters allowed."""
    lines = [line.rstrip() for line in text.splitlines()]
    return quopri.encodestring(("\n".join(lines) + "\n").encode()).decode("ascii")


def _address(mailbox: Mailbox) -> Address:
    return Address(one_line(mailbox.name), addr_spec=checked_address(mailbox.address))


def _media_type(attachment: Attachment) -> str:
    """The stated type, or what the file's ending says; text types go as plain bytes so that they arrive unchanged."""
    kind = attachment.media_type or mimetypes.guess_type(attachment.name)[0] or ""
    main_type, _, sub_type = kind.partition("/")
    words = (main_type.replace("-", ""), sub_type.replace("-", "").replace(".", "").replace("+", ""))
    return kind if all(word.isalnum() and word.isascii() for word in words) else "application/octet-stream"


def _distinct_names(attachments: tuple[Attachment, ...]) -> list[str]:
    """Safe names, no two alike: some mail programs would show the last one only."""
    names: list[str] = []
    for attachment in attachments:
        name = safe_file_name(attachment.name)
        stem, dot, ending = name.rpartition(".")
        count = 2
        while name.casefold() in {other.casefold() for other in names}:
            name = f"{stem or ending} ({count}){dot}{ending if stem else ''}"
            count += 1
        names.append(name)
    return names
