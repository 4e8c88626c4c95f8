"""What machines send: a read receipt or an answer to an invitation starts no clock, a web form does."""

from __future__ import annotations

import pytest

from shopdesk.domain.customers import Customer
from shopdesk.domain.inquiries import Inquiry, InquiryChannel, InquiryState
from shopdesk.domain.mail import MailAccount
from shopdesk.domain.received_mails import KeptAway, MailPlace
from shopdesk.domain.web_forms import is_site, own_domains, writer
from shopdesk.intake.mails import door
from shopdesk.usecases import customers, inquiries, mail_intake, mail_settings, received_mails, timeline
from shopdesk.usecases.mail_intake import Arrival
from shopdesk.usecases.shop import Shop
from tests.mailbox.mails import mail

FORM = "Name: Desislava Ivanova\nE-Mail: desi@ivanova.example\nTelefon: 0171 2345678\nNachricht:\nHaben Sie 80x190?"
BELOW = (
    "Ihr Name\nDesislava Ivanova\n\nIhre E-Mail-Adresse\ndesi@ivanova.example\n\nIhre Nachricht\n80x190 da?"
)
ENGLISH = "*Your name*: Desislava Ivanova\nEmail = desi@ivanova.example\nMessage: 80x190?"
OURS = "post@schlafgut-lindner.example"


def calendar(method: str, *, in_body: bool = False) -> bytes:
    kind = "text/calendar; charset=utf-8" + ("" if in_body else f"; method={method}")
    return (
        "From: Desislava Ivanova <desi@ivanova.example>\r\nTo: post@schlafgut-lindner.example\r\n"
        f"Subject: Angenommen: Lattenrost\r\nMessage-ID: <{method}{in_body}@ivanova.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\r\n'
        f"--b\r\nContent-Type: {kind}\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n--b--\r\n"
    ).encode()


def receipt(about: str = "") -> bytes:
    original = f"Original-Message-ID: {about}\r\n" if about else ""
    return (
        "From: Desislava Ivanova <desi@ivanova.example>\r\nTo: post@schlafgut-lindner.example\r\n"
        "Subject: Gelesen: Ihr Angebot\r\nMessage-ID: <read@ivanova.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIhre Nachricht wurde gelesen.\r\n"
        "--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        f"Final-Recipient: rfc822; desi@ivanova.example\r\n{original}"
        "Disposition: manual-action/MDN-sent-manually; displayed\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <x@y.example>\r\n\r\n--b--\r\n"
    ).encode()


@pytest.fixture
def desislava(open_shop: Shop) -> int:
    mail_settings.save_account(open_shop, MailAccount("localhost", 2525, sender_address=OURS))
    made = customers.create(open_shop, Customer(company="Ivanova", emails=("desi@ivanova.example",)))
    assert made.id is not None
    return made.id


def come_in(shop: Shop, data: bytes) -> MailPlace | None:
    arrival = Arrival(data, door.read_one(data), shop.clock.now(), len(data))
    with shop.writing() as connection:
        return mail_intake.take_in(shop, connection, arrival)


def newest(shop: Shop) -> Inquiry:
    return inquiries.page(shop, tuple(InquiryState))[0]


@pytest.mark.parametrize(
    "data",
    [
        calendar("REPLY"),
        calendar("reply"),
        calendar("REPLY", in_body=True),
        receipt(),
        receipt("<un@known.example>"),
    ],
)
def test_a_machines_notice_starts_no_clock_but_stands_on_the_timeline(
    open_shop: Shop, desislava: int, data: bytes
) -> None:
    assert come_in(open_shop, data) == MailPlace.TAKEN
    assert inquiries.count_open(open_shop) == 0
    assert newest(open_shop).due_at is None
    (entry,) = timeline.page(open_shop, desislava)
    assert entry.title.startswith(("Angenommen", "Gelesen"))


@pytest.mark.parametrize("method", ["COUNTER", "REQUEST", "CANCEL"])
def test_what_a_customer_proposes_waits_for_an_answer(open_shop: Shop, desislava: int, method: str) -> None:
    assert desislava
    assert come_in(open_shop, calendar(method)) == MailPlace.TAKEN
    assert newest(open_shop).due_at is not None


