"""What a mail says of itself: written by a machine, sent to a list, marked as spam, returned as undeliverable."""

from __future__ import annotations

import re
from email.message import Message

from shopdesk.domain.mail import Mailbox, one_line
from shopdesk.domain.received_mails import Bounce
from shopdesk.domain.web_forms import is_machine, is_site
from shopdesk.intake.mails import headers, parts

_POSTMASTERS = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"})
_SAID_ID = re.compile(r"(?im)^[> \t]*message-id:\s*(<[^<>\s]{1,500}>)")
_REPLY = re.compile(r"(?im)^METHOD:REPLY\s*$")
_LONGEST_WORDS = 300


def is_automatic(message: Message, sender: Mailbox, form: Mailbox | None = None) -> bool:
    """Whether a machine wrote it (RFC 3834 and what was used before it); what a `form` sends, somebody filled in."""
    submitted = headers.first(message, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = headers.first(message, "Precedence").lower()
    local = sender.address.partition("@")[0]
    is_reply = submitted == "auto-replied" or precedence in {"auto_reply", "auto-reply"}
    if form is not None and is_site(sender.address) and not is_reply:
        return False
    return (
        submitted not in {"", "no"}
        or precedence in {"auto_reply", "auto-reply"}
        or any(
            headers.first(message, name)
            for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")
        )
        or headers.first(message, "Return-Path").replace(" ", "") == "<>"
        or local.lower() in _POSTMASTERS
        or (is_machine(sender.address) and not headers.first(message, "Reply-To"))
        or is_notice(message)
    )


def is_notice(message: Message) -> bool:
    """Whether it is a read receipt (RFC 8098) or a program's answer to an invitation (RFC 5546, 3.2.3).

    A counter proposal is none: somebody waits for an answer to it.
    """
    return any(_tells(part) for part in message.walk())


def _tells(part: Message) -> bool:
    kind = part.get_content_type()
    if kind == "message/disposition-notification":
        return True
    if kind != "text/calendar":
        return False
    method = part.get_param("method")
    if isinstance(method, str) and method:
        return method.strip().upper() == "REPLY"
    return bool(_REPLY.search(headers.decoded(parts.content(part))))


def receipt_for(message: Message) -> str:
    """The mail of ours that a read receipt is about; "" where it does not say so, or is none."""
    for part in message.walk():
        payload = part.get_payload()
        if part.get_content_type() == "message/disposition-notification" and isinstance(payload, list):
            for group in (each for each in payload if isinstance(each, Message)):
                ids = headers.message_ids(headers.first(group, "Original-Message-ID"))
                if ids:
                    return ids[0]
    return ""


def is_bulk(message: Message) -> bool:
    """Whether it went to a list (RFC 2919, RFC 2369)."""
    precedence = headers.first(message, "Precedence").lower()
    names = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID", "X-Mailing-List")
    return precedence in {"bulk", "list", "junk"} or any(headers.first(message, name) for name in names)


def is_spam(message: Message) -> bool:
    """Whether a filter on the way called it spam."""
    flag = headers.first(message, "X-Spam-Flag").lower()
    status = headers.first(message, "X-Spam-Status").lower()
    return flag.startswith(("yes", "true")) or status.startswith("yes")


def bounce_of(message: Message, sender: Mailbox, words: str) -> Bounce | None:
    """What it says about a mail of ours that did not arrive; None when it says nothing of the kind."""
    is_report = message.get_content_type() == "multipart/report"
    is_postmaster = sender.address.partition("@")[0].lower() in _POSTMASTERS
    if is_notice(message) or (not is_report and not is_postmaster):
        return None
    found = _SAID_ID.search(words)
    message_id, recipient, said, is_final = found[1] if found else "", "", "", not is_report
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            recipient, said, is_final = _status(part)
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}:
            message_id = _returned_id(part) or message_id
    failed = headers.first(message, "X-Failed-Recipients")
    return (
        Bounce(message_id, recipient or failed, said or one_line(words)[:_LONGEST_WORDS], is_final)
        if message_id
        else None
    )


def _status(part: Message) -> tuple[str, str, bool]:
    """Who did not get it, why, and whether the server gave up (RFC 3464, 2.3)."""
    payload = part.get_payload()
    groups = payload if isinstance(payload, list) else []
    for group in (each for each in groups if isinstance(each, Message)):
        action = headers.first(group, "Action").lower()
        if action:
            recipient = headers.first(group, "Final-Recipient") or headers.first(group, "Original-Recipient")
            said = headers.first(group, "Diagnostic-Code") or headers.first(group, "Status")
            words = headers.text(said.partition(";")[2] or said)[:_LONGEST_WORDS]
            return headers.text(recipient.partition(";")[2] or recipient), words, action == "failed"
    return "", "", False


def _returned_id(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        ids = headers.message_ids(headers.first(payload[0], "Message-ID"))
    else:
        found = _SAID_ID.search(headers.decoded(parts.content(part)))
        ids = (found[1],) if found else ()
    return ids[0] if ids else ""
