"""Mails as other programs write them."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP


def mail(
    subject: str = "Anfrage",
    sender: str = "Desislava Ivanova <desi@ivanova.example>",
    text: str = "Guten Tag, haben Sie Rollmatratzen 80x190?",
    message_id: str = "",
    **headers: str,
) -> bytes:
    """A plain mail; further headers by their names with _ for -."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = "post@schlafgut-lindner.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 23 Nov 2026 09:45:00 +0100"
    message["Message-ID"] = message_id or f"<{abs(hash((subject, sender, text)))}@ivanova.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return bytes(message)


def bounce(message_id: str, recipient: str = "desi@ivanova.example", action: str = "failed") -> bytes:
    """A mail server reports that a mail of ours did not arrive (RFC 3464)."""
    return "\r\n".join(
        [
            "Return-Path: <>",
            "From: Mail Delivery System <MAILER-DAEMON@mx.example>",
            "To: post@schlafgut-lindner.example",
            "Subject: Undelivered Mail Returned to Sender",
            f"Message-ID: <bounce-{action}@mx.example>",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "I'm sorry to have to inform you that your message could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example",
            "",
            f"Final-Recipient: rfc822; {recipient}",
            f"Action: {action}",
            "Status: 5.1.1",
            "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
            "",
            "--b",
            "Content-Type: message/rfc822",
            "",
            "From: post@schlafgut-lindner.example",
            f"Message-ID: {message_id}",
            "Subject: Rechnung",
            "",
            "Hallo",
            "--b--",
            "",
        ]
    ).encode()
