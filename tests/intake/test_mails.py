"""Every input gives a value or a named error; letters of every alphabet, machines, lists, bounces, attachments."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopdesk.domain.received_mails import Bounce, MailUnreadable, ReceivedMail
from shopdesk.intake.mails import door, html, reading
from tests.mailbox.mails import bounce, mail

CORPORA = Path(os.environ.get("SHOPDESK_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))


def read(*lines: str | bytes) -> ReceivedMail:
    """A mail of these lines."""
    data = b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    reading.prepare(data)
    return reading.read(data)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (b"=?utf-8?Q?M=C3=BCller?=", "Müller"),
        (b"=?iso-8859-1?Q?Gr=FC=DFe?= aus =?utf-8?B?R8O2dHRpbmdlbg==?=", "Grüße aus Göttingen"),
        (b"=?utf-8?Q?M=C3?=\r\n =?utf-8?Q?=BCller?=", "Müller"),  # a letter cut in two
        ("Müller".encode(), "Müller"),
        ("Müller".encode("cp1252"), "Müller"),
        (b"=?windows-1251?B?z/Do4uXy?=", "Привет"),
        (b"=?nonsense?Q?M=FCller?=", "Müller"),
        (b"=?utf-8?B?!!!?=", "!!!"),
        (b"zwei\r\n Zeilen", "zwei Zeilen"),
    ],
)
def test_subjects_of_every_kind(subject: bytes, words: str) -> None:
    assert read(b"From: a@b.example", b"Subject: " + subject, b"", b"x").subject == words


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        (b"text/plain; charset=iso-8859-15", "Preis: 5 €".encode("iso-8859-15"), "Preis: 5 €"),
        (b"text/plain; charset=utf-8", "Größe".encode("cp1252"), "Größe"),  # it lies
        (b"text/plain; charset=unknown-8bit", "Größe".encode(), "Größe"),
        (b"text/plain", "Größe".encode(), "Größe"),
        (b"text/plain; charset=punycode", b"Hallo", "Hallo"),
        (b"text/html; charset=utf-8", b"<p>Eins</p><p>Zwei<br>drei</p>", "Eins\n\nZwei\ndrei"),
        (b"text/html", b"<style>p{}</style><script>x()</script>Wort &amp; Wort", "Wort & Wort"),
        (b"multipart/mixed", b"no boundary at all", "no boundary at all"),
    ],
)
def test_texts_of_every_kind(kind: bytes, body: bytes, words: str) -> None:
    assert read(b"From: a@b.example", b"Content-Type: " + kind, b"", body).text == words


def test_plain_text_goes_before_html_and_files_are_listed() -> None:
    found = read(
        "From: a@b.example", 'Content-Type: multipart/mixed; boundary="o"', "",
        "--o", 'Content-Type: multipart/alternative; boundary="i"', "",
        "--i", "Content-Type: text/html", "", "<b>bunt</b>", "--i", "Content-Type: text/plain", "", "schlicht", "--i--",
        "--o", "Content-Type: image/png", "Content-ID: <logo>", "", "x",
        "--o", "Content-Type: application/pdf", "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename*=utf-8''Pl%C3%A4ne%20..%2F..%2Fx.pdf", "", "JVBERi0=", "--o--",
    )  # fmt: skip
    assert found.text == "schlicht"
    logo, plan = found.attachments
    assert logo.is_inline
    assert (plan.media_type, plan.size, plan.is_inline) == ("application/pdf", 5, False)
    assert plan.name.startswith("Pläne")
    assert "/" not in plan.name


def test_an_attachment_is_taken_out_in_the_worker() -> None:
    data = (
        b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="o"\r\n\r\n--o\r\n\r\nText\r\n'
        b"--o\r\nContent-Type: application/pdf; name=x.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"JVBERi0=\r\n--o--"
    )
    (file,) = door.read_one(data).attachments
    assert door.attachment(data, file.position) == b"%PDF-"
    with pytest.raises(MailUnreadable):
        door.attachment(data, 7)


@pytest.mark.parametrize(
    ("header", "is_automatic", "is_bulk", "is_spam"),
    [
        ("X-Nothing: 1", False, False, False),
        ("Auto-Submitted: no", False, False, False),
        ("Auto-Submitted: auto-replied", True, False, False),
        ("Precedence: auto_reply", True, False, False),
        ("X-Auto-Response-Suppress: All", True, False, False),
        ("Return-Path: <>", True, False, False),
        ("Precedence: bulk", False, True, False),
        ("List-Unsubscribe: <https://x.example>", False, True, False),
        ("X-Spam-Flag: YES", False, False, True),
        ("X-Spam-Status: Yes, score=9", False, False, True),
        ("X-Spam-Status: No, score=0", False, False, False),
    ],
)
def test_what_a_mail_says_of_itself(header: str, is_automatic: bool, is_bulk: bool, is_spam: bool) -> None:
    found = read("From: a@b.example", header, "", "x")
    assert (found.is_automatic, found.is_bulk, found.is_spam) == (is_automatic, is_bulk, is_spam)


def test_a_machine_with_an_address_to_answer_is_a_form() -> None:
    assert read("From: no-reply@x.example", "", "x").is_automatic
    form = read("From: no-reply@x.example", "Reply-To: Eva <eva@x.example>", "", "x")
    assert (form.is_automatic, form.answer_to.address) == (False, "eva@x.example")


def test_a_bounce_names_the_mail_the_address_and_the_reason() -> None:
    assert door.read_one(bounce("<ours@x.example>")).bounce == Bounce(
        "<ours@x.example>", "desi@ivanova.example", "550 5.1.1 User unknown", is_final=True
    )
    delayed = door.read_one(bounce("<ours@x.example>", action="delayed")).bounce
    assert delayed is not None
    assert not delayed.is_final
    assert door.read_one(mail()).bounce is None


def test_the_conversation_is_known() -> None:
    found = read(
        "From: a@b.example",
        "Message-ID: <3@x>",
        "In-Reply-To: <2@x> (from Eva)",
        "References: <1@x>",
        " <2@x>",
        "",
        "x",
    )
    assert (found.message_id, found.parents) == ("<3@x>", ("<2@x>", "<1@x>"))


def test_a_mail_without_an_id_gets_the_same_one_every_time() -> None:
    assert read("From: a@b.example", "", "x").message_id == read("From: a@b.example", "", "x").message_id


def test_links_say_where_they_lead() -> None:
    page = '<a href="https://evil.example/x">www.sparkasse.de</a> <a href="https://x.example">x.example</a>'
    assert html.readable(page).strip() == "www.sparkasse.de <https://evil.example/x> x.example"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04", b"\0" * 100, b"just some words"])
def test_what_is_no_mail_is_said(data: bytes) -> None:
    with pytest.raises(MailUnreadable):
        door.read_one(data)


def test_one_bad_mail_does_not_spoil_the_others() -> None:
    deep = b"From: a@b.example\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (at, at) for at in range(3000)
    )
    good, bad, other = door.read([mail("eins"), deep, mail("zwei")])
    assert isinstance(good, ReceivedMail)
    assert isinstance(other, ReceivedMail)
    assert (good.subject, other.subject) == ("eins", "zwei")
    assert isinstance(bad, ReceivedMail | MailUnreadable)


@settings(max_examples=300)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"From: a@b.example\r\n", b"Content-Type: multipart/mixed;"]),
)
def test_any_bytes_give_a_value_or_a_named_error(noise: bytes, head: bytes) -> None:
    try:
        assert reading.read(head + noise).message_id
    except MailUnreadable:
        return  # the one error there is


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<blockquote>", "<a href='http://x'>", "</a>", "Wort", "<li>", " < ", "&#0;"]
        )
    )
)
def test_any_page_becomes_text(parts: list[str]) -> None:
    assert html.readable("".join(parts)).count("Wort") == parts.count("Wort")


def test_all_mails_of_the_corpus_are_read() -> None:
    files = [file for file in sorted((CORPORA / "mail").rglob("*")) if file.is_file()]
    if not files:
        pytest.skip(f"no mails under {CORPORA}; SHOPDESK_CORPORA says where they are")
    found = door.read([file.read_bytes() for file in files])
    assert sum(isinstance(one, ReceivedMail) for one in found) == len(files)
    by_name = {file.name: one for file, one in zip(files, found, strict=True)}
    japanese = by_name["japanese_iso_2022.eml"]
    assert isinstance(japanese, ReceivedMail)
    assert (japanese.subject, japanese.text) == ("まみむめも", "すみません。")