def test_the_notice_of_somebody_unknown_is_kept_away(open_shop: Shop) -> None:
    assert come_in(open_shop, calendar("REPLY")) == MailPlace.KEPT_AWAY
    assert received_mails.page(open_shop, MailPlace.KEPT_AWAY)[0].reason == KeptAway.AUTOMATIC


def test_a_receipt_is_no_bounce_and_names_the_mail_that_was_read() -> None:
    found = door.read_one(receipt("<ours@x.example>"))
    assert (found.bounce, found.in_reply_to, found.is_notice) == (None, "<ours@x.example>", True)


@pytest.mark.parametrize(
    ("sender", "text", "headers"),
    [
        ("noreply@forms.example", FORM, {}),
        ("no-reply@forms.example", BELOW, {}),
        ("WordPress <wordpress@schlafgut-lindner.example>", FORM, {}),
        ("WordPress <wordpress@schlafgut-lindner.example>", ENGLISH, {}),
        ("wordpress@schlafgut-lindner.example", "Bitte um Rückruf", {"Reply_To": "desi@ivanova.example"}),
        ("www-data@server.example", FORM, {}),
        ("kontaktformular@baukasten.example", BELOW, {"Auto_Submitted": "auto-generated"}),
        ("noreply@forms.example", FORM, {"Reply_To": "desi@ivanova.example"}),
        ("noreply@forms.example", FORM, {"X_Auto_Response_Suppress": "All"}),
        (OURS, FORM, {}),
        (OURS, "Bitte um Rückruf", {"Reply_To": "desi@ivanova.example"}),
    ],
)
def test_a_web_form_is_one_and_is_answered_to_who_filled_it_in(
    open_shop: Shop, desislava: int, sender: str, text: str, headers: dict[str, str]
) -> None:
    assert come_in(open_shop, mail("Kontakt", sender, text, **headers)) == MailPlace.TAKEN
    found = newest(open_shop)
    assert (found.channel, found.sender_address, found.customer_id) == (
        InquiryChannel.WEB_FORM, "desi@ivanova.example", desislava,
    )  # fmt: skip
    assert found.due_at is not None


@pytest.mark.parametrize(
    ("sender", "text", "headers", "place"),
    [
        ("noreply@shop.example", "Ihr Paket ist da.", {}, MailPlace.KEPT_AWAY),
        (
            "noreply@shop.example",
            f"Name: Lindner\nE-Mail: {OURS}\nBetreff: Ihre Bestellung",
            {},
            MailPlace.KEPT_AWAY,
        ),
        ("noreply@forms.example", FORM, {"Auto_Submitted": "auto-replied"}, MailPlace.KEPT_AWAY),
        ("Desislava <desi@ivanova.example>", FORM, {}, MailPlace.TAKEN),
        ("noreply@shop.example", "Eine Frage", {"Reply_To": "desi@ivanova.example"}, MailPlace.TAKEN),
    ],
)
def test_what_is_no_web_form(
    open_shop: Shop, desislava: int, sender: str, text: str, headers: dict[str, str], place: MailPlace
) -> None:
    assert desislava
    assert come_in(open_shop, mail("Nachricht", sender, text, **headers)) == place
    assert all(
        one.channel != InquiryChannel.WEB_FORM for one in inquiries.page(open_shop, tuple(InquiryState))
    )


@pytest.mark.parametrize("text", [FORM, BELOW, ENGLISH])
def test_who_filled_in_a_form(text: str) -> None:
    found = writer(text)
    assert found is not None
    assert (found.address, found.name) == ("desi@ivanova.example", "Desislava Ivanova")


@pytest.mark.parametrize(
    "text",
    ["", "Haben Sie 80x190?", "Name: Weber", "E-Mail: a@b.example", "Meine E-Mail: a@b.example, danke"],
)
def test_what_is_no_form(text: str) -> None:
    assert writer(text) is None


def test_the_domain_of_a_mail_provider_is_nobodys_own() -> None:
    own = own_domains(frozenset({"lindner@gmx.de", OURS}))
    assert own == {"schlafgut-lindner.example"}
    assert not is_site("lindner@gmx.de")
