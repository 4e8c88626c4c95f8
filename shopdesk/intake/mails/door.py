"""The one door for mails from outside: bytes in, values or one sentence each out."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.plain import from_plain
from shopdesk.domain.received_mails import MailUnreadable, ReceivedMail
from shopdesk.intake.worker import Worker

JOB, ATTACHMENT_JOB, OUTLOOK_JOB = "mails", "mail-attachment", "outlook-mail"
_MARK_OF_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def read(mails: Sequence[bytes]) -> tuple[ReceivedMail | MailUnreadable, ...]:
    """Read mails in one worker process, in their order; a process that breaks down over one reads each alone."""
    try:
        return _together(mails)
    except MailUnreadable as problem:
        if len(mails) == 1:
            return (problem,)
    return tuple(one for mail in mails for one in read([mail]))


def read_one(mail: bytes) -> ReceivedMail:
    """Read one mail. Raises MailUnreadable."""
    found = read([mail])[0]
    if isinstance(found, MailUnreadable):
        raise found
    return found


def _together(mails: Sequence[bytes]) -> tuple[ReceivedMail | MailUnreadable, ...]:
    head = json.dumps([len(mail) for mail in mails]).encode()
    lines = _run(JOB, b"\n".join((head, b"".join(mails)))).split(b"\n")
    try:
        found = tuple(_one(line) for line in lines)
    except _BROKEN as error:
        raise _unreadable() from error
    if len(found) != len(mails):
        raise _unreadable()
    return found


def _one(line: bytes) -> ReceivedMail | MailUnreadable:
    told = json.loads(line)
    if "problem" in told:
        return MailUnreadable(Message(str(told["problem"])), str(told["code"]))
    return from_plain(ReceivedMail, told["mail"])


def attachment(mail: bytes, position: int) -> bytes:
    """The bytes of one attachment. Raises MailUnreadable."""
    try:
        content = json.loads(_run(ATTACHMENT_JOB, b"%d\n%b" % (position, mail)))["data"]
        return base64.b64decode(content, validate=True)
    except _BROKEN as error:
        raise _unreadable() from error


def as_it_travels(data: bytes) -> bytes:
    """A mail as it is; an Outlook file (.msg) as the mail it holds. Raises MailUnreadable."""
    if not data.startswith(_MARK_OF_OUTLOOK):
        return data
    try:
        told = json.loads(_run(OUTLOOK_JOB, data))
        if "problem" in told:
            raise MailUnreadable(Message(str(told["problem"])), str(told["code"]))
        return base64.b64decode(told["mail"], validate=True)
    except _BROKEN as error:
        raise _unreadable() from error


def _run(job: str, data: bytes) -> bytes:
    try:
        return Worker().run(job, data)
    except ShopError as problem:
        raise _unreadable() from problem


def _unreadable() -> MailUnreadable:
    text = N_("The mail cannot be read: it is damaged, or made to do harm. Nothing happened to your data.")
    return MailUnreadable(Message(text))
