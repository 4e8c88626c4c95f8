"""Outlook's own files (.msg): the same mail comes out as travels; what is broken is refused in words."""

from __future__ import annotations

import random
import struct

import pytest

from shopdesk.domain.mail import Mailbox
from shopdesk.domain.received_mails import MailUnreadable
from shopdesk.intake.mails import attachment, door, outlook, rtf
from tests.mailbox.outlook import Inside, compound, inquiry, msg


def test_words_people_and_moment_come_out() -> None:
    mail = door.read_one(door.as_it_travels(msg(inquiry())))
    assert mail.sender == Mailbox("desi@ivanova.example", "Desislava Ivanova")
    assert mail.recipients == (Mailbox("post@schlafgut-lindner.example", "Schlafgut Lindner"),)
    assert (mail.subject, mail.message_id) == ("Rollmatratze 80×190", "<frage-1@ivanova.example>")
    assert mail.text == "Guten Tag,\nhaben Sie die 80×190?"
    assert mail.sent_at is not None
    assert mail.sent_at.isoformat() == "2026-11-20T09:30:00+00:00"


def test_attached_files_and_mails_come_out_as_they_were() -> None:
    data = door.as_it_travels(msg(inquiry()))
    drawing, forwarded = door.read_one(data).attachments
    assert (drawing.name, drawing.media_type, drawing.size) == (
        "Zeichnung für Bett.pdf",
        "application/pdf",
        5009,
    )
    assert door.attachment(data, 0).startswith(b"%PDF-1.4 xxx")
    assert (forwarded.name, forwarded.media_type) == ("Früher.eml", "message/rfc822")
    assert door.read_one(door.attachment(data, 1)).text == "Von damals."


def test_the_same_file_gives_the_same_mail() -> None:
    file = Inside({0x001A: "IPM.Note", 0x0037: "ohne Kennung", 0x1000: "Hallo"})
    assert outlook.converted(msg(file)) == outlook.converted(msg(file))
    assert door.read_one(outlook.converted(msg(file))).message_id.endswith("@no-message-id.invalid>")


def test_headers_that_travelled_come_before_what_outlook_shows() -> None:
    file = inquiry()
    file.texts[0x007D] = (
        "Received: from mx.example\r\nFrom: =?utf-8?Q?B=C3=BCro?= <buero@ivanova.example>\r\n"
        "Reply-To: desi@ivanova.example\r\nList-Id: <news.example>\r\nIn-Reply-To: <ours@schlafgut.example>\r\n"
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    )
    mail = door.read_one(door.as_it_travels(msg(file)))
    assert (mail.sender, mail.answer_to.address) == (
        Mailbox("buero@ivanova.example", "Büro"), "desi@ivanova.example",
    )  # fmt: skip
    assert (mail.is_bulk, mail.in_reply_to) == (True, "<ours@schlafgut.example>")
    assert mail.text.startswith("Guten Tag")


def test_an_address_inside_a_company_is_no_mail_address() -> None:
    file = inquiry()
    file.texts[0x0C1F] = "/O=FIRMA/OU=EXCHANGE/CN=RECIPIENTS/CN=DESI"
    file.texts[0x5D01] = "desi@ivanova.example"
    assert door.read_one(door.as_it_travels(msg(file))).sender.address == "desi@ivanova.example"


@pytest.mark.parametrize(
    ("texts", "data", "page", "expected"),
    [
        ({0x1000: "Grüße aus Габрово"}, {}, 0, "Grüße aus Габрово"),
        ({0x1000: "Здравейте"}, {}, 1251, "Здравейте"),
        ({}, {0x1013: "<html><p>Grüße</p><p>Jens</p></html>".encode("cp1252")}, 0, "Grüße\n\nJens"),
        ({}, {0x1009: b"x"}, 0, None),
        ({}, {}, 0, ""),
    ],
)
def test_the_words_stand_in_many_forms(
    texts: dict[int, str], data: dict[int, bytes], page: int, expected: str | None
) -> None:
    file = Inside({0x001A: "IPM.Note", 0x0037: "x", **texts}, data, code_page=page)
    if expected is None:
        with pytest.raises(MailUnreadable):
            outlook.converted(msg(file))
    else:
        assert door.read_one(outlook.converted(msg(file))).text == expected


# the examples that Microsoft publishes with the format (MS-OXRTFCP, 3.1)
PUBLISHED = (
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
    "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0",
)


@pytest.mark.parametrize(
    ("packed", "expected"),
    [
        (PUBLISHED[0], b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"),
        (PUBLISHED[1], b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
    ],
)
def test_the_published_examples_of_packed_rtf_are_unpacked(packed: str, expected: bytes) -> None:
    assert rtf.unpacked(bytes.fromhex(packed)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}Gr\'fc\'dfe \u8364? 5\par Ende}",
            ("Grüße € 5\nEnde", False),
        ),
        (rb"{\rtf1\ansi\ansicpg1251\'c7\'e4\'f0}", ("Здр", False)),
        (rb"{\rtf1{\*\generator Word;}a\{b\}\~c{\pict 0102}}", ("a{b}\u00a0c", False)),
        (
            rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf x\htmlrtf0 Bett{\*\htmltag84 &amp;}{\*\htmltag72 </p>}}",
            ("<p>Bett&amp;</p>", True),
        ),
    ],
)
def test_words_are_read_out_of_rtf(text: bytes, expected: tuple[str, bool]) -> None:
    assert rtf.words(text) == expected


def test_a_mail_with_rtf_alone_has_its_words() -> None:
    raw = rb"{\rtf1\ansi\ansicpg1252 Gr\'fc\'dfe aus Gabrovo\par}"
    packed = struct.pack("<II4sI", len(raw) + 12, len(raw), b"MELA", 0) + raw
    file = Inside({0x001A: "IPM.Note", 0x0037: "x"}, {0x1009: packed})
    assert door.read_one(outlook.converted(msg(file))).text == "Grüße aus Gabrovo"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (msg(Inside({0x001A: "IPM.Contact", 0x0037: "Desi"})), "contact"),
        (compound({"WordDocument": b"x" * 5000}), "no mail"),
        (outlook.MARK + b"\0" * 3000, "damaged"),
        (outlook.MARK, "damaged"),
        (msg(inquiry())[:4000], "damaged"),
    ],
)
def test_what_is_no_mail_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(MailUnreadable) as refused:
        door.as_it_travels(data)
    assert words in refused.value.message.id


def test_files_that_unpack_to_more_than_any_mail_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlook, "LARGEST", 4000)
    with pytest.raises(MailUnreadable):
        outlook.converted(msg(inquiry()))


def test_a_damaged_file_gives_a_mail_or_a_sentence() -> None:
    whole, draw = msg(inquiry()), random.Random(5)
    outcomes = set()
    for _turn in range(300):
        broken = bytearray(whole)
        for _byte in range(draw.randint(1, 30)):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        try:
            attachment.answer(b"0\n" + outlook.converted(bytes(broken)))
            outcomes.add("mail")
        except MailUnreadable:
            outcomes.add("sentence")
    assert outcomes == {"mail", "sentence"}
