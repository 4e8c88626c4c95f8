from __future__ import annotations

import datetime as dt
import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shopdesk.domain.mail import Attachment, Mailbox, OutgoingMail, WrongAddress, one_line
from shopdesk.output.email.mime import as_unsent, mime_bytes, sent_anew

AT = dt.datetime(2026, 11, 23, 9, 0, 0, 123, tzinfo=dt.UTC)
MAIL = OutgoingMail(
    "<r-2026-0001@schlafgut-lindner.de>",
    Mailbox("info@schlafgut-lindner.de", "Schlafgut Lindner"),
    (Mailbox("d.ivanova@example.org", "Десислава Иванова"),),
    "Ihre Rechnung R-2026-0001 über 295,55 €",
    "Guten Tag, Frau Ivanova,\n\n.Punkt am Anfang\nFrom hier an: äöüß € Ж\n" + "ein langer Satz " * 40 + "\n",
    (
        Attachment("Rechnung Müller & Söhne.pdf", "application/pdf", bytes(range(256))),
        Attachment("a.txt", "text/plain", b"eins\r\nzwei\n"),
    ),
)


def parsed(message: bytes) -> EmailMessage:
    found = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    return found


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def with_mail(**changes: object) -> OutgoingMail:
    from dataclasses import replace

    return replace(MAIL, **changes)  # type: ignore[arg-type]


def test_everything_in_the_mail_comes_back_out() -> None:
    message = parsed(mime_bytes(MAIL, AT))
    assert message["Message-ID"] == MAIL.message_id
    assert message["Subject"] == MAIL.subject
    assert [(a.display_name, a.addr_spec) for a in message["To"].addresses] == [
        ("Десислава Иванова", "d.ivanova@example.org")
    ]
    assert message["Date"].datetime == AT.replace(microsecond=0)
    assert [line.rstrip() for line in text_of(message).splitlines()] == [
        line.rstrip() for line in MAIL.body.splitlines()
    ]
    files = [
        (p.get_filename(), p.get_content_type(), p.get_payload(decode=True))
        for p in message.iter_attachments()
    ]
    assert files == [(a.name, a.media_type, a.data) for a in MAIL.attachments]


def test_the_same_mail_gives_the_same_bytes() -> None:
    assert mime_bytes(MAIL, AT) == mime_bytes(MAIL, AT)


def test_lines_are_short_ascii_with_crlf() -> None:
    message = mime_bytes(MAIL, AT)
    assert message.isascii()
    assert b"\n" not in message.replace(b"\r\n", b"")
    assert max(len(line) for line in message.split(b"\r\n")) <= 78


def test_an_eml_asks_to_be_sent() -> None:
    assert parsed(as_unsent(mime_bytes(MAIL, AT)))["X-Unsent"] == "1"
    assert parsed(mime_bytes(MAIL, AT))["X-Unsent"] is None


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_line_end_in_a_name_or_subject_starts_no_header(break_: str) -> None:
    evil = f"Rechnung{break_}Bcc: evil@example.org"
    mail = with_mail(
        subject=evil, recipients=(Mailbox("d.ivanova@example.org", evil),), sender=Mailbox("a@b.de", evil)
    )
    message = parsed(mime_bytes(mail, AT))
    assert message["Bcc"] is None
    assert message["Subject"] == "Rechnung Bcc: evil@example.org"
    assert [a.addr_spec for a in message["To"].addresses] == ["d.ivanova@example.org"]


@given(st.text(max_size=90))
def test_whatever_the_name_there_is_one_recipient(name: str) -> None:
    mail = with_mail(recipients=(Mailbox("d.ivanova@example.org", name),), attachments=())
    message = parsed(mime_bytes(mail, AT))
    assert [a.addr_spec for a in message["To"].addresses] == ["d.ivanova@example.org"]
    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip


@example("\U0001f6cf" * 20 + " ¡Hola! " + "ß" * 30)
@given(st.text(max_size=200))
def test_every_subject_survives(subject: str) -> None:
    message = parsed(mime_bytes(with_mail(subject=subject, attachments=()), AT))
    assert " ".join(message["Subject"].split()) == " ".join(one_line(subject).split())


@given(st.text(max_size=300))
def test_every_body_survives_but_for_blanks_at_line_ends(body: str) -> None:
    message = parsed(mime_bytes(with_mail(body=body, attachments=()), AT))
    wanted = [line.rstrip() for line in body.splitlines()]
    assert text_of(message).rstrip("\n") == "\n".join(wanted).rstrip("\n")


def test_two_recipients_in_one_address_are_refused() -> None:
    with pytest.raises(WrongAddress):
        mime_bytes(with_mail(recipients=(Mailbox("a@b.de, evil@example.org"),)), AT)


@pytest.mark.parametrize(
    ("given_names", "written"),
    [
        (("a.pdf", "A.pdf", "a.pdf"), ["a.pdf", "A (2).pdf", "a (3).pdf"]),
        (("../../x.pdf", "con.pdf"), ["_.._x.pdf", "_con.pdf"]),
        (("x\r\nX-Evil: 1.pdf", ""), ["xX-Evil_ 1.pdf", "file"]),
    ],
)
def test_attachments_get_safe_and_different_names(given_names: tuple[str, ...], written: list[str]) -> None:
    attachments = tuple(Attachment(name, "application/pdf", b"x") for name in given_names)
    message = parsed(mime_bytes(with_mail(attachments=attachments), AT))
    assert [part.get_filename() for part in message.iter_attachments()] == written


@pytest.mark.parametrize(
    "kind", ["", "application", "application/pdf; x=y", "application/\r\nBcc: a@b.de", "message/rfc822x "]
)
def test_a_strange_media_type_becomes_plain_bytes(kind: str) -> None:
    message = parsed(mime_bytes(with_mail(attachments=(Attachment("x.unknown-ending", kind, b"x"),)), AT))
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "application/octet-stream"


def test_a_mail_without_a_sender_leaves_the_line_to_the_mail_program() -> None:
    assert parsed(mime_bytes(with_mail(sender=Mailbox("")), AT))["From"] is None


def test_a_late_mail_goes_with_the_sender_and_date_of_the_moment_and_is_else_the_same() -> None:
    later = AT + dt.timedelta(days=3)
    for sender in (MAIL.sender, Mailbox("")):
        fresh = sent_anew(
            mime_bytes(with_mail(sender=sender), AT),
            Mailbox("neu@example.org", "Lindner, Jens & Söhne " * 4),
            later,
        )
        message = parsed(fresh)
        assert message["From"].addresses[0].addr_spec == "neu@example.org"
        assert message["Date"].datetime == later.replace(microsecond=0)
        assert (message["Message-ID"], message["Subject"]) == (MAIL.message_id, MAIL.subject)
        assert len(message.get_all("From", [])) == len(message.get_all("Date", [])) == 1
        assert fresh.split(b"\r\n\r\n", 1)[1] == mime_bytes(MAIL, AT).split(b"\r\n\r\n", 1)[1]
